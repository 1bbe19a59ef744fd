"""Another language begins by one command, and languages.toml keeps what people wrote in it."""

from gettext import c2py
from pathlib import Path

import pytest

from bot import adding, extract, languages, po, translations
from tests import small
from tests.catalogue import CONTENT, LOCALES
from tests.small import LANGUAGES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small.write(tmp_path / "content", small.content())
    text = f"# Las lenguas de todas.\n{LANGUAGES}# Fin.\n"
    small.write(tmp_path / "locales", {"languages.toml": text.encode()})
    extract.extract(tmp_path / "content", tmp_path / "locales")
    return tmp_path / "locales"


def test_a_language_no_library_knows(folder: Path) -> None:
    before = (folder / "languages.toml").read_text()
    assert adding.add(folder, "ayr", "Aymar aru", ["es"]) == ()
    assert (folder / "languages.toml").read_text() == before + (
        '\n[[language]]\ntag = "ayr"\nname = "Aymar aru"\nfallback = ["es"]\ncldr = "es"\n'
    )
    made = folder / "ayr/LC_MESSAGES/content.po"
    assert po.read("x", made.read_bytes()).mistakes == ()
    assert '"Language: ayr\\n"' in made.read_text()
    plurals = po.header_fields(po.split(made.read_text())[0])[1]["Plural-Forms"]
    assert plurals.startswith("nplurals=3;"), "as Spanish, which it is told to be"
    assert {each for each in plurals if each.isalpha()} == set("nplurals"), "msgfmt knows n alone"
    assert c2py(plurals.partition("plural=")[2].rstrip(";"))(1_000_000) == 1
    assert extract.check(folder.parent / "content", folder, small.TODAY) == []


def test_what_it_falls_back_to_and_how_libraries_know_it(folder: Path) -> None:
    adding.add(folder, "quh", "Runasimi (Buliwya)", ["quy", "es"])
    adding.add(folder, "pt", "Português", ["es"])
    adding.add(folder, "agr", "Awajún", ["es"], cldr="qu")
    spoken, _ = languages.read(translations.read(folder), "locales")
    known = {each.tag: (each.fallback, each.cldr) for each in spoken}
    assert known["quh"] == (("quy", "es"), "qu")
    assert known["pt"] == (("es",), "pt")
    assert known["agr"] == (("es",), "qu")


@pytest.mark.parametrize(
    ("tag", "name", "fallback", "cldr", "says"),
    [
        ("quy", "Runasimi", ["es"], "", "already"),
        ("ayr", "", ["es"], "", "name"),
        ("ayr", "A" * 25, ["es"], "", "name"),
        ("Aymara", "Aymar aru", ["es"], "", "tag"),
        ("../x", "Aymar aru", ["es"], "", "tag"),
        ("ayr", "Aymar aru", ["xx"], "", "xx"),
        ("ayr", "Aymar aru", ["es"], "zzz", "zzz"),
    ],
)
def test_what_cannot_be_changes_nothing(
    folder: Path, tag: str, name: str, fallback: list[str], cldr: str, says: str
) -> None:
    before = sorted(folder.rglob("*")), (folder / "languages.toml").read_bytes()
    with pytest.raises(adding.Refused, match=says):
        adding.add(folder, tag, name, fallback, cldr)
    assert (sorted(folder.rglob("*")), (folder / "languages.toml").read_bytes()) == before


def test_a_file_of_languages_with_a_mistake_is_left_alone(folder: Path) -> None:
    (folder / "languages.toml").write_text("[[language]\n")
    with pytest.raises(adding.Refused, match=r"languages\.toml:1"):
        adding.add(folder, "ayr", "Aymar aru", ["es"])
    assert (folder / "languages.toml").read_text() == "[[language]\n"


def test_the_new_language_can_be_spoken_at_once(tmp_path: Path) -> None:
    """With one text translated, and no line of code."""
    small.write(tmp_path, {"languages.toml": (LOCALES / "languages.toml").read_bytes()})
    extract.extract(CONTENT, tmp_path)
    adding.add(tmp_path, "ayr", "Aymar aru", ["es"])
    path = tmp_path / "ayr/LC_MESSAGES/bot.po"
    text = path.read_text().replace('msgid "Menú"\nmsgstr ""', 'msgid "Menú"\nmsgstr "Ajlliña"')
    path.write_text(text)
    found, mistakes = translations.load(tmp_path, {}, drafts="show")
    assert mistakes == ()
    assert [each.tag for each in found.languages] == ["es", "ayr"]
