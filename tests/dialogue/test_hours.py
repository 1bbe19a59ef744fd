"""Until when something takes that rests at night."""

import pytest

from bot.dialogue.hours import ends_at

NOON = 1_800_032_400.0  # in Lima
HOUR = 3600.0


@pytest.mark.parametrize(
    ("begins_h", "takes_h", "ends_h"),
    [
        (0, 0, 0),
        (0, 8.5, 8.5),  # half past eight in the evening
        (0, 10, 21),  # an hour more is of the next morning
        (0, 9 + 13 + 1, 2 * 24 - 3),  # the evening, a whole day and an hour
        (10, 1, 21),  # begun at ten at night
        (18, 1, 21),  # at six in the morning
    ],
)
def test_it_rests_at_night(begins_h: float, takes_h: float, ends_h: float) -> None:
    assert ends_at(NOON + begins_h * HOUR, takes_h * HOUR) == NOON + ends_h * HOUR


def test_her_own_hours_count_instead() -> None:
    assert ends_at(NOON, 3 * HOUR, (11, 13)) == NOON + 24 * HOUR + HOUR
    assert ends_at(NOON, 30 * HOUR, (0, 0)) == NOON + 30 * HOUR
