"""The recordings of topics, for the web chat: those that are offered just now, and no others.

Rule 1: the same for everybody, with nothing of hers: who asks for one is nobody's business.
Rule 2: her browser may keep one for as long as her page would be kept, so that hearing it again
costs no data; leaving the page has it dropped (bot/web/chat.py).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from bot.dialogue.catalogue import Catalogue
from bot.translations import Translations

SOUNDS: Final = "/audio"
_HALF_AN_HOUR_S: Final = 1800
_HEADERS: Final = {
    "Cache-Control": f"private, max-age={_HALF_AN_HOUR_S}",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

Library = Callable[[], tuple[Catalogue, Translations]]
Locate = Callable[[str], Path]
"""Where a file of ours is, by its path in the project."""


class Sounds:
    def __init__(self, library: Library, locate: Locate) -> None:
        self._library = library
        self._locate = locate

    async def file(self, request: Request) -> Response:
        catalogue, _ = self._library()
        path = request.path_params["path"]
        known = {sound.path for sound in catalogue.sounds.values()}
        if path not in known or not (file := self._locate(path)).is_file():
            return Response(status_code=404)
        return FileResponse(file, media_type="audio/ogg", headers=_HEADERS)
