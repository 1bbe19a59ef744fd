"""The real content and translations, loaded once, on a day when nothing of them has expired."""

from datetime import date
from functools import cache
from pathlib import Path

from bot import directory
from bot.content import Content, build, read
from bot.dialogue.catalogue import Catalogue, Service
from bot.translations import Translations, in_every_language
from bot.translations import load as load_translations

TODAY = date(2026, 11, 25)
SERVICES = Path(__file__).parent / "stories" / "services.csv"
CONTENT = Path(__file__).parent.parent / "content"
LOCALES = Path(__file__).parent.parent / "locales"


@cache
def content(*editions: Path) -> Content:
    """`editions`: files of made-up editions, as if they were in content/ too."""
    added = {f"editions/{each.name}": each.read_bytes() for each in editions}
    return build({**read(CONTENT), **added}, TODAY)


def spanish() -> Catalogue:
    return content().catalogue


@cache
def translations() -> Translations:
    found, mistakes = load_translations(LOCALES, content().texts, drafts="show")
    assert mistakes == ()
    return found


@cache
def every_language() -> Catalogue:
    return in_every_language(spanish(), translations())


@cache
def services() -> tuple[Service, ...]:
    """The made-up doors of the stories."""
    found = directory.build("services.csv", SERVICES.read_bytes(), spanish().places, TODAY)
    assert found.mistakes == ()
    return found.services
