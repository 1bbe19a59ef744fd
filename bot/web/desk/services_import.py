"""Bring a table into the services directory: what would change, then exactly that."""

from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk.call import Call, getting, posting
from bot.web.desk.rooms import Faulty, Gone, Otherwise, Proposal, Unkept, Wrong
from bot.web.desk.services import HERE as DIRECTORY

_HERE: Final = f"{DIRECTORY}/import"
_APPLY: Final = f"{_HERE}/apply"
LARGEST_BYTES: Final = 4 * 1024 * 1024  # the whole country's list has a tenth
_SHOWN: Final = 100


async def ask(call: Call, staff: Staff) -> Response:
    return _page(call)


async def look(call: Call, staff: Staff) -> Response:
    """The dry run. Nothing is changed."""
    file = await call.upload("table")
    if file is None:
        return _page(call, status=422, fault="none")
    remove_missing = bool(await call.chosen("remove_missing"))
    try:
        proposal = await call.office.rooms.imports.propose(
            staff.id, await file.read(), remove_missing=remove_missing, now=call.now
        )
    except Faulty as faulty:
        return _page(call, status=422, mistakes=faulty.mistakes, remove_missing=remove_missing)
    return _proposed(call, proposal)


async def apply(call: Call, staff: Staff) -> Response:
    mark = (await call.form()).get("mark", "")

    async def note(did: str, about: str) -> None:
        await call.office.store.note_done(did, about, doer=call.doer(), now=call.now)

    try:
        await call.office.rooms.imports.apply(staff.id, mark, note=note, now=call.now)
    except Faulty as faulty:
        return _page(call, status=409, mistakes=faulty.mistakes)
    except Otherwise as otherwise:
        return _proposed(call, otherwise.proposal, status=409, told="console.import.otherwise")
    except Gone:
        return _page(call, status=409, fault="gone")
    except Unkept:
        return call.error("busy", 503)
    return call.go(DIRECTORY, "console.said.imported")


def _page(
    call: Call,
    *,
    status: int = 200,
    fault: str = "",
    mistakes: tuple[Wrong, ...] = (),
    remove_missing: bool = False,
) -> Response:
    return call.page(
        "import.html",
        status=status,
        fault=call.say(f"console.import.fault.{fault}") if fault else "",
        mistakes=mistakes[:_SHOWN],
        count=len(mistakes),
        remove_missing=remove_missing,
    )


def _proposed(call: Call, proposal: Proposal, *, status: int = 200, told: str = "") -> Response:
    return call.page(
        "import-look.html",
        status=status,
        told=told,
        proposal=proposal,
        differences=proposal.differences[:_SHOWN],
        more=max(0, len(proposal.differences) - _SHOWN),
        apply=_APPLY,
    )


PAGES: Final = (
    getting(_HERE, ask, "organizer"),
    posting(_HERE, look, "organizer", most_bytes=LARGEST_BYTES),
    posting(_APPLY, apply, "organizer"),
)
