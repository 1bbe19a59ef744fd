"""A job that may be refused, such as what somebody at the desk may not do."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.store.desk import Refused
from bot.store.ledger import Ledger
from bot.store.writer import Writer

T = TypeVar("T")


class Deciding:
    _writer: Writer

    async def _decide(self, job: Callable[[Ledger], T]) -> T:
        """Raises Refused. It is no fault of the job's, so it travels as a result: the writer would
        take what is raised for one, and run the whole batch again."""
        found = await self._writer.do(partial(_refusal_or, job=job))
        if isinstance(found, Refused):
            raise found
        return found


def _refusal_or(ledger: Ledger, job: Callable[[Ledger], T]) -> T | Refused:
    try:
        return job(ledger)
    except Refused as refused:
        return refused
