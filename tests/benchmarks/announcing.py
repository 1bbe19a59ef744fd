"""Announcements: how much of what the platform allows is used, and who waits for it meanwhile.

The stand-in enforces its limit. What it accepted between the first and the last message of the
announcement, answers to the women who chat included, is compared to what it would have accepted.
The peer, a loop of python-telegram-bot under its own limiter, has nobody chatting with it.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import uvloop

from tests.announcing import DAY, WHAT, Desk
from tests.benchmarks import crowd
from tests.benchmarks.replies import (
    contenders,
    cpu_s,
    percentiles,
    running_bot,
    stay_off_the_bots_core,
)
from tests.benchmarks.women import FIRST_CHAT, OnTelegram, OnWhatsApp, Women
from tests.standins.telegram import TOKEN

CHATTING = 20
MESSAGES = ("sendMessage", "messages")
THINKS_S = 1.2  # before she presses the next button
PATIENCE = 3.0  # times what it should take


@dataclass(frozen=True)
class Trial:
    channel: str
    rate: int
    many: int
    delay_s: float = 0.0
    canary: bool = False

    def __str__(self) -> str:
        delay = f" +{self.delay_s * 1000:.0f} ms" if self.delay_s else ""
        return f"{self.channel} {self.rate}/s{delay}" + (" canary" if self.canary else "")


TRIALS = (
    Trial("telegram", 1000, 20_000),
    Trial("telegram", 1000, 20_000, delay_s=0.1),
    Trial("telegram", 1000, 20_000, canary=True),
    Trial("telegram", 30, 1800),
    Trial("telegram", 30, 1800, delay_s=0.1),
    Trial("whatsapp", 80, 1600),
    Trial("whatsapp", 1000, 10_000),
)
PEERS = (Trial("telegram", 1000, 6000), Trial("telegram", 30, 300, delay_s=0.1))


@dataclass
class Arrivals:
    """What the platform has shown, from the first message of the announcement to the last."""

    began: float = 0.0
    ended: float = 0.0
    told: int = 0
    others: int = 0  # answers, in that time
    _others: int = 0
    _enough: int = 0
    _all: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, chat_id: int) -> None:
        if chat_id < crowd.FIRST:
            self._others += 1
            return
        self.ended = time.perf_counter()
        self.began = self.began or self.ended
        self._others = self._others if self.told else 0
        self.others = self._others
        self.told += 1
        if self.told == self._enough:
            self._all.set()

    @property
    def took_s(self) -> float:
        return max(self.ended - self.began, 0.001)

    def used(self, trial: Trial) -> float:
        """On WhatsApp what women say has its place in the rate as well, as have the answers."""
        counted = self.others * (2 if trial.channel == "whatsapp" else 1)
        return (self.told + counted) / (trial.rate * self.took_s)

    async def until(self, many: int, within_s: float) -> None:
        """Until so many were told, or it takes too long."""
        self._enough = many
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._all.wait()


@dataclass(frozen=True)
class Figures:
    name: str
    used: float
    refused: int  # because they were too fast
    told: int
    took_s: float
    answers_ms: tuple[float, float] | None  # p50, p99
    cpu_ms_each: float
    rss_mb: float

    def __str__(self) -> str:
        answers = "p50/p99 {:4.0f}/{:5.0f} ms".format(*self.answers_ms) if self.answers_ms else ""
        return (
            f"{self.name:44} used {self.used:5.3f}  refused {self.refused:4}  {self.told:6} in "
            f"{self.took_s:5.1f} s  {self.cpu_ms_each:5.2f} ms CPU each  {self.rss_mb:4.0f} MB  "
            f"answers {answers or 'none asked'}"
        )


def platform(trial: Trial) -> Women:
    """With its limits."""
    if trial.channel == "telegram":
        return OnTelegram(rate=trial.rate, chat_rate=1.0, delay_s=trial.delay_s)
    meta = OnWhatsApp(rate=trial.rate, pair_rate=1 / 6, delay_s=trial.delay_s)
    for number in range(trial.many):
        meta.platform.woman(str(crowd.FIRST + number), window_until=time.time() + DAY)
    return meta


async def ours(trial: Trial) -> Figures:
    women = platform(trial)
    with tempfile.TemporaryDirectory() as name:
        desk = await Desk.of(Path(name))
        try:
            crowd.settle(desk, trial.channel, trial.many)
            number = await desk.approved(WHAT, canary=trial.canary)
            _, _, command, settings = next(each for each in contenders() if each[1] is type(women))
            settings |= {f"WILLAQ_{trial.channel.upper()}_RATE": str(trial.rate)}
            async with women.platform, running_bot(command, settings, women, Path(name)) as bot:
                return await announced(trial, women, bot, desk, number)
        finally:
            await desk.store.close()


async def announced(
    trial: Trial, women: Women, bot: psutil.Process, desk: Desk, number: int
) -> Figures:
    arrivals, took = Arrivals(), list[float]()
    women.hears = arrivals.note
    async with chatting(women, took):
        took.clear()
        refused, spent = refusals(women), cpu_s(bot)
        desk.now = time.time()
        await desk.does("start", number)
        await arrivals.until(trial.many, PATIENCE * trial.many / trial.rate + 10)
        return Figures(
            f"Willaq, {trial}",
            arrivals.used(trial),
            refusals(women) - refused,
            arrivals.told,
            arrivals.took_s,
            percentiles(took),
            1000 * (cpu_s(bot) - spent) / max(1, arrivals.told),
            bot.memory_info().rss / 2**20,
        )


@asynccontextmanager
async def chatting(women: Women, took: list[float]) -> AsyncIterator[None]:
    async def she(chat_id: int) -> None:
        while True:
            took.append(await women.press(chat_id))
            await asyncio.sleep(THINKS_S)

    tasks = [asyncio.create_task(she(FIRST_CHAT + number)) for number in range(CHATTING)]
    await asyncio.sleep(3)  # greetings are over
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def peer(trial: Trial) -> Figures:
    women = platform(trial)
    arrivals = Arrivals()
    women.hears = arrivals.note
    settings = {
        "PEER_TOKEN": TOKEN, "PEER_API_URL": "{api}", "PEER_MANY": str(trial.many),
        "PEER_RATE": str(trial.rate), "PEER_PORT": "{port}",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.benchmarks.announcing_peer"]
    async with women.platform, running_bot(command, settings, women) as bot:
        spent = cpu_s(bot)
        await arrivals.until(trial.many, PATIENCE * trial.many / trial.rate + 10)
        return Figures(
            f"python-telegram-bot's loop, {trial}",
            arrivals.used(trial),
            refusals(women),
            arrivals.told,
            arrivals.took_s,
            None,
            1000 * (cpu_s(bot) - spent) / max(1, arrivals.told),
            bot.memory_info().rss / 2**20,
        )


def refusals(women: Women) -> int:
    """Of messages; what else would be refused here is too fast (Meta says it with 400)."""
    counts = women.platform.counts
    return sum(counts[method, status] for method in MESSAGES for status in (400, 429))


async def compare() -> None:
    stay_off_the_bots_core()
    for trial in TRIALS:
        print(await ours(trial), flush=True)
    for trial in PEERS:
        print(await peer(trial), flush=True)


def main() -> None:
    print(f"Announcements: {CHATTING} women chat meanwhile, bot on one core")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(compare())


if __name__ == "__main__":
    main()
