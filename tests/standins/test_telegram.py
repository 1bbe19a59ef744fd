"""That the stand-in is as strict as it says, judged by a client nobody here wrote."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import aiohttp
import orjson
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from tests.people import KILLA, ROSA
from tests.standins.raw_http import Answer, Request, Server
from tests.standins.telegram import TOKEN, Standin
from tests.standins.telegram_rules import Refusal, Rules, find_spec, rules, visible


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture
async def client(standin: Standin) -> AsyncIterator[Bot]:
    async with Bot(standin.token, base_url=f"{standin.url}/bot") as client:
        yield client


async def call(standin: Standin, method: str, **params: Any) -> dict[str, Any]:
    url = f"{standin.url}/bot{standin.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        body: dict[str, Any] = orjson.loads(await answer.read())
        assert answer.status == body.get("error_code", 200)
        return body


async def test_the_library_understands_every_update_it_makes(standin: Standin, client: Bot) -> None:
    standin.say(ROSA.chat_id, "/start")
    standin.does(ROSA.chat_id, {"location": {"latitude": -13.1, "longitude": -74.2}})
    standin.edit(ROSA.chat_id, 1, "hola")
    sent = await client.send_message(
        ROSA.chat_id,
        "<b>Menú</b>",
        parse_mode="HTML",
        protect_content=True,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Ayuda", callback_data="help")]]),
    )
    assert (sent.text, sent.chat_id) == ("Menú", ROSA.chat_id)
    standin.press(ROSA.chat_id, "Ayuda")
    standin.press(ROSA.chat_id, "help")
    standin.block(ROSA.chat_id)
    standin.unblock(ROSA.chat_id)
    standin.add_to_group(-1001)
    updates = await client.get_updates(allowed_updates=["message", "edited_message"])
    assert [update.update_id for update in updates] == sorted(u.update_id for u in updates)
    assert len(updates) == 8
    assert not any(update.api_kwargs for update in updates)
    assert updates[0].message is not None and updates[0].message.text == "/start"
    query = updates[3].callback_query
    assert query is not None
    assert await client.answer_callback_query(query.id)


async def test_updates_stay_until_a_higher_offset_confirms_them(
    standin: Standin, client: Bot
) -> None:
    first, second = standin.say(ROSA.chat_id, "uno"), standin.say(ROSA.chat_id, "dos")
    assert len(await client.get_updates()) == 2
    assert len(await client.get_updates(limit=1)) == 1
    assert [u.update_id for u in await client.get_updates(offset=first + 1)] == [second]
    assert await client.get_updates(offset=second + 1) == ()


async def test_a_kind_that_was_not_asked_for_is_not_shown(standin: Standin, client: Bot) -> None:
    await client.get_updates(allowed_updates=["callback_query"])
    standin.say(ROSA.chat_id, "hola")
    assert await client.get_updates() == ()


async def test_the_token_the_method_and_the_webhook_are_checked(
    standin: Standin, client: Bot
) -> None:
    with pytest.raises(InvalidToken):
        # Asks for its own name first.
        async with Bot("1:wrong", base_url=f"{standin.url}/bot"):
            raise AssertionError
    with pytest.raises(InvalidToken):
        await client.send_dice(ROSA.chat_id)
    with pytest.raises(BadRequest, match="https url"):
        await client.set_webhook("http://willaq.example.org/hooks/telegram")
    await client.set_webhook("http://127.0.0.1:9/hooks/telegram")
    with pytest.raises(Conflict):
        await client.get_updates()


@pytest.mark.parametrize(
    "params",
    [
        {"chat_id": 1, "text": "x", "disable_web_page_preview": True},
        {"chat_id": 1, "text": "x", "silent": True},
        {"text": "x"},
        {"chat_id": 1},
        {"chat_id": 1, "text": "x", "parse_mode": "Fancy"},
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        {"chat_id": 1, "text": "x", "reply_markup": {"keyboards": []}},
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x", "q": 1}]]},
        },
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
        },
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 9]},
        },
    ],
)
async def test_a_request_that_is_wrong_in_form_is_refused(params: dict[str, Any]) -> None:
    for judge in _judges():
        with pytest.raises(Refusal):
            judge("sendMessage", params)
            visible(params["text"], params.get("parse_mode"))


def _judges() -> Iterator[Callable[[str, dict[str, Any]], None]]:
    """By the library alone, and with the description of the API where it is at hand."""
    yield Rules(None).check
    if find_spec():
        yield rules().check


@pytest.mark.skipif(find_spec() is None, reason="no description of the Bot API at hand")
@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 1.5, "text": "x"}),
        ("sendMessage", {"chat_id": 1, "text": 5}),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "yes"}),
        ("sendMessage", {"chat_id": 1, "text": "x", "link_preview_options": {"off": True}}),
        ("deleteMessages", {"chat_id": 1, "message_ids": ["a"]}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}),
        ("setMyCommands", {"commands": [{"command": "menu", "description": ""}]}),
    ],
)
def test_types_and_lengths_are_those_of_the_description(
    method: str, params: dict[str, Any]
) -> None:
    with pytest.raises(Refusal):
        rules().check(method, params)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("a &lt; b &amp;&amp; c &#225; &quot;d&quot;", 'a < b && c á "d"'),
        ("<b>a <i>b</i></b>", "a b"),
        ('<a href="https://example.org/?a=1&amp;b=2">sitio</a>', "sitio"),
        ("a & b", "a & b"),
    ],
)
def test_what_she_reads_is_the_text_without_its_tags(html: str, plain: str) -> None:
    assert visible(html, "HTML") == plain


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("ñ<p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class'),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(html: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        visible(html, "HTML")
    assert why in str(caught.value)


async def test_the_pace_of_all_and_of_each_is_held(standin: Standin) -> None:
    statuses = [(await call(standin, "sendMessage", chat_id=1000 + n, text="x")) for n in range(12)]
    refused = [each for each in statuses if not each["ok"]]
    assert refused and refused[0]["parameters"] == {"retry_after": 1}
    standin.everyone.rate = 0
    hers = [(await call(standin, "sendMessage", chat_id=7, text="x"))["ok"] for _ in range(7)]
    assert hers.count(True) == 5


async def test_a_woman_who_blocked_the_bot_gets_nothing(standin: Standin, client: Bot) -> None:
    standin.block(ROSA.chat_id)
    with pytest.raises(Forbidden, match="blocked"):
        await client.send_message(ROSA.chat_id, "x")
    standin.unblock(ROSA.chat_id)
    await client.send_message(ROSA.chat_id, "x")


async def test_the_webhook_gets_each_update_until_it_says_yes_and_several_at_once(
    standin: Standin, client: Bot
) -> None:
    heard: list[int] = []
    secrets: set[str | None] = set()
    at_once = most = 0

    async def hook(request: Request) -> Answer:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.01)
        at_once -= 1
        heard.append(orjson.loads(request.body)["update_id"])
        secrets.add(request.headers.get("x-telegram-bot-api-secret-token"))
        return Answer(status=200 if heard.count(heard[-1]) == 2 else 503)

    server = Server(hook)
    await server.start()
    before = standin.say(ROSA.chat_id, "antes")
    await client.set_webhook(
        f"http://127.0.0.1:{server.port}/hooks/telegram", secret_token="s3cret", max_connections=3
    )
    ids = [before, *(standin.say(KILLA.chat_id, str(number)) for number in range(9))]
    await standin.until(lambda: not standin.updates.pending)
    await client.delete_webhook()
    await server.stop()
    assert sorted(heard) == sorted(ids * 2)
    assert secrets == {"s3cret"}
    assert most == 3
    assert standin.updates.webhook_answers == {503: 10, 200: 10}


async def test_a_bot_may_put_one_call_into_its_answer_to_a_push(standin: Standin) -> None:
    query = {"id": "7", "from": {"id": ROSA.chat_id}, "data": "menu"}
    standin.open_queries.add("7")
    called = {"method": "answerCallbackQuery", "callback_query_id": "7"}
    answers = [Answer(), Answer(b"thanks"), Answer(orjson.dumps(called))]
    server = Server(lambda request: answers.pop(0))
    await server.start()
    standin.updates.set_webhook(f"http://127.0.0.1:{server.port}/", "", 1, None)
    while answers:
        assert standin.open_queries == {"7"}
        standin.updates.add("callback_query", query)
        await standin.until(lambda: not standin.updates.pending)
    assert not standin.open_queries
    assert standin.counts["answerCallbackQuery", 200] == 1
    standin.updates.delete_webhook()
    await server.stop()


async def test_it_runs_as_a_process_of_its_own() -> None:
    program = [sys.executable, "-m", "tests.standins.telegram", "--rate", "0", "--light"]
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        told = orjson.loads(await process.stdout.readline())
        assert told["token"] == TOKEN
        async with aiohttp.ClientSession() as session:

            async def control(verb: str, **arguments: Any) -> Any:
                url = f"{told['url']}/control/{verb}"
                async with session.post(url, json=arguments) as answer:
                    return orjson.loads(await answer.read())

            await control("say", chat_id=5, text="hola")
            async with Bot(told["token"], base_url=f"{told['url']}/bot") as client:
                await client.send_message(5, "buenas")
            assert [each["text"] for each in await control("chat", chat_id=5)] == ["hola", "buenas"]
            counts = await control("counts")
            assert counts["calls"]["sendMessage 200"] == 1 and counts["pending"] == 1
            assert "error" in await control("dance")
    finally:
        process.terminate()
        assert await process.wait() == 0


async def test_it_is_fast_enough_to_measure_others_with() -> None:
    """6,000 requests a second alone on a processor; here the client shares it."""
    light = Standin(rate=0, chat_rate=0, validate=False, journal=False)
    body = orjson.dumps({"chat_id": 1, "text": "hola"})
    head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    async with light as standin:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(standin.url[17:]))
        began = time.process_time()
        for _ in range(10):
            writer.write(request * 30)
            for _ in range(30):
                await reader.readuntil(b'"hola"}}')
        cost_s = (time.process_time() - began) / 300
        writer.close()
        await writer.wait_closed()
    assert cost_s < 1 / 3000
