"""StaffStore, kept in SQLite: each method is one job for the writer."""

from collections.abc import Sequence
from functools import partial

from bot.dialogue.staff import Role, Staff
from bot.store import audit, passkeys, sessions, staff
from bot.store.deciding import Deciding
from bot.store.desk import Doer, Entry
from bot.store.team import Account, Credentials, Invitation, Invited, Passkey


class StaffDesk(Deciding):
    """See bot.store.team.StaffStore. A part of SqliteStore."""

    async def invite(
        self, name: str, roles: Sequence[Role], *, doer: Doer, now: float, lasts_s: float
    ) -> Invitation:
        return await self._decide(
            partial(
                staff.invite, token=staff.new_token(), name=name, roles=roles, doer=doer, now=now,
                expires_at=now + lasts_s,
            )
        )  # fmt: skip

    async def invite_again(
        self, staff_id: int, *, doer: Doer, now: float, lasts_s: float
    ) -> Invitation:
        return await self._decide(
            partial(
                staff.invite_again, token=staff.new_token(), staff_id=staff_id, doer=doer, now=now,
                expires_at=now + lasts_s,
            )
        )  # fmt: skip

    async def invited(self, token: str, *, now: float) -> Invited | None:
        return await self._writer.do(partial(staff.invited, token=token, now=now))

    async def join(
        self, token: str, login: str, password_hash: str, totp_secret: bytes, *, now: float
    ) -> Staff | None:
        return await self._decide(
            partial(
                staff.join, token=token, login=login, password_hash=password_hash,
                totp_secret=totp_secret, now=now,
            )
        )  # fmt: skip

    async def invitations(self, *, now: float) -> Sequence[Invited]:
        return await self._writer.do(partial(staff.invitations, now=now))

    async def withdraw_invitation(self, number: str, *, doer: Doer, now: float) -> bool:
        return await self._decide(partial(staff.withdraw, number=number, doer=doer, now=now))

    async def chat_code(self, staff_id: int, *, now: float, lasts_s: float) -> Invitation:
        return await self._decide(
            partial(
                staff.chat_code, code=staff.new_code(), staff_id=staff_id, now=now,
                expires_at=now + lasts_s,
            )
        )  # fmt: skip

    async def unbind_chat(self, staff_id: int, *, doer: Doer, now: float) -> None:
        await self._writer.do(partial(staff.unbind, staff_id=staff_id, doer=doer, now=now))

    async def credentials(self, login: str) -> Credentials | None:
        return await self._writer.do(partial(staff.credentials, login=login))

    async def credentials_of(self, staff_id: int) -> Credentials | None:
        return await self._writer.do(partial(staff.credentials_of, staff_id=staff_id))

    async def take_totp(self, staff_id: int, step: int) -> bool:
        return await self._writer.do(partial(staff.take_totp, staff_id=staff_id, step=step))

    async def open_session(self, staff_id: int, *, now: float, lasts_s: float) -> str | None:
        return await self._writer.do(
            partial(
                sessions.open_session, token=staff.new_token(), staff_id=staff_id, now=now,
                ends_at=now + lasts_s,
            )
        )  # fmt: skip

    async def session(self, token: str, *, now: float, keep: bool = True) -> Staff | None:
        return await self._writer.do(partial(sessions.session, token=token, now=now, keep=keep))

    async def close_session(self, token: str) -> None:
        await self._writer.do(partial(sessions.close_session, token=token))

    async def close_other_sessions(self, staff_id: int, token: str) -> None:
        await self._writer.do(
            partial(sessions.close_other_sessions, staff_id=staff_id, token=token)
        )

    async def account(self, staff_id: int) -> Account:
        return await self._writer.do(partial(staff.account, staff_id=staff_id))

    async def set_language(self, staff_id: int, language: str) -> None:
        await self._writer.do(partial(staff.set_language, staff_id=staff_id, language=language))

    async def set_password(
        self, staff_id: int, password_hash: str, *, doer: Doer, now: float
    ) -> None:
        await self._writer.do(
            partial(
                staff.set_password, staff_id=staff_id, password_hash=password_hash, doer=doer,
                now=now,
            )
        )  # fmt: skip

    async def set_totp(
        self, staff_id: int, secret: bytes, step: int, *, doer: Doer, now: float
    ) -> None:
        await self._writer.do(
            partial(staff.set_totp, staff_id=staff_id, secret=secret, step=step, doer=doer, now=now)
        )

    async def add_passkey(self, staff_id: int, passkey: Passkey, *, doer: Doer, now: float) -> bool:
        return await self._writer.do(
            partial(passkeys.add_passkey, staff_id=staff_id, passkey=passkey, doer=doer, now=now)
        )

    async def passkey(self, id: bytes) -> tuple[Staff, Passkey] | None:
        return await self._writer.do(partial(passkeys.passkey, id=id))

    async def use_passkey(self, id: bytes, sign_count: int) -> bool:
        return await self._writer.do(partial(passkeys.use_passkey, id=id, sign_count=sign_count))

    async def drop_passkey(self, staff_id: int, id: bytes, *, doer: Doer, now: float) -> bool:
        return await self._writer.do(
            partial(passkeys.drop_passkey, staff_id=staff_id, id=id, doer=doer, now=now)
        )

    async def staff(self) -> Sequence[Staff]:
        return await self._writer.do(staff.everybody)

    async def revoke(self, staff_id: int, *, doer: Doer, now: float) -> bool:
        return await self._decide(partial(staff.revoke, staff_id=staff_id, doer=doer, now=now))

    async def note_done(self, did: str, about: str, *, doer: Doer, now: float) -> None:
        await self._writer.do(lambda ledger: audit.note(ledger, doer, did, about, now))

    async def audit(self, *, limit: int = 200, before: int | None = None) -> Sequence[Entry]:
        return await self._writer.do(partial(audit.read, limit=limit, before=before))
