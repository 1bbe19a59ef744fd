"""Stand before every page of the console: who may, from where, and with what the answer leaves.

Rule 1: who is not signed in learns nothing, not even which pages there are: each address leads to
signing in. Who is, and lacks the role, gets the same "not there" as for what is not there.
Rule 2: nothing is changed by a request that another site may have caused: cookies are strict, the
request has to come from our own page, and it carries a token only our own page has.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hmac import compare_digest
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from bot.dialogue.staff import Staff
from bot.store.base import StoreError
from bot.store.desk import Refused
from bot.web import wording
from bot.web.desk.call import (
    CSRF_FIELD,
    CSRF_HEADER,
    SAID_COOKIE,
    Call,
    Link,
    Office,
    Open,
    Page,
    csrf_of,
)

SIGN_IN: Final = "/console/sign-in"
PATIENCE_S: Final = 30.0
_LARGEST: Final = 2**63 - 1
_ALWAYS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not "no-referrer": browsers then hide from us that a form came from our own page.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    staff: Staff
    token: str


def cookie_name(office: Office) -> str:
    """Where there is https, browsers let nobody else set a cookie of that name."""
    return "__Host-willaq" if office.is_https else "willaq"


class Guard:
    """The ASGI application behind /console."""

    def __init__(self, office: Office, pages: Sequence[Page], opened: Sequence[Open]) -> None:
        self._office = office
        self._pages = pages
        self.rows: list[Page | Open] = [*opened, *pages]
        self._doors = [(row.method, compile_path(row.path)[0], row) for row in self.rows]
        self._convertors = {row.path: compile_path(row.path)[2] for row in self.rows}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            answer = await self.answer(self._match(scope), request)
        finally:
            await request.close()  # the files that came with a form
        await answer(scope, receive, send)

    def _match(self, scope: Scope) -> Page | Open | None:
        for method, pattern, row in self._doors:
            found = pattern.match(scope["path"]) if method == scope["method"] else None
            if found:
                convertors = self._convertors[row.path]
                try:
                    scope["path_params"] = {
                        name: _small(convertors[name].convert(value))
                        for name, value in found.groupdict().items()
                    }
                except ValueError:
                    return None  # the same as what is not there
                return row
        return None

    async def answer(self, row: Page | Open | None, request: Request) -> Response:
        """Whatever happens, with what every answer carries."""
        if not is_ours(request, self._office):
            return _sealed(PlainTextResponse("Not found", 404))
        call = Call(self._office, request, self._language(request))
        try:
            session = await self._session(request, row)
            call = self._call(request, session)
            return _sealed(await self._decide(row, call, session))
        except StoreError:
            return _sealed(call.error("busy", 503))
        except Refused as refused:
            return _sealed(call.page("error.html", status=409, what=f"refused.{refused.why}"))
        except ClientDisconnect:
            return Response(status_code=400)
        except HTTPException:
            return _sealed(call.error("form", 400))
        except Exception:
            log.exception("a page of the console failed")
            return _sealed(call.error("ours", 500))

    async def _decide(
        self, row: Page | Open | None, call: Call, session: Session | None
    ) -> Response:
        if isinstance(row, Open):
            if row.method == "POST" and not _comes_from_us(call.request, self._office):
                return call.error("elsewhere", 403)
            if _is_larger(call.request, row.most_bytes):
                return call.error("large", 413)
            if _is_in_odd_letters(call.request):
                return call.error("form", 400)
            if not await _comes_in_time(call):
                late = call.error("form", 408)
                late.headers["Connection"] = "close"
                return late
            return await row.shows(call)
        if session is None:
            return _to_sign_in(call)
        if row is None or row.roles.isdisjoint(session.staff.roles):
            return call.not_found()
        if _is_larger(call.request, row.most_bytes):
            return call.error("large", 413)
        if _is_in_odd_letters(call.request):
            return call.error("form", 400)
        if row.method == "POST" and not await self._is_meant(call):
            return call.error("elsewhere", 403)
        return await row.shows(call, session.staff)

    async def _is_meant(self, call: Call) -> bool:
        if not _comes_from_us(call.request, self._office):
            return False
        given = call.request.headers.get(CSRF_HEADER) or (await call.form()).get(CSRF_FIELD, "")
        return compare_digest(given.encode(), csrf_of(self._office.sign, call.token).encode())

    async def _session(self, request: Request, row: Page | Open | None) -> Session | None:
        token = request.cookies.get(cookie_name(self._office), "")
        if not token:
            return None
        keep = row.keeps if isinstance(row, Page) else True
        staff = await self._office.store.session(token, now=self._office.now(), keep=keep)
        return Session(staff, token) if staff else None

    def _call(self, request: Request, session: Session | None) -> Call:
        said = request.cookies.get(SAID_COOKIE, "")
        said = said if said.startswith("console.said.") else ""
        call = Call(self._office, request, self._language(request), said=said)
        if session is None:
            return call
        staff = session.staff
        call = replace(call, staff=staff, token=session.token, language=staff.language)
        return replace(call, links=self._links(call, staff))

    def _links(self, call: Call, staff: Staff) -> list[Link]:
        here = call.request.url.path
        return [
            Link(row.path, call.say(row.link), _is_below(here, row.path))
            for row in self._pages
            if row.link and not row.roles.isdisjoint(staff.roles)
        ]

    def _language(self, request: Request) -> str:
        wanted = request.query_params.get("lang") or request.headers.get("Accept-Language", "")
        spoken = self._office.library()[1].console_languages
        return wording.preselected_of([each.tag for each in spoken], wanted)


def _is_larger(request: Request, most_bytes: int) -> bool:
    """Every browser says how much it sends; what says nothing could go on for ever."""
    if request.method != "POST":
        return False
    told = request.headers.get("Content-Length", "")
    return not told.isdecimal() or len(told) > 15 or int(told) > most_bytes


def _is_in_odd_letters(request: Request) -> bool:
    """No browser names letters for a form with files; who does chooses how long reading takes. A
    little "punycode" keeps Python busy for a second, and every woman waits for that."""
    kind = request.headers.get("Content-Type", "").lower()
    return "multipart" in kind and "charset" in kind


async def _comes_in_time(call: Call) -> bool:
    """A stranger who sends a letter a minute would hold a connection that a woman needs."""
    if call.request.method != "POST":
        return True
    try:
        async with asyncio.timeout(PATIENCE_S):
            await call.form()
    except TimeoutError:
        return False
    return True


def _small(value: object) -> object:
    """Raises ValueError, as for what is no number: the database holds none so large."""
    if isinstance(value, int) and value > _LARGEST:
        raise ValueError
    return value


def _is_below(here: str, path: str) -> bool:
    return here == path or (path != "/console" and here.startswith(f"{path}/"))


def _to_sign_in(call: Call) -> Response:
    if call.request.headers.get("Sec-Fetch-Site") == "cross-site" and call.request.method == "GET":
        # She pressed a link in her mail or chat: a strict cookie stays away from that, and comes
        # with what our own page asks for the next moment.
        return call.page("again.html")
    back = _page_of(call.request)
    to = SIGN_IN if back in ("", "/console") else f"{SIGN_IN}?to={quote(back)}"
    if call.is_partial:
        return Response(status_code=204, headers={"HX-Redirect": to})
    return RedirectResponse(to, 303)


def _page_of(request: Request) -> str:
    """Which page she looks at: what is sent, or is a part, comes from one."""
    if request.method == "GET" and request.headers.get("HX-Request") != "true":
        return request.url.path
    try:
        path = urlsplit(request.headers.get("Referer", "")).path
    except ValueError:
        return ""
    return path if path.startswith("/console/") else ""


def _sealed(answer: Response) -> Response:
    for name, value in _ALWAYS.items():
        answer.headers.setdefault(name, value)
    return answer


def is_ours(request: Request, office: Office) -> bool:
    """Was it asked for by our own name? Passwords go over https, or stay on this machine."""
    host = _hostname(f"//{request.headers.get('Host', '')}")
    return is_loopback(host) or (office.is_https and host == _hostname(office.public_url or ""))


def _comes_from_us(request: Request, office: Office) -> bool:
    """Was it our own page that sent this? Every browser says so in one of two ways."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return site is not None
    host = request.headers.get("Host", "")
    return origin in (office.public_url, *([f"http://{host}"] if is_loopback_url(host) else []))


def is_loopback_url(host: str) -> bool:
    return is_loopback(_hostname(f"//{host}"))


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
