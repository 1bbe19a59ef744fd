"""Announcements in the console: Elena writes, Nora approves; nothing typed is lost."""

import csv
import io
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from bot.dialogue.announcing import Audience, Composition
from bot.dialogue.phrases import PHRASES
from bot.store.base import StoreError
from bot.store.desk import Doer
from tests.web.office import COMMAND, Browser, Bureau, token_in

HOME = "/console/announcements"
TEXT = "Taller de **derechos** el sábado en Huanta."
FIELDS = {"title": "Taller", "text-es": TEXT, "expires": "72", "canary": "1"}


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    return file.getvalue()


PNG = png()


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    async with Bureau(folder=tmp_path) as bureau:
        yield bureau


async def women(bureau: Bureau, many: int, **fields: object) -> None:
    """Who said yes to announcements."""

    def add(database: Any) -> None:
        for number in range(many):
            channel = str(fields.get("channel", "telegram"))
            address = f"{channel} {fields} {number}".encode()
            row = {
                "channel": channel, "language": "es", "greeted": 1, "region": "", "wanted": 1,
                "last_seen": "2027-01-15",
                "address_index": bureau.store.vault.index("address", channel, str(address)),
                "address": bureau.store.vault.seal(address, "address", channel), **fields,
            }  # fmt: skip
            marks = ", ".join("?" for _ in row)
            query = f"INSERT INTO people ({', '.join(row)}) VALUES ({marks})"
            database.execute(query, [*row.values()])

    await bureau.store._writer.between(add)


async def writes(elena: Browser, page: str = f"{HOME}/new", **fields: Any) -> httpx2.Response:
    return await elena.submits(page, **{**FIELDS, **fields})


async def presses(browser: Browser, number: int, act: str, **fields: Any) -> httpx2.Response:
    return await browser.submits(f"{HOME}/{number}", act=act, **fields)


async def state(bureau: Bureau, number: int = 1) -> str:
    found = await bureau.store.broadcast(number)
    assert found is not None
    return found.state


async def approved(bureau: Bureau, what: Composition | None = None) -> int:
    """By the command line, and where one person is enough."""
    what = what or Composition("Taller", {"es": TEXT})
    number = await bureau.broadcasts.draft(what, COMMAND)
    alone = Doer(None, "command", two_person=False)
    await bureau.broadcasts.act(number, "approve", alone, 1)
    return number


async def test_one_writes_the_other_approves_and_it_begins(bureau: Bureau) -> None:
    elena, nora = await bureau.hired("Elena", "organizer"), await bureau.hired("Nora", "approver")
    await women(bureau, 3)
    answer = await writes(elena)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HOME}/1")
    assert "Guardado" in (page := (await elena.opens(f"{HOME}/1")).text)
    assert "<b>derechos</b>" in page and "Pedir aprobación" in page
    assert ">Aprobar<" not in page
    await presses(elena, 1, "submit")
    page = (await elena.opens(f"{HOME}/1")).text
    assert "otra persona lo aprueba o lo devuelve" in page and ">Aprobar<" not in page
    assert "Espera tu aprobación: Taller" in (await nora.opens("/console")).text
    await presses(nora, 1, "approve", version="1")
    assert await state(bureau) == "approved"
    assert "lo aprobó Nora" in (await elena.opens(HOME)).text
    await presses(elena, 1, "start", version="1")
    assert await state(bureau) == "sending"
    for act, then in [("pause", "paused"), ("resume", "sending"), ("cancel", "cancelled")]:
        began = time.monotonic()
        await presses(elena, 1, act)
        assert await state(bureau) == then
        assert time.monotonic() - began < 1


