"""What the desk asks of a database about those who work with Willaq.

As in bot.store.desk: checked and written in one transaction, with its line in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.dialogue.staff import Role, Staff
from bot.store.desk import Doer, Entry


@dataclass(frozen=True, slots=True)
class Invitation:
    """`token` is shown once, to be handed on; only its hash is kept."""

    token: str = field(repr=False)
    expires_at: float


@dataclass(frozen=True, slots=True)
class Invited:
    """Who may still come by an invitation. `login` is set where she works here already and makes
    everything new. `number` is how the list of those on their way knows it."""

    name: str = field(repr=False)
    roles: frozenset[Role]
    expires_at: float
    login: str = field(default="", repr=False)
    number: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signing in is checked against."""

    staff: Staff
    password_hash: str = field(repr=False)
    totp_secret: bytes = field(repr=False)
    totp_step: int


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of hers. `id` and `public_key` are the library's."""

    id: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sign_count: int
    name: str
    added_at: float


@dataclass(frozen=True, slots=True)
class Account:
    """What one of them sees of her own account, besides Staff."""

    login: str
    has_chat: bool
    passkeys: tuple[Passkey, ...]


class StaffStore(Protocol):
    """As bot.store.desk.BroadcastStore. What somebody does to her own account is checked before:
    by her session, and by her password and code."""

    async def invite(
        self, name: str, roles: Sequence[Role], *, doer: Doer, now: float, lasts_s: float
    ) -> Invitation: ...

    async def invite_again(
        self, staff_id: int, *, doer: Doer, now: float, lasts_s: float
    ) -> Invitation:
        """She lost her telephone or forgot her password: she makes both new by this link. What
        she has holds until then."""
        ...

    async def invited(self, token: str, *, now: float) -> Invited | None:
        """Of an invitation that can still be taken."""
        ...

    async def join(
        self, token: str, login: str, password_hash: str, totp_secret: bytes, *, now: float
    ) -> Staff | None:
        """Once. None: the invitation is used, too old or unknown. Refused "taken"; the invitation
        is then still good. Who makes everything new keeps her login; her sessions, passkeys and
        chat are gone."""
        ...

    async def invitations(self, *, now: float) -> Sequence[Invited]:
        """Those nobody has taken yet."""
        ...

    async def withdraw_invitation(self, number: str, *, doer: Doer, now: float) -> bool: ...

    async def chat_code(self, staff_id: int, *, now: float, lasts_s: float) -> Invitation:
        """What she types in her own chat to work from there."""
        ...

    async def unbind_chat(self, staff_id: int, *, doer: Doer, now: float) -> None: ...

    async def credentials(self, login: str) -> Credentials | None: ...

    async def credentials_of(self, staff_id: int) -> Credentials | None: ...

    async def take_totp(self, staff_id: int, step: int) -> bool:
        """A code counts once: False if this one, or a later one, was taken already."""
        ...

    async def open_session(self, staff_id: int, *, now: float, lasts_s: float) -> str | None:
        """The token of its cookie. None: she was revoked. It ends earlier if she does nothing."""
        ...

    async def session(self, token: str, *, now: float, keep: bool = True) -> Staff | None:
        """`keep`: she did something, so it stays open for a while longer."""
        ...

    async def close_session(self, token: str) -> None: ...

    async def close_other_sessions(self, staff_id: int, token: str) -> None: ...

    async def account(self, staff_id: int) -> Account: ...

    async def set_language(self, staff_id: int, language: str) -> None: ...

    async def set_password(
        self, staff_id: int, password_hash: str, *, doer: Doer, now: float
    ) -> None: ...

    async def set_totp(
        self, staff_id: int, secret: bytes, step: int, *, doer: Doer, now: float
    ) -> None: ...

    async def add_passkey(self, staff_id: int, passkey: Passkey, *, doer: Doer, now: float) -> bool:
        """False: it is somebody's already."""
        ...

    async def passkey(self, id: bytes) -> tuple[Staff, Passkey] | None: ...

    async def use_passkey(self, id: bytes, sign_count: int) -> bool:
        """False: its counter did not go on, so there is a copy of it."""
        ...

    async def drop_passkey(self, staff_id: int, id: bytes, *, doer: Doer, now: float) -> bool: ...

    async def staff(self) -> Sequence[Staff]:
        """All who were not revoked."""
        ...

    async def revoke(self, staff_id: int, *, doer: Doer, now: float) -> bool:
        """Ends her sessions and takes her chat away, at once. Refused "last"."""
        ...

    async def note_done(self, did: str, about: str, *, doer: Doer, now: float) -> None:
        """A line in the audit log for what was done outside the database."""
        ...

    async def audit(self, *, limit: int = 200, before: int | None = None) -> Sequence[Entry]:
        """Newest first; `before` a line's number, for those that are older."""
        ...
