"""Hold one translation against its Spanish: what is wrong with it, and may it be shown?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from bot.dialogue.phrases import BUTTON as SAYS_BUTTON
from bot.dialogue.phrases import PHRASES
from bot.fields import BUTTON, danger_faults
from bot.markup import faults as markup_faults
from bot.po import Entry

# "reviewed" and "draft" can be shown. "stale": empty, fuzzy, or of another Spanish text.
# "broken": it would mislead her or the program.
Verdict = Literal["reviewed", "draft", "stale", "broken"]

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
# What a law is called by: where she quotes it, nobody may doubt which one she means.
_LAW = re.compile(
    r"\bConstitución\b"
    r"|\b(?:Ley|Código|Convenio|Convención|Decreto|DL|DS|NTS|PL|RM)(?= [\dA-ZÁÉÍÓÚ])"
    r"(?: [A-ZÁÉÍÓÚ]\w+)*(?: N\.[°º])?(?: \d(?:[\w./-]*\w)?)?"
)
_STEP = re.compile(r"^\d+\. ", re.MULTILINE)
_KEPT = 16_384  # texts: those of a dozen languages
_LABELS = {phrase.key for phrase in PHRASES if phrase.note.startswith(SAYS_BUTTON)}


def is_list(key: str) -> bool:
    """Is it what she may type, one a line, in any order?"""
    return key.startswith("typed.") or key.endswith(("#phrases", "#except"))


def is_label(key: str) -> bool:
    """Does it stand on a button?"""
    return key in _LABELS or _is_menu(key)


def is_typed(key: str) -> bool:
    """Does the dialogue know it when she types it?"""
    return is_list(key) or _is_menu(key) or key.endswith("#title")


def is_danger(key: str) -> bool:
    return key.startswith("danger/")


def _is_menu(key: str) -> bool:
    return key.endswith("#menu") or (key.startswith("menu.toml#") and key.endswith(".menu"))


def fixed(spanish: str) -> tuple[str, ...]:
    """What a translation has to hold exactly as the Spanish does, in its order."""
    bare = _STEP.sub("", spanish)
    found = [
        (match.start(), match[0])
        for form in (PLACEHOLDER, _LAW, _NUMBER)
        for match in form.finditer(bare)
    ]
    return tuple(dict.fromkeys(each for _, each in sorted(found)))


def verdict(entry: Entry, spanish: str | None) -> tuple[Verdict, tuple[str, ...]]:
    """(what it is, its faults). `spanish` is today's text, None when the key is gone."""
    if entry.fuzzy or not entry.text or entry.spanish != spanish:
        return "stale", ()
    faults = _faults(entry.key, spanish, entry.text)
    if faults:
        return "broken", faults
    return ("reviewed" if entry.reviewed else "draft"), ()


@lru_cache(_KEPT)
def _faults(key: str, spanish: str, text: str) -> tuple[str, ...]:
    """Remembered: a file is read again whenever it is saved, and most of it says the same."""
    return tuple(_looked_through(key, spanish, text))


def _looked_through(key: str, spanish: str, text: str) -> Iterator[str]:
    if text != text.strip():
        yield "hay espacios antes o después. Quítalos."
    if is_list(key):
        if is_danger(key):
            yield from (fault for line in text.splitlines() for fault in danger_faults(line))
        return
    yield from _placeholder_faults(spanish, text)
    yield from _number_faults(spanish, text)
    yield from _law_faults(spanish, text)
    yield from (fault for _, fault in markup_faults(text.strip()))
    steps, wanted = len(_STEP.findall(text)), len(_STEP.findall(spanish))
    if steps != wanted:
        yield f"tiene {steps} líneas como «1. » y el castellano {wanted}. Deben ser las mismas."
    if "\n" in text.strip() and "\n" not in spanish:
        yield "el castellano está en una sola línea. Ponlo en una."
    if is_label(key) and len(text) > BUTTON:
        yield f"tiene {len(text)} letras y en un botón caben {BUTTON}. Acórtalo."


def _placeholder_faults(spanish: str, text: str) -> Iterator[str]:
    wanted, given = set(PLACEHOLDER.findall(spanish)), set(PLACEHOLDER.findall(text))
    for name in sorted(wanted - given):
        yield f"falta {{{name}}}, que se llena solo. Cópialo del castellano."
    for name in sorted(given - wanted):
        yield f"{{{name}}} no está en el castellano, y no se llenaría. Quítalo."
    if set(PLACEHOLDER.sub("", text)) & set("{}") - set(PLACEHOLDER.sub("", spanish)):
        yield "hay una { o } suelta. Compara con el castellano."


def _number_faults(spanish: str, text: str) -> Iterator[str]:
    """Numbers are what she dials, quotes or counts on."""
    wanted, given = (set(_NUMBER.findall(_STEP.sub("", each))) for each in (spanish, text))
    for number in sorted(wanted - given):
        yield f"falta el número {number}, o está escrito de otra forma. Cópialo del castellano."
    for number in sorted(given - wanted):
        yield f"el número {number} no está en el castellano. Quítalo."


def _law_faults(spanish: str, text: str) -> Iterator[str]:
    """Quechua's endings may follow: "Código Penalpi"."""
    for law in dict.fromkeys(_LAW.findall(spanish)):
        if law not in text:
            yield f"falta «{law}», o está escrito de otra forma. Cópialo del castellano."
