"""The tables as a job sees them: inside one transaction, on the thread of the database.

The queries live in those files of sql/ that have no number, and are called by their names.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from bot.store.addresses import Vault

SQL: Final = Path(__file__).parent / "sql"
_HEAD: Final = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


def _named(text: str) -> Mapping[str, str]:
    _, *parts = _HEAD.split(text)
    return dict(zip(parts[::2], (query.strip() for query in parts[1::2]), strict=True))


QUERIES: Final = _named(
    "\n".join(file.read_text("utf-8") for file in sorted(SQL.glob("[a-z]*.sql")))
)


class Ledger:
    """What a job works with. It neither commits nor rolls back: the writer does."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._cursor = connection.cursor()
        self.vault = vault

    def one(self, query: str, *values: object) -> Any:
        """The first row, or None."""
        return self._cursor.execute(QUERIES[query], values).fetchone()

    def all(self, query: str, *values: object) -> list[Any]:
        return self._cursor.execute(QUERIES[query], values).fetchall()

    def change(self, query: str, *values: object) -> int:
        """How many rows changed."""
        return self._cursor.execute(QUERIES[query], values).rowcount

    def change_each(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._cursor.executemany(QUERIES[query], rows)

    def add(self, query: str, *values: object) -> int:
        """The id of the new row."""
        return self._cursor.execute(QUERIES[query], values).lastrowid or 0
