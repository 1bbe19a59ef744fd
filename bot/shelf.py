"""Take one file of content/, check it by itself, and put what it says on the shelf.

Rule 1: a file with a mistake in what she would read is withheld; everything else is served.
Rule 2: what can be translated is kept, withheld or not: translations outlive a mistake.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from bot import editions, sentences, weights
from bot import fields as forms
from bot.dialogue.catalogue import (
    SECTIONS,
    Category,
    Contact,
    DangerPhrase,
    Edition,
    Harmless,
    Source,
    Topic,
)
from bot.dialogue.learned import Learned
from bot.frontmatter import Fields, Mistake, Page, Unreadable, read_fields, read_page
from bot.markup import faults as markup_faults

MENU = "menu.toml"
OBLIGATORY = ("short", "steps")
SHORT = 350  # letters: one small screen

Fault = tuple[int, str]  # line of the file; what is wrong and what to do


@dataclass(slots=True)
class Shelf:
    """What has been read so far. `known` holds also the slugs of files that are withheld."""

    root: str
    mistakes: list[Mistake] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    where: dict[str, tuple[str, int]] = field(default_factory=dict)
    known: dict[tuple[str, str], str] = field(default_factory=dict)  # (kind, slug) -> path
    topics: dict[str, tuple[Topic, Fields]] = field(default_factory=dict)
    contacts: dict[str, tuple[Contact, Fields]] = field(default_factory=dict)
    categories: dict[str, tuple[Category, int]] = field(default_factory=dict)  # and its line
    editions: dict[str, tuple[Edition, Fields]] = field(default_factory=dict)
    danger: list[DangerPhrase] = field(default_factory=list)
    learned: Learned | None = None
    harmless: list[Harmless] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)  # paths: withheld, in part or altogether

    def note(self, path: str, faults: Iterable[Fault]) -> None:
        self.mistakes += [Mistake(f"{self.root}/{path}", line, text) for line, text in faults]

    def withhold(self, path: str, faults: list[Fault]) -> None:
        """For these faults; for none, it is not."""
        self.note(path, faults)
        if faults:
            self.faulty.add(path)

    def slugs(self, kind: str) -> list[str]:
        return [slug for of_kind, slug in self.known if of_kind == kind]

    def add_text(self, path: str, name: str, text: object, line: int) -> None:
        if isinstance(text, list):
            text = "\n".join(each for each in text if isinstance(each, str))
        if isinstance(text, str) and text.strip():
            self.texts[f"{path}#{name}"] = text.strip()
            self.where[f"{path}#{name}"] = (f"{self.root}/{path}", line)

    def add_fields(self, path: str, page: Page, *names: str) -> None:
        for name in names:
            self.add_text(path, name, page.fields.values.get(name), page.fields.line((name,)))


def take(shelf: Shelf, path: str, data: bytes | None) -> None:
    """`path` is the file's, from content/ on."""
    folder, _, name = path.rpartition("/")
    whole = f"{shelf.root}/{path}"
    if name == "README.md":
        return
    try:
        if path == MENU:
            _take_menu(shelf, read_fields(whole, data))
        elif path == weights.PATH:
            shelf.learned = weights.read(whole, data)
        elif folder == sentences.FOLDER and name.endswith(".tsv"):
            shelf.mistakes += sentences.read(whole, data).mistakes
        elif folder in _KINDS and name.endswith(".md"):
            kind, _ = _KINDS[folder]
            taken = shelf.known.setdefault((kind, _slug(path)), path)
            _take_page(shelf, path, read_page(whole, data), taken)
        else:
            folders = ", ".join(f"{each}/" for each in _KINDS)
            shelf.note(path, [(1, f"is in no place for content: {MENU} or .md in {folders}.")])
    except Unreadable as error:
        shelf.mistakes.append(error.mistake)
        shelf.faulty.add(path)


def _take_menu(shelf: Shelf, fields: Fields) -> None:
    faults = [(fields.line(at), fault) for at, fault in forms.faults(forms.MENU, fields.values)]
    doors = fields.values.get("category", [])
    for number, door in enumerate(doors if isinstance(doors, list) else []):
        if not isinstance(door, dict) or not isinstance(id := door.get("id"), str):
            continue
        lines = {name: fields.line(("category", number, name)) for name in ("id", "menu", "title")}
        if id in shelf.categories:
            faults.append((lines["id"], f'"{id}" exists already. Give this door another id.'))
            continue
        for name in ("menu", "title"):
            shelf.add_text(MENU, f"{id}.{name}", door.get(name), lines[name])
        start = fields.line(("category", number))
        if {start, *lines.values()}.isdisjoint(line for line, _ in faults):
            shelf.categories[id] = (Category(id, door["menu"], door["title"], ()), start)
    shelf.withhold(MENU, faults)


def _take_page(shelf: Shelf, path: str, page: Page, first: str) -> None:
    """`first` is the file that has this name already; this one, when it is the first."""
    _, kind = _KINDS[path.partition("/")[0]]
    slug, fields = _slug(path), page.fields
    shelf.add_fields(path, page, *kind.before)
    faults = [(fields.line(at), fault) for at, fault in forms.faults(kind.form, fields.values)]
    if not forms.SLUG.fullmatch(slug) or len(slug) > forms.LONGEST_SLUG:
        faults.append((1, f'"{slug}": name the file with few small letters, digits and hyphens.'))
    if first != path:
        faults.append((1, f'"{slug}" exists already: {first}. Give this file another name.'))
    faults += kind.body_faults(page)
    for name, text, line in kind.body(page):
        shelf.add_text(path, name, text, line)
    shelf.add_fields(path, page, *kind.after)
    shelf.withhold(path, faults)
    if not faults:
        kind.put(shelf, path, page)


