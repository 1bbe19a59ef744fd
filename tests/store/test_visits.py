"""What every store promises about one message of hers: heard once, decided once, kept whole."""

import asyncio

import pytest

from bot.dialogue.turn import Count, Effect, Erase, Forget, Leave, Reachable, State, Turn
from bot.store.base import Decide, Known, StoreError, Unanswered, Visit
from tests.people import KILLA, ROSA, Person
from tests.store.contract import HERE, HOUR, MINUTE, Scene, answers, reply, texts


def fails(known: Known) -> Turn:
    raise ZeroDivisionError


async def tries(scene: Scene, decide: Decide, message_id: str) -> int:
    with pytest.raises(Unanswered) as raised:
        await scene.hears(decide=decide, message_id=message_id)
    return raised.value.tries


async def test_a_new_woman_is_new_only_once(scene: Scene) -> None:
    assert await scene.knows() == Known(new=True, state=State())
    await scene.hears()
    assert await scene.knows() == Known(new=False, state=HERE)


async def test_her_state_is_hers_alone(scene: Scene) -> None:
    await scene.hears(ROSA, answers("hola"))
    await scene.hears(KILLA, answers("rimaykullayki", state=State("quy", True, (), "work")))
    await scene.hears(ROSA, answers("web", state=State("es")), channel="webchat", pulled=True)
    assert (await scene.knows(ROSA)).state == HERE
    assert (await scene.knows(KILLA)).state == State("quy", True, (), "work")
    assert (await scene.knows(ROSA, "webchat")).state == State("es")


async def test_what_she_was_asked_and_where_she_is_are_kept_with_her_screen(scene: Scene) -> None:
    there = State("es", True, ("menu",), "work", asked="near::Santa Rosa", place="-12.79,-74.97")
    await scene.hears(ROSA, answers("hola", state=there))
    assert (await scene.knows(ROSA)).state == there


async def test_her_state_outlives_a_restart(scene: Scene) -> None:
    await scene.hears()
    await scene.restart()
    assert await scene.knows() == Known(new=False, state=HERE)


@pytest.mark.parametrize(
    ("silence_s", "state"),
    [(30 * MINUTE - 1, HERE), (30 * MINUTE, HERE.forgotten()), (300 * HOUR, HERE.forgotten())],
)
async def test_after_half_an_hour_of_silence_where_she_was_is_forgotten(
    scene: Scene, silence_s: float, state: State
) -> None:
    await scene.hears()
    scene.now += silence_s
    assert await scene.knows() == Known(new=False, state=state)


async def test_the_half_hour_begins_anew_with_each_message(scene: Scene) -> None:
    await scene.hears()
    for _ in range(4):
        scene.now += 20 * MINUTE
        assert (await scene.knows()).state == HERE


async def test_a_message_delivered_twice_is_answered_once(scene: Scene) -> None:
    first = await scene.hears(message_id="7")
    assert first.turn is not None
    assert texts(first.claimed) == ["hola"]
    again = await scene.hears(message_id="7", decide=fails)
    assert again == Visit(turn=None)
    await scene.restart()
    assert await scene.hears(message_id="7", decide=fails) == Visit(turn=None)
    assert await scene.counts() == {"sending": 1}


async def test_the_same_message_id_on_another_channel_is_another_message(scene: Scene) -> None:
    await scene.hears(message_id="7")
    assert (await scene.hears(message_id="7", channel="terminal")).turn is not None


async def test_a_message_delivered_many_times_at_once_is_answered_once(scene: Scene) -> None:
    visits = await asyncio.gather(*(scene.hears(message_id="7") for _ in range(50)))
    assert [bool(visit.turn) for visit in visits] == [True] + 49 * [False]
    assert await scene.counts() == {"sending": 1}


