"""The only room that knows every room: builds them, starts them, stops them in order."""

import asyncio
import contextlib
import logging
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from starlette.applications import Starlette

from bot import platforms, rounds
from bot.broadcasts import Broadcasts
from bot.channels.base import Channel, Hook, Incoming
from bot.channels.fit import fit
from bot.channels.webchat import WebChat
from bot.console_rooms import rooms
from bot.conversation import Conversation, lima_day
from bot.kept import Kept
from bot.library import Library
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.preview import Previewer
from bot.settings import Settings
from bot.store.base import StoreError, Visit
from bot.store.house import House
from bot.store.sqlite import SqliteStore, lock
from bot.voices import Voices
from bot.web import app as web
from bot.web.desk.admitting import admitting
from bot.web.desk.call import Office
from bot.web.preview import THIS_MACHINE, PreviewPages, nobody, on_this_machine
from bot.web.server import Server, address, listen

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram
    from bot.channels.whatsapp import WhatsApp

STOP_S: Final = 10.0

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """Willaq cannot run as it is set up; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Willaq:
    """The rooms, built and wired; nothing runs yet."""

    settings: Settings
    library: Library
    store: SqliteStore
    conversation: Conversation
    outbox: Outbox
    voices: Voices
    webchat: WebChat
    telegram: "Telegram | None"
    whatsapp: "WhatsApp | None"
    metrics: Metrics
    office: Office
    broadcasts: Broadcasts


@contextlib.asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[SqliteStore]:
    """Closed at the end, whatever happens. Raises StoreError and CannotStart."""
    if settings.sqlite_file is None:
        raise CannotStart(
            "WILLAQ_DATABASE_URL: PostgreSQL is not there yet. Give sqlite:///willaq.db."
        )
    store = await SqliteStore.open(settings.sqlite_file, settings.key_file)
    try:
        yield store
    finally:
        await store.close()


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Willaq]:
    """Everything built in order; the database closed at the end, whatever happens."""
    library = open_library(settings)
    async with open_store(settings) as store:
        webchat = WebChat(sign=store.vault.sign)
        telegram = platforms.telegram(settings, store)
        whatsapp = platforms.whatsapp(settings, store)
        there = (each for each in (webchat, telegram, whatsapp) if each is not None)
        channels: dict[str, Channel] = {each.name: each for each in there}
        outbox = Outbox(store, channels, lambda: library.current[1])
        metrics = Metrics(
            ends=lambda: list(outbox.counts.items()),
            queued=outbox.queued,
            in_flight=outbox.in_flight,
        )

        def handed(channel: str, address: str, visit: Visit) -> None:
            outbox.take(channel, address, visit)
            voices.take(visit)

        conversation = Conversation(
            store,
            lambda: library.current[0],
            handed=handed,
            noted=metrics.received,
            house=House(settings.two_person, lambda texts: library.current[1].reads(texts)),
        )
        voices = platforms.voices(settings, store, conversation.receive, telegram, whatsapp)
        broadcasts = Broadcasts(
            store,
            lambda: library.current[1],
            {name: each.rate for name, each in channels.items() if not each.pulled},
            lambda name, message: fit(message, channels[name].limits),
            two_person=settings.two_person,
            has_file=lambda path: settings.file(path).is_file(),
            going=outbox.recall,
            fed=outbox.wake,
        )
        office = Office(
            store,
            lambda: library.current,
            store.vault.sign,
            broadcasts,
            rooms=rooms(settings, library, store, outbox, channels),
            public_url=settings.public_url,
            two_person=settings.two_person,
        )
        metrics.follow(broadcasts.alive)
        yield Willaq(
            settings, library, store, conversation, outbox, voices, webchat, telegram, whatsapp,
            metrics, office, broadcasts,
        )  # fmt: skip


def _hooks(willaq: Willaq) -> dict[str, Hook]:
    """By channel, of those platforms that push."""
    pushing = (each for each in (willaq.telegram, willaq.whatsapp) if each is not None)
    return {each.name: hook for each in pushing if (hook := each.hook()) is not None}


def pages(willaq: Willaq) -> Starlette:
    async def forget(channel: str, address: str) -> bool:
        return await willaq.store.forget(channel, address, now=time.time())

    return web.build(
        receive=willaq.conversation.receive,
        note=willaq.outbox.note,
        pull=willaq.outbox.pull,
        forget=forget,
        webchat=willaq.webchat,
        hooks=_hooks(willaq),
        library=lambda: willaq.library.current,
        health=lambda: _health(willaq),
        metrics=willaq.metrics.registry,
        locate=willaq.settings.file,
        office=willaq.office,
        preview=_preview(willaq),
    )


def _preview(willaq: Willaq) -> PreviewPages:
    """For those who work here; and for who sits at this machine, as long as nobody else is served
    from it."""
    settings, library = willaq.settings, willaq.library
    hosts = {settings.http_host, urlsplit(settings.public_url or "").hostname or "localhost"}
    return PreviewPages(
        Previewer(library),
        edition=lambda: library.edition,
        today=lambda: lima_day(time.time()),
        is_closed=lambda: willaq.webchat.is_closed,
        gate=admitting(
            willaq.office,
            "translator",
            "organizer",
            besides=on_this_machine if hosts <= THIS_MACHINE else nobody,
        ),
    )


async def _health(willaq: Willaq) -> tuple[bool, dict[str, Any]]:
    """Can messages be kept? The numbers beside it hold nothing of anybody."""
    about: dict[str, Any] = {"mistakes": len(willaq.library.mistakes)}
    try:
        await willaq.store.check()
        about["outbox"] = await willaq.store.outbox_counts()
    except StoreError:
        return False, {**about, "store": "cannot be written"}
    return True, {**about, "store": "ok"}


async def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Until it is told to stop; `say` hears when it is ready. Raises CannotStart, StoreError."""
    listening = listen(settings.http_host, settings.http_port)
    with _locked(settings), listening:
        async with opened(settings) as willaq:
            rounds.tell_mistakes(willaq.library)
            if willaq.whatsapp is not None and settings.public_url is None:
                log.warning("WhatsApp cannot deliver to us without WILLAQ_PUBLIC_URL")
            recovered = await willaq.store.recover(now=time.time(), everything=True)
            log.info("started", extra=recovered)
            await _serve(willaq, listening, say)
    log.info("stopped")


