"""Let those who are signed in through a door outside /console, such as the translators' preview."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from bot.dialogue.staff import Role
from bot.store.base import StoreError
from bot.web.desk.call import Office
from bot.web.desk.guard import cookie_name, is_ours

Gate = Callable[[Request], Awaitable[bool]]


def admitting(office: Office, *roles: Role, besides: Gate) -> Gate:
    """Who has one of these roles now, and whoever `besides` lets in. Over plain http her cookie is
    the console's alone: only `besides` counts.

    It keeps no session open: what a page there fetches by itself would do so for ever."""

    async def gate(request: Request) -> bool:
        if await besides(request):
            return True
        token = request.cookies.get(cookie_name(office), "")
        if not token or not is_ours(request, office):
            return False
        try:
            staff = await office.store.session(token, now=office.now(), keep=False)
        except StoreError:
            return False
        return staff is not None and not staff.roles.isdisjoint(roles)

    return gate
