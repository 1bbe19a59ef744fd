"""In a partner's page, of another site: the chat opens in a frame, and leaving takes all of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import FrameLocator, expect

from bot.web.page import EXIT_URL
from tests.standins.raw_http import Answer, Request, Server
from tests.web.browser import PHONE, Stage, Tab, count, staged, violations
from tests.web.house import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

PARTNER = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Casa de la Mujer</title>{head}</head>
<body><main><h1>Casa de la Mujer</h1><p>Talleres</p>{body}</main></body></html>"""


class Partner:
    """Her page, at localhost: for a browser that is another site than 127.0.0.1."""

    def __init__(self, willaq_url: str) -> None:
        script = f'<script src="{willaq_url}/embed.js" async></script>'
        frame = f'<iframe title="Chat" src="{willaq_url}/{{}}" width="300" height="500"></iframe>'
        self.pages = {
            "/": PARTNER.format(language="es", head=script, body=""),
            "/below": PARTNER.format(language="qu", head="", body=script.replace(" async", "")),
            "/bare": PARTNER.format(language="es", head="", body=frame.format("?embed")),
            "/plain": PARTNER.format(language="es", head="", body=frame.format("")),
            "/before": PARTNER.format(language="es", head="", body=""),
        }
        self.server = Server(self._answer)

    def _answer(self, request: Request) -> Answer:
        page = self.pages.get(request.path, "")
        return Answer(page.encode(), 200 if page else 404, "text/html; charset=utf-8")

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.port}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("willaq")) as stage:
        yield stage


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def partner(stage: Stage) -> AsyncIterator[Partner]:
    partner = Partner(stage.willaq.url)
    await partner.server.start()
    yield partner
    await partner.server.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def tab(stage: Stage, partner: Partner) -> AsyncIterator[Tab]:
    async with stage.tab() as tab:
        await tab.page.goto(f"{partner.url}/before")
        await tab.page.goto(partner.url)
        yield tab
        assert tab.complaints == []


def chat(tab: Tab) -> FrameLocator:
    return tab.page.frame_locator("iframe")


async def opens(tab: Tab) -> None:
    await tab.page.get_by_role("button", name="Abrir el chat").click()
    await expect(chat(tab).locator("#exit")).to_be_visible()


async def talks(tab: Tab) -> None:
    await chat(tab).locator("#text").fill("línea 100")
    await chat(tab).locator("#text").press("Enter")
    await expect(chat(tab).locator("#log .bubble:not(.hers)").nth(1)).to_contain_text("100")


async def test_nothing_is_loaded_until_she_opens_it(tab: Tab, stage: Stage) -> None:
    await expect(tab.page.get_by_role("button", name="Abrir el chat")).to_be_visible()
    ours = [url for url in tab.asked if url.startswith(stage.willaq.url)]
    assert ours == [f"{stage.willaq.url}/embed.js"]


async def test_she_talks_in_the_frame_without_any_cookie(tab: Tab) -> None:
    await opens(tab)
    await talks(tab)
    assert await tab.context.cookies() == []
    assert await tab.page.evaluate("sessionStorage.length + localStorage.length") == 0
    await expect(tab.page.locator("iframe")).to_have_attribute("title", "Chat")


async def test_closed_and_opened_again_it_is_where_it_was(tab: Tab) -> None:
    await opens(tab)
    await talks(tab)
    button = tab.page.get_by_role("button", name="Cerrar el chat")
    await expect(button).to_have_attribute("aria-expanded", "true")
    await button.click()
    await expect(tab.page.locator("iframe")).to_be_hidden()
    await opens(tab)
    await expect(chat(tab).locator("#log .hers")).to_have_count(1)


async def test_axe_finds_nothing_around_it(tab: Tab) -> None:
    assert await violations(tab.page) == []
    await opens(tab)
    assert await violations(tab.page) == []


