"""What waits for somebody who looks at it: one question each, shown on the first page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import lima_day
from bot.dialogue.announcing import Broadcast
from bot.dialogue.staff import Staff
from bot.web.desk.call import Call

ANNOUNCEMENTS = "/console/announcements"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something she is asked to do, and where."""

    text: str
    path: str


async def house_paused(call: Call, staff: Staff) -> Sequence[Waiting]:
    """Above all else of announcements: as long as it lasts, none of them goes."""
    if _announces(staff) and await call.office.store.house_is_paused():
        return [Waiting(call.say("console.home.house"), ANNOUNCEMENTS)]
    return []


async def unknown(call: Call, staff: Staff) -> Sequence[Waiting]:
    """While it is not too late to send them again."""
    found = await call.office.store.unknown(now=call.now) if _announces(staff) else ()
    return [
        Waiting(
            call.say("console.home.unknown", count=each.count, title=each.title),
            f"{ANNOUNCEMENTS}/{each.broadcast}",
        )
        for each in found
    ]


async def announcements(call: Call, staff: Staff) -> Sequence[Waiting]:
    """To be approved by her, sent back to her, or stopped until somebody looks."""
    found = await call.office.broadcasts.newest() if _announces(staff) else ()
    return [
        Waiting(
            call.say(f"console.home.{what}", title=each.what.title),
            f"{ANNOUNCEMENTS}/{each.id}",
        )
        for each in found
        if (what := _asks(call, staff, each))
    ]


def _asks(call: Call, staff: Staff, one: Broadcast) -> str:
    is_hers = one.author == staff.id
    if one.state == "waiting for approval" and staff.may("approver"):
        return "" if is_hers and call.office.two_person else "approve"
    if one.state == "draft" and one.reason and is_hers:
        return "sent-back"
    if one.state == "approved" and staff.may("organizer"):
        return "start"
    return "canary" if one.state == "paused" and one.reason == "canary" else ""


async def overdue(call: Call, staff: Staff) -> Sequence[Waiting]:
    if not staff.may("organizer"):
        return []
    today = lima_day(call.now)
    late = sum(each.expires_on < today for each in call.office.library()[0].services)
    text = call.say("console.home.overdue", count=late)
    return [Waiting(text, "/console/services?late=1")] if late else []


def _announces(staff: Staff) -> bool:
    return staff.may("organizer") or staff.may("approver")
