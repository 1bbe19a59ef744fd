"""Signing up for a school: her answers so far, and what is kept of her once she confirms.

Rule 1: nothing of an unfinished sign-up outlives her State. Whatever else she does drops it.
Rule 2: the same words of consent always have the same number, so that a kept number proves which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from bot.dialogue.announcing import NOTHING_AGREED, Subscription

CONSENT = "1"  # of the phrases "consent.*" as they are now; tests/dialogue/test_signup.py holds it
KEPT_DAYS = 30  # after the last day of the edition

Step = Literal["consent", "name", "region", "organization", "review"]
EnrolmentState = Literal[
    "enrolled",  # she has a place
    "waiting",  # she is on the waiting list
    "withdrawn",  # she took it back; what she had answered is gone
]


@dataclass(frozen=True, slots=True)
class SignUp:
    """Her answers so far, and the question that is open. "" or None = not answered yet.

    `consent` is what she agreed to: the number of the text and the language she read it in.
    `changing`: she corrects what is kept already.
    """

    edition: str
    step: Step = "consent"
    consent: str = ""
    name: str = field(default="", repr=False)
    region: str = ""
    organization: str | None = field(default=None, repr=False)
    changing: bool = False

    def on(self) -> "SignUp":
        """At the first question she has not answered."""
        return replace(self, step=self._open_step())

    def _open_step(self) -> Step:
        if not self.consent:
            return "consent"
        if not self.name:
            return "name"
        if not self.region:
            return "region"
        return "organization" if self.organization is None else "review"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is kept of one woman in one edition. `ahead`: how many wait before her."""

    edition: str
    state: EnrolmentState
    name: str = field(repr=False)
    region: str
    organization: str = field(repr=False)
    consent: str
    agreed_on: date
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Roll:
    """Who has signed up, as far as this woman may know: herself, and how many others.

    `taken` and `waiting` are by edition. `subscription`: what she agreed to get of announcements.
    """

    hers: tuple[Enrolment, ...] = ()
    taken: Mapping[str, int] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)
    subscription: Subscription = NOTHING_AGREED

    @property
    def active(self) -> tuple[Enrolment, ...]:
        return tuple(each for each in self.hers if each.state != "withdrawn")

    def of(self, edition: str) -> Enrolment | None:
        return next((each for each in self.active if each.edition == edition), None)

    def has_room(self, edition: str, capacity: int) -> bool:
        """A place that somebody already waits for is not free."""
        return self.taken.get(edition, 0) < capacity and not self.waiting.get(edition, 0)


NOBODY = Roll()


@dataclass(frozen=True, slots=True)
class Enrol:
    """Keep her answers. If she is in the edition already, only what she answered changes."""

    edition: str
    state: Literal["enrolled", "waiting"]
    name: str = field(repr=False)
    region: str
    organization: str = field(repr=False)
    consent: str
    keep_until: date


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take her out of the edition, and delete what she answered."""

    edition: str
