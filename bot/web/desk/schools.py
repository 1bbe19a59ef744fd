"""Editions of schools and who signed up for them. Whoever looks at names leaves a line behind."""

from datetime import date
from typing import Final

from starlette.responses import Response

from bot.conversation import lima_day
from bot.dialogue.regions import REGIONS
from bot.dialogue.staff import Staff
from bot.store.base import Enrolled
from bot.web.desk.call import Call, getting, posting

_HERE: Final = "/console/schools"


async def shown(call: Call, staff: Staff) -> Response:
    catalogue = call.office.library()[0]
    counts = await call.office.store.enrolment_counts()
    rows = call.office.rooms.editions(catalogue, counts, _today(call))
    editions = [
        {
            **row,
            "name": _name(call, row["edition"]),
            "deadline": _day(row["deadline"]),
            "starts_on": _day(row["starts_on"]),
        }
        for row in rows
    ]
    # What is open or has anybody in it stands first: the rest only tells what was.
    editions.sort(key=lambda row: not (row["open"] or row["enrolled"] or row["waiting"]))
    return call.page("schools.html", editions=editions)


async def sign_ups(call: Call, staff: Staff) -> Response:
    edition = call.request.path_params["edition"]
    if not await _is_there(call, edition):
        return call.not_found()
    women = await call.office.store.sign_ups(
        edition, "look at sign-ups", doer=call.doer(), now=call.now
    )
    return call.page(
        "sign-ups.html",
        edition=edition,
        name=_name(call, edition),
        women=[_row(call, each) for each in women],
    )


async def download(call: Call, staff: Staff) -> Response:
    edition = call.request.path_params["edition"]
    if not await _is_there(call, edition):
        return call.not_found()
    women = await call.office.store.sign_ups(
        edition, "download sign-ups", doer=call.doer(), now=call.now
    )
    # With a BOM: without one, spreadsheets take it for another alphabet.
    return Response(
        call.office.rooms.table(women).encode("utf-8-sig"),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{edition}.csv"'},
    )


async def ask_take_out(call: Call, staff: Staff) -> Response:
    edition, number = call.request.path_params["edition"], call.request.path_params["id"]
    if not await _is_there(call, edition):
        return call.not_found()
    return call.page("take-out.html", edition=edition, name=_name(call, edition), number=number)


async def take_out(call: Call, staff: Staff) -> Response:
    edition, number = call.request.path_params["edition"], call.request.path_params["id"]
    gone = await call.office.store.take_out(
        edition, number, doer=call.doer(), today=_today(call), now=call.now
    )
    if not gone:
        return call.not_found()
    return call.go(f"{_HERE}/{edition}", "console.said.taken-out")


async def _is_there(call: Call, edition: str) -> bool:
    """Also one that is no longer in the content: who signed up is still there."""
    editions = call.office.library()[0].editions
    return edition in editions or edition in await call.office.store.enrolment_counts()


def _name(call: Call, edition: str) -> str:
    known = call.office.library()[0].editions.get(edition)
    return known.menu if known else edition


def _row(call: Call, woman: Enrolled) -> dict[str, object]:
    kept = woman.kept
    return {
        "number": woman.number,
        "name": kept.name,
        "region": REGIONS.get(kept.region, kept.region),
        "organization": kept.organization,
        "channel": call.say(f"console.channel.{woman.channel}"),
        "state": kept.state,
        "agreed_on": _day(kept.agreed_on.isoformat()),
    }


def _today(call: Call) -> date:
    return lima_day(call.now)


def _day(iso: str) -> str:
    """As it is written in Peru; "" stays."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else ""


PAGES: Final = (
    getting(_HERE, shown, "organizer", link="console.nav.schools"),
    getting(f"{_HERE}/{{edition}}", sign_ups, "organizer"),
    getting(f"{_HERE}/{{edition}}/sign-ups.csv", download, "organizer"),
    getting(f"{_HERE}/{{edition}}/{{id:int}}/take-out", ask_take_out, "organizer"),
    posting(f"{_HERE}/{{edition}}/{{id:int}}/take-out", take_out, "organizer"),
)
