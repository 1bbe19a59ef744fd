"""What a translator is told beyond what would break: spelling, agreed words, words that collide.

Nothing of it withholds a text: she reads it all the same. So it is for who edits, in plain Spanish,
and each remark can be accepted with a reason (bot/acceptance.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import content, glossary, keywords, languages, orthography, translations
from bot.acceptance import Remark, left
from bot.content import Content
from bot.coverage import ANY_DAY, entries
from bot.dialogue.phrases import PHRASES
from bot.frontmatter import Mistake
from bot.glossary import Glossary
from bot.languages import SPANISH
from bot.orthography import Loans
from bot.po import Entry
from bot.proofread import is_danger, is_list

__all__ = ["check"]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the entries are held against. `fallback`: the languages that follow each one."""

    spanish: Mapping[str, str]
    glossary: Glossary
    loans: Loans
    fallback: Mapping[str, tuple[str, ...]]
    collisions: Mapping[tuple[str, str], tuple[Remark, ...]]  # language, key -> what collides


def check(content_dir: Path, locales_dir: Path) -> list[Mistake]:
    """All at once, in the order of files and lines. What is stale or missing is no matter here."""
    loaded = content.load(content_dir, ANY_DAY)
    files = translations.read(locales_dir)
    root = locales_dir.name
    spanish = {**{phrase.key: phrase.text for phrase in PHRASES}, **loaded.texts}
    current = [
        (tag, path, entry)
        for tag, path, entry in entries(files, root)
        if entry.text and not entry.fuzzy and entry.spanish == spanish.get(entry.key)
    ]
    spoken, _ = languages.read(files, root)
    tags = [each.tag for each in spoken if each.tag != SPANISH]
    agreed, mistakes = _glossary(locales_dir, tags)
    known = _Known(
        spanish,
        agreed,
        Loans(_spanish_read(spanish, loaded), agreed.loans()),
        {each.tag: (each.tag, *each.fallback) for each in spoken},
        _collisions(spanish, current, tags),
    )
    found = {
        Mistake(path, entry.line, _said(entry.key, remark))
        for tag, path, entry in current
        for remark in left(entry.comments, _remarks(tag, entry, known))
    }
    return sorted({*mistakes, *found})


def _glossary(locales_dir: Path, tags: list[str]) -> tuple[Glossary, tuple[Mistake, ...]]:
    path = locales_dir / glossary.NAME
    try:
        files = {glossary.NAME: path.read_bytes()}
    except FileNotFoundError:
        files = {}
    except OSError:
        return glossary.read({glossary.NAME: None}, locales_dir.name, tags)
    return glossary.read(files, locales_dir.name, tags)


def _spanish_read(spanish: Mapping[str, str], loaded: Content) -> Iterator[str]:
    """What she reads; how women ask is left out, for it is written in any spelling. And the names
    of whom she is sent to: they stand in the texts, and nobody translates them."""
    yield from (text for key, text in spanish.items() if not is_list(key))
    yield from (contact.name for contact in loaded.catalogue.contacts.values())


def _remarks(tag: str, entry: Entry, known: _Known) -> Iterator[Remark]:
    yield from known.collisions.get((tag, entry.key), ())
    if is_danger(entry.key) and is_list(entry.key) and not entry.reviewed:
        what = "nadie que hable esta lengua ha revisado estas frases, y ya cuentan."
        yield Remark("danger", "", what)
    if not is_list(entry.key):
        # What she may type is written as she writes, in every spelling.
        yield from orthography.remarks(entry.text, tag, known.loans)
        yield from known.glossary.remarks(entry.spanish, entry.text, known.fallback[tag])


def _collisions(
    spanish: Mapping[str, str], current: list[tuple[str, str, Entry]], tags: list[str]
) -> dict[tuple[str, str], tuple[Remark, ...]]:
    texts: dict[str, dict[str, str]] = {SPANISH: dict(spanish)}
    for tag, _, entry in current:
        texts.setdefault(tag, {})[entry.key] = entry.text
    found: dict[tuple[str, str], tuple[Remark, ...]] = {}
    for tag in texts.keys() & set(tags):
        for key, words, other in keywords.collisions(texts, tag):
            what = f"«{words}» es también «{other.key}» ({other.language}): pide dos cosas."
            remark = Remark("collision", words, f"{what} Quítala de un lado.")
            found[tag, key] = (*found.get((tag, key), ()), remark)
    return found


def _said(key: str, remark: Remark) -> str:
    return f'"{key}": {remark.text}' + (f" [{remark.rule}]" if remark.rule else "")
