"""Rows on their way out: who may go now, what became of each, what can still be deleted."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import Any, Final

from bot.store import announced
from bot.store.addresses import Damaged, as_text
from bot.store.base import OutboxRow, OutboxState, Settlement
from bot.store.forgetting import ANNOUNCEMENTS, PULLED_S, TRACES_S, sealed_refs
from bot.store.ledger import Ledger

# What may follow what. A state never goes back: a receipt can overtake our own note of the sending.
_MAY_BECOME: Final[Mapping[OutboxState, AbstractSet[OutboxState]]] = {
    "waiting": {"sent", "delivered", "read", "failed", "skipped", "unknown"},
    "sending": {"waiting", "sent", "delivered", "read", "failed", "skipped", "unknown"},
    "unknown": {"sent", "delivered", "read", "failed"},
    "sent": {"delivered", "read", "failed"},
    "delivered": {"read"},
    "read": set(),
    "failed": set(),
    "skipped": set(),
}
_PRIORITY, _BODY = 5, 7  # their places among the columns of the query "due"
_LAST_ID: Final = 2**63 - 1
_PLAIN_S: Final = 30 * 24 * 3600.0  # then buttons are tried again: she may have a newer telephone

log = logging.getLogger(__name__)


def claim(
    ledger: Ledger,
    *,
    channels: Sequence[str],
    now: float,
    limit: int,
    lease_s: float,
    quiet_since: float,
    announcements: int,
) -> list[OutboxRow]:
    def look(most: int) -> list[Any]:
        due = [
            row
            for channel in channels
            for row in ledger.all("due", channel, now, most, quiet_since)
        ]
        return sorted(due, key=lambda row: (row[_PRIORITY], row[0]))[:most]

    lease = (now + lease_s, now)
    taken = _take(ledger, look, lambda row: _taken(ledger, row, now), limit, lease)
    room = min(limit - len(taken), announcements)
    letters = announced.Letters(ledger, now)
    for broadcast in announced.sending(ledger) if room > 0 else ():
        some = _take(
            ledger,
            partial(announced.due, ledger, broadcast, channels, now),
            lambda row: _opened(ledger, letters.checked(row), now),
            room,
            lease,
        )
        taken += some
        room -= len(some)
    return taken


def _take(
    ledger: Ledger,
    look: Callable[[int], list[Any]],
    checked: Callable[[Sequence[Any]], OutboxRow | None],
    limit: int,
    lease: tuple[float, float],
) -> list[OutboxRow]:
    """Of what `look` finds, what may go. Looks again while there are others that might."""
    taken: list[OutboxRow] = []
    while len(taken) < limit:
        rows = [checked(row) for row in look(limit - len(taken))]
        taken += [row for row in rows if row]
        ledger.change_each("take", [(row.id, *lease) for row in rows if row])
        if None not in rows:
            break
    return taken


def _opened(ledger: Ledger, fields: list[Any] | None, now: float) -> OutboxRow | None:
    """Of an announcement: what it says is sealed nowhere."""
    if fields is None:
        return None
    body, fields[_BODY] = fields[_BODY], b""
    row = _in_clear(ledger, fields, now)
    if row is not None:
        row.body = body
    return row


def _taken(ledger: Ledger, found: Sequence[Any], now: float) -> OutboxRow | None:
    """The row in clear; or None, when it must not go any more and says so from now on."""
    *fields, not_after, reachable, stopped = found
    if not_after is not None and not_after < now:
        ledger.change("finish", fields[0], "skipped", "expired", now)
        return None
    if not reachable:
        ledger.change("finish", fields[0], "skipped", "unreachable", now)
        return None
    if stopped and fields[_PRIORITY] >= ANNOUNCEMENTS:
        ledger.change("finish", fields[0], "skipped", "opted out", now)
        return None
    if announced.is_one_knock_too_many(ledger, fields, now):
        return None
    return _in_clear(ledger, fields, now)


def _in_clear(ledger: Ledger, fields: Sequence[Any], now: float) -> OutboxRow | None:
    row_id, person_id, channel, address, language, priority, operation, body, *rest = fields
    try:
        plain_address = as_text(ledger.vault.unseal(address, "address", channel))
        plain_body = ledger.vault.unseal(body, "body", channel) if body else b""
    except Damaged:
        # One broken value must not hold up everybody else's messages.
        log.error("a damaged message was given up")
        ledger.change("finish", row_id, "failed", "damaged", now)
        return None
    return OutboxRow(
        row_id, person_id, channel, plain_address, language, priority, operation, plain_body, *rest
    )


def renew(ledger: Ledger, *, row_ids: Sequence[int], until: float) -> None:
    ledger.change_each("renew", [(row_id, until) for row_id in row_ids])


def settle(ledger: Ledger, *, settlements: Sequence[Settlement], now: float) -> None:
    for each in settlements:
        found = ledger.one("find_row", each.row_id)
        if found is not None:
            _settle(ledger, each, found, now)


def _settle(ledger: Ledger, what: Settlement, found: Sequence[Any], now: float) -> None:
    was, channel, operation, priority, is_empty, undone, parts = found
    what = plainly(ledger, what, now)
    if undone:
        what = replace(what, parts=parts)
    if what.refs:
        refs = sealed_refs(ledger, list(what.refs), channel)
        ledger.add("keep_trace", what.person_id, what.row_id, refs, now)
    if may_become(was, what.state):
        may_go_again = operation != "message" or not is_empty
        goes_back = bool(undone) and _may_be_undone(what)
        if what.state != "waiting" and not goes_back:
            _end(ledger, what, may_go_again, now)
        elif not may_go_again:
            # She left, or was forgotten, while it was being sent.
            ledger.change("finish", what.row_id, "skipped", "forgotten", now)
        elif goes_back:
            ledger.change("go_back", what.row_id, now)
        else:
            _wait(ledger, what, now)
        if what.state == "waiting" or what.unreachable:
            ledger.change("give_back_later", what.person_id, priority, what.row_id, now)
        if what.held:
            ledger.change("hold_rest", what.person_id, what.due_at, now)
    learn(ledger, what, now)
    if operation == "erase" and what.state != "waiting":
        ledger.change("drop_traces_of_stranger", what.person_id)


def may_become(was: OutboxState, state: OutboxState) -> bool:
    return state in _MAY_BECOME[was]


def _may_be_undone(what: Settlement) -> bool:
    """The platform said that it failed before we could say this: that is newer, and how long to
    wait for it is settled. What will not be sent any more, or not before she writes, stays so."""
    return what.state in ("sent", "unknown") or (what.state == "waiting" and not what.held)


def _end(ledger: Ledger, what: Settlement, may_go_again: bool, now: float) -> None:
    if what.unconfirmed and may_go_again:
        ledger.change("leave_unconfirmed", what.row_id, now)
    else:
        ledger.change("finish", what.row_id, what.state, what.reason, now)


def _wait(ledger: Ledger, what: Settlement, now: float) -> None:
    if not what.held:
        again = (what.reason, what.due_at, what.parts, what.tries)
        ledger.change("postpone", what.row_id, *again, now)
        return
    ledger.change("hold", what.row_id, what.due_at, what.parts, what.tries, now)
    knock(ledger, what, now)


def knock(ledger: Ledger, what: Settlement, now: float) -> None:
    if what.held and what.knock_at is not None:
        ledger.change("knock", what.row_id, what.knock_at, what.due_at, now)


def plainly(ledger: Ledger, what: Settlement, now: float) -> Settlement:
    """Remember that she gets no buttons. Of a forgotten woman nothing is remembered: the same
    would fail for ever."""
    if what.plainly and not ledger.change("write_plainly", what.person_id, now + _PLAIN_S):
        return replace(what, state="failed")
    return what


def learn(ledger: Ledger, what: Settlement, now: float) -> None:
    """What a failure says of her, not only of this message."""
    if what.unreachable:
        ledger.change("lose_contact", what.person_id)
        ledger.change("skip_everything", what.person_id, "unreachable", now)
    if what.stopped:
        ledger.change("want_announcements", what.person_id, 0)


def pull(ledger: Ledger, *, channel: str, address: str, after: int, now: float) -> list[OutboxRow]:
    address_index = ledger.vault.index("address", channel, address)
    after = min(max(after, 0), _LAST_ID)
    ledger.change("acknowledge", address_index, after, now)
    found = ledger.all("fetch", address_index, after, now - PULLED_S)
    rows = [row for fields in found if (row := _in_clear(ledger, fields, now))]
    ledger.change_each("hand_over", [(row.id, now) for row in rows])
    return rows


def refs_before(ledger: Ledger, *, row: OutboxRow, now: float) -> list[str]:
    reach = ledger.one("erase_reaches", row.id)
    if reach is None:
        return []
    found = ledger.all("traces_before", row.person_id, *reach, now - TRACES_S)
    refs: dict[str, None] = {}
    for (sealed,) in found:
        try:
            refs.update(dict.fromkeys(json.loads(ledger.vault.unseal(sealed, "ref", row.channel))))
        except Damaged:
            log.error("a damaged message id was left aside: that message stays in her chat")
    return list(refs)


def erased(ledger: Ledger, *, person_id: int) -> None:
    reach = ledger.one("last_erase", person_id)
    if reach is not None:
        ledger.change("drop_traces_before", person_id, *reach)


def recover(ledger: Ledger, *, now: float, everything: bool) -> dict[str, int]:
    counts = {"waiting": 0, "skipped": 0, "unknown": 0}
    for row_id, priority, is_empty, undone in ledger.all("left_behind", everything, now):
        if priority >= ANNOUNCEMENTS and not undone:
            counts["unknown"] += ledger.change("finish", row_id, "unknown", "stopped", now)
        elif is_empty:
            counts["skipped"] += ledger.change("finish", row_id, "skipped", "forgotten", now)
        else:
            counts["waiting"] += ledger.change("wait_again", row_id, now)
    return counts


def count_slice(ledger: Ledger, *, after: int, size: int) -> list[tuple[str, int]]:
    return ledger.all("count_states", after, size)


def last_row(ledger: Ledger) -> int:
    return int(ledger.one("last_row")[0])
