"""A marked woman writes on every channel. Nothing of her may be found anywhere afterwards."""

import asyncio
import shutil
import sqlite3
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from tests.catalogue import SERVICES
from tests.standins import whatsapp
from tests.standins.telegram import TOKEN, Fault, Standin
from tests.story import STORIES
from tests.willaq import Running, command, free_port, home_with, on_whatsapp, running

HER_CHAT = 51987654321  # as long as a telephone number with its country
HER_WORDS = "zarzamora canaria"
HER_NAME = "Canariola"
HER_PLACE = -13.5226641
HER_META_ID = whatsapp.Standin().woman(str(HER_CHAT)).user_id


def marks() -> dict[str, bytes]:
    """What must not be found, in every form it could have been written in."""
    return {
        "her chat id": str(HER_CHAT).encode(),
        "her chat id as a number": HER_CHAT.to_bytes(5, "big"),
        "her number without its country": b"987654321",
        "her words": b"zarzamora",
        "her words too": b"canaria",
        "her words, capital": b"ZARZAMORA",
        "her name": HER_NAME.encode(),
        "her place": str(HER_PLACE)[:8].encode(),
        "her place, rounded": str(round(HER_PLACE, 2)).encode(),
        "her id at Meta": HER_META_ID.encode(),
        "the bot's token": TOKEN.split(":")[1].encode(),
        "our token at Meta": whatsapp.TOKEN.encode(),
        "our secret at Meta": whatsapp.APP_SECRET.encode(),
    }


def found_in(name: str, data: bytes) -> list[str]:
    return [f"{what} in {name}" for what, mark in marks().items() if mark in data]


async def she_writes_on_telegram(telegram: Standin) -> None:
    async def answered(messages: int) -> None:
        await telegram.until(lambda: len(telegram.said(HER_CHAT)) >= messages)

    telegram.known(HER_CHAT).name = HER_NAME
    telegram.say(HER_CHAT, f"hola {HER_WORDS}")
    await answered(1)
    telegram.say(HER_CHAT, f"mi marido me pega {HER_WORDS.upper()}")
    await answered(2)
    telegram.say(HER_CHAT, "línea 100")
    await answered(3)
    telegram.does(HER_CHAT, {"location": {"latitude": HER_PLACE, "longitude": -71.97}})
    await answered(4)
    telegram.faults.append(Fault("garbled"))
    telegram.say(HER_CHAT, f"{HER_WORDS} ñawi")
    await answered(5)
    telegram.block(HER_CHAT)
    telegram.say(HER_CHAT, HER_WORDS)
    await asyncio.sleep(1.5)


async def she_signs_up_for_a_school(telegram: Standin) -> None:
    """By buttons and with the name everybody calls her by."""
    telegram.unblock(HER_CHAT)
    telegram.say(HER_CHAT, "escuela de onamiap")
    for label in ("Fechas e inscripción", "Lircay 2040", "Inscribirme", "Sí, acepto"):
        await shown(telegram, label)
        telegram.press(HER_CHAT, label)
    await shown(telegram, "Dejarlo")
    telegram.say(HER_CHAT, HER_NAME)
    await shown(telegram, "Más regiones")
    telegram.press(HER_CHAT, "Huancavelica")
    await shown(telegram, "Saltar")
    telegram.say(HER_CHAT, f"Comité {HER_WORDS}")
    for label in ("Sí, inscribirme", "Mis inscripciones"):
        await shown(telegram, label)
        telegram.press(HER_CHAT, label)
    await shown(telegram, "Retirarme")


async def shown(telegram: Standin, label: str) -> None:
    await telegram.until(lambda: label in telegram.said(HER_CHAT)[-1].labels)


async def she_writes_on_whatsapp(meta: whatsapp.Standin) -> None:
    """By her number and by the id Meta gives her, which is hers alone as well."""
    number = str(HER_CHAT)

    async def answered(messages: int) -> None:
        await meta.until(lambda: len(meta.said(number)) >= messages)

    meta.woman(number, name=HER_NAME, shape="old")
    meta.say(number, f"hola {HER_WORDS}")
    await answered(1)
    meta.woman(number, shape="both")
    meta.say(number, f"mi marido me pega {HER_WORDS.upper()}")
    await answered(2)
    meta.share_location(number, HER_PLACE, -71.97, name=HER_WORDS)
    await answered(3)
    meta.sends(number, "contact")
    await answered(4)
    meta.faults.append(whatsapp.Fault("garbled"))
    meta.faults.append(whatsapp.Fault("429", code=131009))
    meta.say(number, f"{HER_WORDS} ñawi")
    meta.webhook.secret = "wrong"
    meta.say(number, HER_WORDS)
    meta.webhook.secret = whatsapp.APP_SECRET
    meta.webhook.post_raw(f'{{"broken": "{HER_WORDS} {HER_CHAT}"'.encode())
    meta.change_number(number, "51987654322")
    meta.block(number)
    meta.say(number, HER_WORDS)
    await asyncio.sleep(1.5)


