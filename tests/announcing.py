"""The desk for tests: Elena writes, Nora approves, and women who want to be told."""

import itertools
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.dialogue.announcing import Broadcast, Composition, Tally
from bot.dialogue.staff import Role, Staff
from bot.store.addresses import Vault
from bot.store.desk import Doer
from bot.store.sqlite import SqliteStore

NOON = 1_800_032_400.0  # in Lima, on a Friday
HOUR = 3600.0
DAY = 24 * HOUR
SPEAKS = {"es": "es", "quy": "quy", "quz": "quy"}
TEXTS = {"es": "Taller el sábado.", "quy": "Sábado punchaw huñunakuy."}
WHAT = Composition("Taller", TEXTS)
COMMAND = Doer(None, "command")
CLOCK = Doer(None, "clock")


async def staff(store: SqliteStore, name: str, *roles: Role, now: float = NOON) -> Staff:
    invitation = await store.invite(name, roles, doer=COMMAND, now=now, lasts_s=DAY)
    joined = await store.join(invitation.token, name, "hash", b"secret", now=now)
    assert joined is not None
    return joined


def doer(who: Staff, *, two_person: bool = True) -> Doer:
    return Doer(who.id, "console", two_person)


@dataclass
class Desk:
    """Elena's and Nora's, over a store in a file. `now` is put forward by the test."""

    store: SqliteStore
    path: Path
    vault: Vault
    elena: Doer = field(init=False)
    nora: Doer = field(init=False)
    now: float = NOON
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(5200000000))

    @classmethod
    async def open(cls, folder: Path) -> "Desk":
        vault = Vault.in_memory()
        path = folder / "willaq.db"
        desk = cls(await SqliteStore.open(path, vault, clock=lambda: desk.now), path, vault)
        return await desk.staffed()

    @classmethod
    async def of(cls, folder: Path) -> "Desk":
        """Over the database of a `willaq run` in this folder (see tests.willaq.environment)."""
        path = folder / "data" / "willaq.db"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        store = await SqliteStore.open(path, folder / "data.key")
        desk = cls(store, path, store.vault, now=time.time())
        return await desk.staffed()

    async def staffed(self) -> "Desk":
        self.elena = doer(await staff(self.store, "Elena", "organizer", now=self.now))
        nora = await staff(self.store, "Nora", "organizer", "approver", now=self.now)
        self.nora = doer(nora)
        return self

    def sql(self, query: str, *values: object) -> list[Any]:
        with self._other() as connection:
            return connection.execute(query, values).fetchall()

    def women(self, many: int = 1, **fields: object) -> list[int]:
        """Who want announcements, unless `fields` (columns of people) say otherwise. Their ids."""
        with self._other() as connection:
            return [self._woman(connection, fields) for _ in range(many)]

    @contextmanager
    def _other(self) -> Iterator[sqlite3.Connection]:
        """Another process's, as it were; what it writes need not survive a power cut."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            yield connection

    def _woman(self, connection: sqlite3.Connection, fields: dict[str, object]) -> int:
        number = str(next(self._numbers))
        row: dict[str, object] = {
            "channel": "telegram", "language": "es", "greeted": 1, "region": "", "wanted": 1,
            "last_seen": "2027-01-15", **fields,
        }  # fmt: skip
        channel = str(row["channel"])
        row["address_index"] = self.vault.index("address", channel, number)
        row["address"] = self.vault.seal(number.encode(), "address", channel)
        columns, marks = ", ".join(row), ", ".join("?" for _ in row)
        query = f"INSERT INTO people ({columns}) VALUES ({marks}) RETURNING id"
        return int(connection.execute(query, [*row.values()]).fetchone()[0])

    async def approved(self, what: Composition = WHAT, **changed: Any) -> int:
        what = replace(what, **changed)
        broadcast = await self.store.draft(what, doer=self.elena, now=self.now)
        await self.store.act(broadcast, "submit", doer=self.elena, now=self.now)
        await self.store.act(broadcast, "approve", doer=self.nora, now=self.now, version=1)
        return broadcast

    async def begun(self, what: Composition = WHAT, **changed: Any) -> int:
        broadcast = await self.approved(what, **changed)
        await self.does("start", broadcast)
        return broadcast

    async def does(self, act: Any, broadcast: int, doer: Doer | None = None) -> Broadcast:
        who = doer or self.elena
        return await self.store.act(broadcast, act, doer=who, now=self.now, speaks=SPEAKS)

    async def feeds(self, broadcast: int, limit: int = 1000) -> int:
        return await self.store.feed(broadcast, limit=limit, now=self.now)

    async def claims(self, limit: int = 1000, channel: str = "telegram") -> Sequence[Any]:
        return await self.store.claim(
            [channel], now=self.now, limit=limit, lease_s=60, announcements=limit
        )

    async def account(self, broadcast: int) -> dict[tuple[str, str], int]:
        """(state, reason) -> how many."""
        found: dict[tuple[str, str], int] = {}
        for each in await self.store.tally(broadcast):
            key = (each.state, each.reason)
            found[key] = found.get(key, 0) + each.count
        return found


def total(tallies: Sequence[Tally]) -> int:
    return sum(each.count for each in tallies)
