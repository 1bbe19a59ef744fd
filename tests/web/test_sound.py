"""Listening in a real browser: nothing is fetched before she plays it, nothing sounds later."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot import recordings
from bot.audio.work import made
from bot.recordings import Recording
from tests.catalogue import TODAY, every_language, translations
from tests.sounds import speech
from tests.web.browser import Stage, Tab, staged, violations

pytestmark = pytest.mark.asyncio(loop_scope="module")
PLAYS = "() => { const it = document.querySelector('audio'); return it && !it.paused; }"


def recorded(folder: Path) -> None:
    sound, _ = made(speech(6.0, 0.05))
    words = recordings.spoken(every_language(), translations())["es", "linea-100"]
    new = Recording("es", "linea-100", "", words, 6, len(sound), "Tania", TODAY)
    recordings.keep(folder / "data" / "recordings", new, sound)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("sound")
    recorded(folder)
    async with staged(folder) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def tab(stage: Stage) -> AsyncIterator[Tab]:
    async with stage.tab() as tab:
        await tab.open()
        await tab.press("Español")
        await tab.says("linea 100")
        await tab.press("🔊 Escuchar (0:06)")
        yield tab


async def plays(tab: Tab) -> None:
    await tab.page.evaluate("document.querySelector('audio').play()")
    await tab.page.wait_for_function(PLAYS)


async def test_nothing_is_fetched_before_she_plays_it_and_then_it_is_heard(tab: Tab) -> None:
    await expect(tab.page.locator("audio")).to_have_count(1)
    assert not any("/audio/" in url for url in tab.asked)
    await plays(tab)
    length = await tab.page.evaluate("document.querySelector('audio').duration")
    assert length == pytest.approx(6.0, abs=0.2)
    assert any(url.endswith("/audio/recordings/es/audio/linea-100.ogg") for url in tab.asked)
    assert await violations(tab.page) == []
    assert tab.complaints == []


async def test_leaving_stops_it_at_once(tab: Tab) -> None:
    await plays(tab)
    await tab.page.evaluate("window.it = document.querySelector('audio')")
    await tab.context.set_offline(True)
    await tab.page.locator("#exit").click()
    await expect(tab.page.locator("form")).to_have_count(0)
    assert await tab.page.evaluate("window.it.paused")


async def test_writing_the_way_out_stops_it_too(tab: Tab) -> None:
    await plays(tab)
    await tab.page.evaluate("window.it = document.querySelector('audio')")
    await tab.context.set_offline(True)
    await tab.types("salir")
    await expect(tab.page.locator("form")).to_have_count(0)
    assert await tab.page.evaluate("window.it.paused")
