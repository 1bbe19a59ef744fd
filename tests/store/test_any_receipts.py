"""Whatever a platform tells in whatever order, each answer reaches her, none twice without need.

One woman, one process that sends and can die, and a platform where each bubble it takes arrives or
does not. `fate` is decided when it is taken; what is told of it comes late, twice and out of order.
"""

import asyncio
import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Mark, SendError, Status
from bot.dialogue.turn import Erase
from bot.pacing import REPLY_TRIES
from bot.store.base import OutboxRow, Settlement
from bot.verdict import judged, told
from tests.outgoing import Phones
from tests.people import KILLA
from tests.store.conftest import Sqlite
from tests.store.contract import DAY, HOUR, MINUTE, Scene, answers

RUNS, STEPS = 60, 60
WHATSAPP = Phones(name="whatsapp", confirms=True, knocks=True)
SERVER = SendError("server")
OLD = SendError("undeliverable", unreachable=True, buttons=True)
FAILURES = [
    *(SERVER, SERVER, SERVER, SendError("rate", retry_after_s=2, everyone=True)),
    *(SendError("window", window=True), SendError("rejected", permanent=True)),
    SendError("undeliverable", unreachable=True, buttons=True),
]
FOR_GOOD = ("rejected", "undeliverable", "gave up: server")
CHOSEN = ("erased", "forgotten", "unreachable", "expired", "opened")
ON_ITS_WAY = {"waiting", "sending", "sent", "unknown"}
MAY_FOLLOW = {  # the states a row may be found in after it was found in this one
    **dict.fromkeys(ON_ITS_WAY, ON_ITS_WAY | {"delivered", "read", "failed", "skipped"}),
    "delivered": {"delivered", "read"},
    **{state: {state} for state in ("read", "failed", "skipped")},
}


@dataclass
class Held:
    """A row this process is sending."""

    row: OutboxRow
    of: int
    parts: int


@dataclass
class Taken:
    """A bubble the platform took. `fate` None: it arrives."""

    mark: Mark
    had_buttons: bool
    fate: SendError | None
    is_told: bool = False


