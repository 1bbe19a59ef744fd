"""Read what women may say and what it means: content/danger/said/<language>.tsv, three columns.

    word    PARTNER    esposo* marido*       what words are about; a star ends any word
    slot    he         mi esposo | mi yerno  stands for {he} in sentences
    high    violence   {he} me pegó          tier, kind, sentence
    none               me muero de risa

From these danger is learned (bot/training.py). They are not read while Willaq answers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from bot.dialogue.hints import ANY_END
from bot.dialogue.words import fold, sound
from bot.fields import KINDS, TIERS
from bot.frontmatter import Mistake, decode

FOLDER = "danger/said"
SLOT = re.compile(r"\{(\w+)\}")
NONE = "none"
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`line` is the file's: what stands together was thought of together."""

    tier: str
    kind: str
    text: str
    line: int


@dataclass(slots=True)
class Said:
    """One language's file. `about`: a word as it sounds, or its beginning with a star."""

    about: dict[str, tuple[str, ...]] = field(default_factory=dict)
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def read(path: str, data: bytes | None) -> Said:
    """Lines with a mistake are left out. Raises Unreadable."""
    said = Said()
    lines = list(enumerate(decode(path, data).split("\n"), start=1))
    for number, line in lines:
        if line and not line.startswith("#"):
            faults = [*_take(said, number, line.split("\t"))]
            said.mistakes += [Mistake(path, number, fault) for fault in faults]
    for sentence in said.sentences:
        for name in SLOT.findall(sentence.text):
            if name not in said.slots:
                fault = f"there is no slot {{{name}}}. Add a line: slot, {name}, its texts."
                said.mistakes.append(Mistake(path, sentence.line, fault))
    return said


def fingerprint(files: Mapping[str, bytes | None]) -> str:
    """Of all sentences there are: tells whether the weights were learned from these."""
    digest = sha256()
    for path in sorted(files):
        if path.startswith(f"{FOLDER}/"):
            digest.update(path.encode() + b"\0" + (files[path] or b"") + b"\0")
    return digest.hexdigest()[:16]


def _take(said: Said, number: int, columns: list[str]) -> Iterator[str]:
    what, about, text = (each.strip() for each in (*columns, "", "")[:3])
    if not text or len(columns) != 3:
        yield "must have three columns with tabs between: tier, kind, sentence."
    elif what == "word":
        for word in text.split():
            star = ANY_END if word.endswith(ANY_END) else ""
            key = sound(fold(word.removesuffix(ANY_END))) + star
            said.about[key] = tuple(dict.fromkeys((*said.about.get(key, ()), about)))
    elif what == "slot":
        said.slots[about] = tuple(each.strip() for each in text.split(_BETWEEN))
    elif (what == NONE and not about) or (what in TIERS and about in KINDS):
        said.sentences.append(Sentence(what, about, text, number))
    else:
        kinds = f"{', '.join(TIERS)} with one of {', '.join(KINDS)}; {NONE} with an empty kind"
        yield f'"{what}", "{about}" is no tier and kind. There are: {kinds}; word; slot.'
