"""Which fields each kind of content file has, and what may stand in them (docs/add-a-topic.md)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Protocol

from bot.dialogue.regions import REGIONS
from bot.dialogue.words import fold
from bot.frontmatter import Where
from bot.markup import contact_faults

Fault = tuple[Where, str]  # which field; what is wrong and what to do

BUTTON = 24  # letters a button or a row of a list shows on every channel
SUMMARY = 72  # letters below a row of WhatsApp's lists
KINDS = ("violence", "threat", "locked", "sexual", "child", "self-harm")
TIERS = ("high", "maybe")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 48  # Telegram takes 64 bytes behind a button: "t:<slug>:steps@quy"


class Kind(Protocol):
    """What a field holds. `needed`: the file is faulty without it."""

    @property
    def needed(self) -> bool: ...

    def faults(self, value: Any, at: Where) -> Iterator[Fault]: ...


Form = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Text:
    """One line. `shown`: she reads it, so what belongs to a contact may not stand in it."""

    most: int = 0
    empty: bool = False
    shown: bool = False
    one_of: tuple[str, ...] = ()
    form: str = ""
    example: str = ""
    needed: bool = True

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        name = _name(at)
        if not isinstance(value, str):
            yield at, f'{name} must be text between quotes, such as "{self.example or "…"}".'
        elif not value.strip():
            if not self.empty or value:
                yield at, f"{name} is empty. Write it."
        elif value != value.strip() or "\n" in value:
            yield at, f"{name} must be one line without blanks around it."
        elif self.one_of and value not in self.one_of:
            yield at, f"{name} is {value!r}. It can be {_or(self.one_of)}."
        elif self.form and not re.fullmatch(self.form, value):
            yield at, f'{name} is {value!r}. It must look like "{self.example}".'
        elif self.most and len(value) > self.most:
            yield at, f"{name} has {len(value)} letters, {self.most} are shown. Make it shorter."
        elif self.shown:
            yield from ((at, fault) for _, fault in contact_faults(value))
            if "**" in value:
                yield at, f"{name} is plain text. Take the ** away."


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts."""

    each: Text = field(default_factory=Text)
    least: int = 0
    needed: bool = True

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        name = _name(at)
        if not isinstance(value, list):
            yield at, f'{name} must be a list: [ "…", "…" ].'
            return
        if len(value) < self.least:
            yield at, f"{name} is empty. Write at least {self.least}."
        for number, item in enumerate(value):
            yield from self.each.faults(item, (*at, number))


@dataclass(frozen=True, slots=True)
class DangerPhrases(Texts):
    """Phrases as bot/dialogue/danger.py compares them."""

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        # Not super(): a dataclass with slots is made anew, and super() would look for the old one.
        yield from Texts.faults(self, value, at)
        for number, item in enumerate(value if isinstance(value, list) else []):
            if isinstance(item, str):
                yield from (((*at, number), fault) for fault in danger_faults(item))


@dataclass(frozen=True, slots=True)
class Number:
    needed: bool = True

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield at, f"{_name(at)} must be a whole number without quotes."


@dataclass(frozen=True, slots=True)
class Day:
    needed: bool = True

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        if not isinstance(value, date) or isinstance(value, datetime):
            yield at, f"{_name(at)} must be a day, without quotes: 2026-12-31."


@dataclass(frozen=True, slots=True)
class Tables:
    """`[[name]]` blocks, one or more."""

    form: Form
    missing: str
    needed: bool = True

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            yield at, f"write each one below a line [[{at[-1]}]]."
        elif not value:
            yield at, self.missing
        else:
            for number, table in enumerate(value):
                yield from faults(self.form, table, (*at, number))


def faults(form: Form, values: Mapping[str, Any], at: Where = ()) -> Iterator[Fault]:
    """Everything wrong with the fields; a misspelt one is not called missing as well."""
    meant = set()
    for name in values:
        if name not in form:
            close = get_close_matches(name, [each for each in form if each not in values], n=1)
            meant.update(close)
            hint = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(form)}."
            yield (*at, name), f'there is no field "{name}". {hint}'
    for name, kind in form.items():
        if name in values:
            yield from kind.faults(values[name], (*at, name))
        elif kind.needed and name not in meant:
            missing = kind.missing if isinstance(kind, Tables) else f'"{name}" is missing. Add it.'
            yield at, missing


