"""All rooms behind the web, real and in this process, served on a port of loopback."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import aiohttp
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from bot.channels.base import Channel, Hook
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.whatsapp import WhatsApp
from bot.conversation import Conversation, lima_day
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.turn import Event
from bot.kept import Kept
from bot.library import Library
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.store.addresses import Vault
from bot.store.sqlite import MEMORY, SqliteStore
from bot.translations import Translations
from bot.web import app
from bot.web.chat import Gates
from tests.outgoing import Phones
from tests.standins.whatsapp import APP_SECRET, VERIFY_TOKEN

HOME = Path(__file__).parent.parent.parent
SECRET = "a-secret_of-ours"
Json = dict[str, Any]


@lru_cache(maxsize=1)
def shelves() -> Library:
    """The real content; loaded once, since it never changes."""
    day = lima_day(time.time())
    folders = HOME / "content", HOME / "locales"
    return Library(*folders, "show", lambda: day, kept=Kept(HOME / ".cache"))


def library() -> tuple[Catalogue, Translations]:
    return shelves().current


class House:
    """`catalogue` and `healthy` are what a test may change; `acks` is what Telegram is told."""

    NUMBER_ID = "1055500100"
    TAG = "a1b2c3"

    def __init__(self, gates: Gates | None = None, answers_acks: bool = True) -> None:
        self.gates = gates
        self.answers_acks = answers_acks
        self.catalogue: Any = library()[0]
        self.healthy = True
        self.acks: list[str] = []
        self.telegram = Phones()
        self.whatsapp = Phones(name="whatsapp", confirms=True)
        self.ahead_s = 0.0
        self.url = ""

    def now(self) -> float:
        return time.time() + self.ahead_s

    async def __aenter__(self) -> Self:
        self.store = await SqliteStore.open(MEMORY, Vault.in_memory())
        self.webchat = WebChat(sign=self.store.vault.sign, now=self.now)
        pushed = (self.webchat, self.telegram, self.whatsapp)
        channels: dict[str, Channel] = {each.name: each for each in pushed}
        self.outbox = Outbox(self.store, channels, lambda: library()[1], now=self.now)
        self.metrics = Metrics(
            ends=lambda: list(self.outbox.counts.items()),
            queued=self.outbox.queued,
            in_flight=self.outbox.in_flight,
        )
        self.conversation = Conversation(
            self.store,
            lambda: self.catalogue,
            handed=self.outbox.take,
            noted=self.metrics.received,
            now=self.now,
        )
        self._sending = asyncio.create_task(self.outbox.run())
        await self._serve()
        self.web = aiohttp.ClientSession(self.url)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.web.close()
        self.webchat.close()
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        await asyncio.gather(*self._state.tasks)
        await self.outbox.stop(1)
        await self._sending
        await self.store.close()

    async def _serve(self) -> None:
        """uvicorn's protocol without its Server, which takes a fifth of a second to end."""
        self.hooks = self._hooks()
        self.pages = self._pages()
        config = uvicorn.Config(
            self.pages, http=HttpToolsProtocol, ws="none", log_config=None, access_log=False
        )
        config.load()
        self._state = ServerState()
        self._server = await asyncio.get_running_loop().create_server(
            lambda: HttpToolsProtocol(config, self._state, {}), "127.0.0.1", 0
        )
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    @property
    def chat(self) -> Any:
        """What serves the page's own door."""
        route = next(each for each in self.pages.routes if each.path == "/chat/leave")
        return route.endpoint.__self__

    def _hooks(self) -> dict[str, Hook]:
        """Those of the real channels; what they would send goes to our phones."""
        telegram = Telegram(token="1:a", public_url="https://x.example", webhook_secret=SECRET)
        hook = telegram.hook()
        assert hook is not None
        answer = hook.answer if self.answers_acks else None
        meta = WhatsApp(
            token="t", phone_number_id=self.NUMBER_ID, app_secret=APP_SECRET,
            verify_token=VERIFY_TOKEN, tag=self.TAG, media=self.store, read=lambda path: b"",
        )  # fmt: skip
        return {
            "telegram": replace(hook, acknowledge=self.acks.append, answer=answer),
            "whatsapp": meta.hook(),
        }

    def _pages(self) -> Any:
        return app.build(
            receive=self.conversation.receive,
            pull=self.outbox.pull,
            forget=self._forget,
            webchat=self.webchat,
            note=self.outbox.note,
            hooks=self.hooks,
            library=library,
            health=self._health,
            metrics=self.metrics.registry,
            gates=self.gates,
        )

    async def _forget(self, channel: str, address: str) -> bool:
        return await self.store.forget(channel, address, now=self.now())

    async def _health(self) -> tuple[bool, Json]:
        return self.healthy, {"mistakes": 0}

    async def rows(self, query: str) -> Sequence[Any]:
        """Of the database itself."""
        return await self.store._writer.between(lambda each: each.execute(query).fetchall())

    async def woman(self) -> "Woman":
        async with self.web.post("/chat/session") as answer:
            assert answer.status == 200
            return Woman(self, (await answer.json())["token"])


async def until(it_is_so: Callable[[], object], within_s: float = 5) -> None:
    for _ in range(int(within_s / 0.005)):
        if it_is_so():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not happen")


class Woman:
    """She talks as her page does."""

    def __init__(self, house: House, token: str) -> None:
        self.house = house
        self.token = token
        self.headers = {"X-Willaq-Token": token}
        self.after = 0
        self._number = 0

    @property
    def address(self) -> str:
        address = self.house.webchat.address(self.token)
        assert address is not None
        return address

    async def sends(self, **message: Any) -> tuple[int, Json]:
        """(status, answer) of one message, as it is."""
        request = self.house.web.post("/chat/say", json=message, headers=self.headers)
        async with request as answer:
            return answer.status, await answer.json(content_type=None)

    async def says(self, text: str) -> list[str]:
        self._number += 1
        status, batch = await self.sends(id=f"m{self._number}", text=text, after=self.after)
        assert status == 200, batch
        return self._reads(batch)

    async def fetches(self, query: str = "") -> list[str]:
        url = f"/chat/poll?after={self.after}{query}"
        async with self.house.web.get(url, headers=self.headers) as answer:
            assert answer.status == 200
            return self._reads(await answer.json())

    async def hears(self, text: str, id: str) -> None:
        """Willaq gets her words by another way than her page."""
        await self.house.conversation.receive(
            channel="webchat", message_id=id, address=self.address,
            event=Event("text", text=text), pulled=True,
        )  # fmt: skip

    def _reads(self, batch: Json) -> list[str]:
        for message in batch["messages"]:
            self.after = max(self.after, message["id"])
        return [bubble["text"] for each in batch["messages"] for bubble in each["bubbles"]]
