"""What the desk asks of a database: announcements, and those who work with them.

Rule 1: whatever is done is checked and written in one transaction with its line in the audit log.
Rule 2: an announcement goes from one state to another only as MAY_BECOME says; pressed twice, or by
two people at once, it happens once and the second is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.dialogue.announcing import Audience, Broadcast, Composition, Counts, Tally
from bot.dialogue.staff import Door, Role, Staff

Act = Literal[
    "submit", "approve", "send back", "schedule", "start", "pause", "resume", "cancel", "finish"
]
Refusal = Literal[
    "unknown",  # there is no such announcement
    "state",  # not from the state it is in (any more)
    "version",  # it was edited since she looked
    "own",  # its author cannot approve it
    "role",  # her roles do not allow it
    "revoked",  # she no longer works here
    "empty",  # nobody would get it
    "expired",  # it is too late for it
    "house",  # sending is paused for the whole house (after a restore)
    "last",  # nobody would be left who can invite
    "taken",  # somebody else signs in with that name
]


class Refused(Exception):
    """It was not done and nothing changed. `why` is one word; `now` the state it is in."""

    def __init__(self, why: Refusal, now: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.now = now


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, and by which door. `staff_id` None: the command line, which may do everything,
    or the clock."""

    staff_id: int | None
    door: Literal["console", "chat", "command", "clock"]
    two_person: bool = True


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log. `name` is "" for the command line and the clock."""

    number: int
    at: float
    name: str
    door: Door | Literal["clock"]
    did: str
    about: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an announcement is that is being sent. `waiting` counts, by channel, messages that
    may go now, up to some hundreds. `open`: messages wait or are on their way. `unconfirmed`: a
    platform may still say that some failed."""

    waiting: Mapping[str, int]
    open: bool
    unconfirmed: bool


class BroadcastStore(Protocol):
    """All times are seconds since 1970 (UTC). Each method returns after COMMIT. Raises Refused
    where a Doer acts, and StoreError."""

    async def draft(self, what: Composition, *, doer: Doer, now: float) -> int: ...

    async def edit(
        self, broadcast: int, what: Composition, *, version: int, doer: Doer, now: float
    ) -> None:
        """Back to a draft, whatever it was approved as. Its author is now who edited it."""
        ...

    async def broadcast(self, broadcast: int) -> Broadcast | None: ...

    async def broadcasts(self, *, limit: int = 100) -> Sequence[Broadcast]:
        """Newest first."""
        ...

    async def act(
        self,
        broadcast: int,
        act: Act,
        *,
        doer: Doer,
        now: float,
        version: int | None = None,
        speaks: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> Broadcast:
        """`start` settles the audience in one statement and, of a repeated one, sets the next; it
        needs `speaks`. `schedule` needs a start in the future. `approve` needs the version she
        saw. Begun by the clock, what is for nobody is done at once; what is cancelled by the clock
        is too late, and the next of it is set. `reason` is a word for Broadcast.reason."""
        ...

    async def count(self, audience: Audience, speaks: Mapping[str, str], *, now: float) -> Counts:
        """Without `finish_s`."""
        ...

    async def feed(self, broadcast: int, *, limit: int, now: float) -> int:
        """Make the messages of up to `limit` more of its audience; how many. 0: none are left (of
        the canary, while that is going on)."""
        ...

    async def tally(self, broadcast: int) -> Sequence[Tally]:
        """What became of it so far. The counts together are its size, at any moment."""
        ...

    async def resend_unknown(self, broadcast: int, *, doer: Doer, now: float) -> int:
        """Those of which nobody knows whether they arrived go again: somebody decided so. Refused
        "expired" when it is too late for it, "state" while it is paused."""
        ...

    async def alive(self) -> Sequence[Broadcast]:
        """Scheduled, sending or paused, oldest first."""
        ...

    async def progress(
        self, broadcast: int, channels: Sequence[str], *, now: float
    ) -> Progress: ...

    async def pass_canary(self, broadcast: int) -> None:
        """All the others may follow."""
        ...

    async def sweep(self, *, limit: int, now: float) -> int:
        """Skip up to `limit` messages that wait in vain: their announcement was cancelled, or it
        is too late for them. How many; and on, until there are none."""
        ...

    async def try_out(self, messages: Mapping[str, bytes], *, doer: Doer, now: float) -> bool:
        """Send packed Replies, by language, to the chat of who does it, as answers go. False: she
        has bound none."""
        ...

    async def house_is_paused(self) -> str:
        """Why nothing is announced at all just now, or ""."""
        ...

    async def pause_house(self, reason: str, *, doer: Doer, now: float) -> None:
        """ "" lets announcements go again."""
        ...


class StaffStore(Protocol):
    """As BroadcastStore. What somebody does to her own account is checked before: by her session,
    and by her password and code."""

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

    async def session(self, token: str, *, now: float) -> Staff | None: ...

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
