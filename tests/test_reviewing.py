"""A review is one command: of a whole page or of one text, all or nothing."""

from datetime import date
from pathlib import Path

import pytest

from bot import content, po, reviewing
from bot.dialogue.phrases import PHRASES
from tests import small
from tests.catalogue import LOCALES
from tests.small import LANGUAGES, entry
from tests.willaq import HOME

TODAY = date(2026, 11, 25)
LINEA = "rights/linea-100.md"
QUY = {
    "title": "Línea 100 nisqan",
    "menu": "Línea 100",
    "summary": "Uyarisunkiku.",
    "short": "100man waqyay.",
    "steps": "1. **Maskay**.\n2. Waqyay.",
    "phrases": "imataq linea pachak",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    small.write(tmp_path / "content", small.content())
    small.write(tmp_path / "locales", {"languages.toml": LANGUAGES.encode()})
    return tmp_path


def translate(home: Path, *comments: str, **changed: str) -> Path:
    texts = content.load(home / "content", TODAY).texts
    entries = [
        entry(f"{LINEA}#{name}", texts[f"{LINEA}#{name}"], text, *comments)
        for name, text in {**QUY, **changed}.items()
    ]
    path = home / "locales/quy/LC_MESSAGES/content.po"
    small.write(home / "locales", {"quy/LC_MESSAGES/content.po": small.po(*entries).encode()})
    return path


def review(home: Path, what: str, by: str = "Tania Quispe") -> tuple[str, ...]:
    return reviewing.review(home / "content", home / "locales", "quy", what, by, TODAY)


def reviewed(path: Path) -> dict[str, str]:
    entries = po.read("x.po", path.read_bytes()).entries
    return {each.key.partition("#")[2]: each.reviewed for each in entries}


@pytest.mark.parametrize("what", ["linea-100", LINEA])
def test_a_whole_page(home: Path, what: str) -> None:
    path = translate(home, "# draft", "# a note")
    before = path.read_text()
    assert len(review(home, what)) == len(QUY)
    assert set(reviewed(path).values()) == {"Tania Quispe, 2026-11-25"}
    assert path.read_text() == before.replace("# draft", "# reviewed: Tania Quispe, 2026-11-25")
    assert review(home, what)
    assert path.read_text().count("reviewed") == len(QUY), "a second time on the same day"


def test_a_contact_of_the_same_slug_is_not_reviewed_with_the_topic(tmp_path: Path) -> None:
    """The preview of the slug shows the topic alone."""
    path = tmp_path / "quy/LC_MESSAGES/content.po"
    names = ("languages.toml", "quy/LC_MESSAGES/content.po")
    small.write(tmp_path, {name: (LOCALES / name).read_bytes() for name in names})
    keys = reviewing.review(HOME / "content", tmp_path, "quy", "linea-100", "Tania", TODAY)
    assert {key.partition("#")[0] for key in keys} == {LINEA}
    assert "services/linea-100.md#purpose" in path.read_text()


def test_one_text(home: Path) -> None:
    path = translate(home)
    assert review(home, f"{LINEA}#short") == (f"{LINEA}#short",)
    assert {key for key, by in reviewed(path).items() if by} == {"short"}


def test_a_phrase_of_the_bot(home: Path) -> None:
    phrase = PHRASES[0]
    text = small.po(entry(phrase.key, phrase.text, "**Willaq** kani."))
    small.write(home / "locales", {"quy/LC_MESSAGES/bot.po": text.encode()})
    assert review(home, phrase.key) == (phrase.key,)
    assert (
        "# reviewed: Tania Quispe, 2026-11-25\nmsgctxt"
        in (home / "locales/quy/LC_MESSAGES/bot.po").read_text()
    )


def test_what_she_may_type_can_be_missing_from_a_page(home: Path) -> None:
    path = translate(home, phrases="")
    assert f"{LINEA}#phrases" not in review(home, "linea-100")
    assert reviewed(path)["phrases"] == ""


@pytest.mark.parametrize(
    ("comments", "changed", "says"),
    [
        (("#, fuzzy",), {}, "fuzzy"),
        ((), {"short": ""}, "no está traducido"),
        ((), {"short": "101man waqyay."}, "100"),
        ((), {"menu": "100 " + "x" * 25}, "24"),
    ],
    ids=["fuzzy", "missing", "a number that is wrong", "too long"],
)
def test_what_she_would_not_see_cannot_be_reviewed_and_all_stays(
    home: Path, comments: tuple[str, ...], changed: dict[str, str], says: str
) -> None:
    path = translate(home, *comments, **changed)
    before = path.read_bytes()
    with pytest.raises(reviewing.Refused) as refused:
        review(home, "linea-100")
    for mistake in refused.value.mistakes:
        assert mistake.path == "locales/quy/LC_MESSAGES/content.po"
        near = before.decode().split("\n")[mistake.line - 2 : mistake.line]
        assert mistake.line == 1 or any(f'msgctxt "{LINEA}#' in line for line in near)
    assert any(says in mistake.text for mistake in refused.value.mistakes)
    assert path.read_bytes() == before


@pytest.mark.parametrize("by", ["", " Tania", "Tania, 2026", "T\nx", "#", "a" * 61])
def test_a_name_is_one_that_is_read_again(home: Path, by: str) -> None:
    path = translate(home)
    before = path.read_bytes()
    with pytest.raises(reviewing.Refused):
        review(home, "linea-100", by)
    assert path.read_bytes() == before


def test_a_page_or_a_language_that_there_is_not(home: Path) -> None:
    translate(home)
    for what in ("linea-101", "rights/linea-100.md#shrt"):
        with pytest.raises(reviewing.Refused, match=what):
            review(home, what)
    with pytest.raises(reviewing.Refused, match="quz/LC_MESSAGES"):
        reviewing.review(home / "content", home / "locales", "quz", "linea-100", "Tania", TODAY)


def test_a_file_that_is_cut_short_stays_as_it_is(home: Path) -> None:
    path = translate(home)
    path.write_bytes(before := path.read_bytes()[:-3])
    with pytest.raises(reviewing.Refused):
        review(home, "linea-100")
    assert path.read_bytes() == before
