"""The screens about announcements: what she agrees to, the two questions, what is kept."""

from collections.abc import Iterator

from bot.dialogue import daytime, regions, senders
from bot.dialogue.announcement import STOP, WHO
from bot.dialogue.announcing import Subscription
from bot.dialogue.days import shown_date
from bot.dialogue.menus import ALWAYS, EXIT, HELP, button
from bot.dialogue.moment import Moment
from bot.dialogue.turn import Choice, Line, Reply, same_everywhere, say, stack

PAGE = 4  # regions on a screen; with the ways on and out, nine
WAYS_OUT = (button("news:cancel", "button.cancel"), HELP, EXIT)


def agree(moment: Moment) -> Reply:
    """What she agrees to before anything is kept, in words that have a number (`CONSENT`).

    It says all that the law wants said (Ley 29733, art. 18; DS 016-2024-JUS, arts. 6 to 10): who,
    what for, who else, how long, abroad, how to take it back, that saying no costs her nothing.
    """
    names = senders.names(moment.catalogue)
    lines = (
        say("agree.title"),
        stack(say("agree.what", organizations=names), say("agree.often")),
        say("agree.screen"),
        stack(say("agree.kept"), say("agree.used"), say("agree.long")),
        say("agree.abroad"),
        say("agree.out"),
        stack(say("agree.young"), say("agree.free")),
    )
    choices = (button("news:yes", "button.agree"), button("news:no", "button.refuse"), HELP, EXIT)
    # Nobody agrees to a translation that nobody has read: the Spanish stands below.
    return Reply(lines, choices, both=True)


def ask_region(page: int) -> Reply:
    codes = sorted(regions.REGIONS)
    start = (page - 1) * PAGE if 0 < (page - 1) * PAGE < len(codes) else 0
    shown = [
        Choice(f"news:in:{code}", same_everywhere(regions.REGIONS[code]))
        for code in codes[start : start + PAGE]
    ]
    following = start // PAGE + 2 if start + PAGE < len(codes) else 1
    more = button(f"news:regions:{following}", "button.regions")
    unsaid = button("news:in:", "button.unsaid")
    return Reply((say("news.region"), say("news.region.why")), (*shown, more, unsaid, *WAYS_OUT))


def ask_hours() -> Reply:
    choices = (
        button(f"news:at:{start}-{end}", f"button.hours.{name}")
        for name, (start, end) in daytime.NAMED.items()
    )
    return Reply((say("news.hours"),), (*choices, *WAYS_OUT))


def hers(kept: Subscription, title: Line) -> Reply:
    """What is kept, how to change it and how to stop."""
    lines = (title, stack(*facts(kept)), say("news.out"))
    choices = (
        button("news:region", "button.edit.region"),
        button("news:hours", "button.edit.hours"),
        button(WHO),
        button(STOP, "button.no-more"),
    )
    return Reply(lines, (*choices, *ALWAYS), private=True)


def facts(kept: Subscription) -> Iterator[Line]:
    if kept.agreed_on:
        yield say("news.since", date=shown_date(kept.agreed_on))
    if kept.region:
        yield say("answer.region", value=regions.REGIONS.get(kept.region[:2], kept.region))
    else:
        yield say("news.region.none")
    if kept.hours:
        start, end = map(daytime.shown, kept.hours)
        yield say("news.hours.between", start=start, end=end)
    else:
        yield say("news.hours.any")
