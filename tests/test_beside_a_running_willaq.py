"""Commands beside a Willaq that runs: it does what they decide, and a copy disturbs nothing."""

import asyncio
import json
import time
from pathlib import Path

from bot.store.desk import Doer
from bot.store.sqlite import SqliteStore
from tests.announcing import WHAT
from tests.people import ROSA
from tests.standins.telegram import TOKEN, Standin
from tests.willaq import command, running


async def test_what_is_decided_here_is_done_there_and_kept_in_a_copy(tmp_path: Path) -> None:
    copy, data = tmp_path / "copy.db", tmp_path / "data"
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, **settings):
            telegram.say(ROSA.chat_id, "hola")
            await telegram.hears(ROSA.chat_id)
            store = await SqliteStore.open(data / "willaq.db", tmp_path / "data.key")
            await approved(store)
            code, said, wrong = await command(
                tmp_path, "announce", "start", "1", "--json", **settings
            )
            assert (code, wrong) == (0, "") and json.loads(said)["state"] == "sending"
            await made(store)
            code, said, wrong = await command(tmp_path, "backup", str(copy), **settings)
            assert (code, wrong) == (0, "") and "without the key" in said
            code, _, wrong = await command(tmp_path, "restore", str(copy), **settings)
            assert code == 1 and "already runs" in wrong and "Nothing was changed" in wrong
            await store.close()
        assert (tmp_path / "data.key").read_bytes() not in copy.read_bytes()
        code, said, wrong = await command(tmp_path, "restore", str(copy), **settings)
        assert (code, wrong) == (0, "") and "willaq announce allow" in said
        code, said, _ = await command(tmp_path, "doctor", **settings)
        assert code == 1 and "BAD  announcements" in said


async def approved(store: SqliteStore) -> None:
    """For Rosa, who agreed."""
    await store._writer.between(
        lambda connection: connection.execute("UPDATE people SET wanted = 1, language = 'es'")
    )
    alone, now = Doer(None, "command", two_person=False), time.time()
    assert await store.draft(WHAT, doer=alone, now=now) == 1
    await store.act(1, "approve", doer=alone, now=now, version=1)


async def made(store: SqliteStore) -> None:
    """The one that runs has made her message; at night it waits for the morning."""
    async with asyncio.timeout(20):
        while True:
            if [each.channel for each in await store.tally(1)] == ["telegram"]:
                return
            await asyncio.sleep(0.05)
