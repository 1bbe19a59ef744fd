"""The page on a small telephone without a network: read, searched, printed, left."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Request, ViewportSize, async_playwright, expect
from pypdf import PdfReader

from bot.dialogue.search import search
from bot.pack.blocks import blocks, plain
from tests.catalogue import every_language
from tests.pack.made import LANGUAGES, book, html, squeezed
from tests.web.browser import violations

QUESTIONS = Path(__file__).parent.parent / "data" / "questions.tsv"
SMALL: ViewportSize = {"width": 320, "height": 640}
AGREES = 0.99
Open = Callable[..., Awaitable[Page]]
# What browsers of ten years ago lack, and a page from a file has no need of.
OLD = """
delete window.fetch;
delete String.prototype.normalize;
delete String.prototype.includes;
delete Array.prototype.includes;
delete Array.from;
delete Object.assign;
delete Element.prototype.closest;
delete Element.prototype.remove;
delete NodeList.prototype.forEach;
delete window.Promise;
delete window.Map;
delete window.Set;
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("downloads")
    for language in LANGUAGES:
        (made / f"apuntes-{language}.html").write_text(html(language), "utf-8")
    return made


@pytest.fixture
async def opened(folder: Path) -> AsyncIterator[Open]:
    """Opens the page from its file, offline. Whatever the console says, or a request for anything
    else, fails the test."""
    chromium = shutil.which("chromium")
    assert chromium, "run .ci/need-chromium"
    complaints: list[str] = []

    def note_request(asked: Request) -> None:
        if not asked.url.startswith("file:"):
            complaints.append(asked.url)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        async def open_page(language: str = "es", **options: Any) -> Page:
            context = await browser.new_context(viewport=SMALL, offline=True, **options)
            page = await context.new_page()
            page.on("console", lambda said: complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", note_request)
            await page.goto((folder / f"apuntes-{language}.html").as_uri())
            return page

        yield open_page
        await browser.close()
    assert complaints == []


async def keep_few_topics(page: Page) -> None:
    """The others are like these, and all of them take axe or the printer half a minute."""
    await page.evaluate(
        """const topics = [...document.querySelectorAll(".topic")];
        topics.slice(4).forEach(each => each.remove())"""
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_fits_a_small_screen_and_axe_finds_nothing(opened: Open, language: str) -> None:
    page = await opened(language)
    await expect(page.locator("#h a.call").first).to_be_in_viewport(ratio=1)
    await page.locator(".topic > summary").first.click()
    await page.locator("#words").fill("100")
    assert await page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    await expect(page.locator("#exit")).to_be_in_viewport(ratio=1)
    await keep_few_topics(page)
    assert await violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_finds_what_the_chat_finds(opened: Open, language: str) -> None:
    page = await opened(language)
    asked = [line.split("\t")[-1] for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert len(asked) > 600
    found = await page.evaluate(
        """asked => asked.map(function (words) {
            var box = document.getElementById("words");
            box.value = words;
            box.dispatchEvent(new Event("input"));
            var first = document.querySelector("#found a");
            return first ? first.getAttribute("href").slice(1) : "";
        })""",
        asked,
    )
    ids = {entry.slug: entry.id for entry in book(language).entries.values()}
    best = [search(words, every_language())[:1] for words in asked]
    theirs = [ids[each[0].slug] if each else "" for each in best]
    same = sum(one == other for one, other in zip(found, theirs, strict=True))
    assert same / len(asked) >= AGREES


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_she_finds_opens_and_its_links_lead_on(opened: Open, language: str) -> None:
    page = await opened(language)
    await page.locator("#words").fill("¿Cómo pido PENSIÓN para mi bebé?")
    await page.locator("#found a").first.click()
    topic = page.locator(".topic[open]")
    await expect(topic).to_have_count(1)
    await expect(topic.locator("summary").first).to_be_in_viewport()
    if language == "quy":
        spanish = topic.locator("details.es").first
        await expect(spanish.locator("div")).not_to_be_visible()
        await spanish.locator("summary").click()
        await expect(spanish.locator("div[lang=es]")).to_be_visible()
    await topic.locator(".links a").first.click()
    await expect(page.locator(".topic[open]")).to_have_count(2)
    await page.go_back()
    await expect(page.locator(".topic[open]").first).to_be_in_viewport()


async def test_nothing_found_is_said_and_no_question_is_none(opened: Open) -> None:
    page = await opened()
    await page.locator("#words").fill("zzzzqqq xxyx")
    await expect(page.locator("#told")).to_have_text(book("es").words["nothing"])
    await expect(page.locator("#found li")).to_have_count(0)
    await page.locator("#words").fill(" ")
    await expect(page.locator("#told")).to_have_text("")


async def leaves_by_the_button(page: Page) -> None:
    await page.locator("#exit").click()


async def leaves_by_escape(page: Page) -> None:
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")


@pytest.mark.parametrize("leaves", [leaves_by_the_button, leaves_by_escape])
async def test_leaving_leaves_a_recipe_which_stays(opened: Open, leaves: Any) -> None:
    page = await opened()
    title, recipe = book("es").recipe
    await page.locator("#words").fill("pension")
    await page.locator("#found a").first.click()
    await leaves(page)

    async def is_a_recipe() -> None:
        assert (await page.locator("body").inner_text()).split("\n")[0] == title
        assert recipe in await page.locator("body").inner_text()
        assert await page.title() == title
        assert await page.locator("a, details, input, nav").count() == 0

    await is_a_recipe()
    await page.go_back()
    await is_a_recipe()
    await page.reload()
    await is_a_recipe()


async def test_without_its_script_it_is_read_and_left(opened: Open) -> None:
    page = await opened(java_script_enabled=False)
    await expect(page.locator("#words")).not_to_be_visible()
    await page.locator(".doors a").first.click()
    topic = page.locator(".topic").first
    await topic.locator("summary").first.click()
    await expect(topic.locator("ol li").first).to_be_visible()
    await page.locator("#exit").click()
    await expect(page.locator("#r")).to_be_in_viewport(ratio=1)
    covers = await page.locator("#r").bounding_box()
    assert covers == {"x": 0, "y": 0, **SMALL}


async def test_it_works_in_a_browser_of_ten_years_ago(opened: Open) -> None:
    page = await opened()
    await page.add_init_script(OLD)
    await page.reload()
    await page.locator("#words").fill("no me pasa pensión")
    await page.locator("#found a").first.click()
    await expect(page.locator(".topic[open]")).to_have_count(1)
    await page.locator("#exit").click()
    await expect(page.locator("#r")).to_be_visible()


async def test_what_is_too_old_by_her_own_clock_is_marked(opened: Open) -> None:
    page = await opened()
    await expect(page.locator(".old")).to_have_count(0)
    await page.clock.install(time="2035-01-01")
    await page.reload()
    told = await page.locator("[data-until]").count()
    await expect(page.locator(".old")).to_have_count(told)
    assert told > 50


async def test_printed_it_is_all_there(opened: Open) -> None:
    page = await opened()
    await keep_few_topics(page)
    printed = PdfReader(BytesIO(await page.pdf(format="A4")))
    read = squeezed("".join(each.extract_text() for each in printed.pages))
    for entry in list(book("es").entries.values())[:4]:
        texts = [block for part in entry.parts for block in blocks(part.text.text)]
        said = [entry.title.text, *(plain(row) for block in texts for row in block.rows)]
        said += [source.text for source in entry.sources]
        assert [text for text in said if squeezed(text) not in read] == []
    assert squeezed(book("es").recipe[0]) not in read
