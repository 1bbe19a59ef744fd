"""What WhatsApp's webhooks mean to Willaq: platform JSON in; what women did, and what became of our
messages, out. Pure.

By hand and not with a library: the one there is reads only the first message of a batch (see
docs/why.md). A test holds the two together.

Rule 1: nothing is guessed about who wrote. Whoever cannot be told for sure is answered at the
number the message came from, or not at all; never at the address of another woman.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from bot.channels.base import Incoming, Status
from bot.channels.foreign import an_object, objects, string, whole
from bot.channels.whatsapp_errors import failed
from bot.channels.whatsapp_marks import read_mark
from bot.dialogue.turn import Event, EventKind

NAME: Final = "whatsapp"
WINDOW_S: Final = 24 * 3600.0
# Meta's clock is not ours, and its window closes on what is still on its way.
MARGIN_S: Final = 180.0

# She did these to a message, not to us. An answer to a deletion would undo what it is for.
_NOT_SAID_TO_US: Final = frozenset({"reaction", "revoke"})
_MOVES: Final = frozenset(
    {"user_changed_number", "user_changed_user_id", "customer_changed_number"}
)
_WISHES: Final[Mapping[str, EventKind]] = {"stop": "stopped", "resume": "resumed"}
_STATES: Final[Mapping[str, Literal["sent", "delivered", "read", "failed"]]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # she heard it
    "failed": "failed",
}
_PHONE: Final = re.compile(r"\+?([0-9]{5,20})")
_USER_ID: Final = re.compile(r"[A-Za-z]{2}\.[!-~]{1,200}")  # country, ".", opaque


def parse(
    body: Mapping[str, Any], tag: str, number_id: str | None = None
) -> list[Incoming | Status]:
    """What women did and what became of our messages, in the order told. Never raises, whatever is
    in it.

    `tag` is what our marks begin with. What was written to another number than `number_id` is
    somebody else's (None: all of it is ours).
    """
    if not isinstance(body, Mapping) or body.get("object") != "whatsapp_business_account":
        return []
    return [
        each
        for entry in objects(body.get("entry"))
        for change in objects(entry.get("changes"))
        if number_id in (None, _written_to(change))
        for each in _change(string(change.get("field")), an_object(change.get("value")), tag)
    ]


def _written_to(change: dict[str, Any]) -> str:
    metadata = an_object(an_object(change.get("value")).get("metadata"))
    return string(metadata.get("phone_number_id"))


def _change(field: str, value: dict[str, Any], tag: str) -> Iterator[Incoming | Status]:
    """Other fields are about templates, calls, groups, and what others answer in our place."""
    if field == "messages":
        contacts = objects(value.get("contacts"))
        us = _digits(an_object(value.get("metadata")).get("display_phone_number"))
        for message in objects(value.get("messages")):
            if incoming := _message(message, contacts, us):
                yield incoming
        for status in objects(value.get("statuses")):
            if told := _status(status, tag):
                yield told
    elif field == "user_preferences":
        contacts = objects(value.get("contacts"))
        for preference in objects(value.get("user_preferences")):
            if incoming := _wish(preference, contacts):
                yield incoming


def _message(message: dict[str, Any], contacts: list[dict[str, Any]], us: str) -> Incoming | None:
    id, number = string(message.get("id")), _phone(message.get("from"))
    # Talk in a group is not for us, and what we ourselves said is no news.
    if not id or "group_id" in message or (us and number == us):
        return None
    if message.get("type") == "system":
        return _moved(id, number, an_object(message.get("system")))
    event = _event(message)
    address, alias = _who(number, _user_id(message.get("from_user_id")), contacts)
    if event is None or not address:
        return None
    return Incoming(id, address, event, alias=alias, window_until=_window(message))


def _event(message: dict[str, Any]) -> Event | None:
    kind = string(message.get("type"))
    content = an_object(message.get(kind))
    if kind in _NOT_SAID_TO_US or (
        kind == "unsupported" and string(content.get("type")) in _NOT_SAID_TO_US
    ):
        return None
    if kind == "edit":
        return _edited(an_object(content.get("message")))
    # Words below a photo are words too: she may be telling us of danger there.
    if text := string(content.get("body" if kind == "text" else "caption")):
        return Event("text", text=text, channel=NAME)
    if choice := _choice(kind, content):
        return Event("choice", choice=choice, channel=NAME)
    if kind == "location":
        return _place(content)
    # Nothing is fetched by it, unless a translator was asked for her voice.
    media = string(content.get("id")) if kind == "audio" else ""
    return Event("unreadable", channel=NAME, media=media)


def _edited(message: dict[str, Any]) -> Event | None:
    """She corrected her words: they count as new ones. An edit of an edit is none."""
    event = _event(message) if message.get("type") != "edit" else None
    return event if event and event.kind == "text" else None


def _choice(kind: str, content: dict[str, Any]) -> str:
    """What the button she pressed stands for: one below a message, in a list, or of a template."""
    if kind == "button":
        return string(content.get("payload"))
    if kind != "interactive":
        return ""
    pressed = an_object(content.get("button_reply")) or an_object(content.get("list_reply"))
    return string(pressed.get("id"))


def _place(location: dict[str, Any]) -> Event:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    on_earth = _degrees(latitude, 90) and _degrees(longitude, 180)
    if not on_earth:
        return Event("unreadable", channel=NAME)
    return Event("location", channel=NAME, latitude=latitude, longitude=longitude)


def _degrees(value: object, most: int) -> bool:
    return isinstance(value, int | float) and abs(value) <= most


def _moved(id: str, number: str, system: dict[str, Any]) -> Incoming | None:
    """Her old address, which may be somebody else's tomorrow. The new one writes as anybody new."""
    if string(system.get("type")) not in _MOVES:
        return None
    if number in (_phone(system.get("wa_id")), _phone(system.get("new_wa_id"))):
        number = ""
    address, alias = _address(number, _user_id(system.get("previous_user_id")))
    return Incoming(id, address, Event("moved", channel=NAME), alias=alias) if address else None


