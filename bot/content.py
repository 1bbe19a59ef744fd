"""Read content/ into a Catalogue, and list every mistake in it at once, with file and line.

Rule 1: a file with a mistake in what she would read is withheld; everything else is served.
Rule 2: what only points somewhere (a related topic that is gone) or only looks odd (a day in the
future: whose clock is wrong?) is listed, and the page stays.
Rule 3: `texts` has all that can be translated, withheld or not: translations outlive a mistake.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot import gazetteer, weights
from bot.dialogue.catalogue import Catalogue, Category, Contact, Edition, Topic
from bot.dialogue.menus import PAGE, taps
from bot.dialogue.words import fold
from bot.frontmatter import Fields, Mistake, Where, read_folder
from bot.sentences import FOLDER, fingerprint
from bot.shelf import MENU, Fault, Shelf, take

__all__ = ["Content", "Mistake", "build", "load", "read"]

FARTHEST = 4  # taps from the first screen to a topic
CHECKED_MONTHS = 15  # how long a number is given without anybody having called it


@dataclass(frozen=True, slots=True)
class Content:
    """`texts`: key -> Spanish, in the order of the files; `where`: key -> file and line.

    `faulty`: the files (paths inside content/) of which something is withheld for what is in them.
    What is only out of date is not there.
    """

    catalogue: Catalogue
    texts: Mapping[str, str]
    mistakes: tuple[Mistake, ...]
    where: Mapping[str, tuple[str, int]]
    faulty: frozenset[str] = frozenset()


def load(content_dir: Path, today: date) -> Content:
    """Never raises for what the files say."""
    return build(read(content_dir), today, content_dir.name)


def read(content_dir: Path) -> dict[str, bytes | None]:
    """All files as they are, by their path inside content/; None = cannot be read."""
    return read_folder(content_dir, "**/*")


def build(files: Mapping[str, bytes | None], today: date, root: str = "content") -> Content:
    """The content of these files on this day."""
    shelf = Shelf(root)
    if MENU not in files:
        shelf.withhold(MENU, [(1, "is missing. It holds the doors of the main menu.")])
    for path in sorted(files, key=lambda path: (path != MENU, path)):
        if not path.startswith(gazetteer.FOLDER):
            take(shelf, path, files[path])
    places, misplaced, faulty = gazetteer.build(files, root)
    topics = dict(_topics_served(shelf, today))
    contacts = dict(_contacts_served(shelf, today))
    categories = tuple(_categories(shelf, topics))
    editions = dict(_editions_served(shelf, today))
    _note_old_weights(shelf, files)
    catalogue = Catalogue(
        topics,
        contacts,
        categories,
        tuple(shelf.danger),
        tuple(shelf.harmless),
        places=places,
        learned=shelf.learned,
        editions=editions,
    )
    shelf.note(MENU, _too_far(shelf, catalogue))
    mistakes = tuple(sorted({*shelf.mistakes, *misplaced}))
    return Content(catalogue, shelf.texts, mistakes, shelf.where, faulty | shelf.faulty)


def _note_old_weights(shelf: Shelf, files: Mapping[str, bytes | None]) -> None:
    if shelf.learned and shelf.learned.made_of != fingerprint(files):
        fault = f"was learned from other sentences than {FOLDER}/ has. Run: willaq danger train."
        shelf.note(weights.PATH, [(1, fault)])


def _topics_served(shelf: Shelf, today: date) -> Iterator[tuple[str, Topic]]:
    asked: dict[str, str] = {}
    for slug, (topic, fields) in shelf.topics.items():
        faults = [*_future(topic, fields, today), *_links(shelf, topic, fields)]
        faults += _phrases_elsewhere(topic, fields, asked)
        if topic.expires_on < today:
            line = fields.line(("expires_on",))
            faults.append(
                (line, "is over, so the topic is not shown. Hold it against its sources.")
            )
        else:
            yield slug, topic
        shelf.note(topic.path, faults)


def _contacts_served(shelf: Shelf, today: date) -> Iterator[tuple[str, Contact]]:
    """A number that may be dead is worse than none: such a contact is withheld altogether, since
    even its name may say the number ("Línea 100")."""
    for slug, (contact, fields) in shelf.contacts.items():
        faults = [*_future(contact, fields, today)]
        over = [*_over(contact, fields, today)]
        if not over or not (contact.phones or contact.whatsapp):
            yield slug, contact
        shelf.note(contact.path, faults + over)


def _editions_served(shelf: Shelf, today: date) -> Iterator[tuple[str, Edition]]:
    """Without its school nobody finds it; without who holds it she could agree to nothing."""
    for slug, (edition, fields) in shelf.editions.items():
        faults = [
            (fields.line((name,)), f'there is no {kind} "{said}". {hint}')
            for name, kind, said in (
                ("school", "topic", edition.school),
                ("contact", "contact", edition.contact),
            )
            if (kind, said) not in shelf.known
            for hint in [_meant(said, shelf.slugs(kind), "The edition is not shown.")]
        ]
        if not faults:
            yield slug, edition
        shelf.note(edition.path, [*faults, *_future(edition, fields, today)])


def _over(contact: Contact, fields: Fields, today: date) -> Iterator[Fault]:
    again = "Check it again and move checked_on and expires_on."
    if contact.expires_on < today:
        yield fields.line(("expires_on",)), f"is over, so it gives no numbers or addresses. {again}"
    checked = contact.checked_on
    months = (today.year - checked.year) * 12 + today.month - checked.month
    has_numbers = contact.phones or contact.whatsapp
    if has_numbers and (months, today.day) > (CHECKED_MONTHS, checked.day):
        fault = f"is more than {CHECKED_MONTHS} months ago, so the number is not given. {again}"
        yield fields.line(("checked_on",)), fault


def _future(page: Topic | Contact | Edition, fields: Fields, today: date) -> Iterator[Fault]:
    days: list[tuple[Where, date]] = []
    if not isinstance(page, Edition):
        name = "reviewed_on" if isinstance(page, Topic) else "checked_on"
        days.append(((name,), getattr(page, name)))
    days += [(("sources", at, "seen"), source.seen) for at, source in enumerate(page.sources)]
    for where, day in days:
        if day > today:
            yield fields.line(where), f'"{where[-1]}" is in the future: {day}. Correct the day.'


def _links(shelf: Shelf, topic: Topic, fields: Fields) -> Iterator[Fault]:
    if len(topic.related) > PAGE:
        fault = f'"related" has {len(topic.related)} topics, {PAGE} are shown. Take some away.'
        yield fields.line(("related", PAGE)), fault
    for name, kind in (("contacts", "contact"), ("related", "topic")):
        for at, slug in enumerate(getattr(topic, name)):
            if (kind, slug) not in shelf.known:
                hint = _meant(slug, shelf.slugs(kind), "It is left out.")
                yield fields.line((name, at)), f'there is no {kind} "{slug}". {hint}'
    if MENU not in shelf.faulty and topic.category not in shelf.categories:
        hint = _meant(topic.category, [*shelf.categories], f"{MENU} has them all.")
        yield fields.line(("category",)), f'there is no category "{topic.category}". {hint}'


def _meant(word: str, words: list[str], otherwise: str) -> str:
    close = get_close_matches(word, words, n=1)
    return f'Did you mean "{close[0]}"?' if close else otherwise


def _phrases_elsewhere(topic: Topic, fields: Fields, asked: dict[str, str]) -> Iterator[Fault]:
    """Search could not tell the two topics apart."""
    for at, phrase in enumerate(topic.phrases):
        first = asked.setdefault(fold(phrase), topic.path)
        if first != topic.path:
            yield (
                fields.line(("phrases", at)),
                f'"{phrase}" is a phrase of {first}. Keep it in one.',
            )


def _categories(shelf: Shelf, topics: Mapping[str, Topic]) -> Iterator[Category]:
    """Behind each door its topics, in their order; an empty door is not there."""
    for id, (category, _) in shelf.categories.items():
        inside = [topic for topic in topics.values() if topic.category == id]
        slugs = [topic.slug for topic in sorted(inside, key=lambda each: (each.order, each.slug))]
        if slugs:
            yield replace(category, topics=tuple(slugs))


def _too_far(shelf: Shelf, catalogue: Catalogue) -> Iterator[Fault]:
    away = taps(catalogue)
    for door in catalogue.categories:
        far = [slug for slug in door.topics if away[slug] > FARTHEST]
        if far:
            _, line = shelf.categories[door.id]
            fault = f'"{door.id}": {FARTHEST} taps do not lead to {", ".join(far)}.'
            yield line, f"{fault} Move a topic elsewhere, or this door further up."
