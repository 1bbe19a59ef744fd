"""The real content, loaded once, on a day when nothing of it has expired."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.content import Content, load
from bot.dialogue.catalogue import Catalogue
from bot.translations import Translations, in_every_language
from bot.translations import load as load_translations

TODAY = date(2026, 11, 24)
CONTENT = Path(__file__).parent.parent / "content"
LOCALES = Path(__file__).parent.parent / "locales"


@cache
def content() -> Content:
    return load(CONTENT, TODAY)


def spanish() -> Catalogue:
    return content().catalogue


@cache
def translations() -> Translations:
    found, mistakes = load_translations(LOCALES, content().texts, drafts="show")
    assert mistakes == ()
    return found


@cache
def quechua() -> Catalogue:
    """The real content with what can be said in Quechua as well."""
    return in_every_language(spanish(), translations())
