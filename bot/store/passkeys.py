"""Keys that a telephone or computer holds for her, with which she signs in without a password."""

from bot.dialogue.staff import Staff
from bot.store import staff
from bot.store.audit import note
from bot.store.desk import Doer
from bot.store.ledger import Ledger
from bot.store.team import Passkey


def add_passkey(ledger: Ledger, *, staff_id: int, passkey: Passkey, doer: Doer, now: float) -> bool:
    added = ledger.change(
        "add_passkey", passkey.id, staff_id, passkey.public_key, passkey.sign_count, passkey.name,
        passkey.added_at,
    )  # fmt: skip
    if added:
        note(ledger, doer, "add passkey", f"staff {staff_id}", now)
    return added > 0


def passkey(ledger: Ledger, *, id: bytes) -> tuple[Staff, Passkey] | None:
    found = ledger.one("passkey", id)
    if found is None:
        return None
    whose = staff.made(found[:4])
    return (whose, Passkey(*found[4:])) if whose else None


def use_passkey(ledger: Ledger, *, id: bytes, sign_count: int) -> bool:
    return ledger.change("use_passkey", id, sign_count) > 0


def drop_passkey(ledger: Ledger, *, staff_id: int, id: bytes, doer: Doer, now: float) -> bool:
    gone = ledger.change("drop_passkey", staff_id, id) > 0
    if gone:
        note(ledger, doer, "drop passkey", f"staff {staff_id}", now)
    return gone
