"""`willaq announce`: announcements from the terminal, beside a Willaq that runs or without one.

What is decided here is written into the database; the Willaq that runs looks there several times a
second and does it. This process itself sends nothing.
"""

import argparse
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from json import dumps
from pathlib import Path
from typing import Any, Final

from bot import announce_words as words
from bot.announce_form import composed
from bot.broadcasts import Broadcasts, why
from bot.dialogue.announcing import Broadcast, Counts, Tally
from bot.dialogue.hours import LIMA
from bot.dialogue.turn import Line
from bot.drawing import lines_of
from bot.store.desk import Act, BroadcastStore, Doer, Refused

NEWEST: Final = 20
_ALL: Final = 1_000_000
_ACTS: Final[Mapping[str, Act]] = {
    "submit": "submit", "approve": "approve", "schedule": "schedule", "start": "start",
    "pause": "pause", "resume": "resume", "cancel": "cancel",
}  # fmt: skip


class NotDone(Exception):
    """It was not done and nothing changed; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the command works with. `said` is Spanish; `folder` is where attachments are kept;
    `told` gives what a restore noted, for those who are to allow announcements again."""

    store: BroadcastStore
    broadcasts: Broadcasts
    folder: Path
    editions: Callable[[], Collection[str]]
    said: Callable[[Line], str]
    now: float
    told: Mapping[str, Any]

    @property
    def doer(self) -> Doer:
        return self.broadcasts.doer(None, "command")


async def run(asked: argparse.Namespace, desk: Desk) -> str:
    """What to say in the end. Raises NotDone, announce_form.Mistaken, OSError and StoreError."""
    try:
        if asked.job == "new":
            return await _new(asked, desk)
        if asked.job == "list":
            return await _list(asked, desk)
        if asked.job == "allow":
            return await _allow(asked, desk)
        return await _about(asked, desk)
    except Refused as refused:
        raise NotDone(words.refusal(refused, asked)) from None


async def _about(asked: argparse.Namespace, desk: Desk) -> str:
    """Everything that is done with one announcement, by its number."""
    if asked.job == "preview":
        return await _preview(asked, desk)
    if asked.job == "report":
        return await _report(asked, desk)
    if asked.job == "resend":
        many = await desk.store.resend_unknown(asked.number, doer=desk.doer, now=desk.now)
        return _json({"resent": many}) if asked.json else words.resent(many)
    version = asked.version if asked.job == "approve" else None
    done = await desk.broadcasts.decide(asked.number, _ACTS[asked.job], desk.doer, version)
    return _json(_told(done)) if asked.json else words.done(done, desk.broadcasts.two_person)


async def _new(asked: argparse.Namespace, desk: Desk) -> str:
    what = composed(asked, desk.broadcasts, desk.folder, desk.editions, desk.said)
    number = await desk.broadcasts.draft(what, desk.doer)
    found = await desk.broadcasts.broadcast(number)
    assert found is not None
    return _json(_told(found)) if asked.json else words.done(found, desk.broadcasts.two_person)


async def _preview(asked: argparse.Namespace, desk: Desk) -> str:
    found = await _known(asked, desk)
    counts = await desk.broadcasts.dry_run(found.what)
    shown = desk.broadcasts.preview(found.what)
    faults = [
        {"field": each.field, "text": desk.said(each.line)}
        for each in (desk.broadcasts.faults(found.what) if found.size is None else ())
    ]
    if asked.json:
        bubbles = [
            {
                "channel": each.channel, "language": each.language,
                "bubbles": [_bubble(bubble) for bubble in each.bubbles],
            }
            for each in shown
        ]  # fmt: skip
        return _json(
            {**_told(found), "shown": bubbles, "faults": faults, "dry_run": _counted(counts)}
        )
    lines = [words.headline(found)]
    for each in shown:
        lines += lines_of(f"{each.channel}, {each.language}", each.bubbles)
    lines += ["", *words.dry_run(counts, desk.broadcasts.speaks(tuple(found.what.texts)))]
    return "\n".join([*lines, *(f"! {each['field']}: {each['text']}" for each in faults)])


async def _report(asked: argparse.Namespace, desk: Desk) -> str:
    found = await _known(asked, desk)
    tallies = await desk.store.tally(found.id)
    if asked.json:
        each = [{**asdict(tally), "why": desk.said(why(tally))} for tally in tallies]
        return _json({**_told(found), "tallies": each})
    lines = [words.headline(found)]
    lines += [f"{many:9}  {state:9}  {text}" for state, text, many in _together(tallies, desk)]
    return "\n".join([*lines, words.summed(found)])


def _together(tallies: Sequence[Tally], desk: Desk) -> list[tuple[str, str, int]]:
    """(state, why, how many), on all channels and in all languages, the most first."""
    counts: dict[tuple[str, str], int] = {}
    for each in tallies:
        key = (each.state, desk.said(why(each)))
        counts[key] = counts.get(key, 0) + each.count
    return [(*key, many) for key, many in sorted(counts.items(), key=lambda item: -item[1])]


async def _list(asked: argparse.Namespace, desk: Desk) -> str:
    found = await desk.broadcasts.newest(_ALL if asked.all else NEWEST)
    house = await desk.store.house_is_paused()
    if asked.json:
        return _json({"house_paused": house, "announcements": [_told(each) for each in found]})
    return "\n".join(words.listed(found, house))


async def _allow(asked: argparse.Namespace, desk: Desk) -> str:
    house = await desk.store.house_is_paused()
    alive = [each for each in await desk.store.alive() if each.state in ("scheduled", "sending")]
    if house and not asked.yes:
        raise NotDone("\n".join(words.before_allowing(house, desk.told, alive)))
    if house:
        await desk.store.pause_house("", doer=desk.doer, now=desk.now)
    if asked.json:
        return _json({"house_paused": "", "was": house})
    return words.ALLOWED if house else words.NOT_PAUSED


async def _known(asked: argparse.Namespace, desk: Desk) -> Broadcast:
    found = await desk.broadcasts.broadcast(asked.number)
    if found is None:
        raise Refused("unknown")
    return found


def _told(found: Broadcast) -> dict[str, Any]:
    """As JSON says it: times are of Lima, states as in the database."""
    what = found.what
    return {
        "id": found.id, "state": found.state, "version": found.version, "reason": found.reason,
        "title": what.title, "texts": dict(what.texts), "audience": asdict(what.audience),
        "attachment": asdict(what.attachment) if what.attachment else None,
        "start_at": _time(what.start_at), "repeat": what.repeat,
        "expires_after_s": what.expires_after_s, "canary": what.canary, "size": found.size,
        "author": found.author, "approver": found.approver, "series": found.series,
        "created_at": _time(found.created_at), "begun_at": _time(found.begun_at),
        "ended_at": _time(found.ended_at), "not_after": _time(found.not_after),
    }  # fmt: skip


def _counted(counts: Counts) -> dict[str, Any]:
    return {
        "total": counts.total,
        "knocks": counts.knocks,
        "refused": dict(counts.refused),
        "finish_s": dict(counts.finish_s),
        "finish_at": {channel: _time(at) for channel, at in counts.finish_at.items()},
        "groups": [asdict(each) for each in counts.groups],
    }


def _bubble(bubble: Any) -> dict[str, Any]:
    return {
        "text": bubble.text,
        "buttons": [label for row in bubble.buttons for _, label in row],
        "attachments": [each.name for each in bubble.attachments],
    }


def _time(at: float | None) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(int(at), LIMA).isoformat()


def _json(what: Any) -> str:
    return dumps(what, ensure_ascii=False)
