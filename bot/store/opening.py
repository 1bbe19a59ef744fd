"""Make the database file if there is none, bring it up to date, refuse what is not ours."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import aiosqlite

from bot.store.addresses import KeyMismatch, Vault
from bot.store.base import StoreError
from bot.store.ledger import QUERIES, SQL

MEMORY: Final = ":memory:"
_OURS: Final = 0x57494C51  # "WILQ", in the file's header
_OLDEST_SQLITE: Final = (3, 37, 0)  # STRICT tables
_KEY_CHECK: Final = "key_check"

# Number -> script. A number that was ever used keeps its script for good.
MIGRATIONS: Final[Mapping[int, str]] = {
    int(file.name[:3]): file.read_text("utf-8") for file in sorted(SQL.glob("[0-9]*-*.sql"))
}


class AlreadyRunning(StoreError):
    """Another Willaq serves from this database; two would answer every woman twice."""


class TooNew(StoreError):
    """A newer Willaq has written this database; this one would not understand it."""


class NotOurs(StoreError):
    """Another program's database, or none at all."""


async def connect(name: str, busy_timeout_s: float) -> aiosqlite.Connection:
    """The file, made if need be; still to be prepared."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(
            f"Python here comes with SQLite {sqlite3.sqlite_version}; Willaq needs 3.37 or newer."
        )
    if name != MEMORY:
        _make_file(Path(name))
    return await aiosqlite.connect(
        name, timeout=busy_timeout_s, isolation_level=None, cached_statements=256
    )


def _make_file(path: Path) -> None:
    """SQLite would make it readable for everybody; its journals take after it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be opened for writing ({error.strerror}). Let the one who "
            "runs Willaq write the file and its folder, or point WILLAQ_DATABASE_URL elsewhere."
        ) from error


def prepare(connection: sqlite3.Connection, name: str, key: Vault | Path) -> Vault:
    """Everything between opening and the first job. Raises StoreError and sqlite3.Error."""
    _refuse_others(connection, name)
    # What is deleted is overwritten, in the file and in its free pages.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # What we told a platform is kept must survive a power cut; shared commits make it cheap.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    migrate(connection, name, MIGRATIONS)
    return _fit_key(connection, key)


def _refuse_others(connection: sqlite3.Connection, name: str) -> None:
    (ours,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and ours != _OURS:
        raise NotOurs(
            f"{name} is the database of another program. "
            "Point WILLAQ_DATABASE_URL to the right file, or to a new one."
        )


def be_ours(connection: sqlite3.Connection, name: str) -> None:
    """Not a new one either. Raises NotOurs and sqlite3.Error."""
    _refuse_others(connection, name)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not version or not connection.execute(QUERIES["read_note"], (_KEY_CHECK,)).fetchone():
        raise NotOurs(f"{name} is not a database of Willaq.")


def migrate(connection: sqlite3.Connection, name: str, migrations: Mapping[int, str]) -> None:
    """Each migration wholly or not at all, from version 1 on. Raises TooNew."""
    newest = max(migrations)
    while (version := _version(connection)) < newest:
        _migrate_to(connection, version + 1, migrations[version + 1])
    if version > newest:
        raise TooNew(
            f"{name} was written by a newer Willaq (its version {version}, ours {newest}). "
            "Start the newer one, or restore a backup from before."
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate_to(connection: sqlite3.Connection, version: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been here between our look and our lock.
        if _version(connection) == version - 1:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    # sqlite3's own executescript would commit behind our back.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _fit_key(connection: sqlite3.Connection, key: Vault | Path) -> Vault:
    """The vault this database was written with. A new database gets one. Raises KeyProblem."""
    found = connection.execute(QUERIES["read_note"], (_KEY_CHECK,)).fetchone()
    vault = key if isinstance(key, Vault) else Vault.open(key, make=found is None)
    if found is None:
        # Only after the key is safely on the disk; whoever is first decides.
        connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (_KEY_CHECK, vault.check))
        found = connection.execute(QUERIES["read_note"], (_KEY_CHECK,)).fetchone()
    if found[0] != vault.check:
        which = "This key" if isinstance(key, Vault) else f"The key file {key}"
        raise KeyMismatch(
            f"{which} does not belong to this database: nothing in it would open. "
            "Put the right key back (its copy), or point WILLAQ_KEY_FILE to it."
        )
    return vault


@contextmanager
def lock(path: str | Path) -> Iterator[None]:
    """Held as long as `willaq run` serves from this database. Raises AlreadyRunning.

    The lock goes with the process, however it ends; the file beside the database stays.
    """
    if str(path) == MEMORY:
        yield
        return
    name = Path(f"{path}.lock")
    try:
        name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"{name} cannot be written ({error.strerror}). Let the one who runs Willaq write in "
            "that folder, or point WILLAQ_DATABASE_URL elsewhere."
        ) from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: str | Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = os.pread(handle, 32, 0).decode("ascii", "replace") or "of unknown number"
        raise AlreadyRunning(
            f"Willaq already runs on {path} (process {process}). Stop that one first."
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
