"""The console: every page of it in one table, with who may see it.

To add a page:
1. Write `bot/web/desk/<what it is for>.py`: one function for each thing that can be done,

       async def shown(call: Call, staff: Staff) -> Response:
           return call.page("things.html", things=await call.office.store.things())

   and one tuple of them, `PAGES = (getting("/console/things", shown, "organizer", link="..."),
   posting("/console/things", changed, "organizer"))`. The guard has checked session, role, origin
   and CSRF token before you are called. The store checks the role once more: give it `call.doer()`.
2. Add that tuple to PAGES below. `link` is the phrase of the navigation; the order here is the
   order there.
3. Write `bot/web/templates/console/things.html`: `{% extends "base.html" %}`, blocks `title` and
   `main`; `{% import "forms.html" as forms with context %}` has fields with labels and faults,
   buttons, and `{{ forms.opening(action) }}` for a form with its token. No style= and no script:
   the Content-Security-Policy forbids both. Classes are in static/console/console.css.
4. Write its phrases in `bot/web/words/<same name>.py` and add them to CONSOLE there.
   `call.say(key, value=...)` and, in templates, `{{ say(key) }}`.
5. A part that htmx asks for: the same function; `if call.is_partial: return
   call.page("things-rows.html", ...)`, included by things.html. A POST ends with `call.go(path,
   "console.said.something")`, which works with and without htmx.
6. What the store does not know (files, channels): bot/web/desk/rooms.py says what is asked,
   bot/console_rooms.py gives it: `call.office.rooms`.
7. What goes on by itself: `return live(call, part)` from bot/web/desk/live.py, and in the template
   `<div hx-sse:connect="/console/things/live">`.
8. Who waits for whom: add a function to WAITING in bot/web/desk/home.py.
tests/web/test_console_doors.py walks this table as Marta: a new row is tested by being here.
"""

from collections.abc import Sequence
from typing import Final

from starlette.routing import Route

from bot.web.desk import (
    account,
    announced,
    announcements,
    audit,
    composer,
    health,
    home,
    people,
    schools,
    services,
    services_import,
    translations,
    usage,
)
from bot.web.desk.call import Office, Page
from bot.web.desk.files import opened as files_for_all
from bot.web.desk.files import pages as files_for_staff
from bot.web.desk.guard import Guard
from bot.web.desk.passkeys import Passkeys
from bot.web.login import Login

PAGES: Final[Sequence[Page]] = (
    *home.PAGES,
    *announcements.PAGES,
    *composer.PAGES,
    *announced.PAGES,
    *schools.PAGES,
    *services.PAGES,
    *services_import.PAGES,
    *translations.PAGES,
    *usage.PAGES,
    *health.PAGES,
    *people.PAGES,
    *audit.PAGES,
    *account.PAGES,
)


def routes(office: Office, login: Login | None = None) -> list[Route]:
    guard = guarding(office, login)
    # Not a mount: that would answer some addresses by itself, before anybody was asked who she is.
    return [Route("/console", guard), Route("/console/{rest:path}", guard)]


def guarding(office: Office, login: Login | None = None) -> Guard:
    login = login or Login(office)
    keys = Passkeys(office, login.enter)
    pages = [*PAGES, *keys.pages, *login.pages, *files_for_staff]
    return Guard(office, pages, [*login.opened, *keys.opened, *files_for_all])
