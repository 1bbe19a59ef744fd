"""The life of an announcement: written, approved, begun, paused, over. Each step is checked here.

A refusal is raised before the first write, so that nothing of a refused step is kept.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.dialogue.announcing import Audience, Broadcast, BroadcastState, Composition
from bot.dialogue.attachments import File
from bot.dialogue.repeating import next_start
from bot.dialogue.staff import Role
from bot.store import audience
from bot.store.audit import note
from bot.store.desk import Act, Doer, Refused
from bot.store.ledger import Ledger
from bot.store.staff import require

HOUSE_PAUSED: Final = "house_paused"
SMALLEST_WITH_CANARY: Final = 1000  # of fewer, one in a hundred says nothing about the others


@dataclass(frozen=True, slots=True)
class Step:
    """From which states an act leads to which, and whose roles allow it."""

    begins: frozenset[BroadcastState]
    ends: BroadcastState
    roles: tuple[Role, ...] = ("organizer", "approver")


_BEFORE: Final[frozenset[BroadcastState]] = frozenset(
    {"draft", "waiting for approval", "approved", "scheduled"}
)
_READY: Final[frozenset[BroadcastState]] = frozenset({"approved", "scheduled"})
STEPS: Final[Mapping[Act, Step]] = {
    "submit": Step(frozenset({"draft"}), "waiting for approval", ("organizer",)),
    "approve": Step(frozenset({"waiting for approval"}), "approved", ("approver",)),
    "send back": Step(_BEFORE - {"draft"}, "draft"),
    "schedule": Step(frozenset({"approved"}), "scheduled"),
    "start": Step(_READY, "sending"),
    "pause": Step(frozenset({"sending"}), "paused"),
    "resume": Step(frozenset({"paused"}), "sending"),
    "cancel": Step(_BEFORE | {"sending", "paused"}, "cancelled"),
    "finish": Step(frozenset({"sending"}), "done"),
}
# Where one person is enough, she need not hand it in to herself.
_ALONE: Final = Step(
    frozenset({"draft", "waiting for approval"}), "approved", ("organizer", "approver")
)


def draft(ledger: Ledger, *, what: Composition, doer: Doer, now: float) -> int:
    require(ledger, doer, "organizer")
    broadcast = ledger.add("draft", *_columns(what), doer.staff_id, now)
    _keep_texts(ledger, broadcast, what)
    note(ledger, doer, "draft", about(broadcast), now)
    return broadcast


def edit(
    ledger: Ledger, *, broadcast: int, what: Composition, version: int, doer: Doer, now: float
) -> None:
    require(ledger, doer, "organizer")
    found = _known(ledger, broadcast)
    if found.state not in _BEFORE:
        raise Refused("state", found.state)
    if found.version != version:
        raise Refused("version", found.state)
    ledger.change("edit", broadcast, *_columns(what), doer.staff_id, now)
    ledger.change("drop_texts", broadcast)
    _keep_texts(ledger, broadcast, what)
    note(ledger, doer, "edit", about(broadcast), now)


def act(
    ledger: Ledger,
    *,
    broadcast: int,
    act: Act,
    doer: Doer,
    now: float,
    version: int | None = None,
    speaks: Mapping[str, str] | None = None,
    reason: str = "",
) -> Broadcast:
    step = _ALONE if act == "approve" and not doer.two_person else STEPS[act]
    require(ledger, doer, *step.roles)
    found = _known(ledger, broadcast)
    _check(ledger, found, act, step, doer, now, version)
    state = step.ends
    if act == "start":
        state, reason = _begin(ledger, found, doer, now, speaks or {})
    elif act == "submit":
        packed = json.dumps(asdict(found.what))
        ledger.change("hand_in", broadcast, found.version, packed)
    elif act == "resume" and found.canary and found.reason == "canary":
        ledger.change("pass_canary", broadcast)  # she saw what failed, and wants it for all
    elif act == "cancel" and found.size is None and doer.door == "clock":
        _set_next(ledger, found, now)
    approver = doer.staff_id if act == "approve" else None
    ledger.change("move", broadcast, state, reason, approver, now)
    note(ledger, doer, act, about(broadcast), now)
    return _known(ledger, broadcast)


def _check(
    ledger: Ledger,
    found: Broadcast,
    act: Act,
    step: Step,
    doer: Doer,
    now: float,
    version: int | None,
) -> None:
    """Raises Refused."""
    if found.state not in step.begins:
        raise Refused("state", found.state)
    if version != found.version and (version is not None or act == "approve"):
        raise Refused("version", found.state)
    if act == "approve" and doer.two_person and doer.staff_id in (None, found.author):
        # Who does not say who she is may be its author.
        raise Refused("own", found.state)
    if act == "schedule" and (found.what.start_at or 0.0) <= now:
        raise Refused("expired", found.state)
    if act in ("start", "resume") and house_is_paused(ledger):
        raise Refused("house", found.state)
    if act in ("start", "resume") and _is_too_late(found, doer, now):
        raise Refused("expired", found.state)


def _is_too_late(found: Broadcast, doer: Doer, now: float) -> bool:
    if found.not_after is not None:
        return found.not_after <= now
    return _begins_at(found, doer, now) + found.what.expires_after_s <= now


def _begins_at(found: Broadcast, doer: Doer, now: float) -> float:
    """The clock may come late, and then less time is left; who starts it herself means now."""
    planned = found.what.start_at
    return planned if doer.door == "clock" and planned is not None else now


def _begin(
    ledger: Ledger, found: Broadcast, doer: Doer, now: float, speaks: Mapping[str, str]
) -> tuple[BroadcastState, str]:
    """Its state from now on, and why."""
    has_text = {hers: text for hers, text in speaks.items() if text in found.what.texts}
    size = audience.settle(ledger, found.id, found.what.audience, has_text)
    if not size and doer.door != "clock":
        raise Refused("empty", found.state)
    has_canary = found.what.canary and size >= SMALLEST_WITH_CANARY
    not_after = _begins_at(found, doer, now) + found.what.expires_after_s
    packed = json.dumps(has_text)
    ledger.change("begin", found.id, packed, size, int(not has_canary), now, not_after)
    _set_next(ledger, found, now)
    return ("sending", "") if size else ("done", "empty")


def _set_next(ledger: Ledger, found: Broadcast, now: float) -> None:
    (first,) = ledger.one("first_start", found.id)
    at = next_start(now if first is None else first, found.what.repeat, now)
    if at is not None:
        following = ledger.add("repeat", found.id, at, now)
        ledger.change("repeat_texts", found.id, following)


def read(ledger: Ledger, *, broadcast: int) -> Broadcast | None:
    found = ledger.one("broadcast", broadcast)
    return _made(found, dict(ledger.all("texts", broadcast))) if found else None


def handed_in(ledger: Ledger, *, broadcast: int, before: int) -> Composition | None:
    found = ledger.one("handed_in", broadcast, before)
    return _unpacked(json.loads(found[0])) if found else None


def newest(ledger: Ledger, *, limit: int) -> list[Broadcast]:
    return [_known(ledger, number) for (number,) in ledger.all("newest_broadcasts", limit)]


def alive(ledger: Ledger) -> list[Broadcast]:
    return [_known(ledger, number) for (number,) in ledger.all("alive_broadcasts")]


def house_is_paused(ledger: Ledger) -> str:
    found = ledger.one("read_note", HOUSE_PAUSED)
    return str(found[0]) if found else ""


def pause_house(ledger: Ledger, *, reason: str, doer: Doer, now: float) -> None:
    # Anybody may pull the brake; that it is safe to go on is for who approves.
    require(ledger, doer, "approver", *(("organizer",) if reason else ()))
    ledger.change("note", HOUSE_PAUSED, reason)
    note(ledger, doer, "pause house" if reason else "resume house", "", now)


def about(broadcast: int) -> str:
    """As the audit log calls it."""
    return f"broadcast {broadcast}"


def _known(ledger: Ledger, broadcast: int) -> Broadcast:
    found = read(ledger, broadcast=broadcast)
    if found is None:
        raise Refused("unknown")
    return found


def _keep_texts(ledger: Ledger, broadcast: int, what: Composition) -> None:
    rows = [(broadcast, language, text) for language, text in what.texts.items()]
    ledger.change_each("keep_text", rows)


def _columns(what: Composition) -> tuple[object, ...]:
    attachment = json.dumps(asdict(what.attachment)) if what.attachment else None
    return (
        what.title, json.dumps(asdict(what.audience)), attachment, what.start_at, what.repeat,
        what.expires_after_s, int(what.canary),
    )  # fmt: skip


def _made(found: tuple[Any, ...], texts: Mapping[str, str]) -> Broadcast:
    (
        number, state, version, title, whom, attachment, start_at, repeat, expires_after_s, canary,
        author, created_at, changed_at, approver, reason, speaks, size, series, begun_at, ended_at,
        not_after, canary_goes_on,
    ) = found  # fmt: skip
    what = Composition(
        title, texts, _audience(json.loads(whom)), attached(attachment), start_at, repeat,
        expires_after_s, bool(canary),
    )  # fmt: skip
    return Broadcast(
        number, state, version, what, author, created_at, changed_at, approver, reason,
        json.loads(speaks), size, series, begun_at, ended_at, not_after, bool(canary_goes_on),
    )  # fmt: skip


def _unpacked(fields: dict[str, Any]) -> Composition:
    whom, file = _audience(fields["audience"]), fields["attachment"]
    return Composition(**{**fields, "audience": whom, "attachment": File(**file) if file else None})


def _audience(fields: dict[str, Any]) -> Audience:
    lists = {name: tuple(fields[name]) for name in ("channels", "languages", "regions")}
    return Audience(**lists, edition=fields["edition"])


def attached(packed: str | None) -> File | None:
    return File(**json.loads(packed)) if packed else None
