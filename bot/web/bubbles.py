"""Show on a page the text of a message as a channel shows it: what is bold there is bold here."""

import re
from html import escape, unescape
from typing import Final

from markupsafe import Markup

from bot.preview import CHANNELS

_BOLD: Final = {
    "html": re.compile(r"<b>(.*?)</b>", re.DOTALL),
    "whatsapp": re.compile(r"\*([^*\n]+)\*"),
}


def shown(text: str, markup: str) -> Markup:
    """The channel's markup as the page's; nothing else of the text is."""
    parts = _parts(text, markup)
    return Markup("".join(f"<b>{each}</b>" if at % 2 else each for at, each in enumerate(parts)))


def first_line(text: str, channel: str) -> str:
    """Without markup: what a locked telephone shows of it."""
    line = text.split("\n", 1)[0]
    return unescape("".join(_parts(line, markup_of(channel))))


def markup_of(channel: str) -> str:
    """ "html" also of what no page knows: then nothing but <b> is taken for markup."""
    limits = CHANNELS.get(channel)
    return "whatsapp" if limits is not None and limits.markup == "whatsapp" else "html"


def _parts(text: str, markup: str) -> list[str]:
    """Plain and bold by turns, fit for a page."""
    parts = _BOLD[markup].split(text)
    return [escape(unescape(part) if markup == "html" else part) for part in parts]
