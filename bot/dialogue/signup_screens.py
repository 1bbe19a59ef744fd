"""The questions of the sign-up as she sees them: one a screen, with buttons where there can be."""

from collections.abc import Callable, Mapping

from bot.dialogue import editions, regions
from bot.dialogue.catalogue import Edition
from bot.dialogue.consent import consent
from bot.dialogue.enrolment import SignUp, Step
from bot.dialogue.menus import EXIT, HELP, button
from bot.dialogue.moment import Moment
from bot.dialogue.turn import Choice, Reply, same_everywhere, say, stack

PAGE = 5  # regions on a screen
WAYS_OUT = (button("sign:cancel", "button.cancel"), HELP, EXIT)


def screen(moment: Moment, edition: Edition, signup: SignUp, page: int = 1) -> Reply:
    """The open question. `page` is of the regions."""
    if signup.step == "region":
        return _region(edition, page)
    return _SCREENS[signup.step](moment, edition, signup)


def _name(moment: Moment, edition: Edition, signup: SignUp) -> Reply:
    return Reply((say("sign.name"),), WAYS_OUT)


def _region(edition: Edition, page: int) -> Reply:
    """The region where the school is stands first."""
    here = regions.CODES.get(edition.department, "")
    codes = sorted(regions.REGIONS, key=lambda code: (code != here, code))
    start = (page - 1) * PAGE if 0 < (page - 1) * PAGE < len(codes) else 0
    shown = codes[start : start + PAGE]
    choices = [
        Choice(f"sign:region:{code}", same_everywhere(regions.REGIONS[code])) for code in shown
    ]
    following = start // PAGE + 2 if start + PAGE < len(codes) else 1
    more = button(f"sign:regions:{following}", "button.regions")
    return Reply((say("sign.region"),), (*choices, more, *WAYS_OUT))


def _organization(moment: Moment, edition: Edition, signup: SignUp) -> Reply:
    return Reply((say("sign.organization"),), (button("sign:skip", "button.skip"), *WAYS_OUT))


def _review(moment: Moment, edition: Edition, signup: SignUp) -> Reply:
    given = [
        say("answer.name", value=signup.name),
        say("answer.region", value=regions.REGIONS.get(signup.region, "")),
        say("answer.organization", value=signup.organization)
        if signup.organization
        else say("answer.organization.none"),
    ]
    name = editions.named(edition, moment.catalogue)
    lines = (say("sign.review", edition=name), stack(*given))
    confirm = "button.save" if signup.changing else "button.confirm"
    edits = (
        button(f"sign:edit:{step}", f"button.edit.{step}")
        for step in ("name", "region", "organization")
    )
    ok = button(f"sign:ok:{edition.slug}", confirm)
    return Reply(lines, (ok, *edits, *WAYS_OUT), private=True)


Screen = Callable[[Moment, Edition, SignUp], Reply]
_SCREENS: Mapping[Step, Screen] = {
    "consent": consent,
    "name": _name,
    "organization": _organization,
    "review": _review,
}
