"""The first page: what waits for her, and where everything is."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk import waits
from bot.web.desk.call import Call, getting
from bot.web.desk.waits import Waiting


async def _her_account(call: Call, staff: Staff) -> Sequence[Waiting]:
    account = await call.office.store.account(staff.id)
    works_by_chat = bool(staff.roles & {"organizer", "approver", "translator"})
    if works_by_chat and not account.has_chat:
        return [Waiting(call.say("console.home.bind"), "/console/account/chat")]
    return []


async def _links_out(call: Call, staff: Staff) -> Sequence[Waiting]:
    if not staff.may("administrator"):
        return []
    out = await call.office.store.invitations(now=call.now)
    text = call.say("console.home.invited", count=len(out))
    return [Waiting(text, "/console/people")] if out else []


WAITING: Final[Sequence[Callable[[Call, Staff], Awaitable[Sequence[Waiting]]]]] = (
    waits.house_paused,
    waits.unknown,
    waits.announcements,
    _links_out,
    _her_account,
    waits.overdue,
)


async def shown(call: Call, staff: Staff) -> Response:
    waiting = [each for ask in WAITING for each in await ask(call, staff)]
    return call.page("home.html", staff=staff, waiting=waiting)


PAGES: Final = (getting("/console", shown, link="console.nav.home"),)
