"""Messages of announcements on their way out: who may get hers at this instant, what it says."""

from collections.abc import Sequence
from typing import Any, Final

from bot.dialogue.announcement import announcement
from bot.dialogue.hours import opens_at
from bot.store.audience import NO_TEXT
from bot.store.broadcasts import attached, house_is_paused
from bot.store.ledger import Ledger

_FIELDS: Final = 14  # of a row; what follows decides whether it may go
_NOT_AFTER, _REASON = 14, 15
_PERSON, _LANGUAGE, _OPERATION, _BODY, _BROADCAST = 1, 4, 6, 7, 13


def sending(ledger: Ledger) -> list[int]:
    """The announcements whose messages may go, in their order."""
    if house_is_paused(ledger):
        return []
    return [broadcast for (broadcast,) in ledger.all("sending_broadcasts")]


def due(
    ledger: Ledger, broadcast: int, channels: Sequence[str], now: float, limit: int
) -> list[Any]:
    found: list[Any] = []
    for channel in channels:
        found += ledger.all("due_announced", broadcast, channel, now, limit - len(found))
    return found


def is_one_knock_too_many(ledger: Ledger, fields: Sequence[Any], now: float) -> bool:
    """A knock of any cause is hers: whatever is held comes when she answers it. So a second one
    within a day is skipped."""
    row_id, person_id = fields[0], fields[_PERSON]
    if fields[_OPERATION] != "knock" or not ledger.one("knocked_lately", person_id, row_id, now)[0]:
        return False
    ledger.change("finish", row_id, "skipped", "knocked", now)
    return True


class Letters:
    """Checks each message, and fills in what it says: the text stands once for all of them."""

    def __init__(self, ledger: Ledger, now: float) -> None:
        self._ledger = ledger
        self._now = now
        self._written: dict[tuple[int, str], bytes] = {}

    def checked(self, found: Sequence[Any]) -> list[Any] | None:
        """The row's fields; or None, when it must not go now and says so from now on."""
        fields = list(found[:_FIELDS])
        if why := self._why_not(found):
            self._ledger.change("finish", fields[0], "skipped", why, self._now)
            return None
        if (at := self._when(found)) > self._now:
            self._put_off(fields[0], at, found[_NOT_AFTER])
            return None
        if is_one_knock_too_many(self._ledger, fields, self._now):
            return None
        if fields[_OPERATION] == "message":
            speaks = found[-1]
            if fields[_LANGUAGE] != speaks:
                self._ledger.change("say_in", fields[0], speaks)
            fields[_LANGUAGE] = speaks
            fields[_BODY] = self._letter(fields[_BROADCAST], speaks)
        return fields

    def _why_not(self, found: Sequence[Any]) -> str:
        not_after, _, is_known, is_reachable, wants, _, _, speaks = found[_NOT_AFTER:]
        if not is_known:
            return "forgotten"
        if not wants:
            return "opted out"
        if not is_reachable:
            return "unreachable"
        if not_after < self._now:
            return "expired"
        return "" if speaks else NO_TEXT

    def _when(self, found: Sequence[Any]) -> float:
        if found[_REASON] == "opened":
            return self._now  # she asked for it, whatever the hour
        first, last = found[-3:-1]
        return opens_at(self._now, None if first is None else (first, last))

    def _put_off(self, row_id: int, at: float, not_after: float) -> None:
        if at > not_after:
            self._ledger.change("finish", row_id, "skipped", "expired", self._now)
        else:
            self._ledger.change("come_back", row_id, at, self._now)

    def _letter(self, broadcast: int, language: str) -> bytes:
        written = self._written.get((broadcast, language))
        if written is None:
            text, attachment = self._ledger.one("letter", broadcast, language)
            written = announcement(text, attached(attachment)).packed
            self._written[broadcast, language] = written
        return written
