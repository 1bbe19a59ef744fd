"""Every door of Willaq on the web, in one list."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Scope, Send
from starlette.types import Receive as Read

from bot.channels.base import Hook
from bot.web import console, said
from bot.web.calendar import CALENDAR, Calendar
from bot.web.chat import Chat, Forget, Gates, Pull, WebChat
from bot.web.desk.call import Office
from bot.web.page import EVERYBODY, EXIT_URL, TITLE, Library, Pages
from bot.web.preview import PreviewPages
from bot.web.sound import SOUNDS, Locate, Sounds
from bot.web.webhooks import Note, Receive, Webhook

__all__ = ["CALENDAR", "Doors", "build"]

_TOKEN_BYTES: Final = 1024

Health = Callable[[], Awaitable[tuple[bool, Mapping[str, Any]]]]


def build(
    *,
    receive: Receive,
    note: Note,
    pull: Pull,
    forget: Forget,
    webchat: WebChat,
    hooks: Mapping[str, Hook],
    library: Library,
    health: Health,
    metrics: CollectorRegistry,
    locate: Locate = Path,
    gates: Gates | None = None,
    title: str = TITLE,
    exit_url: str = EXIT_URL,
    embeds: Iterable[str] = EVERYBODY,
    office: Office | None = None,
    preview: PreviewPages | None = None,
) -> Starlette:
    """`receive` is Conversation.receive, `note` Outbox.note, `pull` Outbox.pull; `forget` takes
    (channel, address).

    `hooks` are by channel. `library` gives the content and translations of this moment. `health`
    says whether messages can be kept, and numbers about it without anything of hers. `locate` finds
    a recording by its path. `title`, `exit_url` and `embeds` are as for Pages. `office` is what the
    console works with; without it there is none. `preview` is the translators' page.
    """
    chat = Chat(webchat, receive=receive, pull=pull, forget=forget, gates=gates)
    pages = Pages(library, title=title, exit_url=exit_url, embeds=embeds)
    calendar = Calendar(library)
    sounds = Sounds(library, locate)
    return Doors(
        {hook.path: Webhook(channel, hook, receive, note) for channel, hook in hooks.items()},
        [
            _post("/chat/session", chat.session, said.LARGEST_BYTES),
            _post("/chat/say", chat.say, said.LARGEST_BYTES),
            _post("/chat/leave", chat.leave, _TOKEN_BYTES),
            Route("/chat/stream", chat.stream, methods=["GET"]),
            Route("/chat/poll", chat.poll, methods=["GET"]),
            Route("/", pages.chat, methods=["GET"]),
            Route(f"{CALENDAR}/{{language}}/{{edition}}.ics", calendar.file, methods=["GET"]),
            Route(f"{SOUNDS}/{{path:path}}", sounds.file, methods=["GET"]),
            Route("/embed.js", pages.embed, methods=["GET"]),
            Route("/health", _health(health), methods=["GET"]),
            Route("/metrics", _metrics(metrics), methods=["GET"]),
            *(console.routes(office) if office else []),
            *(preview.routes() if preview else ()),
        ],
    )


class Doors(Starlette):
    """Hooks by their path, before all routes: what is made for pages costs a hook a tenth more."""

    def __init__(self, hooks: Mapping[str, ASGIApp], routes: Sequence[BaseRoute]) -> None:
        super().__init__(routes=routes)
        self._hooks = hooks

    async def __call__(self, scope: Scope, receive: Read, send: Send) -> None:
        door = self._hooks.get(scope.get("path", "")) or super().__call__
        await door(scope, receive, send)


def _post(path: str, door: Callable[[Request], Awaitable[Response]], most_bytes: int) -> Route:
    return Route(path, door, methods=["POST"], max_body_size=most_bytes)


def _health(health: Health) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        ok, about = await health()
        return Response(
            orjson.dumps({"ok": ok, **about}),
            status_code=200 if ok else 503,
            media_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    return answer


def _metrics(registry: CollectorRegistry) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        text = generate_latest(registry)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return answer
