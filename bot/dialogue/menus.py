"""The screens she finds her way with: greeting, languages, main menu, doors.

Rule 1: no screen has more than MOST choices. What does not fit stands on the next page, the most
needed first, so nothing is lost and nothing has to be searched for in a long list.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.dialogue.catalogue import SPANISH, Catalogue, Category, Contact, Language
from bot.dialogue.turn import Choice, Line, Reply, same_everywhere, say, stack

MOST = 9  # choices on a screen: a list of WhatsApp has ten rows, and more is a wall to read
PAGE = MOST - 4  # the others: the next page and three ways out
LANGUAGES = 2  # buttons to other languages on the first page of the menu
LANGUAGE_DOOR = "data"  # "Mis datos y mi idioma"
IN_DANGER = ("policia-105", "linea-100")  # whom to call first, for any danger


def button(id: str, phrase: str = "") -> Choice:
    return Choice(id, say(phrase or f"button.{id}"))


MENU, HELP, EXIT = button("menu"), button("help"), button("exit")
NEWS = button("news")
ALWAYS = (MENU, HELP, EXIT)


def near_button(catalogue: Catalogue, *, hurry: bool = False) -> tuple[Choice, ...]:
    """To the services near her; none where no directory is loaded. `hurry`: she is in danger."""
    if not catalogue.services:
        return ()
    return (button("near:now" if hurry else "near", "button.near"),)


def welcome(
    catalogue: Catalogue, language: str, today: date, *, after_an_answer: bool = False
) -> Reply:
    """Who Willaq is, in every language; what it is not and what it keeps, in hers; the menu.

    One message, not two: each costs her data. The other languages stand first among the buttons,
    by name, for whoever cannot read the rest.
    """
    first = sorted(catalogue.languages, key=lambda each: each.tag != language)
    hello = [Line("welcome.hello", language=each.tag) for each in _said_once(first)]
    lines = (*hello, what_it_is(catalogue, today), say("welcome.privacy"))
    if after_an_answer:
        # One list of buttons at a time: her next number is about the answer.
        return Reply(lines, both=True)
    others = other_languages(catalogue, language)
    choices = (*others, *_page_of_doors(catalogue, 1), HELP, EXIT)
    return Reply((*lines, say("menu.title")), choices, both=True)


def _said_once(languages: Iterable[Language]) -> list[Language]:
    """Of those near each other the first: what is said in each has to fit one message."""
    kept: list[Language] = []
    for language in languages:
        if not any(map(language.is_near, kept)):
            kept.append(language)
    return kept


def what_it_is(catalogue: Catalogue, today: date) -> Line:
    callable_now = [
        contact.menu for slug in IN_DANGER if (contact := to_call(slug, catalogue, today))
    ]
    if not callable_now:
        return say("welcome.is.no_contacts")
    return say("welcome.is", contacts=" · ".join(callable_now))


def to_call(slug: str, catalogue: Catalogue, today: date) -> Contact | None:
    """The contact, if its numbers were checked and that has not expired."""
    contact = catalogue.contacts.get(slug)
    return contact if contact and contact.phones and contact.expires_on >= today else None


def language_choices(catalogue: Catalogue) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"lang:{each.tag}", same_everywhere(each.name)) for each in catalogue.languages
    )


def languages(catalogue: Catalogue) -> Reply:
    asks = (Line("language.ask", language=each.tag) for each in _said_once(catalogue.languages))
    return Reply((stack(*asks),), (*language_choices(catalogue), *ALWAYS))


def other_languages(catalogue: Catalogue, language: str) -> tuple[Choice, ...]:
    """By name, as far as there is room: Spanish always, since her own may be a draft; more share
    a button."""
    others = _others(catalogue, language)
    if len(others) <= LANGUAGES:
        return others
    spanish = (choice for choice in others if choice.id == f"lang:{SPANISH}")
    return (*spanish, button("lang", "button.language"))


def _others(catalogue: Catalogue, language: str) -> tuple[Choice, ...]:
    every = language_choices(catalogue)
    return tuple(choice for choice in every if choice.id != f"lang:{language}")


def paged(choices: Sequence[Choice], first: int = PAGE) -> tuple[tuple[Choice, ...], ...]:
    """PAGE on each (`first` on the first), and one more on the last, which needs no button to a
    next. At least one."""
    rest, cut, room = tuple(choices), list[tuple[Choice, ...]](), first
    while len(rest) > room + 1:
        cut.append(rest[:room])
        rest, room = rest[room:], PAGE
    return (*cut, rest)


def main_menu(catalogue: Catalogue, language: str, *above: Line, page: int = 1) -> Reply:
    ways_out = other_languages(catalogue, language) if page == 1 else (MENU,)
    choices = (*_page_of_doors(catalogue, page), *ways_out, HELP, EXIT)
    return Reply((*above, say("menu.title")), choices)


def doors(catalogue: Catalogue) -> tuple[Choice, ...]:
    """Announcements stand last: they are nothing she needs at once, and one word opens them."""
    categories = (
        Choice(f"cat:{each.id}", say(f"menu.toml#{each.id}.menu")) for each in catalogue.categories
    )
    return (*categories, NEWS)


def pages_of_doors(catalogue: Catalogue) -> tuple[tuple[Choice, ...], ...]:
    """The same in every language, so that "page 2" is."""
    return _beside(min(len(catalogue.languages) - 1, LANGUAGES), doors(catalogue))


def _beside(languages: int, doors: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """On the first page the second button to a language takes a door's place."""
    return paged(doors, PAGE + 1 - max(languages, 1))


