"""What a platform says of a message it has taken: in any order, twice, late, or too early."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from bot.dialogue.turn import Effect, Erase, Forget
from bot.store.base import OutboxRow, OutboxState, Settlement, Told
from tests.people import KILLA
from tests.store.contract import DAY, HOUR, MINUTE, Scene, answers, texts

WEEK = 7 * DAY


async def taken(scene: Scene, *said: str) -> list[OutboxRow]:
    """Rows the platform took and has not confirmed yet."""
    visit = await scene.hears(KILLA, answers(*said), channel="whatsapp")
    for row in visit.claimed:
        await scene.settles(row, "sent", unconfirmed=True, parts=1)
    return list(visit.claimed)


async def tells(scene: Scene, row: OutboxRow, state: Any, **more: Any) -> None:
    fields = {"attempt": row.attempt, "part": 1, "of": 1, **more}
    await scene.store.note("whatsapp", [Told(row.id, state=state, **fields)], now=scene.now)


async def fails(scene: Scene, row: OutboxRow, state: OutboxState, **more: Any) -> None:
    told = {name: more.pop(name) for name in ("attempt", "part", "of") if name in more}
    more = {"reason": "busy", "due_at": scene.now, "tries": 1, **more}

    def judge(person_id: int, priority: int, tries: int) -> Settlement:
        assert (person_id, priority) == (row.person_id, row.priority)
        return Settlement(0, person_id, state, **more)

    await tells(scene, row, "failed", judge=judge, **told)


async def state(scene: Scene) -> dict[str, int]:
    return {name: count for name, count in (await scene.counts()).items() if count}


async def claimed(scene: Scene) -> list[str]:
    return texts(await scene.claims(channel="whatsapp"))


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
async def test_whatever_the_order_it_ends_as_the_furthest(
    scene: Scene, order: tuple[str, ...]
) -> None:
    (row,) = await taken(scene, "uno")
    for each in (*order, *order):
        await tells(scene, row, each)
    assert await state(scene) == {"read": 1}


async def test_a_status_may_be_faster_than_our_own_note(scene: Scene) -> None:
    visit = await scene.hears(KILLA, answers("uno"), channel="whatsapp")
    (row,) = visit.claimed
    await tells(scene, row, "delivered")
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    assert await state(scene) == {"delivered": 1}


async def test_what_was_taken_and_did_not_arrive_is_sent_again(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    assert await claimed(scene) == []
    await fails(scene, row, "waiting", due_at=scene.now + 5)
    assert await claimed(scene) == []
    scene.now += 5
    (again,) = await scene.claims(channel="whatsapp")
    assert (texts([again]), again.id, again.tries, again.parts) == (["uno"], row.id, 1, 0)


async def test_once_it_is_on_its_way_its_words_are_gone(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await tells(scene, row, "sent")
    await fails(scene, row, "waiting")
    assert await claimed(scene) == []
    assert await state(scene) == {"failed": 1}


async def test_what_nobody_tells_of_keeps_its_words_for_a_quarter_of_an_hour(
    scene: Scene,
) -> None:
    (row,) = await taken(scene, "uno")
    scene.now += 14 * MINUTE
    await scene.store.purge(now=scene.now)
    await fails(scene, row, "waiting")
    (again,) = await scene.claims(channel="whatsapp")
    await scene.settles(again, "sent", unconfirmed=True, parts=1)
    scene.now += 16 * MINUTE
    await scene.store.purge(now=scene.now)
    await fails(scene, again, "waiting")
    assert await claimed(scene) == []
    assert await state(scene) == {"failed": 1}


@pytest.mark.parametrize("leave", ["exit", "forget"])
async def test_what_did_not_arrive_does_not_come_up_after_she_left(
    scene: Scene, leave: str
) -> None:
    (row,) = await taken(scene, "uno")
    if leave == "forget":
        await scene.store.forget("whatsapp", str(KILLA.chat_id), now=scene.now)
    else:
        visit = await scene.hears(KILLA, answers("x", effects=[Erase()]), channel="whatsapp")
        await scene.sends(visit.claimed)
    await fails(scene, row, "waiting")
    assert await claimed(scene) == []


@pytest.mark.parametrize("effects", [[Erase()], [Erase(), Forget()]], ids=["exit", "forget"])
async def test_nor_does_what_was_being_sent_while_she_left(
    scene: Scene, effects: list[Effect]
) -> None:
    (row,) = (await scene.hears(KILLA, answers("uno"), channel="whatsapp")).claimed
    await scene.hears(KILLA, answers("x", effects=effects), channel="whatsapp")
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    await scene.sends(await scene.claims(channel="whatsapp"))
    await fails(scene, row, "waiting")
    assert await claimed(scene) == []


async def sending(scene: Scene, *said: str, **more: Any) -> OutboxRow:
    """The first row; the platform may have taken it, and we have not noted it yet."""
    more = {"window_until": scene.now + DAY, **more}
    visit = await scene.hears(KILLA, answers(*said), channel="whatsapp", **more)
    return visit.claimed[0]


async def test_a_failure_may_be_faster_than_our_own_note(scene: Scene) -> None:
    row = await sending(scene, "uno")
    await fails(scene, row, "waiting", due_at=scene.now + 5)
    assert await state(scene) == {"sending": 1}, "nobody else may have it yet"
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    assert await claimed(scene) == []
    scene.now += 5
    (again,) = await scene.claims(channel="whatsapp")
    assert (texts([again]), again.attempt, again.tries) == (["uno"], 2, 1)


async def test_it_stays_so_when_we_only_then_fail_ourselves(scene: Scene) -> None:
    row = await sending(scene, "uno")
    await fails(scene, row, "waiting", due_at=scene.now + 5, part=1, of=3)
    await scene.settles(row, "waiting", due_at=scene.now, parts=2, tries=1)
    assert await claimed(scene) == []
    scene.now += 5
    (again,) = await scene.claims(channel="whatsapp")
    assert again.parts == 0


async def test_it_stays_so_when_the_process_dies_before_its_note(scene: Scene) -> None:
    row = await sending(scene, "uno")
    await fails(scene, row, "waiting", due_at=scene.now + 5)
    await scene.store.recover(now=scene.now, everything=True)
    assert await claimed(scene) == []
    scene.now += 5
    (again,) = await scene.claims(channel="whatsapp")
    assert again.tries == 1, "it has failed once"


async def test_an_announcement_that_failed_before_the_process_died_is_not_unknown(
    scene: Scene,
) -> None:
    await scene.sends((await scene.hears(KILLA, channel="whatsapp")).claimed)
    await scene.announces(KILLA, "taller", channel="whatsapp")
    (row,) = await scene.claims(channel="whatsapp")
    await fails(scene, row, "waiting")
    await scene.store.recover(now=scene.now, everything=True)
    assert await claimed(scene) == ["taller"]


async def test_what_failed_for_good_before_our_note_has_failed(scene: Scene) -> None:
    row = await sending(scene, "uno")
    await fails(scene, row, "failed")
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    assert await state(scene) == {"failed": 1}


async def test_a_window_that_closed_before_our_note_holds_it_until_she_writes(
    scene: Scene,
) -> None:
    held = {"reason": "window", "held": True, "due_at": scene.now + WEEK}
    row = await sending(scene, "uno")
    await fails(scene, row, "waiting", **held)
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    assert await claimed(scene) == []
    window = scene.now + DAY
    await scene.hears(KILLA, answers("dos"), channel="whatsapp", window_until=window)
    assert await claimed(scene) == ["uno", "dos"]


async def test_if_she_writes_before_our_note_it_waits_no_longer(scene: Scene) -> None:
    held = {"reason": "window", "held": True, "due_at": scene.now + WEEK}
    row = await sending(scene, "uno")
    await fails(scene, row, "waiting", **held)
    window = scene.now + DAY
    await scene.hears(KILLA, answers("dos"), channel="whatsapp", window_until=window)
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    assert await claimed(scene) == ["uno", "dos"]


async def test_what_failed_before_our_note_does_not_come_up_after_she_left(scene: Scene) -> None:
    row = await sending(scene, "uno", "dos")
    await fails(scene, row, "waiting")
    await scene.hears(KILLA, answers("x", effects=[Erase()]), channel="whatsapp")
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    await scene.store.recover(now=scene.now, everything=True)
    assert await claimed(scene) == ["x", "erase"]


@pytest.mark.parametrize("heard", ["nothing", "sent"])
async def test_a_failure_told_again_undoes_nothing_that_came_after(
    scene: Scene, heard: str
) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting")
    (again,) = await scene.claims(channel="whatsapp")
    await fails(scene, row, "waiting")
    await scene.settles(again, "sent", unconfirmed=True, parts=1)
    if heard == "sent":
        await tells(scene, again, "sent")
    await fails(scene, row, "waiting")
    assert await claimed(scene) == []
    await tells(scene, again, "delivered")
    assert await state(scene) == {"delivered": 1}


async def test_a_failure_told_ten_times_while_it_waits_is_one_try(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    for _ in range(10):
        await fails(scene, row, "waiting", due_at=scene.now + 5)
        scene.now += 0.1
    scene.now += 5
    (again,) = await scene.claims(channel="whatsapp")
    assert again.tries == 1


async def test_that_it_left_is_no_news_of_a_try_that_failed(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting")
    await tells(scene, row, "sent")
    (again,) = await scene.claims(channel="whatsapp")
    await tells(scene, row, "sent")
    await scene.settles(again, "sent", unconfirmed=True, parts=1)
    await fails(scene, again, "waiting")
    assert await claimed(scene) == ["uno"]


async def test_the_first_half_goes_again_though_the_second_arrived(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting", part=1, of=2)
    await tells(scene, row, "delivered", part=2, of=2)
    (again,) = await scene.claims(channel="whatsapp")
    assert again.parts == 0


async def test_what_was_perhaps_sent_goes_on_behind_the_last_that_surely_left(
    scene: Scene,
) -> None:
    row = await sending(scene, "uno")
    await scene.settles(row, "waiting", due_at=scene.now, tries=1)
    await tells(scene, row, "sent", part=3, of=4)
    await tells(scene, row, "sent", part=1, of=4)
    await tells(scene, row, "delivered", part=4, of=4)
    (again,) = await scene.claims(channel="whatsapp")
    assert again.parts == 1


async def test_of_several_bubbles_that_failed_the_first_counts(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting", part=3, of=3)
    await fails(scene, row, "waiting", part=2, of=3)
    (again,) = await scene.claims(channel="whatsapp")
    assert (again.parts, again.tries) == (1, 1)
    await fails(scene, row, "waiting", part=1, of=3)
    await fails(scene, row, "waiting", part=2, of=3)
    await scene.settles(again, "sent", unconfirmed=True, parts=3)
    (third,) = await scene.claims(channel="whatsapp")
    assert third.parts == 0, "the second try began behind it"
    await scene.settles(third, "sent", unconfirmed=True, parts=3)
    await fails(scene, row, "waiting", part=1, of=3)
    assert await claimed(scene) == []


async def test_of_a_message_in_parts_the_last_one_counts(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await tells(scene, row, "read", part=1, of=2)
    assert await state(scene) == {"sent": 1}
    await tells(scene, row, "delivered", part=2, of=2)
    assert await state(scene) == {"delivered": 1}


async def test_from_the_part_that_did_not_arrive_on_it_goes_again(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting", part=2, of=3)
    (again,) = await scene.claims(channel="whatsapp")
    assert again.parts == 1


async def test_an_unsure_part_that_arrived_is_not_said_again(scene: Scene) -> None:
    visit = await scene.hears(KILLA, answers("uno"), channel="whatsapp")
    (row,) = visit.claimed
    await scene.settles(row, "waiting", due_at=scene.now, tries=1)
    await tells(scene, row, "sent", part=1, of=2)
    (again,) = await scene.claims(channel="whatsapp")
    assert again.parts == 1


async def test_an_unsure_message_that_arrived_is_not_sent_again(scene: Scene) -> None:
    visit = await scene.hears(KILLA, answers("uno"), channel="whatsapp")
    await scene.settles(visit.claimed[0], "waiting", due_at=scene.now, tries=1)
    await tells(scene, visit.claimed[0], "sent")
    assert await claimed(scene) == []
    assert await state(scene) == {"sent": 1}


@pytest.mark.parametrize("said", ["sent", "delivered", "read"])
async def test_a_receipt_settles_an_announcement_nobody_knew_of(scene: Scene, said: str) -> None:
    await scene.sends((await scene.hears(KILLA, channel="whatsapp")).claimed)
    await scene.announces(KILLA, "taller", channel="whatsapp")
    (row,) = await scene.claims(channel="whatsapp")
    await scene.store.recover(now=scene.now, everything=True)
    assert await state(scene) == {"sent": 1, "unknown": 1}
    await tells(scene, row, said)
    assert await state(scene) == ({"sent": 2} if said == "sent" else {"sent": 1, said: 1})


async def test_who_cannot_be_reached_is_written_to_no_more_until_she_writes(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "failed", unreachable=True)
    await scene.announces(KILLA, "taller", channel="whatsapp")
    assert await claimed(scene) == []
    assert await state(scene) == {"failed": 1, "skipped": 1}
    await scene.sends((await scene.hears(KILLA, channel="whatsapp")).claimed)
    await scene.announces(KILLA, "otro", channel="whatsapp")
    assert await claimed(scene) == ["otro"]


async def test_a_telephone_that_shows_no_buttons_gets_numbers_for_a_month(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting", plainly=True)
    (again,) = await scene.claims(channel="whatsapp")
    assert (texts([again]), again.plain) == (["uno"], True)
    await scene.sends([again])
    for ahead, plain in ((HOUR, True), (29 * DAY, True), (2 * DAY, False)):
        scene.now += ahead
        (next_one,) = (await scene.hears(KILLA, channel="whatsapp")).claimed
        assert next_one.plain is plain
        await scene.sends([next_one])


async def test_all_that_had_buttons_when_it_failed_goes_again_with_numbers(scene: Scene) -> None:
    """Two were on their way before her telephone was known; and Meta tells the same twice."""
    for row in (rows := await taken(scene, "uno", "dos")) * 2:
        await fails(scene, row, "waiting", plainly=True)
    again = await scene.claims(channel="whatsapp")
    assert [(row.id, row.plain) for row in again] == [(row.id, True) for row in rows]


async def test_who_does_not_get_the_numbers_either_is_not_there(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "waiting", plainly=True)
    (again,) = await scene.claims(channel="whatsapp")
    await scene.settles(again, "sent", unconfirmed=True, parts=1)
    await fails(scene, again, "failed", unreachable=True)
    assert await state(scene) == {"failed": 1}
    (back,) = (await scene.hears(KILLA, channel="whatsapp")).claimed
    assert not back.plain, "it was not her telephone"


async def test_a_forgotten_woman_is_not_tried_with_numbers_for_ever(scene: Scene) -> None:
    goodbye = answers("adiós", effects=[Forget()])
    (row,) = (await scene.hears(KILLA, goodbye, channel="whatsapp")).claimed
    await scene.settles(row, "waiting", plainly=True, due_at=scene.now)
    assert await claimed(scene) == []
    assert await state(scene) == {"failed": 1}


async def test_a_window_that_had_closed_is_closed_for_all_and_knocks(scene: Scene) -> None:
    visit = await scene.hears(
        KILLA, answers("uno"), channel="whatsapp", window_until=scene.now + DAY
    )
    (row,) = visit.claimed
    await scene.settles(row, "sent", unconfirmed=True, parts=1)
    await fails(
        scene, row, "waiting", reason="window", held=True, due_at=scene.now + WEEK,
        knock_at=scene.now,
    )  # fmt: skip
    knocks = await scene.claims(channel="whatsapp")
    assert texts(knocks) == ["knock"]
    await scene.sends(knocks)
    await scene.announces(KILLA, "taller", channel="whatsapp")
    scene.now += HOUR
    visit = await scene.hears(
        KILLA, answers("dos"), channel="whatsapp", window_until=scene.now + DAY
    )
    rows = await scene.claims(channel="whatsapp")
    assert texts(rows) == ["uno", "dos", "taller"]
    assert {row.window_until is not None and row.window_until > scene.now for row in rows} == {True}


async def test_a_knock_that_fails_after_she_wrote_is_over_and_holds_nothing_up(
    scene: Scene,
) -> None:
    (row,) = (await scene.hears(KILLA, answers("uno"), channel="whatsapp")).claimed
    await scene.settles(
        row, "waiting", reason="window", held=True, due_at=scene.now + WEEK, knock_at=scene.now
    )
    (knock,) = await scene.claims(channel="whatsapp")
    await scene.settles(knock, "sent", unconfirmed=True)
    window = scene.now + DAY
    await scene.hears(KILLA, answers("dos"), channel="whatsapp", window_until=window)
    await scene.sends(rows := await scene.claims(channel="whatsapp"))
    assert texts(rows) == ["uno", "dos"]
    await fails(scene, knock, "waiting", reason="enough", due_at=scene.now + DAY)
    (row,) = (await scene.hears(KILLA, answers("tres"), channel="whatsapp")).claimed
    await scene.settles(row, "waiting", due_at=scene.now, tries=1)
    assert await claimed(scene) == ["tres"]


@pytest.mark.parametrize(
    "failure",
    [
        {"state": "failed", "unreachable": True},
        {"state": "waiting", "reason": "window", "held": True, "due_at": WEEK},
    ],
    ids=["unreachable", "window"],
)
async def test_what_failed_long_ago_is_not_held_against_her(
    scene: Scene, failure: dict[str, Any]
) -> None:
    """Meta repeats it for a week. Since then she has written, and her answer waits."""
    (row,) = await taken(scene, "uno")
    await fails(scene, row, "failed", unreachable=True)
    window = scene.now + DAY
    visit = await scene.hears(KILLA, answers("dos"), channel="whatsapp", window_until=window)
    await scene.settles(visit.claimed[0], "waiting", due_at=scene.now + 5, tries=1)
    await fails(scene, row, **failure)
    scene.now += 5
    (again,) = await scene.claims(channel="whatsapp")
    assert texts([again]) == ["dos"]
    assert again.window_until is not None and again.window_until > scene.now


async def test_who_stopped_announcements_at_the_platform_gets_no_more(scene: Scene) -> None:
    await scene.sends((await scene.hears(KILLA, channel="whatsapp")).claimed)
    for text in ("uno", "dos"):
        await scene.announces(KILLA, text, channel="whatsapp")
    (row,) = (await scene.claims(channel="whatsapp"))[:1]
    await fails(scene, row, "failed", stopped=True)
    await scene.store.recover(now=scene.now, everything=True)
    assert await claimed(scene) == []


@pytest.mark.parametrize(
    "other",
    [
        lambda row: Told(row.id + 100, 1, 1, 1, "read"),
        lambda row: Told(2**60, 1, 1, 1, "read"),
        lambda row: Told(0, 1, 1, 1, "read"),
    ],
)
async def test_of_rows_that_are_not_there_nothing_is_changed(
    scene: Scene, other: Callable[[OutboxRow], Told]
) -> None:
    (row,) = await taken(scene, "uno")
    await scene.store.note("whatsapp", [other(row)], now=scene.now)
    await scene.store.note("telegram", [Told(row.id, 1, 1, 1, "read")], now=scene.now)
    assert await state(scene) == {"sent": 1}


async def test_no_row_gets_the_number_of_one_that_is_gone(scene: Scene) -> None:
    (row,) = await taken(scene, "uno")
    await tells(scene, row, "read")
    await scene.store.purge(now=scene.now + 30 * DAY)
    assert await scene.counts() == {}
    await scene.restart()
    (later,) = await taken(scene, "dos")
    assert later.id > row.id
