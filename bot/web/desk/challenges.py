"""Numbers a passkey has to sign: ours, fresh, good once.

Handing one out keeps nothing, so that asking for thousands fills nothing; only those that were
signed rightly are remembered, until they are too old anyway.
"""

import secrets
from collections.abc import Callable
from hmac import compare_digest
from typing import Final

GOOD_S: Final = 5 * 60
_NONCE: Final = 16
_TIME: Final = 8
_SEAL: Final = 32


class Challenges:
    def __init__(self, sign: Callable[[bytes], bytes], now: Callable[[], float]) -> None:
        self._sign = sign
        self._now = now
        self._used: dict[bytes, float] = {}

    def make(self, purpose: str) -> bytes:
        until = int(self._now() + GOOD_S).to_bytes(_TIME, "big")
        fresh = secrets.token_bytes(_NONCE) + until
        return fresh + self._seal(purpose, fresh)

    def is_good(self, challenge: bytes, purpose: str) -> bool:
        fresh, seal = challenge[: _NONCE + _TIME], challenge[_NONCE + _TIME :]
        if len(seal) != _SEAL or not compare_digest(seal, self._seal(purpose, fresh)):
            return False
        is_old = int.from_bytes(fresh[_NONCE:], "big") < self._now()
        return not is_old and challenge not in self._used

    def use(self, challenge: bytes) -> None:
        now = self._now()
        self._used = {each: until for each, until in self._used.items() if until > now}
        self._used[challenge] = now + GOOD_S

    def _seal(self, purpose: str, fresh: bytes) -> bytes:
        return self._sign(b"console challenge " + purpose.encode() + b" " + fresh)
