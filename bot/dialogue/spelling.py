"""How people write the names of places: short, by ear, in Quechua, with typing errors."""

import re
from collections.abc import Iterator

from bot.dialogue.words import fold, sound

LEAST = 0.72  # likeness below which a name is another name
BETWEEN = frozenset("distrito provincia departamento region de del en la el los las y".split())
_ARTICLES = ("el", "la", "los", "las")
_LEAST_BEGINNING = 4  # letters
_SHORT = {
    "s": "san", "sn": "san", "sta": "santa", "sto": "santo", "gral": "general", "gnral": "general",
    "crnl": "coronel", "cnel": "coronel", "tte": "teniente", "nvo": "nuevo", "nva": "nueva",
    "ma": "maria", "ntra": "nuestra", "dist": "distrito", "prov": "provincia",
    "dpto": "departamento", "depto": "departamento", "dep": "departamento", "vlla": "villa",
}  # fmt: skip
# Quechua says "in Jauja" at the end of the word: jaujapi.
_ENDINGS = ("pitaq", "piqa", "pim", "pin", "pi", "mantam", "manta", "man", "ta", "pa", "p")
_TOWN = frozenset({"llaqta", "llaqtapi", "llaqtamanta", "llaqtapim"})
_QUECHUA_QU = re.compile("qu(?![aeiou])")  # in Spanish the u of "qu" is silent
# Quechua has three vowels, and everybody writes its consonants in her own way.
_ALIKE = str.maketrans(
    {"e": "i", "o": "u", "b": "p", "d": "t", "g": "k", "j": "s", "ñ": "n", "y": "i"}
)


def spelled_out(words: str) -> str:
    """ "Sta. Rosa" -> "santa rosa", "S.J.L." -> "sjl"."""
    parts: list[str] = []
    letters = ""
    for part in [*fold(words).split(), ""]:
        if len(part) == 1 and part.isalpha():
            letters += part
            continue
        if letters:
            parts.append(_SHORT.get(letters, letters))
        letters = ""
        parts.append(_SHORT.get(part, part))
    return " ".join(filter(None, parts))


def readings(name: str) -> Iterator[str]:
    """The name as it stands, without what leads to it, and without a Quechua ending:
    "en la provincia de jauja" -> ..., "jauja"; "juliacapi" -> "juliaca"."""
    words = name.split()
    yield name
    start = 0
    while start < len(words) - 1 and words[start] in BETWEEN:
        start += 1
        yield " ".join(words[start:])
    here = [word for word in words[start:] if word not in _TOWN]
    if here and len(here) < len(words) - start:
        yield " ".join(here)
    for ending in _ENDINGS if here else ():
        if here[-1].endswith(ending) and len(here[-1]) - len(ending) >= 3:
            yield " ".join([*here[:-1], here[-1].removesuffix(ending)])


def halves(name: str) -> Iterator[tuple[str, str]]:
    """Every way to take it for one name inside another: "santa rosa, puno", which is how people
    write it, and then "puno santa rosa"."""
    words = name.split()
    cuts = range(len(words) - 1, 0, -1)
    halved = [(_joined(words[:at]), _joined(words[at:])) for at in cuts]
    yield from halved
    yield from ((second, first) for first, second in halved)


def beginnings(name: str) -> Iterator[str]:
    """What somebody may take for the whole name: its first words, or all without the article."""
    words = name.split()
    for at in range(1, len(words)):
        part = " ".join(words[:at])
        if len(part) >= _LEAST_BEGINNING and words[at - 1] not in BETWEEN:
            yield part
    if words[0] in _ARTICLES and len(words) > 1:
        yield " ".join(words[1:])


def heard(name: str) -> str:
    """By how it sounds in Quechua and in Spanish: "Qusqu" and "Cusco" are one."""
    return sound(_QUECHUA_QU.sub("ku", name)).translate(_ALIKE)


def pairs(name: str) -> set[str]:
    """Its letters two by two, with its edges."""
    edged = f" {name} "
    return {edged[at : at + 2] for at in range(len(edged) - 1)}


def likeness(one: str, other: str) -> float:
    """1 for the same letters, less for each that is wrong, missing, too many or swapped; 0 below
    LEAST."""
    longest = max(len(one), len(other))
    most = int((1 - LEAST) * longest)
    found = 1 - _mistyped(one, other, most) / longest
    return found if found >= LEAST else 0.0


def _mistyped(one: str, other: str, most: int) -> int:
    """How many letters were typed wrong (optimal string alignment); too many is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    far = most + 1
    before: list[int] = []
    last = [min(column, far) for column in range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        now = [far] * (len(other) + 1)
        now[0] = min(row, far)
        # Further from the diagonal there are too many mistakes already.
        for column in range(max(1, row - most), min(len(other), row + most) + 1):
            its = other[column - 1]
            cost = last[column - 1] + (letter != its)
            cost = min(cost, last[column] + 1, now[column - 1] + 1)
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            now[column] = cost
        if min(now) > most:
            return far
        before, last = last, now
    return min(last[-1], far)


def _joined(words: list[str]) -> str:
    """Without what only leads from one name to the other."""
    while words and words[-1] in BETWEEN:
        words = words[:-1]
    while len(words) > 1 and words[0] in BETWEEN and words[0] not in _ARTICLES:
        words = words[1:]
    return " ".join(words)
