"""What a webhook is told, in which shape, how often, in which order, and signed by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.standins.hooked import KILLA, Hooked, hooked, send
from tests.standins.platform import Json
from tests.standins.raw_http import Answer
from tests.standins.whatsapp import DISPLAY_NUMBER, WABA_ID, Standin
from tests.standins.whatsapp_webhook import Event, packed

# The handshake, the signature.


async def test_a_server_that_does_not_know_the_verify_token_hears_nothing(
    whatsapp: Standin,
) -> None:
    whatsapp.webhook.verify_token = "another"
    async with hooked() as hook:
        with pytest.raises(ConnectionRefusedError):
            await whatsapp.push_to(hook.url)
        whatsapp.say(KILLA, "hola")
        assert len(whatsapp.webhook.pending) == 1


async def test_what_happened_before_is_pushed_as_well(whatsapp: Standin) -> None:
    whatsapp.say(KILLA, "hola")
    async with hooked() as hook:
        await whatsapp.push_to(hook.url)
        await whatsapp.until(lambda: not whatsapp.webhook.pending)
        assert [each["text"]["body"] for each in hook.messages] == ["hola"]
        whatsapp.webhook.stop()


async def test_the_signature_is_over_the_bytes_as_meta_writes_them(
    whatsapp: Standin, hook: Hooked
) -> None:
    whatsapp.say(KILLA, "ñuqa / \N{THUMBS UP SIGN}")
    await whatsapp.until(lambda: bool(hook.messages))
    assert hook.messages[0]["text"]["body"] == "ñuqa / \N{THUMBS UP SIGN}"
    assert b"\\u00f1uqa \\/ \\ud83d\\udc4d" in hook.requests[0].body
    whatsapp.webhook.secret = "another"
    whatsapp.say(KILLA, "otra")
    await whatsapp.until(lambda: whatsapp.webhook.answers[403] > 0)
    assert len(hook.messages) == 1


# Again until it is taken.


async def test_what_is_not_taken_comes_again(whatsapp: Standin, hook: Hooked) -> None:
    troubles = [Answer(status=500), Answer(reset=True), Answer(status=204), Answer()]
    hook.answer = lambda request: troubles.pop(0)
    whatsapp.webhook.time_factor = 0.001
    whatsapp.say(KILLA, "hola")
    await whatsapp.until(lambda: not whatsapp.webhook.pending)
    assert len(hook.messages) == 1
    assert whatsapp.webhook.answers == {500: 1, 0: 1, 204: 1, 200: 1}
    assert len({request.body for request in hook.requests}) == 1


async def test_after_seven_days_it_is_given_up(whatsapp: Standin, hook: Hooked) -> None:
    hook.answer = lambda request: Answer(status=500)
    whatsapp.webhook.time_factor = 0.0
    whatsapp.say(KILLA, "hola")
    await whatsapp.until(lambda: not whatsapp.webhook.pending)
    assert len(whatsapp.webhook.given_up) == 1 and not hook.bodies
    # Doubling from five seconds to an hour, and hourly then.
    assert whatsapp.webhook.answers[500] == 10 + 7 * 24 - 1


# Batches, doubles, disorder.


async def test_many_happenings_in_one_body(whatsapp: Standin, hook: Hooked) -> None:
    whatsapp.webhook.hold()
    for number in range(7):
        whatsapp.say(f"5190000000{number}", str(number))
    whatsapp.stop_marketing(KILLA)
    whatsapp.webhook.release(entries=2)
    await whatsapp.until(lambda: bool(hook.bodies))
    (body,) = hook.bodies
    assert [entry["id"] for entry in body["entry"]] == [WABA_ID] * 2
    told = [
        [(change["field"], len(change["value"].get("messages", ()))) for change in entry["changes"]]
        for entry in body["entry"]
    ]
    assert told == [
        [("messages", 3), ("messages", 1)],
        [("messages", 3), ("user_preferences", 0)],
    ]
    assert [each["text"]["body"] for each in hook.messages] == list("0123456")
    assert len(hook.values[0]["contacts"]) == 3


def test_in_a_batch_each_contact_is_named_once() -> None:
    events = [Event("messages", {"contacts": [{"wa_id": "1"}], "messages": [n]}) for n in range(2)]
    (entry,) = packed(WABA_ID, events)["entry"]
    assert entry["changes"][0]["value"] == {"contacts": [{"wa_id": "1"}], "messages": [0, 1]}
    assert events[0].value["messages"] == [0]


async def test_doubles_and_disorder(whatsapp: Standin, hook: Hooked) -> None:
    whatsapp.webhook.hold()
    ids = [whatsapp.say(KILLA, str(number)) for number in range(8)]
    whatsapp.webhook.release(per_post=1, times=2, shuffle=True)
    await whatsapp.until(lambda: len(hook.messages) == 16)
    heard = [each["id"] for each in hook.messages]
    assert sorted(heard) == sorted(ids * 2) and heard != sorted(heard)
    whatsapp.webhook.again()
    await whatsapp.until(lambda: len(hook.messages) == 32)


async def test_receipts_in_any_order(whatsapp: Standin, hook: Hooked) -> None:
    whatsapp.receipts = ("read", "delivered", "sent")
    whatsapp.webhook.connections = 1
    whatsapp.webhook.push_unasked(hook.url)
    whatsapp.say(KILLA, "hola")
    await send(whatsapp)
    await whatsapp.until(lambda: len(hook.statuses) == 3)
    assert [each["status"] for each in hook.statuses] == ["read", "delivered", "sent"]
    (message,) = whatsapp.said(KILLA)
    whatsapp.status(message.id, "failed", 131049)
    await whatsapp.until(lambda: len(hook.statuses) == 4)
    assert hook.statuses[-1]["errors"][0]["code"] == 131049
    with pytest.raises(LookupError):
        whatsapp.status("wamid.x", "read")


# Who she is, in the three shapes.


@pytest.mark.parametrize(
    ("shape", "phone", "id"), [("old", True, False), ("both", True, True), ("new", False, True)]
)
async def test_who_she_is(
    whatsapp: Standin, hook: Hooked, shape: str, phone: bool, id: bool
) -> None:
    woman = whatsapp.woman(KILLA, shape=shape, name="Killa")
    whatsapp.say(KILLA, "hola")
    await send(whatsapp, recipient=woman.user_id)
    await whatsapp.until(lambda: len(hook.statuses) == 2 and bool(hook.messages))
    (value,) = [value for value in hook.values if "messages" in value]
    (contact,) = value["contacts"]
    (message,) = value["messages"]
    status = hook.statuses[0]
    assert contact["profile"] == {"name": "Killa"}
    for name, there in ((contact, "wa_id"), (message, "from"), (status, "recipient_id")):
        assert name.get(there) == (KILLA if phone else None)
    for name, there in (
        (contact, "user_id"),
        (message, "from_user_id"),
        (status, "recipient_user_id"),
    ):
        assert name.get(there) == (woman.user_id if id else None)


async def test_a_failure_names_her_as_the_bot_did(whatsapp: Standin, hook: Hooked) -> None:
    woman = whatsapp.woman(KILLA, unreachable=True)
    await send(whatsapp)
    await send(whatsapp, recipient=woman.user_id)
    await whatsapp.until(lambda: len(hook.statuses) == 2)
    assert not any("contacts" in value for value in hook.values)
    named = [each.get("recipient_user_id") for each in hook.statuses]
    assert sorted(named, key=str) == sorted([None, woman.user_id], key=str)


# What she does.

Act = Callable[[Standin, str], Any]


def sending(kind: str) -> Act:
    return lambda whatsapp, id: whatsapp.sends(KILLA, kind)


ACTS: dict[str, tuple[Act, Json]] = {
    "a place": (
        lambda whatsapp, id: whatsapp.share_location(KILLA, -13.16, -74.22),
        {"type": "location", "location": {"latitude": -13.16, "longitude": -74.22}},
    ),
    "a reaction": (
        lambda whatsapp, id: whatsapp.react(KILLA, id, "x"),
        {"type": "reaction", "reaction": {"emoji": "x"}},
    ),
    "taking it back": (
        lambda whatsapp, id: whatsapp.react(KILLA, id, ""),
        {"type": "reaction", "reaction": {}},
    ),
    "deleting": (lambda whatsapp, id: whatsapp.delete(KILLA, id), {"type": "revoke"}),
    "changing her words": (
        lambda whatsapp, id: whatsapp.edit(KILLA, id, "no"),
        {"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "no"}}}},
    ),
    "from an advertisement": (
        lambda whatsapp, id: whatsapp.refer(KILLA, "info"),
        {"type": "text", "referral": {"source_type": "ad"}},
    ),
    "in answer": (
        lambda whatsapp, id: whatsapp.say(KILLA, "sí", reply_to=id),
        {"type": "text", "context": {"from": DISPLAY_NUMBER}},
    ),
    "voice": (
        lambda whatsapp, id: whatsapp.sends(KILLA, "voice"),
        {"type": "audio", "audio": {"voice": True}},
    ),
    "the unsupported": (
        lambda whatsapp, id: whatsapp.sends(KILLA, "unsupported"),
        {"type": "unsupported"},
    ),
    "the future": (lambda whatsapp, id: whatsapp.sends(KILLA, "future"), {"type": "hologram"}),
    **{
        kind: (sending(kind), {"type": kind})
        for kind in ("image", "sticker", "video", "document", "audio", "order")
    },
    "a contact": (lambda whatsapp, id: whatsapp.sends(KILLA, "contact"), {"type": "contacts"}),
}


def holds(whole: Json, part: Json) -> bool:
    return all(
        holds(whole[name], each) if isinstance(each, dict) else whole.get(name) == each
        for name, each in part.items()
    )


@pytest.mark.parametrize("act", ACTS)
async def test_what_she_does(whatsapp: Standin, hook: Hooked, act: str) -> None:
    first = whatsapp.say(KILLA, "hola")
    await whatsapp.until(lambda: len(hook.messages) == 1)
    does, expected = ACTS[act]
    id = does(whatsapp, first)
    await whatsapp.until(lambda: len(hook.messages) == 2)
    message = hook.messages[1]
    assert message["id"] == id
    assert holds(message, expected), message


async def test_she_presses_a_button_and_chooses_a_row(whatsapp: Standin, hook: Hooked) -> None:
    whatsapp.say(KILLA, "hola")
    replies = [{"type": "reply", "reply": {"id": "menu", "title": "Menú"}}]
    buttons = {"type": "button", "body": {"text": "¿Sí?"}, "action": {"buttons": replies}}
    rows = [{"id": "r1", "title": "Violencia", "description": "Qué hacer"}]
    action = {"button": "Elegir", "sections": [{"rows": rows}]}
    for content in (buttons, {"type": "list", "body": {"text": "Temas"}, "action": action}):
        assert (await send(whatsapp, "interactive", content))[0] == 200
    first, second = await whatsapp.hears(KILLA, 2)
    assert (first.labels, first.data, second.labels) == (["Menú"], ["menu"], ["Violencia"])
    assert second.opens_with == "Elegir"
    whatsapp.press(KILLA, "Menú")
    whatsapp.press(KILLA, "r1")
    await whatsapp.until(lambda: len(hook.messages) == 3)
    told = {each["context"]["id"]: each["interactive"] for each in hook.messages[1:]}
    assert told == {
        first.id: {"type": "button_reply", "button_reply": {"id": "menu", "title": "Menú"}},
        second.id: {"type": "list_reply", "list_reply": rows[0]},
    }
    with pytest.raises(LookupError, match="Menú"):
        whatsapp.press(KILLA, "Salir")


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [
        ("old", ["user_changed_number"]),
        ("both", ["user_changed_number", "user_changed_user_id"]),
        ("new", ["user_changed_user_id"]),
    ],
)
async def test_a_new_number_makes_a_new_id(
    whatsapp: Standin, hook: Hooked, shape: str, kinds: list[str]
) -> None:
    woman = whatsapp.woman(KILLA, shape=shape)
    old_id = woman.user_id
    whatsapp.change_number(KILLA, "51900000077")
    await whatsapp.until(lambda: len(hook.messages) == len(kinds))
    told = {each["system"]["type"]: each["system"] for each in hook.messages}
    assert sorted(told) == kinds
    assert not any("contacts" in value for value in hook.values)
    if shape != "old":
        changed = told["user_changed_user_id"]
        assert (changed["previous_user_id"], changed["user_id"]) == (old_id, woman.user_id)
    assert whatsapp.women.known("51900000077") is woman and woman.user_id != old_id
    assert whatsapp.women.find(KILLA) is None and whatsapp.women.find(old_id) is None


async def test_she_stops_and_resumes_marketing(whatsapp: Standin, hook: Hooked) -> None:
    whatsapp.stop_marketing(KILLA)
    assert not whatsapp.woman(KILLA).wants_marketing
    whatsapp.resume_marketing(KILLA)
    await whatsapp.until(lambda: len(hook.values) == 2)
    wishes = [value["user_preferences"][0]["value"] for value in hook.values]
    assert sorted(wishes) == ["resume", "stop"]


def test_a_trait_nobody_has_is_a_mistake_of_the_test() -> None:
    with pytest.raises(TypeError):
        Standin().woman(KILLA, mood="sad")
