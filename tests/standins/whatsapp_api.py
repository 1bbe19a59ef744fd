"""The bot's side of the stand-in: its requests are judged, answered, spoilt on demand."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import orjson

from tests.standins import whatsapp_shapes as shapes
from tests.standins.platform import HTML_502, Bucket, Fault, Json, Platform
from tests.standins.raw_http import Answer, Request
from tests.standins.whatsapp_errors import Refused, no_such_object
from tests.standins.whatsapp_media import DOWNLOADS, Media
from tests.standins.whatsapp_sending import send
from tests.standins.whatsapp_shapes import PHONE_NUMBER_ID, WABA_ID
from tests.standins.whatsapp_templates import Templates
from tests.standins.whatsapp_webhook import Webhook
from tests.standins.whatsapp_women import Message, Woman, Women

TOKEN = "EAAGm0PX4ZCpsBAstandin"
APP_ID = "634974688087057"
APP_SECRET = "614fc2afde15eee07a26b2fe3eaee9b9"
VERIFY_TOKEN = "wiphala-1954"
# What Meta takes in and reports afterwards, by a status.
LATE = frozenset({130472, 131026, 131047, 131049, 131050, 131053})
_PATH = re.compile(r"/v\d{1,2}\.\d/([^/]+)(?:/([^/]+))?/?")


@dataclass(slots=True)
class WhatsAppFault(Fault):
    method: str = "messages"


class Api(Platform):
    """`rate`: messages a second; `pair_rate`: to one woman, after `pair_burst` at once; 0 = no
    limit. `late`: the codes that are not answered but reported later. `receipts`: the statuses
    that follow by themselves. `strict` and `journal` off make it lighter, for benchmarks;
    `on_message` is called with all that reaches her."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        rate: float = 80.0,
        pair_rate: float = 1 / 6,
        pair_burst: float = 45.0,
        late: Collection[int] = LATE,
        receipts: tuple[str, ...] = ("sent", "delivered"),
        strict: bool = True,
        journal: bool = True,
        delay_s: float = 0.0,
        on_message: Callable[[Woman, Message], None] | None = None,
    ) -> None:
        super().__init__(journal=journal, delay_s=delay_s)
        self.token, self.phone_number_id, self.waba_id = token, PHONE_NUMBER_ID, WABA_ID
        self.number = Bucket(rate, max(1.0, rate))
        self.pair_rate, self.pair_burst = pair_rate, pair_burst
        self.late, self.receipts = frozenset(late), receipts
        self.strict, self.on_message = strict, on_message
        self.women = Women()
        self.wrote: dict[str, Woman] = {}
        self.templates = Templates()
        self.media = Media(self.now)
        self.webhook = Webhook(WABA_ID, APP_SECRET, VERIFY_TOKEN, self.tell)
        self.webhook.journal = journal
        self.subscribed = False
        self.token_ends_at = 0  # never
        self.scopes = ["whatsapp_business_messaging", "whatsapp_business_management"]
        self.about_number = {**_NUMBER, "id": PHONE_NUMBER_ID}
        self._passed_s = 0.0

    async def stop(self) -> None:
        self.webhook.stop()
        await super().stop()

    def now(self) -> float:
        return time.time() + self._passed_s

    def pass_time(self, seconds: float) -> None:
        """Windows close and media ids expire as if so much time had passed."""
        self._passed_s += seconds

    def instead_of(self, fault: Fault) -> Answer | None:
        if fault.trouble == "429":
            return Refused(fault.code or 130429).answer()
        return _WITHOUT_DOING.get(fault.trouble)

    def after(self, fault: Fault, answer: Answer) -> Answer:
        return _AFTER_DOING.get(fault.trouble, answer)

    # The API.

    def handle(self, request: Request) -> Answer | Awaitable[Answer]:
        if request.path.startswith("/control/"):
            return self.steer(request.path.removeprefix("/control/"), request.body)
        if request.path.startswith(DOWNLOADS):
            return self._download(request)
        path = _PATH.fullmatch(request.path)
        if path is None:
            return self.noted(request.path, {}, Refused(2500, "Unknown path").answer(), 2500)
        object_id, edge = path[1], path[2] or ""
        owner = "medium" if object_id in self.media.all else _OWNERS.get(object_id, "")
        found = ROUTES.get((request.method, owner, edge))
        name = found[0] if found else f"{request.method} {edge or object_id}"
        try:
            self._authorized(request)
            if found is None:
                return self.noted(name, {}, no_such_object(object_id, request.method), 100)
            params = _params(request)
        except Refused as refused:
            return self.noted(name, {}, refused.answer(), refused.code)
        if name == "messages" and "status" in params:
            name = "read"
        return self._call(name, found[1], request, params)

    def _download(self, request: Request) -> Answer:
        """With our token, like all the rest."""
        try:
            self._authorized(request)
            answer = self.media.download(request.path)
        except Refused as refused:
            return self.noted("download", {}, refused.answer(), refused.code)
        return self.noted("download", {}, answer)

    def _call(
        self, name: str, route: "Route", request: Request, params: Json
    ) -> Answer | Awaitable[Answer]:
        whom = params.get("to", params.get("recipient"))
        fault = self.fault(name, whom) if self.faults else None
        if fault is None and not self.delay_s:
            return self._answered(name, route, request, params)
        return self._call_slowly(name, route, request, params, fault)

    async def _call_slowly(
        self, name: str, route: "Route", request: Request, params: Json, fault: Fault | None
    ) -> Answer:
        instead = self.instead_of(fault) if fault else None
        if instead is not None:
            self.noted(name, params, instead)
        return await self.spoilt(fault, lambda: self._answered(name, route, request, params))

    def _answered(self, name: str, route: "Route", request: Request, params: Json) -> Answer:
        try:
            answer = Answer(orjson.dumps(route(self, request, params)))
        except Refused as refused:
            return self.noted(name, params, refused.answer(), refused.code)
        return self.noted(name, params, answer)

    def _authorized(self, request: Request) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if not token:
            token = dict(parse_qsl(request.query)).get("access_token", "")
            kind = "Bearer"
        if not token:
            raise Refused(104)
        if kind != "Bearer" or token != self.token:
            raise Refused(190)

    def steer(self, verb: str, body: bytes) -> Answer | Awaitable[Answer]:
        return no_such_object(verb, "POST")

    # Receipts.

    def tell_what_became_of(
        self, woman: Woman, message: Message, problem: Refused | None = None
    ) -> None:
        """Once the answer is on its way."""
        if problem is None and not self.receipts:
            return
        asyncio.get_running_loop().call_soon(self._tell_statuses, woman, message, problem)

    def _tell_statuses(self, woman: Woman, message: Message, problem: Refused | None) -> None:
        if problem is not None:
            self.add_status(woman, message, "failed", problem)
            return
        for word in self.receipts:
            self.add_status(woman, message, word)

    def add_status(
        self, woman: Woman, message: Message, word: str, error: Refused | None = None
    ) -> None:
        message.statuses.append(word)
        self.webhook.add("messages", shapes.status(woman, message, word, self.now(), error))


