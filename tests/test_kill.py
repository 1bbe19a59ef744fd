"""`kill -9` at any moment: nothing is lost, nothing is said twice that was not on its way."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server

import pytest

from tests.lives import Lives
from tests.standins.telegram import TOKEN, Standin
from tests.standins.telegram_chats import Chat, Message

KILLS = 50
WOMEN = 40
FIRST_CHAT = 5_300_000_001
# What she says in turn, and the first words of the one answer to it.
SAID = {
    "menú": "¿Qué quieres saber?",
    "gracias": "Gracias a ti",
    "idioma": "Elige tu idioma",
    "ayuda": "Ayuda ahora",
    "linea 100": "Línea 100: cómo llamar",
}
GREETED = 1  # message a new woman gets


@dataclass
class Woman:
    chat_id: int
    heard: list[tuple[float, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def hears(self, text: str) -> None:
        first_line = text.replace("<b>", "").replace("</b>", "")
        for words, answer in SAID.items():
            if first_line.startswith(answer):
                self.heard.append((time.monotonic(), words))
                self.news.set()
                return
        self.heard.append((time.monotonic(), "greeting"))
        self.news.set()

    async def talk(self, telegram: Standin, enough: asyncio.Event) -> None:
        telegram.say(self.chat_id, "hola")
        await self._until(lambda: len(self.heard) >= GREETED)
        self.heard.clear()
        number = 0
        while not enough.is_set():
            words = list(SAID)[number % len(SAID)]
            number += 1
            self.said.append(words)
            telegram.say(self.chat_id, words)
            await self._until(lambda: self._answered(self.said))

    def _answered(self, said: list[str]) -> bool:
        return sum(words == said[-1] for _, words in self.heard) >= said.count(said[-1])

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self.news.clear()
            await self.news.wait()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_every_message_is_answered_whenever_the_process_is_killed(
    by: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    women = {FIRST_CHAT + n: Woman(FIRST_CHAT + n) for n in range(WOMEN)}

    def heard(chat: Chat, message: Message) -> None:
        women[chat.id].hears(message.text)

    dice = random.Random(50)
    kills: list[float] = []
    async with Standin(rate=0, chat_rate=0, journal=False, on_message=heard) as telegram:
        lives = await asyncio.to_thread(Lives, tmp_path, settings(by, telegram.url))
        enough = asyncio.Event()
        try:
            talks = [asyncio.create_task(each.talk(telegram, enough)) for each in women.values()]
            for _ in range(KILLS // 2):
                life = await asyncio.to_thread(lives.start)
                await asyncio.sleep(dice.uniform(0.05, 0.8))
                await asyncio.to_thread(lives.kill, life)
                kills.append(time.monotonic())
            await asyncio.to_thread(lives.start)
            enough.set()
            await asyncio.wait_for(asyncio.gather(*talks), 60)
        finally:
            await asyncio.to_thread(lives.end)
    doubled = sum(count_doubled(woman, kills) for woman in women.values())
    said = sum(len(woman.said) for woman in women.values())
    record_property("kills", len(kills))
    record_property("answered", said)
    record_property("said_twice", doubled)
    assert said > WOMEN * 3
    # At each kill a woman has at most one answer on its way.
    assert doubled <= len(kills) * WOMEN


def settings(by: str, api_url: str) -> dict[str, str]:
    own = {
        "WILLAQ_TELEGRAM_TOKEN": TOKEN,
        "WILLAQ_TELEGRAM_API_URL": api_url,
        "WILLAQ_TELEGRAM_RATE": "1000",
    }
    if by == "webhook":
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        own |= {
            "WILLAQ_HTTP_PORT": str(port),
            "WILLAQ_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
    return own


def count_doubled(woman: Woman, kills: list[float]) -> int:
    """Each answer in order and, but for those a kill fell into, once. AssertionError if not."""
    first_at: dict[int, float] = {}
    steps: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(woman.said):
        steps[words].append(number)
    doubled, at_step = 0, -1
    for at, words in woman.heard:
        if at_step + 1 < len(woman.said) and woman.said[at_step + 1] == words:
            at_step += 1
            first_at[at_step] = at
            continue
        if words == "greeting":
            doubled += 1
            continue
        again = max(number for number in steps[words] if number <= at_step)
        spanned = [kill for kill in kills if first_at[again] <= kill <= at]
        assert spanned, f"{words!r} was said twice without a kill in between"
        doubled += 1
    assert at_step == len(woman.said) - 1, "a message was not answered"
    return doubled
