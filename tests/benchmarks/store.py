"""How many visits a second the store takes, and what one costs: python -m tests.benchmarks.store

A visit = heard before? read her state, decide, keep state, answer and trace, commit; "and settle"
also notes that the answer was sent. `busy` burns that much more of the event loop for each visit,
as parsing and answering HTTP would.
"""

import argparse
import asyncio
import gc
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.dialogue.turn import Choice, Count, Reply, State, Turn, say
from bot.store.addresses import Vault
from bot.store.base import Known, Settlement
from bot.store.sqlite import SqliteStore

CHOICES = tuple(f"t:topic-{at}" for at in range(8))
REPLY = Reply(
    lines=(say("rights/violence.md#short"), say("menu.more", topic="violence")),
    choices=tuple(Choice(each, say(f"{each}#menu")) for each in CHOICES),
)


def decide(known: Known) -> Turn:
    state = State("quy", True, CHOICES, "violence")
    return Turn(state, (REPLY,), (Count("violence"),), rule="open_topic")


async def visits(
    store: SqliteStore,
    numbers: Iterator[int],
    women: int,
    until: float,
    settle: bool,
    busy_s: float,
) -> list[float]:
    waits = []
    for number in numbers:
        begun = time.perf_counter()
        if begun > until:
            break
        while time.perf_counter() < begun + busy_s:
            pass
        visit = await store.visit(
            channel="telegram", message_id=str(number), address=str(5100000000 + number % women),
            ref=str(number), now=time.time(), lease_s=60, pulled=False, decide=decide,
        )  # fmt: skip
        if settle:
            await store.settle(
                [Settlement(row.id, row.person_id, "sent", refs=("1",)) for row in visit.claimed]
            )
        waits.append(time.perf_counter() - begun)
    return waits


async def measure(folder: Path, tasks: int, seconds: float, settle: bool, busy_s: float) -> str:
    store = await SqliteStore.open(folder / f"{tasks}{settle}{busy_s}.db", Vault.in_memory())
    numbers, women = itertools.count(), 5_000
    await visits(store, iter(range(-500, 0)), women, sys.maxsize, settle, 0)
    gc.collect()
    cpu, begun = time.process_time(), time.perf_counter()
    until = begun + seconds
    waits = await asyncio.gather(
        *(visits(store, numbers, women, until, settle, busy_s) for _ in range(tasks))
    )
    took, used = time.perf_counter() - begun, time.process_time() - cpu
    await store.close()
    each = sorted(itertools.chain.from_iterable(waits))
    p50, p99 = each[len(each) // 2] * 1e3, each[len(each) * 99 // 100] * 1e3
    what = "visit and settle" if settle else "visit"
    return (
        f"{what:16} {tasks:4} waiting  busy {busy_s * 1e6:3.0f} us  {len(each) / took:7.0f}/s"
        f"  {used / len(each) * 1e6:5.0f} us CPU each  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--folder", type=Path, default=None, help="on the disk to be measured")
    parser.add_argument("--tasks", type=int, nargs="*", default=[1, 16, 64])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for busy_s in (0, 100e-6):
            for settle in (False, True):
                for tasks in args.tasks:
                    line = measure(Path(folder), tasks, args.seconds, settle, busy_s)
                    print(asyncio.run(line))
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