async def test_her_own_she_cannot_approve_even_with_the_role(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer", "approver")
    await writes(elena)
    await presses(elena, 1, "submit")
    answer = await presses(elena, 1, "approve", version="1")
    assert (answer.status_code, await state(bureau)) == (409, "waiting for approval")
    assert "no puede aprobarlo" in answer.text


async def test_where_one_person_is_enough_she_approves_at_once() -> None:
    async with Bureau(two_person=False) as bureau:
        elena = await bureau.hired("Elena", "organizer")
        await writes(elena)
        page = (await elena.opens(f"{HOME}/1")).text
        assert ">Aprobar<" in page and "Pedir aprobación" not in page
        await presses(elena, 1, "approve", version="1")
        assert await state(bureau) == "approved"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"title": ""}, "title", "Falta el título"),
        ({"text-es": ""}, "text-es", "no recibiría nada"),
        ({"start": "2020-01-01T10:00"}, "start", "ya pasó"),
        ({"start": "mañana"}, "start", "No se entiende la fecha"),
        ({"regions": "99"}, "regions", "código"),
        ({"channels": "webchat"}, "channels", "no se puede enviar"),
        ({"text-es": "largo " * 4000}, "text-es", "demasiados"),
        ({"kept": f"announcements/{'a' * 64}.png"}, "attachment", "Súbelo otra vez"),
        ({"kept": "announcements/../willaq.key.png"}, "attachment", "Súbelo otra vez"),
    ],
)
async def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    bureau: Bureau, fields: dict[str, str], field: str, said: str
) -> None:
    elena = await bureau.hired("Elena", "organizer")
    answer = await writes(elena, **{"text-quy": "Sábado punchaw huñunakuy.", **fields})
    assert answer.status_code == 422
    found = re.search(rf'id="e-{field}">([^<]+)<', answer.text)
    assert found and said in found[1]
    assert "Sábado punchaw huñunakuy." in answer.text
    assert await bureau.store.broadcasts() == []


