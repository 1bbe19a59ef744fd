"""What every store promises about messages on their way out: order, leases, ends that stay."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.dialogue.turn import Reachable, Turn
from bot.store.base import OutboxRow, OutboxState, Settlement
from tests.people import KILLA, ROSA, Person
from tests.store.contract import HERE, HOUR, MINUTE, Scene, answers, texts

PEOPLE = [Person(f"woman {number}", 900 + number, "es") for number in range(30)]


async def sending(scene: Scene, *said: str, who: Person = ROSA) -> tuple[OutboxRow, ...]:
    visit = await scene.hears(who, answers(*said))
    assert len(visit.claimed) == len(said)
    return visit.claimed


async def waiting(scene: Scene, *said: str, who: Person = ROSA) -> None:
    """Rows that wait and may go now: those of a process that died."""
    await sending(scene, *said, who=who)
    await scene.store.recover(now=scene.now, everything=True)


async def test_what_waits_is_claimed_in_the_order_it_came(scene: Scene) -> None:
    for at, who in enumerate(PEOPLE):
        await sending(scene, f"{at}a", f"{at}b", who=who)
    await scene.store.recover(now=scene.now, everything=True)
    said = [f"{at}{part}" for at in range(30) for part in "ab"]
    assert texts(await scene.claims(limit=25)) == said[:25]
    # 12b is behind 12a, and that is still on its way.
    assert texts(await scene.claims(limit=100)) == said[26:]
    assert (await scene.counts()) == {"sending": 59, "waiting": 1}


async def test_what_is_claimed_is_whole(scene: Scene) -> None:
    before = await sending(scene, "uno", "dos")
    await scene.store.recover(now=scene.now, everything=True)
    after = await scene.claims()
    assert [row.tries for row in after] == [1, 1]
    assert [(row.id, row.person_id, row.address, row.language, row.body) for row in after] == [
        (row.id, row.person_id, row.address, row.language, row.body) for row in before
    ]


async def test_only_the_channels_asked_for_are_claimed(scene: Scene) -> None:
    for channel in ("telegram", "whatsapp", "terminal"):
        await scene.hears(decide=answers(channel), channel=channel)
    await scene.store.recover(now=scene.now, everything=True)
    rows = await scene.store.claim(["whatsapp", "terminal"], now=scene.now, limit=9, lease_s=1)
    assert texts(rows) == ["whatsapp", "terminal"]
    assert await scene.store.claim([], now=scene.now, limit=9, lease_s=1) == []


async def test_two_who_claim_at_once_never_get_the_same(scene: Scene) -> None:
    for who in PEOPLE:
        await sending(scene, who.name, who=who)
    await scene.store.recover(now=scene.now, everything=True)
    claims = await asyncio.gather(*(scene.claims(limit=4) for _ in range(10)))
    assert sorted(row.person_id for rows in claims for row in rows) == sorted(
        {row.person_id for rows in claims for row in rows}
    )
    assert sum(map(len, claims)) == 30


async def test_what_failed_for_now_waits_until_it_is_due(scene: Scene) -> None:
    (row,) = await sending(scene, "uno")
    await scene.settles(row, "waiting", due_at=scene.now + 5, parts=2, tries=3, reason="network")
    assert await scene.claims() == []
    scene.now += 5
    (again,) = await scene.claims()
    assert (again.id, again.body, again.parts, again.tries) == (row.id, row.body, 2, 3)


async def test_nothing_of_hers_overtakes_what_waits_for_later(scene: Scene) -> None:
    first, _ = await sending(scene, "uno", "dos")
    await waiting(scene, "allin p'unchay", who=KILLA)
    await scene.claims()
    await scene.settles(first, "waiting", due_at=scene.now + 5)
    await scene.hears(decide=answers("tres"))
    assert await scene.claims() == []
    scene.now += 5
    assert texts(await scene.claims()) == ["uno", "dos", "tres"]


async def test_when_one_must_wait_those_behind_it_go_back_too(scene: Scene) -> None:
    first, second, third = await sending(scene, "uno", "dos", "tres")
    await scene.settles(first, "sent")
    await scene.settles(second, "waiting", due_at=scene.now + 5)
    assert await scene.counts() == {"sent": 1, "waiting": 2}
    await scene.settles(third, "waiting", due_at=scene.now)
    assert await scene.claims() == []
    scene.now += 5
    assert texts(await scene.claims()) == ["dos", "tres"]


async def test_one_that_failed_for_good_holds_up_nothing(scene: Scene) -> None:
    first, second = await sending(scene, "uno", "dos")
    await scene.settles(first, "failed", reason="rejected")
    await scene.settles(second, "sent")
    assert await scene.counts() == {"failed": 1, "sent": 1}
    assert texts(await sending(scene, "tres")) == ["tres"]


FINAL: Sequence[OutboxState] = ("sent", "delivered", "read", "failed", "skipped", "unknown")
MAY_FOLLOW: dict[OutboxState, set[OutboxState]] = {
    "sent": {"delivered", "read", "failed"},
    "delivered": {"read"},
    "read": set(),
    "failed": set(),
    "skipped": set(),
    "unknown": {"sent", "delivered", "read", "failed"},
}


@pytest.mark.parametrize("before", FINAL)
@pytest.mark.parametrize("after", [*FINAL, "waiting"])
async def test_a_state_never_goes_back(
    scene: Scene, before: OutboxState, after: OutboxState
) -> None:
    (row,) = await sending(scene, "uno")
    await scene.settles(row, before)
    await scene.settles(row, after)
    expected = after if after in MAY_FOLLOW[before] else before
    assert await scene.counts() == {expected: 1}


async def test_an_end_that_comes_after_the_lease_is_believed(scene: Scene) -> None:
    """It was sent, however late we hear of it: sending it again would be worse."""
    (row,) = await sending(scene, "uno")
    await scene.store.recover(now=scene.now + HOUR, everything=False)
    assert await scene.counts() == {"waiting": 1}
    await scene.settles(row, "sent")
    assert await scene.counts() == {"sent": 1}
    assert await scene.claims() == []


async def test_the_end_of_a_row_that_is_gone_harms_nothing(scene: Scene) -> None:
    (row,) = await sending(scene, "uno")
    gone = Settlement(row.id + 99, row.person_id, "sent")
    await scene.store.settle([gone, Settlement(row.id, row.person_id, "sent")])
    assert await scene.counts() == {"sent": 1}


async def test_who_cannot_be_reached_is_sent_nothing_more(scene: Scene) -> None:
    await waiting(scene, "allinllachu", who=KILLA)
    first, _second = await sending(scene, "uno", "dos")
    await scene.hears(decide=answers("tres"))
    await scene.settles(first, "failed", reason="blocked", unreachable=True)
    assert await scene.counts() == {"failed": 1, "skipped": 2, "waiting": 1}
    assert texts(await scene.claims()) == ["allinllachu"]


async def test_who_writes_again_can_be_reached_again(scene: Scene) -> None:
    (row,) = await sending(scene, "uno")
    await scene.settles(row, "failed", reason="blocked", unreachable=True)
    (again,) = await sending(scene, "dos")
    await scene.settles(again, "waiting", due_at=scene.now)
    assert texts(await scene.claims()) == ["dos"]


async def test_a_block_skips_what_waits(scene: Scene) -> None:
    (row,) = await sending(scene, "uno")
    await scene.hears(decide=answers("dos"))
    await scene.hears(decide=lambda known: Turn(known.state, effects=(Reachable(False),)))
    assert await scene.counts() == {"sending": 1, "skipped": 1}
    await scene.settles(row, "waiting", due_at=scene.now)
    assert await scene.claims() == []
    assert await scene.counts() == {"skipped": 2}


async def test_who_cannot_be_reached_takes_nobody_elses_place(scene: Scene) -> None:
    (row,) = await sending(scene, "uno")
    await sending(scene, "huk", who=KILLA)
    await scene.hears(decide=lambda known: Turn(known.state, effects=(Reachable(False),)))
    await scene.store.recover(now=scene.now, everything=True)
    assert texts(await scene.claims(limit=1)) == ["huk"]
    await scene.settles(row, "sent")
    assert await scene.counts() == {"skipped": 1, "sending": 1}


async def test_who_could_not_be_reached_is_not_tried_until_she_writes(scene: Scene) -> None:
    first, second = await sending(scene, "uno", "dos")
    await scene.settles(second, "failed", unreachable=True)
    await scene.settles(first, "waiting", due_at=scene.now)
    assert await scene.claims() == []
    assert await scene.counts() == {"failed": 1, "skipped": 1}


async def test_a_lease_is_kept_up_as_long_as_it_is_renewed(scene: Scene) -> None:
    (row,) = await sending(scene, "uno")
    await sending(scene, "huk", who=KILLA)
    for _ in range(3):
        scene.now += 0.9 * MINUTE
        await scene.store.renew([row.id], until=scene.now + MINUTE)
    counts = await scene.store.recover(now=scene.now, everything=False)
    assert counts["waiting"] == 1
    assert texts(await scene.claims()) == ["huk"]


async def test_a_dead_process_leaves_its_replies_to_the_next(scene: Scene) -> None:
    await sending(scene, "uno", "dos")
    await scene.restart()
    assert await scene.claims() == []
    counts = await scene.store.recover(now=scene.now, everything=True)
    assert counts == {"waiting": 2, "skipped": 0, "unknown": 0}
    assert texts(await scene.claims()) == ["uno", "dos"]


async def test_recovering_leaves_alone_what_is_held_and_what_is_over(scene: Scene) -> None:
    first, _second = await sending(scene, "uno", "dos")
    await scene.settles(first, "sent")
    counts = await scene.store.recover(now=scene.now + MINUTE - 1, everything=False)
    assert set(counts.values()) == {0}
    assert await scene.counts() == {"sent": 1, "sending": 1}


async def web(scene: Scene, *said: str, who: Person = ROSA) -> None:
    visit = await scene.hears(who, answers(*said), channel="webchat", pulled=True)
    assert (visit.claimed, visit.left_waiting) == ((), False)


async def test_she_fetches_her_own_messages_in_order(scene: Scene) -> None:
    await web(scene, "uno", "dos")
    await web(scene, "tres")
    await web(scene, "huk", who=KILLA)
    rows = await scene.pulls()
    assert texts(rows) == ["uno", "dos", "tres"]
    assert {row.address for row in rows} == {str(ROSA.chat_id)}
    assert await scene.counts() == {"sent": 3, "waiting": 1}


async def test_what_she_fetched_stays_until_she_says_that_it_arrived(scene: Scene) -> None:
    await web(scene, "uno", "dos")
    rows = await scene.pulls()
    assert await scene.pulls() == rows
    assert texts(await scene.pulls(after=rows[0].id)) == ["dos"]
    assert texts(await scene.pulls(after=0)) == ["dos"]
    assert await scene.counts() == {"delivered": 1, "sent": 1}
    await scene.restart()
    assert await scene.pulls(after=rows[1].id) == []
    assert await scene.counts() == {"delivered": 2}


async def test_what_one_says_arrived_is_only_her_own(scene: Scene) -> None:
    await web(scene, "uno")
    await web(scene, "huk", who=KILLA)
    assert await scene.pulls(KILLA, after=10**30) == []
    assert texts(await scene.pulls(ROSA, after=-5)) == ["uno"]


async def test_nobody_else_sends_what_she_fetches_herself(scene: Scene) -> None:
    await web(scene, "uno")
    assert await scene.claims(channel="telegram") == []
    assert texts(await scene.pulls()) == ["uno"]


async def test_what_she_did_not_fetch_for_half_an_hour_is_no_longer_given(scene: Scene) -> None:
    """Whoever opens the page then may be somebody else."""
    await web(scene, "uno")
    scene.now += 30 * MINUTE
    assert await scene.pulls() == []


async def test_counts_cover_every_row_once(scene: Scene) -> None:
    assert await scene.counts() == {}
    for at, who in enumerate(PEOPLE):
        rows = await sending(scene, "uno", who=who)
        await scene.settles(rows[0], FINAL[at % len(FINAL)])
    await sending(scene, "dos")
    await scene.hears(decide=answers("tres"))
    counts = await scene.counts()
    assert counts == {**dict.fromkeys(FINAL, 5), "sending": 1, "waiting": 1}


async def test_the_store_can_be_asked_whether_it_can_write(scene: Scene) -> None:
    await scene.store.check()
    await scene.store.check()
    assert (await scene.knows()).state != HERE
