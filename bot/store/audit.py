"""Who did what: one line for each act, in the transaction of the act itself."""

from bot.store.desk import Doer, Entry
from bot.store.ledger import Ledger


def note(ledger: Ledger, doer: Doer, did: str, about: str, now: float) -> None:
    ledger.add("note_done", now, doer.staff_id, doer.door, did, about)


def read(ledger: Ledger, *, limit: int, before: int | None) -> list[Entry]:
    return [Entry(*row) for row in ledger.all("audit", limit, before)]
