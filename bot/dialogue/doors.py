"""The rules she finds her way with: a topic, a door, the next page, back, the menu.

Where she is, is read off her screen: the topic that is open, or else the list her choices are of.
So nothing more has to be remembered of a woman than what is in front of her.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue import menus, pages
from bot.dialogue.moment import Moment, offered
from bot.dialogue.turn import Count, Turn, say

_LIST = re.compile(r"(menu|cat:[^:]+)(?::([0-9]{1,3}))?")  # its choice, and which page of it


def to_topic(moment: Moment, slug: str, part: str = "", shown: str = "") -> Turn:
    topic = moment.catalogue.topics.get(slug)
    if topic is None or (part and part not in pages.PARTS):
        return to_menu(moment, "menu.gone")
    shown = "" if shown == moment.language else shown
    today, channel = moment.event.today, moment.event.channel
    page = pages.Page(topic, moment.catalogue, today, channel, moment.language, shown)
    state = replace(moment.state, topic=slug)
    if part:
        return Turn(state, (pages.part(page, part),))
    return Turn(state, (pages.first(page),), (Count(slug),))


def to_menu(moment: Moment, above: str = "", page: int = 1) -> Turn:
    lines = [say(above)] if above else []
    menu = menus.main_menu(moment.catalogue, moment.language, *lines, page=page)
    return Turn(replace(moment.state, topic=""), (menu,))


def open_topic(moment: Moment) -> Turn | None:
    """A topic's first page, or one of its parts ("t:linea-100:steps@es")."""
    wanted, _, shown = moment.choice.partition("@")
    kind, _, rest = wanted.partition(":")
    if kind != "t":
        return None
    slug, _, part = rest.partition(":")
    if shown and shown not in offered(moment.catalogue):
        shown = ""
    return to_topic(moment, slug, part, shown)


def open_part(moment: Moment) -> Turn | None:
    """ "más", "pasos", "contactos" typed while a topic is open."""
    if moment.choice not in pages.PARTS or not moment.state.topic:
        return None
    return to_topic(moment, moment.state.topic, moment.choice)


def open_category(moment: Moment) -> Turn | None:
    """A door, or one of its pages ("cat:violence:2"); the last, when there are fewer by now."""
    wanted = _LIST.fullmatch(moment.choice)
    if not wanted or wanted[1] == "menu":
        return None
    for door in moment.catalogue.categories:
        if wanted[1] == f"cat:{door.id}":
            cut = menus.paged(menus.behind(door, moment.catalogue, moment.language))
            page = min(_page(wanted), len(cut))
            screen = menus.category(door, moment.catalogue, moment.language, page)
            return Turn(replace(moment.state, topic=""), (screen,))
    return to_menu(moment, "menu.gone")


def show_more(moment: Moment) -> Turn | None:
    """ "más temas", or "más" below a list: its next page. Her screen has one list at most."""
    if moment.choice not in ("more", "law"):
        return None
    lists = [_LIST.fullmatch(id) for id in moment.state.choices]
    following = next((each[0] for each in lists if each and _page(each) > 1), "")
    if following:
        return _open(moment, following)
    return to_menu(moment) if moment.choice == "more" else None


def go_back(moment: Moment) -> Turn | None:
    """To the page before: from a part of a topic to its first page, from there to the list it
    stands in, from page to page of a list, from a door to the menu. From a screen that is on no
    such way (help, a search) to the topic that is open, else to the menu."""
    if moment.choice != "back":
        return None
    slug, choices = moment.state.topic, moment.state.choices
    if slug not in moment.catalogue.topics:
        return _open(moment, _before_this_list(moment))
    if pages.is_first(slug, choices):
        return _open(moment, _list_with(moment, f"t:{slug}"))
    first = (id for id in choices if id.partition("@")[0] == f"t:{slug}")
    return _open(moment, next(first, f"t:{slug}"))


def show_menu(moment: Moment) -> Turn | None:
    """The main menu, or one of its pages ("menu:2")."""
    wanted = _LIST.fullmatch(moment.choice)
    if not wanted or wanted[1] != "menu":
        return None
    last = len(menus.pages_of_doors(moment.catalogue))
    return to_menu(moment, page=min(_page(wanted), last))


def _open(moment: Moment, choice: str) -> Turn | None:
    pressed = replace(moment, choice=choice)
    return open_topic(pressed) or open_category(pressed) or show_menu(pressed)


def _before_this_list(moment: Moment) -> str:
    seen = set(moment.state.choices)
    for list_id, page, ids in _lists(moment):
        if ids and seen.issuperset(ids):
            return f"{list_id}:{page - 1}" if page > 1 else _list_with(moment, list_id)
    return "menu"


def _list_with(moment: Moment, choice: str) -> str:
    """The page of a list where it stands."""
    found = (f"{list_id}:{page}" for list_id, page, ids in _lists(moment) if choice in ids)
    return next(found, "menu")


def _lists(moment: Moment) -> Iterator[tuple[str, int, list[str]]]:
    """Every page of every list: the list's choice, the page's number, what can be chosen there."""
    catalogue, language = moment.catalogue, moment.language
    lists = {"menu": menus.pages_of_doors(catalogue)}
    for door in catalogue.categories:
        lists[f"cat:{door.id}"] = menus.paged(menus.behind(door, catalogue, language))
    for list_id, pages_of_it in lists.items():
        for page, shown in enumerate(pages_of_it, start=1):
            yield list_id, page, [choice.id for choice in shown]


def _page(wanted: re.Match[str]) -> int:
    return max(int(wanted[2] or 1), 1)
