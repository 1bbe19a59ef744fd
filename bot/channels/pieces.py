"""Cut a text into as few messages as it needs, at the best places, its markup always whole.

Lengths are counted in UTF-16 units of the finished text, tags and escapes with it: Telegram counts
in these units without the tags, WhatsApp in characters, so this is never too long for anybody.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from typing import Final

from bot.channels.base import Limits

_BOLD: Final = {"html": ("<b>", "</b>"), "whatsapp": ("*", "*"), "plain": ("", "")}

_STRONG = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*")
_BULLET = re.compile(r"^( *)- ", re.MULTILINE)
# Where to cut, best first: between paragraphs, lines, sentences, words.
_CUTS = tuple(
    re.compile(cut)
    for cut in (r"\n\s*\n", r"\n", r"(?:(?<=[.!?…:;])|(?<=[.!?…:;][\"”»)]))\s+", r"\s+")
)
_BLANKS = re.compile(r"\s*")
_JOINER, _TAG_END = "\u200d", "\U000e007f"

# WhatsApp has no escape: a sign that could open or close markup gives way to one that looks like
# it. Inside a word an underscore opens nothing, and an address must stay what it is.
_SIGN_OR_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[*~`_]")
_LOOKS_LIKE: Final = {"*": "\u2217", "~": "\u223c", "`": "\u2019", "_": "\uff3f"}


@dataclass(frozen=True, slots=True)
class _Plain:
    """The words without their markup; `is_bold` says it of each character."""

    words: str
    is_bold: Sequence[bool]


def pieces(text: str, limits: Limits, *, above_buttons: bool = False, cut: int = 0) -> list[str]:
    """The small Markdown as messages in the channel's markup. The last one leaves room for the
    buttons that will stand below it. `cut` is the place where a message begins rather than
    anywhere else, if no more messages come of it: a line's beginning, 0 = there is none."""
    room_in_last = (above_buttons and limits.text_above_buttons) or limits.text
    text = _BULLET.sub(r"\1• ", text)
    # What follows takes twenty times as long, and nearly every message fits.
    whole = _whole(text, limits)
    if length(whole) <= room_in_last:
        return [whole] if whole else []
    plain = _parse(text, limits)
    # A bullet is as long as the dash it stands for; only what was bold has become shorter.
    cutter = _Cutter(plain, limits, room_in_last, len(without_markup(text[:cut])))
    return [_render(plain, *piece, limits) for piece in cutter]


