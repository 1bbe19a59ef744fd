"""Who is signed in: opened, kept alive, ended. A cookie's token is kept as a keyed hash only."""

from typing import Final

from bot.dialogue.staff import Staff
from bot.store import staff
from bot.store.ledger import Ledger

IDLE_S: Final = 30 * 60.0  # what she left open on a table is of no use to the next one
_KEPT_TO_S: Final = 60.0  # a session is written to once a minute at most


def open_session(
    ledger: Ledger, *, token: str, staff_id: int, now: float, ends_at: float
) -> str | None:
    if staff.by_id(ledger, staff_id) is None:
        return None
    ledger.change("drop_old_sessions", now)
    index = staff.index_of(ledger, "session", token)
    ledger.change("add_session", index, staff_id, now + IDLE_S, ends_at)
    return token


def session(ledger: Ledger, *, token: str, now: float, keep: bool) -> Staff | None:
    index = staff.index_of(ledger, "session", token)
    found = ledger.one("session", index, now)
    if found is None:
        return None
    *whose, expires_at, _ = found
    if keep and now + IDLE_S - expires_at > _KEPT_TO_S:
        ledger.change("keep_session", index, now + IDLE_S)
    return staff.made(whose)


def close_session(ledger: Ledger, *, token: str) -> None:
    ledger.change("close_session", staff.index_of(ledger, "session", token))


def close_other_sessions(ledger: Ledger, *, staff_id: int, token: str) -> None:
    ledger.change("close_sessions_of", staff_id, staff.index_of(ledger, "session", token))
