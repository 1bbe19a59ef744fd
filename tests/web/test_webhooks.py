"""What Telegram pushes: it hears 200 only for what is kept, and strangers hear nothing else."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from bot.channels.base import Hook, Incoming
from bot.dialogue.turn import Event
from bot.store.base import Unanswered
from bot.web.webhooks import Webhook
from tests.people import ROSA
from tests.web.house import SECRET, House, until

PATH = "/hooks/telegram"
LARGEST_BYTES = 1_000_000
TOLD = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with House() as house:
        yield house


def message(number: int, text: str = "hola") -> dict[str, Any]:
    chat = {"id": ROSA.chat_id, "type": "private"}
    sender = {"id": ROSA.chat_id, "is_bot": False, "first_name": "R"}
    said = {"message_id": number, "date": 0, "chat": chat, "from": sender, "text": text}
    return {"update_id": number, "message": said}


def press(number: int, choice: str = "menu") -> dict[str, Any]:
    shown = message(number)["message"]
    query = {"id": f"q{number}", "from": shown["from"], "message": shown, "data": choice}
    return {"update_id": number, "callback_query": query}


async def push(house: House, body: Any, **headers: str) -> tuple[int, bytes]:
    data = body if isinstance(body, bytes) else orjson.dumps(body)
    async with house.web.post(PATH, data=data, headers={**TOLD, **headers}) as answer:
        return answer.status, await answer.read()


async def test_an_update_is_kept_and_answered(house: House) -> None:
    assert await push(house, message(1)) == (200, b"")
    await until(lambda: house.telegram.shown)
    address, text = house.telegram.shown[0]
    assert address == str(ROSA.chat_id) and "Willaq" in text
    assert await house.rows("SELECT count(*) FROM heard") == [(1,)]


async def test_the_same_update_again_is_taken_and_not_answered_again(house: House) -> None:
    for _ in range(3):
        assert (await push(house, message(1)))[0] == 200
    await push(house, message(2, "menu"))
    await until(lambda: len(house.telegram.shown) >= 2)
    assert len(house.telegram.shown) == 2


async def test_a_press_is_acknowledged_within_the_answer(house: House) -> None:
    status, body = await push(house, press(1))
    assert status == 200
    assert orjson.loads(body) == {"method": "answerCallbackQuery", "callback_query_id": "q1"}
    assert house.acks == []


async def test_a_platform_that_takes_no_answer_is_called() -> None:
    async with House(answers_acks=False) as house:
        assert await push(house, press(1)) == (200, b"")
        assert house.acks == ["q1"]


@pytest.mark.parametrize("secret", [None, "", "x", SECRET[:-1], f"{SECRET}x", SECRET.upper()])
async def test_strangers_are_told_nothing_but_403(house: House, secret: str | None) -> None:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with house.web.post(PATH, json=message(1), headers=headers) as answer:
        assert answer.status == 403
    assert await house.rows("SELECT count(*) FROM heard") == [(0,)]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", b"not JSON"),
        (b"{", b"not JSON"),
        (b"\xff", b"not JSON"),
        (b"[" * 9000, b"not JSON"),
        (b"[]", b"not a JSON object"),
        (b"null", b"not a JSON object"),
        (b"7", b"not a JSON object"),
    ],
)
async def test_what_is_no_update_is_refused_with_a_word(
    house: House, body: bytes, word: bytes
) -> None:
    assert await push(house, body) == (400, word)


async def test_an_update_of_a_kind_we_do_not_know_is_taken(house: House) -> None:
    """Refused, it would come again for a day and hold up all others."""
    assert await push(house, {}) == (200, b"")
    assert await push(house, {"update_id": 1, "poll": {}}) == (200, b"")


async def test_a_megabyte_is_the_most(house: House) -> None:
    short = orjson.dumps(message(1))
    assert (await push(house, short + b" " * (LARGEST_BYTES - len(short))))[0] == 200

    async def pieces() -> AsyncIterator[bytes]:
        yield orjson.dumps(message(2))
        for _ in range(LARGEST_BYTES // 10_000):
            yield b" " * 10_000

    for data in (io.BytesIO(short + b" " * LARGEST_BYTES), pieces()):
        async with house.web.post(PATH, data=data, headers=TOLD) as answer:
            assert answer.status == 413
    assert await house.rows("SELECT count(*) FROM heard") == [(1,)]


async def test_an_update_in_pieces_is_put_together(house: House) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for byte in orjson.dumps(message(1)):
            yield bytes([byte])

    async with house.web.post(PATH, data=pieces(), headers=TOLD) as answer:
        assert answer.status == 200
    assert await house.rows("SELECT count(*) FROM heard") == [(1,)]


async def test_a_platform_that_hangs_up_half_way_is_not_heard(house: House) -> None:
    port = int(house.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n"
    head += f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\n"
    writer.write(head.encode() + b'{"update_id": 1')
    await writer.drain()
    writer.close()
    assert await reader.read() == b""
    await writer.wait_closed()
    assert (await push(house, message(1)))[0] == 200


async def test_what_cannot_be_kept_is_to_come_again(house: House) -> None:
    await house.store.close()
    assert await push(house, message(1)) == (503, b"cannot be kept now")


async def test_a_mistake_of_ours_is_to_come_again_and_the_third_time_apologized_for(
    house: House,
) -> None:
    house.catalogue = None
    assert await push(house, message(1)) == (500, b"no answer yet")
    assert (await push(house, message(1)))[0] == 500
    assert await push(house, message(1)) == (200, b"")
    await until(lambda: house.telegram.shown)
    assert "algo falló" in house.telegram.shown[0][1]


async def test_the_hook_is_for_posting_only(house: House) -> None:
    async with house.web.get(PATH, headers=TOLD) as answer:
        assert answer.status == 405


async def test_of_a_stranger_nothing_is_read_where_the_header_is_the_proof(house: House) -> None:
    port = int(house.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n"
    writer.write(f"{head}X-Telegram-Bot-Api-Secret-Token: {SECRET}x\r\n\r\n".encode())
    assert (await asyncio.wait_for(reader.readline(), 5)).split()[1] == b"403"
    writer.close()
    await writer.wait_closed()


class Platform:
    """A platform whose pushes are lists of (id, address); `fails_for` cannot be answered."""

    def __init__(self, fails_for: str = "") -> None:
        self.fails_for = fails_for
        self.kept: list[str] = []
        self.acks: list[str] = []
        self.hook = Hook(
            PATH,
            header=b"x-proof",
            is_genuine=lambda proof, body: proof == b"yes",
            parse=lambda update: [
                Incoming(id, address, Event("text", text="x"), ack=f"q{id}")
                for id, address in update["all"]
            ],
            acknowledge=self.acks.append,
            answer=lambda ack: ack.encode(),
        )

    async def receive(self, *, message_id: str, address: str, **what: Any) -> None:
        await asyncio.sleep(0)
        if address == self.fails_for:
            raise Unanswered(1, RuntimeError())
        self.kept.append(message_id)

    async def note(self, channel: str, statuses: Any) -> None:
        raise AssertionError("nothing of ours is told of here")

    async def push(self, *said: tuple[str, str]) -> tuple[int, bytes]:
        sent: list[Any] = []

        async def read() -> Any:
            body = orjson.dumps({"all": said})
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(what: Any) -> None:
            sent.append(what)

        scope = {"type": "http", "method": "POST", "headers": [(b"x-proof", b"yes")]}
        await Webhook("x", self.hook, self.receive, self.note)(scope, read, send)
        return sent[0]["status"], sent[1]["body"]


async def test_several_in_one_push_are_kept_in_order_and_all_acknowledged() -> None:
    platform = Platform()
    said = [(id, "rosa") for id in ("1", "2", "3")]
    assert await platform.push(*said) == (200, b"q1")
    assert platform.kept == ["1", "2", "3"]
    assert platform.acks == ["q2", "q3"], "an answer has room for one"


async def test_what_one_woman_cannot_be_answered_holds_up_no_other_and_comes_again() -> None:
    platform = Platform(fails_for="rosa")
    status, _ = await platform.push(("1", "killa"), ("2", "rosa"), ("3", "rosa"), ("4", "killa"))
    assert status == 500
    assert platform.kept == ["1", "4"]
    assert platform.acks == []


async def test_many_at_once_are_all_kept(house: House) -> None:
    connector = aiohttp.TCPConnector(limit=40)
    async with aiohttp.ClientSession(house.url, connector=connector) as web:

        async def one(number: int) -> int:
            update = message(number)
            update["message"]["chat"]["id"] = 5_100_000_100 + number % 50
            async with web.post(PATH, json=update, headers=TOLD) as answer:
                return answer.status

        assert set(await asyncio.gather(*(one(number) for number in range(300)))) == {200}
    assert await house.rows("SELECT count(*) FROM heard") == [(300,)]
