"""What every stand-in has: a life, a journal of calls, faults on demand, a pace, somebody to wait.

What is answered when a call goes wrong differs by platform: `instead_of` and `after`.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from tests.standins.raw_http import Answer, Request, Server

Json = dict[str, Any]
Trouble = Literal["500", "502", "reset", "drop", "delay", "late", "hang", "garbled", "429"]
HTML_502 = Answer(
    b"<html><head><title>502 Bad Gateway</title></head><body>nginx/1.18.0</body></html>",
    502,
    "text/html",
)


@dataclass(slots=True)
class Fault:
    """`times` calls go wrong (None = all from now on), each with the chance `share`.

    "drop" and "garbled" do what was asked and then lose the answer; "delay" waits `delay_s` before
    doing it, "late" after doing it; the others do nothing. `chat_id`: only what is meant for her.
    `code`: the platform's own number for a 429, where it has several.
    """

    trouble: Trouble
    method: str = "*"
    times: int | None = 1
    share: float = 1.0
    delay_s: float = 0.0
    chat_id: int | str | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """`status` is that of the answer, also where it never arrived. `code`: why it was refused, in
    the platform's own numbers."""

    method: str
    params: Mapping[str, Any]
    status: int
    at: float
    code: int = 0


class Platform:
    """A server on loopback. What it answers is up to `handle`."""

    def __init__(self, *, journal: bool, delay_s: float) -> None:
        self.journal, self.delay_s = journal, delay_s
        self.calls: list[Call] = []
        self.counts: Counter[tuple[str, int]] = Counter()
        self.faults: list[Fault] = []
        self.server = Server(self.handle)
        self._dice = random.Random(7)
        self._listeners: list[asyncio.Future[None]] = []

    def handle(self, request: Request) -> Answer | Awaitable[Answer]:
        raise NotImplementedError

    def instead_of(self, fault: Fault) -> Answer | None:
        """What is answered instead of doing anything; None: it is done."""
        raise NotImplementedError

    def after(self, fault: Fault, answer: Answer) -> Answer:
        """What is left of an answer to what was done."""
        raise NotImplementedError

    # Life.

    async def start(self, port: int = 0) -> Self:
        await self.server.start(port)
        return self

    async def stop(self) -> None:
        await self.server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    # The journal, and waiting for what it tells.

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def noted(self, method: str, params: Json, answer: Answer, code: int = 0) -> Answer:
        self.counts[method, 0 if answer.reset else answer.status] += 1
        if self.journal:
            self.calls.append(Call(method, params, answer.status, time.monotonic(), code))
        if self._listeners:
            # Once the answer is on its way.
            asyncio.get_running_loop().call_soon(self.tell)
        return answer

    async def until(self, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not condition():
                listener = asyncio.get_running_loop().create_future()
                self._listeners.append(listener)
                await listener

    def tell(self) -> None:
        """Something changed: whoever waits looks again."""
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            if not listener.done():
                listener.set_result(None)

    # Faults.

    def fault(self, method: str, chat_id: object) -> Fault | None:
        for fault in self.faults:
            hers = fault.chat_id is None or str(fault.chat_id) == str(chat_id)
            if fault.method not in (method, "*") or not hers or fault.times == 0:
                continue
            if fault.share < 1.0 and self._dice.random() >= fault.share:
                continue
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None

    async def spoilt(self, fault: Fault | None, do: Callable[[], Any]) -> Answer:
        """`do` answers, or gives something to await that does."""
        is_late = fault is not None and fault.trouble == "late"
        await asyncio.sleep(self.delay_s + (fault.delay_s if fault and not is_late else 0.0))
        if fault is not None and fault.trouble == "hang":
            await asyncio.Event().wait()
        instead = self.instead_of(fault) if fault else None
        if instead is not None:
            return instead
        done = do()
        answer: Answer = done if isinstance(done, Answer) else await done
        if fault is not None and is_late:
            await asyncio.sleep(fault.delay_s)
        return self.after(fault, answer) if fault else answer


class Bucket:
    """Holds `size` messages, refilled at `rate` a second; a rate of 0 is no limit."""

    def __init__(self, rate: float, size: float, now: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.size = rate, size
        self._now = now
        self._tokens, self._at = size, now()

    def take(self) -> float:
        """0 if there was one left; else how many seconds until there is."""
        if not self.rate:
            return 0.0
        now = self._now()
        self._tokens = min(self.size, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens < 1.0:
            return (1.0 - self._tokens) / self.rate
        self._tokens -= 1.0
        return 0.0
