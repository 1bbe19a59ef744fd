"""Is the new Spanish the old one with its spelling mended? Then translations stay what they were.

A person says that typos were mended; this makes sure that nothing else slips through with them.
Whatever it doubts goes back to the translator, which costs a minute. A changed "no" that stays
translated as it was would tell women the contrary.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bot.dialogue.words import fold
from bot.proofread import fixed

_WORD = re.compile(r"\w+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
# "No, puedes" and "no puedes", "si" and "sí": one sign, and she is told the contrary.
_ANSWER = re.compile(r"\b(no|s[ií])\b\s*([^\w\s]?)")
_SHORT = 4  # letters of a word that another word of as many is too near to: "no", "si", "hijo"
_NEAR = 0.8  # how alike two spellings of a longer one are


@dataclass(slots=True)
class Judge:
    """Remembers what it was asked: `mended` are (old, new), `others` too."""

    mended: set[tuple[str, str]] = field(default_factory=set)
    others: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, old: str, new: str) -> bool:
        same = is_typo(old, new)
        (self.mended if same else self.others).add((old, new))
        return same


def is_typo(old: str, new: str) -> bool:
    """Only accents, capitals, signs, blanks, or a letter or two of long words are different."""
    if fixed(old) != fixed(new) or len(_BOLD.findall(old)) != len(_BOLD.findall(new)):
        return False
    if old.count("\n") != new.count("\n") or _asks(old) != _asks(new):
        return False
    if _ANSWER.findall(old.lower()) != _ANSWER.findall(new.lower()):
        return False
    before, after = (_WORD.findall(fold(each)) for each in (old, new))
    if "".join(before) == "".join(after):
        return True
    return len(before) == len(after) and all(map(_is_spelt_otherwise, before, after))


def _asks(text: str) -> bool:
    return "?" in text


def _is_spelt_otherwise(one: str, two: str) -> bool:
    if one == two:
        return True
    if min(len(one), len(two)) <= _SHORT or one.isdigit() or two.isdigit():
        return False
    # Number and person stand at the end ("puede", "pueden"): another end is another meaning.
    alike = SequenceMatcher(None, one, two, autojunk=False).ratio() >= _NEAR
    return alike and one[-1] == two[-1] and one[0] == two[0]
