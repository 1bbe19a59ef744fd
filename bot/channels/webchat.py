"""The web page: no account and no cookie, a token says which of the women it is.

Rule 1: the address that is kept follows from the token, never the token from the address: whoever
reads the database cannot open anybody's conversation.
Rule 2: nothing is pushed. She fetches (`listen` says when), and what she fetched is hers.
"""

import asyncio
import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from bot.channels.base import Bubble, Limits, Mark, Receipt, SendError

NAME: Final = "webchat"
TOKEN_S: Final = 24 * 3600.0
_RANDOM_BYTES: Final = 16
_TIME_BYTES: Final = 5
_SEAL_BYTES: Final = 15  # a multiple of three altogether: no = at the end of a token
_ADDRESS_BYTES: Final = 18
_LONGEST_TOKEN: Final = 64

_being_erased: ContextVar[set[str] | None] = ContextVar("being_erased", default=None)


class WebChat:
    """`sign` gives bytes that nobody can make without Willaq's key."""

    name = NAME
    limits = Limits(
        text=16_000,
        label=120,
        choices=100,
        markup="html",
        per_row=2,
        attaches=frozenset({"audio"}),
    )
    pulled = True
    confirms = knocks = counts_incoming = False
    rate = rate_per_woman = burst_per_woman = 1000.0

    def __init__(
        self, *, sign: Callable[[bytes], bytes], now: Callable[[], float] = time.time
    ) -> None:
        self._sign = sign
        self._now = now
        self._bells: dict[str, set[asyncio.Event]] = {}
        self.is_closed = False

    def issue(self) -> str:
        """A token for somebody new. Nothing is kept of it: it proves itself."""
        body = secrets.token_bytes(_RANDOM_BYTES) + _packed(self._now())
        return urlsafe_b64encode(body + self._seal(body)).decode()

    def address(self, token: str) -> str | None:
        """Where the woman with this token is answered; None = not ours, or a day old."""
        body = self._opened(token)
        if body is None:
            return None
        age_s = self._now() - int.from_bytes(body[_RANDOM_BYTES:])
        if not -60 <= age_s < TOKEN_S:
            return None
        return urlsafe_b64encode(self._sign(b"webchat address " + body)[:_ADDRESS_BYTES]).decode()

    def ring(self, address: str) -> None:
        for bell in self._bells.get(address, ()):
            bell.set()

    @contextmanager
    def listen(self, address: str) -> Iterator[asyncio.Event]:
        """The event is set whenever something is there for her. Listen first, then fetch, then
        wait: nothing can arrive unnoticed in between."""
        bell = asyncio.Event()
        bells = self._bells.setdefault(address, set())
        bells.add(bell)
        if self.is_closed:
            bell.set()
        try:
            yield bell
        finally:
            bells.discard(bell)
            if not bells and self._bells.get(address) is bells:
                del self._bells[address]

    def listeners(self, address: str | None = None) -> int:
        """How many wait for her, or for anybody."""
        if address is not None:
            return len(self._bells.get(address, ()))
        return sum(map(len, self._bells.values()))

    def close(self) -> None:
        """The process ends: who waits shall stop waiting."""
        self.is_closed = True
        for address in self._bells:
            self.ring(address)

    @contextmanager
    def noting_erased(self) -> Iterator[set[str]]:
        """The set fills with whose messages were erased inside the block: her page has to be told
        with the very answer that comes after it."""
        noted: set[str] = set()
        before = _being_erased.set(noted)
        try:
            yield noted
        finally:
            _being_erased.reset(before)

    async def send(self, address: str, bubble: Bubble, mark: Mark | None = None) -> Receipt:
        raise SendError("pulled", permanent=True)

    async def knock(self, address: str, mark: Mark | None = None) -> Receipt:
        raise SendError("pulled", permanent=True)

    async def erase(self, address: str, refs: Sequence[str]) -> None:
        noted = _being_erased.get()
        if noted is not None:
            noted.add(address)

    async def leave(self, address: str) -> None:
        return

    def _opened(self, token: str) -> bytes | None:
        try:
            raw = urlsafe_b64decode(token[:_LONGEST_TOKEN].encode("ascii"))
        except (NotBase64, ValueError):
            return None
        body, seal = raw[: _RANDOM_BYTES + _TIME_BYTES], raw[_RANDOM_BYTES + _TIME_BYTES :]
        if len(seal) != _SEAL_BYTES or not hmac.compare_digest(seal, self._seal(body)):
            return None
        return body

    def _seal(self, body: bytes) -> bytes:
        return self._sign(b"webchat token " + body)[:_SEAL_BYTES]


def _packed(now: float) -> bytes:
    return int(now).to_bytes(_TIME_BYTES)
