"""How far the translations are, language by language and door by door."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from json import dumps
from pathlib import Path
from typing import Literal

from bot import content, languages, po, translations
from bot.content import Content
from bot.dialogue.phrases import PHRASES
from bot.frontmatter import Unreadable
from bot.proofread import verdict
from bot.translations import FOR_HER, files_of, po_path
from bot.web.words import CONSOLE

ANY_DAY = date.min  # texts are the same on all days
Stage = Literal["reviewed", "draft", "stale", "missing", "broken"]
Recorded = Literal["made", "stale", "missing"]
# (language, slug of a topic) -> what there is to listen to.
Recordings = Callable[[str, str], Recorded]
_HEADS = {
    "language": "idioma", "category": "sección", "total": "textos", "reviewed": "revisados",
    "draft": "borradores", "stale": "antiguos", "missing": "faltan", "broken": "con error",
}  # fmt: skip
_LEGEND = (
    "Antiguos: el castellano cambió. Con error: no pasan «willaq locales check» y ella lee "
    "castellano."
)
_AUDIO: Mapping[Recorded, str] = {
    "made": "grabados",
    "stale": "por regrabar",
    "missing": "sin grabar",
}


@dataclass(frozen=True, slots=True)
class State:
    """How far one text is in one language. `reviewed` says by whom and when."""

    language: str
    category: str
    key: str
    stage: Stage
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """`last` is the day of the newest of so many."""

    by: str
    texts: int
    last: str


@dataclass(frozen=True, slots=True)
class Row:
    """One language in one category: a door of the menu, else the folder of the files; "bot" and
    "console" are what the program itself says, to her and to staff.

    total = translated + stale + missing + broken; translated = reviewed + draft. Stale: of a
    Spanish text that has changed. Broken: fails a check, or the whole file. `audio` counts topics;
    None where nobody asked for it.
    """

    language: str
    category: str
    total: int
    translated: int = 0
    reviewed: int = 0
    draft: int = 0
    stale: int = 0
    missing: int = 0
    broken: int = 0
    reviews: tuple[Review, ...] = ()
    audio: Mapping[Recorded, int] | None = None


def status(content_dir: Path, locales_dir: Path, recordings: Recordings | None = None) -> list[Row]:
    loaded = content.load(content_dir, ANY_DAY)
    return rows(loaded, translations.read(locales_dir), recordings)


def rows(
    loaded: Content,
    files: Mapping[str, bytes | None],
    recordings: Recordings | None = None,
) -> list[Row]:
    """Of each language but Spanish, category by category as she meets them."""
    found = []
    each_text = states(loaded, files)
    for (language, category), group in groupby(
        each_text, key=lambda each: (each.language, each.category)
    ):
        slugs = [
            topic.slug for topic in loaded.catalogue.topics.values() if topic.category == category
        ]
        audio = None
        if recordings:
            audio = dict(Counter(recordings(language, slug) for slug in slugs))
        found.append(_row(language, category, [*group], audio))
    return found


def states(loaded: Content, files: Mapping[str, bytes | None]) -> list[State]:
    """Of every text in every language but Spanish: by language, then category."""
    source = sources(loaded.texts)
    categories = dict(_categories(loaded))
    order = [*dict.fromkeys(("bot", *categories.values(), "console"))]
    spoken, _ = languages.read(files, "locales")
    found: list[State] = []
    for language in spoken:
        hers = [
            state
            for name in files_of(language)
            for state in _states(language.tag, name, files, source[name], categories)
        ]
        found += sorted(hers, key=lambda each: order.index(each.category))
    return found


def sources(texts: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """The Spanish texts by the name of their .po file; `texts` are the content's."""
    return {
        "bot": {phrase.key: phrase.text for phrase in PHRASES},
        "content": texts,
        "console": {phrase.key: phrase.text for phrase in CONSOLE},
    }


def best_entries(path: str, data: bytes | None, source: Mapping[str, str]) -> dict[str, po.Entry]:
    """Of each text that has one, the entry that comes nearest to today's Spanish.

    Raises Unreadable for a file that cannot be read as a whole.
    """
    best: dict[str, po.Entry] = {}
    entries = po.read(path, data).entries
    for entry in sorted(entries, key=lambda entry: entry.spanish != source.get(entry.key)):
        if entry.text and entry.key in source:
            best.setdefault(entry.key, entry)
    return best


