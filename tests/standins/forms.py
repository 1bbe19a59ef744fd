"""Forms with files (multipart/form-data), as far as our own clients write them."""

import re
from dataclasses import dataclass

from tests.standins.raw_http import Request


@dataclass(frozen=True, slots=True)
class Part:
    content: bytes = b""
    filename: str = ""
    content_type: str = ""


_NAME = re.compile(r'\bname="([^"]*)"')
_FILENAME = re.compile(r'filename="([^"]*)"')
_TYPE = re.compile(r"content-type:\s*([^\r\n]+)", re.IGNORECASE)


def parts_of(request: Request) -> dict[str, Part]:
    """The fields of a form; none where it is no form."""
    boundary = re.search(r'boundary="?([^";]+)', request.headers.get("content-type", ""))
    if boundary is None:
        return {}
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
