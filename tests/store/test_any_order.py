"""Whatever happens in whatever order, the store does what a list in memory would do."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.dialogue.turn import Effect, Erase, Forget, Turn
from bot.store.base import Operation, OutboxState, Settlement, Visit
from tests.people import KILLA, NORA, ROSA, Person
from tests.store.conftest import Sqlite
from tests.store.contract import HERE, MINUTE, Scene, reply

WOMEN = st.sampled_from([ROSA, KILLA, NORA])
ENDS: list[OutboxState] = ["sent", "delivered", "failed", "skipped"]
UNSENT = ("waiting", "sending")


@dataclass
class Row:
    id: int
    person_id: int
    operation: Operation
    state: str
    due_at: float
    lease_until: float = 0.0
    is_empty: bool = False  # she left, or was forgotten, while it was being sent


class Whatever(RuleBasedStateMachine):
    """`rows` and `people` are what should be in the store."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.people: dict[Person, int] = {}
        self.met = 0
        self.heard: list[str] = []
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.Runner()
        self.scene = Scene(lambda clock: Sqlite(Path(self.folder.name), clock))
        self.loop.run(self.scene.begin())

    def teardown(self) -> None:
        self.loop.run(self.scene.end())
        self.loop.close()
        self.folder.cleanup()

    def unsent(self, person_id: int) -> list[Row]:
        return [row for row in self.rows if row.person_id == person_id and row.state in UNSENT]

    @rule(
        who=WOMEN,
        said=st.integers(0, 3),
        effects=st.sampled_from([(), (), (), (Erase(),), (Forget(),), (Forget(), Erase())]),
    )
    def she_writes(self, who: Person, said: int, effects: tuple[Effect, ...]) -> None:
        replies = tuple(reply(f"{at}") for at in range(said))
        name = f"{len(self.heard)}"
        self.heard.append(name)
        turn = Turn(HERE, replies, effects)
        visit = self.loop.run(self.scene.hears(who, lambda known: turn, message_id=name))
        if who not in self.people:
            self.met += 1
            self.people[who] = self.met
        person_id = self.people[who]
        if effects:
            self.skip(person_id)
        if Forget() in effects:
            del self.people[who]
        operations: list[Operation] = ["message"] * said
        operations += ["erase"] if Erase() in effects else []
        is_ahead = bool(self.unsent(person_id))
        first = len(self.rows) + 1
        for at, operation in enumerate(operations):
            state = "waiting" if is_ahead else "sending"
            lease = 0.0 if is_ahead else self.scene.now + MINUTE
            row = Row(first + at, person_id, operation, state, self.scene.now, lease)
            self.rows.append(row)
        claimed = [] if is_ahead else [row.id for row in self.rows[first - 1 :]]
        assert visit.turn is turn
        assert [row.id for row in visit.claimed] == claimed
        assert visit.left_waiting == (is_ahead and bool(operations))

    @precondition(lambda self: self.heard)
    @rule(who=WOMEN, data=st.data())
    def a_message_comes_again(self, who: Person, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.heard))
        assert self.loop.run(self.scene.hears(who, message_id=name)) == Visit(turn=None)

    @rule(who=WOMEN)
    def she_is_forgotten_from_outside(self, who: Person) -> None:
        address = str(who.chat_id)
        was_known = who in self.people
        if was_known:
            self.skip(self.people.pop(who))
        forget = self.scene.store.forget("telegram", address, now=self.scene.now)
        assert self.loop.run(forget) == was_known

    def skip(self, person_id: int) -> None:
        for row in self.unsent(person_id):
            row.is_empty = row.operation == "message"
            if row.state == "waiting" and row.is_empty:
                row.state = "skipped"

    @rule(limit=st.integers(0, 9))
    def what_is_due_is_claimed(self, limit: int) -> None:
        expected: list[int] = []
        held_up: set[int] = set()
        for row in self.rows:
            if row.state not in UNSENT or row.person_id in held_up:
                continue
            if row.state == "sending" or row.due_at > self.scene.now:
                held_up.add(row.person_id)
            elif len(expected) < limit:
                expected.append(row.id)
        assert [row.id for row in self.loop.run(self.scene.claims(limit))] == expected
        for row_id in expected:
            self.rows[row_id - 1].state = "sending"
            self.rows[row_id - 1].lease_until = self.scene.now + MINUTE

    def end(self, row: Row, state: OutboxState, due_at: float = 0.0) -> None:
        end = Settlement(row.id, row.person_id, state, due_at=due_at)
        self.loop.run(self.scene.store.settle([end]))

    @precondition(lambda self: any(row.state == "sending" for row in self.rows))
    @rule(data=st.data(), state=st.sampled_from(ENDS))
    def one_comes_to_its_end(self, data: st.DataObject, state: OutboxState) -> None:
        row = data.draw(st.sampled_from([row for row in self.rows if row.state == "sending"]))
        self.end(row, state)
        row.state = state

    @precondition(lambda self: any(row.state == "sending" for row in self.rows))
    @rule(data=st.data(), wait_s=st.sampled_from([0.0, 5.0]))
    def one_must_wait(self, data: st.DataObject, wait_s: float) -> None:
        row = data.draw(st.sampled_from([row for row in self.rows if row.state == "sending"]))
        self.end(row, "waiting", self.scene.now + wait_s)
        row.state = "skipped" if row.is_empty else "waiting"
        row.due_at = self.scene.now + wait_s
        for later in self.unsent(row.person_id):
            if later.id > row.id:
                later.state = "skipped" if later.is_empty else "waiting"

    @rule(seconds=st.sampled_from([1.0, 5.0, 40.0]))
    def time_passes(self, seconds: float) -> None:
        self.scene.now += seconds

    @rule(everything=st.booleans())
    def the_dead_are_looked_after(self, everything: bool) -> None:
        if everything:
            self.loop.run(self.scene.restart())
        recover = self.scene.store.recover(now=self.scene.now, everything=everything)
        counts = {"waiting": 0, "skipped": 0, "unknown": 0}
        for row in self.rows:
            if row.state == "sending" and (everything or row.lease_until <= self.scene.now):
                row.state = "skipped" if row.is_empty else "waiting"
                row.due_at = self.scene.now
                counts[row.state] += 1
        assert self.loop.run(recover) == counts

    @rule()
    def the_clock_forgets(self) -> None:
        self.loop.run(self.scene.store.purge(now=self.scene.now))

    @invariant()
    def every_row_is_where_it_should_be(self) -> None:
        expected: dict[str, int] = {}
        for row in self.rows:
            expected[row.state] = expected.get(row.state, 0) + 1
        assert self.loop.run(self.scene.counts()) == expected


TestWhatever = Whatever.TestCase
TestWhatever.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
