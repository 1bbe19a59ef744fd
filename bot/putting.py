"""Put a file where others read and write too: whole or not at all, and one after the other."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOR_ALL: Final = 0o644  # nothing of it is a secret
FOR_US: Final = 0o600


def put(path: Path, data: bytes, mode: int | None = None) -> None:
    """Whoever reads it meanwhile reads the old one. `mode` None: that of the file that is there,
    else for all to read. Raises OSError, which names this file."""
    try:
        _put(path, data, mode)
    except OSError as error:
        # A full disk names no file, and a folder that is not there the one made on the way.
        raise OSError(error.errno, error.strerror, str(path)) from None


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """While inside, nobody else who asks for this folder goes on. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _put(path: Path, data: bytes, mode: int | None) -> None:
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.exists() else FOR_ALL
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
