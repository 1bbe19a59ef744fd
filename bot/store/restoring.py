"""Put a copy in the place of the database, so that nobody is written to twice and every no stands.

Rule 1: nothing is changed until the copy is whole, opens with this key and is brought up to date;
then one rename decides. What was there before is kept beside it.
Rule 2: a copy knows nothing of what came after it. What may have been sent since is unknown, and a
person decides; of what a woman said since, only what sends her less is taken over.
Rule 3: nothing is announced until a person says so (`house_paused`).
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.store import audit, opening
from bot.store.addresses import KeyMismatch, Vault
from bot.store.base import StoreError
from bot.store.broadcasts import HOUSE_PAUSED
from bot.store.desk import Doer
from bot.store.ledger import Ledger
from bot.store.opening import NotOurs, TooNew
from bot.store.safekeeping import MADE, MARK, RESTORED, Damaged, check, claim, flush
from bot.store.trouble import explained, is_damage

WORD: Final = "restored"  # the reason, wherever one is kept
_AHEAD: Final = 100_000_000
_BUSY_S: Final = 5.0
_BESIDE: Final = ("-wal", "-shm", "-journal")
# In this order; what is of a woman who is no longer there goes with her.
_ANY_PRESENT: Final = (
    "restore_silenced", "restore_stop", "restore_heard",
)  # fmt: skip
_FUTURE: Final = (
    "restore_forgotten", "restore_names_aside", "restore_people", "restore_enrolments_gone",
    "restore_enrolments_withdrawn", "restore_reminders", "restore_traces_gone", "restore_traces",
    "restore_chats_aside", "restore_staff", "restore_passkeys_gone", "restore_passkeys",
    "restore_audit",
)  # fmt: skip
_FUTURE_BROADCASTS: Final = ("restore_begun", "restore_edited")
_ALWAYS: Final = (
    "restore_states", "restore_sessions", "restore_invitations", "restore_voices",
)  # fmt: skip
_ALWAYS_DATED: Final = (
    "restore_skip", "restore_doubt", "restore_doubt_unmade", "restore_pause", "restore_late",
)  # fmt: skip


class Unusable(StoreError):
    """That file cannot be restored; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`copied_at`: None when the copy does not say. `compared`: the database that was there is the
    copy's own future, so all that women said since is known. `subscribed`: how many get
    announcements now. `gone`: women of the copy who went since. `aside`: where the one before
    is, if there was one."""

    copied_at: float | None
    compared: bool
    subscribed: int
    gone: int
    aside: Path | None = None


def restore(copy: Path, database: Path, key: Vault | Path, *, doer: Doer, now: float) -> Restored:
    """Whoever calls holds the lock of `database`. Raises StoreError; then nothing was changed."""
    database = database.resolve()
    half = database.with_name(f".{database.name}.restoring")
    _drop(half)  # a power cut may have left it
    try:
        _bring(copy, database, half)
        with _errors(copy), closing(sqlite3.connect(half, isolation_level=None)) as connection:
            vault = _prepared(connection, copy, key)
            is_there = _is_readable(database, key)
            if is_there:
                connection.execute("ATTACH ? AS present", (str(database),))
            ledger = Ledger(connection, vault)
            found = _in_one(connection, lambda: _reconciled(ledger, is_there, doer, now))
            if is_there:
                connection.execute("DETACH present")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            check(connection, copy)
        flush(half)
        return _swapped(half, database, found, now)
    except OSError as error:
        raise StoreError(f"{error.filename or half}: {error.strerror}.") from error
    finally:
        _drop(half)


def _bring(copy: Path, database: Path, half: Path) -> None:
    """A copy of the copy: it stays as it is, whatever happens."""
    if not copy.is_file():
        raise Unusable(f"{copy}: there is no such file.")
    if database.exists() and os.path.samefile(copy, database):
        raise Unusable(f"{copy} is the database itself.")
    log = copy.with_name(f"{copy.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Unusable(
            f"{copy} is a database that is in use, or was copied while it was: {log.name} has the "
            "rest of it. Make a copy with: willaq backup"
        )
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    claim(half)
    shutil.copyfile(copy, half)


def _prepared(connection: sqlite3.Connection, copy: Path, key: Vault | Path) -> Vault:
    """Whole, ours, of this key and of this version. Raises StoreError and sqlite3.Error."""
    check(connection, copy)
    opening.be_ours(connection, str(copy))
    return opening.prepare(connection, str(copy), key)


def _is_readable(database: Path, key: Vault | Path) -> bool:
    """Can the database that is there be compared with the copy? Raises StoreError when that will
    be seen only later: another program has it, the disk is full."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, _BUSY_S, isolation_level=None)) as connection:
            check(connection, database)
            opening.be_ours(connection, str(database))
            opening.prepare(connection, str(database), key)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return True
    except (KeyMismatch, NotOurs, TooNew, Damaged):
        return False
    except sqlite3.Error as error:
        if is_damage(error):
            return False
        raise explained(error, str(database)) from error


