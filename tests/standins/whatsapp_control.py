"""Steering the stand-in from another process: POST /control/<verb> with the arguments as JSON."""

import argparse
import asyncio
import signal
from collections.abc import Awaitable
from dataclasses import asdict, is_dataclass
from typing import Any

import orjson
import uvloop

from tests.standins.raw_http import Answer
from tests.standins.whatsapp import (
    APP_SECRET,
    PHONE_NUMBER_ID,
    VERIFY_TOKEN,
    WABA_ID,
    Fault,
    Standin,
)
from tests.standins.whatsapp_women import Woman

_DOES = frozenset(
    "woman say does press choose share_location sends react delete edit refer change_number "
    "stop_marketing resume_marketing block unblock reads status add_template chat said "
    "pass_time".split()
)
_OF_THE_WEBHOOK = frozenset({"hold", "release", "again"})


def control(whatsapp: Standin, verb: str, body: bytes) -> Answer | Awaitable[Answer]:
    try:
        arguments = orjson.loads(body or b"{}")
        if verb == "push_to":
            return _push_to(whatsapp, **arguments)
        return Answer(orjson.dumps(_done(whatsapp, verb, arguments), default=_plain))
    except (LookupError, TypeError, ValueError) as error:
        return Answer(orjson.dumps({"error": str(error)}), 400)


async def _push_to(whatsapp: Standin, url: str) -> Answer:
    try:
        await whatsapp.push_to(url)
    except OSError as error:
        return Answer(orjson.dumps({"error": str(error)}), 400)
    return Answer(b"null")


def _done(whatsapp: Standin, verb: str, arguments: dict[str, Any]) -> Any:
    if verb in _DOES:
        return getattr(whatsapp, verb)(**arguments)
    if verb in _OF_THE_WEBHOOK:
        return getattr(whatsapp.webhook, verb)(**arguments)
    if verb == "fault":
        whatsapp.faults.append(Fault(**arguments))
        return len(whatsapp.faults)
    if verb == "counts":
        calls = {f"{method} {status}": n for (method, status), n in whatsapp.counts.items()}
        webhook = {str(status): n for status, n in whatsapp.webhook.answers.items()}
        return {"calls": calls, "pending": len(whatsapp.webhook.pending), "webhook": webhook}
    if verb == "calls":
        return [asdict(call) for call in whatsapp.calls]
    raise LookupError(f"no verb {verb}")


def _plain(value: Any) -> Any:
    if isinstance(value, Woman):
        return {"phone": value.phone, "user_id": value.user_id, "shape": value.shape}
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--rate", type=float, default=80.0)
    options.add_argument("--pair-rate", type=float, default=1 / 6)
    options.add_argument("--delay-s", type=float, default=0.0)
    options.add_argument("--receipts", default="sent,delivered", help="may be empty")
    options.add_argument("--light", action="store_true", help="no validation, no journal")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(options.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    """Says how to reach it as one line of JSON, then serves until it is told to stop."""
    whatsapp = Standin(
        rate=options.rate,
        pair_rate=options.pair_rate,
        delay_s=options.delay_s,
        receipts=tuple(filter(None, options.receipts.split(","))),
        strict=not options.light,
        journal=not options.light,
    )
    await whatsapp.start(options.port)
    told = {
        "url": whatsapp.url,
        "token": whatsapp.token,
        "phone_number_id": PHONE_NUMBER_ID,
        "waba_id": WABA_ID,
        "app_secret": APP_SECRET,
        "verify_token": VERIFY_TOKEN,
    }
    print(orjson.dumps(told).decode(), flush=True)  # noqa: T201
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    await stopped.wait()
    await whatsapp.stop()
