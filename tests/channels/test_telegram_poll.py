"""Fetching what women do: nothing is lost, nothing overtakes, nobody waits for another."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from bot.channels import telegram_poll
from bot.channels.base import Incoming
from bot.channels.telegram import Telegram
from bot.store.base import StoreError, Unanswered
from tests.channels.telegram_bot import SCREEN, bot, logged
from tests.people import KILLA, MARTA, ROSA
from tests.standins.telegram import Fault, Standin

PEOPLE = (ROSA, KILLA, MARTA)


class Store:
    """Keeps what is new, as the real one does; `trouble` raises or waits before it is kept."""

    def __init__(self) -> None:
        self.kept: dict[str, Incoming] = {}
        self.tried: list[str] = []
        self.trouble: Callable[[Incoming], None] = lambda incoming: None
        self.turn = asyncio.Event()
        self.turn.set()
        self._tried_more = asyncio.Event()

    async def receive(self, incoming: Incoming) -> None:
        self.tried.append(incoming.event.text)
        self._tried_more.set()
        await self.turn.wait()
        self.trouble(incoming)
        self.kept.setdefault(incoming.message_id, incoming)

    async def has_tried(self, count: int) -> None:
        while len(self.tried) < count:
            self._tried_more.clear()
            await self._tried_more.wait()

    def words(self, chat_id: int | None = None) -> list[str]:
        return [
            each.event.text
            for each in self.kept.values()
            if chat_id is None or each.address == str(chat_id)
        ]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_poll, "_FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(telegram_poll, "_LONGEST_WAIT_S", 0.05)


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture
def store() -> Store:
    return Store()


@asynccontextmanager
async def polling(standin: Standin, store: Store) -> AsyncIterator[Telegram]:
    async with bot(standin) as telegram:
        task = asyncio.create_task(telegram.poll(store.receive, timeout_s=1))
        try:
            yield telegram
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def confirmed(standin: Standin) -> bool:
    return not standin.updates.pending


async def test_what_she_says_is_handed_on_and_confirmed(standin: Standin, store: Store) -> None:
    standin.say(ROSA.chat_id, "antes")
    async with polling(standin, store):
        await standin.until(lambda: standin.updates.polled)
        standin.say(ROSA.chat_id, "hola")
        await standin.until(lambda: confirmed(standin) and len(store.kept) == 2)
    assert store.words() == ["antes", "hola"]


async def test_a_button_is_acknowledged_after_it_is_kept(standin: Standin, store: Store) -> None:
    async with polling(standin, store) as telegram:
        await telegram.send(str(ROSA.chat_id), SCREEN)
        store.turn.clear()
        standin.press(ROSA.chat_id, "Pasos")
        await store.has_tried(1)
        # Time enough for a call that should not be made yet.
        await telegram.send(str(KILLA.chat_id), SCREEN)
        assert standin.open_queries
        store.turn.set()
        await standin.until(lambda: not standin.open_queries)
    assert [each.event.choice for each in store.kept.values()] == ["t:alimentos:steps"]


async def test_each_woman_is_heard_in_order_and_none_waits_for_another(
    standin: Standin, store: Store
) -> None:
    for number in range(30):
        for person in PEOPLE:
            standin.say(person.chat_id, str(number))
    store.turn.clear()
    async with polling(standin, store):
        await store.has_tried(len(PEOPLE))
        store.turn.set()
        await standin.until(lambda: confirmed(standin))
    assert store.tried[: len(PEOPLE)] == ["0"] * len(PEOPLE)
    for person in PEOPLE:
        assert store.words(person.chat_id) == [str(number) for number in range(30)]


@pytest.mark.parametrize(
    "trouble", [StoreError("locked"), Unanswered(1, ValueError()), KeyError("a mistake of ours")]
)
async def test_what_could_not_be_kept_is_fetched_again_and_nothing_overtakes_it(
    standin: Standin, store: Store, trouble: Exception
) -> None:
    tries = itertools.count(1)

    def twice(incoming: Incoming) -> None:
        if incoming.event.text == "segunda" and next(tries) <= 2:
            raise trouble

    store.trouble = twice
    for words in ("primera", "segunda", "tercera"):
        standin.say(ROSA.chat_id, words)
    standin.say(KILLA.chat_id, "allin p'unchay")
    async with polling(standin, store):
        await standin.until(lambda: confirmed(standin))
    assert store.words(ROSA.chat_id) == ["primera", "segunda", "tercera"]
    assert store.words(KILLA.chat_id) == ["allin p'unchay"]


async def test_the_offset_never_moves_past_what_is_not_kept(standin: Standin, store: Store) -> None:
    first = standin.say(ROSA.chat_id, "uno")
    second = standin.say(ROSA.chat_id, "dos")
    standin.say(KILLA.chat_id, "iskay")

    def never(incoming: Incoming) -> None:
        if incoming.event.text == "dos":
            raise StoreError

    store.trouble = never
    async with polling(standin, store):
        await standin.until(lambda: len(standin.called("getUpdates")) >= 4)
        assert list(standin.updates.pending) == [second, second + 1]
        assert first not in standin.updates.pending
        assert len(store.kept) == 2


async def test_a_message_nobody_can_take_does_not_stop_all_the_others(
    standin: Standin, store: Store
) -> None:
    def poison(incoming: Incoming) -> None:
        if incoming.event.text == "veneno":
            raise RecursionError

    store.trouble = poison
    standin.say(ROSA.chat_id, "veneno")
    for number in range(120):
        standin.say(KILLA.chat_id, str(number))
    with logged() as lines:
        async with polling(standin, store):
            await standin.until(lambda: confirmed(standin), timeout_s=20)
    assert len(store.words(KILLA.chat_id)) == 120
    assert sum("given up" in text for text in lines.texts) == 1
    assert not any("veneno" in text for text in lines.texts)


async def test_a_database_that_is_away_loses_nothing(standin: Standin, store: Store) -> None:
    def away(incoming: Incoming) -> None:
        if len(standin.called("getUpdates")) < telegram_poll._TRIES + 5:
            raise StoreError

    store.trouble = away
    standin.say(ROSA.chat_id, "sigo aquí")
    async with polling(standin, store):
        await standin.until(lambda: confirmed(standin), timeout_s=20)
    assert store.words() == ["sigo aquí"]


@pytest.mark.parametrize("trouble", ["500", "502", "reset", "drop", "garbled", "429"])
async def test_bad_days_of_the_platform_pass(
    standin: Standin, store: Store, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trouble == "429":
        monkeypatch.setattr(telegram_poll.Poller, "_pause", lambda self, told_s=0: asyncio.sleep(0))
    standin.faults.append(Fault(trouble, method="getUpdates", times=3))  # type: ignore[arg-type]
    standin.say(ROSA.chat_id, "hola")
    with logged() as lines:
        async with polling(standin, store):
            await standin.until(lambda: confirmed(standin))
    assert store.words() == ["hola"]
    # Once, not three times.
    assert len([text for text in lines.texts if "cannot be reached" in text]) == 1


async def test_a_webhook_of_yesterday_is_removed_before_fetching(
    standin: Standin, store: Store
) -> None:
    standin.updates.set_webhook("http://127.0.0.1:9/hooks/telegram", "", 1, None)
    standin.say(ROSA.chat_id, "hola")
    with logged() as lines:
        async with polling(standin, store):
            await standin.until(lambda: confirmed(standin))
    assert store.words() == ["hola"] and lines.texts == []


async def test_two_who_fetch_for_the_same_bot_are_told_what_to_do(
    standin: Standin, store: Store
) -> None:
    with logged() as lines:
        async with polling(standin, store), polling(standin, store):
            await lines.until("stop that one, or give this one a bot and a token of its own")
            standin.say(ROSA.chat_id, "hola")
            await standin.until(lambda: confirmed(standin))
    assert store.words() == ["hola"]


async def test_a_webhook_set_meanwhile_by_somebody_else_is_said_and_removed(
    standin: Standin, store: Store
) -> None:
    with logged() as lines:
        async with polling(standin, store):
            await standin.until(lambda: standin.updates.polled)
            standin.updates.set_webhook("http://127.0.0.1:9/hooks/telegram", "", 1, None)
            await lines.until("or has set a webhook for it")
            standin.say(ROSA.chat_id, "hola")
            await standin.until(lambda: confirmed(standin) and bool(store.kept))


async def test_a_wrong_token_is_said_once_with_the_name_of_the_setting(
    standin: Standin, store: Store
) -> None:
    with logged() as lines:
        async with bot(standin, token="110201543:wrong") as telegram:
            task = asyncio.create_task(telegram.poll(store.receive))
            await lines.until("WILLAQ_TELEGRAM_TOKEN")
            task.cancel()
    assert not any("110201543:wrong" in text for text in lines.texts)
