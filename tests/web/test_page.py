"""The page in a real browser before the real Willaq: small screens, keys, bad networks, leaving."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from bot.dialogue.phrases import PHRASES
from bot.web.page import EXIT_URL
from tests.web.browser import Stage, Tab, count, staged, violations
from tests.web.house import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

SMALL = {"width": 320, "height": 568}
SPANISH = {phrase.key: phrase.text for phrase in PHRASES}
DESK = {"width": 1280, "height": 800}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("willaq")) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def tab(stage: Stage) -> AsyncIterator[Tab]:
    async with stage.tab() as tab:
        await tab.open()
        yield tab
        assert tab.complaints == []


async def test_killa_talks_in_quechua(tab: Tab) -> None:
    await tab.press("Runasimi (Ayacucho)")
    await expect(tab.page.locator("html")).to_have_attribute("lang", "quy")
    await tab.says("wawaypa taytan mana qullqita quwanchu")
    await expect(tab.answers.last).to_have_attribute("lang", "quy")
    await expect(tab.hers).to_have_text(
        ["Runasimi (Ayacucho)", "wawaypa taytan mana qullqita quwanchu"]
    )


async def test_rosa_asks_in_spanish_and_presses_on(tab: Tab) -> None:
    await tab.says("línea 100")
    await expect(tab.answers.nth(1)).to_contain_text("Línea 100")
    await expect(tab.answers.nth(1).locator("b").first).to_be_visible()
    await tab.press("Qué puedes hacer")
    await expect(tab.answers.last).to_have_attribute("lang", "es")
    await expect(tab.page.locator("html")).to_have_attribute("lang", "es")


async def test_only_looking_asks_for_nothing_more(tab: Tab, stage: Stage) -> None:
    women = count(stage.folder, "people")
    await tab.page.wait_for_timeout(300)
    assert tab.asked == [f"{stage.willaq.url}/"]
    assert count(stage.folder, "people") == women


async def test_nothing_is_asked_of_anybody_else(tab: Tab, stage: Stage) -> None:
    await tab.press("Español")
    await tab.says("me pega mi esposo")
    assert all(url.startswith(f"{stage.willaq.url}/") for url in tab.asked), tab.asked
    assert await tab.context.cookies() == []


@pytest.mark.parametrize("size", [SMALL, DESK], ids=["320 px", "desktop"])
@pytest.mark.parametrize(
    ("language", "words"), [("Español", "me pega"), ("Runasimi (Ayacucho)", "maqawan")]
)
async def test_axe_finds_nothing(
    stage: Stage, size: dict[str, int], language: str, words: str
) -> None:
    async with stage.tab(viewport=size) as tab:
        await tab.open()
        assert await violations(tab.page) == []
        await tab.press(language)
        await tab.says(words)
        await tab.page.locator("#text").fill("x" * 5000)
        await tab.page.locator("#send").click()
        await expect(tab.status).not_to_be_empty()
        assert await violations(tab.page) == []
        await tab.context.set_offline(True)
        await tab.page.locator("#exit").click()
        await expect(tab.page.locator("form")).to_have_count(0)
        assert await violations(tab.page) == []


async def too_small(page: Page) -> list[str]:
    """What can be pressed and is less than 44 px wide or high."""
    script = """all => all.filter(each => each.offsetParent).map(each => {
        const box = each.getBoundingClientRect();
        return [each.textContent || each.id, box.width, box.height];
    }).filter(([, width, height]) => width < 44 || height < 44).map(String)"""
    found: list[str] = await page.eval_on_selector_all("button, textarea", script)
    return found


async def test_it_fits_a_screen_of_320_px_and_letters_twice_as_large(stage: Stage) -> None:
    async with stage.tab(viewport=SMALL) as tab:
        await tab.open("/?lang=quy")
        await tab.press("Runasimi (Ayacucho)")
        await tab.says("linea 100")
        for size in ("100%", "200%"):
            await tab.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            width = await tab.page.evaluate(
                "[document.documentElement, document.getElementById('log')]"
                ".map(each => each.scrollWidth - each.clientWidth)"
            )
            assert width == [0, 0], f"scrolls sideways at {size}"
            await expect(tab.page.locator("#exit")).to_be_in_viewport(ratio=1)
            await expect(tab.page.locator("#send")).to_be_in_viewport(ratio=1)
            assert await too_small(tab.page) == []


async def test_turned_sideways_the_way_out_stays(stage: Stage) -> None:
    async with stage.tab(viewport={"width": 568, "height": 256}) as tab:
        await tab.open()
        await tab.says("línea 100")
        await tab.page.locator("#text").scroll_into_view_if_needed()
        await tab.page.mouse.wheel(0, 5000)
        await expect(tab.page.locator("#exit")).to_be_in_viewport(ratio=1)


async def test_everything_can_be_done_with_the_keyboard(tab: Tab) -> None:
    keyboard, page = tab.page.keyboard, tab.page

    async def focused() -> str:
        seen: str = await page.evaluate(
            """(() => {
                const at = document.activeElement, style = getComputedStyle(at);
                const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
                return (at.id || at.textContent) + (ring ? '' : ' without a ring');
            })()"""
        )
        return seen

    order = []
    for _ in range(7):
        await keyboard.press("Tab")
        order.append(await focused())
    assert order == [
        "exit",
        "log",
        "Español",
        "Runasimi (Ayacucho)",
        "Runasimi (Cusco)",
        "text",
        "send",
    ]
    for _ in range(4):
        await keyboard.press("Shift+Tab")
    await keyboard.press("Enter")
    await expect(tab.answers).to_have_count(2)
    assert await focused() == "Español", "the focus stays where it was, the new buttons come next"
    for _ in range(3):
        await keyboard.press("Tab")
    assert (
        await tab.answers.nth(1)
        .locator("button")
        .first.evaluate("each => each === document.activeElement")
    )
    await keyboard.press("Space")
    await expect(tab.answers).to_have_count(3)
    await page.locator("#text").focus()
    await keyboard.type("menu")
    await keyboard.press("Shift+Enter")
    await keyboard.type("x")
    assert await page.locator("#text").input_value() == "menu\nx"
    await keyboard.press("Backspace")
    await keyboard.press("Enter")
    await expect(tab.answers).to_have_count(4)
    assert await focused() == "text", "she can go on writing"


async def test_a_screen_reader_is_told_who_speaks_and_in_what_language(tab: Tab) -> None:
    await tab.press("Runasimi (Ayacucho)")
    log = tab.page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_have_accessible_name(re.compile(r"\w+"))
    await expect(tab.page.locator(".hers .said")).to_have_text(re.compile(r"^\w+: $"))
    await expect(tab.page.get_by_role("textbox")).to_have_accessible_name(re.compile(r"\w+"))
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("Chat")
    await expect(tab.page.get_by_role("status")).to_have_count(1)


async def test_an_answer_is_read_from_its_beginning(tab: Tab) -> None:
    await tab.press("Español")
    await tab.says("línea 100")
    await tab.press("Qué puedes hacer")
    for _ in range(2):
        await expect(tab.hers.last).to_be_in_viewport(ratio=1)
        await expect(tab.answers.last).to_be_in_viewport()
        await tab.says("ayuda")


# Without a network, or with a bad one.


async def test_without_a_network_it_says_so_in_both_languages_and_goes_on_by_itself(
    tab: Tab, stage: Stage
) -> None:
    heard = count(stage.folder, "heard")
    await tab.press("Runasimi (Ayacucho)")
    words = await tab.page.evaluate("JSON.parse(document.getElementById('data').textContent).words")
    both = [words[tag]["offline"] for tag in ("quy", "es")]
    assert len(set(both)) == 2
    await tab.context.set_offline(True)
    await tab.types("linea 100")
    await expect(tab.status).to_have_text("\n".join([*both, "Policía 105 · Línea 100"]))
    await expect(tab.hers).to_have_count(2)
    await tab.context.set_offline(False)
    await expect(tab.answers).to_have_count(3)
    await expect(tab.status).to_be_empty()
    await expect(tab.hers).to_have_count(2)
    assert count(stage.folder, "heard") == heard + 2
    tab.complaints.clear()  # the browser's own, about the lost connection


async def test_an_answer_lost_on_the_way_is_fetched_and_shown_once(tab: Tab, stage: Stage) -> None:
    await tab.press("Español")
    heard = count(stage.folder, "heard")
    ids: list[str] = []

    async def lose(route: Route) -> None:
        ids.append((route.request.post_data_json or {})["id"])
        if len(ids) > 1:
            await route.continue_()
        else:
            await route.fetch()  # Willaq hears it and answers ...
            await route.abort("connectionreset")  # ... and she never gets it

    await tab.page.route("**/chat/say", lose)
    await tab.says("línea 100")
    await expect(tab.answers).to_have_count(3)
    await expect(tab.hers).to_have_text(["Español", "línea 100"])
    assert len(ids) == 2 and ids[0] == ids[1], "the same message, not a second one"
    assert count(stage.folder, "heard") == heard + 1
    await tab.says("menu")
    await expect(tab.answers).to_have_count(4)
    tab.complaints.clear()


async def test_a_stranger_in_between_who_says_200_is_not_believed(tab: Tab) -> None:
    answers = iter(["<html>Wi-Fi: acepta</html>", ""])

    async def hotel(route: Route) -> None:
        body = next(answers, None)
        await (route.continue_() if body is None else route.fulfill(status=200, body=body))

    await tab.press("Español")
    await tab.page.route("**/chat/say", hotel)
    await tab.types("línea 100")
    await expect(tab.status).to_contain_text("Sin conexión")
    await expect(tab.answers).to_have_count(3, timeout=15_000)
    await expect(tab.status).to_be_empty()
    await expect(tab.hers).to_have_count(2)


async def test_an_old_token_is_renewed_without_a_word(tab: Tab) -> None:
    await tab.press("Español")
    await tab.page.evaluate(
        """() => {
            const kept = JSON.parse(sessionStorage.getItem('c'));
            kept.token = 'A'.repeat(48);
            sessionStorage.setItem('c', JSON.stringify(kept));
        }"""
    )
    await tab.page.reload()
    await tab.says("línea 100")
    await expect(tab.status).to_be_empty()
    await expect(tab.hers).to_have_count(2)
    assert all("401" in each for each in tab.complaints)
    tab.complaints.clear()


async def test_what_is_too_long_is_not_sent_and_not_lost(tab: Tab) -> None:
    await tab.press("Español")
    asked = len(tab.asked)
    for length in (4097, 5_000_000):
        await tab.page.evaluate(f"document.getElementById('text').value = 'x'.repeat({length})")
        await tab.page.locator("#send").click()
        await expect(tab.status).to_contain_text("demasiado largo")
    assert await tab.page.evaluate("document.getElementById('text').value.length") == 5_000_000
    assert not [url for url in tab.asked[asked:] if "say" in url]
    await tab.says("línea 100")
    await expect(tab.status).to_be_empty()


@pytest.mark.parametrize(
    ("data", "words"),
    [("x" * 5_000_000, "demasiado largo"), ('{"id": "a"}', "No se pudo enviar")],
    ids=["5 MB", "nonsense"],
)
async def test_what_willaq_refuses_is_said_and_the_next_goes(
    tab: Tab, data: str, words: str
) -> None:
    await tab.press("Español")

    async def swell(route: Route) -> None:
        await route.continue_(post_data=data)

    await tab.page.route("**/chat/say", swell, times=1)
    await tab.types("línea 100")
    await expect(tab.status).to_contain_text(words)
    await tab.says("línea 100")
    await expect(tab.status).to_be_empty()
    tab.complaints.clear()  # the browser's own, about the 4xx


async def test_when_willaq_is_too_busy_her_message_waits(tab: Tab) -> None:
    async def busy(route: Route) -> None:
        await route.fulfill(status=429, headers={"Retry-After": "1"}, json={"error": "busy"})

    await tab.page.route("**/chat/session", busy, times=1)
    await tab.types("menu")
    await expect(tab.status).to_contain_text("Hay mucha gente")
    await expect(tab.answers).to_have_count(2)
    await expect(tab.status).to_be_empty()
    tab.complaints.clear()


async def test_where_nothing_streams_it_polls(tab: Tab) -> None:
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await tab.page.route("**/chat/stream*", hold)
    await tab.page.clock.install()
    await tab.press("Español")
    await until(lambda: held)
    async with tab.page.expect_request("**/chat/poll?wait&after=*"):
        await tab.page.clock.run_for(20_000)
    await tab.says("línea 100")


# What stays, and what does not.


async def test_a_reload_keeps_the_conversation(tab: Tab) -> None:
    await tab.press("Runasimi (Ayacucho)")
    await tab.says("linea 100")
    before = await tab.page.locator("#log").inner_text()
    await tab.page.reload()
    assert await tab.page.locator("#log").inner_text() == before
    await expect(tab.page.locator("html")).to_have_attribute("lang", "quy")
    women = tab.asked.count(f"{tab.willaq.url}/chat/session")
    await tab.says("menu")
    await expect(tab.answers).to_have_count(4)
    assert tab.asked.count(f"{tab.willaq.url}/chat/session") == women, "she is the same woman"


async def test_a_reload_sends_what_had_not_left(tab: Tab) -> None:
    await tab.press("Español")
    await tab.page.route("**/chat/say", lambda route: route.abort())
    await tab.types("línea 100")
    await expect(tab.status).to_contain_text("Sin conexión")
    await tab.page.unroute("**/chat/say")
    await tab.page.reload()
    await expect(tab.answers).to_have_count(3)
    await expect(tab.hers).to_have_text(["Español", "línea 100"])
    tab.complaints.clear()


async def test_a_tab_the_phone_had_put_to_sleep_keeps_the_conversation(tab: Tab) -> None:
    await tab.press("Español")
    await tab.page.add_init_script("Object.defineProperty(document, 'wasDiscarded', {value: 1})")
    await tab.open()
    await expect(tab.answers).to_have_count(2)


async def start_again(tab: Tab) -> None:
    """As if nobody had ever written here."""
    await expect(tab.answers).to_have_count(1)
    await expect(tab.hers).to_have_count(0)
    assert await tab.page.evaluate("sessionStorage.length") == 0


async def test_the_back_button_shows_nothing(tab: Tab) -> None:
    await tab.says("línea 100")
    await tab.page.goto(f"{tab.willaq.url}/health")
    await tab.page.go_back()
    await start_again(tab)
    await tab.says("línea 100")
    await tab.open()
    await start_again(tab)


async def test_a_page_the_browser_had_kept_whole_shows_nothing(tab: Tab) -> None:
    await tab.says("línea 100")
    shown = "new PageTransitionEvent('{}', {{persisted: true}})"
    for event in ("pagehide", "pageshow"):
        await tab.page.evaluate(f"window.dispatchEvent({shown.format(event)}) && 0")
        await start_again(tab)
    await tab.says("línea 100")


async def test_after_half_an_hour_of_silence_nothing_is_there(tab: Tab) -> None:
    await tab.page.clock.install()
    await tab.open()
    await tab.press("Español")
    await tab.page.clock.fast_forward("29:00")
    await expect(tab.answers).to_have_count(2)
    await tab.page.locator("#text").fill("algo a medias")
    await tab.page.clock.fast_forward("02:00")
    await start_again(tab)
    assert await tab.page.locator("#text").input_value() == ""


async def test_what_is_half_an_hour_old_does_not_survive_a_reload(tab: Tab) -> None:
    await tab.says("línea 100")
    await tab.page.clock.install()
    await tab.page.clock.pause_at(await tab.page.evaluate("Date.now() + 31 * 60000"))
    await tab.page.reload()
    await start_again(tab)


async def test_borrar_clears_what_was_said(tab: Tab) -> None:
    await tab.says("línea 100")
    await tab.types("borrar")
    only_this = [re.compile(f"^{re.escape(SPANISH['forget.done'])}")]
    await expect(tab.answers).to_have_text(only_this)
    await expect(tab.hers).to_have_count(0)
    await tab.page.reload()
    await expect(tab.answers).to_have_text([re.compile("Simiykita akllay"), *only_this])
    await expect(tab.hers).to_have_count(0)


async def test_what_she_writes_is_never_markup(tab: Tab) -> None:
    words = "<img src=x onerror=document.title='x'> <b>b</b> &amp; &lt;"
    await tab.says(words)
    await expect(tab.hers).to_have_text(words)
    assert await tab.page.locator("#log img").count() == 0
    assert await tab.page.title() == "Chat"


async def test_of_an_answer_only_bold_and_three_escapes_are_understood(tab: Tab) -> None:
    text = "<b>a &amp; b</b> &lt;i&gt; &amp;lt; <i>x</i> <img src=x onerror=alert(1)> &nbsp;"

    async def answer(route: Route) -> None:
        bubble = {"text": text, "language": "es", "buttons": [[["x", "<u>y</u>"]]]}
        await route.fulfill(json={"erase": False, "messages": [{"id": 1, "bubbles": [bubble]}]})

    await tab.page.route("**/chat/say", answer)
    await tab.says("hola")
    words = tab.answers.last.locator(".words")
    shown = "a & b <i> &lt; <i>x</i> <img src=x onerror=alert(1)> &nbsp;"
    await expect(words).to_have_text(shown)
    assert await words.evaluate("each => each.querySelectorAll('*').length") == 1, "the bold"
    await expect(tab.answers.last.locator("button")).to_have_text("<u>y</u>")


async def test_addresses_and_numbers_of_contacts_can_be_pressed(tab: Tab) -> None:
    await tab.says("contacto onamiap")
    await tab.press("Sobre ONAMIAP")
    await tab.press("A quién acudir")
    links = await tab.page.eval_on_selector_all("#log a", "all => all.map(each => each.href)")
    assert "https://onamiap.org/" in links and "mailto:onamiap@onamiap.org" in links, links
    assert "tel:014280635" in links
    assert await tab.page.locator("#log a[href^=http]").get_attribute("rel") == (
        "noopener noreferrer"
    )


async def test_in_danger_the_numbers_are_one_press_away(tab: Tab) -> None:
    await tab.says("mi esposo me pega")
    calls = tab.page.locator("#log a")
    assert await calls.evaluate_all("all => all.map(each => each.getAttribute('href'))") == [
        "tel:105",
        "tel:100",
    ]
    await expect(calls.first.locator("xpath=..")).to_have_text("Policía 105")


# Leaving.


async def test_there_is_one_way_out_and_it_is_always_there(tab: Tab) -> None:
    for words in ("menu", "línea 100", "me pega"):
        await tab.says(words)
        await expect(tab.page.get_by_role("button", name="Salir")).to_have_count(1)
        await expect(tab.page.locator("#exit")).to_be_in_viewport(ratio=1)


async def leaves_by_the_button(tab: Tab) -> None:
    await tab.page.locator("#exit").click()


async def leaves_by_escape(tab: Tab) -> None:
    await tab.page.keyboard.press("Escape")
    await tab.page.keyboard.press("Escape")


async def leaves_by_a_word(tab: Tab) -> None:
    await tab.types("¡SALIRRR!")


async def leaves_by_a_word_in_quechua(tab: Tab) -> None:
    await tab.types("Lluqsiy")


@pytest.mark.parametrize(
    "leaves",
    [
        leaves_by_the_button,
        leaves_by_escape,
        leaves_by_a_word,
        leaves_by_a_word_in_quechua,
    ],
)
async def test_leaving_leaves_nothing_and_no_way_back(stage: Stage, leaves: Any) -> None:
    women = count(stage.folder, "people")
    async with stage.tab() as tab:
        await tab.page.goto(f"{stage.willaq.url}/health")
        await tab.open()
        await tab.says("línea 100")
        assert count(stage.folder, "people") == women + 1
        await leaves(tab)
        await tab.has_left()
        assert await tab.page.evaluate("history.length") == 3, "about:blank, /health, elsewhere"
        assert await tab.page.evaluate("document.referrer") == ""
        await tab.page.go_back()
        assert tab.page.url == f"{stage.willaq.url}/health"
        assert await tab.page.evaluate("sessionStorage.length") == 0
        await tab.page.go_forward()
        assert tab.page.url == EXIT_URL
        assert tab.complaints == []
    await until(lambda: count(stage.folder, "people") == women)


async def test_without_a_network_leaving_shows_something_harmless(tab: Tab) -> None:
    await tab.says("línea 100")
    await tab.context.set_offline(True)
    await tab.page.locator("#exit").click()
    text = await tab.page.locator("body").inner_text()
    assert len(text) > 100 and "100" not in text and "Salir" not in text
    assert await tab.page.locator("button, textarea, form, script").count() == 0
    assert await tab.page.title() in text
    assert await tab.page.evaluate("sessionStorage.length") == 0
    await tab.page.keyboard.press("Escape")
    await tab.page.keyboard.press("Escape")
    assert await tab.page.locator("body").inner_text() == text
    tab.complaints.clear()


async def test_one_escape_or_two_slow_ones_do_not_leave(tab: Tab) -> None:
    await tab.page.clock.install()
    for _ in range(3):
        await tab.page.keyboard.press("Escape")
        await tab.page.clock.run_for(2000)
    await expect(tab.page.locator("#exit")).to_be_visible()


# On other people's machines.


OLD = """
delete window.fetch;
delete String.prototype.normalize;
delete Navigator.prototype.sendBeacon;
delete window.ReadableStream;
delete window.TextDecoder;
Object.defineProperty(window, 'crypto', {value: undefined});
Object.defineProperty(window, 'performance', {value: undefined});
"""
LOCKED = """Object.defineProperty(window, 'sessionStorage', {
    get() { throw new DOMException('denied', 'SecurityError'); }
});"""


@pytest.mark.parametrize("missing", [OLD, LOCKED], ids=["an old phone", "no storage"])
async def test_it_works_on_less(stage: Stage, missing: str) -> None:
    async with stage.tab() as tab:
        await tab.page.add_init_script(missing)
        await tab.open()
        await tab.press("Español")
        await tab.says("línea 100")
        await tab.says("menú")
        await tab.page.locator("#exit").click()
        await tab.has_left()
        assert tab.complaints == []