def _reconciled(ledger: Ledger, is_there: bool, doer: Doer, now: float) -> Restored:
    made = _made(ledger)
    people = ledger.one("count_people")[0]
    compared = is_there and bool(ledger.one("is_its_future", f"{MARK}{made.get('mark')}")[0])
    for (name,) in ledger.all("restore_counters"):
        ledger.change("restore_counter", name)
    if is_there:
        _take_what_is_known(ledger, now)
    if compared:
        for query in _FUTURE:
            ledger.change(query)
        for query in _FUTURE_BROADCASTS:
            ledger.change(query, now)
    else:
        for (name,) in ledger.all("restore_counters"):
            ledger.change("restore_ahead", name, _AHEAD)
    for query in _ALWAYS:
        ledger.change(query)
    for query in _ALWAYS_DATED:
        ledger.change(query, now)
    ledger.change("restore_empty")
    left = ledger.one("count_people")[0]
    found = Restored(made.get("at"), compared, ledger.one("count_subscribed")[0], people - left)
    _note(ledger, found, doer, now)
    return found


def _made(ledger: Ledger) -> dict[str, Any]:
    found = ledger.one("read_note", MADE)
    return dict(json.loads(found[0])) if found else {}


def _take_what_is_known(ledger: Ledger, now: float) -> None:
    """By address alone: true of any database of this key."""
    ledger.change("restore_silence_new", datetime.fromtimestamp(now, UTC).date().isoformat())
    for query in _ANY_PRESENT:
        ledger.change(query)
    ledger.change("restore_sequences")


def _note(ledger: Ledger, found: Restored, doer: Doer, now: float) -> None:
    told = {name: value for name, value in asdict(found).items() if name != "aside"}
    ledger.change("note", RESTORED, json.dumps(told))
    ledger.change("note", HOUSE_PAUSED, WORD)
    ledger.change("drop_note", MADE)
    audit.note(ledger, doer, "restore", "", now)


def _swapped(half: Path, database: Path, found: Restored, now: float) -> Restored:
    aside = None
    if database.exists():
        aside = _aside(database, now)
    os.replace(half, database)
    flush(database.parent)
    return Restored(found.copied_at, found.compared, found.subscribed, found.gone, aside)


def _aside(database: Path, now: float) -> Path:
    """At no moment is there no database: Willaq would begin an empty one. What its journals hold
    goes with it; beside another file they would destroy that."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
    aside = database.with_name(f"{database.name}.before-{stamp}")
    if aside.exists():
        raise StoreError(f"{aside} is there already.")
    for ending in _BESIDE:
        journal = database.with_name(database.name + ending)
        if journal.exists():
            os.replace(journal, aside.with_name(aside.name + ending))
    try:
        os.link(database, aside)
    except OSError:  # a file system without a second name for a file
        shutil.copy2(database, aside)
    return aside


def _in_one(connection: sqlite3.Connection, job: Callable[[], Restored]) -> Restored:
    # Of both: nobody else changes the present one meanwhile.
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = job()
        connection.execute("COMMIT")
        return found
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _errors(copy: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, str(copy)) from error


def _drop(half: Path) -> None:
    for ending in ("", *_BESIDE):
        half.with_name(half.name + ending).unlink(missing_ok=True)
