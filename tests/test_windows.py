"""A platform with a window and with receipts (WhatsApp): held, knocked for, sent again, settled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.base import Limits, Mark, SendError, Status
from bot.dialogue.hours import DAY_S
from bot.dialogue.turn import Choice, Erase, same_everywhere
from tests.outgoing import KNOCK, Phones, Way

ROSA, KILLA = "51000000001", "51000000002"
MINUTE_S = 60.0
HOUR_S = 3600.0
BUSY = SendError("busy")
LONG = " ".join(["palabra"] * 60)  # three bubbles of 200
CHOICES = (Choice("yes", same_everywhere("Sí")), Choice("no", same_everywhere("No")))


@pytest.fixture(autouse=True)
def nothing_is_left_to_the_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would hide that nobody was woken."""
    monkeypatch.setattr("bot.outbox.POLL_S", 60.0)


@pytest.fixture
def phones() -> Phones:
    limits = Limits(text=200, label=24, choices=10)
    return Phones(name="whatsapp", confirms=True, knocks=True, limits=limits)


@pytest.fixture
async def way(tmp_path: Path, phones: Phones) -> AsyncIterator[Way]:
    async with Way(tmp_path, phones) as way:
        to_noon(way)
        yield way


def to_noon(way: Way) -> None:
    lima = datetime.fromtimestamp(way.now() - 5 * HOUR_S, UTC)
    way.ahead_s += ((12 - lima.hour) % 24) * HOUR_S


def failed(mark: Mark, error: SendError, *, had_buttons: bool = False) -> Status:
    return Status(mark, "failed", error, had_buttons)


async def test_after_the_window_nothing_is_sent_but_a_knock(way: Way, phones: Phones) -> None:
    await way.answer(ROSA, "uno", window_s=-1)
    await way.settled(waiting=1, sent=1)
    assert phones.shown == [(ROSA, KNOCK)]
    await way.answer(ROSA, "dos", window_s=DAY_S)
    await way.settled(sent=3)
    assert phones.read_by(ROSA) == [KNOCK, "uno", "dos"]


async def test_without_a_template_it_waits_for_her_in_silence(way: Way, phones: Phones) -> None:
    phones.knocks = False
    await way.answer(ROSA, "uno", window_s=-1)
    await way.settled(waiting=1)
    assert phones.asked == []
    await way.answer(ROSA, "dos", window_s=DAY_S)
    await way.settled(sent=2)
    assert phones.read_by(ROSA) == ["uno", "dos"]


async def test_nobody_is_knocked_for_at_night(way: Way, phones: Phones) -> None:
    way.later(10 * HOUR_S)  # 22 hours in Lima
    await way.answer(ROSA, "uno", window_s=-1)
    await way.settled(waiting=2)
    way.later(9 * HOUR_S)
    await way.settled(waiting=2)
    assert phones.asked == []
    way.later(HOUR_S)
    await way.settled(waiting=1, sent=1)
    assert phones.shown == [(ROSA, KNOCK)]


async def test_a_knock_kept_until_the_night_waits_for_the_morning(way: Way, phones: Phones) -> None:
    phones.trouble = lambda address, text: SendError("token", retry_after_s=10 * HOUR_S)
    await way.answer(ROSA, "uno", window_s=-1)
    await way.until(lambda: len(phones.asked) == 1)
    await way.settled(waiting=2)
    phones.trouble = lambda address, text: None
    way.later(10 * HOUR_S)  # 22 hours in Lima
    await asyncio.sleep(0.2)
    assert phones.shown == []
    await way.settled(waiting=2)
    way.later(10 * HOUR_S)
    await way.settled(waiting=1, sent=1)
    assert phones.shown == [(ROSA, KNOCK)]


async def test_a_window_that_closes_while_a_message_waits_holds_it(
    way: Way, phones: Phones
) -> None:
    phones.trouble = lambda address, text: SendError("server", retry_after_s=10 * MINUTE_S)
    await way.answer(ROSA, "uno", window_s=5 * MINUTE_S)
    await way.settled(waiting=1)
    phones.trouble = lambda address, text: None
    way.later(10 * MINUTE_S)
    await way.settled(waiting=1, sent=1)
    assert phones.shown == [(ROSA, KNOCK)]


