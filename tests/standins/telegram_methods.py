"""The methods of the Bot API that Willaq uses, answered as Telegram answers them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from tests.standins import telegram_chats as shapes
from tests.standins.telegram_chats import Chat, Json, Message
from tests.standins.telegram_rules import Refusal, visible
from tests.standins.telegram_updates import Denied

if TYPE_CHECKING:
    from tests.standins.telegram_api import Api

Params = Mapping[str, Any]
Method = Callable[["Api", Params], Any | Awaitable[Any]]
PACED = frozenset(
    {"sendMessage", "sendLocation", "sendVenue", "sendVoice", "sendPhoto", "sendDocument"}
)


def get_me(telegram: "Api", params: Params) -> Json:
    return {
        **shapes.bot(telegram.bot_id),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(telegram: "Api", params: Params) -> list[Json]:
    limit = int(params.get("limit", 100))
    if not 1 <= limit <= 100:
        raise Refusal("limit must be between 1 and 100")
    return await telegram.updates.fetch(
        int(params.get("offset", 0)),
        limit,
        float(params.get("timeout", 0)),
        _list(params.get("allowed_updates")),
    )


def set_webhook(telegram: "Api", params: Params) -> bool:
    url = params["url"]
    if not url:
        telegram.updates.delete_webhook()
        return True
    if urlsplit(url).scheme != "https" and not _on_loopback(url):
        raise Refusal("bad webhook: An HTTPS URL must be provided for webhook")
    telegram.updates.set_webhook(
        url,
        params.get("secret_token", ""),
        int(params.get("max_connections", 40)),
        _list(params.get("allowed_updates")),
    )
    return True


def delete_webhook(telegram: "Api", params: Params) -> bool:
    telegram.updates.delete_webhook()
    if _true(params.get("drop_pending_updates")):
        telegram.updates.pending.clear()
    return True


def get_webhook_info(telegram: "Api", params: Params) -> Json:
    webhook = telegram.updates.webhook
    return {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.pending),
    }


def send_message(telegram: "Api", params: Params) -> Json:
    chat = telegram.chat_for_bot(params["chat_id"])
    html = params["text"]
    text = visible(html, params.get("parse_mode")) if telegram.validate else html
    message = chat.keep(
        Message(
            chat.next_id(),
            text,
            from_bot=True,
            html=html,
            rows=_rows(params.get("reply_markup")),
            protected=_true(params.get("protect_content")),
            silent=_true(params.get("disable_notification")),
        )
    )
    if telegram.on_message is not None:
        telegram.on_message(chat, message)
    return shapes.from_bot(chat, message, telegram.bot_id)


def send_place(telegram: "Api", params: Params) -> Json:
    """sendLocation and sendVenue: a pin on her screen, with a name and an address or without."""
    chat = telegram.chat_for_bot(params["chat_id"])
    latitude, longitude = float(params["latitude"]), float(params["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refusal("wrong latitude or longitude specified")
    shown = [params.get("title", ""), params.get("address", ""), f"{latitude},{longitude}"]
    silent = _true(params.get("disable_notification"))
    text = "\n".join(filter(None, shown))
    message = chat.keep(
        Message(chat.next_id(), text, from_bot=True, html=escape(text), silent=silent)
    )
    if telegram.on_message is not None:
        telegram.on_message(chat, message)
    return shapes.from_bot(chat, message, telegram.bot_id)


def send_voice(telegram: "Api", params: Params) -> Json:
    if b"OpusHead" not in telegram.files.known(params["voice"])[:128]:
        raise Refusal("VOICE_FILE_INVALID")
    return _send_file(telegram, params, "voice")


def send_photo(telegram: "Api", params: Params) -> Json:
    content = telegram.files.known(params["photo"])
    if not content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        raise Refusal("IMAGE_PROCESS_FAILED")
    if len(content) > 10_000_000:
        raise Refusal("PHOTO_INVALID_DIMENSIONS")
    return _send_file(telegram, params, "photo")


def send_document(telegram: "Api", params: Params) -> Json:
    return _send_file(telegram, params, "document")


def _send_file(telegram: "Api", params: Params, kind: str) -> Json:
    """By its id, or uploaded: then it has one from now on."""
    chat = telegram.chat_for_bot(params["chat_id"])
    telegram.files.known(params[kind])
    silent = _true(params.get("disable_notification"))
    file = (kind, str(params[kind]))
    message = chat.keep(Message(chat.next_id(), "", from_bot=True, silent=silent, file=file))
    if telegram.on_message is not None:
        telegram.on_message(chat, message)
    return shapes.from_bot(chat, message, telegram.bot_id)


def get_file(telegram: "Api", params: Params) -> Json:
    return telegram.files.about(params["file_id"])


def answer_callback_query(telegram: "Api", params: Params) -> bool:
    id = params["callback_query_id"]
    if id not in telegram.open_queries:
        raise Refusal("query is too old and response timeout expired or query ID is invalid")
    telegram.open_queries.discard(id)
    return True


def delete_message(telegram: "Api", params: Params) -> bool:
    chat = telegram.chat_for_bot(params["chat_id"])
    id = int(params["message_id"])
    if id not in chat.messages:
        raise Refusal("message to delete not found")
    _delete(chat, [id])
    return True


def delete_messages(telegram: "Api", params: Params) -> bool:
    ids = _list(params["message_ids"]) or []
    if not 1 <= len(ids) <= 100:
        raise Refusal("there must be 1 to 100 message identifiers")
    _delete(telegram.chat_for_bot(params["chat_id"]), [int(id) for id in ids])
    return True


def leave_chat(telegram: "Api", params: Params) -> bool:
    chat = telegram.chat_for_bot(params["chat_id"])
    if chat.kind == "private":
        raise Refusal("chat member status can't be changed in private chats")
    if chat.left:
        raise Denied(403, "Forbidden: bot is not a member of the group chat")
    chat.left = True
    return True


def set_my_commands(telegram: "Api", params: Params) -> bool:
    commands = _list(params["commands"]) or []
    if not all(re.fullmatch("[a-z0-9_]{1,32}", each["command"]) for each in commands):
        raise Refusal("BOT_COMMAND_INVALID")
    telegram.commands[params.get("language_code", "")] = commands
    return True


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendLocation": send_place,
    "sendVenue": send_place,
    "sendVoice": send_voice,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "getFile": get_file,
    "answerCallbackQuery": answer_callback_query,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
}


def _delete(chat: Chat, ids: list[int]) -> None:
    if any(id in chat.messages and chat.messages[id].too_old for id in ids):
        raise Refusal("message can't be deleted for everyone")
    for id in ids:
        chat.messages.pop(id, None)


def _rows(markup: Any) -> tuple[tuple[tuple[str, str], ...], ...]:
    if isinstance(markup, str):
        markup = orjson.loads(markup)
    rows = markup["inline_keyboard"] if markup else ()
    return tuple(
        tuple((button.get("callback_data", ""), button["text"]) for button in row) for row in rows
    )


def _list(value: Any) -> list[Any] | None:
    found: list[Any] | None = orjson.loads(value) if isinstance(value, str) else value
    return found


def _true(value: Any) -> bool:
    return value is True or value == "true"


def _on_loopback(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")
