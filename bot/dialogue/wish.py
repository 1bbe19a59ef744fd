""" "Comisaría en Jauja": which door she looks for, and which of her words may name the place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.phrases import PHRASES
from bot.dialogue.services import KINDS
from bot.dialogue.words import fold

MOST_WORDS = 12  # a longer message tells more than where she is
_LEADING = "typed.near.words"
_LONGEST = 6  # words of one of these phrases
_SAY_NOTHING = frozenset({"el", "la", "los", "las", "de", "del", "y"})  # names begin with them too
_SPANISH = {phrase.key: phrase.text for phrase in PHRASES}


@dataclass(frozen=True, slots=True)
class Wish:
    """`kind` of door, or "". `rest` is what may name a place, in all its readings, the longest
    first. `led`: other words of hers say that it is about a place."""

    kind: str
    rest: tuple[str, ...]
    led: bool


def wish_of(text: str, catalogue: Catalogue) -> Wish | None:
    """None when she says more than a door and a place."""
    words = fold(text).split()
    if not 0 < len(words) <= MOST_WORDS:
        return None
    kinds, leading = _vocabulary(catalogue)
    kind, at, end = _kind(words, kinds)
    sides = [_Side(part, leading) for part in (words[:at], words[end:]) if part]
    named = [side for side in sides if side.core]
    if len(named) > 1:
        return None
    rest = tuple(named[0].readings()) if named else ()
    return Wish(kind, rest, any(side.led for side in sides))


class _Side:
    """The words before or behind the door's name. `core` is what is left without leading words."""

    def __init__(self, words: list[str], leading: frozenset[str]) -> None:
        self._words = words
        self._starts = _reached(words, leading)
        backwards = [" ".join(reversed(each.split())) for each in leading]
        behind = _reached(words[::-1], frozenset(backwards))
        self._ends = [len(words) - at for at in behind]
        self.core = words[self._starts[-1] : self._ends[-1]]
        stripped = {*words[: self._starts[-1]], *words[self._ends[-1] :]}
        self.led = not stripped <= _SAY_NOTHING

    def readings(self) -> Iterator[str]:
        """ "en el tambo" -> "en el tambo", "el tambo", "tambo"."""
        for start in self._starts:
            for end in self._ends:
                if start < end:
                    yield " ".join(self._words[start:end])


def _reached(words: list[str], leading: frozenset[str]) -> list[int]:
    """How far leading phrases go, step by step from the first word on."""
    reached = [0]
    for at in reached:
        for length in range(1, min(_LONGEST, len(words) - at) + 1):
            end = at + length
            if end not in reached and " ".join(words[at:end]) in leading:
                reached.append(end)
    return sorted(reached)


def _kind(words: list[str], kinds: dict[str, str]) -> tuple[str, int, int]:
    """(kind, from, to) of the longest words that name a door."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            kind = kinds.get(" ".join(words[at : at + length]))
            if kind:
                return kind, at, at + length
    return "", 0, 0


@lru_cache(maxsize=4)
def _vocabulary(catalogue: Catalogue) -> tuple[dict[str, str], frozenset[str]]:
    """(folded words -> kind, folded leading words), in every language."""
    languages = [_SPANISH, *catalogue.typed.values()]
    kinds = {
        fold(word): kind
        for kind in KINDS
        for typed in languages
        for word in typed.get(f"typed.kind.{kind}", "").splitlines()
    }
    leading = {fold(word) for typed in languages for word in typed.get(_LEADING, "").splitlines()}
    return kinds, frozenset(leading)
