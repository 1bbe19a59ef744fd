"""May this go now, who goes next, and after this failure, when again?

Rule 1: nothing here knows the time or throws dice: `now` and `jitter` come as arguments.
Rule 2: a pace says when the next message may leave, never how many are on their way. So the rate
is used in full however slow the network is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final, Generic, Literal, Protocol, TypeVar

REPLY: Final = 0  # priority of what she is waiting for
NOTICE: Final = 5  # of what she asked to be told
ANNOUNCEMENT: Final = 9

FIRST_WAIT_S: Final = 2.0
LONGEST_WAIT_S: Final = 600.0
REPLY_TRIES: Final = 10  # with the waits above about half an hour: later an answer only confuses
ANNOUNCEMENT_TRIES: Final = 40  # about six hours
HELD_S: Final = 7 * 24 * 3600.0  # until she writes; what she asked a week ago she asks again


_SLACK_S: Final = 0.05
_SHORTEST_AHEAD_S, _LONGEST_AHEAD_S = 0.02, 0.15
_PARTLY_SENT: Final = -1  # before all else in her lane


class Pace:
    """At most `rate_per_s`, with `burst` at once after a silence (GCRA, the leaky bucket)."""

    __slots__ = ("_every_s", "_full_at", "_slack_s")

    def __init__(self, rate_per_s: float, burst: float = 1.0) -> None:
        self._every_s = 1 / rate_per_s
        self._slack_s = (burst - 1) / rate_per_s
        self._full_at = float("-inf")  # when it will have recovered its whole burst

    def earliest(self, now: float) -> float:
        """When the next message may go. Takes nothing."""
        return max(now, self._full_at - self._slack_s)

    def next(self, now: float) -> float:
        """Take the next place: when the message may go, in order, however many are taken."""
        at = self.earliest(now)
        self._full_at = max(self._full_at, at) + self._every_s
        return at

    def hold(self, until: float) -> None:
        """Nothing before `until`, and no burst then: whoever told us to wait is still counting."""
        self._full_at = max(self._full_at, until + self._slack_s)

    def is_idle(self, now: float) -> bool:
        """A new one would answer the same."""
        return self._full_at <= now


def channel_pace(rate_per_s: float) -> Pace:
    """Platforms count with a bucket of about a tenth of a second. Ours holds half of that,
    because the network bunches up what left evenly; less would lose the time we wake up late."""
    return Pace(rate_per_s, max(1.0, min(2.0, rate_per_s / 15), rate_per_s * _SLACK_S))


class Foresight:
    """How long before they can go announcements are claimed: while the store answers twice, and
    longer where it is slow. A process that dies leaves what it claimed as unknown, and then
    somebody has to decide about each, so it is little."""

    __slots__ = ("seconds",)

    def __init__(self) -> None:
        self.seconds = _SHORTEST_AHEAD_S

    def took(self, seconds: float) -> None:
        """A claim took so long. One that was slow is remembered for a while."""
        ahead_s = min(_LONGEST_AHEAD_S, max(_SHORTEST_AHEAD_S, 3 * seconds))
        self.seconds = max(ahead_s, self.seconds + (ahead_s - self.seconds) / 8)


class Failure(Protocol):
    """What a channel says when a message was not taken (channels.base.SendError is one)."""

    reason: str
    permanent: bool
    unreachable: bool
    retry_after_s: float | None
    everyone: bool
    unsure: bool
    window: bool
    growth: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of the message. `due_at` and `tries` matter only when it waits."""

    state: Literal["waiting", "failed", "unknown"]
    reason: str
    due_at: float = 0.0
    tries: int = 0
    unreachable: bool = False


def after(failure: Failure, *, tries: int, priority: int, now: float, jitter: float) -> Decision:
    """Should it go again, and when? `tries` failed before this one; `jitter` is from 0 to 1."""
    if failure.permanent or failure.unreachable:
        return Decision("failed", failure.reason, unreachable=failure.unreachable)
    if failure.window:
        # Trying again cannot help before she writes, and then it is due at once.
        return Decision("waiting", failure.reason, now + HELD_S, tries)
    if failure.unsure and priority >= ANNOUNCEMENT:
        # Twice is worse than once perhaps: an organizer sees it and decides.
        return Decision("unknown", failure.reason)
    if failure.retry_after_s is not None:
        if priority == REPLY and failure.retry_after_s > LONGEST_WAIT_S and not failure.everyone:
            # It would hold up every other answer to her, and nobody else's.
            return Decision("failed", f"gave up: {failure.reason}")
        # They were too many, which is no fault of this one: it costs no try.
        return Decision("waiting", failure.reason, now + max(0.0, failure.retry_after_s), tries)
    if tries >= (REPLY_TRIES if priority <= REPLY else ANNOUNCEMENT_TRIES):
        return Decision("failed", f"gave up: {failure.reason}")
    return Decision(
        "waiting", failure.reason, now + wait_s(tries, jitter, failure.growth), tries + 1
    )


def wait_s(tries: int, jitter: float, growth: float = 2.0) -> float:
    """`growth` times as long each time, a quarter more or less: those who failed together do not
    come back together."""
    wait = min(LONGEST_WAIT_S, FIRST_WAIT_S * growth ** min(tries, 30))
    return wait * (0.75 + jitter / 2)


