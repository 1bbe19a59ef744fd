"""The screens about schools: the dates of one, one edition, which she can join, her calendar."""

from collections.abc import Iterator

from bot.dialogue import editions, pages
from bot.dialogue.catalogue import Edition
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.moment import Moment, offered
from bot.dialogue.turn import Choice, Line, Reply, Turn, say, stack

NO_WAY_BACK = frozenset({"webchat"})  # she is known there for a day, and nothing reaches her


def about_schools(moment: Moment) -> Turn | None:
    """Dates, an edition, its calendar file, by button or word."""
    verb, _, slug = moment.choice.partition(":")
    edition = moment.catalogue.editions.get(slug)
    match verb:
        case "ed" if edition:
            return show_edition(moment, edition)
        case "cal" if edition:
            return _calendar(moment, edition)
        case "join" if not slug:
            return show_open(moment)
        case "dates":
            return _dates(moment, moment.state.topic) or show_open(moment)
        case "t":
            wanted, _, shown = slug.partition("@")
            school, _, part = wanted.partition(":")
            return _dates(moment, school, shown) if part == pages.DATES else None
    return None


def show_edition(moment: Moment, edition: Edition, *above: Line) -> Turn:
    title = say("topic.title", title=editions.named(edition, moment.catalogue))
    audience = editions.said(edition, "audience")
    lines = (*above, title, audience, stack(*editions.facts(edition)), *_chance(moment, edition))
    seen = say("edition.sources", sources=pages.sources(edition.sources))
    choices = (*_ways_in(moment, edition), *_ways_on(edition))
    return Turn(moment.state, (Reply((*lines, seen), choices),), by_roll=True)


def show_open(moment: Moment, *above: Line) -> Turn:
    """All she can join now."""
    catalogue = moment.catalogue
    found = editions.open_ones(catalogue, moment.event.today)[: editions.SHOWN]
    doors = [each.id for each in catalogue.categories if each.id == "schools"]
    more = tuple(Choice(f"cat:{id}", say(f"menu.toml#{id}.menu")) for id in doors)
    rows = [stack(*(_row(each, editions.named(each, catalogue)) for each in found))]
    lines = (say("open.title"), *rows) if found else (say("open.none"),)
    return Turn(moment.state, (Reply((*above, *lines), (*map(_door, found), *more, *ALWAYS)),))


def where_to_ask(edition: Edition) -> Choice:
    return Choice(f"t:{edition.school}:who", say("button.who"))


def calendar(moment: Moment, edition: Edition) -> tuple[Choice, ...]:
    """Where nobody can reach us for the file, there is no button."""
    if not moment.catalogue.calendar_at or editions.is_past(edition, moment.event.today):
        return ()
    return (button(f"cal:{edition.slug}", "button.calendar"),)


def _dates(moment: Moment, school: str, shown: str = "") -> Turn | None:
    catalogue, today = moment.catalogue, moment.event.today
    found = editions.of_school(school, catalogue)
    topic = catalogue.topics.get(school)
    if not found or topic is None:
        return None
    shown = shown if shown in offered(catalogue) and shown != moment.language else ""
    page = pages.Page(topic, catalogue, today, moment.event.channel, moment.language, shown)
    coming = [each for each in found if not editions.is_past(each, today)]
    past = [each for each in found if editions.is_past(each, today)]
    title = say("topic.title", title=page.section("title"))
    lines = (title, *_list("dates.coming", coming), *_list("dates.past", past))
    related = (page.choice("rel"),) if topic.related else ()
    choices = (*map(_door, [*coming, *past][: editions.SHOWN]), *related, page.choice())
    return Turn(moment.state, (page.reply(lines, choices),))


def _list(heading: str, found: list[Edition]) -> Iterator[Line]:
    if found:
        rows = (_row(each, editions.said(each, "menu")) for each in found)
        yield stack(say(heading), *rows)
    elif heading == "dates.coming":
        yield say("dates.none")


def _row(edition: Edition, name: Line) -> Line:
    when, where = editions.when(edition), editions.where(edition)
    if edition.starts_on and where:
        return say("edition.row", name=name, when=when, where=where)
    return say("topic.row", title=name, summary=where or when)


def _door(edition: Edition) -> Choice:
    return Choice(f"ed:{edition.slug}", editions.said(edition, "menu"))


def _chance(moment: Moment, edition: Edition) -> Iterator[Line]:
    """Whether she can still join, as far as it concerns her."""
    today, roll = moment.event.today, moment.event.roll
    hers = roll.of(edition.slug)
    if editions.is_past(edition, today):
        return
    if hers:
        yield say(f"edition.{hers.state}")
    elif not edition.capacity:
        yield say("edition.elsewhere")
    elif not editions.can_join(edition, moment.catalogue, today):
        yield say("edition.closed")
    elif roll.has_room(edition.slug, edition.capacity):
        yield say("edition.room")
    else:
        yield say("edition.full.web" if moment.event.channel in NO_WAY_BACK else "edition.full")


def _ways_in(moment: Moment, edition: Edition) -> Iterator[Choice]:
    hers = moment.event.roll.of(edition.slug)
    if hers:
        yield button(f"mine:{edition.slug}", "button.mine")
    elif editions.can_join(edition, moment.catalogue, moment.event.today):
        yield button(f"join:{edition.slug}", "button.join")
    yield from calendar(moment, edition)


def _ways_on(edition: Edition) -> tuple[Choice, ...]:
    dates = Choice(f"t:{edition.school}:{pages.DATES}", say("button.dates"))
    return (where_to_ask(edition), dates, *ALWAYS)


def _calendar(moment: Moment, edition: Edition) -> Turn | None:
    if not calendar(moment, edition):
        return None
    url = f"{moment.catalogue.calendar_at}/{moment.language}/{edition.slug}.ics"
    reply = Reply((say("calendar.here"), say("calendar.link", url=url)), ALWAYS)
    return Turn(moment.state, (reply,))
