"""The one page women see, and the script that puts it into a partner's page.

Rule 1: everything comes in one answer, styles and script with it: on a slow network each request
is a wait. It is not cached: what is not on her phone cannot be found there.
Rule 2: nothing about it says what it is for. Title, icon and address are anybody's.
Rule 3: opening it keeps nothing. Who only looks becomes no row.
"""

import gzip
import re
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation import lima_day
from bot.dialogue.catalogue import Catalogue
from bot.translations import Translations
from bot.web import wording

Library = Callable[[], tuple[Catalogue, Translations]]

TITLE: Final = "Chat"
# What anybody may have open; nothing of ours, since the address bar is read too.
EXIT_URL: Final = "https://www.google.com/search?q=clima+hoy"

EVERYBODY: Final = ("*",)

_HERE: Final = Path(__file__).parent
# Indentation and whole lines of comment: a fifth of the bytes, and none of her business.
_SPARE = re.compile(r"^[ \t]*(//.*|/\*.*\*/)?\n?", re.MULTILINE)
_SECRECY: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding, Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Type": "text/html; charset=utf-8",
}
_SCRIPT_FOR_ALL: Final = {
    "Cache-Control": "public, max-age=3600",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "Content-Type": "text/javascript; charset=utf-8",
}


@dataclass(slots=True)
class _Edition:
    """What was made from one state of content and translations, on one day."""

    catalogue: Catalogue
    translations: Translations
    day: date
    pages: dict[str, bytes] = field(default_factory=dict)  # by language
    script: bytes = b""


class Pages:
    """`embeds` says which pages may show `/?embed` in a frame: any, unless told otherwise. What is
    in there has no account and no powers a stranger could borrow. The plain page cannot be framed.
    """

    def __init__(
        self,
        library: Library,
        *,
        title: str = TITLE,
        exit_url: str = EXIT_URL,
        embeds: Iterable[str] = EVERYBODY,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._library = library
        self._title = title
        self._exit_url = exit_url
        self._now = now
        self._style = _static("chat.css")
        self._script = _alone(_static("chat/*.js"))
        self._embed = _static("embed.js")
        self._headers = {
            False: {**self._policy("'none'"), "X-Frame-Options": "DENY"},
            True: self._policy(" ".join(embeds)),
        }
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._edition: _Edition | None = None

    async def chat(self, request: Request) -> Response:
        edition = self._today()
        wanted = request.query_params.get("lang") or request.headers.get("Accept-Language", "")
        language = wording.preselected(wanted, edition.translations)
        if language not in edition.pages:
            edition.pages[language] = self._page(language, edition).encode()
        is_embedded = "embed" in request.query_params
        return _small(request, edition.pages[language], self._headers[is_embedded])

    async def embed(self, request: Request) -> Response:
        edition = self._today()
        edition.script = edition.script or self._embed_script(edition).encode()
        return _small(request, edition.script, _SCRIPT_FOR_ALL)

    def _today(self) -> _Edition:
        catalogue, translations = self._library()
        day, last = lima_day(self._now()), self._edition
        if last and last.translations is translations and last.catalogue is catalogue:
            if last.day == day:
                return last
        self._edition = _Edition(catalogue, translations, day)
        return self._edition

    def _page(self, language: str, edition: _Edition) -> str:
        catalogue, translations, day = edition.catalogue, edition.translations, edition.day
        labels = wording.labels(translations)
        return self._templates.get_template("chat.html").render(
            title=self._title,
            language=language,
            here=labels[language],
            start=wording.in_each("language.ask", language, translations),
            languages=translations.languages,
            emergency=wording.emergency(language, catalogue, translations, day),
            exits=wording.in_each("button.exit", language, translations),
            style=Markup(self._style),
            script=Markup(self._script),
            data={
                "words": labels,
                "exits": wording.exits(translations),
                "away": self._exit_url,
                "call": wording.to_call(catalogue, day),
                "numbers": wording.short_numbers(catalogue, day),
                "harmless": wording.harmless(catalogue, translations, day),
            },
        )

    def _embed_script(self, edition: _Edition) -> str:
        words = {
            tag: {name: each[name] for name in ("open", "close")}
            for tag, each in wording.labels(edition.translations).items()
        }
        told = self._templates.from_string("var words = {{ w|tojson }}, away_to = {{ a|tojson }};")
        head = told.render(w=words, a=self._exit_url)
        return _alone(f"{head}\n{self._embed}")

    def _policy(self, framed_by: str) -> dict[str, str]:
        policy = (
            "default-src 'none'",
            f"script-src '{_hash(self._script)}'",
            f"style-src '{_hash(self._style)}'",
            "connect-src 'self'",
            "img-src data:",
            "media-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {framed_by}",
        )
        return {**_SECRECY, "Content-Security-Policy": "; ".join(policy)}


def _static(pattern: str) -> str:
    """All files of that name, in order, without what only we read."""
    files = sorted((_HERE / "static").glob(pattern))
    return _SPARE.sub("", "".join(each.read_text("utf-8") for each in files))


def _alone(script: str) -> str:
    """Names of its own: it shares the page with nobody's script, or with a partner's."""
    return f'(function () {{\n"use strict";\n{script}}}());\n'


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _small(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """Squeezed, when the browser can take it: 8 kB and not 25 over a connection paid by the MB."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(body, headers=headers)
    return Response(_squeezed(body), headers={**headers, "Content-Encoding": "gzip"})


@lru_cache(maxsize=16)
def _squeezed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
