"""Count the syllables of a Spanish word, by the rules of its spelling.

Two vowels are one syllable when one of them is i or u without an accent: "via-je", "cau-sa"; they
are two when both are a, e or o ("le-er"), or when an accent says so ("dí-a"). An h between them
changes nothing ("prohi-bir", "bú-ho").
"""

import re
from itertools import pairwise

_SILENT = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])|(?<=[aeiouáéíóúü])h(?=[aeiouáéíóú])")
_Y_IS_I = re.compile(r"y(?![aeiouáéíóú])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéó")
_STRESSED_WEAK = frozenset("íú")
_SHORT_NAMES = frozenset("abcdegikopqtuy")  # of letters: "be", "ye"; the others are "ene", "efe"
_CANNOT_START = re.compile(r"[^AEIOUÁÉÍÓÚ](?![AEIOUÁÉÍÓÚLRH])")
_CANNOT_END = re.compile(r"[^AEIOUÁÉÍÓÚ]{2}$")


def syllables(word: str) -> int:
    """Of a word without signs around it, at least one; of DNI, said letter by letter, four."""
    if word.isupper() and len(word) > 1 and _is_spelt_out(word):
        return sum(map(_of_letter, word.lower()))
    plain = _SILENT.sub("", _Y_IS_I.sub("i", word.lower()))
    return max(1, sum(map(_of_vowels, _VOWELS.findall(plain))))


def _of_vowels(run: str) -> int:
    return 1 + sum(_apart(one, two) for one, two in pairwise(run))


def _apart(one: str, two: str) -> bool:
    if one == two or (one in _STRONG and two in _STRONG):
        return True
    return bool({one, two} & _STRONG and {one, two} & _STRESSED_WEAK)


def _is_spelt_out(word: str) -> bool:
    """ "DNI" and "ADN" are, "RENIEC" and "SIS" are read as words."""
    return bool(_CANNOT_START.match(word) or _CANNOT_END.search(word))


def _of_letter(letter: str) -> int:
    return 4 if letter == "w" else 1 if letter in _SHORT_NAMES else 2
