"""Know again a browser somebody signed in from: her own attempts are counted apart from strangers'.

It opens nothing. Whoever steals this cookie may try passwords a little oftener.
"""

import re
import secrets
from hmac import compare_digest
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.web.desk.call import Office

_DAYS: Final = 180
_VALUE: Final = re.compile(r"([0-9a-f]{16}\.[\w-]{16})\.([0-9a-f]{64})", re.ASCII)


class Devices:
    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def _name(self) -> str:
        return "__Host-willaq-known" if self._office.is_https else "willaq-known"

    def known(self, request: Request, login: str) -> str:
        """What it is called, if it was this one who signed in from it; or ""."""
        found = _VALUE.fullmatch(request.cookies.get(self._name, ""))
        if found is None or not compare_digest(found[2], self._seal(found[1])):
            return ""
        return found[1] if found[1].startswith(self._owner(login)) else ""

    def remember(self, answer: Response, request: Request, login: str) -> None:
        device = self.known(request, login) or f"{self._owner(login)}{secrets.token_urlsafe(12)}"
        answer.set_cookie(
            self._name, f"{device}.{self._seal(device)}", max_age=_DAYS * 24 * 3600, httponly=True,
            secure=self._office.is_https, samesite="strict",
            path="/" if self._office.is_https else "/console",
        )  # fmt: skip

    def _owner(self, login: str) -> str:
        """Her name cannot be read off it."""
        return f"{self._office.sign(b'console owner ' + login.encode()).hex()[:16]}."

    def _seal(self, device: str) -> str:
        return self._office.sign(b"console device " + device.encode()).hex()
