"""`make soak`: an hour of messages at a steady rate; does it slow down, does it grow?

`python -m tests.benchmarks.soak MINUTES` for another length. Prints a row a minute.
"""

import asyncio
import sys
import time

import uvloop

from tests.benchmarks.replies import (
    OPEN_RATE,
    arrive,
    contenders,
    percentiles,
    running_bot,
    stay_off_the_bots_core,
)


async def soak(minutes: int) -> None:
    name, on_telegram, command, settings = next(contenders())
    women = on_telegram()
    async with women.platform, running_bot(command, settings, women) as bot:
        print(f"{name}: {OPEN_RATE}/s for {minutes} minutes")
        for minute in range(1, minutes + 1):
            took, late = await arrive(women, 60)
            p50, p99 = percentiles(took)
            rss_mb = bot.memory_info().rss / 2**20
            files = bot.num_fds()
            print(
                f"{minute:4} min  p50 {p50:6.1f} ms  p99 {p99:7.1f} ms  late {late:4}  "
                f"{rss_mb:5.0f} MB  {files} files  {time.strftime('%H:%M')}",
                flush=True,
            )


if __name__ == "__main__":
    stay_off_the_bots_core()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(soak(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
