"""Which place of Peru does she mean? Departments, provinces, districts, in her own spelling.

Rule 1: a name that several places bear is never answered with one of them: all are given back, and
she is asked. One in seven districts shares its name.
Rule 2: a name that is only near (a typing error) is marked so; what to do then is not decided here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from math import asin, cos, radians, sin, sqrt

from bot.dialogue.spelling import beginnings, halves, heard, likeness, pairs, readings, spelled_out

Point = tuple[float, float]  # latitude, longitude: degrees, WGS 84

DEPARTMENT, PROVINCE, DISTRICT = 2, 4, 6  # digits of their code (INEI's ubigeo)
SHORTEST_GUESS = 4  # letters: whatever is near "ate" or "ica" is near by chance
MUCH_BIGGER = 4  # times the people: then "san juan" is also San Juan de Lurigancho
AS_LIKELY = 0.03  # what is as near as this to the nearest is as likely
_MOST = 14  # names looked at closely, ...
_SHARED = 4  # ... if they share one in so many pairs of letters
_MOST_WORDS = 9  # of a district, a province and a department
_EARTH_KM = 12742.0  # its diameter


@dataclass(frozen=True, slots=True)
class Place:
    """`code` has two digits for a department, four for a province, six for a district. `people`
    is about how many live there. `point` is its capital's; None when nobody knows it, and for
    departments: too large for one."""

    code: str
    name: str
    province: str
    department: str
    point: Point | None
    people: int

    @property
    def whole_name(self) -> str:
        """ "Jauja, Junín", "El Tambo, Huancayo, Junín"."""
        return ", ".join(dict.fromkeys(filter(None, (self.name, self.province, self.department))))


@dataclass(frozen=True, slots=True)
class Found:
    """`places` are all she can mean, the most peopled first. `likeness` is 1 for her own letters,
    less for a guess."""

    places: tuple[Place, ...] = ()
    likeness: float = 1.0


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All places by code, and the other names people have for them (name, code)."""

    by_code: Mapping[str, Place] = field(default_factory=dict)
    other_names: tuple[tuple[str, str], ...] = ()
    capitals: tuple[tuple[str, str], ...] = ()  # where a district's capital is called otherwise

    def point(self, code: str) -> Point | None:
        """The district's, or its province's when nobody knows it."""
        for length in (DISTRICT, PROVINCE):
            place = self.by_code.get(code[:length])
            if place is not None and place.point is not None:
                return place.point
        return None

    def called(self, words: str) -> tuple[Place, ...]:
        """All that are called so, and nothing that only looks like it: also "santa rosa, puno"
        and "jaujapi"."""
        for name in readings(spelled_out(words)):
            if codes := self._codes(name) or self._within(name):
                return self._ordered([*codes, *self._much_bigger(name, codes)])
        return ()

    def find(self, words: str) -> Found:
        """As `called`; else what begins so; else what looks most like it."""
        if places := self.called(words):
            return Found(places)
        names = list(readings(spelled_out(words)))
        for name in names:
            if places := self._ordered(self._index.begun.get(name, ())):
                return Found(places)
        near = max((self.like(name) for name in names[:2]), default=[])
        if not near:
            return Found()
        best = near[0][0]
        return Found(self._one_of_each(c for like, c in near if like >= best - AS_LIKELY), best)

    def like(self, words: str, most: int = 8) -> list[tuple[float, str]]:
        """(likeness, code) of the names nearest to these words, best first."""
        name = spelled_out(words).replace(" ", "")
        best: dict[str, float] = {}
        for other in self._index.nearest(name) if len(name) >= SHORTEST_GUESS else ():
            found = likeness(name, other)
            for code in self._index.joined[other] if found else ():
                best[code] = max(found, best.get(code, 0.0))
        ranked = sorted(best.items(), key=lambda each: (-each[1], -self.by_code[each[0]].people))
        return [(found, code) for code, found in ranked[:most]]

    def _codes(self, name: str) -> list[str]:
        index, by_ear = self._index, heard(name)
        for names, key in (
            (index.names, name),
            (index.heard, by_ear),
            (index.capitals, name),
            (index.capitals, by_ear),
        ):
            if codes := names.get(key):
                return codes
        return []

    def _within(self, name: str, depth: int = 2) -> list[str]:
        """One name inside another's place. A name may be its own place's: "huamanga, ayacucho"."""
        if not depth or len(name.split()) > _MOST_WORDS:
            return []
        for inner, outer in halves(name):
            around = tuple(self._codes(outer) or self._within(outer, depth - 1))
            if around:
                inside = self._codes(inner) or self._index.begun.get(inner, [])
                if codes := [code for code in inside if code.startswith(around)]:
                    return codes
        return []

    def _much_bigger(self, name: str, codes: Iterable[str]) -> Iterator[str]:
        biggest = max(self.by_code[code].people for code in codes)
        for code in self._index.begun.get(name, ()):
            if self.by_code[code].people > MUCH_BIGGER * biggest:
                yield code

    def _ordered(self, codes: Iterable[str]) -> tuple[Place, ...]:
        return self._one_of_each(
            sorted(dict.fromkeys(codes), key=lambda code: (-self.by_code[code].people, code))
        )

    def _one_of_each(self, codes: Iterable[str]) -> tuple[Place, ...]:
        """Where a place and the larger one it is the capital of are called the same, the smaller
        says enough: it is the same point."""
        there = list(dict.fromkeys(codes))
        return tuple(
            self.by_code[code]
            for code in there
            if not any(_is_capital(other, code) for other in there)
        )

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self)


