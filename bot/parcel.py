"""A claimed message and how far it has got, from the claim to its one settlement."""

import asyncio
from collections.abc import Set as AbstractSet
from typing import Any

from bot.channels.base import Bubble
from bot.store.base import OutboxRow, OutboxState, Settlement


class Parcel:
    """A claimed row and how far it has got."""

    __slots__ = ("bubbles", "cut", "parts", "refs", "row", "started", "task", "undone")

    def __init__(self, row: OutboxRow) -> None:
        self.row = row
        self.parts = row.parts
        self.refs: tuple[str, ...] = ()
        self.bubbles: tuple[Bubble, ...] = ()
        self.cut = ""  # why nothing more of it may go, or ""
        self.undone = False  # what went of it did not arrive: nothing more of it goes this time
        self.task: asyncio.Task[None] | None = None
        self.started = 0.0

    def is_called_back(self, going: AbstractSet[int]) -> bool:
        """Is it of an announcement that is not among these, and has she seen nothing of it yet?"""
        return self.row.broadcast > 0 and self.row.broadcast not in going and not self.parts

    @property
    def next_one(self) -> Bubble | None:
        return self.bubbles[self.parts] if self.parts < len(self.bubbles) else None

    def end(
        self,
        state: OutboxState,
        reason: str = "",
        *,
        due_at: float = 0.0,
        tries: int = 0,
        **more: Any,
    ) -> Settlement:
        """`more` are the fields of Settlement that only a failure has."""
        return Settlement(
            self.row.id,
            self.row.person_id,
            state,
            reason,
            refs=self.refs,
            due_at=due_at,
            parts=self.parts,
            tries=tries,
            **more,
        )
