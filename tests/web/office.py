"""The console in this process: the real pages over the real database, and browsers before them."""

import re
import time
from html import unescape
from pathlib import Path
from typing import Any, Self

import argon2
import httpx2
import pyotp
from starlette.applications import Starlette

from bot import settings
from bot.broadcasts import Broadcasts
from bot.channels.base import Channel
from bot.channels.fit import fit
from bot.console_rooms import rooms
from bot.dialogue.staff import Role
from bot.outbox import Outbox
from bot.preview import CHANNELS
from bot.store.addresses import Vault
from bot.store.desk import Doer
from bot.store.sqlite import MEMORY, SqliteStore
from bot.web import console
from bot.web.desk.call import Office
from bot.web.desk.proofs import Proofs
from bot.web.login import Gates, Login
from tests.outgoing import Phones
from tests.web.house import HOME, library, shelves

COMMAND = Doer(None, "command")
PASSWORD = "cuatro gatos bailan huayno"
NOWHERE = Path("/nowhere")
BASE = "http://127.0.0.1:8080"
RATES = {"telegram": 30.0, "whatsapp": 80.0}


class Bureau:
    """A console that nobody works at yet. `ahead_s` is how far its clock is before ours.
    `catalogue` is what a test may change; `folder` is where its data would be."""

    def __init__(
        self,
        *,
        public_url: str | None = None,
        base: str = BASE,
        folder: Path = NOWHERE,
        two_person: bool = True,
    ) -> None:
        self.settings = settings.read({"WILLAQ_DATA_DIR": str(folder)}, HOME)
        self.catalogue = library()[0]
        self.public_url = public_url
        self.two_person = two_person
        self.base = base
        self.ahead_s = 0.0
        self._browsers: list[Browser] = []

    def now(self) -> float:
        return time.time() + self.ahead_s

    async def __aenter__(self) -> Self:
        self.store = await SqliteStore.open(MEMORY, Vault.in_memory())
        self.phones = Phones()
        channels: dict[str, Channel] = {"telegram": self.phones}
        self.outbox = Outbox(self.store, channels, lambda: library()[1], now=self.now)
        self.rooms = rooms(
            self.settings, shelves(), self.store, self.outbox, channels, now=self.now
        )
        # As strong as in the house would cost each test a second.
        cheap = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.broadcasts = Broadcasts(
            self.store, lambda: library()[1], RATES,
            lambda name, message: fit(message, CHANNELS[name]),
            two_person=self.two_person,
            has_file=lambda path: self.settings.file(path).is_file(),
            now=self.now,
        )  # fmt: skip
        self.office = Office(
            self.store, lambda: (self.catalogue, library()[1]), self.store.vault.sign,
            self.broadcasts, rooms=self.rooms, public_url=self.public_url,
            two_person=self.two_person, now=self.now, proofs=Proofs(cheap),
        )  # fmt: skip
        self.gates = Gates()
        self.login = Login(self.office, gates=self.gates)
        self.guard = console.guarding(self.office, self.login)
        self.app = Starlette(routes=console.routes(self.office, self.login))
        return self

    async def __aexit__(self, *error: object) -> None:
        for each in self._browsers:
            await each.web.aclose()
        await self.store.close()

    def browser(self, **headers: str) -> "Browser":
        made = Browser(self, headers)
        self._browsers.append(made)
        return made

    async def link(self, name: str, *roles: Role, lasts_s: float = 3600) -> str:
        made = await self.store.invite(
            name, roles or ("organizer",), doer=COMMAND, now=self.now(), lasts_s=lasts_s
        )
        return f"/console/join/{made.token}"

    async def hired(self, name: str, *roles: Role) -> "Browser":
        """Somebody who came by her invitation and is signed in."""
        browser = self.browser()
        answer = await browser.joins(await self.link(name, *roles), name.lower())
        assert answer.status_code == 303, answer.text
        return browser


class Browser:
    """One browser of one person. `secret` is what her app for codes holds."""

    def __init__(self, bureau: Bureau, headers: dict[str, str]) -> None:
        self.bureau = bureau
        self.secret = ""
        self.login = ""
        self.web = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=bureau.app),
            base_url=bureau.base,
            headers={"Accept-Language": "es-PE", **headers},
        )

    async def opens(self, path: str, **headers: str) -> httpx2.Response:
        return await self.web.get(path, headers=headers)

    async def sends(self, path: str, **fields: Any) -> httpx2.Response:
        """As a form of our own page does."""
        return await self.posts(path, fields)

    async def posts(
        self, path: str, fields: dict[str, Any], headers: dict[str, str] | None = None
    ) -> httpx2.Response:
        """`headers` in place of a browser's own."""
        own = {"Origin": self.bureau.base, "Sec-Fetch-Site": "same-origin"}
        return await self.web.post(path, data=fields, headers=own if headers is None else headers)

    async def submits(self, page: str, to: str = "", **fields: Any) -> httpx2.Response:
        """Open a page, fill in its form, send it with what stands hidden in it."""
        shown = await self.opens(page)
        return await self.sends(to or page, csrf=token_in(shown.text), **fields)

    def code(self) -> str:
        """A new one each time: a code counts once."""
        now = self.bureau.now()
        self.bureau.ahead_s += 30
        return pyotp.TOTP(self.secret).at(int(now) + 30)

    async def joins(self, link: str, login: str, /, **other: str) -> httpx2.Response:
        page = await self.opens(link)
        assert page.status_code == 200, page.text
        self.secret, self.login = secret_in(page.text), login
        fields = {"login": login, "password": PASSWORD, "again": PASSWORD, "code": self.code()}
        return await self.sends(link, **{**fields, **other})

    async def signs_in(self, **other: str) -> httpx2.Response:
        fields = {"login": self.login, "password": PASSWORD, "code": self.code(), **other}
        return await self.sends("/console/sign-in", **fields)


def token_in(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found, "no form"
    return found[1]


def secret_in(page: str) -> str:
    found = re.search(r"secret=([A-Z2-7]+)", unescape(page))
    assert found, page
    return found[1]
