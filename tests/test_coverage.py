"""How far translations are: every text is counted once, behind the door where she finds it."""

from json import loads
from pathlib import Path

import pytest

from bot import content, coverage, translations
from bot.coverage import Recorded, Review, Row
from bot.dialogue.phrases import PHRASES
from tests import small
from tests.catalogue import CONTENT, LOCALES
from tests.catalogue import content as real_content
from tests.small import LANGUAGES, entry, po

TANIA = "# reviewed: Tania, 2026-11-01"
LINEA = "rights/linea-100.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small.write(tmp_path / "content", small.content())
    files = {"languages.toml": LANGUAGES, "quy/LC_MESSAGES/content.po": po(
        entry(f"{LINEA}#short", "Llama gratis al 100.", "100man waqyay.", TANIA),
        entry(f"{LINEA}#title", "La Línea 100", "Línea 100"),
        entry(f"{LINEA}#menu", "Línea 100", "x" * 30),
        entry(f"{LINEA}#summary", "Otra cosa.", "Huk."),
        entry("rights/descanso.md#short", "Llama gratis al 100.", "100man.", "#, fuzzy"),
        entry("rights/descanso.md#title", "Descanso por parto", "", TANIA),
        entry("rights/descanso.md#summary", "Te escuchan gratis.", "Uyarisunki.",
              "# reviewed: Tania, 2026-11-09"),
        entry("services/linea.md#cost", "Gratis", "Mana qullqiwan",
              "# reviewed: Killa, 2026-11-20"),
        entry("rights/gone.md#title", "Nada", "Imapas"),
    )}  # fmt: skip
    small.write(tmp_path / "locales", {path: text.encode() for path, text in files.items()})
    return tmp_path


def rows(folder: Path) -> dict[tuple[str, str], Row]:
    found = coverage.status(folder / "content", folder / "locales")
    return {(row.language, row.category): row for row in found}


def test_each_text_is_counted_once_behind_its_door(folder: Path) -> None:
    found = rows(folder)
    assert found["quy", "violence"] == Row(
        "quy", "violence", 6, translated=2, reviewed=1, draft=1, stale=1, broken=1, missing=2,
        reviews=(Review("Tania", 1, "2026-11-01"),),
    )  # fmt: skip
    assert found["quy", "work"] == Row(
        "quy", "work", 6, translated=1, reviewed=1, stale=1, missing=4,
        reviews=(Review("Tania", 1, "2026-11-09"),),
    )  # fmt: skip
    assert found["quy", "services"].reviews == (Review("Killa", 1, "2026-11-20"),)
    texts = content.load(folder / "content", small.TODAY).texts
    total = sum(map(len, coverage.sources(texts).values()))
    assert sum(row.total for row in found.values() if row.language == "quy") == total


def test_the_doors_stand_in_the_order_she_sees_them_and_spanish_not_at_all(folder: Path) -> None:
    assert [*rows(folder)] == [
        (tag, category)
        for tag in ("quy", "quz")
        for category in (
            "bot",
            "violence",
            "work",
            "danger",
            "harmless",
            "menu",
            "services",
            "console",
        )
    ]


def test_a_file_that_cannot_be_read_is_broken_and_the_others_are_counted(folder: Path) -> None:
    (folder / "locales/quy/LC_MESSAGES/content.po").write_bytes(b'msgid "\n')
    found = rows(folder)
    assert found["quy", "work"] == Row("quy", "work", 6, broken=6)
    assert found["quy", "bot"].missing == len(PHRASES)


def test_recordings_are_counted_by_topic_where_somebody_asks_for_them(folder: Path) -> None:
    def recorded(language: str, slug: str) -> Recorded:
        return "stale" if (language, slug) == ("quy", "linea-100") else "missing"

    loaded = content.load(folder / "content", coverage.ANY_DAY)
    found = coverage.rows(loaded, translations.read(folder / "locales"), recorded)
    audio = {(row.language, row.category): row.audio for row in found}
    assert audio["quy", "violence"] == {"stale": 1}
    assert audio["quz", "violence"] == {"missing": 1}
    assert audio["quy", "bot"] == {}
    table = [*coverage.as_table(found)]
    assert table[0].split("  ")[-1].strip() == "sin grabar"
    assert coverage.status(folder / "content", folder / "locales")[0].audio is None


def test_the_table_says_who_reviewed_and_how_many_in_all(folder: Path) -> None:
    table = [*coverage.as_table([*rows(folder).values()])]
    assert "quy: Tania revisó 2; lo último, el 2026-11-09." in table
    assert "quy: Killa revisó 1; lo último, el 2026-11-20." in table
    head, *lines = table
    [total] = [line for line in lines if line.startswith("quy") and "todo" in line]
    named = dict(zip(head.split(), total.replace("todo", "todo ").split(), strict=False))
    assert named["revisados"] == "3"


def test_as_json_each_row_has_its_fields(folder: Path) -> None:
    found = loads(coverage.as_json([*rows(folder).values()]))
    violence = next(each for each in found if each["category"] == "violence")
    assert violence["reviews"] == [{"by": "Tania", "texts": 1, "last": "2026-11-01"}]
    assert (violence["language"], violence["draft"], violence["audio"]) == ("quy", 1, None)


def test_every_real_text_has_a_place() -> None:
    found = coverage.status(CONTENT, LOCALES)
    texts = sum(map(len, coverage.sources(real_content().texts).values()))
    for tag in ("quy", "quz"):
        assert sum(row.total for row in found if row.language == tag) == texts
