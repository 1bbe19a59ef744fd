"""One woman known twice: by the number an organization brought, and by the id she writes with.

The platform tells only when she writes that the two are one. Until then we cannot know; from then
on she is one, and what she says counts for both.
"""

from bot.store.ledger import Ledger


def join(ledger: Ledger, person_id: int, alias_index: bytes, now: float) -> bool:
    """What waits for her under the other name is hers. False: she is not known by it. Of a yes and
    a no the no stays; a yes counts where she never decided."""
    found = ledger.one("find_person", alias_index)
    if found is None or found[0] == person_id:
        return False
    (other,) = found
    ledger.change("join_no", person_id, other)
    ledger.change("join_yes", person_id, other)
    ledger.change("join_messages", person_id, other, now)
    ledger.change("join_enrolments", person_id, other)
    ledger.change("skip_everything", other, "repeated", now)
    ledger.change("forget_enrolments", other)
    ledger.change("forget_person", other)
    return True
