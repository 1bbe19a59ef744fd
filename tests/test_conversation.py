"""One message in, one answer kept: once, whatever is delivered twice or goes wrong in between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.conversation import Conversation, lima_day
from bot.dialogue.catalogue import Catalogue, Topic
from bot.dialogue.turn import Event, Turn, unpack
from bot.store.addresses import Vault
from bot.store.base import OutboxRow, Unanswered, Visit
from bot.store.sqlite import MEMORY, SqliteStore
from tests.catalogue import spanish
from tests.people import ROSA

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC).timestamp()  # still the 23rd in Lima
HELLO = Event("text", text="hola")


class Shelf(dict[str, Topic]):
    """Topics that cannot be read a given number of times, as a bug of ours would have it."""

    def __init__(self, topics: dict[str, Topic], failures: int) -> None:
        super().__init__(topics)
        self.failures = failures

    def get(self, slug: str, default: Any = None) -> Any:
        if self.failures:
            self.failures -= 1
            raise ZeroDivisionError(slug)
        return super().get(slug, default)


class Desk:
    """A conversation over a real store, and what it handed on."""

    def __init__(self, store: SqliteStore, catalogue: Catalogue) -> None:
        self.visits: list[Visit] = []
        self.counted: list[tuple[str, str]] = []
        self.conversation = Conversation(
            store,
            lambda: catalogue,
            handed=lambda channel, address, visit: self.visits.append(visit),
            noted=lambda channel, rule, started: self.counted.append((channel, rule)),
            now=lambda: NOW,
        )

    async def hears(self, message_id: str, event: Event = HELLO) -> Turn | None:
        address = str(ROSA.chat_id)
        return await self.conversation.receive(
            channel="telegram", message_id=message_id, address=address, event=event
        )

    @property
    def rows(self) -> list[OutboxRow]:
        return [row for visit in self.visits for row in visit.claimed]


@pytest.fixture
async def store() -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(MEMORY, Vault.in_memory(), clock=lambda: NOW)
    yield store
    await store.close()


def opened(failures: int = 0) -> tuple[Catalogue, Event]:
    """A catalogue that fails so often, and the event that opens one of its topics."""
    catalogue = spanish()
    shelf = Shelf(dict(catalogue.topics), failures)
    return replace(catalogue, topics=shelf), Event("choice", choice="t:linea-100")


async def test_an_answer_is_kept_and_handed_on(store: SqliteStore) -> None:
    desk = Desk(store, spanish())
    turn = await desk.hears("1")
    assert turn is not None
    assert turn.rule == "greet"
    assert [unpack(row.body) for row in desk.rows] == list(turn.replies)
    assert desk.counted == [("telegram", "greet")]


async def test_a_message_delivered_twice_is_answered_once(store: SqliteStore) -> None:
    desk = Desk(store, spanish())
    both = await asyncio.gather(desk.hears("1"), desk.hears("1"))
    assert sorted(turn is None for turn in both) == [False, True]
    assert await desk.hears("1") is None
    assert len(desk.rows) == 1
    assert desk.counted == [("telegram", "greet")]


async def test_after_a_crash_the_platform_s_retry_is_answered(store: SqliteStore) -> None:
    catalogue, event = opened(failures=1)
    desk = Desk(store, catalogue)
    with pytest.raises(Unanswered):
        await desk.hears("1", event)
    assert desk.rows == []
    turn = await desk.hears("1", event)
    assert turn is not None
    assert "linea-100" in turn.state.topic
    assert await desk.hears("1", event) is None


async def test_the_third_crash_is_owned_up_to_and_does_not_come_back(store: SqliteStore) -> None:
    catalogue, event = opened(failures=99)
    desk = Desk(store, catalogue)
    for _ in range(2):
        with pytest.raises(Unanswered):
            await desk.hears("1", event)
    turn = await desk.hears("1", event)
    assert turn is not None
    assert turn.rule == "apologize"
    assert unpack(desk.rows[0].body).lines[0].key == "sorry"
    assert await desk.hears("1", event) is None


async def test_one_message_that_crashes_leaves_the_others_alone(store: SqliteStore) -> None:
    catalogue, event = opened(failures=1)
    desk = Desk(store, catalogue)
    outcomes = await asyncio.gather(
        desk.hears("bad", event), *(desk.hears(str(n)) for n in range(20)), return_exceptions=True
    )
    assert isinstance(outcomes[0], Unanswered)
    assert not any(isinstance(outcome, BaseException) for outcome in outcomes[1:])


async def test_a_crash_is_logged_without_what_she_said(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue, event = opened(failures=1)
    desk = Desk(store, catalogue)
    with pytest.raises(Unanswered):
        await desk.hears("1", replace(event, text="zarzamora"))
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert "zarzamora" not in record.getMessage()


def test_the_day_is_the_one_in_lima() -> None:
    assert lima_day(NOW) == date(2026, 11, 23)
    assert lima_day(NOW + 3 * 3600) == date(2026, 11, 24)
