"""Announcements, for every door: the console, an organizer's chat, the command line and the clock.

Elena composes; all that is wrong is told at once (`faults`). The dry run says who would get it, who
not and why, in exactly which bubbles, until when it would be done. Nora approves that version. Then
it is started, at once or by the clock, and what became of each message is counted from the messages
(`report`). Whatever is done goes to the database in one transaction with its line in the log; what
cannot be done is a Refused, and nothing changed.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.broadcast_clock import BroadcastClock
from bot.composing import Fault, Show, faults
from bot.dialogue import desk_notices
from bot.dialogue.announcement import announcement
from bot.dialogue.announcing import Audience, Broadcast, Composition, Counts, Tally
from bot.dialogue.hours import ends_at
from bot.dialogue.phrases_announcements import ANNOUNCEMENT_PHRASES
from bot.dialogue.turn import Line, Message, say
from bot.store.desk import Act, BroadcastStore, Doer
from bot.translations import Translations

__all__ = ["Broadcasts", "Fault", "Report", "Shown", "why"]

_SAID = frozenset(phrase.key for phrase in ANNOUNCEMENT_PHRASES)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of an announcement exactly as a channel shows it."""

    channel: str
    language: str
    bubbles: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an announcement so far; the tallies together are its size."""

    broadcast: Broadcast
    tallies: Sequence[Tally]

    @property
    def unknown(self) -> int:
        """Of so many nobody knows whether they arrived: somebody may decide to send them again."""
        return sum(each.count for each in self.tallies if each.state == "unknown")


class Broadcasts:
    """`rates`: messages a second by channel, of those that reach women by themselves. `show` gives
    the bubbles of a message on a channel, `has_file` tells whether a kept file is there. `going`
    hears which announcements are being sent, `fed` that messages of them were made; a process that
    sends nothing needs neither."""

    def __init__(
        self,
        store: BroadcastStore,
        translations: Callable[[], Translations],
        rates: Mapping[str, float],
        show: Show,
        *,
        two_person: bool,
        has_file: Callable[[str], bool] = lambda path: False,
        now: Callable[[], float] = time.time,
        going: Callable[[frozenset[int]], None] = lambda ids: None,
        fed: Callable[[], None] = lambda: None,
    ) -> None:
        self.two_person = two_person
        self._store = store
        self._translations = translations
        self._rates = rates
        self._show = show
        self._has_file = has_file
        self._now = now
        self._fed = fed
        self._clock = BroadcastClock(store, rates, speaks=self.speaks, going=going, fed=fed)

    @property
    def channels(self) -> Sequence[str]:
        """By which it can reach women."""
        return tuple(self._rates)

    def doer(self, staff_id: int | None, door: Any) -> Doer:
        """Who does it, under the rules of this house."""
        return Doer(staff_id, door, self.two_person)

    def speaks(self, languages: Sequence[str]) -> Mapping[str, str]:
        """Her language -> which of these she reads."""
        return self._translations().reads(languages)

    def faults(self, what: Composition) -> tuple[Fault, ...]:
        """All that is wrong with it, by field; () = it can be submitted."""
        bubbles = {(each.channel, each.language): len(each.bubbles) for each in self.preview(what)}
        return faults(
            what,
            now=self._now(),
            languages={each.tag: each.name for each in self._translations().languages},
            reads=self.speaks(tuple(what.texts)),
            bubbles=bubbles,
            channels=tuple(self._rates),
            has_file=self._has_file,
        )

    def preview(self, what: Composition) -> list[Shown]:
        """Each text on each channel it may go to, Spanish as every other language."""
        channels = [name for name in self._rates if name in (what.audience.channels or self._rates)]
        messages = {tag: self._message(what, tag) for tag in what.texts}
        return [
            Shown(channel, tag, self._show(channel, message))
            for channel in channels
            for tag, message in messages.items()
        ]

    def _message(self, what: Composition, language: str) -> Message:
        reply = announcement(what.texts[language], what.attachment)
        return self._translations().tell(reply, language)

    async def count(self, audience: Audience, languages: Sequence[str]) -> Counts:
        """Who it is for just now, if there are texts in these languages."""
        return await self._store.count(audience, self.speaks(languages), now=self._now())

    async def dry_run(self, what: Composition) -> Counts:
        """The same with how long it takes at the allowed rates, a knock counted as a message, and
        until when."""
        counts = await self.count(what.audience, tuple(what.texts))
        bubbles = {(each.channel, each.language): len(each.bubbles) for each in self.preview(what)}
        takes: dict[str, float] = {}
        for group in counts.groups:
            if group.text and group.channel in self._rates:
                each = bubbles.get((group.channel, group.text), 1) + (group.window is False)
                seconds = group.count * each / self._rates[group.channel]
                takes[group.channel] = takes.get(group.channel, 0.0) + seconds
        begins = max(what.start_at or 0.0, self._now())
        ends = {channel: ends_at(begins, seconds) for channel, seconds in takes.items()}
        return replace(counts, finish_s=takes, finish_at=ends)

    async def draft(self, what: Composition, doer: Doer) -> int:
        return await self._store.draft(what, doer=doer, now=self._now())

    async def edit(self, broadcast: int, what: Composition, version: int, doer: Doer) -> None:
        await self._store.edit(broadcast, what, version=version, doer=doer, now=self._now())

    async def broadcast(self, broadcast: int) -> Broadcast | None:
        return await self._store.broadcast(broadcast)

    async def handed_in(self, broadcast: int, *, before: int) -> Composition | None:
        """What the second person last had before her, of a version older than `before`."""
        return await self._store.handed_in(broadcast, before=before)

    async def newest(self, limit: int = 100) -> Sequence[Broadcast]:
        return await self._store.broadcasts(limit=limit)

    async def act(
        self, broadcast: int, act: Act, doer: Doer, version: int | None = None, reason: str = ""
    ) -> Broadcast:
        """`reason`: why it is sent back. Raises Refused. In force when it returns: of a paused one
        nothing more leaves this process but what is on its way."""
        done = await self.decide(broadcast, act, doer, version, reason)
        self._fed()
        if act == "cancel":
            self._clock.sweep_soon()
        if act in ("start", "pause", "resume", "cancel"):
            await self._clock.look(self._now())
        return done

    async def decide(
        self, broadcast: int, act: Act, doer: Doer, version: int | None = None, reason: str = ""
    ) -> Broadcast:
        """As `act`, from a process that sends nothing: the one that sends sees it by itself."""
        found = await self._store.broadcast(broadcast)
        speaks = self.speaks(tuple(found.what.texts)) if found else {}
        counts = None
        if found and act == "submit":
            counts = await self.count(found.what.audience, tuple(found.what.texts))
        return await self._store.act(
            broadcast, act, doer=doer, now=self._now(), version=version, speaks=speaks,
            reason=reason, news=partial(desk_notices.news, act, counts=counts),
        )  # fmt: skip

    async def report(self, broadcast: int) -> Report | None:
        found = await self._store.broadcast(broadcast)
        return Report(found, await self._store.tally(broadcast)) if found else None

    async def resend_unknown(self, broadcast: int, doer: Doer) -> int:
        """Somebody decided that twice is better than not at all. How many."""
        return await self._store.resend_unknown(broadcast, doer=doer, now=self._now())

    async def try_out(self, what: Composition, doer: Doer) -> bool:
        """Send it to the chat of who does it, and to nobody else: each text, as an answer. False:
        she has bound no chat."""
        messages = {
            tag: announcement(text, what.attachment).packed for tag, text in what.texts.items()
        }
        is_sent = await self._store.try_out(messages, doer=doer, now=self._now())
        if is_sent:
            self._fed()
        return is_sent

    async def house_is_paused(self) -> str:
        return await self._store.house_is_paused()

    async def pause_house(self, reason: str, doer: Doer) -> None:
        await self._store.pause_house(reason, doer=doer, now=self._now())
        await self._clock.look(self._now())

    async def tick(self) -> None:
        """What the clock does; to be called every fraction of a second. Raises StoreError."""
        await self._clock.look(self._now())

    def alive(self) -> Sequence[Broadcast]:
        """Those that were scheduled, sending or paused when the clock last looked."""
        return self._clock.alive


def why(tally: Tally) -> Line:
    """Its state, and where there is a reason its reason, in plain words for who organizes."""
    reason = tally.reason.removeprefix("gave up: ").replace(" ", "-")
    keys = (f"announced.{tally.state}.{reason}", f"announced.{tally.state}")
    return say(next(key for key in keys if key in _SAID))
