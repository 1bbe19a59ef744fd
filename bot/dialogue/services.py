"""The doors she can knock at: which are near, and how they are shown.

Rule 1: what is past its day is shown without number, address and map, and says so.
Rule 2: a distance is as the crow flies, and she is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.dialogue.catalogue import Catalogue, Service
from bot.dialogue.menus import ALWAYS, IN_DANGER, button
from bot.dialogue.pages import shown_date
from bot.dialogue.places import PROVINCE, Place, Point, km_between
from bot.dialogue.safety import numbers
from bot.dialogue.turn import Choice, Line, Pin, Reply, say, stack

KINDS = (  # phrase "kind.<kind>" names each
    "centro-emergencia-mujer", "comisaria", "salud", "demuna", "defensa-publica", "fiscalia",
    "juzgado", "defensoria-del-pueblo", "atencion-rural", "atencion-urgente", "trabajo",
    "organizacion",
)  # fmt: skip
FIRST = ("centro-emergencia-mujer", "comisaria")  # when nothing says what about
IN_A_HURRY = ("comisaria", "centro-emergencia-mujer", "salud")
OF_CONTACTS = {  # contact of a topic -> the kind of door that is meant
    "centro-emergencia-mujer": "centro-emergencia-mujer",
    "policia-105": "comisaria",
    "samu-106": "salud",
    "demuna": "demuna",
    "juzgado-de-paz-letrado": "juzgado",
    "sunadep-defensa-publica": "defensa-publica",
    "defensoria-del-pueblo": "defensoria-del-pueblo",
    "sunafil": "trabajo",
}
NEAR_KM = 60.0
CLOSE_KM = 2.0  # nearer than that is not counted: nobody knows where exactly she is
SHOWN = 3
OTHER_KINDS = 2  # buttons to other kinds of doors
ELSEWHERE = button("near", "button.elsewhere")
_NEAR_DEGREES = NEAR_KM / 110.0  # of latitude


@dataclass(frozen=True, slots=True)
class Spot:
    """Near what. `place` is None for what she shared."""

    point: Point
    key: str  # as her state keeps it
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A service and how far it is. `point` is its own or, `roughly`, its district's."""

    service: Service
    km: float
    roughly: bool


def spot_shared(latitude: float, longitude: float) -> Spot:
    """Rounded to a hundredth of a degree, about a kilometre: enough to find what is near, too
    little to find her."""
    point = (round(latitude, 2), round(longitude, 2))
    return Spot(point, f"{point[0]},{point[1]}")


def spot_of(key: str, catalogue: Catalogue) -> Spot | None:
    """What a state or a button names, if it is still there. Of a district nobody has a point for,
    its province: what is near its capital must not be called near her."""
    by_code = catalogue.places.by_code
    place = by_code.get(key)
    if place is not None:
        known = place if place.point else by_code.get(key[:PROVINCE])
        return Spot(known.point, key, known) if known and known.point else None
    latitude, _, longitude = key.partition(",")
    try:
        return Spot((float(latitude), float(longitude)), key)
    except ValueError:
        return None


def nearest(spot: Spot, catalogue: Catalogue) -> list[Near]:
    """Services by distance; those far away are left out."""
    latitude = spot.point[0]
    found = []
    for service, point in _points(catalogue):
        if abs(point[0] - latitude) <= _NEAR_DEGREES:
            km = km_between(spot.point, point)
            if km <= NEAR_KM:
                found.append(Near(service, km, service.point is None))
    return sorted(found, key=lambda near: (near.km, near.service.id))


def chosen(there: list[Near], first: Iterable[str]) -> list[Near]:
    """The nearest of each kind she needs first, in that order; then whatever else is nearest."""
    best = [next((near for near in there if near.service.kind == kind), None) for kind in first]
    kept = [near for near in best if near is not None]
    kept += [near for near in there if near not in kept]
    return kept[:SHOWN]


