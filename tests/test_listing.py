"""The list of topics an organizer works from."""

from datetime import date
from json import loads
from pathlib import Path

import pytest

from bot import listing
from bot.listing import Row, Translated
from tests import small
from tests.catalogue import CONTENT, LOCALES, spanish
from tests.small import LANGUAGES, TOPIC, entry, po
from tests.willaq import command

REVIEWED = "# reviewed: Tania Q., 2026-11-01"
PATH = "rights/linea-100.md"
STEPS = "1. Busca un sitio **seguro**.\n2. Llama."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small.write(tmp_path / "content", small.content())
    small.write(tmp_path / "locales", {"languages.toml": LANGUAGES.encode()})
    return tmp_path


def translate(folder: Path, *entries: str) -> None:
    path = "quy/LC_MESSAGES/content.po"
    small.write(folder / "locales", {path: po(*entries).encode()})


def listed(folder: Path) -> dict[str, Row]:
    return {row.slug: row for row in listing.rows(folder / "content", folder / "locales")}


def test_a_row_says_where_its_facts_come_from_and_how_old_they_are(folder: Path) -> None:
    more = (
        '[[sources]]\nnorm = "Nota"\narticle = ""\nurl = ""\nseen = 2025-01-02\nconfidence = "L"\n'
    )
    text = TOPIC.replace("\n+++\n\n##", f"\n\n{more}+++\n\n##")
    small.write(folder / "content", {PATH: text.encode()})
    row = listed(folder)["linea-100"]
    assert (row.confirmed, row.likely) == (1, 1)
    assert (row.oldest_seen, row.newest_seen) == (date(2025, 1, 2), date(2026, 4, 4))
    assert (row.reviewed_on, row.reviewed_by) == (date(2026, 11, 1), "")
    assert (row.category, row.expires_on, row.phrases) == ("violence", date(2027, 5, 24), 2)
    assert row.short and row.steps and row.short.worst > 65
    assert row.translations == {}, "nobody has begun"


def test_a_row_says_how_far_each_language_is(folder: Path) -> None:
    translate(
        folder,
        entry(f"{PATH}#title", "La Línea 100", "Línea 100 nisqan", REVIEWED),
        entry(f"{PATH}#menu", "Línea 100", "Línea 100"),
        entry(f"{PATH}#short", "Llama al 100.", "100man qayay."),
        entry(f"{PATH}#steps", STEPS, "1. Qayay."),
        entry(f"{PATH}#phrases", "kiero llamar", "imataq linea 100\nqayayta munani\nyanapaway"),
    )
    assert listed(folder)["linea-100"].translations == {
        "quy": Translated("reviewed", "draft", "stale", "broken", whole="missing", phrases=3)
    }
    nothing = Translated("missing", "missing", "missing", "missing", whole="missing", phrases=0)
    assert listed(folder)["descanso"].translations == {"quy": nothing}


def test_the_whole_is_as_far_as_what_she_reads_of_it(folder: Path) -> None:
    texts = [
        entry(f"{PATH}#title", "La Línea 100", "Línea 100 nisqan", REVIEWED),
        entry(f"{PATH}#menu", "Línea 100", "Línea 100", REVIEWED),
        entry(f"{PATH}#summary", "Te escuchan gratis.", "Uyarisunkiku.", REVIEWED),
        entry(f"{PATH}#short", "Llama gratis al 100.", "100man qayay.", REVIEWED),
    ]
    translate(folder, *texts, entry(f"{PATH}#steps", STEPS, "1. **Maskay**.\n2. Qayay.", REVIEWED))
    assert listed(folder)["linea-100"].translations["quy"].whole == "reviewed"
    translate(folder, *texts, entry(f"{PATH}#steps", STEPS, "1. **Maskay**.\n2. Qayay."))
    assert listed(folder)["linea-100"].translations["quy"].whole == "draft"


def test_a_file_that_cannot_be_read_is_broken_for_every_topic(folder: Path) -> None:
    small.write(folder / "locales", {"quy/LC_MESSAGES/content.po": b"\xff\xfe"})
    broken = Translated("broken", "broken", "broken", "broken", whole="broken", phrases=0)
    assert {row.translations["quy"] for row in listed(folder).values()} == {broken}


def test_topics_whose_time_is_over_are_listed_to_be_looked_at(folder: Path) -> None:
    old = TOPIC.replace("2027-05-24", "2020-01-01").replace("2026-11-01", "2019-01-01")
    small.write(folder / "content", {PATH: old.encode()})
    assert listed(folder)["linea-100"].expires_on == date(2020, 1, 1)


def test_the_real_topics_are_all_there_in_the_order_she_sees_them() -> None:
    rows = listing.rows(CONTENT, LOCALES)
    doors = spanish().categories
    assert [row.slug for row in rows] == [slug for door in doors for slug in door.topics]
    assert all(set(row.translations) == {"quy", "quz"} for row in rows)
    table = [*listing.as_table(rows)]
    assert len(table) == len(rows) + 2
    assert len({line.index(row.category) for row, line in zip(rows, table[1:-1], strict=True)}) == 1


def test_without_any_topic_there_is_a_table_all_the_same(tmp_path: Path) -> None:
    *_, last = listing.as_table(listing.rows(tmp_path / "content", tmp_path / "locales"))
    assert last.startswith("0 topics.")


async def test_the_command_lists_them(tmp_path: Path) -> None:
    code, said, error = await command(tmp_path, "content", "list", "--json")
    assert (code, error) == (0, "")
    fields = [loads(line) for line in said.splitlines()]
    assert {each["slug"] for each in fields} == spanish().topics.keys()
    assert {"category", "confirmed", "likely", "newest_seen", "short", "phrases"} <= fields[
        0
    ].keys()
    assert fields[0]["short"].keys() == {"szigriszt", "huerta"}
    code, said, _ = await command(tmp_path, "content", "list")
    assert code == 0
    assert f"{len(fields)} topics." in said