def _page_of_doors(catalogue: Catalogue, page: int) -> tuple[Choice, ...]:
    cut = pages_of_doors(catalogue)
    return (*cut[page - 1], *_more("menu", page, len(cut), "button.topics"))


def category(door: Category, catalogue: Catalogue, language: str, page: int = 1) -> Reply:
    title = say("topic.title", title=say(f"menu.toml#{door.id}.title"))
    cut = paged(behind(door, catalogue, language))
    shown = {choice.id for choice in cut[page - 1]}
    slugs = [slug for slug in door.topics if f"t:{slug}" in shown]
    rows = [stack(*(topic_row(slug, catalogue) for slug in slugs))] if slugs else []
    more = _more(f"cat:{door.id}", page, len(cut), "button.more")
    return Reply((title, *rows), (*cut[page - 1], *more, *ALWAYS))


def behind(door: Category, catalogue: Catalogue, language: str) -> tuple[Choice, ...]:
    """Everything that stands behind a door, in its order."""
    topics = tuple(topic_choice(slug, catalogue) for slug in door.topics)
    if door.id != LANGUAGE_DOOR:
        return topics
    return (*topics, button("know"), NEWS, *_others(catalogue, language))


def taps(catalogue: Catalogue) -> dict[str, int]:
    """How many buttons lead from the first screen to each topic that stands behind a door, with
    as many languages as there may be."""
    found: dict[str, int] = {}
    page_of = {
        choice.id: page
        for page, shown in enumerate(_beside(LANGUAGES, doors(catalogue)), start=1)
        for choice in shown
    }
    for door in catalogue.categories:
        for page, shown in enumerate(paged(behind(door, catalogue, "")), start=1):
            found |= {choice.id: page_of[f"cat:{door.id}"] + page for choice in shown}
    return {slug: found[f"t:{slug}"] for slug in catalogue.topics if f"t:{slug}" in found}


def _more(id: str, page: int, pages: int, phrase: str) -> tuple[Choice, ...]:
    return (button(f"{id}:{page + 1}", phrase),) if page < pages else ()


def topic_choice(slug: str, catalogue: Catalogue, suffix: str = "") -> Choice:
    return Choice(f"t:{slug}{suffix}", say(f"{catalogue.topics[slug].path}#menu"))


def topic_row(slug: str, catalogue: Catalogue) -> Line:
    path = catalogue.topics[slug].path
    return say("topic.row", title=say(f"{path}#menu"), summary=say(f"{path}#summary"))
