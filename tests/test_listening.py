"""She presses "Escuchar" and hears it, on every channel of the real process, for little data."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot import recordings
from bot.recordings import Recording
from tests.catalogue import TODAY, every_language, translations
from tests.people import KILLA, ROSA
from tests.standins import telegram as telegram_api
from tests.standins import whatsapp as whatsapp_api
from tests.test_story_channels import talking
from tests.willaq import Running, free_port, on_whatsapp, running

SLUG = "linea-100"
OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(3000)
PATH = f"recordings/es/audio/{SLUG}.ogg"
HEAR = "🔊 Escuchar (1:23)"


def recorded(folder: Path) -> None:
    """In Spanish, of today's words; and the same sound of older words, in the other language."""
    words = recordings.spoken(every_language(), translations())["es", SLUG]
    new = Recording("es", SLUG, "", words, 83, len(OPUS), "Tania", TODAY)
    old = Recording("quy", SLUG, "", "0" * 16, 83, len(OPUS), "Tania", TODAY)
    for each in (new, old):
        recordings.keep(folder / "data" / "recordings", each, OPUS)


@dataclass
class Town:
    """Willaq, and both platforms around it."""

    willaq: Running
    telegram: telegram_api.Standin
    meta: whatsapp_api.Standin
    web: aiohttp.ClientSession


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    recorded(folder)
    port = free_port()
    telegram = telegram_api.Standin(chat_burst=50.0, bucket_s=10.0)
    async with telegram, whatsapp_api.Standin() as meta:
        bot = {"WILLAQ_TELEGRAM_TOKEN": telegram.token, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(folder, **on_whatsapp(meta, port), **bot) as willaq:
            await meta.push_to(f"{willaq.url}/hooks/whatsapp")
            async with aiohttp.ClientSession(willaq.url) as web:
                yield Town(willaq, telegram, meta, web)


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_on_telegram_it_comes_as_a_voice_and_goes_up_once(town: Town) -> None:
    telegram = town.telegram
    for her in (ROSA, KILLA):
        telegram.say(her.chat_id, "hola")
        await telegram.hears(her.chat_id)
        telegram.say(her.chat_id, "línea 100")
        (_, topic) = await telegram.hears(her.chat_id, 2)
        assert topic.labels[0] == HEAR
        telegram.press(her.chat_id, HEAR)
        (_, _, voice) = await telegram.hears(her.chat_id, 3)
        assert telegram.files.all[voice.voice] == OPUS
    assert len(telegram.files.all) == 1


async def test_on_whatsapp_it_comes_as_a_voice_and_when_meta_lost_the_file_she_still_hears_it(
    town: Town,
) -> None:
    meta, hers = town.meta, str(ROSA.chat_id)

    def voices() -> list[whatsapp_api.Message]:
        return [each for each in meta.said(hers) if each.kind == "audio"]

    meta.say(hers, "línea 100")
    await meta.until(lambda: any(HEAR in each.labels for each in meta.said(hers)))
    meta.press(hers, HEAR)
    await meta.until(lambda: len(voices()) == 1)
    assert len(meta.called("media")) == 1
    # Meta takes the next one, and says only afterwards that it has no such file any more.
    meta.media.all.clear()
    meta.press(hers, HEAR)
    await meta.until(lambda: len(meta.called("media")) == 2)
    await meta.until(lambda: len(voices()) == 2 and "delivered" in voices()[-1].statuses)
    tries = [call for call in meta.called("messages") if call.params["type"] == "audio"]
    assert len(tries) == 3, "one went, one was lost, one went in its place"
    assert meta.media.all[voices()[-1].body["audio"]["id"]].content == OPUS


async def say(web: aiohttp.ClientSession, headers: dict[str, str], **what: Any) -> Any:
    body = {"after": 0, "language": "es", **what}
    async with web.post("/chat/say", json=body, headers=headers) as given:
        assert given.status == 200
        return [bubble for row in (await given.json())["messages"] for bubble in row["bubbles"]]


async def test_on_the_web_she_is_given_its_address_and_her_browser_keeps_it(town: Town) -> None:
    web = town.web
    async with web.post("/chat/session") as given:
        headers = {"X-Willaq-Token": (await given.json())["token"]}
    await say(web, headers, id="1", text="línea 100")
    *_, voice = await say(web, headers, id="2", choice=f"t:{SLUG}:hear")
    assert [each["path"] for each in voice["attachments"]] == [PATH]
    async with web.get(f"/audio/{PATH}") as heard:
        assert (heard.status, await heard.read()) == (200, OPUS)
        assert heard.headers["Content-Type"] == "audio/ogg"
        assert heard.headers["Cache-Control"] == "private, max-age=1800"
    async with web.get(f"/audio/{PATH}", headers={"Range": "bytes=0-3"}) as part:
        assert (part.status, await part.read()) == (206, b"OggS"), "Safari asks for parts"


@pytest.mark.parametrize(
    "path",
    [
        "recordings/quy/audio/linea-100.ogg",  # of words that are not shown any more
        "recordings/es/audio/index.toml",
        "recordings/es/audio/otra.ogg",
        "../data.key",
        "recordings/../willaq.db",
        "%2e%2e/data.key",
        "/etc/hostname",
    ],
)
async def test_no_other_file_is_given_out(town: Town, path: str) -> None:
    async with town.web.get(f"/audio/{path}") as refused:
        assert refused.status == 404


async def test_in_a_terminal_she_is_told_which_file_it_is(tmp_path: Path) -> None:
    recorded(tmp_path)
    async with talking(tmp_path) as (process, hear):
        await hear()
        assert process.stdin is not None
        for words in ("línea 100", "escuchar"):
            process.stdin.write(f"{words}\n".encode())
            heard = await hear()
    assert f"🔊 {PATH}" in heard
    assert await asyncio.wait_for(process.wait(), 10) == 0
