"""Hold a Quechua text against the spelling of its variety: vowels, letters, syllables.

Rule 1: a loan is written as in Spanish and takes Quechua's endings: "comisaríaman". So a word is
taken for a loan when it begins as a Spanish word Willaq knows and goes on in Quechua's letters.
Rule 2: a capital within a sentence is a name, several capitals are initials: "Puno", "DNIniyki".
Rule 3: all else is Quechua, and held against its rules. No dictionary is needed for it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.acceptance import Remark
from bot.proofread import PLACEHOLDER
from bot.words import WORD, plain, words

_SHORTEST = 3  # letters of a loan that an ending may follow: "ley" has three, "de" and "no" two
_VOWEL = re.compile("[eo]")
_FOREIGN = re.compile("[bdfgjvxz]|c(?!h)|rr")
_STARTS = re.compile(r"(?:^|[.:;?!¿¡…\n(«“\"])[\s*«“\"¿¡(]*(?:- |\d+\. )?[\s*«“\"¿¡(]*$")
_SENTENCE = re.compile(r"(?<=[.:?!])\**\s|\n")
_LONGEST = 40  # letters of a Quechua word, and more
_MOST_GLOSSES = 3  # in one sentence: with more, nobody finds her way back to what it says
_GLOSS = re.compile(r"\(([^()\n]+)\)")
_GLOSSED = re.compile(r"(\w{1,4})\w*\** $")  # the word before it, by its beginning
_ENDINGS = (
    "r",
    "s",
    "es",
    "n",
    "do",
    "da",
    "dos",
    "das",
    "ndo",
)  # of Spanish; the stem takes Quechua's


@dataclass(frozen=True)
class Norm:
    """How one variety is written. `foreign`: what only other varieties have -> what it says."""

    name: str
    consonants: str
    foreign: tuple[tuple[str, str], ...] = ()

    @cached_property
    def syllables(self) -> re.Pattern[str]:
        # One consonant before the vowel, one after it; only the first syllable may do without.
        some = f"(?:{self.consonants})"
        return re.compile(rf"{some}?[aiu]{some}?(?:{some}[aiu]{some}?)*")

    @cached_property
    def _endings(self) -> re.Pattern[str]:
        some = f"(?:{self.consonants})"
        return re.compile(rf"[aiu]?{some}?(?:{some}[aiu]{some}?)*")

    def may_follow(self, rest: str) -> bool:
        """Can this be endings put to a loan, wherever its last syllable ends?"""
        if any(sign.search(rest) for sign, _ in self.signs):
            return False
        return bool(self._endings.fullmatch(rest))

    @cached_property
    def signs(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(sign), what) for sign, what in self.foreign)


_GLOTTAL = "la h o el apóstrofo detrás de p, t, ch, k, q son del quechua cusqueño"
NORMS: Final = {
    "quy": Norm(
        "chanka",
        "ch|ll|[hklmnñpqrstwy]",
        (
            ("(?:[ptkq]|ch)['h]", _GLOTTAL),
            # "qanchis" is seven in both.
            ("(?<!^qa)nchis", "-nchis es del cusqueño: -nchik"),
            ("sh", "sh es de otra variedad: aquí s, o -chka- en vez de -sha-"),
            ("qti(?:y|n)", "-qti- es del cusqueño: -pti-"),
        ),
    ),
    "quz": Norm("cusqueño", "chh|ch'|ch|ll|[ptkq][h']|sh|[hklmnñpqrstwy]"),
}


class Loans:
    """The words of Spanish that may stand in a Quechua text, and how they begin."""

    def __init__(self, spanish: Iterable[str], agreed: Iterable[str] = ()) -> None:
        """`agreed`: of the glossary. Those that are loans count, however short they are."""
        self._whole = {word for text in spanish for word in words(text)}
        self._begin = {stem for word in self._whole for stem in _stems(word)}
        loans = [word for text in agreed for word in words(text) if not _is_quechua(word)]
        self._begin |= {part for word in loans for part in (word, word.removesuffix("y"))}

    def has(self, word: str, norm: Norm) -> bool:
        """Is it a loan, with or without endings of this variety? The word is plain."""
        if word in self._whole:
            return True
        beginnings = (at for at in range(len(word), 0, -1) if word[:at] in self._begin)
        return any(norm.may_follow(word[at:]) for at in beginnings)


def remarks(text: str, tag: str, loans: Loans) -> Iterator[Remark]:
    """Nothing of a language whose spelling nobody has told us."""
    norm = NORMS.get(tag)
    if norm is None:
        return
    text = PLACEHOLDER.sub(lambda name: "0" * len(name[0]), text)
    told = set()
    for found in WORD.finditer(text):
        word = plain(found[0])
        if word in told or _is_name(found, text) or loans.has(word, norm):
            continue
        told.add(word)
        if remark := _remark(word, norm):
            rule, what = remark
            yield Remark(rule, found[0], f"«{found[0]}»: {what}")
    yield from _glosses(text)


def _remark(word: str, norm: Norm) -> tuple[str, str] | None:
    if _VOWEL.search(word):
        better = word.replace("e", "i").replace("o", "u")
        return "five-vowels", (
            f"el quechua se escribe con a, i, u ({better}). {_LOAN.format('del castellano')}"
        )
    if found := _FOREIGN.search(word):
        return "letters", f"el quechua no usa «{found[0]}». {_LOAN.format('del castellano')}"
    for sign, what in norm.signs:
        if sign.search(word):
            return "variety", f"{what}."
    if not norm.syllables.fullmatch(word):
        return "syllables", (
            f"no son sílabas del quechua {norm.name}: ¿sobra o falta una letra? "
            f"{_LOAN.format('de otra lengua')}"
        )
    return None


_LOAN = "Si es una palabra {}, ponla en locales/glossary.csv."


def _glosses(text: str) -> Iterator[Remark]:
    """She needs a word explained once, and not every word."""
    for sentence in _SENTENCE.split(text):
        count = len(_GLOSS.findall(sentence))
        if count > _MOST_GLOSSES:
            start = " ".join(sentence.split()[:6])
            what = f"{count} explicaciones entre paréntesis en una oración. Haz dos oraciones"
            yield Remark("crowded", "", f"«{start}…»: {what}, o explica menos.")
    given = [(_glossed(text, gloss.start()), gloss[1]) for gloss in _GLOSS.finditer(text)]
    for word, gloss in dict.fromkeys(each for each in given if given.count(each) > 1):
        if word:
            what = "se explica dos veces en el mismo texto. Basta la primera."
            yield Remark("crowded", gloss, f"«({gloss})» {what}")


def _glossed(text: str, at: int) -> str:
    found = _GLOSSED.search(text[max(0, at - _LONGEST) : at])
    return plain(found[1]) if found else ""


def _is_name(found: re.Match[str], text: str) -> bool:
    word = found[0]
    if word[:1].islower():
        return False
    return word[:2].isupper() or not _STARTS.search(text, 0, found.start())


def _is_quechua(word: str) -> bool:
    return any(norm.syllables.fullmatch(word) for norm in NORMS.values())


def _stems(word: str) -> Iterator[str]:
    """What Quechua's endings are put to: "denunciar" -> "denuncia", "derecho" -> "derechu"."""
    for ending in ("", *_ENDINGS):
        stem = word.removesuffix(ending)
        if (stem != word or not ending) and len(stem) >= _SHORTEST:
            yield stem
            if stem.endswith("o"):
                yield f"{stem[:-1]}u"
