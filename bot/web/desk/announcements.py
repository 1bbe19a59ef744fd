"""Announcements: all of them, and each with what can be done with it just now."""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.responses import Response

from bot.broadcasts import Report
from bot.dialogue.announcing import Broadcast
from bot.dialogue.staff import Staff
from bot.store.desk import Act, Refused
from bot.web.desk import composing, showing
from bot.web.desk.call import Call, getting, posting
from bot.web.desk.composer import HOME

BEGUN: Final = ("sending", "paused", "done", "cancelled")
LONGEST_REASON: Final = 500
# What a button may ask for. The store says whose it is, and from which state.
_ACTS: Final[Mapping[str, Act]] = {
    "submit": "submit", "approve": "approve", "send-back": "send back", "schedule": "schedule",
    "start": "start", "pause": "pause", "resume": "resume", "cancel": "cancel",
}  # fmt: skip


async def shown(call: Call, staff: Staff) -> Response:
    broadcasts = call.office.broadcasts
    found = await broadcasts.newest()
    # Only of those under way: what became of the others is counted on their own page.
    reports = [
        report
        for each in found
        if each.state in ("sending", "paused") and (report := await broadcasts.report(each.id))
    ]
    return call.page(
        "announcements.html",
        staff=staff,
        house=await broadcasts.house_is_paused(),
        all=found,
        settled={each.broadcast.id: showing.settled(each) for each in reports},
        names=await _names(call),
    )


async def one(call: Call, staff: Staff) -> Response:
    report = await call.office.broadcasts.report(call.request.path_params["id"])
    return await _page(call, staff, report) if report else call.not_found()


async def act(call: Call, staff: Staff) -> Response:
    """A button was pressed. What no longer fits is refused, and what she does not know is shown."""
    form, number = await call.form(), call.request.path_params["id"]
    what, broadcasts = _ACTS.get(form.get("act", "")), call.office.broadcasts
    found = await broadcasts.broadcast(number)
    if what is None or found is None:
        return call.not_found()
    if what in ("submit", "approve") and _wrong(call, found, what):
        return call.go(f"{HOME}/{number}", "console.said.wrong")
    reason = " ".join(form.get("reason", "").split())
    if what == "send back" and not 0 < len(reason) <= LONGEST_REASON:
        return await _page(call, staff, Report(found, ()), faults={
            "reason": call.say("console.fault.reason", most=LONGEST_REASON)
        })  # fmt: skip
    seen = form.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    try:
        await broadcasts.act(number, what, call.doer(), version, reason)
    except Refused as refused:
        if refused.why != "version":
            raise
        return call.go(f"{HOME}/{number}?since={version}", "console.said.changed")
    # What is under way says itself how it is from now on.
    said = "" if what in ("start", "resume") else f"console.said.{form['act']}"
    return call.go(f"{HOME}/{number}", said)


async def ask_cancel(call: Call, staff: Staff) -> Response:
    found = await call.office.broadcasts.broadcast(call.request.path_params["id"])
    return call.page("announcement-cancel.html", found=found) if found else call.not_found()


async def try_out(call: Call, staff: Staff) -> Response:
    number = call.request.path_params["id"]
    found = await call.office.broadcasts.broadcast(number)
    if found is None:
        return call.not_found()
    if not await call.office.broadcasts.try_out(found.what, call.doer()):
        return call.go("/console/account/chat", "console.said.no-chat")
    return call.go(f"{HOME}/{number}", "console.said.tried")


async def let_go(call: Call, staff: Staff) -> Response:
    await call.office.broadcasts.pause_house("", call.doer())
    return call.go(HOME, "console.said.house")


async def _page(
    call: Call, staff: Staff, report: Report, faults: Mapping[str, str] | None = None
) -> Response:
    found = report.broadcast
    more = showing.under_way(call, report) if found.state in BEGUN else await _plan(call, found)
    return call.page(
        "announcement.html",
        status=422 if faults else 200,
        staff=staff,
        names=await _names(call),
        house=await call.office.broadcasts.house_is_paused(),
        facts=showing.facts(call, found.what),
        screens=showing.screens(call, found.what),
        faults=faults or {},
        **more,
    )


async def _plan(call: Call, found: Broadcast) -> dict[str, object]:
    since = call.request.query_params.get("since", "")
    seen = int(since) + 1 if since.isdecimal() and len(since) < 10 else found.version
    before = await call.office.broadcasts.handed_in(found.id, before=min(seen, found.version))
    return {
        "found": found,
        "run": await showing.dry_run(call, found.what),
        "changes": showing.changes(call, before, found.what) if before else [],
        "wrong": _wrong(call, found, "submit"),
    }


def _wrong(call: Call, found: Broadcast, act: Act) -> Sequence[str]:
    """What must be corrected first. An approval need not come before the hour it was planned for:
    it can still be started by hand."""
    faults = call.office.broadcasts.faults(found.what)
    counts = [each for each in faults if act == "submit" or each.field != "start_at"]
    return list(composing.by_field(call, counts).values())


async def _names(call: Call) -> dict[int | None, str]:
    """Who works here; the command line is nobody."""
    people: dict[int | None, str] = {each.id: each.name for each in await call.office.store.staff()}
    return {None: call.say("console.door.command"), **people}


_BOTH: Final = ("organizer", "approver")
PAGES: Final = (
    getting(HOME, shown, *_BOTH, link="console.nav.announcements"),
    getting(f"{HOME}/{{id:int}}", one, *_BOTH),
    posting(f"{HOME}/{{id:int}}", act, *_BOTH),
    getting(f"{HOME}/{{id:int}}/cancel", ask_cancel, *_BOTH),
    posting(f"{HOME}/{{id:int}}/try", try_out, *_BOTH),
    posting(f"{HOME}/house", let_go, "approver"),
)
