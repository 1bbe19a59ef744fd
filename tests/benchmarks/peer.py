"""The peer: a plain python-telegram-bot bot with the same menus, as its documentation builds one.

Its own transport (httpx), its own update objects, state in memory. It gets the same server Willaq
has, so that what is compared is the way from an update to an answer.
"""

import asyncio
import os
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.content import load
from bot.dialogue.catalogue import Catalogue

CONTENT = Path(__file__).parent.parent.parent / "content"
Context = CallbackContext[Any, Any, Any, Any]


class Menus:
    """The same texts and buttons, built once."""

    def __init__(self, catalogue: Catalogue) -> None:
        doors = [(door.menu, f"cat:{door.id}") for door in catalogue.categories]
        self.screens = {"menu": ("¿Qué quieres saber?", _keyboard(doors))}
        for door in catalogue.categories:
            rows = [(catalogue.topics[slug].menu, f"t:{slug}") for slug in door.topics]
            self.screens[f"cat:{door.id}"] = (door.title, _keyboard([*rows, ("Menú", "menu")]))
        for slug, topic in catalogue.topics.items():
            text = f"<b>{topic.title}</b>\n\n{topic.sections['short']}"
            parts = ("steps", "law", "who", "src", "rel")
            self.screens[f"t:{slug}"] = (
                text,
                _keyboard([*((part, f"t:{slug}:{part}") for part in parts), ("Menú", "menu")]),
            )

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer()
        await self._show(update, context, query.data or "menu")

    async def written(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._show(update, context, "menu")

    async def _show(self, update: Update, context: ContextTypes.DEFAULT_TYPE, name: str) -> None:
        text, keyboard = self.screens.get(name, self.screens["menu"])
        assert update.effective_chat is not None
        await context.bot.send_message(
            update.effective_chat.id, text, parse_mode="HTML", reply_markup=keyboard
        )


def _keyboard(buttons: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data)] for label, data in buttons]
    )


async def main() -> None:
    token, api_url = os.environ["PEER_TOKEN"], os.environ["PEER_API_URL"]
    menus = Menus(load(CONTENT, date(2026, 11, 25)).catalogue)
    bot = Application.builder().token(token).base_url(f"{api_url}/bot").updater(None).build()
    bot.add_handler(CallbackQueryHandler(menus.pressed))
    bot.add_handler(MessageHandler(filters.TEXT, menus.written))

    async def hook(request: Request) -> Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return Response()

    pages = Starlette(routes=[Route("/hooks/telegram", hook, methods=["POST"])])
    port = int(os.environ["PEER_PORT"])
    server = uvicorn.Server(uvicorn.Config(pages, port=port, log_level="warning", loop="uvloop"))
    async with bot:
        await bot.start()
        await bot.bot.set_webhook(f"http://127.0.0.1:{port}/hooks/telegram")
        await server.serve()
        await bot.stop()


if __name__ == "__main__":
    asyncio.run(main())
