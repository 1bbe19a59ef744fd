"""What every store promises about forgetting: at her word at once, by the clock in time."""

import pytest

from bot.dialogue.turn import Erase, Forget, Reply, State, Turn, same_everywhere
from bot.store.base import Decide, Known, OutboxRow, Visit
from tests.people import KILLA, ROSA
from tests.store.contract import DAY, HERE, HOUR, MINUTE, Scene, answers, texts

FORGET = answers("listo", state=State(), effects=(Forget(),))
ERASE = answers("el clima", state=HERE.forgotten(), effects=(Erase(),))
BOTH = answers("listo", state=State(), effects=(Forget(), Erase()))


async def said_and_sent(scene: Scene, her_ref: str, our_ref: str) -> None:
    visit = await scene.hears(ref=her_ref)
    await scene.sends(visit.claimed, our_ref)


def erase_row(visit: Visit) -> OutboxRow:
    (row,) = (row for row in visit.claimed if row.operation == "erase")
    return row


async def test_a_forgotten_woman_is_new_again(scene: Scene) -> None:
    await scene.hears(KILLA)
    await scene.hears()
    await scene.hears(decide=FORGET)
    assert await scene.knows() == Known(new=True, state=State())
    assert (await scene.knows(KILLA)).state == HERE


async def test_the_goodbye_still_reaches_her_in_her_language(scene: Scene) -> None:
    goodbye = Reply((same_everywhere("tupananchiskama"),), language="quy")
    turn = Turn(State(), (goodbye,), (Forget(),))
    visit = await scene.hears(decide=lambda known: turn)
    await scene.restart()
    await scene.store.recover(now=scene.now, everything=True)
    (row,) = await scene.claims()
    assert (row.address, row.language) == (str(ROSA.chat_id), "quy")
    assert texts([row]) == texts(visit.claimed) == ["tupananchiskama"]


async def test_what_still_waited_for_her_is_not_sent(scene: Scene) -> None:
    first = await scene.hears(decide=answers("uno"))
    await scene.hears(decide=answers("dos", "tres"))
    visit = await scene.hears(decide=FORGET)
    assert visit.left_waiting
    assert await scene.counts() == {"sending": 1, "skipped": 2, "waiting": 1}
    await scene.sends(first.claimed)
    assert texts(await scene.claims()) == ["listo"]


async def test_what_was_being_sent_when_she_was_forgotten_is_not_tried_again(scene: Scene) -> None:
    first = await scene.hears(decide=answers("uno"))
    await scene.hears(decide=FORGET)
    await scene.settles(first.claimed[0], "waiting", due_at=scene.now)
    assert texts(await scene.claims()) == ["listo"]
    assert await scene.counts() == {"skipped": 1, "sending": 1}


async def test_what_a_dead_process_was_sending_to_her_is_not_tried_again(scene: Scene) -> None:
    await scene.hears(decide=answers("uno"))
    await scene.hears(decide=FORGET)
    counts = await scene.store.recover(now=scene.now, everything=True)
    assert counts == {"waiting": 0, "skipped": 1, "unknown": 0}
    assert texts(await scene.claims()) == ["listo"]


async def test_she_can_be_forgotten_from_outside(scene: Scene) -> None:
    await scene.hears(decide=answers("uno"))
    await scene.hears(decide=answers("dos"))
    assert await scene.store.forget("telegram", str(ROSA.chat_id), now=scene.now)
    assert (await scene.knows()).new
    assert await scene.counts() == {"sending": 1, "skipped": 1}
    assert not await scene.store.forget("telegram", str(ROSA.chat_id), now=scene.now)
    assert not await scene.store.forget("whatsapp", str(ROSA.chat_id), now=scene.now)


async def test_her_message_stays_answered_after_she_is_forgotten(scene: Scene) -> None:
    await scene.hears(decide=FORGET, message_id="7")
    assert await scene.hears(message_id="7") == Visit(turn=None)


@pytest.mark.parametrize("decide", [FORGET, ERASE])
async def test_nothing_older_is_shown_in_the_web_chat(scene: Scene, decide: Decide) -> None:
    await scene.hears(decide=answers("uno"), channel="webchat", pulled=True)
    await scene.pulls()
    await scene.hears(decide=answers("dos"), channel="webchat", pulled=True)
    await scene.hears(decide=decide, channel="webchat", pulled=True)
    assert not {"uno", "dos"} & set(texts(await scene.pulls()))


