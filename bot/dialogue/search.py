"""Find the topic she means, in her own spelling: by groups of three letters, so that typing errors,
missing accents and Quechua's endings cost little.

Each way of asking (a phrase, a title, a menu label, in any language) is a document; a topic is as
near as its nearest one. Letters rare among the documents count more (tf-idf, cosine).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from bot.dialogue.catalogue import Catalogue, Topic
from bot.dialogue.words import fold, sound

SURE, CLEAR_LEAD = 0.5, 0.07  # of a cosine: chosen on tests/dialogue/questions.tsv, see there
WORTH_ASKING = 0.22
A_QUESTION = 0.35
SHORTEST = 3  # letters


@dataclass(frozen=True, slots=True)
class Found:
    """`language` is the one the nearest phrase is written in; `score` runs from 0 to 1."""

    slug: str
    score: float
    language: str


@dataclass(frozen=True, slots=True)
class _Index:
    documents: tuple[tuple[str, str], ...]  # (slug, language)
    postings: dict[str, list[tuple[int, float]]]  # letters -> (document, weight)
    rarity: dict[str, float]


def search(text: str, catalogue: Catalogue, limit: int = 5) -> list[Found]:
    """The nearest topics, best first, each once; [] when nothing is near."""
    folded = fold(text)
    if len(folded) < SHORTEST:
        return []  # "sí", "no", "a": whatever is near these is near by chance
    index = _index(catalogue)
    asked = _weights(sound(folded), index.rarity)
    scores: dict[int, float] = {}
    for letters, weight in asked.items():
        for document, its_weight in index.postings.get(letters, ()):
            scores[document] = scores.get(document, 0.0) + weight * its_weight
    best: dict[str, Found] = {}
    for document, score in scores.items():
        slug, language = index.documents[document]
        if score >= WORTH_ASKING and (slug not in best or score > best[slug].score):
            best[slug] = Found(slug, score, language)
    return sorted(best.values(), key=lambda found: (-found.score, found.slug))[:limit]


def is_a_question(found: list[Found]) -> bool:
    """Is it likely that a first message asks for something, and is no greeting?"""
    return bool(found) and found[0].score >= A_QUESTION


def is_sure(found: list[Found]) -> bool:
    """Near enough, and nothing else about as near: she can be answered without asking back."""
    if not found or found[0].score < SURE:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= CLEAR_LEAD


@lru_cache(maxsize=4)
def _index(catalogue: Catalogue) -> _Index:
    texts = [
        (slug, language, sound(fold(text)))
        for slug, topic in catalogue.topics.items()
        for language, text in ways_to_ask(topic, catalogue)
    ]
    seen_in = Counter(letters for _, _, text in texts for letters in set(_trigrams(text)))
    rarity = {letters: log(1 + len(texts) / count) for letters, count in seen_in.items()}
    postings: dict[str, list[tuple[int, float]]] = {}
    for document, (_, _, text) in enumerate(texts):
        for letters, weight in _weights(text, rarity).items():
            postings.setdefault(letters, []).append((document, weight))
    return _Index(tuple((slug, language) for slug, language, _ in texts), postings, rarity)


def ways_to_ask(topic: Topic, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for text in (topic.title, topic.menu, *topic.phrases):
        yield "es", text
    for language, typed in catalogue.typed.items():
        for name in ("title", "menu", "phrases"):
            for text in typed.get(f"{topic.path}#{name}", "").splitlines():
                yield language, text


def _trigrams(text: str) -> Iterator[str]:
    """Of each word with its edges: "maqan" -> " ma" "maq" "aqa" "qan" "an "."""
    for word in text.split():
        edged = f" {word} "
        for at in range(len(edged) - 2):
            yield edged[at : at + 3]


def _weights(text: str, rarity: dict[str, float]) -> dict[str, float]:
    """Of length one, counting also the letters no document has: strange words make it less sure."""
    rarest = max(rarity.values(), default=1.0)
    counts = Counter(_trigrams(text))
    weights = {
        letters: sqrt(count) * rarity.get(letters, rarest) for letters, count in counts.items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {letters: weight / length for letters, weight in weights.items()}
