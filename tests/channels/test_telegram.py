"""What we send to Telegram, and what its answers mean for the next try."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.base import Bubble, Channel, SendError
from bot.channels.http import CONNECTIONS
from bot.channels.telegram import Telegram
from bot.channels.telegram_http import judge
from bot.dialogue.turn import Pin
from tests.channels.telegram_bot import SCREEN, bot
from tests.people import KILLA, ROSA
from tests.standins.telegram import TOKEN, Fault, Standin

HERS = str(ROSA.chat_id)


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture
async def telegram(standin: Standin) -> AsyncIterator[Telegram]:
    async with bot(standin) as telegram:
        yield telegram


async def refused(telegram: Telegram, bubble: Bubble = SCREEN, to: str = HERS) -> dict[str, Any]:
    with pytest.raises(SendError) as caught:
        await telegram.send(to, bubble)
    assert TOKEN not in repr(caught.getrepr())
    return vars(caught.value)


async def test_she_reads_the_text_and_sees_the_buttons(
    standin: Standin, telegram: Telegram
) -> None:
    channel: Channel = telegram
    receipt = await channel.send(HERS, SCREEN)
    (message,) = standin.chat(ROSA.chat_id)
    assert message.text == "Alimentos\n\nTienes derecho a pedirlos & a recibirlos."
    assert message.rows == SCREEN.buttons
    assert receipt.ref == str(message.id)


@pytest.mark.parametrize(
    ("pin", "method", "shown"),
    [
        (Pin(-11.775, -75.5, "Centro", "Jirón 1"), "sendVenue", "Centro\nJirón 1\n-11.775,-75.5"),
        (Pin(-11.775, -75.5, "Centro"), "sendLocation", "-11.775,-75.5"),
    ],
)
async def test_a_place_is_a_pin_on_her_map_that_can_be_deleted_again(
    standin: Standin, telegram: Telegram, pin: Pin, method: str, shown: str
) -> None:
    receipt = await telegram.send(HERS, Bubble("", attachments=(pin,)))
    (message,) = standin.chat(ROSA.chat_id)
    assert (message.text, message.silent) == (shown, True)
    assert len(standin.called(method)) == 1
    await telegram.erase(HERS, [receipt.ref])
    assert standin.chat(ROSA.chat_id) == []


async def test_a_message_comes_without_sound_or_preview(
    standin: Standin, telegram: Telegram
) -> None:
    await telegram.send(HERS, SCREEN)
    (message,), (call,) = standin.chat(ROSA.chat_id), standin.called("sendMessage")
    assert message.silent
    assert call.params["link_preview_options"] == {"is_disabled": True}


async def test_the_longest_text_with_the_most_buttons_is_taken(
    standin: Standin, telegram: Telegram
) -> None:
    rows = tuple((("x" * 64, "Sí"), ("ñ" * 32, "No")) for _ in range(50))
    await telegram.send(HERS, Bubble("é" * 4096, rows))
    assert len(standin.chat(ROSA.chat_id)[0].text) == 4096


@pytest.mark.parametrize(
    ("bubble", "why"),
    [
        (Bubble("<b>sin final"), "can't parse entities"),
        (Bubble("uno < dos"), "can't parse entities"),
        (Bubble("<p>párrafo</p>"), "can't parse entities"),
        (Bubble("<b><i>cruzados</b></i>"), "can't parse entities"),
        (Bubble("x" * 4097), "message is too long"),
        (Bubble("<b> </b>"), "message text is empty"),
        (Bubble("x", ((("ñ" * 33, "No"),),)), "BUTTON_DATA_INVALID"),
        (Bubble("x", ((("menu", ""),),)), "another reason"),
    ],
)
async def test_what_breaks_the_rules_is_never_sent_again_and_the_log_does_not_quote_it(
    telegram: Telegram, bubble: Bubble, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = await refused(telegram, bubble)
    assert error["reason"] == "rejected" and error["permanent"] and not error["unreachable"]
    (line,) = caplog.records
    assert line.levelno == logging.ERROR
    assert line.getMessage() == f"Telegram refuses a request of ours: {why}"


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        ((403, "Forbidden: bot was blocked by the user"), "blocked"),
        ((403, "Forbidden: user is deactivated"), "blocked"),
        ((403, "Forbidden: bot was kicked from the group chat"), "blocked"),
        ((400, "Bad Request: chat not found"), "missing"),
        ((400, "Bad Request: PEER_ID_INVALID"), "missing"),
    ],
)
async def test_a_woman_who_cannot_be_written_to_is_unreachable(
    standin: Standin, telegram: Telegram, answer: tuple[int, str], meaning: str
) -> None:
    standin.refused[ROSA.chat_id] = answer
    error = await refused(telegram)
    assert (error["reason"], error["permanent"], error["unreachable"]) == (meaning, True, True)
    await telegram.send(str(KILLA.chat_id), SCREEN)


@pytest.mark.parametrize(
    ("trouble", "reason", "unsure"),
    [
        ("500", "server", False),
        ("502", "server", True),
        ("reset", "network", True),
        ("drop", "network", True),
        ("garbled", "garbled", True),
    ],
)
async def test_what_may_go_better_later_is_tried_again(
    standin: Standin, telegram: Telegram, trouble: Any, reason: str, unsure: bool
) -> None:
    standin.faults.append(Fault(trouble))
    error = await refused(telegram)
    assert (error["reason"], error["permanent"], error["unsure"]) == (reason, False, unsure)
    arrived = trouble in ("drop", "garbled")
    assert len(standin.chat(ROSA.chat_id)) == arrived
    assert not arrived or error["unsure"]
    await telegram.send(HERS, SCREEN)


async def test_an_answer_that_never_comes_leaves_us_unsure(
    standin: Standin, telegram: Telegram
) -> None:
    client = telegram._opened
    standin.faults.append(Fault("hang"))
    with pytest.raises(SendError) as caught:
        await client.call("sendMessage", {"chat_id": 1, "text": "x"}, patience_s=0.05)
    assert (caught.value.reason, caught.value.unsure) == ("network", True)


async def test_a_server_that_is_not_there_took_nothing() -> None:
    async with Standin() as standin:
        url = standin.url
    telegram = Telegram(token=TOKEN, api_url=url)
    await telegram.start()
    error = await refused(telegram)
    await telegram.stop()
    assert (error["reason"], error["permanent"], error["unsure"]) == ("network", False, False)


async def test_too_many_messages_in_all_hold_everybody(
    standin: Standin, telegram: Telegram
) -> None:
    standin.faults.append(Fault("429"))
    error = await refused(telegram)
    assert (error["reason"], error["retry_after_s"], error["everyone"]) == ("rate", 3.0, True)
    assert not error["permanent"] and not error["unsure"]


async def test_too_many_messages_to_one_woman_hold_only_her() -> None:
    async with Standin(rate=1000, chat_rate=1, chat_burst=2) as standin, bot(standin) as telegram:
        await telegram.send(HERS, SCREEN)
        await telegram.send(HERS, SCREEN)
        error = await refused(telegram)
        assert (error["reason"], error["everyone"]) == ("rate", False)
        await telegram.send(str(KILLA.chat_id), SCREEN)


async def test_a_wrong_token_is_no_fault_of_the_message(standin: Standin) -> None:
    for token in ("110201543:wrong-wrong-wrong-wrong-wrong-wrong", "not a token"):
        async with bot(standin, token=token) as telegram:
            error = await refused(telegram)
            assert (error["reason"], error["permanent"]) == ("token", False)
            assert error["everyone"] and error["retry_after_s"] >= 30


JUDGED = [
    (429, '{"ok":false,"error_code":429,"description":"x"}', "rate", {"retry_after_s": 5.0}),
    (400, '{"ok":false,"parameters":{"migrate_to_chat_id":-1001}}', "moved", {"permanent": True}),
    (409, '{"ok":false,"error_code":409}', "conflict", {}),
    (413, '{"ok":false,"error_code":413}', "rejected", {"permanent": True}),
    (500, '{"ok":false,"error_code":500}', "server", {}),
    (200, '{"ok":false,"error_code":403}', "blocked", {"permanent": True, "unreachable": True}),
    (200, '{"ok":true', "garbled", {"unsure": True}),
    (200, "[]", "garbled", {"unsure": True}),
    (302, "", "server", {}),
    (404, "<html>not Telegram at all</html>", "token", {"everyone": True}),
    (403, "<html>a firewall</html>", "server", {}),
    (400, "<html>a proxy</html>", "server", {}),
    (504, "<html>a proxy</html>", "server", {"unsure": True}),
    (429, '{"ok":false,"parameters":{"retry_after":"soon"}}', "rate", {"retry_after_s": 5.0}),
    (400, '{"ok":false,"parameters":[],"description":null}', "rejected", {"permanent": True}),
]


@pytest.mark.parametrize(("status", "body", "reason", "fields"), JUDGED)
def test_answers_that_are_seldom_seen(
    status: int, body: str, reason: str, fields: dict[str, Any]
) -> None:
    error = vars(judge(status, body.encode(), "sendMessage"))
    told = {"permanent": False, "unreachable": False, "unsure": False, **fields}
    assert error["reason"] == reason
    assert {name: error[name] for name in told} == told


async def test_erasing_takes_the_messages_of_both_sides_and_minds_none_that_are_gone(
    standin: Standin, telegram: Telegram
) -> None:
    standin.chat_rate = standin.everyone.rate = 0
    for _ in range(101):
        standin.say(ROSA.chat_id, "hola")
        await telegram.send(HERS, SCREEN)
    refs = [str(message.id) for message in standin.chat(ROSA.chat_id)]
    await telegram.erase(HERS, [*refs, "999999"])
    assert standin.chat(ROSA.chat_id) == []
    assert len(standin.called("deleteMessages")) == 3


async def test_one_message_that_is_too_old_does_not_save_the_others(
    standin: Standin, telegram: Telegram
) -> None:
    for _ in range(9):
        standin.say(ROSA.chat_id, "hola")
    messages = standin.chat(ROSA.chat_id)
    messages[0].too_old = messages[4].too_old = True
    await telegram.erase(HERS, [str(message.id) for message in messages])
    assert standin.chat(ROSA.chat_id) == [messages[0], messages[4]]


async def test_erasing_tells_when_the_platform_cannot_be_reached(
    standin: Standin, telegram: Telegram
) -> None:
    standin.faults.append(Fault("500", method="deleteMessages"))
    with pytest.raises(SendError) as caught:
        await telegram.erase(HERS, ["1"])
    assert caught.value.reason == "server"


async def test_a_group_is_left_once_and_a_second_time_is_no_error(
    standin: Standin, telegram: Telegram
) -> None:
    standin.add_to_group(-1001)
    await telegram.leave("-1001")
    await telegram.leave("-1001")
    assert standin.chats[-1001].left


async def test_the_clock_on_a_button_stops_without_anyone_waiting(
    standin: Standin, telegram: Telegram
) -> None:
    await telegram.send(HERS, SCREEN)
    standin.press(ROSA.chat_id, "Pasos")
    (query_id,) = standin.open_queries
    standin.faults.append(Fault("delay", method="answerCallbackQuery", delay_s=0.2))
    began = time.monotonic()
    telegram.acknowledge(query_id)
    assert time.monotonic() - began < 0.1
    await standin.until(lambda: not standin.open_queries)


async def test_an_old_button_is_no_trouble(
    standin: Standin, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.acknowledge("12345")
    await standin.until(lambda: ("answerCallbackQuery", 400) in standin.counts)
    await asyncio.gather(*telegram._acknowledgements)
    assert not [line for line in caplog.records if line.levelno >= logging.WARNING]


async def test_connections_are_kept_and_one_that_was_closed_meanwhile_costs_no_message() -> None:
    async with Standin(rate=0, chat_rate=0) as standin, bot(standin) as telegram:
        for _ in range(20):
            await telegram.send(HERS, SCREEN)
        assert standin.server.open_connections <= 2  # setting up had one too
        await standin.server.hang_up()
        await asyncio.sleep(0.01)
        assert standin.server.open_connections == 0
        await telegram.send(HERS, SCREEN)
        assert len(standin.said(ROSA.chat_id)) == 21


async def test_256_messages_are_on_their_way_at_once() -> None:
    async with Standin(rate=0, chat_rate=0, delay_s=0.1) as standin, bot(standin) as telegram:
        began = time.monotonic()
        await asyncio.gather(*(telegram.send(str(1000 + n), SCREEN) for n in range(256)))
        assert time.monotonic() - began < 2.0
        assert CONNECTIONS > 256


async def test_one_message_costs_less_than_a_third_of_a_millisecond() -> None:
    """The stand-in works in the same process, so the bound is for both together."""
    light = Standin(rate=0, chat_rate=0, validate=False, journal=False)
    async with light as standin, bot(standin) as telegram:

        async def send(messages: int) -> None:
            for _ in range(messages):
                await telegram.send(HERS, SCREEN)

        await send(10)
        costs = []
        for _ in range(3):
            began = time.process_time()
            await asyncio.gather(*(send(10) for _ in range(16)))
            costs.append((time.process_time() - began) / 160)
        assert min(costs) < 0.0006


def test_a_willaq_without_telegram_does_not_load_its_library() -> None:
    program = "import sys, bot.channels.telegram; sys.exit('telegram' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
