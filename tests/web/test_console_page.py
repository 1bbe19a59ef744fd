"""The console in a real browser before the real Willaq: from the invitation to the pages, by keys,
on a small screen, with a passkey."""

import json
import re
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Page, ViewportSize, expect

from tests.web.browser import Stage, Tab, opened, staged, violations
from tests.web.office import PASSWORD
from tests.willaq import Running, command

pytestmark = pytest.mark.asyncio(loop_scope="module")

SMALL: ViewportSize = {"width": 320, "height": 568}
DESK: ViewportSize = {"width": 1280, "height": 800}
PAGES = (
    "/console",
    "/console/people",
    "/console/people/1/revoke",
    "/console/audit",
    "/console/account",
    "/console/account/password",
    "/console/account/code",
    "/console/account/passkeys",
    "/console/account/chat",
    "/console/nothing-here",
)


@dataclass
class Office:
    """A Willaq whose first administrator came by the link the command printed."""

    stage: Stage
    url: str  # by name: browsers make no passkeys for a number
    codes: pyotp.TOTP
    signed_in: Any  # the cookies of her browser
    complaints: list[str]

    def tab(self, **options: Any) -> Any:
        willaq = self.stage.willaq
        here = Running(willaq.process, self.url)
        return opened(self.stage.browser, here, **{"storage_state": self.signed_in, **options})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The journey itself: every test of this file begins behind it."""
    async with staged(tmp_path_factory.mktemp("willaq")) as stage:
        code, said, wrong = await command(
            stage.folder, "organizers", "invite", "Elena", "--json",
            "--role", "administrator", "--role", "organizer",
        )  # fmt: skip
        assert code == 0, wrong
        link = re.sub(r"^http://127\.0\.0\.1:\d+", "", json.loads(said)["link"])
        url = stage.willaq.url.replace("127.0.0.1", "localhost")
        async with opened(stage.browser, Running(stage.willaq.process, url)) as tab:
            codes = await joins(tab, link)
            state = await tab.context.storage_state()
            yield Office(stage, url, codes, state, tab.complaints)


async def joins(tab: Tab, link: str) -> pyotp.TOTP:
    page = tab.page
    await tab.open(link)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Elena")
    await expect(page.locator("svg.qr")).to_be_visible()
    assert await violations(page) == []
    uri = await page.locator(".code a").get_attribute("href")
    codes = pyotp.parse_uri(uri or "")
    assert isinstance(codes, pyotp.TOTP)
    await page.get_by_label("Elige tu usuario").fill("elena")
    await page.get_by_label("Elige una contraseña").fill(PASSWORD)
    await page.get_by_label("Escríbela otra vez").fill("no es la misma")
    await page.get_by_label("Código de 6 cifras").fill(codes.at(int(time.time()) - 30))
    await page.get_by_role("button").click()
    await expect(page.locator("#e-again")).to_contain_text("No es igual")
    assert await violations(page) == []
    await page.get_by_label("Elige una contraseña").fill(PASSWORD)
    await page.get_by_label("Escríbela otra vez").fill(PASSWORD)
    await page.get_by_label("Código de 6 cifras").fill(codes.at(int(time.time()) - 30))
    await page.get_by_role("button").click()
    await page.wait_for_url("**/console")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Elena")
    return codes


async def signs_in(page: Page, code: str) -> None:
    await page.get_by_label("Usuario").fill("elena")
    await page.get_by_label("Contraseña").fill(PASSWORD)
    await page.get_by_label("Código").fill(code)
    await page.get_by_label("Código").press("Enter")


async def test_she_signs_in_and_lands_where_she_wanted(office: Office) -> None:
    async with office.tab(storage_state=None) as tab:
        await tab.open("/console/people")
        await expect(tab.page).to_have_title("Entrar a la consola")
        await signs_in(tab.page, "000000")
        await expect(tab.page.get_by_role("alert").first).to_contain_text("no son correctos")
        await signs_in(tab.page, office.codes.now())
        await tab.page.wait_for_url("**/console/people")
        await tab.page.get_by_role("button", name="Cerrar sesión").click()
        await expect(tab.page).to_have_title("Entrar a la consola")
        await tab.page.go_back()
        await expect(tab.page).to_have_title("Entrar a la consola")
        # The wrong code: the browser notes each answer that is no success.
        assert [each for each in tab.complaints if "403" not in each] == []


async def test_by_keys_alone(office: Office) -> None:
    async with office.tab(viewport=DESK) as tab:
        await tab.open("/console/people")
        await tab.page.keyboard.press("Tab")
        await expect(tab.page.get_by_role("link", name="Ir al contenido")).to_be_focused()
        await tab.page.keyboard.press("Enter")
        await expect(tab.page.locator("#main")).to_be_focused()
        await tab.page.get_by_label("Su nombre").focus()
        await tab.page.keyboard.type("Nora")
        await tab.page.keyboard.press("Tab")
        await tab.page.keyboard.press("Tab")
        await tab.page.keyboard.press("Space")
        await tab.page.keyboard.press("Enter")
        await expect(tab.page.get_by_role("heading", level=1)).to_have_text("Enlace de invitación")
        await tab.open("/console/people")
        await expect(tab.page.get_by_role("listitem").filter(has_text="Nora")).to_contain_text(
            "aprueba"
        )
        assert tab.complaints == []


async def test_the_script_for_live_parts_runs_under_the_policy(office: Office) -> None:
    async with office.tab() as tab:
        await tab.open("/console")
        assert re.match(r"4\.", await tab.page.evaluate("htmx.version"))
        assert tab.complaints == []
    assert office.complaints == [each for each in office.complaints if "422" in each]


async def test_a_passkey_opens_the_console_without_a_password(office: Office) -> None:
    async with office.tab() as tab:
        key = await authenticator(tab.page)
        await tab.open("/console/account/passkeys")
        await adds(tab.page, "not hers at all")
        await expect(tab.page.get_by_role("alert")).to_contain_text("no es esa")
        await adds(tab.page, PASSWORD)
        await expect(tab.page.get_by_role("status")).to_contain_text("La llave está lista")
        await expect(tab.page.get_by_role("listitem").filter(has_text="Mi llave")).to_be_visible()
        # Not signed out: the other tests go on with that session.
        await tab.context.clear_cookies()
        await tab.open("/console")
        await tab.page.get_by_role("button", name="Entrar con una llave de acceso").click()
        await tab.page.wait_for_url("**/console")
        await expect(tab.page.get_by_role("heading", level=1)).to_have_text("Hola, Elena")
        await tab.open("/console/account/passkeys")
        await tab.page.get_by_role("button", name="Quitar la llave Mi llave").click()
        await expect(tab.page.get_by_role("status")).to_contain_text("ya no sirve")
        await tab.page.get_by_role("button", name="Cerrar sesión").click()
        await tab.page.get_by_role("button", name="Entrar con una llave de acceso").click()
        await expect(tab.page.get_by_role("alert").first).to_contain_text("No se pudo entrar")
        assert await key.send("WebAuthn.getCredentials", {"authenticatorId": key.number})


async def authenticator(page: Page) -> Any:
    """A telephone that holds passkeys and is unlocked each time."""
    key: Any = await page.context.new_cdp_session(page)
    await key.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = await key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    key.number = made["authenticatorId"]
    return key


async def adds(page: Page, password: str) -> None:
    await page.get_by_label("¿Cómo la llamas?").fill("Mi llave")
    await page.get_by_label("Tu contraseña de ahora").fill(password)
    await page.get_by_role("button", name="Crear una llave").click()


async def test_at_a_bare_number_no_passkey_is_promised(office: Office) -> None:
    async with office.stage.tab() as tab:
        await tab.open("/console/sign-in")
        await expect(tab.page.get_by_role("button", name="llave")).to_have_count(0)
        await expect(tab.page.get_by_role("button", name="Entrar")).to_be_visible()


async def test_a_link_in_her_mail_opens_the_page_and_not_the_door(office: Office) -> None:
    async with office.tab() as tab:
        await tab.open("/console")
        link = f"<a href='{office.url}/console/people'>mira</a>"
        # Another site: the same machine by another name.
        await tab.page.route(
            "http://127.0.0.1/mail",
            lambda route: route.fulfill(content_type="text/html", body=link),
        )
        await tab.page.goto("http://127.0.0.1/mail")
        await tab.page.get_by_role("link").click()
        await expect(tab.page.get_by_role("heading", level=1)).to_have_text("Equipo")


@pytest.mark.parametrize(
    ("language", "size", "other"), [("en", DESK, SMALL), ("es", SMALL, DESK)], ids=["en", "es"]
)
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    office: Office, language: str, size: ViewportSize, other: ViewportSize
) -> None:
    async with office.tab(viewport=size) as tab:
        await tab.open("/console/account")
        await tab.page.locator("select").select_option(language)
        await tab.page.get_by_role("button").nth(1).click()
        await looks_right(tab, PAGES, language, other)
        assert [each for each in tab.complaints if "404" not in each] == []
    async with office.tab(viewport=size, storage_state=None) as tab:
        pages = [f"{path}?lang={language}" for path in ("/console/sign-in", "/console/join/no")]
        await looks_right(tab, pages, language, other)


async def looks_right(tab: Tab, paths: Sequence[str], language: str, other: ViewportSize) -> None:
    size = tab.page.viewport_size or other
    for path in paths:
        await tab.open(path)
        await expect(tab.page.locator("html")).to_have_attribute("lang", language)
        assert await violations(tab.page) == [], path
        for each in (other, size):
            await tab.page.set_viewport_size(each)
            assert await overflow(tab.page) <= 0, path
            assert await too_small(tab.page) == [], path


async def overflow(page: Page) -> int:
    return int(
        await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


async def too_small(page: Page) -> list[str]:
    script = """all => all.filter(each => each.offsetParent).map(each => {
        const box = each.getBoundingClientRect();
        return [each.textContent || each.id, box.width, box.height];
    }).filter(([, width, height]) => width < 44 || height < 43.9).map(String)"""
    found: list[str] = await page.eval_on_selector_all(
        "button, .button, select, textarea, nav a, input:not([type=hidden], [type=checkbox])",
        script,
    )
    return found