async def test_what_is_not_finished_is_kept_and_says_what_is_missing(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await writes(elena, title="", unfinished="1")
    page = (await elena.opens(f"{HOME}/1")).text
    assert "Falta el título" in page and "Pedir aprobación" not in page
    answer = await presses(elena, 1, "submit")
    assert (answer.status_code, await state(bureau)) == (303, "draft")
    assert "falta corregir" in (await elena.opens(f"{HOME}/1")).text
    assert 'id="e-title"' in (await elena.opens(f"{HOME}/1/edit")).text


async def test_all_that_can_be_chosen_comes_back_as_it_was(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await writes(
        elena, start="2099-03-04T09:30", repeat="weekly", expires="24", channels=["whatsapp"],
        languages=["quy", "es"], regions=["05", "0501"],
        **{"text-quy": "Sábado punchaw huñunakuy."},
    )  # fmt: skip
    found = await bureau.store.broadcast(1)
    assert found is not None
    assert found.what.audience == Audience(("whatsapp",), ("quy", "es"), ("05", "0501"))
    assert (found.what.repeat, found.what.expires_after_s) == ("weekly", 24 * 3600.0)
    page = (await elena.opens(f"{HOME}/1")).text
    assert "04/03/2099 09:30" in page and "Huamanga, Ayacucho" in page
    form = (await elena.opens(f"{HOME}/1/edit")).text
    assert 'value="2099-03-04T09:30"' in form
    for value in ("whatsapp", "quy", "05", "0501"):
        assert f'value="{value}" checked' in form


async def test_a_file_is_kept_through_a_fault_and_can_be_taken_away(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    csrf = token_in((await elena.opens(f"{HOME}/new")).text)
    own = {"Origin": bureau.base, "Sec-Fetch-Site": "same-origin"}
    answer = await elena.web.post(
        f"{HOME}/new", data={**FIELDS, "title": "", "csrf": csrf}, headers=own,
        files={"attachment": ("afiche.png", PNG, "text/plain")},
    )  # fmt: skip
    assert answer.status_code == 422
    kept = re.search(r'name="kept" value="([^"]+)"', answer.text)
    assert kept and (bureau.settings.data_dir / kept[1]).read_bytes().startswith(PNG[:8])
    await writes(elena, kept=kept[1], **{"kept-name": "afiche.png"})
    found = await bureau.store.broadcast(1)
    assert found is not None and found.what.attachment is not None
    assert (found.what.attachment.kind, found.what.attachment.name) == ("image", "afiche.png")
    await writes(elena, f"{HOME}/1/edit", kept=kept[1], drop="1", version="1")
    found = await bureau.store.broadcast(1)
    assert found is not None and found.what.attachment is None


async def test_a_file_that_cannot_be_sent_is_told_at_its_field(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    csrf = token_in((await elena.opens(f"{HOME}/new")).text)
    own = {"Origin": bureau.base, "Sec-Fetch-Site": "same-origin"}
    for data, said in [(b"MZ" * 9, "no se puede enviar"), (PNG + bytes(5_000_000), "5 MB")]:
        answer = await elena.web.post(
            f"{HOME}/new", data={**FIELDS, "csrf": csrf}, headers=own,
            files={"attachment": ("afiche.png", data, "image/png")},
        )  # fmt: skip
        assert answer.status_code == 422 and said in answer.text
    assert not (bureau.settings.data_dir / "announcements").exists()


async def test_two_edit_at_once_and_the_second_is_asked(bureau: Bureau) -> None:
    elena, rita = await bureau.hired("Elena", "organizer"), await bureau.hired("Rita", "organizer")
    await writes(elena)
    await writes(rita, f"{HOME}/1/edit", title="De Rita", version="1")
    answer = await writes(elena, f"{HOME}/1/edit", title="De Elena", version="1")
    assert answer.status_code == 409 and "De Elena" in answer.text
    assert "mientras escribías" in answer.text and 'name="version" value="2"' in answer.text
    await writes(elena, f"{HOME}/1/edit", title="De Elena", version="2")
    found = await bureau.store.broadcast(1)
    assert found is not None and found.what.title == "De Elena"


async def test_when_nothing_can_be_kept_her_words_are_still_there(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*given: object, **named: object) -> int:
        raise StoreError("disk full")

    elena = await bureau.hired("Elena", "organizer")
    monkeypatch.setattr(bureau.store, "draft", full)
    answer = await writes(elena)
    assert answer.status_code == 503 and TEXT in answer.text


async def test_signed_out_she_comes_back_to_what_she_wrote(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    form = f"{bureau.base}{HOME}/new"
    elena.web.cookies.clear()
    own = {"Origin": bureau.base, "Sec-Fetch-Site": "same-origin", "Referer": form}
    answer = await elena.posts(f"{HOME}/new", FIELDS, own)
    assert answer.headers["location"] == f"/console/sign-in?to={HOME}/new"
    part = {**own, "HX-Request": "true"}
    answer = await elena.posts(f"{HOME}/preview", FIELDS, part)
    assert answer.headers["HX-Redirect"] == f"/console/sign-in?to={HOME}/new"
    answer = await elena.posts(f"{HOME}/new", FIELDS, {**own, "Referer": "http://[/console/x"})
    assert answer.headers["location"] == "/console/sign-in"


async def test_while_she_types_she_sees_it_and_for_how_many(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await women(bureau, 1200)
    await women(bureau, 2, language="quy", channel="whatsapp", window_until=1.0)
    await women(bureau, 5, wanted=0)
    csrf = token_in((await elena.opens(f"{HOME}/new")).text)
    part = (await elena.sends(f"{HOME}/preview", csrf=csrf, **FIELDS)).text
    assert "<html" not in part and part.count("<b>derechos</b>") == 2
    assert "lo leerá en: Español" in part
    [locked] = re.findall(r'class="locked"[^\n]+', part)
    head = next(each.text for each in PHRASES if each.key == "announce.head")
    assert head.replace("**", "") in locked and "sábado" not in locked
    part = (await elena.sends(f"{HOME}/count", csrf=csrf, **FIELDS)).text
    assert "1,202</strong> mujeres" in part and "5 no lo recibirían: no pidieron" in part
    assert "De ellas, 2 tienen cerrado WhatsApp" in part
    part = (await elena.sends(f"{HOME}/count", csrf=csrf, channels="whatsapp", **FIELDS)).text
    assert ">2</strong>" in part


async def test_what_she_types_is_no_markup_of_the_page(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    bad = "<script>alert(1)</script> & *x* <b>y</b>"
    await writes(elena, title=bad, **{"text-es": bad})
    for path in (HOME, f"{HOME}/1", f"{HOME}/1/edit", f"{HOME}/1/cancel"):
        page = (await elena.opens(path)).text
        assert "<script>alert" not in page and "<b>y</b>" not in page, path


async def test_the_dry_run_counts_by_language_channel_and_window(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await women(bureau, 30)
    await women(bureau, 4, channel="whatsapp", window_until=1.0)
    await women(bureau, 6, channel="whatsapp", language="quy", window_until=bureau.now() + 9999)
    await women(bureau, 1, stopped=1)
    await writes(elena)
    page = (await elena.opens(f"{HOME}/1")).text
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    said = [re.sub(r"<[^>]+>", "|", row).replace("||", "|").strip("|") for row in rows[1:]]
    assert said == [
        "Telegram|Español|Español|sí|30",
        "WhatsApp|Español|Español|primero un toque, que cuesta|4",
        "WhatsApp|Runasimi (Ayacucho)|Español|sí, escribió hace menos de un día|6",
    ]
    assert "1 no lo recibirían: dijeron que no" in page
    assert "Mensajes por WhatsApp: 14." in page and "puede cobrarlos" in page
    assert "termina hacia" in page


async def test_sent_back_it_says_why_and_then_what_changed(bureau: Bureau) -> None:
    elena, nora = await bureau.hired("Elena", "organizer"), await bureau.hired("Nora", "approver")
    await writes(elena)
    await presses(elena, 1, "submit")
    answer = await presses(nora, 1, "send-back", version="1")
    assert answer.status_code == 422 and 'id="e-reason"' in answer.text
    await presses(nora, 1, "send-back", version="1", reason="Falta la hora <b>ya</b>")
    assert "Te lo devolvieron para corregir: Taller" in (await elena.opens("/console")).text
    assert "Falta la hora &lt;b&gt;ya" in (await elena.opens(f"{HOME}/1")).text
    later = TEXT.replace("Huanta", "Huanta a las 10")
    await writes(elena, f"{HOME}/1/edit", version="1", expires="48", **{"text-es": later})
    await presses(elena, 1, "submit")
    page = (await nora.opens(f"{HOME}/1")).text
    assert "Lo que cambió" in page and "<del>3 días</del>" in page and "<ins>2 días</ins>" in page
    assert "<ins>Huanta a las 10.</ins>" in page
    assert "Te pidieron" not in page


async def test_edited_while_she_reads_it_is_not_approved(bureau: Bureau) -> None:
    elena, nora = await bureau.hired("Elena", "organizer"), await bureau.hired("Nora", "approver")
    await writes(elena)
    await presses(elena, 1, "submit")
    for version, text in (("1", "Otro texto."), ("2", "Otro texto más.")):
        await writes(elena, f"{HOME}/1/edit", version=version, **{"text-es": text})
        await presses(elena, 1, "submit")
    answer = await presses(nora, 1, "approve", version="1")
    assert answer.headers["location"] == f"{HOME}/1?since=1"
    assert await state(bureau) == "waiting for approval"
    page = (await nora.opens(answer.headers["location"])).text
    assert "Cambió mientras lo leías" in page and "<del>Taller de **derechos**" in page
    page = (await nora.opens(f"{HOME}/1")).text
    assert "<del>texto.</del>" in page and "<del>Taller" not in page


async def test_a_refusal_is_said_in_plain_words(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    number = await approved(bureau)
    answer = await presses(elena, number, "start")
    assert answer.status_code == 409 and "Nadie lo recibiría" in answer.text
    assert (await presses(elena, number, "finish")).status_code == 404
    assert (await presses(elena, number, "pause")).status_code == 409


async def test_the_whole_house_paused_says_why_and_who_may_let_it_go(bureau: Bureau) -> None:
    elena, nora = await bureau.hired("Elena", "organizer"), await bureau.hired("Nora", "approver")
    await women(bureau, 1)
    number = await approved(bureau)
    await bureau.broadcasts.pause_house("restored", COMMAND)
    page = (await elena.opens(HOME)).text
    assert "Se repuso una copia de seguridad" in page and "Permitir otra vez" not in page
    assert (await presses(elena, number, "start")).status_code == 409
    csrf = token_in((await elena.opens(HOME)).text)
    assert (await elena.sends(f"{HOME}/house", csrf=csrf)).status_code == 404
    await nora.submits(HOME, f"{HOME}/house")
    assert await bureau.broadcasts.house_is_paused() == ""
    await bureau.broadcasts.pause_house("<i>por orden</i>", COMMAND)
    assert "&lt;i&gt;por orden" in (await nora.opens(HOME)).text


async def begun(bureau: Bureau, many: int = 6) -> int:
    await women(bureau, many)
    number = await approved(bureau)
    await bureau.broadcasts.act(number, "start", COMMAND)
    return number


async def ended(bureau: Bureau, ends: dict[str, str]) -> None:
    """As if the outbox had been there: so became of the first, the second ..., by (state, why)."""

    def change(database: Any) -> None:
        rows = database.execute("SELECT id FROM outbox ORDER BY id").fetchall()
        for (row,), (state, reason) in zip(rows, ends.items(), strict=False):
            query = "UPDATE outbox SET state = ?, reason = ? WHERE id = ?"
            database.execute(query, (state, reason, row))

    await bureau.store._writer.between(change)


async def test_the_report_sums_to_the_audience_in_words_and_as_a_table(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    number = await begun(bureau)
    await ended(bureau, {"sent": "", "failed": "blocked", "unknown": "", "skipped": "opted out"})
    page = (await elena.opens(f"{HOME}/{number}")).text
    rows = re.findall(r'<tr><td>([^<]+)<span.*?class="number">(\d+)<', page)
    assert dict(rows) == {
        "Enviados": "1", "No llegaron: ella bloqueó a Willaq": "1", "Esperan su turno": "2",
        "No se enviaron: ella ya no quiere avisos": "1",
        "No se sabe si llegaron. Puedes enviarlos otra vez; a algunas les llegaría dos veces": "1",
    }  # fmt: skip
    assert "Listo con 4 de 6" in page and '<progress id="progress" max="6" value="4">' in page
    answer = await elena.opens(f"{HOME}/{number}/report.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    table = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert table[0] == ["Qué pasó", "Por dónde", "Idioma", "Cuántas"]
    assert sum(int(row[-1]) for row in table[1:]) == 6
    assert {row[1] for row in table[1:]} == {"Telegram"}


async def test_unknown_goes_again_only_when_somebody_says_so_twice(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    number = await begun(bureau)
    assert (await elena.opens(f"{HOME}/{number}/resend")).status_code == 404
    await ended(bureau, {"unknown": ""})
    assert f'href="{HOME}/{number}/resend"' in (await elena.opens(f"{HOME}/{number}")).text
    assert "les llegará dos veces" in (await elena.opens(f"{HOME}/{number}/resend")).text
    await elena.submits(f"{HOME}/{number}/resend")
    assert "No se sabe si llegaron" not in (await elena.opens(f"{HOME}/{number}")).text
    assert (await bureau.store.audit())[0].did == "resend unknown"


async def test_watching_shows_each_change_and_ends_with_it(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    number = await begun(bureau)
    await presses(elena, number, "cancel")
    events = (await elena.opens(f"{HOME}/{number}/live")).text
    assert events.startswith("data: ") and "event: end" in events
    assert "Cancelado" in events and "el aviso se canceló" in events
    assert (await elena.opens(f"{HOME}/99/live")).status_code == 404


async def test_a_test_goes_to_her_own_chat(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    await writes(elena)
    answer = await elena.submits(f"{HOME}/1", f"{HOME}/1/try")
    assert answer.headers["location"] == "/console/account/chat"
    assert "une primero tu chat" in (await elena.opens("/console/account/chat")).text


async def test_with_a_date_it_begins_by_itself(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer")
    what = Composition("Taller", {"es": TEXT}, start_at=bureau.now() + 86400)
    number = await approved(bureau, what)
    assert "Programar para" in (await elena.opens(f"{HOME}/{number}")).text
    await presses(elena, number, "schedule", version="1")
    assert await state(bureau, number) == "scheduled"
    late = await approved(bureau, replace(what, title="Otro"))
    bureau.ahead_s += 20 * 60
    assert late and "empieza" in (await elena.opens(HOME)).text


async def test_what_is_not_there_is_not_there(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "organizer", "approver")
    csrf = token_in((await elena.opens("/console")).text)
    for path in ("", "/edit", "/cancel", "/resend", "/report.csv", "/live"):
        assert (await elena.opens(f"{HOME}/7{path}")).status_code == 404, path
    for path in ("", "/edit", "/try"):
        answer = await elena.sends(f"{HOME}/7{path}", csrf=csrf, act="pause", **FIELDS)
        assert answer.status_code == 404, path
    assert (await elena.sends(f"{HOME}/7/resend", csrf=csrf)).status_code == 409
    number = await begun(bureau)
    assert (await elena.opens(f"{HOME}/{number}/edit")).status_code == 404
