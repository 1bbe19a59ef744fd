"""The screens that keep her safe: danger, help now, hiding the chat, leaving, being forgotten."""

from dataclasses import replace
from datetime import date

from bot.dialogue import cards
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.menus import EXIT, HELP, MENU, button, near_button, to_call, topic_choice
from bot.dialogue.pages import contact_card
from bot.dialogue.turn import Choice, Line, Reply, same_everywhere, say, stack

FIRST_WORDS = {"sexual": "danger.sexual", "self-harm": "danger.self-harm", "child": "danger.child"}
NEXT = ("violencia-como-denunciar", "violencia-medidas-proteccion")
OWN_WORDS = ("telegram", "whatsapp", "webchat", "terminal")  # with a truth of their own to tell
KEEPS_MESSAGES = ("telegram", "whatsapp")  # some or all of them stay on her telephone


def danger(kind: str, channel: str, catalogue: Catalogue, today: date) -> Reply:
    """Acknowledge, numbers, where to go, what Willaq cannot do. She can say it was a mistake."""
    slugs = cards.in_danger(kind)
    lines = [say(FIRST_WORDS.get(kind, "danger.violence")), *numbers(slugs, catalogue, today)]
    lines += [say("danger.near"), say("danger.me")]
    calls = cards.choice(f"cards:{kind}", slugs, channel, catalogue, today)
    near = near_button(catalogue, hurry=True)
    ways_on = (*near, *_next(kind, catalogue), button("hide"), button("not-danger"))
    return Reply(tuple(lines), (*calls, *ways_on, MENU, EXIT), both=True)


def help_now(channel: str, catalogue: Catalogue, today: date) -> Reply:
    known = [catalogue.contacts.get(slug) for slug in cards.HELP_CONTACTS]
    shown = [contact_card(contact, today) for contact in known if contact]
    lines = (say("help.title"), *shown, say("danger.near"), say("danger.me"))
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
    return Reply((title, say(f"{recipe.path}#text")))


def forgotten(channel: str) -> Reply:
    truth = [say(f"forget.{channel}")] if channel in KEEPS_MESSAGES else []
    return Reply((say("forget.done"), *truth))


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
    rows = [
        say("topic.row", title=same_everywhere(each.menu), summary=say(f"{each.path}#purpose"))
        for each in contacts
    ]
    return [stack(say("danger.call"), *rows)] if rows else []


def _next(kind: str, catalogue: Catalogue) -> list[Choice]:
    if kind == "self-harm":
        return []
    return [topic_choice(slug, catalogue) for slug in NEXT if slug in catalogue.topics]
