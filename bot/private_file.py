"""Write a table for a spreadsheet that nobody else may read, and that runs nothing there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

# A spreadsheet takes what begins so for a formula and runs it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@contextmanager
def private_file(out: Path) -> Iterator[TextIO]:
    """Readable for nobody else from its first byte on, and whole or not at all. Raises OSError."""
    half = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # With a BOM: without one, spreadsheets take it for another alphabet.
        with open(handle, "w", encoding="utf-8-sig", newline="") as file:
            yield file
        os.replace(half, out)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
