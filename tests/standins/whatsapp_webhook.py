"""Pushing to a server's webhook as Meta does: signed, in batches, again until it says 200.

What happened is an event: the field it belongs to ("messages", "user_preferences") and its value.
Each goes out in a body of its own, unless they were held back to be released together.
"""

import asyncio
import hmac
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import token_hex

import aiohttp

from tests.standins.platform import Json
from tests.standins.raw_http import Poster

# Seconds until a failed push is tried again the first time, at most, and until it is given up.
_FIRST_S, _LAST_S, _GIVE_UP_S = 5.0, 3600.0, 7 * 24 * 3600.0
_PER_CHANGE = 3


@dataclass(frozen=True, slots=True)
class Event:
    field: str
    value: Json


class Webhook:
    """`changed` is called when something did. `time_factor` 0.01: five seconds of Meta's pass in
    five hundredths. Set `secret` to sign as somebody else would."""

    def __init__(
        self, waba_id: str, secret: str, verify_token: str, changed: Callable[[], None]
    ) -> None:
        self.secret, self.verify_token = secret, verify_token
        self.time_factor = 0.01
        self.connections = 20
        self.journal = True
        self.url = ""
        self.pending: dict[int, bytes] = {}
        self.delivered: list[bytes] = []
        self.given_up: list[bytes] = []
        self.answers: Counter[int] = Counter()
        self._waba_id, self._changed = waba_id, changed
        self._held: list[Event] | None = None
        self._poster: Poster | None = None
        self._ids = itertools.count()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._dice = random.Random(7)

    async def push_to(self, url: str) -> None:
        """First asks whether the server is meant, as Meta does when one enters the address."""
        challenge = token_hex(8)
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self.verify_token,
        }
        async with aiohttp.ClientSession() as session, session.get(url, params=query) as answer:
            said = await answer.text()
        if answer.status != 200 or said != challenge:
            raise ConnectionRefusedError(f"{url} did not return the challenge: {answer.status}")
        self.push_unasked(url)

    def push_unasked(self, url: str) -> None:
        """As after an earlier handshake."""
        self.stop()
        self.url, self._poster = url, Poster(url, self.connections)
        for id in self.pending:
            self._push(id)

    def stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        if self._poster is not None:
            self._poster.close()
        self._poster = None

    # What goes out, and in which company.

    def add(self, field: str, value: Json) -> None:
        event = Event(field, value)
        if self._held is not None:
            self._held.append(event)
        else:
            self.post([event])

    def hold(self) -> None:
        self._held = self._held or []

    def release(
        self, *, per_post: int = 0, entries: int = 1, times: int = 1, shuffle: bool = False
    ) -> None:
        """What was held: `per_post` events to a body (0 = all), in this many entries, each body
        sent `times` times."""
        events, self._held = self._held or [], None
        if shuffle:
            self._dice.shuffle(events)
        size = per_post or len(events) or 1
        for at in range(0, len(events), size):
            for _ in range(times):
                self.post(events[at : at + size], entries)

    def post(self, events: Sequence[Event], entries: int = 1) -> None:
        self.post_raw(escaped(packed(self._waba_id, events, entries)))

    def post_raw(self, body: bytes) -> None:
        id = next(self._ids)
        self.pending[id] = body
        if self._poster is not None:
            self._push(id)

    def again(self) -> None:
        """All that was delivered comes a second time."""
        for body in list(self.delivered):
            self.post_raw(body)

    def _push(self, id: int) -> None:
        self._tasks[id] = asyncio.ensure_future(self._deliver(id))

    async def _deliver(self, id: int) -> None:
        body = self.pending[id]
        waited_s, wait_s = 0.0, _FIRST_S
        while waited_s < _GIVE_UP_S:
            if await self._once(body):
                if self.journal:
                    self.delivered.append(body)
                break
            await asyncio.sleep(wait_s * self.time_factor)
            waited_s, wait_s = waited_s + wait_s, min(wait_s * 2, _LAST_S)
        else:
            self.given_up.append(body)
        self.pending.pop(id, None)
        self._tasks.pop(id, None)
        self._changed()

    async def _once(self, body: bytes) -> bool:
        assert self._poster is not None
        headers = {
            "X-Hub-Signature-256": signature(self.secret, body),
            "User-Agent": "facebookexternalua",
        }
        status, _ = await self._poster.post(body, headers)
        self.answers[status] += 1
        self._changed()
        return status == 200


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


def escaped(body: Json) -> bytes:
    """As Meta writes JSON: only ASCII, and the slash with a backslash before it. The signature is
    over these very bytes."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def packed(waba_id: str, events: Sequence[Event], entries: int = 1) -> Json:
    """The events spread over so many entries; neighbours of one field share a change."""
    size = -(-len(events) // entries)
    parts = [events[at : at + size] for at in range(0, len(events), size)]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": waba_id, "changes": _changes(part)} for part in parts],
    }


def _changes(events: Sequence[Event]) -> list[Json]:
    changes: list[Json] = []
    for field, neighbours in itertools.groupby(events, lambda event: event.field):
        values = [event.value for event in neighbours]
        for at in range(0, len(values), _PER_CHANGE):
            changes.append({"field": field, "value": _merged(values[at : at + _PER_CHANGE])})
    return changes


def _merged(values: Sequence[Json]) -> Json:
    """One value with the contacts, messages, statuses of them all; each contact once."""
    merged: Json = {}
    for name, each in itertools.chain.from_iterable(value.items() for value in values):
        if not isinstance(each, list):
            merged[name] = each
        else:
            there = merged.setdefault(name, [])
            there += [item for item in each if name != "contacts" or item not in there]
    return merged
