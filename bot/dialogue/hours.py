"""At which hours of the day she may be written to unasked: her own, or else the house's.

Times are seconds since 1970 (UTC), hours are of the day in Lima, which never changes its clocks.
"""

from typing import Final

Hours = tuple[int, int]  # from this hour on, until that one; 22 and 2 are an evening and a night

HOUSE: Final[Hours] = (8, 21)
_HOUR_S: Final = 3600.0
_DAY_S: Final = 24 * _HOUR_S
_LIMA_S: Final = -5 * _HOUR_S


def opens_at(now: float, hours: Hours | None = None) -> float:
    """The first moment from `now` on within these hours. Equal ones close nothing."""
    first, last = hours or HOUSE
    begin = first * _HOUR_S
    since = (now + _LIMA_S - begin) % _DAY_S
    if since < ((last - first) % 24 or 24) * _HOUR_S:
        return now
    return now + _DAY_S - since


def ends_at(begin: float, takes_s: float, hours: Hours | None = None) -> float:
    """When what takes so long is done, if it begins then and rests outside these hours."""
    first, last = hours or HOUSE
    open_s = ((last - first) % 24 or 24) * _HOUR_S
    now = opens_at(begin, hours)
    gone = (now + _LIMA_S - first * _HOUR_S) % _DAY_S
    days, rest = divmod(gone + takes_s, open_s)
    if days and not rest:
        days, rest = days - 1, open_s  # done as the day ends, and not as the next begins
    return now - gone + days * _DAY_S + rest
