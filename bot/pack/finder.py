"""What the page needs to find a topic by itself, as bot/dialogue/search.py does.

Spelling is brought to one form here, so that the page only has to do it with what she types; the
rules for that go along, so that there is one list of them.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.dialogue import search
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.words import ALIKE, SHORT, fold, sound


def data(catalogue: Catalogue, slugs: Iterable[str]) -> dict[str, Any]:
    """`asked`: of each topic, in the order of `slugs`, its ways of asking as they are heard,
    language by language."""
    return {
        "asked": [_ways(slug, catalogue) for slug in slugs],
        "short": SHORT,
        "alike": ALIKE,
        "near": search.WORTH_ASKING,
        "shortest": search.SHORTEST,
        "together": search.TOGETHER,
        "beginning": search.BEGINNING,
        "pieces": search.PIECES,
        "common": search.COMMON,
        "at_least": search.AT_LEAST,
    }


def _ways(slug: str, catalogue: Catalogue) -> list[list[str]]:
    ways = search.ways_to_ask(catalogue.topics[slug], catalogue)
    by_language = groupby(ways, key=itemgetter(0))
    return [[sound(fold(text)) for _, text in texts] for _, texts in by_language]
