"""Fetch what women do from Telegram by long polling, where no public address is set.

Rule 1: the offset moves only past what is kept; what is fetched twice is known by its id.
Rule 2: what one woman did is handed on in order; different women do not wait for each other.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from bot.channels.base import Incoming, SendError
from bot.channels.telegram_updates import ALLOWED_UPDATES, parse

if TYPE_CHECKING:
    from bot.channels.telegram_http import Client

BATCH: Final = 100
TIMEOUT_S: Final = 50
TOKEN_IS_WRONG: Final = (
    "Telegram does not know this token, token not valid: WILLAQ_TELEGRAM_TOKEN. "
    "Copy it again from @BotFather."
)
_TWO_OF_US: Final = (
    "another process fetches the messages of this bot, or has set a webhook for it: "
    "stop that one, or give this one a bot and a token of its own"
)
_TRIES: Final = 20
_FIRST_WAIT_S: Final = 0.5
_LONGEST_WAIT_S: Final = 30.0

log = logging.getLogger(__name__)

Receive = Callable[[Incoming], Awaitable[object]]
Heard = list[tuple[int, Incoming]]  # with the update's id


class Poller:
    """Runs until it is cancelled."""

    def __init__(
        self,
        client: "Client",
        receive: Receive,
        acknowledge: Callable[[str], None],
        *,
        timeout_s: int = TIMEOUT_S,
    ) -> None:
        self._client = client
        self._receive = receive
        self._acknowledge = acknowledge
        self._timeout_s = timeout_s
        self._offset = 0
        self._failures: Counter[int] = Counter()  # by update
        self._pauses = 0  # since something last went well
        self._trouble = ""
        self._webhook_may_be_set = True

    async def run(self) -> None:
        while True:
            try:
                updates = await self._fetch()
            except SendError as error:
                await self._bear(error)
                continue
            if self._trouble:
                log.info("Telegram answers again")
                self._trouble, self._pauses = "", 0
            await self._hand_on(updates)

    async def _fetch(self) -> Sequence[Mapping[str, Any]]:
        if self._webhook_may_be_set:
            await self._remove_webhook()
        updates: Sequence[Mapping[str, Any]] = await self._client.call(
            "getUpdates",
            {
                "offset": self._offset,
                "limit": BATCH,
                "timeout": self._timeout_s,
                "allowed_updates": ALLOWED_UPDATES,
            },
            patience_s=self._timeout_s + 10.0,
        )
        return updates

    async def _remove_webhook(self) -> None:
        try:
            await self._client.ask(self._client.bot.delete_webhook())
        except SendError as error:
            if error.reason != "unsupported":
                raise
        self._webhook_may_be_set = False

    async def _bear(self, error: SendError) -> None:
        """Say once what the matter is, and wait."""
        if error.reason != self._trouble:
            self._trouble = error.reason
            if error.reason == "token":
                log.error(TOKEN_IS_WRONG)
            elif error.reason == "conflict":
                log.error(_TWO_OF_US)
            else:
                log.warning("Telegram cannot be reached: %s; trying again", error.reason)
        if error.reason == "conflict":
            self._webhook_may_be_set = True
        await self._pause(error.retry_after_s)

    async def _hand_on(self, updates: Sequence[Mapping[str, Any]]) -> None:
        chats: dict[str, Heard] = {}
        for update in updates:
            for incoming in parse(update):
                chats.setdefault(incoming.address, []).append((update["update_id"], incoming))
        outcomes = await asyncio.gather(*(self._one_woman(heard) for heard in chats.values()))
        failed = [outcome for outcome in outcomes if outcome is not None]
        missed = [id for id, _ in failed if not self._must_let_go(id, len(failed) < len(chats))]
        if updates:
            after_all = max(int(update["update_id"]) for update in updates) + 1
            self._offset = min(missed, default=after_all)
        if missed:
            # Whose fault it is, the first one tells; a hundred lines would tell no more.
            log.warning(
                "messages could not be kept; fetching them again",
                exc_info=failed[0][1],
                extra={"women": len(missed)},
            )
            await self._pause()
        elif updates:
            self._pauses = 0
            self._failures.clear()

    async def _one_woman(self, heard: Heard) -> tuple[int, Exception] | None:
        """What she did, in order, up to the first that could not be kept."""
        for id, incoming in heard:
            try:
                await self._receive(incoming)
            except Exception as error:
                return id, error
            self._acknowledge(incoming.ack)
        return None

    def _must_let_go(self, id: int, others_are_kept: bool) -> bool:
        """Whatever the program cannot take must not stop what all the other women say: past a
        hundred updates, Telegram shows nothing until this one is confirmed."""
        self._failures[id] += 1
        if self._failures[id] < _TRIES or not others_are_kept:
            return False
        log.error("a message is given up: it failed %d times while others were kept", _TRIES)
        return True

    async def _pause(self, told_s: float | None = None) -> None:
        wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(self._pauses, 10))
        self._pauses += 1
        await asyncio.sleep(wait_s if told_s is None else told_s)
