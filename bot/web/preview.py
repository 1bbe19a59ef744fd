"""A page for translators: one topic or phrase as every channel shows it, anew whenever it is saved.

Rule 1: no woman's screen changes under her eyes. This page is another one, with its own door, and
`gate` says for whom it opens; for everybody else it is not there.
Rule 2: it shows what is served, and changes nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, Final
from urllib.parse import quote

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.preview import Previewer, Unknown
from bot.web.bubbles import shown
from bot.web.wording import PREVIEW, SPANISH, STATES

Gate = Callable[[Request], Awaitable[bool]]

DOOR: Final = "/preview"
LOOK_S: Final = 0.1
STREAM_S: Final = 300.0  # then the page asks again: a line that died unnoticed ends some time
HEARTBEAT_S: Final = 15.0
MOST_STREAMS: Final = 20
THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_HERE: Final = Path(__file__).parent
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_STREAM: Final = {
    **_HEADERS, "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no",
}  # fmt: skip


async def nobody(request: Request) -> bool:
    return False


async def on_this_machine(request: Request) -> bool:
    """Who sits at the machine that Willaq runs on, through no proxy and under no other name: a page
    of somebody else's that is open in the same browser is not let in."""
    client = request.client.host if request.client else ""
    name = (request.url.hostname or "").strip("[]")
    is_here = client in THIS_MACHINE and name in THIS_MACHINE
    return is_here and not any(each in request.headers for each in _FORWARDED)


class PreviewPages:
    """`edition` changes when something else is served. `is_closed` says that the process ends."""

    def __init__(
        self,
        previewer: Previewer,
        *,
        edition: Callable[[], int],
        today: Callable[[], date],
        is_closed: Callable[[], bool],
        gate: Gate = on_this_machine,
    ) -> None:
        self._previewer = previewer
        self._edition = edition
        self._today = today
        self._is_closed = is_closed
        self._gate = gate
        self._streams = 0
        self._one_at_a_time = asyncio.Lock()
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(words=PREVIEW, states=STATES, address=_address)
        self._templates.filters["shown"] = shown

    def routes(self) -> list[BaseRoute]:
        doors = (
            ("", self._start),
            (".css", self._file("preview.css", "text/css")),
            (".js", self._file("preview.js", "text/javascript")),
            ("/{language}", self._topics),
            ("/stream/{language}/{asked:path}", self._stream),
            ("/{language}/{asked:path}", self._page),
        )
        return [Route(f"{DOOR}{path}", self._let_in(door), methods=["GET"]) for path, door in doors]

    def _let_in(
        self, door: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if not await self._gate(request):
                return Response("Not Found", status_code=404)
            try:
                return await door(request)
            except Unknown as error:
                return self._html(
                    "preview_index.html", 404, told=str(error), topics=[], language=""
                )

        return answer

    async def _start(self, request: Request) -> Response:
        tags = [tag for tag, _ in self._previewer.languages()]
        first = next((tag for tag in tags if tag != SPANISH), SPANISH)
        return RedirectResponse(f"{DOOR}/{first}", status_code=307, headers=_HEADERS)

    async def _topics(self, request: Request) -> Response:
        language = request.path_params["language"]
        topics = self._previewer.topics(language)
        return self._html("preview_index.html", told="", topics=topics, language=language)

    async def _page(self, request: Request) -> Response:
        asked, language = _about(request)
        body = await self._body(asked, language)
        return self._html("preview.html", body=body, asked=asked, language=language)

    async def _stream(self, request: Request) -> Response:
        """Server-sent events: the page's inside, whenever it is another."""
        about = _about(request)
        await self._body(*about)
        if self._streams >= MOST_STREAMS:
            return Response(status_code=429, headers={**_HEADERS, "Retry-After": "30"})
        return StreamingResponse(
            self._events(*about), media_type="text/event-stream", headers=_STREAM
        )

    async def _events(self, asked: str, language: str) -> AsyncIterator[bytes]:
        self._streams += 1
        try:
            ends = monotonic() + STREAM_S
            told, seen, spoke = "", -1, monotonic()
            yield b"retry: 1000\n\n"
            while not self._is_closed() and monotonic() < ends:
                edition = self._edition()
                body = await self._body_or_word(asked, language) if edition != seen else told
                if body != told:
                    yield b"data: %s\n\n" % orjson.dumps({"body": body, "first": not told})
                    told, spoke = body, monotonic()
                elif monotonic() - spoke > HEARTBEAT_S:
                    yield b":\n\n"
                    spoke = monotonic()
                seen = edition
                await asyncio.sleep(LOOK_S)
        finally:
            self._streams -= 1

    async def _body(self, asked: str, language: str) -> str:
        """In a thread: women are answered in this one. Raises Unknown."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._rendered, asked, language)

    def _rendered(self, asked: str, language: str) -> str:
        preview = self._previewer.of(asked, language, self._today())
        return self._templates.get_template("preview_body.html").render(preview=preview)

    async def _body_or_word(self, asked: str, language: str) -> str:
        """What was asked for may be gone by now, and come back."""
        try:
            return await self._body(asked, language)
        except Unknown as error:
            return str(Markup('<p class="wrong">{}</p>').format(str(error)))

    def _html(self, template: str, status: int = 200, **values: Any) -> Response:
        html = self._templates.get_template(template).render(
            languages=self._previewer.languages(), **values
        )
        return Response(html, status, _HEADERS, "text/html")

    def _file(self, name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
        body = (_HERE / "static" / name).read_bytes()

        async def answer(request: Request) -> Response:
            return Response(body, headers=_HEADERS, media_type=kind)

        return answer


def _about(request: Request) -> tuple[str, str]:
    return request.path_params["asked"], request.path_params["language"]


def _address(language: str, asked: str = "") -> str:
    """A key has a # in it, which would be the browser's."""
    return f"{DOOR}/{quote(language)}" + (f"/{quote(asked)}" if asked else "")
