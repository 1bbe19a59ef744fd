"""The bot's side of WhatsApp, as plain as can be: a webhook that keeps what it hears, and calls."""

import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import orjson

from tests import people
from tests.standins.platform import Json
from tests.standins.raw_http import Answer, Request, Server
from tests.standins.whatsapp import APP_SECRET, PHONE_NUMBER_ID, TOKEN, VERIFY_TOKEN, Standin

KILLA = str(people.KILLA.chat_id)


@dataclass(slots=True)
class Hooked:
    """`bodies` are those with a right signature; `answer` says what each is answered with."""

    url: str = ""
    bodies: list[Json] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], Answer] = lambda request: Answer()

    def handle(self, request: Request) -> Answer:
        if request.method == "GET":
            asked = parse_qs(request.query)
            known = asked["hub.verify_token"] == [VERIFY_TOKEN]
            return Answer(asked["hub.challenge"][0].encode()) if known else Answer(status=403)
        self.requests.append(request)
        expected = hmac.new(APP_SECRET.encode(), request.body, "sha256").hexdigest()
        if request.headers.get("x-hub-signature-256") != f"sha256={expected}":
            return Answer(status=403)
        answer = self.answer(request)
        if answer.status == 200 and not answer.reset:
            self.bodies.append(orjson.loads(request.body))
        return answer

    @property
    def values(self) -> list[Json]:
        return [
            change["value"]
            for body in self.bodies
            for entry in body["entry"]
            for change in entry["changes"]
        ]

    @property
    def messages(self) -> list[Json]:
        return [each for value in self.values for each in value.get("messages", ())]

    @property
    def statuses(self) -> list[Json]:
        return [each for value in self.values for each in value.get("statuses", ())]


@asynccontextmanager
async def hooked() -> AsyncIterator[Hooked]:
    hook = Hooked()
    server = Server(hook.handle)
    await server.start()
    hook.url = f"http://127.0.0.1:{server.port}/hooks/whatsapp"
    try:
        yield hook
    finally:
        await server.stop()


async def call(
    whatsapp: Standin, verb: str, path: str, *, token: str = TOKEN, data: Any = None, **body: Any
) -> tuple[int, Json]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = {"data": data} if data is not None else {"json": body} if body else {}
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, f"{whatsapp.url}{path}", headers=headers, **content) as answer,
    ):
        return answer.status, orjson.loads(await answer.read())


async def send(
    whatsapp: Standin, kind: str = "text", content: Any = None, **more: Any
) -> tuple[int, Json]:
    """To Killa, unless `more` names somebody else."""
    body: Json = {"type": kind, kind: content or {"body": "hola"}, **more}
    if not {"to", "recipient"} & body.keys():
        body["to"] = KILLA
    path = f"/v26.0/{PHONE_NUMBER_ID}/messages"
    return await call(whatsapp, "POST", path, messaging_product="whatsapp", **body)


def why(answer: tuple[int, Json]) -> tuple[int, int]:
    """The HTTP status and Meta's code of a refusal."""
    return answer[0], answer[1]["error"]["code"]
