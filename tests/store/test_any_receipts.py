"""Whatever a platform tells in whatever order, each answer reaches her, none twice without need.

One woman, one process that sends and can die, and a platform where each bubble it takes arrives or
does not. `fate` is decided when it is taken; what is told of it comes late, twice and out of order.
"""

import asyncio
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.channels.base import Mark, SendError, Status
from bot.dialogue.turn import Erase
from bot.pacing import REPLY_TRIES
from bot.store.base import OutboxRow, Settlement
from bot.verdict import judged, told
from tests.outgoing import Phones
from tests.people import KILLA
from tests.store.conftest import Sqlite
from tests.store.contract import DAY, HOUR, MINUTE, Scene, answers

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
GOOD_NEWS = st.sampled_from(["sent", "delivered", "read"])


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


class Receipts(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
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

    def teardown(self) -> None:
        with self.folder, closing(self.database):
            self.all_comes_to_its_end()
            self.loop.run(self.scene.end())
            self.loop.close()

    def rows(self, what: str, *values: Any) -> list[Any]:
        return self.database.execute(f"SELECT {what}", values).fetchall()

    # What happens

    @rule(said=st.integers(1, 2), leaves=st.sampled_from([False, False, False, True]))
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

    @rule()
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

    @precondition(lambda self: self.next_one())
    @rule(
        fate=st.none() | st.sampled_from(FAILURES),
        at_once=st.sampled_from(["taken", "taken", "taken", "taken", "unsure", "refused"]),
    )
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

    @precondition(lambda self: self.next_one())
    @rule()
    def what_is_held_goes_back(self) -> None:
        """A stop; or it was heard that what went of it did not arrive."""
        self.give_back_rest()

    def give_back_rest(self, *, skip: bool = False) -> None:
        while held := self.next_one():
            row = held.row
            end = Settlement(row.id, row.person_id, "waiting", due_at=self.scene.now)
            end = replace(end, parts=held.parts, tries=row.tries)
            self.trouble[row.id] += 1
            self.end(row.id, replace(end, state="skipped", reason="unreachable") if skip else end)

    def end(self, id: int, what: Settlement) -> None:
        assert id == what.row_id
        self.ends.append(what)

    @precondition(lambda self: self.ends)
    @rule()
    def we_settle(self) -> None:
        batch, self.ends = self.ends, []
        self.loop.run(self.scene.store.settle(batch))
        for end in batch:
            self.held.pop(end.row_id)

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), state=GOOD_NEWS, times=st.integers(1, 2))
    def it_is_told(self, data: st.DataObject, state: Any, times: int) -> None:
        self.tell(data.draw(st.sampled_from(self.taken)), state, times)

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

    @rule()
    def the_process_dies(self) -> None:
        self.trouble.update(self.held.keys())
        self.held.clear()
        self.ends.clear()
        self.loop.run(self.scene.store.recover(now=self.scene.now, everything=True))

    @rule(is_old=st.booleans())
    def she_takes_another_telephone(self, is_old: bool) -> None:
        self.is_old = is_old

    @rule(seconds=st.sampled_from([1.0, 5.0, 5.0, MINUTE, HOUR, DAY]))
    def time_passes(self, seconds: float) -> None:
        self.scene.now += seconds

    # What must be so

    @invariant()
    def no_row_goes_where_none_comes_from(self) -> None:
        now = dict(self.rows("id, state FROM outbox"))
        for id, was in self.found.items():
            assert now[id] in MAY_FOLLOW[was], (id, was, now[id])
        self.found = now

    @invariant()
    def who_holds_a_row_has_it(self) -> None:
        """Nobody else is given what is on its way: it would be said twice."""
        waiting = self.rows("id FROM outbox WHERE state = 'waiting' AND operation = 'message'")
        going_back = {end.row_id for end in self.ends if end.state in ("waiting", "skipped")}
        assert not {id for (id,) in waiting} & (self.held.keys() - going_back)

    @invariant()
    def what_waits_has_its_words(self) -> None:
        assert not self.rows(
            "id FROM outbox WHERE state = 'waiting' AND operation = 'message'"
            " AND (body IS NULL OR address IS NULL)"
        )

    @invariant()
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
        self.no_row_goes_where_none_comes_from()
        for taken in self.taken:
            self.tell(taken, "delivered")
        self.each_has_arrived()

    def each_has_arrived(self) -> None:
        arrived = {(taken.mark.row_id, taken.mark.part) for taken in self.taken if not taken.fate}
        rows = self.rows("id, state, reason FROM outbox WHERE operation = 'message'")
        for id, state, reason in rows:
            event(f"{state} {reason}")
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


TestReceipts = Receipts.TestCase
TestReceipts.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
