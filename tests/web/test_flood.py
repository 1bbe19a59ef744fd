"""A gate lets through a burst, then its rate; who waited as told gets through."""

from hypothesis import given
from hypothesis import strategies as st

from bot.web import flood
from bot.web.flood import Gate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    rate_s=st.sampled_from([0.1, 1.0, 7.0, 200.0]),
    burst=st.integers(1, 30),
    pauses=st.lists(st.floats(0, 3), max_size=60),
)
def test_never_more_than_the_burst_and_the_rate(
    rate_s: float, burst: int, pauses: list[float]
) -> None:
    clock = Clock()
    gate = Gate(rate_s, burst, now=clock)
    through: list[float] = []
    for pause in pauses:
        clock.now += pause
        wait_s = gate.wait_s("rosa")
        assert 0 <= wait_s <= 1 / rate_s + 1e-6
        if not wait_s:
            through.append(clock.now)
    for first in range(len(through)):
        for last in range(first, len(through)):
            allowed = burst + rate_s * (through[last] - through[first])
            assert last - first + 1 <= allowed + 1e-3


@given(burst=st.integers(1, 9))
def test_who_waits_as_told_gets_through(burst: int) -> None:
    clock = Clock()
    gate = Gate(2, burst, now=clock)
    assert [gate.wait_s() for _ in range(burst)] == [0] * burst
    wait_s = gate.wait_s()
    assert wait_s > 0
    clock.now += wait_s
    assert gate.wait_s() == 0


def test_each_has_her_own() -> None:
    gate = Gate(1, 1, now=Clock())
    assert (gate.wait_s("rosa"), gate.wait_s("killa")) == (0, 0)
    assert gate.wait_s("rosa") > 0


def test_who_was_long_silent_takes_no_room() -> None:
    clock = Clock()
    gate = Gate(1, 1, now=clock)
    for number in range(flood._MOST_KEYS):
        gate.wait_s(str(number))
    clock.now += 60
    gate.wait_s("rosa")
    assert len(gate._next) == 1