async def test_messages_of_one_woman_that_come_at_once_are_decided_in_order(scene: Scene) -> None:
    def follow(known: Known) -> Turn:
        return Turn(State("es", True, (*known.state.choices, "x")), (reply("hola"),))

    visits = await asyncio.gather(*(scene.hears(decide=follow) for _ in range(300)))
    seen = [len(visit.turn.state.choices) for visit in visits if visit.turn]
    assert seen == list(range(1, 301))
    assert (await scene.knows()).state.choices == 300 * ("x",)


async def test_one_message_that_cannot_be_decided_fails_alone(scene: Scene) -> None:
    people = [Person(f"woman {number}", 900 + number, "es") for number in range(100)]
    outcomes = await asyncio.gather(
        *(
            scene.hears(who, fails if at in (0, 41, 99) else answers(f"{at}"))
            for at, who in enumerate(people)
        ),
        return_exceptions=True,
    )
    for at, outcome in enumerate(outcomes):
        if at in (0, 41, 99):
            assert isinstance(outcome, Unanswered)
            assert outcome.tries == 1
            assert isinstance(outcome.__cause__, ZeroDivisionError)
        else:
            assert isinstance(outcome, Visit)
            assert texts(outcome.claimed) == [f"{at}"]
    assert await scene.counts() == {"sending": 97}


async def test_one_answer_that_cannot_be_written_fails_alone(scene: Scene) -> None:
    """Not for lack of a disk, but for a mistake of ours: it counts, so that it ends some day."""
    wrong = State(language=b"es")  # type: ignore[arg-type]
    people = [Person(f"woman {number}", 900 + number, "es") for number in range(40)]
    outcomes = await asyncio.gather(
        *(
            scene.hears(who, answers(f"{at}", state=wrong if at in (3, 17) else HERE))
            for at, who in enumerate(people)
        ),
        return_exceptions=True,
    )
    failed = [at for at, outcome in enumerate(outcomes) if isinstance(outcome, Unanswered)]
    assert failed == [3, 17]
    assert await scene.counts() == {"sending": 38}
    assert (await scene.knows(people[3])).new


async def test_tries_are_counted_until_an_answer_is_kept(scene: Scene) -> None:
    assert [await tries(scene, fails, "7") for _ in range(2)] == [1, 2]
    await scene.restart()
    assert await tries(scene, fails, "7") == 3
    assert await tries(scene, fails, "8") == 1
    assert (await scene.hears(message_id="7", decide=answers("perdón"))).turn is not None
    assert await scene.hears(message_id="7") == Visit(turn=None)


async def test_of_a_failed_message_nothing_else_is_kept(scene: Scene) -> None:
    await tries(scene, fails, "7")
    assert (await scene.knows()).new
    assert await scene.counts() == {}


async def test_an_answer_that_cannot_be_packed_is_a_failed_message_too(scene: Scene) -> None:
    unsayable = answers("\ud800")
    assert await tries(scene, unsayable, "7") == 1
    assert await scene.counts() == {}


async def test_an_address_or_message_id_may_hold_any_text(scene: Scene) -> None:
    for odd in ("", "a\0b", "ñ" * 500, "1' OR '1'='1", "\ud800"):
        visit = await scene.store.visit(
            channel="telegram", message_id=odd, address=odd, ref=odd, now=scene.now,
            lease_s=MINUTE, pulled=False, decide=answers("hola"),
        )  # fmt: skip
        assert [row.address for row in visit.claimed] == [odd]


async def test_answers_come_back_claimed_and_complete(scene: Scene) -> None:
    turn = Turn(HERE, (reply("uno"), reply("dos", "quy")))
    visit = await scene.hears(decide=lambda known: turn)
    assert visit.turn is turn
    assert not visit.left_waiting
    first, second = visit.claimed
    assert (first.channel, first.address, first.operation) == (
        "telegram", str(ROSA.chat_id), "message",
    )  # fmt: skip
    assert (first.language, second.language) == ("es", "quy")
    assert (first.priority, first.parts, first.tries) == (0, 0, 0)
    assert first.person_id == second.person_id
    assert first.id < second.id
    assert texts(visit.claimed) == ["uno", "dos"]
    assert await scene.claims() == []


