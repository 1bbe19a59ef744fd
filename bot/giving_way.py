"""Let women be answered while a thread works on something long."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_TURN_S: Final = 0.0005
_WORK_S, _REST_S = 0.002, 0.006


class Rests:
    """Called again and again by who works in a thread while women are answered in another: it
    lets them have the processor for three times as long as it has had it itself."""

    def __init__(self) -> None:
        self._since = time.thread_time()

    def __call__(self) -> None:
        # By the clock it would rest on a busy machine before it had done anything.
        if time.thread_time() - self._since > _WORK_S:
            time.sleep(_REST_S)
            self._since = time.thread_time()


def without_rest() -> None:
    """At the start nobody waits for anything else."""


@contextmanager
def giving_way() -> Iterator[None]:
    """Who answers women meanwhile waits for this thread a tenth as long as Python lets it."""
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual_s)
