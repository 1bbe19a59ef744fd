"""Every row of the console's table, as somebody who has no business there: she gets nothing."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from bot.dialogue.staff import ROLES
from bot.web.desk.call import Open, Page
from bot.web.login import SESSION_S
from tests.web.office import COMMAND, Browser, Bureau, token_in

SIGN_IN = "/console/sign-in"


@pytest.fixture
async def bureau() -> AsyncIterator[Bureau]:
    async with Bureau() as bureau:
        yield bureau


def address(row: Page | Open) -> str:
    """One there could be, and for most there is: staff have small numbers."""
    return row.path.replace("{id:int}", "1").replace("{token}", "x" * 43)


async def asks(browser: Browser, row: Page | Open) -> httpx2.Response:
    if row.method == "GET":
        return await browser.opens(address(row))
    return await browser.sends(address(row), name="x", roles="organizer")


def behind_roles(bureau: Bureau) -> list[Page]:
    return [row for row in bureau.guard.rows if isinstance(row, Page)]


async def learns_nothing(browser: Browser, rows: list[Page]) -> None:
    """What is there and what is not give the same, to the byte."""
    missing = await browser.opens("/console/nothing-here")
    for row in rows:
        answer = await asks(browser, row)
        assert answer.status_code == missing.status_code == 303, (row.method, row.path)
        assert answer.content == b"" and "set-cookie" not in answer.headers
        assert answer.headers["location"].split("?")[0] == SIGN_IN


async def test_a_link_from_elsewhere_tells_as_little(bureau: Bureau) -> None:
    """Before it is asked for once more from our own page, and her cookie comes along."""
    marta = bureau.browser(**{"Sec-Fetch-Site": "cross-site"})
    there, missing = [await marta.opens(f"/console/{path}") for path in ("people", "nothing")]
    assert (there.status_code, there.text) == (missing.status_code, missing.text)
    assert 'http-equiv="refresh"' in there.text and "Set-Cookie" not in there.headers


async def test_signed_out_every_page_leads_to_signing_in(bureau: Bureau) -> None:
    await bureau.hired("Elena", "organizer", "administrator")
    await learns_nothing(bureau.browser(), behind_roles(bureau))
    lines = await bureau.store.audit()
    assert [line.did for line in lines] == ["join", "invite"]


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000])
async def test_a_number_that_cannot_be_is_not_there(bureau: Bureau, number: str) -> None:
    path = f"/console/people/{number}/revoke"
    assert (await bureau.browser().opens(path)).status_code == 303
    elena = await bureau.hired("Elena", "administrator")
    assert (await elena.opens(path)).status_code == 404
    assert (await elena.submits("/console/people", path)).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_no_method_tells_what_is_there(bureau: Bureau, method: str) -> None:
    marta = bureau.browser().web
    there = await marta.request(method, "/console/people")
    missing = await marta.request(method, "/console/peoples")
    assert there.status_code == missing.status_code == 303
    assert {**there.headers, "location": ""} == {**missing.headers, "location": ""}


async def test_a_cookie_nobody_was_given_opens_nothing(bureau: Bureau) -> None:
    marta = bureau.browser(Cookie="willaq=" + "A" * 43)
    await learns_nothing(marta, behind_roles(bureau))


async def test_revoked_she_is_out_at_once(bureau: Bureau) -> None:
    await bureau.hired("Elena", "administrator")
    tania = await bureau.hired("Tania", *ROLES)
    assert (await tania.opens("/console")).status_code == 200
    assert await bureau.store.revoke(2, doer=COMMAND, now=bureau.now())
    await learns_nothing(tania, behind_roles(bureau))
    assert (await tania.signs_in()).status_code == 403


@pytest.mark.parametrize("later_s", [31 * 60.0, SESSION_S + 1])
async def test_a_session_ends_by_itself(bureau: Bureau, later_s: float) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    bureau.ahead_s += later_s
    await learns_nothing(elena, behind_roles(bureau))


async def test_who_works_on_stays_signed_in_but_not_for_ever(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    began, last = bureau.now(), 0.0
    while (await elena.opens("/console")).status_code == 200:
        last = bureau.now() - began
        bureau.ahead_s += 20 * 60
    assert SESSION_S - 20 * 60 <= last <= SESSION_S


async def test_signed_out_her_cookie_is_worth_nothing(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    kept = elena.web.cookies["willaq"]
    answer = await elena.submits("/console", to="/console/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
    await learns_nothing(bureau.browser(Cookie=f"willaq={kept}"), behind_roles(bureau))


@pytest.mark.parametrize("role", ROLES)
async def test_without_the_role_it_is_not_there(bureau: Bureau, role: str) -> None:
    await bureau.hired("Elena", *ROLES)
    nora = await bureau.hired("Nora", role)  # type: ignore[arg-type]
    csrf = token_in((await nora.opens("/console")).text)
    missing = await nora.opens("/console/nothing-here")
    assert missing.status_code == 404
    for row in behind_roles(bureau):
        if role in row.roles:
            continue
        if row.method == "GET":
            answer = await nora.opens(address(row))
        else:
            answer = await nora.sends(address(row), csrf=csrf, name="x", roles="organizer")
        assert (answer.status_code, answer.text) == (404, missing.text), (row.method, row.path)
    lines = await bureau.store.audit()
    assert {line.did for line in lines} == {"join", "invite"}


async def test_her_navigation_holds_what_is_hers(bureau: Bureau) -> None:
    await bureau.hired("Elena", *ROLES)
    nora = await bureau.hired("Nora", "approver")
    page = (await nora.opens("/console")).text
    assert 'href="/console/account"' in page
    assert "/console/people" not in page and "/console/audit" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://marta.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_what_another_page_sends_changes_nothing(
    bureau: Bureau, headers: dict[str, str]
) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    csrf = token_in((await elena.opens("/console")).text)
    for row in [row for row in behind_roles(bureau) if row.method == "POST"]:
        fields = {"csrf": csrf, "name": "Marta", "roles": "administrator", "language": "es"}
        answer = await elena.posts(address(row), fields, headers)
        assert answer.status_code == 403, row.path
    for each in [each for each in bureau.guard.rows if isinstance(each, Open)]:
        if each.method == "POST":
            assert (await elena.posts(address(each), {}, headers)).status_code == 403, each.path
    assert (await elena.opens("/console")).status_code == 200, "still signed in"
    assert len(await bureau.store.audit()) == 2


@pytest.mark.parametrize("token", ["", "0" * 64, "ñ"])
async def test_without_the_token_of_our_own_page_nothing_is_done(
    bureau: Bureau, token: str
) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    for row in [row for row in behind_roles(bureau) if row.method == "POST"]:
        assert (await elena.sends(address(row), csrf=token)).status_code == 403, row.path
    another = await bureau.hired("Nora", *ROLES)
    hers = token_in((await another.opens("/console")).text)
    answer = await elena.sends("/console/people", csrf=hers, name="x", roles="organizer")
    assert answer.status_code == 403


async def test_htmx_may_carry_the_token_in_a_header(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    csrf = token_in((await elena.opens("/console")).text)
    own = {"Origin": bureau.base, "X-Willaq-Csrf": csrf, "HX-Request": "true"}
    answer = await elena.posts("/console/account/others", {}, own)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/console/account")


async def test_every_answer_is_sealed(bureau: Bureau) -> None:
    elena = await bureau.hired("Elena", *ROLES)
    for browser in (elena, bureau.browser()):
        for row in [row for row in bureau.guard.rows if row.method == "GET"]:
            answer = await browser.opens(address(row))
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy and "http" not in policy
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            if "html" in answer.headers.get("Content-Type", ""):
                assert answer.headers["Cache-Control"] == "no-store"
                assert_plain(answer.text)


def assert_plain(page: str) -> None:
    """Nothing the policy would forbid: the page would break without a word."""
    assert " style=" not in page and "<style" not in page and " onclick" not in page
    assert "<script>" not in page and "javascript:" not in page


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8080", 303), ("localhost:8080", 303), ("[::1]:8080", 303),
     ("192.168.1.20:8080", 404), ("marta.example", 404), ("", 404), ("[", 404)],
)  # fmt: skip
async def test_passwords_go_over_https_or_stay_on_this_machine(
    bureau: Bureau, host: str, status: int
) -> None:
    assert (await bureau.browser().opens("/console", Host=host)).status_code == status


async def test_over_https_the_cookie_is_nobody_elses() -> None:
    url = "https://willaq.example.org"
    async with Bureau(public_url=url, base=url) as bureau:
        elena = bureau.browser()
        answer = await elena.joins(await bureau.link("Elena"), "elena")
        session, known = sorted(answer.headers.get_list("set-cookie"))
        for cookie in (session, known):
            assert cookie.startswith("__Host-willaq")
            for word in ("; Secure", "; HttpOnly", "; SameSite=strict", "; Path=/"):
                assert word in cookie
            assert "Domain" not in cookie
        assert (await elena.opens("/console")).status_code == 200
        other = bureau.browser()
        assert (await other.opens("/console", Host="marta.example")).status_code == 404


async def test_the_database_holds_nothing_that_opens_a_door(bureau: Bureau) -> None:
    link = await bureau.link("Nora")
    elena = await bureau.hired("Elena", *ROLES)
    code = (await bureau.store.chat_code(1, now=bureau.now(), lasts_s=600)).token
    dump = await bureau.store._writer.between(lambda each: "\n".join(each.iterdump()))
    secrets = (link.split("/")[-1], elena.web.cookies["willaq"], code, elena.secret, "huayno")
    for secret in secrets:
        assert secret not in dump and secret.encode().hex() not in dump.lower()
