"""From what was typed after `willaq announce new` to an announcement: all mistakes at once.

Rule 1: what looks like the name of a file is never sent as a text. A name with a typing error in it
would go to thousands of women.
Rule 2: with a mistake anywhere nothing is kept, the attachment neither.
"""

import argparse
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot import uploads
from bot.broadcasts import Broadcasts
from bot.dialogue.announcing import Audience, Composition
from bot.dialogue.attachments import File
from bot.dialogue.regions import meant
from bot.dialogue.turn import Line, say

_OPTIONS: Final = {
    "texts": "text", "channels": "channel", "languages": "language", "regions": "region",
    "start_at": "at", "expires_after_s": "expires", "attachment": "attach",
}  # fmt: skip
_LOOKS_LIKE_A_FILE: Final = re.compile(r"\S*[/\\]\S*|\S+\.(txt|md|text|docx?|odt|rtf)", re.I)
_LONGEST_BYTES: Final = 100_000  # far more than any message; less than a mistaken file


class Mistaken(Exception):
    """Nothing was kept; `mistakes` say what to do, each with its option."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def composed(
    asked: argparse.Namespace,
    broadcasts: Broadcasts,
    folder: Path,
    editions: Callable[[], Collection[str]],
    said: Callable[[Line], str],
) -> Composition:
    """With its attachment kept in `folder`. Raises Mistaken and OSError."""
    mistakes: list[str] = []
    texts = _texts(asked.text, mistakes)
    if asked.edition and asked.edition not in editions():
        known = ", ".join(sorted(editions())) or "ninguna"
        mistakes.append(f"--edition: no hay ninguna «{asked.edition}». Hay: {known}.")
    data, name = _attached(asked.attach, mistakes)
    what = Composition(
        asked.title.strip(), texts,
        Audience(
            tuple(asked.channel), tuple(asked.language),
            tuple(meant(each) or each for each in asked.region), asked.edition,
        ),
        None, asked.at, asked.repeat, asked.expires, not asked.no_canary,
    )  # fmt: skip
    if data is not None:
        with TemporaryDirectory() as elsewhere:
            what = replace(what, attachment=_kept(Path(elsewhere), data, name, said, mistakes))
    mistakes += _faults(broadcasts, what, said, has_mistaken_texts=len(texts) < len(asked.text))
    if mistakes:
        raise Mistaken(mistakes)
    if data is not None:
        what = replace(what, attachment=uploads.keep(folder, data, name))
    return what


def _faults(
    broadcasts: Broadcasts, what: Composition, said: Callable[[Line], str], *,
    has_mistaken_texts: bool,
) -> Iterator[str]:  # fmt: skip
    for fault in broadcasts.faults(what):
        field, _, language = fault.field.partition(".")
        # Of the attachment all is said; where it will be kept there is nothing yet.
        if field != "attachment" and not (field == "texts" and has_mistaken_texts):
            option = f"--{_OPTIONS.get(field, field)}{f' {language}' if language else ''}"
            yield f"{option}: {said(fault.line)}"


def _texts(given: list[tuple[str, str]], mistakes: list[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for language, value in given:
        if language in texts:
            mistakes.append(f"--text {language}: está dos veces. Deja uno.")
        try:
            texts[language] = _text(value).strip()
        except OSError as error:
            mistakes.append(f"--text {language}: {value}: no se puede leer ({error.strerror}).")
        except ValueError as error:
            mistakes.append(f"--text {language}: {value}: {error}")
    return texts


def _text(value: str) -> str:
    """What the file of this name says, or the words themselves. Raises OSError and ValueError."""
    if "\n" in value or len(value) > 255 or not _is_file(Path(value)):
        if _LOOKS_LIKE_A_FILE.fullmatch(value):
            raise ValueError("no hay ese archivo. Revisa el nombre.")
        return value
    data = Path(value).read_bytes()
    if len(data) > _LONGEST_BYTES:
        raise ValueError("es demasiado grande para ser un mensaje.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("no es texto UTF-8. Guárdalo como texto sin formato, UTF-8.") from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _attached(path: Path | None, mistakes: list[str]) -> tuple[bytes | None, str]:
    if path is None:
        return None, ""
    try:
        with path.open("rb") as file:
            return file.read(uploads.MOST_BYTES + 1), path.name
    except OSError as error:
        mistakes.append(f"--attach: {path}: no se puede leer ({error.strerror}).")
        return None, ""


def _kept(
    folder: Path, data: bytes, name: str, said: Callable[[Line], str], mistakes: list[str]
) -> File | None:
    try:
        return uploads.keep(folder, data, name)
    except uploads.NotKept as no:
        mistakes.append(f"--attach: {said(say(f'announce.wrong.{no.why}', most=str(no.most)))}")
        return None
