"""The console's whole journey in a real browser, before the real Willaq and a strict Telegram: from
the invitation to the report. `pytest --update-pictures` takes the pictures of docs/announce.md.
"""

import json
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.async_api import FloatRect, Locator, Page, ViewportSize, expect

from bot.store.addresses import Vault
from tests.standins import whatsapp
from tests.standins.telegram import TOKEN, Fault, Standin
from tests.web.browser import Stage, Tab, opened, staged, violations
from tests.web.office import PASSWORD
from tests.web.test_console_page import overflow, too_small
from tests.willaq import HOME, command, free_port, on_whatsapp

PICTURES = HOME / "docs" / "announce"
PHONE: ViewportSize = {"width": 360, "height": 740}
SMALL: ViewportSize = {"width": 320, "height": 568}
DESK: ViewportSize = {"width": 1280, "height": 800}
LARGEST_PICTURE, TALLEST = 150_000, 1000
FIRST_CHAT = 5_400_000_001
SPANISH, QUECHUA, BLOCKED, UNKNOWN = 200, 100, 3, 2
MANY = SPANISH + QUECHUA
RATE = 60.0  # a second: it can be watched, and paused in the middle
TEXT = "El sábado a las 10 hay un taller sobre tus derechos, en Huanta. Es gratis."
TEXT_QUY = "Sábado punchaw chunka pachapi Huantapi huñunakuy kanqa derechoykikunamanta."


@dataclass
class Person:
    """Somebody who works here, at her own browser. `codes` is her app's."""

    tab: Tab
    url: str
    codes: pyotp.TOTP
    used: int = 0

    @property
    def page(self) -> Page:
        return self.tab.page

    def code(self) -> str:
        """Each counts once."""
        self.used = max(self.used + 30, int(time.time()))
        return self.codes.at(self.used)

    async def goes(self, path: str = "") -> None:
        await self.page.goto(f"{self.url}/console{path}")

    async def presses(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).click()

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("main")).to_contain_text(words)


@dataclass
class Journey:
    stage: Stage
    telegram: Standin
    url: str
    pictures: bool
    stack: AsyncExitStack

    async def comes(self, link: str, login: str, size: ViewportSize) -> Person:
        """By her invitation, in a browser of her own."""
        path = link[link.index("/console") :]
        tab = await self.stack.enter_async_context(
            opened(self.stage.browser, self.stage.willaq, viewport=size)
        )
        page = tab.page
        await page.goto(self.url + path)
        uri = await page.locator(".code a").get_attribute("href")
        codes = pyotp.parse_uri(uri or "")
        assert isinstance(codes, pyotp.TOTP)
        person = Person(tab, self.url, codes)
        await page.get_by_label("Elige tu usuario").fill(login)
        await page.get_by_label("Elige una contraseña").fill(PASSWORD)
        await page.get_by_label("Escríbela otra vez").fill(PASSWORD)
        await page.get_by_label("Código de 6 cifras").fill(person.code())
        await person.presses("Crear mi cuenta y entrar")
        await page.wait_for_url("**/console")
        return person

    async def looks(self, who: Person, name: str = "", part: str = "main") -> None:
        """Is the page right for everybody, also on the smallest telephone? `name`: its picture."""
        page, size = who.page, who.page.viewport_size
        assert await violations(page) == [], page.url
        if name and self.pictures:
            await take(page.locator(part), name)
        for each in (SMALL, DESK):
            await page.set_viewport_size(each)
            assert await overflow(page) <= 0, page.url
            assert await too_small(page) == [], page.url
        await page.set_viewport_size(size or DESK)

    def sent(self) -> int:
        return sum(call.method == "sendMessage" for call in self.telegram.calls)


