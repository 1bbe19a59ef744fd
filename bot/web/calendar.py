"""The dates of a school as a file for her telephone's calendar (RFC 5545).

Rule 1: nothing of her is in it, and it is the same for everybody: who asks for it is nobody's
business, so nothing is kept of it.
Rule 2: a calendar shows on a locked screen and on shared telephones: its entry says "Taller", when,
and where, and not which school.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from bot.dialogue import editions
from bot.dialogue.catalogue import Catalogue, Edition
from bot.dialogue.turn import Line, say
from bot.translations import Translations

if TYPE_CHECKING:
    from icalendar import Event

CALENDAR: Final = "/calendar"
_PRODUCT: Final = "-//Willaq//Calendar//ES"
_DAY: Final = timedelta(days=1)
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Disposition": 'attachment; filename="taller.ics"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

Library = Callable[[], tuple[Catalogue, Translations]]


class Calendar:
    def __init__(self, library: Library) -> None:
        self._library = library

    async def file(self, request: Request) -> Response:
        catalogue, translations = self._library()
        language = request.path_params["language"]
        edition = catalogue.editions.get(request.path_params["edition"])
        is_spoken = language in [each.tag for each in translations.languages]
        if edition is None or edition.starts_on is None or not is_spoken:
            return Response(status_code=404)
        # In a thread: the library takes a third of a second to read itself the first time.
        made = await asyncio.to_thread(
            calendar_file, edition, edition.starts_on, language, translations
        )
        return Response(made, headers=_HEADERS, media_type="text/calendar; charset=utf-8")


def calendar_file(
    edition: Edition, starts_on: date, language: str, translations: Translations
) -> bytes:
    """The same bytes for the same content. A changed date changes the entry she has already."""
    from icalendar import Calendar as File

    file = File()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(_event(edition, starts_on, language, translations))
    return bytes(file.to_ical())


def _event(edition: Edition, starts_on: date, language: str, translations: Translations) -> "Event":
    from icalendar import Event

    def text(line: Line) -> str:
        return translations.say(line, language)[0]

    event = Event()
    event.add("uid", f"{edition.slug}@willaq")
    event.add("dtstamp", _last_change(edition))
    event.add("summary", text(say("calendar.summary")))
    event.add("dtstart", starts_on)
    event.add("dtend", editions.last_day(edition) + _DAY)  # the first day that is free again
    event.add("transp", "TRANSPARENT")
    if area := editions.area_of(edition):
        event.add("location", area)
    if edition.schedule:
        event.add(
            "description", text(say("edition.schedule", value=editions.said(edition, "schedule")))
        )
    return event


def _last_change(edition: Edition) -> datetime:
    """The day somebody last looked at where the dates come from: no clock, so that the file stays
    the same until they change."""
    return datetime.combine(max(source.seen for source in edition.sources), time.min, UTC)
