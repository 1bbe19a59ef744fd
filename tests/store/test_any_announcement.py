"""Whatever happens in whatever order: each recipient is in exactly one state, the states sum to the
audience, and no woman is handed a message twice unless a person chose so."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.dialogue.turn import Announcements, Effect, Forget, Reachable, State, Turn
from bot.store.base import OutboxRow, Settlement
from bot.store.desk import Refused
from bot.store.sqlite import SqliteStore
from tests.announcing import DAY, HOUR, WHAT, Desk

WOMEN = 6
ACTS = st.sampled_from(["start", "pause", "resume", "cancel", "finish"])


class Whatever(RuleBasedStateMachine):
    """`sent` counts, for each announcement and woman, how often a process was about to send it and
    did not say that it had not. `allowed` is what she may have had: once, and once for each time
    somebody had the unknown sent again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.Runner()
        self.desk = self.loop.run(Desk.open(Path(self.folder.name)))
        self.addresses = [str(5200000000 + at) for at in range(WOMEN)]
        self.desk.women(WOMEN - 2)
        self.desk.women(1, language="quy", hours_from=13, hours_until=15)
        self.desk.women(1, language="shp")
        self.held: list[OutboxRow] = []
        self.begun: list[int] = []
        self.waiting_to_begin: list[int] = []
        self.sent: Counter[tuple[int, int]] = Counter()
        self.allowed: Counter[tuple[int, int]] = Counter()
        self.heard = 0

    def teardown(self) -> None:
        self.loop.run(self.desk.store.close())
        self.loop.close()
        self.folder.cleanup()

    def run(self, asked: Any) -> Any:
        try:
            return self.loop.run(asked)
        except Refused:
            return None

    @precondition(lambda self: len(self.begun) + len(self.waiting_to_begin) < 3)
    @rule()
    def one_is_approved(self) -> None:
        self.waiting_to_begin.append(self.loop.run(self.desk.approved(WHAT, canary=False)))

    @precondition(lambda self: self.begun or self.waiting_to_begin)
    @rule(data=st.data(), act=ACTS)
    def somebody_does_something(self, data: st.DataObject, act: str) -> None:
        number = data.draw(st.sampled_from(self.begun + self.waiting_to_begin))
        done = self.run(self.desk.does(act, number))
        if done and act == "start":
            self.waiting_to_begin.remove(number)
            self.begun.append(number)
        if done and act == "finish":
            # The clock asks before; here nobody did, so it goes on.
            self.desk.sql("UPDATE broadcasts SET state = 'sending' WHERE id = ?", number)

    @precondition(lambda self: self.begun)
    @rule(data=st.data(), limit=st.integers(1, 4))
    def it_is_fed(self, data: st.DataObject, limit: int) -> None:
        self.run(self.desk.feeds(data.draw(st.sampled_from(self.begun)), limit))

    @rule(limit=st.integers(1, 5))
    def what_is_due_is_claimed(self, limit: int) -> None:
        rows = [row for row in self.loop.run(self.desk.claims(limit)) if row.broadcast]
        for row in rows:
            self.sent[row.broadcast, row.person_id] += 1
            assert (
                self.sent[row.broadcast, row.person_id]
                <= 1 + self.allowed[row.broadcast, row.person_id]
            )
        self.held += rows

    @precondition(lambda self: self.held)
    @rule(data=st.data(), state=st.sampled_from(["sent", "failed", "unknown", "waiting"]))
    def one_is_settled(self, data: st.DataObject, state: Any) -> None:
        row = data.draw(st.sampled_from(self.held))
        self.held.remove(row)
        if state == "waiting":
            self.sent[row.broadcast, row.person_id] -= 1  # nothing of it left
        end = Settlement(row.id, row.person_id, state, "", due_at=self.desk.now)
        self.loop.run(self.desk.store.settle([end]))

    @rule()
    def the_process_is_killed(self) -> None:
        self.loop.run(self.desk.store.close())
        path, vault = self.desk.path, self.desk.vault
        opening = SqliteStore.open(path, vault, clock=lambda: self.desk.now)
        self.desk.store = self.loop.run(opening)
        self.loop.run(self.desk.store.recover(now=self.desk.now, everything=True))
        self.held = []

    @precondition(lambda self: self.begun)
    @rule(data=st.data())
    def somebody_has_the_unknown_sent_again(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.begun))
        unknown = self.desk.sql(
            "SELECT person_id FROM outbox WHERE broadcast_id = ? AND state = 'unknown'", number
        )
        if self.run(self.desk.store.resend_unknown(number, doer=self.desk.nora, now=self.desk.now)):
            for (person_id,) in unknown:
                self.allowed[number, person_id] += 1

    @rule(
        at=st.integers(0, WOMEN - 1),
        effect=st.sampled_from(
            [Announcements(False), Announcements(True), Forget(), Reachable(False)]
        ),
    )
    def she_writes(self, at: int, effect: Effect) -> None:
        self.heard += 1
        turn = Turn(State("es", True), (), (effect,))
        visit = self.desk.store.visit(
            channel="telegram", message_id=str(self.heard), address=self.addresses[at], ref="",
            now=self.desk.now, lease_s=60, pulled=False, decide=lambda known: turn,
        )  # fmt: skip
        self.loop.run(visit)

    @rule(seconds=st.sampled_from([60.0, HOUR, 7 * HOUR, DAY, -DAY]))
    def the_clock_moves(self, seconds: float) -> None:
        self.desk.now += seconds

    @rule(paused=st.booleans())
    def the_house_is_paused(self, paused: bool) -> None:
        why = "restored" if paused else ""
        self.loop.run(self.desk.store.pause_house(why, doer=self.desk.nora, now=self.desk.now))

    @rule(limit=st.integers(1, 3))
    def what_waits_in_vain_is_swept(self, limit: int) -> None:
        self.loop.run(self.desk.store.sweep(limit=limit, now=self.desk.now))

    @rule()
    def the_clock_forgets(self) -> None:
        self.loop.run(self.desk.store.purge(now=self.desk.now))

    @invariant()
    def the_states_sum_to_the_audience(self) -> None:
        for number in self.begun:
            found = self.loop.run(self.desk.store.broadcast(number))
            tallies = self.loop.run(self.desk.store.tally(number))
            assert found is not None
            assert sum(each.count for each in tallies) == found.size
            assert all(each.count > 0 for each in tallies)

    @invariant()
    def nobody_has_two_messages_of_one(self) -> None:
        query = (
            "SELECT count(*) FROM outbox WHERE broadcast_id IS NOT NULL"
            " GROUP BY broadcast_id, person_id HAVING count(*) > 1"
        )
        assert self.desk.sql(query) == []


TestWhatever = Whatever.TestCase
TestWhatever.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
