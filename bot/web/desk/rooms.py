"""What the pages ask of rooms they may not know: files, channels, the outbox. app gives them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from bot.dialogue.attachments import File
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.enrolment import EnrolmentState
from bot.store.base import Enrolled
from bot.store.watch import Standing

Changed = Literal["new", "changed", "removed"]
Stage = Literal["reviewed", "draft", "stale", "missing", "broken"]
Recorded = Literal["made", "stale", "missing"]
Note = Callable[[str, str], Awaitable[None]]
"""Write a line into the audit log: what was done, about what."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something a person has to put right: what it is, what to do, and where."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One service that would not be as it is. `cells`: (column, before, after)."""

    kind: Changed
    id: str
    name: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What bringing a table into the directory would do. `mark` is another if it is anything
    else. `kept`: not in the table, and they stay; `overdue` are of the table."""

    mark: str
    differences: tuple[Difference, ...]
    unchanged: int
    kept: int
    overdue: int
    services: int  # in the end

    def count(self, kind: Changed) -> int:
        return sum(each.kind == kind for each in self.differences)


class Faulty(Exception):
    """Nothing was changed: the table (or the directory) has mistakes."""

    def __init__(self, mistakes: Sequence[Wrong]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = tuple(mistakes)


class Gone(Exception):
    """Nothing was changed: the table is no longer here, and has to be sent again."""


class Otherwise(Exception):
    """Nothing was changed: by now it would do something else than she saw, namely `proposal`."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__("otherwise")
        self.proposal = proposal


class Unkept(Exception):
    """Nothing was changed: the disk did not take it."""


class Imports(Protocol):
    """Tables on their way into the services directory. Each raises Faulty and Unkept."""

    async def propose(
        self, staff_id: int, table: bytes, *, remove_missing: bool, now: float
    ) -> Proposal:
        """Keeps the table for a while, one for each who works here. Changes nothing else."""
        ...

    async def apply(self, staff_id: int, mark: str, *, note: Note, now: float) -> Proposal:
        """All of what she saw or nothing. Raises Gone and Otherwise besides."""
        ...


@dataclass(frozen=True, slots=True)
class Coverage:
    """One language in one category: a door of the menu, else the folder of the files. total =
    reviewed + draft + stale + missing + broken. `audio` counts topics; None: nobody knows."""

    language: str
    category: str
    total: int
    reviewed: int = 0
    draft: int = 0
    stale: int = 0
    missing: int = 0
    broken: int = 0
    audio: Mapping[Recorded, int] | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """How far one text is in one language. `reviewed` says by whom and when."""

    language: str
    category: str
    key: str
    stage: Stage
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Traffic:
    """A channel. Numbers are None where it has none: `rate` (messages a second it may send) of
    one whose women fetch them, `used` (those of the last minute) while nobody has looked before.
    `queued` wait in this process, `flying` are on their way."""

    name: str
    configured: bool
    rate: float | None = None
    used: float | None = None
    queued: int = 0
    flying: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """How the house stands. Sizes are in bytes, None where they cannot be told."""

    version: str
    channels: tuple[Traffic, ...]
    mistakes: tuple[Wrong, ...]
    database: int | None
    free: int | None


class EditionsTable(Protocol):
    """Counts beside dates and places, as bot.schools_desk.overview gives them."""

    def __call__(
        self, catalogue: Catalogue, counts: Mapping[str, Mapping[EnrolmentState, int]], today: date
    ) -> Iterable[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Rooms:
    """`table` gives sign-ups as CSV in which a spreadsheet finds nothing to run. `standings` are
    some seconds old at most, however many look. `keep` takes the bytes and the name of a file for
    an announcement; raises bot.uploads.NotKept, and OSError when there is no room for it."""

    keep: Callable[[bytes, str], Awaitable[File]]
    editions: EditionsTable
    table: Callable[[Sequence[Enrolled]], str]
    imports: Imports
    coverage: Callable[[], Awaitable[Sequence[Coverage]]]
    texts: Callable[[], Awaitable[Sequence[Text]]]
    condition: Callable[[], Condition]
    standings: Callable[[], Awaitable[Sequence[Standing]]]
