"""Files on Telegram: each goes up once; after that Telegram's own name for it is enough."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from bot.channels.base import MediaIds, SendError
from bot.channels.foreign import an_object, string
from bot.channels.telegram_updates import NAME
from bot.dialogue.turn import File

if TYPE_CHECKING:
    from bot.channels.telegram_http import Client

Read = Callable[[str], bytes]
KEPT_S: Final = 365 * 24 * 3600.0  # Telegram drops none; we forget what nobody asked for in a year
_MIMES: Final = {
    ".ogg": "audio/ogg", ".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf",
}  # fmt: skip
_METHODS: Final = {  # and the parameter that is the file
    "audio": ("sendVoice", "voice"),
    "image": ("sendPhoto", "photo"),
    "document": ("sendDocument", "document"),
}

log = logging.getLogger(__name__)


class Files:
    def __init__(self, media: MediaIds | None, read: Read | None) -> None:
        self._media = media
        self._read = read
        self._uploading: dict[str, asyncio.Lock] = {}

    async def send(self, client: "Client", address: str, file: File) -> Any:
        """What Telegram says of the message. Raises SendError."""
        if self._media is None or self._read is None:
            raise SendError("media", permanent=True)
        data = await self._content(self._read, file)
        digest = hashlib.sha256(data).hexdigest()
        # Many women may ask for the same file before it has gone up the first time.
        async with self._uploading.setdefault(digest, asyncio.Lock()):
            known = await self._media.media(NAME, digest, now=time.time())
            if known is None:
                return await self._sent_up(client, address, file, data, digest)
        method, name = _METHODS[file.kind]
        try:
            return await client.call(method, {**_to(address), name: known})
        except SendError as error:
            if error.reason != "media":
                raise
        # Another bot's token, or Telegram has dropped it after all.
        await self._media.keep_media(NAME, digest, None, expires_at=0)
        return await self._sent_up(client, address, file, data, digest)

    async def _sent_up(
        self, client: "Client", address: str, file: File, data: bytes, digest: str
    ) -> Any:
        assert self._media is not None
        method, name = _METHODS[file.kind]
        mime = _MIMES.get(PurePosixPath(file.path).suffix)
        if mime is None:
            log.error("Telegram takes no file with this ending: %s", file.path)
            raise SendError("media", permanent=True)
        sent = await client.upload(method, _to(address), name, data, mime, file.name)
        if id := _id_of(an_object(sent).get(name)):
            expires_at = time.time() + KEPT_S
            await self._media.keep_media(NAME, digest, id, expires_at=expires_at)
        return sent

    async def _content(self, read: Read, file: File) -> bytes:
        """Trying again does not bring a file that is not there."""
        try:
            return await asyncio.to_thread(read, file.path)
        except OSError:
            log.error("this file cannot be read, put it back: %s", file.path)
        raise SendError("media", permanent=True)


def _id_of(told: Any) -> str:
    """Of a photo Telegram tells several sizes, the largest last; any of them stands for it."""
    largest = told[-1] if isinstance(told, list) and told else told
    return string(an_object(largest).get("file_id"))


def _to(address: str) -> dict[str, Any]:
    # No sound: whoever else is in the room need not know that something came.
    return {"chat_id": int(address), "disable_notification": True}
