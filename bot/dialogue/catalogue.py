"""Everything Willaq can talk about, as the content files say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.dialogue.learned import Learned
from bot.dialogue.places import Gazetteer, Point
from bot.dialogue.turn import Tier

SPANISH = "es"  # what all content is written in
SECTIONS = {  # heading in the file -> name of the section
    "En corto": "short",
    "Qué dice la ley": "law",
    "Qué puedes hacer": "steps",
    "No te pueden exigir": "limits",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `confidence`: C = the text was read, L = likely (secondary)."""

    norm: str
    article: str
    url: str
    seen: date
    confidence: Literal["C", "L"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of content. `path` is relative to content/ ("rights/linea-100.md")."""

    slug: str
    path: str
    title: str
    menu: str
    summary: str
    category: str
    order: int
    sections: Mapping[str, str]  # "short" -> Markdown in Spanish
    phrases: tuple[str, ...]
    contacts: tuple[str, ...]
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    reviewed_on: date
    reviewed_by: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Contact:
    """A line, service or partner organization. Empty fields are facts nobody confirmed."""

    slug: str
    path: str
    name: str
    menu: str
    purpose: str
    phones: tuple[str, ...]
    whatsapp: tuple[str, ...]
    email: tuple[str, ...]
    web: tuple[str, ...]
    address: str
    hours: str
    languages: str
    cost: str
    checked_on: date
    expires_on: date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One door she can knock at: a row of the services directory. `ubigeo` is its district;
    `point` is its own, None when only the district is known. Empty fields nobody confirmed."""

    id: str
    kind: str
    name: str
    address: str
    ubigeo: str
    point: Point | None
    phones: tuple[str, ...]
    hours: str
    languages: str
    checked_on: date
    expires_on: date
    source: str
    confirmed: bool = False  # somebody looked: it is far from its district's capital, and right


@dataclass(frozen=True, slots=True)
class Category:
    """A door of the main menu. `topics` are slugs, in the order she sees them."""

    id: str
    menu: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One time that a school is held. What is not known is "", 0 or None.

    Of a past one perhaps only the `period` is known ("2020-2021"). `capacity` and `deadline` are
    there when she can sign up here. `contact` is who holds it, and keeps what she answers.
    """

    slug: str
    path: str
    school: str
    menu: str
    audience: str
    contact: str
    sources: tuple[Source, ...]
    place: str = ""
    district: str = ""
    province: str = ""
    department: str = ""
    period: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    schedule: str = ""
    cost: str = ""
    languages: str = ""
    capacity: int = 0
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class DangerPhrase:
    """Words, next to each other and in this order, that mean danger; `*` ends any word.

    `language` is the language of the phrase. `harmless` = said in passing ("mi jefe me mata de
    trabajo"): where it matches, the words are not looked at again.
    """

    words: tuple[str, ...]
    tier: Tier
    kind: str
    language: str = "es"
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Harmless:
    """A screen that tells nothing to whoever looks over her shoulder."""

    slug: str
    path: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording she can listen to. `path` is the file's, as attachments name it. `language` is
    the one to tell her: another than hers when nobody has recorded the words she reads."""

    path: str
    language: str
    seconds: int
    machine: bool = False  # a program spoke


@dataclass(frozen=True, slots=True)
class Language:
    """A language she can choose. `name` is in the language itself. `fallback`: what she reads where
    a translation is missing, best first."""

    tag: str
    name: str
    fallback: tuple[str, ...] = ()

    def is_near(self, other: "Language") -> bool:
        """Does who reads one understand the other? That they fall back to Spanish says nothing."""
        return SPANISH not in (self.tag, other.tag) and (
            other.tag in self.fallback or self.tag in other.fallback
        )


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All content, ready to answer from. Built from files; never changes, so what the dialogue
    works out from one (its index of phrases) is kept with it: two are equal only when the same.

    `typed` holds, per language, what a woman may type in it: for the key of a topic's phrases or
    menu label, or of a command, the translated words. `learned` is what danger sounds like, from
    content/danger/weights.json; None when nobody has taught it. `calendar_at` is the address below
    which the calendar files are; "" = nobody can reach us there. `sounds` and `spoken` are by (the
    language she reads, slug of the topic): what she can listen to, and the hash of what a
    recording made today would say.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    categories: tuple[Category, ...] = ()
    danger: tuple[DangerPhrase, ...] = ()
    harmless: tuple[Harmless, ...] = ()
    languages: tuple[Language, ...] = (Language("es", "Español"),)
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Gazetteer = field(default_factory=Gazetteer)
    services: tuple[Service, ...] = ()
    learned: Learned | None = None
    editions: Mapping[str, Edition] = field(default_factory=dict)
    calendar_at: str = ""
    sounds: Mapping[tuple[str, str], Sound] = field(default_factory=dict)
    spoken: Mapping[tuple[str, str], str] = field(default_factory=dict)
