"""HTTP/1.1 to one host over connections that are kept: what a platform's API needs, and no more.

It posts JSON and gives back the status and the body. aiohttp's client can do much that nobody here
asks for, and took a fifth of the processor time of a whole reply for it (docs/why.md). Reading the
answers is left to httptools, connecting to aiohappyeyeballs, as aiohttp does.

Rule: nothing that is raised carries an address, because a bot's token can be part of it.
"""

import asyncio
import socket
import ssl
from functools import lru_cache
from typing import Final, cast
from urllib.parse import quote, urlsplit

import httptools
from aiohappyeyeballs import start_connection

Answer = tuple[int, bytes]  # status, body

_NEXT_ADDRESS_S: Final = 0.25  # how long one address of a host may keep us before another is tried


class NotSent(Exception):
    """There was no connection; nothing left."""


class BrokenOff(Exception):
    """The request had left, and no whole answer came: only the other side knows what that means."""


class Wire:
    """At most `most` requests at a time, the others wait. A connection that was silent for longer
    than `keep_s` is not trusted any more. `tls` is for hosts whose certificate is not public."""

    def __init__(
        self,
        url: str,
        *,
        most: int,
        connect_s: float,
        keep_s: float,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(url)
        is_safe = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if is_safe else 80)
        self._tls = (tls or ssl.create_default_context()) if is_safe else None
        self._connect_s, self._keep_s = connect_s, keep_s
        self._turns = asyncio.Semaphore(most)
        self._idle: list[_Line] = []
        self._busy: set[_Line] = set()
        name = parts.netloc.rpartition("@")[2]
        # The same few paths again and again.
        self._head = lru_cache(64)(lambda path: _head(name, f"{parts.path.rstrip('/')}{path}"))

    async def post(self, path: str, body: bytes, *, patience_s: float) -> Answer:
        """Raises NotSent and BrokenOff."""
        request = b"%b%d\r\n\r\n%b" % (self._head(path), len(body), body)
        async with self._turns:
            line = self._kept() or await self._connected()
            self._busy.add(line)
            try:
                return await line.post(request, patience_s)
            finally:
                self._busy.discard(line)
                if line.is_open:
                    self._idle.append(line)

    def close(self) -> None:
        """Breaks off what is on its way."""
        for line in (*self._idle, *self._busy):
            line.close()

    def _kept(self) -> "_Line | None":
        now = asyncio.get_running_loop().time()
        while self._idle:
            line = self._idle.pop()
            if line.is_open and now - line.silent_since < self._keep_s:
                return line
            line.close()
        return None

    async def _connected(self) -> "_Line":
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._connect_s):
                found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                connection = await start_connection(found, happy_eyeballs_delay=_NEXT_ADDRESS_S)
                name = self._host if self._tls else None
                _, line = await loop.create_connection(
                    _Line, sock=connection, ssl=self._tls, server_hostname=name
                )
        except OSError:  # TimeoutError, of TLS and of names are kinds of it
            raise NotSent from None
        return line


class _Line(asyncio.Protocol):
    """One connection, with one request on its way at a time."""

    def __init__(self) -> None:
        self.is_open = False
        self.silent_since = 0.0
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._answered: asyncio.Future[Answer] | None = None

    async def post(self, request: bytes, patience_s: float) -> Answer:
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Answer] = loop.create_future()
        self._answered = answered
        alarm = loop.call_later(patience_s, self.close)
        self._transport.write(request)
        try:
            return await answered
        except asyncio.CancelledError:
            self.close()  # the answer to this one must not be taken for the next one's
            raise
        finally:
            alarm.cancel()
            self.silent_since = loop.time()

    def close(self) -> None:
        self.is_open = False
        self._transport.abort()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(BrokenOff())

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    # What httptools calls.

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        status, body = self._parser.get_status_code(), b"".join(self._body)
        self._body.clear()
        if status < 200:
            return  # "go on", before the answer itself
        if self._answered is None or self._answered.done():
            self.close()  # nobody asked: it says goodbye
            return
        if not self._parser.should_keep_alive():
            self.close()
        self._answered.set_result((status, body))


def _head(host: str, path: str) -> bytes:
    return (
        f"POST {quote(path, safe='/:@')} HTTP/1.1\r\nHost: {host}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    ).encode()
