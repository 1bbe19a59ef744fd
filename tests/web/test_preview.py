"""Tania saves a translation: her page shows it within a second, and so does the next answer.

A real `willaq run` over a copy of the locales, and a browser in front of it.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.web.browser import PHONE, Stage, staged, violations
from tests.willaq import HOME

SLUG = "violencia-como-denunciar"
PAGE = f"/preview/quy/{SLUG}"
TITLE = f"rights/{SLUG}.md#title"
SHORT = f"rights/{SLUG}.md#short"
WITHIN_S = 1.0  # on a machine with nothing else to do; `make bench` measures it
PATIENCE_S = 15.0
pytestmark = pytest.mark.asyncio(loop_scope="module")


class Desk:
    """Where Tania works: a running Willaq, its copy of the locales, and a browser."""

    def __init__(self, stage: Stage, home: Path) -> None:
        self.url = stage.willaq.url
        self.tab = stage.tab
        self.po = home / "locales/quy/LC_MESSAGES/content.po"
        self.whole = self.po.read_bytes()

    def saves(self, key: str, text: str) -> float:
        """When she pressed save."""
        return self.writes(translated(self.whole.decode(), key, text).encode())

    def writes(self, data: bytes) -> float:
        self.po.write_bytes(data)
        return time.monotonic()


def translated(po: str, key: str, text: str) -> str:
    before, _, after = po.partition(f'msgctxt "{key}"\n')
    msgid, _, rest = after.partition("msgstr ")
    _, _, others = rest.partition("\n\n")
    return f'{before}msgctxt "{key}"\n{msgid}msgstr "{text}"\n\n{others}'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("preview") / "home"
    home.mkdir()
    shutil.copytree(HOME / "locales", home / "locales")
    (home / "content").symlink_to(HOME / "content")
    return home


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(home: Path) -> AsyncIterator[Stage]:
    async with staged(home.parent, home) as stage:
        yield stage


@pytest.fixture
def desk(stage: Stage, home: Path) -> Iterator[Desk]:
    desk = Desk(stage, home)
    yield desk
    desk.writes(desk.whole)


async def shows(page: Page, text: str, since: float, where: str = "") -> None:
    """On every channel, soon enough."""
    channels = (".telegram", ".whatsapp", ".webchat")
    for place in (where,) if where else channels:
        # Looks at every frame; `expect` would look once a second after a while.
        await page.wait_for_function(
            "([place, text]) => (document.querySelector(place) || {innerText: ''})"
            ".innerText.includes(text)",
            arg=[place, text],
        )
    took_s = time.monotonic() - since
    assert took_s < PATIENCE_S, f"{took_s:.2f} s"


async def test_what_she_saves_appears_on_every_channel_within_a_second(desk: Desk) -> None:
    async with desk.tab() as tab:
        await tab.open(PAGE)
        await expect(tab.page.locator("h1")).to_have_text(f"Vista previa: {SLUG}")
        await expect(tab.page.locator(".spanish").first).to_contain_text("Puedes denunciar")
        since = desk.saves(SHORT, "Kunanmi **105**ta, 100ta qayanki.")
        await shows(tab.page, "Kunanmi 105ta, 100ta qayanki.", since)
        await expect(tab.page.locator(".telegram").first.locator("b").last).to_have_text("105")
        whatsapp = tab.page.locator(".whatsapp").first
        await expect(whatsapp.locator("b"), "no bold inside a word there").to_have_count(1)
        await expect(tab.page.locator("#status")).to_contain_text("Texto nuevo")
        place = tab.page.locator(".rows li", has_text=SHORT).locator("code").nth(1)
        line = desk.po.read_text().split("\n").index(f'msgctxt "{SHORT}"') + 2
        await expect(place).to_have_text(f"locales/quy/LC_MESSAGES/content.po:{line}")
        assert tab.complaints == []


async def test_the_next_answer_in_the_open_chat_has_the_new_words_and_what_she_reads_stays(
    desk: Desk,
) -> None:
    async with desk.tab() as killa:
        await killa.open()
        await killa.press("Runasimi (Ayacucho)")
        await killa.says("violencia denunciar")
        await killa.says("línea 100")
        before = await killa.answers.all_inner_texts()
        saved = desk.saves("rights/linea-100.md#short", "Kaymi musuq 100 rimay, 24 horas.")
        await asyncio.sleep(WITHIN_S - (time.monotonic() - saved))
        assert await killa.answers.all_inner_texts() == before
        await killa.says("línea 100")
        await expect(killa.answers.last).to_contain_text("musuq")


async def test_a_broken_save_keeps_the_last_good_text_and_shows_the_line(desk: Desk) -> None:
    async with desk.tab() as tab:
        await tab.open(PAGE)
        since = desk.saves(SHORT, "Allin rimay 105, 100.")
        await shows(tab.page, "Allin rimay", since)
        half = desk.po.read_bytes()[:-7]
        since = desk.writes(half)
        line = half.count(b"\n") + 1
        told = f"locales/quy/LC_MESSAGES/content.po:{line}: no se puede leer"
        await shows(tab.page, told, since, where=".wrong")
        await shows(tab.page, "Allin rimay", since)

        since = desk.writes(desk.whole.replace(b"\n", b"\r\n"))
        await shows(tab.page, "Rimaspa utaq qillqaspa", since)
        await expect(tab.page.locator("body")).not_to_contain_text("no se puede leer")


async def test_a_mistake_in_the_entry_is_shown_beside_it_and_she_reads_spanish(desk: Desk) -> None:
    async with desk.tab() as tab:
        await tab.open(PAGE)
        since = desk.saves(SHORT, "Yupayniyuq 999.")
        row = tab.page.locator(".rows li", has_text=SHORT)
        await expect(row.locator(".wrong").filter(has_text="el número 999")).to_have_count(1)
        await expect(row).to_contain_text("ella lee el castellano")
        await shows(tab.page, "Puedes denunciar hablando", since)


async def test_a_button_too_long_is_shown_as_it_would_be_cut(desk: Desk) -> None:
    menu = f"rights/{SLUG}.md#menu"
    async with desk.tab() as tab:
        await tab.open(f"/preview/quy/{menu.replace('#', '%23')}")
        desk.saves(menu, "Maqasuptiykiqa willakuykunata ruway")
        row = tab.page.locator(".rows li")
        await expect(row).to_contain_text("whatsapp: el botón")
        await expect(row).to_contain_text('ella leería "Maqasuptiykiqa…"')


async def test_a_file_deleted_and_brought_back(desk: Desk) -> None:
    async with desk.tab() as tab:
        await tab.open(PAGE)
        first = tab.page.locator(".telegram").first
        await expect(first).to_contain_text("Rimaspa")
        desk.po.unlink()
        await expect(first).to_contain_text("Puedes denunciar")
        await expect(tab.page.locator(".rows")).to_contain_text("sin traducir")
        since = desk.writes(desk.whole)
        await shows(tab.page, "Rimaspa", since)


@pytest.mark.parametrize("path", [PAGE, "/preview/quy", "/preview/es/button.menu"])
async def test_anybody_can_read_it_on_any_screen(desk: Desk, path: str) -> None:
    narrow = {**PHONE, "width": 320}
    async with desk.tab(viewport=narrow) as tab:
        await tab.open(path)
        await tab.page.wait_for_load_state("load")
        wide = await tab.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
        assert await violations(tab.page) == []
        assert tab.complaints == []


async def test_what_does_not_exist_is_said_with_what_does(desk: Desk) -> None:
    async with aiohttp.ClientSession(desk.url) as web:
        for path, told in (
            ("/preview/quy/violencia-como-denuncia", SLUG),
            ("/preview/xx/linea-100", "quy"),
            ("/preview/stream/quy/nada", "nada"),
        ):
            async with web.get(path) as answer:
                assert answer.status == 404
                assert told in await answer.text()
        async with web.get("/preview", allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/preview/quy"


@pytest.mark.parametrize(
    "headers", [{"Host": "example.org"}, {"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=x"}]
)
async def test_for_who_comes_from_elsewhere_it_is_not_there(
    desk: Desk, headers: dict[str, str]
) -> None:
    async with aiohttp.ClientSession(desk.url) as web:
        for path in ("/preview", PAGE, f"/preview/stream/quy/{SLUG}", "/preview.js"):
            async with web.get(path, headers=headers, allow_redirects=False) as answer:
                assert (answer.status, await answer.text()) == (404, "Not Found")


async def test_nothing_in_the_page_runs_or_is_styled_but_its_own_files(desk: Desk) -> None:
    async with aiohttp.ClientSession(desk.url) as web, web.get(PAGE) as answer:
        html, policy = await answer.text(), answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and policy.startswith("default-src 'none'; script-src 'self'")
    assert html.count("<script") == 1 and '<script src="/preview.js" defer></script>' in html
    assert "style=" not in html and "<style" not in html and " on" + "click" not in html
