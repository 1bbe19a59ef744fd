"""Steering the stand-in from another process: POST /control/<verb> with the arguments as JSON."""

import argparse
import asyncio
import signal
from dataclasses import asdict
from typing import Any

import orjson
import uvloop

from tests.standins.raw_http import Answer
from tests.standins.telegram import Fault, Standin

_DOES = ("say", "does", "edit", "press", "block", "unblock", "add_to_group", "chat", "said")


def control(telegram: Standin, verb: str, body: bytes) -> Answer:
    arguments = orjson.loads(body or b"{}")
    try:
        return Answer(orjson.dumps(_done(telegram, verb, arguments), default=str))
    except (LookupError, TypeError) as error:
        return Answer(orjson.dumps({"error": str(error)}), 400)


def _done(telegram: Standin, verb: str, arguments: dict[str, Any]) -> Any:
    if verb in _DOES:
        return getattr(telegram, verb)(**arguments)
    if verb == "fault":
        telegram.faults.append(Fault(**arguments))
        return len(telegram.faults)
    if verb == "counts":
        counts = {f"{method} {status}": n for (method, status), n in telegram.counts.items()}
        webhook = {str(status): n for status, n in telegram.updates.webhook_answers.items()}
        return {"calls": counts, "pending": len(telegram.updates.pending), "webhook": webhook}
    if verb == "calls":
        return [asdict(call) for call in telegram.calls]
    raise LookupError(f"no verb {verb}")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--rate", type=float, default=30.0)
    options.add_argument("--chat-rate", type=float, default=1.0)
    options.add_argument("--delay-s", type=float, default=0.0)
    options.add_argument("--light", action="store_true", help="no validation, no journal")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(options.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    """Says its address and its token as one line of JSON, then serves until it is told to stop."""
    telegram = Standin(
        rate=options.rate,
        chat_rate=options.chat_rate,
        delay_s=options.delay_s,
        validate=not options.light,
        journal=not options.light,
    )
    await telegram.start(options.port)
    print(orjson.dumps({"url": telegram.url, "token": telegram.token}).decode(), flush=True)  # noqa: T201
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    await stopped.wait()
    await telegram.stop()
