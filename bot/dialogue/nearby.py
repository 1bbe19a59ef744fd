"""Help near her: what she wants, where, and which question is still open.

Rule 1: she is asked for her district. Where exactly she is she may share, it is never asked.
Rule 2: a name that several places bear, or that is only nearly one, is asked, never guessed.
Rule 3: the place lives in her state, for its 30 minutes, and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.menus import ALWAYS
from bot.dialogue.moment import Moment
from bot.dialogue.places import DEPARTMENT, PROVINCE, Found, Place
from bot.dialogue.search import is_a_question
from bot.dialogue.services import (
    IN_A_HURRY,
    KINDS,
    Spot,
    around,
    kinds_for,
    nothing_loaded,
    pin,
    spot_of,
    spot_shared,
)
from bot.dialogue.turn import Choice, Line, Reply, Turn, same_everywhere, say
from bot.dialogue.wish import Wish, wish_of

NEAR = "near"
NOW = "now"  # in place of a kind: whoever can help in danger
SURELY = 0.85  # likeness from which a name with a typing error is taken for what it looks like
MOST_ASKED = 7  # places to choose from: with the ways out, the ten rows of a list


def help_near(moment: Moment) -> Turn | None:
    """A place she shared, a button of these screens, or words about a place."""
    event = moment.event
    if event.kind == "location" and event.latitude is not None and event.longitude is not None:
        return _around(moment, spot_shared(event.latitude, event.longitude), "")
    if moment.choice:
        return _pressed(moment)
    return _typed(moment) if event.kind == "text" else None


def ask_where(moment: Moment, kind: str = "", name: str = "", *, again: bool = False) -> Turn:
    if not moment.catalogue.services:
        return _turn(moment, nothing_loaded(moment.catalogue, moment.event.today))
    reply = Reply((say("near.unknown" if again else "near.ask"), say("near.forget")), ALWAYS)
    return _turn(moment, reply, asked=f"{NEAR}:{kind}:{name}")


def ask_where_instead(moment: Moment) -> Turn | None:
    """She shared a place in a way that told us none."""
    return ask_where(moment) if moment.event.kind == "location" else None


def _pressed(moment: Moment) -> Turn | None:
    verb, _, rest = moment.choice.partition(":")
    catalogue = moment.catalogue
    if verb == NEAR:
        return ask_where(moment, rest)
    if verb == "at":
        code, _, kind = rest.partition(":")
        place = catalogue.places.by_code.get(code)
        return _at_place(moment, place, kind) if place else None
    if verb == "kind" and rest in KINDS:
        spot = spot_of(moment.state.place, catalogue)
        return _around(moment, spot, rest) if spot else ask_where(moment, rest)
    if verb == "pin":
        service = next((each for each in catalogue.services if each.id == rest), None)
        reply = pin(service, moment.event.today) if service else None
        return _turn(moment, reply) if reply else None
    return None


def _typed(moment: Moment) -> Turn | None:
    wish = wish_of(moment.event.text, moment.catalogue)
    if wish is None:
        return None
    if moment.asked.startswith(f"{NEAR}:"):
        return _answered(moment, wish)
    if not wish.rest:
        is_asked = wish.kind and (wish.led or not moment.is_sure)
        return ask_where(moment, wish.kind) if is_asked and _is_there(wish, moment) else None
    places = _called(wish, moment.catalogue)
    if places:
        return _which(moment, Found(places), wish.kind)
    if wish.kind and wish.led:
        found = moment.catalogue.places.find(wish.rest[-1])
        return _which(moment, found, wish.kind) if found.places else None
    return None


def _answered(moment: Moment, wish: Wish) -> Turn | None:
    """She was asked for a place, and may have said something else altogether."""
    _, kind, name = moment.asked.split(":", 2)
    kind = wish.kind or kind
    if not wish.rest:
        return ask_where(moment, kind)
    places = moment.catalogue.places
    inside = places.called(f"{name}, {wish.rest[-1]}") if name else ()
    if exact := inside or _called(wish, moment.catalogue):
        return _which(moment, Found(exact), kind)
    found = places.find(wish.rest[-1])
    asks = is_a_question(list(moment.found))
    if asks and found.likeness < SURELY:
        return None
    if found.places:
        return _which(moment, found, kind)
    return None if asks else ask_where(moment, kind, name, again=True)


def _which(moment: Moment, found: Found, kind: str) -> Turn:
    """The one place, or the question which of them."""
    if len(found.places) == 1 and found.likeness >= SURELY:
        return _at_place(moment, found.places[0], kind)
    if not moment.catalogue.services:
        return ask_where(moment, kind)
    names = {place.name for place in found.places}
    name = names.pop() if len(names) == 1 else ""
    asks = say("near.which", name=name) if name else say("near.which.names")
    return _turn(moment, _choices(asks, found.places, kind), asked=f"{NEAR}:{kind}:{name}")


def _at_place(moment: Moment, place: Place, kind: str) -> Turn:
    catalogue = moment.catalogue
    if catalogue.services and len(place.code) == DEPARTMENT:
        # Too large to be near anything in it.
        inside = [
            each
            for code, each in catalogue.places.by_code.items()
            if len(code) == PROVINCE and code.startswith(place.code)
        ]
        inside.sort(key=lambda each: -each.people)
        reply = _choices(say("near.province", name=place.name), tuple(inside), kind)
        return _turn(moment, reply, asked=f"{NEAR}:{kind}:")
    spot = spot_of(place.code, catalogue)
    return _around(moment, spot, kind) if spot else ask_where(moment, kind, again=True)


def _around(moment: Moment, spot: Spot, kind: str) -> Turn:
    catalogue, today = moment.catalogue, moment.event.today
    if not catalogue.services:
        return ask_where(moment)
    first = IN_A_HURRY if kind == NOW else kinds_for(moment.state.topic, catalogue)
    only = kind if kind in KINDS else ""
    reply = around(spot, catalogue, today, kind=only, first=first)
    return _turn(moment, reply, place=spot.key)


def _turn(moment: Moment, reply: Reply, *, asked: str = "", place: str = "") -> Turn:
    state = moment.state
    return Turn(replace(state, asked=asked, place=place or state.place), (reply,))


def _choices(asks: Line, places: tuple[Place, ...], kind: str) -> Reply:
    offered = places[:MOST_ASKED]
    suffix = f":{kind}" if kind else ""
    choices = [
        Choice(f"at:{place.code}{suffix}", label)
        for place, label in zip(offered, _labels(offered), strict=True)
    ]
    return Reply((asks,), (*choices, *ALWAYS))


def _labels(places: tuple[Place, ...]) -> Iterator[Line]:
    """As short as tells them apart; what is the same in all of them stands in the question."""
    one_name = len({place.name for place in places}) == 1
    for place in places:
        if len(place.code) == DEPARTMENT:
            yield say("near.department", name=place.name)
            continue
        alike = [each for each in places if each.name == place.name]
        around_it = place.department
        if sum(each.department == place.department for each in alike) > 1:
            around_it = ", ".join(filter(None, (place.province, place.department)))
        if len(alike) == 1:
            yield same_everywhere(place.name)
        else:
            yield same_everywhere(around_it if one_name else f"{place.name}, {around_it}")


def _is_there(wish: Wish, moment: Moment) -> bool:
    """Without such a door in the directory, her word is better looked for among the topics."""
    return any(each.kind == wish.kind for each in moment.catalogue.services)


def _called(wish: Wish, catalogue: Catalogue) -> tuple[Place, ...]:
    found = (catalogue.places.called(words) for words in wish.rest)
    return next((places for places in found if places), ())