@pytest.mark.parametrize("size", [{"width": 320, "height": 480}, PHONE], ids=str)
async def test_it_fits_a_small_screen(stage: Stage, partner: Partner, size: dict[str, int]) -> None:
    async with stage.tab(viewport=size) as tab:
        await tab.page.goto(partner.url)
        await opens(tab)
        for shown in (tab.page.locator("iframe"), tab.page.get_by_role("button", name="Cerrar")):
            await expect(shown).to_be_in_viewport(ratio=1)
        await expect(chat(tab).locator("#exit")).to_be_in_viewport(ratio=1)
        await expect(chat(tab).locator("#send")).to_be_in_viewport(ratio=1)


async def test_it_speaks_the_language_of_the_page(tab: Tab, partner: Partner) -> None:
    await tab.page.goto(f"{partner.url}/below")
    await tab.page.locator("body > button").click()
    await expect(chat(tab).locator("html")).to_have_attribute("lang", "quy")


async def leaves_by_the_button(tab: Tab) -> None:
    await chat(tab).locator("#exit").click()


async def leaves_by_escape_in_the_frame(tab: Tab) -> None:
    await chat(tab).locator("#text").focus()
    await tab.page.keyboard.press("Escape")
    await tab.page.keyboard.press("Escape")


async def leaves_by_escape_in_the_page(tab: Tab) -> None:
    await tab.page.locator("h1").click()
    await tab.page.keyboard.press("Escape")
    await tab.page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "leaves", [leaves_by_the_button, leaves_by_escape_in_the_frame, leaves_by_escape_in_the_page]
)
async def test_leaving_takes_the_partners_page_along(
    stage: Stage, tab: Tab, partner: Partner, leaves: Any
) -> None:
    women = count(stage.folder, "people")
    await opens(tab)
    await talks(tab)
    assert count(stage.folder, "people") == women + 1
    await leaves(tab)
    await tab.has_left()
    await until(lambda: count(stage.folder, "people") == women)
    await tab.page.go_back()
    assert tab.page.url == f"{partner.url}/before"
    await tab.page.go_forward()
    assert tab.page.url == EXIT_URL
    # The browser's own, when the frame and the page around it both go.
    tab.complaints[:] = [each for each in tab.complaints if "navigat" not in each]


async def test_leaving_a_frame_without_our_script_takes_the_page_along_too(
    tab: Tab, partner: Partner
) -> None:
    await tab.page.goto(f"{partner.url}/bare")
    await talks(tab)
    await leaves_by_the_button(tab)
    await tab.has_left()


async def test_without_a_network_nothing_is_left_to_read(tab: Tab) -> None:
    await opens(tab)
    await talks(tab)
    await tab.context.set_offline(True)
    await leaves_by_the_button(tab)
    await expect(tab.page.locator("h1")).to_be_hidden()
    await expect(tab.page.locator("iframe")).to_be_hidden()
    assert await tab.page.title() == ""
    tab.complaints.clear()


async def test_nobody_but_the_frame_can_send_her_away(tab: Tab, partner: Partner) -> None:
    await opens(tab)
    await tab.page.evaluate("window.postMessage('willaq: away', '*')")
    await tab.page.evaluate("new Promise(done => setTimeout(done, 50))")
    await expect(tab.page.locator("h1")).to_be_visible()
    assert tab.page.url == f"{partner.url}/"


async def test_one_escape_in_her_page_is_hers(tab: Tab, partner: Partner) -> None:
    await opens(tab)
    await tab.page.clock.install()
    for _ in range(3):
        await leaves_slowly(tab)
    assert tab.page.url == f"{partner.url}/"
    await expect(chat(tab).locator("#exit")).to_be_visible()


async def leaves_slowly(tab: Tab) -> None:
    await tab.page.locator("h1").click()
    await tab.page.keyboard.press("Escape")
    await tab.page.clock.run_for(2000)


async def test_the_plain_page_cannot_be_framed(tab: Tab, partner: Partner) -> None:
    await tab.page.goto(f"{partner.url}/plain")
    await expect(chat(tab).locator("#exit")).to_have_count(0)
    assert any("frame" in each.lower() for each in tab.complaints)
    tab.complaints.clear()
