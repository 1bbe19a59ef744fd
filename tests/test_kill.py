"""`kill -9` at any moment: nothing is lost, nothing is said twice that was not on its way."""

import asyncio
import contextlib
import random
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import small
from tests.lives import Lives
from tests.standins import whatsapp
from tests.standins.telegram import TOKEN, Standin
from tests.standins.telegram_chats import Chat, Message
from tests.willaq import free_port
from tests.willaq import on_whatsapp as meta_settings

KILLS = 8
WOMEN = 40
FIRST_CHAT = 5_300_000_001
GREETING = "Hola, soy Willaq"
# What she says in turn, and the first words of the one answer to it.
SAID = {
    "menú": "¿Qué quieres saber?",
    "gracias": "Gracias a ti",
    "idioma": "Elige tu idioma",
    "ayuda": "Ayuda ahora",
    "linea 100": "La Línea 100",
}


Say = Callable[[int, str], object]


@dataclass
class Woman:
    """She says the next thing when the last one was answered. `first_at`: when each was."""

    chat_id: int
    said: list[str] = field(default_factory=list)
    first_at: list[float] = field(default_factory=list)
    again: list[tuple[str, float, float]] = field(default_factory=list)  # words, first, again
    greeted: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def hears(self, text: str, *, in_parts: bool = False) -> None:
        """`in_parts`: a long answer comes as several messages, of which the first counts."""
        line = re.sub(r"</?b>|\*", "", text)
        words = next((each for each, answer in SAID.items() if line.startswith(answer)), "")
        if not words:
            if in_parts and not line.startswith(GREETING):
                return
            assert line.startswith(GREETING), line[:40]
            self.greeted += 1
        elif self.is_pending and words == self.said[-1]:
            self.first_at.append(time.monotonic())
        else:
            # An answer she had already: five things are said in turn, so it is a recent one.
            before = len(self.first_at) - 1 - self.said[: len(self.first_at)][::-1].index(words)
            self.again.append((words, self.first_at[before], time.monotonic()))
        self.news.set()

    @property
    def is_pending(self) -> bool:
        return len(self.first_at) < len(self.said)

    async def talk(self, say: Say, enough: asyncio.Event) -> None:
        say(self.chat_id, "hola")
        while not self.greeted:
            await self._hear()
        while not enough.is_set():
            words = list(SAID)[len(self.said) % len(SAID)]
            self.said.append(words)
            say(self.chat_id, words)
            while self.is_pending:
                await self._hear()

    async def _hear(self) -> None:
        self.news.clear()
        await self.news.wait()


Women = Mapping[int, Woman]


@dataclass
class Platform:
    """How women say something there, and the settings with which Willaq hears it."""

    say: Say
    settings: dict[str, str]


@contextlib.asynccontextmanager
async def on_telegram(by: str, women: Women) -> AsyncIterator[Platform]:
    def heard(chat: Chat, message: Message) -> None:
        women[chat.id].hears(message.text)

    async with Standin(rate=0, chat_rate=0, journal=False, on_message=heard) as telegram:
        yield Platform(telegram.say, settings(by, telegram.url))


@contextlib.asynccontextmanager
async def on_whatsapp(by: str, women: Women) -> AsyncIterator[Platform]:
    """Meta repeats what was not answered with 200; here a hundred times faster."""

    def heard(woman: whatsapp.Woman, message: whatsapp.Message) -> None:
        women[int(woman.phone)].hears(message.text, in_parts=True)

    meta = whatsapp.Standin(rate=0, pair_rate=0, journal=False, on_message=heard)
    async with meta:
        told = meta_settings(meta, free_port())
        meta.webhook.push_unasked(f"{told['WILLAQ_PUBLIC_URL']}/hooks/whatsapp")
        yield Platform(meta.say, {**told, "WILLAQ_WHATSAPP_RATE": "1000"})


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("by", "platform"),
    [("polling", on_telegram), ("webhook", on_telegram), ("whatsapp", on_whatsapp)],
    ids=["polling", "webhook", "whatsapp"],
)
async def test_every_message_is_answered_whenever_the_process_is_killed(
    by: str,
    platform: Callable[[str, Women], AbstractAsyncContextManager[Platform]],
    tmp_path: Path,
    kills: int,
    record_property: Callable[[str, object], None],
) -> None:
    women = {FIRST_CHAT + n: Woman(FIRST_CHAT + n) for n in range(WOMEN)}
    dice = random.Random(50)
    killed_at: list[float] = []
    async with platform(by, women) as there:
        lives = await asyncio.to_thread(Lives, tmp_path, there.settings, small.home(tmp_path))
        enough = asyncio.Event()
        try:
            talks = [asyncio.create_task(each.talk(there.say, enough)) for each in women.values()]
            for _ in range(kills or KILLS):
                life = await asyncio.to_thread(lives.start)
                if dice.random() < 0.8:
                    await something_said(women.values())
                await asyncio.sleep(dice.uniform(0.0, 0.4))
                await asyncio.to_thread(lives.kill, life)
                killed_at.append(time.monotonic())
            await asyncio.to_thread(lives.start)
            enough.set()
            await asyncio.wait_for(asyncio.gather(*talks), 60)
        finally:
            await asyncio.to_thread(lives.end)
    assert not any(woman.is_pending for woman in women.values())
    for woman in women.values():
        for words, first, again in woman.again:
            spanned = any(first <= kill <= again for kill in killed_at)
            assert spanned, f"{words!r} was said twice without a kill in between"
    doubled = sum(len(woman.again) + woman.greeted - 1 for woman in women.values())
    said = sum(len(woman.said) for woman in women.values())
    record_property("kills", len(killed_at))
    record_property("answered", said)
    record_property("said_twice", doubled)
    assert said > WOMEN
    # At each kill a woman has at most one answer on its way.
    assert doubled <= len(killed_at) * WOMEN


async def something_said(women: Iterable[Woman]) -> None:
    """Most lives end while they answer, whatever the machine needs until they begin to."""
    for woman in women:
        woman.news.clear()
    heard = [asyncio.create_task(woman.news.wait()) for woman in women]
    await asyncio.wait(heard, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    for task in heard:
        task.cancel()


def settings(by: str, api_url: str) -> dict[str, str]:
    own = {
        "WILLAQ_TELEGRAM_TOKEN": TOKEN,
        "WILLAQ_TELEGRAM_API_URL": api_url,
        "WILLAQ_TELEGRAM_RATE": "1000",
    }
    if by == "webhook":
        port = free_port()
        own |= {
            "WILLAQ_HTTP_PORT": str(port),
            "WILLAQ_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
    return own
