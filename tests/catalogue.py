"""The real content, loaded once, on a day when nothing of it has expired."""

from datetime import date
from functools import cache
from pathlib import Path

from bot import directory
from bot.content import Content, load
from bot.dialogue.catalogue import Catalogue, Service

TODAY = date(2026, 11, 24)
SERVICES = Path(__file__).parent / "stories" / "services.csv"
CONTENT = Path(__file__).parent.parent / "content"
LOCALES = Path(__file__).parent.parent / "locales"


@cache
def content() -> Content:
    return load(CONTENT, TODAY)


def spanish() -> Catalogue:
    return content().catalogue


@cache
def services() -> tuple[Service, ...]:
    """The made-up doors of the stories."""
    found = directory.build("services.csv", SERVICES.read_bytes(), spanish().places, TODAY)
    assert found.mistakes == ()
    return found.services