def danger_faults(phrase: str) -> Iterator[str]:
    """Why a phrase would never match, or match everything."""
    for word in phrase.split():
        stem = word.removesuffix("*")
        if "*" in stem or len(fold(stem)) < 1 + (stem != word):
            yield f'"{word}": a * stands only at the end of a word, after two letters or more.'
        elif " " in fold(stem):
            yield f'"{word}" is more than one word when it is compared. Write it as separate words.'


def _name(at: Where) -> str:
    """ "title", or "phrases", number 3."""
    *_, last = at
    return f'"{last}"' if isinstance(last, str) else f'"{at[-2]}", number {last + 1},'


def _or(values: tuple[str, ...]) -> str:
    return " or ".join(f'"{value}"' for value in values)


_SLUGS = Texts(Text(form=SLUG.pattern, example="linea-100"))
SOURCE: Form = {
    "norm": Text(),
    "article": Text(empty=True),
    "url": Text(empty=True, form=r"https?://\S+", example="https://…"),
    "seen": Day(),
    "confidence": Text(one_of=("C", "L")),
}
_SOURCES = Tables(SOURCE, "there is no source. Add a [[sources]] with what was read.")
TOPIC: Form = {
    "title": Text(shown=True),
    "menu": Text(most=BUTTON, shown=True),
    "summary": Text(most=SUMMARY, shown=True),
    "category": Text(),
    "order": Number(),
    "phrases": Texts(least=1),
    "contacts": _SLUGS,
    "related": _SLUGS,
    "reviewed_on": Day(),
    "reviewed_by": Text(empty=True),
    "expires_on": Day(),
    "sources": _SOURCES,
}
CONTACT: Form = {
    "name": Text(),
    "menu": Text(most=BUTTON),
    "phones": Texts(Text(form=r"\+?[\d ()-]{3,20}", example="01 428 0635")),
    "whatsapp": Texts(Text(form=r"\+?[\d ()-]{3,20}", example="+51 900 000 000")),
    "email": Texts(Text(form=r"[^@\s]+@[^@\s]+\.\w+", example="nombre@organizacion.pe")),
    "web": Texts(Text(form=r"https?://\S+", example="https://…")),
    "address": Text(empty=True),
    "hours": Text(empty=True, shown=True),
    "languages": Text(empty=True, shown=True),
    "cost": Text(empty=True, shown=True),
    "checked_on": Day(),
    "expires_on": Day(),
    "sources": _SOURCES,
}
LONGEST_EDITION = 40  # its button says more before it
EDITION: Form = {
    "school": Text(form=SLUG.pattern, example="escuela-onamiap"),
    "menu": Text(most=BUTTON, shown=True),
    "place": Text(empty=True, shown=True, needed=False),
    "district": Text(empty=True, needed=False),
    "province": Text(empty=True, needed=False),
    "department": Text(one_of=tuple(REGIONS.values()), empty=True, needed=False),
    "period": Text(form=r"\d{4}(-\d{4})?", example="2020-2021", needed=False),
    "starts_on": Day(needed=False),
    "ends_on": Day(needed=False),
    "schedule": Text(empty=True, shown=True, needed=False),
    "cost": Text(empty=True, shown=True, needed=False),
    "languages": Text(empty=True, shown=True, needed=False),
    "capacity": Number(needed=False),
    "deadline": Day(needed=False),
    "contact": Text(form=SLUG.pattern, example="onamiap"),
    "sources": _SOURCES,
}
DANGER: Form = {
    "tier": Text(one_of=TIERS),
    "kind": Text(one_of=KINDS),
    "phrases": DangerPhrases(least=1),
    "except": DangerPhrases(needed=False),
}
HARMLESS: Form = {"title": Text(shown=True)}
MENU: Form = {
    "category": Tables(
        {
            "id": Text(form=SLUG.pattern, example="violence"),
            "menu": Text(most=BUTTON, shown=True),
            "title": Text(shown=True),
        },
        "there is no door. Add a [[category]].",
    )
}
