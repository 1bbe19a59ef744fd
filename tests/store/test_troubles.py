"""A bad day of the disk costs answers, never what was kept: afterwards it serves as before."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import aiosqlite
import pytest

from bot.dialogue.turn import State
from bot.store.addresses import Vault
from bot.store.base import Known, StoreError, Visit
from bot.store.sqlite import SqliteStore
from bot.store.trouble import Refused, explained
from bot.store.writer import hop
from tests.people import KILLA, ROSA, Person
from tests.store.contract import NOW, Engine, Scene, answers, texts
from tests.store.processes import run

PEOPLE = [Person(f"woman {number}", 900 + number, "es") for number in range(40)]
LONG = "x" * 3000


class Impatient(Engine):
    def __init__(self, folder: Path) -> None:
        self.path = folder / "willaq.db"
        self.vault = Vault.in_memory()

    async def open(self) -> SqliteStore:
        return await SqliteStore.open(self.path, self.vault, busy_timeout_s=0.02, clock=lambda: NOW)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = Scene(lambda clock: Impatient(tmp_path))
    await scene.begin()
    yield scene
    await scene.end()


def other_program(scene: Scene) -> sqlite3.Connection:
    return sqlite3.connect(scene.engine.path, isolation_level=None)


async def limit_pages(scene: Scene, more: int) -> None:
    assert isinstance(scene.store, SqliteStore)

    def limit(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + more}")

    await scene.store._writer.between(limit)


async def test_while_another_program_holds_it_nothing_is_kept(scene: Scene) -> None:
    await scene.hears(KILLA)
    with closing(other_program(scene)) as other:
        other.execute("BEGIN EXCLUSIVE")
        outcomes = await asyncio.gather(
            *(scene.hears(who, message_id=who.name) for who in PEOPLE), return_exceptions=True
        )
        assert {type(outcome) for outcome in outcomes} == {StoreError}
        assert "Another program holds" in str(outcomes[0])
        assert str(scene.engine.path) in str(outcomes[0])
        with pytest.raises(StoreError):
            await scene.store.check()
        other.execute("ROLLBACK")
    await scene.store.check()
    assert await scene.counts() == {"sending": 1}
    visits = await asyncio.gather(*(scene.hears(who, message_id=who.name) for who in PEOPLE))
    assert all(visit.turn for visit in visits)


async def test_while_it_is_held_a_batch_waits_only_once(scene: Scene) -> None:
    """Else 128 women would wait 128 times as long to be told to come back."""
    assert isinstance(scene.store, SqliteStore)
    statements: list[str] = []
    await scene.store._writer.between(lambda c: c.set_trace_callback(statements.append))
    with closing(other_program(scene)) as other:
        other.execute("BEGIN EXCLUSIVE")
        visits = (scene.hears(who) for who in PEOPLE)
        outcomes = await asyncio.gather(*visits, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StoreError}
    assert statements == ["BEGIN IMMEDIATE"]


async def test_somebody_who_reads_does_not_hold_it_up(scene: Scene) -> None:
    with closing(other_program(scene)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM people").fetchall()
        assert (await scene.hears()).turn is not None
        await scene.store.purge(now=scene.now)


async def test_when_it_is_full_it_says_so_and_goes_on_once_there_is_room(scene: Scene) -> None:
    kept: list[Person] = []
    await limit_pages(scene, 40)
    with pytest.raises(StoreError, match="full"):
        for who in PEOPLE:
            await scene.hears(who, answers(LONG), message_id=who.name)
            kept.append(who)
    assert 0 < len(kept) < len(PEOPLE)
    full = PEOPLE[len(kept)]
    await limit_pages(scene, 100_000)
    assert await scene.hears(kept[-1], message_id=kept[-1].name) == Visit(turn=None)
    assert (await scene.knows(full)) == Known(new=True, state=State())
    assert (await scene.hears(full, answers(LONG), message_id=full.name)).turn is not None
    assert await scene.counts() == {"sending": len(kept) + 1}


FULL_DISK = """
import asyncio, itertools, resource, sys
from pathlib import Path
from bot.store.addresses import Vault
from bot.store.base import StoreError
from bot.store.sqlite import SqliteStore
from tests.store.contract import answers

async def main():
    path = Path(sys.argv[1])
    store = await SqliteStore.open(path, Vault.in_memory())

    async def hears(number):
        return await store.visit(
            channel="telegram", message_id=f"{number}", address=f"{number}", ref="", now=0.0,
            lease_s=1.0, pulled=False, decide=answers("x" * 3000),
        )

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    kept = 0
    try:
        for kept in itertools.count():
            await hears(kept)
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    again = [(await hears(number)).turn is None for number in range(kept + 1)]
    assert again == kept * [True] + [False], again
    await store.check()
    await store.close()
    print("served again")

asyncio.run(main())
"""


def test_a_disk_that_takes_no_more_is_survived_without_a_restart(tmp_path: Path) -> None:
    done = run(FULL_DISK, tmp_path / "willaq.db")
    assert done.stderr == ""
    first, last = done.stdout.splitlines()
    assert "Look whether it is full" in first
    assert last == "served again"


async def change_outside(scene: Scene, sql: str) -> None:
    with closing(other_program(scene)) as other:
        assert other.execute(sql).rowcount == 1


async def test_a_damaged_message_is_given_up_and_the_others_go(scene: Scene) -> None:
    await scene.hears(ROSA, answers("uno"))
    await scene.hears(KILLA, answers("huk"))
    await scene.store.recover(now=scene.now, everything=True)
    await change_outside(scene, "UPDATE outbox SET body = zeroblob(99) WHERE id = 1")
    assert texts(await scene.claims()) == ["huk"]
    assert await scene.counts() == {"failed": 1, "sending": 1}


async def test_a_damaged_web_message_is_given_up_and_the_others_come(scene: Scene) -> None:
    for said in ("uno", "dos"):
        await scene.hears(decide=answers(said), channel="webchat", pulled=True)
    await change_outside(scene, "UPDATE outbox SET address = zeroblob(99) WHERE id = 1")
    assert texts(await scene.pulls()) == ["dos"]
    assert texts(await scene.pulls()) == ["dos"]


async def test_with_a_damaged_state_she_is_still_answered(scene: Scene) -> None:
    await scene.hears()
    await change_outside(scene, "UPDATE people SET state = zeroblob(99)")
    assert await scene.knows() == Known(new=False, state=State("es", True))


async def test_a_job_on_the_connection_runs_whole_on_its_own_thread() -> None:
    """aiosqlite's own door for this is private: this tells when a new version moves it."""
    assert version("aiosqlite").startswith("0.22.")
    async with aiosqlite.connect(":memory:") as connection:
        ran_on = await hop(connection, threading.get_ident)
        assert ran_on == await hop(connection, threading.get_ident) != threading.get_ident()
        with pytest.raises(ZeroDivisionError):
            await hop(connection, lambda: 1 // 0)
        assert await hop(connection, lambda: connection._conn.execute("SELECT 7").fetchone()) == (
            7,
        )


def test_every_trouble_is_told_with_the_file_and_nothing_of_hers() -> None:
    secret = sqlite3.IntegrityError("5100000001 is hers")
    told = explained(secret, "willaq.db")
    assert isinstance(told, Refused)
    assert "willaq.db" in str(told)
    assert "5100000001" not in str(told)
    assert explained(told, "other.db") is told
