"""The real `willaq` process, for tests: started, watched, stopped, killed."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server

from tests.standins import whatsapp

HOME = Path(__file__).parent.parent
READY_S = 60
STOP_S = 15


@dataclass
class Running:
    """`said` is its standard output, `logged` its log, both grow while it runs."""

    process: asyncio.subprocess.Process
    url: str
    said: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    readers: list[asyncio.Task[None]] = field(default_factory=list)

    async def stop(self) -> int:
        """Ask it to end, as systemd does; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await self.wait()

    async def kill(self) -> None:
        """As a power cut would."""
        if self.process.returncode is None:
            self.process.kill()
        await self.wait()

    async def wait(self) -> int:
        code = await asyncio.wait_for(self.process.wait(), STOP_S)
        await asyncio.gather(*self.readers)
        return code


def environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Only what this test says: the settings of whoever runs it stay out."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WILLAQ_")}
    own = {"WILLAQ_DATA_DIR": str(folder / "data"), "WILLAQ_HTTP_PORT": "0"}
    return {**clean, **own, **more}


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def on_whatsapp(meta: whatsapp.Standin, port: int) -> dict[str, str]:
    """The settings with which Willaq speaks to this Meta and listens at `port`."""
    return {
        "WILLAQ_HTTP_PORT": str(port),
        "WILLAQ_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "WILLAQ_WHATSAPP_TOKEN": whatsapp.TOKEN,
        "WILLAQ_WHATSAPP_PHONE_NUMBER_ID": whatsapp.PHONE_NUMBER_ID,
        "WILLAQ_WHATSAPP_APP_SECRET": whatsapp.APP_SECRET,
        "WILLAQ_WHATSAPP_VERIFY_TOKEN": whatsapp.VERIFY_TOKEN,
        "WILLAQ_WHATSAPP_API_URL": meta.url,
    }


def home_with(folder: Path, *editions: Path) -> Path:
    """A home like ours, whose content has these editions besides."""
    home = folder / "home"
    shutil.copytree(HOME / "content", home / "content")
    for edition in editions:
        shutil.copy(edition, home / "content" / "editions")
    (home / "locales").symlink_to(HOME / "locales")
    (HOME / ".cache").mkdir(mode=0o700, exist_ok=True)
    (home / ".cache").symlink_to(HOME / ".cache")
    return home


def willaq(home: Path | None) -> tuple[str, ...]:
    """What Python runs for the command `willaq`."""
    if home is None:
        return (sys.executable, "-m", "bot")
    elsewhere = "import sys, pathlib; from bot import cli; cli.HOME = pathlib.Path(sys.argv.pop(1))"
    return (sys.executable, "-c", f"{elsewhere}; sys.exit(cli.main())", str(home))


async def start(folder: Path, home: Path | None = None, /, **settings: str) -> Running:
    """Returns when it says that it is ready. AssertionError with its log when it is not."""
    process = await asyncio.create_subprocess_exec(
        *willaq(home), "run",
        env=environment(folder, settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=HOME,
    )  # fmt: skip
    running = Running(process, url="")
    ready = asyncio.Event()
    running.readers = [
        asyncio.create_task(_read(process.stdout, running.said, running, ready)),
        asyncio.create_task(_read(process.stderr, running.logged, running, None)),
    ]
    waiting = asyncio.create_task(ready.wait())
    ended = asyncio.create_task(process.wait())
    await asyncio.wait({waiting, ended}, timeout=READY_S, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    ended.cancel()
    if not ready.is_set():
        await running.kill()
        raise AssertionError("\n".join(["did not start:", *running.said, *running.logged]))
    return running


@contextlib.asynccontextmanager
async def running(
    folder: Path, home: Path | None = None, /, **settings: str
) -> AsyncIterator[Running]:
    started = await start(folder, home, **settings)
    try:
        yield started
    finally:
        with contextlib.suppress(TimeoutError):
            await started.stop()
        await started.kill()


async def command(
    folder: Path, *arguments: str, typed: str = "", home: str = "", **settings: str
) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of `willaq ARGUMENTS`."""
    process = await asyncio.create_subprocess_exec(
        *willaq(Path(home) if home else None), *arguments,
        env=environment(folder, settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=HOME,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(typed.encode()), 30)
    return process.returncode or 0, out.decode(), err.decode()


async def _read(
    stream: asyncio.StreamReader | None,
    lines: list[str],
    running: Running,
    ready: asyncio.Event | None,
) -> None:
    assert stream is not None
    async for raw in stream:
        line = raw.decode().rstrip("\n")
        lines.append(line)
        if ready is not None and "http" in line and not ready.is_set():
            running.url = next(word for word in line.split() if word.startswith("http"))
            ready.set()
