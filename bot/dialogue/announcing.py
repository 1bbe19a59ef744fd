"""What an announcement is, whom it is for, what became of it, and what a woman agreed to get.

The same words as in SQL, in the console, on the command line and in docs/announce.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.dialogue.attachments import File

BroadcastState = Literal[
    "draft",
    "waiting for approval",
    "approved",  # by somebody else than its author, where two people are asked for
    "scheduled",  # it begins by itself at `start_at`
    "sending",
    "paused",
    "done",
    "cancelled",
]
Repeat = Literal["", "weekly", "monthly"]
CONSENT = (
    "1"  # of the phrases "agree.*" as they are now; tests/dialogue/test_subscribing.py holds it
)
MAY_BECOME: Mapping[BroadcastState, frozenset[BroadcastState]] = {
    "draft": frozenset({"waiting for approval", "approved", "cancelled"}),
    "waiting for approval": frozenset({"draft", "approved", "cancelled"}),
    "approved": frozenset({"draft", "scheduled", "sending", "cancelled"}),
    "scheduled": frozenset({"draft", "sending", "cancelled"}),
    "sending": frozenset({"paused", "done", "cancelled"}),
    "paused": frozenset({"sending", "cancelled"}),
    "done": frozenset({"sending"}),  # only when somebody has those sent again that are unknown
    "cancelled": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for, of those who agreed to get announcements. Empty = all of that kind.

    `regions` are codes of the statistics office: "05" a department, "0501" a province in it; with
    a region asked for, who told none is left out. `edition`: only who is enrolled in it.
    """

    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """What its author decides. `texts` by language, in Willaq's small Markdown. `start_at` None =
    as soon as somebody starts it; seconds since 1970 (UTC), as all times. `expires_after_s` after
    its beginning nothing of it is sent any more. `title` is for organizers alone.

    `canary`: first to one in a hundred, and on only if few of those fail.
    """

    title: str
    texts: Mapping[str, str]
    audience: Audience = Audience()
    attachment: File | None = None
    start_at: float | None = None
    repeat: Repeat = ""
    expires_after_s: float = 3 * 24 * 3600.0
    canary: bool = True


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`version` grows with every edit: an approval is of one version. `speaks`: her language ->
    the language of the text she gets. `size` is how many it is for, once that is settled. `author`
    and `approver` are ids of staff, None for the command line. `reason` says in a word why it is
    paused or cancelled, and in somebody's words why it was sent back. `series`: the first one of a
    repeated announcement. `not_after`: nothing of it is sent any more then. `canary`: is it going
    on, so that the others still wait?"""

    id: int
    state: BroadcastState
    version: int
    what: Composition
    author: int | None
    created_at: float
    changed_at: float
    approver: int | None = None
    reason: str = ""
    speaks: Mapping[str, str] = field(default_factory=dict)
    size: int | None = None
    series: int | None = None
    begun_at: float | None = None
    ended_at: float | None = None
    not_after: float | None = None
    canary: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """So many women of one language on one channel. `window`: can she be written to now without a
    knock? None where a channel has no windows. `text` is the language she will read, "" = none:
    she gets nothing."""

    channel: str
    language: str
    text: str
    window: bool | None
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A dry run. `refused` counts, by reason, whom the audience means and who still gets nothing
    ("not opted in", "opted out", "unreachable", "no text in her language"). `finish_s`: how long
    it takes at the allowed rates, by channel; nights not counted. `finish_at`: when it is done
    then, with the nights of the house and without hers, if it begins now or at its hour and no
    reply has to go before."""

    groups: tuple[Group, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    finish_s: Mapping[str, float] = field(default_factory=dict)
    finish_at: Mapping[str, float] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(each.count for each in self.groups if each.text)

    @property
    def knocks(self) -> int:
        """To how many a template goes first, that asks them to open their window."""
        return sum(each.count for each in self.groups if each.text and each.window is False)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of an announcement are in this state. All tallies together are its `size`. `channel`
    and `language` are "" for those for whom no message was made yet."""

    state: str  # one of the states of the outbox; what was not begun is "waiting" or "skipped"
    reason: str
    channel: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Subscription:
    """What she agreed to. `wanted`: she gets announcements. `stopped`: she said no, and only her
    own new yes takes that back. `region` as in Audience, "" = she told none. `hours`: from and
    until which hour of the day in Lima she may be written to, None = the house's. `consent`: as in
    Subscribe, or "import"."""

    wanted: bool = False
    stopped: bool = False
    region: str = ""
    hours: tuple[int, int] | None = None
    agreed_on: date | None = None
    consent: str = ""

    @property
    def gets_them(self) -> bool:
        return self.wanted and not self.stopped


NOTHING_AGREED = Subscription()


@dataclass(frozen=True, slots=True)
class Subscribe:
    """She wants announcements, with what she chose. `consent` is the number of the words she
    agreed to and the language she read them in, "1 quy". Of who gets them already, only what she
    chose changes. An effect."""

    region: str
    hours: tuple[int, int] | None
    consent: str


@dataclass(frozen=True, slots=True)
class Consents:
    """So many agreed to announcements in the same words (as in Subscribe), on one channel and day.
    `still`: of these, who gets them today."""

    channel: str
    consent: str
    agreed_on: date
    count: int
    still: int
