"""WatchStore, kept in SQLite: what only counts is done beside the writer."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.store import figures
from bot.store.base import Enrolled
from bot.store.deciding import Deciding
from bot.store.desk import Doer
from bot.store.reader import Reader
from bot.store.watch import Look, Standing, Unknown, Used


class WatchDesk(Deciding):
    """See bot.store.watch.WatchStore. A part of SqliteStore."""

    _reader: Reader

    async def sign_ups(
        self, edition: str, how: Look, *, doer: Doer, now: float
    ) -> Sequence[Enrolled]:
        return await self._decide(
            partial(figures.sign_ups, edition=edition, how=how, doer=doer, now=now)
        )

    async def take_out(
        self, edition: str, number: int, *, doer: Doer, today: date, now: float
    ) -> bool:
        return await self._decide(
            partial(figures.take_out, edition=edition, number=number, doer=doer, day=today, now=now)
        )

    async def usage(self, *, since: str, before: str, least: int) -> Sequence[Used]:
        job = partial(figures.usage, since=since, before=before, least=least)
        return await self._reader.do(job)

    async def unknown(self, *, now: float) -> Sequence[Unknown]:
        return await self._reader.do(partial(figures.unknown, now=now))

    async def standings(self, *, lately: float, now: float) -> Sequence[Standing]:
        return await self._reader.do(partial(figures.standings, lately=lately, now=now))
