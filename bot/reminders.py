"""What women who signed up are told unasked: a week and a day before, and that they have a place.

Rule 1: such a message shows on a locked screen. It says when and in which district, and neither
which school nor in whose house.
Rule 2: each comes once, by day, and not to who signed up so late that she has just read it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.dialogue import editions
from bot.dialogue.catalogue import Catalogue, Edition
from bot.dialogue.hours import LIMA_S, opens_at
from bot.dialogue.menus import button
from bot.dialogue.turn import Line, Reply, say
from bot.pacing import NOTICE
from bot.store.base import Course, Notice, NoticeKind, Store

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# On the first day itself a reminder that was held up overnight still helps until noon.
_LAST_MOMENT: Final = time(12)


async def tend(store: Store, catalogue: Catalogue, today: date, now: float) -> int:
    """See to all editions that are still to come; how many messages that put on their way."""
    found = [*courses(catalogue, today, now)]
    return sum([await store.tend(course, today=today, now=now) for course in found])


def courses(catalogue: Catalogue, today: date, now: float) -> Iterator[Course]:
    """What each edition for which women could sign up asks of the store at this moment."""
    for edition in catalogue.editions.values():
        starts = edition.starts_on
        if starts and edition.capacity and not editions.is_past(edition, today):
            yield Course(
                edition.slug,
                edition.capacity,
                editions.kept_until(edition),
                moves_up=today < starts,
                notices=tuple(_notices(edition, starts, today, now)),
            )


def _notices(edition: Edition, starts: date, today: date, now: float) -> Iterator[Notice]:
    if starts - WEEK <= today < starts - DAY:
        yield _notice("week", edition, starts - WEEK, _at(starts - DAY, time.min), now)
    if starts - DAY <= today <= starts and now < _at(starts, _LAST_MOMENT):
        yield _notice("day", edition, starts - DAY, _at(starts, _LAST_MOMENT), now)
    if today <= starts and now < _at(starts, _LAST_MOMENT):
        yield _notice("place", edition, date.max, _at(starts, _LAST_MOMENT), now)


def _notice(
    kind: NoticeKind, edition: Edition, before: date, not_after: float, now: float
) -> Notice:
    body = reminder(kind, edition).packed
    return Notice(kind, body, NOTICE, opens_at(now), not_after, before)


def reminder(kind: NoticeKind, edition: Edition) -> Reply:
    lines: list[Line] = [say(f"remind.{kind}", when=editions.when(edition))]
    if edition.schedule:
        lines.append(say("edition.schedule", value=editions.said(edition, "schedule")))
    if area := editions.area_of(edition):
        lines.append(say("edition.where", value=area))
    see = button(f"mine:{edition.slug}", "button.see")
    cannot = button(f"quit:{edition.slug}", "button.cannot")
    return Reply((*lines, say("remind.more")), (see, cannot))


def _at(day: date, clock: time) -> float:
    """That time in Lima, in seconds since 1970 (UTC)."""
    return datetime.combine(day, clock, UTC).timestamp() - LIMA_S
