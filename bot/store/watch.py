"""What is looked at from the desk: sign-ups by name, topics opened, messages on their way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.dialogue.enrolment import EnrolmentState
from bot.store.base import Enrolled, OutboxState
from bot.store.desk import Doer

Look = Literal["look at sign-ups", "download sign-ups"]


@dataclass(frozen=True, slots=True)
class Used:
    """How often a topic was opened in one week ("2026-W48"), in one language."""

    week: str
    topic: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many messages of a channel stand the same. `recent`: of them, those that came to stand
    so lately. `since`: when the answer was due that waits longest, None = none has to wait."""

    channel: str
    state: OutboxState
    reason: str
    count: int
    recent: int
    since: float | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Of so many messages of an announcement nobody knows whether they arrived."""

    broadcast: int
    title: str
    count: int


class WatchStore(Protocol):
    """Raises Refused where a Doer acts, and StoreError."""

    async def sign_ups(
        self, edition: str, how: Look, *, doer: Doer, now: float
    ) -> Sequence[Enrolled]:
        """As Store.enrolled. Nobody looks without a line in the audit log."""
        ...

    async def take_out(
        self, edition: str, number: int, *, doer: Doer, today: date, now: float
    ) -> bool:
        """As Store.withdraw, with its line in the audit log."""
        ...

    async def enrolment_counts(self) -> Mapping[str, Mapping[EnrolmentState, int]]: ...

    async def usage(self, *, since: str, before: str, least: int) -> Sequence[Used]:
        """Of the weeks from `since` until before `before`; only what was opened at least so often.
        What was opened less does not leave the database."""
        ...

    async def unknown(self, *, now: float) -> Sequence[Unknown]:
        """Of announcements of which they could still be sent again; newest first."""
        ...

    async def standings(self, *, lately: float, now: float) -> Sequence[Standing]:
        """`recent` counts what has changed since `lately`."""
        ...
