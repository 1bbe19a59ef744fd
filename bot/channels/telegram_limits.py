"""What fits in one message of Telegram; known without its library."""

from typing import Final

from bot.channels.base import Limits

LIMITS: Final = Limits(
    text=4096, label=64, choices=100, markup="html", per_row=2, attaches=frozenset({"pin"})
)
