"""What Telegram is asked to show, as the JSON of its Bot API. Pure: nothing is sent here."""

from typing import Any, Final

import orjson

from bot.channels.base import Bubble, Limits
from bot.dialogue.turn import Pin

LIMITS: Final = Limits(
    text=4096,
    label=64,
    choices=100,
    markup="html",
    per_row=2,
    attaches=frozenset({"pin", "audio", "document", "image"}),
)
_NO_PREVIEW: Final = {"is_disabled": True}


def call(address: str, bubble: Bubble) -> tuple[str, dict[str, Any]]:
    """The method, and what it takes."""
    for attached in bubble.attachments:
        if isinstance(attached, Pin):
            return _pin(address, attached)
    return "sendMessage", _parameters(address, bubble)


def _pin(address: str, pin: Pin) -> tuple[str, dict[str, Any]]:
    """Telegram shows a name beside a pin only together with an address."""
    parameters: dict[str, Any] = {
        "chat_id": int(address),
        "latitude": pin.latitude,
        "longitude": pin.longitude,
        "disable_notification": True,
    }
    if not pin.address:
        return "sendLocation", parameters
    return "sendVenue", {**parameters, "title": pin.name, "address": pin.address}


def _parameters(address: str, bubble: Bubble) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "chat_id": int(address),
        "text": bubble.text,
        "parse_mode": "HTML",
        # A preview would show the name of the site to whoever looks over her shoulder, and cost
        # her data.
        "link_preview_options": _NO_PREVIEW,
        # No sound: whoever else is in the room need not know that something came.
        "disable_notification": True,
    }
    if bubble.buttons:
        parameters["reply_markup"] = {
            "inline_keyboard": [
                [{"text": label, "callback_data": id} for id, label in row]
                for row in bubble.buttons
            ]
        }
    return parameters


def acknowledged(ack: str) -> bytes:
    """Telegram takes one call within the answer to its own request."""
    return orjson.dumps({"method": "answerCallbackQuery", "callback_query_id": ack})
