"""Our side of Telegram, started against a stand-in or an emulator, for the tests of this folder."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from bot.channels.base import Bubble
from bot.channels.telegram import Telegram
from tests.standins.emulator import Emulator
from tests.standins.telegram import Standin

COMMANDS = {
    "es": {"menu": "Ver el menú", "ayuda": "Pedir ayuda", "salir": "Cerrar y borrar"},
    "qu": {"menu": "Menuta qaway", "yanapay": "Yanapayta mañakuy"},
}
SCREEN = Bubble(
    "<b>Alimentos</b>\n\nTienes derecho a pedirlos &amp; a recibirlos.",
    ((("t:alimentos:steps", "Pasos"), ("t:alimentos:law", "La ley")), (("exit", "Salir"),)),
)


@asynccontextmanager
async def bot(standin: Standin | Emulator, **settings: Any) -> AsyncIterator[Telegram]:
    settings = {"token": standin.token, "api_url": standin.url, **settings}
    telegram = Telegram(**settings)
    await telegram.start()
    try:
        yield telegram
    finally:
        await telegram.stop()


class Lines(logging.Handler):
    """What is logged, to wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._more = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
        self._more.set()

    async def until(self, words: str, timeout_s: float = 10.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not any(words in text for text in self.texts):
                self._more.clear()
                await self._more.wait()


@contextmanager
def logged(level: int = logging.WARNING) -> Iterator[Lines]:
    lines, logger = Lines(), logging.getLogger("bot.channels")
    lines.setLevel(level)
    logger.addHandler(lines)
    try:
        yield lines
    finally:
        logger.removeHandler(lines)
