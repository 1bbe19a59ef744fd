"""The page: light, valid, silent, and nothing about it tells before it is opened."""

import json
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from tinyhtml5.parser import HTMLParser

from bot.pack import booklet, page
from bot.pack.booklet import TITLE
from tests.catalogue import TODAY, every_language
from tests.pack.made import LANGUAGES, html, one_topic, squeezed
from tests.web.test_pages import TELL_TALE

LARGEST_BYTES = 1_000_000


def parsed(text: str) -> Element:
    parser = HTMLParser(namespace_html_elements=False)
    root: Element = parser.parse(text)
    assert parser.errors == []
    return root


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> str:
    return html(str(request.param))


def test_it_is_light_enough_for_an_old_telephone(text: str) -> None:
    assert len(text.encode()) < LARGEST_BYTES


def test_it_is_valid_and_every_link_inside_leads_somewhere(text: str) -> None:
    root = parsed(text)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    links = {each.get("href", "")[1:] for each in root.iter("a") if each.get("href", "")[0] == "#"}
    assert links and links <= set(ids)


def test_it_asks_for_nothing_from_anywhere(text: str) -> None:
    root = parsed(text)
    for each in root.iter():
        leads = [each.get(name, "") for name in ("href", "src", "srcset", "action", "data")]
        assert all(re.match(r"$|#|tel:[\d+*#]+$|data:,$", to) for to in leads), leads
    (policy,) = [each for each in root.iter("meta") if each.get("http-equiv")]
    assert policy.get("content", "").startswith("default-src 'none';")
    style, script = style_of(root), script_of(root)
    assert "url(" not in style and "@import" not in style
    for door in ("fetch", "XMLHttpRequest", "WebSocket", "EventSource", "import", "Image", "http"):
        assert door not in script


def test_nothing_tells_what_it_is_about_before_it_is_opened(text: str) -> None:
    root = parsed(text)
    (title,) = root.iter("title")
    assert title.text == TITLE
    head = re.sub(r"<style>.*?</style>", "", text.split("</head>")[0], flags=re.DOTALL)
    assert not re.search(TELL_TALE, head.lower())
    # An address that was opened stays in the history of the browser.
    ids = [each.get("id", "") for each in root.iter()]
    assert not re.search(TELL_TALE, " ".join(ids))


def test_its_numbers_are_the_contacts_own(text: str) -> None:
    known = {
        re.sub(r"\D", "", phone)
        for contact in every_language().contacts.values()
        for phone in contact.phones
    }
    called = [each.get("href", "") for each in parsed(text).iter("a")]
    assert {to[4:] for to in called if to.startswith("tel:")} == known


def test_every_topic_can_be_read_without_the_script(text: str) -> None:
    root = parsed(text)
    shown = {each.get("id") for each in root.iter("details") if each.get("class") == "topic"}
    assert len(shown) == len(every_language().topics)
    read = squeezed("".join(root.itertext()))
    for topic in every_language().topics.values():
        for source in topic.sources:
            assert squeezed(source.norm) in read
            assert squeezed(source.url) in read


def test_its_script_is_of_ten_years_ago(text: str) -> None:
    script = re.sub(r'"[^"\n]*"', '""', script_of(parsed(text)))
    newer = r"=>|`|\b(let|const|class|async|await|yield)\b|\.\.\.|\bof\b|\?\.|\?\?|\*\*"
    assert not re.search(newer, re.sub(r"/[^/\n]+/g", "", script))


def test_what_content_says_is_never_markup() -> None:
    attack = "</script><img src=x onerror=alert(1)> & \"'"
    catalogue, translations = one_topic(attack)
    contacts = {slug: replace(each, name=attack) for slug, each in catalogue.contacts.items()}
    catalogue = replace(catalogue, contacts=contacts)
    packed = booklet.compose(catalogue, translations, "es", TODAY)
    root = parsed(page.html(packed, {"asked": [[attack]]}).decode())
    assert list(root.iter("img")) == []
    assert attack in [each.text for each in root.iter("p")]
    assert [each.text for each in root.iter("h3")].count(attack) == len(contacts)
    data = next(each for each in root.iter("script") if each.get("id") == "data")
    assert json.loads(data.text or "")["asked"] == [[attack]]


def style_of(root: Element) -> str:
    (style,) = root.iter("style")
    return style.text or ""


def script_of(root: Element) -> str:
    (script,) = [each for each in root.iter("script") if not each.get("type")]
    return script.text or ""
