"""`kill -9` while thousands are written to: each is in one state, and nobody is lost or guessed."""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests import small
from tests.announcing import WHAT, Desk
from tests.lives import Lives
from tests.standins.telegram import TOKEN, Fault, Standin
from tests.standins.telegram_chats import Chat, Message

KILLS = 14
WOMEN = 5_000
RATE = 300
AT_ANY_HOUR = {"hours_from": 0, "hours_until": 0}  # else the test would fail by night
LOOK_S = 0.05


class Sending:
    """An announcement on its way, with people around it who watch and decide."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk = desk
        self.number = number
        self.read: Counter[int] = Counter()  # by chat
        self.unsure = [0]  # after each kill, of how many altogether nobody knows

    def shown(self, chat: Chat, message: Message) -> None:
        self.read[chat.id] += 1

    async def comes_to(self, many: int) -> None:
        """Until so many are sent, or were on their way."""
        while await self.begun() < many and await self.look() != "done":
            pass

    async def is_done(self) -> None:
        while await self.look() != "done":
            pass

    async def look(self) -> str:
        """What goes wrong in the first hundredth pauses it: then somebody decides to go on."""
        await asyncio.sleep(LOOK_S)
        found = await self.desk.store.broadcast(self.number)
        assert found is not None
        if found.state == "paused":
            self.desk.now = time.time()
            await self.desk.does("resume", self.number, self.desk.nora)
        return found.state

    async def begun(self) -> int:
        return WOMEN - await self.count("waiting")

    async def count(self, *states: str) -> int:
        account = await self.desk.account(self.number)
        assert sum(account.values()) == WOMEN
        return sum(many for (state, _), many in account.items() if state in states)

    async def look_at_the_dead(self) -> None:
        self.unsure.append(await self.count("sending", "unknown"))
        assert set(self.read.values()) <= {1}

    @property
    def unsure_by_kill(self) -> list[int]:
        return [after - before for before, after in itertools.pairwise(self.unsure)]

    def rows(self) -> dict[int, str]:
        """Recipient -> the one state she is in."""
        found = self.desk.sql(
            "SELECT r.person_id, o.state FROM recipients AS r LEFT JOIN outbox AS o"
            " ON o.person_id = r.person_id AND o.broadcast_id = r.broadcast_id"
            " AND o.operation = 'message' WHERE r.broadcast_id = ?",
            self.number,
        )
        assert len(found) == WOMEN
        return dict(found)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await Desk.of(tmp_path)
    yield desk
    await desk.store.close()


@pytest.mark.timeout(600)
async def test_each_gets_it_once_or_somebody_is_asked_whenever_the_process_is_killed(
    desk: Desk, tmp_path: Path, kills: int, record_property: Callable[[str, object], None]
) -> None:
    people = [
        *desk.women(WOMEN * 7 // 10, **AT_ANY_HOUR),
        *desk.women(WOMEN * 3 // 10, language="quy", **AT_ANY_HOUR),
    ]
    chats = dict(zip(people, range(5_200_000_000, 5_200_000_000 + WOMEN), strict=True))
    sending = Sending(desk, await desk.begun(WHAT))
    dice = random.Random(7)
    async with Standin(rate=0, chat_rate=0, journal=False, on_message=sending.shown) as telegram:
        telegram.faults += faults()
        settings = {
            "WILLAQ_TELEGRAM_TOKEN": TOKEN,
            "WILLAQ_TELEGRAM_API_URL": telegram.url,
            "WILLAQ_TELEGRAM_RATE": str(RATE),
        }
        lives = await asyncio.to_thread(Lives, tmp_path, settings, small.home(tmp_path))
        try:
            for many in sorted(dice.sample(range(1, WOMEN - 100), kills or KILLS)):
                begun = await sending.begun()
                life = await asyncio.to_thread(lives.start)
                if dice.random() < 0.8:
                    await sending.comes_to(max(many, begun + 1))
                await asyncio.sleep(dice.uniform(0.0, 0.2))
                await asyncio.to_thread(lives.kill, life)
                await sending.look_at_the_dead()
            await asyncio.to_thread(lives.start)
            await sending.is_done()
            unsure = check(sending, chats)
            telegram.faults.clear()
            desk.now = time.time()
            assert await desk.store.resend_unknown(
                sending.number, doer=desk.nora, now=desk.now
            ) == len(unsure)
            await sending.is_done()
        finally:
            await asyncio.to_thread(lives.end)
    # Most of them died in the middle of it.
    assert sum(many > 0 for many in sending.unsure_by_kill) > len(sending.unsure_by_kill) / 2
    assert set(sending.rows().values()) == {"sent"}
    assert {chat for chat, times in sending.read.items() if times > 1} <= unsure
    assert max(sending.read.values()) <= 2
    assert sending.read.keys() == set(chats.values())
    tell(record_property, sending, len(unsure))


def faults() -> list[Fault]:
    return [
        Fault("429", times=2, share=0.002),
        Fault("500", times=None, share=0.01),
        Fault("reset", times=None, share=0.003),
        Fault("drop", times=None, share=0.003),
    ]


def check(sending: Sending, chats: dict[int, int]) -> set[int]:
    """Nothing is lost, nothing was said twice so far; the chats of whom nobody knows."""
    states = sending.rows()
    assert set(states.values()) == {"sent", "unknown"}
    assert set(sending.read.values()) == {1}
    sent = {chats[person] for person, state in states.items() if state == "sent"}
    assert sent <= sending.read.keys()
    return set(chats.values()) - sent


def tell(record_property: Callable[[str, object], None], sending: Sending, unknown: int) -> None:
    by_kill = sending.unsure_by_kill
    record_property("kills", len(by_kill))
    record_property("unknown_by_kill", " ".join(map(str, by_kill)))
    record_property("unknown", unknown)
    record_property("read_twice", sum(times > 1 for times in sending.read.values()))
