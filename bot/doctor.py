"""Say what is configured, what is reachable, what is missing, and what to do about it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

from bot import whatsapp_doctor
from bot.channels.base import SendError
from bot.finding import PATIENCE_S, Finding
from bot.settings import Settings
from bot.store.base import StoreError
from bot.store.sqlite import SqliteStore


async def examine(settings: Settings) -> list[Finding]:
    """Every finding, the good ones too. Nothing is made or changed."""
    findings = [*await _database(settings), _port(settings)]
    findings += [finding async for finding in _telegram(settings)]
    findings += [finding async for finding in whatsapp_doctor.examine(settings)]
    return findings


async def _database(settings: Settings) -> list[Finding]:
    file = settings.sqlite_file
    if file is None:
        text = "PostgreSQL is not there yet. Give sqlite:///willaq.db."
        return [Finding(False, "database", text)]
    if not file.exists():
        # Made by whoever asks, it might belong to the wrong account.
        return [Finding(True, "database", f"{file} is made by the first willaq run")]
    try:
        store = await SqliteStore.open(file, settings.key_file)
    except StoreError as error:
        return [Finding(False, "database", str(error))]
    try:
        await store.check()
        counts = await store.outbox_counts()
        house = await store.house_is_paused()
    except StoreError as error:
        return [Finding(False, "database", str(error))]
    finally:
        await store.close()
    on_their_way = counts.get("waiting", 0) + counts.get("sending", 0)
    text = f"{file}, key {settings.key_file}; {on_their_way} messages on their way"
    return [Finding(True, "database", text), *_house(house)]


def _house(reason: str) -> Iterator[Finding]:
    if reason:
        what = (
            "nothing is announced, as the database was restored"
            if reason == "restored"
            else (f"nothing is announced ({reason})")
        )
        yield Finding(False, "announcements", f"{what}. Read why: willaq announce allow")


def _port(settings: Settings) -> Finding:
    address = f"{settings.http_host}:{settings.http_port}"
    family = socket.AF_INET6 if ":" in settings.http_host else socket.AF_INET
    try:
        socket.create_server((settings.http_host, settings.http_port), family=family).close()
    except OSError as error:
        return Finding(
            True, "web chat", f"{address} is taken ({error.strerror}): by a Willaq that runs?"
        )
    return Finding(True, "web chat", f"{address} is free")


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        yield Finding(True, "Telegram", "not configured (WILLAQ_TELEGRAM_TOKEN)")
        return
    from bot.channels.telegram_http import Client

    client = Client(settings.telegram_token.reveal(), settings.telegram_api_url)
    await client.open()
    try:
        async with asyncio.timeout(PATIENCE_S):
            me = await client.call("getMe", {})
            yield Finding(True, "Telegram", f"the token works; the bot is @{me['username']}")
            with contextlib.suppress(SendError):
                hook = await client.call("getWebhookInfo", {})
                yield _webhook(hook.get("url", ""), settings)
    except TimeoutError:
        yield Finding(False, "Telegram", f"{settings.telegram_api_url} does not answer.")
    except SendError as error:
        todo = {
            "token": "the token is not valid: copy it again from @BotFather.",
            "network": f"{settings.telegram_api_url} cannot be reached from this machine.",
        }
        yield Finding(False, "Telegram", todo.get(error.reason, f"it answers: {error.reason}."))
    finally:
        await client.close()


def _webhook(set_to: str, settings: Settings) -> Finding:
    wanted = f"{settings.public_url}/hooks/telegram" if settings.public_url else ""
    if set_to == wanted:
        how = "pushes to our webhook" if wanted else "is asked by long polling"
        return Finding(True, "Telegram", how)
    if not wanted:
        text = "has a webhook set elsewhere; willaq run will remove it and ask itself."
    else:
        text = "does not push to us yet; willaq run will set the webhook."
    return Finding(True, "Telegram", text)
