"""Replies: how many a second, how soon, at what cost. Willaq beside its peer, in the same run.

The bot is pinned to one core, the stand-in for Telegram and the women to another. Closed loop: so
many women wait at any time, each for her answer. Open loop: messages arrive at a fixed rate,
whatever the bot does, and a late answer counts from when the message should have been read.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.women import CHATS, OnTelegram, OnWhatsApp, Women
from tests.standins import whatsapp
from tests.standins.telegram import TOKEN
from tests.willaq import environment, free_port

WAITING = 64
OPEN_RATE = 500
OURS, OURS_ON_WHATSAPP = "Willaq, webhook, durable", "the same on WhatsApp"
PEER, FLOOR = "python-telegram-bot, webhook, in memory", "floor: uvicorn and aiohttp, no bot"
HOME = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Figures:
    name: str
    replies_per_s: float
    cpu_ms_per_reply: float
    closed_ms: tuple[float, float]  # p50, p99
    open_ms: tuple[float, float]
    open_late: int  # not answered at all within the wait
    rss_mb: float
    load_share: float  # of its core, for the women and Telegram: near 1 it is they who are measured


async def measure(
    name: str, women: Women, command: list[str], settings: dict[str, str], seconds: float
) -> Figures:
    async with women.platform:
        async with running_bot(command, settings, women) as bot:
            await _warm_up(women)
            began, cpu, load = time.perf_counter(), cpu_s(bot), time.process_time()
            closed = await _closed(women, seconds)
            took, spent = time.perf_counter() - began, cpu_s(bot) - cpu
            load = time.process_time() - load
            opened, late = await arrive(women, seconds)
            rss = bot.memory_info().rss / 2**20
    return Figures(
        name,
        len(closed) / took,
        1000 * spent / max(1, len(closed)),
        percentiles(closed),
        percentiles(opened),
        late,
        rss,
        load / took,
    )


async def _warm_up(women: Women) -> None:
    """Everybody once: greetings are not what is measured."""
    for _ in range(0, CHATS, WAITING):
        await asyncio.gather(*(women.press() for _ in range(WAITING)))
    await asyncio.sleep(1)


async def _closed(women: Women, seconds: float) -> list[float]:
    end = time.perf_counter() + seconds

    async def one_after_the_other() -> list[float]:
        took = []
        while time.perf_counter() < end:
            took.append(await women.press())
        return took

    each = await asyncio.gather(*(one_after_the_other() for _ in range(WAITING)))
    return [took for list_ in each for took in list_]


async def arrive(women: Women, seconds: float, rate: int = OPEN_RATE) -> tuple[list[float], int]:
    """Open loop: (seconds until each answer, how many had none five seconds after the end)."""
    await asyncio.sleep(1)
    tasks: list[asyncio.Task[float]] = []
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        wait_s = began + number / rate - time.perf_counter()
        if wait_s > 0:
            await asyncio.sleep(wait_s)
        tasks.append(asyncio.create_task(women.press()))
    done, late = await asyncio.wait(tasks, timeout=5)
    for task in late:
        task.cancel()
    return [task.result() for task in done], len(late)


@asynccontextmanager
async def running_bot(
    command: list[str], settings: dict[str, str], women: Women, home: Path | None = None
) -> AsyncIterator[psutil.Process]:
    """A bot on core 0, its webhook set, stopped at the end. `home`: where its data is."""
    with tempfile.TemporaryDirectory() as empty:
        folder = home or Path(empty)
        port = free_port()
        own = {
            name: value.format(port=port, api=women.platform.url)
            for name, value in settings.items()
        }
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment(folder, own),
            cwd=HOME,
            stdout=asyncio.subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, {0}),
        )
        try:
            await women.introduce(f"http://127.0.0.1:{port}")
            await asyncio.sleep(1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            await process.wait()


def stay_off_the_bots_core() -> None:
    os.sched_setaffinity(0, set(range(os.cpu_count() or 1)) - {0} or {0})


def cpu_s(bot: psutil.Process) -> float:
    times = bot.cpu_times()
    return float(times.user + times.system)


def percentiles(took: list[float]) -> tuple[float, float]:
    if len(took) < 100:
        return (float("nan"), float("nan"))
    hundredths = statistics.quantiles(took, n=100)
    return (1000 * hundredths[49], 1000 * hundredths[98])


Contender = tuple[str, Callable[[], Women], list[str], dict[str, str]]


def contenders() -> Iterator[Contender]:
    willaq = [sys.executable, "-m", "bot", "run"]
    served = {
        "WILLAQ_PUBLIC_URL": "http://127.0.0.1:{port}",
        "WILLAQ_HTTP_PORT": "{port}",
        "WILLAQ_LOG_LEVEL": "warning",
    }
    telegram = {
        "WILLAQ_TELEGRAM_TOKEN": TOKEN,
        "WILLAQ_TELEGRAM_API_URL": "{api}",
        "WILLAQ_TELEGRAM_RATE": "100000",
    }
    meta = {
        "WILLAQ_WHATSAPP_TOKEN": whatsapp.TOKEN,
        "WILLAQ_WHATSAPP_PHONE_NUMBER_ID": whatsapp.PHONE_NUMBER_ID,
        "WILLAQ_WHATSAPP_APP_SECRET": whatsapp.APP_SECRET,
        "WILLAQ_WHATSAPP_VERIFY_TOKEN": whatsapp.VERIFY_TOKEN,
        "WILLAQ_WHATSAPP_API_URL": "{api}",
        "WILLAQ_WHATSAPP_RATE": "100000",
    }
    peer = {"PEER_TOKEN": TOKEN, "PEER_API_URL": "{api}", "PEER_PORT": "{port}"}
    yield OURS, OnTelegram, willaq, {**served, **telegram}
    yield OURS_ON_WHATSAPP, OnWhatsApp, willaq, {**served, **meta}
    yield PEER, OnTelegram, [sys.executable, "-m", "tests.benchmarks.peer"], peer
    yield FLOOR, OnTelegram, [sys.executable, "-m", "tests.benchmarks.floor"], peer


async def compare(seconds: float, rounds: int) -> dict[str, list[Figures]]:
    """The rounds of each contender; they take turns, so that noise meets all."""
    stay_off_the_bots_core()
    results: dict[str, list[Figures]] = {}
    for _ in range(rounds):
        for name, women, command, settings in contenders():
            figures = await measure(name, women(), command, settings, seconds)
            results.setdefault(name, []).append(figures)
            print(_row(figures), flush=True)
    return results


def _row(each: Figures) -> str:
    return (
        f"{each.name:42} {each.replies_per_s:8.0f}/s {each.cpu_ms_per_reply:7.3f} ms CPU "
        f"closed p50/p99 {each.closed_ms[0]:6.1f}/{each.closed_ms[1]:6.1f} ms  "
        f"open {OPEN_RATE}/s p50/p99 {each.open_ms[0]:6.1f}/{each.open_ms[1]:7.1f} ms "
        f"late {each.open_late:5}  {each.rss_mb:4.0f} MB  load {each.load_share:4.0%}"
    )


def main(seconds: float = 8, rounds: int = 3) -> None:
    print(f"Replies: {WAITING} waiting, {CHATS} chats, bot on one core, {seconds:g} s a round")
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(compare(seconds, rounds))
    ours, on_whatsapp, peer, floor = (
        statistics.median(each.replies_per_s for each in measured[name])
        for name in (OURS, OURS_ON_WHATSAPP, PEER, FLOOR)
    )
    print(
        f"Medians of {rounds}: Willaq {ours:.0f} replies/s = {ours / peer:.1f} x the peer's "
        f"{peer:.0f}; the floor is {floor:.0f}; on WhatsApp, where two statuses follow each reply, "
        f"{on_whatsapp:.0f} = {on_whatsapp / ours:.2f} x Telegram's"
    )
