"""The way out, for tests: the real store and outbox, with phones in place of a platform."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from bot.channels.base import Bubble, Channel, Limits, Mark, Receipt
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Choice, Effect, Line, Reply, State, Turn, same_everywhere
from bot.outbox import Outbox
from bot.store.addresses import Vault
from bot.store.base import Visit
from bot.store.sqlite import SqliteStore
from bot.translations import Translations, load

SPANISH = {phrase.key: phrase.text for phrase in PHRASES}
PATIENCE_S = 15
KNOCK = "you have a message"

Trouble = Callable[[str, str], Exception | None]


@dataclass
class Phones:
    """A platform that takes `delay_s` for each message and refuses what `trouble` says.

    `shown` is what women read: (address, text) in order. `asked` has the attempts as well.
    """

    name: str = "telegram"
    limits: Limits = field(default_factory=Limits)
    pulled: bool = False
    confirms: bool = False
    knocks: bool = False
    counts_incoming: bool = False
    rate: float = 100_000.0
    rate_per_woman: float = 100_000.0
    burst_per_woman: float = 100_000.0
    delay_s: float = 0.0
    trouble: Trouble = lambda address, text: None
    after: Trouble = lambda address, text: None  # it arrives, and still an error comes back
    open: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[tuple[str, str]] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    erased: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    rung: list[str] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.open.set()

    async def send(self, address: str, bubble: Bubble, mark: Mark | None = None) -> Receipt:
        assert address not in self.busy, "two messages to one woman at the same time"
        self.busy.add(address)
        assert mark is not None
        self.marks.append(mark)
        try:
            return await self._send(address, bubble.text)
        finally:
            self.busy.remove(address)

    async def _send(self, address: str, text: str) -> Receipt:
        self.asked.append((address, text))
        self.asked_at.append(time.monotonic())
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        await self.open.wait()
        if error := self.trouble(address, text):
            raise error
        self.shown.append((address, text))
        if error := self.after(address, text):
            raise error
        return Receipt(f"ref of {text}")

    async def knock(self, address: str, mark: Mark | None = None) -> Receipt:
        return await self._send(address, KNOCK)

    async def erase(self, address: str, refs: Sequence[str]) -> None:
        self.erased.append((address, tuple(refs)))

    async def leave(self, address: str) -> None:
        self.left.append(address)

    def ring(self, address: str) -> None:
        self.rung.append(address)

    def read_by(self, address: str) -> list[str]:
        return [text for to, text in self.shown if to == address]


def _to_noon_s() -> float:
    """Until it is noon in Lima."""
    return (17 * 3600 - time.time()) % (24 * 3600)


class Way:
    """A store, a clock that can be put forward, an outbox at work, and short words for them."""

    def __init__(self, folder: Path, channel: Channel) -> None:
        self.channel = channel
        self.path = folder / "willaq.db"
        self.vault = Vault.in_memory()
        self.spanish = dict(SPANISH)
        self.ahead_s = _to_noon_s()  # what comes by itself does not come at night
        self._folder = folder
        self._heard = 0
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self.store = await SqliteStore.open(
            self.path, self.vault, clock=self.now, busy_timeout_s=0.05
        )
        self.database = sqlite3.connect(self.path, isolation_level=None)
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        self.database.close()
        await self.store.close()

    def now(self) -> float:
        return time.time() + self.ahead_s

    def start(self) -> None:
        channels = {self.channel.name: self.channel}
        self.outbox = Outbox(self.store, channels, self.translations, now=self.now)
        self._running = asyncio.create_task(self.outbox.run())

    async def stop(self, within_s: float = 10) -> None:
        if self._running is not None:
            await self.outbox.stop(within_s)
            await asyncio.wait_for(self._running, PATIENCE_S)
            self._running = None

    def translations(self) -> Translations:
        return load(self._folder / "locales", self.spanish, drafts="show")[0]

    def later(self, seconds: float) -> None:
        """That much later, at once."""
        self.ahead_s += seconds
        self.outbox.wake()

    async def answer(
        self,
        address: str,
        *texts: str | Line,
        effects: Sequence[Effect] = (),
        ref: str = "",
        hand_over: bool = True,
        choices: Sequence[Choice] = (),
        window_s: float | None = None,
        alias: str = "",
    ) -> Visit:
        """She wrote, and this is what she is to read."""
        lines = (same_everywhere(text) if isinstance(text, str) else text for text in texts)
        replies = tuple(Reply((line,), tuple(choices)) for line in lines)
        turn = Turn(State("es", True), replies, tuple(effects))
        self._heard += 1
        visit = await self.store.visit(
            channel=self.channel.name,
            message_id=str(self._heard),
            address=address,
            ref=ref,
            now=self.now(),
            lease_s=60,
            pulled=self.channel.pulled,
            decide=lambda known: turn,
            window_until=None if window_s is None else self.now() + window_s,
            alias=alias,
        )
        if hand_over:
            self.outbox.take(self.channel.name, address, visit)
        return visit

    def announce(
        self, people: dict[int, str], text: str, *, body: bytes = b"", quietly: bool = False
    ) -> None:
        """Announcements as rows of the outbox: person id -> address. `quietly`: nobody wakes it."""
        seal = partial(self.vault.seal, channel=self.channel.name)
        body = body or Reply((same_everywhere(text),)).packed
        self.database.executemany(
            "INSERT INTO outbox (person_id, channel, address, language, priority, operation,"
            " state, body, due_at, created_at, changed_at)"
            " VALUES (?, ?, ?, 'es', 9, 'message', 'waiting', ?, 0, 0, 0)",
            [
                (who, self.channel.name, seal(address.encode(), "address"), seal(body, "body"))
                for who, address in people.items()
            ],
        )
        if not quietly:
            self.outbox.wake()

    def rows(self, what: str) -> list[Any]:
        found = self.database.execute(f"SELECT {what} FROM outbox ORDER BY id").fetchall()
        return [row[0] if len(row) == 1 else row for row in found]

    async def until(self, done: Callable[[], bool] | Callable[[], Awaitable[bool]]) -> None:
        """Looks again and again; in vain for too long is a failure."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = done()
                if found is True or (isinstance(found, Awaitable) and await found):
                    return
                await asyncio.sleep(0.005)

    async def settled(self, **counts: int) -> None:
        """Until the store counts exactly these states."""

        found: dict[str, int] = {}

        async def as_said() -> bool:
            found.clear()
            found.update(await self.store.outbox_counts())
            return found == counts

        with suppress(TimeoutError):
            await self.until(as_said)
        assert found == counts
