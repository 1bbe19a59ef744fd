"""Does what she says mean danger? Only by phrases people wrote down: it will miss some.

Rule 1: what is said in passing ("me mata de risa") is blanked out first, for every phrase.
Rule 2: of the phrases left, the strongest tier counts. A miss is why every screen has a help
button, and a false alarm is why the answer has "No estoy en peligro".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.dialogue.catalogue import Catalogue, DangerPhrase
from bot.dialogue.turn import Tier
from bot.dialogue.words import fold

_ANY_END = "*"
_BLANKED = ""


@dataclass(frozen=True, slots=True)
class Danger:
    """`kind` is violence, threat, locked, sexual, child or self-harm; `language` is the one the
    phrase is written in. Both are "" when the tier is none."""

    tier: Tier
    kind: str = ""
    language: str = ""


NONE = Danger("none")


@dataclass(slots=True)
class _Phrases:
    """Phrases by their first word, so that a message is compared with a handful of them."""

    whole: dict[str, list[tuple[tuple[str, ...], DangerPhrase]]] = field(default_factory=dict)
    begun: dict[str, list[tuple[tuple[str, ...], DangerPhrase]]] = field(default_factory=dict)

    def add(self, phrase: DangerPhrase) -> None:
        words = tuple(_folded(word) for word in phrase.words)
        first = words[0]
        shelf = self.begun if first.endswith(_ANY_END) else self.whole
        shelf.setdefault(first.removesuffix(_ANY_END), []).append((words, phrase))

    def found_in(self, words: list[str]) -> Iterator[tuple[int, int, DangerPhrase]]:
        """(from, to, phrase) for each place where a phrase stands."""
        for at, word in enumerate(words):
            for pattern, phrase in self._beginning_with(word):
                if _stands(pattern, words, at):
                    yield at, at + len(pattern), phrase

    def _beginning_with(self, word: str) -> Iterator[tuple[tuple[str, ...], DangerPhrase]]:
        yield from self.whole.get(word, ())
        for length in range(1, len(word) + 1):
            yield from self.begun.get(word[:length], ())


def assess(text: str, catalogue: Catalogue) -> Danger:
    """The strongest danger her words tell of."""
    harmless, alarming = _phrases(catalogue)
    words = fold(text).split()
    for start, end, _ in list(harmless.found_in(words)):
        words[start:end] = [_BLANKED] * (end - start)
    found = NONE
    for _, _, phrase in alarming.found_in(words):
        if phrase.tier == "high":
            return Danger("high", phrase.kind, phrase.language)
        found = Danger("maybe", phrase.kind, phrase.language)
    return found


@lru_cache(maxsize=4)
def _phrases(catalogue: Catalogue) -> tuple[_Phrases, _Phrases]:
    harmless, alarming = _Phrases(), _Phrases()
    for phrase in catalogue.danger:
        (harmless if phrase.harmless else alarming).add(phrase)
    return harmless, alarming


def _folded(word: str) -> str:
    ending = _ANY_END if word.endswith(_ANY_END) else ""
    return fold(word.removesuffix(_ANY_END)) + ending


def _stands(pattern: tuple[str, ...], words: list[str], at: int) -> bool:
    if at + len(pattern) > len(words):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith(_ANY_END) else word == part
        for part, word in zip(pattern, words[at : at + len(pattern)], strict=True)
    )
