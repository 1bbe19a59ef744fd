"""`willaq organizers`: who may work with Willaq. So comes the first administrator."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from json import dumps
from typing import Any, Final

from bot.dialogue.staff import ROLES, Role
from bot.store.desk import Doer, Refused
from bot.store.team import StaffStore

LASTS_S: Final = 3 * 24 * 3600.0
_COMMAND: Final = Doer(None, "command")


class NotDone(Exception):
    """It was not done; the text says why and what to do."""


async def run(asked: argparse.Namespace, store: StaffStore, console_at: str, now: float) -> str:
    """What to say in the end. `console_at`: where the console is opened, as
    https://willaq.example.org. Raises NotDone and StoreError."""
    if asked.job == "list":
        people = [*await _working(store), *await _invited(store, now)]
        return _json(people) if asked.json else _table(people)
    if asked.job == "revoke":
        if not await store.revoke(asked.number, doer=_COMMAND, now=now):
            raise _nobody(asked.number)
        done = {"revoked": asked.number}
        return _json(done) if asked.json else "Done. She is out of the console and of her chat."
    return await _link(asked, store, console_at, now)


async def _link(asked: argparse.Namespace, store: StaffStore, console_at: str, now: float) -> str:
    name = " ".join(asked.name.split()) if asked.job == "invite" else ""
    if asked.job == "invite" and not name:
        raise NotDone("Her name is empty. Give one, as the others who work here know her.")
    try:
        if asked.job == "invite":
            made = await store.invite(name, asked.role, doer=_COMMAND, now=now, lasts_s=LASTS_S)
        else:
            made = await store.invite_again(asked.number, doer=_COMMAND, now=now, lasts_s=LASTS_S)
    except Refused:
        raise _nobody(asked.number) from None
    link = f"{console_at}/console/join/{made.token}"
    if asked.json:
        return _json({"link": link, "expires_at": _time(made.expires_at)})
    return (
        f"{link}\nHand it to her in person or by a safe chat. It is good once, for "
        f"{LASTS_S / 86400:.0f} days, and is not shown again."
    )


async def _working(store: StaffStore) -> list[dict[str, Any]]:
    return [
        {"number": each.id, "name": each.name, "roles": _in_order(each.roles)}
        for each in await store.staff()
    ]


async def _invited(store: StaffStore, now: float) -> list[dict[str, Any]]:
    return [
        {
            "number": None,
            "name": each.name,
            "roles": _in_order(each.roles),
            "invited_until": _time(each.expires_at),
        }
        for each in await store.invitations(now=now)
    ]


def _nobody(number: int) -> NotDone:
    return NotDone(f"Nobody who works here has number {number}. See: willaq organizers list")


def _in_order(roles: frozenset[Role]) -> list[Role]:
    return [role for role in ROLES if role in roles]


def _table(people: Sequence[dict[str, Any]]) -> str:
    if not people:
        return "Nobody yet. Begin with: willaq organizers invite NAME --role administrator"
    rows = [
        (
            str(each["number"] or "-"),
            each["name"],
            ", ".join(each["roles"]),
            f"invited until {each['invited_until']}" if "invited_until" in each else "",
        )
        for each in people
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _json(what: Any) -> str:
    return dumps(what, ensure_ascii=False)


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="minutes")
