"""How the house stands: channels, messages on their way, what failed and why, files, disk.

No message's words, no address, no woman: counts and words of ours.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, get_args

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.store.base import OutboxState
from bot.store.watch import Standing
from bot.web.desk.call import Call, getting, polling
from bot.web.desk.rooms import Condition
from bot.web.words.reasons import REASONS

_HERE: Final = "/console/health"
_NOW: Final = f"{_HERE}/now"
STATES: Final[tuple[OutboxState, ...]] = get_args(OutboxState)
_TOLD: Final[tuple[OutboxState, ...]] = ("failed", "unknown", "waiting", "skipped")
_GAVE_UP: Final = "gave up: "
_SHOWN: Final = 50
_LITTLE_BYTES: Final = 500 * 1024 * 1024
_UNITS: Final = ("KB", "MB", "GB", "TB")


async def shown(call: Call, staff: Staff) -> Response:
    return call.page("health.html", now_at=_NOW, **await _values(call))


async def part(call: Call, staff: Staff) -> Response:
    return call.page("health-now.html", **await _values(call))


async def _values(call: Call) -> dict[str, Any]:
    condition = call.office.rooms.condition()
    standings = await call.office.rooms.standings()
    return {
        "time": call.day_and_time(call.now, "%H:%M:%S"),
        "paused": await call.office.store.house_is_paused(),
        "channels": _channels(call, condition, standings),
        "state_names": STATES,
        "states": _states(standings),
        "reasons": _reasons(call, standings),
        "mistakes": condition.mistakes[:_SHOWN],
        "count": len(condition.mistakes),
        "database": _size(call, condition.database),
        "free": _size(call, condition.free),
        "little": condition.free is not None and condition.free < _LITTLE_BYTES,
        "version": condition.version,
    }


def _channels(
    call: Call, condition: Condition, standings: Sequence[Standing]
) -> list[dict[str, object]]:
    return [
        {
            "name": call.say(f"console.channel.{each.name}"),
            "configured": each.configured,
            "rate": _number(each.rate),
            "used": _number(each.used),
            "queued": each.queued if each.rate else "–",
            "flying": each.flying if each.rate else "–",
            # In the web chat she fetches her answers herself: nothing there waits for us.
            "longest": _longest(call, each.name, standings) if each.rate else "–",
        }
        for each in condition.channels
    ]


def _longest(call: Call, channel: str, standings: Sequence[Standing]) -> str:
    since = [each.since for each in standings if each.channel == channel and each.since]
    return _how_long(call, max(0.0, call.now - min(since))) if since else _nobody(call)


def _nobody(call: Call) -> str:
    return call.say("console.health.nobody")


def _how_long(call: Call, seconds: float) -> str:
    if seconds < 120:
        return call.say("console.health.seconds", count=round(seconds))
    if seconds < 7200:
        return call.say("console.health.minutes", count=round(seconds / 60))
    return call.say("console.health.hours", count=round(seconds / 3600))


def _states(standings: Sequence[Standing]) -> list[tuple[str, list[int]]]:
    """(channel, how many in each of STATES); only of channels that have any."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in standings:
        counts[each.channel, each.state] += each.count
    names = sorted({each.channel for each in standings})
    return [(name, [counts[name, state] for state in STATES]) for name in names]


def _reasons(call: Call, standings: Sequence[Standing]) -> list[dict[str, object]]:
    """Of the last day, what failed first, and of that the most frequent."""
    told = [each for each in standings if each.state in _TOLD and each.reason and each.recent]
    told.sort(key=lambda each: (_TOLD.index(each.state), -each.recent, each.reason))
    return [
        {
            "channel": call.say(f"console.channel.{each.channel}"),
            "state": call.say(f"console.state.{each.state}"),
            "why": in_words(call, each.reason),
            "count": each.recent,
        }
        for each in told
    ]


def in_words(call: Call, reason: str) -> str:
    """A word of the outbox's account, as somebody would say it."""
    if reason.startswith(_GAVE_UP):
        last = in_words(call, reason.removeprefix(_GAVE_UP))
        return call.say("console.reason.gave-up", why=last)
    if reason in REASONS:
        return call.say(f"console.reason.{reason}")
    return call.say("console.reason.other", why=reason)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def _size(call: Call, size: int | None) -> str:
    if size is None:
        return call.say("console.health.unknown")
    shown = size / 1024
    for unit in _UNITS:
        if shown < 1024 or unit == _UNITS[-1]:
            break
        shown /= 1024
    return f"{shown:.1f} {unit}"


PAGES: Final = (
    getting(_HERE, shown, link="console.nav.health"),
    polling(_NOW, part),
)
