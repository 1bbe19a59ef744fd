"""What the page weighs, what its headers promise, what nobody may learn from it."""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.phrases import PHRASES
from bot.translations import Translations
from bot.web import wording
from bot.web.page import EXIT_URL, Pages
from tests.web.house import HOME, House, library

FIRST_LOAD_BYTES = 30_000
STATIC = HOME / "bot/web/static"
TELL_TALE = "derech|mujer|warmi|violen|femini|genero|género|rights|women|willaq"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with House() as house:
        yield house


async def get(house: House, path: str, **headers: str) -> tuple[str, Mapping[str, str]]:
    asked = {"Accept-Encoding": "identity", **headers}
    async with house.web.get(path, headers=asked) as answer:
        assert answer.status == 200, path
        return await answer.text(), answer.headers


@pytest.mark.parametrize("path", ["/", "/?embed", "/?lang=quy"])
async def test_all_of_the_first_load_is_one_answer_of_less_than_30_kb(
    house: House, path: str
) -> None:
    page, _ = await get(house, path)
    assert len(page.encode()) <= FIRST_LOAD_BYTES
    loads = re.findall(r"""<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=["']?([^"'> ]+)""", page)
    assert loads == ["data:,"], "nothing else is fetched"
    assert "@import" not in page and "url(" not in page


async def test_squeezed_it_is_a_third(house: House) -> None:
    page, _ = await get(house, "/")
    async with house.web.get("/", headers={"Accept-Encoding": "gzip"}, auto_decompress=False) as it:
        assert it.headers["Content-Encoding"] == "gzip"
        squeezed = await it.read()
    assert gzip.decompress(squeezed).decode() == page
    assert len(squeezed) < 10_000


async def test_nothing_of_it_is_kept_indexed_referred_to_or_framed(house: House) -> None:
    _, headers = await get(house, "/")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers
    policy = policy_of(headers)
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == policy["media-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]


async def test_only_our_own_script_and_style_may_run(house: House) -> None:
    page, headers = await get(house, "/")
    policy = policy_of(headers)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy["script-src"] == f"'sha256-{hashed(script)}'"
    assert policy["style-src"] == f"'sha256-{hashed(style)}'"
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", page.replace(script, ""))


async def test_only_the_embedded_page_can_be_framed(house: House) -> None:
    _, headers = await get(house, "/?embed")
    assert policy_of(headers)["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in headers
    pages = Pages(library, embeds=("https://partner.example.org", "https://other.example"))
    answer = await pages.chat(asking(query=b"embed"))
    policy = policy_of(answer.headers)
    assert policy["frame-ancestors"] == "https://partner.example.org https://other.example"
    answer = await pages.chat(asking())
    assert policy_of(answer.headers)["frame-ancestors"] == "'none'"


async def test_title_icon_and_address_say_nothing(house: House) -> None:
    page, _ = await get(house, "/")
    head = page.partition("<body>")[0]
    head = re.sub(r"<style>.*?</style>", "", head, flags=re.DOTALL)
    head += page.partition("<noscript>")[0].partition("<body>")[2]
    assert not re.search(TELL_TALE, head, re.IGNORECASE), head
    assert "<title>Chat</title>" in head and '<link rel="icon" href="data:,">' in head
    exits = re.search(TELL_TALE, EXIT_URL, re.IGNORECASE)
    assert not exits


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("", "", "es"),
        ("", "es-PE,es;q=0.9", "es"),
        ("", "en-US", "es"),
        ("", "qu-PE,es;q=0.5", "quy"),
        ("?lang=quy", "es-PE", "quy"),
        ("?lang=qu", "es-PE", "quy"),
        ("?lang=es", "quy", "es"),
        ("?lang=%22%3E%3Cscript%3E", "quy", "es"),
    ],
)
async def test_it_begins_in_her_language(
    house: House, query: str, accepts: str, language: str
) -> None:
    page, _ = await get(house, f"/{query}", **{"Accept-Language": accepts})
    assert f'<html lang="{language}">' in page
    first, second = re.findall(r'<p lang="(\w+)">', page.partition("<noscript>")[0])
    assert {first, second} == {"es", "quy"} and first == language


