"""A whole copy of the database while it is used, and what a restored one knows of where it is from.

Rule 1: a copy is whole or not there at all, and nobody else may read it.
Rule 2: it is never written over anything.
Rule 3: it carries the mark of its own making, which stays in the database it was made of: one that
has the mark goes back to the moment of this copy, and no other does.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.store import audit
from bot.store.base import StoreError
from bot.store.desk import Doer
from bot.store.ledger import QUERIES, Ledger
from bot.store.trouble import explained
from bot.store.writer import Writer

MADE: Final = "backup"  # in `meta` of a copy: its mark and when it was made, as JSON
MARK: Final = "copied "  # in `meta` of both, before the mark
RESTORED: Final = "restored"  # in `meta` of a restored database: what became of it, as JSON


class Taken(StoreError):
    """There is a file of this name."""


class Damaged(StoreError):
    """A file that is not whole."""


class Safekeeping:
    """A part of SqliteStore."""

    _writer: Writer

    async def backup(self, to: Path, *, doer: Doer, now: float) -> int:
        """How many bytes it has. Raises StoreError; then nothing is left of it."""
        half = _claimed(to)
        mark = secrets.token_hex(8)
        try:
            await self._writer.do(partial(_note, mark=mark, doer=doer, now=now))
            return await self._writer.between(
                lambda connection: _copy(connection, half, to, {"mark": mark, "at": now})
            )
        except BaseException:
            _drop(half, to)
            raise

    async def restored(self) -> Mapping[str, Any]:
        """What was noted when this database was restored; empty if it never was."""
        return await self._writer.do(_restored)


def _note(ledger: Ledger, mark: str, doer: Doer, now: float) -> None:
    ledger.change("note", f"{MARK}{mark}", str(now))
    audit.note(ledger, doer, "backup", "", now)


def _restored(ledger: Ledger) -> Mapping[str, Any]:
    found = ledger.one("read_note", RESTORED)
    return dict(json.loads(found[0])) if found else {}


def claim(path: Path) -> None:
    """An empty file that nobody else may read; SQLite fills it. Raises Taken and StoreError."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise Taken(
            f"{path} is there already. Nothing is written over it: give another name."
        ) from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}).") from error


def _claimed(to: Path) -> Path:
    """Its name is taken; it is made beside it, under this one."""
    half = to.with_name(f".{to.name}.{os.getpid()}")
    claim(to)
    try:
        claim(half)
    except StoreError:
        _drop(to)
        raise
    return half


def _drop(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, half: Path, to: Path, made: Mapping[str, object]) -> int:
    try:
        # In one step: a copy page by page never ends while women write.
        connection.execute("VACUUM INTO ?", (str(half),))
        with closing(sqlite3.connect(half, isolation_level=None)) as copy:
            copy.execute(QUERIES["note"], (MADE, json.dumps(made)))
            check(copy, half)
        flush(half)
        os.replace(half, to)
        flush(to.parent)
        return to.stat().st_size
    except sqlite3.Error as error:
        raise explained(error, str(to)) from error
    except OSError as error:
        raise StoreError(f"{to}: {error.strerror}. No copy was made.") from error


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Every page is there and fits the others. Raises Damaged and sqlite3.Error."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise Damaged(f"{path} is damaged or not whole.")


def flush(path: Path) -> None:
    """A file, or the names in a folder, down to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
