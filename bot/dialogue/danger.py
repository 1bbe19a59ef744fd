"""Does what she says mean danger? By what was learned from sentences, and by lists of phrases.

Rule 1: a phrase on a list is always heard: what it says is "maybe" at least. Whether it is "high"
is learned, since "me mata" is on the list and "este calor me mata" is no danger. Where nothing
was learned, the lists decide alone.
Rule 2: on the lists, what is said in passing ("me mata de risa") is blanked out first, for every
phrase; of the phrases left, the strongest tier counts. That something was said in passing also
speaks against danger in what was learned.
Rule 3: it will miss some, which is why every screen has a help button; it will be wrong, which is
why the answer has "No estoy en peligro".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.dialogue.catalogue import Catalogue, DangerPhrase
from bot.dialogue.turn import Tier
from bot.dialogue.words import fold, sound

_ANY_END = "*"
IN_PASSING = "in passing"
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
    """Phrases word by word, as a tree: however many there are, a message is compared only with
    those it has begun to say. `ending` are the phrases that end here, by their rank."""

    whole: dict[str, "_Phrases"] = field(default_factory=dict)
    begun: dict[str, "_Phrases"] = field(default_factory=dict)
    ending: list[tuple[int, int, DangerPhrase]] = field(default_factory=list)

    def add(self, rank: int, phrase: DangerPhrase) -> None:
        here = self
        for word in map(_folded, phrase.words):
            shelf = here.begun if word.endswith(_ANY_END) else here.whole
            here = shelf.setdefault(word.removesuffix(_ANY_END), _Phrases())
        here.ending.append((rank, len(phrase.words), phrase))

    def found_in(self, words: list[str]) -> Iterator[tuple[int, int, DangerPhrase]]:
        """(from, to, phrase) for each place where a phrase stands."""
        for at in range(len(words)):
            for _, length, phrase in sorted(self._standing(words, at), key=_rank):
                yield at, at + length, phrase

    def _standing(self, words: list[str], at: int) -> Iterator[tuple[int, int, DangerPhrase]]:
        yield from self.ending
        if at < len(words):
            for further in self._further(words[at]):
                yield from further._standing(words, at + 1)

    def _further(self, word: str) -> Iterator["_Phrases"]:
        if word in self.whole:
            yield self.whole[word]
        if self.begun:
            for length in range(len(word) + 1):
                if word[:length] in self.begun:
                    yield self.begun[word[:length]]


def assess(text: str, catalogue: Catalogue) -> Danger:
    """The strongest danger her words tell of."""
    words = sound(fold(text)).split()
    listed, in_passing = _listed(words, catalogue)
    if catalogue.learned is None or not words:
        return listed
    judged = catalogue.learned.judge(words, IN_PASSING if in_passing else listed.tier)
    tier = "maybe" if judged.tier == "none" and listed is not NONE else judged.tier
    if tier == "none":
        return NONE
    if listed is NONE:
        return Danger(tier, judged.kind, judged.language)
    return Danger(tier, listed.kind, listed.language)


def listed(text: str, catalogue: Catalogue) -> str:
    """What the lists alone say: a tier, or that it was said in passing only."""
    found, in_passing = _listed(sound(fold(text)).split(), catalogue)
    return IN_PASSING if in_passing else found.tier


def _listed(words: list[str], catalogue: Catalogue) -> tuple[Danger, bool]:
    """Also whether nothing is left of the danger but what was said in passing."""
    harmless, alarming = _phrases(catalogue)
    left = words.copy()
    passing = list(harmless.found_in(left))
    for start, end, _ in passing:
        left[start:end] = [_BLANKED] * (end - start)
    found = NONE
    for _, _, phrase in alarming.found_in(left):
        if phrase.tier == "high":
            return Danger("high", phrase.kind, phrase.language), False
        found = Danger("maybe", phrase.kind, phrase.language)
    return found, bool(passing) and found is NONE


@lru_cache(maxsize=4)
def _phrases(catalogue: Catalogue) -> tuple[_Phrases, _Phrases]:
    harmless, alarming = _Phrases(), _Phrases()
    for rank, phrase in enumerate(catalogue.danger):
        (harmless if phrase.harmless else alarming).add(rank, phrase)
    return harmless, alarming


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    """Of a word on the lists: hers are never remembered."""
    ending = _ANY_END if word.endswith(_ANY_END) else ""
    return sound(fold(word.removesuffix(_ANY_END))) + ending


def _rank(found: tuple[int, int, DangerPhrase]) -> int:
    return found[0]
