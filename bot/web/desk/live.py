"""Keep a part of a page up to date while it is looked at (server-sent events)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from starlette.responses import Response, StreamingResponse

from bot.web.desk.call import Call

EVERY_S: Final = 1.0
HEARTBEAT_S: Final = 15.0
LONGEST_S: Final = 300.0  # then her page asks again: a line that died unnoticed ends some time

Part = Callable[[], Awaitable[str]]


def live(
    call: Call, part: Part, *, until: Callable[[], bool] = lambda: False, every_s: float = EVERY_S
) -> Response:
    """Send what `part` gives, once at the beginning and whenever it is another; htmx puts it into
    the element that asked. It ends when `until` says so, when her session does, and when Willaq
    stops. A page that is only looked at keeps no session alive."""
    return StreamingResponse(
        _events(call, part, until, every_s),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
    )


async def _events(
    call: Call, part: Part, until: Callable[[], bool], every_s: float
) -> AsyncIterator[str]:
    last, quiet_s, left_s = "", 0.0, LONGEST_S
    while left_s > 0:
        if await call.office.store.session(call.token, now=call.now, keep=False) != call.staff:
            return  # revoked, or signed out in another window: nothing more for this one
        now = await part()
        if now != last:
            yield event(now)
            last, quiet_s = now, 0.0
        elif quiet_s >= HEARTBEAT_S:
            yield ":\n\n"
            quiet_s = 0.0
        if until() or await _stops(call, every_s):
            yield "event: end\ndata: \n\n"
            return
        quiet_s, left_s = quiet_s + every_s, left_s - every_s


async def _stops(call: Call, wait_s: float) -> bool:
    try:
        await asyncio.wait_for(call.office.stopping.wait(), wait_s)
    except TimeoutError:
        return False
    return True


def event(html: str) -> str:
    """One message of the stream, whatever lines the HTML has."""
    lines = html.splitlines() or [""]
    return "".join(f"data: {line}\n" for line in lines) + "\n"
