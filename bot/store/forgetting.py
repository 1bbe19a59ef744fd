"""Forget: at her word, at once; by the clock, in slices so small that no woman waits for them."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final

from bot.store import staff
from bot.store.desk import Doer
from bot.store.ledger import Ledger
from bot.store.subscriptions import silence

REPLIES: Final = 0
ANNOUNCEMENTS: Final = 9
EVERYTHING: Final = 99  # no message has a lower priority

TRACES_S: Final = 48 * 3600.0  # Telegram deletes nothing older
PULLED_S: Final = 30 * 60.0
UNCONFIRMED_S: Final = 15 * 60.0
HEARD_S: Final = 8 * 24 * 3600.0  # Meta repeats a message for 7 days
FINISHED_S: Final = 8 * 24 * 3600.0
VISITORS_S: Final = 2 * 24 * 3600.0  # after a day nobody's page opens that conversation again
SLICE: Final = 200


def forget_her(
    ledger: Ledger, person_id: int, address_indexes: Sequence[bytes], *, erasing: bool, now: float
) -> None:
    """Everything about her goes but what is being sent this instant, and her no to announcements.

    `address_indexes`: all she is known by. `erasing`: she also wants the messages deleted, so
    their ids stay until that is done.
    """
    silence(ledger, person_id, address_indexes, _day(now))
    ledger.change("skip_messages", person_id, "forgotten", now, EVERYTHING)
    ledger.change("skip_knocks", person_id, "forgotten", now)
    ledger.change("empty_sending", person_id)
    ledger.change("empty_unconfirmed", person_id, now)
    for each in address_indexes:
        ledger.change("empty_pulled", each, now)
        if who := staff.by_chat(ledger, each):
            # The chat by which she worked here is hers to give up as well.
            staff.unbind(ledger, staff_id=who.id, doer=Doer(who.id, "chat"), now=now)
    if not erasing and not ledger.one("is_erase_pending", person_id)[0]:
        ledger.change("drop_traces", person_id)
    ledger.change("forget_enrolments", person_id)
    ledger.change("forget_voices", person_id)
    ledger.change("forget_person", person_id)


def forget(ledger: Ledger, *, channel: str, address: str, now: float) -> bool:
    address_index = ledger.vault.index("address", channel, address)
    found = ledger.one("find_person", address_index)
    if found is None:
        return False
    forget_her(ledger, found[0], [address_index], erasing=False, now=now)
    return True


def keep_trace_of_hers(ledger: Ledger, person_id: int, channel: str, ref: str, now: float) -> None:
    ledger.add("keep_trace_of_hers", person_id, sealed_refs(ledger, [ref], channel), now)


def sealed_refs(ledger: Ledger, refs: list[str], channel: str) -> bytes:
    return ledger.vault.seal(json.dumps(refs).encode(), "ref", channel)


Slice = Callable[[Ledger], bool]


def slices(now: float) -> tuple[Slice, ...]:
    """Each does a little and returns whether there may be more."""
    return (
        partial(_some, "expire_states", now),
        partial(_some, "expire_pulled", now - PULLED_S),
        partial(_some, "expire_traces", now - TRACES_S),
        partial(_some, "expire_heard", now - HEARD_S),
        partial(_some, "expire_unconfirmed", now - UNCONFIRMED_S),
        partial(_some, "close_windows", now),
        partial(_some, "expire_media", now),
        partial(_some, "expire_visitors", _day(now - VISITORS_S)),
        partial(_some, "expire_enrolments", _day(now)),
    )


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _some(query: str, before: float | str, ledger: Ledger) -> bool:
    return ledger.change(query, before, SLICE) == SLICE


def sweep_finished(ledger: Ledger, *, after: int, now: float) -> int | None:
    """Finished rows of the slice behind row `after`. Returns where the next slice begins."""
    last, newest = ledger.one("next_slice", after, SLICE)
    if last is None:
        return None
    ledger.change("expire_finished", after, last, now - FINISHED_S)
    return int(last) if newest < now - FINISHED_S else None
