"""Who agreed to get announcements, and who said no.

Rule 1: a no outlives everything: leaving, "borrar", an import. Only her own new yes ends it.
Rule 2: of who said no and was forgotten only a keyed hash is kept, and the day; also of the number
of one who said no and is known by another name, so that no list brings her back.
"""

from collections.abc import Sequence
from datetime import date

from bot.dialogue.announcing import Consents, Subscribe, Subscription
from bot.store.ledger import Ledger


def read(ledger: Ledger, person_id: int, address_index: bytes) -> Subscription:
    """`person_id` 0: we do not know her, but may know her no."""
    wanted, stopped, region, start, end, agreed_on, consent = ledger.one(
        "subscription", person_id, address_index
    )
    return Subscription(
        bool(wanted),
        bool(stopped),
        region,
        (start, end) if start is not None and end is not None else None,
        date.fromisoformat(agreed_on) if agreed_on else None,
        consent,
    )


def subscribe(
    ledger: Ledger, person_id: int, address_indexes: Sequence[bytes], what: Subscribe, day: str
) -> None:
    start, end = what.hours or (None, None)
    ledger.change("subscribe", person_id, what.region, start, end, what.consent, day)
    for each in address_indexes:
        ledger.change("unsilence", each)


def stop(ledger: Ledger, person_id: int) -> None:
    """She told us so. If she told her platform, what she chose stays as it is: what ends her no
    there brings it back."""
    ledger.change("say_no", person_id)


def silence(ledger: Ledger, person_id: int, address_indexes: Sequence[bytes], day: str) -> None:
    """She is being forgotten: if she ever said yes or no to announcements, that is a no now."""
    if ledger.one("has_decided", person_id)[0]:
        for each in address_indexes:
            ledger.change("silence", each, day)


def last_person(ledger: Ledger) -> int:
    return int(ledger.one("last_person")[0])


def consents(ledger: Ledger, *, after: int, size: int) -> list[Consents]:
    """Of the people behind `after`, in no order."""
    return [
        Consents(channel, consent, date.fromisoformat(agreed_on), count, still)
        for channel, consent, agreed_on, count, still in ledger.all("count_consents", after, size)
    ]
