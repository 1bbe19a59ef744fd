"""How often something may be done before it has to wait (GCRA: one number for each who does it)."""

import time
from collections.abc import Callable
from typing import Final

_MOST_KEYS: Final = 10_000


class Gate:
    """Lets `burst` through at once and `rate_s` a second after that, for each key."""

    def __init__(
        self, rate_s: float, burst: int, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._every_s = 1 / rate_s
        self._ahead_s = self._every_s * (burst - 1)
        self._now = now
        self._next: dict[str, float] = {}  # when a key would be back at rest

    def wait_s(self, key: str = "") -> float:
        """0: it is let through, and counted. Else how long to wait; that does not count."""
        now = self._now()
        at = max(self._next.get(key, now), now)
        wait_s = at - now - self._ahead_s
        if wait_s > 1e-9:
            return wait_s
        if len(self._next) >= _MOST_KEYS:
            self._next = {each: rest for each, rest in self._next.items() if rest > now}
        self._next[key] = at + self._every_s
        return 0.0
