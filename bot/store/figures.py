"""Figures for the desk, counted in the database; and sign-ups, with who looked at them."""

from datetime import date

from bot.store import audit, enrolments, staff
from bot.store.base import Enrolled
from bot.store.desk import Doer
from bot.store.ledger import Ledger
from bot.store.watch import Look, Standing, Unknown, Used


def sign_ups(ledger: Ledger, *, edition: str, how: Look, doer: Doer, now: float) -> list[Enrolled]:
    staff.require(ledger, doer, "organizer")
    audit.note(ledger, doer, how, f"edition {edition}", now)
    return enrolments.enrolled(ledger, edition=edition)


def take_out(
    ledger: Ledger, *, edition: str, number: int, doer: Doer, day: date, now: float
) -> bool:
    staff.require(ledger, doer, "organizer")
    gone = enrolments.withdraw(ledger, edition=edition, number=number, day=day, now=now)
    if gone:
        audit.note(ledger, doer, "take out of school", f"edition {edition}", now)
    return gone


def usage(ledger: Ledger, *, since: str, before: str, least: int) -> list[Used]:
    return [Used(*row) for row in ledger.all("usage", since, before, least)]


def unknown(ledger: Ledger, *, now: float) -> list[Unknown]:
    return [Unknown(*row) for row in ledger.all("unknown_messages", now)]


def standings(ledger: Ledger, *, lately: float, now: float) -> list[Standing]:
    return [Standing(*row) for row in ledger.all("standings", now, lately)]
