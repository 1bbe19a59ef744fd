"""Passkeys: sign in by what unlocks her telephone. Nothing to type, to forget, or to tell a cheat.

A passkey is made for one address. Browsers make none for a bare number such as 127.0.0.1: on this
machine they work at http://localhost.
"""

from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from typing import Any, Final

import orjson
import webauthn
from starlette.responses import Response
from webauthn.helpers import options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bot.dialogue.staff import Staff
from bot.store.team import Passkey
from bot.web.desk.account import confirmed
from bot.web.desk.call import Call, Office, Open, Page, getting, open_posting, posting
from bot.web.desk.challenges import Challenges

_HERE: Final = "/console/account/passkeys"
_LONGEST_NAME: Final = 40
_MOST: Final = 10
_SIGN_IN: Final = "sign in"
# What unlocks her telephone is asked for each time: one who only holds it does not get in.
_UNLOCKED: Final = UserVerificationRequirement.REQUIRED

Enter = Callable[[Call, Staff | None], Awaitable[Response]]


class Passkeys:
    """`enter` opens a session for who has proved to be that one, or says that nobody has."""

    def __init__(self, office: Office, enter: Enter) -> None:
        self._office = office
        self._enter = enter
        self._challenges = Challenges(office.sign, office.now)

    @property
    def opened(self) -> list[Open]:
        return [
            open_posting("/console/sign-in/passkey/begin", self.begin_sign_in),
            open_posting("/console/sign-in/passkey", self.sign_in),
        ]

    @property
    def pages(self) -> list[Page]:
        return [
            getting(_HERE, self.shown),
            posting(_HERE, self.add),
            posting(f"{_HERE}/begin", self.begin_add),
            posting(f"{_HERE}/drop", self.drop),
        ]

    async def begin_sign_in(self, call: Call) -> Response:
        site = call.site
        if site is None:
            return call.not_found()
        return _json(
            webauthn.generate_authentication_options(
                rp_id=site.name,
                challenge=self._challenges.make(_SIGN_IN),
                user_verification=_UNLOCKED,
            )
        )

    async def sign_in(self, call: Call) -> Response:
        credential = _read((await call.form()).get("credential", ""))
        return await self._enter(call, await self._proved(call, credential or {}))

    async def shown(self, call: Call, staff: Staff) -> Response:
        return await self._page(call, staff, {})

    async def begin_add(self, call: Call, staff: Staff) -> Response:
        site = call.site
        if site is None:
            return call.not_found()
        if not await confirmed(call, staff, (await call.form()).get("password", "")):
            return _json_text(b"{}", 403)
        account = await self._office.store.account(staff.id)
        options = webauthn.generate_registration_options(
            rp_id=site.name,
            rp_name="Willaq",
            user_id=self._office.sign(b"console passkey owner %d" % staff.id),
            user_name=account.login,
            user_display_name=staff.name,
            challenge=self._challenges.make(_adding(staff)),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_UNLOCKED
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=each.id) for each in account.passkeys
            ],
        )
        return _json(options)

    async def add(self, call: Call, staff: Staff) -> Response:
        form = await call.form()
        name = " ".join(form.get("name", "").split())[:_LONGEST_NAME]
        if not name:
            fault = {"name": call.say("console.fault.name", most=_LONGEST_NAME)}
            return await self._page(call, staff, fault)
        made = self._made(call, staff, _read(form.get("credential", "")), name)
        has = len((await self._office.store.account(staff.id)).passkeys)
        if made is None or has >= _MOST:
            return await self._page(call, staff, {"name": call.say("console.fault.passkey.add")})
        if not await self._office.store.add_passkey(staff.id, made, doer=call.doer(), now=call.now):
            return await self._page(call, staff, {"name": call.say("console.fault.passkey.add")})
        return call.go(_HERE, "console.said.passkey")

    async def drop(self, call: Call, staff: Staff) -> Response:
        id = _bytes((await call.form()).get("id", ""))
        gone = await self._office.store.drop_passkey(staff.id, id, doer=call.doer(), now=call.now)
        return call.go(_HERE, "console.said.passkey.gone") if gone else call.not_found()

    async def _page(self, call: Call, staff: Staff, faults: dict[str, str]) -> Response:
        account = await self._office.store.account(staff.id)
        return call.page(
            "passkeys.html",
            status=422 if faults else 200,
            faults=faults,
            passkeys=account.passkeys,
            possible=call.site is not None,
        )

    async def _proved(self, call: Call, credential: dict[str, Any]) -> Staff | None:
        site, challenge = call.site, _challenge_of(credential)
        if site is None or not self._challenges.is_good(challenge, _SIGN_IN):
            return None
        found = await self._office.store.passkey(_bytes(credential.get("rawId")))
        if found is None:
            return None
        staff, key = found
        try:
            proved = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=site.name,
                expected_origin=site.origin,
                credential_public_key=key.public_key,
                credential_current_sign_count=key.sign_count,
                require_user_verification=True,
            )
        except WebAuthnException:
            return None
        self._challenges.use(challenge)
        goes_on = await self._office.store.use_passkey(key.id, proved.new_sign_count)
        return staff if goes_on else None

    def _made(
        self, call: Call, staff: Staff, credential: dict[str, Any] | None, name: str
    ) -> Passkey | None:
        site, challenge = call.site, _challenge_of(credential or {})
        if site is None or not self._challenges.is_good(challenge, _adding(staff)):
            return None
        try:
            made = webauthn.verify_registration_response(
                credential=credential or {},
                expected_challenge=challenge,
                expected_rp_id=site.name,
                expected_origin=site.origin,
                require_user_verification=True,
            )
        except WebAuthnException:
            return None
        self._challenges.use(challenge)
        id, key = made.credential_id, made.credential_public_key
        return Passkey(id, key, made.sign_count, name, call.now)


def _adding(staff: Staff) -> str:
    return f"add {staff.id}"


def _read(typed: str) -> dict[str, Any] | None:
    """Anybody can send anything: what is no JSON object is nothing."""
    try:
        found = orjson.loads(typed)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _challenge_of(credential: dict[str, Any]) -> bytes:
    """The one it says it signed; b"" = it says none."""
    response = credential.get("response")
    data = response.get("clientDataJSON") if isinstance(response, dict) else None
    client = _read(_bytes(data).decode("utf-8", "replace"))
    return _bytes(client.get("challenge")) if client else b""


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        return b""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _json(options: Any) -> Response:
    return _json_text(options_to_json(options).encode(), 200)


def _json_text(body: bytes, status: int) -> Response:
    return Response(body, status, media_type="application/json")
