"""Say what is wrong with the database file, and what to do about it."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from bot.store.base import StoreError

_LOCKED: Final = (
    "Another program holds the database {name}. Close what has it open (a database browser, "
    "a second Willaq); Willaq goes on by itself then."
)
_UNWRITABLE: Final = (
    "The database {name} cannot be opened for writing. Let the one who runs Willaq write the file "
    "and its folder, and look whether the disk became read-only."
)
_DAMAGED: Final = (
    "{name} is not a database of Willaq, or it is damaged. Point WILLAQ_DATABASE_URL to the right "
    "file, or restore the last backup."
)
_SAYINGS: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_FULL: (
        "The disk with the database {name} is full. Make room; Willaq goes on by itself then."
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk with the database {name} does not answer as it should ({error}). Look whether it "
        "is full, over its quota or broken."
    ),
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOMEM: "There is no memory left for the database {name}.",
}


class Refused(StoreError):
    """The database would not take this one job, now or ever: a mistake of Willaq's."""


def is_no_fault_of_the_job(error: BaseException) -> bool:
    """Any other job would have failed as well."""
    return _kind(error) in _SAYINGS


def is_damage(error: BaseException) -> bool:
    """The file itself is broken, or no database: no waiting and no room mends that."""
    return _kind(error) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def explained(error: Exception, name: str) -> StoreError:
    """`name` is the file as the one who runs Willaq knows it."""
    if isinstance(error, StoreError):
        return error
    saying = _SAYINGS.get(_kind(error))
    which = getattr(error, "sqlite_errorname", type(error).__name__)
    if saying is None:
        told: StoreError = Refused(
            f"The database {name} cannot keep this ({which}). Please report it."
        )
    else:
        told = StoreError(saying.format(name=name, error=which))
    told.__cause__ = error
    return told


def _kind(error: BaseException) -> int:
    # The lowest byte is the kind; the rest says more precisely which (SQLITE_IOERR_WRITE).
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
