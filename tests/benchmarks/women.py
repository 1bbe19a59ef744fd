"""Women who press buttons, on each platform, and hear when they are answered."""

import asyncio
import itertools
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from tests.standins import whatsapp, whatsapp_shapes
from tests.standins.platform import Json
from tests.standins.telegram import Standin
from tests.standins.telegram_chats import Chat, Message

CHATS = 6000  # one woman writes less than once a second, as Willaq's pace per woman has it
PRESSED = (
    "menu",
    "cat:violence",
    "t:linea-100",
    "t:violencia-tipos",
    "cat:work",
    "t:despido-embarazo",
)
FIRST_CHAT = 5_200_000_000


class Women(ABC):
    """`press` is answered when the first message to that woman arrives. `hears` is called with
    the chat of each message, whoever it is for."""

    platform: Any
    hears: Callable[[int], None]

    def __init__(self) -> None:
        self.hears = lambda chat_id: None
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._chats = itertools.cycle(range(FIRST_CHAT, FIRST_CHAT + CHATS))
        self._buttons = itertools.cycle(PRESSED)
        self._numbers = itertools.count(1)

    @abstractmethod
    async def introduce(self, url: str) -> None:
        """Until the platform pushes to the bot that serves at `url`."""

    @abstractmethod
    def _push(self, chat_id: int, choice: str) -> None: ...

    async def press(self, chat_id: int | None = None) -> float:
        """Seconds until her answer; the next one's, unless it is said whose."""
        chat_id = chat_id or next(self._chats)
        answer = self._waiting[chat_id] = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        self._push(chat_id, next(self._buttons))
        await answer
        return time.perf_counter() - started

    def _answered(self, chat_id: int) -> None:
        self.hears(chat_id)
        answer = self._waiting.pop(chat_id, None)
        if answer is not None and not answer.done():
            answer.set_result(None)


class OnTelegram(Women):
    def __init__(self, *, rate: float = 0, chat_rate: float = 0, delay_s: float = 0) -> None:
        """No limits, unless they are said (see the stand-in)."""
        super().__init__()
        self.platform = Standin(
            rate=rate,
            chat_rate=chat_rate,
            delay_s=delay_s,
            validate=False,
            journal=False,
            on_message=self._shown,
        )

    async def introduce(self, url: str) -> None:
        await self.platform.until(lambda: self.platform.updates.webhook is not None, 20)

    def _shown(self, chat: Chat, message: Message) -> None:
        self._answered(chat.id)
        chat.messages.clear()

    def _push(self, chat_id: int, choice: str) -> None:
        number = next(self._numbers)
        self.platform.open_queries.add(str(number))
        self.platform.updates.put(_update(chat_id, number, choice))


class OnWhatsApp(Women):
    """Each answer is followed by two statuses, "sent" and "delivered", as at Meta."""

    def __init__(self, *, rate: float = 0, pair_rate: float = 0, delay_s: float = 0) -> None:
        super().__init__()
        self.platform = whatsapp.Standin(
            rate=rate,
            pair_rate=pair_rate,
            delay_s=delay_s,
            strict=False,
            journal=False,
            on_message=self._shown,
        )

    async def introduce(self, url: str) -> None:
        async with asyncio.timeout(20):
            while True:
                try:
                    await self.platform.push_to(f"{url}/hooks/whatsapp")
                    return
                except OSError:
                    await asyncio.sleep(0.1)

    def _shown(self, woman: whatsapp.Woman, message: whatsapp.Message) -> None:
        self._answered(int(woman.phone))
        woman.messages.clear()

    def _push(self, chat_id: int, choice: str) -> None:
        self.platform.does(chat_id, whatsapp_shapes.list_reply(choice, "x", ""))


def _update(chat_id: int, number: int, choice: str) -> Json:
    woman = {"id": chat_id, "is_bot": False, "first_name": "R", "language_code": "es"}
    chat = {"id": chat_id, "type": "private", "first_name": "R"}
    bot = {"id": 1, "is_bot": True, "first_name": "W", "username": "w_bot"}
    message = {"message_id": number, "date": 1790000000, "chat": chat, "from": bot, "text": "x"}
    return {
        "update_id": 900_000_000 + number,
        "callback_query": {
            "id": str(number),
            "from": woman,
            "chat_instance": "1",
            "data": choice,
            "message": message,
        },
    }
