"""The page's own door: a token to begin with, what she says, what waits for her, her leaving.

What she says is answered in the response itself; the stream (or polling, where a browser or a
proxy cannot stream) brings what comes without her asking. Both hold the same rows, and her page
shows each row once, so nothing depends on which arrives first.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from math import ceil
from time import monotonic
from typing import Any, Final, Protocol

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from bot.channels.base import Bubble
from bot.store.base import StoreError, Unanswered
from bot.web.flood import Gate
from bot.web.said import Refused, number, said
from bot.web.webhooks import Receive

TOKEN_HEADER: Final = "X-Willaq-Token"
HEARTBEAT_S: Final = 20.0
STREAM_S: Final = 300.0  # then her page asks again: a line that died unnoticed ends some time
POLL_S: Final = 25.0
MOST_LISTENERS: Final = 2000
MOST_LISTENERS_EACH: Final = 8
_MOST_LEFT: Final = 10_000
_GRACE_S: Final = 0.3
_NOTHING: Final = b":\n\n"

_NO_STORE: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NOTHING_STAYS: Final = {**_NO_STORE, "Clear-Site-Data": '"cache", "storage"'}
_STREAM: Final = {**_NO_STORE, "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}

Rows = Sequence[tuple[int, Sequence[Bubble]]]
Forget = Callable[[str, str], Awaitable[object]]


class Pull(Protocol):
    """Her rows above `after`; those up to it have reached her. Raises StoreError."""

    async def __call__(self, channel: str, address: str, *, after: int) -> Rows: ...


class WebChat(Protocol):
    """What bot/channels/webchat.py gives."""

    name: str
    is_closed: bool

    def issue(self) -> str: ...
    def address(self, token: str) -> str | None: ...
    def listen(self, address: str) -> AbstractContextManager[asyncio.Event]: ...
    def listeners(self, address: str | None = None) -> int: ...
    def noting_erased(self) -> AbstractContextManager[set[str]]: ...


@dataclass(frozen=True, slots=True)
class Gates:
    """A flood fills neither the database nor the process.

    Nobody is counted by her network address: behind a mobile provider's are thousands. New
    sessions are what becomes rows, so those are counted for all together.
    """

    sessions: Gate = field(default_factory=lambda: Gate(2, burst=300))
    saying: Gate = field(default_factory=lambda: Gate(1, burst=12))  # for each woman
    saying_all: Gate = field(default_factory=lambda: Gate(200, burst=400))
    fetching: Gate = field(default_factory=lambda: Gate(2, burst=20))  # for each woman
    leaving: Gate = field(default_factory=lambda: Gate(0.1, burst=3))  # for each woman


@dataclass(slots=True, eq=False)
class _Stream:
    """`after` is what her page has for certain; `told` went out, and may have been lost."""

    after: int
    told: int


class Chat:
    """`forget` takes (channel, address)."""

    def __init__(
        self,
        webchat: WebChat,
        *,
        receive: Receive,
        pull: Pull,
        forget: Forget,
        gates: Gates | None = None,
    ) -> None:
        self._webchat = webchat
        self._receive = receive
        self._pull = pull
        self._forget = forget
        self._gates = gates or Gates()
        self._streams: dict[str, list[_Stream]] = {}
        self._left: dict[str, None] = {}  # whose token is good no more, oldest first

    async def session(self, request: Request) -> Response:
        try:
            _let_through(self._gates.sessions)
        except Refused as refused:
            return _refusal(refused)
        return _json({"token": self._webchat.issue()})

    async def say(self, request: Request) -> Response:
        """Kept and answered, or a word why not; the same id twice is the same message."""
        try:
            address = self._address(request.headers.get(TOKEN_HEADER, ""))
            message = said(await request.body(), request.headers.get("Accept-Language", ""))
            _let_through(self._gates.saying, address)
            _let_through(self._gates.saying_all)
            # Her own prefix: nobody can use up an id before she does.
            await self._receive(
                channel=self._webchat.name,
                message_id=f"{address}:{message.id}",
                address=address,
                event=message.event,
                pulled=True,
            )
            if address in self._left:
                # She left while this was being answered: it must not make her known again.
                await self._forget(self._webchat.name, address)
                raise Refused(401, "session")
            batch = await self._batch(address, message.after)
            self._need_not_stream(address, batch)
            return _json(batch)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refused as refused:
            return _refusal(refused)
        except StoreError:
            return _refusal(Refused(503, "store", 2))
        except Unanswered:
            return _refusal(Refused(500, "unanswered", 1))

    async def poll(self, request: Request) -> Response:
        """At once what is there, else what comes within some seconds."""
        try:
            address = self._listener(request)
            after = number(request.query_params.get("after", "0"))
            with self._webchat.listen(address) as bell:
                batch = await self._batch(address, after)
                if not batch["messages"] and "wait" in request.query_params:
                    await _rung(bell, POLL_S)
                    batch = await self._batch(address, after)
            return _json(batch)
        except Refused as refused:
            return _refusal(refused)
        except StoreError:
            return _refusal(Refused(503, "store", 2))

    async def stream(self, request: Request) -> Response:
        try:
            address = self._listener(request)
            after = number(request.query_params.get("after", "0"))
        except Refused as refused:
            return _refusal(refused)
        events = self._events(address, after)
        return StreamingResponse(events, media_type="text/event-stream", headers=_STREAM)

    async def leave(self, request: Request) -> Response:
        """Her page is gone. The token comes in the body: a beacon has no headers of its own.

        The browser is told to drop whatever it still holds of us, pages kept for "back" as well.
        """
        with suppress(ClientDisconnect, UnicodeDecodeError, StoreError):
            address = self._webchat.address((await request.body()).decode())
            if address is not None and not self._gates.leaving.wait_s(address):
                self._left[address] = None
                if len(self._left) > _MOST_LEFT:
                    del self._left[next(iter(self._left))]
                await self._forget(self._webchat.name, address)
        return Response(status_code=204, headers=_NOTHING_STAYS)

    def _address(self, token: str) -> str:
        address = self._webchat.address(token)
        if address is None or address in self._left:
            raise Refused(401, "session")
        return address

    def _listener(self, request: Request) -> str:
        address = self._address(request.headers.get(TOKEN_HEADER, ""))
        _let_through(self._gates.fetching, address)
        if (
            self._webchat.listeners(address) >= MOST_LISTENERS_EACH
            or self._webchat.listeners() >= MOST_LISTENERS
        ):
            raise Refused(429, "busy", 30)
        return address

    async def _batch(self, address: str, after: int, told: int = 0) -> dict[str, Any]:
        """What she does not have yet, less what was told up to `told`. `erase`: of what her page
        shows, nothing may stay but what comes with this."""
        with self._webchat.noting_erased() as erased:
            rows = await self._pull(self._webchat.name, address, after=after)
        new = [(id, bubbles) for id, bubbles in rows if id > told]
        return {
            "erase": address in erased and not all(bubbles for _, bubbles in new),
            "messages": [{"id": id, "bubbles": bubbles} for id, bubbles in new],
        }

    def _need_not_stream(self, address: str, batch: dict[str, Any]) -> None:
        """Her data costs money: what this answer brings, her open stream does not bring again."""
        last = max((message["id"] for message in batch["messages"]), default=0)
        for stream in self._streams.get(address, ()):
            stream.told = max(stream.told, last)

    async def _events(self, address: str, after: int) -> AsyncIterator[bytes]:
        """Says something at once: a page that hears nothing knows that its line cannot stream."""
        stream = _Stream(after, told=after)
        streams = self._streams.setdefault(address, [])
        streams.append(stream)
        try:
            with self._webchat.listen(address) as bell, suppress(StoreError):
                async for event in self._until_it_ends(address, stream, bell):
                    yield event
        finally:
            streams.remove(stream)
            if not streams and self._streams.get(address) is streams:
                del self._streams[address]

    async def _until_it_ends(
        self, address: str, stream: _Stream, bell: asyncio.Event
    ) -> AsyncIterator[bytes]:
        ends = monotonic() + STREAM_S
        yield _NOTHING
        while not self._webchat.is_closed and monotonic() < ends:
            bell.clear()
            batch = await self._batch(address, stream.after, stream.told)
            if batch["messages"]:
                stream.told = batch["messages"][-1]["id"]
                yield b"data: %s\n\n" % orjson.dumps(batch)
            elif await _rung(bell, HEARTBEAT_S):
                # What she just said is answered there; only the rest comes here.
                await asyncio.sleep(_GRACE_S)
            else:
                yield _NOTHING


def _let_through(gate: Gate, key: str = "") -> None:
    wait_s = gate.wait_s(key)
    if wait_s:
        raise Refused(429, "busy", wait_s)


async def _rung(bell: asyncio.Event, within_s: float) -> bool:
    try:
        async with asyncio.timeout(within_s):
            return await bell.wait()
    except TimeoutError:
        return False


def _json(content: object, status: int = 200, **headers: str) -> Response:
    return Response(
        orjson.dumps(content),
        status_code=status,
        media_type="application/json",
        headers={**_NO_STORE, **headers},
    )


def _refusal(refused: Refused) -> Response:
    wait = {"Retry-After": str(ceil(refused.wait_s))} if refused.wait_s else {}
    return _json({"error": refused.word}, refused.status, **wait)
