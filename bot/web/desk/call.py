"""What a page of the console is given (a Call), and how it answers: a page, a part, a way on.

A page speaks through `say` and templates; it never puts HTML together itself.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.broadcasts import Broadcasts
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.hours import LIMA
from bot.dialogue.staff import ROLES, Role, Staff
from bot.dialogue.turn import Line
from bot.store.desk import BroadcastStore, Doer
from bot.store.team import StaffStore
from bot.store.watch import WatchStore
from bot.translations import Translations
from bot.web.desk.looks import TEMPLATES, static_url
from bot.web.desk.proofs import Proofs
from bot.web.desk.rooms import Rooms
from bot.web.flood import Gate

EVERYBODY: Final[frozenset[Role]] = frozenset(ROLES)  # who is signed in, whatever her roles
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-Willaq-Csrf"
SAID_COOKIE: Final = "willaq-said"


Sign = Callable[[bytes], bytes]


class DeskStore(StaffStore, BroadcastStore, WatchStore, Protocol):
    """All that the pages ask of the database."""


@dataclass(frozen=True, slots=True)
class Office:
    """What all pages work with. `sign` is the vault's; `public_url` as in the settings; `stopping`
    is set when Willaq stops, and ends what goes on by itself. `rooms`: those no page may know."""

    store: DeskStore
    library: Callable[[], tuple[Catalogue, Translations]]
    sign: Sign
    broadcasts: Broadcasts
    rooms: Rooms = field(kw_only=True)
    public_url: str | None = None
    two_person: bool = True
    now: Callable[[], float] = time.time
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    proofs: Proofs = field(default_factory=Proofs)
    # A session left open is no licence to guess her password.
    confirming: Gate = field(default_factory=lambda: Gate(1 / 60, burst=5))

    @property
    def is_https(self) -> bool:
        return (self.public_url or "").startswith("https:")


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the navigation."""

    path: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Site:
    """Where this is, as browsers see it."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `token` is her session's, "" where nobody is signed in."""

    office: Office
    request: Request
    language: str
    links: Sequence[Link] = ()
    staff: Staff | None = None
    token: str = field(default="", repr=False)
    said: str = ""  # what the page before wanted told

    def say(self, key: str, **values: object) -> str:
        """In her language. Values are filled in as they are; nothing of them is remembered."""
        line = Line(key, tuple((name, str(value)) for name, value in values.items()))
        return self.translations.say_once(line, self.language)

    @property
    def translations(self) -> Translations:
        return self.office.library()[1]

    @property
    def now(self) -> float:
        return self.office.now()

    @property
    def csrf(self) -> str:
        return csrf_of(self.office.sign, self.token) if self.token else ""

    @property
    def site(self) -> Site | None:
        """What a passkey is bound to. None: browsers make none for a number such as 127.0.0.1."""
        origin = self.office.public_url or f"http://{self.request.headers.get('Host', '')}"
        name = urlsplit(origin).hostname or ""
        is_number = ":" in name or name.replace(".", "").isdecimal()
        return None if is_number else Site(name, origin)

    @property
    def is_partial(self) -> bool:
        """Does htmx ask, for a part of a page that is there already?"""
        return self.request.headers.get("HX-Request") == "true"

    def day_and_time(self, at: float, form: str = "%d/%m/%Y %H:%M") -> str:
        """In Lima."""
        return datetime.fromtimestamp(at, LIMA).strftime(form)

    def doer(self) -> Doer:
        """For the store, which checks her roles once more."""
        assert self.staff is not None, "only of a page behind roles"
        return Doer(self.staff.id, "console", self.office.two_person)

    async def form(self) -> Mapping[str, str]:
        """What was typed, without blanks around it; of several values of one name the last."""
        typed = (await self.request.form()).multi_items()
        return {name: value.strip() for name, value in typed if isinstance(value, str)}

    async def chosen(self, name: str) -> list[str]:
        """All values of one name: ticked boxes."""
        return [each for each in (await self.request.form()).getlist(name) if isinstance(each, str)]

    async def upload(self, name: str) -> UploadFile | None:
        found = (await self.request.form()).get(name)
        return found if isinstance(found, UploadFile) and found.filename else None

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """`template` is in templates/console/. It may use all that `html` gives it."""
        answer = HTMLResponse(self.html(template, **values), status)
        if self.said:
            answer.delete_cookie(SAID_COOKIE, path="/console")
        return answer

    def html(self, template: str, **values: Any) -> str:
        """`say`, `static`, `call`, `languages` and what is given here can be used in it."""
        return TEMPLATES.get_template(template).render(
            call=self,
            say=self.say,
            static=static_url,
            languages=self.translations.console_languages,
            **values,
        )

    def go(self, path: str, said: str = "") -> Response:
        """On to a page, which begins with the phrase `said`. A reload there repeats nothing."""
        if self.is_partial:
            # A redirect would be followed unseen, and the whole page put where a part belongs.
            answer = Response(status_code=204, headers={"HX-Redirect": path})
        else:
            answer = RedirectResponse(path, 303)
        if said:
            answer.set_cookie(
                SAID_COOKIE, said, max_age=60, path="/console", httponly=True,
                secure=self.office.is_https, samesite="strict",
            )  # fmt: skip
        return answer

    def not_found(self) -> Response:
        """The same, to the letter, for what is not there and for what is not hers."""
        links = [replace(each, is_here=False) for each in self.links]
        return replace(self, links=links).error("none", 404)

    def error(self, what: str, status: int) -> Response:
        """`what`: see the phrases console.error.*"""
        return self.page("error.html", status=status, what=what)


Shows = Callable[[Call, Staff], Awaitable[Response]]
ShowsAnybody = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """A row of the table. `roles`: one of them is enough. `link` is the phrase that leads to it in
    the navigation, "" = it stands in none. `most_bytes` of what is sent to it. `keeps`: who asks
    for it did something; False where a page asks by itself, which keeps no session alive."""

    method: str
    path: str
    shows: Shows
    roles: frozenset[Role]
    link: str = ""
    most_bytes: int = 64 * 1024
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class Open:
    """A row for those who are not signed in."""

    method: str
    path: str
    shows: ShowsAnybody
    most_bytes: int = 64 * 1024


def csrf_of(sign: Sign, token: str) -> str:
    return sign(b"console csrf " + token.encode()).hex()


def getting(path: str, shows: Shows, *roles: Role, link: str = "") -> Page:
    """No role named: everybody who is signed in."""
    return Page("GET", path, shows, frozenset(roles) or EVERYBODY, link)


def polling(path: str, shows: Shows, *roles: Role) -> Page:
    """A part that a page fetches again and again by itself."""
    return Page("GET", path, shows, frozenset(roles) or EVERYBODY, keeps=False)


def posting(path: str, shows: Shows, *roles: Role, most_bytes: int = 64 * 1024) -> Page:
    return Page("POST", path, shows, frozenset(roles) or EVERYBODY, most_bytes=most_bytes)


open_getting = partial(Open, "GET")
open_posting = partial(Open, "POST")
