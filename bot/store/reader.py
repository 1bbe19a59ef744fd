"""Count and read beside the writer, so that no woman waits for an organizer's figures.

A transaction of its own sees the database as it was at one moment, whatever is written meanwhile.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import TypeVar

import aiosqlite

from bot.store.addresses import Vault
from bot.store.ledger import Ledger
from bot.store.opening import MEMORY
from bot.store.trouble import explained
from bot.store.writer import Writer, hop

T = TypeVar("T")


class Reader:
    """Its connection is opened when somebody first counts. It never writes."""

    def __init__(self, name: str, vault: Vault, writer: Writer) -> None:
        self._name = name
        self._vault = vault
        self._writer = writer
        self._connection: aiosqlite.Connection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def do(self, job: Callable[[Ledger], T]) -> T:
        """Raises StoreError."""
        if self._name == MEMORY:
            return await self._writer.do(job)  # nobody else can see what is in there
        try:
            async with self._one_at_a_time:
                if self._connection is None:
                    self._connection = await self._open()
                connection = self._connection
                return await hop(connection, lambda: self._read(connection._conn, job))
        except sqlite3.Error as error:
            raise explained(error, self._name) from error

    async def close(self) -> None:
        async with self._one_at_a_time:
            connection, self._connection = self._connection, None
            if connection is not None:
                await connection.close()

    async def _open(self) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(self._name, isolation_level=None)
        await connection.execute("PRAGMA query_only = ON")
        await connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _read(self, connection: sqlite3.Connection, job: Callable[[Ledger], T]) -> T:
        connection.execute("BEGIN")
        try:
            return job(Ledger(connection, self._vault))
        finally:
            connection.execute("ROLLBACK")
