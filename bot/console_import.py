"""Bring a table into the services directory from the console: look first, then do what was seen.

The rules are bot/directory_import.py's. Between looking and doing anything may change: another
import, the day. So she confirms the very changes she saw, and if they are others now, sees those.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot import directory, directory_import
from bot.dialogue.catalogue import Service
from bot.dialogue.places import Gazetteer
from bot.directory_import import Plan
from bot.web.desk.rooms import Difference, Faulty, Gone, Note, Otherwise, Proposal, Unkept, Wrong

KEPT_S: Final = 30 * 60.0
DID: Final = "services import"
NOT_DONE: Final = "services import failed"


@dataclass(frozen=True, slots=True)
class _Table:
    data: bytes
    remove_missing: bool
    until: float


class Imports:
    """See bot.web.desk.rooms.Imports. `file` is the directory."""

    def __init__(
        self, file: Path, places: Callable[[], Gazetteer], today: Callable[[], date]
    ) -> None:
        self._file = file
        self._places = places
        self._today = today
        self._tables: dict[int, _Table] = {}

    async def propose(
        self, staff_id: int, table: bytes, *, remove_missing: bool, now: float
    ) -> Proposal:
        self._forget_old(now)
        self._tables.pop(staff_id, None)
        given = _Table(table, remove_missing, now + KEPT_S)
        plan, places = await self._planned(given)
        self._tables[staff_id] = given
        return _proposal(plan, places)

    async def apply(self, staff_id: int, mark: str, *, note: Note, now: float) -> Proposal:
        self._forget_old(now)
        table = self._tables.get(staff_id)
        if table is None:
            raise Gone
        with ExitStack() as held:
            try:
                await asyncio.to_thread(held.enter_context, directory_import.held(self._file))
            except OSError as error:
                raise Unkept from error
            plan, places = await self._planned(table)
            proposal = _proposal(plan, places)
            if proposal.mark != mark:
                raise Otherwise(proposal)
            await self._save(plan, places, note)
        del self._tables[staff_id]
        return proposal

    async def _save(self, plan: Plan, places: Gazetteer, note: Note) -> None:
        """The line first: a directory that changed without one would be worse than the reverse."""
        counts = f"{len(plan.added)} new, {len(plan.changed)} changed, {len(plan.removed)} removed"
        await note(DID, counts)
        try:
            await asyncio.to_thread(directory_import.save, self._file, plan.services, places)
        except OSError as error:
            await note(NOT_DONE, "")
            raise Unkept from error

    async def _planned(self, table: _Table) -> tuple[Plan, Gazetteer]:
        """In a thread: women are answered in this one."""
        places = self._places()
        try:
            plan = await asyncio.to_thread(
                directory_import.plan_of, self._file, "", table.data, places, self._today(),
                remove_missing=table.remove_missing,
            )  # fmt: skip
        except directory_import.Refused as refused:
            mistakes = [Wrong(each.path, each.line, each.text) for each in refused.mistakes]
            raise Faulty(mistakes) from refused
        return plan, places

    def _forget_old(self, now: float) -> None:
        self._tables = {who: each for who, each in self._tables.items() if now < each.until}


def _proposal(plan: Plan, places: Gazetteer) -> Proposal:
    differences = (
        *(Difference("new", each.id, each.name) for each in plan.added),
        *(
            Difference("changed", new.id, new.name, tuple(_cells(old, new, places)))
            for old, new in plan.changed
        ),
        *(Difference("removed", each.id, each.name) for each in plan.removed),
    )
    # Of all that changes and stays, whatever part of it she is shown.
    mark = sha256(repr(plan).encode()).hexdigest()
    return Proposal(mark, differences, plan.unchanged, plan.kept, plan.overdue, len(plan.services))


def _cells(old: Service, new: Service, places: Gazetteer) -> Iterator[tuple[str, str, str]]:
    before, after = directory.as_row(old, places), directory.as_row(new, places)
    yield from (
        (column, before[column], after[column])
        for column in before
        if before[column] != after[column]
    )
