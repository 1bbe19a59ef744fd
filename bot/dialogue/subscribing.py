"""Announcements as she meets them: what they are, yes with region and hours, no, who sends them.

Rule 1: her no is taken at any moment, from any screen, in one word. Nothing asks her back.
Rule 2: only her yes below the words of `agree.*` makes her somebody who gets announcements.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import daytime, regions, senders
from bot.dialogue.announcement import STOP, WHO
from bot.dialogue.announcing import CONSENT, Subscribe
from bot.dialogue.hours import HOUSE, Hours
from bot.dialogue.menus import ALWAYS
from bot.dialogue.moment import NO_SUCH_NUMBER, Moment
from bot.dialogue.schools import NO_WAY_BACK
from bot.dialogue.subscribing_screens import agree, ask_hours, ask_region, hers
from bot.dialogue.turn import Announcements, Line, Reply, Turn, say
from bot.dialogue.unfinished import Joining, Step

CHANGED: dict[str, Step] = {"region": "region", "hours": "hours"}


def stop(moment: Moment) -> Turn | None:
    """At once, whatever she was doing; what she was answering is dropped."""
    if moment.choice != STOP:
        return None
    reply = Reply((say("news.stopped"), say("news.stopped.kept")), ALWAYS)
    return Turn(moment.state, (reply,), (Announcements(False),))


def who_sends(moment: Moment) -> Turn | None:
    if moment.choice != WHO:
        return None
    return Turn(moment.state, (senders.who(moment),), by_roll=True)


def subscribe(moment: Moment) -> Turn | None:
    """What begins it, answers its open question, or changes what is kept."""
    if moment.choice == "news":
        return _begin(moment)
    joining = moment.unfinished
    verb, _, action = moment.choice.partition(":")
    if not isinstance(joining, Joining):
        return _change(moment, action) if verb == "news" else None
    if moment.choice:
        return _pressed(moment, joining)
    if moment.event.kind != "text":
        return _ask(moment, joining, say("unreadable"))
    return _TAKES[joining.step](moment, joining)


def _begin(moment: Moment, *above: Line) -> Turn:
    if moment.event.channel in NO_WAY_BACK:
        return Turn(moment.state, (Reply((say("news.web"),), ALWAYS),))
    kept = moment.event.roll.subscription
    if kept.gets_them:
        return Turn(moment.state, (hers(kept, say("news.yours")),), by_roll=True)
    return replace(_ask(moment, Joining(), *above), by_roll=True)


def _change(moment: Moment, action: str) -> Turn:
    """A button below what is kept, or one of a screen that is long over."""
    kept = moment.event.roll.subscription
    step = CHANGED.get(action)
    if step is None or not kept.gets_them:
        return replace(_begin(moment), by_roll=True)
    joining = Joining(step, kept.consent, kept.region, kept.hours, changing=True)
    return replace(_ask(moment, joining), by_roll=True)


def _pressed(moment: Moment, joining: Joining) -> Turn | None:
    if moment.choice == NO_SUCH_NUMBER:
        return _ask(moment, joining, say("number.none"))
    if moment.choice == "back":
        return _back(moment, joining)
    if joining.step == "region" and moment.says("typed.skip"):
        # "ninguna" is a word of the menu as well.
        return _with_region(moment, joining, "")
    verb, _, action = moment.choice.partition(":")
    if verb != "news":
        return None
    what, _, value = action.partition(":")
    if what == "cancel":
        return Turn(moment.state, (Reply((say("sign.dropped"),), ALWAYS),))
    if joining.step == "agree":
        return _decided(moment, joining, what)
    return _chosen(moment, joining, what, value)


def _back(moment: Moment, joining: Joining) -> Turn | None:
    if joining.changing or joining.step == "agree":
        return None
    if joining.step == "region":
        return _ask(moment, Joining())  # as if she had not said yes
    return _ask(moment, replace(joining, step="region", region=None))


def _decided(moment: Moment, joining: Joining, what: str) -> Turn:
    if what == "no":
        return Turn(moment.state, (Reply((say("news.refused"),), ALWAYS),))
    if what == "yes":
        agreed = replace(joining, step="region", consent=f"{CONSENT} {moment.language}")
        return _ask(moment, agreed)
    return _ask(moment, joining)  # a button of an older screen


def _chosen(moment: Moment, joining: Joining, what: str, value: str) -> Turn:
    if what == "regions" and value.isdecimal():
        return _ask(moment, replace(joining, step="region"), page=int(value))
    if joining.step == "region" and what == "in" and value in ("", *regions.REGIONS):
        return _with_region(moment, joining, value)
    if joining.step == "hours" and what == "at":
        return _with_hours(moment, joining, daytime.meant(value))
    return _ask(moment, joining)


def _take_agreement(moment: Moment, joining: Joining) -> Turn | None:
    for key, what in (("typed.yes", "yes"), ("typed.no", "no")):
        if moment.says(key):
            return _decided(moment, joining, what)
    # A question, perhaps about just this, is answered first.
    return None if moment.found else _ask(moment, joining, say("sign.consent.again"))


def _take_region(moment: Moment, joining: Joining) -> Turn:
    if moment.says("typed.skip") or moment.says("typed.no"):
        return _with_region(moment, joining, "")
    code = regions.meant(moment.event.text)
    if code is None:
        return _ask(moment, joining, say("sign.region.again"))
    return _with_region(moment, joining, code)


def _take_hours(moment: Moment, joining: Joining) -> Turn:
    for name, meant in daytime.NAMED.items():
        if moment.says(f"typed.hours.{name}"):
            return _with_hours(moment, joining, meant)
    told = daytime.meant(moment.event.text)
    if told is None:
        return _ask(moment, joining, say("news.hours.again"))
    return _with_hours(moment, joining, told)


def _with_region(moment: Moment, joining: Joining, region: str) -> Turn:
    told = replace(joining, region=region)
    return _done(moment, told) if told.changing else _ask(moment, replace(told, step="hours"))


def _with_hours(moment: Moment, joining: Joining, told: Hours | None) -> Turn:
    by_day = daytime.by_day(told or HOUSE)
    if by_day is None:
        return _ask(moment, joining, say("news.hours.night"))
    return _done(moment, replace(joining, hours=None if by_day == HOUSE else by_day))


def _done(moment: Moment, joining: Joining) -> Turn:
    kept = moment.event.roll.subscription
    if joining.changing and not kept.gets_them:
        # She said no meanwhile, where her platform lets her: that is the newer word.
        return replace(_begin(moment), by_roll=True)
    new = replace(kept, wanted=True, stopped=False, region=joining.region or "",
                  hours=joining.hours, agreed_on=None)  # fmt: skip
    done = say("news.changed" if joining.changing else "news.done")
    effect = Subscribe(new.region, new.hours, joining.consent)
    return Turn(moment.state, (hers(new, done),), (effect,), by_roll=joining.changing)


def _ask(moment: Moment, joining: Joining, *above: Line, page: int = 1) -> Turn:
    """The open question, once more or for the first time."""
    match joining.step:
        case "agree":
            reply = agree(moment)
        case "region":
            reply = ask_region(page)
        case "hours":
            reply = ask_hours()
    reply = replace(reply, lines=(*above, *reply.lines))
    return Turn(replace(moment.state, unfinished=joining), (reply,))


_TAKES: dict[str, Callable[[Moment, Joining], Turn | None]] = {
    "agree": _take_agreement,
    "region": _take_region,
    "hours": _take_hours,
}
