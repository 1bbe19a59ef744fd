"""Coming in by a link, signing in, attempts, the team, her account: the console as it is used."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from html import unescape

import pyotp
import pytest

from bot.dialogue.staff import ROLES
from bot.store.desk import Doer
from bot.web.desk import proofs
from bot.web.login import SESSION_S
from bot.web.server import Server, listen
from tests.web.office import COMMAND, PASSWORD, Bureau, secret_in, token_in

ADMIN = Doer(1, "console")


@pytest.fixture
async def bureau() -> AsyncIterator[Bureau]:
    async with Bureau() as bureau:
        yield bureau


async def test_elena_comes_by_her_link_and_signs_in_again(bureau: Bureau) -> None:
    elena = bureau.browser()
    link = await bureau.link("Elena Quispe", "organizer", "administrator")
    page = (await elena.opens(link)).text
    assert "Hola, Elena Quispe" in page and "Escribir anuncios" in page
    assert (await elena.joins(link, "Elena.Quispe")).headers["location"] == "/console"
    assert "Hola, Elena Quispe" in (await elena.opens("/console")).text
    await elena.submits("/console", to="/console/sign-out")
    assert (await elena.opens("/console")).status_code == 303
    assert (await elena.signs_in()).headers["location"] == "/console"
    assert (await elena.opens("/console")).status_code == 200


async def test_a_link_is_good_once(bureau: Bureau) -> None:
    link = await bureau.link("Elena")
    assert (await bureau.browser().joins(link, "elena")).status_code == 303
    marta = bureau.browser()
    assert (await marta.opens(link)).status_code == 404
    fields = {"login": "marta", "password": PASSWORD, "again": PASSWORD, "code": "123456"}
    assert (await marta.sends(link, **fields)).status_code == 404
    assert [each.name for each in await bureau.store.staff()] == ["Elena"]


async def test_a_link_that_is_old_withdrawn_or_made_up_says_the_same(bureau: Bureau) -> None:
    old, gone = await bureau.link("Elena", lasts_s=60), await bureau.link("Nora")
    out = await bureau.store.invitations(now=bureau.now())
    nora = next(each for each in out if each.name == "Nora")
    assert await bureau.store.withdraw_invitation(nora.number, doer=COMMAND, now=bureau.now())
    bureau.ahead_s += 61
    pages = {(await bureau.browser().opens(link)).text for link in (old, gone, f"{gone}x")}
    assert len(pages) == 1 and "Este enlace no sirve" in pages.pop()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("login", "ñandú", "Usa de 3 a 32 letras"),
        ("login", "a b c", "Usa de 3 a 32 letras"),
        ("password", "corta", "Es muy corta"),
        ("password", "aaaaaaaaaaaaaaaa", "Repite pocas letras"),
        ("password", "mi clave es elena", "Se adivina"),
        ("password", "x1y2z3" * 40, "Es muy larga"),
        ("again", "otra cosa distinta", "No es igual"),
        ("code", "000000", "Ese código no es de ahora"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_uses_up_nothing(
    bureau: Bureau, field: str, typed: str, said: str
) -> None:
    link = await bureau.link("Elena")
    elena = bureau.browser()
    answer = await elena.joins(link, "elena", **{field: typed})
    assert answer.status_code == 422
    fault = re.search(rf'id="e-{field}">([^<]*)', answer.text)
    assert fault and said in fault[1]
    assert 'aria-invalid="true"' in answer.text and PASSWORD not in answer.text
    assert secret_in(answer.text) == elena.secret, "the picture she scanned is still right"
    assert (await elena.joins(link, "elena")).status_code == 303


async def test_two_cannot_sign_in_with_one_name(bureau: Bureau) -> None:
    await bureau.hired("Elena")
    await bureau.store.revoke(1, doer=COMMAND, now=bureau.now())
    link = await bureau.link("Marta")
    marta = bureau.browser()
    answer = await marta.joins(link, "elena")
    assert answer.status_code == 422 and "Ese usuario ya existe" in answer.text
    assert (await marta.joins(link, "marta")).status_code == 303


async def test_nobody_learns_what_was_wrong(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    pages = [
        await elena.signs_in(code="000000"),
        await elena.signs_in(password="no es la mía esta"),
        await elena.signs_in(login="nadie"),
        await elena.signs_in(login="", password="", code=""),
    ]
    assert {answer.status_code for answer in pages} == {403}
    texts = {re.sub('value="[^"]*"', "", answer.text) for answer in pages}
    assert len(texts) == 1 and "no son correctos" in texts.pop()


async def test_a_code_counts_once(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    code = elena.code()
    assert (await elena.signs_in(code=code)).status_code == 303
    bureau.ahead_s -= 30
    assert (await elena.signs_in(code=code)).status_code == 403


async def test_strangers_lock_nobody_out(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    marta = bureau.browser()
    marta.login, marta.secret = "elena", "A" * 32
    tries = [(await marta.signs_in()).status_code for _ in range(8)]
    assert tries == [403] * 5 + [429] * 3
    assert (await elena.signs_in()).status_code == 303, "her browser is known"


async def test_a_known_browser_may_not_try_other_names_any_oftener(bureau: Bureau) -> None:
    marta = await bureau.hired("Marta")
    tries = [(await marta.signs_in(login="elena")).status_code for _ in range(6)]
    assert tries == [403] * 5 + [429]


async def test_all_strangers_together_are_slowed(bureau: Bureau) -> None:
    marta = bureau.browser()
    marta.secret = "A" * 32
    tries = [(await marta.signs_in(login=f"name{n}")).status_code for n in range(32)]
    assert tries[:30] == [403] * 30 and tries[31] == 429


async def test_a_session_does_not_come_from_outside(bureau: Bureau) -> None:
    """Who plants a cookie in her browser gets nothing by her signing in."""
    elena = await bureau.hired("Elena")
    planted = elena.web.cookies["willaq"]
    assert (await elena.signs_in()).status_code == 303
    assert elena.web.cookies["willaq"] != planted


@pytest.mark.parametrize(
    ("to", "then"),
    [
        ("/console/account", "/console/account"),
        ("https://marta.example", "/console"),
        ("//marta.example", "/console"),
        ("/console/../x", "/console/../x"),
        ("/console\\@marta.example", "/console"),
        ("/", "/console"),
    ],
)
async def test_after_signing_in_she_stays_with_us(bureau: Bureau, to: str, then: str) -> None:
    elena = await bureau.hired("Elena")
    answer = await elena.sends(
        f"/console/sign-in?to={to}", login="elena", password=PASSWORD, code=elena.code()
    )
    assert answer.headers["location"] == then


async def test_the_team_is_invited_on_the_page(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "administrator")
    answer = await elena.submits("/console/people", name="  Nora  Mamani ", roles=["approver"])
    link = re.search(r'class="link">([^<]+)<', answer.text)
    assert link and "Nora Mamani" in answer.text
    page = (await elena.opens("/console/people")).text
    assert "Nora Mamani" in page and link[1] not in page
    nora = bureau.browser()
    assert (await nora.joins(unescape(link[1]), "nora")).status_code == 303
    [_, hired] = await bureau.store.staff()
    assert (hired.name, hired.roles) == ("Nora Mamani", frozenset({"approver"}))


async def test_an_invitation_says_what_is_missing(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "administrator")
    answer = await elena.submits("/console/people", name="", roles=["boss"])
    assert answer.status_code == 422
    assert 'id="e-name"' in answer.text and 'id="e-roles"' in answer.text
    assert await bureau.store.invitations(now=bureau.now()) == []


async def test_revoked_on_the_page_and_written_down(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "administrator")
    nora = await bureau.hired("Nora", "approver")
    page = await elena.opens("/console/people/2/revoke")
    assert "Quitar el acceso a Nora" in page.text
    answer = await elena.submits("/console/people/2/revoke")
    assert answer.headers["location"] == "/console/people"
    said = await elena.opens("/console/people")
    assert "Esa persona ya no tiene acceso" in said.text and "Nora" not in said.text
    assert "ya no tiene acceso" not in (await elena.opens("/console/people")).text, "said once"
    assert (await nora.opens("/console")).status_code == 303
    log = (await elena.opens("/console/audit")).text
    assert "quitó el acceso" in log and "persona 2" in log and "Elena" in log
    assert "invitó a alguien" in log and "aprueba" in log


async def test_the_last_administrator_cannot_leave_the_house_locked(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "administrator")
    answer = await elena.submits("/console/people/1/revoke")
    assert answer.status_code == 409 and "Nadie más podría invitar" in answer.text
    assert (await elena.opens("/console")).status_code == 200


async def test_who_lost_her_telephone_makes_everything_new(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "administrator")
    nora = await bureau.hired("Nora", "approver")
    before = nora.secret
    answer = await elena.submits("/console/people", to="/console/people/2/again")
    link = re.search(r'class="link">([^<]+)<', answer.text)
    assert link
    assert (await nora.opens("/console")).status_code == 200, "the old holds until then"
    new = bureau.browser()
    assert (await new.joins(link[1], "another")).status_code == 303
    assert new.secret != before
    assert (await nora.opens("/console")).status_code == 303
    assert (await nora.signs_in()).status_code == 403
    new.login = "nora"
    assert (await new.signs_in()).status_code == 303


async def test_she_changes_her_password_with_the_old_one(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    other = bureau.browser()
    other.login, other.secret = elena.login, elena.secret
    assert (await other.signs_in()).status_code == 303
    page, new = "/console/account/password", "otro cerro, otra laguna"
    answer = await elena.submits(page, password="not this one", new=new, again=new)
    assert answer.status_code == 422 and "no es esa" in answer.text
    answer = await elena.submits(page, password=PASSWORD, new="corta", again="corta")
    assert answer.status_code == 422 and "Es muy corta" in answer.text
    assert (await elena.submits(page, password=PASSWORD, new=new, again=new)).status_code == 303
    assert (await elena.opens("/console")).status_code == 200
    assert (await other.opens("/console")).status_code == 303, "everywhere else she is out"
    assert (await elena.signs_in()).status_code == 403
    assert (await elena.signs_in(password=new)).status_code == 303


async def test_an_open_session_is_no_licence_to_guess(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    page, new = "/console/account/password", "otro cerro, otra laguna"
    for guess in range(5):
        await elena.submits(page, password=f"guess {guess}", new=new, again=new)
    assert (await elena.submits(page, password=PASSWORD, new=new, again=new)).status_code == 422


async def test_she_moves_her_codes_to_another_telephone(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    before = elena.secret
    page = "/console/account/code"
    elena.secret = secret_in((await elena.opens(page)).text)
    assert elena.secret != before
    answer = await elena.submits(page, password=PASSWORD, code=elena.code())
    assert answer.headers["location"] == "/console/account"
    assert (await elena.signs_in()).status_code == 303
    elena.secret = before
    assert (await elena.signs_in()).status_code == 403


async def test_she_reads_the_console_in_her_language(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    answer = await elena.submits("/console/account", to="/console/account/language", language="en")
    assert answer.status_code == 303
    assert '<html lang="en">' in (await elena.opens("/console")).text
    answer = await elena.submits("/console/account", to="/console/account/language", language="xx")
    assert answer.status_code == 404


async def test_the_code_for_her_chat_is_shown_once(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena")
    shown = await elena.submits("/console/account/chat", password="not this one")
    assert shown.status_code == 422 and "no es esa" in shown.text
    shown = await elena.submits("/console/account/chat", password=PASSWORD)
    code = re.search(r'class="link">([a-z2-9]{10})<', shown.text)
    assert code
    assert code[1] not in (await elena.opens("/console/account/chat")).text


async def test_too_much_is_not_read(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", "administrator")
    csrf = token_in((await elena.opens("/console")).text)
    answer = await elena.sends("/console/people", csrf=csrf, name="x" * 100_000)
    assert answer.status_code == 413 and "demasiado grande" in answer.text


@pytest.mark.parametrize("body", [b"\xff\xfe", b"--x\r\n", b""])
async def test_what_is_no_form_changes_nothing(bureau: Bureau, body: bytes) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    headers = {"Origin": bureau.base, "Content-Type": "multipart/form-data; boundary=x"}
    answer = await elena.web.post("/console/people", content=body, headers=headers)
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("letters", ["punycode", '"idna"', "unicode_escape"])
async def test_nobody_chooses_how_long_a_form_takes_to_read(bureau: Bureau, letters: str) -> None:
    marta = bureau.browser()
    form = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n%b\r\n--x--\r\n'
    begun = time.perf_counter()
    answer = await marta.web.post(
        "/console/sign-in",
        content=form % (b"a" * 60_000),
        headers={
            "Origin": bureau.base,
            "Content-Type": f"multipart/form-data; boundary=x; Charset={letters}",
        },
    )
    assert answer.status_code == 400
    assert time.perf_counter() - begun < 0.2


async def test_a_stranger_who_sends_a_letter_a_minute_is_not_waited_for(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.desk.guard.PATIENCE_S", 0.05)
    listening = listen("127.0.0.1", 0)
    server = Server(bureau.app)
    serving = asyncio.create_task(server.serve([listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    head = f"POST /console/sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n"
    writer.write(f"{head}{kind}\r\nlogin=m".encode())
    answer = await asyncio.wait_for(reader.read(), 5)
    assert answer.startswith(b"HTTP/1.1 408")
    server.ask_to_stop()
    writer.close()
    await asyncio.wait_for(serving, 5)


async def test_the_letters_htmx_names_are_taken(bureau: Bureau) -> None:
    marta = bureau.browser()
    answer = await marta.web.post(
        "/console/sign-in",
        content="login=marta",
        headers={
            "Origin": bureau.base,
            "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        },
    )
    assert answer.status_code == 403 and 'value="marta"' in answer.text


async def test_a_session_of_one_who_was_revoked_this_instant_is_not_opened(bureau: Bureau) -> None:
    await bureau.hired("Elena")
    await bureau.store.revoke(1, doer=COMMAND, now=bureau.now())
    assert await bureau.store.open_session(1, now=bureau.now(), lasts_s=SESSION_S) is None


def test_codes_of_clocks_that_go_a_little_wrong() -> None:
    secret, now = b"s" * 20, 1_800_000_010.0
    codes = pyotp.TOTP(proofs._base32(secret))
    step = int(now // 30)
    for off, found in ((-30, step - 1), (0, step), (19, step), (30, step + 1)):
        assert proofs.step_of(codes.at(int(now) + off), secret, now) == found
    assert proofs.step_of(codes.at(int(now) + 90), secret, now) is None
    assert proofs.step_of(f" {codes.at(int(now))[:3]} {codes.at(int(now))[3:]} ", secret, now)
    assert proofs.step_of("", secret, now) is None
    assert proofs.step_of("١٢٣٤٥٦", secret, now) is None
