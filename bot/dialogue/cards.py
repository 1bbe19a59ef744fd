"""Whom to call, as cards to press: WhatsApp calls no short number that stands in a text."""

from collections.abc import Sequence
from datetime import date

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.menus import IN_DANGER, button, to_call
from bot.dialogue.moment import Moment
from bot.dialogue.turn import Card, Choice, Reply, Turn

NEEDED_ON = frozenset({"whatsapp"})
CALL = {  # what happens -> whom to call, most urgent first
    "self-harm": ("samu-106", "linea-100"),
    "sexual": ("policia-105", "linea-100", "samu-106"),
}
HELP_CONTACTS = ("policia-105", "linea-100", "samu-106", "centro-emergencia-mujer")


def in_danger(kind: str) -> tuple[str, ...]:
    return CALL.get(kind, IN_DANGER)


def choice(
    id: str, slugs: Sequence[str], channel: str, catalogue: Catalogue, today: date
) -> tuple[Choice, ...]:
    """The button below a screen that shows these contacts, where a channel needs one and there is
    anybody to call. What it leads to follows from its id (`send_cards`)."""
    if channel not in NEEDED_ON or not _cards(slugs, catalogue, today):
        return ()
    return (button(id, "button.cards"),)


def send_cards(moment: Moment) -> Turn | None:
    """No text and no buttons: the screen she comes from stays hers."""
    slugs = _wanted(moment.choice, moment.catalogue)
    cards = _cards(slugs, moment.catalogue, moment.event.today)
    return Turn(moment.state, (Reply((), attachments=cards),)) if cards else None


def _wanted(choice: str, catalogue: Catalogue) -> Sequence[str]:
    """Of "cards", "cards:sexual" or "t:linea-100:cards": the contacts of that screen."""
    match choice.partition("@")[0].split(":"):
        case ["cards"]:
            return HELP_CONTACTS
        case ["cards", kind]:
            return in_danger(kind)
        case ["t", slug, "cards"] if slug in catalogue.topics:
            return catalogue.topics[slug].contacts
    return ()


def _cards(slugs: Sequence[str], catalogue: Catalogue, today: date) -> tuple[Card, ...]:
    contacts = [contact for slug in slugs if (contact := to_call(slug, catalogue, today))]
    return tuple(Card(contact.name, contact.phones) for contact in contacts)
