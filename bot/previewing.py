"""`willaq preview`: one topic or phrase as each channel shows it, here in the terminal."""

import argparse
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bot.settings import Settings
from bot.verbs import OK, WRONG, today

if TYPE_CHECKING:
    from bot.preview import Preview, Row

CHANNELS: Final = {"telegram": "telegram", "whatsapp": "whatsapp", "web": "webchat"}
LOOK_S: Final = 0.2
_CLEAR: Final = "\x1b[2J\x1b[3J\x1b[H"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", metavar="TAG", help="such as quy")
    parser.add_argument("asked", metavar="TOPIC", help="a topic's name, or a text's msgctxt")
    parser.add_argument("--watch", action="store_true", help="again whenever a file is saved")
    parser.add_argument("--channel", choices=tuple(CHANNELS), help="only this one")


def preview(asked: argparse.Namespace, settings: Settings) -> int:
    """Without --watch, 1 when something would be cut or has a mistake."""
    from bot.library import Library
    from bot.preview import CHANNELS as LIMITS
    from bot.preview import Previewer, Unknown

    library = Library(settings.content_dir, settings.locales_dir, settings.drafts, today)
    wanted = CHANNELS[asked.channel] if asked.channel else None
    limits = {name: each for name, each in LIMITS.items() if wanted in (None, name)}
    previewer = Previewer(library, limits)
    while True:
        try:
            made = previewer.of(asked.asked, asked.language, today())
            told, fine = "\n".join(drawn(made)), made.is_fine
        except Unknown as error:
            told, fine = str(error), False
        if sys.stdout.isatty() and asked.watch:
            print(_CLEAR, end="")
        print(told, flush=True)
        if not asked.watch:
            return OK if fine else WRONG
        while not library.refresh():
            time.sleep(LOOK_S)


def drawn(preview: "Preview") -> Iterator[str]:
    from bot.drawing import lines_of
    from bot.web.wording import PREVIEW

    if preview.broken:
        yield PREVIEW["broken"]
        yield from (f"  {mistake}" for mistake in preview.broken)
    for screen in preview.screens:
        yield f"\n== {screen.name} =="
        for channel, column in screen.columns.items():
            yield from lines_of(PREVIEW[channel], column.bubbles)
            yield from (f"  ! {PREVIEW['cut']} {cut}" for cut in column.cuts)
        yield from lines_of(PREVIEW["spanish"], screen.spanish)
    yield f"\n== {PREVIEW['texts']} =="
    for row in preview.rows:
        yield from _row(row)
    yield f"\n{PREVIEW['fine'] if preview.is_fine else PREVIEW['wrong']}"


def _row(row: "Row") -> Iterator[str]:
    from bot.web.wording import STATES

    yield f"{row.place}: {row.key}: {STATES[row.state].format(reviewed=row.reviewed)}"
    yield from (f"  ! {fault}" for fault in row.faults)
