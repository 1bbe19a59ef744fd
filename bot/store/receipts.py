"""What a platform says later about a message it took: it arrived, was read, or did not arrive.

Rule 1: what it says may come twice, late, in any order, and before our own note of the sending.
Rule 2: it may speak of rows that are gone, or that we never gave it: then nothing is changed.
Rule 3: what is said of one attempt never ends another that has begun since. Each bubble that did
not arrive is in the next attempt; an attempt fails once, however many of its bubbles did not.

One thing is let go: once the last bubble of a row is on its way the row's words are gone, so an
earlier one that is said to have failed after that is not sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.store.base import Operation, OutboxState, Settlement, Told
from bot.store.deliveries import knock, learn, may_become, plainly
from bot.store.ledger import Ledger

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
    attempt: int
    begun: str
    parts: int
    undone: bool


def note(ledger: Ledger, *, channel: str, told: Sequence[Told], now: float) -> None:
    for each in told:
        found = ledger.one("find_told", each.row_id)
        row = _Row(*found) if found else None
        if row is None or row.channel != channel or row.operation not in _SENT_BY_US:
            continue
        if each.state == "failed":
            _failed(ledger, each, row, now)
        elif _counts(each, row):
            _arrived(ledger, each, row, now)


def _counts(told: Told, row: _Row) -> bool:
    """Good news may be older than the bad news we have heard since."""
    if told.attempt < row.attempt:
        # That it left says nothing: it may have failed, and that be why there was another.
        return told.state != "sent" and told.part == told.of <= row.parts + 1
    if row.undone:
        return False
    return row.state != "waiting" or told.part <= row.parts + 1


def _arrived(ledger: Ledger, told: Told, row: _Row, now: float) -> None:
    if told.part == told.of:
        if row.state == told.state or may_become(row.state, told.state):
            ledger.change("finish", told.row_id, told.state, "", now)
    elif row.state == "waiting":
        ledger.change("begin_at", told.row_id, max(row.parts, told.part))


def _failed(ledger: Ledger, told: Told, row: _Row, now: float) -> None:
    assert told.judge is not None
    if not may_become(row.state, "failed"):
        return  # told before, or of a time that is over: it says nothing of her as she is now
    if any(int(behind) < told.part for behind in row.begun.split()[told.attempt :]):
        return  # it was said again since
    if row.state == "waiting" or row.undone:
        # It goes again anyway, and for that we know already why.
        ledger.change("begin_at", told.row_id, min(row.parts, told.part - 1))
        return
    judged = told.judge(row.person_id, row.priority, row.tries)
    what = plainly(ledger, replace(judged, row_id=told.row_id, parts=told.part - 1), now)
    if row.operation == "knock" and not ledger.one("is_anything_held", row.person_id, now)[0]:
        what = replace(what, state="failed")  # she opened it meanwhile: nothing to ask her for
    # Its words may be gone: nothing of hers is kept for long. Then it has failed.
    if what.state == "waiting" and not row.is_empty:
        _undo(ledger, what, now)
    else:
        ledger.change("finish", told.row_id, "failed", what.reason, now)
    if what.held:
        ledger.change("close_window", row.person_id)
    learn(ledger, what, now)


def _undo(ledger: Ledger, what: Settlement, now: float) -> None:
    reason, not_after = ("window", what.due_at) if what.held else (what.reason, None)
    again = (reason, what.due_at, what.parts, what.tries, not_after)
    ledger.change("undo", what.row_id, *again, now)
    knock(ledger, what, now)
