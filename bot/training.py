"""Learn danger from examples, offline: `willaq danger train`.

Each answer (is it danger? must it be answered at once? which kind? which language?) is a linear
classifier over hints: a support vector machine, trained by dual coordinate descent (Hsieh and
others, 2008) in plain Python, so that anybody can teach it anew with what is installed, and gets
the same weights from the same files.

Where the answers begin is chosen on examples that were not learned from: the examples are parted
by family, so that a sentence is never judged by what its neighbours taught.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from bot.dialogue.danger import IN_PASSING
from bot.dialogue.hints import About, hints
from bot.dialogue.learned import ANY, HIGH, Learned, Weights
from bot.examples import Example, words_of
from bot.fields import KINDS
from bot.languages import SPANISH
from bot.sentences import NONE, Said

# Of the safe sentences people wrote down, how many may be called so. They are harder than what
# women ask of Willaq: most were written to look like danger. Of those by a reader who did not know
# how danger is told, these shares come to 0.015 and 0.22.
ALARMS = {HIGH: 0.045, ANY: 0.38}
SMALLEST = 2  # examples that must have a hint before it is learned
HINTS_KEPT = 20_000  # of one answer: more of them measured no better
HINTS_KEPT_OF_KINDS = 4_000
PARTS = 4
ROUNDS = 12
COST = 1.0
UNSURE = 0.1  # how much a "maybe" counts where "high" is parted from the rest
LISTS_SAY = (NONE, IN_PASSING, "maybe", HIGH)
SCALE = 1000  # weights are kept as whole numbers

_Row = tuple[Sequence[int], float, int]  # numbers of hints, value of each, number of what lists say


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the examples of one language, origin and true tier."""

    language: str
    origin: str
    tier: str
    judged: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Table:
    """The examples as numbers. Behind the hints' numbers come those of the lists, then one that
    all rows have: the bias."""

    examples: Sequence[Example]
    names: Sequence[str]
    rows: Sequence[_Row]


def train(
    said: Mapping[str, Said], examples: Sequence[Example], made_of: str
) -> tuple[Learned, list[Outcome]]:
    """What was learned of all examples, and how those judge that did not see them."""
    about = about_of_all(said)
    table = _table(examples, about)
    begins, outcomes = _measured(table, list(said))
    tiers = {name: _weights(table, range(len(examples)), name) for name in (ANY, HIGH)}
    dangerous = [at for at, each in enumerate(examples) if each.tier != NONE]
    kinds = {kind: _weights(table, dangerous, kind) for kind in KINDS}
    others = [language for language in said if language != SPANISH]
    tags = {tag: _weights(table, range(len(examples)), tag) for tag in others}
    return Learned(about, tiers, kinds, tags, begins, SPANISH, made_of), outcomes


def about_of_all(said: Mapping[str, Said]) -> About:
    """Of all languages together: women mix them."""
    together: dict[str, tuple[str, ...]] = {}
    for file in said.values():
        for word, about in file.about.items():
            together[word] = tuple(dict.fromkeys((*together.get(word, ()), *about)))
    return together


def _table(examples: Sequence[Example], about: About) -> _Table:
    found = [sorted(hints(words_of(each), about)) for each in examples]
    seen_in = Counter(hint for each in found for hint in each)
    names = sorted(hint for hint, count in seen_in.items() if count >= SMALLEST)
    numbers = {hint: number for number, hint in enumerate(names)}
    listed = {tier: len(names) + at for at, tier in enumerate(("", *LISTS_SAY))}
    rows = [
        (
            [numbers[hint] for hint in each if hint in numbers],
            1 / sqrt(len(each) or 1),
            listed[example.listed],
        )
        for each, example in zip(found, examples, strict=True)
    ]
    return _Table(examples, [*names, *listed, "bias"], rows)


def _wanted(name: str) -> Callable[[Example], tuple[bool, float]]:
    """Whether an example is one of these, and how much it counts."""

    def wanted(each: Example) -> tuple[bool, float]:
        if name == ANY:
            return each.tier != NONE, each.weight
        if name == HIGH:
            return each.tier == HIGH, each.weight * (UNSURE if each.tier == "maybe" else 1)
        return name in (each.kind, each.language), each.weight

    return wanted


