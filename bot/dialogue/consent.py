"""What she agrees to before anything of her is kept, in words that have a number (`CONSENT`).

It says all that the law wants said (Ley 29733, art. 18; DS 016-2024-JUS, arts. 6 to 10): who, what
for, who else, how long, abroad, how to take it back, and that saying no costs her nothing.
"""

from collections.abc import Iterator

from bot.dialogue import editions, schools
from bot.dialogue.catalogue import Contact, Edition
from bot.dialogue.enrolment import KEPT_DAYS, SignUp
from bot.dialogue.menus import EXIT, HELP, button
from bot.dialogue.moment import Moment
from bot.dialogue.turn import Line, Reply, same_everywhere, say, stack


def consent(moment: Moment, edition: Edition, signup: SignUp) -> Reply:
    yes = button(f"sign:yes:{edition.slug}", "button.agree")
    no = button("sign:no", "button.refuse")
    # Nobody agrees to a translation that nobody has read: the Spanish stands below.
    return Reply(tuple(_words(moment, edition)), (yes, no, HELP, EXIT), both=True)


def _words(moment: Moment, edition: Edition) -> Iterator[Line]:
    channel, roll = moment.event.channel, moment.event.roll
    if not roll.has_room(edition.slug, edition.capacity):
        yield say("edition.full")
    yield say("consent.title", edition=editions.named(edition, moment.catalogue))
    contact = editions.held_by(edition, moment.catalogue)
    name = contact.name if contact else ""
    yield stack(say("consent.what"), say("consent.who", organization=_whole(moment, contact)))
    yield stack(say("consent.why"), say("consent.sensitive"))
    yield say("consent.long", days=str(KEPT_DAYS))
    if channel in schools.NO_WAY_BACK:
        yield say("consent.web", organization=name)
    else:
        yield say("consent.abroad")
        yield say("consent.out")
    yield stack(say("consent.young"), say("consent.free"))


def _whole(moment: Moment, contact: Contact | None) -> Line:
    """With the address, as long as somebody stands for it."""
    if contact is None:
        return same_everywhere("")
    is_fresh = contact.expires_on >= moment.event.today
    return same_everywhere(
        ", ".join(filter(None, (contact.name, contact.address if is_fresh else "")))
    )
