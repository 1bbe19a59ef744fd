"""Those who work with Willaq: how they come, what they sign in with, how they go.

Rule 1: of what opens a door (links, codes, cookies) only a keyed hash is kept. Whoever reads the
database can use none of it, and whoever can write it cannot make one without the key.
Rule 2: what somebody may do is read at the instant she does it, not when she signed in.
Rule 3: everything is checked before anything is written, so that a refusal leaves nothing behind.
"""

import json
import secrets
from collections.abc import Sequence
from typing import Any, Final, Literal

from bot.dialogue.staff import ROLES, Role, Staff
from bot.store.audit import note
from bot.store.desk import Doer, Refused
from bot.store.ledger import Ledger
from bot.store.team import Account, Credentials, Invitation, Invited, Passkey

# Read aloud or typed on a telephone: nothing that looks like something else.
_CODE_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_LENGTH: Final = 10

Kind = Literal["join", "reset", "chat"]


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Short enough to type, good for some minutes: 49 bits that only guessing finds."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def require(ledger: Ledger, doer: Doer, *roles: Role) -> None:
    """One of these roles, now. The command line and the clock may do everything. Raises Refused."""
    if doer.staff_id is None:
        return
    found = by_id(ledger, doer.staff_id)
    if found is None:
        raise Refused("revoked")
    if roles and found.roles.isdisjoint(roles):
        raise Refused("role")


def by_id(ledger: Ledger, staff_id: int) -> Staff | None:
    return made(ledger.one("staff_by_id", staff_id))


def by_chat(ledger: Ledger, address_index: bytes) -> Staff | None:
    """Whose chat this is, of those who still work here."""
    return made(ledger.one("staff_by_chat", address_index))


def everybody(ledger: Ledger) -> list[Staff]:
    return [one for row in ledger.all("all_staff") if (one := made(row))]


def invite(
    ledger: Ledger, *, token: str, name: str, roles: Sequence[Role], doer: Doer, now: float,
    expires_at: float,
) -> Invitation:  # fmt: skip
    require(ledger, doer, "administrator")
    ledger.change("drop_old_invitations", now)
    packed = _packed(roles)
    _add_invitation(ledger, token, "join", doer, expires_at, name=name, roles=packed)
    note(ledger, doer, "invite", _said(roles), now)
    return Invitation(token, expires_at)


def invite_again(
    ledger: Ledger, *, token: str, staff_id: int, doer: Doer, now: float, expires_at: float
) -> Invitation:
    require(ledger, doer, "administrator")
    if by_id(ledger, staff_id) is None:
        raise Refused("revoked")
    ledger.change("drop_invitations_of", staff_id, "reset")
    _add_invitation(ledger, token, "reset", doer, expires_at, staff_id=staff_id)
    note(ledger, doer, "invite again", f"staff {staff_id}", now)
    return Invitation(token, expires_at)


def invited(ledger: Ledger, *, token: str, now: float) -> Invited | None:
    found = ledger.one("invitation", index_of(ledger, "join", token), now)
    if found is None:
        return None
    _, name, roles, expires_at, login, _ = found
    return Invited(name, _unpacked(roles), expires_at, login)


def invitations(ledger: Ledger, *, now: float) -> list[Invited]:
    return [
        Invited(name, _unpacked(roles), expires_at, login, number)
        for name, roles, expires_at, login, number in ledger.all("invitations", now)
    ]


def withdraw(ledger: Ledger, *, number: str, doer: Doer, now: float) -> bool:
    require(ledger, doer, "administrator")
    gone = ledger.change("withdraw_invitation", number) > 0
    if gone:
        note(ledger, doer, "withdraw invitation", "", now)
    return gone


def join(
    ledger: Ledger, *, token: str, login: str, password_hash: str, totp_secret: bytes, now: float
) -> Staff | None:
    index = index_of(ledger, "join", token)
    found = ledger.one("invitation", index, now)
    if found is None:
        return None
    _, name, roles, _, kept_login, staff_id = found
    login = kept_login or login
    sealed = _sealed(ledger, totp_secret, login)
    if staff_id is not None:
        ledger.change("renew_staff", staff_id, password_hash, sealed, 0)
        ledger.change("close_sessions_of", staff_id, None)
        ledger.change("drop_passkeys_of", staff_id)
        ledger.change("drop_invitations_of", staff_id, "chat")
    elif ledger.one("is_login_taken", login)[0]:
        raise Refused("taken")
    else:
        staff_id = ledger.add("add_staff", name, roles, login, password_hash, sealed, 0, now)
    ledger.change("use_invitation", index, now)
    did = "join again" if kept_login else "join"
    note(ledger, Doer(staff_id, "console"), did, f"staff {staff_id}", now)
    return by_id(ledger, staff_id)


