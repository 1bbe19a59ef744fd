"""Find the topic she means, in her own spelling, by what her words share with the ways of asking.

Each way of asking (a phrase, a title, a menu label, in any language) is a document. A topic is as
near as its nearest document and as all its documents of one language taken together: the first
knows the exact question, the second the words that belong to the topic. What is compared are
words, neighbouring words, beginnings of words and groups of three letters, so that typing errors,
missing accents and Quechua's endings cost little; what is rare among the documents counts more
(tf-idf, cosine). How this was chosen: docs/why.md.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from bot.dialogue.catalogue import Catalogue, Topic
from bot.dialogue.words import fold, sound

# Chosen on tests/data/questions.tsv: see tests/dialogue/test_search.py.
SURE, CLEAR_LEAD = 0.28, 0.35  # the lead as a part of the score
# The nearest topic must be this near, and then others less: she is asked which of three. A long
# message with little of the question in it comes no nearer.
WORTH_ASKING, BESIDE = 0.1, 0.08
A_QUESTION = 0.25
SHORTEST = 3  # letters
TOGETHER = 0.6  # how much the documents taken together count against the nearest one
BEGINNING = 4  # letters: most stems of Quechua have no more
# Of a long message only the rarest pieces are looked up: the others cost time and tell little. So
# do, in single documents, the pieces that many of them have.
PIECES = 80
COMMON, AT_LEAST = 0.06, 30  # part of the documents; documents

_KEPT = 4  # catalogues whose index is remembered: the old one may be asked while a new one comes

_Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """`language` is the one the nearest phrase is written in; `score` runs from 0 to 1."""

    slug: str
    score: float
    language: str


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Things to be found by their pieces: each piece with who has it, and how much of it."""

    owners: tuple[tuple[str, str], ...]  # (slug, language)
    postings: Mapping[str, list[tuple[int, float]]]

    def nearness(self, asked: _Weights) -> dict[int, float]:
        scores: dict[int, float] = {}
        for piece, weight in asked.items():
            for owner, its_weight in self.postings.get(piece, ()):
                scores[owner] = scores.get(owner, 0.0) + weight * its_weight
        return scores


@dataclass(frozen=True, slots=True)
class Index:
    documents: _Shelf
    together: _Shelf  # the documents of one topic in one language as one
    rarity: _Weights
    rarest: float  # what a piece counts that no document has


_INDEXES: dict[Catalogue, Index] = {}


def search(text: str, catalogue: Catalogue, limit: int = 5) -> list[Found]:
    """The nearest topics, best first, each once; [] when nothing is near."""
    folded = fold(text)
    if len(folded) < SHORTEST:
        return []  # "sí", "no", "a": whatever is near these is near by chance
    index = _index(catalogue)
    asked = _rarest(_weighed(Counter(_pieces(folded)), index.rarity, index.rarest))
    nearest: dict[str, tuple[float, str]] = {}
    for document, score in index.documents.nearness(asked).items():
        slug, language = index.documents.owners[document]
        nearest[slug] = max(nearest.get(slug, (0.0, "")), (score, language))
    whole: dict[str, float] = {}
    for topic, score in index.together.nearness(asked).items():
        slug, _ = index.together.owners[topic]
        whole[slug] = max(whole.get(slug, 0.0), score)
    found = [
        Found(slug, (1 - TOGETHER) * score + TOGETHER * whole[slug], language)
        for slug, (score, language) in nearest.items()
    ]
    near = sorted(found, key=lambda each: (-each.score, each.slug))[:limit]
    if not near or near[0].score < WORTH_ASKING:
        return []
    return [each for each in near if each.score >= BESIDE]


def is_a_question(found: list[Found]) -> bool:
    """Is it likely that a first message asks for something, and is no greeting?"""
    return bool(found) and found[0].score >= A_QUESTION


def is_sure(found: list[Found]) -> bool:
    """Near enough, and nothing else about as near: she can be answered without asking back."""
    if not found or found[0].score < SURE:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= CLEAR_LEAD * found[0].score


