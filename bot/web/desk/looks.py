"""Templates, and the files a page loads: read once, squeezed once, named by what is in them."""

import gzip
import mimetypes
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from bot.web.bubbles import shown

_WEB: Final = Path(__file__).parent.parent
STATIC: Final = "/console/static"

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_WEB / "templates" / "console"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

TEMPLATES.filters["shown"] = shown
TEMPLATES.filters["base64"] = lambda some: urlsafe_b64encode(some).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class File:
    body: bytes
    squeezed: bytes
    kind: str
    mark: str

    def answer(self, request: Request) -> Response:
        headers = {"Cache-Control": "private, max-age=86400", "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return Response(self.body, headers=headers, media_type=self.kind)
        headers["Content-Encoding"] = "gzip"
        return Response(self.squeezed, headers=headers, media_type=self.kind)


def _read(path: Path) -> File:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(body, gzip.compress(body, mtime=0), kind, sha256(body).hexdigest()[:12])


FILES: Final = {
    path.name: _read(path)
    for folder in ("console", "vendor")
    for path in sorted((_WEB / "static" / folder).glob("*.*"))
}


def static_url(name: str) -> str:
    """Another address for other bytes: nobody works with last week's script."""
    return f"{STATIC}/{name}?{FILES[name].mark}"
