"""The pace is used in full and never broken; who goes next; what each failure leads to."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.hours import DAY_S, night_began, opens_at
from bot.pacing import (
    ANNOUNCEMENT_TRIES,
    HELD_S,
    LONGEST_WAIT_S,
    REPLY_TRIES,
    Decision,
    Foresight,
    Lanes,
    Pace,
    after,
    channel_pace,
    wait_s,
)

NOW = 1_000_000.0
ANNOUNCEMENT = 9


@dataclass
class Failed:
    reason: str = "network"
    permanent: bool = False
    unreachable: bool = False
    retry_after_s: float | None = None
    everyone: bool = False
    unsure: bool = False
    window: bool = False
    growth: float = 2.0


@pytest.mark.parametrize(
    ("lima", "goes_at"),
    [
        ("07:59:59", "08:00:00"),
        ("08:00:00", "08:00:00"),
        ("12:00:00", "12:00:00"),
        ("20:59:59", "20:59:59"),
        ("21:00:00", "32:00:00"),
        ("23:59:59", "32:00:00"),
        ("24:00:00", "32:00:00"),
    ],
)
def test_at_night_in_lima_nothing_calls_her_by_itself(lima: str, goes_at: str) -> None:
    midnight = 1_800_000_000.0 // 86_400 * 86_400 + 5 * 3600

    def at(clock: str) -> float:
        hours, minutes, seconds = map(int, clock.split(":"))
        return midnight + hours * 3600 + minutes * 60 + seconds

    assert opens_at(at(lima)) == at(goes_at)


def most_in_any_second(times: list[float]) -> int:
    return max(sum(1 for other in times if start <= other < start + 1 - 1e-6) for start in times)


def test_a_pace_lets_the_burst_go_at_once_and_then_one_after_the_other() -> None:
    pace = Pace(rate_per_s=2, burst=3)
    assert [pace.next(NOW) - NOW for _ in range(6)] == [0, 0, 0, 0.5, 1.0, 1.5]


def test_a_pace_without_a_burst_is_even() -> None:
    pace = Pace(rate_per_s=4)
    assert [pace.next(NOW) - NOW for _ in range(4)] == [0, 0.25, 0.5, 0.75]


def test_looking_takes_no_place() -> None:
    pace = Pace(rate_per_s=1)
    assert pace.earliest(NOW) == pace.earliest(NOW) == NOW
    pace.next(NOW)
    assert pace.earliest(NOW) == pace.earliest(NOW) == NOW + 1


def test_a_pace_recovers_its_burst_in_silence_and_no_more_than_that() -> None:
    pace = Pace(rate_per_s=1, burst=2)
    for _ in range(5):
        pace.next(NOW)
    assert not pace.is_idle(NOW + 4.9)
    assert pace.is_idle(NOW + 5)
    assert [pace.next(NOW + 3600) - NOW - 3600 for _ in range(3)] == [0, 0, 1]


def test_after_a_hold_nothing_goes_before_its_end_and_then_no_burst() -> None:
    pace = Pace(rate_per_s=10, burst=5)
    pace.hold(NOW + 30)
    times = [pace.next(NOW) - NOW for _ in range(3)]
    assert times == pytest.approx([30, 30.1, 30.2])


def test_a_shorter_hold_does_not_end_a_longer_one() -> None:
    pace = Pace(rate_per_s=10)
    pace.hold(NOW + 30)
    pace.hold(NOW + 5)
    assert pace.next(NOW) == NOW + 30


@settings(deadline=None)
@given(
    rate=st.floats(0.5, 1000),
    burst=st.floats(1, 20),
    asked=st.lists(st.floats(0, 20), min_size=2, max_size=60),
)
def test_whoever_asks_whenever_the_bucket_is_never_overdrawn(
    rate: float, burst: float, asked: list[float]
) -> None:
    pace = Pace(rate, burst)
    times = [pace.next(now) for now in sorted(asked)]
    assert times == sorted(times)
    for first in range(len(times)):
        for last in range(first + 1, len(times)):
            allowed = burst + (times[last] - times[first]) * rate
            assert last - first + 1 <= allowed + 1e-6


@pytest.mark.parametrize("rate", [1, 10, 15, 20, 30, 80, 100, 1000])
def test_a_channel_holds_less_than_the_platforms_tenth_of_a_second(rate: float) -> None:
    pace = channel_pace(rate)
    at_once = [pace.next(NOW) for _ in range(200)].count(NOW)
    assert 1 <= at_once <= max(1, rate / 10)


@pytest.mark.parametrize("rate", [1, 30, 80, 1000])
def test_a_channel_loses_nothing_of_its_rate_when_the_program_wakes_a_little_late(
    rate: float,
) -> None:
    pace = channel_pace(rate)
    late_s = 0.03 if rate >= 30 else 0.0
    now, sent = NOW, 0
    while now < NOW + 20:
        now = max(now, pace.earliest(now)) + late_s
        while pace.earliest(now) <= now:
            pace.next(now)
            sent += 1
    assert sent >= 20 * rate * 0.99


DECISIONS = {
    "a reply is tried again": (
        Failed(), 0, 0, Decision("waiting", "network", NOW + 2, 1),
    ),
    "and later each time": (
        Failed(), 3, 0, Decision("waiting", "network", NOW + 16, 4),
    ),
    "but not for ever": (
        Failed(), REPLY_TRIES, 0, Decision("failed", "gave up: network"),
    ),
    "an announcement is tried longer": (
        Failed(), REPLY_TRIES, 9, Decision("waiting", "network", NOW + 600, REPLY_TRIES + 1),
    ),
    "and not for ever either": (
        Failed(), ANNOUNCEMENT_TRIES, 9, Decision("failed", "gave up: network"),
    ),
    "a 429 is obeyed and costs no try": (
        Failed("rate", retry_after_s=17), 2, 0, Decision("waiting", "rate", NOW + 17, 2),
    ),
    "a 429 is obeyed after the last try as well": (
        Failed("rate", retry_after_s=1), REPLY_TRIES, 0,
        Decision("waiting", "rate", NOW + 1, REPLY_TRIES),
    ),
    "a 429 of less than nothing is now": (
        Failed("rate", retry_after_s=-3), 0, 9, Decision("waiting", "rate", NOW, 0),
    ),
    "a reply is not kept for hours: all that she asks meanwhile would wait behind it": (
        Failed("enough", retry_after_s=LONGEST_WAIT_S + 1), 0, 0,
        Decision("failed", "gave up: enough"),
    ),
    "it waits as long as her next answer can": (
        Failed("payment", retry_after_s=LONGEST_WAIT_S), 0, 0,
        Decision("waiting", "payment", NOW + LONGEST_WAIT_S, 0),
    ),
    "and with all others for as long as they have to": (
        Failed("rate", retry_after_s=3600, everyone=True), 0, 0,
        Decision("waiting", "rate", NOW + 3600, 0),
    ),
    "an announcement waits until tomorrow": (
        Failed("enough", retry_after_s=86_400), 0, 9,
        Decision("waiting", "enough", NOW + 86_400, 0),
    ),
    "and a knock until it is day": (
        Failed("night", retry_after_s=36_000), 0, -1,
        Decision("waiting", "night", NOW + 36_000, 0),
    ),
    "what is permanent fails": (
        Failed("bad request", permanent=True), 0, 0, Decision("failed", "bad request"),
    ),
    "permanent is stronger than a wait": (
        Failed("gone", permanent=True, retry_after_s=5), 0, 0, Decision("failed", "gone"),
    ),
    "she cannot be reached": (
        Failed("blocked", permanent=True, unreachable=True), 0, 9,
        Decision("failed", "blocked", unreachable=True),
    ),
    "unreachable is permanent by itself": (
        Failed("blocked", unreachable=True), 0, 0, Decision("failed", "blocked", unreachable=True),
    ),
    "an unsure reply goes again: twice is better than not at all": (
        Failed("reset", unsure=True), 0, 0, Decision("waiting", "reset", NOW + 2, 1),
    ),
    "an unsure announcement is not guessed": (
        Failed("reset", unsure=True), 0, 9, Decision("unknown", "reset"),
    ),
    "what only she can open is held until she writes": (
        Failed("window", window=True), 3, 0, Decision("waiting", "window", NOW + HELD_S, 3),
    ),
    "an announcement as well, however often it was tried": (
        Failed("window", window=True), ANNOUNCEMENT_TRIES, 9,
        Decision("waiting", "window", NOW + HELD_S, ANNOUNCEMENT_TRIES),
    ),
    "what is held was not taken, so it is not unknown": (
        Failed("window", window=True, unsure=True), 0, 9,
        Decision("waiting", "window", NOW + HELD_S, 0),
    ),
    "what can never go is not held": (
        Failed("gone", window=True, permanent=True), 0, 0, Decision("failed", "gone"),
    ),
    "too many to her alone wait steeply": (
        Failed("pace", growth=4), 2, 0, Decision("waiting", "pace", NOW + 32, 3),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("failure", "tries", "priority", "expected"), DECISIONS.values(), ids=list(DECISIONS)
)
def test_what_a_failure_leads_to(
    failure: Failed, tries: int, priority: int, expected: Decision
) -> None:
    found = after(failure, tries=tries, priority=priority, now=NOW, jitter=0.5)
    assert found == expected


def test_the_waits_double_up_to_ten_minutes_and_a_reply_gives_up_after_about_half_an_hour() -> None:
    waits = [wait_s(tries, jitter=0.5) for tries in range(REPLY_TRIES)]
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert waits[-1] == LONGEST_WAIT_S
    assert 25 * 60 < sum(waits) < 35 * 60


@settings(deadline=None)
@given(tries=st.integers(0, 10_000), jitter=st.floats(0, 1), growth=st.sampled_from([2.0, 4.0]))
def test_those_who_failed_together_come_back_apart_but_never_at_once_or_far_too_late(
    tries: int, jitter: float, growth: float
) -> None:
    low, middle, high = (wait_s(tries, each, growth) for each in (0.0, 0.5, 1.0))
    assert 0.75 * middle <= wait_s(tries, jitter, growth) <= 1.25 * middle
    assert low < high <= 1.25 * LONGEST_WAIT_S


def lanes(rate: float = 1e6, per_woman: float = 1e6, burst: float = 1e6) -> Lanes[str]:
    return Lanes(Pace(rate, 1e6), rate_per_woman_s=per_woman, burst_per_woman=burst)


def given_out(lanes: Lanes[str], now: float = NOW) -> list[str]:
    given = []
    while (item := lanes.next(now)) is not None:
        given.append(item)
    return given


def test_one_at_a_time_of_each_woman_in_the_order_they_came() -> None:
    road = lanes()
    for item in ("rosa 1", "rosa 2", "killa 1"):
        road.add({"rosa": 1, "killa": 2}[item.split()[0]], item, 0)
    assert given_out(road) == ["rosa 1", "killa 1"]
    assert (len(road), road.when(NOW)) == (1, None)
    road.free(1)
    assert given_out(road) == ["rosa 2"]


def test_replies_go_before_announcements_whoever_they_are_for() -> None:
    road = lanes()
    for woman in range(5):
        road.add(woman, f"announcement {woman}", ANNOUNCEMENT)
    road.add(7, "reply 7", 0)
    road.add(3, "reply 3", 0)
    assert given_out(road) == [
        "reply 7", "reply 3", "announcement 0", "announcement 1", "announcement 2",
        "announcement 4",
    ]  # fmt: skip
    road.free(3)
    assert given_out(road) == ["announcement 3"]


def test_the_rest_of_a_long_message_goes_before_everything_else_of_hers() -> None:
    road = lanes()
    road.add(1, "long", ANNOUNCEMENT)
    assert road.next(NOW) == "long"
    road.add(1, "reply", 0)
    road.again(1, "long, part 2")
    assert road.next(NOW) == "long, part 2"
    road.free(1)
    assert given_out(road) == ["reply"]


def test_a_woman_at_her_own_pace_holds_up_nobody_else() -> None:
    road = lanes(per_woman=1, burst=1)
    road.add(1, "rosa 1", 0)
    road.add(1, "rosa 2", 0)
    road.add(2, "killa 1", 0)
    assert road.next(NOW) == "rosa 1"
    road.free(1)
    assert given_out(road) == ["killa 1"]
    assert road.when(NOW) == NOW + 1
    assert road.next(NOW + 0.99) is None
    assert road.next(NOW + 1) == "rosa 2"


def test_what_is_unpaced_passes_her_pace_but_not_the_channels() -> None:
    road = Lanes[str](Pace(10), rate_per_woman_s=0.01, burst_per_woman=1)
    road.add(1, "message", 0)
    road.add(1, "erase", 0, is_paced=False)
    assert road.next(NOW) == "message"
    road.free(1)
    assert road.next(NOW) is None
    assert road.when(NOW) == pytest.approx(NOW + 0.1)
    assert road.next(NOW + 0.1) == "erase"


def test_a_later_reply_does_not_wait_for_the_pace_of_an_announcement_already_queued() -> None:
    road = lanes(per_woman=1, burst=1)
    road.add(1, "first", 0)
    road.add(1, "announcement", ANNOUNCEMENT)
    assert road.next(NOW) == "first"
    road.free(1)
    assert road.next(NOW) is None
    road.add(1, "reply", 0)
    assert road.next(NOW + 1) == "reply"


def test_clearing_takes_back_all_of_hers_and_nothing_of_the_others() -> None:
    road = lanes()
    for item in ("a", "b", "c"):
        road.add(1, item, 0)
    road.add(2, "d", 0)
    assert road.next(NOW) == "a"
    assert road.clear(1) == ["b", "c"]
    assert road.clear(99) == []
    road.free(1)
    assert given_out(road) == ["d"]
    assert len(road) == 0


def test_an_announcement_does_not_take_the_place_of_a_reply_that_was_taken_back() -> None:
    road = lanes()
    road.add(1, "taken back", 0)
    road.clear(1)
    road.add(1, "announcement", ANNOUNCEMENT)
    road.add(2, "reply", 0)
    assert given_out(road) == ["reply", "announcement"]


def test_idle_women_are_forgotten_only_when_their_pace_has_recovered() -> None:
    road = lanes(per_woman=1, burst=1)
    road.add(1, "rosa 1", 0)
    assert road.next(NOW) == "rosa 1"
    road.sweep(NOW + 60)  # busy
    road.free(1)
    road.sweep(NOW + 0.5)  # her pace still counts
    road.add(1, "rosa 2", 0)
    assert road.next(NOW + 0.5) is None
    assert road.next(NOW + 1) == "rosa 2"
    road.free(1)
    road.sweep(NOW + 2)
    assert road.clear_all() == []
    road.add(1, "rosa 3", 0)
    assert road.next(NOW + 2) == "rosa 3"


class Simulation:
    """Women with queues, answers that come whenever, and the rules checked at each step."""

    def __init__(self, rate: float) -> None:
        self.lanes = Lanes[tuple[int, int, int]](
            channel_pace(rate), rate_per_woman_s=1, burst_per_woman=3
        )
        self.added: list[tuple[int, int, int]] = []
        self.given: list[tuple[float, tuple[int, int, int]]] = []
        self.busy: set[int] = set()

    def add(self, woman: int, priority: int) -> None:
        item = (woman, priority, len(self.added))
        self.added.append(item)
        self.lanes.add(woman, item, priority)

    def go(self, now: float) -> None:
        while (item := self.lanes.next(now)) is not None:
            woman, priority, ticket = item
            assert woman not in self.busy
            earlier = [each for each in self.waiting() if each[0] == woman]
            assert min(earlier, key=lambda each: each[1:]) == (woman, priority, ticket)
            self.busy.add(woman)
            self.given.append((now, item))

    def waiting(self) -> list[tuple[int, int, int]]:
        gone = {item for _, item in self.given}
        return [item for item in self.added if item not in gone]


@settings(deadline=None)
@given(data=st.data(), rate=st.sampled_from([5.0, 30.0, 200.0]))
def test_in_any_course_of_things_order_and_paces_hold_and_all_goes_in_the_end(
    data: st.DataObject, rate: float
) -> None:
    course = Simulation(rate)
    now = NOW
    for _ in range(data.draw(st.integers(1, 40))):
        match data.draw(st.sampled_from(["add", "add", "free", "time", "sweep"])):
            case "add":
                course.add(data.draw(st.integers(1, 4)), data.draw(st.sampled_from([0, 0, 9])))
            case "free" if course.busy:
                woman = data.draw(st.sampled_from(sorted(course.busy)))
                course.busy.remove(woman)
                course.lanes.free(woman)
            case "time":
                now += data.draw(st.floats(0, 2))
            case "sweep":
                course.lanes.sweep(now)
        course.go(now)
    while course.waiting():
        for woman in sorted(course.busy):
            course.lanes.free(woman)
        course.busy.clear()
        when = course.lanes.when(now)
        assert when is not None
        now = max(now, when)
        course.go(now)
    assert len(course.lanes) == 0
    for woman in range(1, 5):
        hers = [at for at, item in course.given if item[0] == woman]
        assert not hers or most_in_any_second(hers) <= 3 + 1
    assert all(later - earlier >= 0 for earlier, later in pairwise(at for at, _ in course.given))
    assert most_in_any_second([at for at, _ in course.given] or [0]) <= rate * 1.05 + 2


@pytest.mark.parametrize(
    ("hour", "began"), [(20.99, 0), (21, 21), (23.5, 21), (24, 21), (31.99, 21), (32, 0), (36, 0)]
)
def test_when_the_night_in_lima_began(hour: float, began: float) -> None:
    midnight = 1_800_000_000 // DAY_S * DAY_S + 5 * 3600
    expected = midnight + began * 3600 if began else 0.0
    assert night_began(midnight + hour * 3600) == pytest.approx(expected)


def test_announcements_are_claimed_just_ahead_and_further_where_the_store_is_slow() -> None:
    ahead = Foresight()
    assert ahead.seconds == 0.02
    ahead.took(0.03)
    assert ahead.seconds == pytest.approx(0.09)
    ahead.took(9.0)
    assert ahead.seconds == 0.15
    for _ in range(40):
        assert 0.02 <= ahead.seconds <= 0.15
        ahead.took(0.001)
    assert ahead.seconds == pytest.approx(0.02, abs=0.001)
