"""Do one thing of the outbox again and again, whatever it stumbles over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.store.base import StoreError

log = logging.getLogger(__name__)


async def forever(step: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await step()
        except StoreError:
            log.warning("the database cannot be used now; the outbox tries again in a second")
            await asyncio.sleep(1)
        except Exception:
            log.exception("the outbox stumbled; it goes on")
            await asyncio.sleep(1)