def entries(files: Mapping[str, bytes | None], root: str) -> Iterator[tuple[str, str, po.Entry]]:
    """(language, path, entry) of what she reads, in all files that can be read: `extract.check`
    names the others."""
    spoken, _ = languages.read(files, root)
    for language in spoken:
        for name in FOR_HER:
            path = po_path(language.tag, name)
            if language.tag == languages.SPANISH or path not in files:
                continue
            try:
                read = po.read(f"{root}/{path}", files[path])
            except Unreadable:
                continue
            yield from ((language.tag, read.path, entry) for entry in read.entries)


def as_json(rows: Sequence[Row]) -> str:
    return dumps([asdict(row) for row in rows], ensure_ascii=False)


def as_table(rows: Sequence[Row]) -> Iterator[str]:
    """For translators, and so in Spanish: one line a category, and who reviewed what."""
    with_audio = any(row.audio is not None for row in rows)
    heads = [*_HEADS.values(), *(_AUDIO.values() if with_audio else ())]
    table = [heads, *(_cells(row, with_audio) for row in (*rows, *_sums(rows)))]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join(padded).rstrip()
    for tag in dict.fromkeys(row.language for row in rows):
        for each in _together(row for row in rows if row.language == tag):
            yield f"{tag}: {each.by} revisó {each.texts}; lo último, el {each.last}."
    yield _LEGEND


def _categories(loaded: Content) -> Iterator[tuple[str, str]]:
    """Key -> category; first the doors as she sees them, then what is behind none."""
    behind = {topic.path: topic.category for topic in loaded.catalogue.topics.values()}
    doors = [door.id for door in loaded.catalogue.categories]

    def place(path: str) -> tuple[int, str]:
        category = behind.get(path, "")
        return (doors.index(category) if category in doors else len(doors)), path

    keys: dict[str, list[str]] = {}
    for key in loaded.texts:
        keys.setdefault(key.partition("#")[0], []).append(key)
    for path in sorted(keys, key=place):
        folder = path.partition("/")[0].removesuffix(".toml")
        yield from ((key, behind.get(path, folder)) for key in keys[path])


def _states(
    tag: str,
    name: str,
    files: Mapping[str, bytes | None],
    source: Mapping[str, str],
    categories: Mapping[str, str],
) -> Iterator[State]:
    path = po_path(tag, name)
    best: Mapping[str, po.Entry] | None = {}
    if path in files:
        try:
            best = best_entries(path, files[path], source)
        except Unreadable:
            best = None
    for key in source:
        entry = best.get(key) if best is not None else None
        stage: Stage = "missing" if best is not None else "broken"
        if entry:
            stage = verdict(entry, source[key])[0]
        by = entry.reviewed if entry and stage == "reviewed" else ""
        yield State(tag, categories[key] if name == "content" else name, key, stage, by)


def _row(
    language: str,
    category: str,
    states: Sequence[State],
    audio: Mapping[Recorded, int] | None,
) -> Row:
    count = Counter(state.stage for state in states)
    reviews = [each.reviewed.rpartition(", ") for each in states if each.reviewed]
    return Row(
        language,
        category,
        len(states),
        translated=count["reviewed"] + count["draft"],
        **{stage: count[stage] for stage in ("reviewed", "draft", "stale", "missing", "broken")},
        reviews=_by_name(Review(by, 1, day) for by, _, day in reviews),
        audio=audio,
    )


def _by_name(reviews: Iterable[Review]) -> tuple[Review, ...]:
    found: dict[str, Review] = {}
    for each in reviews:
        before = found.get(each.by, Review(each.by, 0, ""))
        last = max(before.last, each.last)
        found[each.by] = Review(each.by, before.texts + each.texts, last)
    return tuple(sorted(found.values(), key=lambda each: each.by))


def _together(rows: Iterable[Row]) -> tuple[Review, ...]:
    return _by_name(review for row in rows for review in row.reviews)


def _sums(rows: Sequence[Row]) -> Iterator[Row]:
    counts = ("total", "translated", "reviewed", "draft", "stale", "missing", "broken")
    for tag in dict.fromkeys(row.language for row in rows):
        hers = [row for row in rows if row.language == tag]
        audio = Counter[Recorded]()
        for row in hers:
            audio.update(row.audio or {})
        sums = {name: sum(getattr(row, name) for row in hers) for name in counts}
        yield Row(tag, "todo", **sums, audio=audio)


def _cells(row: Row, with_audio: bool) -> list[str]:
    cells = [str(getattr(row, name)) for name in _HEADS]
    audio = Counter(row.audio or {})
    return cells + [str(audio[each]) for each in _AUDIO if with_audio]
