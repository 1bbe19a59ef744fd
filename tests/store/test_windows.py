"""A platform that may be written to only for a day after she wrote: what is held, what knocks."""

from collections.abc import Sequence
from typing import Any

from bot.dialogue.announcing import Subscribe
from bot.dialogue.turn import Announcements, Erase, Forget, State, Turn
from bot.store.base import Known, OutboxRow
from tests.people import KILLA, ROSA
from tests.store.contract import DAY, HOUR, MINUTE, Scene, answers, texts

QUARTER = 15 * MINUTE
WEEK = 7 * DAY


async def hears(scene: Scene, *said: str, **more: Any) -> list[OutboxRow]:
    """She writes on WhatsApp; the rows of the answer that are ours to send."""
    more = {"window_until": scene.now + DAY, **more}
    visit = await scene.hears(KILLA, answers(*said), channel="whatsapp", **more)
    return list(visit.claimed)


async def held(scene: Scene, rows: Sequence[OutboxRow], *, knock: bool = True) -> None:
    knock_at = scene.now if knock else None
    for row in rows:
        await scene.settles(
            row, "waiting", reason="window", due_at=scene.now + WEEK, held=True, knock_at=knock_at
        )


async def claimed(scene: Scene) -> list[str]:
    return texts(await scene.claims(channel="whatsapp"))


async def test_a_window_is_kept_with_her_to_the_quarter_and_told_with_each_row(
    scene: Scene,
) -> None:
    (row,) = await hears(scene, "uno")
    assert row.window_until == scene.now + DAY
    await scene.settles(row, "waiting", due_at=scene.now)
    (again,) = await scene.claims(channel="whatsapp")
    assert again.window_until == (scene.now + DAY) // QUARTER * QUARTER


async def test_a_message_that_comes_in_late_shortens_no_window(scene: Scene) -> None:
    await scene.sends(await hears(scene, "uno"))
    (row,) = await hears(scene, "dos", window_until=scene.now - 3 * DAY)
    await scene.settles(row, "waiting", due_at=scene.now)
    (again,) = await scene.claims(channel="whatsapp")
    assert again.window_until == (scene.now + DAY) // QUARTER * QUARTER


async def test_where_there_is_no_window_none_is_kept(scene: Scene) -> None:
    visit = await scene.hears(ROSA, answers("uno"))
    assert [row.window_until for row in visit.claimed] == [None]
    await scene.settles(visit.claimed[0], "waiting", due_at=scene.now)
    assert [row.window_until for row in await scene.claims()] == [None]


async def test_what_is_held_waits_until_she_writes_and_comes_before_the_new_answer(
    scene: Scene,
) -> None:
    await held(scene, await hears(scene, "uno"), knock=False)
    scene.now += 2 * DAY
    assert await claimed(scene) == []
    assert await hears(scene, "dos") == [], "it waits behind what was held"
    assert await claimed(scene) == ["uno", "dos"]


async def test_she_is_known_to_have_something_waiting_only_where_it_can_go_now(
    scene: Scene,
) -> None:
    await held(scene, await hears(scene, "uno"), knock=False)
    seen = []

    def look(known: Any) -> Any:
        seen.append(known.waiting)
        return answers()(known)

    await scene.hears(KILLA, look, channel="whatsapp")
    await scene.hears(KILLA, look, channel="whatsapp", window_until=scene.now + DAY)
    await scene.hears(KILLA, look, channel="whatsapp", window_until=scene.now + DAY)
    assert seen == [False, True, False]


async def test_what_is_held_for_too_long_is_skipped(scene: Scene) -> None:
    await held(scene, await hears(scene, "uno"))
    await scene.sends(await scene.claims(channel="whatsapp"))
    scene.now += WEEK + 1
    assert await claimed(scene) == []
    assert await scene.counts() == {"sent": 1, "skipped": 1}


async def test_one_knock_a_day_however_much_is_held(scene: Scene) -> None:
    await held(scene, await hears(scene, "uno", "dos"))
    (knock,) = await scene.claims(channel="whatsapp")
    assert (knock.operation, knock.address) == ("knock", str(KILLA.chat_id))
    await scene.sends([knock])
    scene.now += HOUR
    await hears(scene, "tres", window_until=scene.now - DAY)
    assert await claimed(scene) == [], "a message that is a day late opens nothing"
    scene.now += WEEK - HOUR + 1
    rows = await scene.claims(channel="whatsapp")
    assert texts(rows) == ["tres"]
    await held(scene, rows)
    assert await claimed(scene) == ["knock"], "a new day"


async def test_a_knock_that_waits_for_the_morning_is_not_needed_once_she_writes(
    scene: Scene,
) -> None:
    (row,) = await hears(scene, "uno")
    night = scene.now + 5 * HOUR
    await scene.settles(
        row, "waiting", reason="window", due_at=scene.now + WEEK, held=True, knock_at=night
    )
    await hears(scene, "dos")
    scene.now = night + 1
    assert await claimed(scene) == ["uno", "dos"]


async def test_the_quick_exit_takes_back_what_is_held_too(scene: Scene) -> None:
    await held(scene, await hears(scene, "uno"), knock=False)
    visit = await scene.hears(
        KILLA, answers("mazamorra", effects=[Erase()]), channel="whatsapp",
        window_until=scene.now + DAY,
    )  # fmt: skip
    assert texts(visit.claimed) == ["mazamorra", "erase"]
    assert await claimed(scene) == []


async def test_nothing_knocks_after_a_quick_exit_that_came_in_late(scene: Scene) -> None:
    """It opens no window, and what was held is gone: there is nothing to knock for."""
    await held(scene, await hears(scene, "uno"))
    visit = await scene.hears(KILLA, answers("x", effects=[Erase()]), channel="whatsapp")
    await scene.sends(visit.claimed)
    assert "knock" not in await claimed(scene)


