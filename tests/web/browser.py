"""Debian's Chromium in front of a real `willaq run`: what a woman sees, presses and types."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    async_playwright,
    expect,
)

from bot.web.page import EXIT_URL
from tests.willaq import Running, running

PHONE = {"width": 360, "height": 740}
ELSEWHERE = "<!doctype html><html lang=es><title>Clima</title><h1>Soleado</h1></html>"


class Tab:
    """One browser tab of one woman. `asked` has every request, `complaints` the console's."""

    def __init__(self, context: BrowserContext, page: Page, willaq: Running) -> None:
        self.context = context
        self.page = page
        self.willaq = willaq
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._note_request)
        page.on("console", self._note_complaint)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def open(self, path: str = "/") -> None:
        await self.page.goto(self.willaq.url + path)

    async def press(self, label: str) -> None:
        """The newest button of that name."""
        before = await self.answers.count()
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await expect(self.answers).not_to_have_count(before)

    async def says(self, text: str) -> None:
        """Returns when it is answered."""
        before = await self.answers.count()
        await self.types(text)
        await expect(self.answers).not_to_have_count(before)

    async def types(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.locator("#text").press("Enter")

    @property
    def answers(self) -> Any:
        return self.page.locator("#log .bubble:not(.hers)")

    @property
    def hers(self) -> Any:
        return self.page.locator("#log .hers .words")

    @property
    def status(self) -> Any:
        return self.page.locator("#status")

    async def has_left(self) -> None:
        """She is somewhere else, and her way back does not lead here."""
        await self.page.wait_for_url(EXIT_URL)
        await expect(self.page.locator("h1")).to_have_text("Soleado")

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_complaint(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@dataclass(frozen=True)
class Stage:
    """`folder` holds the data of the Willaq that runs."""

    browser: Browser
    willaq: Running
    folder: Path

    def tab(self, **options: Any) -> AbstractAsyncContextManager[Tab]:
        return opened(self.browser, self.willaq, **options)


@asynccontextmanager
async def staged(
    folder: Path, home: Path | None = None, /, **settings: str
) -> AsyncIterator[Stage]:
    chromium = shutil.which("chromium")
    assert chromium, "run .ci/need-chromium"
    async with async_playwright() as playwright, running(folder, home, **settings) as willaq:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield Stage(browser, willaq, folder)
        await browser.close()


@asynccontextmanager
async def opened(browser: Browser, willaq: Running, **options: Any) -> AsyncIterator[Tab]:
    options = {"viewport": PHONE, "locale": "es-PE", **options}
    context = await browser.new_context(**options)
    await context.route("https://www.google.com/**", _elsewhere)
    try:
        yield Tab(context, await context.new_page(), willaq)
    finally:
        await context.close()


async def _elsewhere(route: Route) -> None:
    await route.fulfill(content_type="text/html", body=ELSEWHERE)


def count(folder: Path, table: str) -> int:
    """Rows in the database of the running process."""
    with closing(sqlite3.connect(folder / "data" / "willaq.db")) as database:
        (rows,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(rows)


async def violations(page: Page) -> list[str]:
    found = (await Axe().run(page)).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
