"""How requests reach Meta, and what becomes of them when the way there is bad."""

import asyncio
import email
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
import pytest

from bot.channels.base import SendError
from bot.channels.whatsapp_http import VERSION, Client
from tests.standins.raw_http import Answer, Request, Server

TOKEN = "EAAmadeupTokenOfTheTests"
HERS = "51900100200"
MESSAGE = {"messaging_product": "whatsapp", "to": HERS, "type": "text", "text": {"body": "Allin"}}
TAKEN = Answer(orjson.dumps({"messages": [{"id": "wamid.MADEUP=="}]}))


class Graph:
    """Says what the test wants it to say, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answers: list[Answer | Callable[[], Awaitable[Answer]]] = []
        self.server = Server(self._answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def _answer(self, request: Request) -> Answer | Awaitable[Answer]:
        self.asked.append(request)
        answer = self.answers.pop(0) if self.answers else TAKEN
        return answer if isinstance(answer, Answer) else answer()


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    graph = Graph()
    await graph.server.start()
    yield graph
    await graph.server.stop()


@pytest.fixture
async def client(graph: Graph) -> AsyncIterator[Client]:
    client = Client(TOKEN, graph.url)
    await client.open()
    yield client
    await client.close()


def refusal(code: int, status: int = 400) -> Answer:
    error = {
        "message": f"(#{code}) Something about {HERS}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": f"{HERS} cannot: {TOKEN}"},
        "fbtrace_id": "AmadeupTrace",
    }
    return Answer(orjson.dumps({"error": error}), status)


async def refused(asked: Awaitable[Any]) -> SendError:
    with pytest.raises(SendError) as caught:
        await asked
    told = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
    assert TOKEN not in told and HERS not in told
    return caught.value


def send(client: Client, patience_s: float = 5.0) -> Awaitable[dict[str, Any]]:
    return client.call("POST", "106/messages", json=MESSAGE, patience_s=patience_s)


async def test_a_message_reaches_the_number_in_the_version_we_know(
    graph: Graph, client: Client
) -> None:
    assert await send(client) == {"messages": [{"id": "wamid.MADEUP=="}]}
    (asked,) = graph.asked
    assert (asked.method, asked.path) == ("POST", f"/{VERSION}/106/messages")
    assert orjson.loads(asked.body) == MESSAGE
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"


async def test_a_question_has_its_fields_in_the_address_and_the_token_is_not_there(
    graph: Graph, client: Client
) -> None:
    await client.call("GET", "106", params={"fields": "verified_name,quality_rating"})
    (asked,) = graph.asked
    assert (asked.method, asked.body) == ("GET", b"")
    assert asked.query == "fields=verified_name,quality_rating"


async def test_a_file_goes_up_as_what_it_is_and_comes_back_as_an_id(
    graph: Graph, client: Client
) -> None:
    graph.answers.append(Answer(b'{"id":"1000000000000009"}'))
    content = bytes(range(256)) * 300
    assert await client.upload("106/media", "audio/ogg", content) == "1000000000000009"
    (asked,) = graph.asked
    assert asked.path == f"/{VERSION}/106/media"
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    parts = email.message_from_bytes(head + asked.body).get_payload()
    assert isinstance(parts, list)
    found = {
        str(part.get_param("name", header="content-disposition")): part
        for part in parts
        if isinstance(part, email.message.Message)
    }
    assert found["messaging_product"].get_payload() == "whatsapp"
    assert found["type"].get_payload() == "audio/ogg"
    assert found["file"].get_content_type() == "audio/ogg"
    assert found["file"].get_payload(decode=True) == content


@pytest.mark.parametrize("answer", [b"{}", b'{"id":7}', b'{"id":""}'])
async def test_a_file_without_an_id_is_none(graph: Graph, client: Client, answer: bytes) -> None:
    graph.answers.append(Answer(answer))
    error = await refused(client.upload("106/media", "audio/ogg", b"x"))
    assert (error.reason, error.permanent, error.unsure) == ("garbled", False, False)


@pytest.mark.parametrize(
    ("answer", "reason", "unsure"),
    [
        (Answer(reset=True), "network", True),
        (Answer(b"<html>502 Bad Gateway</html>", 502, "text/html"), "server", True),
        (Answer(b"<html>503</html>", 503, "text/html"), "server", True),
        (Answer(b"<html>too many</html>", 429, "text/html"), "server", False),
        (Answer(b"<html>a firewall</html>", 403, "text/html"), "server", False),
        (Answer(b'{"error":{"message":"no code"}}', 500), "server", True),
        (Answer(b'{"messages":['), "garbled", True),
        (Answer(b"[]"), "garbled", True),
        (Answer(b"{}"), "garbled", True),
        (Answer(b"\xff\xfe"), "garbled", True),
        (Answer(b"", 204), "garbled", True),
        (Answer(b"", 302), "server", False),
        (refusal(131000, 500), "server", False),
        (refusal(130429, 429), "rate", False),
        (refusal(190, 401), "token", False),
    ],
)
async def test_what_may_go_better_later_is_tried_again(
    graph: Graph, client: Client, answer: Answer, reason: str, unsure: bool
) -> None:
    graph.answers.append(answer)
    error = await refused(send(client))
    assert (error.reason, error.permanent, error.unsure) == (reason, False, unsure)
    await send(client)


async def test_a_refusal_that_is_called_a_success_is_a_refusal(
    graph: Graph, client: Client
) -> None:
    graph.answers.append(refusal(131026, 200))
    assert (await refused(send(client))).unreachable


async def test_a_server_that_is_not_there_took_nothing() -> None:
    graph = Graph()
    await graph.server.start()
    url = graph.url
    await graph.server.stop()
    client = Client(TOKEN, url)
    await client.open()
    error = await refused(send(client))
    await client.close()
    assert (error.reason, error.permanent, error.unsure) == ("network", False, False)


async def test_an_answer_that_never_comes_leaves_us_unsure(graph: Graph, client: Client) -> None:
    async def never() -> Answer:
        await asyncio.sleep(60)
        return TAKEN

    graph.answers.append(never)
    error = await refused(send(client, patience_s=0.05))
    assert (error.reason, error.unsure) == ("network", True)


async def test_a_file_that_may_have_arrived_is_no_message_that_may_have(
    graph: Graph, client: Client
) -> None:
    graph.answers += [Answer(reset=True), Answer(b"<html>", 502)]
    for reason in ("network", "server"):
        error = await refused(client.upload("106/media", "audio/ogg", b"x"))
        assert (error.reason, error.unsure) == (reason, False)


async def test_nobody_is_followed_elsewhere_with_our_token(graph: Graph, client: Client) -> None:
    # The raw server writes the type as it is: room for one header more.
    graph.answers.append(Answer(b"", 302, f"text/html\r\nLocation: {graph.url}/elsewhere"))
    assert (await refused(send(client))).reason == "server"
    assert len(graph.asked) == 1


async def test_before_it_is_opened_and_after_it_is_closed_nothing_leaves(graph: Graph) -> None:
    client = Client(TOKEN, graph.url)
    assert (await refused(send(client))).reason == "stopped"
    await client.open()
    await send(client)
    await client.close()
    await client.close()
    assert (await refused(send(client))).reason == "stopped"
    assert len(graph.asked) == 1


async def test_what_is_no_json_is_our_mistake_and_never_tried_again(
    graph: Graph, client: Client
) -> None:
    for body in ({"text": {HERS}}, {"text": "half \ud83d"}):
        error = await refused(client.call("POST", "106/messages", json=body))
        assert (error.reason, error.permanent) == ("rejected", True)
    assert graph.asked == []


async def test_the_log_has_the_code_and_our_words_and_nothing_that_meta_said(
    graph: Graph, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    codes = (131009, 190, 131031, 131026, 131047, 130429, 199999)
    graph.answers += [refusal(code) for code in codes]
    for _ in codes:
        await refused(send(client))
    graph.answers.append(Answer(reset=True))
    await refused(send(client))
    lines = [line for line in caplog.records if line.name.startswith("bot.")]
    told = [(line.getMessage(), vars(line)["code"]) for line in lines]
    assert told == [
        ("WhatsApp refuses what we send: rejected", 131009),
        ("WhatsApp refuses what we send: token", 190),
        ("WhatsApp refuses what we send: locked", 131031),
        ("WhatsApp refuses what we send: rejected", 199999),
    ]
    everything = " ".join(repr(vars(line)) for line in caplog.records)
    assert TOKEN not in everything and HERS not in everything and "Something" not in everything


async def test_connections_are_kept_and_one_that_was_closed_meanwhile_costs_no_message(
    graph: Graph, client: Client
) -> None:
    for _ in range(20):
        await send(client)
    assert graph.server.open_connections == 1
    await graph.server.hang_up()
    await asyncio.sleep(0.01)
    assert graph.server.open_connections == 0
    await send(client)
    assert len(graph.asked) == 21
