"""The bot's side of the stand-in: its requests are judged, paced, answered, spoilt on demand."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, Literal, Self
from urllib.parse import parse_qsl

import orjson

from tests.standins.raw_http import Answer, Request, Server
from tests.standins.telegram_chats import Chat, Json, Message
from tests.standins.telegram_methods import METHODS, PACED
from tests.standins.telegram_rules import Refusal, rules
from tests.standins.telegram_updates import Denied, Updates

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
Trouble = Literal["500", "502", "reset", "drop", "delay", "hang", "garbled", "429"]


@dataclass(slots=True)
class Fault:
    """`times` calls go wrong (None = all from now on), each with the chance `share`.

    "drop" and "garbled" do what was asked and then lose the answer; "delay" only takes `delay_s`
    longer; the others do nothing.
    """

    trouble: Trouble
    method: str = "sendMessage"
    times: int | None = 1
    share: float = 1.0
    delay_s: float = 0.0
    chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    params: Mapping[str, Any]
    status: int
    at: float


class Api:
    """`rate` and `chat_rate` are messages a second, 0 = no limit. `validate` and `journal` off
    make it lighter, for benchmarks; `on_message` is called with all that the bot says."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        rate: float = 30.0,
        bucket_s: float = 0.1,
        chat_rate: float = 1.0,
        chat_burst: float = 5.0,
        validate: bool = True,
        journal: bool = True,
        delay_s: float = 0.0,
        on_message: Callable[[Chat, Message], None] | None = None,
    ) -> None:
        self.token, self.bot_id = token, int(token.split(":")[0])
        self.everyone = Bucket(rate, max(1.0, rate * bucket_s))
        self.chat_rate, self.chat_burst = chat_rate, chat_burst
        self.validate, self.journal, self.delay_s = validate, journal, delay_s
        self.on_message = on_message
        self.calls: list[Call] = []
        self.counts: Counter[tuple[str, int]] = Counter()
        self.faults: list[Fault] = []
        self.chats: dict[int, Chat] = {}
        self.refused: dict[int, tuple[int, str]] = {}
        self.commands: dict[str, list[Json]] = {}
        self.open_queries: set[str] = set()
        self.updates = Updates(self._tell, self._called_back)
        self._buckets: dict[int, Bucket] = {}
        self.server = Server(self._handle)
        self._dice = random.Random(7)
        self._listeners: list[asyncio.Future[None]] = []

    # Life.

    async def start(self, port: int = 0) -> Self:
        await self.server.start(port)
        return self

    async def stop(self) -> None:
        self.updates.delete_webhook()
        await self.server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    # The API.

    def _handle(self, request: Request) -> Answer | Any:
        bot, _, method = request.path.removeprefix("/").rpartition("/")
        if bot == f"bot{self.token}" and method in METHODS:
            return self._call(method, request)
        if bot == "control":
            return self.steer(method, request.body)
        if bot == f"bot{self.token}":
            return self._noted(method, {}, _no(404, "Not Found: method not found"))
        well_formed = bot.startswith("bot") and ":" in bot
        refusal = _no(401, "Unauthorized") if well_formed else _no(404, "Not Found")
        return self._noted(method, {}, refusal)

    def steer(self, verb: str, body: bytes) -> Answer:
        return _no(404, "Not Found")

    def _call(self, method: str, request: Request) -> Answer | Any:
        try:
            params = _params(request)
        except (orjson.JSONDecodeError, UnicodeDecodeError):
            return _no(400, "Bad Request: can't parse request JSON object")
        fault = self._fault(method, params) if self.faults else None
        if fault is not None or self.delay_s or method == "getUpdates":
            return self._call_slowly(method, params, fault)
        return self._noted(method, params, self._answer(method, params))

    def _called_back(self, params: Json) -> None:
        """A bot may put one call into its answer to a push; it never learns what became of it."""
        method = params.pop("method", "")
        answer = self._answer(method, params) if method in METHODS else _no(404, "Not Found")
        self._noted(method, params, answer)

    async def _call_slowly(self, method: str, params: Json, fault: Fault | None) -> Answer:
        delay_s = self.delay_s + (fault.delay_s if fault else 0.0)
        if delay_s:
            await asyncio.sleep(delay_s)
        trouble = fault.trouble if fault else "delay"
        if trouble == "hang":
            await asyncio.Event().wait()
        if trouble in _WITHOUT_DOING:
            return self._noted(method, params, _WITHOUT_DOING[trouble])
        answer = self._answer(method, params)
        if isawaitable(answer):
            answer = await answer
        return self._noted(method, params, _AFTER_DOING.get(trouble, answer))

    def _answer(self, method: str, params: Json) -> Answer | Any:
        try:
            if self.validate:
                rules().check(method, params)
            if method in PACED:
                self._pace(int(params["chat_id"]))
            result = METHODS[method](self, params)
        except (Refusal, Denied) as error:
            return _denied(error)
        return _later(result) if isawaitable(result) else _yes(result)

    def _noted(self, method: str, params: Json, answer: Answer) -> Answer:
        self.counts[method, 0 if answer.reset else answer.status] += 1
        if self.journal:
            self.calls.append(Call(method, params, answer.status, time.monotonic()))
        if self._listeners:
            # Once the answer is on its way.
            asyncio.get_running_loop().call_soon(self._tell)
        return answer

    def _pace(self, chat_id: int) -> None:
        if self.chat_rate:
            bucket = self._buckets.get(chat_id)
            if bucket is None:
                bucket = self._buckets[chat_id] = Bucket(self.chat_rate, self.chat_burst)
            bucket.take()
        self.everyone.take()

    def _fault(self, method: str, params: Json) -> Fault | None:
        for fault in self.faults:
            hers = fault.chat_id is None or str(fault.chat_id) == str(params.get("chat_id"))
            if fault.method not in (method, "*") or not hers or fault.times == 0:
                continue
            if fault.share < 1.0 and self._dice.random() >= fault.share:
                continue
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None

    def known(self, chat_id: int, *, kind: str = "private", language: str = "es") -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            chat = self.chats[chat_id] = Chat(chat_id, kind, language)
        return chat

    async def until(self, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not condition():
                listener = asyncio.get_running_loop().create_future()
                self._listeners.append(listener)
                await listener

    def _tell(self) -> None:
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            if not listener.done():
                listener.set_result(None)

    def chat_for_bot(self, chat_id: int | str) -> Chat:
        id = int(chat_id)
        if self.refused and id in self.refused:
            raise Denied(*self.refused[id])
        return self.known(id)


class Bucket:
    """Holds `size` messages, refilled at `rate` a second."""

    def __init__(self, rate: float, size: float) -> None:
        self.rate, self.size = rate, size
        self._tokens, self._at = size, time.monotonic()

    def take(self) -> None:
        if not self.rate:
            return
        now = time.monotonic()
        self._tokens = min(self.size, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens < 1.0:
            wait_s = max(1, round((1.0 - self._tokens) / self.rate))
            raise Denied(429, f"Too Many Requests: retry after {wait_s}", retry_after=wait_s)
        self._tokens -= 1.0


def _params(request: Request) -> Json:
    params: Json = dict(parse_qsl(request.query)) if request.query else {}
    if not request.body:
        return params
    if request.headers.get("content-type", "").startswith("application/json"):
        return {**params, **orjson.loads(request.body)}
    return {**params, **dict(parse_qsl(request.body.decode(), keep_blank_values=True))}


def _yes(result: Any) -> Answer:
    return Answer(orjson.dumps({"ok": True, "result": result}))


def _no(status: int, description: str, parameters: Mapping[str, int] | None = None) -> Answer:
    body: Json = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer(orjson.dumps(body), status)


def _denied(error: Refusal | Denied) -> Answer:
    if isinstance(error, Denied):
        return _no(error.status, error.description, error.parameters)
    return _no(400, f"Bad Request: {error}")


async def _later(result: Any) -> Answer:
    try:
        return _yes(await result)
    except (Refusal, Denied) as error:
        return _denied(error)


_HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx/1.18.0</body></html>"
_WITHOUT_DOING: Mapping[str, Answer] = {
    "500": _no(500, "Internal Server Error: restart"),
    "502": Answer(_HTML, 502, "text/html"),
    "429": _no(429, "Too Many Requests: retry after 3", {"retry_after": 3}),
    "reset": Answer(reset=True),
}
_AFTER_DOING: Mapping[str, Answer] = {
    "drop": Answer(reset=True),
    "garbled": Answer(b'{"ok":true,"res'),
}
