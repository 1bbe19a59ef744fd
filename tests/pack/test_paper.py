"""The paper: all of it, dated, with letters of its own and contents that lead to the right page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from bot.dialogue.catalogue import Catalogue
from bot.pack import booklet, paper
from bot.pack.blocks import blocks, plain
from bot.pack.booklet import TITLE, PackError
from tests.catalogue import TODAY, every_language, translations
from tests.pack.made import LANGUAGES, pdf, printed, saying, squeezed

LARGEST_BYTES = 1_500_000
EACH = pytest.mark.parametrize("language", LANGUAGES)


def reader(language: str) -> PdfReader:
    return PdfReader(BytesIO(pdf(language)))


@cache
def pages(language: str) -> list[str]:
    """What stands on each above its foot, without blanks: where a line ends says nothing."""
    texts = [squeezed(page.extract_text()) for page in reader(language).pages]
    menus = " · ".join(card.menu for card in printed(language).help)
    foot = squeezed(menus + printed(language).made.text.partition(".")[0])
    assert all(text.startswith(f"{foot}{at}") for at, text in enumerate(texts, start=1))
    return [text.removeprefix(f"{foot}{at}") for at, text in enumerate(texts, start=1)]


def shown(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


@EACH
def test_it_holds_every_topic_whole_with_its_sources_and_days(language: str) -> None:
    assert len(pdf(language)) < LARGEST_BYTES
    read = "".join(pages(language))
    for entry in printed(language).entries.values():
        topic = every_language().topics[entry.slug]
        said = [entry.title.text, entry.reviewed.text, shown(topic.expires_on)]
        for source in topic.sources:
            said += [source.norm, source.article, source.url, shown(source.seen)]
        for part in entry.parts:
            rows = (*blocks(part.text.text), *blocks(part.text.spanish))
            said += [plain(row) for block in rows for row in block.rows]
        missing = [text for text in said if squeezed(text) not in read]
        assert missing == [], entry.slug


@EACH
def test_the_contents_give_the_page_where_each_topic_stands(language: str) -> None:
    opened = reader(language)
    stands_on = {
        str(each["/Title"]): opened.get_destination_page_number(each)
        for each in flat(opened.outline)
    }
    first = min(at for at in stands_on.values() if at is not None)
    contents = "".join(pages(language)[1:first])
    for entry in printed(language).entries.values():
        at = stands_on[entry.title.text]
        assert at is not None and squeezed(entry.title.text) in pages(language)[at]
        assert f"...{at + 1}{squeezed(entry.title.text)}" in contents


def flat(outline: list[Any]) -> Iterator[Any]:
    for each in outline:
        yield from flat(each) if isinstance(each, list) else [each]


@EACH
def test_every_page_says_whom_to_call_and_the_first_before_anything_else(language: str) -> None:
    help_now = "".join(
        card.name + ":" + "/".join(card.phones) for card in printed(language).help[:1]
    )
    start = squeezed(f"{TITLE}{printed(language).words['help']}{help_now}")
    assert pages(language)[0].startswith(start)


@EACH
def test_contacts_stand_there_with_the_day_they_were_checked(language: str) -> None:
    read = "".join(pages(language))
    for contact in every_language().contacts.values():
        assert squeezed(contact.name) in read
        assert shown(contact.checked_on) in read
        assert all(squeezed(number) in read for number in contact.phones)


@EACH
def test_its_letters_go_along_and_nothing_tells_what_it_is(language: str) -> None:
    opened = reader(language)
    fonts = {
        name: font.get_object()
        for page in opened.pages
        for name, font in page["/Resources"]["/Font"].items()  # type: ignore[index]
    }
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())
    about = {name: str(value) for name, value in (opened.metadata or {}).items() if value}
    assert about.pop("/Title") == TITLE
    assert about.pop("/Producer").startswith("ReportLab")
    assert set(" ".join(v for k, v in about.items() if "Date" not in k)) <= set("/False")


def test_the_same_content_on_the_same_day_gives_the_same_bytes() -> None:
    assert paper.pdf(saying("Sí.")) == paper.pdf(saying("Sí."))


def test_past_its_day_no_number_is_printed() -> None:
    contacts = every_language().contacts
    numbered = {slug: each for slug, each in contacts.items() if len("".join(each.phones)) > 6}
    after = max(each.expires_on for each in contacts.values()) + timedelta(days=1)
    for day, is_given in ((TODAY, True), (after, False)):
        catalogue = Catalogue(topics=dict([*every_language().topics.items()][:1]))
        catalogue = replace(catalogue, contacts=numbered)
        made = paper.pdf(booklet.compose(catalogue, translations(), "es", day))
        read = squeezed("".join(p.extract_text() for p in PdfReader(BytesIO(made)).pages))
        for contact in numbered.values():
            assert all((squeezed(number) in read) is is_given for number in contact.phones)


def test_a_letter_it_lacks_is_told_and_looks_are_not_meddled_with() -> None:
    with pytest.raises(PackError, match=r'no letter "✆" \(U\+2706\).*"Llama ✆'):
        paper.pdf(saying("Llama ✆ 100"))
    made = paper.pdf(saying("pʼunchaw <b>& más"))
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    assert "p’unchaw <b>& más" in read