def around(
    spot: Spot, catalogue: Catalogue, today: date, *, kind: str, first: Iterable[str]
) -> Reply:
    """The nearest doors, or the truth that there is none. `kind` is the one she asked for, or "";
    without one, those of `first` come first."""
    there = nearest(spot, catalogue)
    of_kind = [near for near in there if near.service.kind == kind]
    shown = of_kind[:SHOWN] if kind else chosen(there, first)
    title = say("near.title", place=spot.place.whole_name) if spot.place else say("near.title.here")
    if not shown:
        return _nothing(title, there, catalogue, kind, today)
    cards = [_card(at, near, catalogue, today) for at, near in enumerate(shown, 1)]
    pins = [
        Choice(f"pin:{near.service.id}", say("button.map", number=str(at)))
        for at, near in enumerate(shown, 1)
        if near.service.point and near.service.expires_on >= today
    ]
    others = _other_kinds(there, shown, kind)
    lines = (title, *cards, say("near.straight"))
    return Reply(lines, (*pins, *others, ELSEWHERE, *ALWAYS))


def pin(service: Service, today: date) -> Reply | None:
    """Where it is on the map; None when that is not known, or too old to send her there."""
    if service.point is None or service.expires_on < today:
        return None
    latitude, longitude = service.point
    attached = Pin(latitude, longitude, service.name, service.address)
    return Reply((say("near.map"),), (ELSEWHERE, *ALWAYS), attachments=(attached,))


def kinds_for(topic: str, catalogue: Catalogue) -> tuple[str, ...]:
    """What she needs first, by what she is reading about."""
    page = catalogue.topics.get(topic)
    contacts = page.contacts if page else ()
    kinds = tuple(OF_CONTACTS[slug] for slug in contacts if slug in OF_CONTACTS)
    return kinds or FIRST


def nothing_loaded(catalogue: Catalogue, today: date) -> Reply:
    """No directory yet: whom to call is the best there is."""
    return Reply((say("location"), *numbers(IN_DANGER, catalogue, today)), ALWAYS, both=True)


def _nothing(title: Line, there: list[Near], catalogue: Catalogue, kind: str, today: date) -> Reply:
    others = tuple(_other_kinds(there, [], kind))
    none = say("near.none.kind", kind=say(f"kind.{kind}")) if kind else say("near.none")
    lines = (title, none, *numbers(IN_DANGER, catalogue, today))
    return Reply(lines, (*others, ELSEWHERE, *ALWAYS), both=True)


def _card(number: int, near: Near, catalogue: Catalogue, today: date) -> Line:
    service = near.service
    fresh = service.expires_on >= today
    lines = [say("near.row", number=str(number), name=service.name), _where(near, catalogue)]
    if service.address and fresh:
        lines.append(say("contact.address", value=service.address))
    if service.phones and fresh:
        lines.append(say("contact.phone", value=" / ".join(service.phones)))
    for field in ("hours", "languages"):
        if value := getattr(service, field):
            lines.append(say(f"contact.{field}", value=value))
    seen = "contact.checked" if fresh else "near.expired"
    return stack(*lines, say(seen, date=shown_date(service.checked_on)))


def _where(near: Near, catalogue: Catalogue) -> Line:
    district = catalogue.places.by_code[near.service.ubigeo]
    place = ", ".join(dict.fromkeys((district.name, district.province)))
    kind = say(f"kind.{near.service.kind}")
    if near.roughly and near.km < CLOSE_KM:
        return say("near.where.town", kind=kind, place=place)
    if near.km < CLOSE_KM:
        return say("near.where.close", kind=kind, place=place, km=f"{CLOSE_KM:.0f}")
    step = 1 if near.km < 10 else 5
    return say("near.where", kind=kind, place=place, km=str(step * round(near.km / step)))


def _other_kinds(there: list[Near], shown: list[Near], kind: str) -> Iterator[Choice]:
    seen = {kind, *(near.service.kind for near in shown)}
    kinds = {near.service.kind for near in there}
    left = [each for each in KINDS if each in kinds - seen]
    return (Choice(f"kind:{each}", say(f"kind.{each}")) for each in left[:OTHER_KINDS])


@lru_cache(maxsize=4)
def _points(catalogue: Catalogue) -> tuple[tuple[Service, Point], ...]:
    """Where each service is: itself, or else its district."""
    points = ((each, each.point or catalogue.places.point(each.ubigeo))
              for each in catalogue.services)  # fmt: skip
    return tuple((service, point) for service, point in points if point is not None)
