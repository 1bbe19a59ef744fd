"""What Meta refuses of a message that is right in form: too fast, too late, to nobody, expired."""

import io

import aiohttp
import pytest

from tests.standins.hooked import KILLA, Hooked, call, send, why
from tests.standins.platform import Json
from tests.standins.whatsapp import DISPLAY_NUMBER, PHONE_NUMBER_ID, Standin

# Messages a second: however long a test takes, nothing comes back while it runs.
SLOW = 1e-4
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(60)
BUTTON = {
    "type": "button",
    "body": {"text": "¿Sí?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Sí"}}]},
}


def notice(*components: Json, name: str = "aviso", language: str = "es") -> Json:
    return {"name": name, "language": {"code": language}, "components": list(components)}


def filled(*texts: str) -> Json:
    return {"type": "body", "parameters": [{"type": "text", "text": each} for each in texts]}


async def failed(whatsapp: Standin, hook: Hooked, answer: tuple[int, Json]) -> tuple[int, int]:
    """The status of an answer, and the code its message failed with afterwards."""
    sent = answer[1]["messages"][0]["id"]

    def found() -> list[Json]:
        return [each for each in hook.statuses if each["id"] == sent]

    await whatsapp.until(lambda: bool(found()))
    (status,) = found()
    assert status["status"] == "failed"
    code: int = status["errors"][0]["code"]
    return answer[0], code


# Pace.


async def test_the_pace_of_the_number(whatsapp: Standin) -> None:
    whatsapp.say(KILLA, "hola")
    whatsapp.number.size, whatsapp.number.rate = 4.0, SLOW
    answers = [await send(whatsapp) for _ in range(5)]
    assert [status for status, _ in answers] == [200] * 4 + [400]
    assert why(answers[-1]) == (400, 130429)


async def test_what_comes_in_counts_for_the_pace_as_well(whatsapp: Standin) -> None:
    whatsapp.number.size, whatsapp.number.rate = 2.0, SLOW
    for _ in range(2):
        whatsapp.say(KILLA, "hola")
    assert why(await send(whatsapp)) == (400, 130429)


async def test_the_pace_to_one_woman_is_borrowed_from_the_future() -> None:
    async with Standin(rate=0, pair_rate=SLOW, pair_burst=3) as whatsapp:
        for who in (KILLA, "51900000009"):
            whatsapp.say(who, "hola")
        assert [(await send(whatsapp))[0] for _ in range(4)] == [200, 200, 200, 400]
        assert why(await send(whatsapp)) == (400, 131056)
        assert (await send(whatsapp, to="51900000009"))[0] == 200
        whatsapp.pass_time(1 / SLOW)
        assert [(await send(whatsapp))[0] for _ in range(2)] == [200, 400]


async def test_forty_five_at_once_are_the_most(whatsapp: Standin) -> None:
    assert whatsapp.pair_rate == 1 / 6
    whatsapp.pair_rate = SLOW
    whatsapp.say(KILLA, "hola")
    answers = [await send(whatsapp) for _ in range(46)]
    assert [status for status, _ in answers].count(200) == 45


# The window.


async def test_outside_the_window_a_message_fails_later_and_a_template_does_not(
    whatsapp: Standin, hook: Hooked
) -> None:
    whatsapp.add_template("aviso")
    assert await failed(whatsapp, hook, await send(whatsapp)) == (200, 131047)
    assert not whatsapp.said(KILLA)
    status, answer = await send(whatsapp, "template", notice())
    assert (status, answer["messages"][0]["message_status"]) == (200, "accepted")
    whatsapp.press(KILLA, "Ver")
    assert (await send(whatsapp))[0] == 200
    whatsapp.pass_time(86_399)
    assert (await send(whatsapp))[0] == 200
    whatsapp.pass_time(2)
    assert await failed(whatsapp, hook, await send(whatsapp)) == (200, 131047)


async def test_or_is_refused_at_once() -> None:
    async with Standin(late=()) as whatsapp:
        assert why(await send(whatsapp)) == (400, 131047)
        whatsapp.say(KILLA, "hola")
        assert (await send(whatsapp))[0] == 200


