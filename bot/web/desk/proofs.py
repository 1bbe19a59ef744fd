"""What proves that it is she: a password nobody can read back, and a code that is new each time.

Rule: checking takes as long for a name nobody has. Else whoever measures learns who works here.
"""

import asyncio
import base64
from collections.abc import Callable
from functools import cache
from hmac import compare_digest
from io import BytesIO
from typing import Final, TypeVar

import argon2
import pyotp
import segno
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200  # letters; a longer one only costs time
SECRET_BYTES: Final = 20  # what every app for codes takes
STEP_S: Final = 30
_FEWEST_LETTERS: Final = 6  # different ones: "aaaaaaaaaaaa" is no password

T = TypeVar("T")


class Proofs:
    """Hashing takes 64 MB and a tenth of a second: one at a time and beside the loop, so that a
    flood of attempts costs the women who are chatting nothing."""

    def __init__(self, hasher: argon2.PasswordHasher | None = None) -> None:
        self._hasher = hasher or argon2.PasswordHasher()
        self._one_at_a_time = asyncio.Lock()

    async def hash(self, password: str) -> str:
        return await self._apart(lambda: self._hasher.hash(password))

    async def is_hers(self, password: str, password_hash: str | None) -> bool:
        """None: there is nobody of that name, and it takes as long to say no."""
        return await self._apart(lambda: self._check(password, password_hash))

    def _check(self, password: str, password_hash: str | None) -> bool:
        try:
            self._hasher.verify(password_hash or _nobodys(self._hasher), password)
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None

    async def _apart(self, work: Callable[[], T]) -> T:
        async with self._one_at_a_time:
            return await asyncio.to_thread(work)


@cache
def _nobodys(hasher: argon2.PasswordHasher) -> str:
    return hasher.hash("nobody has this one")


def password_fault(password: str, *others: str) -> str:
    """The end of the phrase console.fault.* that says what is wrong with it, or "". `others` are
    what it may not be made of: her name, her login."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    small = password.lower()
    if len(set(small)) < _FEWEST_LETTERS:
        return "simple"
    if any(len(each) > 2 and each.lower() in small for each in (*others, "willaq", "123456")):
        return "guessed"
    return ""


def step_of(code: str, secret: bytes, now: float) -> int | None:
    """Which half minute this is the code of, of the last, this and the next; None: of none.

    Telephones' clocks are not exact."""
    given = "".join(code.split())
    codes = pyotp.TOTP(_base32(secret), interval=STEP_S)
    this = int(now // STEP_S)
    for step in (this, this - 1, this + 1):
        if compare_digest(given.encode(), codes.generate_otp(step).encode()):
            return step
    return None


def link_of(secret: bytes, login: str) -> str:
    """What an app for codes reads, from a picture or pressed on the same telephone."""
    return pyotp.TOTP(_base32(secret)).provisioning_uri(name=login or None, issuer_name="Willaq")


def letters_of(secret: bytes) -> str:
    """To type where there is no camera, in groups of four."""
    text = _base32(secret)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture_of(link: str) -> str:
    """An SVG without style or script, to stand in a page."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff",
        svgclass="qr", lineclass=None, nl=False,
    )  # fmt: skip
    return out.getvalue().decode()


def _base32(secret: bytes) -> str:
    return base64.b32encode(secret).decode()
