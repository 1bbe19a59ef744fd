"""The bot's side of the stand-in: its requests are judged, paced, answered, spoilt on demand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any
from urllib.parse import parse_qsl

import orjson

from tests.standins.forms import parts_of
from tests.standins.platform import HTML_502, Bucket, Fault, Platform
from tests.standins.raw_http import Answer, Request
from tests.standins.telegram_chats import Chat, Json, Message
from tests.standins.telegram_files import Files
from tests.standins.telegram_methods import METHODS, PACED
from tests.standins.telegram_rules import Refusal, rules
from tests.standins.telegram_updates import Denied, Updates

__all__ = ["TOKEN", "Api", "TelegramFault"]

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@dataclass(slots=True)
class TelegramFault(Fault):
    method: str = "sendMessage"


class Api(Platform):
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
        super().__init__(journal=journal, delay_s=delay_s)
        self.token, self.bot_id = token, int(token.split(":")[0])
        self.everyone = Bucket(rate, max(1.0, rate * bucket_s))
        self.chat_rate, self.chat_burst = chat_rate, chat_burst
        self.validate = validate
        self.on_message = on_message
        self.chats: dict[int, Chat] = {}
        self.refused: dict[int, tuple[int, str]] = {}
        self.commands: dict[str, list[Json]] = {}
        self.open_queries: set[str] = set()
        self.files = Files()
        self.updates = Updates(self.tell, self._called_back)
        self._buckets: dict[int, Bucket] = {}

    async def stop(self) -> None:
        self.updates.delete_webhook()
        await super().stop()

    def instead_of(self, fault: Fault) -> Answer | None:
        return _WITHOUT_DOING.get(fault.trouble)

    def after(self, fault: Fault, answer: Answer) -> Answer:
        return _AFTER_DOING.get(fault.trouble, answer)

    def handle(self, request: Request) -> Answer | Any:
        if request.path.startswith(f"/file/bot{self.token}/"):
            return self.noted("download", {}, self.files.download(request.path))
        bot, _, method = request.path.removeprefix("/").rpartition("/")
        if bot == f"bot{self.token}" and method in METHODS:
            return self._call(method, request)
        if bot == "control":
            return self.steer(method, request.body)
        if bot == f"bot{self.token}":
            return self.noted(method, {}, _no(404, "Not Found: method not found"))
        well_formed = bot.startswith("bot") and ":" in bot
        refusal = _no(401, "Unauthorized") if well_formed else _no(404, "Not Found")
        return self.noted(method, {}, refusal)

    def steer(self, verb: str, body: bytes) -> Answer:
        return _no(404, "Not Found")

    def _call(self, method: str, request: Request) -> Answer | Any:
        try:
            params = {**_params(request), **self.files.taken(request)}
        except (orjson.JSONDecodeError, UnicodeDecodeError):
            return _no(400, "Bad Request: can't parse request JSON object")
        fault = self.fault(method, params.get("chat_id")) if self.faults else None
        if fault is not None or self.delay_s or method == "getUpdates":
            return self._call_slowly(method, params, fault)
        return self.noted(method, params, self._answer(method, params))

    def _called_back(self, params: Json) -> None:
        """A bot may put one call into its answer to a push; it never learns what became of it."""
        method = params.pop("method", "")
        answer = self._answer(method, params) if method in METHODS else _no(404, "Not Found")
        self.noted(method, params, answer)

    async def _call_slowly(self, method: str, params: Json, fault: Fault | None) -> Answer:
        answer = await self.spoilt(fault, lambda: self._answer(method, params))
        return self.noted(method, params, answer)

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

    def _pace(self, chat_id: int) -> None:
        if self.chat_rate:
            bucket = self._buckets.get(chat_id)
            if bucket is None:
                bucket = self._buckets[chat_id] = Bucket(self.chat_rate, self.chat_burst)
            _in_time(bucket.take())
        _in_time(self.everyone.take())

    def known(self, chat_id: int, *, kind: str = "private", language: str = "es") -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            chat = self.chats[chat_id] = Chat(chat_id, kind, language)
        return chat

    def chat_for_bot(self, chat_id: int | str) -> Chat:
        id = int(chat_id)
        if self.refused and id in self.refused:
            raise Denied(*self.refused[id])
        return self.known(id)


def _in_time(wait_s: float) -> None:
    if wait_s:
        after_s = max(1, round(wait_s))
        raise Denied(429, f"Too Many Requests: retry after {after_s}", retry_after=after_s)


def _params(request: Request) -> Json:
    params: Json = dict(parse_qsl(request.query)) if request.query else {}
    if not request.body:
        return params
    if request.headers.get("content-type", "").startswith("multipart/"):
        parts = parts_of(request).items()
        return {
            **params,
            **{name: part.content.decode() for name, part in parts if not part.filename},
        }
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


_WITHOUT_DOING: Mapping[str, Answer] = {
    "500": _no(500, "Internal Server Error: restart"),
    "502": HTML_502,
    "429": _no(429, "Too Many Requests: retry after 3", {"retry_after": 3}),
    "reset": Answer(reset=True),
}
_AFTER_DOING: Mapping[str, Answer] = {
    "drop": Answer(reset=True),
    "garbled": Answer(b'{"ok":true,"res'),
}
