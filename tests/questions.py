"""What women ask, and which topic answers it (tests/data/questions.tsv: topic, language, words).

Nobody who wrote these had seen the topics' own phrases. Of every three, one is aside: its errors
are not to be looked at, so that a change of the search is judged by what it was not made for. A
topic may be "one|other" where both answer well, and "-" where none does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.words import fold

FILE = Path(__file__).parent / "data" / "questions.tsv"
NO_TOPIC = "-"
PARTS = 3


@dataclass(frozen=True, slots=True)
class Question:
    topics: frozenset[str]
    language: str
    words: str

    @property
    def aside(self) -> bool:
        return crc32(fold(self.words).encode()) % PARTS == 0


def questions() -> Iterator[Question]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        topics, language, words = line.split("\t")
        yield Question(frozenset(topics.split("|")), language, words)


def asked(catalogue: Catalogue, language: str, *, aside: bool) -> list[Question]:
    """Those that a topic of this catalogue answers which has phrases in the language."""
    have = {
        slug
        for slug, topic in catalogue.topics.items()
        if language == "es" or catalogue.typed.get(language, {}).get(f"{topic.path}#phrases")
    }
    return [
        each
        for each in questions()
        if each.language == language and each.aside == aside and each.topics & have
    ]


def off_topic() -> list[str]:
    return [each.words for each in questions() if NO_TOPIC in each.topics]
