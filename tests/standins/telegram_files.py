"""Files on Telegram: known by an id that lasts, fetched from an address of their own."""

import itertools

from tests.standins.forms import parts_of
from tests.standins.platform import Json
from tests.standins.raw_http import Answer, Request
from tests.standins.telegram_rules import Refusal

LARGEST_BYTES = 20_000_000  # that a bot may fetch
_GONE = Answer(b'{"ok":false,"error_code":404,"description":"Not Found"}', 404)


class Files:
    def __init__(self) -> None:
        self.all: dict[str, bytes] = {}
        self._ids = itertools.count(1)

    def add(self, content: bytes) -> str:
        id = f"AwACAgEAAxkBAAI{next(self._ids):06}"
        self.all[id] = content
        return id

    def taken(self, request: Request) -> Json:
        """What a form brings along, each by its new id."""
        if not request.headers.get("content-type", "").startswith("multipart/"):
            return {}
        parts = parts_of(request).items()
        return {name: self.add(part.content) for name, part in parts if part.filename}

    def known(self, id: str) -> bytes:
        """Raises Refusal."""
        if id not in self.all:
            raise Refusal("wrong file identifier/HTTP URL specified")
        return self.all[id]

    def about(self, id: str) -> Json:
        """As getFile tells. Raises Refusal."""
        content = self.known(id)
        if len(content) > LARGEST_BYTES:
            raise Refusal("file is too big")
        return {
            "file_id": id,
            "file_unique_id": f"u{id[-6:]}",
            "file_size": len(content),
            "file_path": f"voice/{id}.oga",
        }

    def download(self, path: str) -> Answer:
        id = path.rpartition("/")[2].removesuffix(".oga")
        content = self.all.get(id)
        return _GONE if content is None else Answer(content, content_type="audio/ogg")
