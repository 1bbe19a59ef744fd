"""How far the translations are, file by file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from bot import content, languages, po, translations
from bot.dialogue.phrases import PHRASES
from bot.frontmatter import Unreadable
from bot.proofread import verdict
from bot.translations import FOR_HER, files_of, po_path
from bot.web.words import CONSOLE

ANY_DAY = date.min  # texts are the same on all days


@dataclass(frozen=True, slots=True)
class Row:
    """How far one file is. total = translated + stale + missing + broken; translated = reviewed +
    draft. Stale: of a Spanish text that has changed. Broken: fails a check, or the whole file."""

    language: str
    file: str
    total: int
    translated: int = 0
    reviewed: int = 0
    draft: int = 0
    stale: int = 0
    missing: int = 0
    broken: int = 0

    def __str__(self) -> str:
        counts = (f"{getattr(self, each.name)} {each.name}" for each in fields(self)[2:])
        return f"{self.language} {self.file}.po: {', '.join(counts)}"


def status(content_dir: Path, locales_dir: Path) -> list[Row]:
    """A row for each file of each language but Spanish."""
    texts = content.load(content_dir, ANY_DAY).texts
    sources = {
        "bot": {phrase.key: phrase.text for phrase in PHRASES},
        "content": texts,
        "console": {phrase.key: phrase.text for phrase in CONSOLE},
    }
    files = translations.read(locales_dir)
    spoken, _ = languages.read(files, locales_dir.name)
    rows = []
    for each in spoken:
        for name in files_of(each):
            rows.append(_row(each.tag, name, files, sources[name]))
    return rows


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


def _row(tag: str, name: str, files: Mapping[str, bytes | None], source: Mapping[str, str]) -> Row:
    path, total = po_path(tag, name), len(source)
    if path not in files:
        return Row(tag, name, total, missing=total)
    try:
        best = best_entries(path, files[path], source)
    except Unreadable:
        return Row(tag, name, total, broken=total)
    counts = dict.fromkeys(("reviewed", "draft", "stale", "broken"), 0)
    for key, entry in best.items():
        counts[verdict(entry, source[key])[0]] += 1
    translated = counts["reviewed"] + counts["draft"]
    return Row(tag, name, total, translated, missing=total - len(best), **counts)
