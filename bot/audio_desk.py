"""`willaq audio`: what translators do with recordings, in the terminal.

Rule 1: what cannot be done changes nothing, and says why and what to do.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from json import dumps
from math import ceil
from pathlib import Path
from typing import Literal

from bot import recordings
from bot.dialogue.catalogue import Catalogue
from bot.frontmatter import Mistake, Unreadable
from bot.kept import Kept
from bot.library import Library
from bot.recordings import LONGEST_NAME, Key, Recording, Recordings
from bot.settings import Settings
from bot.translations import Translations

OK, WRONG = 0, 1
State = Literal["made", "stale", "missing"]
_IN_SPANISH: dict[State, str] = {"made": "lista", "stale": "cambió el texto", "missing": "falta"}


class Refused(Exception):
    """It was not done; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A topic in one language. `stale`: there is a recording, of a text that has changed since."""

    language: str
    topic: str
    state: State
    seconds: int = 0
    bytes: int = 0
    by: str = ""
    made_on: date | None = None
    machine: bool = False
    path: str = ""


def run(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    try:
        return _DOES[asked.job](asked, settings, library_of(settings, today), today)
    except (Refused, Unreadable) as refused:
        print(f"{refused}", file=sys.stderr)
    except BrokenPipeError:
        raise  # nobody reads on: no fault of any file
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. No se cambió nada.", file=sys.stderr)
    return WRONG


def library_of(settings: Settings, today: date) -> Library:
    """With its recordings left out: they are looked at one by one."""
    folders = settings.content_dir, settings.locales_dir
    return Library(*folders, settings.drafts, lambda: today, kept=Kept(settings.kept_dir))


def _add(asked: argparse.Namespace, settings: Settings, library: Library, today: date) -> int:
    from bot.audio.convert import Unusable, converted

    key = _known(asked, library)
    by = " ".join(asked.by.split())
    if not 0 < len(by) <= LONGEST_NAME:
        raise Refused(f"--by: escribe el nombre de quien habla, hasta {LONGEST_NAME} letras.")
    try:
        voice = asyncio.run(converted(_content(asked.file)))
    except Unusable as unusable:
        raise Refused(f"{asked.file}: {unusable}") from None
    words = library.current[0].spoken[key]
    new = Recording(
        *key, "", words, ceil(voice.seconds), len(voice.sound), by, today, asked.machine
    )
    folder = settings.recordings_dir if asked.data else settings.locales_dir
    kept = recordings.keep(folder, new, voice.sound)
    print(f"{kept.path}: {_length(kept.seconds)}, {_size(kept.bytes)}.")
    if not asked.data and (settings.recordings_dir / kept.language / "audio").is_dir():
        _tell_what_goes_first(settings, key)
    return OK


def _tell_what_goes_first(settings: Settings, key: Key) -> None:
    there, _ = recordings.read(settings.recordings_dir)
    if key in there:
        print(f"Ojo: se ofrece {there[key].path}. Bórrala con: willaq audio remove {' '.join(key)}")


def _content(file: Path) -> bytes:
    from bot.audio.convert import MOST_BYTES

    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _list(asked: argparse.Namespace, settings: Settings, library: Library, today: date) -> int:
    found = [row for row in rows(settings, library) if asked.language in (None, row.language)]
    if asked.json:
        for row in found:
            print(dumps(asdict(row), ensure_ascii=False, default=str))
        return OK
    for row in found:
        if asked.all or row.state != "missing":
            print(_line(row))
    for language in dict.fromkeys(row.language for row in found):
        print(_total([row for row in found if row.language == language]))
    return OK


def _line(row: Row) -> str:
    said = f"{row.language}  {row.topic:48}  {_IN_SPANISH[row.state]:15}"
    if row.state == "missing":
        return said.rstrip()
    who = f"{row.by} (programa)" if row.machine else row.by
    return f"{said}  {_length(row.seconds):>5}  {_size(row.bytes):>6}  {who}, {row.made_on}"


def _total(found: Sequence[Row]) -> str:
    counts = {state: sum(row.state == state for row in found) for state in _IN_SPANISH}
    said = ", ".join(f"{count} {_IN_SPANISH[state]}" for state, count in counts.items())
    made = [row for row in found if row.state == "made"]
    seconds, size = sum(row.seconds for row in made), sum(row.bytes for row in made)
    return f"{found[0].language}: {said}. {_length(seconds)} en total, {_size(size)}."


def rows(settings: Settings, library: Library) -> list[Row]:
    """Every topic in every language offered, in the order of the languages and topics."""
    kept = [recordings.read(each)[0] for each in (settings.recordings_dir, settings.locales_dir)]
    spoken = library.current[0].spoken
    return [_row(key, words, kept) for key, words in spoken.items()]


def _row(key: Key, words: str, kept: Sequence[Recordings]) -> Row:
    there = [each[key] for each in kept if key in each]
    current = next((each for each in there if each.text_hash == words), None)
    shown = current or next(iter(there), None)
    if shown is None:
        return Row(*key, "missing")
    return Row(
        *key, "made" if current else "stale", shown.seconds, shown.bytes, shown.by, shown.made_on,
        shown.machine, shown.path,
    )  # fmt: skip


def _text(asked: argparse.Namespace, settings: Settings, library: Library, today: date) -> int:
    language, slug = _known(asked, library)
    catalogue, translations = library.current
    texts = recordings.aloud(catalogue.topics[slug].path, language, translations)
    print("\n\n".join(texts).replace("**", ""))
    return OK


def _remove(asked: argparse.Namespace, settings: Settings, library: Library, today: date) -> int:
    folders = (settings.recordings_dir, settings.locales_dir)
    gone = [each for each in folders if recordings.remove(each, asked.language, asked.topic)]
    if not gone:
        raise Refused(f"No hay grabación de {asked.topic} en {asked.language}.")
    print(f"Borrada de {' y '.join(f'{each.name}/' for each in gone)}.")
    return OK


def _export(asked: argparse.Namespace, settings: Settings, library: Library, today: date) -> int:
    """Copies: on a server the project's files may be replaced by the next version any day."""
    to = asked.to or settings.locales_dir
    kept, _ = recordings.read(settings.recordings_dir)
    there, _ = recordings.read(to)
    copied = 0
    for key, recording in kept.items():
        sound = settings.read_file(recording.path)
        old = there.get(key)
        is_same = old is not None and (to.parent / old.path).read_bytes() == sound
        if is_same and old is not None and old.text_hash == recording.text_hash:
            continue
        print(recordings.keep(to, recording, sound).path)
        copied += 1
    print(f"{copied} grabaciones copiadas a {to}.")
    return OK