async def _serve(willaq: Willaq, listening: socket.socket, say: Callable[[str], None]) -> None:
    server = Server(pages(willaq))
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, _stopping(server, willaq))
    tasks = [
        asyncio.create_task(willaq.outbox.run()),
        *rounds.begin(willaq),
    ]
    left = await willaq.voices.left()
    tasks += await _start_telegram(willaq)
    if willaq.whatsapp is not None:
        await willaq.whatsapp.start()
    willaq.voices.resume(left)
    rounds.let_rest()
    url = address(listening)
    say(f"Willaq está listo / Willaq is ready: {url}  (Ctrl+C: terminar / stop)")
    try:
        await server.serve(sockets=[listening])
    finally:
        # What came in is committed; nothing new is taken; what is ready still goes out.
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks[1:], return_exceptions=True)
        await willaq.voices.stop(within_s=2.0)
        await willaq.outbox.stop(STOP_S)
        tasks[0].cancel()
        for channel in (willaq.telegram, willaq.whatsapp):
            if channel is not None:
                await channel.stop()


async def _start_telegram(willaq: Willaq) -> list[asyncio.Task[None]]:
    telegram = willaq.telegram
    if telegram is None:
        return []
    await telegram.start()
    if telegram.hook() is not None:
        return []

    async def receive(incoming: Incoming) -> None:
        await _receive(willaq, telegram.name, incoming)

    return [asyncio.create_task(telegram.poll(receive))]


async def _receive(willaq: Willaq, channel: str, incoming: Incoming) -> None:
    await willaq.conversation.receive(
        channel=channel,
        message_id=incoming.message_id,
        address=incoming.address,
        event=incoming.event,
        ref=incoming.ref,
        alias=incoming.alias,
        window_until=incoming.window_until,
    )


def _stopping(server: Server, willaq: Willaq) -> Callable[[], None]:
    def stop() -> None:
        # Pages that wait for news would otherwise be waited for.
        willaq.webchat.close()
        willaq.office.stopping.set()
        server.ask_to_stop()

    return stop


@contextlib.contextmanager
def _locked(settings: Settings) -> Iterator[None]:
    if settings.sqlite_file is None:
        yield
        return
    with lock(settings.sqlite_file):
        yield


def open_library(settings: Settings) -> Library:
    return Library(
        settings.content_dir,
        settings.locales_dir,
        settings.drafts,
        lambda: lima_day(time.time()),
        settings.services_file,
        calendar_at=f"{settings.public_url}{web.CALENDAR}" if settings.public_url else "",
        recordings_dir=settings.recordings_dir,
        kept=Kept(settings.kept_dir),
    )