def _wish(preference: dict[str, Any], contacts: list[dict[str, Any]]) -> Incoming | None:
    """She told WhatsApp that she wants no announcements, or wants them again."""
    value = string(preference.get("value"))
    kind = _WISHES.get(value)
    if kind is None or preference.get("category") != "marketing_messages":
        return None
    number, user_id = _phone(preference.get("wa_id")), _user_id(preference.get("user_id"))
    address, alias = _who(number, user_id, contacts)
    if not address:
        return None
    # It has no id of its own; told twice, it is the same wish at the same second.
    id = f"{value} {address} {_seconds(preference)}"
    return Incoming(id, address, Event(kind, channel=NAME), alias=alias)


def _status(status: dict[str, Any], tag: str) -> Status | None:
    state = _STATES.get(string(status.get("status")))
    marked = read_mark(tag, string(status.get("biz_opaque_callback_data")))
    if state is None or marked is None:
        return None
    mark, had_buttons = marked
    failure = failed(_code(status)) if state == "failed" else None
    return Status(mark, state, failure, had_buttons)


def _code(status: dict[str, Any]) -> int | None:
    errors = objects(status.get("errors"))
    return whole(errors[0].get("code")) if errors else None


def _who(number: str, user_id: str, contacts: list[dict[str, Any]]) -> tuple[str, str]:
    """(where to answer, what else she was known by), each or both ""."""
    for contact in contacts:
        their_number, their_id = _phone(contact.get("wa_id")), _user_id(contact.get("user_id"))
        is_hers = bool(number and number == their_number) or bool(user_id and user_id == their_id)
        is_the_only_one = len(contacts) == 1 and not (
            (number and their_number) or (user_id and their_id)
        )
        if is_hers or is_the_only_one:
            return _address(number or their_number, user_id or their_id)
    return _address(number, user_id)


def _address(number: str, user_id: str) -> tuple[str, str]:
    return (user_id, number) if user_id else (number, "")


def _window(message: dict[str, Any]) -> float | None:
    """Until when we may answer freely; None when it cannot be told."""
    seconds = _seconds(message)
    return None if seconds is None else seconds + WINDOW_S - MARGIN_S


def _seconds(message: dict[str, Any]) -> int | None:
    told = message.get("timestamp")
    if isinstance(told, str) and told.isascii() and told.isdecimal() and len(told) == 10:
        told = int(told)
    seconds = whole(told)
    # From 2001 to 2286: neither milliseconds nor rubbish opens a window for ever.
    return seconds if seconds is not None and 10**9 <= seconds < 10**10 else None


def _phone(value: object) -> str:
    number = _PHONE.fullmatch(string(value))
    return number[1] if number else ""


def _user_id(value: object) -> str:
    id = string(value)
    return id if _USER_ID.fullmatch(id) else ""


def _digits(value: object) -> str:
    """ "+51 1 234-5678" as WhatsApp writes it in `from`."""
    return re.sub(r"[^0-9]", "", string(value))
