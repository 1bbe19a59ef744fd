"""Every engine that keeps the contract of bot.store.base is a row in ENGINES."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.store.base import Store
from bot.store.sqlite import SqliteStore
from tests.store.contract import Engine, Scene


class Sqlite(Engine):
    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self.database = folder / "data" / "willaq.db"
        self.key_file = folder / "data.key"
        self._clock = clock

    async def open(self) -> Store:
        return await SqliteStore.open(self.database, self.key_file, clock=self._clock)

    async def announce(
        self, store: SqliteStore, channel: str, address: str, body: bytes, now: float
    ) -> None:
        seal, index = store.vault.seal, store.vault.index("address", channel, address)
        sealed = (seal(address.encode(), "address", channel), seal(body, "body", channel))
        with sqlite3.connect(self.database) as database:
            database.execute(
                "INSERT INTO outbox (person_id, channel, address, body, language, priority,"
                " operation, state, due_at, created_at, changed_at)"
                " SELECT id, channel, ?, ?, language, 9, 'message', 'waiting', ?, ?, ?"
                " FROM people WHERE address_index = ?",
                (*sealed, now, now, now, index),
            )
        database.close()


ENGINES: dict[str, Callable[[Path, Callable[[], float]], Engine]] = {"sqlite": Sqlite}


@pytest.fixture(params=ENGINES)
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    scene = Scene(lambda clock: ENGINES[request.param](tmp_path, clock))
    await scene.begin()
    yield scene
    await scene.end()
