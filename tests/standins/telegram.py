"""A strict stand-in for Telegram's Bot API: real HTTP, its rules, its limits, its bad days.

In a test: `async with Standin() as telegram: telegram.say(1, "hola")`. As a process of its own:
`python -m tests.standins.telegram --port 0`, steered through POST /control/<verb>.
"""

import itertools
import time

from tests.standins import telegram_chats as shapes
from tests.standins.raw_http import Answer
from tests.standins.telegram_api import TOKEN, Api
from tests.standins.telegram_api import TelegramFault as Fault
from tests.standins.telegram_chats import Chat, Json, Message

__all__ = ["TOKEN", "Fault", "Standin"]


class Standin(Api):
    """The API with the women around it: what they do, and what their screens show."""

    _queries = itertools.count(4_382_000_000_000_001)

    # What women do.

    def say(self, chat_id: int, text: str, *, language: str = "es") -> int:
        chat = self.known(chat_id, language=language)
        return self.does(chat_id, shapes.text_of(text), shown=text, chat=chat)

    def speak(self, chat_id: int, voice: bytes) -> int:
        """A voice note."""
        return self.does(chat_id, shapes.voice(self.files.add(voice)))

    def does(
        self, chat_id: int, content: Json, *, shown: str = "", chat: Chat | None = None
    ) -> int:
        """Any message of hers, by its content: {"location": {...}}, {"voice": {...}}."""
        chat = chat or self.known(chat_id)
        message = chat.keep(Message(chat.next_id(), shown, from_bot=False))
        return self.updates.add("message", shapes.from_her(chat, content, message.id))

    def edit(self, chat_id: int, message_id: int, text: str) -> int:
        chat = self.known(chat_id)
        chat.messages[message_id].text = text
        content = {**shapes.text_of(text), "edit_date": int(time.time())}
        return self.updates.add("edited_message", shapes.from_her(chat, content, message_id))

    def press(self, chat_id: int, button: str) -> int:
        """`button`: its label or its data."""
        chat = self.known(chat_id)
        message, data = chat.button(button)
        query_id = str(next(self._queries))
        self.open_queries.add(query_id)
        query = shapes.pressed(chat, message, data, query_id, self.bot_id)
        return self.updates.add("callback_query", query)

    def block(self, chat_id: int) -> int:
        self.refused[chat_id] = (403, "Forbidden: bot was blocked by the user")
        return self._member(self.known(chat_id), "member", "kicked")

    def unblock(self, chat_id: int) -> int:
        self.refused.pop(chat_id, None)
        return self._member(self.known(chat_id), "kicked", "member")

    def add_to_group(self, chat_id: int) -> int:
        return self._member(self.known(chat_id, kind="supergroup"), "left", "member")

    def _member(self, chat: Chat, old: str, new: str) -> int:
        member = shapes.membership(chat, old, new, self.bot_id)
        return self.updates.add("my_chat_member", member)

    def steer(self, verb: str, body: bytes) -> Answer:
        from tests.standins.telegram_control import control

        return control(self, verb, body)

    # What their screens show, and waiting for it.

    def chat(self, chat_id: int) -> list[Message]:
        return sorted(self.known(chat_id).messages.values(), key=lambda message: message.id)

    def said(self, chat_id: int) -> list[Message]:
        """The bot's messages of this chat that are not deleted."""
        return [message for message in self.chat(chat_id) if message.from_bot]

    async def hears(
        self, chat_id: int, messages: int = 1, timeout_s: float = 10.0
    ) -> list[Message]:
        """The bot's messages of this chat, once there are that many."""
        await self.until(lambda: len(self.said(chat_id)) >= messages, timeout_s)
        return self.said(chat_id)


if __name__ == "__main__":
    from tests.standins.telegram_control import main

    main()