class Receipts:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.held: dict[int, Held] = {}
        self.ends: list[Settlement] = []
        self.taken: list[Taken] = []
        self.trouble: Counter[int] = Counter()  # row -> how often there was reason to say it again
        self.is_old = False
        self.found: dict[int, str] = {}
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.Runner()
        self.scene = Scene(lambda clock: Sqlite(Path(self.folder.name), clock))
        self.loop.run(self.scene.begin())
        self.database = sqlite3.connect(Path(self.folder.name) / "data" / "willaq.db")

    def close(self) -> None:
        with self.folder, closing(self.database):
            self.loop.run(self.scene.end())
            self.loop.close()

    def rows(self, what: str, *values: Any) -> list[Any]:
        return self.database.execute(f"SELECT {what}", values).fetchall()

    # What happens

    def something_happens(self) -> None:
        draw = self.chance
        (what,) = draw.choices(
            ("she writes", "claim", "send", "go back", "settle", "tell", "die", "phone", "time"),
            (3, 4, 14, 1, 5, 14, 1, 1, 4),
        )
        match what:
            case "she writes":
                self.she_writes(draw.randint(1, 2), leaves=draw.random() < 0.1)
            case "claim":
                self.what_is_due_is_claimed()
            case "send" if self.next_one():
                fate = draw.choice(FAILURES) if draw.random() < 0.4 else None
                (at_once,) = draw.choices(("taken", "unsure", "refused"), (8, 1, 1))
                self.a_bubble_goes(fate, at_once)
            case "go back":
                self.give_back_rest()
            case "settle":
                self.we_settle()
            case "tell" if self.taken:
                taken = draw.choice(self.taken[-draw.choice((3, 100)) :])
                self.tell(taken, draw.choice(("sent", "delivered", "read")), draw.randint(1, 2))
            case "die":
                self.the_process_dies()
            case "phone":
                self.is_old = not self.is_old
            case "time":
                self.scene.now += draw.choice((1, 5, 5, 20, MINUTE, HOUR, DAY))

    def she_writes(self, said: int, leaves: bool) -> None:
        decide = answers(*"ab"[:said], effects=[Erase()] if leaves else [])
        window = self.scene.now + DAY
        visit = self.loop.run(
            self.scene.hears(KILLA, decide, channel="whatsapp", window_until=window)
        )
        if leaves:
            for id in [id for id in self.held if id not in self.settled_soon()]:
                self.end(id, Settlement(id, 1, "skipped", "erased"))
        self.hold(visit.claimed)

    def what_is_due_is_claimed(self) -> None:
        self.hold(self.loop.run(self.scene.claims(channel="whatsapp")))

    def hold(self, rows: Sequence[OutboxRow]) -> None:
        for row in rows:
            of = 1 if row.operation != "message" else 1 + row.id % 3
            self.held.setdefault(row.id, Held(row, of, row.parts))

    def settled_soon(self) -> set[int]:
        return {end.row_id for end in self.ends}

    def next_one(self) -> Held | None:
        """One of hers at a time, in order."""
        busy = self.settled_soon()
        return next((held for id, held in sorted(self.held.items()) if id not in busy), None)

    def a_bubble_goes(self, fate: SendError | None, at_once: str) -> None:
        held = self.next_one()
        assert held is not None
        row = held.row
        if row.operation == "erase":
            self.end(row.id, Settlement(row.id, row.person_id, "sent"))
            return
        if row.window_until is not None and row.window_until <= self.scene.now:
            self.does_not_go(held, SendError("window", window=True))
            return
        had_buttons = held.parts + 1 == held.of and not row.plain and row.operation == "message"
        if had_buttons and self.is_old:
            fate = OLD
        if at_once == "refused":
            self.does_not_go(held, fate or SERVER, had_buttons=had_buttons)
            return
        assert held.parts < held.of
        mark = Mark(row.id, row.attempt, held.parts + 1, held.of)
        self.taken.append(Taken(mark, had_buttons, fate))
        if at_once == "unsure":
            self.does_not_go(held, SendError("network", unsure=True))
            return
        held.parts += 1
        if held.parts == held.of:
            end = Settlement(row.id, row.person_id, "sent", parts=held.parts, unconfirmed=True)
            self.end(row.id, end)

    def does_not_go(self, held: Held, error: SendError, *, had_buttons: bool = False) -> None:
        row, now = held.row, self.scene.now
        what = judged(
            WHATSAPP, error, row.person_id, row.priority, row.tries, now, had_buttons=had_buttons
        )
        self.trouble[row.id] += 1
        self.end(row.id, replace(what, row_id=row.id, parts=held.parts))
        self.give_back_rest(skip=what.unreachable)

    def give_back_rest(self, *, skip: bool = False) -> None:
        """Also at a stop, and when it is heard that what went of it did not arrive."""
        while held := self.next_one():
            row = held.row
            end = Settlement(row.id, row.person_id, "waiting", due_at=self.scene.now)
            end = replace(end, parts=held.parts, tries=row.tries)
            self.trouble[row.id] += 1
            self.end(row.id, replace(end, state="skipped", reason="unreachable") if skip else end)

    def end(self, id: int, what: Settlement) -> None:
        assert id == what.row_id
        self.ends.append(what)

    def we_settle(self) -> None:
        batch, self.ends = self.ends, []
        self.loop.run(self.scene.store.settle(batch))
        for end in batch:
            self.held.pop(end.row_id)

    def tell(self, taken: Taken, state: Any, times: int = 1) -> None:
        mark = taken.mark
        if taken.fate:
            status = Status(mark, "failed", taken.fate, taken.had_buttons)
            if not taken.is_told:
                self.trouble[mark.row_id] += 1
        elif any(
            other.fate and not other.is_told and other.mark.part < mark.part == mark.of
            for other in self.taken
            if other.mark.row_id == mark.row_id
        ):
            return  # the one thing that is let go (bot/store/receipts.py)
        else:
            status = Status(mark, state)
        taken.is_told = True
        said = told(WHATSAPP, status, self.scene.now)
        self.loop.run(self.scene.store.note("whatsapp", [said] * times, now=self.scene.now))

    def the_process_dies(self) -> None:
        self.trouble.update(self.held.keys())
        self.held.clear()
        self.ends.clear()
        self.loop.run(self.scene.store.recover(now=self.scene.now, everything=True))

    # What must be so

    def all_is_well(self) -> None:
        self.no_row_goes_where_none_comes_from()
        self.who_holds_a_row_has_it()
        self.what_waits_has_its_words()
        self.it_is_said_again_only_for_a_reason()

    def no_row_goes_where_none_comes_from(self) -> None:
        now = dict(self.rows("id, state FROM outbox"))
        for id, was in self.found.items():
            assert now[id] in MAY_FOLLOW[was], (id, was, now[id])
        self.found = now

    def who_holds_a_row_has_it(self) -> None:
        """Nobody else is given what is on its way: it would be said twice."""
        waiting = self.rows("id FROM outbox WHERE state = 'waiting' AND operation = 'message'")
        going_back = {end.row_id for end in self.ends if end.state in ("waiting", "skipped")}
        assert not {id for (id,) in waiting} & (self.held.keys() - going_back)

    def what_waits_has_its_words(self) -> None:
        assert not self.rows(
            "id FROM outbox WHERE state = 'waiting' AND operation = 'message'"
            " AND (body IS NULL OR address IS NULL)"
        )

    def it_is_said_again_only_for_a_reason(self) -> None:
        for id, attempt, tries in self.rows("id, attempt, tries FROM outbox"):
            assert attempt <= 1 + self.trouble[id], (id, attempt, self.trouble[id])
            assert tries <= min(self.trouble[id], REPLY_TRIES + 1)

    def all_comes_to_its_end(self) -> None:
        """Everything is told, her telephone works, and the platform too. She writes twice: what was
        refused when she had not written for a day can be noted after she has."""
        self.is_old = False
        for at in range(40):
            if at % 20 == 0:
                self.she_writes(1, leaves=False)
            for taken in list(self.taken):
                if taken.fate and not taken.is_told:
                    self.tell(taken, "failed")
            while self.next_one():
                self.a_bubble_goes(None, "taken")
            self.we_settle()
            self.scene.now += 13 * MINUTE
            self.what_is_due_is_claimed()
            self.all_is_well()
        for taken in self.taken:
            self.tell(taken, "delivered")
        self.each_has_arrived()

    def each_has_arrived(self) -> None:
        arrived = {(taken.mark.row_id, taken.mark.part) for taken in self.taken if not taken.fate}
        rows = self.rows("id, state, reason FROM outbox WHERE operation = 'message'")
        for id, state, reason in rows:
            if state == "failed":
                assert reason in FOR_GOOD or self.left_before(id), (id, reason)
            elif state == "skipped":
                assert reason in CHOSEN, (id, reason)
            else:
                assert state in ("delivered", "read"), (id, state, reason)
                assert {(id, part) for part in range(1, 2 + id % 3)} <= arrived, (id, state)

    def left_before(self, id: int) -> bool:
        """She made the quick exit after it: it must not be said again."""
        return bool(self.rows("1 FROM outbox WHERE operation = 'erase' AND id > ?", id))


@pytest.mark.parametrize("seed", range(RUNS))
def test_whatever_is_told_each_answer_arrives_and_none_is_said_again_for_nothing(
    seed: int,
) -> None:
    random.seed(seed)  # the waits are drawn too
    receipts = Receipts(random.Random(seed))
    try:
        for _ in range(STEPS):
            receipts.something_happens()
            receipts.all_is_well()
        receipts.all_comes_to_its_end()
    finally:
        receipts.close()
