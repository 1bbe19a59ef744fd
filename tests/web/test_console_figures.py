"""Schools, services, usage and health in the console: what who sees, and what is never seen."""

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.requests import Request

from bot import directory
from bot.conversation import lima_day
from bot.dialogue.announcing import Subscribe
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.enrolment import Enrol, Withdraw
from bot.dialogue.staff import ROLES, Role
from bot.dialogue.turn import Count, State
from bot.store.base import Settlement
from bot.store.desk import Doer, Refused
from bot.web.desk.admitting import admitting
from bot.web.desk.usage import WEEKS, bars, week_of, weeks_before
from bot.web.preview import nobody
from tests.announcing import COMMAND, SPEAKS, WHAT
from tests.catalogue import SERVICES, TODAY
from tests.people import KILLA, NORA, ROSA, Person
from tests.schools import OPEN
from tests.store.contract import answers
from tests.web.house import library
from tests.web.office import Browser, Bureau, token_in

MAY_PREVIEW: tuple[Role, ...] = ("translator", "organizer")
EDITION = OPEN.slug
KEPT = date(2040, 2, 27)
TABLE = SERVICES.read_text("utf-8")
HEADER, *ROWS = TABLE.splitlines()
numbers = count()


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    async with Bureau(folder=tmp_path) as bureau:
        bureau.catalogue = replace(library()[0], editions={**library()[0].editions, EDITION: OPEN})
        yield bureau


async def does(
    bureau: Bureau, who: Person, *effects: Any, at: float = 0, language: str = "es"
) -> None:
    """She writes, and this is what it leads to."""
    await bureau.store.visit(
        channel="telegram", message_id=f"{next(numbers)}", address=str(who.chat_id), ref="",
        now=at or bureau.now(), lease_s=60, pulled=False,
        decide=answers(state=State(language=language, greeted=True), effects=effects),
    )  # fmt: skip


async def three_sign_up(bureau: Bureau) -> None:
    """Rosa has a place, Killa waits, Nora has withdrawn."""
    await does(bureau, ROSA, Enrol(EDITION, "enrolled", "=Rosa<b>", "09", "Ñan", "1 es", KEPT))
    await does(bureau, KILLA, Enrol(EDITION, "waiting", "Killa", "21", "", "1 quy", KEPT))
    await does(bureau, NORA, Enrol(EDITION, "enrolled", "Nora", "15", "", "1 es", KEPT))
    await does(bureau, NORA, Withdraw(EDITION))


async def did(bureau: Bureau) -> list[tuple[str, str, str]]:
    """The audit log after the hiring, oldest first."""
    lines = [(line.name, line.did, line.about) for line in await bureau.store.audit()]
    return [line for line in reversed(lines) if line[1] not in ("invite", "join")]


def cells(page: str, row: str) -> list[str]:
    """Of the row whose head has this text."""
    for found in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        parts = [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split())
            for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found, re.DOTALL)
        ]
        if any(row in part for part in parts[:2]):
            return parts
    raise AssertionError(f"no row {row}")


async def test_schools_are_counted_without_a_name(bureau: Bureau) -> None:
    await three_sign_up(bureau)
    elena = await bureau.hired("Elena", "organizer")
    page = (await elena.opens("/console/schools")).text
    assert cells(page, OPEN.menu)[1:5] == ["1", "2", "1", "1"]
    assert "Killa" not in page and "Rosa" not in page
    assert await did(bureau) == []


