"""Her own account: language, password, code, passkeys, and the chat she works from.

What would let somebody else in for good is asked for with her password again: a session left open
is not enough.
"""

from typing import Final

from markupsafe import Markup
from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk import proofs
from bot.web.desk.call import Call, getting, posting

CODE_S: Final = 10 * 60.0
_HERE: Final = "/console/account"


async def shown(call: Call, staff: Staff) -> Response:
    account = await call.office.store.account(staff.id)
    return call.page("account.html", staff=staff, account=account)


async def set_language(call: Call, staff: Staff) -> Response:
    chosen = (await call.form()).get("language", "")
    if chosen not in [each.tag for each in call.translations.console_languages]:
        return call.not_found()
    await call.office.store.set_language(staff.id, chosen)
    return call.go(_HERE)


async def ask_password(call: Call, staff: Staff) -> Response:
    return call.page("password.html", faults={})


async def set_password(call: Call, staff: Staff) -> Response:
    form = await call.form()
    new = form.get("new", "")
    login = (await call.office.store.account(staff.id)).login
    faults = {}
    if fault := proofs.password_fault(new, login, *staff.name.split()):
        faults["new"] = call.say(
            f"console.fault.{fault}", least=proofs.SHORTEST, most=proofs.LONGEST
        )
    elif new != form.get("again", ""):
        faults["again"] = call.say("console.fault.again")
    elif not await confirmed(call, staff, form.get("password", "")):
        faults["password"] = call.say("console.fault.password")
    if faults:
        return call.page("password.html", status=422, faults=faults)
    hashed = await call.office.proofs.hash(new)
    await call.office.store.set_password(staff.id, hashed, doer=call.doer(), now=call.now)
    await call.office.store.close_other_sessions(staff.id, call.token)
    return call.go(_HERE, "console.said.password")


async def ask_code(call: Call, staff: Staff) -> Response:
    return await _code_page(call, staff, {})


async def set_code(call: Call, staff: Staff) -> Response:
    form = await call.form()
    secret = await _new_secret(call, staff)
    step = proofs.step_of(form.get("code", ""), secret, call.now)
    if step is None:
        return await _code_page(call, staff, {"code": call.say("console.fault.code")})
    if not await confirmed(call, staff, form.get("password", "")):
        return await _code_page(call, staff, {"password": call.say("console.fault.password")})
    await call.office.store.set_totp(staff.id, secret, step, doer=call.doer(), now=call.now)
    await call.office.store.close_other_sessions(staff.id, call.token)
    return call.go(_HERE, "console.said.code")


async def ask_chat(call: Call, staff: Staff) -> Response:
    account = await call.office.store.account(staff.id)
    return call.page("chat-code.html", account=account, code="", faults={})


async def make_chat_code(call: Call, staff: Staff) -> Response:
    """Shown once, on this very answer. Whoever sends it works as her, until she parts that chat."""
    if not await confirmed(call, staff, (await call.form()).get("password", "")):
        account = await call.office.store.account(staff.id)
        faults = {"password": call.say("console.fault.password")}
        return call.page("chat-code.html", status=422, account=account, code="", faults=faults)
    made = await call.office.store.chat_code(staff.id, now=call.now, lasts_s=CODE_S)
    account = await call.office.store.account(staff.id)
    minutes = round(CODE_S / 60)
    return call.page("chat-code.html", account=account, code=made.token, minutes=minutes, faults={})


async def leave_chat(call: Call, staff: Staff) -> Response:
    await call.office.store.unbind_chat(staff.id, doer=call.doer(), now=call.now)
    return call.go(_HERE, "console.said.unbound")


async def close_others(call: Call, staff: Staff) -> Response:
    await call.office.store.close_other_sessions(staff.id, call.token)
    return call.go(_HERE, "console.said.closed")


async def confirmed(call: Call, staff: Staff, password: str) -> bool:
    """Her password, once more; a few attempts a minute."""
    if call.office.confirming.wait_s(str(staff.id)):
        return False
    found = await call.office.store.credentials_of(staff.id)
    return await call.office.proofs.is_hers(password, found.password_hash if found else None)


async def _code_page(call: Call, staff: Staff, faults: dict[str, str]) -> Response:
    secret = await _new_secret(call, staff)
    link = proofs.link_of(secret, (await call.office.store.account(staff.id)).login)
    return call.page(
        "code.html",
        status=422 if faults else 200,
        faults=faults,
        link=link,
        letters=proofs.letters_of(secret),
        picture=Markup(proofs.picture_of(link)),
    )


async def _new_secret(call: Call, staff: Staff) -> bytes:
    """The same until it is hers, so that a page loaded again shows no other picture."""
    found = await call.office.store.credentials_of(staff.id)
    now = found.totp_secret if found else b""
    what = b"console new code " + call.token.encode() + now
    return call.office.sign(what)[: proofs.SECRET_BYTES]


PAGES: Final = (
    getting(_HERE, shown, link="console.nav.account"),
    posting(f"{_HERE}/language", set_language),
    getting(f"{_HERE}/password", ask_password),
    posting(f"{_HERE}/password", set_password),
    getting(f"{_HERE}/code", ask_code),
    posting(f"{_HERE}/code", set_code),
    getting(f"{_HERE}/chat", ask_chat),
    posting(f"{_HERE}/chat", make_chat_code),
    posting(f"{_HERE}/chat/leave", leave_chat),
    posting(f"{_HERE}/others", close_others),
)
