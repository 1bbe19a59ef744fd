"""All topics at a glance: where their facts come from and how old they are, how easy they read,
how far each language is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from json import dumps
from pathlib import Path

from bot import content, languages, po, translations
from bot.content import Content
from bot.coverage import ANY_DAY, best_entries
from bot.dialogue.catalogue import Topic
from bot.frontmatter import Unreadable
from bot.languages import SPANISH
from bot.proofread import is_list, verdict
from bot.readability import Readability, measure
from bot.translations import po_path

PARTS = ("title", "menu", "short", "steps")
# Worst first: a topic is as far as its text that is least far.
VERDICTS = {"missing": "-", "broken": "B", "stale": "S", "draft": "D", "reviewed": "R"}
LEGEND = (
    f"A language's column: {', '.join(PARTS)}, whole; "
    f"{', '.join(f'{sign} {name}' for name, sign in VERDICTS.items())}. "
    "short and steps: the lower of the two indexes of readability."
)


@dataclass(frozen=True, slots=True)
class Translated:
    """How far one language is with a topic, in the words of `VERDICTS`. `whole`: all she reads."""

    title: str
    menu: str
    short: str
    steps: str
    whole: str
    phrases: int


@dataclass(frozen=True, slots=True)
class Row:
    """One topic. `confirmed` and `likely` count its sources of confidence C and L."""

    slug: str
    category: str
    confirmed: int
    likely: int
    oldest_seen: date
    newest_seen: date
    reviewed_on: date
    reviewed_by: str
    expires_on: date
    short: Readability | None
    steps: Readability | None
    phrases: int
    translations: Mapping[str, Translated]


def rows(content_dir: Path, locales_dir: Path) -> list[Row]:
    """Door by door; of every topic without a mistake, also of those whose time is over."""
    loaded = content.load(content_dir, ANY_DAY)
    entries = dict(_entries(loaded, locales_dir))
    doors = [door.id for door in loaded.catalogue.categories]
    topics = sorted(loaded.catalogue.topics.values(), key=lambda each: _place(each, doors))
    return [_row(topic, loaded, entries) for topic in topics]


def as_json(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield dumps(asdict(row), ensure_ascii=False, default=str)


def as_table(rows: Sequence[Row]) -> Iterator[str]:
    tags = [*rows[0].translations] if rows else []
    heads = ("topic", "door", "C", "L", "oldest", "newest", "reviewed", "by", "expires",
             "short", "steps", "phrases", *tags)  # fmt: skip
    table = [heads, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join(padded).rstrip()
    yield f"{len(rows)} topics. {LEGEND}"


def _place(topic: Topic, doors: list[str]) -> tuple[int, int, str]:
    """Where she finds it; a topic of no door comes last."""
    at = doors.index(topic.category) if topic.category in doors else len(doors)
    return at, topic.order, topic.slug


def _entries(
    loaded: Content, locales_dir: Path
) -> Iterator[tuple[str, Mapping[str, po.Entry] | None]]:
    """Of each language that has a content.po; None for one that cannot be read."""
    files = translations.read(locales_dir)
    spoken, _ = languages.read(files, locales_dir.name)
    for tag in (each.tag for each in spoken if each.tag != SPANISH):
        path = po_path(tag, "content")
        if path not in files:
            continue
        try:
            yield tag, best_entries(path, files[path], loaded.texts)
        except Unreadable:
            yield tag, None


def _row(
    topic: Topic, loaded: Content, entries: Mapping[str, Mapping[str, po.Entry] | None]
) -> Row:
    seen = [source.seen for source in topic.sources]
    confirmed = sum(source.confidence == "C" for source in topic.sources)
    return Row(
        slug=topic.slug,
        category=topic.category,
        confirmed=confirmed,
        likely=len(topic.sources) - confirmed,
        oldest_seen=min(seen),
        newest_seen=max(seen),
        reviewed_on=topic.reviewed_on,
        reviewed_by=topic.reviewed_by,
        expires_on=topic.expires_on,
        short=measure(topic.sections["short"]),
        steps=measure(topic.sections["steps"]),
        phrases=len(topic.phrases),
        translations={
            tag: _translated(topic.path, loaded.texts, found) for tag, found in entries.items()
        },
    )


def _translated(
    path: str, texts: Mapping[str, str], entries: Mapping[str, po.Entry] | None
) -> Translated:
    def how_far(key: str) -> str:
        if entries is None:
            return "broken"
        return verdict(entries[key], texts[key])[0] if key in entries else "missing"

    hers = [key for key in texts if key.startswith(f"{path}#") and not is_list(key)]
    found = {key.partition("#")[2]: how_far(key) for key in hers}
    phrases = (entries or {}).get(f"{path}#phrases")
    return Translated(
        **{name: found[name] for name in PARTS},
        whole=min(found.values(), key=[*VERDICTS].index),
        phrases=len(phrases.text.splitlines()) if phrases else 0,
    )


def _cells(row: Row) -> tuple[str, ...]:
    asked = [row.phrases, *(each.phrases for each in row.translations.values())]
    return (
        row.slug,
        row.category,
        str(row.confirmed),
        str(row.likely),
        *(str(day) for day in (row.oldest_seen, row.newest_seen, row.reviewed_on)),
        row.reviewed_by or "pending",
        str(row.expires_on),
        *(f"{each.worst:.0f}" if each else "" for each in (row.short, row.steps)),
        "/".join(map(str, asked)),
        *(_signs(each) for each in row.translations.values()),
    )


def _signs(translated: Translated) -> str:
    return "".join(VERDICTS[getattr(translated, name)] for name in (*PARTS, "whole"))
