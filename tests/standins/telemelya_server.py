"""Runs telemelya, an emulator of the Bot API that nobody here wrote, on a free port of loopback.

It wants a Redis and an S3. The Redis is fakeredis, in this process; of the S3 it only asks at the
start whether it is there, since Willaq sends no pictures. Prints its address as a line of JSON.
"""

import asyncio
import os
import socket
import threading
from importlib import import_module

import orjson
import uvicorn
from fakeredis import TcpFakeServer

from tests.standins.raw_http import Answer, Server


def main() -> None:
    redis = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    threading.Thread(target=redis.serve_forever, daemon=True).start()
    asyncio.run(_serve(redis.server_address[1]))


async def _serve(redis_port: int) -> None:
    s3 = Server(lambda request: Answer(content_type="application/xml"))
    await s3.start()
    # Read when it is imported.
    os.environ["REDIS_URL"] = f"redis://127.0.0.1:{redis_port}/0"
    os.environ["MINIO_ENDPOINT"] = f"127.0.0.1:{s3.port}"
    app = import_module("telemelya.server.app").app
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    # Who knocks before it serves waits in the queue of the socket.
    print(orjson.dumps({"url": f"http://127.0.0.1:{door.getsockname()[1]}"}).decode(), flush=True)  # noqa: T201
    await server.serve(sockets=[door])
    await s3.stop()


if __name__ == "__main__":
    main()
