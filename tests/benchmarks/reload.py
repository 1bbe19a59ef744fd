"""Translations saved while women wait: how long until the new words are served, and what it costs
who is answered meanwhile.

Every language of Peru that Willaq may come to speak is a copy of the one that is whole, and every
file of every language is saved at once, as after a `git pull`. The replies are those of a real
`willaq run`, at a fixed rate, with nothing saved, with a text saved, and with a title, which is
also something she may type, so that search has to learn it.
"""

import asyncio
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from bot.library import Library
from tests.benchmarks.replies import (
    arrive,
    contenders,
    percentiles,
    running_bot,
    stay_off_the_bots_core,
)
from tests.catalogue import TODAY
from tests.willaq import HOME, willaq

MOST_MS: Final = 150.0
RATE: Final = 250  # messages a second: a busy hour of the whole country
EVERY_S: Final = 2.0
ROUNDS: Final = 7
MORE: Final = ("ayr", "agr", "cni", "shp", "qwh", "qva")
TITLE: Final = "rights/linea-100.md#title"


class Copy:
    """A home whose locales may be changed."""

    def __init__(self, folder: Path, more: tuple[str, ...] = ()) -> None:
        self.home = folder
        self.locales = folder / "locales"
        (folder / "content").symlink_to(HOME / "content")
        shutil.copytree(HOME / "locales", self.locales)
        for tag in more:
            shutil.copytree(self.locales / "quy", self.locales / tag)
        with (self.locales / "languages.toml").open("a") as languages:
            for tag in more:
                row = f'tag = "{tag}"\nname = "{tag}"\nfallback = ["es"]\ncldr = "es"\n'
                languages.write(f"\n[[language]]\n{row}")
        files = sorted(self.locales.glob("*/LC_MESSAGES/*.po"))
        self.tags = {path.parts[-3] for path in files}
        self._texts = {path: path.read_text("utf-8") for path in files}
        self._saves = count(1)

    def save(self, key: str = "") -> None:
        """All files, with another word in the translation of `key`, or of any entry."""
        word = "yapa" * next(self._saves) + " "  # no number: those are checked
        for path, text in self._texts.items():
            begins = re.escape(f'msgctxt "{key}"') if key else ""
            found = re.search(rf"(?s){begins}.*?\nmsgstr \"(?:\"\n\")?(?=[^\"\n])", text)
            if not found:
                continue  # the key is of another file
            start = found.end()
            path.write_text(text[:start] + word + text[start:], "utf-8")


def served(more: tuple[str, ...]) -> tuple[int, list[float], list[float]]:
    """(languages, milliseconds until what she reads is served, of processor time for it), each
    round."""
    walls, cpus = [], []
    with _copied(more) as copy:
        library = Library(copy.home / "content", copy.locales, "show", lambda: TODAY)
        for _ in range(ROUNDS):
            copy.save()
            wall, cpu = time.perf_counter(), time.thread_time()
            assert library.reword()
            walls.append(1000 * (time.perf_counter() - wall))
            cpus.append(1000 * (time.thread_time() - cpu))
            library.refresh()
    return len(copy.tags), walls, cpus


async def answered(save: Callable[[Copy], None] | None, seconds: float) -> tuple[list[float], int]:
    """(seconds until each answer, how many never came)."""
    _, on_telegram, _, settings = next(contenders())
    women = on_telegram()
    with _copied(()) as copy:
        command = [*willaq(copy.home), "run"]
        async with women.platform, running_bot(command, settings, women):
            await arrive(women, 3, RATE)
            saving = asyncio.create_task(_saving(copy, save)) if save else None
            took, late = await arrive(women, seconds, RATE)
            if saving:
                saving.cancel()
    return took, late


async def _saving(copy: Copy, save: Callable[[Copy], None]) -> None:
    while True:
        await asyncio.to_thread(save, copy)
        await asyncio.sleep(EVERY_S)


@contextmanager
def _copied(more: tuple[str, ...]) -> Iterator[Copy]:
    with tempfile.TemporaryDirectory() as folder:
        yield Copy(Path(folder), more)


async def compare(seconds: float) -> None:
    cases: dict[str, Callable[[Copy], None] | None] = {
        "nothing is saved": None,
        "all texts are saved": lambda copy: copy.save(),
        "a title is saved": lambda copy: copy.save(TITLE),
    }
    for name, save in cases.items():
        took, late = await answered(save, seconds)
        p50, p99 = percentiles(took)
        print(
            f"  {name:20} p50 {p50:6.1f} ms  p99 {p99:7.1f} ms  "
            f"longest {1000 * max(took):7.1f} ms  late {late}",
            flush=True,
        )


def main(seconds: float = 8) -> None:
    for more in ((), MORE):
        languages, walls, cpus = served(more)
        print(
            f"Reload, {languages} languages, all files saved: median "
            f"{statistics.median(walls):.0f} ms, longest {max(walls):.0f} ms, "
            f"{statistics.median(cpus):.0f} ms of processor time (at most {MOST_MS:.0f} ms)"
        )
    print(f"Replies meanwhile, {RATE}/s, a save every {EVERY_S:g} s:")
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(compare(seconds))


if __name__ == "__main__":
    stay_off_the_bots_core()
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 8)
