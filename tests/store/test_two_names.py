"""Brought by her number, she writes with another id: she is one, and her no counts for both."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.announcing import Subscribe
from bot.dialogue.turn import Announcements, Effect
from bot.store.base import Settlement, Visit
from bot.store.people import Subscriber
from tests.announcing import COMMAND, HOUR, Desk
from tests.store.contract import answers

NUMBER, ID = "51987654321", "PE.1349120865530274"
YES = Subscribe("", None, "1 es")
LISTED = Subscriber(2, "whatsapp", NUMBER, "es", "05", "firmó", date(2026, 5, 3))


class Killa:
    """She has written before, and Meta gave an id of hers without the number."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._messages = 0

    async def says(self, *effects: Effect, alias: str = NUMBER) -> Visit:
        self._messages += 1
        visit = await self.desk.store.visit(
            channel="whatsapp", message_id=str(self._messages), address=ID, ref="",
            now=self.desk.now, lease_s=60, pulled=False, decide=answers("listo", effects=effects),
            alias=alias, window_until=self.desk.now + HOUR,
        )  # fmt: skip
        await self.desk.store.settle(
            [Settlement(row.id, row.person_id, "sent") for row in visit.claimed]
        )
        return visit

    async def is_brought(self) -> Any:
        return await self.desk.store.bring([LISTED], doer=COMMAND, now=self.desk.now)

    def rows(self) -> list[Any]:
        return self.desk.sql("SELECT id, wanted, stopped, consent, region FROM people ORDER BY id")


@pytest.fixture
async def killa(tmp_path: Path) -> AsyncIterator[Killa]:
    desk = await Desk.open(tmp_path)
    yield Killa(desk)
    await desk.store.close()


async def test_her_yes_elsewhere_is_hers_once_she_writes(killa: Killa) -> None:
    await killa.says(alias="")
    assert await killa.is_brought() == {"new": [2]}
    assert len(killa.rows()) == 2
    await killa.says()
    assert killa.rows() == [(1, 1, 0, "import", "05")]


async def test_her_no_counts_for_the_number_too(killa: Killa) -> None:
    await killa.says(alias="")
    await killa.is_brought()
    await killa.says(Announcements(False))
    assert [row[1:3] for row in killa.rows()] == [(0, 1)]
    assert await killa.is_brought() == {"said no": [2]}


async def test_who_said_no_is_not_brought_back_by_a_number_we_do_not_keep(killa: Killa) -> None:
    await killa.says(YES)
    await killa.says(Announcements(False))
    assert await killa.is_brought() == {"said no": [2]}
    await killa.says(YES)
    assert killa.rows()[0][1:3] == (1, 0)


async def test_what_she_chose_in_the_chat_stays(killa: Killa) -> None:
    await killa.says(Subscribe("21", None, "1 es"), alias="")
    await killa.is_brought()
    await killa.says()
    assert killa.rows() == [(1, 1, 0, "1 es", "21")]


async def test_what_waited_for_the_number_she_gets_when_she_writes(killa: Killa) -> None:
    await killa.says(alias="")
    await killa.is_brought()
    number = await killa.desk.begun()
    await killa.desk.feeds(number)
    (row,) = await killa.desk.claims(channel="whatsapp")
    held = Settlement(
        row.id, row.person_id, "waiting", "window", due_at=killa.desk.now + HOUR, held=True
    )
    await killa.desk.store.settle([held])
    await killa.says()
    killa.desk.now += 1
    (row,) = await killa.desk.claims(channel="whatsapp")
    assert (row.person_id, row.broadcast) == (1, number)


async def test_what_is_for_both_names_comes_once(killa: Killa) -> None:
    await killa.says(YES, alias="")
    await killa.is_brought()
    number = await killa.desk.begun()
    await killa.desk.feeds(number)
    await killa.says()
    assert [row.person_id for row in await killa.desk.claims(channel="whatsapp")] == [1]
    assert await killa.desk.account(number) == {("sending", ""): 1, ("skipped", "repeated"): 1}