Item = TypeVar("Item")


class _Lane(Generic[Item]):
    __slots__ = ("is_busy", "pace", "queue")

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.queue: list[tuple[int, int, Item, bool]] = []  # priority, ticket, item, is paced
        self.is_busy = False


class Lanes(Generic[Item]):
    """Who goes next on one channel: one lane for each woman, one message of hers at a time.

    Replies go before announcements, whoever they are for; within a priority first come, first
    served. Every message takes a place in the channel's pace and in hers.
    """

    def __init__(self, pace: Pace, *, rate_per_woman_s: float, burst_per_woman: float) -> None:
        self.pace = pace
        self._rate_per_woman_s = rate_per_woman_s
        self._burst_per_woman = burst_per_woman
        self._lanes: dict[int, _Lane[Item]] = {}
        # Both may name a lane that has moved on since; `_is_head` and `_offer` find out.
        self._ready: list[tuple[int, int, int]] = []  # priority, ticket, woman
        self._later: list[tuple[float, int]] = []  # when her own pace allows it, woman
        self._ticket = 0
        self._queued = 0

    def __len__(self) -> int:
        """How many wait here; those that were given out do not count."""
        return self._queued

    def add(self, woman: int, item: Item, priority: int, *, is_paced: bool = True) -> None:
        """Behind those of hers that are as urgent. Unpaced: not held to her pace."""
        lane = self._lanes.get(woman)
        if lane is None:
            pace = Pace(self._rate_per_woman_s, self._burst_per_woman)
            lane = self._lanes[woman] = _Lane(pace)
        self._ticket += 1
        self._queued += 1
        heappush(lane.queue, (priority, self._ticket, item, is_paced))
        self._offer(woman, lane)

    def next(self, now: float) -> Item | None:
        """Who may go now; her lane is then busy until `free` or `again`."""
        while self._later and self._later[0][0] <= now:
            woman = heappop(self._later)[1]
            if woman in self._lanes:
                self._offer(woman, self._lanes[woman])
        if self.pace.earliest(now) > now:
            return None
        while self._ready:
            priority, ticket, woman = heappop(self._ready)
            lane = self._lanes.get(woman)
            if lane is None or not _is_head(lane, priority, ticket):
                continue
            if lane.queue[0][3] and (at := lane.pace.earliest(now)) > now:
                heappush(self._later, (at, woman))
                continue
            return self._give(lane, now)
        return None

    def when(self, now: float) -> float | None:
        """When to ask `next` again; None: not before something is added or freed."""
        if self._ready:
            return self.pace.earliest(now)
        return max(self.pace.earliest(now), self._later[0][0]) if self._later else None

    def free(self, woman: int) -> None:
        """What she was given is done: her next one may go."""
        lane = self._lanes[woman]
        lane.is_busy = False
        self._offer(woman, lane)

    def again(self, woman: int, item: Item) -> None:
        """The rest of what she was given: it goes before everything else of hers."""
        self.add(woman, item, _PARTLY_SENT)
        self.free(woman)

    def clear(self, woman: int, which: Callable[[Item], object] = lambda item: True) -> list[Item]:
        """Take back what still waits for her, in its order."""
        lane = self._lanes.get(woman)
        if lane is None:
            return []
        entries = sorted(lane.queue, key=lambda entry: entry[:2])
        items = [entry[2] for entry in entries if which(entry[2])]
        lane.queue = [entry for entry in entries if not which(entry[2])]
        self._queued -= len(items)
        self._offer(woman, lane)
        return items

    def take_out(self, which: Callable[[Item], object]) -> list[Item]:
        """Take back those that wait, whoever they are for."""
        found = list[Item]()
        for woman, lane in self._lanes.items():
            some = [entry[2] for entry in lane.queue if which(entry[2])]
            if some:
                lane.queue = [entry for entry in lane.queue if not which(entry[2])]
                heapify(lane.queue)
                self._queued -= len(some)
                self._offer(woman, lane)
                found += some
        return found

    def clear_all(self) -> list[Item]:
        return [item for woman in list(self._lanes) for item in self.clear(woman)]

    def sweep(self, now: float) -> None:
        """Forget the women for whom nothing waits and whose pace has recovered."""
        idle = [
            woman
            for woman, lane in self._lanes.items()
            if not lane.queue and not lane.is_busy and lane.pace.is_idle(now)
        ]
        for woman in idle:
            del self._lanes[woman]

    def _offer(self, woman: int, lane: _Lane[Item]) -> None:
        if lane.queue and not lane.is_busy:
            priority, ticket, _, _ = lane.queue[0]
            heappush(self._ready, (priority, ticket, woman))

    def _give(self, lane: _Lane[Item], now: float) -> Item:
        _, _, item, is_paced = heappop(lane.queue)
        lane.is_busy = True
        self._queued -= 1
        self.pace.next(now)
        if is_paced:
            lane.pace.next(now)
        return item


def _is_head(lane: _Lane[Item], priority: int, ticket: int) -> bool:
    if lane.is_busy or not lane.queue:
        return False
    return lane.queue[0][0] == priority and lane.queue[0][1] == ticket