# Routes: what they are called in the journal, and who answers.

Route = Callable[[Api, Request, Json], Json]
_OWNERS = {PHONE_NUMBER_ID: "number", WABA_ID: "waba", "debug_token": "debug_token"}
_NUMBER: Json = {
    "display_phone_number": "+51 1 5550783",
    "verified_name": "Willaq",
    "quality_rating": "GREEN",
    "name_status": "APPROVED",
    "code_verification_status": "VERIFIED",
    "status": "CONNECTED",
    "platform_type": "CLOUD_API",
    "account_mode": "LIVE",
    "messaging_limit_tier": "TIER_250",
    "throughput": {"level": "STANDARD"},
}
_USUAL = "id,display_phone_number,verified_name,quality_rating"


def _upload(whatsapp: Api, request: Request, params: Json) -> Json:
    medium = whatsapp.media.upload(request)
    params |= {"type": medium.mime_type, "file": medium.filename, "bytes": len(medium.content)}
    return {"id": medium.id}


def _about_medium(whatsapp: Api, request: Request, params: Json) -> Json:
    return whatsapp.media.about(request.path.rstrip("/").rpartition("/")[2], whatsapp.url)


def _number(whatsapp: Api, request: Request, params: Json) -> Json:
    wanted = ["id", *params.get("fields", _USUAL).split(",")]
    for name in wanted:
        if name not in whatsapp.about_number:
            raise Refused(100, f"Tried accessing nonexisting field ({name})")
    return {name: whatsapp.about_number[name] for name in wanted}


