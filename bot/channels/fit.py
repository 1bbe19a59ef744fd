"""Make a message fit a channel: its markup, its lengths, its buttons. Nothing is lost.

Lengths are counted in UTF-16 units of the finished text, tags and escapes with it: Telegram counts
in these units without the tags, so this is never too long for anybody.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Final

from bot.channels.base import Bubble, Limits
from bot.dialogue.turn import Message

Button = tuple[str, str]  # id, label

SHORT: Final = 16  # letters that can still be read when two buttons share a row
WAYS_OUT: Final = frozenset({"menu", "help", "lang", "exit"})  # on every screen, below the rest
_IN_A_ROW: Final = 3
_ELLIPSIS: Final = "…"

# WhatsApp's markup will be one more row: ("*", "*"), nothing escaped.
_BOLD: Final = {"html": ("<b>", "</b>"), "plain": ("", "")}

_STRONG = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*")
_BULLET = re.compile(r"^( *)- ", re.MULTILINE)
# Where to cut, best first: between paragraphs, lines, sentences, words.
_CUTS = tuple(
    re.compile(cut)
    for cut in (r"\n\s*\n", r"\n", r"(?:(?<=[.!?…:;])|(?<=[.!?…:;][\"”»)]))\s+", r"\s+")
)
_JOINER, _TAG_END = "\u200d", "\U000e007f"


@dataclass(frozen=True, slots=True)
class _Plain:
    """The words without their markup; `is_bold` says it of each character."""

    words: str
    is_bold: Sequence[bool]


def fit(message: Message, limits: Limits) -> tuple[Bubble, ...]:
    """The message as bubbles of the channel; the buttons are below the last one."""
    text, choices = message.text.strip(), message.choices
    if len(choices) > limits.choices:
        text, choices = f"{text}\n\n{_numbered(choices)}".strip(), ()
    pieces = _pieces(text, limits)
    rows = _rows(choices, limits)
    if rows and not pieces:
        pieces = [_ELLIPSIS]  # no platform takes buttons without any text
    last = len(pieces) - 1
    return tuple(
        Bubble(piece, rows if at == last else (), message.language)
        for at, piece in enumerate(pieces)
    )


def length(text: str) -> int:
    """In UTF-16 units, as Telegram counts: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _numbered(choices: Sequence[Button]) -> str:
    """For a channel without buttons (or with too few): she types the number."""
    return "\n".join(f"{number}. {label}" for number, (_, label) in enumerate(choices, start=1))


def _pieces(text: str, limits: Limits) -> list[str]:
    before, after = _BOLD[limits.markup]
    # What follows takes twenty times as long, and nearly every message fits.
    whole = _STRONG.sub(rf"{before}\1{after}", _escaped(_BULLET.sub(r"\1• ", text), limits))
    if length(whole) <= limits.text:
        return [whole] if whole else []
    return [_render(piece, limits) for piece in _split(_parse(text), limits)]


def _parse(text: str) -> _Plain:
    text = _BULLET.sub(r"\1• ", text)
    words: list[str] = []
    is_bold: list[bool] = []
    # With one group in the pattern, what is bold is at every odd place.
    for at, part in enumerate(_STRONG.split(text)):
        words.append(part)
        is_bold += [at % 2 == 1] * len(part)
    return _Plain("".join(words), is_bold)


def _render(plain: _Plain, limits: Limits) -> str:
    before, after = _BOLD[limits.markup]
    rendered = ""
    for bold, run in groupby(zip(plain.words, plain.is_bold, strict=True), lambda each: each[1]):
        text = "".join(_escaped(character, limits) for character, _ in run)
        rendered += f"{before}{text}{after}" if bold else text
    return rendered


def _escaped(text: str, limits: Limits) -> str:
    return escape(text, quote=False) if limits.markup == "html" else text


