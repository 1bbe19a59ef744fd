"""A message of the bot's: judged, paced, put on her screen, its receipts on their way."""

from typing import TYPE_CHECKING

from tests.standins import whatsapp_shapes as shapes
from tests.standins.platform import Bucket, Json
from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_spec import judges
from tests.standins.whatsapp_templates import Filled
from tests.standins.whatsapp_women import Message, Woman, new_wamid, plain

if TYPE_CHECKING:
    from tests.standins.whatsapp_api import Api

_MEDIA = ("audio", "image", "video", "document", "sticker")


def send(whatsapp: "Api", body: Json) -> Json:
    """Meta's answer. Raises Refused."""
    if whatsapp.strict:
        for judge in judges():
            judge(body)
    if "status" in body:
        return _mark_as_read(whatsapp, body)
    woman = _recipient(whatsapp, body)
    if whatsapp.number.take():
        raise Refused(130429, "Cloud API message throughput has been reached.")
    _pace(whatsapp, woman)
    filled = whatsapp.templates.filled(body["template"]) if "template" in body else None
    message = _message(whatsapp, body, filled)
    problem = _problem(whatsapp, woman, message, filled)
    if problem is not None and problem.code not in whatsapp.late:
        raise problem
    if problem is None:
        woman.keep(message)
        if whatsapp.on_message is not None:
            whatsapp.on_message(woman, message)
    whatsapp.tell_what_became_of(woman, message, problem)
    return _answer(woman, message, body, filled)


def _mark_as_read(whatsapp: "Api", body: Json) -> Json:
    id = body["message_id"]
    woman = whatsapp.wrote.get(id)
    if woman is None:
        raise Refused(131009, f"message_id {id} is of no message that was received")
    if id in woman.messages:  # She may have deleted it since.
        woman.messages[id].statuses.append("read")
    if "typing_indicator" in body:
        woman.typing += 1
    return {"success": True}


def _recipient(whatsapp: "Api", body: Json) -> Woman:
    """Her number wins where both are given."""
    if "to" in body:
        if plain(body["to"]) == shapes.DISPLAY_NUMBER:
            raise Refused(131021)
        return whatsapp.women.known(body["to"])
    woman = whatsapp.women.find(body["recipient"])
    if woman is None:
        raise Refused(131026, f"no such recipient: {body['recipient']}")
    return woman


def _pace(whatsapp: "Api", woman: Woman) -> None:
    if not whatsapp.pair_rate:
        return
    if woman.pace is None:
        woman.pace = Bucket(whatsapp.pair_rate, whatsapp.pair_burst, whatsapp.now)
    if woman.pace.take():
        raise Refused(131056, "Too many messages sent to the same recipient in a short time.")


def _problem(
    whatsapp: "Api", woman: Woman, message: Message, filled: Filled | None
) -> Refused | None:
    """Why it will not reach her, if it will not."""
    if woman.trouble or woman.unreachable or woman.blocked:
        return Refused(woman.trouble or 131026)
    if woman.old_phone and message.kind == "interactive":
        return Refused(131026, "Recipient is using an old WhatsApp version")
    if filled is None and woman.window_until <= whatsapp.now():
        return Refused(131047, "More than 24 hours have passed since she last wrote.")
    if filled is not None and filled.template.category == "MARKETING" and not woman.wants_marketing:
        return Refused(131050)
    if whatsapp.strict and message.kind in _MEDIA:
        try:
            whatsapp.media.check(message.kind, message.body[message.kind])
        except Refused as refused:
            return refused
    if whatsapp.strict and message.kind == "reaction":
        named = message.body["reaction"]["message_id"]
        if named not in woman.messages:
            return Refused(131009, f"message_id {named} is not in this chat")
    return None


def _answer(woman: Woman, message: Message, body: Json, filled: Filled | None) -> Json:
    contact = (
        {"input": body["recipient"], "user_id": woman.user_id}
        if message.by_user_id
        else {"input": body["to"], "wa_id": woman.phone}
    )
    sent = {"id": message.id} | ({"message_status": "accepted"} if filled else {})
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}


def _message(whatsapp: "Api", body: Json, filled: Filled | None) -> Message:
    kind = body.get("type", "text")
    message = Message(
        new_wamid(whatsapp.now),
        "",
        from_bot=True,
        kind=kind,
        body=body,
        opaque=body.get("biz_opaque_callback_data", ""),
        by_user_id="to" not in body,
    )
    if filled is not None:
        message.text, message.header, message.buttons = filled.text, filled.header, filled.buttons
        message.category = filled.template.category.lower()
    elif kind == "text":
        message.text = body["text"]["body"]
    elif kind == "interactive":
        _show_interactive(message, body["interactive"])
    elif kind == "location":
        place = body["location"]
        message.text = "\n".join(place[name] for name in ("name", "address") if name in place)
    elif kind == "contacts":
        message.text = "\n".join(card["name"]["formatted_name"] for card in body["contacts"])
    elif kind in _MEDIA:
        message.text = body[kind].get("caption", "")
    elif kind == "reaction":
        message.text = body["reaction"].get("emoji", "")
    return message


def _show_interactive(message: Message, interactive: Json) -> None:
    message.text = interactive.get("body", {}).get("text", "")
    message.header = interactive.get("header", {}).get("text", "")
    message.footer = interactive.get("footer", {}).get("text", "")
    action = interactive["action"]
    if interactive["type"] == "button":
        replies = [button["reply"] for button in action["buttons"]]
        message.buttons = tuple((reply["id"], reply["title"]) for reply in replies)
    elif interactive["type"] == "list":
        message.opens_with = action["button"]
        rows = (row for section in action["sections"] for row in section["rows"])
        message.rows = tuple((row["id"], row["title"], row.get("description", "")) for row in rows)
