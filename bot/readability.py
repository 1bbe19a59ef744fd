"""How easy a Spanish text is to read: two indexes, of 0 to 100 and more; 65 is easy enough.

Szigriszt-Pazos (the scale INFLESZ reads 65 to 80 as "fairly easy") and Fernández-Huerta, with the
words of a sentence where his paper by mistake has the sentences of a hundred words. Figures count
neither as words nor as syllables, as Flesch advised, from whom both indexes come: a law's number
is not read, it is looked at.
"""

import re
from dataclasses import dataclass

from bot.syllables import syllables

_MARKS = re.compile(r"\*\*|^[ \t]*(?:-|\d+\.) ", re.MULTILINE)
_FIGURE = re.compile(r"S/\.?|\S*\d\S*?(?=[.,;:!?…»\")]*(?:\s|$))")
# A full stop before a small letter or a figure is of an abbreviation: "art. 5", "p. ej.".
_END = re.compile(r"[.!?…]+[»\")]*\s+(?=[^\da-záéíóúñ\s])|[;:]\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Readability:
    szigriszt: float
    huerta: float

    @property
    def worst(self) -> float:
        return min(self.szigriszt, self.huerta)


def measure(text: str) -> Readability | None:
    """Of a text in Willaq's small Markdown; None when it has no words."""
    bare = _FIGURE.sub("0", _MARKS.sub("", text))
    words = _WORD.findall(bare)
    if not words:
        return None
    sentences = sum(1 for each in _END.split(f"{bare}\n") if _WORD.search(each))
    per_word = sum(map(syllables, words)) / len(words)
    per_sentence = len(words) / sentences
    return Readability(
        szigriszt=round(206.835 - 62.3 * per_word - per_sentence, 1),
        huerta=round(206.84 - 60 * per_word - 1.02 * per_sentence, 1),
    )
