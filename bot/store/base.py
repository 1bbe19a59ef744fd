"""What Willaq asks of a database, in its own words. One contract, tested on every engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from bot.dialogue.announcing import Consents
from bot.dialogue.enrolment import NOBODY, Enrolment, EnrolmentState, Roll
from bot.dialogue.staff import NO_DESK, Ask, Desk
from bot.dialogue.turn import State, Turn
from bot.store.house import PLAIN, House
from bot.store.recording import VoiceStore, VoiceWork

OutboxState = Literal[
    "waiting",  # it is due now or later
    "sending",  # a process has it, until its lease ends
    "sent",  # the platform took it
    "delivered",  # it reached her phone
    "read",  # she opened it
    "failed",  # it will never arrive; `reason` says why
    "skipped",  # we chose not to send it; `reason` says why
    "unknown",  # a process died while sending an announcement: nobody guesses
]
Operation = Literal["message", "erase", "leave", "knock"]
NoticeKind = Literal[
    "week",  # her school begins in a week
    "day",  # it begins tomorrow
    "place",  # she was on the waiting list, and now has a place
]


class StoreError(Exception):
    """The database cannot take this now (locked, disk full). Nothing was kept; try again later."""


class Unanswered(Exception):
    """Deciding the answer failed. Nothing was kept but the count of tries with this message."""

    def __init__(self, tries: int, cause: BaseException) -> None:
        super().__init__(f"no answer after {tries} tries: {type(cause).__name__}")
        self.tries = tries


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of the woman who writes. `new`: she never wrote, or was forgotten.
    `waiting`: something was held back until she writes; it goes to her now. `roll` reads what is
    kept of sign-ups, `desk` what staff asks for; what they say holds until this visit is kept."""

    new: bool
    state: State
    waiting: bool = False
    roll: Callable[[], Roll] = field(default=lambda: NOBODY, compare=False, repr=False)
    desk: Callable[[Ask], Desk] = field(default=lambda asked: NO_DESK, compare=False, repr=False)


Decide = Callable[[Known], Turn]


@dataclass(slots=True)  # not frozen: one for every message, and freezing costs more than making
class OutboxRow:
    """One message on its way, claimed by this process.

    `body` is a packed Reply (see dialogue.turn), empty unless operation is "message".
    `parts` = how many of its bubbles were already sent. `tries` = failed attempts so far.
    `attempt` = which time this is, failed or not.
    `window_until`: after this the platform takes only a knock; None = it always takes messages.
    `plain`: her telephone shows no buttons. `broadcast`: the announcement it is of, 0 = none; it
    goes only as long as that is being sent.
    """

    id: int
    person_id: int
    channel: str
    address: str
    language: str
    priority: int
    operation: Operation
    body: bytes
    parts: int
    tries: int
    attempt: int
    window_until: float | None = None
    plain: bool = False
    broadcast: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What one message of hers led to. `turn` is None when we had heard it before. `person_id` is
    whose rows it may have skipped; 0: nobody's, we did not know her."""

    turn: Turn | None
    person_id: int = 0
    claimed: tuple[OutboxRow, ...] = ()  # ready to send, leased to this process
    left_waiting: bool = False  # others wait behind rows of hers that are still on their way
    voices: tuple[VoiceWork, ...] = ()


@dataclass(slots=True)  # not frozen, as above
class Settlement:
    """What became of a claimed row. `due_at`, `parts` and `tries` matter only for "waiting".

    `tries` is kept as given: a row that goes back unsent (a shutdown, a 429) has not failed.
    `held`: it waits until she writes, `due_at` at the longest; `knock_at` is when she may be asked
    to, None = not at all. `unconfirmed`: the platform took it and will say whether it went on its
    way; until then its words are kept. `stopped`: she wants no announcements. `plainly`: it
    waits to go again without buttons, like all that follows.
    """

    row_id: int
    person_id: int
    state: OutboxState
    reason: str = ""
    refs: tuple[str, ...] = ()  # the platform's ids of the bubbles sent now, to delete them
    due_at: float = 0.0
    parts: int = 0
    tries: int = 0
    unreachable: bool = False
    held: bool = False
    knock_at: float | None = None
    unconfirmed: bool = False
    stopped: bool = False
    plainly: bool = False