async def take(part: Locator, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}.png"
    box = await part.bounding_box()
    assert box is not None
    y = box["y"] + await part.evaluate("() => scrollY")
    height = min(box["height"], TALLEST)
    clip: FloatRect = {"x": box["x"], "y": y, "width": box["width"], "height": height}
    await part.page.screenshot(path=path, animations="disabled", full_page=True, clip=clip)
    assert path.stat().st_size < LARGEST_PICTURE, name


def women(folder: Path) -> None:
    """Who said yes to announcements, at any hour; and some on WhatsApp who wrote long ago."""
    vault = Vault.open(folder / "data.key", make=False)
    rows = [("telegram", "es" if at < SPANISH else "quy", FIRST_CHAT + at) for at in range(MANY)]
    rows += [("whatsapp", "es", 51_900_000_001 + at) for at in range(12)]
    query = """
        INSERT INTO people (
            channel, language, address_index, address, window_until, greeted, wanted, last_seen,
            hours_from, hours_until
        ) VALUES (?, ?, ?, ?, ?, 1, 1, '2026-01-15', 0, 0)
    """
    with closing(sqlite3.connect(folder / "data" / "willaq.db")) as database, database:
        for channel, language, number in rows:
            index = vault.index("address", channel, str(number))
            address = vault.seal(str(number).encode(), "address", channel)
            window = 1.0 if channel == "whatsapp" else None
            database.execute(query, (channel, language, index, address, window))


@pytest.fixture
async def journey(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Journey]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(Standin(rate=0, chat_rate=0))
        meta = await stack.enter_async_context(whatsapp.Standin())
        settings = {
            **on_whatsapp(meta, free_port()),
            "WILLAQ_TELEGRAM_TOKEN": TOKEN,
            "WILLAQ_TELEGRAM_API_URL": telegram.url,
            "WILLAQ_TELEGRAM_RATE": str(RATE),
        }
        stage = await stack.enter_async_context(staged(tmp_path, **settings))
        women(tmp_path)
        pictures = request.config.getoption("--update-pictures")
        yield Journey(stage, telegram, stage.willaq.url, pictures, stack)


@pytest.mark.timeout(180)
async def test_from_the_invitation_to_the_report(journey: Journey) -> None:
    elena, nora = await come(journey)
    await composes(journey, elena)
    await loses_nothing(journey, elena)
    await tries(journey, elena)
    await is_sent_back(journey, elena, nora)
    await is_approved(journey, elena, nora)
    await is_watched_and_paused(journey, elena)
    await is_reported(journey, elena)
    for who in (elena, nora):
        # A browser notes each answer that is no success: her faults, and what was asked too often.
        told = [each for each in who.tab.complaints if "422" not in each]
        assert told == [], told


async def come(journey: Journey) -> tuple[Person, Person]:
    """Elena by the command's link, Nora by Elena's."""
    code, said, wrong = await command(
        journey.stage.folder, "organizers", "invite", "Elena", "--json",
        "--role", "administrator", "--role", "organizer",
    )  # fmt: skip
    assert code == 0, wrong
    elena = await journey.comes(json.loads(said)["link"], "elena", DESK)
    await elena.goes("/people")
    await elena.page.get_by_label("Su nombre").fill("Nora")
    await elena.page.get_by_label("Leer los anuncios de otras").check()
    await elena.presses("Crear enlace")
    link = await elena.page.locator("code.link").inner_text()
    return elena, await journey.comes(link, "nora", PHONE)


