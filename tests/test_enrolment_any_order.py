"""Whatever women do in whatever order: one place for each of them, never more than there are."""

import asyncio
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot import reminders
from bot.conversation import Conversation, lima_day
from bot.dialogue.catalogue import Catalogue, Edition
from bot.dialogue.turn import Event
from bot.store.addresses import Vault
from bot.store.sqlite import SqliteStore
from tests.people import ELENA, KILLA, NORA, ROSA, Person
from tests.schools import OPEN, with_editions

NOW = 1_796_100_000.0  # 1 December 2026
WOMEN = st.sampled_from([ROSA, KILLA, NORA, ELENA])
WAYS = {  # from the first screen to the last, and what may come in between
    "join": f"join:{OPEN.slug}",
    "yes": f"sign:yes:{OPEN.slug}",
    "region": "sign:region:09",
    "skip": "sign:skip",
    "ok": f"sign:ok:{OPEN.slug}",
    "edit": "sign:edit:name",
    "change": f"change:{OPEN.slug}",
    "quit": f"quit:{OPEN.slug}",
    "mine": "mine",
    "no": "sign:no",
    "cancel": "sign:cancel",
}
WORDS = ("Rosa", "mi marido me pega", "atrás", "sí", "no", "salir", "¿cuánto cuesta?", "puno")


def small(edition: Edition = OPEN) -> Catalogue:
    """With one topic, and the lists of danger only: what is looked for here is found by neither."""
    catalogue = with_editions(edition)
    topic = replace(catalogue.topics[edition.school], related=())
    (door,) = (each for each in catalogue.categories if each.id == topic.category)
    doors = (replace(door, topics=(topic.slug,)),)
    return replace(catalogue, topics={topic.slug: topic}, categories=doors, learned=None)


class Whatever(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.Runner()
        self.now, self.heard, self.capacity = NOW, 0, OPEN.capacity
        self.path = Path(self.folder.name) / "willaq.db"
        self.store = self.loop.run(self.opened())
        self.conversation = Conversation(
            self.store,
            lambda: self.catalogue,
            handed=lambda channel, address, visit: None,
            now=lambda: self.now,
        )
        self.catalogue = small()
        self.database = sqlite3.connect(self.path)

    async def opened(self) -> SqliteStore:
        return await SqliteStore.open(self.path, Vault.in_memory(), clock=lambda: self.now)

    def teardown(self) -> None:
        self.database.close()
        self.loop.run(self.store.close())
        self.loop.close()
        self.folder.cleanup()

    def receive(self, who: Person, event: Event, channel: str = "telegram") -> None:
        self.heard += 1
        coming = self.conversation.receive(
            channel=channel,
            message_id=str(self.heard),
            address=str(who.chat_id),
            event=event,
            pulled=channel == "webchat",
        )
        self.loop.run(coming)

    @rule(who=WOMEN, way=st.sampled_from(sorted(WAYS)))
    def she_presses(self, who: Person, way: str) -> None:
        self.receive(who, Event("choice", choice=WAYS[way]))

    @rule(who=WOMEN, words=st.sampled_from(WORDS))
    def she_writes(self, who: Person, words: str) -> None:
        self.receive(who, Event("text", text=words))

    @rule(who=WOMEN, channel=st.sampled_from(["telegram", "whatsapp", "webchat"]))
    def she_signs_up(self, who: Person, channel: str) -> None:
        self.receive(who, Event("text", text="menú"), channel)
        for id in ("join", "yes"):
            self.receive(who, Event("choice", choice=WAYS[id]), channel)
        self.receive(who, Event("text", text=who.name), channel)
        for id in ("region", "skip", "ok"):
            self.receive(who, Event("choice", choice=WAYS[id]), channel)

    @rule(who=WOMEN)
    def she_withdraws(self, who: Person) -> None:
        self.receive(who, Event("choice", choice=WAYS["quit"]))

    @rule(who=WOMEN)
    def she_is_forgotten(self, who: Person) -> None:
        self.receive(who, Event("text", text="borrar"))

    @rule(who=WOMEN, gone=st.booleans())
    def she_blocks_us(self, who: Person, gone: bool) -> None:
        self.receive(who, Event("blocked" if gone else "unblocked"))

    @rule(more=st.integers(0, 1))
    def who_waits_moves_up(self, more: int) -> None:
        self.capacity += more
        edition = replace(OPEN, capacity=self.capacity)
        self.catalogue = small(edition)
        self.loop.run(reminders.tend(self.store, self.catalogue, lima_day(self.now), self.now))
        waiting = self.states(
            "JOIN people AS p ON p.id = person_id WHERE e.state = 'waiting' AND p.reachable"
        )
        assert not waiting or len(self.states("WHERE e.state = 'enrolled'")) >= self.capacity

    @rule(hours=st.sampled_from([1, 12, 24]))
    def time_passes(self, hours: int) -> None:
        self.now += hours * 3600
        self.loop.run(self.store.purge(now=self.now))

    def states(self, rest: str) -> list[str]:
        found = self.database.execute(f"SELECT e.state FROM enrolments AS e {rest}").fetchall()
        return [state for (state,) in found]

    @invariant()
    def no_more_than_there_are_places(self) -> None:
        assert len(self.states("WHERE e.state = 'enrolled'")) <= self.capacity

    @invariant()
    def one_place_for_each_woman(self) -> None:
        twice = "SELECT 1 FROM enrolments GROUP BY person_id, edition HAVING count(*) > 1"
        assert self.database.execute(twice).fetchall() == []

    @invariant()
    def nobody_waits_on_the_web_page(self) -> None:
        assert self.states("WHERE e.state = 'waiting' AND e.channel = 'webchat'") == []

    @invariant()
    def of_who_withdrew_nothing_is_left(self) -> None:
        left = self.database.execute(
            "SELECT 1 FROM enrolments WHERE (state = 'withdrawn') <> (answers IS NULL)"
        ).fetchall()
        assert left == []

    @invariant()
    def each_reminder_is_there_once(self) -> None:
        twice = "SELECT 1 FROM reminders GROUP BY outbox_id HAVING count(*) > 1"
        assert self.database.execute(twice).fetchall() == []


TestWhatever = Whatever.TestCase
TestWhatever.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
