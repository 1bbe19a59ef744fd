"""WhatsApp by Meta's Cloud API: how her messages come in, how ours go out.

Rule 1: nothing is asked back from Meta while she waits, and nothing she sends is ever downloaded:
`fetch` is for the voice of a translator, after she asked to record.
Rule 2: every message carries its mark, so that what Meta says of it later can be told apart.
"""

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from bot.channels.base import (
    Bubble,
    Hook,
    Incoming,
    Mark,
    MediaIds,
    Receipt,
    SendError,
    Status,
)
from bot.channels.whatsapp_http import Client
from bot.channels.whatsapp_marks import write_mark
from bot.channels.whatsapp_messages import LIMITS, knock, payload
from bot.channels.whatsapp_updates import NAME, parse
from bot.dialogue.turn import File

__all__ = ["HOOK_PATH", "NAME", "MediaIds", "WhatsApp", "parse"]

HOOK_PATH: Final = "/hooks/whatsapp"
SIGNATURE: Final = b"x-hub-signature-256"
KNOCK: Final = "see"  # what comes back when she presses the template's button
TEMPLATE_LANGUAGE: Final = "es"
LARGEST_BYTES: Final = 4_000_000  # Meta's batches have up to 3 MB
# One message every six seconds to the same woman; up to 45 at once, borrowed from what follows.
# A few fewer: after a restart we do not know what she has had.
RATE_PER_WOMAN: Final = 1 / 6
BURST_PER_WOMAN: Final = 40.0
MEDIA_S: Final = 29 * 24 * 3600.0  # Meta keeps a file for 30 days
ANEW_S: Final = 600.0  # a file that never works must not send all others up again and again
_KINDS: Final = {
    ".ogg": "audio/ogg", ".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf",
    ".html": "text/html",
}  # fmt: skip

log = logging.getLogger(__name__)


class WhatsApp:
    """`tag` tells this database's messages from another's. `read` gives a file of ours by its path
    in the project. Without a `template` nobody is knocked for. What is called before `start` or
    after `stop` raises SendError."""

    name = NAME
    limits = LIMITS
    pulled = False
    confirms = counts_incoming = True
    rate_per_woman = RATE_PER_WOMAN
    burst_per_woman = BURST_PER_WOMAN

    def __init__(
        self,
        *,
        token: str,
        phone_number_id: str,
        app_secret: str,
        verify_token: str,
        tag: str,
        media: MediaIds,
        read: Callable[[str], bytes],
        api_url: str = "https://graph.facebook.com",
        rate: float = 80.0,
        template: str | None = None,
    ) -> None:
        self.rate = rate
        self.knocks = template is not None
        self._client = Client(token, api_url)
        self._number = phone_number_id
        self._app_secret = app_secret.encode()
        self._verify_token = verify_token.encode()
        self._tag = tag
        self._media = media
        self._read = read
        self._template = template or ""
        self._uploading: dict[str, asyncio.Lock] = {}
        self._gone_at = 0.0  # what went up before then, Meta may have dropped

    def hook(self) -> Hook:
        """Where Meta pushes. It is told so by hand, in its app dashboard (docs/run.md)."""
        return Hook(
            HOOK_PATH,
            header=SIGNATURE,
            is_genuine=self._is_genuine,
            parse=self._parse,
            greet=self._greet,
            largest_bytes=LARGEST_BYTES,
        )

    async def start(self) -> None:
        await self._client.open()

    async def stop(self) -> None:
        await self._client.close()

    async def send(self, address: str, bubble: Bubble, mark: Mark | None = None) -> Receipt:
        marked = self._marked(mark, has_buttons=bool(bubble.buttons))
        match bubble.attachments:
            case (File() as file,):
                await self._send_file(address, bubble, file, marked)
            case _:
                await self._send(payload(address, bubble, marked))
        # Nothing of it can be deleted, and its statuses carry the mark: no id needs keeping.
        return Receipt()

    async def knock(self, address: str, mark: Mark | None = None) -> Receipt:
        marked = self._marked(mark, has_buttons=False)
        await self._send(knock(address, self._template, TEMPLATE_LANGUAGE, KNOCK, marked))
        return Receipt()

    async def erase(self, address: str, refs: Sequence[str]) -> None:
        """WhatsApp deletes nothing for us; she is told how to do it herself."""

    async def leave(self, address: str) -> None:
        """Of groups nothing reaches us."""

    async def fetch(self, media: str, most_bytes: int) -> bytes:
        """A voice note. Raises SendError; "large": it is longer than `most_bytes`."""
        return await self._client.download(media, most_bytes)

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self._client.call("POST", f"{self._number}/messages", json=message)

    async def _send_file(self, address: str, bubble: Bubble, file: File, marked: str) -> None:
        kind, data = await self._content(file)
        digest = hashlib.sha256(data).hexdigest()
        try:
            media_id = await self._media_id(kind, data, digest)
            await self._send(payload(address, bubble, marked, media_id))
        except SendError as error:
            if error.reason != "media":
                raise
            # Meta has dropped it before its time: it goes up once more.
            await self._media.keep_media(NAME, digest, None, expires_at=0)
            media_id = await self._media_id(kind, data, digest)
            await self._send(payload(address, bubble, marked, media_id))

    async def _content(self, file: File) -> tuple[str, bytes]:
        """(what it is, what is in it). Trying again does not bring a file that is not there."""
        kind = _KINDS.get(PurePosixPath(file.path).suffix)
        try:
            if kind is not None:
                return kind, await asyncio.to_thread(self._read, file.path)
            log.error("WhatsApp takes no file with this ending: %s", file.path)
        except OSError:
            log.error("this file cannot be read, put it back: %s", file.path)
        raise SendError("media", permanent=True)

    async def _media_id(self, kind: str, data: bytes, digest: str) -> str:
        # Many women may ask for the same recording before it has gone up the first time.
        async with self._uploading.setdefault(digest, asyncio.Lock()):
            # What expires by then went up before Meta said that it was gone.
            now = max(time.time(), self._gone_at + MEDIA_S)
            known = await self._media.media(NAME, digest, now=now)
            if known is not None:
                return known
            media_id = await self._client.upload(f"{self._number}/media", kind, data)
            expires_at = time.time() + MEDIA_S
            await self._media.keep_media(NAME, digest, media_id, expires_at=expires_at)
            return media_id

    def _marked(self, mark: Mark | None, *, has_buttons: bool) -> str:
        return "" if mark is None else write_mark(self._tag, mark, has_buttons=has_buttons)

    def _parse(self, update: Mapping[str, Any]) -> list[Incoming | Status]:
        heard = parse(update, self._tag, self._number)
        # Which file it was is not told.
        if any(map(_lacks_its_file, heard)) and time.time() > self._gone_at + ANEW_S:
            self._gone_at = time.time()
        return heard

    def _is_genuine(self, signature: bytes, body: bytes) -> bool:
        expected = hmac.digest(self._app_secret, body, "sha256").hex().encode()
        return hmac.compare_digest(signature, b"sha256=" + expected)

    def _greet(self, query: Mapping[str, str]) -> str | None:
        """Meta makes sure that this address is ours: it wants its challenge back."""
        told = query.get("hub.verify_token", "").encode()
        if query.get("hub.mode") != "subscribe":
            return None
        if not hmac.compare_digest(told, self._verify_token):
            return None
        return query.get("hub.challenge", "")


def _lacks_its_file(heard: Incoming | Status) -> bool:
    failure = heard.failure if isinstance(heard, Status) else None
    return failure is not None and failure.reason == "media"
