"""Media: uploaded as a form, known by an id that expires."""

import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.standins.forms import Part, parts_of
from tests.standins.platform import Json
from tests.standins.raw_http import Answer, Request
from tests.standins.whatsapp_errors import Refused

DOWNLOADS = "/whatsapp_business/attachments/"
_MEGABYTE = 1024 * 1024
_LARGEST = {"audio": 16, "video": 16, "image": 5, "document": 100, "sticker": 1}
_KIND_OF: Mapping[str, str] = {
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), "audio"),
    **dict.fromkeys(("image/jpeg", "image/png"), "image"),
    **dict.fromkeys(("video/mp4", "video/3gpp"), "video"),
    "image/webp": "sticker",
    **dict.fromkeys(
        (
            "application/pdf",
            "application/msword",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "text/plain",
        ),
        "document",
    ),
}


@dataclass(frozen=True, slots=True)
class Medium:
    id: str
    kind: str
    mime_type: str
    filename: str
    content: bytes
    expires_at: float


class Media:
    """`lasts_s`: thirty days with Meta. The clock is the stand-in's."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.lasts_s = 30 * 86_400.0
        self.all: dict[str, Medium] = {}
        self._now = now
        self._ids = itertools.count(4_490_709_327_384_033)

    def upload(self, request: Request) -> Medium:
        """Raises Refused."""
        form = parts_of(request)
        if not form:
            raise Refused(100, "The parameter file is required, as multipart/form-data.")
        if form.get("messaging_product", Part()).content != b"whatsapp":
            raise Refused(100, "The parameter messaging_product is required.")
        file = form.get("file", Part())
        # "audio/ogg; codecs=opus" is how people write it.
        named = form["type"].content.decode() if "type" in form else file.content_type
        mime_type = named.split(";")[0].strip().lower()
        _fits(mime_type, file)
        medium = Medium(
            str(next(self._ids)),
            _KIND_OF[mime_type],
            mime_type,
            file.filename,
            file.content,
            self._now() + self.lasts_s,
        )
        self.all[medium.id] = medium
        return medium

    def add(self, content: bytes, mime_type: str = "audio/ogg") -> Medium:
        """What a woman sends: Meta keeps it for some weeks."""
        medium = Medium(
            str(next(self._ids)), "audio", mime_type, "", content, self._now() + self.lasts_s
        )
        self.all[medium.id] = medium
        return medium

    def about(self, id: str, base: str) -> Json:
        """Where it can be fetched from. Raises Refused."""
        medium = self._there(id)
        return {
            "messaging_product": "whatsapp",
            "url": f"{base}{DOWNLOADS}{medium.id}",
            "mime_type": medium.mime_type,
            "sha256": hashlib.sha256(medium.content).hexdigest(),
            "file_size": len(medium.content),
            "id": medium.id,
        }

    def download(self, path: str) -> Answer:
        """Raises Refused."""
        medium = self._there(path.removeprefix(DOWNLOADS))
        return Answer(medium.content, content_type=medium.mime_type)

    def _there(self, id: str) -> Medium:
        medium = self.all.get(id)
        if medium is None or medium.expires_at <= self._now():
            raise Refused(100, "Object does not exist or cannot be loaded")
        return medium

    def check(self, kind: str, content: Json) -> None:
        """Raises Refused if this message names an id that is not there any more."""
        medium = self.all.get(content["id"]) if "id" in content else None
        if "id" in content and (medium is None or medium.expires_at <= self._now()):
            raise Refused(131053, f"Media ID {content['id']} is not known or has expired")
        if medium is not None and kind not in (medium.kind, "document"):
            raise Refused(131053, f"{kind} sent with a file of type {medium.mime_type}")


def _fits(mime_type: str, file: Part) -> None:
    kind = _KIND_OF.get(mime_type)
    if kind is None or not file.filename:
        types = ", ".join(_KIND_OF)
        raise Refused(100, f"Param file must be a file with one of the following types: {types}")
    if not 0 < len(file.content) <= _LARGEST[kind] * _MEGABYTE:
        raise Refused(100, f"Param file: 1 byte to {_LARGEST[kind]} MB for {kind}")
    if mime_type == "audio/ogg" and b"OpusHead" not in file.content[:128]:
        raise Refused(100, "Param file: an OGG has to hold the OPUS codec")
