"""Send the messages of one channel: at its pace, many on the way, one at a time for each woman.

Rule 1: every parcel that enters comes out once, as a Settlement.
Rule 2: when one of hers must wait, all that is behind it goes back to the store with it. There is
one place where messages wait for hours, and one order.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from bot.channels.base import Bubble, Channel, Mark, SendError
from bot.dialogue.hours import opens_at
from bot.pacing import REPLY, Foresight, Lanes, channel_pace
from bot.parcel import Parcel
from bot.store.base import OutboxRow, Settlement, StoreError
from bot.verdict import judged

MOST_IN_FLIGHT: Final = 256
MOST_QUEUED: Final = 10_000  # the store keeps the rest
MOST_CLAIMED: Final = 250  # at once, so that visits need not wait long for the database
HUNG_S: Final = 90.0  # channels have a shorter patience of their own; this one is the last
_AHEAD_S: Final = 2.0  # claim what can be sent in this time ...
_DRY_S: Final = 1.0  # ... when less than this is left
_TICK_S: Final = 0.001

log = logging.getLogger(__name__)

Say = Callable[[OutboxRow], tuple[Bubble, ...]]
Erase = Callable[[Channel, OutboxRow], Awaitable[None]]
Note = Callable[[str, Settlement], None]


class Road:
    """`say` gives a row's bubbles, `erase` deletes her chat, `note` takes (channel, settlement),
    `is_dry` is called when more should be claimed."""

    def __init__(
        self,
        channel: Channel,
        *,
        say: Say,
        erase: Erase,
        note: Note,
        is_dry: Callable[[], None],
        now: Callable[[], float],
    ) -> None:
        self.channel = channel
        self.lanes: Lanes[Parcel] = Lanes(
            channel_pace(channel.rate),
            rate_per_woman_s=channel.rate_per_woman,
            burst_per_woman=channel.burst_per_woman,
        )
        self.flying: dict[int, Parcel] = {}
        self.store_has_more = False
        self._more_is_announced = False
        self.foresight = Foresight()
        self._announced: Counter[int] = Counter()  # parcels here, by their announcement
        self._say = say
        self._erase = erase
        self._note = note
        self._is_dry = is_dry
        self._now = now
        self._is_closed = False
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = 0.0

    def enter(self, parcel: Parcel) -> None:
        if self._is_closed or len(self.lanes) >= MOST_QUEUED:
            self.store_has_more = True
            self._note(self.channel.name, self._unsent(parcel))
            return
        row = parcel.row
        if row.broadcast:
            self._announced[row.broadcast] += 1
            if row.operation == "message" and self._has_closed(row):
                # Of so many at once none takes the place of a message that can go.
                return self._end(parcel, self._end_after(parcel, SendError("window", window=True)))
        # Deleting is no message: it is not held to her pace, she may be in a hurry.
        is_paced = row.operation in ("message", "knock")
        self.lanes.add(row.person_id, parcel, row.priority, is_paced=is_paced)
        self._go()

    def room(self) -> int:
        """How many more to claim now."""
        now = time.monotonic()
        if self._is_closed or not self.runs_dry or self.lanes.pace.earliest(now) > now + _AHEAD_S:
            return 0
        ahead = max(1, min(MOST_QUEUED, int(self.channel.rate * _AHEAD_S)))
        return min(MOST_CLAIMED, ahead - len(self.lanes))

    def room_for_announced(self) -> int:
        """How many of these may be of announcements."""
        if self._is_closed or not self._may_announce():
            return 0
        ahead = 2 + int(self.channel.rate * self.foresight.seconds) + len(self.flying)
        return max(0, min(MOST_CLAIMED, ahead - self._announced.total()))

    def note_more(self, rows: Sequence[OutboxRow], limit: int, announced: int) -> None:
        """What a claim found, by so much room for all, so much of it for announcements."""
        self.store_has_more = len(rows) >= limit
        if announced:
            self._more_is_announced = sum(row.broadcast > 0 for row in rows) >= announced

    @property
    def runs_dry(self) -> bool:
        return len(self.lanes) < max(1.0, min(MOST_QUEUED, self.channel.rate * _DRY_S))

    @property
    def wants_more(self) -> bool:
        """The store has what could go soon."""
        if self.store_has_more and self.runs_dry:
            return True
        few = 1 + self.channel.rate * self.foresight.seconds / 2 + len(self.flying)
        return self._more_is_announced and self._announced.total() < few and self._may_announce()

    def _may_announce(self) -> bool:
        now = time.monotonic()
        return self.lanes.pace.earliest(now) <= now + self.foresight.seconds

    def drop(self, woman: int, why: str, least: int = REPLY) -> None:
        """What is here for her, from `least` on, may not go; what is on its way goes."""
        for parcel in self.lanes.clear(woman, lambda each: each.row.priority >= least):
            self._end(parcel, parcel.end("skipped", why))
        for parcel in self.flying.values():
            if parcel.row.person_id == woman and parcel.row.priority >= least:
                parcel.cut = why

    def recall(self, going: AbstractSet[int]) -> None:
        """What is of other announcements than these goes back to the store, unless she has seen the
        beginning of it."""
        if self._announced.keys() - going:
            for parcel in self.lanes.take_out(lambda each: each.is_called_back(going)):
                self._give_back(parcel)

    def close(self) -> None:
        """Nothing leaves any more; what has not left goes back to the store."""
        self._is_closed = True
        for parcel in self.lanes.clear_all():
            self._give_back(parcel)

    async def land(self, within_s: float) -> None:
        """Wait for what is on its way; break off what takes too long."""
        tasks = [parcel.task for parcel in self.flying.values() if parcel.task]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=max(0.0, within_s))
            for task in late:
                task.cancel()
            await asyncio.gather(*late)

    def tidy(self) -> None:
        """From time to time: forget idle women, break off what hangs."""
        now = time.monotonic()
        self.lanes.sweep(now)
        for parcel in self.flying.values():
            if parcel.task is not None and now - parcel.started > HUNG_S:
                parcel.task.cancel()

    def _go(self) -> None:
        """Release who may go, and see to it that somebody looks again when the next one may."""
        now = time.monotonic()
        while not self._is_closed and len(self.flying) < MOST_IN_FLIGHT:
            parcel = self.lanes.next(now)
            if parcel is None:
                self._look_again(now)
                break
            parcel.started = now
            self.flying[parcel.row.id] = parcel
            parcel.task = asyncio.create_task(self._carry(parcel))
        if self.wants_more:
            self._is_dry()

    def _look_again(self, now: float) -> None:
        at = self.lanes.when(now)
        if at is None or (self._alarm is not None and self._alarm_at <= at):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        # Less than the loop's own tick would spin; the pace makes up for waking late.
        self._alarm_at = max(at, now + _TICK_S)
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(self._alarm_at - now, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._go()

    async def _carry(self, parcel: Parcel) -> None:
        try:
            await self._deliver(parcel)
        except SendError as error:
            self._did_not_go(parcel, error)
        except asyncio.CancelledError:
            self._did_not_go(parcel, SendError("interrupted", unsure=True))
        except StoreError:
            self._did_not_go(parcel, SendError("store"))
        except Exception:
            log.exception("a channel failed", extra={"channel": self.channel.name})
            self._did_not_go(parcel, SendError("error"))
        else:
            self._went(parcel)
        finally:
            del self.flying[parcel.row.id]
            self._go()

    async def _deliver(self, parcel: Parcel) -> None:
        """The next bubble of the parcel, or what else is to be done. Raises SendError."""
        row = parcel.row
        if row.operation == "erase":
            await self._erase(self.channel, row)
        elif row.operation == "leave":
            await self.channel.leave(row.address)
        elif row.operation == "knock":
            self._wait_for_day()
            await self.channel.knock(row.address, Mark(row.id, row.attempt, 1, 1))
        else:
            await self._send_next(parcel)

    def _wait_for_day(self) -> None:
        """It was due by day, but a stop or a failure can keep it until the night."""
        now = self._now()
        if (day := opens_at(now)) > now:
            raise SendError("night", retry_after_s=day - now)

    async def _send_next(self, parcel: Parcel) -> None:
        row = parcel.row
        if parcel.undone:
            return
        if self._has_closed(row):
            raise SendError("window", window=True)
        parcel.bubbles = parcel.bubbles or self._say(row)
        if bubble := parcel.next_one:
            mark = Mark(row.id, row.attempt, parcel.parts + 1, len(parcel.bubbles))
            receipt = await self.channel.send(row.address, bubble, mark)
            parcel.parts += 1
            parcel.refs += (receipt.ref,) if receipt.ref else ()

    def _went(self, parcel: Parcel) -> None:
        woman = parcel.row.person_id
        if parcel.next_one is None:
            can_fail_yet = self.channel.confirms and parcel.row.operation in ("message", "knock")
            self._end(parcel, parcel.end("sent", unconfirmed=can_fail_yet))
        elif parcel.cut:
            self._end(parcel, parcel.end("skipped", parcel.cut))
        elif self._is_closed or parcel.undone:
            self._give_back(parcel)
            self._give_back_rest(woman)
        else:
            self.lanes.again(woman, parcel)
            return
        self.lanes.free(woman)

    def _did_not_go(self, parcel: Parcel, error: SendError) -> None:
        if error.everyone and error.retry_after_s is not None:
            self.lanes.pace.hold(time.monotonic() + error.retry_after_s)
        end = self._end_after(parcel, error)
        self._end(parcel, end)
        woman = parcel.row.person_id
        if end.unreachable:
            self.drop(woman, end.reason)
        elif end.state == "waiting":
            self._give_back_rest(woman)
        self.lanes.free(woman)

    def _end_after(self, parcel: Parcel, error: SendError) -> Settlement:
        row, bubble = parcel.row, parcel.next_one
        end = judged(
            self.channel, error, row.person_id, row.priority, row.tries, self._now(),
            had_buttons=bubble is not None and bool(bubble.buttons),
        )  # fmt: skip
        if end.state == "waiting" and parcel.cut:
            return parcel.end("skipped", parcel.cut)
        return replace(end, row_id=row.id, refs=parcel.refs, parts=parcel.parts)

    def _give_back_rest(self, woman: int) -> None:
        for other in self.lanes.clear(woman):
            self._give_back(other)

    def _give_back(self, parcel: Parcel) -> None:
        self._end(parcel, self._unsent(parcel))

    def _unsent(self, parcel: Parcel) -> Settlement:
        """To the store, as it was: nothing failed."""
        return parcel.end("waiting", due_at=self._now(), tries=parcel.row.tries)

    def _end(self, parcel: Parcel, end: Settlement) -> None:
        if parcel.row.broadcast:
            self._announced[parcel.row.broadcast] -= 1
            if not self._announced[parcel.row.broadcast]:
                del self._announced[parcel.row.broadcast]
        self._note(self.channel.name, end)

    def _has_closed(self, row: OutboxRow) -> bool:
        return row.window_until is not None and row.window_until <= self._now()
