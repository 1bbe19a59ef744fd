"""What pages lean on: parts that go on by themselves, challenges, what is said when all fails."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import Request

from bot.dialogue.staff import Staff
from bot.store.base import StoreError
from bot.web.desk import live
from bot.web.desk.call import Call, getting
from bot.web.desk.challenges import GOOD_S, Challenges
from bot.web.desk.guard import Guard
from bot.web.words import CONSOLE
from tests.web.office import COMMAND, Bureau


@pytest.fixture
async def bureau() -> AsyncIterator[Bureau]:
    async with Bureau() as bureau:
        yield bureau


async def call_of(bureau: Bureau, name: str = "Elena") -> Call:
    """Of the only one who works there."""
    browser = await bureau.hired(name)
    [staff] = await bureau.store.staff()
    request = Request({"type": "http", "headers": [], "path": "/console", "method": "GET"})
    return Call(bureau.office, request, "es", staff=staff, token=browser.web.cookies["willaq"])


def stream(call: Call, part: Any, **options: Any) -> Any:
    answer: Any = live.live(call, part, every_s=0.01, **options)
    assert answer.media_type == "text/event-stream"
    return answer.body_iterator


async def test_a_live_part_comes_once_and_when_it_changes(bureau: Bureau) -> None:
    texts = iter(["<b>1</b>", "<b>1</b>", "<b>2\nlines</b>", "<b>3</b>"])
    shown = ""

    async def part() -> str:
        nonlocal shown
        shown = next(texts)
        return shown

    said = [each async for each in stream(await call_of(bureau), part, until=lambda: "3" in shown)]
    assert said == [
        "data: <b>1</b>\n\n",
        "data: <b>2\ndata: lines</b>\n\n",
        "data: <b>3</b>\n\n",
        "event: end\ndata: \n\n",
    ]


async def test_a_live_part_ends_when_she_is_revoked_and_when_willaq_stops(bureau: Bureau) -> None:
    call, numbers = await call_of(bureau), iter(range(1000))

    async def part() -> str:
        return str(next(numbers))

    events = stream(call, part)
    assert await anext(events) == "data: 0\n\n"
    await bureau.store.revoke(1, doer=COMMAND, now=bureau.now())
    assert [each async for each in events] == []
    call = await call_of(bureau, "Nora")
    events = stream(call, part)
    await anext(events)
    bureau.office.stopping.set()
    assert [each async for each in events][-1].startswith("event: end")


def test_a_challenge_is_ours_fresh_for_one_purpose_and_used_once() -> None:
    clock = [1_800_000_000.0]
    challenges = Challenges(lambda what: what[-1:].ljust(32, b"s"), lambda: clock[0])
    challenge = challenges.make("sign in")
    assert challenges.is_good(challenge, "sign in")
    assert not challenges.is_good(b"\0" * 56, "sign in")
    assert not challenges.is_good(challenge[:-1], "sign in")
    assert not challenges.is_good(b"", "sign in")
    challenges.use(challenge)
    assert not challenges.is_good(challenge, "sign in"), "once"
    late = challenges.make("sign in")
    clock[0] += GOOD_S + 1
    assert not challenges.is_good(late, "sign in")


async def test_challenges_of_two_purposes_are_no_use_for_each_other(bureau: Bureau) -> None:
    challenges = Challenges(bureau.office.sign, bureau.now)
    assert not challenges.is_good(challenges.make("add 1"), "sign in")
    assert not challenges.is_good(challenges.make("add 1"), "add 2")


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "null", "{", '{"rawId": 3, "response": []}', '{"response": {}}',
     '{"rawId": "x", "response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiAiYSJ9"}}'],
)  # fmt: skip
async def test_what_is_no_passkey_opens_nothing(bureau: Bureau, credential: str) -> None:
    await bureau.hired("Elena")
    marta = bureau.browser()
    answer = await marta.sends("/console/sign-in/passkey", credential=credential)
    assert (answer.status_code, marta.web.cookies.get("willaq")) == (403, None)


@pytest.mark.parametrize(
    ("failure", "status", "said"),
    [
        (StoreError("disk full"), 503, "Ahora no se puede"),
        (KeyError("987654321"), 500, "Algo falló"),
    ],
)
async def test_when_it_fails_she_is_told_in_plain_words(
    bureau: Bureau, failure: Exception, status: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(call: Call, staff: Staff) -> Any:
        raise failure

    elena = await bureau.hired("Elena")
    guard = Guard(bureau.office, [getting("/console/broken", breaks)], [])
    bureau.app.routes[1].endpoint = bureau.app.routes[1].app = guard  # type: ignore[attr-defined]
    with caplog.at_level(logging.CRITICAL):
        answer = await elena.opens("/console/broken")
    assert answer.status_code == status and said in answer.text
    assert "987654321" not in answer.text and "disk full" not in answer.text


def test_each_phrase_of_the_console_has_a_name_of_its_own() -> None:
    keys = [phrase.key for phrase in CONSOLE]
    assert len(keys) == len(set(keys))
    assert all(key.startswith("console.") for key in keys), "or it would be said to women"
