"""When a repeated announcement begins again.

Rule 1: it follows from when the first one began, not from the one before: a month without a 31st
does not move all that follow to the 30th.
Rule 2: what was missed is not made up; the next one is the first that is still to come.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.dialogue.announcing import Repeat
from bot.dialogue.hours import LIMA_S

_WEEK_S: Final = 7 * 24 * 3600.0


def next_start(first: float, repeat: Repeat, after: float) -> float | None:
    """The first one after `after`, of those that follow `first`, by the clock in Lima. None: it is
    not repeated."""
    if not repeat:
        return None
    if repeat == "weekly":
        weeks = max(0, int((after - first) // _WEEK_S)) + 1
        return first + weeks * _WEEK_S
    month = max(1, _months_between(first, after))
    while (at := _month_later(first, month)) <= after:
        month += 1
    return at


def _months_between(first: float, after: float) -> int:
    begin, end = _in_lima(first), _in_lima(after)
    return (end.year - begin.year) * 12 + end.month - begin.month


def _month_later(first: float, months: int) -> float:
    begin = _in_lima(first)
    ends = _first_day(begin, months + 1) - timedelta(days=1)
    moved = ends.replace(day=min(begin.day, ends.day))
    return (moved - timedelta(seconds=LIMA_S)).timestamp()


def _first_day(begin: datetime, months: int) -> datetime:
    """Of the month so many later, at the same hour."""
    years, month = divmod(begin.month - 1 + months, 12)
    return begin.replace(year=begin.year + years, month=month + 1, day=1)


def _in_lima(at: float) -> datetime:
    """Its hands, as if they stood in Greenwich."""
    return datetime.fromtimestamp(at, UTC) + timedelta(seconds=LIMA_S)
