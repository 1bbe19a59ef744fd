"""Tania records a topic by chat, on real stand-ins of both platforms; and whatever dies in between,
she is told, or it is done."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot import recordings, settings
from bot.channels.base import Incoming
from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from bot.conversation import Conversation
from bot.dialogue.staff import Desk, Role, Staff
from bot.outbox import Outbox
from bot.store.base import Known, Visit
from bot.store.sqlite import SqliteStore
from bot.voices import WAITS_S, Voices
from tests.catalogue import TODAY, every_language, translations
from tests.people import MARTA, TANIA, Person
from tests.sounds import as_file, heard, silence, speech
from tests.standins import telegram as telegram_api
from tests.standins import whatsapp as whatsapp_api
from tests.standins.raw_http import Answer, Request, Server

HOME = Path(__file__).parent.parent
SLUG = "violencia-como-denunciar"
ASKS = f"/grabar {SLUG}"
SPOKEN = recordings.spoken(every_language(), translations())
CATALOGUE = replace(every_language(), spoken=SPOKEN)
STAFF = {str(TANIA.chat_id): Staff(1, "Tania Huamán", frozenset[Role](("translator",)))}
WAIT, READY, KEPT, LOST = "Recibí tu voz", "Así queda", "Guardada.", "se perdió"


@pytest.fixture(scope="module")
def voice() -> bytes:
    return as_file(speech(1.5, 0.05), "ogg", "libopus")


class WithStaff(SqliteStore):
    """Knows who Tania is, until the desk of the database does."""

    async def visit(self, *, address: str, decide: Any, **more: Any) -> Visit:
        def knowing(known: Known) -> Any:
            desk = Desk(STAFF.get(address))
            return decide(replace(known, desk=lambda asked: desk))

        return await super().visit(address=address, decide=knowing, **more)


@dataclass
class Studio:
    """One life of Willaq with one platform. `working` False: it dies before it works on voices."""

    folder: Path
    channel: Any
    store: SqliteStore
    working: bool = True
    handed: list[Visit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = settings.read({"WILLAQ_DATA_DIR": str(self.folder)}, HOME)
        self.outbox = Outbox(self.store, {self.channel.name: self.channel}, translations)
        self.conversation = Conversation(self.store, lambda: CATALOGUE, handed=self._handed)
        self.voices = Voices(
            self.store,
            {self.channel.name: self.channel.fetch},
            self.conversation.receive,
            notes=self.settings.voice_notes_dir,
            folder=self.settings.recordings_dir,
            today=lambda: TODAY,
            pause_s=0.01,
        )

    def _handed(self, channel: str, address: str, visit: Visit) -> None:
        self.outbox.take(channel, address, visit)
        if self.working:
            self.voices.take(visit)

    async def receive(self, incoming: Incoming) -> None:
        await self.conversation.receive(
            channel=self.channel.name,
            message_id=incoming.message_id,
            address=incoming.address,
            event=incoming.event,
            ref=incoming.ref,
            alias=incoming.alias,
            window_until=incoming.window_until,
        )

    @property
    def kept(self) -> dict[tuple[str, str], recordings.Recording]:
        found, mistakes = recordings.read(self.settings.recordings_dir)
        assert mistakes == ()
        return found


@asynccontextmanager
async def living(
    folder: Path, channel: Callable[[SqliteStore], Any], **more: Any
) -> AsyncIterator[Studio]:
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    store = await WithStaff.open(folder / "willaq.db", folder.parent / "key")
    studio = Studio(folder, channel(store), store, **more)
    await studio.channel.start()
    left = await studio.voices.left()
    sending = asyncio.create_task(studio.outbox.run())
    studio.voices.resume(left)
    try:
        yield studio
    finally:
        await studio.voices.stop(0.0)
        await studio.outbox.stop(1)
        await sending
        await studio.channel.stop()
        await store.close()


class OnTelegram:
    def __init__(self) -> None:
        self.api = telegram_api.Standin(chat_burst=50.0, bucket_s=10.0)

    @asynccontextmanager
    async def studio(self, folder: Path, **more: Any) -> AsyncIterator[Studio]:
        async with living(folder, self._channel, **more) as studio:
            polling = asyncio.create_task(studio.channel.poll(studio.receive, timeout_s=1))
            try:
                yield studio
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)

    def _channel(self, store: SqliteStore) -> Telegram:
        read = settings.read({"WILLAQ_DATA_DIR": str(self.folder)}, HOME).read_file
        return Telegram(token=self.api.token, api_url=self.api.url, media=store, read=read)

    folder: Path

    def texts(self, who: Person = TANIA) -> list[str]:
        return [message.text for message in self.api.said(who.chat_id)]

    def voices(self) -> list[bytes]:
        said = self.api.said(TANIA.chat_id)
        return [self.api.files.all[message.voice] for message in said if message.voice]

    @property
    def fetched(self) -> int:
        return len(self.api.called("getFile"))


class OnWhatsApp:
    def __init__(self) -> None:
        self.api = whatsapp_api.Standin()
        self.api.woman(TANIA.chat_id, shape="old")  # known by her number

    @asynccontextmanager
    async def studio(self, folder: Path, **more: Any) -> AsyncIterator[Studio]:
        async with living(folder, self._channel, **more) as studio:
            server = Server(lambda request: self._hook(studio, request))
            await server.start()
            try:
                await self.api.push_to(f"http://127.0.0.1:{server.port}/hooks/whatsapp")
                yield studio
            finally:
                self.api.webhook.stop()
                await server.stop()

    async def _hook(self, studio: Studio, request: Request) -> Answer:
        hook = studio.channel.hook()
        if request.method == "GET":
            query = dict(each.split("=", 1) for each in request.query.split("&"))
            return Answer((hook.greet(query) or "").encode())
        for each in hook.parse(orjson.loads(request.body)):
            if isinstance(each, Incoming):
                await studio.receive(each)
            else:
                await studio.outbox.note(studio.channel.name, [each])
        return Answer()

    def _channel(self, store: SqliteStore) -> WhatsApp:
        return WhatsApp(
            token=whatsapp_api.TOKEN, phone_number_id=whatsapp_api.PHONE_NUMBER_ID,
            app_secret=whatsapp_api.APP_SECRET, verify_token=whatsapp_api.VERIFY_TOKEN,
            tag="w1", media=store, api_url=self.api.url,
            read=settings.read({"WILLAQ_DATA_DIR": str(self.folder)}, HOME).read_file,
        )  # fmt: skip

    folder: Path

    def texts(self, who: Person = TANIA) -> list[str]:
        return [message.text for message in self.api.said(who.chat_id)]

    def voices(self) -> list[bytes]:
        said = self.api.said(TANIA.chat_id)
        ids = [message.body["audio"]["id"] for message in said if message.kind == "audio"]
        return [self.api.media.all[id].content for id in ids]

    @property
    def fetched(self) -> int:
        return len(self.api.called("medium"))


Platform = OnTelegram | OnWhatsApp


@pytest.fixture(params=[OnTelegram, OnWhatsApp], ids=["telegram", "whatsapp"])
async def platform(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Platform]:
    platform: Platform = request.param()
    platform.folder = tmp_path / "data"
    async with platform.api:
        yield platform


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[OnTelegram]:
    platform = OnTelegram()
    platform.folder = tmp_path / "data"
    async with platform.api:
        yield platform


async def reads(platform: Platform, words: str, who: Person = TANIA, times: int = 1) -> str:
    """The newest message with these words, once there are so many of them."""

    def found() -> list[str]:
        return [text for text in platform.texts(who) if words in text]

    await platform.api.until(lambda: len(found()) >= times)
    return found()[-1]


async def greeted(platform: Platform, who: Person = TANIA) -> None:
    platform.api.say(who.chat_id, "hola")
    await platform.api.until(lambda: len(platform.texts(who)) >= 1)


async def records(platform: Platform, voice: bytes) -> None:
    platform.api.say(TANIA.chat_id, ASKS)
    assert "Cómo denunciar la violencia" in await reads(platform, "Lee en voz alta")
    platform.api.speak(TANIA.chat_id, voice)
    await reads(platform, WAIT)


async def test_she_reads_it_hears_herself_says_yes_and_it_is_there_for_everybody(
    platform: Platform, voice: bytes
) -> None:
    async with platform.studio(platform.folder) as studio:
        await greeted(platform)
        await records(platform, voice)
        await reads(platform, READY)
        await platform.api.until(lambda: len(platform.voices()) == 1)
        assert heard(platform.voices()[0])[0] == "opus"
        assert studio.kept == {}, "she has not said yes"
        platform.api.press(TANIA.chat_id, "Guardar")
        assert "se puede escuchar en Español" in await reads(platform, KEPT)
        (recording,) = studio.kept.values()
        assert (recording.language, recording.slug, recording.by) == ("es", SLUG, "Tania Huamán")
        assert recording.text_hash == SPOKEN["es", SLUG]
        assert studio.settings.read_file(recording.path) == platform.voices()[0]
        assert await studio.store.voices() == []


async def test_another_voice_takes_the_place_of_the_first(
    telegram: OnTelegram, voice: bytes
) -> None:
    async with telegram.studio(telegram.folder) as studio:
        await greeted(telegram)
        await records(telegram, voice)
        await reads(telegram, READY)
        telegram.api.speak(TANIA.chat_id, as_file(speech(2.5, 0.05), "ogg", "libopus"))
        await reads(telegram, READY, times=2)
        telegram.api.press(TANIA.chat_id, "Guardar")
        await reads(telegram, KEPT)
        assert [each.seconds for each in studio.kept.values()] == [3]


async def test_the_voice_of_anybody_else_is_never_fetched(platform: Platform, voice: bytes) -> None:
    async with platform.studio(platform.folder) as studio:
        await greeted(platform, MARTA)
        for words in (ASKS, "hola"):
            platform.api.say(MARTA.chat_id, words)
            platform.api.speak(MARTA.chat_id, voice)
        await reads(platform, "No puedo ver fotos", MARTA, times=2)
        assert await studio.store.voices() == []
    assert platform.fetched == 0


async def test_what_cannot_be_used_is_said_and_she_may_go_on(
    telegram: OnTelegram, voice: bytes
) -> None:
    async with telegram.studio(telegram.folder) as studio:
        await greeted(telegram)
        await records(telegram, as_file(silence(1.5), "ogg", "libopus"))
        await reads(telegram, "No se oye ninguna voz")
        telegram.api.speak(TANIA.chat_id, voice)
        await reads(telegram, READY)
        assert await studio.store.voices() == []


async def test_a_bad_line_is_tried_again_and_then_said(telegram: OnTelegram, voice: bytes) -> None:
    async with telegram.studio(telegram.folder):
        await greeted(telegram)
        telegram.api.faults.append(telegram_api.Fault("500", "getFile", times=2))
        await records(telegram, voice)
        await reads(telegram, READY)
        telegram.api.faults.append(telegram_api.Fault("500", "getFile", times=3))
        telegram.api.speak(TANIA.chat_id, voice)
        await reads(telegram, "No pude traer tu nota de voz")


async def test_if_willaq_dies_while_it_works_she_is_told_to_send_it_again_once(
    platform: Platform, voice: bytes
) -> None:
    async with platform.studio(platform.folder, working=False):
        await greeted(platform)
        await records(platform, voice)
    async with platform.studio(platform.folder) as studio:
        assert f"/grabar {SLUG}" in await reads(platform, LOST)
        await has_work(studio, wanted=False)
    async with platform.studio(platform.folder):
        await records(platform, voice)
        await reads(platform, READY)
    assert len([text for text in platform.texts() if LOST in text]) == 1


async def test_if_willaq_dies_after_her_yes_it_is_kept_all_the_same(
    platform: Platform, voice: bytes
) -> None:
    async with platform.studio(platform.folder) as studio:
        await greeted(platform)
        await records(platform, voice)
        await reads(platform, READY)
        studio.working = False
        platform.api.press(TANIA.chat_id, "Guardar")
        await has_work(studio, wanted=True)
        assert studio.kept == {}
    async with platform.studio(platform.folder) as studio:
        await reads(platform, KEPT)
        assert len(studio.kept) == 1
        await has_work(studio, wanted=False)


async def test_a_stop_in_the_middle_leaves_no_process_and_is_told_at_the_next_start(
    telegram: OnTelegram, voice: bytes
) -> None:
    telegram.api.faults.append(telegram_api.Fault("hang", "getFile"))
    async with telegram.studio(telegram.folder):
        await greeted(telegram)
        await records(telegram, voice)
    async with telegram.studio(telegram.folder):
        await reads(telegram, LOST)


async def test_a_folder_that_cannot_be_written_is_said(telegram: OnTelegram, voice: bytes) -> None:
    async with telegram.studio(telegram.folder) as studio:
        await greeted(telegram)
        await records(telegram, voice)
        await reads(telegram, READY)
        studio.settings.recordings_dir.write_text("in the way")
        telegram.api.press(TANIA.chat_id, "Guardar")
        await reads(telegram, "No pude guardar")
        studio.settings.recordings_dir.unlink()
        telegram.api.press(TANIA.chat_id, "Guardar")
        await reads(telegram, KEPT)


async def test_whom_nobody_said_yes_to_is_forgotten_after_a_day(
    telegram: OnTelegram, voice: bytes
) -> None:
    async with telegram.studio(telegram.folder) as studio:
        await greeted(telegram)
        await records(telegram, voice)
        await reads(telegram, READY)
        studio.voices.tidy(time.time())
        notes = list(studio.settings.voice_notes_dir.iterdir())
        assert len(notes) == 2, "her voice, and what it is of"
        for note in notes:
            os.utime(note, (0, time.time() - WAITS_S - 60))
        studio.voices.tidy(time.time())
        assert list(studio.settings.voice_notes_dir.iterdir()) == []
        telegram.api.press(TANIA.chat_id, "Guardar")
        await reads(telegram, "ya no está aquí")
        assert studio.kept == {}


async def has_work(studio: Studio, *, wanted: bool) -> None:
    """Waits until there is work noted, or none."""
    async with asyncio.timeout(10):
        while bool(await studio.store.voices()) != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
