"""Take what a platform pushes. It is told 200 only when everything in it is kept.

Bare ASGI: this is the road of nearly every message, and a Request object costs as much as the rest.
"""

import hmac
from typing import Any, Final, Protocol

import orjson
from starlette.types import Receive as Read
from starlette.types import Scope, Send

from bot.channels.base import Hook
from bot.dialogue.turn import Event
from bot.store.base import StoreError, Unanswered

LARGEST_BYTES: Final = 1_000_000  # an update of Telegram has some 5,000
SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"


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
    ) -> object: ...


class Webhook:
    """One platform's door.

    400: this is no update, sending it again changes nothing. 403: not the platform. 405: no POST.
    413: too large. 503: cannot be kept now. 500: our own mistake. The platform repeats what it was
    not told 200 for.
    """

    def __init__(self, channel: str, hook: Hook, receive: Receive) -> None:
        self._channel = channel
        self._hook = hook
        self._secret = hook.secret.encode()
        self._receive = receive

    async def __call__(self, scope: Scope, read: Read, send: Send) -> None:
        if scope["method"] != "POST":
            await _answer(send, 405, b"POST an update")
            return
        if not self._is_from_the_platform(scope):
            await _answer(send, 403, b"wrong secret")
            return
        body = await _body(read)
        if body is not None:  # else it hung up before it had said everything
            await _answer(send, *await self._heard(body))

    def _is_from_the_platform(self, scope: Scope) -> bool:
        for name, value in scope["headers"]:
            if name == SECRET_HEADER:
                return hmac.compare_digest(value, self._secret)
        return False

    async def _heard(self, body: bytes) -> tuple[int, bytes]:
        """(status, body) of the answer to the platform."""
        if len(body) > LARGEST_BYTES:
            return 413, b"too large"
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError:
            return 400, b"not JSON"
        if not isinstance(update, dict):
            return 400, b"not a JSON object"
        return await self._kept(update)

    async def _kept(self, update: dict[str, Any]) -> tuple[int, bytes]:
        said = b""
        try:
            for incoming in self._hook.parse(update):
                await self._receive(
                    channel=self._channel,
                    message_id=incoming.message_id,
                    address=incoming.address,
                    event=incoming.event,
                    ref=incoming.ref,
                )
                if incoming.ack:
                    said = self._acknowledged(incoming.ack, said)
        except StoreError:
            return 503, b"cannot be kept now"
        except Unanswered:
            return 500, b"no answer yet"
        return 200, said

    def _acknowledged(self, ack: str, said: bytes) -> bytes:
        """Within the answer where the platform takes it there: that saves a call."""
        answer = None if said else self._hook.answer and self._hook.answer(ack)
        if answer:
            return answer
        self._hook.acknowledge(ack)
        return said


async def _body(read: Read) -> bytes | None:
    """All of it, or more than LARGEST_BYTES of it, or None when it broke off."""
    parts: list[bytes] = []
    size = 0
    while size <= LARGEST_BYTES:
        message = await read()
        if message["type"] != "http.request":
            return None
        parts.append(message["body"])
        size += len(message["body"])
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def _answer(send: Send, status: int, body: bytes) -> None:
    kind = b"application/json" if status == 200 and body else b"text/plain"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
