"""What a sentence is judged by: its words and their neighbours, groups of letters, and the same
again with each word replaced by what it is about (HIT, PARTNER, CHILD, ...). So "mi yerno me
aventó" resembles "mi esposo me golpeó" although they share one word.

Training (bot/training.py) and judging (bot/dialogue/learned.py) both see exactly these.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

# Word as it sounds, or its beginning with a star -> what it is about.
About = Mapping[str, tuple[str, ...]]

ANY_END = "*"
NOTHING_KNOWN = ("_",)
_START, _END = "^", "$"
_LONGEST_COUNTED = 12
_LETTERS = (3, 4, 5)


def hints(words: Sequence[str], about: About) -> set[str]:
    """`words` are folded and as they sound."""
    if not words:
        return set()
    abouts = [about_of(word, about) for word in words]
    found = {f"{min(len(words), _LONGEST_COUNTED)}#", f"{words[0]}<", f"{words[-1]}>"}
    found.update(_of_words(words))
    found.update(_of_letters(words))
    found.update(_of_meaning(abouts))
    found.update(_of_both(words, abouts))
    return found


def about_of(word: str, about: About) -> tuple[str, ...]:
    """What is known of the word and of its longest known beginning."""
    whole = about.get(word, ())
    for length in range(len(word), 1, -1):
        begun = about.get(word[:length] + ANY_END)
        if begun:
            return tuple(dict.fromkeys((*whole, *begun)))
    return whole or NOTHING_KNOWN


def _of_words(words: Sequence[str]) -> Iterator[str]:
    edged = [_START, *words, _END]
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(edged))
    yield from (f"{first} . {third}" for first, third in zip(edged, edged[2:], strict=False))


def _of_letters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        edged = f"-{word}-"
        for length in _LETTERS:
            yield from (edged[at : at + length] for at in range(len(edged) - length + 1))


def _of_meaning(abouts: Sequence[tuple[str, ...]]) -> Iterator[str]:
    edged = [(_START,), *abouts, (_END,)]
    for first, second in pairwise(edged):
        yield from (f"{one}+{other}" for one in first for other in second)
    known = [each for each in abouts if each is not NOTHING_KNOWN]
    for at, first in enumerate(known):
        yield from first
        for later in known[at + 1 :]:
            yield from (f"{one}~{other}" for one in first for other in later)


def _of_both(words: Sequence[str], abouts: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for (word, is_about), (next_word, next_about) in pairwise(zip(words, abouts, strict=True)):
        yield from (f"{one}+{next_word}" for one in is_about if is_about is not NOTHING_KNOWN)
        yield from (f"{word}+{one}" for one in next_about if next_about is not NOTHING_KNOWN)
