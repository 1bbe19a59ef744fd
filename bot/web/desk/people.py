"""Those who work here: invite, invite again, withdraw an invitation, revoke."""

from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import ROLES, Role, Staff
from bot.web.desk.call import Call, getting, posting

INVITED_S: Final = 3 * 24 * 3600.0
_LONGEST_NAME: Final = 60


async def shown(call: Call, staff: Staff) -> Response:
    return await _list(call)


async def invite(call: Call, staff: Staff) -> Response:
    """The link is shown once, on this very answer: nobody can look it up later."""
    name = " ".join((await call.form()).get("name", "").split())
    chosen = await call.chosen("roles")
    roles: list[Role] = [role for role in ROLES if role in chosen]
    faults = {}
    if not 0 < len(name) <= _LONGEST_NAME:
        faults["name"] = call.say("console.fault.name", most=_LONGEST_NAME)
    if not roles:
        faults["roles"] = call.say("console.fault.roles")
    if faults:
        return await _list(call, name=name, chosen=roles, faults=faults)
    made = await call.office.store.invite(
        name, roles, doer=call.doer(), now=call.now, lasts_s=INVITED_S
    )
    return _link(call, name, made.token)


async def invite_again(call: Call, staff: Staff) -> Response:
    one = await _one(call)
    if one is None:
        return call.not_found()
    made = await call.office.store.invite_again(
        one.id, doer=call.doer(), now=call.now, lasts_s=INVITED_S
    )
    return _link(call, one.name, made.token)


async def withdraw(call: Call, staff: Staff) -> Response:
    number = (await call.form()).get("number", "")
    gone = await call.office.store.withdraw_invitation(number, doer=call.doer(), now=call.now)
    return call.go("/console/people", "console.said.withdrawn") if gone else call.not_found()


async def ask_revoke(call: Call, staff: Staff) -> Response:
    one = await _one(call)
    return call.page("revoke.html", one=one) if one else call.not_found()


async def revoke(call: Call, staff: Staff) -> Response:
    id = call.request.path_params["id"]
    gone = await call.office.store.revoke(id, doer=call.doer(), now=call.now)
    return call.go("/console/people", "console.said.revoked") if gone else call.not_found()


async def _list(
    call: Call,
    *,
    name: str = "",
    chosen: list[Role] | None = None,
    faults: dict[str, str] | None = None,
) -> Response:
    store = call.office.store
    return call.page(
        "people.html",
        status=422 if faults else 200,
        people=await store.staff(),
        invited=await store.invitations(now=call.now),
        roles=ROLES,
        name=name,
        chosen=chosen or [],
        faults=faults or {},
    )


async def _one(call: Call) -> Staff | None:
    id = call.request.path_params["id"]
    return next((each for each in await call.office.store.staff() if each.id == id), None)


def _link(call: Call, name: str, token: str) -> Response:
    office = call.office
    origin = office.public_url or f"http://{call.request.headers['Host']}"
    return call.page(
        "invited.html", name=name, link=f"{origin}/console/join/{token}", days=INVITED_S / 86400
    )


PAGES: Final = (
    getting("/console/people", shown, "administrator", link="console.nav.people"),
    posting("/console/people", invite, "administrator"),
    posting("/console/people/withdraw", withdraw, "administrator"),
    posting("/console/people/{id:int}/again", invite_again, "administrator"),
    getting("/console/people/{id:int}/revoke", ask_revoke, "administrator"),
    posting("/console/people/{id:int}/revoke", revoke, "administrator"),
)
