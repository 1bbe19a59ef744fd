"""The pack of the real content, made once for each language."""

from dataclasses import replace
from functools import cache
from re import sub

from bot.dialogue.catalogue import Catalogue
from bot.pack import booklet, finder, page, paper
from bot.pack.booklet import Booklet
from bot.translations import Translations
from tests.catalogue import TODAY, content, every_language, translations

LANGUAGES = ("es", "quy")


@cache
def book(language: str) -> Booklet:
    return booklet.compose(every_language(), translations(), language, TODAY)


@cache
def html(language: str) -> str:
    slugs = [entry.slug for entry in book(language).entries.values()]
    return page.html(book(language), finder.data(every_language(), slugs)).decode()


@cache
def printed(language: str) -> Booklet:
    """All of it in Spanish; in Quechua, twice as long, what is behind the first door."""
    if language == "es":
        return book("es")
    first = every_language().categories[0]
    topics = {slug: every_language().topics[slug] for slug in first.topics}
    catalogue = replace(every_language(), topics=topics, categories=(first,))
    return booklet.compose(catalogue, translations(), language, TODAY)


@cache
def pdf(language: str) -> bytes:
    return paper.pdf(printed(language))


def one_topic(short: str) -> tuple[Catalogue, Translations]:
    """The first topic and its contacts, with another short answer; in Spanish."""
    slug, topic = next(iter(every_language().topics.items()))
    contacts = {each: every_language().contacts[each] for each in topic.contacts}
    catalogue = replace(every_language(), topics={slug: topic}, contacts=contacts, categories=())
    return catalogue, Translations(spanish={**content().texts, f"{topic.path}#short": short})


def saying(short: str) -> Booklet:
    return booklet.compose(*one_topic(short), "es", TODAY)


def squeezed(text: str) -> str:
    """Without blanks: where a line ends says nothing."""
    return sub(r"\s+", "", text)
