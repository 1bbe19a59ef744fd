"""Take what a platform pushes. It is told 200 only when everything in it is kept.

Bare ASGI: this is the road of nearly every message, and a Request object costs as much as the rest.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive as Read
from starlette.types import Scope, Send

from bot.channels.base import Hook, Incoming, Status
from bot.dialogue.turn import Event
from bot.store.base import StoreError, Unanswered

PATIENCE_S: Final = 10.0
SMALL_BYTES: Final = 65_536  # of what nobody has proved yet; uvicorn holds back as much itself ...
LARGE_AT_ONCE: Final = 4  # ... and so many may go on to the hook's most


class Receive(Protocol):
    """Conversation.receive: returns after COMMIT. Raises StoreError and Unanswered."""

    async def __call__(
        self,
        *,
        channel: str,
        message_id: str,
        address: str,
        event: Event,
        ref: str = "",
        pulled: bool = False,
        alias: str = "",
        window_until: float | None = None,
    ) -> object: ...


Note = Callable[[str, Sequence[Status]], Awaitable[None]]
"""Outbox.note: takes (channel, statuses), returns after COMMIT. Raises StoreError."""


class Webhook:
    """One platform's door.

    400: this is no update, sending it again changes nothing. 403: not the platform. 405: neither
    POST nor a greeting. 408: it took too long to say it. 413: too large. 503: cannot be kept now.
    500: our own mistake. The platform repeats what it was not told 200 for.
    """

    def __init__(self, channel: str, hook: Hook, receive: Receive, note: Note) -> None:
        self._channel = channel
        self._hook = hook
        self._receive = receive
        self._note = note
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __call__(self, scope: Scope, read: Read, send: Send) -> None:
        if scope["method"] != "POST":
            await _answer(send, *self._greeted(scope))
            return
        proof = self._proof(scope)
        if proof is None or not (self._hook.signs_body or self._hook.is_genuine(proof, b"")):
            await _answer(send, 403, b"not the platform")
            return
        try:
            body = await self._body(read)
        except TimeoutError:
            await _answer(send, 408, b"too slow")
        except _HungUp:
            pass
        else:
            await _answer(send, *await self._heard(proof, body))

    async def _body(self, read: Read) -> bytes:
        """All of it, or more than the hook's most. Raises TimeoutError and _HungUp."""
        body, most = bytearray(), self._hook.largest_bytes
        if not self._hook.signs_body:
            # It is the platform, whose patience is its own; a limit costs more than the reading.
            await _is_all_read(read, body, most)
            return bytes(body)
        async with asyncio.timeout(PATIENCE_S):
            if not await _is_all_read(read, body, SMALL_BYTES):
                async with self._large:
                    await _is_all_read(read, body, most)
        return bytes(body)

    def _greeted(self, scope: Scope) -> tuple[int, bytes]:
        """The platform makes sure that this address is ours before it pushes."""
        if self._hook.greet is None or scope["method"] != "GET":
            return 405, b"POST an update"
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        said = self._hook.greet(query)
        return (403, b"not the platform") if said is None else (200, said.encode())

    def _proof(self, scope: Scope) -> bytes | None:
        return next((value for name, value in scope["headers"] if name == self._hook.header), None)

    async def _heard(self, proof: bytes, body: bytes) -> tuple[int, bytes]:
        """(status, body) of the answer to the platform."""
        if len(body) > self._hook.largest_bytes:
            return 413, b"too large"
        if self._hook.signs_body and not self._hook.is_genuine(proof, body):
            return 403, b"not the platform"
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError:
            return 400, b"not JSON"
        if not isinstance(update, dict):
            return 400, b"not a JSON object"
        return await self._kept(update)

    async def _kept(self, update: Mapping[str, Any]) -> tuple[int, bytes]:
        heard = self._hook.parse(update)
        hers = [each for each in heard if isinstance(each, Incoming)]
        ours = [each for each in heard if isinstance(each, Status)]
        try:
            if ours:
                await self._note(self._channel, ours)
            acks = await self._answered(hers)
        except StoreError:
            return 503, b"cannot be kept now"
        except Unanswered:
            return 500, b"no answer yet"
        return 200, self._acknowledged(acks)

    async def _answered(self, hers: Sequence[Incoming]) -> list[str]:
        """What is to be acknowledged. Each woman's in order, different women's at once."""
        if len(hers) == 1:
            await self._one(hers[0])
            return [hers[0].ack] if hers[0].ack else []
        women: dict[str, list[Incoming]] = {}
        for each in hers:
            women.setdefault(each.address, []).append(each)
        found = await asyncio.gather(*map(self._in_order, women.values()), return_exceptions=True)
        for failure in found:
            # The others are kept by now; of all of them the platform will repeat what it said.
            if isinstance(failure, BaseException):
                raise failure
        return [each.ack for each in hers if each.ack]

    async def _in_order(self, hers: Sequence[Incoming]) -> None:
        for each in hers:
            await self._one(each)

    async def _one(self, incoming: Incoming) -> None:
        await self._receive(
            channel=self._channel,
            message_id=incoming.message_id,
            address=incoming.address,
            event=incoming.event,
            ref=incoming.ref,
            alias=incoming.alias,
            window_until=incoming.window_until,
        )

    def _acknowledged(self, acks: Sequence[str]) -> bytes:
        """Within the answer where the platform takes it there: that saves a call."""
        said = b""
        for ack in acks:
            if self._hook.answer and not said:
                said = self._hook.answer(ack)
            elif self._hook.acknowledge:
                self._hook.acknowledge(ack)
        return said


class _HungUp(Exception):
    """It broke off before it had said everything."""


async def _is_all_read(read: Read, body: bytearray, most_bytes: int) -> bool:
    """Add what comes to `body`. False: that is longer than `most_bytes`, and perhaps not all."""
    while len(body) <= most_bytes:
        message = await read()
        if message["type"] != "http.request":
            raise _HungUp
        body += message["body"]
        if not message.get("more_body"):
            return True
    return False


async def _answer(send: Send, status: int, body: bytes) -> None:
    kind = b"application/json" if status == 200 and body[:1] == b"{" else b"text/plain"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if status == 408:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
