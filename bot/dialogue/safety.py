"""The screens that keep her safe: danger, help now, hiding the chat, leaving, being forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue import cards
from bot.dialogue.catalogue import Catalogue, Contact
from bot.dialogue.menus import ALWAYS, EXIT, HELP, MENU, button, near_button, to_call, topic_choice
from bot.dialogue.moment import Moment
from bot.dialogue.pages import shown_date
from bot.dialogue.turn import Choice, Line, Reply, Turn, same_everywhere, say, stack

FIRST_WORDS = {"sexual": "danger.sexual", "self-harm": "danger.self-harm", "child": "danger.child"}
NEXT = ("violencia-como-denunciar", "violencia-medidas-proteccion")
OWN_WORDS = ("telegram", "whatsapp", "webchat", "terminal")  # with a truth of their own to tell
KEEPS_MESSAGES = ("telegram", "whatsapp")  # some or all of them stay on her telephone
SHOWS_THREE = frozenset({"whatsapp"})  # more choices stand in a list she has to open first
_FACTS = ("hours", "languages", "cost")  # about calling, in so few words that they need no heading


def danger(kind: str, channel: str, catalogue: Catalogue, today: date) -> Reply:
    """Acknowledge, numbers, where to go, what Willaq cannot do. The way out is in sight."""
    slugs = cards.in_danger(kind)
    lines = [say(FIRST_WORDS.get(kind, "danger.violence")), *numbers(slugs, catalogue, today)]
    lines += [say("danger.near"), say("danger.me")]
    calls = cards.choice(f"cards:{kind}", slugs, channel, catalogue, today)
    ways_on = [*_ways_on(kind, catalogue), MENU]
    if channel in SHOWS_THREE:
        ways_on = [button(f"options:{kind}", "button.options")]
    return Reply(tuple(lines), (*calls, *ways_on, EXIT), both=True)


def more_options(moment: Moment) -> Turn | None:
    """What does not fit beside the way out, when she presses for it or writes so."""
    wanted = moment.choice
    if wanted in ("more", "law"):  # "más opciones", or only "más"
        wanted = next((id for id in moment.state.choices if id.startswith("options:")), "")
    screen, _, kind = wanted.partition(":")
    if screen != "options":
        return None
    choices = (*_ways_on(kind, moment.catalogue), *ALWAYS)
    return Turn(moment.state, (Reply((say("danger.options"),), choices, both=True),))


def help_now(channel: str, catalogue: Catalogue, today: date) -> Reply:
    """Short enough to be one message everywhere: it is asked for in a hurry."""
    known = (catalogue.contacts.get(slug) for slug in cards.HELP_CONTACTS)
    fresh = [contact for contact in known if contact and contact.expires_on >= today]
    shown = (*map(_row, fresh), *_checked(fresh))
    lines = (say("help.title"), *shown, say("help.near"), say("danger.me"))
    calls = cards.choice("cards", cards.HELP_CONTACTS, channel, catalogue, today)
    ways_on = (*near_button(catalogue, hurry=True), *_next("", catalogue), button("hide"))
    return Reply(lines, (*calls, *ways_on, MENU, EXIT), both=True)


def hide(channel: str) -> Reply:
    truth = [say(f"hide.{channel}")] if channel in OWN_WORDS else []
    lines = (say("hide.title"), say("hide.words"), *truth, say("hide.spy"))
    return Reply(lines, (button("forget"), MENU, HELP, EXIT), both=True)


def harmless(catalogue: Catalogue, today: date) -> Reply:
    """Something nobody minds. Another one each day: a screen that is always the same is a sign."""
    recipes = catalogue.harmless
    if not recipes:
        return Reply((same_everywhere("OK"),))
    recipe = recipes[today.toordinal() % len(recipes)]
    title = say("topic.title", title=say(f"{recipe.path}#title"))
    return Reply((title, say(f"{recipe.path}#text")), unmarked=True)


def forgotten(channel: str, *, silenced: bool) -> Reply:
    """`silenced`: that she wants no announcements is kept, so that no old list brings her back."""
    mark = [say("forget.silenced")] if silenced else []
    truth = [say(f"forget.{channel}")] if channel in KEEPS_MESSAGES else []
    return Reply((say("forget.done"), *mark, *truth))


def known(language: str, channel: str, catalogue: Catalogue) -> Reply:
    """All that is kept about her. tests/test_privacy.py holds it against the database's tables."""
    names = {each.tag: each.name for each in catalogue.languages}
    trace = [say(f"know.{channel}")] if channel in KEEPS_MESSAGES else []
    kept = say("know.kept", language=names.get(language, language))
    lines = (say("know.title"), kept, say("know.short"), *trace, say("know.not"))
    page = [topic_choice("tus-datos", catalogue)] if "tus-datos" in catalogue.topics else []
    return Reply(lines, (button("forget"), *page, MENU, HELP, EXIT), both=True)


def ask_if_in_danger(reply: Reply) -> Reply:
    """The same answer with one line more. The button to help says so, and stands first."""
    others = (choice for choice in reply.choices if choice.id != "help")
    choices = (Choice("help", say("button.danger")), *others)
    return replace(reply, lines=(*reply.lines, say("danger.ask")), choices=choices)


def numbers(slugs: tuple[str, ...], catalogue: Catalogue, today: date) -> list[Line]:
    """Whom to call, of these contacts; [] when no number of theirs is confirmed."""
    contacts = [contact for slug in slugs if (contact := to_call(slug, catalogue, today))]
    rows = [_who(each) for each in contacts]
    return [stack(say("danger.call"), *rows)] if rows else []


def _who(contact: Contact) -> Line:
    purpose = say(f"{contact.path}#purpose")
    return say("topic.row", title=same_everywhere(contact.menu), summary=purpose)


def _row(contact: Contact) -> Line:
    """Who it is; a number that its name does not say; when, in what language, at what cost."""
    lines = [_who(contact)]
    if contact.phones:
        phones = [phone for phone in contact.phones if phone not in contact.menu.split()]
        lines += [say("contact.phone", value=" / ".join(phones))] if phones else []
        lines += [say(f"{contact.path}#{name}") for name in _FACTS if getattr(contact, name)]
    return stack(*lines)


def _checked(contacts: Sequence[Contact]) -> list[Line]:
    """One line for all of them: from the day the oldest was checked to that of the newest."""
    days = sorted({contact.checked_on for contact in contacts})
    if len(days) < 2:
        return [say("contact.checked", date=shown_date(day)) for day in days]
    return [say("contact.checked.between", first=shown_date(days[0]), last=shown_date(days[-1]))]


def _ways_on(kind: str, catalogue: Catalogue) -> tuple[Choice, ...]:
    """Where she can go from there. She can also say that it was a mistake."""
    near = near_button(catalogue, hurry=True)
    return (*near, *_next(kind, catalogue), button("hide"), button("not-danger"))


def _next(kind: str, catalogue: Catalogue) -> list[Choice]:
    if kind == "self-harm":
        return []
    return [topic_choice(slug, catalogue) for slug in NEXT if slug in catalogue.topics]