async def test_nothing_knocks_for_a_woman_who_is_forgotten(scene: Scene) -> None:
    await held(scene, await hears(scene, "uno"))
    assert await scene.store.forget("whatsapp", str(KILLA.chat_id), now=scene.now)
    assert await claimed(scene) == []


async def test_a_woman_known_by_her_number_is_known_by_the_new_id_and_her_number_goes(
    scene: Scene,
) -> None:
    await scene.sends(await hears(scene, "uno"))
    visit = await scene.store.visit(
        channel="whatsapp", message_id="new", address="PE.killa", ref="", now=scene.now,
        lease_s=MINUTE, pulled=False, decide=answers("dos"), alias=str(KILLA.chat_id),
    )  # fmt: skip
    assert [row.address for row in visit.claimed] == ["PE.killa"]
    assert not await scene.store.forget("whatsapp", str(KILLA.chat_id), now=scene.now)
    assert await scene.store.forget("whatsapp", "PE.killa", now=scene.now)


async def test_the_new_id_of_a_woman_nobody_knows_makes_her_new(scene: Scene) -> None:
    new = []

    def look(known: Any) -> Any:
        new.append(known.new)
        return answers("uno")(known)

    for number in range(2):
        await scene.store.visit(
            channel="whatsapp", message_id=str(number), address="PE.killa", ref="", now=scene.now,
            lease_s=MINUTE, pulled=False, decide=look, alias="51999",
        )  # fmt: skip
    assert new == [True, False]


async def test_forget_me_forgets_her_by_both_ids(scene: Scene) -> None:
    await hears(scene, "uno")
    for address, effects, alias in (
        ("PE.killa", (), ""),
        ("PE.killa", (Forget(),), str(KILLA.chat_id)),
    ):
        await scene.store.visit(
            channel="whatsapp", message_id=f"{effects}", address=address, ref="", now=scene.now,
            lease_s=MINUTE, pulled=False, decide=answers("x", effects=effects), alias=alias,
        )  # fmt: skip
    for address in ("PE.killa", str(KILLA.chat_id)):
        assert not await scene.store.forget("whatsapp", address, now=scene.now)


async def test_who_wants_no_announcements_gets_none_at_the_instant_of_sending(
    scene: Scene,
) -> None:
    await scene.sends(await hears(scene, "uno"))
    yes = Subscribe("", None, "1 es")
    await scene.hears(KILLA, answers(effects=[yes]), channel="whatsapp")
    await scene.announces(KILLA, "taller", channel="whatsapp")
    await scene.hears(KILLA, answers(effects=[Announcements(False)]), channel="whatsapp")
    assert await claimed(scene) == []
    assert (await scene.counts())["skipped"] == 1
    await scene.hears(KILLA, answers(effects=[Announcements(True)]), channel="whatsapp")
    await scene.announces(KILLA, "otro", channel="whatsapp")
    assert await claimed(scene) == ["otro"]


async def test_what_she_tells_the_platform_does_not_say_that_she_can_be_reached(
    scene: Scene,
) -> None:
    (row,) = await hears(scene, "uno")
    await scene.settles(row, "failed", reason="undeliverable", unreachable=True)
    await scene.hears(KILLA, answers(effects=[Announcements(True)]), channel="whatsapp")
    await scene.announces(KILLA, "taller", channel="whatsapp")
    assert await claimed(scene) == []
    await scene.sends(await hears(scene, "dos"))
    await scene.announces(KILLA, "otro", channel="whatsapp")
    assert await claimed(scene) == ["otro"]


async def test_a_stranger_who_wants_no_announcements_is_remembered_for_that(scene: Scene) -> None:
    await scene.hears(
        KILLA, answers(state=State(), effects=[Announcements(False)]), channel="whatsapp"
    )
    await scene.announces(KILLA, "taller", channel="whatsapp")
    assert await claimed(scene) == []


async def test_files_are_known_by_their_hash_until_the_platform_drops_them(scene: Scene) -> None:
    store = scene.store
    assert await store.media("whatsapp", "abc", now=scene.now) is None
    await store.keep_media("whatsapp", "abc", "media 1", expires_at=scene.now + HOUR)
    await store.keep_media("whatsapp", "abc", "media 2", expires_at=scene.now + HOUR)
    await scene.restart()
    store = scene.store
    assert await store.media("whatsapp", "abc", now=scene.now) == "media 2"
    assert await store.media("telegram", "abc", now=scene.now) is None
    assert await store.media("whatsapp", "abc", now=scene.now + HOUR) is None
    await store.keep_media("whatsapp", "abc", None, expires_at=0)
    assert await store.media("whatsapp", "abc", now=scene.now) is None


async def test_what_she_asked_a_week_ago_waits_for_her_no_more(scene: Scene) -> None:
    await held(scene, await hears(scene, "uno", window_until=scene.now - 1), knock=False)
    scene.now += WEEK + 1
    seen: list[bool] = []

    def look(known: Known) -> Turn:
        seen.append(known.waiting)
        return Turn(known.state)

    await scene.hears(KILLA, look, channel="whatsapp", window_until=scene.now + DAY)
    assert seen == [False]
    assert await claimed(scene) == []


async def test_what_goes_back_after_she_left_does_not_wait(scene: Scene) -> None:
    rows = await hears(scene, "uno", "dos")
    await scene.hears(KILLA, answers("x", effects=[Erase()]), channel="whatsapp")
    await scene.settles(rows[0], "waiting", due_at=scene.now, tries=1)
    assert await claimed(scene) == ["x", "erase"]
