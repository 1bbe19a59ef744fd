"""What WhatsApp is asked to show, as the JSON of its Cloud API. Pure: nothing is sent here."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from bot.channels.base import Bubble, Limits
from bot.channels.pieces import length
from bot.dialogue.turn import Card, File, Pin

BUTTONS: Final = 3  # more are rows of a list, which she has to open first
BUTTON: Final = 20  # letters on a button, and on what opens a list
LIMITS: Final = Limits(
    text=4096,
    label=24,
    choices=10,
    markup="whatsapp",
    text_above_buttons=1024,
    attaches=frozenset({"pin", "card", "audio", "document", "image"}),
    pick=BUTTON,
    once=True,
)
DEFAULT_PICK: Final = "Elegir"

Body = tuple[
    Literal["text", "interactive", "location", "contacts", "audio", "document", "image"], Any
]


def payload(address: str, bubble: Bubble, mark_text: str, media_id: str = "") -> dict[str, Any]:
    """`mark_text` comes back with every status of the message. `media_id` is what WhatsApp calls
    the bubble's file; one that was not uploaded cannot be sent (ValueError)."""
    kind, body = _body(bubble, media_id)
    return _message(address, kind, body, mark_text)


def knock(
    address: str, template: str, language: str, button: str, mark_text: str
) -> dict[str, Any]:
    """A template with one button and nothing to fill in: `button` is what its press comes back
    as. `language` is the template's, in WhatsApp's codes ("es", "es_MX")."""
    pressed = {"type": "payload", "payload": button}
    component = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [pressed],
    }
    body = {"name": template, "language": {"code": language}, "components": [component]}
    return _message(address, "template", body, mark_text)


def _message(address: str, kind: str, body: Any, mark_text: str) -> dict[str, Any]:
    message = {"messaging_product": "whatsapp", **_to(address), "type": kind, kind: body}
    if mark_text:
        message["biz_opaque_callback_data"] = mark_text
    return message


def _to(address: str) -> Mapping[str, str]:
    """A telephone number, or the id that WhatsApp gives who does not show hers."""
    if address.isdecimal():
        return {"recipient_type": "individual", "to": address}
    return {"recipient": address}


def _body(bubble: Bubble, media_id: str) -> Body:
    match bubble.attachments:
        case ():
            return _words(bubble)
        case (Pin() as pin,):
            return "location", _location(pin)
        case (File() as file,):
            return file.kind, _file(file, media_id)
        case cards:
            return "contacts", [_contact(card) for card in cards if isinstance(card, Card)]


def _words(bubble: Bubble) -> Body:
    buttons = [button for row in bubble.buttons for button in row]
    if not buttons:
        # A preview would show the name of the site to whoever looks over her shoulder.
        return "text", {"body": bubble.text, "preview_url": False}
    shape = _as_buttons(buttons) or _as_list(buttons, bubble.pick)
    return "interactive", {"body": {"text": bubble.text}, **shape}


def _as_buttons(buttons: list[tuple[str, str]]) -> dict[str, Any]:
    """{} when they have to be a list: too many or too long."""
    if len(buttons) > BUTTONS or max(length(label) for _, label in buttons) > BUTTON:
        return {}
    shown = [{"type": "reply", "reply": {"id": id, "title": label}} for id, label in buttons]
    return {"type": "button", "action": {"buttons": shown}}


def _as_list(buttons: list[tuple[str, str]], pick: str) -> dict[str, Any]:
    # One section needs no title; two would each need one that tells her something.
    rows = [{"id": id, "title": label} for id, label in buttons]
    opens = pick if pick.strip() and length(pick) <= BUTTON else DEFAULT_PICK
    return {"type": "list", "action": {"button": opens, "sections": [{"rows": rows}]}}


def _location(pin: Pin) -> dict[str, Any]:
    words = {"name": pin.name, "address": pin.address}
    return {
        "latitude": pin.latitude,
        "longitude": pin.longitude,
        **{name: text for name, text in words.items() if text},
    }


def _contact(card: Card) -> dict[str, Any]:
    """Without a "wa_id": with one WhatsApp would offer to write instead of to call, and a number
    such as 100 is on no WhatsApp."""
    # A part of the name is asked for beside the whole of it.
    name = {"formatted_name": card.name, "first_name": card.name}
    return {"name": name, "phones": [{"phone": phone, "type": "WORK"} for phone in card.phones]}


def _file(file: File, media_id: str) -> dict[str, Any]:
    if not media_id:
        raise ValueError("a file is sent by the id WhatsApp gave it: upload it first")
    if file.kind == "audio":
        return {"id": media_id, "voice": True}
    if file.kind == "image":
        return {"id": media_id}
    return {"id": media_id, "filename": file.name or file.path.rpartition("/")[2]}
