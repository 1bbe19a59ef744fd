"""What the documents name has to be there: commands, settings, files, words she can type."""

import re
from pathlib import Path

import pytest

from bot.cli import command_line
from bot.dialogue.phrases import PHRASES
from bot.settings import VARIABLES
from bot.translations import load
from tests.catalogue import LOCALES, content

HOME = Path(__file__).parent.parent
DOCUMENTS = sorted([HOME / "README.md", *(HOME / "docs").glob("*.md")])
SPANISH = {phrase.key: phrase.text for phrase in PHRASES}


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_understood(path: Path) -> None:
    verbs = set(command_line()._subparsers._group_actions[0].choices)  # type: ignore[union-attr, arg-type]
    named = re.findall(r"(?:\.venv/bin/|`)willaq ([a-z]+)", text_of(path))
    assert set(named) <= verbs


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_exists(path: Path) -> None:
    named = set(re.findall(r"WILLAQ_[A-Z_]+[A-Z]", text_of(path)))
    known = {*VARIABLES, *(f"{name}_FILE" for name in VARIABLES)}
    # docs/settings.md shows misspelt ones and what Willaq says about them.
    assert named - known <= misspelt_on_purpose(path)


def misspelt_on_purpose(path: Path) -> set[str]:
    lines = text_of(path).splitlines() if path.name == "settings.md" else []
    return {line.split(":")[0] for line in lines if "no such setting" in line}


def test_every_setting_has_its_row() -> None:
    table = text_of(HOME / "docs" / "settings.md")
    assert [name for name in VARIABLES if f"| `{name}` |" not in table] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(HOME / "Makefile"), flags=re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([a-z]+)(?:`| *$| +#)", text_of(path), re.MULTILINE)
    assert set(named) <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_path_leads_somewhere(path: Path) -> None:
    text = text_of(path)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    pictures = re.findall(r'src="([^"]+)"', text)
    for link in filter(None, [*links, *pictures]):
        if not link.startswith("http"):
            assert (path.parent / link).exists(), link
    for name in re.findall(r"`((?:bot|content|locales|tests|docs)/[^`\s*<]+)`", text):
        if not re.search("my-topic|TAG|NAME", name):
            assert (HOME / name).exists(), name


def test_the_words_of_the_readme_do_what_it_says() -> None:
    translations, _ = load(LOCALES, content().texts, drafts="show")
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", text_of(HOME / "README.md"), re.M)
    assert len(rows) == 9
    for spanish, quechua in rows:
        key = next(
            key for key in SPANISH if key.startswith("typed.") and is_in(spanish, SPANISH[key])
        )
        assert is_in(quechua, translations.typed["quy"][key]), quechua


def is_in(words: str, lines: str) -> bool:
    from bot.dialogue.words import fold

    return fold(words) in [fold(line) for line in lines.splitlines()]


def test_the_readme_s_own_rows_name_every_verb_of_the_operator() -> None:
    readme = text_of(HOME / "README.md")
    for verb in (
        "run",
        "doctor",
        "migrate",
        "forget",
        "chat",
        "ask",
        "check",
        "content",
        "locales",
        "pack",
    ):
        assert f"willaq {verb}" in readme, verb


def test_no_document_names_a_machine() -> None:
    for path in DOCUMENTS:
        assert not re.search(r"/(root|home/(?!willaq)|work|tmp)/", text_of(path)), path.name
