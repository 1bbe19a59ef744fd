"""Replies: how many a second, how soon, at what cost. Willaq beside its peer, in the same run.

The bot is pinned to one core, the stand-in for Telegram and the women to another. Closed loop: so
many women wait at any time, each for her answer. Open loop: messages arrive at a fixed rate,
whatever the bot does, and a late answer counts from when the message should have been read.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from typing import Any

import psutil

from tests.standins.telegram import TOKEN, Standin
from tests.standins.telegram_chats import Chat, Message
from tests.willaq import environment

CHATS = 6000  # one woman writes less than once a second, as Willaq's pace per woman has it
WAITING = 64
OPEN_RATE = 500
PRESSED = (
    "menu",
    "cat:violence",
    "t:linea-100",
    "t:violencia-tipos",
    "cat:work",
    "t:despido-embarazo",
)
FIRST_CHAT = 5_200_000_000
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


class Women:
    """They press buttons; `answered` wakes whoever waits for a chat."""

    def __init__(self) -> None:
        self.telegram = Standin(
            rate=0, chat_rate=0, validate=False, journal=False, on_message=self._answered
        )
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._chats = itertools.cycle(range(FIRST_CHAT, FIRST_CHAT + CHATS))
        self._numbers = itertools.count(1)
        self._buttons = itertools.cycle(PRESSED)

    async def press(self) -> float:
        """Seconds until her answer."""
        chat_id = next(self._chats)
        answer = self._waiting[chat_id] = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        self.telegram.updates.put(self._update(chat_id))
        await answer
        return time.perf_counter() - started

    def _answered(self, chat: Chat, message: Message) -> None:
        answer = self._waiting.pop(chat.id, None)
        if answer is not None and not answer.done():
            answer.set_result(None)
        chat.messages.clear()

    def _update(self, chat_id: int) -> dict[str, Any]:
        number = next(self._numbers)
        woman = {"id": chat_id, "is_bot": False, "first_name": "R", "language_code": "es"}
        chat = {"id": chat_id, "type": "private", "first_name": "R"}
        bot = {"id": 1, "is_bot": True, "first_name": "W", "username": "w_bot"}
        self.telegram.open_queries.add(str(number))
        message = {"message_id": number, "date": 1790000000, "chat": chat, "from": bot, "text": "x"}
        return {
            "update_id": 900_000_000 + number,
            "callback_query": {
                "id": str(number),
                "from": woman,
                "chat_instance": "1",
                "data": next(self._buttons),
                "message": message,
            },
        }


async def measure(
    name: str, command: list[str], settings: dict[str, str], seconds: float
) -> Figures:
    women = Women()
    async with women.telegram:
        async with running_bot(command, settings, women) as bot:
            await _warm_up(women)
            began, cpu, load = time.perf_counter(), _cpu_s(bot), time.process_time()
            closed = await _closed(women, seconds)
            took, spent = time.perf_counter() - began, _cpu_s(bot) - cpu
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


async def arrive(women: Women, seconds: float) -> tuple[list[float], int]:
    """Open loop: (seconds until each answer, how many had none five seconds after the end)."""
    await asyncio.sleep(1)
    tasks: list[asyncio.Task[float]] = []
    began = time.perf_counter()
    for number in range(int(OPEN_RATE * seconds)):
        wait_s = began + number / OPEN_RATE - time.perf_counter()
        if wait_s > 0:
            await asyncio.sleep(wait_s)
        tasks.append(asyncio.create_task(women.press()))
    done, late = await asyncio.wait(tasks, timeout=5)
    for task in late:
        task.cancel()
    return [task.result() for task in done], len(late)


@asynccontextmanager
async def running_bot(
    command: list[str], settings: dict[str, str], women: Women
) -> AsyncIterator[psutil.Process]:
    """A bot on core 0, its webhook set, stopped at the end."""
    with tempfile.TemporaryDirectory() as folder:
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        own = {
            name: value.format(port=port, api=women.telegram.url)
            for name, value in settings.items()
        }
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment(Path(folder), own),
            cwd=HOME,
            stdout=asyncio.subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, {0}),
        )
        try:
            await women.telegram.until(lambda: women.telegram.updates.webhook is not None, 20)
            await asyncio.sleep(1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            await process.wait()


def _cpu_s(bot: psutil.Process) -> float:
    times = bot.cpu_times()
    return float(times.user + times.system)


def percentiles(took: list[float]) -> tuple[float, float]:
    if len(took) < 100:
        return (float("nan"), float("nan"))
    hundredths = statistics.quantiles(took, n=100)
    return (1000 * hundredths[49], 1000 * hundredths[98])


def contenders() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    yield (
        "Willaq, webhook, durable",
        [sys.executable, "-m", "bot", "run"],
        {
            "WILLAQ_TELEGRAM_TOKEN": TOKEN,
            "WILLAQ_TELEGRAM_API_URL": "{api}",
            "WILLAQ_TELEGRAM_RATE": "100000",
            "WILLAQ_PUBLIC_URL": "http://127.0.0.1:{port}",
            "WILLAQ_HTTP_PORT": "{port}",
            "WILLAQ_LOG_LEVEL": "warning",
        },
    )
    yield (
        "python-telegram-bot, webhook, in memory",
        [sys.executable, "-m", "tests.benchmarks.peer"],
        {"PEER_TOKEN": TOKEN, "PEER_API_URL": "{api}", "PEER_PORT": "{port}"},
    )
    yield (
        "floor: uvicorn and aiohttp, no bot",
        [sys.executable, "-m", "tests.benchmarks.floor"],
        {"PEER_TOKEN": TOKEN, "PEER_API_URL": "{api}", "PEER_PORT": "{port}"},
    )


async def compare(seconds: float, rounds: int) -> list[list[Figures]]:
    """One list of rounds per contender; they take turns, so that noise meets both."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)) - {0})
    results: dict[str, list[Figures]] = {}
    for _ in range(rounds):
        for name, command, settings in contenders():
            figures = await measure(name, command, settings, seconds)
            results.setdefault(name, []).append(figures)
            print(_row(figures), flush=True)
    return list(results.values())


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
    ours, peer, floor = (
        statistics.median(each.replies_per_s for each in rounds_of_one)
        for rounds_of_one in measured
    )
    print(
        f"Medians of {rounds}: Willaq {ours:.0f} replies/s = {ours / peer:.1f} x the peer's "
        f"{peer:.0f}; the floor is {floor:.0f}"
    )
