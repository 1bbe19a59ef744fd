"""What all verbs of the `willaq` command share: exit codes, refusals, the terminal, the day."""

import asyncio
import io
import sys
import time
from collections.abc import Coroutine
from datetime import date
from typing import Any

OK, WRONG, NOT_UNDERSTOOD, STOPPED = 0, 1, 2, 130


class NotUnderstood(Exception):
    """What was asked for does not exist; the text says what does."""


def today() -> date:
    from bot.conversation import lima_day

    return lima_day(time.time())


def until_done(job: Coroutine[Any, Any, None], *refusals: type[Exception]) -> int:
    """The exit code. What the job raises of `refusals` says why it was not done."""
    import uvloop

    from bot.app import CannotStart
    from bot.store.base import StoreError
    from bot.web.server import CannotListen

    told: tuple[type[Exception], ...] = (CannotListen, CannotStart, StoreError, *refusals)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(job)
    except told as error:
        print(error, file=sys.stderr)
        return WRONG
    return OK


def speak_utf8(*streams: object) -> None:
    """Quechua has letters that some terminals' settings lack, and what she types may be anything:
    neither may stop us."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
