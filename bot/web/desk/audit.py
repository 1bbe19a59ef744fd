"""Who did what, for those who answer for it. Nothing here can be changed."""

from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk.call import Call, getting

_LINES: Final = 100


async def shown(call: Call, staff: Staff) -> Response:
    asked = call.request.query_params.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    entries = await call.office.store.audit(limit=_LINES, before=before)
    lines = [
        {
            "when": call.day_and_time(each.at),
            "who": each.name or call.say(f"console.door.{each.door}"),
            "door": call.say(f"console.door.{each.door}"),
            "did": each.did,
            "about": each.about,
        }
        for each in entries
    ]
    older = entries[-1].number if len(entries) == _LINES else None
    return call.page("audit.html", lines=lines, older=older)


PAGES: Final = (getting("/console/audit", shown, "administrator", link="console.nav.audit"),)
