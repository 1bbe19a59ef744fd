"""What takes long to work out from files, kept beside the program as Python keeps its compiled
modules.

Rule 1: it is found by the hash of all it was made from, Willaq's own code included: never old.
Rule 2: it is worth nothing. Whatever is wrong with it, it is made anew; where it cannot be
written, nothing is kept. Who can write there could as well change the program.
"""

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from bot.putting import FOR_US, put

MOST: Final = 4  # of one kind; those made last stay
_CODE: Final = Path(__file__).parent

Thing = TypeVar("Thing")


class Kept:
    """In `folder`; None: nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def made(self, kind: str, of: Iterable[bytes], make: Callable[[], Thing]) -> Thing:
        """What `make` gives, or gave before of the same."""
        if self._folder is None:
            return make()
        path = self._folder / f"{kind}-{_hash((_code(), *of))}.pickle"
        with suppress(Exception):  # half a file, or one of a library that is another now
            thing: Thing = pickle.loads(path.read_bytes())
            return thing
        thing = make()
        with suppress(OSError, pickle.PicklingError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            put(path, pickle.dumps(thing, pickle.HIGHEST_PROTOCOL), FOR_US)
            _keep_newest(self._folder, kind)
        return thing


def _hash(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"%d:" % len(part))
        whole.update(part)
    return whole.hexdigest()[:32]


@lru_cache(maxsize=1)
def _code() -> bytes:
    files = sorted(_CODE.rglob("*.py"))
    return _hash([sys.version.encode(), *(file.read_bytes() for file in files)]).encode()


def _keep_newest(folder: Path, kind: str) -> None:
    found = sorted(folder.glob(f"{kind}-*.pickle"), key=lambda file: -file.stat().st_mtime_ns)
    for old in found[MOST:]:
        old.unlink(missing_ok=True)
