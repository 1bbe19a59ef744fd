"""Meta's Graph API over one session, as far as WhatsApp needs it.

Rule 1: no exception that leaves this file carries her number or our token.
Rule 2: what Meta answers is read, never logged (whatsapp_errors.py says which code it was).
"""

from collections.abc import Mapping
from typing import Any, Final

import aiohttp
import orjson
from yarl import URL

from bot.channels.base import SendError
from bot.channels.foreign import decoded, string, whole
from bot.channels.http import PATIENCE_S, Body, Wire
from bot.channels.whatsapp_errors import judge

VERSION: Final = "v26.0"
UPLOAD_PATIENCE_S: Final = 30.0
_JSON: Final = {"Content-Type": "application/json"}


class Client:
    """Calls the Graph API. Every failure is a SendError; what is called before `open` or after
    `close` fails as well."""

    def __init__(self, token: str, api_url: str, version: str = VERSION) -> None:
        self._wire = Wire({"Authorization": f"Bearer {token}"})
        self._api_url = api_url
        self._base = f"{api_url}/{version}/"

    async def open(self) -> None:
        await self._wire.open()

    async def close(self) -> None:
        await self._wire.close()

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> dict[str, Any]:
        """`path` is what follows the version: "<number's id>/messages". `patience_s` is for
        silence, not for the whole call."""
        url: str | URL = self._base + path
        if params is not None:
            url = URL(url).with_query(params)
        if json is None:
            return await self._ask(method, url, b"", patience_s, None)
        try:
            body = orjson.dumps(json)
        except TypeError:
            raise SendError("rejected", permanent=True) from None
        return await self._ask(method, url, body, patience_s, _JSON)

    async def upload(self, path: str, mime: str, content: bytes) -> str:
        """The id Meta knows the file by, for some weeks."""
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime})
        form.add_field("file", content, content_type=mime, filename="file")
        try:
            answer = await self._ask("POST", self._base + path, form(), UPLOAD_PATIENCE_S, None)
        except SendError as error:
            # A file twice at Meta is nothing to her: no message can have arrived.
            error.unsure = False
            raise
        id = string(answer.get("id"))
        if not id:
            raise SendError("garbled")
        return id

    async def download(self, media: str, most_bytes: int) -> bytes:
        """Meta tells where the file is for some minutes; only we may fetch it from there."""
        status, answered = await self._wire.exchange("GET", self._base + media, b"", PATIENCE_S)
        if status in (400, 404):
            raise SendError("media", permanent=True)  # it is there no more, or never was
        if status != 200:
            raise judge(status, answered)
        about = decoded(answered)
        url = string(about.get("url"))
        if (whole(about.get("file_size")) or 0) > most_bytes:
            raise SendError("large", permanent=True)
        if not url.startswith(("https://", f"{self._api_url}/")):
            # Our token would go there.
            raise SendError("garbled", permanent=True)
        status, content = await self._wire.download(url, most_bytes, UPLOAD_PATIENCE_S)
        if status != 200:
            raise judge(status, content)
        return content

    async def _ask(
        self,
        method: str,
        url: str | URL,
        body: Body,
        patience_s: float,
        headers: Mapping[str, str] | None,
    ) -> dict[str, Any]:
        status, answered = await self._wire.exchange(method, url, body, patience_s, headers)
        answer = decoded(answered)
        if status != 200 or not answer or "error" in answer:
            raise judge(status, answered)
        return answer
