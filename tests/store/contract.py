"""The words the contract tests are written in: who writes, what we answer, what becomes of it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue.turn import Effect, Reply, State, Turn, same_everywhere, unpack
from bot.store.base import Decide, Known, OutboxRow, OutboxState, Settlement, Store, Visit
from tests.people import ROSA, Person

NOW = 1_800_000_000.0
MINUTE = 60.0
HOUR = 3600.0
DAY = 24 * HOUR
HERE = State(language="es", greeted=True, choices=("t:violence", "menu"), topic="violence")


class Engine(ABC):
    @abstractmethod
    async def open(self) -> Store:
        """Each time the same data, as if the process had been started again."""

    async def announce(
        self, store: Any, channel: str, address: str, body: bytes, now: float
    ) -> None:
        """An announcement that waits for her, as a broadcast will put it there."""
        raise NotImplementedError


def reply(text: str, language: str = "") -> Reply:
    return Reply((same_everywhere(text),), language=language)


def answers(*texts: str, state: State = HERE, effects: Sequence[Effect] = ()) -> Decide:
    turn = Turn(state, tuple(map(reply, texts)), tuple(effects))
    return lambda known: turn


def texts(rows: Sequence[OutboxRow]) -> list[str]:
    """What is said, and for what is no message: what is done."""
    return [
        str(unpack(row.body).lines[0].values[0][1]) if row.body else row.operation for row in rows
    ]


@dataclass
class Scene:
    """A store, the time in it, and short words for what is done to it."""

    engine_for: Callable[[Callable[[], float]], Engine]
    now: float = NOW
    messages: int = 0

    async def begin(self) -> None:
        self.engine: Any = self.engine_for(lambda: self.now)
        self.store = await self.engine.open()

    async def end(self) -> None:
        await self.store.close()

    async def restart(self) -> None:
        await self.end()
        self.store = await self.engine.open()

    async def hears(
        self,
        who: Person = ROSA,
        decide: Decide | None = None,
        *,
        message_id: str = "",
        ref: str = "",
        channel: str = "telegram",
        pulled: bool = False,
        lease_s: float = MINUTE,
        window_until: float | None = None,
        alias: str = "",
    ) -> Visit:
        """A message of hers; a new one unless `message_id` says which."""
        self.messages += 1
        return await self.store.visit(
            channel=channel,
            message_id=message_id or f"message {self.messages}",
            address=str(who.chat_id),
            ref=ref,
            now=self.now,
            lease_s=lease_s,
            pulled=pulled,
            decide=decide or answers("hola"),
            window_until=window_until,
            alias=alias,
        )

    async def announces(self, who: Person, text: str, *, channel: str = "telegram") -> None:
        body = reply(text).packed
        await self.engine.announce(self.store, channel, str(who.chat_id), body, self.now)

    async def knows(self, who: Person = ROSA, channel: str = "telegram") -> Known:
        """What is known of her when she writes; her state stays as it was."""
        seen: list[Known] = []

        def look(known: Known) -> Turn:
            seen.append(known)
            return Turn(known.state)

        await self.hears(who, look, channel=channel)
        return seen[-1]

    async def claims(self, limit: int = 100, channel: str = "telegram") -> list[OutboxRow]:
        return await self.store.claim(
            [channel], now=self.now, limit=limit, lease_s=MINUTE, announcements=limit
        )

    async def settles(self, row: OutboxRow, state: OutboxState, **more: Any) -> None:
        end = Settlement(row.id, row.person_id, state)
        await self.store.settle([replace(end, **more)])

    async def sends(self, rows: Sequence[OutboxRow], *refs: str) -> None:
        for at, row in enumerate(rows):
            await self.settles(row, "sent", refs=refs[at : at + 1])

    async def pulls(self, who: Person = ROSA, after: int = 0) -> list[OutboxRow]:
        address = str(who.chat_id)
        return await self.store.pull("webchat", address, after=after, now=self.now)

    async def counts(self) -> dict[str, int]:
        return await self.store.outbox_counts()
