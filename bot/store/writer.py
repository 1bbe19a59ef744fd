"""Bring every job to the one connection: many jobs, one hop to its thread, one transaction.

Rule 1: nobody is told a result before it is committed.
Rule 2: one bad job fails alone. When any job of a batch breaks, the whole batch is undone and runs
again in halves, down to the one. Jobs may run several times, so they change only the database.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar, cast

import aiosqlite

from bot.store.addresses import Vault
from bot.store.base import StoreError
from bot.store.ledger import Ledger
from bot.store.trouble import explained, is_no_fault_of_the_job

T = TypeVar("T")
Job = Callable[[Ledger], T]
# What became of a job: its result, or why it was not kept.
Outcome = tuple[Any, Exception | None]

# More gains little: the cost of a commit is spread thin by then, and the first waits longer.
MOST_JOBS: Final = 128


class Writer:
    """Owns the connection: nothing else may begin a transaction on it."""

    def __init__(self, connection: aiosqlite.Connection, vault: Vault, name: str) -> None:
        self._connection = connection
        self._vault = vault
        self._name = name
        self._queue: deque[tuple[Job[Any], asyncio.Future[Any]]] = deque()
        self._draining: asyncio.Task[None] | None = None
        self._ledger: Ledger | None = None
        self._closed = False

    def do(self, job: Job[T]) -> "asyncio.Future[T]":
        """Its result once committed, or StoreError. A caller who gives up does not stop the job."""
        if self._closed:
            raise StoreError("The database is closed: Willaq is stopping.")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append((job, future))
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain())
        return future

    async def between(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Run `act` outside any transaction, between two batches."""
        connection = self._connection._conn
        try:
            return await hop(self._connection, lambda: act(connection))
        except sqlite3.Error as error:
            raise explained(error, self._name) from error

    async def close(self) -> None:
        """What was asked before is still done."""
        self._closed = True
        while self._draining is not None:
            await asyncio.wait([self._draining])
        await self._connection.close()

    async def _drain(self) -> None:
        try:
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(len(self._queue), MOST_JOBS))]
                await self._run(batch)
        finally:
            self._draining = None

    async def _run(self, batch: Sequence[tuple[Job[Any], asyncio.Future[Any]]]) -> None:
        jobs = [job for job, _ in batch]
        try:
            outcomes = await hop(self._connection, lambda: self._on_the_thread(jobs))
        except Exception as error:
            outcomes = [(None, explained(error, self._name)) for _ in jobs]
        for (_, future), (result, failure) in zip(batch, outcomes, strict=True):
            if future.done():
                continue
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

    def _on_the_thread(self, jobs: Sequence[Job[Any]]) -> list[Outcome]:
        connection = self._connection._conn
        if self._ledger is None:
            self._ledger = Ledger(connection, self._vault)
        return [
            (result, explained(error, self._name) if error else None)
            for result, error in run_batch(connection, self._ledger, jobs)
        ]


def hop(connection: aiosqlite.Connection, act: Callable[[], T]) -> Awaitable[T]:
    """Run `act` on the connection's own thread.

    aiosqlite has no public way to run several statements in one hop, and a hop for each costs ten
    times the statement. So its own private one, with its version held in pyproject.toml.
    """
    return cast(Awaitable[T], cast(Any, connection)._execute(act))


def run_batch(
    connection: sqlite3.Connection, ledger: Ledger, jobs: Sequence[Job[Any]]
) -> list[Outcome]:
    try:
        return [(result, None) for result in _transaction(connection, ledger, jobs)]
    except Exception as error:
        if len(jobs) == 1 or is_no_fault_of_the_job(error):
            return [(None, error)] * len(jobs)
    half = len(jobs) // 2
    first = run_batch(connection, ledger, jobs[:half])
    return first + run_batch(connection, ledger, jobs[half:])


def _transaction(
    connection: sqlite3.Connection, ledger: Ledger, jobs: Sequence[Job[Any]]
) -> list[Any]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        results = [job(ledger) for job in jobs]
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return results
