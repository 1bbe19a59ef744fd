"""The whole of `willaq run`, as a process: starting, serving through trouble, stopping."""

import asyncio
import resource
import sqlite3
from pathlib import Path
from socket import create_server

import aiohttp
import pytest

from tests.people import ROSA
from tests.standins.telegram import TOKEN, Fault, Standin
from tests.willaq import command, running, start


async def told(web: aiohttp.ClientSession, id: str, text: str) -> int:
    """The status of what a new page hears when she says this."""
    async with web.post("/chat/session") as given:
        headers = {"X-Willaq-Token": (await given.json())["token"]}
    async with web.post("/chat/say", json={"id": id, "text": text}, headers=headers) as answer:
        return answer.status


async def health(web: aiohttp.ClientSession) -> int:
    async with web.get("/health") as answer:
        return answer.status


async def test_it_starts_without_any_setting_and_says_where_in_both_languages(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as willaq:
        assert "Willaq está listo / Willaq is ready" in willaq.said[0]
        async with aiohttp.ClientSession(willaq.url) as web, web.get("/") as page:
            assert page.status == 200
            assert "text/html" in page.headers["Content-Type"]
        assert await willaq.stop() == 0
    assert (tmp_path / "data" / "willaq.db").exists()
    assert (tmp_path / "data.key").stat().st_mode & 0o777 == 0o600


async def test_a_locked_database_is_said_and_everything_goes_on_afterwards(tmp_path: Path) -> None:
    async with running(tmp_path) as willaq, aiohttp.ClientSession(willaq.url) as web:
        assert await told(web, "1", "hola") == 200
        blocker = sqlite3.connect(tmp_path / "data" / "willaq.db", isolation_level=None)
        blocker.execute("BEGIN EXCLUSIVE")
        assert await told(web, "2", "hola") == 503
        assert await health(web) == 503
        async with web.get("/") as page:
            assert page.status == 200
        blocker.execute("ROLLBACK")
        blocker.close()
        assert await told(web, "3", "hola") == 200
        assert await health(web) == 200


async def test_a_full_disk_is_said_and_everything_goes_on_afterwards(tmp_path: Path) -> None:
    async with running(tmp_path) as willaq, aiohttp.ClientSession(willaq.url) as web:
        assert await told(web, "1", "hola") == 200
        pid, unlimited = willaq.process.pid, resource.RLIM_INFINITY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, unlimited))
        assert await told(web, "2", "hola") == 503
        assert await health(web) == 503
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        assert await told(web, "3", "hola") == 200
        assert await health(web) == 200


async def test_what_could_not_be_kept_is_delivered_again_and_answered_once(tmp_path: Path) -> None:
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, **settings):
            await telegram.until(lambda: telegram.updates.polled)
            blocker = sqlite3.connect(tmp_path / "data" / "willaq.db", isolation_level=None)
            blocker.execute("BEGIN EXCLUSIVE")
            telegram.say(ROSA.chat_id, "hola")
            await asyncio.sleep(2)
            assert telegram.said(ROSA.chat_id) == []
            blocker.execute("ROLLBACK")
            blocker.close()
            await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) == 1, 15)
            await telegram.until(lambda: not telegram.updates.pending, 15)
            assert len(telegram.said(ROSA.chat_id)) == 1


async def test_an_update_delivered_twice_to_the_webhook_is_answered_once(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {
            "WILLAQ_TELEGRAM_TOKEN": TOKEN,
            "WILLAQ_TELEGRAM_API_URL": telegram.url,
            "WILLAQ_HTTP_PORT": str(port),
            "WILLAQ_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        async with running(tmp_path, **settings):
            await telegram.until(lambda: telegram.updates.webhook is not None)
            id = telegram.say(ROSA.chat_id, "hola")
            update = telegram.updates.pending[id]
            await telegram.until(lambda: id not in telegram.updates.pending)
            telegram.updates.put(update)
            await telegram.until(lambda: id not in telegram.updates.pending)
            telegram.say(ROSA.chat_id, "gracias")
            await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) >= 2)
            shown = [message.text[:10] for message in telegram.said(ROSA.chat_id)]
            assert [text for text in shown if text.startswith("Hola")] == shown[:1]
            assert len(shown) == 2


async def test_it_stops_in_time_while_telegram_hangs_and_sends_it_after_the_next_start(
    tmp_path: Path,
) -> None:
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        first = await start(tmp_path, **settings)
        telegram.faults.append(Fault("hang", times=None))
        telegram.say(ROSA.chat_id, "hola")
        await telegram.until(lambda: not telegram.updates.pending, 15)
        assert await first.stop() == 0
        telegram.faults.clear()
        async with running(tmp_path, **settings):
            await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) == 1)


async def test_a_second_willaq_on_the_same_database_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path):
        code, _, error = await command(tmp_path, "run")
        assert code == 1
        assert "already runs" in error


async def test_a_taken_port_is_said_with_what_to_do(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, error = await command(tmp_path, "run", WILLAQ_HTTP_PORT=port)
    assert code == 1
    assert "WILLAQ_HTTP_PORT" in error
    assert "another port" in error


async def test_a_lost_or_wrong_key_refuses_to_start(tmp_path: Path) -> None:
    code, _, _ = await command(tmp_path, "migrate")
    assert code == 0
    key = tmp_path / "data.key"
    kept = key.read_bytes()
    key.unlink()
    code, _, error = await command(tmp_path, "run")
    assert code == 1
    assert "missing" in error
    assert not key.exists()
    key.write_bytes(bytes(32))
    code, _, error = await command(tmp_path, "run")
    assert code == 1
    assert "does not belong" in error
    key.write_bytes(kept)
    code, _, _ = await command(tmp_path, "migrate")
    assert code == 0


async def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    code, _, error = await command(
        tmp_path, "run", WILLAQ_HTTP_PORT="80a", WILLAQ_TELEGRAM_TOKEN="x", WILLAQ_PORT="1"
    )
    assert code == 1
    for name in ("WILLAQ_HTTP_PORT", "WILLAQ_TELEGRAM_TOKEN", "WILLAQ_PORT"):
        assert name in error


@pytest.mark.parametrize("verb", ["check", "doctor", "migrate"])
async def test_the_verbs_of_the_operator_work_on_a_fresh_clone(tmp_path: Path, verb: str) -> None:
    code, said, error = await command(tmp_path, verb)
    assert (code, error.count("Traceback")) == (0, 0), error
    assert said


async def test_forget_deletes_a_woman_and_says_whether_she_was_known(tmp_path: Path) -> None:
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, **settings):
            telegram.say(ROSA.chat_id, "hola")
            await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) == 1)
    who = ("--channel", "telegram", "--address", str(ROSA.chat_id))
    assert (await command(tmp_path, "forget", *who))[1] == "Deleted.\n"
    assert (await command(tmp_path, "forget", *who))[1].startswith("Nobody")


async def test_ask_answers_one_json_line_for_each_line(tmp_path: Path) -> None:
    import json

    typed = "mi marido me pega\nqué es la línea 100\nmaqawan\nasdfgh\n"
    code, said, _ = await command(tmp_path, "ask", "-", "--json", typed=typed)
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert [line["danger"] for line in lines] == ["high", "none", "high", "none"]
    assert lines[1]["topics"][0] == "linea-100"
    assert all(line.keys() == {"danger", "topics", "replies"} for line in lines)
    assert all(line["replies"] and len(line["topics"]) <= 5 for line in lines)
