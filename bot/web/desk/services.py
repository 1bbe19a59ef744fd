"""The services directory: how much there is, what is out of date, what is near a place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from starlette.responses import Response

from bot.conversation import lima_day
from bot.dialogue.catalogue import Catalogue, Service
from bot.dialogue.places import DEPARTMENT, Place
from bot.dialogue.services import KINDS
from bot.dialogue.staff import Staff
from bot.web.desk.call import Call, getting

HERE: Final = "/console/services"
SHOWN: Final = 50  # of those found
_LONGEST: Final = 80
_SOON_DAYS: Final = 30


async def shown(call: Call, staff: Staff) -> Response:
    catalogue, today = call.office.library()[0], lima_day(call.now)
    place = call.request.query_params.get("place", "").strip()[:_LONGEST]
    late_only = "late" in call.request.query_params
    places = catalogue.places.find(place).places if place else ()
    found = _found(catalogue, places, today, place, late_only)
    return call.page(
        "services.html",
        place=place,
        places=places,
        late_only=late_only,
        found=[_card(call, each, catalogue, today) for each in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        **_counts(call, catalogue, today),
    )


def _found(
    catalogue: Catalogue, places: Sequence[Place], today: date, asked: str, late_only: bool
) -> list[Service]:
    if not asked and not late_only:
        return []
    codes = tuple(place.code for place in places)
    return sorted(
        (
            each
            for each in catalogue.services
            if (not asked or each.ubigeo.startswith(codes))
            and (not late_only or each.expires_on < today)
        ),
        key=lambda each: (each.ubigeo, each.kind, each.name),
    )


def _counts(call: Call, catalogue: Catalogue, today: date) -> dict[str, Any]:
    services = catalogue.services
    kinds = Counter(each.kind for each in services)
    late = Counter(each.kind for each in services if each.expires_on < today)
    where = Counter(each.ubigeo[:DEPARTMENT] for each in services)
    days = [(each.expires_on - today).days for each in services]
    return {
        "total": len(services),
        "late": sum(day < 0 for day in days),
        "soon": sum(0 <= day <= _SOON_DAYS for day in days),
        "soon_days": _SOON_DAYS,
        "kinds": [
            (call.say(f"kind.{kind}"), kinds[kind], late[kind]) for kind in KINDS if kinds[kind]
        ],
        "departments": sorted(
            (catalogue.places.by_code[code].name, count) for code, count in where.items()
        ),
    }


def _card(call: Call, service: Service, catalogue: Catalogue, today: date) -> dict[str, object]:
    return {
        "name": service.name,
        "kind": call.say(f"kind.{service.kind}"),
        "lines": [*_lines(service, catalogue)],
        "checked_on": _day(service.checked_on),
        "expires_on": _day(service.expires_on),
        "late": service.expires_on < today,
    }


def _lines(service: Service, catalogue: Catalogue) -> Iterator[str]:
    district = catalogue.places.by_code[service.ubigeo].whole_name
    yield ", ".join(filter(None, (service.address, district)))
    if service.phones:
        yield " / ".join(service.phones)
    if service.hours:
        yield service.hours


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


PAGES: Final = (getting(HERE, shown, "organizer", link="console.nav.services"),)
