"""telemelya (see telemelya_server.py) with a bot behind it: say something, see what it answers.

Between the two sits a relay, because telemelya pushes without the secret that Telegram sends with
every update, and ours rightly hears nobody who does not know it.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson

from tests.standins.raw_http import Answer, Request, Server
from tests.standins.telegram_api import TOKEN

Json = dict[str, Any]
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Emulator:
    """`url` is for WILLAQ_TELEGRAM_API_URL, `token` for WILLAQ_TELEGRAM_TOKEN. `calls` are the
    bot's, as telemelya noted them."""

    token = TOKEN

    def __init__(self, telemelya_url: str, session: aiohttp.ClientSession) -> None:
        self.calls: list[Json] = []
        self.webhook_answers: list[int] = []
        self._telemelya = telemelya_url
        self._session = session
        self._relay = Server(self._pass_on)
        self._hook_url = self._secret = ""
        self._has_webhook = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._relay.port}"

    async def start(self) -> None:
        await self._relay.start()

    async def stop(self) -> None:
        await self._relay.stop()

    async def webhook_is_set(self, timeout_s: float = 10.0) -> None:
        async with asyncio.timeout(timeout_s):
            await self._has_webhook.wait()

    async def say(self, chat_id: int, text: str) -> int:
        """The status the bot's webhook answered."""
        return await self._does({"chat_id": chat_id, "text": text})

    async def press(self, chat_id: int, label: str) -> int:
        """The newest button with this label."""
        for message in reversed(self.said(chat_id)):
            for button in _buttons(message):
                if button["text"] == label:
                    data, id = button["callback_data"], message["message_id"]
                    press = {"callback_data": data, "callback_message_id": id}
                    return await self._does({"chat_id": chat_id, **press})
        raise LookupError(f"no button {label!r} in this chat")

    async def _does(self, what: Json) -> int:
        url = f"{self._telemelya}/api/v1/test/send_update?bot_token={self.token}"
        async with self._session.post(url, json=what, headers=_CONTROL) as answer:
            told: Json = orjson.loads(await answer.read())
            if answer.status != 200:
                raise LookupError(f"not delivered: {told}")
        status: int = told["delivery"]["status_code"]
        return status

    def said(self, chat_id: int) -> list[Json]:
        return [
            call
            for call in self.calls
            if call["method"] == "sendMessage" and call["chat_id"] == chat_id
        ]

    async def until(self, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Waits for calls of the bot until the condition holds."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                url = f"{self._telemelya}/api/v1/test/responses/wait?timeout=1"
                async with self._session.get(url, headers=_CONTROL) as answer:
                    call = orjson.loads(await answer.read())["response"]
                if call:
                    self.calls.append(call)

    async def _pass_on(self, request: Request) -> Answer:
        if request.path == "/push":
            return await self._push(request.body)
        body = request.body
        if request.path.endswith("/setWebhook"):
            body = self._note_webhook(orjson.loads(body))
        url, json = f"{self._telemelya}{request.path}", {"Content-Type": "application/json"}
        async with self._session.post(url, data=body, headers=json) as answer:
            passed_on = Answer(await answer.read(), answer.status)
        if request.path.endswith("/setWebhook"):
            self._has_webhook.set()
        return passed_on

    def _note_webhook(self, params: Json) -> bytes:
        self._hook_url, self._secret = params["url"], params["secret_token"]
        return orjson.dumps({"url": f"{self.url}/push"})

    async def _push(self, update: bytes) -> Answer:
        headers = {"Content-Type": "application/json", _SECRET_HEADER: self._secret}
        async with self._session.post(self._hook_url, data=update, headers=headers) as answer:
            self.webhook_answers.append(answer.status)
            return Answer(await answer.read(), answer.status)


_CONTROL = {"Authorization": "Bearer anyone"}


def _buttons(message: Json) -> list[Json]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


@asynccontextmanager
async def telemelya() -> AsyncIterator[Emulator]:
    program = (sys.executable, "-m", "tests.standins.telemelya_server")
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        url = orjson.loads(await process.stdout.readline())["url"]
        async with aiohttp.ClientSession() as session:
            emulator = Emulator(url, session)
            await emulator.start()
            try:
                yield emulator
            finally:
                await emulator.stop()
    finally:
        process.terminate()
        await process.wait()