async def test_every_look_at_names_is_in_the_audit_log(bureau: Bureau) -> None:
    await three_sign_up(bureau)
    elena = await bureau.hired("Elena", "organizer")
    page = (await elena.opens(f"/console/schools/{EDITION}")).text
    assert cells(page, "Killa")[1:5] == ["Killa", "Puno", "", "en espera"]
    assert "=Rosa&lt;b&gt;" in page and "<b>" not in page
    assert "Nora" not in page, "who withdrew left no name"
    table = await elena.opens(f"/console/schools/{EDITION}/sign-ups.csv")
    assert table.headers["content-disposition"] == f'attachment; filename="{EDITION}.csv"'
    assert table.content.startswith("\ufeff".encode())
    rows = [*csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")))]
    assert [row["name"] for row in rows] == ["'=Rosa<b>", "Killa", ""]
    assert await did(bureau) == [
        ("Elena", "look at sign-ups", f"edition {EDITION}"),
        ("Elena", "download sign-ups", f"edition {EDITION}"),
    ]


async def test_what_is_no_edition_is_not_there_and_no_look(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    for end in ("", "/sign-ups.csv", "/1/take-out"):
        answer = await elena.opens(f"/console/schools/lircay%0d%0aX: y{end}")
        assert answer.status_code == 404
    assert await did(bureau) == []


async def test_who_signed_up_for_what_left_the_content_is_still_found(bureau: Bureau) -> None:
    await three_sign_up(bureau)
    bureau.catalogue = library()[0]
    elena = await bureau.hired("Elena", "organizer")
    assert cells((await elena.opens("/console/schools")).text, EDITION)[1] == "1"
    assert "Killa" in (await elena.opens(f"/console/schools/{EDITION}")).text


async def test_taken_out_she_leaves_nothing_but_her_number(bureau: Bureau) -> None:
    await three_sign_up(bureau)
    elena = await bureau.hired("Elena", "organizer")
    page = (await elena.opens(f"/console/schools/{EDITION}")).text
    way = re.search(r'href="([^"]+/take-out)"', page)
    assert way
    answer = await elena.submits(way[1])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/console/schools/{EDITION}")
    page = (await elena.opens(f"/console/schools/{EDITION}")).text
    assert "Rosa" not in page and "Killa" in page
    assert ("Elena", "take out of school", f"edition {EDITION}") in await did(bureau)
    nobody = f"/console/schools/{EDITION}/999/take-out"
    assert (await elena.sends(nobody, csrf=token_in(page))).status_code == 404
    assert [line[1] for line in await did(bureau)].count("take out of school") == 1


async def test_her_roles_are_looked_at_again_when_it_is_done(bureau: Bureau) -> None:
    await three_sign_up(bureau)
    await bureau.hired("Elena", "administrator")
    nora = await bureau.hired("Nora", "translator")
    translator, store = Doer(2, "console"), bureau.store
    for way in (
        store.sign_ups(EDITION, "look at sign-ups", doer=translator, now=1),
        store.take_out(EDITION, 1, doer=translator, today=KEPT, now=1),
    ):
        with pytest.raises(Refused, match="role"):
            await way
    assert (await nora.opens(f"/console/schools/{EDITION}")).status_code == 404
    assert await did(bureau) == []


def with_services(catalogue: Catalogue) -> Catalogue:
    found = directory.build("services.csv", SERVICES.read_bytes(), catalogue.places, TODAY)
    return replace(catalogue, services=found.services)


async def test_the_directory_is_counted_and_searched_by_place(bureau: Bureau) -> None:
    bureau.catalogue = with_services(bureau.catalogue)
    elena = await bureau.hired("Elena", "organizer")
    page = (await elena.opens("/console/services")).text
    assert "Servicios en el directorio: 6" in page
    assert cells(page, "Comisaría")[1] == "3"
    found = (await elena.opens("/console/services?place=jauja")).text
    names = [each.name for each in bureau.catalogue.services]
    assert (
        [name for name in names if name in unescape(found)]
        == [each.name for each in bureau.catalogue.services if each.ubigeo.startswith("1204")]
        != []
    )
    assert "No hay ningún lugar" in (await elena.opens("/console/services?place=xyzxyz")).text
    late = (await elena.opens("/console/services?late=1")).text
    assert late.count("Venció el") == 1


async def home_of(browser: Browser) -> str:
    return unescape((await browser.opens("/console")).text)


async def nobody_knows(bureau: Bureau) -> int:
    """An announcement to Rosa, of which nobody knows whether it arrived."""
    alone, now = replace(COMMAND, two_person=False), bureau.now()
    await does(bureau, ROSA, Subscribe("", (0, 0), "1 es"))
    number = await bureau.store.draft(WHAT, doer=alone, now=now)
    for act in ("approve", "start"):
        await bureau.store.act(number, act, doer=alone, now=now, version=1, speaks=SPEAKS)
    await bureau.store.feed(number, limit=9, now=now)
    rows = await bureau.store.claim(
        ["telegram"], now=now, limit=9, lease_s=60, announcements=9
    )  # fmt: skip
    ends = [Settlement(row.id, row.person_id, "unknown", "stopped") for row in rows]
    await bureau.store.settle(ends)
    return number


async def test_the_first_page_asks_who_can_decide_about_the_unknown(bureau: Bureau) -> None:
    elena, tania = (
        await bureau.hired("Elena", "organizer"),
        await bureau.hired("Tania", "translator"),
    )
    assert "No se sabe si llegaron" not in await home_of(elena)
    number = await nobody_knows(bureau)
    page = await home_of(elena)
    assert "No se sabe si llegaron estos mensajes (1)" in page
    assert f'href="/console/announcements/{number}"' in page
    assert "No se sabe si llegaron" not in await home_of(tania)
    bureau.ahead_s = 4 * 24 * 3600.0
    again = await bureau.hired("Nora", "approver")
    assert "No se sabe si llegaron" not in await home_of(again), "it is too late to send them again"


async def test_the_first_page_says_that_the_house_is_paused(bureau: Bureau) -> None:
    nora, tania = await bureau.hired("Nora", "approver"), await bureau.hired("Tania", "translator")
    assert "detenidos para todos" not in await home_of(nora)
    await bureau.store.pause_house("restored", doer=COMMAND, now=bureau.now())
    assert "detenidos para todos" in await home_of(nora)
    assert "detenidos para todos" not in await home_of(tania)


async def test_the_first_page_counts_services_nobody_has_confirmed_in_time(bureau: Bureau) -> None:
    bureau.catalogue = with_services(bureau.catalogue)
    elena, tania = (
        await bureau.hired("Elena", "organizer"),
        await bureau.hired("Tania", "translator"),
    )
    late = sum(each.expires_on < lima_day(bureau.now()) for each in bureau.catalogue.services)
    assert late, "the test has some"
    assert f"Servicios con datos vencidos, por confirmar: {late}" in await home_of(elena)
    assert "vencidos" not in await home_of(tania)
    today = lima_day(bureau.now())
    fresh = [each for each in bureau.catalogue.services if each.expires_on >= today]
    bureau.catalogue = replace(bureau.catalogue, services=tuple(fresh))
    assert "vencidos" not in await home_of(elena)


async def upload(
    her: Browser, table: str | bytes, *, remove_missing: bool = False
) -> httpx2.Response:
    csrf = token_in((await her.opens("/console/services/import")).text)
    data = {"csrf": csrf, **({"remove_missing": "yes"} if remove_missing else {})}
    body = table if isinstance(table, bytes) else table.encode()
    return await her.web.post(
        "/console/services/import", data=data, files={"table": ("list.csv", body, "text/csv")},
        headers={"Origin": her.bureau.base, "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip


async def confirms(her: Browser, seen: httpx2.Response) -> httpx2.Response:
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', seen.text)
    assert mark, seen.text
    return await her.sends("/console/services/import/apply", csrf=token_in(seen.text), mark=mark[1])


def kept(bureau: Bureau) -> str | None:
    file = bureau.settings.services_file
    return file.read_text() if file.exists() else None


async def test_an_import_is_looked_at_first_and_then_done(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    seen = await upload(elena, TABLE)
    assert seen.status_code == 200
    assert "Nuevos: 6" in seen.text and "Servicios al final: 6" in seen.text
    assert kept(bureau) is None and await did(bureau) == []
    answer = await confirms(elena, seen)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/services")
    assert len((kept(bureau) or "").splitlines()) == 7
    assert await did(bureau) == [("Elena", "services import", "6 new, 0 changed, 0 removed")]
    again = await upload(elena, TABLE)
    assert "no cambia nada" in again.text and "mark" not in again.text


async def test_a_change_is_shown_cell_by_cell(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await confirms(elena, await upload(elena, TABLE))
    seen = await upload(elena, "\n".join([HEADER, ROWS[0].replace("Centro", "Casa")]))
    assert cells(seen.text, "name")[1:] == ["Centro Inventado de Huancavelica",
                                            "Casa Inventado de Huancavelica"]  # fmt: skip
    assert "No están en la tabla y se quedan: 5" in seen.text
    seen = await upload(elena, "\n".join([HEADER, ROWS[0]]), remove_missing=True)
    assert "Se quitan: 5" in seen.text
    await confirms(elena, seen)
    assert len((kept(bureau) or "").splitlines()) == 2


async def test_mistakes_have_line_and_column_and_change_nothing(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    wrong = [ROWS[0].replace("comisaria", "x"), ROWS[1].replace("2027-", "2027/")]
    answer = await upload(elena, "\n".join([HEADER, *ROWS[2:], *wrong, "<b>,,"]))
    assert answer.status_code == 422 and "mark" not in answer.text
    assert cells(answer.text, "expires_on")[0] == "7"
    assert "<b>" not in answer.text
    for nothing in (b"", b"\xff\xfe\x00", b"a,b\n"):
        assert (await upload(elena, nothing)).status_code == 422
    missing = await elena.submits("/console/services/import")
    assert missing.status_code == 422 and "Elige un archivo" in missing.text
    assert kept(bureau) is None and await did(bureau) == []


async def test_what_changed_meanwhile_is_shown_and_not_done(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    nora = await bureau.hired("Nora", "organizer")
    first = await upload(elena, TABLE)
    await confirms(nora, await upload(nora, "\n".join([HEADER, ROWS[0]])))
    answer = await confirms(elena, first)
    assert answer.status_code == 409 and "cambió desde que miraste" in answer.text
    assert "Nuevos: 5" in answer.text
    assert len((kept(bureau) or "").splitlines()) == 2
    assert (await confirms(elena, answer)).status_code == 303
    assert len((kept(bureau) or "").splitlines()) == 7
    assert [who for who, *_ in await did(bureau)] == ["Nora", "Elena"]


async def test_a_table_is_hers_alone_and_not_kept_for_ever(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    nora = await bureau.hired("Nora", "organizer")
    seen = await upload(elena, TABLE)
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', seen.text)
    assert mark
    csrf = token_in((await nora.opens("/console")).text)
    answer = await nora.sends("/console/services/import/apply", csrf=csrf, mark=mark[1])
    assert answer.status_code == 409 and "ya no está aquí" in answer.text
    bureau.ahead_s += 25 * 60
    await elena.opens("/console")
    bureau.ahead_s += 10 * 60
    assert (await confirms(elena, seen)).status_code == 409
    assert kept(bureau) is None and await did(bureau) == []


async def test_pressed_twice_it_is_done_once(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    seen = await upload(elena, TABLE)
    answers = await asyncio.gather(confirms(elena, seen), confirms(elena, seen))
    assert sorted(each.status_code for each in answers) == [303, 409]
    assert len(await did(bureau)) == 1


async def test_a_disk_that_takes_nothing_leaves_the_old_one_and_says_so(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await confirms(elena, await upload(elena, "\n".join([HEADER, ROWS[0]])))
    before = kept(bureau)
    seen = await upload(elena, TABLE)
    # A folder stands where the directory would be renamed to: it cannot be put in place.
    lock = bureau.settings.services_file.with_suffix(".lock")
    lock.unlink()
    lock.mkdir()
    answer = await confirms(elena, seen)
    assert answer.status_code == 503
    assert kept(bureau) == before
    lock.rmdir()
    assert (await confirms(elena, seen)).status_code == 303


LAST_WEEK = 7 * 24 * 3600.0
VIOLENCE, ALIMENTOS = [*library()[0].topics][:2]


async def opened(bureau: Bureau, topic: str, language: str, times: int, ago_s: float) -> None:
    for _ in range(times):
        await does(bureau, ROSA, Count(topic), at=bureau.now() - ago_s, language=language)


async def usage(her: Browser, query: str = "") -> str:
    answer = await her.opens(f"/console/usage{query}")
    assert answer.status_code == 200
    return answer.text


async def test_usage_shows_numbers_from_five_up_and_no_others(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await opened(bureau, VIOLENCE, "es", 7, LAST_WEEK)
    await opened(bureau, VIOLENCE, "quy", 4, LAST_WEEK)
    await opened(bureau, ALIMENTOS, "quy", 5, LAST_WEEK)
    page = await usage(elena)
    titles = [library()[0].topics[slug].title for slug in (VIOLENCE, ALIMENTOS)]
    few = "menos de 5"
    assert cells(page, titles[0])[1:3] + cells(page, titles[0])[-1:] == ["7", few, "7"]
    assert cells(page, titles[1])[1:3] + cells(page, titles[1])[-1:] == [few, "5", "5"]
    week = unescape(page).split('id="weeks"')[1]
    monday = date.fromisocalendar(*(lima_day(bureau.now() - LAST_WEEK).isocalendar()[:2]), 1)
    assert cells(week, f"{monday:%d/%m} –")[1:3] == ["7", "5"]


async def test_small_numbers_change_nothing_on_the_page(bureau: Bureau) -> None:
    """Whatever they are: so nothing that is shown, and no difference of it, tells one."""
    elena = await bureau.hired("Elena", "organizer")
    await opened(bureau, VIOLENCE, "es", 7, LAST_WEEK)
    await opened(bureau, ALIMENTOS, "quy", 5, 2 * LAST_WEEK)
    queries = ("", "?language=es", "?language=quy", f"?week={weeks_before(today(bureau))[-2]}")
    before = [await usage(elena, query) for query in queries]
    for times, (topic, language, ago_s) in enumerate(
        [(VIOLENCE, "quy", LAST_WEEK), (ALIMENTOS, "es", LAST_WEEK), (ALIMENTOS, "quy", LAST_WEEK),
         (VIOLENCE, "es", 2 * LAST_WEEK)], start=1,
    ):  # fmt: skip
        await opened(bureau, topic, language, times, ago_s)
    assert [await usage(elena, query) for query in queries] == before


async def test_the_week_that_goes_on_is_not_shown(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    before = await usage(elena)
    await opened(bureau, VIOLENCE, "es", 9, 0)
    assert await usage(elena) == before
    assert week_of(today(bureau)) not in before


async def test_regions_of_one_cell_are_one_number(bureau: Bureau) -> None:
    """The table of usage has a column for them; what is small in each may be shown together."""
    week = weeks_before(today(bureau))[-1]
    await bureau.store._writer.between(
        lambda each: each.executemany(
            "INSERT INTO usage VALUES (?, 'x', 'es', ?, 3)", [(week, "09"), (week, "21")]
        )
    )
    used = await bureau.store.usage(since=week, before="9999", least=5)
    assert [each.count for each in used] == [6]


def today(bureau: Bureau) -> date:
    return lima_day(bureau.now())


def test_weeks_are_whole_and_over_also_around_new_year() -> None:
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4), date(2021, 1, 3)):
        weeks = weeks_before(day)
        assert len(set(weeks)) == WEEKS and weeks == sorted(weeks)
        assert week_of(day) not in weeks and weeks[-1] == week_of(day - timedelta(days=7))


def test_bars_are_as_high_as_their_numbers() -> None:
    drawn = bars([("2026-W47", 10), ("2026-W48", 5), ("2026-W49", 0)])
    assert [each.height / drawn[0].height for each in drawn] == [1, 0.5, 0]
    assert len({each.y + each.height for each in drawn}) == 1
    assert [each.height for each in bars([("2026-W47", 0)])] == [0]


async def health(her: Browser, path: str = "/console/health") -> str:
    answer = await her.opens(path)
    assert answer.status_code == 200
    return answer.text


async def test_health_tells_states_and_reasons_in_words(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    calm = await health(elena)
    assert "Nada falló." in calm and "No hay mensajes guardados." in calm
    assert cells(calm, "Telegram")[1] == "sí"
    assert cells(calm, "WhatsApp")[1] == "no está configurado"
    bureau.ahead_s += 30  # what is counted is counted anew
    said = "una frase que nadie debe ver"
    for who in (ROSA, KILLA, NORA):
        await bureau.store.visit(
            channel="telegram", message_id=who.name, address=str(who.chat_id), ref="",
            now=bureau.now(), lease_s=60, pulled=False, decide=answers(said),
        )  # fmt: skip
    reasons = ("blocked", "gave up: network", "quux")
    for number, reason in enumerate(reasons, start=1):
        await bureau.store.settle([Settlement(number, number, "failed", reason)])
    page = await health(elena)
    assert cells(page, "Ella bloqueó a Willaq")[1:] == ["falló", "Telegram", "1"]
    assert cells(page, "Lo último: No hubo conexión")[3] == "1"
    assert cells(page, "Otra razón: quux")[3] == "1"
    assert said not in page and str(ROSA.chat_id) not in page
    states = page.split('id="outbox"')[1]
    assert cells(states, "Telegram")[1:] == ["0", "0", "0", "0", "0", "3", "0", "0"]
    bureau.ahead_s += 25 * 3600
    await elena.signs_in()
    assert "Nada falló." in await health(elena), "of the last day only"


async def test_health_tells_how_long_an_answer_waits(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await does_reply(bureau, ROSA, ago_s=600)
    assert cells(await health(elena), "Telegram")[6] == "10 min"


async def does_reply(bureau: Bureau, who: Person, ago_s: float) -> None:
    await bureau.store.visit(
        channel="telegram", message_id=f"{next(numbers)}", address=str(who.chat_id), ref="",
        now=bureau.now() - ago_s, lease_s=1, pulled=False, decide=answers("hola"),
    )  # fmt: skip


async def test_health_tells_the_house_is_paused_and_why(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await bureau.store.pause_house("restored", doer=Doer(None, "command"), now=bureau.now())
    assert "Los anuncios están detenidos para todos: restored" in await health(elena)


async def test_a_page_that_asks_by_itself_keeps_no_session_open(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    for _ in range(5):
        bureau.ahead_s += 10 * 60
        answer = await elena.opens("/console/health/now", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/console/sign-in")


async def test_who_has_another_role_sees_health_alone(bureau: Bureau) -> None:
    await bureau.hired("Elena", *ROLES)
    tania = await bureau.hired("Tania", "translator")
    page = await health(tania)
    assert "/console/translations" in page
    for other in ("schools", "services", "usage", "people", "audit"):
        assert f"/console/{other}" not in page


async def test_translations_are_counted_and_lead_to_the_preview(bureau: Bureau) -> None:
    tania = await bureau.hired("Tania", "translator")
    page = (await tania.opens("/console/translations")).text
    bot = cells(page.split('id="l-quy"')[1], "Frases del bot")
    reviewed, draft, stale, missing, broken, total = map(int, bot[2:8])
    assert reviewed + draft + stale + missing + broken == total > 100
    texts, way = "", "/console/translations/quy/bot"
    while way:
        some = (await tania.opens(way)).text
        onward = re.search(r'href="(\?from=\d+)"', some)
        texts, way = texts + some, f"/console/translations/quy/bot{onward[1]}" if onward else ""
    assert texts.count('href="/preview/quy/') == total - reviewed
    assert "/preview/quy/typed.exit" in texts
    door = library()[0].categories[0]
    topics = (await tania.opens(f"/console/translations/quy/{door.id}")).text
    assert f'href="/preview/quy/{door.topics[0]}"' in topics
    english = (await tania.opens("/console/translations/en/console")).text
    assert '<th scope="row">' in english and "/preview/en" not in english
    for nothing in ("/quy/nothing", "/xx/bot", "/quy/%3Cb%3E"):
        assert (await tania.opens(f"/console/translations{nothing}")).status_code == 404


@pytest.mark.parametrize(("role", "opens"), [(role, role in MAY_PREVIEW) for role in ROLES])
async def test_the_preview_opens_for_those_who_translate_or_write(role: Role, opens: bool) -> None:
    url = "https://willaq.example.org"
    async with Bureau(public_url=url, base=url) as bureau:
        gate = admitting(bureau.office, *MAY_PREVIEW, besides=nobody)
        tania = await bureau.hired("Tania", role)
        cookie = tania.web.cookies["__Host-willaq"]
        assert await gate(asking(cookie)) is opens
        assert not await gate(asking(cookie, host="marta.example"))
        assert not await gate(asking("A" * 43)) and not await gate(asking(""))
        bureau.ahead_s += 31 * 60
        assert not await gate(asking(cookie))
        assert await admitting(bureau.office, besides=anybody)(asking(""))


def asking(cookie: str, host: str = "willaq.example.org") -> Request:
    sent = {"Host": host, "Cookie": f"__Host-willaq={cookie}"}
    headers = [(name.lower().encode(), value.encode()) for name, value in sent.items()]
    return Request({"type": "http", "method": "GET", "path": "/preview", "headers": headers})


async def anybody(request: Request) -> bool:
    return True
