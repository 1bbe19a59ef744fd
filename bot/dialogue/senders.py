"""Who sends announcements, and why to her: the organizations of the content, and her own yes."""

from collections.abc import Iterator

from bot.dialogue.announcement import STOP
from bot.dialogue.announcing import Subscription
from bot.dialogue.catalogue import Catalogue, Contact
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.moment import Moment
from bot.dialogue.turn import Choice, Line, Reply, same_everywhere, say

IMPORTED = (
    "import"  # in place of the number of the words she agreed to: an organization has her yes
)
_FOLDER = "partners/"
_DOOR = "partners"


def organizations(catalogue: Catalogue) -> tuple[Contact, ...]:
    return tuple(each for each in catalogue.contacts.values() if each.path.startswith(_FOLDER))


def names(catalogue: Catalogue) -> Line:
    return same_everywhere(", ".join(each.menu for each in organizations(catalogue)))


def who(moment: Moment) -> Reply:
    kept = moment.event.roll.subscription
    written = say("sender.organizations", organizations=names(moment.catalogue))
    lines = (say("sender.title"), written, _why_her(kept), say("sender.cannot"))
    choices = (*_what_to_do(kept), *_door(moment.catalogue), *ALWAYS)
    return Reply(lines, choices, private=True)


def _why_her(kept: Subscription) -> Line:
    # No day: this is one tap from what anybody sees on her screen.
    if not kept.gets_them:
        return say("sender.not")
    return say("sender.imported" if kept.consent == IMPORTED else "sender.agreed")


def _what_to_do(kept: Subscription) -> Iterator[Choice]:
    if kept.gets_them:
        yield button(STOP, "button.no-more")
    yield button("news")


def _door(catalogue: Catalogue) -> Iterator[Choice]:
    """To the organizations themselves."""
    for each in catalogue.categories:
        if each.id == _DOOR:
            yield Choice(f"cat:{each.id}", say(f"menu.toml#{each.id}.menu"))