async def test_without_any_language_she_is_answered_in_spanish(scene: Scene) -> None:
    visit = await scene.hears(decide=answers("hola", state=State()))
    assert [row.language for row in visit.claimed] == ["es"]


async def test_answers_wait_behind_one_that_is_still_on_its_way(scene: Scene) -> None:
    first = await scene.hears(decide=answers("uno"))
    second = await scene.hears(decide=answers("dos"))
    assert (second.claimed, second.left_waiting) == ((), True)
    other = await scene.hears(KILLA)
    assert len(other.claimed) == 1
    assert await scene.claims() == []
    await scene.sends(first.claimed)
    third = await scene.hears(decide=answers("tres"))
    assert third.left_waiting
    assert texts(await scene.claims()) == ["dos", "tres"]


async def test_a_visit_without_answers_claims_nothing(scene: Scene) -> None:
    visit = await scene.hears(decide=lambda known: Turn(HERE))
    assert (visit.turn, visit.claimed, visit.left_waiting) == (Turn(HERE), (), False)
    assert not (await scene.knows()).new


async def test_a_visit_says_whose_it_was_also_when_nothing_of_hers_is_left(scene: Scene) -> None:
    (row,) = (await scene.hears()).claimed
    for effects in ([Count("work")], [Reachable(False)], [Erase()], [Forget()]):
        visit = await scene.hears(decide=answers(effects=effects))
        assert visit.person_id == row.person_id
    assert (await scene.hears(decide=answers(effects=[Reachable(False)]))).person_id == 0


@pytest.mark.parametrize("pulled", [False, True])
async def test_who_said_nothing_that_matters_is_not_kept(scene: Scene, pulled: bool) -> None:
    await scene.hears(decide=lambda known: Turn(State()), message_id="7", pulled=pulled)
    assert (await scene.knows()).new
    assert await scene.hears(decide=fails, message_id="7") == Visit(turn=None)


@pytest.mark.parametrize("now", [False, True])
async def test_a_block_by_somebody_unknown_leaves_no_person(scene: Scene, now: bool) -> None:
    await scene.hears(decide=lambda known: Turn(HERE, effects=(Reachable(now),)))
    assert (await scene.knows()).new


async def test_a_group_is_left_with_a_word_and_nothing_is_kept_of_it(scene: Scene) -> None:
    group = answers("adiós", state=State(), effects=(Forget(), Leave()))
    visit = await scene.hears(decide=group)
    assert texts(visit.claimed) == ["adiós", "leave"]
    await scene.sends(visit.claimed, "55")
    assert (await scene.knows()).new


async def test_her_screen_comes_before_the_erasing(scene: Scene) -> None:
    effects: tuple[Effect, ...] = (Erase(), Count("violence"), Leave())
    visit = await scene.hears(decide=answers("el clima", effects=effects))
    assert texts(visit.claimed) == ["el clima", "erase", "leave"]
    assert [row.body for row in visit.claimed[1:]] == [b"", b""]


async def test_a_closed_store_says_so(scene: Scene) -> None:
    await scene.store.close()
    with pytest.raises(StoreError, match="closed"):
        await scene.hears()
    await scene.restart()


async def test_closing_waits_for_what_was_asked_before(scene: Scene) -> None:
    asked = [asyncio.create_task(scene.hears(message_id=f"{at}")) for at in range(300)]
    await asyncio.sleep(0)
    await scene.restart()
    assert all(visit.turn for visit in await asyncio.gather(*asked))
    assert await scene.hears(decide=fails, message_id="299") == Visit(turn=None)


async def test_a_caller_who_gives_up_harms_nobody(scene: Scene) -> None:
    asked = [asyncio.create_task(scene.hears(message_id=f"{at}")) for at in range(20)]
    await asyncio.sleep(0)
    asked[3].cancel()
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert [at for at, each in enumerate(outcomes) if not isinstance(each, Visit)] == [3]
