"""Talk with Willaq in a terminal: to try a text, to show it, to learn how it speaks."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TextIO

from bot.channels.base import Bubble, Limits, Mark, Receipt, SendError
from bot.dialogue.turn import Event, File

NAME = "terminal"
ADDRESS = "here"
HINT = """Escribe y presiona Enter; los números eligen. Ctrl+D termina. Nada de esto se guarda.
Type and press Enter; numbers choose. Ctrl+D ends. Nothing of this is kept.
"""
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"

Receive = Callable[..., Awaitable[object]]
Pull = Callable[[int], Awaitable[Sequence[tuple[int, Sequence[Bubble]]]]]


class Terminal:
    """She reads her answers herself after each line (`talk`); nothing is ever pushed."""

    name = NAME
    limits = Limits(text=20_000, label=80, choices=0, markup="plain", attaches=frozenset({"audio"}))
    pulled = True
    confirms = knocks = counts_incoming = False
    rate = rate_per_woman = burst_per_woman = 1000.0

    async def send(self, address: str, bubble: Bubble, mark: Mark | None = None) -> Receipt:
        raise SendError("pulled", permanent=True)

    async def knock(self, address: str, mark: Mark | None = None) -> Receipt:
        raise SendError("pulled", permanent=True)

    async def erase(self, address: str, refs: Sequence[str]) -> None:
        if sys.stdout.isatty():
            print(_CLEAR, end="")

    async def leave(self, address: str) -> None:
        return

    def ring(self, address: str) -> None:
        return


def shown(bubble: Bubble) -> str:
    """A terminal plays nothing: it says which file would be heard."""
    files = (each for each in bubble.attachments if isinstance(each, File))
    return "\n".join(filter(None, (bubble.text, *(f"🔊 {each.path}" for each in files))))


async def talk(
    receive: Receive,
    pull: Pull,
    *,
    language: str = "",
    lines: TextIO = sys.stdin,
    out: TextIO = sys.stdout,
) -> None:
    """One line of hers, then everything Willaq says to it, until the input ends."""
    print(HINT, file=out, flush=True)
    told = 0
    events = [Event("choice", choice=f"lang:{language}")] if language else []
    number = 0
    while True:
        for event in events:
            number += 1
            await receive(channel=NAME, message_id=str(number), address=ADDRESS, event=event)
            for row_id, bubbles in await pull(told):
                told = row_id
                for bubble in bubbles:
                    print(f"\n{shown(bubble)}", file=out)
        print("\n> ", end="", file=out, flush=True)
        line = await asyncio.to_thread(lines.readline)
        if not line:
            print(file=out)
            return
        events = [Event("text", text=line.strip())]
