"""Many women who want announcements, in the database of a Willaq that does not run yet."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

from tests.announcing import DAY, Desk

FIRST = 5_600_000_000  # their chats; those who only chat have others
PLACES = [f"{department:02d}{province:02d}" for department in range(1, 26) for province in (1, 2)]


def settle(desk: Desk, channel: str, many: int) -> None:
    """Three in ten read Quechua, all may be written to at any hour."""
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO people (channel, address_index, address, language, region, window_until,"
            " greeted, wanted, last_seen, hours_from, hours_until)"
            " VALUES (?, ?, ?, ?, ?, ?, 1, 1, '2026-11-26', 0, 0)",
            _women(desk, channel, many),
        )


def _women(desk: Desk, channel: str, many: int) -> Iterator[tuple[object, ...]]:
    window_until = time.time() + DAY if channel == "whatsapp" else None
    for number in range(many):
        address = str(FIRST + number)
        yield (
            channel,
            desk.vault.index("address", channel, address),
            desk.vault.seal(address.encode(), "address", channel),
            "quy" if number % 10 < 3 else "es",
            PLACES[number % len(PLACES)],
            window_until,
        )