# Templates.


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (notice(filled("Killa")), (200, 0)),
        (notice(filled("Killa"), language="es_PE"), (404, 132001)),
        (notice(filled("Killa"), name="otro"), (404, 132001)),
        (notice(name="pending"), (404, 132001)),
        (notice(name="paused"), (400, 132015)),
        (notice(name="disabled"), (400, 132016)),
        (notice(), (400, 132000)),
        (notice(filled("a", "b")), (400, 132000)),
        (notice(filled("x" * 1025)), (400, 132005)),
        (notice(filled("a\nb")), (400, 132018)),
        (notice(filled("a     b")), (400, 132018)),
        (notice(filled("a    b")), (200, 0)),
        (
            notice({"type": "body", "parameters": [{"type": "payload", "payload": "x"}]}),
            (400, 132012),
        ),
        (
            notice({"type": "header", "parameters": [{"type": "text", "text": "x"}]}, filled("a")),
            (400, 132000),
        ),
    ],
)
async def test_a_template_has_to_be_approved_and_filled_as_it_was(
    whatsapp: Standin, template: Json, expected: tuple[int, int]
) -> None:
    whatsapp.add_template("aviso", body="Hola {{1}}")
    for status in ("pending", "paused", "disabled"):
        whatsapp.add_template(status, status=status.upper())
    answered, answer = await send(whatsapp, "template", template)
    assert (answered, answer.get("error", {}).get("code", 0)) == expected


@pytest.mark.parametrize(
    ("sub_type", "index", "parameter", "expected"),
    [
        ("quick_reply", "0", {"type": "payload", "payload": "open-7"}, 0),
        ("quick_reply", 0, {"type": "payload", "payload": "open-7"}, 0),
        ("quick_reply", "1", {"type": "payload", "payload": "x"}, 132000),
        ("url", "0", {"type": "text", "text": "x"}, 132000),
        ("quick_reply", "0", {"type": "text", "text": "x"}, 132012),
    ],
)
async def test_what_the_button_of_a_template_carries_comes_back(
    whatsapp: Standin,
    hook: Hooked,
    sub_type: str,
    index: str | int,
    parameter: Json,
    expected: int,
) -> None:
    whatsapp.add_template("aviso")
    button = {"type": "button", "sub_type": sub_type, "index": index, "parameters": [parameter]}
    _, answer = await send(whatsapp, "template", notice(button))
    assert answer.get("error", {}).get("code", 0) == expected
    if not expected:
        whatsapp.press(KILLA, "Ver")
        await whatsapp.until(lambda: bool(hook.messages))
        assert hook.messages[0]["button"] == {"payload": "open-7", "text": "Ver"}
        sent = answer["messages"][0]["id"]
        assert hook.messages[0]["context"] == {"from": DISPLAY_NUMBER, "id": sent}


# Media.


async def upload(
    whatsapp: Standin, content: bytes, mime: str = "audio/ogg", product: str = "whatsapp"
) -> tuple[int, Json]:
    form = aiohttp.FormData()
    form.add_field("messaging_product", product)
    form.add_field("type", mime)
    form.add_field("file", io.BytesIO(content), filename="saludo.ogg", content_type=mime)
    return await call(whatsapp, "POST", f"/v26.0/{PHONE_NUMBER_ID}/media", data=form)


async def test_a_recording_is_uploaded_once_and_sent_until_its_id_expires(
    whatsapp: Standin, hook: Hooked
) -> None:
    whatsapp.say(KILLA, "hola")
    status, answer = await upload(whatsapp, OGG, "audio/ogg; codecs=opus")
    assert status == 200
    assert whatsapp.media.all[answer["id"]].content == OGG
    voice = {"id": answer["id"], "voice": True}
    assert (await send(whatsapp, "audio", voice))[0] == 200
    assert await failed(whatsapp, hook, await send(whatsapp, "image", {"id": voice["id"]})) == (
        200,
        131053,
    )
    assert await failed(whatsapp, hook, await send(whatsapp, "audio", {"id": "1"})) == (200, 131053)
    whatsapp.pass_time(31 * 86_400)
    whatsapp.say(KILLA, "hola")
    assert await failed(whatsapp, hook, await send(whatsapp, "audio", voice)) == (200, 131053)


