"""`willaq pack`: all topics as a page and a paper, to carry where there is no signal."""

import argparse
import sys
from datetime import date
from pathlib import Path

from bot.settings import Settings
from bot.talking import offered
from bot.verbs import OK, WRONG, today


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", metavar="TAG", help="such as es or quy; es if not given")
    parser.add_argument("--out", metavar="FOLDER", type=Path, default=Path(), help="where to")
    parser.add_argument("--made-on", metavar="DATE", type=_day, help="today if not given")


def pack(asked: argparse.Namespace, settings: Settings) -> int:
    """Warns of what content/ withholds: paper cannot be mended once it is carried."""
    from bot.kept import Kept
    from bot.library import Library
    from bot.pack import files

    day = asked.made_on or today()
    folders = settings.content_dir, settings.locales_dir
    library = Library(*folders, settings.drafts, lambda: day, kept=Kept(settings.kept_dir))
    language = offered(asked.language, library) or "es"
    if library.mistakes:
        told = f"{len(library.mistakes)} mistakes may keep something out: see `willaq check`."
        print(told, file=sys.stderr)
    try:
        for path in files.make(*library.current, language, day, asked.out):
            print(f"{path} ({path.stat().st_size // 1000} kB)")
    except files.PackError as error:
        print(error, file=sys.stderr)
        return WRONG
    return OK


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day; write 2026-11-24') from None
