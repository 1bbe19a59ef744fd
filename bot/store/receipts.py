"""What a platform says later about a message it took: it arrived, was read, or did not arrive.

Rule 1: what it says may come twice, late, in any order, and before our own note of the sending.
Rule 2: it may speak of rows that are gone, or that we never gave it: then nothing is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.store.base import Operation, OutboxState, Settlement, Told
from bot.store.deliveries import learn, may_become, wait
from bot.store.ledger import Ledger

PLAIN_S: Final = 30 * 24 * 3600.0  # then buttons are tried again: she may have a newer telephone
_AGAIN: Final = frozenset({"waiting", "sent", "unknown"})  # failed after all: may be tried again
_SENT_BY_US: Final = frozenset({"message", "knock"})


@dataclass(slots=True)
class _Row:
    state: OutboxState
    channel: str
    operation: Operation
    priority: int
    is_empty: bool
    person_id: int
    tries: int


def note(ledger: Ledger, *, channel: str, told: Sequence[Told], now: float) -> None:
    for each in told:
        found = ledger.one("find_told", each.row_id)
        row = _Row(*found) if found else None
        if row is None or row.channel != channel or row.operation not in _SENT_BY_US:
            continue
        if each.state == "failed":
            _failed(ledger, each, row, now)
        elif each.part < each.of:
            ledger.change("advance", each.row_id, each.part)
        elif row.state == each.state or may_become(row.state, each.state):
            ledger.change("finish", each.row_id, each.state, "", now)


def _failed(ledger: Ledger, told: Told, row: _Row, now: float) -> None:
    assert told.judge is not None
    if not may_become(row.state, "failed"):
        return  # told before, or of a time that is over: it says nothing of her as she is now
    judged = told.judge(row.person_id, row.priority, row.tries)
    what = replace(judged, row_id=told.row_id, parts=told.part - 1)
    if what.unreachable and told.had_buttons:
        ledger.change("write_plainly", row.person_id, now + PLAIN_S)
        what = _plainly(what, now)
    if row.operation == "knock" and not ledger.one("is_anything_held", row.person_id)[0]:
        what = replace(what, state="failed")  # she opened it meanwhile: nothing to ask her for
    # Its words may be gone: nothing of hers is kept for long. Then it has failed.
    if what.state == "waiting" and row.state in _AGAIN and not row.is_empty:
        wait(ledger, what, now)
    else:
        ledger.change("finish", told.row_id, "failed", what.reason, now)
    if what.held:
        ledger.change("close_window", row.person_id)
    learn(ledger, what, now)


def _plainly(what: Settlement, now: float) -> Settlement:
    """An old telephone refuses buttons with the same word as one that is not there: first try
    without them."""
    return replace(what, state="waiting", due_at=now, unreachable=False)