async def test_what_the_platform_says_closes_the_window_too(way: Way, phones: Phones) -> None:
    phones.trouble = lambda address, text: (
        None if text == KNOCK else SendError("window", window=True)
    )
    await way.answer(ROSA, "uno", window_s=DAY_S)
    await way.settled(waiting=1, sent=1)
    phones.trouble = lambda address, text: None
    await way.answer(ROSA, "dos", window_s=DAY_S)
    await way.settled(sent=3)
    assert phones.read_by(ROSA) == [KNOCK, "uno", "dos"]


async def test_the_platform_says_later_that_it_was_read(way: Way, phones: Phones) -> None:
    await way.answer(ROSA, "uno")
    await way.settled(sent=1)
    for state in ("sent", "delivered", "read"):
        await way.outbox.note("whatsapp", [Status(phones.marks[0], state)])
    await way.settled(read=1)
    assert way.outbox.counts["whatsapp", "read"] == 1
    assert way.rows("body") == [None]


async def test_what_did_not_arrive_after_all_is_sent_again(way: Way, phones: Phones) -> None:
    await way.answer(ROSA, "uno")
    await way.settled(sent=1)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], SendError("busy"))])
    await way.settled(waiting=1)
    way.later(10)
    await way.settled(sent=1)
    assert phones.read_by(ROSA) == ["uno", "uno"]
    (row_id,) = way.rows("id")
    assert phones.marks == [Mark(row_id, 1, 1, 1), Mark(row_id, 2, 1, 1)]


async def test_a_telephone_without_buttons_gets_the_same_with_numbers(
    way: Way, phones: Phones
) -> None:
    await way.answer(ROSA, "¿Segura?", choices=CHOICES)
    await way.settled(sent=1)
    gone = SendError("undeliverable", unreachable=True, buttons=True)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], gone, had_buttons=True)])
    await way.until(lambda: len(phones.shown) == 2)
    assert phones.read_by(ROSA) == ["¿Segura?", "¿Segura?\n\n1. Sí\n2. No"]
    await way.settled(sent=1)
    await way.answer(ROSA, "¿Y ahora?", choices=CHOICES)
    await way.settled(sent=2)
    assert phones.read_by(ROSA)[-1] == "¿Y ahora?\n\n1. Sí\n2. No"


async def test_each_bubble_carries_its_mark_and_the_missing_one_goes_again(
    way: Way, phones: Phones
) -> None:
    await way.answer(ROSA, LONG)
    await way.settled(sent=1)
    (row_id,) = way.rows("id")
    assert phones.marks == [Mark(row_id, 1, part, 3) for part in (1, 2, 3)]
    await way.outbox.note("whatsapp", [failed(phones.marks[1], SendError("busy"))])
    way.later(10)
    await way.settled(sent=1)
    assert [mark.part for mark in phones.marks] == [1, 2, 3, 2, 3]


async def test_after_the_quick_exit_nothing_comes_up_that_failed_before(
    way: Way, phones: Phones
) -> None:
    await way.answer(ROSA, "uno")
    await way.settled(sent=1)
    await way.answer(ROSA, "mazamorra", effects=[Erase()])
    await way.settled(sent=3)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], SendError("busy"))])
    await way.settled(failed=1, sent=2)
    way.later(60)
    await way.settled(failed=1, sent=2)
    assert phones.read_by(ROSA) == ["uno", "mazamorra"]


async def test_too_many_for_everyone_said_later_stops_no_other_woman(
    way: Way, phones: Phones
) -> None:
    await way.answer(ROSA, "uno")
    await way.settled(sent=1)
    error = SendError("rate", retry_after_s=60, everyone=True)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], error)])
    await way.answer(KILLA, "dos")
    await way.settled(waiting=1, sent=1)


