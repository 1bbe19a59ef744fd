"""Listen on a port and serve the doors of web/app.py until told to stop."""

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette


class CannotListen(Exception):
    """The address of the web chat cannot be opened; the text says what to do."""


class Server(uvicorn.Server):
    """Ends when `ask_to_stop` was called: uvicorn's own signal handlers would end the process
    before the outbox had done its work."""

    def __init__(self, doors: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                doors,
                loop="none",
                http="httptools",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=2,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def ask_to_stop(self) -> None:
        """A second time: at once."""
        self.force_exit = self.should_exit
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """Raises CannotListen. Port 0 is any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CannotListen(
            f"WILLAQ_HTTP_PORT: {host}:{port} cannot be opened ({error.strerror}). "
            "Stop the program that has it, or give another port; 0 takes any free one."
        ) from error


def address(listening: socket.socket) -> str:
    """What to open in a browser on this machine."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
