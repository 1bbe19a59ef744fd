"""`willaq doctor` and WhatsApp: what is fine, what is not, and what to do, in one line each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.standins.whatsapp import TOKEN, WABA_ID, Fault, Standin
from tests.willaq import command, free_port, on_whatsapp, running


@pytest.fixture
async def meta() -> AsyncIterator[Standin]:
    async with Standin() as meta:
        yield meta


async def examined(folder: Path, meta: Standin, **more: str) -> tuple[int, list[str]]:
    settings = {**on_whatsapp(meta, free_port()), "WILLAQ_WHATSAPP_ACCOUNT_ID": WABA_ID, **more}
    code, out, err = await command(folder, "doctor", **settings)
    assert err == ""
    return code, [line for line in out.splitlines() if "WhatsApp:" in line]


def said(lines: list[str], words: str) -> str:
    found = [line for line in lines if words in line]
    assert len(found) == 1, lines
    return found[0]


async def test_when_all_is_well_it_says_so(tmp_path: Path, meta: Standin) -> None:
    meta.add_template("aviso", language="es", buttons=("Ver",))
    meta.subscribed = True
    settings = {**on_whatsapp(meta, free_port()), "WILLAQ_WHATSAPP_TEMPLATE": "aviso"}
    async with running(tmp_path, **settings) as willaq:
        await meta.push_to(f"{willaq.url}/hooks/whatsapp")
        code, out, _ = await command(tmp_path, "doctor", **settings)
    lines = [line for line in out.splitlines() if "WhatsApp:" in line]
    assert code == 0, out
    assert all(line.startswith("ok") for line in lines) and len(lines) == 5
    said(lines, "the token works")
    said(lines, "does not run out")
    said(lines, "answers as Meta wants it to")
    said(lines, "APPROVED")
    assert TOKEN not in out


async def test_nobody_set_it_up(tmp_path: Path) -> None:
    code, out, _ = await command(tmp_path, "doctor")
    assert code == 0
    assert "ok   WhatsApp: not configured" in out


async def test_a_token_that_has_run_out(tmp_path: Path, meta: Standin) -> None:
    code, lines = await examined(tmp_path, meta, WILLAQ_WHATSAPP_TOKEN="EAAold")
    assert code == 1
    assert said(lines, "has run out").startswith("BAD")
    assert not any("EAAold" in line for line in lines)


async def test_a_token_for_a_day(tmp_path: Path, meta: Standin) -> None:
    meta.token_ends_at = 1_800_000_000
    _, lines = await examined(tmp_path, meta)
    assert "2027-01-15" in said(lines, "runs out on") and said(lines, "runs out").startswith("BAD")


async def test_a_number_that_is_not_ours(tmp_path: Path, meta: Standin) -> None:
    _, lines = await examined(tmp_path, meta, WILLAQ_WHATSAPP_PHONE_NUMBER_ID="42")
    assert said(lines, "WILLAQ_WHATSAPP_PHONE_NUMBER_ID").startswith("BAD")


async def test_a_webhook_nobody_answers(tmp_path: Path, meta: Standin) -> None:
    code, lines = await examined(tmp_path, meta)
    assert code == 1
    assert said(lines, "Is Willaq running").startswith("BAD")


async def test_without_a_public_address_nothing_can_come_in(tmp_path: Path, meta: Standin) -> None:
    _, lines = await examined(tmp_path, meta, WILLAQ_PUBLIC_URL="")
    assert said(lines, "set WILLAQ_PUBLIC_URL").startswith("BAD")


async def test_no_app_is_subscribed(tmp_path: Path, meta: Standin) -> None:
    meta.subscribed = False
    _, lines = await examined(tmp_path, meta)
    assert said(lines, "subscribe").startswith("BAD")


async def test_an_account_that_is_not_ours(tmp_path: Path, meta: Standin) -> None:
    _, lines = await examined(tmp_path, meta, WILLAQ_WHATSAPP_ACCOUNT_ID="42")
    assert said(lines, "check WILLAQ_WHATSAPP_ACCOUNT_ID").startswith("BAD")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("PENDING", "still looking"),
        ("REJECTED", "refused it"),
        ("PAUSED", "paused it"),
        ("DISABLED", "another name"),
    ],
)
async def test_a_template_that_cannot_be_used_yet(
    tmp_path: Path, meta: Standin, status: str, words: str
) -> None:
    meta.add_template("aviso", language="es", buttons=("Ver",), status=status)
    _, lines = await examined(tmp_path, meta, WILLAQ_WHATSAPP_TEMPLATE="aviso")
    assert said(lines, words).startswith("BAD")


async def test_a_template_in_another_language_only(tmp_path: Path, meta: Standin) -> None:
    meta.add_template("aviso", language="es_MX", buttons=("Ver",))
    _, lines = await examined(tmp_path, meta, WILLAQ_WHATSAPP_TEMPLATE="aviso")
    assert said(lines, "only in es_MX").startswith("BAD")


async def test_a_meta_that_stumbles_is_no_traceback(tmp_path: Path, meta: Standin) -> None:
    meta.faults.append(Fault("502", method="*", times=9))
    code, lines = await examined(tmp_path, meta)
    assert code == 1
    assert any("server" in line for line in lines)