async def composes(journey: Journey, elena: Person) -> None:
    page = elena.page
    await page.get_by_role("link", name="Anuncios").click()
    await elena.reads("Todavía no hay anuncios")
    await page.get_by_role("link", name="Escribir un anuncio").click()
    await page.get_by_label("Español", exact=True).first.fill(TEXT)
    spanish = page.get_by_role("region", name="Español")
    await expect(spanish.locator(".bubble").first).to_contain_text("El sábado a las 10")
    await expect(spanish.get_by_role("heading", name="WhatsApp")).to_be_visible()
    # What a stranger reads over her shoulder does not say what it is about.
    await expect(spanish.locator(".locked")).not_to_contain_text("sábado")
    await expect(page.locator("#count")).to_contain_text(f"{MANY + 12} mujeres")
    await expect(page.locator("#count")).to_contain_text("12 tienen cerrado WhatsApp")
    await page.get_by_label("Telegram").check()
    await expect(page.locator("#count")).to_contain_text(f"{MANY} mujeres")
    await page.get_by_label("Telegram").uncheck()
    await elena.presses("Guardar y ver el ensayo")
    await expect(page.locator("#e-title")).to_contain_text("Falta el título")
    await expect(page.locator("#f-text-es")).to_have_value(TEXT)
    await page.get_by_label("Título").fill("Taller en Huanta")


async def loses_nothing(journey: Journey, elena: Person) -> None:
    """Her session ends while she writes: she signs in and goes on with the same words."""
    page = elena.page
    await page.context.clear_cookies()
    await page.locator("#f-text-quy").fill(TEXT_QUY)
    await page.wait_for_url("**/console/sign-in?to=**")
    await page.get_by_label("Usuario").fill("elena")
    await page.get_by_label("Contraseña").fill(PASSWORD)
    await page.get_by_label("Código").fill(elena.code())
    await elena.presses("Entrar")
    await page.wait_for_url("**/announcements/new")
    await elena.reads("Recuperamos lo que habías escrito")
    await expect(page.locator("#f-title")).to_have_value("Taller en Huanta")
    await expect(page.locator("#f-text-quy")).to_have_value(TEXT_QUY)
    quechua = page.get_by_role("region", name="Runasimi (Ayacucho)")
    await expect(quechua.locator(".bubble").first).to_contain_text("chunka pachapi")
    await journey.looks(elena, "compose", "#compose")
    if journey.pictures:
        await page.set_viewport_size(PHONE)
        await take(page.get_by_role("region", name="Español"), "bubbles-phone")
        await page.set_viewport_size(DESK)


async def tries(journey: Journey, elena: Person) -> None:
    await elena.presses("Guardar y ver el ensayo")
    await elena.reads("todavía no se envió nada")
    table = elena.page.get_by_role("region", name="Por canal e idioma")
    await expect(table).to_contain_text("Telegram")
    await expect(table).to_contain_text("primero un toque, que cuesta")
    await journey.looks(elena, "dry-run", "section[aria-labelledby=dry-run]")
    await elena.page.go_back()
    await expect(elena.page.locator("[data-restored]")).to_be_hidden()
    await elena.page.go_forward()
    await elena.presses("Enviarme una prueba")
    await elena.reads("une primero tu chat")
    await elena.goes("/announcements/1")
    await elena.presses("Pedir aprobación")
    await elena.reads("otra persona lo aprueba o lo devuelve")
    await expect(elena.page.get_by_role("button", name="Aprobar")).to_have_count(0)


async def is_sent_back(journey: Journey, elena: Person, nora: Person) -> None:
    await nora.goes()
    await nora.page.get_by_role("link", name="Espera tu aprobación").click()
    await nora.reads("Lee abajo cada mensaje entero")
    await journey.looks(nora, "approve-phone", "section[aria-labelledby=do]")
    await nora.page.get_by_label("¿Qué hay que cambiar?").fill("Esta vez solo por Telegram.")
    await nora.presses("Devolver")
    await elena.goes()
    await elena.page.get_by_role("link", name="Te lo devolvieron").click()
    await elena.reads("Esta vez solo por Telegram.")
    await elena.page.get_by_role("link", name="Cambiar").click()
    await elena.page.get_by_label("Telegram").check()
    await elena.page.locator("#f-text-es").fill(TEXT.replace("Es gratis", "No cuesta nada"))
    await elena.presses("Guardar y ver el ensayo")
    await elena.presses("Pedir aprobación")
    await elena.reads("otra persona lo aprueba")


