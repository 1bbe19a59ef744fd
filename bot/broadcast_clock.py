"""What the clock does for announcements: begin them, feed the outbox, end them.

Rule 1: each step asks the database what is so and is done there in one transaction. Whatever else
happened between two looks, a step that no longer fits is refused and nothing is lost by it.
Rule 2: no state is kept here that a restart would miss.
Rule 3: of a clock that jumps nothing follows but the time of day: what was sent is never sent
again, and what was missed is begun late or, past its end, called off.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from bot.dialogue import desk_notices
from bot.dialogue.announcing import Broadcast, Tally
from bot.store.desk import Act, BroadcastStore, Doer, Refused

CLOCK: Final = Doer(None, "clock")
PORTION: Final = 300  # messages made in one transaction: no reply waits for more
MOST_PORTIONS: Final = 8  # at one look
AHEAD_S: Final = 1.5  # what can be sent in this time is made beforehand, and no more
SWEPT_EVERY_S: Final = 2.0
SWEPT: Final = 500
# The canary: how many of a hundred may fail, if it is more than a few.
MOST_FAILED: Final = 0.1
FEW_FAILED: Final = 3
HEARD_WITHIN_S: Final = 60.0  # what a platform says later of the canary, it says by then

log = logging.getLogger(__name__)


class BroadcastClock:
    """`rates`: messages a second by channel, of those that reach women by themselves. `speaks`
    gives the language each woman reads, from those of the texts. `going` hears of the announcements
    that are being sent, each time; `fed` when messages were made."""

    def __init__(
        self,
        store: BroadcastStore,
        rates: Mapping[str, float],
        *,
        speaks: Callable[[Sequence[str]], Mapping[str, str]],
        going: Callable[[frozenset[int]], None],
        fed: Callable[[], None],
    ) -> None:
        self.alive: tuple[Broadcast, ...] = ()
        self._store = store
        self._rates = rates
        self._speaks = speaks
        self._going = going
        self._fed = fed
        self._channels: dict[int, frozenset[str]] = {}
        self._all_fed_at: dict[int, float] = {}
        self._swept_at = float("-inf")

    async def look(self, now: float) -> None:
        """Once. Raises StoreError."""
        house = await self._store.house_is_paused()
        self.alive = tuple(await self._store.alive())
        sending = frozenset() if house else _ids(self.alive, "sending")
        self._going(sending)
        self._forget_others()
        for each in self.alive:
            # One that cannot go on must not hold up the others.
            with suppress(Refused):
                await self._see_to(each, now, house)
        await self._sweep(now)

    def sweep_soon(self) -> None:
        self._swept_at = float("-inf")

    async def _see_to(self, each: Broadcast, now: float, house: str) -> None:
        if each.state == "scheduled":
            if (each.what.start_at or 0.0) <= now:
                await self._begin(each, now)
        elif each.not_after is not None and each.not_after < now:
            await self._end_late(each, now)
        elif each.state == "sending" and not house:
            await self._go_on(each, now)

    async def _begin(self, each: Broadcast, now: float) -> None:
        try:
            speaks = self._speaks(tuple(each.what.texts))
            await self._store.act(each.id, "start", doer=CLOCK, now=now, speaks=speaks)
            log.info("an announcement begins", extra={"broadcast": each.id})
        except Refused as refused:
            if refused.why != "expired":
                raise
            # Willaq was down, or the house paused, until it was too late for it.
            await self._end(each, "cancel", now, "expired")
            log.warning("it was too late for an announcement", extra={"broadcast": each.id})

    async def _end_late(self, each: Broadcast, now: float) -> None:
        if each.state == "paused":
            await self._end(each, "cancel", now, "expired")
            return
        while await self._store.sweep(limit=SWEPT, now=now):
            pass
        if not (await self._store.progress(each.id, (), now=now)).open:
            await self._end(each, "finish", now, "expired")

    async def _end(self, each: Broadcast, act: Act, now: float, reason: str = "") -> None:
        """Its author hears of it."""
        heard = partial(desk_notices.news, act)
        await self._store.act(each.id, act, doer=CLOCK, now=now, reason=reason, news=heard)
        self._fed()

    async def _go_on(self, each: Broadcast, now: float) -> None:
        if await self._feed(each, now):
            return
        progress = await self._store.progress(each.id, tuple(self._rates), now=now)
        if each.canary:
            if not any(progress.waiting.values()):
                await self._judge_canary(each, now, progress.unconfirmed)
        elif not progress.open and not progress.unconfirmed:
            await self._end(each, "finish", now)
            log.info("an announcement is done", extra={"broadcast": each.id})

    async def _feed(self, each: Broadcast, now: float) -> bool:
        """False: all messages are made, of the canary or of the whole."""
        channels = await self._channels_of(each, now)
        for _ in range(MOST_PORTIONS):
            waiting = (await self._store.progress(each.id, tuple(channels), now=now)).waiting
            if all(waiting[name] >= self._rates[name] * AHEAD_S for name in channels):
                return True
            if not await self._store.feed(each.id, limit=PORTION, now=now):
                return False
            self._fed()
        return True

    async def _channels_of(self, each: Broadcast, now: float) -> frozenset[str]:
        """Of its audience: no channel is fed for whom nobody is there."""
        if each.id not in self._channels:
            counts = await self._store.count(each.what.audience, each.speaks, now=now)
            found = {group.channel for group in counts.groups if group.text}
            self._channels[each.id] = frozenset(found & self._rates.keys()) or frozenset(
                self._rates
            )
        return self._channels[each.id]

    async def _judge_canary(self, each: Broadcast, now: float, unconfirmed: bool) -> None:
        since = self._all_fed_at.setdefault(each.id, time.monotonic())
        if unconfirmed and time.monotonic() - since < HEARD_WITHIN_S:
            return
        tallies = await self._store.tally(each.id)
        verdict = judged(tallies)
        if verdict == "failed":
            await self._end(each, "pause", now, "canary")
            log.warning("too many of the first failed: paused", extra={"broadcast": each.id})
        elif verdict == "passed":
            await self._store.pass_canary(each.id)

    async def _sweep(self, now: float) -> None:
        if time.monotonic() < self._swept_at + SWEPT_EVERY_S:
            return
        if await self._store.sweep(limit=SWEPT, now=now) < SWEPT:
            self._swept_at = time.monotonic()

    def _forget_others(self) -> None:
        ids = {each.id for each in self.alive}
        self._channels = {id: kept for id, kept in self._channels.items() if id in ids}
        self._all_fed_at = {id: at for id, at in self._all_fed_at.items() if id in ids}


def judged(tallies: Sequence[Tally]) -> str:
    """Of the canary: "failed", "passed", or "" while some of it is still on its way."""
    ends: dict[str, int] = {}
    for each in tallies:
        if each.channel:  # else she is not of the canary
            is_trying = each.state == "waiting" and each.reason not in ("", "window")
            state = "sending" if is_trying else each.state
            if each.reason == "window":
                state = "held"
            ends[state] = ends.get(state, 0) + each.count
    failed = ends.get("failed", 0) + ends.get("unknown", 0)
    arrived = sum(ends.get(state, 0) for state in ("sent", "delivered", "read", "held"))
    if ends.get("sending") or (ends.get("waiting") and not failed + arrived):
        return ""
    return (
        "failed" if failed >= FEW_FAILED and failed > MOST_FAILED * (failed + arrived) else "passed"
    )


def _ids(alive: Sequence[Broadcast], state: str) -> frozenset[int]:
    return frozenset(each.id for each in alive if each.state == state)
