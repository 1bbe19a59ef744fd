"""The real content, loaded once, on a day when nothing of it has expired."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.content import Content, load
from bot.dialogue.catalogue import Catalogue

TODAY = date(2026, 11, 24)
CONTENT = Path(__file__).parent.parent / "content"
LOCALES = Path(__file__).parent.parent / "locales"


@cache
def content() -> Content:
    return load(CONTENT, TODAY)


def spanish() -> Catalogue:
    return content().catalogue
