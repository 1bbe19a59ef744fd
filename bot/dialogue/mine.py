"""What she signed up for, taking it back, and all that is kept of her."""

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue import editions, safety, schools
from bot.dialogue.announcing import Subscription
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.days import shown_date
from bot.dialogue.enrolment import Enrolment, Roll, Withdraw
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.moment import Moment
from bot.dialogue.regions import REGIONS
from bot.dialogue.subscribing_screens import facts
from bot.dialogue.turn import Choice, Line, Reply, Turn, same_everywhere, say, stack

SHOWN = 6  # sign-ups to choose from; with the ways out, nine


def show_mine(moment: Moment) -> Turn | None:
    """The one she asks for, or her only one, or all to choose from."""
    verb, _, slug = moment.choice.partition(":")
    if verb != "mine":
        return None
    roll = moment.event.roll
    hers = roll.of(slug) or (roll.active[0] if len(roll.active) == 1 else None)
    return show_one(moment, hers) if hers else _choose(moment, "mine.title")


def withdraw(moment: Moment) -> Turn | None:
    """At once, without asking back: she can sign up again as easily."""
    verb, _, slug = moment.choice.partition(":")
    if verb != "quit":
        return None
    roll = moment.event.roll
    hers = roll.of(slug) if slug else (roll.active[0] if len(roll.active) == 1 else None)
    if hers is None:
        return _choose(moment, "quit.which", slug)
    name = _name(hers.edition, moment.catalogue)
    reply = Reply((say("quit.done", edition=name),), ALWAYS)
    return Turn(moment.state, (reply,), (Withdraw(hers.edition),), by_roll=True)


def show_what_is_known(moment: Moment) -> Turn | None:
    if moment.choice != "know":
        return None
    reply = safety.known(moment.language, moment.event.channel, moment.catalogue)
    roll = moment.event.roll
    enrolled, agreed = tuple(_kept(roll, moment.catalogue)), tuple(_agreed(roll.subscription))
    if enrolled or agreed:
        lines = (*reply.lines[:-1], *enrolled, *agreed, say("know.not.more"))
        mine = [button("mine")] if enrolled else []
        news = [button("news")] if agreed else []
        choices = (*mine, *news, *reply.choices)
        reply = replace(reply, lines=lines, choices=choices, private=True)
    return Turn(moment.state, (reply,), by_roll=True)


def show_one(moment: Moment, hers: Enrolment, *above: Line) -> Turn:
    title = say("topic.title", title=_name(hers.edition, moment.catalogue))
    edition = moment.catalogue.editions.get(hers.edition)
    facts = [stack(*editions.appointment(edition))] if edition else []
    lines = (*above, title, _state(hers), *facts, _answers(hers), say("mine.out"))
    choices = (*_what_to_do(moment, hers), *ALWAYS)
    return Turn(moment.state, (Reply(lines, choices, private=True),), by_roll=True)


def _what_to_do(moment: Moment, hers: Enrolment) -> Iterator[Choice]:
    edition = moment.catalogue.editions.get(hers.edition)
    yield button(f"quit:{hers.edition}", "button.quit")
    if edition:
        if not editions.is_past(edition, moment.event.today):
            yield button(f"change:{hers.edition}", "button.change")
        yield from schools.calendar(moment, edition)
        yield schools.where_to_ask(edition)
    if len(moment.event.roll.active) > 1:
        yield button("mine")


def _choose(moment: Moment, title: str, gone: str = "") -> Turn:
    """`gone`: the one she meant, of which there is nothing left to take back."""
    hers = moment.event.roll.active[:SHOWN]
    if gone or not hers:
        above = say("quit.gone") if gone else say("mine.none")
        return replace(schools.show_open(moment, above), by_roll=True)
    rows = (
        say("topic.row", title=_name(each.edition, moment.catalogue), summary=_state(each))
        for each in hers
    )
    verb = title.partition(".")[0]
    choices = (
        Choice(f"{verb}:{each.edition}", _short(each.edition, moment.catalogue)) for each in hers
    )
    reply = Reply((say(title), stack(*rows)), (*choices, *ALWAYS))
    return Turn(moment.state, (reply,), by_roll=True)


def _kept(roll: Roll, catalogue: Catalogue) -> Iterator[Line]:
    for each in roll.hers:
        name, agreed = _name(each.edition, catalogue), shown_date(each.agreed_on)
        if each.state == "withdrawn":
            yield say("know.withdrawn", edition=name, date=agreed)
        else:
            yield stack(say("know.enrolled", edition=name, date=agreed), _answers(each))


def _agreed(kept: Subscription) -> Iterator[Line]:
    if kept.gets_them:
        yield stack(say("know.news"), *facts(kept), say("know.news.sent"))
    elif kept.stopped:
        yield say("know.news.stopped")


def _state(hers: Enrolment) -> Line:
    if hers.state == "waiting":
        return say("mine.waiting", place=str(hers.ahead + 1))
    return say("mine.enrolled")


def _answers(hers: Enrolment) -> Line:
    given = [
        say("answer.name", value=hers.name),
        say("answer.region", value=REGIONS.get(hers.region, hers.region)),
    ]
    if hers.organization:
        given.append(say("answer.organization", value=hers.organization))
    return stack(*given)


def _name(slug: str, catalogue: Catalogue) -> Line:
    """What is no longer in the content can still be taken back."""
    edition = catalogue.editions.get(slug)
    return editions.named(edition, catalogue) if edition else same_everywhere(slug)


def _short(slug: str, catalogue: Catalogue) -> Line:
    edition = catalogue.editions.get(slug)
    return editions.said(edition, "menu") if edition else same_everywhere(slug)