Judge = Callable[[int, int, int], Settlement]
"""What a failure means for a row: takes (person id, priority, tries so far)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a platform says later about bubble `part` of the `of` bubbles of a row it took, sent at
    this `attempt`. `judge` belongs to "failed"."""

    row_id: int
    attempt: int
    part: int
    of: int
    state: Literal["sent", "delivered", "read", "failed"]
    judge: Judge | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to all who are enrolled in an edition since before a day, to each of them once.

    Not to visitors of the web chat, whom nothing reaches. "place" is only for those who moved up.
    """

    kind: NoticeKind
    body: bytes  # a packed Reply
    priority: int
    due_at: float
    not_after: float
    enrolled_before: date


@dataclass(frozen=True, slots=True)
class Course:
    """What an edition asks of the store. `moves_up`: who waits gets a place that is free."""

    edition: str
    capacity: int
    keep_until: date
    moves_up: bool
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One row of what organizers get. `number` is what they and the store know her by."""

    number: int
    channel: str
    kept: Enrolment


class Store(VoiceStore, Protocol):
    """All times are seconds since 1970 (UTC); `lease_s` is how long a claim holds."""

    async def visit(
        self,
        *,
        channel: str,
        message_id: str,
        address: str,
        ref: str,
        now: float,
        lease_s: float,
        pulled: bool,
        decide: Decide,
        alias: str = "",
        window_until: float | None = None,
        house: House = PLAIN,
    ) -> Visit:
        """In one transaction: heard before? read her state, decide, keep the answer.

        A woman known by `alias` is known by `address` from now on. What was held for her until she
        writes is due when `window_until` says that she may be written to.

        What staff wishes is done with it, or `decide` is asked again and told why not (Known.desk).

        Returns only after COMMIT. Raises Unanswered when `decide` raised, StoreError when the
        database could not keep it.
        """
        ...

    async def claim(
        self,
        channels: Sequence[str],
        *,
        now: float,
        limit: int,
        lease_s: float,
        quiet_since: float = 0.0,
        announcements: int = 0,
    ) -> list[OutboxRow]:
        """Lease rows that are due, replies first, never two of one woman out of order.

        What is no reply and was due before `quiet_since` stays: it would come at night. At most
        `announcements` are of announcements, and each only to who may get it at this instant.
        """
        ...

    async def settle(self, settlements: Sequence[Settlement]) -> None: ...

    async def note(self, channel: str, told: Sequence[Told], *, now: float) -> None:
        """What a platform says later about messages it took; of rows it cannot mean, nothing.

        A message that did not arrive after all waits again if it may be tried again; one that is
        still being sent does so when it is settled, even as "sent".
        """
        ...

    async def media(self, channel: str, digest: str, *, now: float) -> str | None:
        """The platform's id of a file it has from us, by the file's hash."""
        ...

    async def keep_media(
        self, channel: str, digest: str, ref: str | None, *, expires_at: float
    ) -> None:
        """`ref` None: the platform no longer has it."""
        ...

    async def pull(self, channel: str, address: str, *, after: int, now: float) -> list[OutboxRow]:
        """Her rows with an id above `after`; those up to `after` have reached her."""
        ...

    async def refs_before(self, row: OutboxRow, *, now: float) -> list[str]:
        """The messages of both sides, of the last 48 hours, that an "erase" row is to delete."""
        ...

    async def erased(self, person_id: int) -> None: ...

    async def renew(self, row_ids: Sequence[int], *, until: float) -> None: ...

    async def recover(self, *, now: float, everything: bool) -> dict[str, int]:
        """Rows left by a dead process: replies wait again, announcements become unknown.

        Not `everything`: those whose lease has ended. Who is alive renews his first.
        """
        ...

    async def purge(self, *, now: float) -> None:
        """Forget what has outlived its purpose: expired states, heard ids, finished rows."""
        ...

    async def forget(self, channel: str, address: str, *, now: float) -> bool: ...

    async def tend(self, course: Course, *, today: date, now: float) -> int:
        """Move up who waits, put on their way the notices she has not had. How many notices."""
        ...

    async def enrolment_counts(self) -> Mapping[str, Mapping[EnrolmentState, int]]:
        """By edition and state; only what occurs."""
        ...

    async def enrolled(self, edition: str) -> Sequence[Enrolled]:
        """All who signed up, in their order, with those who withdrew."""
        ...

    async def withdraw(self, edition: str, number: int, *, today: date, now: float) -> bool:
        """As if she had done it. False: nobody of that number is in that edition."""
        ...

    async def consents(self) -> Sequence[Consents]:
        """By day, channel and words. Of who was forgotten nothing is left to count."""
        ...

    async def outbox_counts(self) -> dict[str, int]: ...

    async def check(self) -> None:
        """Raises StoreError when the database cannot be written."""
        ...

    async def close(self) -> None: ...
