"""Recordings of topics: <folder>/<language>/audio/<slug>.ogg and what index.toml says of them.

What is read aloud is what a woman reads first: title, short answer, steps. The recording keeps a
hash of it, in its language; once the text says something else, the recording is old and nobody is
offered it.

Rule 1: a recording without a row, a row without its file, or with another file: is not there.
Rule 2: the sound is on disk before its row is, and the row goes before the sound.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from json import dumps
from pathlib import Path
from typing import Any

from bot import fields as forms
from bot.dialogue.catalogue import Catalogue, Sound
from bot.dialogue.recording import ALOUD
from bot.dialogue.turn import Line
from bot.fields import Fault, Form, Text
from bot.frontmatter import Mistake, Unreadable, Where, read_fields
from bot.putting import held, put
from bot.translations import Translations

INDEX = "index.toml"
LONGEST_NAME = 60
_MARKUP = re.compile(r"\*\*")
_HEAD = "# Grabaciones de los temas. Lo escribe `willaq audio`; los sonidos están al lado.\n"

Key = tuple[str, str]  # language, slug of the topic


@dataclass(frozen=True, slots=True)
class Recording:
    """`path` is the sound's, as she is sent it ("locales/quy/audio/linea-100.ogg"). `machine`: a
    program spoke, and she is told. `seconds` are rounded up."""

    language: str
    slug: str
    path: str
    text_hash: str
    seconds: int
    bytes: int
    by: str
    made_on: date
    machine: bool = False


Recordings = Mapping[Key, Recording]


@dataclass(frozen=True, slots=True)
class _YesNo:
    needed: bool = True

    def faults(self, value: Any, at: Where) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield at, f"{at[-1]} debe ser true o false, sin comillas."


_FORM: Form = {
    "file": Text(form=r"[a-z0-9]+(-[a-z0-9]+)*\.ogg", example="linea-100.ogg"),
    "text_hash": Text(form=r"[0-9a-f]{16}", example="0123456789abcdef"),
    "seconds": forms.Number(),
    "bytes": forms.Number(),
    "by": Text(most=LONGEST_NAME),
    "made_on": forms.Day(),
    "machine": _YesNo(),
}


def text_hash(texts: Iterable[str]) -> str:
    """Of the texts that are read aloud, in their order. What is not heard (bold, blanks, where a
    line ends) does not count."""
    heard = (" ".join(_MARKUP.sub("", text).split()) for text in texts)
    whole = unicodedata.normalize("NFC", "\n".join(heard))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def spoken(catalogue: Catalogue, translations: Translations) -> dict[Key, str]:
    """The hash of what would be read aloud today: of every topic, in every language offered. Where
    she would read Spanish for want of a translation, that is what it is of."""
    return {
        (language.tag, slug): text_hash(aloud(path, language.tag, translations))
        for language in catalogue.languages
        for slug, path in ((slug, topic.path) for slug, topic in catalogue.topics.items())
    }


def aloud(path: str, language: str, translations: Translations) -> list[str]:
    """What a recording of the topic at `path` says."""
    return [translations.say(Line(f"{path}#{name}"), language)[0] for name in ALOUD]


def offered(
    kept: Sequence[Recordings], today: Mapping[Key, str], translations: Translations
) -> dict[Key, Sound]:
    """What she can listen to, by the language she reads. `kept`: from the folder that goes first.

    First a recording of the very words she reads, whichever language they come from; else one of
    what her language falls back to, and then it says which language that is.
    """
    found: dict[Key, Sound] = {}
    for (language, slug), words in today.items():
        chain = (language, *translations.fallbacks.get(language, ()))
        current = [
            (each, tag)
            for tag in chain
            if (each := _current(kept, (tag, slug), today.get((tag, slug), "")))
        ]
        hers = [each for each, _ in current if each.text_hash == words]
        if hers:
            found[language, slug] = _sound(hers[0], language)
        elif current:
            found[language, slug] = _sound(*current[0])
    return found


def _current(kept: Sequence[Recordings], key: Key, words: str) -> Recording | None:
    there = (each[key] for each in kept if key in each)
    return next((each for each in there if each.text_hash == words), None)


def _sound(recording: Recording, language: str) -> Sound:
    return Sound(recording.path, language, recording.seconds, recording.machine)


def read(folder: Path) -> tuple[dict[Key, Recording], tuple[Mistake, ...]]:
    """Never raises for what the files say."""
    found: dict[Key, Recording] = {}
    mistakes: list[Mistake] = []
    for audio in sorted(folder.glob("*/audio")):
        rows, faults = _read_one(folder, audio)
        found |= rows
        mistakes += faults
    return found, tuple(mistakes)


def _read_one(folder: Path, audio: Path) -> tuple[dict[Key, Recording], list[Mistake]]:
    name = _name(folder, audio)
    language = audio.parent.name
    sounds = {each.name: each.stat().st_size for each in sorted(audio.glob("*.ogg"))}
    try:
        rows, mistakes = _rows(f"{name}/{INDEX}", audio / INDEX)
    except Unreadable as error:
        return {}, [error.mistake]
    found: dict[Key, Recording] = {}
    for slug, (values, line) in rows.items():
        size = sounds.pop(values["file"], None)
        if size != values["bytes"]:
            what = "no está" if size is None else f"no es el que se grabó ({size} bytes)"
            fault = f'el sonido {values["file"]} {what}. Graba otra vez, o quita la fila "{slug}".'
            mistakes.append(Mistake(f"{name}/{INDEX}", line, fault))
            continue
        rest = {field: value for field, value in values.items() if field != "file"}
        path = f"{name}/{values['file']}"
        found[language, slug] = Recording(language=language, slug=slug, path=path, **rest)
    for extra in sounds:
        fault = f"no está en {INDEX}. Agrégalo con: willaq audio add {language} TEMA {extra}"
        mistakes.append(Mistake(f"{name}/{extra}", 1, fault))
    return found, mistakes


def _rows(path: str, file: Path) -> tuple[dict[str, tuple[dict[str, Any], int]], list[Mistake]]:
    """The good rows with their lines, and what is wrong with the others. Raises Unreadable."""
    try:
        data: bytes | None = file.read_bytes()
    except FileNotFoundError:
        return {}, []
    except OSError:
        data = None
    fields = read_fields(path, data)
    rows: dict[str, tuple[dict[str, Any], int]] = {}
    mistakes: list[Mistake] = []
    for slug, values in fields.values.items():
        line = fields.line((slug,))
        if not isinstance(values, dict):
            mistakes.append(Mistake(path, line, f'"{slug}" debe ser una tabla: [{slug}].'))
            continue
        faults = list(forms.faults(_FORM, values, (slug,)))
        mistakes += [Mistake(path, fields.line(at), text) for at, text in faults]
        if not faults:
            rows[slug] = (values, line)
    return rows, mistakes


def keep(folder: Path, recording: Recording, sound: bytes) -> Recording:
    """In place of the one there may be. Raises OSError, and Unreadable for an index with mistakes:
    writing it anew would lose what it means."""
    audio = folder / recording.language / "audio"
    with held(audio):
        rows = _good_rows(folder, audio)
        kept = replace(recording, path=f"{_name(folder, audio)}/{recording.slug}.ogg")
        put(audio / f"{kept.slug}.ogg", sound)
        put(audio / INDEX, _written({**rows, kept.slug: _row(kept)}))
    return kept


def remove(folder: Path, language: str, slug: str) -> bool:
    """False: there is none. Raises OSError and Unreadable, as `keep` does."""
    audio = folder / language / "audio"
    if not audio.is_dir():
        return False
    with held(audio):
        rows = _good_rows(folder, audio)
        row = rows.pop(slug, None)
        if row is None:
            return False
        if rows:
            put(audio / INDEX, _written(rows))
        else:
            (audio / INDEX).unlink()
        (audio / row["file"]).unlink(missing_ok=True)
    return True


def _good_rows(folder: Path, audio: Path) -> dict[str, dict[str, Any]]:
    rows, mistakes = _rows(f"{_name(folder, audio)}/{INDEX}", audio / INDEX)
    if mistakes:
        raise Unreadable(mistakes[0])
    return {slug: values for slug, (values, _) in rows.items()}


def _row(recording: Recording) -> dict[str, Any]:
    values = {name: getattr(recording, name) for name in _FORM if name != "file"}
    return {"file": f"{recording.slug}.ogg", **values}


def _written(rows: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The same rows always give the same bytes."""
    tables = [
        "\n".join([f"\n[{slug}]", *(f"{name} = {_toml(rows[slug][name])}" for name in _FORM)])
        for slug in sorted(rows)
    ]
    return ("\n".join([_HEAD.rstrip("\n"), *tables]) + "\n").encode()


def _toml(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else dumps(value, ensure_ascii=False)


def _name(folder: Path, audio: Path) -> str:
    return f"{folder.name}/{audio.relative_to(folder).as_posix()}"
