"""Whom an announcement reaches, at which instant, and what is written down of each of them."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.announcement import announcement
from bot.dialogue.announcing import Audience, Counts
from bot.dialogue.turn import Turn
from bot.store.base import Known, Settlement
from bot.store.desk import Refused
from tests.announcing import CLOCK, DAY, HOUR, NOON, SPEAKS, TEXTS, Desk, total


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await Desk.open(tmp_path)
    yield desk
    await desk.store.close()


async def counts(desk: Desk, **audience: Any) -> Counts:
    return await desk.store.count(Audience(**audience), SPEAKS, now=desk.now)


async def settle(desk: Desk, rows: Sequence[Any], state: Any = "sent", **more: Any) -> None:
    await desk.store.settle([Settlement(row.id, row.person_id, state, **more) for row in rows])


def ids(rows: Sequence[Any]) -> list[int]:
    return [row.person_id for row in rows]


async def test_a_dry_run_counts_who_gets_it_and_why_others_do_not(desk: Desk) -> None:
    desk.women(5)
    desk.women(2, language="quz")
    desk.women(1, language="")  # she has not chosen yet, and reads Spanish
    desk.women(3, channel="whatsapp", window_until=NOON + HOUR)
    desk.women(4, channel="whatsapp", window_until=0)
    desk.women(1, language="shp")
    desk.women(2, wanted=0)
    desk.women(1, stopped=1)
    desk.women(1, stopped=1, wanted=0)
    desk.women(1, reachable=0)
    desk.women(9, channel="webchat")
    found = await counts(desk)
    assert {
        (each.channel, each.language, each.text, each.window): each.count for each in found.groups
    } == {
        ("telegram", "es", "es", None): 6,
        ("telegram", "quz", "quy", None): 2,
        ("telegram", "shp", "", None): 1,
        ("whatsapp", "es", "es", True): 3,
        ("whatsapp", "es", "es", False): 4,
    }
    assert found.total == 15
    assert found.refused == {
        "not opted in": 2, "opted out": 2, "unreachable": 1, "no text in her language": 1,
    }  # fmt: skip
    assert (await desk.store.broadcast(await desk.begun())).size == 15  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("audience", "many"),
    [
        ({"channels": ("telegram",)}, 5),
        ({"languages": ("quy",)}, 1),
        ({"regions": ("05",)}, 3),
        ({"regions": ("0501",)}, 1),
        ({"regions": ("0502", "08")}, 2),
        ({"regions": ("05",), "languages": ("quy",)}, 1),
        ({"edition": "taller"}, 1),
        ({}, 6),
    ],
)
async def test_an_audience_is_by_channel_language_region_and_edition(
    desk: Desk, audience: dict[str, Any], many: int
) -> None:
    desk.women(1)
    desk.women(1, region="05", language="quy")
    desk.women(1, region="0501")
    desk.women(1, region="0502", channel="whatsapp", window_until=0)
    desk.women(1, region="08")
    (enrolled, waiting) = desk.women(1) + desk.women(1, wanted=0)
    for who, state in ((enrolled, "enrolled"), (waiting, "enrolled"), (1, "waiting")):
        desk.sql(
            "INSERT INTO enrolments (person_id, channel, edition, state, region, consent,"
            " agreed_on, since, keep_until)"
            " VALUES (?, 'telegram', 'taller', ?, '', '', '', '', '')",
            who,
            state,
        )
    assert (await counts(desk, **audience)).total == many
    number = await desk.begun(audience=Audience(**audience))
    assert total(await desk.store.tally(number)) == many


async def test_each_reads_her_language_with_who_writes_and_the_way_out(desk: Desk) -> None:
    (rosa,), (killa,) = desk.women(1), desk.women(1, language="quz")
    number = await desk.begun()
    assert await desk.feeds(number) == 2
    rows = await desk.claims()
    assert {row.person_id: (row.language, row.body) for row in rows} == {
        rosa: ("es", announcement(TEXTS["es"]).packed),
        killa: ("quy", announcement(TEXTS["quy"]).packed),
    }
    assert {row.broadcast for row in rows} == {number}
    # The text is in the database once, not with every message of it.
    assert desk.sql("SELECT DISTINCT body FROM outbox") == [(b"",)]
    await settle(desk, rows)
    assert await desk.account(number) == {("sent", ""): 2}
    assert desk.sql("SELECT DISTINCT body, address FROM outbox") == [(None, None)]


async def test_who_was_settled_gets_it_and_nobody_who_came_later(desk: Desk) -> None:
    before = desk.women(3)
    number = await desk.begun()
    desk.women(2)
    await desk.feeds(number)
    assert ids(await desk.claims()) == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE people SET stopped = 1 WHERE id = ?", "opted out"),
        ("UPDATE people SET wanted = 0 WHERE id = ?", "opted out"),
        ("UPDATE people SET reachable = 0 WHERE id = ?", "unreachable"),
        ("UPDATE people SET language = 'shp' WHERE id = ?", "no text in her language"),
        ("DELETE FROM people WHERE id = ?", "forgotten"),
    ],
)
@pytest.mark.parametrize("fed_before", [False, True])
async def test_what_she_is_at_the_instant_of_sending_counts(
    desk: Desk, change: str, why: str, fed_before: bool
) -> None:
    (rosa, killa) = desk.women(2)
    number = await desk.begun()
    if fed_before:
        await desk.feeds(number)
    desk.sql(change, rosa)
    await desk.feeds(number)
    assert ids(await desk.claims()) == [killa]
    assert await desk.account(number) == {("skipped", why): 1, ("sending", ""): 1}


async def test_who_changes_her_language_meanwhile_reads_the_new_one(desk: Desk) -> None:
    (rosa,) = desk.women()
    number = await desk.begun()
    await desk.feeds(number)
    desk.sql("UPDATE people SET language = 'quy' WHERE id = ?", rosa)
    (row,) = await desk.claims()
    assert (row.language, row.body) == ("quy", announcement(TEXTS["quy"]).packed)
    assert [each.language for each in await desk.store.tally(number)] == ["quy"]


async def test_at_night_it_waits_for_the_morning_and_hers_for_her_hours(desk: Desk) -> None:
    (rosa, killa, olga) = (
        desk.women(1) + desk.women(1, hours_from=22, hours_until=24)
        + desk.women(1, hours_from=11, hours_until=12)
    )  # fmt: skip
    desk.now = NOON + 10 * HOUR  # ten in the evening
    number = await desk.begun()
    await desk.feeds(number)
    assert ids(await desk.claims()) == [killa]
    desk.now = NOON + 19 * HOUR + 3599
    assert await desk.claims() == []
    desk.now += 1  # eight
    assert ids(await desk.claims()) == [rosa]
    desk.now = NOON + 23 * HOUR
    assert ids(await desk.claims()) == [olga]


async def test_what_would_come_too_late_at_her_hours_is_skipped_at_once(desk: Desk) -> None:
    desk.women(1, hours_from=7, hours_until=8)
    number = await desk.begun(expires_after_s=12 * HOUR)
    await desk.feeds(number)
    assert await desk.claims() == []
    assert await desk.account(number) == {("skipped", "expired"): 1}


async def test_after_its_time_nothing_is_made_or_sent_any_more(desk: Desk) -> None:
    desk.women(3)
    number = await desk.begun()
    await desk.feeds(number, 2)
    desk.now += 3 * DAY + 1
    assert await desk.feeds(number) == 0
    assert await desk.claims() == []
    await desk.does("finish", number, CLOCK)
    assert await desk.account(number) == {("skipped", "expired"): 3}


async def test_paused_it_waits_and_resumed_it_goes_on(desk: Desk) -> None:
    women = desk.women(5)
    number = await desk.begun()
    await desk.feeds(number, 3)
    await settle(desk, await desk.claims(1))
    await desk.does("pause", number)
    assert (await desk.feeds(number), await desk.claims()) == (0, [])
    assert await desk.account(number) == {("sent", ""): 1, ("waiting", ""): 4}
    await desk.does("resume", number)
    await desk.feeds(number)
    assert ids(await desk.claims()) == women[1:]


async def test_cancelled_it_skips_what_waits_in_portions(desk: Desk) -> None:
    desk.women(6)
    number = await desk.begun()
    await desk.feeds(number, 5)
    (on_its_way,) = await desk.claims(1)
    await desk.does("cancel", number)
    assert await desk.claims() == []
    assert total(await desk.store.tally(number)) == 6
    swept = [await desk.store.sweep(limit=3, now=desk.now) for _ in range(3)]
    assert swept == [3, 1, 0]
    assert await desk.account(number) == {("sending", ""): 1, ("skipped", "cancelled"): 5}
    await settle(desk, [on_its_way], "waiting", due_at=desk.now)
    assert await desk.store.sweep(limit=3, now=desk.now) == 1
    assert await desk.account(number) == {("skipped", "cancelled"): 6}


async def test_of_a_dead_process_it_says_unknown_and_somebody_decides(desk: Desk) -> None:
    women = desk.women(3)
    number = await desk.begun()
    await desk.feeds(number)
    await settle(desk, await desk.claims(1))
    await desk.claims()
    assert (await desk.store.recover(now=desk.now, everything=True))["unknown"] == 2
    assert await desk.claims() == []
    assert await desk.account(number) == {("sent", ""): 1, ("unknown", "stopped"): 2}
    await desk.does("finish", number, CLOCK)
    desk.sql("UPDATE people SET stopped = 1 WHERE id = ?", women[1])
    assert await desk.store.resend_unknown(number, doer=desk.elena, now=desk.now) == 2
    assert await desk.store.resend_unknown(number, doer=desk.elena, now=desk.now) == 0
    (row,) = await desk.claims()
    assert (row.person_id, row.attempt) == (women[2], 2)
    await settle(desk, [row])
    assert await desk.account(number) == {("sent", ""): 2, ("skipped", "opted out"): 1}


async def test_nobody_sends_the_unknown_again_when_it_is_too_late(desk: Desk) -> None:
    desk.women()
    number = await desk.begun()
    await desk.feeds(number)
    await desk.claims()
    await desk.store.recover(now=desk.now, everything=True)
    desk.now += 4 * DAY
    with pytest.raises(Refused, match="expired"):
        await desk.store.resend_unknown(number, doer=desk.elena, now=desk.now)


async def test_first_one_in_a_hundred_then_all_others_each_once(desk: Desk) -> None:
    women = desk.women(1200)
    number = await desk.begun()
    first = await desk.feeds(number, 5)
    while some := await desk.feeds(number, 5):
        first += some
    canary = ids(await desk.claims(2000))
    assert len(canary) == first
    assert 3 <= first <= 30
    found = await desk.store.broadcast(number)
    assert found is not None
    assert found.canary
    await desk.store.pass_canary(number)
    assert await desk.feeds(number, 2000) == 1200
    rest = ids(await desk.claims(2000))
    assert sorted(canary + rest) == women


async def test_each_announcement_is_tried_on_other_women_first(desk: Desk) -> None:
    desk.women(1200)
    canaries = []
    for _ in range(2):
        number = await desk.begun()
        await desk.feeds(number, 100)
        canaries.append(set(ids(await desk.claims(2000))))
        await desk.does("cancel", number)
    assert canaries[0] != canaries[1]


async def test_replies_go_first_and_are_not_held_up(desk: Desk) -> None:
    (rosa, killa) = desk.women(2)
    number = await desk.begun()
    await desk.feeds(number)
    desk.sql(
        "INSERT INTO outbox (person_id, channel, address, language, priority, operation, state,"
        " due_at, created_at, changed_at)"
        " SELECT id, channel, address, 'es', 0, 'leave', 'waiting', 0, 0, 0 FROM people"
        " WHERE id = ?",
        killa,
    )
    (reply,) = await desk.claims(1)
    assert (reply.person_id, reply.broadcast) == (killa, 0)
    assert ids(await desk.claims()) == [rosa]  # Killa's comes behind her answer
    await settle(desk, [reply])
    assert ids(await desk.claims()) == [killa]


async def test_what_was_held_for_her_window_comes_when_she_writes_at_any_hour(desk: Desk) -> None:
    (rosa,) = desk.women(1, channel="whatsapp", window_until=0)
    number = await desk.begun(canary=False)
    await desk.feeds(number)
    (row,) = await desk.claims(channel="whatsapp")
    end = Settlement(row.id, rosa, "waiting", "window", due_at=desk.now + 7 * DAY, held=True)
    end.knock_at = desk.now
    await desk.store.settle([end])
    (knock,) = await desk.claims(channel="whatsapp")
    assert (knock.operation, knock.broadcast) == ("knock", number)
    await settle(desk, [knock])
    assert await desk.account(number) == {("waiting", "window"): 1}
    desk.now += 10 * HOUR  # at night
    desk.sql("UPDATE people SET window_until = ? WHERE id = ?", desk.now + DAY, rosa)
    desk.sql("UPDATE outbox SET due_at = ?, reason = 'opened' WHERE state = 'waiting'", desk.now)
    assert ids(await desk.claims(channel="whatsapp")) == [rosa]


async def held(desk: Desk, number: int) -> int:
    """Of one woman, whose window is closed: hers is held, and she is to be knocked for. Her id."""
    await desk.feeds(number)
    rows = [row for row in await desk.claims(channel="whatsapp") if row.operation == "message"]
    (row,) = (row for row in rows if row.broadcast == number)
    end = Settlement(row.id, row.person_id, "waiting", "window", due_at=desk.now + 7 * DAY)
    end.held, end.knock_at = True, desk.now
    await desk.store.settle([end])
    return int(row.person_id)


async def presses(desk: Desk, woman: int) -> bool:
    """She answers a knock. Is she told that something comes?"""
    (channel, sealed), seen = (
        desk.sql("SELECT channel, address FROM people WHERE id = ?", woman)[0],
        [],
    )

    def look(known: Known) -> Turn:
        seen.append(known.waiting)
        return Turn(known.state)

    await desk.store.visit(
        channel=channel, message_id=str(desk.now), ref="", now=desk.now, lease_s=60, pulled=False,
        address=desk.vault.unseal(sealed, "address", channel).decode(), decide=look,
        window_until=desk.now + DAY,
    )  # fmt: skip
    return seen[-1]


async def kinds(desk: Desk) -> list[tuple[str, int]]:
    """What goes now, and of which announcement."""
    rows = await desk.claims(channel="whatsapp")
    await settle(desk, rows)
    return [(row.operation, row.broadcast) for row in rows]


@pytest.mark.parametrize("whole_house", [False, True])
async def test_who_opens_the_door_to_a_paused_one_is_told_nothing_and_gets_it_afterwards(
    desk: Desk, whole_house: bool
) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    number = await desk.begun(canary=False)
    rosa = await held(desk, number)
    assert await kinds(desk) == [("knock", number)]
    await stop(desk, number, whole_house)
    assert not await presses(desk, rosa), "that something comes would be untrue"
    assert await kinds(desk) == []
    desk.now += HOUR
    await go_on(desk, number, whole_house)
    assert await kinds(desk) == [("message", number)]


async def stop(desk: Desk, number: int, whole_house: bool) -> None:
    if whole_house:
        await desk.store.pause_house("restored", doer=desk.nora, now=desk.now)
    else:
        await desk.does("pause", number)


async def go_on(desk: Desk, number: int, whole_house: bool) -> None:
    if whole_house:
        await desk.store.pause_house("", doer=desk.nora, now=desk.now)
    else:
        await desk.does("resume", number)


async def test_what_she_opened_the_door_to_hours_ago_does_not_come_by_night(desk: Desk) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    number = await desk.begun(canary=False)
    rosa = await held(desk, number)
    await desk.does("pause", number)
    await presses(desk, rosa)
    desk.now += 10 * HOUR
    await desk.does("resume", number)
    assert await kinds(desk) == []
    desk.now += 10 * HOUR
    assert await kinds(desk) == [("message", number)]


async def test_the_rest_comes_at_once_when_only_one_of_two_is_paused(desk: Desk) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    paused, other = await desk.begun(canary=False), await desk.begun(canary=False)
    rosa = await held(desk, paused)
    await desk.does("pause", paused)
    assert await held(desk, other) == rosa, "it does not stand behind the one that is paused"
    assert await presses(desk, rosa)
    assert await kinds(desk) == [("message", other)]


@pytest.mark.parametrize("first_is", ["paused", "cancelled"])
async def test_a_knock_that_never_went_keeps_no_other_from_knocking(
    desk: Desk, first_is: str
) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    first, second = await desk.begun(canary=False), await desk.begun(canary=False)
    await held(desk, first)
    await desk.does("pause" if first_is == "paused" else "cancel", first)
    if first_is == "cancelled":
        await desk.store.sweep(limit=9, now=desk.now)
    await held(desk, second)
    assert await kinds(desk) == [("knock", second)]


async def test_paused_after_both_were_held_the_other_still_knocks(desk: Desk) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    first, second = await desk.begun(canary=False), await desk.begun(canary=False)
    await held(desk, first)
    desk.sql("UPDATE outbox SET due_at = ? WHERE operation = 'knock'", desk.now + HOUR)
    await held(desk, second)
    await desk.does("pause", first)
    assert await kinds(desk) == [("knock", second)]


async def test_she_hears_one_knock_a_day_whoever_knocks(desk: Desk) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    first, second = await desk.begun(canary=False), await desk.begun(canary=False)
    rosa = await held(desk, first)
    desk.sql("UPDATE outbox SET due_at = ? WHERE operation = 'knock'", desk.now + HOUR)
    await held(desk, second)
    desk.now += HOUR
    assert await kinds(desk) == [("knock", first)]
    third = await desk.begun(canary=False)
    await held(desk, third)
    assert await kinds(desk) == []
    assert await presses(desk, rosa)
    for number in (first, second, third):
        assert await kinds(desk) == [("message", number)]


async def test_a_day_later_she_may_be_knocked_for_again(desk: Desk) -> None:
    desk.women(1, channel="whatsapp", window_until=0)
    first = await desk.begun(canary=False)
    await held(desk, first)
    assert await kinds(desk) == [("knock", first)]
    desk.now += DAY + 1
    second = await desk.begun(canary=False)
    await held(desk, second)
    assert await kinds(desk) == [("knock", second)]


async def test_nobody_is_knocked_for_an_announcement_that_is_paused(desk: Desk) -> None:
    (rosa,) = desk.women(1, channel="whatsapp", window_until=0)
    number = await desk.begun()
    await desk.feeds(number)
    (row,) = await desk.claims(channel="whatsapp")
    end = Settlement(row.id, rosa, "waiting", "window", due_at=desk.now + 7 * DAY, held=True)
    end.knock_at = desk.now
    await desk.store.settle([end])
    await desk.does("pause", number)
    assert await desk.claims(channel="whatsapp") == []
    await desk.does("cancel", number)
    assert await desk.store.sweep(limit=9, now=desk.now) == 2
    assert await desk.account(number) == {("skipped", "cancelled"): 1}