def _split(plain: _Plain, limits: Limits) -> Iterator[_Plain]:
    while plain.words:
        most = _how_many_fit(plain, limits)
        end = most if most == len(plain.words) else _cut(plain.words, most)
        yield _part(plain, 0, len(plain.words[:end].rstrip()))
        rest = plain.words[end:]
        plain = _part(plain, end + len(rest) - len(rest.lstrip()), len(plain.words))


def _part(plain: _Plain, start: int, end: int) -> _Plain:
    return _Plain(plain.words[start:end], plain.is_bold[start:end])


def _how_many_fit(plain: _Plain, limits: Limits) -> int:
    """Characters, from the first on."""
    tags = sum(map(length, _BOLD[limits.markup]))
    used = 0
    was_bold = False
    for at, (character, bold) in enumerate(zip(plain.words, plain.is_bold, strict=True)):
        used += length(_escaped(character, limits))
        if bold and not was_bold:
            used += tags
        if used > limits.text:
            return at
        was_bold = bold
    return len(plain.words)


def _cut(words: str, most: int) -> int:
    """Where to end the bubble: the best place that leaves it at least half full, or any."""
    for least in (most // 2, 1):
        for cut in _CUTS:
            places = [found.start() for found in cut.finditer(words, 0, most + 2)]
            good = [place for place in places if least <= place <= most]
            if good:
                return good[-1]
    # One word longer than a whole message: nothing better than between two letters of it.
    return _whole_letters(words, most)


def _whole_letters(words: str, most: int) -> int:
    """The last place up to `most` that is inside no letter with its accents and in no emoji."""
    end = most
    while end > 0 and _belongs_together(words, end):
        end -= 1
    return end or max(most, 1)


def _belongs_together(words: str, at: int) -> bool:
    """Is a cut before words[at] inside one letter or emoji (a grapheme cluster, nearly)?"""
    before, behind = words[at - 1], words[at]
    if behind == _JOINER or before == _JOINER or _continues(behind):
        return True
    if _is_flag_half(before) and _is_flag_half(behind):
        first = at
        while first > 0 and _is_flag_half(words[first - 1]):
            first -= 1
        return (at - first) % 2 == 1
    return False


def _continues(character: str) -> bool:
    """Accents, variation selectors, skin tones, the invisible letters of flags."""
    return (
        unicodedata.category(character) in ("Mn", "Mc", "Me")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= _TAG_END
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _rows(choices: Sequence[Button], limits: Limits) -> tuple[tuple[Button, ...], ...]:
    """Short ones share a row, long ones have their own, the ways out share the last."""
    buttons = [(id, _shortened(label, limits.label)) for id, label in choices]
    ways_out = [button for button in buttons if button[0] in WAYS_OUT]
    others = [button for button in buttons if button[0] not in WAYS_OUT]
    a_row = _IN_A_ROW if limits.per_row > 1 else 1
    return (*_packed(others, limits.per_row), *_chunks(ways_out, a_row))


def _packed(buttons: Sequence[Button], per_row: int) -> Iterator[tuple[Button, ...]]:
    for short, run in groupby(buttons, lambda button: length(button[1]) <= SHORT):
        yield from _chunks(run, per_row if short else 1)


def _chunks(buttons: Iterable[Button], size: int) -> Iterator[tuple[Button, ...]]:
    row: list[Button] = []
    for button in buttons:
        row.append(button)
        if len(row) == size:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


@lru_cache(maxsize=1024)
def _shortened(label: str, most: int) -> str:
    """At the end of a word, with an ellipsis; a button shows no markup."""
    label = " ".join(_parse(label).words.split())
    if length(label) <= most:
        return label or _ELLIPSIS
    room = most
    while length(label[:room]) > most - length(_ELLIPSIS):
        room -= 1
    cut = label.rfind(" ", 1, room + 1)
    end = cut if cut >= room // 2 else _whole_letters(label, room)
    return label[:end].rstrip(" .,;:¿¡(–-") + _ELLIPSIS