def chat_code(
    ledger: Ledger, *, code: str, staff_id: int, now: float, expires_at: float
) -> Invitation:
    require(ledger, Doer(staff_id, "console"))
    ledger.change("drop_invitations_of", staff_id, "chat")
    doer = Doer(staff_id, "console")
    _add_invitation(ledger, code, "chat", doer, expires_at, staff_id=staff_id)
    return Invitation(code, expires_at)


def bind(ledger: Ledger, *, code: str, address_index: bytes, now: float) -> Staff | None:
    """This chat is hers from now on, and no other. None: no such code, or no longer."""
    index = index_of(ledger, "chat", code.strip().lower())
    found = ledger.one("invitation", index, now)
    if found is None:
        return None
    staff_id = found[5]
    ledger.change("use_invitation", index, now)
    ledger.change("unbind_chat", address_index)
    ledger.change("bind_chat", staff_id, address_index)
    note(ledger, Doer(staff_id, "chat"), "bind chat", f"staff {staff_id}", now)
    return by_id(ledger, staff_id)


def unbind(ledger: Ledger, *, staff_id: int, doer: Doer, now: float) -> None:
    ledger.change("bind_chat", staff_id, None)
    note(ledger, doer, "unbind chat", f"staff {staff_id}", now)


def revoke(ledger: Ledger, *, staff_id: int, doer: Doer, now: float) -> bool:
    require(ledger, doer, "administrator")
    others = [one for one in everybody(ledger) if one.id != staff_id and one.may("administrator")]
    if doer.staff_id is not None and not others:
        raise Refused("last")
    if not ledger.change("revoke_staff", staff_id, now):
        return False
    ledger.change("close_sessions_of", staff_id, None)
    ledger.change("drop_passkeys_of", staff_id)
    for kind in ("reset", "chat"):
        ledger.change("drop_invitations_of", staff_id, kind)
    # A link she kept for herself would let her in again, by another name or as somebody else.
    ledger.change("drop_invitations_by", staff_id)
    note(ledger, doer, "revoke", f"staff {staff_id}", now)
    return True


def credentials(ledger: Ledger, *, login: str) -> Credentials | None:
    return _credentials(ledger, ledger.one("staff_by_login", login))


def credentials_of(ledger: Ledger, *, staff_id: int) -> Credentials | None:
    return _credentials(ledger, ledger.one("credentials_by_id", staff_id))


def take_totp(ledger: Ledger, *, staff_id: int, step: int) -> bool:
    return ledger.change("take_totp", staff_id, step) > 0


def set_totp(
    ledger: Ledger, *, staff_id: int, secret: bytes, step: int, doer: Doer, now: float
) -> None:
    sealed = _sealed(ledger, secret, ledger.one("account", staff_id)[0])
    ledger.change("set_totp", staff_id, sealed, step)
    note(ledger, doer, "change code", f"staff {staff_id}", now)


def set_password(
    ledger: Ledger, *, staff_id: int, password_hash: str, doer: Doer, now: float
) -> None:
    ledger.change("set_password", staff_id, password_hash)
    ledger.change("drop_invitations_of", staff_id, "chat")
    note(ledger, doer, "change password", f"staff {staff_id}", now)


def set_language(ledger: Ledger, *, staff_id: int, language: str) -> None:
    ledger.change("set_language", staff_id, language)


def account(ledger: Ledger, *, staff_id: int) -> Account:
    login, has_chat = ledger.one("account", staff_id)
    keys = tuple(Passkey(*row) for row in ledger.all("passkeys_of", staff_id))
    return Account(login, bool(has_chat), keys)


def _add_invitation(
    ledger: Ledger, token: str, kind: Kind, doer: Doer, expires_at: float, *,
    name: str | None = None, roles: str | None = None, staff_id: int | None = None,
) -> None:  # fmt: skip
    index = index_of(ledger, "chat" if kind == "chat" else "join", token)
    ledger.change("add_invitation", index, kind, name, roles, staff_id, doer.staff_id, expires_at)


def index_of(ledger: Ledger, opens: Literal["join", "chat", "session"], token: str) -> bytes:
    """What opens one kind of door is nothing at another."""
    return ledger.vault.index("token", opens, token)


def _sealed(ledger: Ledger, secret: bytes, login: str) -> bytes:
    # For her login alone: copied to another row, it does not open.
    return ledger.vault.seal(secret, "totp", login)


def _credentials(ledger: Ledger, row: Any) -> Credentials | None:
    staff = made(row[:4]) if row else None
    if staff is None:
        return None
    login, password_hash, sealed, step = row[4:]
    return Credentials(staff, password_hash, ledger.vault.unseal(sealed, "totp", login), step)


def made(row: Sequence[Any] | None) -> Staff | None:
    return Staff(row[0], row[1], _unpacked(row[2]), row[3]) if row else None


def _packed(roles: Sequence[Role]) -> str:
    return json.dumps([role for role in ROLES if role in roles])


def _unpacked(roles: str) -> frozenset[Role]:
    return frozenset(json.loads(roles))


def _said(roles: Sequence[Role]) -> str:
    return " ".join(role for role in ROLES if role in roles)
