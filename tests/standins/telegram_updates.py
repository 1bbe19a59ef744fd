"""The updates a bot has not confirmed yet: fetched by long polling, or pushed to its webhook."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import orjson

from tests.standins.raw_http import Poster

Json = dict[str, Any]
_UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Denied(Exception):
    """The API says no: status, description, and sometimes what to do."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str
    poster: Poster


class Updates:
    """`changed` is called when something did; `call` does what the answer to a push asks for."""

    def __init__(self, changed: Callable[[], None], call: Callable[[Json], object]) -> None:
        self.pending: dict[int, Json] = {}
        self.webhook: Webhook | None = None
        self.webhook_answers: Counter[int] = Counter()
        self.retry_s = 0.05
        self._changed = changed
        self._call = call
        self._ids = itertools.count(700_000_001)
        self._allowed: Collection[str] | None = None
        self._poller: asyncio.Future[None] | None = None
        self._deliveries: dict[int, asyncio.Task[None]] = {}

    def add(self, kind: str, content: Json) -> int:
        """The update's id; one of a kind the bot did not ask for is never shown to it."""
        id = next(self._ids)
        if self._wants(kind):
            self.put({"update_id": id, kind: content})
        return id

    def put(self, update: Json) -> None:
        id = update["update_id"]
        self.pending[id] = update
        if self.webhook is not None:
            self._push(id, self.webhook)
        elif self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _wants(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in _UNLESS_ASKED

    async def fetch(
        self, offset: int, limit: int, timeout_s: float, allowed: Collection[str] | None
    ) -> list[Json]:
        if self.webhook is not None:
            raise Denied(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if allowed is not None:
            self._allowed = allowed
        self._confirm(offset)
        if not self.pending and timeout_s > 0:
            await self._wait(timeout_s)
        return list(itertools.islice(self.pending.values(), limit))

    def _confirm(self, offset: int) -> None:
        done = [id for id in self.pending if id < offset]
        if offset < 0:
            done = list(self.pending)[:offset]
        for id in done:
            del self.pending[id]
        if done:
            self._changed()

    async def _wait(self, timeout_s: float) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(
                Denied(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            )
        self._poller = poller = asyncio.get_running_loop().create_future()
        self._changed()
        try:
            async with asyncio.timeout(timeout_s):
                await poller
        except TimeoutError:
            pass

    @property
    def polled(self) -> bool:
        """A long poll is waiting right now."""
        return self._poller is not None and not self._poller.done()

    def set_webhook(
        self, url: str, secret: str, connections: int, allowed: Collection[str] | None
    ) -> None:
        self.delete_webhook()
        if allowed is not None:
            self._allowed = allowed
        if self.polled and self._poller is not None:
            self._poller.set_exception(Denied(409, "Conflict: terminated by setWebhook request"))
        self.webhook = Webhook(url, secret, Poster(url, connections))
        for id in self.pending:
            self._push(id, self.webhook)

    def delete_webhook(self) -> None:
        for delivery in self._deliveries.values():
            delivery.cancel()
        self._deliveries.clear()
        if self.webhook is not None:
            self.webhook.poster.close()
        self.webhook = None

    def _push(self, id: int, webhook: Webhook) -> None:
        self._deliveries[id] = asyncio.ensure_future(self._deliver(id, webhook))

    async def _deliver(self, id: int, webhook: Webhook) -> None:
        """Again until it is answered with a 2xx, as Telegram does for hours."""
        body = orjson.dumps(self.pending[id])
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        for failures in itertools.count():
            status, answer = await webhook.poster.post(body, headers)
            self.webhook_answers[status] += 1
            if 200 <= status < 300:
                if answer.startswith(b"{"):
                    self._call(orjson.loads(answer))
                break
            self._changed()
            await asyncio.sleep(min(self.retry_s * 2**failures, 5.0))
        self.pending.pop(id, None)
        self._deliveries.pop(id, None)
        self._changed()