class _Index:
    """Everything a name can be looked up by. Made once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names: dict[str, list[str]] = {}
        self.heard: dict[str, list[str]] = {}
        self.capitals: dict[str, list[str]] = {}
        self.begun: dict[str, list[str]] = {}  # "san juan" -> San Juan de Lurigancho, ...
        self.joined: dict[str, list[str]] = {}  # without blanks: for likeness
        self._paired: dict[str, list[str]] = {}
        official = [(place.name, code) for code, place in gazetteer.by_code.items()]
        for name, code in (*official, *gazetteer.other_names):
            words = spelled_out(name)
            _put(self.names, words, code)
            _put(self.heard, heard(words), code)
            _put(self.joined, words.replace(" ", ""), code)
            for part in beginnings(words):
                _put(self.begun, part, code)
        for name, code in gazetteer.capitals:
            words = spelled_out(name)
            _put(self.capitals, words, code)
            _put(self.capitals, heard(words), code)
            _put(self.joined, words.replace(" ", ""), code)
        for name in self.joined:
            for pair in pairs(name):
                _put(self._paired, pair, name)

    def nearest(self, name: str) -> list[str]:
        """The names that share the most pairs of letters with this one."""
        wanted = pairs(name)
        shared = Counter[str]()
        for pair in wanted:
            shared.update(self._paired.get(pair, ()))
        size = len(wanted) + 1
        worth_it = (count for count in shared.items() if count[1] >= size / _SHARED)
        best = nlargest(_MOST, worth_it, key=lambda count: count[1] / (size + len(count[0])))
        return [other for other, _ in best]


def km_between(one: Point, other: Point) -> float:
    """As the crow flies."""
    (a, b), (c, d) = ((radians(point[0]), radians(point[1])) for point in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return _EARTH_KM * asin(sqrt(min(1.0, half)))


def _is_capital(place: str, larger: str) -> bool:
    """INEI numbers the capital 01; of places called the same, any district in the province is."""
    if len(place) <= len(larger) or not place.startswith(larger):
        return False
    return len(larger) == PROVINCE or place[DEPARTMENT:PROVINCE] == "01"


def _put(names: dict[str, list[str]], name: str, code: str) -> None:
    codes = names.setdefault(name, [])
    if code not in codes:
        codes.append(code)
