"""What became of an announcement's messages, counted from the messages themselves."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.dialogue.announcing import Tally
from bot.store.audit import note
from bot.store.broadcasts import about, house_is_paused, read
from bot.store.desk import Doer, Progress, Refused
from bot.store.ledger import Ledger
from bot.store.staff import require

ENOUGH: Final = 5_000  # nobody needs to know of more that wait


def tally(ledger: Ledger, *, broadcast: int) -> list[Tally]:
    found = read(ledger, broadcast=broadcast)
    if found is None or found.size is None:
        return []
    tallies = [Tally(*row) for row in ledger.all("tally", broadcast)]
    rest = found.size - sum(each.count for each in tallies)
    if rest:
        is_over = found.state in ("done", "cancelled")
        reason = "cancelled" if found.state == "cancelled" else "expired"
        why = found.reason if found.reason == "expired" else reason
        tallies.append(Tally(*(("skipped", why) if is_over else ("waiting", "")), "", "", rest))
    return tallies


def progress(ledger: Ledger, *, broadcast: int, channels: Sequence[str], now: float) -> Progress:
    waiting = {
        channel: int(ledger.one("count_waiting", broadcast, channel, now, ENOUGH)[0])
        for channel in channels
    }
    is_open, unconfirmed = ledger.one("is_open", broadcast)
    return Progress(waiting, bool(is_open), bool(unconfirmed))


def resend_unknown(ledger: Ledger, *, broadcast: int, doer: Doer, now: float) -> int:
    require(ledger, doer, "organizer", "approver")
    found = read(ledger, broadcast=broadcast)
    if found is None:
        raise Refused("unknown")
    if found.state not in ("sending", "done"):
        raise Refused("state", found.state)
    if found.not_after is not None and found.not_after <= now:
        raise Refused("expired", found.state)
    if house_is_paused(ledger):
        raise Refused("house", found.state)
    many = ledger.change("resend_unknown", broadcast, now)
    if many and found.state == "done":
        ledger.change("move", broadcast, "sending", "", None, now)
    note(ledger, doer, "resend unknown", about(broadcast), now)
    return many


def try_out(ledger: Ledger, *, messages: Mapping[str, bytes], doer: Doer, now: float) -> bool:
    require(ledger, doer, "organizer", "approver")
    found = ledger.one("chat_of_staff", doer.staff_id)
    if found is None:
        return False
    person_id, channel, address = found
    for language, body in messages.items():
        sealed = ledger.vault.seal(body, "body", channel)
        ledger.add("try_out", person_id, channel, address, language, sealed, now)
    note(ledger, doer, "try out", "", now)
    return True


def sweep(ledger: Ledger, *, limit: int, now: float) -> int:
    found = ledger.one("in_vain", now)
    return ledger.change("skip_in_vain", *found, now, limit) if found else 0
