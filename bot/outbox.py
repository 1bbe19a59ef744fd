"""The only way out: take what is due, have it sent, note what became of it.

Rule 1: what is claimed is held in memory until the store has kept its end. A row that is held is
never sent a second time by this process, whatever the store hands out again.
Rule 2: no message's words, no address and no person reach a log line.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final, cast

from bot.channels.base import Bubble, Channel, Pulled, SendError, Status
from bot.channels.fit import fit
from bot.dialogue.hours import night_began
from bot.dialogue.turn import is_private, unpack
from bot.forever import forever
from bot.pacing import REPLY
from bot.parcel import Parcel
from bot.road import Road
from bot.store.base import OutboxRow, OutboxState, Settlement, Store, Visit
from bot.translations import Translations
from bot.verdict import told, why_silent

LEASE_S: Final = 60.0
POLL_S: Final = 1.0  # how long a message of another process or an earlier life can go unseen
MIND_S: Final = 10.0
_LONGEST_PAUSE_S: Final = 5.0
_TO_SETTLE_S: Final = 2.0  # of the time given for stopping
_WORTH_A_TIMER_S: Final = 5.0  # after a longer wait the next tick is soon enough
_A_HAIR_S: Final = 0.002  # the loop's clock and the wall's round differently

log = logging.getLogger(__name__)


class Outbox:
    """Sends what the store holds, by the channels it is given. `counts` has, for each (channel,
    state), how many messages came to that end in this process."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        translations: Callable[[], Translations],
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.counts: Counter[tuple[str, OutboxState]] = Counter()
        self._store = store
        self._channels = channels
        self._translations = translations
        self._now = now
        road = partial(Road, say=self._bubbles, erase=self._erase, note=self._note)
        self._roads = {
            name: road(channel, is_dry=self.wake, now=now)
            for name, channel in channels.items()
            if not channel.pulled
        }
        self._rendered = lru_cache(maxsize=2048)(self._render)
        self._held: dict[int, Parcel] = {}
        self._results: list[Settlement] = []
        self._loops: list[asyncio.Task[None]] = []
        self._some_left_waiting = False
        self._woken = asyncio.Event()
        self._has_results = asyncio.Event()
        self._all_settled = asyncio.Event()
        # A row that goes back to wait must have left `_held` before it is claimed again.
        self._at_the_store = asyncio.Lock()

    def take(self, channel: str, address: str, visit: Visit) -> None:
        """What a visit left, right after its commit: send what is ours, ring for what is hers."""
        if self._channels[channel].counts_incoming:
            self._roads[channel].lanes.pace.next(time.monotonic())
        why, least = why_silent(visit)
        if why and channel in self._roads:
            # The store skips what it has for her; what is held here must not come up either.
            self._roads[channel].drop(visit.person_id, why, least)
        for row in visit.claimed:
            self._enter(row)
        if visit.left_waiting:
            self._some_left_waiting = True
            self.wake()
        if self._channels[channel].pulled:
            cast(Pulled, self._channels[channel]).ring(address)

    async def note(self, channel: str, statuses: Sequence[Status]) -> None:
        """What the platform says became of messages it took. Returns after COMMIT. Raises
        StoreError."""
        now = self._now()
        said = [told(self._channels[channel], status, now) for status in statuses]
        await self._store.note(channel, said, now=now)
        for status in statuses:
            self.counts[channel, status.state] += 1
            self._undo(status)
        if any(status.failure for status in statuses):
            self.wake()  # some may go again

    async def renew(self) -> None:
        """What is held here is in good hands, for another while. Raises StoreError."""
        if self._held:
            await self._store.renew(list(self._held), until=self._now() + LEASE_S)

    def wake(self) -> None:
        """Something may be due: look now, not at the next tick."""
        self._woken.set()

    def recall(self, going: AbstractSet[int]) -> None:
        """Only these announcements are being sent: what is held here of others goes back."""
        for road in self._roads.values():
            road.recall(going)

    def reload(self) -> None:
        """The translations changed: what still waits is said in the new words."""
        self._rendered.cache_clear()

    def queued(self) -> dict[str, int]:
        """For each channel, how many messages this process holds that have not left yet."""
        return {name: len(road.lanes) for name, road in self._roads.items()}

    def in_flight(self) -> dict[str, int]:
        return {name: len(road.flying) for name, road in self._roads.items()}

    async def run(self) -> None:
        """Send until `stop`. A mistake in here is logged, and the work goes on."""
        self.wake()
        steps = (self._claim_due, self._settle_results, self._mind_what_is_held)
        self._loops = [asyncio.create_task(forever(step)) for step in steps]
        try:
            await asyncio.wait(self._loops)
        finally:
            for loop in self._loops:
                loop.cancel()

    async def stop(self, within_s: float = 10) -> None:
        """Let what is on its way arrive, give the rest back to the store, and end `run`."""
        deadline = time.monotonic() + within_s
        for road in (roads := self._roads.values()):
            road.close()
        await asyncio.gather(*(road.land(within_s - _TO_SETTLE_S) for road in roads))
        with suppress(TimeoutError):
            async with asyncio.timeout(deadline - time.monotonic()):
                await self._all_is_settled()
        if self._held:
            log.error(
                "stopped before the database took what became of some messages; "
                "the next start looks after them",
                extra={"rows": len(self._held)},
            )
        for loop in self._loops:
            loop.cancel()

    async def pull(
        self, channel: str, address: str, *, after: int
    ) -> list[tuple[int, tuple[Bubble, ...]]]:
        """Her messages with an id above `after`, for a channel where she fetches them herself.

        Those up to `after` have reached her. A message without bubbles has nothing to show, but
        counts for the next `after`. Raises StoreError.
        """
        rows = await self._store.pull(channel, address, after=after, now=self._now())
        return [(row.id, await self._shown(row)) for row in rows]

    async def _shown(self, row: OutboxRow) -> tuple[Bubble, ...]:
        with suppress(SendError):
            if row.operation == "message":
                return self._bubbles(row)
            if row.operation == "erase":
                await self._erase(self._channels[row.channel], row)
        return ()

    def _bubbles(self, row: OutboxRow) -> tuple[Bubble, ...]:
        try:
            render = self._render if is_private(row.body) else self._rendered
            bubbles = render(row.body, row.language, row.channel, row.plain, row.priority > REPLY)
        except Exception as error:
            log.exception("a message cannot be read", extra={"channel": row.channel})
            raise SendError("unreadable", permanent=True) from error
        if not bubbles:
            log.error("a message has no words in any language", extra={"channel": row.channel})
            raise SendError("empty", permanent=True)
        return bubbles

    def _render(
        self, body: bytes, language: str, channel: str, plain: bool, by_itself: bool
    ) -> tuple[Bubble, ...]:
        message = self._translations().tell(unpack(body), language)
        limits = self._channels[channel].limits
        if plain and by_itself:
            # A number she types is about her last screen, not about this one.
            message = replace(message, choices=())
        return fit(message, limits.without_buttons if plain else limits)

    async def _erase(self, channel: Channel, row: OutboxRow) -> None:
        refs = await self._store.refs_before(row, now=self._now())
        if refs or channel.pulled:
            await channel.erase(row.address, refs)
        await self._store.erased(row.person_id)

    def _enter(self, row: OutboxRow) -> None:
        if row.id in self._held:
            return  # its lease ran out while the store was away; its end is still to be settled
        parcel = self._held[row.id] = Parcel(row)
        self._roads[row.channel].enter(parcel)

    def _undo(self, status: Status) -> None:
        """The store lets it wait once it is settled; until then no more of it may go."""
        parcel = self._held.get(status.mark.row_id)
        if status.failure and parcel and parcel.row.attempt == status.mark.attempt:
            parcel.undone = True

    def _note(self, channel: str, end: Settlement) -> None:
        self.counts[channel, end.state] += 1
        self._results.append(end)
        self._has_results.set()
        log.debug("settled", extra={"channel": channel, "state": end.state, "reason": end.reason})

    def _wake_at(self, due_at: float) -> None:
        if (delay_s := max(0.0, due_at - self._now()) + _A_HAIR_S) < _WORTH_A_TIMER_S:
            asyncio.get_running_loop().call_later(delay_s, self.wake)

    async def _claim_due(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_S):
                await self._woken.wait()
        self._woken.clear()
        try:
            for road in self._roads.values():
                await self._claim_for(road)
        except Exception:
            self.wake()  # look again after the pause, not at the next tick
            raise
        self._some_left_waiting = self._some_left_waiting and bool(self._held)

    async def _claim_for(self, road: Road) -> None:
        async with self._at_the_store:
            if (limit := road.room()) <= 0:
                road.store_has_more = True  # nobody looked
                return
            now, asked_at = self._now(), time.monotonic()
            announced = min(limit, road.room_for_announced())
            rows = await self._store.claim(
                [road.channel.name], now=now, limit=limit, lease_s=LEASE_S,
                quiet_since=night_began(now), announcements=announced,
            )  # fmt: skip
            road.foresight.took(time.monotonic() - asked_at)
            road.note_more(rows, limit, announced)
            # The limit may have cut between two rows of one woman.
            self._some_left_waiting |= road.store_has_more
            for row in rows:
                self._enter(row)
        if road.wants_more:
            self.wake()

    async def _settle_results(self) -> None:
        await self._has_results.wait()
        self._has_results.clear()
        batch, self._results = self._results, []
        pause_s = 0.1
        while batch and not await self._is_kept(batch):
            await asyncio.sleep(pause_s)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
        if self._some_left_waiting:
            self.wake()  # what one of these kept waiting may now go
        if not self._held:
            self._all_settled.set()

    async def _is_kept(self, batch: list[Settlement]) -> bool:
        """False: the store could not; the rows stay held, so that nothing is sent twice."""
        async with self._at_the_store:
            try:
                await self._store.settle(batch)
            except Exception:
                log.exception("what was sent cannot be written down", extra={"rows": len(batch)})
                return False
            for end in batch:
                parcel = self._held.pop(end.row_id, None)
                if end.state == "waiting":
                    self._wake_at(end.due_at if end.knock_at is None else end.knock_at)
                elif parcel and parcel.undone:
                    self.wake()
            return True

    async def _all_is_settled(self) -> None:
        async with self._at_the_store:
            pass  # a claim that was under way has handed in its rows
        while self._held:
            self._all_settled.clear()
            await self._all_settled.wait()

    async def _mind_what_is_held(self) -> None:
        await asyncio.sleep(MIND_S)
        for road in self._roads.values():
            road.tidy()
        await self.renew()
