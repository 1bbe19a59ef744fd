"""The clock of Lima, and at which hours of its day she may be written to unasked: her own, or else
the house's.

Times are seconds since 1970 (UTC). Peru does not change its clocks.
"""

from datetime import timedelta, timezone
from typing import Final

Hours = tuple[int, int]  # from this hour on, until that one; 22 and 2 are an evening and a night

HOUSE: Final[Hours] = (8, 21)
_HOUR_S: Final = 3600.0
DAY_S: Final = 24 * _HOUR_S
LIMA_S: Final = -5 * _HOUR_S
LIMA: Final = timezone(timedelta(seconds=LIMA_S))


def opens_at(now: float, hours: Hours | None = None) -> float:
    """The first moment from `now` on within these hours. Equal ones close nothing."""
    first, last = hours or HOUSE
    begin = first * _HOUR_S
    since = (now + LIMA_S - begin) % DAY_S
    if since < ((last - first) % 24 or 24) * _HOUR_S:
        return now
    return now + DAY_S - since


def night_began(now: float) -> float:
    """When the house's night began that it is now; 0 by day."""
    if opens_at(now) == now:
        return 0.0
    return now - (now + LIMA_S - HOUSE[1] * _HOUR_S) % DAY_S


def ends_at(begin: float, takes_s: float, hours: Hours | None = None) -> float:
    """When what takes so long is done, if it begins then and rests outside these hours."""
    first, last = hours or HOUSE
    open_s = ((last - first) % 24 or 24) * _HOUR_S
    now = opens_at(begin, hours)
    gone = (now + LIMA_S - first * _HOUR_S) % DAY_S
    days, rest = divmod(gone + takes_s, open_s)
    if days and not rest:
        days, rest = days - 1, open_s  # done as the day ends, and not as the next begins
    return now - gone + days * DAY_S + rest
