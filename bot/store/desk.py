"""What the desk asks of a database: announcements, and who may do what with them.

Rule 1: whatever is done is checked and written in one transaction with its line in the audit log.
Rule 2: an announcement goes from one state to another only as MAY_BECOME says; pressed twice, or by
two people at once, it happens once and the second is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.dialogue.announcing import Audience, Broadcast, Composition, Counts, Tally
from bot.dialogue.staff import Door, Staff
from bot.dialogue.turn import Tell

Act = Literal[
    "submit", "approve", "send back", "schedule", "start", "pause", "resume", "cancel", "finish"
]
Refusal = Literal[
    "unknown",  # there is no such announcement
    "state",  # not from the state it is in (any more)
    "version",  # it was edited since she looked
    "own",  # its author cannot approve it, nor can who does not say who she is
    "role",  # her roles do not allow it
    "revoked",  # she no longer works here
    "empty",  # nobody would get it
    "expired",  # it is too late for it
    "house",  # sending is paused for the whole house (after a restore)
    "last",  # nobody would be left who can invite
    "taken",  # somebody else signs in with that name
    "code",  # no such code for a chat, or no longer
]


class Refused(Exception):
    """It was not done and nothing changed. `why` is one word; `now` the state it is in."""

    def __init__(self, why: Refusal, now: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.now = now


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, and by which door. `staff_id` None: the command line, which may do everything
    but be the second of two people, or the clock."""

    staff_id: int | None
    door: Literal["console", "chat", "command", "clock"]
    two_person: bool = True


News = Callable[[Broadcast, Staff | None], Sequence[Tell]]
"""Who hears of a step of an announcement, and what; of how it then is, and who did it (None: the
command line or the clock). Pure: it may be asked several times."""


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

    async def handed_in(self, broadcast: int, *, before: int) -> Composition | None:
        """What was last handed in of a version older than `before`."""
        ...

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
        news: News | None = None,
    ) -> Broadcast:
        """`start` settles the audience in one statement and, of a repeated one, sets the next; it
        needs `speaks`. `schedule` needs a start in the future. `approve` needs the version she
        saw. Begun by the clock, what is for nobody is done at once; what is cancelled by the clock
        is too late, and the next of it is set. `reason` is for Broadcast.reason: a word, or what
        she who sends it back wants changed.
        Whom `news` names is told in her chat, with the step or not at all, and by day."""
        ...

    async def count(self, audience: Audience, speaks: Mapping[str, str], *, now: float) -> Counts:
        """Without `finish_s` and `finish_at`."""
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
