"""Style and scripts. What signing in needs is for everybody; the rest would tell what is here."""

from functools import partial
from typing import Final

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk.call import Call, getting, open_getting
from bot.web.desk.looks import FILES, STATIC

_TO_SIGN_IN: Final = ("console.css", "passkey.js")


async def _for_all(call: Call, *, name: str) -> Response:
    return FILES[name].answer(call.request)


async def _for_staff(call: Call, staff: Staff, *, name: str) -> Response:
    return FILES[name].answer(call.request)


opened: Final = [
    open_getting(f"{STATIC}/{name}", partial(_for_all, name=name))
    for name in FILES
    if name in _TO_SIGN_IN
]
pages: Final = [
    getting(f"{STATIC}/{name}", partial(_for_staff, name=name))
    for name in FILES
    if name not in _TO_SIGN_IN
]
