"""Ask Meta about our number, our app and our template, and say what to do about each."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import aiohttp

from bot.channels.base import SendError
from bot.channels.whatsapp_http import Client
from bot.finding import PATIENCE_S, Finding
from bot.settings import Settings

_ABOUT: Final = "WhatsApp"
_FIELDS: Final = "display_phone_number,verified_name,name_status,quality_rating"
_TODO: Final = {
    "token": "WILLAQ_WHATSAPP_TOKEN is not valid, or has run out: make a permanent one for a "
    "system user (docs/run.md).",
    "permission": "the token may not use this number: give its system user the app and the "
    "account, with whatsapp_business_messaging.",
    "number": "Meta does not know WILLAQ_WHATSAPP_PHONE_NUMBER_ID, or the token may not see it.",
    "network": "Meta cannot be reached from this machine.",
}
_TEMPLATE_TODO: Final = {
    "APPROVED": "",
    "PENDING": "Meta is still looking at it; until then messages wait for her.",
    "REJECTED": "Meta refused it: read why in WhatsApp Manager, and send the one of docs/run.md.",
    "PAUSED": "Meta paused it because it was reported: knock less, and wait.",
    "DISABLED": "Meta took it away: send a new one under another name.",
}


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Nothing is sent to anybody and nothing at Meta is changed."""
    if settings.whatsapp_token is None:
        yield Finding(True, _ABOUT, "not configured (WILLAQ_WHATSAPP_TOKEN and three more)")
        return
    client = Client(settings.whatsapp_token.reveal(), settings.whatsapp_api_url)
    await client.open()
    try:
        async with asyncio.timeout(PATIENCE_S):
            number = await _number(client, settings)
            yield number
            yield await _webhook(settings)
            if not number.fine:
                return  # whatever else is asked of Meta is refused in the same way
            token = await _token(client, settings.whatsapp_token.reveal())
            yield _for_how_long(token)
            account = settings.whatsapp_account_id or _account(token)
            if account is None:
                yield Finding(True, _ABOUT, "with WILLAQ_WHATSAPP_ACCOUNT_ID more could be checked")
                return
            yield await _subscription(client, account)
            yield await _template(client, account, settings.whatsapp_template)
    except TimeoutError:
        yield Finding(False, _ABOUT, f"{settings.whatsapp_api_url} does not answer.")
    finally:
        await client.close()


async def _number(client: Client, settings: Settings) -> Finding:
    try:
        number = await client.call(
            "GET", str(settings.whatsapp_phone_number_id), params={"fields": _FIELDS}
        )
    except SendError as error:
        return _bad(error)
    shown, name = number.get("display_phone_number"), number.get("verified_name")
    quality = number.get("quality_rating", "UNKNOWN")
    if quality == "RED":
        text = f"{shown} works, but Meta rates it RED: many report it. Announce less."
        return Finding(False, _ABOUT, text)
    return Finding(True, _ABOUT, f"the token works; {shown} is called {name}, quality {quality}")


async def _token(client: Client, token: str) -> Mapping[str, Any]:
    """What Meta says of it; {} when it does not."""
    try:
        found = await client.call("GET", "debug_token", params={"input_token": token})
    except SendError:
        return {}
    data = found.get("data")
    return data if isinstance(data, Mapping) else {}


def _for_how_long(token: Mapping[str, Any]) -> Finding:
    ends_at = token.get("expires_at")
    if not isinstance(ends_at, int) or ends_at == 0:
        return Finding(True, _ABOUT, "the token does not run out")
    day = datetime.fromtimestamp(ends_at, UTC).date().isoformat()
    text = f"the token runs out on {day}: make a permanent one for a system user (docs/run.md)."
    return Finding(False, _ABOUT, text)


def _account(token: Mapping[str, Any]) -> str | None:
    """The account the token was made for, if it is for one."""
    scopes = token.get("granular_scopes")
    for scope in scopes if isinstance(scopes, list) else ():
        targets = scope.get("target_ids") if isinstance(scope, Mapping) else None
        if scope.get("scope") == "whatsapp_business_management" and targets:
            return str(targets[0])
    return None


async def _webhook(settings: Settings) -> Finding:
    """The question Meta asks when one enters the address: it needs a Willaq that runs."""
    if settings.public_url is None or settings.whatsapp_verify_token is None:
        return Finding(False, _ABOUT, "cannot deliver to us: set WILLAQ_PUBLIC_URL.")
    address = f"{settings.public_url}/hooks/whatsapp"
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": settings.whatsapp_verify_token.reveal(),
        "hub.challenge": "willaq",
    }
    try:
        async with aiohttp.ClientSession() as web, web.get(address, params=query) as answer:
            is_ours = answer.status == 200 and await answer.text() == "willaq"
    except (aiohttp.ClientError, OSError):
        text = f"{address} does not answer. Is Willaq running, and the proxy in front of it?"
        return Finding(False, _ABOUT, text)
    if is_ours:
        return Finding(True, _ABOUT, f"{address} answers as Meta wants it to")
    text = f"{address} is answered by something else, or by a Willaq with other settings."
    return Finding(False, _ABOUT, text)


async def _subscription(client: Client, account: str) -> Finding:
    try:
        found = await client.call("GET", f"{account}/subscribed_apps")
    except SendError as error:
        return _bad(error, "account")
    if found.get("data"):
        return Finding(True, _ABOUT, "Meta delivers what women write to an app of yours")
    text = "no app gets what women write: in the app, under WhatsApp > Configuration, subscribe."
    return Finding(False, _ABOUT, text)


async def _template(client: Client, account: str, name: str | None) -> Finding:
    if name is None:
        text = "no template (WILLAQ_WHATSAPP_TEMPLATE): late answers wait until she writes"
        return Finding(True, _ABOUT, text)
    try:
        found = await client.call("GET", f"{account}/message_templates", params={"name": name})
    except SendError as error:
        return _bad(error, "account")
    ours = [each for each in _objects(found) if each.get("name") == name]
    spanish = next((each for each in ours if each.get("language") == "es"), None)
    if spanish is None:
        there = ", ".join(sorted(str(each.get("language")) for each in ours))
        text = f"there is no template {name} in Spanish (es){there and f', only in {there}'}."
        return Finding(False, _ABOUT, f"{text} Send the one of docs/run.md.")
    status = str(spanish.get("status"))
    todo = _TEMPLATE_TODO.get(status, "See WhatsApp Manager.")
    return Finding(not todo, _ABOUT, f"the template {name} is {status}. {todo}".strip())


def _objects(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    data = found.get("data")
    return [each for each in data if isinstance(each, Mapping)] if isinstance(data, list) else []


def _bad(error: SendError, asked_of: str = "") -> Finding:
    if asked_of and error.reason in ("number", "rejected", "permission"):
        text = "Meta does not show this account to the token: check WILLAQ_WHATSAPP_ACCOUNT_ID."
        return Finding(False, _ABOUT, text)
    return Finding(False, _ABOUT, _TODO.get(error.reason, f"it answers: {error.reason}."))
