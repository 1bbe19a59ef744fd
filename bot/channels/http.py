"""One aiohttp session as a platform's client needs it, and what a broken connection means.

Rule 1: no exception that leaves this file carries an address or a header: tokens are part of them.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

import aiohttp
from yarl import URL

from bot.channels.base import SendError

PATIENCE_S: Final = 10.0
CONNECT_S: Final = 5.0
KEEP_ALIVE_S: Final = 300.0
_LONGEST_DOWNLOAD_S: Final = 60.0  # however it drips
CONNECTIONS: Final = 300  # 256 messages on their way, a long poll, acknowledgements

Payload = aiohttp.Payload
Body = bytes | Payload


class Wire:
    """`headers` go with every request. Before `open` and after `close` nothing is sent."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = {"Accept-Encoding": "identity", **headers}
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

    async def open(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # A quiet bot must not pay for a new connection with every message.
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_S),
                timeout=_timeout(PATIENCE_S),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
            )

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def exchange(
        self,
        method: str,
        url: str | URL,
        body: Body,
        patience_s: float,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Status and body of whatever answers. Raises SendError when nothing does."""
        if self._session is None:
            raise SendError("stopped")
        try:
            async with self._session.request(
                method,
                url if isinstance(url, URL) else self._parsed(url),
                data=body,
                headers=headers,
                timeout=_timeout(patience_s),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise SendError("network") from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            # The request had left: only the platform knows what became of it.
            raise SendError("network", unsure=True) from None

    async def download(self, url: str, most_bytes: int, patience_s: float) -> tuple[int, bytes]:
        """As `exchange`, for what strangers made: SendError "large" instead of more than that."""
        if self._session is None:
            raise SendError("stopped")
        content = bytearray()
        try:
            async with (
                asyncio.timeout(_LONGEST_DOWNLOAD_S),
                self._session.get(
                    url, timeout=_timeout(patience_s), allow_redirects=False
                ) as response,
            ):
                async for piece in response.content.iter_any():
                    content += piece
                    if len(content) > most_bytes:
                        raise SendError("large", permanent=True)
                return response.status, bytes(content)
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise SendError("network") from None

    def _parsed(self, url: str) -> URL:
        """For addresses that are the same a thousand times."""
        parsed = self._urls.get(url)
        if parsed is None:
            parsed = self._urls[url] = URL(url)
        return parsed


def form(
    fields: Mapping[str, str], name: str, content: bytes, mime: str, filename: str = ""
) -> aiohttp.Payload:
    """Fields and one file, as a browser would send them; its own headers say how."""
    made = aiohttp.FormData(fields)
    filename = filename or f"file.{mime.rpartition('/')[2]}"
    made.add_field(name, content, content_type=mime, filename=filename)
    return made()


_TIMEOUTS: Final[dict[float, aiohttp.ClientTimeout]] = {}


def _timeout(patience_s: float) -> aiohttp.ClientTimeout:
    """For silence, not for the whole call."""
    if patience_s not in _TIMEOUTS:
        # A limit for the whole call (`total`) costs aiohttp a seventh of its work; what drips for
        # longer than anybody waits, the outbox breaks off.
        _TIMEOUTS[patience_s] = aiohttp.ClientTimeout(
            total=None, connect=CONNECT_S, sock_read=patience_s
        )
    return _TIMEOUTS[patience_s]