def check(settings: Settings, today: date) -> list[Mistake]:
    """All that is wrong with recordings as they are. One of an old text is no mistake."""
    read = [recordings.read(each) for each in (settings.locales_dir, settings.recordings_dir)]
    found = [mistake for _, mistakes in read for mistake in mistakes]
    if any(kept for kept, _ in read):
        catalogue, translations = library_of(settings, today).current
        for kept, _ in read:
            found += _unknown(kept, catalogue, translations)
    return found


def _unknown(
    kept: Recordings, catalogue: Catalogue, translations: Translations
) -> Iterator[Mistake]:
    tags = {each.tag for each in translations.languages}
    for (language, slug), recording in kept.items():
        index = f"{recording.path.rpartition('/')[0]}/{recordings.INDEX}"
        if language not in tags:
            fault = f'"{language}" no es un idioma que se ofrece. Bórrala con willaq audio remove.'
            yield Mistake(index, 1, fault)
        elif slug not in catalogue.topics:
            fault = f'no hay tema "{slug}". Bórrala con: willaq audio remove {language} {slug}'
            yield Mistake(index, 1, fault)


def _known(asked: argparse.Namespace, library: Library) -> Key:
    catalogue, translations = library.current
    tags = [each.tag for each in translations.languages]
    if asked.language not in tags:
        raise Refused(f'No se ofrece el idioma "{asked.language}". Hay: {", ".join(tags)}.')
    if asked.topic not in catalogue.topics:
        close = get_close_matches(asked.topic, catalogue.topics, n=3)
        hint = f"¿Quizás {' o '.join(close)}?" if close else "Míralos con: willaq content list"
        raise Refused(f'No hay tema "{asked.topic}". {hint}')
    return asked.language, asked.topic


def _length(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _size(size: int) -> str:
    return f"{ceil(size / 1000)} kB"


_DOES: dict[str, Callable[[argparse.Namespace, Settings, Library, date], int]] = {
    "add": _add,
    "list": _list,
    "text": _text,
    "remove": _remove,
    "export": _export,
}
