"""That the stand-in answers as Meta does: who may ask, what is refused, what happens afterwards."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from tests.standins.hooked import Hooked, hooked
from tests.standins.platform import Json
from tests.standins.whatsapp import PHONE_NUMBER_ID, TOKEN, WABA_ID, Fault, Standin

KILLA = "51900000002"
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(60)


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture
async def hook(standin: Standin) -> AsyncIterator[Hooked]:
    async with hooked() as hook:
        await standin.push_to(hook.url)
        yield hook
        standin.webhook.stop()


async def call(
    standin: Standin, verb: str, path: str, *, token: str = TOKEN, data: Any = None, **body: Any
) -> tuple[int, Json]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{standin.url}{path}"
    content = {"data": data} if data is not None else {"json": body} if body else {}
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, url, headers=headers, **content) as answer,
    ):
        return answer.status, orjson.loads(await answer.read())


async def send(standin: Standin, **body: Any) -> tuple[int, Json]:
    whole = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "hola"}, **body}
    if not {"to", "recipient"} & whole.keys():
        whole["to"] = KILLA
    if whole["type"] != "text":
        del whole["text"]
    return await call(standin, "POST", f"/v26.0/{PHONE_NUMBER_ID}/messages", **whole)


def why(answer: tuple[int, Json]) -> tuple[int, int]:
    """The HTTP status and Meta's code of a refusal."""
    return answer[0], answer[1]["error"]["code"]


# Who may ask, and for what.


async def test_she_hears_what_the_bot_says_and_the_bot_is_told_what_became_of_it(
    standin: Standin, hook: Hooked
) -> None:
    id = standin.say(KILLA, "Allillanchu")
    await standin.until(lambda: bool(hook.messages))
    assert hook.messages[0] == {
        "from": KILLA,
        "from_user_id": standin.woman(KILLA).user_id,
        "id": id,
        "timestamp": hook.messages[0]["timestamp"],
        "type": "text",
        "text": {"body": "Allillanchu"},
    }
    status, answer = await send(standin, biz_opaque_callback_data="row 7")
    sent = answer["messages"][0]["id"]
    assert (status, answer["contacts"]) == (200, [{"input": KILLA, "wa_id": KILLA}])
    assert sent.startswith("wamid.")
    (message,) = await standin.hears(KILLA)
    assert (message.text, message.id) == ("hola", sent)
    standin.reads(KILLA)
    await standin.until(lambda: len(hook.statuses) == 3)
    assert sorted(each["status"] for each in hook.statuses) == ["delivered", "read", "sent"]
    assert {each["biz_opaque_callback_data"] for each in hook.statuses} == {"row 7"}
    assert {each["id"] for each in hook.statuses} == {sent}


async def test_by_her_id_without_her_number(standin: Standin) -> None:
    woman = standin.woman(KILLA, shape="new")
    standin.say(KILLA, "hola")
    status, answer = await send(standin, recipient=woman.user_id)
    assert status == 200
    assert answer["contacts"] == [{"input": woman.user_id, "user_id": woman.user_id}]
    assert len(await standin.hears(woman.user_id)) == 1
    assert why(await send(standin, recipient="PE.123")) == (400, 131026)
    # Her number wins.
    status, answer = await send(standin, to=KILLA, recipient="PE.123")
    assert answer["contacts"] == [{"input": KILLA, "wa_id": KILLA}]


@pytest.mark.parametrize(
    ("verb", "path", "token", "expected"),
    [
        ("GET", f"/v26.0/{PHONE_NUMBER_ID}", "", (401, 104)),
        ("GET", f"/v26.0/{PHONE_NUMBER_ID}", "wrong", (401, 190)),
        ("GET", f"/{PHONE_NUMBER_ID}", TOKEN, (400, 2500)),
        ("GET", "/v26.0/1234", TOKEN, (400, 100)),
        ("DELETE", f"/v26.0/{PHONE_NUMBER_ID}/messages", TOKEN, (400, 100)),
        ("GET", f"/v26.0/{PHONE_NUMBER_ID}?fields=shoe_size", TOKEN, (400, 100)),
        ("GET", "/v26.0/debug_token", TOKEN, (400, 100)),
    ],
)
async def test_what_nobody_may_ask(
    standin: Standin, verb: str, path: str, token: str, expected: tuple[int, int]
) -> None:
    answer = await call(standin, verb, path, token=token)
    assert why(answer) == expected
    assert set(answer[1]["error"]) >= {"message", "type", "code", "fbtrace_id"}
    assert standin.refusals[0].code == expected[1]


async def test_any_version_will_do(standin: Standin) -> None:
    for version in ("v17.0", "v26.0", "v31.0"):
        status, answer = await call(standin, "GET", f"/{version}/{PHONE_NUMBER_ID}")
        assert (status, answer["id"]) == (200, PHONE_NUMBER_ID)


