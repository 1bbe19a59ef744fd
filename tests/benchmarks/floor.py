"""The floor: uvicorn takes an update, aiohttp sends an answer. Nothing is decided, nothing is kept.

What Willaq costs above it is Willaq's own; what stands below it is theirs.
"""

import asyncio
import os
from typing import Any

import aiohttp
import orjson
import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

TEXT = "x" * 600
ROWS = [[{"text": "Qué puedes hacer", "callback_data": f"t:linea-100:{n}"}] for n in range(7)]


class Door:
    def __init__(self, session: aiohttp.ClientSession, api: str) -> None:
        self._session = session
        self._send_message = f"{api}/sendMessage"
        self._answers: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        update = orjson.loads((await receive())["body"])
        answer = asyncio.create_task(self._answer(update["callback_query"]["from"]["id"]))
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)
        headers = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _answer(self, chat_id: int) -> None:
        body: dict[str, Any] = {"chat_id": chat_id, "text": TEXT, "parse_mode": "HTML"}
        body["reply_markup"] = {"inline_keyboard": ROWS}
        async with self._session.post(self._send_message, data=orjson.dumps(body)) as answer:
            orjson.loads(await answer.read())


async def main() -> None:
    api = f"{os.environ['PEER_API_URL']}/bot{os.environ['PEER_TOKEN']}"
    port = int(os.environ["PEER_PORT"])
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=300),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"Content-Type": "application/json"},
    ) as session:
        server = uvicorn.Server(
            uvicorn.Config(
                Door(session, api),
                port=port,
                loop="none",
                http="httptools",
                lifespan="off",
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
            )
        )
        url = f"http://127.0.0.1:{port}/hooks/telegram"
        async with session.post(f"{api}/setWebhook", data=orjson.dumps({"url": url})) as answer:
            assert answer.status == 200
        await server.serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
