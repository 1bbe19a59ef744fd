"""A million women are counted, written to for a while, and some of them say no meanwhile.

python -m tests.benchmarks.million
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import uvloop

from bot.dialogue.announcing import Audience
from tests.announcing import SPEAKS, WHAT, Desk
from tests.benchmarks import crowd
from tests.benchmarks.announcing import chatting
from tests.benchmarks.replies import contenders, percentiles, running_bot, stay_off_the_bots_core
from tests.benchmarks.women import OnTelegram

MANY = 1_000_000
RATE = 1000
SENT_FOR_S = 20.0
LEAVING = range(12_000, 12_100)  # their turn would come after twelve seconds
LEAVES = "no más avisos"


class Memory:
    """Of the bot, in MB, once a second."""

    def __init__(self, bot: psutil.Process) -> None:
        self._bot = bot
        self.mb = [self._now()]
        self._watching = asyncio.create_task(self._watch())

    def _now(self) -> float:
        return self._bot.memory_info().rss / 2**20

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.mb.append(self._now())

    def stop(self) -> None:
        self._watching.cancel()


async def measure(folder: Path, many: int) -> None:
    desk = await Desk.of(folder)
    try:
        began = time.perf_counter()
        crowd.settle(desk, "telegram", many)
        print(f"{many} women, addresses sealed, in {time.perf_counter() - began:.0f} s")
        print(f"counted in {await _counted_s(desk):.2f} s")
        women = OnTelegram(rate=RATE, chat_rate=1.0)
        _, _, command, settings = next(contenders())
        settings |= {"WILLAQ_TELEGRAM_RATE": str(RATE)}
        async with women.platform, running_bot(command, settings, women, folder) as bot:
            await _send(desk, women, bot)
    finally:
        await desk.store.close()


async def _counted_s(desk: Desk) -> float:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        await desk.store.count(Audience(), SPEAKS, now=time.time())
        took.append(time.perf_counter() - began)
    return statistics.median(took)


async def _send(desk: Desk, women: OnTelegram, bot: psutil.Process) -> None:
    memory, answers = Memory(bot), list[float]()
    async with chatting(women, answers):
        answers.clear()
        desk.now = time.time()
        begins_at = desk.now + 2
        number = await desk.approved(WHAT, start_at=begins_at, canary=False)
        await desk.does("schedule", number)
        await _until_begun(desk, number)
        print(
            f"begun {time.time() - begins_at:.2f} s after its time (the clock looks every 0.25 s); "
            f"the longest wait for an answer meanwhile {max(answers):.2f} s"
        )
        answers.clear()
        for woman in LEAVING:
            women.platform.say(crowd.FIRST + woman, LEAVES)
        await asyncio.sleep(SENT_FOR_S)
        desk.now = time.time()
        await desk.does("pause", number)
    memory.stop()
    _tell(desk, number, answers, memory.mb)


async def _until_begun(desk: Desk, number: int) -> None:
    query = "SELECT state = 'sending' FROM broadcasts WHERE id = ?"
    async with asyncio.timeout(60):
        while desk.sql(query, number) != [(1,)]:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)  # those who waited for it are answered


def _tell(desk: Desk, number: int, answers: Sequence[float], memory: Sequence[float]) -> None:
    (sent,) = desk.sql(
        "SELECT count(*) FROM outbox WHERE broadcast_id = ? AND state = 'sent'", number
    )[0]
    left = dict(
        desk.sql(
            "SELECT o.state || ' ' || o.reason, count(*) FROM people AS p JOIN outbox AS o"
            " ON o.person_id = p.id AND o.broadcast_id = ? WHERE p.stopped GROUP BY 1",
            number,
        )
    )
    p50, p99 = percentiles(list(answers))
    print(
        f"{sent} sent in {SENT_FOR_S:.0f} s; answers p50/p99 {p50:.0f}/{p99:.0f} ms; memory "
        f"{memory[0]:.0f} MB before, at most {max(memory):.0f}, at last {memory[-1]:.0f}; "
        f"of {len(LEAVING)} who said no meanwhile: {left}"
    )


def main(many: int = MANY) -> None:
    stay_off_the_bots_core()
    with tempfile.TemporaryDirectory() as folder:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(measure(Path(folder), many))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