async def is_approved(journey: Journey, elena: Person, nora: Person) -> None:
    await nora.goes("/announcements/1")
    await expect(nora.page.locator("ins").last).to_contain_text("No cuesta nada")
    await journey.looks(nora, "changes-phone", "section[aria-labelledby=changes]")
    await nora.presses("Aprobar")
    await nora.reads("Aprobado. Todavía no empieza")
    await elena.goes("/announcements/1")
    assert journey.sent() == 0


async def is_watched_and_paused(journey: Journey, elena: Person) -> None:
    page, telegram = elena.page, journey.telegram
    for at in range(BLOCKED):
        telegram.refused[FIRST_CHAT + 50 + at] = (403, "Forbidden: bot was blocked by the user")
    telegram.faults.append(Fault("drop", times=UNKNOWN))
    await elena.presses("Empezar ahora")
    progress = page.get_by_role("progressbar")
    await expect(progress).to_have_attribute("max", str(MANY))
    await expect(progress).not_to_have_attribute("value", "0")
    pause = page.get_by_role("button", name="Pausar")
    await pause.focus()
    seen = await progress.get_attribute("value")
    await expect(progress).not_to_have_attribute("value", seen or "")
    await expect(pause).to_be_focused()
    if journey.pictures:
        await take(page.locator("#live"), "watch")
    await page.keyboard.press("Enter")
    began = time.monotonic()
    await expect(page.locator("#live [role=status]")).to_have_text("En pausa")
    assert time.monotonic() - began < 1.0
    paused = journey.sent()
    assert 0 < paused < MANY
    await journey.looks(elena)
    assert journey.sent() - paused <= RATE, "within one second of sending"
    stopped = journey.sent()
    await page.wait_for_timeout(500)
    assert journey.sent() == stopped
    await elena.presses("Reanudar")
    await expect(page.locator("#live [role=status]")).to_have_text("Terminado", timeout=30_000)


async def is_reported(journey: Journey, elena: Person) -> None:
    page = elena.page
    await adds_up(page, {"No llegaron: ella bloqueó a Willaq": BLOCKED, "No se sabe": UNKNOWN})
    got = [chat for chat in journey.telegram.chats if chat >= FIRST_CHAT]
    texts = [[each.text for each in journey.telegram.said(chat)] for chat in got]
    assert {len(each) for each in texts} == {1}, "nobody twice"
    assert sum(TEXT_QUY in each[0] for each in texts) == QUECHUA
    await journey.looks(elena, "report")
    async with page.expect_download() as loading:
        await page.get_by_role("link", name="hoja de cálculo").click()
    table = (await (await loading.value).path()).read_text("utf-8-sig").splitlines()
    assert sum(int(line.rsplit(",", 1)[1]) for line in table[1:]) == MANY
    await page.get_by_role("link", name="Enviarlos otra vez…").click()
    await elena.reads("A algunas les llegará dos veces")
    await journey.looks(elena)
    await elena.presses("Sí, enviarlos otra vez")
    await expect(page.locator("#live [role=status]")).to_have_text("Terminado", timeout=10_000)
    await adds_up(page, {"No llegaron: ella bloqueó a Willaq": BLOCKED, "Enviados": MANY - BLOCKED})
    await elena.goes("/announcements")
    await journey.looks(elena, "list")
    await elena.goes("/audit")
    await elena.reads("envió otra vez lo que quedó sin saber")


async def adds_up(page: Page, so_many: dict[str, int]) -> None:
    rows: list[Any] = await page.locator("#live tbody tr").all_inner_texts()
    counts = {
        row.split("\n")[0]: int(re.findall(r"[\d,]+", row)[-1].replace(",", "")) for row in rows
    }
    assert sum(counts.values()) == MANY, counts
    await expect(page.locator("#live tfoot")).to_contain_text(str(MANY))
    for words, many in so_many.items():
        found = [count for said, count in counts.items() if said.startswith(words)]
        assert found == [many], counts
