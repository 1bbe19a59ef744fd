"""What Meta pushes: only what it signed is listened to, and it hears 200 only for what is kept."""

import asyncio
import hashlib
import hmac
import io
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from bot.channels.whatsapp import LARGEST_BYTES
from bot.web import webhooks
from bot.web.webhooks import LARGE_AT_ONCE, SMALL_BYTES, Webhook
from tests.standins.whatsapp import APP_SECRET, VERIFY_TOKEN
from tests.web.house import House, until

PATH = "/hooks/whatsapp"
OBJECT = "whatsapp_business_account"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with House() as house:
        yield house


def said(*texts: str, who: str = "51900000001", number: int = 0) -> bytes:
    """A batch: each text in an entry of its own."""
    return orjson.dumps(
        {
            "object": OBJECT,
            "entry": [
                {"id": "1", "changes": [{"field": "messages", "value": value(text, who, at)}]}
                for at, text in enumerate(texts, number)
            ],
        }
    )


def value(text: str, who: str, at: int) -> dict[str, Any]:
    message = {
        "from": who, "id": f"wamid.{at}", "timestamp": "1800000000", "type": "text",
        "text": {"body": text},
    }  # fmt: skip
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "51", "phone_number_id": House.NUMBER_ID},
        "contacts": [{"profile": {"name": "R"}, "wa_id": who}],
        "messages": [message],
    }


def signature(body: bytes, secret: str = APP_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def push(house: House, body: Any, sign: str | None = None) -> tuple[int, bytes]:
    headers = {"X-Hub-Signature-256": signature(body) if sign is None else sign}
    async with house.web.post(PATH, data=body, headers=headers) as answer:
        return answer.status, await answer.read()


async def heard(house: House) -> int:
    return int((await house.rows("SELECT count(*) FROM heard"))[0][0])


async def test_a_signed_message_is_kept_and_answered(house: House) -> None:
    assert await push(house, said("hola")) == (200, b"")
    await until(lambda: house.whatsapp.shown)
    assert house.whatsapp.shown[0][0] == "51900000001"
    assert "Willaq" in house.whatsapp.shown[0][1]


async def test_every_message_of_a_batch_is_kept_and_a_repeated_batch_only_once(
    house: House,
) -> None:
    for _ in range(3):
        assert (await push(house, said("hola", "menu", "salir")))[0] == 200
    assert await heard(house) == 3


@pytest.mark.parametrize("bit", [0, 7, 100, 255])
async def test_a_signature_that_is_off_by_one_bit_is_refused(house: House, bit: int) -> None:
    body = said("hola")
    digest = bytearray.fromhex(signature(body).removeprefix("sha256="))
    digest[bit // 8] ^= 1 << bit % 8
    assert (await push(house, body, f"sha256={digest.hex()}"))[0] == 403
    assert await heard(house) == 0


@pytest.mark.parametrize(
    "sign", ["", "sha256=", "sha256", "sha1=0", signature(b""), signature(said("hola"), "other")]
)
async def test_whoever_cannot_sign_is_not_listened_to(house: House, sign: str) -> None:
    assert (await push(house, said("hola"), sign))[0] == 403
    async with house.web.post(PATH, data=said("hola")) as answer:
        assert answer.status == 403
    assert await heard(house) == 0


async def test_a_body_with_a_changed_byte_is_refused(house: House) -> None:
    body = said("hola")
    for at in (0, len(body) // 2, len(body) - 1):
        changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        assert (await push(house, changed, signature(body)))[0] == 403
    assert await heard(house) == 0


async def test_nothing_of_a_body_is_read_before_its_signature(house: House) -> None:
    """What is no JSON gets the same answer as what is: strangers learn nothing."""
    for body in (b"", b"{", b"\xff", b"[" * 100_000):
        assert (await push(house, body, signature(b"x"))) == (403, b"not the platform")
        assert (await push(house, body))[0] == 400
    assert await heard(house) == 0


async def test_ten_megabytes_are_refused_and_three_are_not(house: House) -> None:
    body = said("hola")
    long = body + b" " * (10_000_000 - len(body))
    headers = {"X-Hub-Signature-256": signature(long)}
    async with house.web.post(PATH, data=io.BytesIO(long), headers=headers) as answer:
        assert answer.status == 413
    assert await heard(house) == 0
    batch = body + b" " * (3_000_000 - len(body))
    assert len(batch) < LARGEST_BYTES
    headers = {"X-Hub-Signature-256": signature(batch)}
    async with house.web.post(PATH, data=io.BytesIO(batch), headers=headers) as answer:
        assert answer.status == 200


async def test_meta_makes_sure_of_us(house: House) -> None:
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": VERIFY_TOKEN,
        "hub.challenge": "1158201444",
    }
    async with house.web.get(PATH, params=query) as answer:
        assert (answer.status, await answer.text()) == (200, "1158201444")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "x"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": ""},
    ],
)
async def test_strangers_hear_no_challenge(house: House, wrong: dict[str, str]) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "9"}
    async with house.web.get(PATH, params={**query, **wrong}) as answer:
        assert answer.status == 403
        assert "9" not in await answer.text()
    async with house.web.get(PATH) as answer:
        assert answer.status == 403


