"""Write an announcement: the form, what it will look like while it is typed, for how many it is."""

from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from bot.dialogue.announcing import BroadcastState, Composition
from bot.dialogue.desk_screens import CHANNELS
from bot.dialogue.places import DEPARTMENT, PROVINCE
from bot.dialogue.staff import Staff
from bot.store.base import StoreError
from bot.store.desk import Refused
from bot.web.desk import composing
from bot.web.desk.call import Call, getting, posting
from bot.web.desk.composing import Typed
from bot.web.desk.showing import lasting, names, repeating, screens

HOME: Final = "/console/announcements"
EDITABLE: Final[frozenset[BroadcastState]] = frozenset(
    {"draft", "waiting for approval", "approved", "scheduled"}
)


async def ask_new(call: Call, staff: Staff) -> Response:
    return await _form(call, composing.BLANK)


async def write(call: Call, staff: Staff) -> Response:
    return await _save(call, await composing.read(call))


async def ask_edit(call: Call, staff: Staff) -> Response:
    """With what is wrong beside each field: she may come because she was told so."""
    found = await call.office.broadcasts.broadcast(call.request.path_params["id"])
    if found is None or found.state not in EDITABLE:
        return call.not_found()
    faults = composing.by_field(call, call.office.broadcasts.faults(found.what))
    return await _form(call, composing.of(found.what, found.version), faults=faults)


async def edit(call: Call, staff: Staff) -> Response:
    if await call.office.broadcasts.broadcast(call.request.path_params["id"]) is None:
        return call.not_found()
    return await _save(call, await composing.read(call), call.request.path_params["id"])


async def preview(call: Call, staff: Staff) -> Response:
    """The part of the form that shows what she types."""
    what = (await composing.read(call, with_file=False)).what
    return call.page("compose-preview.html", screens=screens(call, what))


async def count(call: Call, staff: Staff) -> Response:
    what = (await composing.read(call, with_file=False)).what
    counts = await call.office.broadcasts.count(what.audience, tuple(what.texts))
    return call.page("compose-count.html", counts=counts)


async def _save(call: Call, typed: Typed, number: int | None = None) -> Response:
    faults = dict(typed.faults)
    if "unfinished" not in await call.form():
        wrong = composing.by_field(call, call.office.broadcasts.faults(typed.what))
        faults = {**wrong, **faults}
    if faults:
        return await _form(call, typed, faults=faults, status=422)
    broadcasts, doer = call.office.broadcasts, call.doer()
    try:
        if number is None:
            number = await broadcasts.draft(typed.what, doer)
        else:
            await broadcasts.edit(number, typed.what, typed.version, doer)
    except Refused as refused:
        return await _again(call, typed, refused, number)
    except StoreError:
        return await _form(call, typed, told="console.error.busy", status=503)
    return call.go(f"{HOME}/{number}", "console.said.kept")


async def _again(call: Call, typed: Typed, refused: Refused, number: int | None) -> Response:
    """What she typed is in the form still. Saved once more, it goes over the other's: she was told
    so."""
    found = await call.office.broadcasts.broadcast(number) if number else None
    told = f"console.refused.{refused.why}"
    if refused.why == "version" and found is not None:
        typed, told = replace(typed, version=found.version), "console.announce.over"
    return await _form(call, typed, told=told, status=409)


async def _form(
    call: Call,
    typed: Typed,
    *,
    faults: dict[str, str] | None = None,
    told: str = "",
    status: int = 200,
) -> Response:
    what = typed.what
    return call.page(
        "compose.html",
        status=status,
        typed=typed,
        what=what,
        faults=faults or {},
        told=told,
        again=call.request.method == "POST",
        screens=screens(call, what),
        counts=await call.office.broadcasts.count(what.audience, tuple(what.texts)),
        **_choices(call, what),
    )


def _choices(call: Call, what: Composition) -> dict[str, Any]:
    """(value, label) of all that is not typed but chosen."""
    held = (each for each in call.office.library()[0].editions.values() if each.capacity)
    return {
        "written": list(names(call).items()),
        "channels": [(name, CHANNELS.get(name, name)) for name in call.office.broadcasts.channels],
        "departments": _departments(call),
        "editions": [
            ("", call.say("console.announce.edition.any")),
            *((each.slug, each.menu) for each in held),
        ],
        "repeats": [(each, repeating(call, each)) for each in composing.REPEATS],
        "expiries": [(str(each), lasting(call, each)) for each in composing.hours_of(what)],
        "expires": str(composing.expires_h(what)),
    }


def _departments(call: Call) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(code, name, its provinces)."""
    places = call.office.library()[0].places.by_code
    provinces = dict[str, list[tuple[str, str]]]()
    for code, place in sorted(places.items()):
        if len(code) == PROVINCE:
            provinces.setdefault(code[:DEPARTMENT], []).append((code, place.name))
    return [
        (code, place.name, provinces.get(code, []))
        for code, place in sorted(places.items())
        if len(code) == DEPARTMENT
    ]


PAGES: Final = (
    getting(f"{HOME}/new", ask_new, "organizer"),
    posting(f"{HOME}/new", write, "organizer", most_bytes=composing.MOST_SENT),
    getting(f"{HOME}/{{id:int}}/edit", ask_edit, "organizer"),
    posting(f"{HOME}/{{id:int}}/edit", edit, "organizer", most_bytes=composing.MOST_SENT),
    posting(f"{HOME}/preview", preview, "organizer"),
    posting(f"{HOME}/count", count, "organizer"),
)
