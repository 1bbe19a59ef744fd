"""What becomes of an announcement: watched while it is sent, reported, and resent on a decision."""

import csv
from io import StringIO
from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk import showing
from bot.web.desk.call import Call, getting, posting
from bot.web.desk.composer import HOME
from bot.web.desk.live import EVERY_S, live

COUNTED_A_SECOND: Final = 100_000
_OVER: Final = ("done", "cancelled")


async def watch(call: Call, staff: Staff) -> Response:
    """The part of its page that goes on by itself, until it is over."""
    number, broadcasts = call.request.path_params["id"], call.office.broadcasts
    found = await broadcasts.broadcast(number)
    if found is None:
        return call.not_found()
    state = ""

    async def part() -> str:
        nonlocal state
        report = await broadcasts.report(number)
        assert report is not None, "none is ever deleted"
        state = report.broadcast.state
        return call.html("announcement-live.html", **showing.under_way(call, report))

    # Counting a million messages takes a moment, for each who looks.
    every_s = max(EVERY_S, (found.size or 0) / COUNTED_A_SECOND)
    return live(call, part, until=lambda: state in _OVER, every_s=every_s)


async def ask_resend(call: Call, staff: Staff) -> Response:
    report = await call.office.broadcasts.report(call.request.path_params["id"])
    if report is None or not report.unknown:
        return call.not_found()
    return call.page("announcement-resend.html", report=report)


async def resend(call: Call, staff: Staff) -> Response:
    number = call.request.path_params["id"]
    await call.office.broadcasts.resend_unknown(number, call.doer())
    return call.go(f"{HOME}/{number}", "console.said.resent")


async def table(call: Call, staff: Staff) -> Response:
    """The report for a spreadsheet: what became of how many, and nobody's name."""
    report = await call.office.broadcasts.report(call.request.path_params["id"])
    if report is None:
        return call.not_found()
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(
        [call.say(f"console.csv.{each}") for each in ("what", "channel", "language", "count")]
    )
    for ending in showing.report(call, report):
        rows.writerows([ending.words, *part] for part in ending.parts)
    name = f"willaq-{report.broadcast.id}.csv"
    return Response(
        # Spreadsheets take it for something else than UTF-8 without this mark.
        "\ufeff" + file.getvalue(),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        media_type="text/csv",
    )


_BOTH: Final = ("organizer", "approver")
PAGES: Final = (
    getting(f"{HOME}/{{id:int}}/live", watch, *_BOTH),
    getting(f"{HOME}/{{id:int}}/resend", ask_resend, *_BOTH),
    posting(f"{HOME}/{{id:int}}/resend", resend, *_BOTH),
    getting(f"{HOME}/{{id:int}}/report.csv", table, *_BOTH),
)