async def test_what_cannot_be_kept_is_to_come_again(house: House) -> None:
    await house.store.close()
    assert await push(house, said("hola")) == (503, b"cannot be kept now")


async def test_a_status_settles_what_was_sent(house: House) -> None:
    await push(house, said("hola"))
    await until(lambda: house.whatsapp.marks)
    row_id, attempt, part, of = house.whatsapp.marks[0]
    status = {
        "id": "wamid.ours", "status": "read", "timestamp": "1800000000",
        "recipient_id": "51900000001",
        "biz_opaque_callback_data": f"{house.TAG}.{row_id}.{attempt}.{part}.{of}.b",
    }  # fmt: skip
    told = value("", "51900000001", 0)
    del told["messages"], told["contacts"]
    told["statuses"] = [status]
    change = {"field": "messages", "value": told}
    body = orjson.dumps({"object": OBJECT, "entry": [{"id": "1", "changes": [change]}]})
    await asyncio.gather(*(push(house, body) for _ in range(3)))
    assert await house.rows("SELECT state FROM outbox") == [("read",)]


class Stranger:
    """Says `says_bytes` in pieces, without a right signature, and then nothing more: neither that
    it was all nor that it hung up. `taken` is what was read of it, `answers` what it heard."""

    PIECE = bytes(16_384)

    def __init__(self, says_bytes: int) -> None:
        self.left = says_bytes // len(self.PIECE)
        self.taken = 0
        self.answers: list[int] = []

    async def read(self) -> Any:
        await asyncio.sleep(0)
        if not self.left:
            await asyncio.Event().wait()
        self.left -= 1
        self.taken += len(self.PIECE)
        return {"type": "http.request", "body": self.PIECE, "more_body": True}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.answers.append(message["status"])

    async def posts(self, hook: Webhook) -> None:
        headers = [(b"x-hub-signature-256", b"sha256=00")]
        scope = {"type": "http", "method": "POST", "headers": headers}
        await hook(scope, self.read, self.send)


async def test_a_hundred_strangers_who_do_not_come_to_an_end_hold_little_and_not_for_long(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "PATIENCE_S", 2.0)
    hook = Webhook(
        "whatsapp", house.hooks["whatsapp"], house.conversation.receive, house.outbox.note
    )
    strangers = [Stranger(LARGEST_BYTES) for _ in range(100)]
    posts = asyncio.gather(*(each.posts(hook) for each in strangers))
    await asyncio.sleep(0.5)
    most = len(strangers) * (SMALL_BYTES + len(Stranger.PIECE)) + LARGE_AT_ONCE * LARGEST_BYTES
    assert sum(each.taken for each in strangers) <= most
    await asyncio.wait_for(posts, 5)
    assert {answer for each in strangers for answer in each.answers} == {408}
    whole = Stranger(LARGEST_BYTES + SMALL_BYTES)
    await whole.posts(hook)
    assert whole.answers == [413], "there is room again"


async def test_while_strangers_hold_all_the_room_there_is_a_message_of_hers_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "PATIENCE_S", 2.0)
    port = int(house.url.rpartition(":")[2])
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=00\r\n"
    head += f"Content-Length: {LARGEST_BYTES}\r\n\r\n"
    strangers = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
    for _, writer in strangers:
        writer.write(head.encode() + bytes(2 * SMALL_BYTES))
    await asyncio.sleep(0.1)
    assert await asyncio.wait_for(push(house, said("hola")), 1) == (200, b"")
    for reader, writer in strangers:
        answer = await asyncio.wait_for(reader.read(), 5)
        assert answer.startswith(b"HTTP/1.1 408"), "and the line is closed"
        writer.close()
    batch = said("menu") + b" " * 3_000_000
    assert await push(house, io.BytesIO(batch), signature(batch)) == (200, b"")
