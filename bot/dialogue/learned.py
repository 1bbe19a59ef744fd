"""Judge a message by what was learned from sentences people wrote down: bot/training.py weighs
the hints, this adds the weights up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, sqrt

from bot.dialogue.hints import About, hints
from bot.dialogue.turn import Tier

# A long story is judged piece by piece: its danger may stand in one sentence of thirty.
PIECE, STEP = 14, 7  # words
# What is learned, beside kinds and languages: is it danger at all; must it be answered at once?
ANY, HIGH = "any", "high"


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for one answer. `listed` counts what the lists of phrases say of the
    message: a tier, or that all was said in passing."""

    bias: int = 0
    listed: Mapping[str, int] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)

    def sum(self, found: set[str], listed: str) -> float:
        total = sum(self.hints.get(hint, 0) for hint in found)
        return self.bias + self.listed.get(listed, 0) + total / sqrt(len(found) or 1)


@dataclass(frozen=True, slots=True)
class Judged:
    """`kind` and `language` are the likeliest, whatever the tier."""

    tier: Tier
    kind: str
    language: str


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """`languages` holds all but the first language, which a sentence is in unless one of these
    speaks louder. `begins`: language -> what the sum must reach, for ANY and HIGH: what is harmless
    does not sound equally like danger in each. `made_of` names the sentences learned from."""

    about: About
    tiers: Mapping[str, Weights]  # ANY, HIGH
    kinds: Mapping[str, Weights]
    languages: Mapping[str, Weights]
    begins: Mapping[str, Mapping[str, int]]
    first_language: str
    made_of: str

    def judge(self, words: Sequence[str], listed: str) -> Judged:
        """`words` are folded and as they sound; `listed` is what bot/dialogue/danger.py says of
        the lists."""
        alarm, worst, language = -inf, set[str](), self.first_language
        for piece in _pieces(words):
            found = hints(piece, self.about)
            said_in = self._language(found, listed)
            loud = max(self._above(name, said_in, found, listed) for name in (ANY, HIGH))
            if loud > alarm:
                alarm, worst, language = loud, found, said_in
        kind = max(self.kinds, key=lambda kind: self.kinds[kind].sum(worst, listed), default="")
        tier: Tier = "none"
        if self._above(HIGH, language, worst, listed) >= 0:
            tier = "high"
        elif self._above(ANY, language, worst, listed) >= 0:
            tier = "maybe"
        return Judged(tier, kind, language)

    def _above(self, name: str, language: str, found: set[str], listed: str) -> float:
        return self.tiers[name].sum(found, listed) - self.begins[language][name]

    def _language(self, found: set[str], listed: str) -> str:
        loud = {tag: weights.sum(found, listed) for tag, weights in self.languages.items()}
        loudest = max(loud, key=lambda tag: loud[tag], default="")
        return loudest if loud.get(loudest, -1) >= 0 else self.first_language


def _pieces(words: Sequence[str]) -> Iterator[Sequence[str]]:
    yield words[:PIECE]
    for start in range(STEP, len(words) - PIECE + STEP, STEP):
        yield words[start : start + PIECE]
