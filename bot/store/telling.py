"""Those who work with Willaq hear in their own chats of what others did, in its own transaction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogue.announcing import Broadcast
from bot.dialogue.hours import opens_at
from bot.dialogue.turn import Reply, Tell
from bot.store import broadcasts, staff
from bot.store.desk import Act, Doer, News
from bot.store.ledger import Ledger

_PRIORITY: Final = 5  # of a notice: she asked to be told, and it waits for the day
_LASTS_S: Final = 3 * 24 * 3600.0
_NOBODY: Final = 0


def act(
    ledger: Ledger,
    *,
    broadcast: int,
    act: Act,
    doer: Doer,
    now: float,
    version: int | None,
    speaks: Mapping[str, str] | None,
    reason: str,
    news: News | None,
) -> Broadcast:
    """As broadcasts.act. Whoever is told, is told if it was done and not otherwise."""
    done = broadcasts.act(
        ledger, broadcast=broadcast, act=act, doer=doer, now=now, version=version, speaks=speaks,
        reason=reason,
    )  # fmt: skip
    by = staff.by_id(ledger, doer.staff_id) if doer.staff_id else None
    for each in news(done, by) if news else ():
        tell(ledger, by.id if by else None, each, now)
    return done


def tell(
    ledger: Ledger, by: int | None, what: Tell, now: float, *, composed: int | None = None
) -> int:
    """How many were told. `composed`: the announcement this turn made."""
    bodies = [_numbered(each, composed).packed for each in what.replies]
    found = ledger.all("chats_of_staff", by or _NOBODY, what.staff_id)
    due_at = opens_at(now)
    for person_id, channel, address, language in found:
        for reply, body in zip(what.replies, bodies, strict=True):
            sealed = ledger.vault.seal(body, "body", channel)
            ledger.add(
                "remind", person_id, channel, address, reply.language or language, _PRIORITY,
                sealed, due_at, due_at + _LASTS_S, now,
            )  # fmt: skip
    return len(found)


def _numbered(reply: Reply, broadcast: int | None) -> Reply:
    if broadcast is None:
        return reply
    choices = (replace(each, id=each.id.replace("#", str(broadcast))) for each in reply.choices)
    return replace(reply, choices=tuple(choices))
