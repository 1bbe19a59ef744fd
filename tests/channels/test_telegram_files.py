"""Files on Telegram: up once, by name afterwards; and a translator's voice comes down."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.channels.base import Bubble, SendError
from bot.channels.telegram import Telegram, parse
from bot.dialogue.turn import File
from bot.store.addresses import Vault
from bot.store.sqlite import MEMORY, SqliteStore
from tests.channels.telegram_bot import bot
from tests.people import KILLA, ROSA
from tests.standins.telegram import TOKEN, Fault, Standin

OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(200)
JPEG, PDF = b"\xff\xd8\xff\xe0" + bytes(300), b"%PDF-1.7" + bytes(300)
FILES: Mapping[str, bytes] = {
    "quy/linea-100.ogg": OPUS, "quy/saludo.ogg": OPUS + b"2", "announcements/ab.jpg": JPEG,
    "announcements/cd.pdf": PDF, "announcements/ef.gif": b"GIF89a",
}  # fmt: skip
VOICE = Bubble("", attachments=(File("quy/linea-100.ogg", kind="audio"),))
OTHER = Bubble("", attachments=(File("quy/saludo.ogg", kind="audio"),))
HERS = str(ROSA.chat_id)


def read(path: str) -> bytes:
    if path not in FILES:
        raise FileNotFoundError(path)
    return FILES[path]


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin(chat_burst=50.0, bucket_s=10.0) as standin:
        yield standin


@pytest.fixture
async def store() -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    yield store
    await store.close()


@pytest.fixture
async def telegram(standin: Standin, store: SqliteStore) -> AsyncIterator[Telegram]:
    async with bot(standin, media=store, read=read) as telegram:
        yield telegram


def uploads(standin: Standin) -> list[bytes]:
    return list(standin.files.all.values())


async def test_she_hears_it_and_nobody_else_in_the_room_hears_that_it_came(
    standin: Standin, telegram: Telegram
) -> None:
    receipt = await telegram.send(HERS, VOICE)
    (message,) = standin.chat(ROSA.chat_id)
    assert standin.files.all[message.voice] == OPUS
    assert message.silent
    assert receipt.ref == str(message.id), "the quick exit deletes it as well"


@pytest.mark.parametrize(
    ("file", "kind", "content"),
    [
        (File("announcements/ab.jpg", kind="image"), "photo", JPEG),
        (File("announcements/cd.pdf", "taller.pdf"), "document", PDF),
    ],
)
async def test_a_picture_and_a_document_go_up_once_for_all_women(
    standin: Standin, telegram: Telegram, file: File, kind: str, content: bytes
) -> None:
    bubble = Bubble("", attachments=(file,))
    women = [str(who.chat_id) for who in (ROSA, KILLA)] * 3
    await asyncio.gather(*(telegram.send(address, bubble) for address in women))
    assert uploads(standin) == [content]
    for who in (ROSA, KILLA):
        for message in standin.chat(who.chat_id):
            assert message.file == (kind, next(iter(standin.files.all)))
            assert message.silent


async def test_what_telegram_takes_no_such_file_is_not_tried_again(telegram: Telegram) -> None:
    bubble = Bubble("", attachments=(File("announcements/ef.gif", kind="image"),))
    with pytest.raises(SendError) as failed:
        await telegram.send(HERS, bubble)
    assert (failed.value.reason, failed.value.permanent) == ("media", True)


async def test_it_goes_up_once_for_all_women_also_after_a_restart(
    standin: Standin, telegram: Telegram, store: SqliteStore
) -> None:
    await telegram.send(HERS, VOICE)
    await telegram.send(str(KILLA.chat_id), VOICE)
    async with bot(standin, media=store, read=read) as another_life:
        await another_life.send(HERS, VOICE)
    assert uploads(standin) == [OPUS]
    await telegram.send(HERS, OTHER)
    assert uploads(standin) == [OPUS, OPUS + b"2"]


async def test_many_who_ask_at_once_share_one_upload(standin: Standin, telegram: Telegram) -> None:
    standin.faults.append(Fault("delay", "sendVoice", delay_s=0.05))
    women = [str(ROSA.chat_id + number) for number in range(20)]
    await asyncio.gather(*(telegram.send(her, VOICE) for her in women))
    assert uploads(standin) == [OPUS]
    assert len(standin.called("sendVoice")) == 20


async def test_a_file_that_telegram_no_longer_knows_goes_up_anew_and_she_hears_it(
    standin: Standin, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    await telegram.send(HERS, VOICE)
    standin.files.all.clear()
    await telegram.send(HERS, VOICE)
    await telegram.send(HERS, VOICE)
    assert uploads(standin) == [OPUS]
    assert len(standin.said(ROSA.chat_id)) == 3
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_a_failed_upload_keeps_no_name_and_the_next_try_goes_up_again(
    standin: Standin, telegram: Telegram
) -> None:
    standin.faults.append(Fault("500", "sendVoice"))
    with pytest.raises(SendError) as caught:
        await telegram.send(HERS, VOICE)
    assert (caught.value.reason, caught.value.permanent) == ("server", False)
    await telegram.send(HERS, VOICE)
    assert len(standin.said(ROSA.chat_id)) == 1


async def test_who_blocked_the_bot_is_unreachable_for_voices_too(
    standin: Standin, telegram: Telegram
) -> None:
    standin.block(ROSA.chat_id)
    with pytest.raises(SendError) as caught:
        await telegram.send(HERS, VOICE)
    assert caught.value.unreachable


@pytest.mark.parametrize("has_files", [True, False])
async def test_a_file_that_is_not_there_fails_for_good_and_the_log_names_it(
    standin: Standin, store: SqliteStore, caplog: pytest.LogCaptureFixture, has_files: bool
) -> None:
    settings = {"media": store, "read": read} if has_files else {}
    async with bot(standin, **settings) as telegram:
        with pytest.raises(SendError) as caught:
            await telegram.send(HERS, Bubble("", attachments=(File("quy/x.ogg", kind="audio"),)))
    assert (caught.value.reason, caught.value.permanent) == ("media", True)
    assert not has_files or "quy/x.ogg" in caplog.text
    assert standin.called("sendVoice") == []


async def test_a_voice_note_comes_down_whole(standin: Standin, telegram: Telegram) -> None:
    standin.speak(ROSA.chat_id, OPUS)
    (update,) = standin.updates.pending.values()
    (incoming,) = parse(update)
    assert incoming.event.kind == "unreadable"
    assert incoming.event.media not in repr(incoming), "it may reach a log"
    assert await telegram.fetch(incoming.event.media, 1000) == OPUS


@pytest.mark.parametrize("told", [True, False], ids=["told before", "found out"])
async def test_more_than_is_wanted_is_not_taken(
    standin: Standin, telegram: Telegram, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = standin.files.add(OPUS)
    if not told:
        about = standin.files.about(id)
        monkeypatch.setattr(standin.files, "about", lambda id: {**about, "file_size": 1})
    with pytest.raises(SendError) as caught:
        await telegram.fetch(id, 100)
    assert (caught.value.reason, caught.value.permanent) == ("large", True)
    assert len(standin.called("download")) == (0 if told else 1)


@pytest.mark.parametrize("trouble", ["502", "reset", "garbled"])
async def test_what_does_not_come_down_is_tried_again_by_others_and_no_token_is_told(
    standin: Standin, telegram: Telegram, trouble: Any
) -> None:
    standin.faults.append(Fault(trouble, "getFile"))
    with pytest.raises(SendError) as caught:
        await telegram.fetch(standin.files.add(OPUS), 1000)
    assert not caught.value.permanent
    assert TOKEN not in repr(caught.getrepr())


async def test_a_voice_that_is_gone_is_gone_for_good(standin: Standin, telegram: Telegram) -> None:
    with pytest.raises(SendError) as caught:
        await telegram.fetch("AwAnever", 1000)
    assert caught.value.permanent