async def test_the_goodbye_can_be_fetched_by_a_forgotten_woman(scene: Scene) -> None:
    await scene.hears(decide=answers("uno"), channel="webchat", pulled=True)
    await scene.hears(decide=FORGET, channel="webchat", pulled=True)
    (row,) = await scene.pulls()
    assert texts([row]) == ["listo"]
    assert await scene.pulls(after=row.id) == []


async def test_erasing_takes_the_messages_of_both_sides(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    await said_and_sent(scene, "h2", "o2")
    visit = await scene.hears(KILLA, ref="k1")
    await scene.sends(visit.claimed, "k2")
    asked = await scene.hears(decide=ERASE, ref="h3")
    await scene.settles(asked.claimed[0], "sent", refs=("the harmless screen",))
    refs = await scene.store.refs_before(erase_row(asked), now=scene.now)
    assert refs == ["h1", "o1", "h2", "o2", "h3"]


async def test_erasing_is_done_once(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    asked = await scene.hears(decide=ERASE, ref="h2")
    await scene.sends(asked.claimed[:1], "screen")
    await scene.store.erased(erase_row(asked).person_id)
    assert await scene.store.refs_before(erase_row(asked), now=scene.now) == []
    await scene.settles(erase_row(asked), "sent")
    again = await scene.hears(decide=ERASE, ref="h3")
    assert await scene.store.refs_before(erase_row(again), now=scene.now) == ["screen", "h3"]


async def test_asking_twice_erases_twice(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    first = await scene.hears(decide=ERASE, ref="h2")
    scene.now += 1
    await scene.hears(decide=ERASE, ref="h3")
    assert await scene.store.refs_before(erase_row(first), now=scene.now) == ["h1", "o1", "h2"]
    await scene.store.erased(erase_row(first).person_id)
    await scene.sends(first.claimed, "screen")
    (_, second) = await scene.claims()
    assert await scene.store.refs_before(second, now=scene.now) == ["h3", "screen"]


async def test_what_comes_after_she_asked_is_left_alone(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    asked = await scene.hears(decide=ERASE, ref="h2")
    scene.now += 1
    await scene.hears(ref="h3")
    assert await scene.store.refs_before(erase_row(asked), now=scene.now) == ["h1", "o1", "h2"]
    await scene.store.erased(erase_row(asked).person_id)
    await scene.sends(asked.claimed, "screen")
    scene.now += 1
    await scene.sends(await scene.claims(), "o3")
    again = await scene.hears(decide=ERASE, ref="h4")
    refs = await scene.store.refs_before(erase_row(again), now=scene.now)
    assert sorted(refs) == ["h3", "h4", "o3", "screen"]


async def test_all_parts_of_a_message_are_erased(scene: Scene) -> None:
    (row,) = (await scene.hears(decide=answers("largo"))).claimed
    await scene.settles(row, "waiting", due_at=scene.now, refs=("o1", "o2"), parts=2)
    (row,) = await scene.claims()
    await scene.settles(row, "sent", refs=("o3",))
    asked = await scene.hears(decide=ERASE)
    assert await scene.store.refs_before(erase_row(asked), now=scene.now) == ["o1", "o2", "o3"]


async def test_the_id_of_a_message_is_kept_though_its_receipt_overtook_it(scene: Scene) -> None:
    (row,) = (await scene.hears()).claimed
    await scene.settles(row, "delivered")
    await scene.settles(row, "sent", refs=("o1",))
    assert await scene.counts() == {"delivered": 1}
    asked = await scene.hears(decide=ERASE)
    assert await scene.store.refs_before(erase_row(asked), now=scene.now) == ["o1"]


async def test_only_what_the_platform_would_still_delete_is_erased(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    scene.now += 47 * HOUR
    await said_and_sent(scene, "h2", "o2")
    scene.now += 1.5 * HOUR
    asked = await scene.hears(decide=ERASE)
    assert await scene.store.refs_before(erase_row(asked), now=scene.now) == ["h2", "o2"]


async def test_nothing_else_comes_up_after_the_quick_exit(scene: Scene) -> None:
    first = await scene.hears(decide=answers("uno"))
    await scene.hears(decide=answers("dos", "tres"))
    await scene.hears(decide=ERASE)
    await scene.sends(first.claimed)
    assert texts(await scene.claims()) == ["el clima", "erase"]


async def test_who_is_forgotten_and_erased_has_her_messages_deleted_first(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    late = await scene.hears(decide=answers("uno"), ref="h2")
    await scene.hears(decide=BOTH, ref="h3")
    await scene.settles(late.claimed[0], "sent", refs=("o2",))
    rows = await scene.claims()
    assert texts(rows) == ["listo", "erase"]
    await scene.settles(rows[0], "sent", refs=("goodbye",))
    assert await scene.store.refs_before(rows[1], now=scene.now) == ["h1", "o1", "h2", "h3", "o2"]
    await scene.store.erased(rows[1].person_id)
    await scene.settles(rows[1], "sent")
    assert await scene.store.refs_before(rows[1], now=scene.now) == []


async def test_forgetting_alone_keeps_no_message_ids(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    asked = await scene.hears(decide=FORGET, ref="h2")
    (goodbye,) = asked.claimed
    await scene.sends(asked.claimed, "goodbye")
    again = await scene.hears(decide=ERASE)
    as_if = erase_row(again)
    for person_id in (goodbye.person_id, as_if.person_id):
        row = OutboxRow(
            as_if.id, person_id, "telegram", "", "es", 0, "erase", b"", as_if.parts, as_if.tries, 1
        )
        assert await scene.store.refs_before(row, now=scene.now) == []


async def test_forgetting_leaves_an_erasing_that_is_still_to_be_done(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    asked = await scene.hears(decide=ERASE, ref="h2")
    await scene.settles(asked.claimed[0], "waiting", due_at=scene.now + 5)
    await scene.hears(decide=FORGET, ref="h3")
    rows = await scene.claims()
    assert texts(rows) == ["erase", "listo"]
    assert await scene.store.refs_before(rows[0], now=scene.now) == ["h1", "o1", "h2"]


async def test_the_purge_leaves_what_is_still_of_use(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    await scene.hears(decide=answers("dos"), message_id="7", ref="h2")
    await scene.store.purge(now=scene.now)
    assert (await scene.knows()).state == HERE
    assert await scene.hears(message_id="7") == Visit(turn=None)
    assert await scene.counts() == {"sent": 1, "sending": 1}
    await scene.store.recover(now=scene.now, everything=True)
    assert texts(await scene.claims()) == ["dos"]


async def test_finished_messages_are_gone_after_eight_days(scene: Scene) -> None:
    await said_and_sent(scene, "h1", "o1")
    scene.now += 1 * DAY
    await said_and_sent(scene, "h2", "o2")
    await scene.hears(decide=answers("unsent"))
    scene.now += 7.5 * DAY
    await scene.store.purge(now=scene.now)
    assert await scene.counts() == {"sent": 1, "sending": 1}


async def test_every_old_message_goes_however_many_there_are(scene: Scene) -> None:
    for _ in range(450):
        visit = await scene.hears(channel="terminal", ref="h")
        await scene.sends(visit.claimed, "o")
    scene.now += 9 * DAY
    await scene.hears()
    await scene.store.purge(now=scene.now)
    assert await scene.counts() == {"sending": 1}
    visit = await scene.hears(channel="terminal", message_id="message 1")
    assert visit.turn is not None


async def test_heard_messages_are_remembered_for_eight_days(scene: Scene) -> None:
    await scene.hears(message_id="7")
    scene.now += 8 * DAY - 1
    await scene.store.purge(now=scene.now)
    assert await scene.hears(message_id="7") == Visit(turn=None)
    scene.now += 2
    await scene.store.purge(now=scene.now)
    assert (await scene.hears(message_id="7")).turn is not None


async def test_web_messages_that_nobody_fetched_are_gone_after_half_an_hour(scene: Scene) -> None:
    await scene.hears(decide=answers("uno"), channel="webchat", pulled=True)
    scene.now += 20 * MINUTE
    await scene.hears(decide=answers("dos"), channel="webchat", pulled=True)
    await scene.pulls()
    scene.now += 15 * MINUTE
    await scene.store.purge(now=scene.now)
    assert await scene.counts() == {"sent": 1}
    assert texts(await scene.pulls()) == ["dos"]


async def test_a_visitor_of_the_web_chat_is_forgotten_after_two_days(scene: Scene) -> None:
    await scene.hears(channel="webchat", pulled=True)
    await scene.hears(KILLA)
    scene.now += DAY
    await scene.store.purge(now=scene.now)
    assert not (await scene.knows(channel="webchat")).new
    scene.now += 3 * DAY
    await scene.store.purge(now=scene.now)
    assert (await scene.knows(channel="webchat")).new
    assert not (await scene.knows(KILLA)).new
