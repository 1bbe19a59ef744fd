"""What the pack says and in which order, before it becomes a page or a paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.dialogue import cards, pages
from bot.dialogue.catalogue import Catalogue, Contact, Topic
from bot.dialogue.turn import Line, say
from bot.pack.blocks import plain
from bot.translations import Translations

# The name of the files and what stands on top of them. Anybody may have notes.
TITLE: Final = "Apuntes"
SPANISH: Final = "es"
PARTS: Final = {  # section -> its heading
    "short": "",
    "steps": "heading.steps",
    "law": "heading.law",
    "limits": "heading.limits",
}
LABELS: Final = {  # what page and paper call it -> phrase
    "help": "button.help",
    "exit": "button.exit",
    "who": "button.who",
    "sources": "button.src",
    "related": "button.rel",
    "spanish": "language.in",
    "unreviewed": "draft.notice",
    "nobody": "contact.none",
    "search": "pack.search",
    "found": "pack.found",
    "nothing": "pack.nothing",
    "topics": "pack.topics",
}


class PackError(Exception):
    """The pack cannot be made; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """`language` is the one it is really in. `spanish` stands below it: "" where nothing needs to,
    since it is Spanish or somebody has reviewed it."""

    text: str
    language: str
    draft: bool = False
    spanish: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody to turn to. `lines` are what the chat tells of her, number and day included;
    `phones` only those that may still be given."""

    id: str
    name: str
    menu: str  # the same, shorter
    lines: tuple[Text, ...]
    phones: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    heading: str
    text: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic. `id` counts: a name would stay behind in the history of her browser."""

    id: str
    slug: str
    title: Text
    parts: tuple[Part, ...]
    contacts: tuple[Card, ...]
    sources: tuple[Text, ...]
    reviewed: Text
    related: tuple[str, ...]  # ids
    until: date

    @property
    def draft(self) -> bool:
        return self.title.draft or any(part.text.draft for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chapter:
    id: str
    title: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """`words` are its own labels in its language, `until` says of a day: confirm it after that."""

    language: str
    words: Mapping[str, str]
    leave: Text  # how to, on a page
    help: tuple[Card, ...]
    near: Text  # where to go without a telephone
    about: tuple[Text, ...]
    made: Text
    chapters: tuple[Chapter, ...]
    cards: tuple[Card, ...]
    recipe: tuple[str, str]
    until: Mapping[date, str] = field(default_factory=dict)

    @property
    def entries(self) -> dict[str, Entry]:
        """By id, in order."""
        return {entry.id: entry for chapter in self.chapters for entry in chapter.entries}


def compose(
    catalogue: Catalogue, translations: Translations, language: str, made_on: date
) -> Booklet:
    """PackError when there is nothing to tell."""
    if not catalogue.topics:
        raise PackError("There is no topic to pack. `willaq check` says what is wrong in content/.")
    return _Speaker(catalogue, translations, language, made_on).booklet()


class _Speaker:
    def __init__(
        self, catalogue: Catalogue, translations: Translations, language: str, made_on: date
    ) -> None:
        self._catalogue = catalogue
        self._translations = translations
        self._language = language
        self._day = made_on
        self._doors = list(_doors(catalogue))
        slugs = [slug for _, slugs in self._doors for slug in slugs]
        self._ids = {slug: f"t{at}" for at, slug in enumerate(slugs, start=1)}
        self._cards = {
            slug: self._card(f"k{at}", contact)
            for at, (slug, contact) in enumerate(catalogue.contacts.items(), start=1)
        }

    def booklet(self) -> Booklet:
        chapters = tuple(
            Chapter(f"c{at}", self._text(title), tuple(self._entry(slug) for slug in slugs))
            for at, (title, slugs) in enumerate(self._doors, start=1)
        )
        help_now = (self._cards.get(slug) for slug in cards.HELP_CONTACTS)
        days = {each.expires_on for each in self._catalogue.topics.values()}
        days |= {each.expires_on for each in self._catalogue.contacts.values()}
        is_draft = any(entry.draft for chapter in chapters for entry in chapter.entries)
        made = say("pack.made", date=pages.shown_date(self._day))
        warning = [say("pack.draft")] if is_draft else []
        about = (say("pack.what"), *warning, made, say("pack.keep"))
        return Booklet(
            language=self._language,
            words={name: self._word(key) for name, key in LABELS.items()},
            leave=self._text(say("pack.exit")),
            help=tuple(card for card in help_now if card and card.phones),
            near=self._text(say("danger.near")),
            about=tuple(self._text(line) for line in about),
            made=self._text(made),
            chapters=chapters,
            cards=tuple(self._cards.values()),
            recipe=self._recipe(),
            until={
                day: self._word("pack.until", date=pages.shown_date(day)) for day in sorted(days)
            },
        )

    def _entry(self, slug: str) -> Entry:
        topic = self._catalogue.topics[slug]
        page = pages.Page(topic, self._catalogue, self._day, "", self._language)
        _, sources, reviewed = pages.part(page, "src").lines[:3]
        return Entry(
            id=self._ids[slug],
            slug=slug,
            title=self._text(page.section("title")),
            parts=tuple(self._parts(topic)),
            contacts=tuple(self._cards[each] for each in topic.contacts if each in self._cards),
            sources=tuple(self._rows(sources)),
            reviewed=self._text(reviewed),
            related=tuple(self._ids[each] for each in topic.related if each in self._ids),
            until=topic.expires_on,
        )

    def _parts(self, topic: Topic) -> Iterator[Part]:
        for name, heading in PARTS.items():
            if name in topic.sections:
                text = self._text(say(f"{topic.path}#{name}"))
                yield Part(name, plain(self._word(heading)) if heading else "", text)

    def _card(self, id: str, contact: Contact) -> Card:
        _, *lines = self._rows(pages.contact_card(contact, self._day))
        phones = contact.phones if contact.expires_on >= self._day else ()
        return Card(id, contact.name, contact.menu, tuple(lines), phones, contact.expires_on)

    def _rows(self, stacked: Line) -> Iterator[Text]:
        """The lines of a stack, one by one."""
        for _, row in stacked.values:
            if isinstance(row, Line) and (text := self._text(row)).text:
                yield text if _holds_content(row) else replace(text, spanish="")

    def _text(self, line: Line) -> Text:
        spanish, _ = self._translations.say(line, SPANISH)
        text, draft = self._translations.say(line, self._language)
        if text == spanish:
            return Text(text, SPANISH)
        return Text(text, self._language, draft, spanish if draft else "")

    def _word(self, key: str, **values: str) -> str:
        return self._translations.say(say(key, **values), self._language)[0]

    def _recipe(self) -> tuple[str, str]:
        """(title, text) of the screen that takes the place of it all. In Spanish, as everywhere."""
        if not self._catalogue.harmless:
            return "OK", ""
        recipe = self._catalogue.harmless[self._day.toordinal() % len(self._catalogue.harmless)]
        return recipe.title, recipe.text


def _holds_content(row: Line) -> bool:
    """Or is it a name, a number or a day with a word around it, which needs no Spanish below?"""
    parts = (row, *(value for _, value in row.values if isinstance(value, Line)))
    return any("#" in part.key for part in parts)


def _doors(catalogue: Catalogue) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """(title, topics) in the order of the chat's menu. What stands behind no door comes last:
    a paper has no search that would find it."""
    inside: set[str] = set()
    for door in catalogue.categories:
        inside |= set(door.topics)
        yield say(f"menu.toml#{door.id}.menu"), door.topics
    if rest := tuple(slug for slug in catalogue.topics if slug not in inside):
        yield say("pack.others"), rest
