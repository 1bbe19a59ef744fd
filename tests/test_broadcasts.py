"""An announcement from the first word to the last account, with the real outbox and phones."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.broadcast_clock import judged
from bot.broadcasts import Broadcasts, why
from bot.channels.base import SendError
from bot.channels.fit import fit
from bot.dialogue.announcing import Audience, Composition, Tally
from bot.dialogue.attachments import File
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Announcements, Forget
from bot.store.base import StoreError
from bot.store.desk import Doer, Refused
from tests.announcing import DAY, HOUR, TEXTS, WHAT, Desk
from tests.outgoing import KNOCK, Phones, Way
from tests.small import LANGUAGES, entry, po, write

SPANISH = {phrase.key: phrase.text for phrase in PHRASES}
KEPT = File(f"announcements/{'a' * 64}.jpg", "afiche.jpg", "image")
HEAD = "**Willaq** qillqamusunki, mañakusqaykiman hina."


@dataclass
class House:
    """Way out and desk together; the clock looks as often as in `willaq run`."""

    way: Way
    desk: Desk
    phones: Phones
    broadcasts: Broadcasts
    ticking: asyncio.Task[None] | None = None

    async def approved(self, what: Composition = WHAT, **changed: Any) -> int:
        self.desk.now = self.way.now()
        return await self.desk.approved(what, **changed)

    async def does(self, act: Any, number: int, who: Doer | None = None) -> Any:
        return await self.broadcasts.act(number, act, who or self.desk.elena)

    async def state(self, number: int) -> str:
        found = await self.broadcasts.broadcast(number)
        assert found is not None
        return f"{found.state} {found.reason}".strip()

    async def is_(self, number: int, state: str) -> None:
        async def as_said() -> bool:
            return await self.state(number) == state

        await self.way.until(as_said)

    async def account(self, number: int) -> dict[tuple[str, str], int]:
        return await self.desk.account(number)

    async def comes_to(self, number: int, account: dict[tuple[str, str], int]) -> bool:
        async def has() -> bool:
            return await self.account(number) == account

        await self.way.until(has)
        return True

    async def ticks(self) -> None:
        while True:
            try:
                await self.broadcasts.tick()
            except StoreError:
                pass
            await asyncio.sleep(0.02)

    def read(self) -> Counter[str]:
        """How many announcements each address has got."""
        return Counter(address for address, _ in self.phones.shown)


@pytest.fixture
def phones(request: pytest.FixtureRequest) -> Phones:
    return Phones(rate=getattr(request, "param", 2000.0))


def at(rate: float) -> pytest.MarkDecorator:
    """Messages a second."""
    return pytest.mark.parametrize("phones", [rate], indirect=True, ids=[f"{rate:.0f}/s"])


@pytest.fixture
async def house(tmp_path: Path, phones: Phones) -> AsyncIterator[House]:
    head = entry("announce.head", SPANISH["announce.head"], HEAD)
    files = {"languages.toml": LANGUAGES, "quy/LC_MESSAGES/bot.po": po(head)}
    write(tmp_path / "locales", {path: text.encode() for path, text in files.items()})
    async with Way(tmp_path, phones) as way:
        desk = await Desk(way.store, way.path, way.vault, now=way.now()).staffed()
        house = House(way, desk, phones, broadcasts(way))
        house.ticking = asyncio.create_task(house.ticks())
        yield house
        house.ticking.cancel()


def broadcasts(way: Way, **more: Any) -> Broadcasts:
    channel = way.channel
    return Broadcasts(
        way.store,
        way.translations,
        {channel.name: channel.rate},
        lambda name, message: fit(message, channel.limits),
        two_person=True,
        has_file=lambda path: path == KEPT.path,
        now=way.now,
        going=lambda ids: way.outbox.recall(ids),
        fed=lambda: way.outbox.wake(),
        **more,
    )


async def test_each_gets_it_once_and_the_account_is_whole(house: House) -> None:
    house.desk.women(60)
    house.desk.women(20, language="quz")
    number = await house.approved()
    await house.does("start", number)
    await house.is_(number, "done")
    assert await house.account(number) == {("sent", ""): 80}
    assert set(house.read().values()) == {1}
    assert len(house.read()) == 80
    texts = Counter(text for _, text in house.phones.shown)
    assert sorted(texts.values()) == [20, 60]
    report = await house.broadcasts.report(number)
    assert report is not None
    assert (report.unknown, report.broadcast.size) == (0, 80)


async def test_the_first_line_tells_nobody_what_it_is_about(house: House) -> None:
    shown = house.broadcasts.preview(WHAT)
    assert [(each.channel, each.language) for each in shown] == [
        ("telegram", "es"), ("telegram", "quy"),
    ]  # fmt: skip
    for each in shown:
        first, words, *_ = each.bubbles[0].text.split("\n\n")
        head = HEAD if each.language == "quy" else SPANISH["announce.head"]
        assert first == head.replace("**", "")
        assert words == TEXTS[each.language]


@at(300.0)
async def test_paused_it_stops_within_a_second_and_goes_on_when_resumed(house: House) -> None:
    women = house.desk.women(400)
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.shown) >= 20)
    await house.does("pause", number)
    at_most = len(house.phones.shown) + sum(house.way.outbox.in_flight().values())
    await asyncio.sleep(0.3)
    assert len(house.phones.shown) <= at_most < 400
    found = await house.account(number)
    assert sum(found.values()) == 400
    assert ("sending", "") not in found
    await house.does("resume", number)
    await house.is_(number, "done")
    assert set(house.read().values()) == {1}
    assert len(house.read()) == len(women)


@at(200.0)
async def test_whoever_pauses_it_elsewhere_is_obeyed_within_a_second(house: House) -> None:
    house.desk.women(400)
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.shown) >= 10)
    # As another process does it: no word to this one.
    await house.way.store.act(number, "pause", doer=house.desk.nora, now=house.way.now())
    paused = time.monotonic()
    await asyncio.sleep(1.2)
    assert len(house.phones.shown) < 400
    assert max(house.phones.asked_at) < paused + 1.0


@at(300.0)
async def test_cancelled_it_skips_all_that_waits(house: House) -> None:
    house.desk.women(400)
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.shown) >= 10)
    await house.does("cancel", number)

    async def is_swept() -> bool:
        return {state for state, _ in await house.account(number)} == {"sent", "skipped"}

    await house.way.until(is_swept)
    found = await house.account(number)
    assert found["sent", ""] == len(house.phones.shown) < 400
    assert found["sent", ""] + found["skipped", "cancelled"] == 400


async def test_too_many_failures_of_the_first_pause_it(house: House) -> None:
    house.desk.women(1500)
    house.phones.trouble = lambda address, text: SendError("rejected", permanent=True)
    number = await house.approved()
    await house.does("start", number)
    await house.is_(number, "paused canary")
    failed = (await house.account(number))["failed", "rejected"]
    assert 3 <= failed <= 40
    house.phones.trouble = lambda address, text: None
    await house.does("resume", number)  # somebody looked, and wants it for all
    await house.is_(number, "done")
    assert await house.account(number) == {
        ("failed", "rejected"): failed,
        ("sent", ""): 1500 - failed,
    }


async def test_when_the_first_arrive_all_others_follow(house: House) -> None:
    house.desk.women(1500)
    number = await house.approved()
    await house.does("start", number)
    await house.is_(number, "done")
    assert await house.account(number) == {("sent", ""): 1500}
    assert set(house.read().values()) == {1}


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ([("sent", "", 10), ("failed", "blocked", 1)], "passed"),
        ([("sent", "", 100), ("failed", "blocked", 10)], "passed"),
        ([("sent", "", 10), ("failed", "blocked", 3)], "failed"),
        ([("sent", "", 10), ("unknown", "reset", 3)], "failed"),
        ([("sent", "", 3), ("sending", "", 1)], ""),
        ([("sent", "", 3), ("waiting", "server", 1)], ""),  # it is tried again
        ([("waiting", "", 5)], ""),  # all at their own hours
        ([("waiting", "window", 5)], "passed"),
        ([("waiting", "", 5), ("sent", "", 1)], "passed"),
        ([("skipped", "opted out", 5)], "passed"),
    ],
)
def test_the_canary_is_judged_by_what_became_of_it(
    ends: list[tuple[str, str, int]], verdict: str
) -> None:
    tallies = [Tally(state, reason, "telegram", "es", many) for state, reason, many in ends]
    assert judged([*tallies, Tally("waiting", "", "", "", 900)]) == verdict


@at(200.0)
async def test_who_opts_out_while_it_is_sent_gets_it_not(house: House) -> None:
    women = house.desk.women(150)
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.shown) >= 10)
    had = set(house.read())
    addresses = [str(5200000000 + at) for at in range(len(women))]
    outs = [each for each in addresses if each not in had][-20:]
    effects: list[Any] = [Announcements(False), Forget()]
    for at, address in enumerate(outs):
        await house.way.answer(address, effects=[effects[at % 2]])
    at_once = set(house.read()) | {parcel for parcel in house.phones.busy}
    await house.is_(number, "done")
    assert not (set(house.read()) - at_once) & set(outs)
    found = await house.account(number)
    assert sum(found.values()) == 150
    assert found["skipped", "opted out"] + found["skipped", "forgotten"] == len(set(outs) - at_once)


async def test_scheduled_while_willaq_is_down_it_goes_late_or_not_at_all(house: House) -> None:
    house.desk.women(3)
    now = house.way.now()
    late = await house.approved(start_at=now + 60, expires_after_s=2 * HOUR)
    gone = await house.approved(start_at=now + 61, expires_after_s=HOUR)
    for number in (late, gone):
        await house.does("schedule", number)
    assert house.ticking is not None
    house.ticking.cancel()
    house.way.later(1.5 * HOUR)
    assert house.phones.shown == []
    house.ticking = asyncio.create_task(house.ticks())
    await house.is_(late, "done")
    await house.is_(gone, "cancelled expired")
    assert len(house.phones.shown) == 3


async def test_what_fails_in_her_own_late_hours_is_tried_again_in_them(house: House) -> None:
    house.desk.women(3, hours_from=20, hours_until=0)
    house.way.later(9.5 * HOUR)  # it was noon: the house sleeps
    house.phones.trouble = lambda address, text: SendError("server", retry_after_s=0.05)
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.asked) >= 3)
    house.phones.trouble = lambda address, text: None
    await house.is_(number, "done")
    assert await house.account(number) == {("sent", ""): 3}


@at(400.0)
async def test_a_clock_that_jumps_a_day_neither_doubles_nor_loses(house: House) -> None:
    house.desk.women(300)
    weekly = await house.approved(start_at=house.way.now() + 5, repeat="weekly")
    await house.does("schedule", weekly)
    house.way.later(5)
    await house.way.until(lambda: len(house.phones.shown) >= 20)
    house.way.later(-DAY)
    await house.way.until(lambda: len(house.phones.shown) >= 100)
    house.way.later(2 * DAY)
    await house.way.until(lambda: len(house.phones.shown) >= 200)
    house.way.later(-DAY)
    await house.is_(weekly, "done")
    assert await house.account(weekly) == {("sent", ""): 300}
    assert set(house.read().values()) == {1}
    (following,) = await house.way.store.alive()
    assert following.state == "scheduled"


@at(400.0)
async def test_while_the_disk_is_full_nothing_goes_twice_and_nothing_is_lost(house: House) -> None:
    house.desk.women(300)
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.shown) >= 40)
    await full(house.way, True)
    await asyncio.sleep(0.4)
    await full(house.way, False)
    await house.is_(number, "done")
    assert await house.account(number) == {("sent", ""): 300}
    assert set(house.read().values()) == {1}


async def full(way: Way, is_full: bool) -> None:
    """SQLite then answers as on a full disk."""

    def limit(connection: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}").fetchall()

    await way.store._writer.between(limit)


async def test_in_whatever_goes_wrong_every_one_is_in_one_state(house: House) -> None:
    dice = random.Random(4)
    house.desk.women(200)
    unsure: set[str] = set()

    def before(address: str, text: str) -> Exception | None:
        return dice.choice(
            [None, None, None, None, SendError("server"), RuntimeError(text),
             SendError("rate", retry_after_s=0.02, everyone=True),
             SendError("blocked", unreachable=True)]
        )  # fmt: skip

    def afterwards(address: str, text: str) -> Exception | None:
        if dice.random() < 0.9:
            return None
        unsure.add(address)
        return SendError("reset", unsure=True)

    house.phones.trouble, house.phones.after = before, afterwards
    number = await house.approved()
    await house.does("start", number)
    while await house.state(number) != "done":
        house.way.later(2)
        await asyncio.sleep(0.02)
        assert sum((await house.account(number)).values()) == 200
    found = await house.account(number)
    assert found["unknown", "reset"] == len(unsure) > 0
    assert set(house.read().values()) == {1}
    assert found["sent", ""] + len(unsure) == len(house.read())
    house.phones.trouble = house.phones.after = lambda address, text: None
    assert await house.broadcasts.resend_unknown(number, house.desk.elena) == len(unsure)
    await house.is_(number, "done")
    assert {who for who, times in house.read().items() if times > 1} == unsure


async def test_who_must_be_knocked_for_reads_it_when_she_answers(tmp_path: Path) -> None:
    phones = Phones(name="whatsapp", knocks=True, rate=500.0)
    async with Way(tmp_path, phones) as way:
        desk = await Desk(way.store, way.path, way.vault, now=way.now()).staffed()
        house = House(way, desk, phones, broadcasts(way))
        house.ticking = asyncio.create_task(house.ticks())
        desk.women(3, channel="whatsapp", window_until=0)
        desk.women(2, channel="whatsapp", window_until=way.now() + DAY)
        number = await house.approved()
        counts = await house.broadcasts.dry_run(WHAT)
        assert (counts.total, counts.knocks) == (5, 3)
        assert counts.finish_s == {"whatsapp": 8 / 500}
        await house.does("start", number)
        await way.until(lambda: len(phones.shown) == 5)
        assert Counter(text == KNOCK for _, text in phones.shown) == {True: 3, False: 2}
        way.later(10 * HOUR)  # at night
        (knocked, *_) = [address for address, text in phones.shown if text == KNOCK]
        await way.answer(knocked, window_s=DAY)
        way.outbox.wake()
        await way.until(lambda: len(phones.read_by(knocked)) == 2)
        assert await house.comes_to(number, {("sent", ""): 3, ("waiting", "window"): 2})
        way.later(3 * DAY)
        await house.is_(number, "done expired")
        assert await house.account(number) == {("sent", ""): 3, ("skipped", "expired"): 2}
        house.ticking.cancel()


@pytest.mark.parametrize(
    ("starts_in", "ends_in"),
    [
        (None, 31 * HOUR),  # from noon 9 hours of this day, and 11 of the next from 8 on
        (10 * HOUR, (20 + 13 + 11 + 7) * HOUR),  # at 22 it waits for the morning: 13 hours, and 7
    ],
)
async def test_a_dry_run_says_when_it_is_done_with_the_nights(
    house: House, starts_in: float | None, ends_in: float
) -> None:
    house.desk.women(20)
    now, way = house.way.now(), house.way
    slow = Broadcasts(
        way.store, way.translations, {"telegram": 1 / HOUR}, lambda name, message: [message],
        two_person=True, now=lambda: now,
    )  # fmt: skip
    start = None if starts_in is None else now + starts_in
    counts = await slow.dry_run(replace(WHAT, start_at=start))
    assert counts.finish_s == {"telegram": pytest.approx(20 * HOUR)}
    assert counts.finish_at == {"telegram": pytest.approx(now + ends_in, abs=60)}


@at(20)
async def test_what_replies_kept_back_until_it_was_too_late_is_told(house: House) -> None:
    house.desk.women(10)
    for number in range(300):
        await house.way.answer(str(number), "una respuesta")
    number = await house.approved()
    await house.does("start", number)
    await house.way.until(lambda: len(house.phones.shown) >= 10)
    assert {text for _, text in house.phones.shown} == {"una respuesta"}
    assert await house.account(number) == {("waiting", ""): 10}
    house.way.later(3 * DAY + HOUR)
    await house.is_(number, "done expired")
    assert await house.account(number) == {("skipped", "expired"): 10}


async def test_a_test_goes_to_who_asks_for_it_and_to_nobody_else(house: House) -> None:
    house.desk.women(2)
    assert not await house.broadcasts.try_out(WHAT, house.desk.elena)
    (elena,) = house.desk.women(1, wanted=0)
    house.desk.sql(
        "UPDATE staff SET address_index = (SELECT address_index FROM people WHERE id = ?)"
        " WHERE id = ?",
        elena,
        house.desk.elena.staff_id,
    )
    assert await house.broadcasts.try_out(WHAT, house.desk.elena)
    await house.way.until(lambda: len(house.phones.shown) == 2)
    assert set(house.read()) == {"5200000002"}
    assert not await house.broadcasts.try_out(WHAT, house.desk.nora)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"title": "x" * 81}, ["title"]),
        ({"texts": {}}, ["texts"]),
        ({"texts": {"es": " ", "quy": "Ari"}}, ["texts.es"]),
        ({"texts": {"es": "Hola", "xx": "?"}}, ["texts.xx"]),
        ({"texts": {"quy": "Ari"}}, ["texts.es"]),
        ({"texts": {"quy": "Ari"}, "audience": Audience(languages=("quy",))}, []),
        ({"texts": {"es": "largo " * 3000, "quy": "Ari"}}, ["texts.es"]),
        ({"audience": Audience(channels=("sms",))}, ["channels"]),
        ({"audience": Audience(regions=("05", "99", "050101"))}, ["regions", "regions"]),
        ({"start_at": 1.0}, ["start_at"]),
        ({"expires_after_s": 60.0}, ["expires_after_s"]),
        ({"expires_after_s": 31 * DAY}, ["expires_after_s"]),
        ({"attachment": KEPT}, []),
        ({"attachment": File(KEPT.path.replace("a", "b"), kind="image")}, ["attachment"]),
        ({"attachment": File("../data.key")}, ["attachment"]),
        ({"title": "", "texts": {}, "start_at": 1.0}, ["title", "texts", "start_at"]),
    ],
)
async def test_all_that_is_wrong_is_told_at_once_by_its_field(
    house: House, changed: dict[str, Any], fields: list[str]
) -> None:
    found = house.broadcasts.faults(replace(WHAT, **changed))
    assert [each.field for each in found] == fields
    for each in found:
        text, _ = house.way.translations().say(each.line, "es")
        assert text
        assert "{" not in text


async def test_what_begins_and_ends_in_one_night_is_told(house: House) -> None:
    ten = house.way.now() + 10 * HOUR  # it is noon
    what = replace(WHAT, start_at=ten, expires_after_s=6 * HOUR)
    assert [each.field for each in house.broadcasts.faults(what)] == ["expires_after_s"]
    assert house.broadcasts.faults(replace(what, expires_after_s=12 * HOUR)) == ()


@pytest.mark.parametrize(
    ("state", "reason", "key"),
    [
        ("sent", "", "announced.sent"),
        ("skipped", "opted out", "announced.skipped.opted-out"),
        ("failed", "gave up: rejected", "announced.failed.rejected"),
        ("failed", "something new", "announced.failed"),
        ("skipped", "no text in her language", "announced.skipped.no-text-in-her-language"),
    ],
)
def test_the_report_gives_reasons_in_plain_words(state: str, reason: str, key: str) -> None:
    assert why(Tally(state, reason, "", "", 1)).key == key


async def test_pressed_twice_at_once_it_begins_once(house: House) -> None:
    house.desk.women(30)
    number = await house.approved()
    both: list[Callable[[], Any]] = [lambda: house.does("start", number)] * 2
    found = await asyncio.gather(*(each() for each in both), return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in found) == 1
    await house.is_(number, "done")
    assert set(house.read().values()) == {1}
