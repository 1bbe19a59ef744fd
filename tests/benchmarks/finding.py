"""What one message costs to find a topic for and to judge: python -m tests.benchmarks.finding

Beside it the way it was done before: search by groups of three letters, danger by lists alone. The
ratio is what to trust. With a file of sentences (tier, language, kind, text, with tabs between) it
also says how they are judged: python -m tests.benchmarks.finding FILE.
"""

import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import log, sqrt
from pathlib import Path

from bot.dialogue import danger, search
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.words import fold, sound
from tests.catalogue import every_language
from tests.questions import questions

ROUNDS = 3


def threes(text: str) -> Counter[str]:
    words = (f" {word} " for word in sound(fold(text)).split())
    return Counter(word[at : at + 3] for word in words for at in range(len(word) - 2))


@cache
def index(catalogue: Catalogue) -> tuple[dict[str, list[tuple[int, float]]], dict[str, float]]:
    texts = [
        threes(text)
        for topic in catalogue.topics.values()
        for text in (topic.title, *topic.phrases)
    ]
    for typed in catalogue.typed.values():
        for topic in catalogue.topics.values():
            texts += map(threes, typed.get(f"{topic.path}#phrases", "").splitlines())
    seen_in = Counter(each for text in texts for each in text)
    rarity = {each: log(1 + len(texts) / count) for each, count in seen_in.items()}
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, text in enumerate(texts):
        for each, count in text.items():
            postings.setdefault(each, []).append((number, sqrt(count) * rarity[each]))
    return postings, rarity


def by_threes(text: str, catalogue: Catalogue) -> None:
    postings, rarity = index(catalogue)
    scores: dict[int, float] = {}
    for each, count in threes(text).items():
        for number, weight in postings.get(each, ()):
            scores[number] = scores.get(number, 0.0) + sqrt(count) * rarity[each] * weight


def cost(way: Callable[[str, Catalogue], object], catalogue: Catalogue) -> tuple[float, float]:
    """Milliseconds of processor time a message; megabytes kept. The best of some rounds."""
    texts = [each.words for each in questions()]
    tracemalloc.start()
    way("hola", catalogue)
    kept_mb = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            way(text, catalogue)
        took.append(time.process_time() - start)
    return min(took) / len(texts) * 1000, kept_mb


def compare() -> None:
    catalogue = every_language()
    lists_only = replace(catalogue, learned=None)
    for name, before, now in (
        ("topics", cost(by_threes, catalogue), cost(search.search, catalogue)),
        ("danger", cost(danger.assess, lists_only), cost(danger.assess, catalogue)),
    ):
        (before_ms, before_mb), (ms, mb) = before, now
        print(
            f"{name}: {ms:.2f} ms a message, {ms / before_ms:.1f} times as before; "
            f"{mb:.1f} MB, before {before_mb:.1f}"
        )


def judge(path: Path) -> None:
    judged: dict[tuple[str, str], Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        tier, language, _, text = line.split("\t")
        found = danger.assess(text, every_language())
        judged.setdefault((language, tier), Counter())[found.tier] += 1
    for (language, tier), count in sorted(judged.items()):
        parts = "  ".join(f"{each} {count[each]}" for each in ("high", "maybe", "none"))
        print(f"{language}, in truth {tier}: {parts}")


if __name__ == "__main__":
    compare()
    if len(sys.argv) > 1:
        judge(Path(sys.argv[1]))
