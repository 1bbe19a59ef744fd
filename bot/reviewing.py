"""Write above translations that a speaker has read them and by whom: all that was asked, or none.

What she would not see as it is (nothing there, old, with a mistake in it) cannot be reviewed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from bot import content, po, po_edit, po_update
from bot.coverage import ANY_DAY, best_entries, sources
from bot.frontmatter import Mistake, Unreadable, decode
from bot.po_edit import Change
from bot.proofread import is_list, verdict
from bot.translations import po_path

_NAME = re.compile(r"[^\W\d_][^\n,:#]{0,59}")


class Refused(Exception):
    """Nothing was changed; `mistakes` say why and what to do."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class _File:
    """One .po file with its Spanish texts; `path` is how mistakes call it."""

    path: str
    file: Path
    source: Mapping[str, str]


def review(
    content_dir: Path, locales_dir: Path, language: str, what: str, by: str, today: date
) -> tuple[str, ...]:
    """`what`: a key, or a page by its path or slug; where a contact has the slug of a topic, the
    topic. Returns the keys. Raises Refused."""
    loaded = content.load(content_dir, ANY_DAY)
    if not _NAME.fullmatch(by) or by != by.strip():
        raise Refused(Mistake("--by", 1, "es un nombre: letras, sin comas ni dos puntos."))
    found = sources(loaded.texts)
    name = next((name for name, source in found.items() if what in source), "content")
    source = found[name]
    wanted = [key for key in source if what in (key, *_pages(key))]
    if topic := loaded.catalogue.topics.get(what):
        # Who read the topic, or its preview, has not read the page of the contact.
        wanted = [key for key in wanted if key.startswith(f"{topic.path}#")]
    if not wanted:
        fault = f'no hay ningún texto ni tema "{what}". Mira el msgctxt en el archivo .po.'
        raise Refused(Mistake(what, 1, fault))
    path = po_path(language, name)
    whole = _File(f"{locales_dir.name}/{path}", locales_dir / path, source)
    return _reviewed(whole, wanted, f"reviewed: {by}, {today}")


def _reviewed(whole: _File, wanted: list[str], status: str) -> tuple[str, ...]:
    if not whole.file.is_file():
        fault = "no existe. Para empezar un idioma: willaq locales add."
        raise Refused(Mistake(whole.path, 1, fault))
    data = whole.file.read_bytes()
    try:
        best = best_entries(whole.path, data, whole.source)
    except Unreadable as error:
        raise Refused(error.mistake) from None
    # What women may type is never shown: it may be missing, and then there is nothing to review.
    keys = [key for key in wanted if key in best or not is_list(key) or len(wanted) == 1]
    mistakes = [fault for key in keys for fault in _why_not(whole, key, best.get(key))]
    if mistakes:
        raise Refused(*mistakes)
    changes = {(key, whole.source[key]): Change(status) for key in keys}
    po_update.write(whole.file, po_edit.edited(decode(whole.path, data), changes), data)
    return tuple(keys)


def _why_not(whole: _File, key: str, entry: po.Entry | None) -> Iterator[Mistake]:
    if entry is None:
        yield Mistake(whole.path, 1, f'"{key}" no está traducido. Tradúcelo primero.')
        return
    found, faults = verdict(entry, whole.source[key])
    if found == "stale":
        fault = "es de un castellano anterior o tiene «fuzzy». Corrígelo y quita la línea «fuzzy»."
        yield Mistake(whole.path, entry.line, f'"{key}" {fault}')
    yield from (Mistake(whole.path, entry.line, f'"{key}": {fault}') for fault in faults)


def _pages(key: str) -> tuple[str, str]:
    path, found, _ = key.partition("#")
    return (path, PurePosixPath(path).stem) if found else ("", "")
