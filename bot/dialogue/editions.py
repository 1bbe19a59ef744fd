"""What can be said of the editions of a school: when, where, for whom, and whether she can join."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.dialogue.catalogue import Catalogue, Contact, Edition
from bot.dialogue.days import shown_date
from bot.dialogue.enrolment import KEPT_DAYS
from bot.dialogue.turn import Line, same_everywhere, say

SHOWN = 4  # of a school: with the ways on and out, nine choices


def of_school(school: str, catalogue: Catalogue) -> tuple[Edition, ...]:
    """What comes stands first, the nearest before the others; then what was, the latest first."""
    all_of_it = [each for each in catalogue.editions.values() if each.school == school]
    coming = sorted((each for each in all_of_it if each.starts_on), key=_start)
    past = sorted((each for each in all_of_it if not each.starts_on), key=lambda each: each.slug)
    past.sort(key=lambda each: each.period, reverse=True)
    return (*coming, *past)


def is_past(edition: Edition, today: date) -> bool:
    return last_day(edition) < today


def last_day(edition: Edition) -> date:
    """Of one that has dates."""
    return edition.ends_on or edition.starts_on or date.min


def kept_until(edition: Edition) -> date:
    """The last day on which anybody's answers are kept."""
    return last_day(edition) + timedelta(days=KEPT_DAYS)


def can_join(edition: Edition, catalogue: Catalogue, today: date) -> bool:
    """Until the deadline; and somebody has to be there to whom she could give her consent."""
    return bool(
        edition.capacity
        and edition.deadline
        and edition.deadline >= today
        and edition.contact in catalogue.contacts
    )


def open_ones(catalogue: Catalogue, today: date, school: str = "") -> tuple[Edition, ...]:
    found = [
        each
        for each in catalogue.editions.values()
        if can_join(each, catalogue, today) and school in ("", each.school)
    ]
    return tuple(sorted(found, key=_start))


def held_by(edition: Edition, catalogue: Catalogue) -> Contact | None:
    return catalogue.contacts.get(edition.contact)


def named(edition: Edition, catalogue: Catalogue) -> Line:
    """The school and which time: "Escuela de ONAMIAP: Lircay 2027"."""
    menu = said(edition, "menu")
    topic = catalogue.topics.get(edition.school)
    return say("edition.name", school=say(f"{topic.path}#menu"), edition=menu) if topic else menu


def said(edition: Edition, name: str) -> Line:
    return say(f"{edition.path}#{name}")


def when(edition: Edition) -> Line:
    starts, ends = edition.starts_on, edition.ends_on
    if starts is None or ends is None:
        return same_everywhere(edition.period)
    if starts == ends:
        return same_everywhere(shown_date(starts))
    return say("edition.dates", start=shown_date(starts), end=shown_date(ends))


def where(edition: Edition) -> Line | None:
    area = area_of(edition)
    if not edition.place:
        return same_everywhere(area) if area else None
    if not area:
        return said(edition, "place")
    return say("edition.place", place=said(edition, "place"), area=area)


def area_of(edition: Edition) -> str:
    return ", ".join(filter(None, (edition.district, edition.province, edition.department)))


def appointment(edition: Edition) -> Iterator[Line]:
    """When she has to be where. What nobody confirmed is left out."""
    yield say("edition.when", value=when(edition))
    if edition.schedule:
        yield say("edition.schedule", value=said(edition, "schedule"))
    if place := where(edition):
        yield say("edition.where", value=place)


def facts(edition: Edition) -> Iterator[Line]:
    """All she wants to know before she signs up, each on a line."""
    yield from appointment(edition)
    if edition.cost:
        yield say("contact.cost", value=said(edition, "cost"))
    if edition.languages:
        yield say("contact.languages", value=said(edition, "languages"))
    if edition.capacity and edition.deadline:
        yield say("edition.capacity", number=str(edition.capacity))
        yield say("edition.deadline", date=shown_date(edition.deadline))


def news(school: str, catalogue: Catalogue, today: date) -> tuple[Line, ...]:
    """For the school's first page: that she can join now."""
    found = open_ones(catalogue, today, school)
    if not found or not found[0].deadline:
        return ()
    return (say("edition.open", date=shown_date(found[0].deadline)),)


def _start(edition: Edition) -> tuple[date, str]:
    return edition.starts_on or date.min, edition.slug
