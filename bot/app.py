"""The only room that knows every room: builds them, starts them, stops them in order."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from starlette.applications import Starlette

from bot import logs
from bot.channels.base import Channel, Incoming
from bot.channels.terminal import ADDRESS, Terminal, talk
from bot.channels.webchat import WebChat
from bot.conversation import Conversation, lima_day
from bot.library import Library
from bot.outbox import Outbox
from bot.settings import Settings
from bot.store.addresses import Vault
from bot.store.base import StoreError
from bot.store.sqlite import MEMORY, SqliteStore, lock
from bot.web import app as web

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

REFRESH_S: Final = 1.0
PURGE_S: Final = 60.0
STOP_S: Final = 10.0
COMMANDS: Final = {  # what Telegram lists behind "/"; the words work without it too
    "es": {
        "menu": "Ver el menú",
        "ayuda": "A quién llamar ahora",
        "idioma": "Cambiar de idioma",
        "salir": "Salir de aquí",
        "borrar": "Borrar lo que hay de mí",
    },
    "qu": {
        "menu": "Menuta qaway",
        "yanapaway": "Piman qayanaypaq",
        "simi": "Simita tikray",
        "lluqsiy": "Kaymanta lluqsiy",
        "pichay": "Ñuqamanta kaqta pichay",
    },
}

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
    webchat: WebChat
    telegram: "Telegram | None"


def run(settings: Settings) -> int:
    """`willaq run`: until it is told to stop. The exit code."""
    logs.configure(settings.log_level, settings.secrets)
    logs.catch_the_uncaught()
    return _until_done(settings, serve)


def migrate(settings: Settings) -> int:
    async def job(settings: Settings) -> None:
        store = await open_store(settings)
        await store.close()
        print(f"{settings.sqlite_file} is up to date.")

    return _until_done(settings, job)


def forget(settings: Settings, channel: str, address: str) -> int:
    """Says whether she was known, and nothing else of her."""

    async def job(settings: Settings) -> None:
        store = await open_store(settings)
        try:
            known = await store.forget(channel, address, now=time.time())
        finally:
            await store.close()
        print("Deleted." if known else "Nobody by that address on that channel.")

    return _until_done(settings, job)


def chat(settings: Settings, language: str) -> int:
    """`willaq chat`: everything real, but kept in memory under a key that is thrown away."""

    async def job(settings: Settings) -> None:
        library = Library(settings.content_dir, settings.locales_dir, settings.drafts, _today)
        store = await SqliteStore.open(MEMORY, Vault.in_memory())
        outbox = Outbox(store, {Terminal.name: Terminal()}, lambda: library.current[1])
        conversation = Conversation(store, lambda: library.current[0], handed=outbox.take)

        async def receive(**what: Any) -> None:
            await conversation.receive(**what, pulled=True)

        try:
            await talk(
                receive,
                lambda after: outbox.pull(Terminal.name, ADDRESS, after=after),
                language=language,
            )
        finally:
            await store.close()

    return _until_done(settings, job)


async def open_store(settings: Settings) -> SqliteStore:
    """Raises StoreError and CannotStart."""
    if settings.sqlite_file is None:
        raise CannotStart(
            "WILLAQ_DATABASE_URL: PostgreSQL is not there yet. Give sqlite:///willaq.db."
        )
    return await SqliteStore.open(settings.sqlite_file, settings.key_file)


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Willaq]:
    """Everything built in order; the database closed at the end, whatever happens."""
    library = Library(settings.content_dir, settings.locales_dir, settings.drafts, _today)
    store = await open_store(settings)
    try:
        webchat = WebChat(sign=store.vault.sign)
        telegram = _telegram(settings)
        channels: dict[str, Channel] = {webchat.name: webchat}
        if telegram is not None:
            channels[telegram.name] = telegram
        outbox = Outbox(store, channels, lambda: library.current[1])
        conversation = Conversation(store, lambda: library.current[0], handed=outbox.take)
        yield Willaq(settings, library, store, conversation, outbox, webchat, telegram)
    finally:
        await store.close()


def _telegram(settings: Settings) -> "Telegram | None":
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import Telegram

    secret = settings.telegram_webhook_secret
    return Telegram(
        token=settings.telegram_token.reveal(),
        api_url=settings.telegram_api_url,
        rate=settings.telegram_rate,
        public_url=settings.public_url,
        webhook_secret=secret.reveal() if secret else None,
        commands=COMMANDS,
    )


async def serve(settings: Settings) -> None:
    """Raises CannotStart and StoreError before anything was received."""
    listening = _listen(settings)
    with _locked(settings), listening:
        async with opened(settings) as willaq:
            _tell_mistakes(willaq.library)
            recovered = await willaq.store.recover(now=time.time(), everything=True)
            log.info("started", extra=recovered)
            await _serve(willaq, listening)
    log.info("stopped")


async def _serve(willaq: Willaq, listening: socket.socket) -> None:
    server = _Server(
        uvicorn.Config(
            pages(willaq),
            loop="none",
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
        )
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, server.ask_to_stop)
    tasks = [
        asyncio.create_task(willaq.outbox.run()),
        asyncio.create_task(_every(REFRESH_S, lambda: _refresh(willaq))),
        asyncio.create_task(_every(PURGE_S, lambda: willaq.store.purge(now=time.time()))),
    ]
    tasks += await _start_telegram(willaq)
    print(_ready(listening), flush=True)
    try:
        await server.serve(sockets=[listening])
    finally:
        # What came in is committed; nothing new is taken; what is ready still goes out.
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks[1:], return_exceptions=True)
        await willaq.outbox.stop(STOP_S)
        tasks[0].cancel()
        if willaq.telegram is not None:
            await willaq.telegram.stop()


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
    )


async def _refresh(willaq: Willaq) -> None:
    """In a thread: reading files must not keep anybody waiting."""
    if await asyncio.to_thread(willaq.library.refresh):
        willaq.outbox.reload()
        _tell_mistakes(willaq.library)


async def _every(seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await job()
        except StoreError as error:
            log.warning("a regular job has to wait for the database", exc_info=error)
        except Exception:
            log.exception("a regular job failed; it is tried again")


def _tell_mistakes(library: Library) -> None:
    for mistake in library.mistakes:
        log.warning("%s", mistake)


class _Server(uvicorn.Server):
    """Ends by our own signal handlers: uvicorn's would end the process before the outbox did."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def ask_to_stop(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.http_host, settings.http_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CannotStart(
            f"WILLAQ_HTTP_PORT: {host}:{port} cannot be opened ({error.strerror}). "
            "Stop the program that has it, or give another port; 0 takes any free one."
        ) from error


@contextlib.contextmanager
def _locked(settings: Settings) -> Iterator[None]:
    if settings.sqlite_file is None:
        yield
        return
    with lock(settings.sqlite_file):
        yield


def _ready(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1"}.get(host, host)
    url = f"http://{shown}:{port}"
    return f"Willaq está listo / Willaq is ready: {url}  (Ctrl+C: terminar / stop)"


def _until_done(settings: Settings, job: Callable[[Settings], Awaitable[None]]) -> int:
    import uvloop

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(job(settings))  # type: ignore[arg-type]
    except (CannotStart, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _today() -> Any:
    return lima_day(time.time())