def _fitted(table: _Table, part: Sequence[int], name: str) -> list[float]:
    """One weight for each name of the table."""
    weights = [0.0] * len(table.names)
    bias = len(weights) - 1
    wanted = _wanted(name)
    problem = []
    for at in part:
        numbers, value, listed = table.rows[at]
        is_one, counts = wanted(table.examples[at])
        length = len(numbers) * value * value + 2
        problem.append((numbers, value, listed, 1.0 if is_one else -1.0, counts, length))
    pulls = [0.0] * len(problem)
    order = list(range(len(problem)))
    chance = Random(name)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for at in order:
            numbers, value, listed, sign, counts, length = problem[at]
            total = sum([weights[number] for number in numbers]) * value
            slack = 0.5 / (COST * counts)
            gain = sign * (total + weights[listed] + weights[bias]) - 1 + slack * pulls[at]
            pull = max(pulls[at] - gain / (length + slack), 0.0)
            step = (pull - pulls[at]) * sign
            if step:
                pulls[at] = pull
                weights[listed] += step
                weights[bias] += step
                step *= value
                for number in numbers:
                    weights[number] += step
    return weights


def _weights(table: _Table, part: Iterable[int], name: str) -> Weights:
    part = list(part)
    fitted = _fitted(table, part, name)
    seen_in = Counter(number for at in part for number in table.rows[at][0])
    kept = HINTS_KEPT if name in (ANY, HIGH) else HINTS_KEPT_OF_KINDS
    telling = sorted(seen_in, key=lambda at: (-abs(fitted[at]) * sqrt(seen_in[at]), at))[:kept]
    *listed, bias = (round(weight * SCALE) for weight in fitted[-len(LISTS_SAY) - 1 :])
    return Weights(
        bias,
        dict(zip(LISTS_SAY, listed, strict=True)),
        {table.names[at]: whole for at in telling if (whole := round(fitted[at] * SCALE))},
    )


def _measured(
    table: _Table, languages: Sequence[str]
) -> tuple[dict[str, dict[str, int]], list[Outcome]]:
    """Where the answers begin in each language, and what that makes of the examples."""
    scores = {name: _unseen(table, name) for name in (ANY, HIGH)}
    begins = {
        language: {name: _begin(table, scores[name], language, name) for name in (ANY, HIGH)}
        for language in languages
    }
    judged: dict[tuple[str, str, str], Counter[str]] = {}
    for at, alarm in scores[HIGH].items():
        each = table.examples[at]
        begin = begins[each.language]
        tier = HIGH if alarm * SCALE >= begin[HIGH] else NONE
        heard = scores[ANY][at] * SCALE >= begin[ANY] or each.listed in ("maybe", HIGH)
        tier = "maybe" if tier == NONE and heard else tier
        judged.setdefault((each.language, each.origin, each.tier), Counter())[tier] += 1
    return begins, [Outcome(*key, count) for key, count in sorted(judged.items())]


def _begin(table: _Table, scores: Mapping[int, float], language: str, name: str) -> int:
    """The score that no more than ALARMS of the safe sentences reach."""
    wanted = (language, NONE, "written")
    safe = sorted(
        score
        for at, score in scores.items()
        if (table.examples[at].language, table.examples[at].tier, table.examples[at].origin)
        == wanted
    )
    if not safe:
        return 0
    return round(safe[min(len(safe) - 1, int(len(safe) * (1 - ALARMS[name])))] * SCALE)


def _unseen(table: _Table, name: str) -> dict[int, float]:
    """The scores of examples by what the other families taught."""
    families = sorted({each.family for each in table.examples if each.family})
    Random(PARTS).shuffle(families)
    part_of = {family: at % PARTS for at, family in enumerate(families)}
    scores: dict[int, float] = {}
    for part in range(PARTS):
        others = [at for at, each in enumerate(table.examples) if part_of.get(each.family) != part]
        weights = _fitted(table, others, name)
        for at in _judged(table, part_of, part):
            numbers, value, listed = table.rows[at]
            total = sum([weights[number] for number in numbers]) * value
            scores[at] = total + weights[listed] + weights[-1]
    return scores


def _judged(table: _Table, part_of: Mapping[str, int], part: int) -> Iterator[int]:
    for at, each in enumerate(table.examples):
        if part_of.get(each.family) == part and each.origin in ("written", "asked"):
            yield at
