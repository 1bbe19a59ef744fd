"""A message as a channel shows it, drawn for a terminal."""

from collections.abc import Iterator, Sequence
from html import unescape
from textwrap import wrap
from typing import Final

from bot.channels.base import Bubble

_WIDTH: Final = 72


def lines_of(name: str, bubbles: Sequence[Bubble]) -> Iterator[str]:
    """Line by line; `name` stands above each bubble."""
    for number, bubble in enumerate(bubbles, 1):
        of = f" {number}/{len(bubbles)}" if len(bubbles) > 1 else ""
        yield f"\n-- {name}{of}"
        # Telegram's markup and the page's are not what she sees; there is no bold in a terminal.
        text = unescape(bubble.text.replace("<b>", "*").replace("</b>", "*"))
        for line in text.split("\n"):
            yield from (f"  {part}" for part in wrap(line, _WIDTH) or [""])
        yield from (f"  ({attached.name})" for attached in bubble.attachments)
        yield from (f"  {' '.join(f'[{label}]' for _, label in row)}" for row in bubble.buttons)
