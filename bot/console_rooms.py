"""Give the console what it asks of the rooms it does not know."""

import asyncio
import shutil
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, Generic, TypeVar

from bot import schools_desk, uploads
from bot.channels.base import Channel
from bot.console_coverage import Far
from bot.console_import import Imports
from bot.conversation import lima_day
from bot.dialogue.attachments import File
from bot.library import Library
from bot.outbox import Outbox
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from bot.store.watch import Standing
from bot.web.desk.rooms import Condition, Rooms, Traffic, Wrong

CHANNELS: Final = ("webchat", "telegram", "whatsapp")  # of the house, configured or not
STANDINGS_S: Final = 10.0  # counting looks at every message kept
MINUTE_S: Final = 60.0
DAY_S: Final = 24 * 3600.0

T = TypeVar("T")


def rooms(
    settings: Settings,
    library: Library,
    store: SqliteStore,
    outbox: Outbox,
    channels: Mapping[str, Channel],
    now: Callable[[], float] = time.time,
) -> Rooms:
    condition = House(settings, library, outbox, channels, now)
    standings = Fresh(STANDINGS_S, lambda: _standings(store, now()), now)
    far = Far(settings, library)

    async def keep(data: bytes, name: str) -> File:
        return await asyncio.to_thread(uploads.keep, settings.data_dir / uploads.FOLDER, data, name)

    return Rooms(
        keep=keep,
        editions=schools_desk.overview,
        table=schools_desk.table,
        imports=Imports(
            settings.services_file, lambda: library.current[0].places, lambda: lima_day(now())
        ),
        coverage=far.rows,
        texts=far.texts,
        condition=condition.look,
        standings=standings.get,
    )


async def _standings(store: SqliteStore, now: float) -> Sequence[Standing]:
    return await store.standings(lately=now - DAY_S, now=now)


class Fresh(Generic[T]):
    """What is costly to find out: once for all who ask within `lasts_s`."""

    def __init__(
        self, lasts_s: float, find: Callable[[], Awaitable[T]], now: Callable[[], float]
    ) -> None:
        self._lasts_s = lasts_s
        self._find = find
        self._now = now
        self._found: tuple[float, T] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def get(self) -> T:
        async with self._one_at_a_time:
            # A clock that was set back must not keep it for ever.
            if self._found is None or not 0 <= self._now() - self._found[0] < self._lasts_s:
                self._found = self._now(), await self._find()
            return self._found[1]


class Meter:
    """How many a second, of what only grows, over the last minute that somebody looked."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, Mapping[str, int]]] = deque()

    def look(self, counts: Mapping[str, int], now: float) -> Callable[[str], float | None]:
        while self._seen and not 0 <= now - self._seen[0][0] <= MINUTE_S:
            self._seen.popleft()
        if not self._seen or now - self._seen[-1][0] >= 1:
            self._seen.append((now, counts))
        began, before = self._seen[0]
        took_s = now - began

        def per_s(name: str) -> float | None:
            return (counts.get(name, 0) - before.get(name, 0)) / took_s if took_s >= 1 else None

        return per_s


class House:
    """How it stands: channels, files, disk."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        now: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._library = library
        self._outbox = outbox
        self._channels = channels
        self._now = now
        self._meter = Meter()

    def look(self) -> Condition:
        sent = {name: self._outbox.counts[name, "sent"] for name in self._channels}
        per_s = self._meter.look(sent, self._now())
        mistakes = (Wrong(each.path, each.line, each.text) for each in self._library.mistakes)
        return Condition(
            version("willaq"),
            tuple(self._line(name, per_s) for name in CHANNELS),
            tuple(mistakes),
            _size(self._settings.sqlite_file),
            _free(self._settings.data_dir),
        )

    def _line(self, name: str, per_s: Callable[[str], float | None]) -> Traffic:
        channel = self._channels.get(name)
        if channel is None:
            return Traffic(name, False)
        if channel.pulled:
            return Traffic(name, True)
        queued, flying = self._outbox.queued()[name], self._outbox.in_flight()[name]
        return Traffic(name, True, channel.rate, per_s(name), queued, flying)


def _size(file: Path | None) -> int | None:
    """With what is written to it but stands beside it yet."""
    if file is None or not file.exists():
        return None
    sizes = (Path(f"{file}{end}") for end in ("", "-wal"))
    return sum(each.stat().st_size for each in sizes if each.exists())


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
