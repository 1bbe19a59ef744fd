"""Sign in with a password and a code, sign out, and come in by an invitation for the first time.

Rule 1: whatever is wrong, the answer is the same and takes as long: nobody learns whether a name,
a password or a code was right by itself.
Rule 2: attempts are counted for each name and for all together, and who signed in from this browser
before is counted apart: strangers who try a name for days do not lock its owner out.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from markupsafe import Markup
from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.store.desk import Refused
from bot.store.team import Invited
from bot.web.desk import proofs
from bot.web.desk.call import Call, Office, Open, Page, open_getting, open_posting, posting
from bot.web.desk.devices import Devices
from bot.web.desk.guard import SIGN_IN, cookie_name
from bot.web.flood import Gate

SESSION_S: Final = 12 * 3600.0
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")


@dataclass(frozen=True, slots=True)
class Gates:
    """Attempts with a password. Passkeys need none: there is nothing to guess."""

    name: Gate = field(default_factory=lambda: Gate(1 / 60, burst=5))  # strangers, for each name
    device: Gate = field(default_factory=lambda: Gate(1 / 30, burst=10))  # a browser that was in
    all: Gate = field(default_factory=lambda: Gate(1, burst=30))  # strangers together
    joining: Gate = field(default_factory=lambda: Gate(1, burst=20))


class Login:
    def __init__(self, office: Office, *, gates: Gates | None = None) -> None:
        self._office = office
        self._gates = gates or Gates()
        self._devices = Devices(office)

    @property
    def opened(self) -> list[Open]:
        return [
            open_getting(SIGN_IN, self.ask),
            open_posting(SIGN_IN, self.sign_in),
            open_getting("/console/join/{token}", self.invitation),
            open_posting("/console/join/{token}", self.join),
        ]

    @property
    def pages(self) -> list[Page]:
        return [posting("/console/sign-out", self.sign_out)]

    async def ask(self, call: Call) -> Response:
        if call.staff is not None:
            return call.go("/console")
        return _page(call)

    async def sign_in(self, call: Call) -> Response:
        form = await call.form()
        login = form.get("login", "").lower()
        wait_s = self._wait_s(call, login)
        if wait_s:
            return self._refused(call, login, "console.fault.wait", 429)
        staff = await self._proved(login, form.get("password", ""), form.get("code", ""))
        if staff is None:
            return self._refused(call, login, "console.fault.sign-in", 403)
        return await self.enter(call, staff)

    async def enter(self, call: Call, staff: Staff | None) -> Response:
        """A session of her own, whatever cookie came along. None: she proved nothing."""
        if staff is None:
            return self._refused(call, "", "console.fault.passkey", 403)
        store, now = self._office.store, self._office.now()
        token = await store.open_session(staff.id, now=now, lasts_s=SESSION_S)
        if token is None:
            return self._refused(call, "", "console.fault.sign-in", 403)
        answer = call.go(_way_on(call) or "/console")
        _give(answer, self._office, token)
        login = (await store.account(staff.id)).login
        self._devices.remember(answer, call.request, login)
        return answer

    async def sign_out(self, call: Call, staff: Staff) -> Response:
        await self._office.store.close_session(call.token)
        answer = call.go(SIGN_IN)
        _take(answer, self._office)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    async def invitation(self, call: Call) -> Response:
        token = call.request.path_params["token"]
        found = await self._office.store.invited(token, now=call.now)
        if found is None:
            return call.error("link", 404)
        return self._welcome(call, token, found, found.login, {})

    async def join(self, call: Call) -> Response:
        token = call.request.path_params["token"]
        if self._gates.joining.wait_s():
            return call.error("busy", 429)
        found = await self._office.store.invited(token, now=call.now)
        if found is None:
            return call.error("link", 404)
        form = await call.form()
        login = found.login or form.get("login", "").lower()
        secret = self._secret(token)
        faults = _faults(form.get("password", ""), form.get("again", ""), login, found.name)
        step = proofs.step_of(form.get("code", ""), secret, call.now)
        if step is None:
            faults["code"] = "code"
        faults = {name: _told(call, fault) for name, fault in faults.items()}
        if faults or step is None:
            return self._welcome(call, token, found, login, faults)
        hashed = await self._office.proofs.hash(form["password"])
        try:
            staff = await self._office.store.join(token, login, hashed, secret, now=call.now)
        except Refused:
            taken = {"login": call.say("console.fault.taken")}
            return self._welcome(call, token, found, login, taken)
        if staff is None:
            return call.error("link", 404)
        await self._office.store.take_totp(staff.id, step)
        return await self.enter(call, staff)

    def _welcome(
        self, call: Call, token: str, found: Invited, login: str, faults: dict[str, str]
    ) -> Response:
        secret = self._secret(token)
        link = proofs.link_of(secret, login or found.name)
        return call.page(
            "join.html",
            status=422 if faults else 200,
            found=found,
            login=login,
            faults=faults,
            link=link,
            letters=proofs.letters_of(secret),
            picture=Markup(proofs.picture_of(link)),
        )

    def _secret(self, token: str) -> bytes:
        """The same as long as the link is the same: a page loaded again asks for no new picture."""
        return self._office.sign(b"console code " + token.encode())[: proofs.SECRET_BYTES]

    def _wait_s(self, call: Call, login: str) -> float:
        device = self._devices.known(call.request, login)
        if device:
            return self._gates.device.wait_s(device)
        # No name that was typed is kept, not even here.
        name = sha256(login.encode()).hexdigest()
        return self._gates.all.wait_s() or self._gates.name.wait_s(name)

    async def _proved(self, login: str, password: str, code: str) -> Staff | None:
        store = self._office.store
        found = await store.credentials(login)
        is_hers = await self._office.proofs.is_hers(
            password, found.password_hash if found else None
        )
        step = proofs.step_of(code, found.totp_secret, self._office.now()) if found else None
        if found is None or not is_hers or step is None:
            return None
        return found.staff if await store.take_totp(found.staff.id, step) else None

    def _refused(self, call: Call, login: str, fault: str, status: int) -> Response:
        return _page(call, login, fault, status)


def _faults(password: str, again: str, login: str, name: str) -> dict[str, str]:
    """What is wrong, by the field it is wrong in, as the end of a phrase."""
    faults = {}
    if not _LOGIN.fullmatch(login):
        faults["login"] = "login"
    if fault := proofs.password_fault(password, login, *name.split()):
        faults["password"] = fault
    elif password != again:
        faults["again"] = "again"
    return faults


def _page(call: Call, login: str = "", fault: str = "", status: int = 200) -> Response:
    return call.page(
        "sign-in.html",
        status=status,
        login=login,
        fault=fault,
        to=_way_on(call),
        passkeys=call.site is not None,
    )


def _told(call: Call, fault: str) -> str:
    return call.say(f"console.fault.{fault}", least=proofs.SHORTEST, most=proofs.LONGEST)


def _way_on(call: Call) -> str:
    """Where she wanted to go, if that is a page of ours."""
    to = call.request.query_params.get("to", "")
    return to if re.fullmatch(r"/console(/[\w.~-]+)*", to, re.ASCII) else ""


def _give(answer: Response, office: Office, token: str) -> None:
    answer.set_cookie(
        cookie_name(office), token, httponly=True, secure=office.is_https, samesite="strict",
        path="/" if office.is_https else "/console",
    )  # fmt: skip


def _take(answer: Response, office: Office) -> None:
    answer.delete_cookie(
        cookie_name(office), httponly=True, secure=office.is_https, samesite="strict",
        path="/" if office.is_https else "/console",
    )  # fmt: skip
