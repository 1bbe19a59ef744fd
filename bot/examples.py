"""Make examples to learn danger from, of what people wrote down (bot/sentences.py) and of content.

Every sentence is one example. It is also said in other ways: with its slots filled, with another
man in it, with a greeting before or a question after, with a slip of the finger. The same files
always give the same examples.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.dialogue.catalogue import Catalogue, Topic
from bot.dialogue.danger import listed
from bot.dialogue.words import fold, sound
from bot.languages import SPANISH
from bot.sentences import NONE, SLOT, Said, Sentence

# How much an example counts against one that a person wrote.
FILLED, VARIED, LISTED = 0.3, 0.5, 0.4
FILLINGS = 30  # of a sentence with slots
VARIATIONS = 2  # of a sentence without
NEIGHBOURS = 12  # lines that were thought of together: in one family, see bot/training.py
# Slots that every language may have, for variations.
MAN, BEFORE, AFTER = "he", "hi", "end"
SAFE_BEFORE, SAFE_AFTER = "safehi", "safeend"
# How women ask about these may tell of danger itself, so it is no example of what is safe.
NOT_SURELY_SAFE = frozenset(
    ("acoso-politico", "hostigamiento-sexual", "hostigamiento-trabajo", "matrimonio-infantil",
     "lineas-emergencia", "tenencia-visitas", "violencia-escolar-siseve",
     "ninas-adolescentes-denuncia", "feminicidio", "salud-y-certificados",
     "kit-emergencia-violencia-sexual", "violencia-permiso-trabajo-estudio")
)  # fmt: skip
_OF_VIOLENCE = ("violence", "support")  # doors


@dataclass(frozen=True, slots=True)
class Example:
    """`listed` is what the lists of phrases say of it, "" when it is from a list itself. `family`
    is shared by examples that resemble each other because one person thought of them together;
    "" for those that are never used to measure."""

    text: str
    tier: str
    kind: str
    language: str
    weight: float
    family: str
    origin: str = "written"
    listed: str = ""


def examples(said: Mapping[str, Said], catalogue: Catalogue) -> list[Example]:
    return [
        each if each.origin == "listed" else replace(each, listed=listed(each.text, catalogue))
        for each in _all(said, catalogue)
    ]


def _all(said: Mapping[str, Said], catalogue: Catalogue) -> Iterator[Example]:
    for language, file in said.items():
        chance = Random(language)
        for sentence in file.sentences:
            if SLOT.search(sentence.text):
                yield from _filled(sentence, language, file, chance)
            else:
                written = _written(sentence, language)
                yield written
                yield from _varied(written, file, chance)
    yield from _from_lists(catalogue)
    yield from _from_topics(catalogue)


def _written(sentence: Sentence, language: str) -> Example:
    family = f"{language}:{sentence.line // NEIGHBOURS}"
    return Example(sentence.text, sentence.tier, sentence.kind, language, 1.0, family)


def _filled(sentence: Sentence, language: str, file: Said, chance: Random) -> Iterator[Example]:
    texts = {_fill(sentence.text, file.slots, chance) for _ in range(FILLINGS)}
    for text in sorted(texts):
        yield Example(text, sentence.tier, sentence.kind, language, FILLED, "", "filled")


def _fill(text: str, slots: Mapping[str, Sequence[str]], chance: Random) -> str:
    while found := SLOT.search(text):
        filling = chance.choice(slots.get(found[1], ("",)))
        text = text[: found.start()] + filling + text[found.end() :]
    return text


def _varied(written: Example, file: Said, chance: Random) -> Iterator[Example]:
    safe = written.tier == NONE
    before = file.slots.get(SAFE_BEFORE if safe else BEFORE, ("",))
    after = file.slots.get(SAFE_AFTER if safe else AFTER, ("",))
    for _ in range(VARIATIONS):
        text = _another_man(written.text, file.slots.get(MAN, ()), chance)
        way = chance.randrange(4)
        if way == 0:
            text = f"{chance.choice(before)} {text}"
        elif way == 1:
            text = f"{text} {chance.choice(after)}"
        elif way == 2:
            text = _slipped(text, chance)
        if text != written.text:
            yield replace(written, text=text, weight=VARIED, origin="varied")


def _another_man(text: str, men: Sequence[str], chance: Random) -> str:
    for man in sorted(men, key=len, reverse=True):
        if re.search(rf"\b{man}\b", text):
            return re.sub(rf"\b{man}\b", chance.choice(men), text)
    return text


def _slipped(text: str, chance: Random) -> str:
    """One letter too few, too many, or two in the wrong order."""
    if len(text) < 8:
        return text
    at = chance.randrange(1, len(text) - 2)
    return chance.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        )
    )


def _from_lists(catalogue: Catalogue) -> Iterator[Example]:
    for phrase in catalogue.danger:
        text = " ".join(word.rstrip("*") for word in phrase.words)
        family = f"{phrase.language}:{phrase.kind}-{phrase.tier}"
        tier, kind = (NONE, "") if phrase.harmless else (phrase.tier, phrase.kind)
        yield Example(text, tier, kind, phrase.language, LISTED, family, "listed")


def _from_topics(catalogue: Catalogue) -> Iterator[Example]:
    for slug, topic in catalogue.topics.items():
        if topic.category not in _OF_VIOLENCE and slug not in NOT_SURELY_SAFE:
            for language, text in _asked(topic, catalogue):
                yield Example(text, NONE, "", language, 1.0, f"{language}:{slug}", "asked")


def _asked(topic: Topic, catalogue: Catalogue) -> Iterable[tuple[str, str]]:
    yield from ((SPANISH, text) for text in topic.phrases)
    for language, typed in catalogue.typed.items():
        for text in typed.get(f"{topic.path}#phrases", "").splitlines():
            yield language, text


def words_of(example: Example) -> list[str]:
    return sound(fold(example.text)).split()
