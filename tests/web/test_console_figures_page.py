"""Schools, services, translations, usage and health in a real browser before the real Willaq."""

import json
import re
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import ViewportSize, expect

from bot.dialogue.enrolment import Enrol
from bot.dialogue.turn import Count, Effect
from bot.settings import read
from bot.store.sqlite import SqliteStore
from tests.catalogue import SERVICES
from tests.people import KILLA, ROSA, Person
from tests.store.contract import answers
from tests.web.browser import Stage, opened, staged, violations
from tests.web.house import HOME
from tests.web.test_console_figures import KEPT
from tests.web.test_console_page import DESK, SMALL, joins, looks_right, overflow
from tests.willaq import command

pytestmark = pytest.mark.asyncio(loop_scope="module")

EDITION = "lircay-2040"  # of no content: who signed up once is there all the same
WEEK_S = 7 * 24 * 3600.0
PAGES = (
    "/console/schools",
    f"/console/schools/{EDITION}",
    "/console/services",
    "/console/services?place=jauja",
    "/console/services/import",
    "/console/translations",
    "/console/translations/quy/bot",
    "/console/usage",
    "/console/health",
)


@dataclass
class Desk:
    """Elena is signed in. A year of her women's doings is in the database."""

    stage: Stage
    signed_in: Any

    def tab(self, **options: Any) -> Any:
        options = {"storage_state": self.signed_in, **options}
        return opened(self.stage.browser, self.stage.willaq, **options)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("willaq")
    await fill(folder)
    async with staged(folder) as stage:
        roles = ("organizer", "translator", "administrator")
        asked = [word for role in roles for word in ("--role", role)]
        code, said, wrong = await command(folder, "organizers", "invite", "Elena", "--json", *asked)
        assert code == 0, wrong
        async with opened(stage.browser, stage.willaq) as tab:
            await joins(tab, re.sub(r"^https?://[^/]+", "", json.loads(said)["link"]))
            yield Desk(stage, await tab.context.storage_state())


async def fill(folder: Path) -> None:
    settings = read({"WILLAQ_DATA_DIR": str(folder / "data")}, HOME)
    assert settings.sqlite_file
    store = await SqliteStore.open(settings.sqlite_file, settings.key_file)
    enrolled = Enrol(EDITION, "enrolled", "Rosa", "09", "Ñan", "1 es", KEPT)
    waiting = Enrol(EDITION, "waiting", "Killa", "21", "", "1 quy", KEPT)
    await does(store, "1", ROSA, time.time(), enrolled)
    await does(store, "2", KILLA, time.time(), waiting)
    for number in range(7):
        await does(store, f"week {number}", ROSA, time.time() - WEEK_S, Count("linea-100"))
    await store.close()
    shutil.copy(SERVICES, settings.services_file)


async def does(store: SqliteStore, id: str, who: Person, now: float, effect: Effect) -> None:
    await store.visit(
        channel="telegram", message_id=id, address=str(who.chat_id), ref="", now=now, lease_s=60,
        pulled=False, decide=answers(effects=[effect]),
    )  # fmt: skip


@pytest.mark.timeout(180)  # axe is slow where many tests share a processor
@pytest.mark.parametrize(
    ("language", "size", "other"), [("en", DESK, SMALL), ("es", SMALL, DESK)], ids=["en", "es"]
)
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    desk: Desk, language: str, size: ViewportSize, other: ViewportSize
) -> None:
    async with desk.tab(viewport=size) as tab:
        await tab.open("/console/account")
        await tab.page.locator("select").select_option(language)
        await tab.page.get_by_role("button").nth(1).click()
        await looks_right(tab, PAGES, language, other)
        assert tab.complaints == []