async def test_a_failure_told_before_we_noted_the_sending_is_sent_again(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "uno")
    await way.until(lambda: bool(phones.marks))
    await way.outbox.note("whatsapp", [failed(phones.marks[0], BUSY)])
    phones.open.set()
    await way.settled(waiting=1)
    way.later(10)
    await way.settled(sent=1)
    assert phones.read_by(ROSA) == ["uno", "uno"]


async def test_what_failed_before_the_database_could_be_written_is_sent_again(
    way: Way, phones: Phones, caplog: pytest.LogCaptureFixture
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "uno")
    await way.until(lambda: bool(phones.marks))
    await way.outbox.note("whatsapp", [failed(phones.marks[0], BUSY)])
    way.database.execute("BEGIN EXCLUSIVE")
    phones.open.set()
    await way.until(lambda: "cannot be written down" in caplog.text)
    way.database.execute("ROLLBACK")
    await way.settled(waiting=1)


async def test_behind_a_bubble_that_did_not_arrive_none_goes_before_it_goes_again(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    await way.answer(ROSA, LONG, "dos")
    await way.until(lambda: len(phones.marks) == 1)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], BUSY)])
    phones.open.set()
    await way.settled(waiting=2)
    way.later(10)
    await way.settled(sent=2)
    assert [(mark.attempt, mark.part) for mark in phones.marks] == [
        *((1, 1), (2, 1), (2, 2), (2, 3), (2, 1)),
    ]


async def test_an_old_telephone_gets_its_answer_though_that_is_told_before_our_note(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "¿Segura?", choices=CHOICES)
    await way.until(lambda: bool(phones.marks))
    gone = SendError("undeliverable", unreachable=True, buttons=True)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], gone, had_buttons=True)])
    phones.open.set()
    await way.until(lambda: len(phones.shown) == 2)
    assert phones.read_by(ROSA)[-1] == "¿Segura?\n\n1. Sí\n2. No"
    await way.settled(sent=1)


async def test_an_old_telephone_gets_its_answer_though_that_is_told_at_once(
    way: Way, phones: Phones
) -> None:
    gone = SendError("undeliverable", unreachable=True, buttons=True)
    phones.trouble = lambda address, text: None if "1. " in text else gone
    await way.answer(ROSA, "¿Segura?", choices=CHOICES)
    await way.settled(sent=1)
    assert phones.read_by(ROSA) == ["¿Segura?\n\n1. Sí\n2. No"]


async def test_who_does_not_get_the_numbers_either_is_told_nothing_more(
    way: Way, phones: Phones
) -> None:
    gone = SendError("undeliverable", unreachable=True, buttons=True)
    phones.trouble = lambda address, text: gone
    await way.answer(ROSA, "¿Segura?", "dos", choices=CHOICES)
    await way.settled(failed=1, skipped=1)
    assert len(phones.asked) == 2


async def test_a_failure_told_again_and_again_sends_it_once_more_only(
    way: Way, phones: Phones
) -> None:
    await way.answer(ROSA, "uno")
    await way.settled(sent=1)
    for _ in range(12):
        await way.outbox.note("whatsapp", [failed(phones.marks[0], BUSY)])
    way.later(10)
    await way.until(lambda: len(phones.shown) == 2)
    await way.settled(sent=1)
    await way.outbox.note("whatsapp", [failed(phones.marks[0], BUSY)])
    way.later(10)
    await way.outbox.note("whatsapp", [Status(phones.marks[1], "delivered")])
    await way.settled(delivered=1)
    assert phones.read_by(ROSA) == ["uno", "uno"]


async def test_what_is_held_is_not_taken_for_left_behind(way: Way, phones: Phones) -> None:
    phones.open.clear()
    await way.answer(ROSA, "uno")
    await way.until(lambda: bool(phones.marks))
    way.later(120)  # the database was away, and the lease has run out
    await way.outbox.renew()
    assert sum((await way.store.recover(now=way.now(), everything=False)).values()) == 0
    phones.open.set()
    await way.settled(sent=1)
