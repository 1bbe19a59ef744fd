"""Bring a table into the services directory: say first what would change, change all or nothing.

Rule 1: one mistake anywhere and nothing is changed.
Rule 2: a row the table does not mention stays, unless somebody says that it shall go.
Rule 3: the same table a second time changes nothing.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import directory
from bot.dialogue.catalogue import Service
from bot.dialogue.places import Gazetteer
from bot.frontmatter import Mistake
from bot.putting import FOR_ALL, put

LISTED = 10  # of each kind of change, by name


class Refused(Exception):
    """Nothing was changed; `mistakes` say why and what to do."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Plan:
    """What the import does. `changed` holds (before, after); `overdue` are of the table."""

    services: tuple[Service, ...]
    added: tuple[Service, ...]
    changed: tuple[tuple[Service, Service], ...]
    unchanged: int
    removed: tuple[Service, ...]
    kept: int  # not mentioned in the table
    overdue: int

    @property
    def changes_something(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def lines(self, places: Gazetteer) -> Iterator[str]:
        """For whoever imports: counts first, then which."""
        counts = f"{len(self.added)} new, {len(self.changed)} changed, {self.unchanged} unchanged"
        yield f"{counts}, {len(self.removed)} removed, {self.kept} not mentioned (they stay)."
        if self.overdue:
            yield f"{self.overdue} are past expires_on: shown without number and address."
        yield from _some(f"+ {each.id}: {each.name}" for each in self.added)
        yield from _some(f"~ {new.id}: {_change(old, new, places)}" for old, new in self.changed)
        yield from _some(f"- {each.id}: {each.name}" for each in self.removed)


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """While inside, no other import changes the directory. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file.with_suffix(".lock"), "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def plan(file: Path, table: Path, places: Gazetteer, today: date, *, remove_missing: bool) -> Plan:
    """What importing `table` into the directory `file` would do. Raises Refused."""
    data = directory.read(table)
    if data == b"" and not table.exists():
        raise Refused((Mistake(str(table), 1, "there is no such file."),))
    return plan_of(file, str(table), data, places, today, remove_missing=remove_missing)


def plan_of(
    file: Path, name: str, data: bytes | None, places: Gazetteer, today: date, *,
    remove_missing: bool,
) -> Plan:  # fmt: skip
    """As `plan`, of a table that is no file here; `name` is how its mistakes call it."""
    now = _read(f"{file.parent.name}/{file.name}", directory.read(file), places, today, file)
    new = _read(name, data, places, today)
    before = {each.id: each for each in now}
    given = {each.id: each for each in new}
    missing = tuple(each for each in now if each.id not in given)
    stays = () if remove_missing else missing
    known = ((before[each.id], each) for each in new if each.id in before)
    changed = tuple((old, each) for old, each in known if old != each)
    added = tuple(each for each in new if each.id not in before)
    return Plan(
        (*new, *stays),
        added,
        changed,
        len(new) - len(added) - len(changed),
        missing if remove_missing else (),
        len(stays),
        sum(each.expires_on < today for each in new),
    )


def save(file: Path, services: tuple[Service, ...], places: Gazetteer) -> None:
    """Whole or not at all: whoever reads it meanwhile reads the old one. Raises OSError."""
    text = directory.write(services, places)
    # A directory is no secret, and whoever runs Willaq has to be able to read it.
    put(file, text.encode(), FOR_ALL)


def _read(
    name: str,
    data: bytes | None,
    places: Gazetteer,
    today: date,
    may_be_missing: Path | None = None,
) -> tuple[Service, ...]:
    if data == b"" and may_be_missing and not may_be_missing.exists():
        return ()
    found = directory.build(name, data, places, today)
    if found.mistakes:
        raise Refused(found.mistakes)
    return found.services


def _some(lines: Iterator[str]) -> Iterator[str]:
    """The first of them, and how many more."""
    told = list(lines)
    yield from told[:LISTED]
    if len(told) > LISTED:
        yield f"{told[0][0]} and {len(told) - LISTED} more"


def _change(before: Service, after: Service, places: Gazetteer) -> str:
    old, new = directory.as_row(before, places), directory.as_row(after, places)
    return "; ".join(
        f'{column} "{old[column]}" -> "{new[column]}"'
        for column in old
        if old[column] != new[column]
    )