def length(text: str) -> int:
    """In UTF-16 units, as Telegram counts: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def without_markup(text: str) -> str:
    return _STRONG.sub(r"\1", text)


def whole_letters(words: str, start: int, most: int) -> int:
    """The last place up to `most` that is inside no letter with its accents and in no emoji."""
    end = most
    while end > start and _belongs_together(words, end):
        end -= 1
    return end if end > start else max(most, start + 1)


def _whole(text: str, limits: Limits) -> str:
    if limits.markup == "whatsapp":
        return _render(_parse(text, limits), 0, None, limits)
    before, after = _BOLD[limits.markup]
    return _STRONG.sub(rf"{before}\1{after}", _escaped(text, limits))


def _parse(text: str, limits: Limits) -> _Plain:
    words: list[str] = []
    is_bold: list[bool] = []
    # With one group in the pattern, what is bold is at every odd place.
    for at, part in enumerate(_STRONG.split(text)):
        words.append(part)
        is_bold += [at % 2 == 1] * len(part)
    plain = _Plain("".join(words), is_bold)
    return _for_whatsapp(plain) if limits.markup == "whatsapp" else plain


def _for_whatsapp(plain: _Plain) -> _Plain:
    """Signs that are no markup made harmless; bold only where WhatsApp would show it as such."""
    words = _SIGN_OR_ADDRESS.sub(_harmless, plain.words)
    if "*" in words:  # in an address: it could close what another one opens
        return _Plain(words, [False] * len(words))
    is_bold = list(plain.is_bold)
    for start, end in _bold_runs(is_bold):
        beside = (words[max(start - 1, 0) : start], words[end : end + 1])
        # An underscore that was left as it is stands inside a word.
        if any(each == "_" or _is_in_word(each) for each in beside):
            is_bold[start:end] = [False] * (end - start)
    return _Plain(words, is_bold)


def _harmless(found: re.Match[str]) -> str:
    text, (start, end) = found.string, found.span()
    before = text[max(start - 1, 0) : start]
    is_between_letters = _is_in_word(before) and _is_in_word(text[end : end + 1])
    if end - start > 1 or (found[0] == "_" and is_between_letters):
        return found[0]
    return _LOOKS_LIKE[found[0]]


def _is_in_word(character: str) -> bool:
    """Is it (part of) a letter or a number? "" is none."""
    return character.isalnum() or (character != "" and _continues(character))


def _bold_runs(is_bold: Sequence[bool]) -> Iterator[tuple[int, int]]:
    edges = [at for at, (one, two) in enumerate(pairwise((False, *is_bold, False))) if one != two]
    return zip(edges[::2], edges[1::2], strict=True)


def _render(plain: _Plain, start: int, end: int | None, limits: Limits) -> str:
    before, after = _BOLD[limits.markup]
    rendered = ""
    for bold, run in groupby(plain.is_bold[start:end]):
        after_run = start + len(list(run))
        text = _escaped(plain.words[start:after_run], limits)
        rendered += f"{before}{text}{after}" if bold else text
        start = after_run
    return rendered


def _escaped(text: str, limits: Limits) -> str:
    return escape(text, quote=False) if limits.markup == "html" else text


class _Cutter:
    """Iterates over (start, end) of the messages a text becomes: as few as possible, each cut at
    the best place that allows it. `room_in_last` may be smaller than the channel's limit. `cut`
    goes before any other place, 0 = there is none."""

    def __init__(self, plain: _Plain, limits: Limits, room_in_last: int, cut: int = 0) -> None:
        self._words, self._is_bold = plain.words, plain.is_bold
        self._room, self._room_in_last = limits.text, room_in_last
        self._cut = len(plain.words[:cut].rstrip())
        self._tags = sum(map(length, _BOLD[limits.markup]))
        self._used = [0]  # length of everything before a character
        was_bold = False
        for character, bold in zip(plain.words, plain.is_bold, strict=True):
            tags = self._tags if bold and not was_bold else 0
            units = 2 if character > "\uffff" else len(_escaped(character, limits))
            self._used.append(self._used[-1] + units + tags)
            was_bold = bold
        self._places = [[cut.start() for cut in each.finditer(self._words)] for each in _CUTS]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        start = self._behind(0)
        while start < len(self._words):
            end = len(self._words) if self._is_last(start) else self._best_cut(start)
            yield start, start + len(self._words[start:end].rstrip())
            start = self._behind(end)

    def _behind(self, place: int) -> int:
        """Where the next message starts after a cut at `place`."""
        found = _BLANKS.match(self._words, place)
        return found.end() if found else place

    def _best_cut(self, start: int) -> int:
        """The best place that leaves neither this message nor the rest nearly empty, or any."""
        most, fewest = self._most(start), self._fewest(start)
        if start < self._cut <= most and self._saves(self._cut, fewest):
            return self._cut
        half, quarter = start + (most - start) // 2, self._room_in_last // 4
        for least, rest in ((half, quarter), (start + 1, 0)):
            for places in self._places:
                last = bisect_right(places, min(most, len(self._words) - rest)) - 1
                if last >= 0 and places[last] >= least and self._saves(places[last], fewest):
                    return places[last]
        return self._latest_cut(start)

    def _saves(self, place: int, fewest: int) -> bool:
        return self._fewest(self._behind(place)) < fewest

    def _fewest(self, start: int) -> int:
        """How many messages the rest needs."""
        count = 1
        while not self._is_last(start):
            start = self._behind(self._latest_cut(start))
            count += 1
        return count

    def _latest_cut(self, start: int) -> int:
        most = self._most(start)
        words_end = self._places[-1]
        last = bisect_right(words_end, most) - 1
        if last >= 0 and words_end[last] > start:
            return words_end[last]
        # One word longer than a whole message: nothing better than between two letters of it.
        return whole_letters(self._words, start, most)

    def _most(self, start: int) -> int:
        """Where a message that starts here must end at the latest, if it is not the last one."""
        return min(self._reach(start, self._room), len(self._words) - 1)

    def _is_last(self, start: int) -> bool:
        return self._reach(start, self._room_in_last) == len(self._words)

    def _reach(self, start: int, room: int) -> int:
        cut_in_bold = 0 < start < len(self._words) and all(self._is_bold[start - 1 : start + 1])
        limit = self._used[start] + room - (self._tags if cut_in_bold else 0)
        return bisect_right(self._used, limit, lo=start) - 1


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
