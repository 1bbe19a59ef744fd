"""What a woman who signed up is told unasked: when, once, by day, and nothing that betrays her."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import reminders
from bot.channels.base import Limits, SendError
from bot.conversation import lima_day
from bot.dialogue.catalogue import Catalogue, Edition
from bot.dialogue.enrolment import Enrol, Withdraw
from bot.dialogue.hours import DAY_S, night_began, opens_at
from bot.dialogue.turn import Choice, Reachable, same_everywhere
from bot.store.base import NoticeKind
from tests.outgoing import KNOCK, Phones, Way
from tests.schools import OPEN, with_editions

ROSA, KILLA = "51000000001", "51000000002"
HOUR_S = 3600.0
WEEK, TOMORROW, PLACE = "Te recuerdo una fecha", "ya es pronto", "Se abrió un sitio"


@pytest.fixture
def phones() -> Phones:
    return Phones(limits=Limits(choices=10))


class School:
    """An edition that begins so many days from today, and a way out that has a clock."""

    def __init__(self, way: Way, phones: Phones, in_days: int) -> None:
        self.way, self.phones = way, phones
        starts = lima_day(way.now()) + timedelta(days=in_days)
        self.edition: Edition = replace(OPEN, starts_on=starts, ends_on=starts, deadline=starts)
        way.spanish |= {f"{OPEN.path}#schedule": OPEN.schedule}

    @property
    def catalogue(self) -> Catalogue:
        return with_editions(self.edition)

    async def signs_up(self, who: str = ROSA, state: str = "enrolled", **more: float) -> None:
        kept = self.day(60)
        enrol = Enrol(self.edition.slug, state, "Rosa", "09", "", "1 es", kept)  # type: ignore[arg-type]
        await self.way.answer(who, "listo", effects=[enrol], **more)  # type: ignore[arg-type]

    async def withdraws(self, who: str = ROSA) -> None:
        await self.way.answer(who, "chau", effects=[Withdraw(self.edition.slug)])

    def day(self, days: int = 0) -> date:
        return lima_day(self.way.now()) + timedelta(days=days)

    async def tend(self) -> int:
        now = self.way.now()
        sent = await reminders.tend(self.way.store, self.catalogue, lima_day(now), now)
        self.way.outbox.wake()
        return sent

    async def days_pass(self, days: float) -> None:
        """As the running program does it: every so often, whatever time it is."""
        for _ in range(round(days * 4)):
            self.way.later(6 * HOUR_S)
            await self.tend()

    def read_by(self, who: str = ROSA) -> list[str]:
        return [text for text in self.phones.read_by(who) if text not in ("listo", "chau")]


@pytest.fixture
async def school(tmp_path: Path, phones: Phones) -> AsyncIterator[School]:
    async with Way(tmp_path, phones) as way:
        yield School(way, phones, 10)


async def test_she_is_reminded_a_week_and_a_day_before(school: School) -> None:
    await school.signs_up()
    await school.days_pass(2)
    assert school.read_by() == []
    await school.days_pass(2)
    await school.way.until(lambda: len(school.read_by()) == 1)
    assert WEEK in school.read_by()[0]
    await school.days_pass(5)
    await school.way.until(lambda: len(school.read_by()) == 2)
    assert TOMORROW in school.read_by()[1]
    await school.days_pass(4)
    await school.way.settled(sent=3)


async def test_a_reminder_betrays_neither_school_nor_house(school: School) -> None:
    kinds: tuple[NoticeKind, ...] = ("week", "day", "place")
    for kind in kinds:
        reply = reminders.reminder(kind, school.edition)
        message = school.way.translations().tell(reply, "es")
        assert "Lircay, Angaraes, Huancavelica" in message.text
        assert "sábados" in message.text
        betrayed = "escuela|onamiap|mujer|polític|feminis|indígena|comunal|derecho|willaq"
        assert not re.search(betrayed, message.text, re.IGNORECASE)
        assert message.text.startswith("Hola. ")
        assert [id for id, _ in message.choices] == ["mine:lircay-2027", "quit:lircay-2027"]


async def test_nothing_comes_at_night(school: School) -> None:
    await school.signs_up()
    school.way.later(9.5 * HOUR_S + 2 * DAY_S)  # half past nine in the evening
    await school.tend()
    school.way.later(5 * HOUR_S)
    assert await school.tend() == 1
    school.way.later(5 * HOUR_S)  # half past seven
    await school.tend()
    await school.way.settled(sent=1, waiting=1)
    school.way.later(HOUR_S)
    await school.way.settled(sent=2)


async def test_what_could_not_go_by_day_does_not_go_by_night(school: School) -> None:
    await school.signs_up()
    school.way.later(3 * DAY_S + 8 * HOUR_S)
    await school.way.stop()
    await school.tend()
    school.way.later(3 * HOUR_S)  # eleven at night, and it starts again
    school.way.start()
    await school.way.answer(KILLA, "hola")
    await school.way.settled(sent=2, waiting=1)
    school.way.later(9.5 * HOUR_S)
    await school.way.settled(sent=3)


async def test_what_failed_in_the_evening_is_not_tried_again_at_night(school: School) -> None:
    await school.signs_up()
    school.phones.trouble = lambda address, text: SendError("server")
    school.way.later(3 * DAY_S + 9 * HOUR_S - 60)
    await school.tend()
    await school.way.until(lambda: len(school.phones.asked) == 2)
    school.phones.trouble = lambda address, text: None
    for _ in range(10):
        school.way.later(HOUR_S)
        if night_began(school.way.now()):
            assert school.read_by() == []
    school.way.later(2 * HOUR_S)
    await school.way.settled(sent=2)


async def test_who_moves_up_is_told_within_the_hour(school: School) -> None:
    school.edition = replace(school.edition, capacity=1)
    await school.signs_up()
    await school.signs_up(KILLA, "waiting")
    assert await school.tend() == 0
    await school.withdraws()
    assert await school.tend() == 1
    await school.way.settled(sent=4)
    assert PLACE in school.read_by(KILLA)[0]
    assert await school.tend() == 0


async def test_who_withdrew_after_it_was_made_is_not_reminded(school: School) -> None:
    await school.signs_up()
    school.way.later(2 * DAY_S + 12.5 * HOUR_S)  # half past midnight
    assert await school.tend() == 1
    await school.withdraws()
    school.way.later(DAY_S)
    await school.way.settled(sent=2, skipped=1)


async def test_whom_the_platform_no_longer_reaches_is_left_alone(school: School) -> None:
    await school.signs_up()
    await school.way.answer(ROSA, effects=[Reachable(False)])
    await school.days_pass(9)
    assert school.read_by() == []


async def test_it_is_too_late_once_it_has_begun(school: School) -> None:
    await school.signs_up()
    school.way.later(10 * DAY_S + HOUR_S)
    assert await school.tend() == 0
    school.way.later(20 * DAY_S)
    assert await school.tend() == 0


async def test_a_day_that_was_missed_is_made_up_for_until_noon_of_the_first(
    school: School,
) -> None:
    await school.signs_up()
    school.way.later(10 * DAY_S - 2 * HOUR_S)
    assert await school.tend() == 1
    await school.way.settled(sent=2)
    assert TOMORROW in school.read_by()[0]


async def test_outside_the_window_it_is_held_and_knocked_for(tmp_path: Path) -> None:
    phones = Phones(name="whatsapp", confirms=True, knocks=True, limits=Limits(choices=10))
    async with Way(tmp_path, phones) as way:
        school = School(way, phones, 10)
        await school.signs_up(window_s=DAY_S)
        way.later(3 * DAY_S)
        await school.tend()
        await way.until(lambda: KNOCK in phones.read_by(ROSA))
        assert WEEK not in " ".join(phones.read_by(ROSA)), "nothing of it shows before she writes"
        await way.answer(ROSA, "hola", window_s=DAY_S)
        await way.until(lambda: WEEK in phones.read_by(ROSA)[-1])


async def test_it_may_come_twice_rather_than_not_at_all(school: School) -> None:
    await school.signs_up()
    await school.way.settled(sent=1)
    school.phones.after = lambda address, text: SendError("network", unsure=True)
    school.way.later(3 * DAY_S)
    await school.tend()
    await school.way.settled(sent=1, waiting=1)
    school.phones.after = lambda address, text: None
    school.way.later(HOUR_S)
    await school.way.settled(sent=2)


async def test_a_telephone_without_buttons_gets_no_numbers_that_mean_something_else(
    tmp_path: Path,
) -> None:
    phones = Phones(name="whatsapp", confirms=True, limits=Limits(choices=10))
    async with Way(tmp_path, phones) as way:
        school = School(way, phones, 10)
        await school.signs_up()
        await way.settled(sent=1)
        way.database.execute("UPDATE people SET plain_until = ?", (way.now() + 30 * DAY_S,))
        way.later(3 * DAY_S)
        await school.tend()
        await way.settled(sent=2)
        assert "mis inscripciones" in school.read_by()[0]
        assert "1. " not in school.read_by()[0]
        await way.answer(ROSA, "¿?", choices=[Choice("menu", same_everywhere("Menú"))])
        await way.until(lambda: "1. Menú" in phones.read_by(ROSA)[-1])


def test_each_notice_is_due_on_its_days_only() -> None:
    catalogue = with_editions()
    assert OPEN.starts_on is not None
    kinds = {}
    for before in range(9, -2, -1):
        today = OPEN.starts_on - timedelta(days=before)
        now = datetime(today.year, today.month, today.day, 14, tzinfo=UTC).timestamp()  # 9 h
        (course,) = reminders.courses(catalogue, today, now)
        kinds[before] = [each.kind for each in course.notices]
        assert all(opens_at(each.due_at) == each.due_at < each.not_after for each in course.notices)
        assert course.moves_up == (before > 0)
    assert [before for before, each in kinds.items() if "week" in each] == [7, 6, 5, 4, 3, 2]
    assert [before for before, each in kinds.items() if "day" in each] == [1, 0]
    assert [before for before, each in kinds.items() if "place" in each] == [*range(9, -1, -1)]


def test_past_editions_and_those_without_sign_up_ask_for_nothing() -> None:
    today = date(2027, 3, 1)
    elsewhere = replace(OPEN, capacity=0, deadline=None)
    assert [*reminders.courses(with_editions(), today, 0.0)] == []
    assert [*reminders.courses(with_editions(elsewhere), date(2027, 1, 1), 0.0)] == []
