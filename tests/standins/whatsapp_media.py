"""Media: uploaded as a form, known by an id that expires."""

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.standins.platform import Json
from tests.standins.raw_http import Request
from tests.standins.whatsapp_errors import Refused

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

    def check(self, kind: str, content: Json) -> None:
        """Raises Refused if this message names an id that is not there any more."""
        medium = self.all.get(content["id"]) if "id" in content else None
        if "id" in content and (medium is None or medium.expires_at <= self._now()):
            raise Refused(131053, f"Media ID {content['id']} is not known or has expired")
        if medium is not None and kind not in (medium.kind, "document"):
            raise Refused(131053, f"{kind} sent with a file of type {medium.mime_type}")


def _fits(mime_type: str, file: "Part") -> None:
    kind = _KIND_OF.get(mime_type)
    if kind is None or not file.filename:
        types = ", ".join(_KIND_OF)
        raise Refused(100, f"Param file must be a file with one of the following types: {types}")
    if not 0 < len(file.content) <= _LARGEST[kind] * _MEGABYTE:
        raise Refused(100, f"Param file: 1 byte to {_LARGEST[kind]} MB for {kind}")
    if mime_type == "audio/ogg" and b"OpusHead" not in file.content[:128]:
        raise Refused(100, "Param file: an OGG has to hold the OPUS codec")


@dataclass(frozen=True, slots=True)
class Part:
    content: bytes = b""
    filename: str = ""
    content_type: str = ""


_NAME = re.compile(r'\bname="([^"]*)"')
_FILENAME = re.compile(r'filename="([^"]*)"')
_TYPE = re.compile(r"content-type:\s*([^\r\n]+)", re.IGNORECASE)


def parts_of(request: Request) -> dict[str, Part]:
    """The fields of a form. Raises Refused where it is none."""
    boundary = re.search(r'boundary="?([^";]+)', request.headers.get("content-type", ""))
    if boundary is None:
        raise Refused(100, "The parameter file is required, as multipart/form-data.")
    parts: dict[str, Part] = {}
    for piece in request.body.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = head.decode()
        if (name := _NAME.search(lines)) is not None:
            parts[name[1]] = Part(
                content.removesuffix(b"\r\n"), _found(_FILENAME, lines), _found(_TYPE, lines)
            )
    return parts


def _found(pattern: re.Pattern[str], lines: str) -> str:
    found = pattern.search(lines)
    return found[1].strip() if found else ""
