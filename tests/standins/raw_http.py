"""HTTP/1.1 on loopback, just enough for a stand-in that must be fast and must be able to misbehave.

A web framework hides the connection; a fault (reset it, answer half, never answer) needs it.
"""

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

import httptools

_PHRASES = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}


@dataclass(slots=True)
class Request:
    method: str = ""
    path: str = ""
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """`reset`: the connection breaks instead, whatever the answer would have been."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    reset: bool = False


Handle = Callable[[Request], Answer | Awaitable[Answer]]


class Server:
    """Serves one function on a port of loopback; `port` is known after `start`."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self._handle, self._connections), "127.0.0.1", port, backlog=1024
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        await self.hang_up()

    async def hang_up(self) -> None:
        """Close every connection, as a server does with those that were idle for long."""
        for connection in list(self._connections):
            connection.close()
        # One turn of the loop for the transports to say goodbye.
        await asyncio.sleep(0)

    @property
    def open_connections(self) -> int:
        return len(self._connections)


class _Connection(asyncio.Protocol):
    def __init__(self, handle: Handle, all_of_them: set["_Connection"]) -> None:
        self._handle = handle
        self._all = all_of_them
        self._parser = httptools.HttpRequestParser(self)
        self._request = Request()
        self._body: list[bytes] = []
        self._task: asyncio.Future[None] | None = None
        self._waiting: deque[Request] = deque()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._all.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._all.discard(self)
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError:
            # A mistake of the stand-in itself: never to be taken for a fault on purpose.
            self._transport.abort()
            raise
        except httptools.HttpParserError:
            self._transport.abort()

    def close(self) -> None:
        self._transport.close()

    # What httptools calls.

    def on_message_begin(self) -> None:
        self._request, self._body = Request(), []

    def on_url(self, url: bytes) -> None:
        parts = urlsplit(url.decode())
        self._request.path, self._request.query = parts.path, parts.query

    def on_header(self, name: bytes, value: bytes) -> None:
        self._request.headers[name.decode().lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        self._request.method = self._parser.get_method().decode()
        self._request.body = b"".join(self._body)
        if self._task is None:
            self._answer(self._request)
        else:
            self._waiting.append(self._request)

    def _answer(self, request: Request) -> None:
        answer = self._handle(request)
        if isinstance(answer, Answer):
            self._write(answer)
        else:
            self._task = asyncio.ensure_future(self._answer_later(answer))

    async def _answer_later(self, awaited: Awaitable[Answer]) -> None:
        answer = await awaited
        self._task = None
        self._write(answer)
        if self._waiting:
            self._answer(self._waiting.popleft())

    def _write(self, answer: Answer) -> None:
        if answer.reset:
            self._reset()
            return
        phrase = _PHRASES.get(answer.status, "Answer")
        head = (
            f"HTTP/1.1 {answer.status} {phrase}\r\nContent-Type: {answer.content_type}\r\n"
            f"Content-Length: {len(answer.body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + answer.body)

    def _reset(self) -> None:
        """RST instead of FIN, as when a machine on the way dies."""
        linger_0 = struct.pack("ii", 1, 0)
        connection: socket.socket = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_0)
        self._transport.abort()


class Poster:
    """Posts to one address over kept-alive connections, at most `connections` at a time."""

    def __init__(self, url: str, connections: int) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._target = parts.path + (f"?{parts.query}" if parts.query else "")
        self._free: list[_Post] = []
        self._turn = asyncio.Semaphore(connections)

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer; status 0 when there was none."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = (
            f"POST {self._target} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
        )
        async with self._turn:
            try:
                line = await self._line()
                answer = await line.post(head.encode() + body)
            except OSError:
                return 0, b""
            self._free.append(line)
            return answer

    async def _line(self) -> "_Post":
        while self._free:
            line = self._free.pop()
            if line.is_open:
                return line
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(_Post, self._host, self._port)
        return line

    def close(self) -> None:
        for line in self._free:
            line.close()
        self._free.clear()


class _Post(asyncio.Protocol):
    is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._answered: asyncio.Future[tuple[int, bytes]] | None = None
        self.is_open = True

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(ConnectionResetError())

    async def post(self, request: bytes) -> tuple[int, bytes]:
        self._answered = asyncio.get_running_loop().create_future()
        self._body = b""
        self._parser = httptools.HttpResponseParser(self)
        self._transport.write(request)
        try:
            return await self._answered
        except asyncio.CancelledError:
            self.close()
            raise

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if not self._parser.should_keep_alive():
            self.close()
        if self._answered is not None and not self._answered.done():
            self._answered.set_result((self._parser.get_status_code(), self._body))

    def close(self) -> None:
        self.is_open = False
        self._transport.close()