def _index(catalogue: Catalogue) -> Index:
    return _INDEXES.get(catalogue) or prepare(catalogue)


def prepare(catalogue: Catalogue, rest: Callable[[], None] = lambda: None) -> Index:
    """The index that the first search would wait for. `rest` is called again and again while it is
    made: it takes a second of processor time, and others may want some."""
    for other, index in _INDEXES.items():
        if other.topics is catalogue.topics and other.typed == catalogue.typed:
            return adopt(catalogue, index)
    return adopt(catalogue, _made(catalogue, rest))


def adopt(catalogue: Catalogue, index: Index) -> Index:
    """It was made of the same topics and typed words."""
    while len(_INDEXES) >= _KEPT and catalogue not in _INDEXES:
        del _INDEXES[next(iter(_INDEXES))]
    _INDEXES[catalogue] = index
    return index


def _made(catalogue: Catalogue, rest: Callable[[], None]) -> Index:
    owners, counts = [], []
    for slug, topic in catalogue.topics.items():
        for language, text in ways_to_ask(topic, catalogue):
            owners.append((slug, language))
            counts.append(Counter(_pieces(fold(text))))
            rest()
    seen_in = Counter(piece for each in counts for piece in each)
    rest()
    rarity = {piece: log(1 + len(counts) / count) for piece, count in seen_in.items()}
    rarest = max(rarity.values(), default=1.0)
    documents, sums = [], dict[tuple[str, str], Counter[str]]()
    for owner, count in zip(owners, counts, strict=True):
        documents.append(_weighed(count, rarity, rarest))
        sums.setdefault(owner, Counter()).update(documents[-1])
        rest()
    # The root: a word said in every phrase of a topic counts more than in one, but not ten times.
    together = []
    for each in sums.values():
        together.append(_of_length_one({piece: sqrt(weight) for piece, weight in each.items()}))
        rest()
    common = max(AT_LEAST, COMMON * len(counts))
    telling = {piece for piece, count in seen_in.items() if count <= common}
    return Index(
        _shelf(owners, documents, telling, rest),
        _shelf(sums, together, rarity, rest),
        rarity,
        rarest,
    )


def _shelf(
    owners: Iterable[tuple[str, str]],
    things: Iterable[_Weights],
    listed: Container[str],
    rest: Callable[[], None],
) -> _Shelf:
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, weights in enumerate(things):
        for piece, weight in weights.items():
            if piece in listed:
                postings.setdefault(piece, []).append((number, weight))
        rest()
    return _Shelf(tuple(owners), postings)


def ways_to_ask(topic: Topic, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for text in (topic.title, topic.menu, *topic.phrases):
        yield "es", text
    for language, typed in catalogue.typed.items():
        for name in ("title", "menu", "phrases"):
            for text in typed.get(f"{topic.path}#{name}", "").splitlines():
                yield language, text


def _pieces(folded: str) -> Iterator[str]:
    """Words, neighbours, beginnings ("maqa-") and threes of letters with the words' edges."""
    words = sound(folded).split()
    yield from (f"{word}." for word in words)
    yield from (f"{first} {second}" for first, second in pairwise(words))
    yield from (f"{word[:BEGINNING]}-" for word in words if len(word) > BEGINNING)
    for word in words:
        edged = f" {word} "
        yield from (edged[at : at + 3] for at in range(len(edged) - 2))


def _weighed(counts: Mapping[str, int], rarity: _Weights, rarest: float) -> dict[str, float]:
    """Of length one, counting also the pieces no document has: strange words make it less sure."""
    return _of_length_one(
        {piece: sqrt(count) * rarity.get(piece, rarest) for piece, count in counts.items()}
    )


def _of_length_one(weights: _Weights) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {piece: weight / length for piece, weight in weights.items()}


def _rarest(weights: dict[str, float]) -> _Weights:
    if len(weights) <= PIECES:
        return weights
    kept = sorted(weights, key=lambda piece: (-weights[piece], piece))[:PIECES]
    return {piece: weights[piece] for piece in kept}