def _numbers(whatsapp: Api, request: Request, params: Json) -> Json:
    return {"data": [_number(whatsapp, request, params)]}


def _message_templates(whatsapp: Api, request: Request, params: Json) -> Json:
    asked = {name: params.get(name, "") for name in ("name", "language", "status")}
    found = [each.as_json() for each in whatsapp.templates.search(**asked)]
    fields = params["fields"].split(",") if "fields" in params else None
    if fields is not None:
        found = [{name: each[name] for name in {"id", *fields} & each.keys()} for each in found]
    return {"data": found, "paging": {"cursors": {"before": "MAZDZD", "after": "MjQZD"}}}


def _subscriptions(whatsapp: Api, request: Request, params: Json) -> Json:
    app = {"id": APP_ID, "name": "Willaq", "link": "https://www.facebook.com/games/?app_id=1"}
    return {"data": [{"whatsapp_business_api_data": app}] if whatsapp.subscribed else []}


def _subscribe(whatsapp: Api, request: Request, params: Json) -> Json:
    whatsapp.subscribed = request.method == "POST"
    return {"success": True}


def _debug_token(whatsapp: Api, request: Request, params: Json) -> Json:
    if "input_token" not in params:
        raise Refused(100, "The parameter input_token is required.")
    if params["input_token"] != whatsapp.token:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    granted = [{"scope": scope, "target_ids": [WABA_ID]} for scope in whatsapp.scopes]
    told = {
        "app_id": APP_ID,
        "type": "SYSTEM_USER",
        "application": "Willaq",
        "expires_at": whatsapp.token_ends_at,
        "is_valid": True,
        "scopes": whatsapp.scopes,
        "granular_scopes": granted,
    }
    return {"data": told}


ROUTES: Mapping[tuple[str, str, str], tuple[str, Route]] = {
    ("POST", "number", "messages"): ("messages", lambda api, request, body: send(api, body)),
    ("POST", "number", "media"): ("media", _upload),
    ("GET", "medium", ""): ("medium", _about_medium),
    ("GET", "number", ""): ("number", _number),
    ("GET", "waba", "phone_numbers"): ("phone_numbers", _numbers),
    ("GET", "waba", "message_templates"): ("message_templates", _message_templates),
    ("GET", "waba", "subscribed_apps"): ("subscribed_apps", _subscriptions),
    ("POST", "waba", "subscribed_apps"): ("subscribe", _subscribe),
    ("DELETE", "waba", "subscribed_apps"): ("unsubscribe", _subscribe),
    ("GET", "debug_token", ""): ("debug_token", _debug_token),
}


def _params(request: Request) -> Json:
    """What the request says, from its query or its JSON. Raises Refused."""
    params: Json = dict(parse_qsl(request.query)) if request.query else {}
    params.pop("access_token", None)
    if not request.body or request.headers.get("content-type", "").startswith("multipart/"):
        return params
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise Refused(100, "The body is no JSON.") from None
    if not isinstance(body, dict):
        raise Refused(100, "The body must be a JSON object.")
    return params | body


_WITHOUT_DOING: Mapping[str, Answer] = {
    "500": Refused(131000).answer(),
    "502": HTML_502,
    "reset": Answer(reset=True),
}
_AFTER_DOING: Mapping[str, Answer] = {
    "drop": Answer(reset=True),
    "garbled": Answer(b'{"messaging_product":"what'),
}