async def test_she_brings_a_list_in_by_keys_alone(desk: Desk, tmp_path: Path) -> None:
    header, first, *rest = SERVICES.read_text("utf-8").splitlines()
    table = tmp_path / "list.csv"
    table.write_text("\n".join([header, first.replace("Centro", "Casa"), *rest]), "utf-8")
    async with desk.tab(viewport=DESK) as tab:
        page = tab.page
        await tab.open("/console/services")
        await expect(page.get_by_text("Servicios en el directorio: 6")).to_be_visible()
        await page.get_by_role("link", name="Cargar una lista").focus()
        await page.keyboard.press("Enter")
        await page.get_by_label("Tabla (CSV)").set_input_files(table)
        await page.get_by_role("button", name="Ver qué cambiaría").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Qué cambiaría")
        await expect(page.get_by_text("Cambian: 1")).to_be_visible()
        await expect(page.get_by_role("cell", name="Casa Inventad")).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("button", name="Hacer estos cambios").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("El directorio cambió")
        await tab.open("/console/audit")
        await expect(page.get_by_role("cell", name="services import").first).to_be_visible()
        assert tab.complaints == []


async def test_a_faulty_list_says_where_and_can_be_read_by_everybody(
    desk: Desk, tmp_path: Path
) -> None:
    header, first, *rest = SERVICES.read_text("utf-8").splitlines()
    table = tmp_path / "list.csv"
    table.write_text("\n".join([header, *rest, first.replace("cem-", "CEM ")]), "utf-8")
    async with desk.tab(viewport=SMALL) as tab:
        await tab.open("/console/services/import")
        await tab.page.get_by_label("Tabla (CSV)").set_input_files(table)
        await tab.page.get_by_role("button", name="Ver qué cambiaría").click()
        await expect(tab.page.get_by_role("alert")).to_contain_text("no se cambió nada")
        await expect(tab.page.get_by_role("cell", name="7", exact=True)).to_be_visible()
        assert await violations(tab.page) == []
        assert await overflow(tab.page) <= 0


async def test_health_goes_on_by_itself_and_does_not_flicker(desk: Desk) -> None:
    async with desk.tab(viewport=DESK) as tab:
        page = tab.page
        await page.clock.install()
        await tab.open("/console/health")
        await expect(page.get_by_role("rowheader", name="Telegram").first).to_be_visible()
        table = page.locator("#channels-table")
        await table.focus()
        await table.evaluate("each => { each.sameAsBefore = true }")
        told = await page.get_by_text("Así estaba a las").inner_text()
        await page.wait_for_timeout(1_000)  # it tells seconds
        async with page.expect_response("**/console/health/now"):
            await page.clock.fast_forward(5_000)
        await expect(page.get_by_text("Así estaba a las")).not_to_have_text(told)
        await expect(table).to_be_focused()
        assert await table.evaluate("each => each.sameAsBefore === true")
        assert tab.complaints == []


async def test_the_plot_is_drawn_and_read_out(desk: Desk) -> None:
    async with desk.tab(viewport=DESK) as tab:
        await tab.open("/console/usage")
        plot = tab.page.get_by_role("img", name="Aperturas por semana")
        await expect(plot).to_be_visible()
        fill = await plot.locator("rect").last.evaluate("each => getComputedStyle(each).fill")
        assert fill == "rgb(11, 74, 111)"
        await expect(plot.locator(".count")).to_have_text("7")
        await tab.page.get_by_label("Idioma del gráfico").select_option("quy")
        await tab.page.get_by_role("button", name="Ver").click()
        await expect(tab.page.locator(".plot .count")).to_have_count(0)
        assert tab.complaints == []


async def test_sign_ups_come_down_as_a_table(desk: Desk, tmp_path: Path) -> None:
    async with desk.tab() as tab:
        await tab.open(f"/console/schools/{EDITION}")
        async with tab.page.expect_download() as coming:
            await tab.page.get_by_role("link", name="Descargar").click()
        download = await coming.value
        assert download.suggested_filename == f"{EDITION}.csv"
        await download.save_as(tmp_path / "list.csv")
    assert "Killa" in (tmp_path / "list.csv").read_text("utf-8-sig")
