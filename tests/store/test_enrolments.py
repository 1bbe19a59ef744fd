"""What every store promises about signing up for a school: kept, taken back, moved up, reminded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.dialogue.enrolment import Enrol, Enrolment, Roll, SignUp, Withdraw
from bot.dialogue.turn import Effect, Forget, Reachable, State, Turn
from bot.store.base import Course, Notice
from tests.people import ELENA, KILLA, NORA, ROSA, Person
from tests.store.contract import DAY, HERE, HOUR, MINUTE, Scene, answers, reply, texts

TODAY = date(2027, 1, 15)  # of the contract's NOW, in Lima
EDITION = "lircay-2027"
COURSE = Course(EDITION, capacity=1, keep_until=date(2027, 3, 1), moves_up=True)
ENROL = Enrol(EDITION, "enrolled", "Rosa", "09", "Comité", "1 es", date(2027, 3, 1))
WAIT = replace(ENROL, state="waiting", name="Killa", organization="")


async def signs_up(scene: Scene, *effects: Effect, who: Person = ROSA, **more: Any) -> None:
    decide = answers("listo", effects=effects)
    await scene.sends((await scene.hears(who, decide, **more)).claimed)


async def roll_of(scene: Scene, who: Person = ROSA, channel: str = "telegram") -> Roll:
    seen: list[Roll] = []

    def look(known: Any) -> Turn:
        seen.append(known.roll())
        return Turn(known.state)

    await scene.hears(who, look, channel=channel)
    return seen[-1]


async def told(scene: Scene, *notices: Notice, course: Course = COURSE) -> int:
    course = replace(course, notices=notices)
    return await scene.store.tend(course, today=TODAY, now=scene.now)


def notice(scene: Scene, kind: Any = "week", **more: Any) -> Notice:
    fields = {"priority": 5, "due_at": scene.now, "not_after": scene.now + DAY,
              "enrolled_before": date(2027, 1, 16), **more}  # fmt: skip
    return Notice(kind, reply(f"notice: {kind}").packed, **fields)


async def test_what_she_answered_is_kept_for_her(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    kept = Enrolment(EDITION, "enrolled", "Rosa", "09", "Comité", "1 es", TODAY)
    assert await roll_of(scene) == Roll((kept,), {EDITION: 1}, {EDITION: 0})
    await scene.restart()
    assert (await roll_of(scene)).hers == (kept,)


async def test_others_learn_only_how_many_they_are(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    assert await roll_of(scene, KILLA) == Roll((), {EDITION: 1}, {EDITION: 0})


async def test_a_new_woman_has_signed_up_for_nothing(scene: Scene) -> None:
    assert await roll_of(scene, NORA) == Roll()


async def test_a_second_time_changes_only_what_she_answered(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    scene.now += DAY
    again = replace(ENROL, name="Rosita", region="21", organization="", state="waiting",
                    consent="2 es")  # fmt: skip
    await signs_up(scene, again)
    kept = Enrolment(EDITION, "enrolled", "Rosita", "21", "", "1 es", TODAY)
    assert (await roll_of(scene)).hers == (kept,)


async def test_taking_it_back_leaves_only_that_she_did(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await signs_up(scene, Withdraw(EDITION))
    gone = Enrolment(EDITION, "withdrawn", "", "", "", "1 es", TODAY)
    assert await roll_of(scene) == Roll((gone,), {EDITION: 0}, {EDITION: 0})
    assert await scene.store.enrolment_counts() == {EDITION: {"withdrawn": 1}}
    await signs_up(scene, Withdraw(EDITION), Withdraw("another"))


async def test_who_comes_back_stands_at_the_end_of_the_line(scene: Scene) -> None:
    await signs_up(scene, WAIT)
    await signs_up(scene, WAIT, who=KILLA)
    assert [each.ahead for each in (await roll_of(scene, KILLA)).hers] == [1]
    await signs_up(scene, Withdraw(EDITION))
    await signs_up(scene, WAIT)
    assert [each.ahead for each in (await roll_of(scene)).hers] == [1]
    assert [each.ahead for each in (await roll_of(scene, KILLA)).hers] == [0]
    assert await scene.store.enrolment_counts() == {EDITION: {"waiting": 2}}


async def test_forgetting_her_frees_her_place_and_leaves_no_row(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await signs_up(scene, WAIT, who=KILLA)
    await signs_up(scene, Forget())
    assert await scene.store.enrolment_counts() == {EDITION: {"waiting": 1}}
    assert await told(scene, notice(scene, "place")) == 1
    assert [each.state for each in (await roll_of(scene, KILLA)).hers] == ["enrolled"]
    assert await scene.store.forget("telegram", str(KILLA.chat_id), now=scene.now)
    assert await scene.store.enrolment_counts() == {}


async def test_who_waits_longest_gets_the_free_place_and_is_told_once(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await signs_up(scene, WAIT, who=KILLA)
    await signs_up(scene, WAIT, who=NORA)
    assert await told(scene, notice(scene, "place")) == 0
    await signs_up(scene, Withdraw(EDITION))
    assert await told(scene, notice(scene, "place")) == 1
    assert await told(scene, notice(scene, "place")) == 0
    (row,) = await scene.claims()
    assert (texts([row]), row.address, row.priority) == (["notice: place"], str(KILLA.chat_id), 5)
    assert [each.state for each in (await roll_of(scene, NORA)).hers] == ["waiting"]


async def test_nobody_moves_up_once_it_has_begun(scene: Scene) -> None:
    await signs_up(scene, WAIT)
    await told(scene, course=replace(COURSE, moves_up=False))
    assert [each.state for each in (await roll_of(scene)).hers] == ["waiting"]


async def test_more_places_are_given_to_who_waits(scene: Scene) -> None:
    for who in (ROSA, KILLA, NORA):
        await signs_up(scene, WAIT, who=who)
    await told(scene, course=replace(COURSE, capacity=2))
    assert await scene.store.enrolment_counts() == {EDITION: {"enrolled": 2, "waiting": 1}}
    await told(scene, course=replace(COURSE, capacity=1))
    assert await scene.store.enrolment_counts() == {EDITION: {"enrolled": 2, "waiting": 1}}


async def test_whom_nothing_reaches_keeps_her_place_in_the_line(scene: Scene) -> None:
    await signs_up(scene, WAIT)
    await signs_up(scene, WAIT, who=KILLA)
    await scene.hears(decide=lambda known: Turn(known.state, (), (Reachable(False),)))
    await told(scene)
    assert [each.state for each in (await roll_of(scene, KILLA)).hers] == ["enrolled"]
    await scene.hears(decide=lambda known: Turn(known.state, (), (Reachable(True),)))
    assert [each.ahead for each in (await roll_of(scene)).hers] == [0]


async def test_a_reminder_comes_once_to_each_in_her_language(scene: Scene) -> None:
    quechua = State(language="quy", greeted=True)
    await signs_up(scene, ENROL)
    listo = answers("listo", state=quechua, effects=(ENROL,))
    await scene.sends((await scene.hears(KILLA, listo)).claimed)
    week = notice(scene, due_at=scene.now + HOUR)
    assert await told(scene, week) == 2
    await scene.restart()
    assert await told(scene, week) == 0
    scene.now += HOUR
    due = [(row.address, row.language, row.priority) for row in await scene.claims()]
    assert due == [(str(ROSA.chat_id), "es", 5), (str(KILLA.chat_id), "quy", 5)]


async def test_who_signed_up_just_now_is_not_reminded(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    assert await told(scene, notice(scene, enrolled_before=TODAY)) == 0
    assert await told(scene, notice(scene, enrolled_before=TODAY + timedelta(days=1))) == 1


async def test_who_waits_or_withdrew_is_not_reminded(scene: Scene) -> None:
    await signs_up(scene, WAIT)
    await signs_up(scene, ENROL, who=KILLA)
    await signs_up(scene, Withdraw(EDITION), who=KILLA)
    assert await told(scene, notice(scene), course=replace(COURSE, capacity=0)) == 0


async def test_the_web_page_and_who_cannot_be_reached_get_none(scene: Scene) -> None:
    await signs_up(scene, ENROL, channel="webchat", pulled=True)
    await signs_up(scene, ENROL, who=KILLA)
    await scene.hears(KILLA, lambda known: Turn(known.state, (), (Reachable(False),)))
    assert await told(scene, notice(scene)) == 0


async def test_a_reminder_on_its_way_is_not_sent_to_who_withdrew(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await told(scene, notice(scene, due_at=scene.now + HOUR))
    await signs_up(scene, Withdraw(EDITION))
    scene.now += HOUR
    assert await scene.claims() == []


async def test_a_reminder_that_is_too_late_is_left_out(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await told(scene, notice(scene))
    scene.now += 2 * DAY
    assert await scene.claims() == []


async def test_what_came_due_before_the_night_waits_and_a_reply_does_not(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await told(scene, notice(scene))
    scene.now += MINUTE
    night = scene.now
    first = await scene.hears(KILLA, answers("uno"))
    await scene.hears(KILLA, answers("dos"))
    await scene.sends(first.claimed)
    quiet = await scene.store.claim(
        ["telegram"], now=scene.now, limit=9, lease_s=MINUTE, quiet_since=night
    )
    assert texts(quiet) == ["dos"]
    assert texts(await scene.claims()) == ["notice: week"]


async def test_a_reminder_of_a_dead_process_goes_again(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await told(scene, notice(scene))
    await scene.claims()
    counts = await scene.store.recover(now=scene.now, everything=True)
    assert counts == {"waiting": 1, "skipped": 0, "unknown": 0}


async def test_all_of_it_is_deleted_when_its_time_is_over(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await signs_up(scene, ENROL, who=KILLA)
    await signs_up(scene, Withdraw(EDITION), who=KILLA)
    await told(scene, course=replace(COURSE, keep_until=date(2027, 1, 20)))
    await scene.store.purge(now=scene.now + 5 * DAY)
    assert await scene.store.enrolment_counts() != {}
    await scene.store.purge(now=scene.now + 6 * DAY)
    assert await scene.store.enrolment_counts() == {}


async def test_organizers_get_what_she_agreed_to_give(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    await signs_up(scene, WAIT, who=KILLA, channel="whatsapp")
    await signs_up(scene, replace(ENROL, edition="another"), who=NORA)
    first, second = await scene.store.enrolled(EDITION)
    assert (first.number, first.channel) == (1, "telegram")
    assert first.kept == Enrolment(EDITION, "enrolled", "Rosa", "09", "Comité", "1 es", TODAY)
    assert (second.number, second.channel, second.kept.state) == (2, "whatsapp", "waiting")
    assert await scene.store.enrolled("nowhere") == []


async def test_organizers_take_her_out_when_she_asks_them(scene: Scene) -> None:
    await signs_up(scene, ENROL)
    store = scene.store
    assert not await store.withdraw("another", 1, today=TODAY, now=scene.now)
    assert await store.withdraw(EDITION, 1, today=TODAY, now=scene.now)
    assert not await store.withdraw(EDITION, 1, today=TODAY, now=scene.now)
    assert [each.state for each in (await roll_of(scene)).hers] == ["withdrawn"]


async def test_answers_in_progress_are_kept_with_her_state_for_half_an_hour(scene: Scene) -> None:
    signup = SignUp(EDITION, "organization", "1 es", "Rosa", "09")
    await scene.hears(decide=answers("¿?", state=replace(HERE, signup=signup)))
    assert (await scene.knows()).state == replace(HERE, signup=signup)
    scene.now += 30 * MINUTE
    assert (await scene.knows()).state == HERE.forgotten()


@pytest.mark.parametrize("who", [ROSA, KILLA, NORA, ELENA])
async def test_nobody_s_answers_are_mixed_up(scene: Scene, who: Person) -> None:
    for each in (ROSA, KILLA, NORA, ELENA):
        await signs_up(scene, replace(ENROL, name=each.name), who=each)
    assert [each.name for each in (await roll_of(scene, who)).hers] == [who.name]
