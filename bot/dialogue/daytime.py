"""Hours of the day in which she may be written to, as she says them and as she is shown them.

"de 2 a 6 de la tarde", "9-12", "después de las 5", "tutamanta 9manta 12kama".
"""

import re
from dataclasses import dataclass
from itertools import product

from bot.dialogue.hours import HOUSE, Hours
from bot.dialogue.words import fold

NAMED = {"any": HOUSE, "morning": (8, 12), "afternoon": (12, 18), "evening": (18, 21)}

_NOON = 12
_FROM_TO = re.compile(r"(?<=[\dmh ])[-–—](?=[\d ])")
_HALF = re.compile(r"\b([ap])\. ?m\b|(?<=\d)([ap])\. ?m\b")
_MINUTES = re.compile(r"(\d{1,2}) ?[:.] ?([0-5]\d)\b")
_TIME = re.compile(r"(\d{1,2})(?:x(\d\d))?(am|pm|m|h|hs|hrs)?(manta|kama)?")
_MORNING = frozenset("mañana manana tutamanta paqarin".split())
_NIGHT = frozenset("noche tuta".split())
_AM = _MORNING | frozenset("am madrugada".split())
_PM = _NIGHT | frozenset("pm tarde tardi chisi".split())
_OF_DAY = _AM | _PM
_QUECHUA = re.compile(r".*(manta|kama)|paqarin|tardi|chisi|tuta")
_LATER = frozenset("despues desde partir pasadas manta horamanta horasmanta".split())
_EARLIER = frozenset("antes hasta kama horakama horaskama".split())
_AROUND = frozenset(
    "a al las la los el de del en por entre y o dia dias mediodia hora horas h hs hrs m solo "
    "mejor puede ser para cada todos favor porfa ya "
    "punchaw punchay".split()
)


@dataclass(slots=True)
class _Time:
    """`when` is a word of _AM or _PM, "m" for noon, "" when she does not say."""

    hour: int
    when: str = ""

    def possible(self) -> tuple[int, ...]:
        if self.when in _AM:
            # Who says "de 8 a 12 de la mañana" means noon.
            noon = self.hour == _NOON and self.when in _MORNING
            return (_NOON if noon else self.hour % _NOON,)
        if self.when in _PM and self.hour <= _NOON:
            midnight = self.hour == _NOON and self.when in _NIGHT
            return (24,) if midnight else (self.hour % _NOON + _NOON,)
        is_told = self.when or not 0 < self.hour < _NOON
        return (self.hour,) if is_told else (self.hour, self.hour + _NOON)


def meant(text: str) -> Hours | None:
    """From and until which hour; None when her words name none, or something else as well. What
    lies in the night may end before it begins."""
    times, said = _heard(_words(text))
    if not 1 <= len(times) <= 2 or any(each.hour > 24 for each in times):
        return None
    if not said - {""} <= _AROUND | _LATER | _EARLIER:
        return None
    return _between(*times) if len(times) == 2 else _open_ended(times[0], said)


def by_day(hours: Hours) -> Hours | None:
    """The part of it in which anything is sent; None when there is none."""
    start, end = max(hours[0], HOUSE[0]), min(hours[1], HOUSE[1])
    return (start, end) if start < end else None


def shown(hour: int) -> str:
    """As it is said in Peru: "8 am", "12 m", "6 pm"."""
    if hour == _NOON:
        return "12 m"
    return f"{hour % _NOON or _NOON} {'am' if hour % 24 < _NOON else 'pm'}"


def _words(text: str) -> list[str]:
    plain = _FROM_TO.sub(" a ", text.lower())
    plain = _HALF.sub(lambda half: f"{half[1] or half[2]}m", plain)
    words = fold(_MINUTES.sub(r"\1x\2", plain)).split()
    return [word.removesuffix("pi") for word in words]  # "tardipi", "9 horapi": at


def _heard(words: list[str]) -> tuple[list[_Time], set[str]]:
    """The hours, and the words around them."""
    times: list[_Time] = []
    said = set[str]()
    is_before, when = _stands_before(words), ""
    for word in words:
        found = _TIME.fullmatch(word)
        if found:
            times.append(_time(found, when, is_end=bool(times)))
            said.add(found[4] or "")
            when = ""
        elif word not in _OF_DAY:
            said.add(word)
        elif is_before:
            when = word
        elif times:
            times[-1].when = word
    return times, said


def _stands_before(words: list[str]) -> bool:
    """Is "tuta 9manta" said, or "9 de la noche"? Quechua does as it likes: "6manta 9kama tuta"."""
    if not any(map(_QUECHUA.fullmatch, words)):
        return False
    kinds = [word in _OF_DAY for word in words if word in _OF_DAY or _TIME.fullmatch(word)]
    return kinds[:1] == [True] or kinds[-1:] == [False]


def _time(found: re.Match[str], when: str, *, is_end: bool) -> _Time:
    """Whole hours inside what she allows: from "9:30" on is from 10, until "9:30" is until 9."""
    begun = int(found[2] or 0) > 0 and not is_end
    return _Time(int(found[1]) + begun, when or (found[3] or "").strip("hrs"))


def _between(first: _Time, last: _Time) -> Hours | None:
    def unlikely(hours: Hours) -> tuple[bool, int, int]:
        start, end = hours
        at_night = start < HOUSE[0] or end > HOUSE[1]
        # "de 8 a 9 de la noche" begins in the evening too.
        return at_night, 0 if last.when else start, end - start

    pairs = list(product(first.possible(), last.possible()))
    forward = [(start, end) for start, end in pairs if start < end]
    return min(forward, key=unlikely) if forward else pairs[0]


def _open_ended(time: _Time, said: set[str]) -> Hours:
    possible = time.possible()
    hour = next((each for each in possible if HOUSE[0] <= each < HOUSE[1]), possible[0])
    if said & _LATER:
        return hour, HOUSE[1]
    if said & _EARLIER:
        return HOUSE[0], hour
    return hour, hour + 1
