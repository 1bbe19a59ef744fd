"""What only shows in the file itself: that nothing can be read there, and that kept means kept."""

import asyncio
import base64
import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from bot.dialogue.turn import Announcements, Count, Erase, Forget, State, Turn
from bot.store.addresses import Vault
from bot.store.base import Known, OutboxState, Visit
from bot.store.ledger import QUERIES, SQL
from bot.store.sqlite import MEMORY, SqliteStore
from tests.people import KILLA, ROSA, Person
from tests.store.conftest import Sqlite
from tests.store.contract import DAY, HERE, HOUR, MINUTE, Scene, answers
from tests.store.processes import HOME

MARKED = Person("the marked", 51987000111222, "es")
CANARIES = (str(MARKED.chat_id), "canary-phrase", "canary-topic", "canary-choice", "canary-ref")
MARKED_STATE = State("es", True, ("canary-choice",), "canary-topic")


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = Scene(lambda clock: Sqlite(tmp_path, clock))
    await scene.begin()
    yield scene
    await scene.end()


def forms(secret: str) -> Iterable[bytes]:
    yield from (secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be"))
    yield secret.encode().hex().encode()
    yield json.dumps(secret).encode()
    # Of its three places in a longer text; the ends depend on the neighbours.
    yield from (base64.b64encode(bytes(shift) + secret.encode())[4:-4] for shift in range(3))


def found(folder: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {"willaq.db", "data.key"} <= files.keys()
    return [
        (name, secret)
        for name, content in files.items()
        for secret in secrets
        if any(form in content for form in forms(secret))
    ]


def test_the_search_for_canaries_finds_them(tmp_path: Path) -> None:
    for name in ("willaq.db", "data.key"):
        (tmp_path / name).write_bytes(b"...")
    for at, form in enumerate(forms(CANARIES[0])):
        (tmp_path / f"{at}").write_bytes(b"..." + form + b"...")
    (tmp_path / "longer").write_bytes(base64.b64encode(b"ab" + CANARIES[0].encode() + b"cd"))
    assert len(found(tmp_path, CANARIES[:1])) == len(list(forms(""))) + 1


async def test_nothing_that_is_hers_can_be_read_in_the_files(scene: Scene, tmp_path: Path) -> None:
    marked = answers("canary-phrase", "canary-phrase", state=MARKED_STATE)

    def look() -> None:
        assert found(tmp_path, CANARIES) == []

    for _ in range(30):
        visit = await scene.hears(MARKED, marked, ref="canary-ref")
        await scene.sends(visit.claimed, "canary-ref", "canary-ref")
    first = await scene.hears(MARKED, marked, message_id=CANARIES[0])
    await scene.hears(MARKED, marked, channel="webchat", pulled=True)
    await scene.pulls(MARKED)
    look()
    await scene.settles(first.claimed[0], "waiting", due_at=scene.now, refs=("canary-ref",))
    await scene.claims()
    look()
    await scene.hears(MARKED, answers("canary-phrase", state=MARKED_STATE, effects=(Erase(),)))
    await scene.restart()
    await scene.store.recover(now=scene.now, everything=True)
    look()
    await scene.hears(MARKED, answers("canary-phrase", effects=(Forget(),)))
    look()
    await scene.store.purge(now=scene.now + 9 * DAY)
    look()


async def test_of_a_forgotten_woman_not_even_the_sealed_bytes_stay(
    scene: Scene, tmp_path: Path
) -> None:
    await scene.hears(KILLA)
    for _ in range(5):
        visit = await scene.hears(MARKED, answers("canary-phrase"), ref="canary-ref")
        await scene.sends(visit.claimed, "canary-ref")
    await scene.hears(MARKED, answers("canary-phrase"))
    database = tmp_path / "data" / "willaq.db"
    with closing(sqlite3.connect(database)) as other:
        sealed = [
            *other.execute("SELECT address_index FROM people WHERE id = 2").fetchone(),
            *other.execute("SELECT address, state FROM people WHERE id = 2").fetchone(),
            *(ref for (ref,) in other.execute("SELECT ref FROM traces WHERE person_id = 2")),
            *other.execute("SELECT address, body FROM outbox ORDER BY id DESC").fetchone(),
        ]
    assert len(sealed) == 15
    assert all(isinstance(each, bytes) for each in sealed)
    assert await scene.store.forget("telegram", str(MARKED.chat_id), now=scene.now)
    (row,) = (
        row for row in (await rows_of(database)) if row["state"] == "sending" and row["id"] > 1
    )
    assert row["body"] is None
    await scene.store.recover(now=scene.now, everything=True)
    await scene.store.purge(now=scene.now)
    content = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert not [each for each in sealed if each in content]
    assert not (await scene.knows(KILLA)).new


async def rows_of(database: Path, table: str = "outbox") -> list[sqlite3.Row]:
    with closing(sqlite3.connect(database)) as other:
        other.row_factory = sqlite3.Row
        return other.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize("end", ["sent", "failed", "skipped"])
async def test_no_message_id_of_a_forgotten_woman_outlives_the_erasing(
    scene: Scene, tmp_path: Path, end: OutboxState
) -> None:
    """Not even when it could not be done."""
    database = tmp_path / "data" / "willaq.db"
    visit = await scene.hears(ref="h1")
    await scene.sends(visit.claimed, "o1")
    visit = await scene.hears(decide=answers("listo", effects=(Forget(), Erase())), ref="h2")
    await scene.sends(visit.claimed[:1], "o2")
    assert len(await rows_of(database, "traces")) == 4
    await scene.settles(visit.claimed[1], end)
    assert await rows_of(database, "traces") == []


async def test_a_sent_message_keeps_neither_words_nor_address(scene: Scene, tmp_path: Path) -> None:
    visit = await scene.hears(decide=answers("uno", "dos", "tres"))
    for row, end in zip(visit.claimed, ("sent", "failed", "skipped"), strict=True):
        await scene.settles(row, end)  # type: ignore[arg-type]
    await scene.hears(channel="webchat", pulled=True)
    (pulled,) = await scene.pulls()
    await scene.pulls(after=pulled.id)
    kept = await rows_of(tmp_path / "data" / "willaq.db")
    assert len(kept) == 4
    assert {(row["body"], row["address"], row["address_index"]) for row in kept} == {
        (None, None, None)
    }


async def test_the_purge_takes_states_after_30_minutes_and_message_ids_after_48_hours(
    scene: Scene, tmp_path: Path
) -> None:
    database = tmp_path / "data" / "willaq.db"
    visit = await scene.hears(ref="h1")
    await scene.sends(visit.claimed, "o1")
    scene.now += 30 * MINUTE - 1
    await scene.store.purge(now=scene.now)
    assert [row["state"] is None for row in await rows_of(database, "people")] == [False]
    scene.now += 1
    await scene.store.purge(now=scene.now)
    assert [row["state"] is None for row in await rows_of(database, "people")] == [True]
    assert len(await rows_of(database, "traces")) == 2
    scene.now += 47.6 * HOUR
    await scene.store.purge(now=scene.now)
    assert await rows_of(database, "traces") == []
    assert (await scene.knows()).state == HERE.forgotten()


@pytest.mark.parametrize(
    ("now", "day", "week"),
    [
        (1_798_779_599.0, "2026-12-31", "2026-W53"),  # 04:59:59 UTC on January 1st
        (1_798_779_600.0, "2027-01-01", "2026-W53"),
        (1_799_038_800.0, "2027-01-04", "2027-W01"),
    ],
)
async def test_days_and_weeks_are_those_of_lima(
    scene: Scene, tmp_path: Path, now: float, day: str, week: str
) -> None:
    scene.now = now
    quechua = State("quy", True)
    for who in (ROSA, ROSA, KILLA):
        await scene.hears(who, answers("x", state=quechua, effects=(Count("violence"),)))
    await scene.hears(decide=answers("x", state=State(), effects=(Forget(), Count("work"))))
    database = tmp_path / "data" / "willaq.db"
    assert [row["last_seen"] for row in await rows_of(database, "people")] == [day]
    assert [tuple(row) for row in await rows_of(database, "usage")] == [
        (week, "violence", "quy", "", 3),
        (week, "work", "es", "", 1),
    ]


async def test_what_she_tells_only_the_platform_is_no_day_on_which_she_wrote(
    scene: Scene, tmp_path: Path
) -> None:
    database = tmp_path / "data" / "willaq.db"
    await scene.hears()
    (before,) = await rows_of(database, "people")
    scene.now += 3 * DAY
    await scene.hears(decide=answers(effects=[Announcements(False)]))
    (after,) = await rows_of(database, "people")
    assert (after["last_seen"], after["stopped"]) == (before["last_seen"], 1)
    await scene.hears()
    assert (await rows_of(database, "people"))[0]["last_seen"] > before["last_seen"]


LOAD = """
import asyncio, itertools, sys
from pathlib import Path
from bot.store.sqlite import SqliteStore
from tests.store.contract import NOW, answers

async def main():
    store = await SqliteStore.open(Path(sys.argv[1]), Path(sys.argv[2]))
    numbers = itertools.count()

    async def woman(address):
        for number in numbers:
            await store.visit(
                channel="telegram", message_id=f"{number}", address=address, ref="", now=NOW,
                lease_s=60.0, pulled=False, decide=answers("hola"),
            )
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()

    await asyncio.gather(*(woman(f"{at}") for at in range(48)))

asyncio.run(main())
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    database, key_file = tmp_path / "data" / "willaq.db", tmp_path / "data.key"
    load = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(database), str(key_file)],
        stdout=subprocess.PIPE, text=True, cwd=HOME,
    )  # fmt: skip
    with load:
        assert load.stdout is not None
        acknowledged = [next(load.stdout).strip() for _ in range(1500)]
        load.kill()
        acknowledged += [line.strip() for line in load.stdout if line.endswith("\n")]
    assert load.returncode == -signal.SIGKILL
    asyncio.run(_all_is_there(database, key_file, acknowledged))


async def _all_is_there(database: Path, key_file: Path, acknowledged: list[str]) -> None:
    def never(known: Known) -> Turn:
        raise AssertionError("a message that was acknowledged is decided again")

    scene = Scene(lambda clock: Sqlite(database.parent.parent, clock))
    await scene.begin()
    visits = await asyncio.gather(
        *(scene.hears(ROSA, never, message_id=number) for number in acknowledged)
    )
    assert visits == len(acknowledged) * [Visit(turn=None)]
    counts = await scene.counts()
    assert sum(counts.values()) >= len(acknowledged)
    recovered = await scene.store.recover(now=scene.now, everything=True)
    assert recovered["waiting"] == counts["sending"]
    await scene.end()
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# What an organization has some dozens of, or some hundreds after years; and lists of ours as JSON.
SHORT = {
    "broadcasts", "b", "staff", "invitations", "i", "sessions", "passkeys", "a", "s", "alike",
    "held", "voices", "json_each VIRTUAL TABLE INDEX 1:",
    "s VIRTUAL TABLE INDEX 1: LEFT-JOIN",
}  # fmt: skip


LONG = {
    # Everybody for whom an announcement could be: counted beside the writer, from an index; and
    # settled once, without sorting.
    "count_audience: SCAN p USING COVERING INDEX people_audience",
    "settle_audience: SCAN p",
    # In the order of its ids, until it has enough.
    "expire_traces: SCAN traces",
    # Who signed up, some hundreds, for a screen about that.
    "count_enrolments: SCAN enrolments USING COVERING INDEX enrolments_of_edition",
    # For pages of the console, beside the writer.
    "standings: SCAN outbox",
    "unknown_messages: SCAN o USING COVERING INDEX outbox_account",
    # Told to who restores.
    "count_subscribed: SCAN people USING COVERING INDEX people_audience",
    "count_people: SCAN people USING COVERING INDEX sqlite_autoindex_people_1",
}


async def test_no_query_looks_through_a_whole_table() -> None:
    def each_plan(connection: sqlite3.Connection) -> list[str]:
        found = []
        make = QUERIES["make_arriving"]  # a list somebody brings in
        connection.execute(make)
        for name, query in QUERIES.items():
            if query == make or name.startswith("restore_") or "present." in query:
                continue  # nobody is answered during a restore
            values = (None,) * max(map(int, re.findall(r"\?(\d+)", query)), default=0)
            for step in connection.execute(f"EXPLAIN QUERY PLAN {query}", values):
                found.append(f"{name}: {step[3]}")
        return found

    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    steps = await store._writer.between(each_plan)
    await store.close()
    assert len(steps) > len(QUERIES) / 2
    whole = [step for step in steps if re.search(r"SCAN (?!CONSTANT|\(|.* USING INDEX)", step)]
    long = [step for step in whole if step.partition(": SCAN ")[2] not in SHORT]
    assert set(long) == LONG


def test_every_query_is_used_and_has_its_own_name() -> None:
    code = "".join(path.read_text() for path in SQL.parent.glob("*.py"))
    assert [name for name in QUERIES if f'"{name}"' not in code] == []
    files = "".join(path.read_text() for path in SQL.glob("[a-z]*.sql"))
    heads = re.findall(r"^-- name: (\w+)$", files, re.MULTILINE)
    assert sorted(heads) == sorted(QUERIES)
