"""What Telegram's updates mean to Willaq: platform JSON in, what she did out. Pure.

By hand and not with `Update.de_json`: that one builds objects for every field of every update and
costs about a hundred times more. A test holds the two together.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.channels.base import Incoming
from bot.channels.foreign import an_object, items, string, whole
from bot.dialogue.turn import Event, EventKind

NAME: Final = "telegram"
ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")

# She did these to the chat, not to us; the first is what we ourselves advise for her safety.
_NOT_SAID_TO_US: Final = frozenset(
    """message_auto_delete_timer_changed pinned_message new_chat_title new_chat_photo
    delete_chat_photo chat_background_set write_access_allowed connected_website boost_added
    migrate_to_chat_id migrate_from_chat_id""".split()
)
_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_HERE_WITH_US: Final = frozenset({"member", "administrator", "creator", "restricted"})


def parse(update: Mapping[str, Any]) -> list[Incoming]:
    """What she did, or nothing. Never raises, whatever is in it."""
    id = whole(update.get("update_id")) if isinstance(update, Mapping) else None
    if id is None:
        return []
    for kind, read in _READERS.items():
        content = update.get(kind)
        if isinstance(content, dict):
            incoming = read(str(id), content)
            return [incoming] if incoming else []
    return []


def _message(id: str, message: dict[str, Any]) -> Incoming | None:
    address, is_private = _chat(message)
    sender = an_object(message.get("from"))
    if address is None or sender.get("is_bot") is True:
        return None
    if not is_private:
        return _from_group(id, address, message)
    event = _event(message, sender)
    return Incoming(id, address, event, ref=_ref(message)) if event else None


def _edited(id: str, message: dict[str, Any]) -> Incoming | None:
    """She corrected her words: they count as new ones. A location that moves does not."""
    return _message(id, message) if _text(message) else None


def _pressed(id: str, query: dict[str, Any]) -> Incoming | None:
    sender, message = an_object(query.get("from")), an_object(query.get("message"))
    address, is_private = _chat(message)
    if address is None:
        return None
    choice, ack = string(query.get("data")), string(query.get("id"))
    if not is_private:
        return Incoming(id, address, _of("group", sender), ack=ack)
    if not choice:
        return None
    event = Event("choice", choice=choice, language=_language(sender), channel=NAME)
    return Incoming(id, address, event, ack=ack)


def _membership(id: str, change: dict[str, Any]) -> Incoming | None:
    """She blocked or unblocked the bot, or somebody took it into a group."""
    address, is_private = _chat(change)
    status = string(an_object(change.get("new_chat_member")).get("status"))
    if address is None or not status:
        return None
    is_here = status in _HERE_WITH_US
    kind: EventKind = "unblocked" if is_here else "blocked"
    if not is_private:
        if not is_here:
            return None
        kind = "group"
    return Incoming(id, address, _of(kind, an_object(change.get("from"))))


_READERS: Final = {
    "message": _message,
    "callback_query": _pressed,
    "edited_message": _edited,
    "my_chat_member": _membership,
}


def _event(message: dict[str, Any], sender: dict[str, Any]) -> Event | None:
    text = _text(message)
    if text:
        return Event("text", text=text, language=_language(sender), channel=NAME)
    if not _NOT_SAID_TO_US.isdisjoint(message):
        return None
    place = an_object(message.get("location"))
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not (_degrees(latitude, 90) and _degrees(longitude, 180)):
        # Nothing is fetched by it, unless a translator was asked for her voice.
        voice = an_object(message.get("voice")) or an_object(message.get("audio"))
        return replace(_of("unreadable", sender), media=string(voice.get("file_id")))
    return replace(_of("location", sender), latitude=latitude, longitude=longitude)


def _of(kind: EventKind, sender: dict[str, Any]) -> Event:
    return Event(kind, language=_language(sender), channel=NAME)


def _text(message: dict[str, Any]) -> str:
    """Her words. Those below a photo are words too: she may be telling us of danger there."""
    text = string(message.get("text")) or string(message.get("caption"))
    command = _COMMAND.fullmatch(text) if text.startswith("/") else None
    if command is None:
        return text
    name, rest = command[1], (command[2] or "").strip()
    # What follows /start was put there by a link, not by her.
    return f"{name} {rest}" if rest and name != "start" else name


def _from_group(id: str, address: str, message: dict[str, Any]) -> Incoming | None:
    if not _is_for_a_bot(message):
        return None
    return Incoming(id, address, _of("group", an_object(message.get("from"))))


def _is_for_a_bot(message: dict[str, Any]) -> bool:
    """A command, a mention, or an answer to a bot. Which bot we cannot know here: in a group we
    only say goodbye, so doing it once too often is no harm."""
    text = string(message.get("text")) or string(message.get("caption"))
    reply = an_object(message.get("reply_to_message"))
    return (
        text.startswith("/")
        or an_object(reply.get("from")).get("is_bot") is True
        or any(
            an_object(entity).get("type") in ("mention", "bot_command")
            for entity in items(message.get("entities"))
        )
    )


def _chat(holder: dict[str, Any]) -> tuple[str | None, bool]:
    """(where to answer, is it private)"""
    chat = an_object(holder.get("chat"))
    id = whole(chat.get("id"))
    return (None if id is None else str(id)), chat.get("type") == "private"


def _ref(message: dict[str, Any]) -> str:
    id = whole(message.get("message_id"))
    return "" if id is None else str(id)


def _degrees(value: object, most: int) -> bool:
    return isinstance(value, int | float) and abs(value) <= most


def _language(sender: dict[str, Any]) -> str:
    return string(sender.get("language_code"))
