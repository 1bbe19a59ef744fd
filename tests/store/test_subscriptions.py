"""What every store promises about announcements: her yes, her no, and what outlives her leaving."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.dialogue.announcing import NOTHING_AGREED, Consents, Subscribe, Subscription
from bot.dialogue.turn import Announcements, Effect, Erase, Forget, Turn
from bot.dialogue.unfinished import Joining
from bot.store.base import Known
from tests.people import KILLA, NORA, ROSA, Person
from tests.store.contract import DAY, HERE, MINUTE, Scene, answers

TODAY = date(2027, 1, 15)  # of the contract's NOW, in Lima
YES = Subscribe("05", (14, 18), "1 es")
KEPT = Subscription(True, False, "05", (14, 18), TODAY, "1 es")
NO = Announcements(False)


async def says(scene: Scene, *effects: Effect, who: Person = ROSA, **more: Any) -> None:
    visit = await scene.hears(who, answers("listo", effects=effects), **more)
    await scene.sends(visit.claimed)


async def platform_tells(scene: Scene, wanted: bool, who: Person = ROSA) -> None:
    await scene.hears(who, lambda known: Turn(known.state, (), (Announcements(wanted),)))


async def kept(scene: Scene, who: Person = ROSA) -> Subscription:
    """What the roll says holds only during her visit."""
    seen: list[Subscription] = []

    def look(known: Known) -> Turn:
        seen.append(known.roll().subscription)
        return Turn(known.state)

    await scene.hears(who, look)
    return seen[-1]


async def test_her_yes_is_kept_with_its_day_and_its_words(scene: Scene) -> None:
    assert await kept(scene) == NOTHING_AGREED
    await says(scene, YES)
    assert await kept(scene) == KEPT
    await scene.restart()
    assert await kept(scene) == KEPT
    assert await kept(scene, KILLA) == NOTHING_AGREED


async def test_a_change_leaves_the_day_and_the_words_of_her_yes(scene: Scene) -> None:
    await says(scene, YES)
    scene.now += 2 * DAY
    await says(scene, Subscribe("", None, "2 quy"))
    assert await kept(scene) == replace(KEPT, region="", hours=None)


async def test_her_no_takes_what_she_chose_and_keeps_that_she_had_agreed(scene: Scene) -> None:
    await says(scene, YES)
    await says(scene, NO)
    stopped = Subscription(False, True, "", None, TODAY, "1 es")
    assert await kept(scene) == stopped
    scene.now += DAY
    await says(scene, Subscribe("21", None, "2 es"))
    again = Subscription(True, False, "21", None, date(2027, 1, 16), "2 es")
    assert await kept(scene) == again


async def test_a_new_woman_who_says_no_is_kept_as_one_who_did(scene: Scene) -> None:
    await says(scene, NO)
    assert await kept(scene) == Subscription(stopped=True)


async def test_what_her_platform_lets_her_stop_it_lets_her_take_back(scene: Scene) -> None:
    await says(scene, YES)
    await platform_tells(scene, False)
    assert await kept(scene) == replace(KEPT, stopped=True)
    await platform_tells(scene, True)
    assert await kept(scene) == KEPT


async def test_her_no_to_us_is_not_taken_back_by_a_platform(scene: Scene) -> None:
    await says(scene, YES)
    await says(scene, NO)
    await platform_tells(scene, True)
    found = await kept(scene)
    assert (found.wanted, found.stopped) == (False, True)


@pytest.mark.parametrize("told", [(answers("listo", effects=(NO,))), (NO,)])
async def test_her_no_counts_for_the_name_she_had_before_as_well(scene: Scene, told: Any) -> None:
    await says(scene, YES)
    await says(scene, YES, who=KILLA)
    tells = told if callable(told) else lambda known: Turn(known.state, (), told)
    await scene.hears(KILLA, tells, alias=str(ROSA.chat_id))
    assert [(await kept(scene, who)).gets_them for who in (ROSA, KILLA)] == [False, False]


@pytest.mark.parametrize("before", [(YES,), (NO,), (YES, NO)])
async def test_who_leaves_after_a_yes_or_a_no_is_silenced(
    scene: Scene, before: tuple[Effect, ...]
) -> None:
    for effect in before:
        await says(scene, effect)
    await says(scene, Forget(), Erase())
    assert await kept(scene) == Subscription(stopped=True)
    await scene.restart()
    assert await kept(scene) == Subscription(stopped=True)
    await says(scene, YES)
    assert await kept(scene) == KEPT
    await says(scene, NO)
    await says(scene, YES)
    assert await kept(scene) == KEPT


async def test_who_never_decided_leaves_nothing(scene: Scene) -> None:
    await says(scene)
    await says(scene, Forget())
    assert await kept(scene) == NOTHING_AGREED


async def test_forgotten_by_the_one_who_runs_it_she_is_silenced_too(scene: Scene) -> None:
    await says(scene, YES)
    assert await scene.store.forget("telegram", str(ROSA.chat_id), now=scene.now)
    assert (await kept(scene)).stopped


async def test_consents_are_counted_by_day_channel_and_words(scene: Scene) -> None:
    assert await scene.store.consents() == []
    await says(scene, YES)
    await says(scene, YES, who=KILLA)
    await says(scene, replace(YES, consent="1 quy"), who=NORA, channel="whatsapp")
    await says(scene, NO, who=KILLA)
    assert await scene.store.consents() == [
        Consents("telegram", "1 es", TODAY, 2, 1),
        Consents("whatsapp", "1 quy", TODAY, 1, 1),
    ]
    await says(scene, Forget(), who=KILLA)
    assert await scene.store.consents() == [
        Consents("telegram", "1 es", TODAY, 1, 1),
        Consents("whatsapp", "1 quy", TODAY, 1, 1),
    ]


async def test_what_she_answered_so_far_is_kept_for_half_an_hour(scene: Scene) -> None:
    joining = Joining("hours", "1 es", "05", (9, 12), changing=True)
    there = replace(HERE, unfinished=joining)
    await scene.sends((await scene.hears(decide=answers("¿?", state=there))).claimed)
    assert (await scene.knows()).state == there
    scene.now += 31 * MINUTE
    assert (await scene.knows()).state == HERE.forgotten()