async def test_what_a_doctor_asks(standin: Standin) -> None:
    number = f"/v26.0/{PHONE_NUMBER_ID}?fields=status,throughput"
    assert (await call(standin, "GET", number))[1] == {
        "id": PHONE_NUMBER_ID,
        "status": "CONNECTED",
        "throughput": {"level": "STANDARD"},
    }
    apps = f"/v26.0/{WABA_ID}/subscribed_apps"
    assert (await call(standin, "GET", apps))[1] == {"data": []}
    assert (await call(standin, "POST", apps))[1] == {"success": True}
    assert len((await call(standin, "GET", apps))[1]["data"]) == 1
    good, bad = (f"/v26.0/debug_token?input_token={token}" for token in (TOKEN, "wrong"))
    assert (await call(standin, "GET", good))[1]["data"]["is_valid"]
    assert not (await call(standin, "GET", bad))[1]["data"]["is_valid"]
    standin.add_template("aviso", status="PENDING")
    standin.add_template("aviso_2")
    found = await call(standin, "GET", f"/v26.0/{WABA_ID}/message_templates?name=aviso")
    assert [(each["name"], each["status"]) for each in found[1]["data"]] == [
        ("aviso", "PENDING"),
        ("aviso_2", "APPROVED"),
    ]
    one = f"/v26.0/{WABA_ID}/message_templates?name=aviso_2&language=es&fields=status"
    (template,) = (await call(standin, "GET", one))[1]["data"]
    assert template.keys() == {"id", "status"}


async def test_it_runs_as_a_process_of_its_own() -> None:
    program = [sys.executable, "-m", "tests.standins.whatsapp", "--rate", "0", "--receipts", ""]
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        told = orjson.loads(await process.stdout.readline())
        assert told["token"] == TOKEN
        async with hooked() as hook, aiohttp.ClientSession() as session:

            async def control(verb: str, **arguments: Any) -> Any:
                url = f"{told['url']}/control/{verb}"
                async with session.post(url, json=arguments) as answer:
                    return orjson.loads(await answer.read())

            assert await control("push_to", url=hook.url) is None
            assert "error" in await control("push_to", url=f"{told['url']}/nowhere")
            await control("say", who=KILLA, text="hola")
            url = f"{told['url']}/v26.0/{PHONE_NUMBER_ID}/messages"
            body = {"messaging_product": "whatsapp", "to": KILLA, "text": {"body": "buenas"}}
            headers = {"Authorization": f"Bearer {TOKEN}"}
            async with session.post(url, json=body, headers=headers) as answer:
                assert answer.status == 200
            assert [each["text"] for each in await control("chat", who=KILLA)] == ["hola", "buenas"]
            assert (await control("woman", who=KILLA, unreachable=True))["phone"] == KILLA
            assert (await control("counts"))["calls"]["messages 200"] == 1
            assert len(await control("calls")) == 2
            for wrong in ("dance", "press", "fault"):
                assert "error" in await control(wrong, who=KILLA)
    finally:
        process.terminate()
        assert await process.wait() == 0


async def test_it_is_fast_enough_to_measure_others_with() -> None:
    light = Standin(rate=0, pair_rate=0, strict=False, journal=False, receipts=())
    body = orjson.dumps({"messaging_product": "whatsapp", "to": KILLA, "text": {"body": "hola"}})
    head = (
        f"POST /v26.0/{PHONE_NUMBER_ID}/messages HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    async with light as standin:
        standin.say(KILLA, "hola")
        reader, writer = await asyncio.open_connection("127.0.0.1", standin.server.port)
        began = time.process_time()
        for _ in range(10):
            writer.write((head.encode() + body) * 30)
            for _ in range(30):
                await reader.readuntil(b'"}]}')
        cost_s = (time.process_time() - began) / 300
        writer.close()
        await writer.wait_closed()
        assert len(standin.said(KILLA)) == 300
    assert cost_s < 1 / 3000


# Faults.


async def test_faults_come_when_they_are_asked_for(standin: Standin) -> None:
    standin.say(KILLA, "hola")
    standin.faults += [Fault("500"), Fault("429", code=80007), Fault("429", chat_id="51999999999")]
    assert why(await send(standin)) == (500, 131000)
    assert why(await send(standin)) == (429, 80007)
    assert (await send(standin))[0] == 200
    standin.faults.append(Fault("502"))
    with pytest.raises(orjson.JSONDecodeError):
        await send(standin)
    standin.faults.append(Fault("reset"))
    with pytest.raises(aiohttp.ClientError):
        await send(standin)
    assert len(standin.said(KILLA)) == 1
    standin.faults.append(Fault("drop"))
    with pytest.raises(aiohttp.ClientError):
        await send(standin)
    standin.faults.append(Fault("delay", delay_s=0.2))
    began = time.monotonic()
    assert (await send(standin))[0] == 200
    assert time.monotonic() - began >= 0.2
    # What was dropped had been taken in.
    assert len(standin.said(KILLA)) == 3