async def she_writes_on_the_web(url: str) -> None:
    async with aiohttp.ClientSession(url) as web:
        async with web.post("/chat/session") as answer:
            token = (await answer.json())["token"]
        for number, words in enumerate((HER_WORDS, f"me pega {HER_WORDS} {HER_CHAT}")):
            message = {"id": f"m{number}", "text": words}
            headers = {"X-Willaq-Token": token}
            async with web.post("/chat/say", json=message, headers=headers) as answer:
                assert answer.status in (200, 202), await answer.text()
        for body in (f'{{"broken {HER_WORDS}', HER_WORDS * 300_000):
            data, headers = BytesIO(body.encode()), {"X-Willaq-Token": token}
            async with web.post("/chat/say", data=data, headers=headers) as answer:
                assert answer.status >= 400
                assert not found_in("an error", await answer.read())
        async with web.post("/hooks/telegram", data=f'{{"x": "{HER_WORDS}"}}') as answer:
            assert answer.status in (403, 404)


async def everything_it_shows(willaq: Running) -> dict[str, bytes]:
    async with aiohttp.ClientSession(willaq.url) as web:
        shown = {}
        for page in ("/metrics", "/health", "/"):
            async with web.get(page) as answer:
                shown[page] = await answer.read()
    return shown


async def test_nothing_of_her_is_found_in_logs_metrics_errors_or_files(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    meta = whatsapp.Standin(rate=0, pair_rate=0)
    async with Standin(rate=0, chat_rate=0) as telegram, meta:
        settings = {
            **on_whatsapp(meta, free_port()),
            "WILLAQ_TELEGRAM_TOKEN": TOKEN,
            "WILLAQ_TELEGRAM_API_URL": telegram.url,
            "WILLAQ_LOG_LEVEL": "debug",
        }
        (tmp_path / "data").mkdir()
        shutil.copy(SERVICES, tmp_path / "data" / "services.csv")
        home = home_with(tmp_path_factory.mktemp("home"), STORIES / "lircay-2040.md")
        async with running(tmp_path, home, **settings) as willaq:
            await meta.push_to(f"{willaq.url}/hooks/whatsapp")
            await she_writes_on_telegram(telegram)
            await she_signs_up_for_a_school(telegram)
            await she_writes_on_whatsapp(meta)
            await she_writes_on_the_web(willaq.url)
            shown = await everything_it_shows(willaq)
            files = files_in(tmp_path)
            assert {"willaq.db", "willaq.db-wal", "data.key"} <= files.keys()
        after = {f"{name}, stopped": data for name, data in files_in(tmp_path).items()}
        logged = "\n".join([*willaq.said, *willaq.logged]).encode()
        assert len(willaq.logged) > 5
    places = {**shown, **files, **after, "the log": logged}
    assert [fault for name, data in places.items() for fault in found_in(name, data)] == []


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_search_for_her_would_find_her() -> None:
    assert len(found_in("x", b"51987654321 zarzamora canaria Canariola")) >= 4


async def test_the_terminal_and_ask_keep_nothing(tmp_path: Path) -> None:
    typed = f"{HER_WORDS}\nme pega {HER_CHAT}\n"
    code, out, err = await command(tmp_path, "chat", typed=typed, WILLAQ_LOG_LEVEL="debug")
    assert code == 0
    assert not found_in("chat", out.encode() + err.encode())
    code, out, err = await command(tmp_path, "ask", HER_WORDS, WILLAQ_LOG_LEVEL="debug")
    assert code == 0
    assert not found_in("ask", out.encode() + err.encode())
    assert files_in(tmp_path) == {}


KEPT = {  # column -> why, as "qué sabes de mí" tells her
    "people": {
        "id", "channel", "address_index", "address", "language", "greeted", "region",
        "state", "state_until", "last_seen", "reachable",
        "window_until", "plain_until", "stopped",
        "wanted", "consent", "agreed_on", "hours_from", "hours_until",
        # How she agreed, in the words of the organization that brought her: `sender.imported`.
        "proof",
    },
    "enrolments": {
        "id", "person_id", "channel", "edition", "state", "region", "answers", "consent",
        "agreed_on", "since", "moved_up", "keep_until",
    },
    "silenced": {"address_index", "since"},
    "recipients": {"broadcast_id", "person_id"},
    "reminders": {"enrolment_id", "kind", "outbox_id"},
    "media": {"channel", "digest", "ref", "expires_at"},
    "heard": {"message_index", "heard_at", "tries"},
    "traces": {"id", "person_id", "row_id", "ref", "at"},
    "usage": {"week", "topic", "language", "region", "count"},
    "meta": {"name", "value"},
}  # fmt: skip


async def test_no_column_is_kept_that_she_is_not_told_of(tmp_path: Path) -> None:
    """A new column has to be thought of here, and in `safety.known`, before it can be shipped."""
    code, _, err = await command(tmp_path, "migrate")
    assert code == 0, err
    with sqlite3.connect(tmp_path / "data" / "willaq.db") as database:
        for table, columns in KEPT.items():
            there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            assert there == columns, table
    database.close()


@pytest.mark.parametrize("words", ["borrar", "pichay"])
async def test_after_forget_the_database_holds_nobody(tmp_path: Path, words: str) -> None:
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, **settings):
            telegram.say(HER_CHAT, "hola")
            await telegram.until(lambda: len(telegram.said(HER_CHAT)) == 1)
            telegram.say(HER_CHAT, words)
            # The greeting and what she wrote are deleted, the goodbye stays.
            await telegram.until(lambda: len(telegram.chat(HER_CHAT)) == 1)
        with sqlite3.connect(tmp_path / "data" / "willaq.db") as database:
            assert database.execute("SELECT count(*) FROM people").fetchone() == (0,)
            assert database.execute("SELECT count(*) FROM traces").fetchone() == (0,)
            left = database.execute("SELECT address, body FROM outbox").fetchall()
            assert {value for row in left for value in row} <= {None}
        database.close()
