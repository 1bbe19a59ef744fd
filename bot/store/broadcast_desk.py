"""BroadcastStore, kept in SQLite: each method is one job, and what only counts is done beside."""

from collections.abc import Mapping, Sequence
from functools import partial

from bot.dialogue.announcing import Audience, Broadcast, Composition, Counts, Tally
from bot.store import account, audience, broadcasts, telling
from bot.store.deciding import Deciding
from bot.store.desk import Act, Doer, News, Progress
from bot.store.reader import Reader


class BroadcastDesk(Deciding):
    """See bot.store.desk.BroadcastStore. A part of SqliteStore."""

    _reader: Reader

    async def draft(self, what: Composition, *, doer: Doer, now: float) -> int:
        return await self._decide(partial(broadcasts.draft, what=what, doer=doer, now=now))

    async def edit(
        self, broadcast: int, what: Composition, *, version: int, doer: Doer, now: float
    ) -> None:
        await self._decide(
            partial(
                broadcasts.edit, broadcast=broadcast, what=what, version=version, doer=doer, now=now
            )
        )

    async def broadcast(self, broadcast: int) -> Broadcast | None:
        return await self._writer.do(partial(broadcasts.read, broadcast=broadcast))

    async def handed_in(self, broadcast: int, *, before: int) -> Composition | None:
        return await self._writer.do(
            partial(broadcasts.handed_in, broadcast=broadcast, before=before)
        )

    async def broadcasts(self, *, limit: int = 100) -> Sequence[Broadcast]:
        return await self._writer.do(partial(broadcasts.newest, limit=limit))

    async def act(
        self,
        broadcast: int,
        act: Act,
        *,
        doer: Doer,
        now: float,
        version: int | None = None,
        speaks: Mapping[str, str] | None = None,
        reason: str = "",
        news: News | None = None,
    ) -> Broadcast:
        return await self._decide(
            partial(
                telling.act, broadcast=broadcast, act=act, doer=doer, now=now, version=version,
                speaks=speaks, reason=reason, news=news,
            )
        )  # fmt: skip

    async def count(self, audience_: Audience, speaks: Mapping[str, str], *, now: float) -> Counts:
        return await self._reader.do(
            partial(audience.count, whom=audience_, speaks=speaks, now=now)
        )

    async def feed(self, broadcast: int, *, limit: int, now: float) -> int:
        return await self._writer.do(
            partial(audience.feed, broadcast=broadcast, limit=limit, now=now)
        )

    async def tally(self, broadcast: int) -> Sequence[Tally]:
        return await self._reader.do(partial(account.tally, broadcast=broadcast))

    async def resend_unknown(self, broadcast: int, *, doer: Doer, now: float) -> int:
        return await self._decide(
            partial(account.resend_unknown, broadcast=broadcast, doer=doer, now=now)
        )

    async def alive(self) -> Sequence[Broadcast]:
        return await self._writer.do(broadcasts.alive)

    async def progress(self, broadcast: int, channels: Sequence[str], *, now: float) -> Progress:
        return await self._writer.do(
            partial(account.progress, broadcast=broadcast, channels=channels, now=now)
        )

    async def pass_canary(self, broadcast: int) -> None:
        await self._writer.do(lambda ledger: ledger.change("pass_canary", broadcast))

    async def sweep(self, *, limit: int, now: float) -> int:
        return await self._writer.do(partial(account.sweep, limit=limit, now=now))

    async def try_out(self, messages: Mapping[str, bytes], *, doer: Doer, now: float) -> bool:
        return await self._decide(partial(account.try_out, messages=messages, doer=doer, now=now))

    async def house_is_paused(self) -> str:
        return await self._writer.do(broadcasts.house_is_paused)

    async def pause_house(self, reason: str, *, doer: Doer, now: float) -> None:
        await self._decide(partial(broadcasts.pause_house, reason=reason, doer=doer, now=now))