def _topic_body(page: Page) -> Iterator[tuple[str, str, int]]:
    for section in page.sections():
        if section.heading in SECTIONS:
            yield SECTIONS[section.heading], section.text, section.line


def _topic_faults(page: Page) -> Iterator[Fault]:
    above, *sections = page.sections()
    if above.text:
        yield above.text_line, 'stands above the first heading. Put it below "## En corto".'
    seen: set[str] = set()
    for section in sections:
        if section.heading not in SECTIONS:
            yield section.line, _no_such_heading(section.heading)
        elif section.heading in seen:
            yield section.line, f'"{section.heading}" stands here twice. Make it one section.'
        elif not section.text:
            yield section.line, f'"{section.heading}" is empty. Write it, or delete the heading.'
        elif SECTIONS[section.heading] == "short" and len(section.text) > SHORT:
            fault = f"has {len(section.text)} letters, {SHORT} fit on a small screen. Shorten it."
            yield section.line, fault
        seen.add(section.heading)
        for at, fault in markup_faults(section.text):
            yield section.text_line + at, fault
    for heading, name in SECTIONS.items():
        if name in OBLIGATORY and heading not in seen:
            yield page.text_line - 1, f'there is no "## {heading}". Write this section.'


def _no_such_heading(heading: str) -> str:
    close = get_close_matches(heading, SECTIONS, n=1)
    hint = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(SECTIONS)}."
    return f'there is no section "{heading}". {hint}'


def _text_faults(page: Page) -> Iterator[Fault]:
    text = page.text.strip()
    if not text:
        yield page.text_line - 1, "there is no text below the fields. Write it."
    start = page.text_line + page.text[: page.text.find(text)].count("\n")
    for at, fault in markup_faults(text):
        yield start + at, fault


def _put_topic(shelf: Shelf, path: str, page: Page) -> None:
    sections = {name: text for name, text, _ in _topic_body(page)}
    topic = Topic(**_given(path, page), sections=sections)
    shelf.topics[topic.slug] = (topic, page.fields)


def _put_contact(shelf: Shelf, path: str, page: Page) -> None:
    contact = Contact(**_given(path, page), purpose=page.text.strip())
    shelf.contacts[contact.slug] = (contact, page.fields)


def _put_edition(shelf: Shelf, path: str, page: Page) -> None:
    """What does not fit together shows only once each field is right."""
    slug = _slug(path)
    found = [
        (page.fields.line(at), fault) for at, fault in editions.faults(slug, page.fields.values)
    ]
    shelf.withhold(path, found)
    if not found:
        shelf.editions[slug] = (editions.edition(slug, path, page), page.fields)


def _put_danger(shelf: Shelf, path: str, page: Page) -> None:
    values = page.fields.values
    tier, kind = values["tier"], values["kind"]
    for name, harmless in (("phrases", False), ("except", True)):
        for phrase in values.get(name, []):
            words = tuple(phrase.split())
            shelf.danger.append(DangerPhrase(words, tier, kind, harmless=harmless))


def _put_harmless(shelf: Shelf, path: str, page: Page) -> None:
    title = page.fields.values["title"]
    shelf.harmless.append(Harmless(_slug(path), path, title, page.text.strip()))


def _danger_faults(page: Page) -> Iterator[Fault]:
    """Translations of danger phrases are found by the file's name alone."""
    name = f"{page.fields.values.get('kind')}-{page.fields.values.get('tier')}"
    if _slug(page.path) != name:
        yield 1, f"this file must be called {name}.md, after its kind and tier."


def _given(path: str, page: Page) -> dict[str, Any]:
    """The fields as Topic and Contact take them: lists that cannot change."""
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in page.fields.values.items()
    }
    sources = tuple(Source(**source) for source in page.fields.values["sources"])
    return {**values, "sources": sources, "slug": _slug(path), "path": path}


def _slug(path: str) -> str:
    return PurePosixPath(path).stem


@dataclass(frozen=True, slots=True)
class _Kind:
    """A folder's kind of file. `before` and `after` are the fields translators get, in the order
    of the .pot file: before the text and after it."""

    form: forms.Form
    put: Callable[[Shelf, str, Page], None]
    body_faults: Callable[[Page], Iterator[Fault]]
    body: Callable[[Page], Iterable[tuple[str, str, int]]]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def _named(name: str) -> Callable[[Page], list[tuple[str, str, int]]]:
    return lambda page: [(name, page.text, page.text_line)]


_TOPIC = _Kind(
    forms.TOPIC, _put_topic, _topic_faults, _topic_body, ("title", "menu", "summary"), ("phrases",)
)
_CONTACT = _Kind(
    forms.CONTACT, _put_contact, _text_faults, _named("purpose"), ("hours", "languages", "cost")
)
_EDITION = _Kind(
    forms.EDITION,
    _put_edition,
    _text_faults,
    _named("audience"),
    ("menu", "place", "schedule", "cost", "languages"),
)
_DANGER = _Kind(forms.DANGER, _put_danger, _danger_faults, lambda page: [], ("phrases", "except"))
_HARMLESS = _Kind(forms.HARMLESS, _put_harmless, _text_faults, _named("text"), ("title",))
_KINDS = {
    "rights": ("topic", _TOPIC),
    "schools": ("topic", _TOPIC),
    "editions": ("edition", _EDITION),
    "services": ("contact", _CONTACT),
    "partners": ("contact", _CONTACT),
    "danger": ("danger", _DANGER),
    "harmless": ("harmless", _HARMLESS),
}
