"""Who did what, for those who answer for it. Nothing here can be changed."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import ROLES, Staff
from bot.web.desk.call import Call, getting

_LINES: Final = 100


async def shown(call: Call, staff: Staff) -> Response:
    asked = call.request.query_params.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    entries = await call.office.store.audit(limit=_LINES, before=before)
    names = {str(each.id): each.name for each in await call.office.store.staff()}
    lines = [
        {
            "when": call.day_and_time(each.at),
            "who": each.name or call.say(f"console.door.{each.door}"),
            "door": call.say(f"console.door.{each.door}"),
            "did": call.say(f"console.did.{each.did.replace(' ', '-')}") or each.did,
            "about": _about(call, each.about, names),
        }
        for each in entries
    ]
    older = entries[-1].number if len(entries) == _LINES else None
    return call.page("audit.html", lines=lines, older=older)


def _about(call: Call, about: str, names: Mapping[str, str]) -> str:
    """The log has words and numbers of the program; here they are said."""
    kind, _, number = about.partition(" ")
    if kind == "staff":
        return names.get(number) or call.say("console.about.staff", number=number)
    if kind == "broadcast":
        return call.say("console.about.broadcast", number=number)
    words = about.split()
    if words and set(words) <= {*ROLES}:
        return ", ".join(call.say(f"console.role.{word}.short") for word in words)
    return about


PAGES: Final = (getting("/console/audit", shown, "administrator", link="console.nav.audit"),)
