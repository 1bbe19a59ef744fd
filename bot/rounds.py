"""What is done again and again beside answering: files read anew, places given, old things dropped.

A round that fails is told of in the log and goes again; none of them stops the others.
"""

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from bot import reminders
from bot.conversation import lima_day
from bot.library import Library
from bot.store.base import StoreError

if TYPE_CHECKING:
    from bot.app import Willaq

REFRESH_S: Final = 1.0
REWORD_S: Final = 0.25  # a translator looks at the screen as soon as she has saved
PURGE_S: Final = 60.0
TEND_S: Final = 10.0  # how long a place can be free before who waits for it is told
TICK_S: Final = 0.25  # so soon an announcement obeys who pauses it, at whichever door

log = logging.getLogger(__name__)


def begin(willaq: "Willaq") -> list[asyncio.Task[None]]:
    return [
        asyncio.create_task(_every(REWORD_S, lambda: _reword(willaq))),
        asyncio.create_task(_every(REFRESH_S, lambda: _refresh(willaq))),
        asyncio.create_task(_every(PURGE_S, lambda: _tidy(willaq))),
        asyncio.create_task(_every(TEND_S, lambda: _tend_schools(willaq))),
        asyncio.create_task(_every(TICK_S, willaq.broadcasts.tick)),
    ]


async def _reword(willaq: "Willaq") -> None:
    if await asyncio.to_thread(willaq.library.reword):
        willaq.outbox.reload()
        tell_mistakes(willaq.library)


async def _refresh(willaq: "Willaq") -> None:
    """In a thread: reading files must not keep anybody waiting."""
    catalogue, _ = willaq.library.current
    if await asyncio.to_thread(willaq.library.refresh):
        willaq.outbox.reload()
        tell_mistakes(willaq.library)
        if willaq.library.current[0] is not catalogue:
            let_rest()


async def _tidy(willaq: "Willaq") -> None:
    """Forget what is past its time, and find what a lost lease left behind."""
    await willaq.store.purge(now=time.time())
    await asyncio.to_thread(willaq.voices.tidy, time.time())
    await willaq.outbox.renew()  # else what we hold could be taken for left behind
    await willaq.store.recover(now=time.time(), everything=False)
    willaq.outbox.wake()


async def _tend_schools(willaq: "Willaq") -> None:
    """Who waits moves up; who signed up is reminded."""
    now, catalogue = time.time(), willaq.library.current[0]
    if await reminders.tend(willaq.store, catalogue, lima_day(now), now):
        willaq.outbox.wake()


async def _every(seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await job()
        except StoreError as error:
            log.warning("a regular job has to wait for the database", exc_info=error)
        except Exception:
            log.exception("a regular job failed; it is tried again")


def let_rest() -> None:
    """What is there now stays. Searching all of it for garbage, again and again, took a fifth of
    the time of every reply; and of what comes and goes so little is left that seldom is enough."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def tell_mistakes(library: Library) -> None:
    for mistake in library.mistakes:
        log.warning("%s", mistake)