@pytest.mark.parametrize(
    ("content", "mime", "product"),
    [
        (b"", "audio/ogg", "whatsapp"),
        (b"OggS without the codec", "audio/ogg", "whatsapp"),
        (OGG, "audio/wav", "whatsapp"),
        (OGG, "audio/ogg", "sms"),
        (b"\x89PNG" * (5 * 1024 * 1024 // 4 + 1), "image/png", "whatsapp"),
    ],
    ids=["empty", "not opus", "unknown type", "wrong product", "over five megabytes"],
)
async def test_what_cannot_be_uploaded(
    whatsapp: Standin, content: bytes, mime: str, product: str
) -> None:
    assert why(await upload(whatsapp, content, mime, product)) == (400, 100)


async def test_an_upload_that_is_no_form(whatsapp: Standin) -> None:
    answer = await call(whatsapp, "POST", f"/v26.0/{PHONE_NUMBER_ID}/media", file="/a.ogg")
    assert why(answer) == (400, 100)


# Whom it does not reach.


@pytest.mark.parametrize(
    ("trait", "kind", "content", "code"),
    [
        ({"unreachable": True}, "text", None, 131026),
        ({"blocked": True}, "text", None, 131026),
        ({"trouble": 131049}, "text", None, 131049),
        ({"old_phone": True}, "interactive", BUTTON, 131026),
        ({"old_phone": True}, "text", None, 0),
        ({"wants_marketing": False}, "template", notice(name="oferta"), 131050),
        ({"wants_marketing": False}, "template", notice(), 0),
        ({"wants_marketing": False}, "text", None, 0),
    ],
)
async def test_whom_it_does_not_reach(
    whatsapp: Standin, hook: Hooked, trait: Json, kind: str, content: Json | None, code: int
) -> None:
    whatsapp.add_template("aviso")
    whatsapp.add_template("oferta", category="MARKETING")
    whatsapp.say(KILLA, "hola")
    whatsapp.woman(KILLA, **trait)
    answer = await send(whatsapp, kind, content)
    if code:
        assert await failed(whatsapp, hook, answer) == (200, code)
        whatsapp.late = frozenset()
        assert why(await send(whatsapp, kind, content)) == (400, code)
    assert len(whatsapp.said(KILLA)) == (0 if code else 1)


async def test_not_to_itself_nor_to_what_is_not_there(whatsapp: Standin) -> None:
    whatsapp.say(KILLA, "hola")
    assert why(await send(whatsapp, to=DISPLAY_NUMBER)) == (400, 131021)
    reaction = {"message_id": "wamid.nobody", "emoji": "\N{THUMBS UP SIGN}"}
    assert why(await send(whatsapp, "reaction", reaction)) == (400, 131009)


async def test_a_message_is_marked_as_read_and_the_typing_shows(whatsapp: Standin) -> None:
    path = f"/v26.0/{PHONE_NUMBER_ID}/messages"
    read = {"messaging_product": "whatsapp", "status": "read"}
    id = whatsapp.say(KILLA, "hola")
    answer = await call(
        whatsapp, "POST", path, **read, message_id=id, typing_indicator={"type": "text"}
    )
    assert answer == (200, {"success": True})
    assert whatsapp.woman(KILLA).typing == 1
    assert whatsapp.woman(KILLA).messages[id].statuses == ["read"]
    assert why(await call(whatsapp, "POST", path, **read, message_id="wamid.x")) == (400, 131009)
    assert whatsapp.counts == {("read", 200): 1, ("read", 400): 1}
    whatsapp.delete(KILLA, id)
    assert (await call(whatsapp, "POST", path, **read, message_id=id))[0] == 200
