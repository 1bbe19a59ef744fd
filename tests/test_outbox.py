"""What is kept goes out once, in order, at the pace; and every message's end is written down."""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.base import Limits, SendError
from bot.channels.telegram import Telegram
from bot.dialogue.turn import Announcements, Erase, Forget, Leave, Line, Reachable
from tests.outgoing import Phones, Way
from tests.standins.telegram import TOKEN, Standin

WOMEN = [f"51{number:08}" for number in range(12)]
ROSA, KILLA = WOMEN[:2]


@pytest.fixture(autouse=True)
def nothing_is_left_to_the_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would hide that nobody was woken."""
    monkeypatch.setattr("bot.outbox.POLL_S", 60.0)


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
async def way(tmp_path: Path, phones: Phones) -> AsyncIterator[Way]:
    async with Way(tmp_path, phones) as way:
        yield way


async def test_an_answer_is_sent_as_soon_as_it_is_kept(way: Way, phones: Phones) -> None:
    await way.answer(ROSA, "hola", "menú")
    await way.settled(sent=2)
    assert phones.read_by(ROSA) == ["hola", "menú"]
    assert way.rows("body, address") == [(None, None)] * 2
    assert way.outbox.counts == {("telegram", "sent"): 2}
    assert (way.outbox.queued(), way.outbox.in_flight()) == ({"telegram": 0}, {"telegram": 0})


async def test_what_another_process_left_waiting_is_found(
    tmp_path: Path, phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.POLL_S", 0.05)
    async with Way(tmp_path, phones) as way:
        way.announce({70: ROSA, 71: KILLA}, "taller el sábado", quietly=True)
        await way.settled(sent=2)
    assert phones.shown == [(ROSA, "taller el sábado"), (KILLA, "taller el sábado")]


async def test_what_waited_behind_an_earlier_answer_goes_right_after_it(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "1")
    assert (await way.answer(ROSA, "2")).left_waiting
    assert (await way.answer(KILLA, "1")).claimed
    await way.until(lambda: len(phones.asked) == 2)
    phones.open.set()
    await way.settled(sent=3)
    assert phones.read_by(ROSA) == ["1", "2"]


async def test_without_faults_everything_arrives_once_and_in_order(
    way: Way, phones: Phones
) -> None:
    phones.delay_s = 0.002

    async def writes(address: str) -> None:
        for number in range(20):
            await way.answer(address, f"{number}a", f"{number}b")

    await asyncio.gather(*(writes(address) for address in WOMEN))
    await way.settled(sent=len(WOMEN) * 40)
    for address in WOMEN:
        assert phones.read_by(address) == [f"{n}{part}" for n in range(20) for part in "ab"]


@pytest.mark.parametrize("seed", range(4))
async def test_in_whatever_goes_wrong_nothing_is_lost_and_her_order_stays(
    way: Way, phones: Phones, seed: int
) -> None:
    dice = random.Random(seed)
    unsure: set[tuple[str, str]] = set()

    def before(address: str, text: str) -> Exception | None:
        return dice.choice(
            [None, None, None, None, SendError("network"), RuntimeError(text),
             SendError("rate", retry_after_s=1.0),
             SendError("rate", retry_after_s=0.02, everyone=True)]
        )  # fmt: skip

    def afterwards(address: str, text: str) -> Exception | None:
        if dice.random() < 0.9:
            return None
        unsure.add((address, text))
        return SendError("reset", unsure=True)

    phones.trouble, phones.after = before, afterwards

    async def writes(address: str) -> None:
        for number in range(6):
            await way.answer(address, f"{number}a", f"{number}b")
            way.later(dice.random() * 3)

    await asyncio.gather(*(writes(address) for address in WOMEN))
    while await way.store.outbox_counts() != {"sent": len(WOMEN) * 12}:
        way.later(2)
        await asyncio.sleep(0.005)
    for address in WOMEN:
        read = phones.read_by(address)
        assert list(dict.fromkeys(read)) == [f"{n}{part}" for n in range(6) for part in "ab"]
    assert {what for what, times in Counter(phones.shown).items() if times > 1} <= unsure


def assert_bucket_is_never_overdrawn(times: list[float], rate: float) -> None:
    """As the platform counts, with its bucket of a tenth of a second."""
    tokens, last = rate / 10, times[0]
    for at in times:
        tokens = min(rate / 10, tokens + (at - last) * rate) - 1
        last = at
        assert tokens >= -0.5


async def test_the_rate_is_kept_and_used_however_slow_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Little is held at a time, so that it is fetched often.
    monkeypatch.setattr("bot.road._AHEAD_S", 0.2)
    monkeypatch.setattr("bot.road._DRY_S", 0.1)
    rate, women = 300, 400
    phones = Phones(rate=rate, delay_s=0.15)
    async with Way(tmp_path, phones) as way:
        way.announce({number: f"{number}" for number in range(women)}, "hola")
        await way.settled(sent=women)
    assert_bucket_is_never_overdrawn(phones.asked_at, rate)
    took_s = phones.asked_at[-1] - phones.asked_at[0]
    assert women / took_s > rate * 0.75


async def test_telegram_refuses_nothing_and_gets_everything_once(tmp_path: Path) -> None:
    rate = 200
    women = [5_200_000_000 + number for number in range(240)]
    # Its bucket is larger than the real one, because this machine may have other things to do.
    async with Standin(rate=rate, bucket_s=0.5, delay_s=0.1) as standin:
        telegram = Telegram(token=TOKEN, api_url=standin.url, rate=rate)
        await telegram.start()
        async with Way(tmp_path, telegram) as way:
            way.announce({woman: f"{woman}" for woman in women}, "taller el sábado")
            await way.settled(sent=len(women))
        await telegram.stop()
        calls = standin.called("sendMessage")
    assert {call.status for call in calls} == {200}
    assert sorted(call.params["chat_id"] for call in calls) == women


async def test_one_woman_gets_one_message_a_second_after_a_small_burst(
    way: Way, phones: Phones
) -> None:
    await way.stop()
    phones.rate_per_woman, phones.burst_per_woman = 5.0, 3
    way.start()
    await way.answer(ROSA, *"12345")
    await way.answer(KILLA, *"123")
    await way.settled(sent=8)
    hers = [at for at, (to, _) in zip(phones.asked_at, phones.asked, strict=True) if to == ROSA]
    assert hers[3] - hers[0] > 0.19
    assert hers[4] - hers[0] > 0.39
    assert phones.shown[-2:] == [(ROSA, "4"), (ROSA, "5")]


async def test_a_429_for_everyone_stops_the_channel_until_then(way: Way, phones: Phones) -> None:
    refused_at: list[float] = []

    def once(address: str, text: str) -> Exception | None:
        if not refused_at:
            refused_at.append(time.monotonic())
            return SendError("rate", retry_after_s=0.4, everyone=True)
        return None

    phones.trouble = once
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: bool(refused_at))
    await way.answer(KILLA, "1")
    await way.settled(sent=3)
    later = [at for at in phones.asked_at if at > refused_at[0]]
    assert len(later) == 3
    assert min(later) >= refused_at[0] + 0.4
    assert phones.read_by(ROSA) == ["1", "2"]
    assert way.rows("tries") == [0, 0, 0]


async def test_a_429_for_one_woman_stops_only_her(way: Way, phones: Phones) -> None:
    phones.trouble = lambda address, text: (
        SendError("rate", retry_after_s=30) if address == ROSA else None
    )
    await way.answer(ROSA, "1", "2")
    await way.answer(KILLA, "1")
    await way.settled(sent=1, waiting=2)
    phones.trouble = lambda address, text: None
    way.later(29)
    await way.answer(KILLA, "2")
    await way.settled(sent=2, waiting=2)
    way.later(1.1)
    await way.settled(sent=4)
    assert phones.read_by(ROSA) == ["1", "2"]


async def test_a_reply_is_tried_again_and_again_and_given_up_at_last(
    way: Way, phones: Phones
) -> None:
    phones.trouble = lambda address, text: SendError("network")
    await way.answer(ROSA, "hola")
    waits = []
    for tries in range(1, 11):
        await way.until(lambda tries=tries: way.rows("state, tries") == [("waiting", tries)])
        waits.append(way.rows("due_at")[0] - way.now())
        way.later(waits[-1] - 0.5)
        way.later(1)
    await way.settled(failed=1)
    assert way.rows("reason, body") == [("gave up: network", None)]
    assert len(phones.asked) == 11
    assert waits[:8] == sorted(waits[:8])
    assert 20 * 60 < sum(waits) < 40 * 60


async def test_what_is_permanent_fails_with_its_reason_and_the_next_one_goes(
    way: Way, phones: Phones
) -> None:
    phones.trouble = lambda address, text: (
        SendError("bad request", permanent=True) if text == "1" else None
    )
    await way.answer(ROSA, "1", "2")
    await way.settled(failed=1, sent=1)
    assert way.rows("state, reason") == [("failed", "bad request"), ("sent", "")]


async def test_to_a_woman_who_blocked_us_nothing_more_is_sent_until_she_writes_again(
    way: Way, phones: Phones
) -> None:
    phones.trouble = lambda address, text: SendError("blocked", unreachable=True)
    visit = await way.answer(ROSA, "1", "2", "3")
    await way.settled(failed=1, skipped=2)
    way.announce({visit.claimed[0].person_id: ROSA}, "taller")
    await way.settled(failed=1, skipped=3)
    assert phones.asked == [(ROSA, "1")]
    phones.trouble = lambda address, text: None
    await way.answer(ROSA, "4")
    await way.settled(failed=1, skipped=3, sent=1)


async def test_when_her_app_says_that_she_blocked_us_what_is_queued_is_dropped(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: bool(phones.asked))
    await way.answer(ROSA, effects=[Reachable(now=False)])
    phones.open.set()
    await way.settled(sent=1, skipped=1)
    assert phones.read_by(ROSA) == ["1"]


async def test_her_no_reaches_what_this_process_holds_of_announcements(tmp_path: Path) -> None:
    """The platform asks for a rest while hers is claimed: her word comes in between."""
    phones = Phones(rate=20)
    async with Way(tmp_path, phones) as way:
        rosa = (await way.answer(ROSA, "hola")).person_id
        await way.settled(sent=1)
        rest = [SendError("rate", retry_after_s=0.3, everyone=True)]
        phones.trouble = lambda address, text: rest.pop() if rest else None
        way.announce({901: KILLA, rosa: ROSA}, "taller")
        await way.until(lambda: not rest)
        assert way.outbox.queued() == {"telegram": 1}, "hers is held here"
        await way.answer(ROSA, "ya no te enviaré avisos", effects=[Announcements(False)])
        way.later(1)
        await way.settled(sent=3, skipped=1)
        assert phones.read_by(ROSA) == ["hola", "ya no te enviaré avisos"]
        assert way.rows("reason")[2] == "opted out"


async def test_an_announcement_that_may_have_arrived_is_not_sent_again(
    way: Way, phones: Phones
) -> None:
    phones.after = lambda address, text: SendError("reset", unsure=True)
    way.announce({901: ROSA}, "taller")
    await way.settled(unknown=1)
    way.later(3600)
    await way.answer(KILLA, "hola")
    await way.until(lambda: len(phones.shown) == 2)
    assert phones.read_by(ROSA) == ["taller"]


async def test_replies_go_before_announcements_that_came_long_before(tmp_path: Path) -> None:
    phones = Phones(rate=40)
    async with Way(tmp_path, phones) as way:
        way.announce({900 + number: f"{number}" for number in range(100)}, "taller")
        await way.until(lambda: len(phones.asked) > 3)
        visits = [(each, await way.answer(each, "hola", hand_over=False)) for each in WOMEN]
        before = len(phones.asked)
        for address, visit in visits:
            way.outbox.take("telegram", address, visit)
        await way.until(lambda: len(phones.asked) >= before + len(WOMEN) + 3)
    # One or two had been let go already.
    asked = [text for _, text in phones.asked[before : before + len(WOMEN) + 2]]
    assert asked.count("hola") == len(WOMEN)


async def test_a_long_message_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    phones = Phones(limits=Limits(text=10))
    fails = iter([None, SendError("network"), None, None])
    phones.trouble = lambda address, text: next(fails, None)
    async with Way(tmp_path, phones) as way:
        await way.answer(ROSA, "Uno uno. Dos dos. Tres tres.", "fin", ref="hers")
        await way.settled(waiting=2)
        assert way.rows("parts") == [1, 0]
        await way.stop()
        way.start()
        way.later(3)
        await way.settled(sent=2)
        assert phones.read_by(ROSA) == ["Uno uno.", "Dos dos.", "Tres tres.", "fin"]
        await way.answer(ROSA, "receta", effects=[Erase()])
        await way.until(lambda: bool(phones.erased))
    refs = [f"ref of {text}" for text in phones.read_by(ROSA) if text != "receta"]
    assert phones.erased == [(ROSA, ("hers", *refs))]


async def test_the_quick_exit_shows_the_harmless_screen_first_and_then_deletes_the_rest(
    way: Way, phones: Phones
) -> None:
    await way.answer(ROSA, "violencia", ref="hers 1")
    await way.settled(sent=1)
    await way.answer(ROSA, "receta", effects=[Erase()], ref="hers 2")
    await way.settled(sent=3)
    assert phones.read_by(ROSA) == ["violencia", "receta"]
    assert phones.erased == [(ROSA, ("hers 1", "ref of violencia", "hers 2"))]
    assert way.database.execute("SELECT count(*) FROM traces").fetchone() == (1,)


@pytest.mark.parametrize("effect", [Erase(), Forget()])
async def test_after_the_quick_exit_nothing_that_was_on_its_way_comes_up(
    way: Way, phones: Phones, effect: Erase | Forget
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "uno", "violencia", "denuncia")
    await way.until(lambda: bool(phones.asked))
    await way.answer(KILLA, "menú", "otro")
    await way.answer(ROSA, "receta", effects=[effect])
    phones.open.set()
    await way.until(lambda: len(phones.shown) == 4)
    assert phones.read_by(ROSA) == ["uno", "receta"]
    assert phones.read_by(KILLA) == ["menú", "otro"]


@pytest.mark.parametrize("effect", [Erase(), Forget()])
async def test_the_quick_exit_stops_also_what_is_on_its_way_to_the_id_she_had_before(
    way: Way, phones: Phones, effect: Erase | Forget
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "uno", "violencia", "denuncia")
    await way.until(lambda: bool(phones.asked))
    await way.answer("PE.rosa", "receta", effects=[effect], alias=ROSA)
    phones.open.set()
    await way.until(lambda: bool(phones.read_by("PE.rosa")))
    assert phones.shown == [(ROSA, "uno"), ("PE.rosa", "receta")]


async def test_a_long_wait_for_one_answer_keeps_no_other_from_her(way: Way, phones: Phones) -> None:
    phones.trouble = lambda address, text: (
        SendError("enough", retry_after_s=86_400) if text == "1" else None
    )
    await way.answer(ROSA, "1")
    await way.answer(ROSA, "ayuda")
    await way.settled(failed=1, sent=1)
    assert phones.read_by(ROSA) == ["ayuda"]
    assert way.rows("reason") == ["gave up: enough", ""]


async def test_after_the_quick_exit_what_failed_on_its_way_is_not_tried_again(
    way: Way, phones: Phones
) -> None:
    phones.trouble = lambda address, text: SendError("network") if text == "violencia" else None
    phones.open.clear()
    await way.answer(ROSA, "violencia")
    await way.until(lambda: bool(phones.asked))
    await way.answer(ROSA, "receta", effects=[Erase()])
    phones.open.set()
    await way.settled(skipped=1, sent=2)
    way.later(3600)
    assert phones.read_by(ROSA) == ["receta"]


async def test_after_the_quick_exit_the_rest_of_a_long_message_stays_away(tmp_path: Path) -> None:
    phones = Phones(limits=Limits(text=10))
    phones.open.clear()
    async with Way(tmp_path, phones) as way:
        await way.answer(ROSA, "Uno uno. Dos dos.")
        await way.until(lambda: bool(phones.asked))
        await way.answer(ROSA, "receta", effects=[Erase()])
        phones.open.set()
        await way.settled(skipped=1, sent=2)
    assert phones.read_by(ROSA) == ["Uno uno.", "receta"]
    assert phones.erased == [(ROSA, ("ref of Uno uno.",))]


async def test_a_group_is_told_and_then_left(way: Way, phones: Phones) -> None:
    await way.answer("-100", "solo de a dos", effects=[Leave()])
    await way.settled(sent=2)
    assert (phones.shown, phones.left) == ([("-100", "solo de a dos")], ["-100"])


async def test_what_cannot_be_read_fails_alone_and_its_words_are_not_logged(
    way: Way, phones: Phones, caplog: pytest.LogCaptureFixture
) -> None:
    way.announce({901: ROSA}, "", body=b'{"secreto": 1}')
    way.announce({902: KILLA}, "taller")
    await way.settled(failed=1, sent=1)
    assert way.rows("reason") == ["unreadable", ""]
    (record,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert "secreto" not in record.getMessage()
    assert ROSA not in str(record.__dict__)


async def test_what_has_no_words_is_not_called_sent(way: Way, phones: Phones) -> None:
    await way.answer(ROSA, Line("a phrase that was taken out"), "menú")
    await way.settled(failed=1, sent=1)
    assert way.rows("reason") == ["empty", ""]
    assert phones.shown == [(ROSA, "menú")]


async def test_a_corrected_translation_reaches_what_is_sent_from_then_on(
    way: Way, phones: Phones
) -> None:
    way.spanish["thanks"] = "Gracias"
    await way.answer(ROSA, Line("thanks"))
    await way.settled(sent=1)
    way.spanish["thanks"] = "Gracias a ti"
    way.outbox.reload()
    await way.answer(ROSA, Line("thanks"))
    await way.settled(sent=2)
    assert phones.read_by(ROSA) == ["Gracias", "Gracias a ti"]


async def test_while_the_database_is_locked_what_was_sent_is_not_sent_again(
    way: Way, phones: Phones, caplog: pytest.LogCaptureFixture
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: bool(phones.asked))
    way.database.execute("BEGIN EXCLUSIVE")
    phones.open.set()
    await way.until(lambda: "cannot be written down" in caplog.text)
    way.later(120)
    way.database.execute("ROLLBACK")
    # The leases have run out meanwhile, as if this process were dead.
    await way.store.recover(now=way.now(), everything=False)
    way.outbox.wake()
    await way.settled(sent=2)
    assert phones.shown == [(ROSA, "1"), (ROSA, "2")]


async def test_what_is_on_its_way_is_not_sent_again_when_the_store_hands_it_out_twice(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: bool(phones.asked))
    way.later(120)
    await way.store.recover(now=way.now(), everything=False)
    way.later(0)
    await way.until(lambda: way.rows("state") == ["sending", "sending"])
    phones.open.set()
    await way.settled(sent=2)
    assert phones.shown == [(ROSA, "1"), (ROSA, "2")]


async def test_the_outbox_goes_on_after_the_database_was_away(
    way: Way, phones: Phones, caplog: pytest.LogCaptureFixture
) -> None:
    way.announce({901: ROSA}, "taller")
    way.database.execute("BEGIN EXCLUSIVE")
    way.outbox.wake()
    await way.until(lambda: "database cannot be used" in caplog.text)
    way.database.execute("ROLLBACK")
    await way.settled(sent=1)


async def test_leases_are_renewed_and_what_hangs_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.MIND_S", 0.05)
    phones = Phones()
    async with Way(tmp_path, phones) as way:
        phones.open.clear()
        await way.answer(ROSA, "1", "2")
        (lease, _) = way.rows("lease_until")
        way.later(30)
        await way.until(lambda: min(way.rows("lease_until")) > lease + 29)
        monkeypatch.setattr("bot.road.HUNG_S", 0.01)
        await way.settled(waiting=2)
        assert way.rows("reason, tries") == [("interrupted", 1), ("", 0)]


async def test_what_does_not_fit_in_memory_stays_in_the_store_and_goes_later(
    way: Way, phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.road.MOST_QUEUED", 3)
    phones.open.clear()
    await asyncio.gather(*(way.answer(address, *"12345") for address in WOMEN[:4]))
    await way.until(lambda: way.rows("state").count("waiting") >= 10)
    assert way.outbox.queued()["telegram"] <= 4
    phones.open.set()
    await way.settled(sent=20)
    assert all(phones.read_by(address) == [*"12345"] for address in WOMEN[:4])


async def test_stopping_waits_for_slow_sends_and_loses_nothing(way: Way, phones: Phones) -> None:
    phones.delay_s = 0.3
    await asyncio.gather(*(way.answer(address, "1", "2") for address in WOMEN))
    way.announce({900 + number: f"{number}" for number in range(30)}, "taller")
    await way.until(lambda: len(phones.asked) >= len(WOMEN))
    began = time.monotonic()
    await way.stop()
    assert time.monotonic() - began < 5
    assert await way.store.outbox_counts() == {
        "sent": len(phones.shown),
        "waiting": len(WOMEN) * 2 + 30 - len(phones.shown),
    }
    assert set(way.rows("tries")) == {0}
    phones.delay_s = 0
    way.start()
    await way.settled(sent=len(WOMEN) * 2 + 30)
    assert max(Counter(phones.shown).values()) == 1
    assert all(phones.read_by(address) == ["1", "2"] for address in WOMEN)


async def test_stopping_breaks_off_what_hangs_and_says_so_truthfully(
    way: Way, phones: Phones
) -> None:
    phones.open.clear()
    way.announce({901: KILLA}, "taller")
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: len(phones.asked) == 2)
    began = time.monotonic()
    await way.stop(within_s=2.3)
    assert time.monotonic() - began < 5
    # A reply goes again; nobody guesses whether the announcement arrived.
    assert way.rows("state, reason") == [
        ("unknown", "interrupted"),
        ("waiting", "interrupted"),
        ("waiting", ""),
    ]


async def test_stopping_waits_for_a_database_that_is_away_for_a_moment(
    way: Way, phones: Phones, caplog: pytest.LogCaptureFixture
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: bool(phones.asked))
    way.database.execute("BEGIN EXCLUSIVE")
    stopping = asyncio.create_task(way.stop())
    phones.open.set()
    await way.until(lambda: "cannot be written down" in caplog.text)
    way.database.execute("ROLLBACK")
    await stopping
    assert way.rows("state") == ["sent", "waiting"]


async def test_stopping_does_not_wait_for_ever_for_the_database(
    way: Way, phones: Phones, caplog: pytest.LogCaptureFixture
) -> None:
    phones.open.clear()
    await way.answer(ROSA, "1", "2")
    await way.until(lambda: bool(phones.asked))
    way.database.execute("BEGIN EXCLUSIVE")
    phones.open.set()
    began = time.monotonic()
    await way.stop(within_s=0.5)
    assert time.monotonic() - began < 5
    way.database.execute("ROLLBACK")
    assert "stopped before the database took" in caplog.text
    # What had been asked of the database may still be done, now that it is back.
    await way.store.recover(now=way.now(), everything=True)
    assert way.rows("state") in (["waiting", "waiting"], ["sent", "waiting"])


async def test_what_is_handed_over_while_stopping_goes_back_to_the_store(way: Way) -> None:
    visit = await way.answer(ROSA, "1", hand_over=False)
    stopping = asyncio.create_task(way.stop())
    await asyncio.sleep(0)
    way.outbox.take("telegram", ROSA, visit)
    await stopping
    assert way.rows("state, tries") == [("waiting", 0)]


async def test_a_pulled_channel_is_rung_and_she_fetches_what_is_hers(tmp_path: Path) -> None:
    phones = Phones(name="webchat", pulled=True, limits=Limits(text=12, choices=0))
    async with Way(tmp_path, phones) as way:
        await way.answer(ROSA, "Uno uno. Dos dos.", "tres")
        await way.answer(KILLA, "menú")
        assert phones.rung == [ROSA, KILLA]
        pulled = await way.outbox.pull("webchat", ROSA, after=0)
        assert [[bubble.text for bubble in bubbles] for _, bubbles in pulled] == [
            ["Uno uno.", "Dos dos."],
            ["tres"],
        ]
        (first, _), (last, _) = pulled
        assert [id for id, _ in await way.outbox.pull("webchat", ROSA, after=first)] == [last]
        assert await way.outbox.pull("webchat", ROSA, after=last) == []
        await way.settled(delivered=2, waiting=1)
        assert phones.asked == []


async def test_the_quick_exit_on_a_pulled_channel_clears_the_screen(tmp_path: Path) -> None:
    phones = Phones(name="webchat", pulled=True)
    async with Way(tmp_path, phones) as way:
        await way.answer(ROSA, "violencia")
        await way.answer(ROSA, "receta", effects=[Erase()])
        pulled = await way.outbox.pull("webchat", ROSA, after=0)
    assert [[bubble.text for bubble in bubbles] for _, bubbles in pulled] == [["receta"], []]
    assert phones.erased == [(ROSA, ())]


async def test_what_comes_in_takes_its_place_where_the_platform_counts_it(tmp_path: Path) -> None:
    phones = Phones(rate=100.0, counts_incoming=True)
    async with Way(tmp_path, phones) as way:
        for woman in range(40):
            await way.answer(str(woman), *(["hola"] if woman % 2 else []))
        await way.until(lambda: len(phones.shown) == 20)
        # Of forty places the first five were free at once; the answers alone would need 0.15 s.
        assert phones.asked_at[-1] - phones.asked_at[0] > 0.28
