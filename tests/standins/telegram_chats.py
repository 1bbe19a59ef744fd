"""What women do in Telegram, as updates in the platform's shape, and what their screens show."""

import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """One message on her screen. `text` is what she reads; `html` is what the bot wrote."""

    id: int
    text: str
    from_bot: bool
    html: str = ""
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()  # (data, label)
    protected: bool = False
    silent: bool = False
    file: tuple[str, str] = ("", "")  # what kind of, and its id
    too_old: bool = False  # over 48 hours: the bot cannot delete it any more

    @property
    def voice(self) -> str:
        """The id of a voice note, or ""."""
        return self.file[1] if self.file[0] == "voice" else ""

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for _, label in row]

    @property
    def data(self) -> list[str]:
        return [data for row in self.rows for data, _ in row]


@dataclass(slots=True)
class Chat:
    id: int
    kind: str = "private"
    language: str = "es"
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    left: bool = False
    name: str = "Rosa"

    def keep(self, message: Message) -> Message:
        self.messages[message.id] = message
        return message

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def as_json(self) -> Json:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.name}
        return {"id": self.id, "type": self.kind, "title": "Grupo"}

    def button(self, wanted: str) -> tuple[Message, str]:
        """The newest button that shows `wanted`, or carries it as data."""
        for message in sorted(self.messages.values(), key=lambda each: -each.id):
            for row in message.rows:
                for data, label in row:
                    if wanted in (data, label):
                        return message, data
        shown = [label for message in self.messages.values() for label in message.labels]
        raise LookupError(f"no button {wanted!r} in this chat; there are: {shown}")


def woman(chat: Chat) -> Json:
    # In a group somebody else than the group speaks.
    return {
        "id": abs(chat.id),
        "is_bot": False,
        "first_name": chat.name,
        "language_code": chat.language,
    }


def bot(id: int) -> Json:
    return {"id": id, "is_bot": True, "first_name": "Willaq", "username": "willaq_bot"}


def from_her(chat: Chat, content: Json, message_id: int) -> Json:
    return {
        "message_id": message_id,
        "from": woman(chat),
        "chat": chat.as_json(),
        "date": int(time.time()),
        **content,
    }


def text_of(text: str) -> Json:
    if not text.startswith("/"):
        return {"text": text}
    length = len(text.split(maxsplit=1)[0])
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def voice(file_id: str) -> Json:
    about = {"file_id": file_id, "file_unique_id": f"u{file_id[-6:]}", "duration": 5}
    return {"voice": {**about, "mime_type": "audio/ogg", "file_size": 8000}}


def _file(kind: str, file_id: str) -> Json:
    if kind == "voice":
        return voice(file_id)
    about = {"file_id": file_id, "file_unique_id": f"u{file_id[-6:]}", "file_size": 8000}
    if kind == "document":
        return {"document": about}
    small = {**about, "file_id": f"{file_id}-s", "width": 90, "height": 90}
    return {"photo": [small, {**about, "width": 900, "height": 900}]}


def from_bot(chat: Chat, message: Message, bot_id: int) -> Json:
    answer: Json = {
        "message_id": message.id,
        "from": bot(bot_id),
        "chat": chat.as_json(),
        "date": int(time.time()),
        **(_file(*message.file) if message.file[0] else {"text": message.text}),
    }
    if message.rows:
        answer["reply_markup"] = keyboard(message)
    if message.protected:
        answer["has_protected_content"] = True
    return answer


def keyboard(message: Message) -> Json:
    rows = [[{"text": label, "callback_data": data} for data, label in row] for row in message.rows]
    return {"inline_keyboard": rows}


def pressed(chat: Chat, message: Message, data: str, query_id: str, bot_id: int) -> Json:
    return {
        "id": query_id,
        "from": woman(chat),
        "chat_instance": str(chat.id * 31),
        "message": from_bot(chat, message, bot_id),
        "data": data,
    }


def membership(chat: Chat, old: str, new: str, bot_id: int) -> Json:
    return {
        "chat": chat.as_json(),
        "from": woman(chat),
        "date": int(time.time()),
        "old_chat_member": _member(old, bot_id),
        "new_chat_member": _member(new, bot_id),
    }


def _member(status: str, bot_id: int) -> Json:
    member: Json = {"user": bot(bot_id), "status": status}
    return {**member, "until_date": 0} if status == "kicked" else member
