"""The life of an announcement: who may do what when, and that each thing happens once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.announcing import MAY_BECOME, Audience
from bot.dialogue.attachments import File
from bot.store.broadcasts import STEPS
from bot.store.desk import Act, Doer, Refused
from tests.announcing import (
    CLOCK,
    COMMAND,
    DAY,
    HOUR,
    NOON,
    SPEAKS,
    TEXTS,
    WHAT,
    Desk,
    doer,
    staff,
    total,
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await Desk.open(tmp_path)
    yield desk
    await desk.store.close()


def done(desk: Desk) -> list[tuple[str, str]]:
    query = "SELECT did, about FROM audit WHERE about LIKE 'broadcast%' ORDER BY id"
    return desk.sql(query)


async def why_refused(asked: object) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        await asked  # type: ignore[misc]
    return refused.value.why, refused.value.now


def test_every_step_is_one_the_life_of_an_announcement_has() -> None:
    for act, step in STEPS.items():
        for state in step.begins:
            assert step.ends in MAY_BECOME[state], (act, state)


async def test_what_was_composed_is_read_back(desk: Desk) -> None:
    what = replace(
        WHAT,
        audience=Audience(("telegram",), ("es", "quy"), ("05", "0801"), "taller-2027"),
        attachment=File("announcements/ab.pdf", "taller.pdf"),
        start_at=NOON + DAY,
        repeat="weekly",
        canary=False,
    )
    number = await desk.store.draft(what, doer=desk.elena, now=NOON)
    found = await desk.store.broadcast(number)
    assert found is not None
    assert (found.what, found.state, found.version) == (what, "draft", 1)
    assert found.author == desk.elena.staff_id
    assert [each.id for each in await desk.store.broadcasts()] == [number]
    assert await desk.store.broadcast(99) is None


async def test_one_writes_another_approves_and_the_log_tells(desk: Desk) -> None:
    desk.women(3)
    number = await desk.begun()
    found = await desk.store.broadcast(number)
    assert found is not None
    assert (found.state, found.size, found.approver) == ("sending", 3, desk.nora.staff_id)
    assert found.speaks == SPEAKS
    assert found.not_after == NOON + 3 * DAY
    about = f"broadcast {number}"
    assert done(desk) == [(act, about) for act in ("draft", "submit", "approve", "start")]


async def test_its_author_cannot_approve_it_unless_one_person_is_enough(desk: Desk) -> None:
    number = await desk.store.draft(WHAT, doer=desk.nora, now=NOON)
    await desk.does("submit", number, desk.nora)
    approve = desk.store.act(number, "approve", doer=desk.nora, now=NOON, version=1)
    assert await why_refused(approve) == ("own", "waiting for approval")
    alone = replace(desk.nora, two_person=False)
    await desk.store.act(number, "approve", doer=alone, now=NOON, version=1)


async def test_where_one_person_is_enough_a_draft_is_approved_at_once(desk: Desk) -> None:
    number = await desk.store.draft(WHAT, doer=desk.elena, now=NOON)
    alone = replace(desk.elena, two_person=False)
    found = await desk.store.act(number, "approve", doer=alone, now=NOON, version=1)
    assert found.state == "approved"


async def test_an_approval_is_of_the_version_that_was_read(desk: Desk) -> None:
    number = await desk.store.draft(WHAT, doer=desk.elena, now=NOON)
    changed = replace(WHAT, texts={"es": "Otro texto."})
    await desk.store.edit(number, changed, version=1, doer=desk.elena, now=NOON)
    await desk.does("submit", number)
    for version in (None, 1):
        approve = desk.store.act(number, "approve", doer=desk.nora, now=NOON, version=version)
        assert await why_refused(approve) == ("version", "waiting for approval")
    await desk.store.act(number, "approve", doer=desk.nora, now=NOON, version=2)
    assert await why_refused(
        desk.store.edit(number, WHAT, version=1, doer=desk.elena, now=NOON)
    ) == ("version", "approved")
    await desk.store.edit(number, WHAT, version=2, doer=desk.elena, now=NOON)
    found = await desk.store.broadcast(number)
    assert found is not None
    assert (found.state, found.version, found.approver, found.what) == ("draft", 3, None, WHAT)


async def test_who_edits_it_is_its_author_and_cannot_approve_it(desk: Desk) -> None:
    number = await desk.store.draft(WHAT, doer=desk.elena, now=NOON)
    await desk.store.edit(number, WHAT, version=1, doer=desk.nora, now=NOON)
    await desk.does("submit", number)
    approve = desk.store.act(number, "approve", doer=desk.nora, now=NOON, version=2)
    assert (await why_refused(approve))[0] == "own"


async def test_two_who_approve_at_once_approve_it_once(desk: Desk) -> None:
    number = await desk.store.draft(WHAT, doer=desk.elena, now=NOON)
    await desk.does("submit", number)
    other = doer(await staff(desk.store, "Olga", "approver"))
    asked = [
        desk.store.act(number, "approve", doer=who, now=NOON, version=1)
        for who in (desk.nora, other)
    ]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each).__name__ for each in found] == ["Broadcast", "Refused"]
    assert [act for act, _ in done(desk)].count("approve") == 1


async def test_pressed_twice_it_is_sent_once(desk: Desk) -> None:
    desk.women(5)
    number = await desk.approved()
    both = [desk.does("start", number), desk.does("start", number, desk.nora)]
    found = await asyncio.gather(*both, return_exceptions=True)
    assert [type(each).__name__ for each in found] == ["Broadcast", "Refused"]
    assert (await desk.feeds(number), await desk.feeds(number)) == (5, 0)
    assert len(await desk.claims()) == 5
    assert desk.sql("SELECT count(*) FROM outbox") == [(5,)]


@pytest.mark.parametrize("act", STEPS)
async def test_an_outsider_and_the_wrong_role_can_do_nothing(desk: Desk, act: Act) -> None:
    number = await desk.approved()
    tania = doer(await staff(desk.store, "Tania", "translator", "administrator"))
    for who, why in ((tania, "role"), (Doer(99, "console"), "revoked")):
        asked = desk.store.act(number, act, doer=who, now=NOON, version=1, speaks=SPEAKS)
        assert (await why_refused(asked))[0] == why
    assert (await why_refused(desk.store.draft(WHAT, doer=tania, now=NOON)))[0] == "role"


async def test_what_is_not_there_or_over_cannot_be_moved(desk: Desk) -> None:
    assert await why_refused(desk.does("start", 99)) == ("unknown", "")
    number = await desk.approved()
    await desk.does("cancel", number)
    for act in STEPS:
        asked = desk.store.act(number, act, doer=COMMAND, now=NOON, version=1, speaks=SPEAKS)
        assert await why_refused(asked) == ("state", "cancelled")


async def test_for_nobody_it_does_not_begin(desk: Desk) -> None:
    number = await desk.approved()
    assert await why_refused(desk.does("start", number)) == ("empty", "approved")


async def test_begun_by_the_clock_for_nobody_it_is_done(desk: Desk) -> None:
    number = await desk.approved(start_at=NOON + 60, repeat="weekly")
    await desk.does("schedule", number)
    desk.now += 61
    found = await desk.does("start", number, CLOCK)
    assert (found.state, found.reason, found.size) == ("done", "empty", 0)
    assert [each.what.start_at for each in await desk.store.alive()] == [NOON + 60 + 7 * DAY]


async def test_it_is_scheduled_for_later_only(desk: Desk) -> None:
    number = await desk.approved(start_at=NOON + HOUR)
    desk.now += 2 * HOUR
    assert await why_refused(desk.does("schedule", number)) == ("expired", "approved")


async def test_begun_late_it_ends_when_it_was_to(desk: Desk) -> None:
    desk.women()
    number = await desk.approved(start_at=NOON + HOUR, expires_after_s=2 * HOUR)
    await desk.does("schedule", number)
    desk.now = NOON + 2 * HOUR
    found = await desk.does("start", number, CLOCK)
    assert found.not_after == NOON + 3 * HOUR


async def test_it_is_too_late_for_the_clock_but_not_for_who_starts_it_herself(desk: Desk) -> None:
    desk.women()
    number = await desk.approved(start_at=NOON + HOUR, expires_after_s=2 * HOUR)
    await desk.does("schedule", number)
    desk.now = NOON + 3 * HOUR
    assert (await why_refused(desk.does("start", number, CLOCK)))[0] == "expired"
    assert (await desk.does("start", number)).not_after == NOON + 5 * HOUR


async def test_the_next_one_is_set_as_this_one_begins(desk: Desk) -> None:
    desk.women()
    number = await desk.approved(start_at=NOON + HOUR, repeat="weekly")
    await desk.does("schedule", number)
    desk.now = NOON + HOUR + 20
    await desk.does("start", number, CLOCK)
    begun, following = await desk.store.alive()
    assert (begun.id, begun.state) == (number, "sending")
    assert (following.state, following.series, following.version) == ("scheduled", number, 1)
    assert following.what == replace(begun.what, start_at=NOON + HOUR + 7 * DAY)
    assert (following.author, following.approver) == (begun.author, begun.approver)
    desk.now = NOON + HOUR + 30 * DAY  # three were missed
    with pytest.raises(Refused, match="expired"):
        await desk.does("start", following.id, CLOCK)
    await desk.does("cancel", following.id, CLOCK)
    assert (await desk.store.alive())[-1].what.start_at == NOON + HOUR + 35 * DAY


async def test_who_cancels_one_of_a_series_ends_it(desk: Desk) -> None:
    number = await desk.approved(start_at=NOON + HOUR, repeat="weekly")
    await desk.does("schedule", number)
    await desk.does("cancel", number)
    assert await desk.store.alive() == []


async def test_while_the_house_is_paused_nothing_begins_and_nothing_goes(desk: Desk) -> None:
    desk.women(2)
    sending, approved = await desk.begun(), await desk.approved()
    await desk.feeds(sending)
    assert await desk.store.house_is_paused() == ""
    await desk.store.pause_house("restored", doer=desk.elena, now=NOON)
    assert await desk.store.house_is_paused() == "restored"
    assert await desk.claims() == []
    assert (await why_refused(desk.does("start", approved)))[0] == "house"
    lift = desk.store.pause_house("", doer=desk.elena, now=NOON)
    assert (await why_refused(lift))[0] == "role"
    await desk.store.pause_house("", doer=desk.nora, now=NOON)
    assert len(await desk.claims()) == 2


async def test_the_states_are_the_size_before_the_first_and_after_the_last(desk: Desk) -> None:
    desk.women(4)
    desk.women(2, language="quz")
    number = await desk.approved()
    assert await desk.store.tally(number) == []
    await desk.does("start", number)
    assert total(await desk.store.tally(number)) == 6
    await desk.feeds(number, 3)
    assert total(await desk.store.tally(number)) == 6
    await desk.feeds(number)
    languages = {each.language: each.count for each in await desk.store.tally(number)}
    assert languages == {"es": 4, "quy": 2}
    assert set(TEXTS) == {"es", "quy"}


async def test_what_was_handed_in_before_can_be_read_again(desk: Desk) -> None:
    what = replace(WHAT, attachment=File(f"announcements/{'a' * 64}.png", "a.png", "image"))
    number = await desk.store.draft(what, doer=desk.elena, now=NOON)
    assert await desk.store.handed_in(number, before=9) is None
    await desk.does("submit", number)
    await desk.does("send back", number, desk.nora)
    await desk.does("submit", number)
    for version, text in ((1, "Otro."), (2, "Otro más.")):
        changed = replace(WHAT, texts={"es": text})
        await desk.store.edit(number, changed, version=version, doer=desk.elena, now=NOON)
    await desk.does("submit", number)
    assert await desk.store.handed_in(number, before=3) == what
    last = await desk.store.handed_in(number, before=4)
    assert last is not None and last.texts == {"es": "Otro más."}
    assert await desk.store.handed_in(number, before=1) is None
