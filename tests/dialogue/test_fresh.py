"""Search and danger on messages of readers who knew neither phrases, sentences nor rules.

What is in tests/data/*-fresh.tsv was written after all was made, by somebody who had not seen it,
and nothing was learned or chosen from it. The figures asked for here are what was measured, less
what a few messages make; when one falls, look at what changed, not at these messages: once somebody
mends for them they are fresh no more, and new ones have to be written.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.danger import assess
from bot.dialogue.search import search
from tests.catalogue import every_language

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def judged(language: str, safe: bool) -> Counter[str]:
    """How many messages were given each tier."""
    return Counter(
        assess(each["text"], every_language()).tier
        for each in rows("danger-fresh.tsv")
        if each["language"] == language and (each["kind"] == "safe") == safe
    )


def share(found: Counter[str], *tiers: str) -> float:
    return sum(found[tier] for tier in tiers) / found.total()


@pytest.mark.parametrize(("language", "heard", "high"), [("es", 0.98, 0.87), ("quy", 0.97, 0.72)])
def test_who_tells_of_danger_is_heard(language: str, heard: float, high: float) -> None:
    found = judged(language, False)
    assert share(found, "high", "maybe") >= heard
    assert share(found, "high") >= high


@pytest.mark.parametrize(("language", "high", "maybe"), [("es", 0.03, 0.25), ("quy", 0.03, 0.25)])
def test_who_tells_of_none_is_seldom_frightened(language: str, high: float, maybe: float) -> None:
    found = judged(language, True)
    assert share(found, "high") <= high
    assert share(found, "maybe") <= maybe


@pytest.mark.parametrize(("language", "first", "third"), [("es", 0.89, 0.94), ("quy", 0.92, 0.96)])
def test_questions_find_their_topic(language: str, first: float, third: float) -> None:
    asked = [
        (each["slug"], [found.slug for found in search(each["text"], every_language())])
        for each in rows("questions-fresh.tsv")
        if each["language"] == language and each["slug"] != "none"
    ]
    assert sum(slug in found[:1] for slug, found in asked) / len(asked) >= first
    assert sum(slug in found[:3] for slug, found in asked) / len(asked) >= third
