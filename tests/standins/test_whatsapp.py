"""That the stand-in answers as Meta does: who may ask, what is refused, what happens afterwards."""

import asyncio
import sys
import time
from typing import Any

import aiohttp
import orjson
import pytest

from tests.standins.hooked import KILLA, Hooked, call, hooked, send, why
from tests.standins.whatsapp import PHONE_NUMBER_ID, TOKEN, WABA_ID, Fault, Standin

# Who may ask, and for what.


async def test_she_hears_what_the_bot_says_and_the_bot_is_told_what_became_of_it(
    whatsapp: Standin, hook: Hooked
) -> None:
    id = whatsapp.say(KILLA, "Allillanchu")
    await whatsapp.until(lambda: bool(hook.messages))
    assert hook.messages[0] == {
        "from": KILLA,
        "from_user_id": whatsapp.woman(KILLA).user_id,
        "id": id,
        "timestamp": hook.messages[0]["timestamp"],
        "type": "text",
        "text": {"body": "Allillanchu"},
    }
    status, answer = await send(whatsapp, biz_opaque_callback_data="row 7")
    sent = answer["messages"][0]["id"]
    assert (status, answer["contacts"]) == (200, [{"input": KILLA, "wa_id": KILLA}])
    assert sent.startswith("wamid.")
    (message,) = await whatsapp.hears(KILLA)
    assert (message.text, message.id) == ("hola", sent)
    whatsapp.reads(KILLA)
    await whatsapp.until(lambda: len(hook.statuses) == 3)
    assert sorted(each["status"] for each in hook.statuses) == ["delivered", "read", "sent"]
    assert {each["biz_opaque_callback_data"] for each in hook.statuses} == {"row 7"}
    assert {each["id"] for each in hook.statuses} == {sent}


async def test_by_her_id_without_her_number(whatsapp: Standin) -> None:
    woman = whatsapp.woman(KILLA, shape="new")
    whatsapp.say(KILLA, "hola")
    status, answer = await send(whatsapp, recipient=woman.user_id)
    assert status == 200
    assert answer["contacts"] == [{"input": woman.user_id, "user_id": woman.user_id}]
    assert len(await whatsapp.hears(woman.user_id)) == 1
    assert why(await send(whatsapp, recipient="PE.123")) == (400, 131026)
    # Her number wins.
    status, answer = await send(whatsapp, to=KILLA, recipient="PE.123")
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
    whatsapp: Standin, verb: str, path: str, token: str, expected: tuple[int, int]
) -> None:
    answer = await call(whatsapp, verb, path, token=token)
    assert why(answer) == expected
    assert set(answer[1]["error"]) >= {"message", "type", "code", "fbtrace_id"}
    assert whatsapp.refusals[0].code == expected[1]


async def test_any_version_will_do(whatsapp: Standin) -> None:
    for version in ("v17.0", "v26.0", "v31.0"):
        status, answer = await call(whatsapp, "GET", f"/{version}/{PHONE_NUMBER_ID}")
        assert (status, answer["id"]) == (200, PHONE_NUMBER_ID)


async def test_what_a_doctor_asks(whatsapp: Standin) -> None:
    number = f"/v26.0/{PHONE_NUMBER_ID}?fields=status,throughput"
    assert (await call(whatsapp, "GET", number))[1] == {
        "id": PHONE_NUMBER_ID,
        "status": "CONNECTED",
        "throughput": {"level": "STANDARD"},
    }
    apps = f"/v26.0/{WABA_ID}/subscribed_apps"
    assert (await call(whatsapp, "GET", apps))[1] == {"data": []}
    assert (await call(whatsapp, "POST", apps))[1] == {"success": True}
    assert len((await call(whatsapp, "GET", apps))[1]["data"]) == 1
    good, bad = (f"/v26.0/debug_token?input_token={token}" for token in (TOKEN, "wrong"))
    assert (await call(whatsapp, "GET", good))[1]["data"]["is_valid"]
    assert not (await call(whatsapp, "GET", bad))[1]["data"]["is_valid"]
    whatsapp.add_template("aviso", status="PENDING")
    whatsapp.add_template("aviso_2")
    found = await call(whatsapp, "GET", f"/v26.0/{WABA_ID}/message_templates?name=aviso")
    assert [(each["name"], each["status"]) for each in found[1]["data"]] == [
        ("aviso", "PENDING"),
        ("aviso_2", "APPROVED"),
    ]
    one = f"/v26.0/{WABA_ID}/message_templates?name=aviso_2&language=es&fields=status"
    (template,) = (await call(whatsapp, "GET", one))[1]["data"]
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
    async with light as whatsapp:
        whatsapp.say(KILLA, "hola")
        reader, writer = await asyncio.open_connection("127.0.0.1", whatsapp.server.port)
        began = time.process_time()
        for _ in range(10):
            writer.write((head.encode() + body) * 30)
            for _ in range(30):
                await reader.readuntil(b'"}]}')
        cost_s = (time.process_time() - began) / 300
        writer.close()
        await writer.wait_closed()
        assert len(whatsapp.said(KILLA)) == 300
    assert cost_s < 1 / 3000


# Faults.


async def test_faults_come_when_they_are_asked_for(whatsapp: Standin) -> None:
    whatsapp.say(KILLA, "hola")
    whatsapp.faults += [Fault("500"), Fault("429", code=80007), Fault("429", chat_id="51999999999")]
    assert why(await send(whatsapp)) == (500, 131000)
    assert why(await send(whatsapp)) == (429, 80007)
    assert (await send(whatsapp))[0] == 200
    whatsapp.faults.append(Fault("502"))
    with pytest.raises(orjson.JSONDecodeError):
        await send(whatsapp)
    whatsapp.faults.append(Fault("reset"))
    with pytest.raises(aiohttp.ClientError):
        await send(whatsapp)
    assert len(whatsapp.said(KILLA)) == 1
    whatsapp.faults.append(Fault("drop"))
    with pytest.raises(aiohttp.ClientError):
        await send(whatsapp)
    whatsapp.faults.append(Fault("delay", delay_s=0.2))
    began = time.monotonic()
    assert (await send(whatsapp))[0] == 200
    assert time.monotonic() - began >= 0.2
    # What was dropped had been taken in.
    assert len(whatsapp.said(KILLA)) == 3


async def test_a_receipt_may_come_before_the_answer(whatsapp: Standin, hook: Hooked) -> None:
    whatsapp.say(KILLA, "hola")
    whatsapp.faults.append(Fault("late", delay_s=0.3))
    answer = asyncio.ensure_future(send(whatsapp))
    await whatsapp.until(lambda: len(hook.statuses) == 2)
    assert not answer.done()
    assert (await answer)[1]["messages"][0]["id"] == hook.statuses[0]["id"]


async def test_chance_decides_where_a_share_is_asked_for(whatsapp: Standin) -> None:
    whatsapp.say(KILLA, "hola")
    whatsapp.pair_rate = 0
    whatsapp.faults.append(Fault("500", times=None, share=0.5))
    statuses = [(await send(whatsapp))[0] for _ in range(20)]
    assert 0 < statuses.count(500) < 20