async def test_both_languages_and_all_their_words_are_in_it(house: House) -> None:
    page, _ = await get(house, "/")
    data = data_of(page)
    assert list(data["words"]) == ["es", "quy", "quz"]
    spanish = {phrase.key: phrase.text for phrase in PHRASES}
    for name, key in wording.LABELS.items():
        assert data["words"]["es"][name] == spanish[key]
        assert data["words"]["quy"][name] and data["words"]["quz"][name]
    assert {"salir", "cerrar", "lluqsiy"} <= set(data["exits"])
    assert data["away"] == EXIT_URL
    assert data["call"] == "Policía 105 · Línea 100"
    assert data["numbers"] == ["100", "105", "106", "116"]
    title, text = data["harmless"]
    assert title and len(text) > 100 and not re.search(TELL_TALE, title + text, re.IGNORECASE)


async def test_without_scripts_it_says_whom_to_call(house: House) -> None:
    page, _ = await get(house, "/")
    (said,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert "105" in said and "100" in said


async def test_the_embed_script_is_small_and_may_be_kept(house: House) -> None:
    script, headers = await get(house, "/embed.js")
    assert len(script.encode()) < 5000
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age" in headers["Cache-Control"]
    assert not re.search(TELL_TALE.replace("|willaq", ""), script, re.IGNORECASE)


async def test_corrected_words_are_on_the_next_page() -> None:
    shelf = SimpleNamespace(now=library())
    pages = Pages(lambda: shelf.now)
    before = (await pages.chat(asking())).body
    assert (await pages.chat(asking())).body is before, "made once"
    shelf.now = (Catalogue(), Translations(spanish={"web.send": "Mandar"}))
    after = bytes((await pages.chat(asking())).body).decode()
    assert "Mandar" in after and "Runasimi" not in after
    assert data_of(after)["harmless"] == ["OK", ""]


async def test_another_day_another_recipe() -> None:
    clock = SimpleNamespace(now=1_795_000_000.0)
    pages = Pages(library, now=lambda: clock.now)
    titles = set()
    for _ in range(2):
        titles.add(data_of(bytes((await pages.chat(asking())).body).decode())["harmless"][0])
        clock.now += 24 * 3600
    assert len(titles) == 2


async def test_health_is_a_number_and_a_word(house: House) -> None:
    async with house.web.get("/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True, "mistakes": 0})
    house.healthy = False
    async with house.web.get("/health") as answer:
        assert (answer.status, await answer.json()) == (503, {"ok": False, "mistakes": 0})


async def test_metrics_count_without_anything_of_hers(house: House) -> None:
    rosa = await house.woman()
    await rosa.says("hola canariola 987654321")
    await rosa.says("línea 100")
    text, headers = await get(house, "/metrics")
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'willaq_received_total{channel="webchat",rule="greet"} 1.0' in text
    assert 'willaq_answer_seconds_count{channel="webchat"} 2.0' in text
    assert 'willaq_queued{channel="telegram"} 0.0' in text
    assert "_created" not in text, "the instant of the first alarm would be somebody's"
    for hers in ("canariola", "987654321", rosa.address, rosa.token, "linea-100"):
        assert hers not in text


async def test_metrics_count_what_was_sent(house: House) -> None:
    house.outbox.counts["telegram", "sent"] += 3
    text, _ = await get(house, "/metrics")
    assert 'willaq_sent_total{channel="telegram",state="sent"} 3.0' in text


async def test_any_other_address_is_not_found(house: House) -> None:
    for path in ("/console", "/static/chat.js", "/chat", "/..%2f"):
        async with house.web.get(path) as answer:
            assert answer.status == 404


@pytest.mark.parametrize(
    "path", [STATIC / "embed.js", *sorted(STATIC.glob("chat/*.js"))], ids=lambda path: path.name
)
def test_the_scripts_are_in_the_language_of_old_browsers(path: Path) -> None:
    script = path.read_text()
    code = re.sub(r"//.*", "", script)
    assert not re.search(r"=>|\b(let|const|class|async|await)\b|`|\.\.\.|\?\.|\?\?", code)
    assert not re.search(r"\b(fetch|Promise|URL|closest|includes|append|remove|Map|Set)\(", code)


def test_nothing_moves_by_itself() -> None:
    style = (STATIC / "chat.css").read_text()
    assert not re.search("transition|animation|scroll-behavior", style)


def asking(query: bytes = b"") -> Request:
    return Request({"type": "http", "headers": [], "query_string": query})


def policy_of(headers: Mapping[str, str]) -> dict[str, str]:
    parts = headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def hashed(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def data_of(page: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(data)
    return found
