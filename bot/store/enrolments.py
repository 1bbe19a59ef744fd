"""Who signed up for a school: kept, corrected, taken back, moved up, reminded.

Rule 1: one woman has one row in one edition. It goes when she is forgotten, and by its own clock.
Rule 2: nobody gets a place past the number of places, and nobody overtakes who waits longer.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import orjson

from bot.dialogue.enrolment import Enrol, Enrolment, EnrolmentState, Roll, Withdraw
from bot.store.addresses import Damaged
from bot.store.base import Course, Enrolled, Notice
from bot.store.ledger import Ledger

SLICE: Final = 100
_DAMAGED: Final = ("?", "?")

log = logging.getLogger(__name__)


def roll(ledger: Ledger, person_id: int) -> Roll:
    """Who signed up, as far as she may know."""
    counts = count(ledger)
    return Roll(
        tuple(_hers(ledger, found) for found in ledger.all("enrolments_of_person", person_id)),
        {edition: states.get("enrolled", 0) for edition, states in counts.items()},
        {edition: states.get("waiting", 0) for edition, states in counts.items()},
    )


def keep(
    ledger: Ledger, person_id: int, channel: str, what: Enrol | Withdraw, day: str, now: float
) -> None:
    if isinstance(what, Withdraw):
        found = ledger.one("find_enrolment", person_id, what.edition)
        if found:
            _withdraw(ledger, found[0], day, now)
        return
    answers = orjson.dumps([what.name, what.organization])
    sealed = ledger.vault.seal(answers, "answers", channel)
    ledger.change("drop_withdrawn", person_id, what.edition)
    ledger.change(
        "enrol", person_id, channel, what.edition, what.state, what.region, sealed, what.consent,
        day, what.keep_until.isoformat(),
    )  # fmt: skip


def withdraw(ledger: Ledger, *, edition: str, number: int, day: date, now: float) -> bool:
    found = ledger.one("find_number", number, edition)
    if found:
        _withdraw(ledger, found[0], day.isoformat(), now)
    return bool(found)


def _withdraw(ledger: Ledger, enrolment_id: int, day: str, now: float) -> None:
    ledger.change("withdraw", enrolment_id, day)
    ledger.change("skip_reminders", enrolment_id, now)


def move_up(ledger: Ledger, *, course: Course, day: date) -> int:
    """How many got a place that had become free."""
    ledger.change("keep_enrolments_until", course.edition, course.keep_until.isoformat())
    if not course.moves_up:
        return 0
    return ledger.change("move_up", course.edition, course.capacity, day.isoformat())


def remind(ledger: Ledger, *, edition: str, notice: Notice, now: float) -> int:
    """Put the notice on its way to those who have not had it; how many, SLICE at most."""
    before = notice.enrolled_before.isoformat()
    found = ledger.all("to_remind", edition, notice.kind, before, SLICE)
    for enrolment_id, person_id, channel, address, language in found:
        body = ledger.vault.seal(notice.body, "body", channel)
        row_id = ledger.add(
            "remind", person_id, channel, address, language, notice.priority, body,
            notice.due_at, notice.not_after, now,
        )  # fmt: skip
        ledger.change("keep_reminder", enrolment_id, notice.kind, row_id)
    return len(found)


def count(ledger: Ledger) -> dict[str, dict[EnrolmentState, int]]:
    counts: dict[str, dict[EnrolmentState, int]] = defaultdict(dict)
    for edition, state, number in ledger.all("count_enrolments"):
        counts[edition][state] = number
    return dict(counts)


def enrolled(ledger: Ledger, *, edition: str) -> list[Enrolled]:
    rows = ledger.all("enrolments_of_edition", edition)
    return [_enrolled(ledger, edition, row) for row in rows]


def _enrolled(ledger: Ledger, edition: str, row: Sequence[Any]) -> Enrolled:
    number, channel, state, region, sealed, consent, agreed_on = row
    name, organization = _answers(ledger, sealed, channel)
    kept = Enrolment(
        edition, state, name, region, organization, consent, date.fromisoformat(agreed_on)
    )
    return Enrolled(number, channel, kept)


def _hers(ledger: Ledger, found: Sequence[Any]) -> Enrolment:
    _, channel, edition, state, region, sealed, consent, agreed_on, ahead = found
    name, organization = _answers(ledger, sealed, channel)
    day = date.fromisoformat(agreed_on)
    return Enrolment(edition, state, name, region, organization, consent, day, ahead)


def _answers(ledger: Ledger, sealed: bytes | None, channel: str) -> tuple[str, str]:
    if sealed is None:
        return "", ""
    try:
        name, organization = orjson.loads(ledger.vault.unseal(sealed, "answers", channel))
    except Damaged:
        # She can still be told, and withdraw, and correct it.
        log.error("a damaged enrolment is shown without its name")
        return _DAMAGED
    return name, organization
