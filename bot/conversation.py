"""Answer one message: read where she is, decide, write it all down. Nothing is sent here."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Final

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.enrolment import NOBODY
from bot.dialogue.hours import DAY_S, LIMA_S
from bot.dialogue.respond import apologize, respond
from bot.dialogue.staff import NO_DESK, Ask
from bot.dialogue.turn import Event, State, Turn
from bot.store.base import Known, Store, Unanswered, Visit
from bot.store.house import PLAIN, House

LEASE_S: Final = 60.0
TRIES: Final = 3  # of a message our own program cannot answer, before it says so to her

log = logging.getLogger(__name__)

Handed = Callable[[str, str, Visit], None]
Answer = Callable[[State, Event, str, date], Turn]
Noted = Callable[[str, str, float], None]


class Conversation:
    """The one way in, for every channel.

    `catalogue` gives the content of this moment; `handed` takes (channel, address, visit) once it
    is committed, to send what it left; `noted` takes (channel, rule, started),
    started by time.perf_counter(), to count. `house` are the rules for those who work with Willaq.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Callable[[], Catalogue],
        *,
        handed: Handed,
        noted: Noted = lambda channel, rule, started: None,
        now: Callable[[], float] = time.time,
        house: House = PLAIN,
    ) -> None:
        self._store = store
        self._house = house
        self._catalogue = catalogue
        self._handed = handed
        self._noted = noted
        self._now = now

    async def receive(
        self,
        *,
        channel: str,
        message_id: str,
        address: str,
        event: Event,
        ref: str = "",
        pulled: bool = False,
        alias: str = "",
        window_until: float | None = None,
    ) -> Turn | None:
        """Returns after COMMIT: what the platform is then told, we have kept. None: heard before.

        Raises StoreError when it could not be kept, and Unanswered when our own program failed on
        it: both ask the platform to deliver it again. The third time she gets an apology instead,
        so that one message cannot come back for ever.
        """
        started = time.perf_counter()
        now = self._now()
        catalogue, today = self._catalogue(), lima_day(now)

        def decide(known: Known) -> Turn:
            # Where a woman is, and what she answered so far, may not stay in memory: what depends
            # on it is worked out anew.
            there = known.state
            is_hers = there.place or there.signup or there.unfinished
            is_kept = event.kind == "choice" and not is_hers
            answer = _answers_to_buttons if is_kept else _answers
            heard = replace(event, waiting=True) if known.waiting else event
            turn = answer(catalogue)(known.state, heard, channel, today)
            again = _answers(catalogue)
            if turn.by_roll and (roll := known.roll()) != NOBODY:
                heard = replace(heard, roll=roll)
                turn = again(known.state, heard, channel, today)
            asked: Ask | None = None
            while turn.asks is not None and turn.asks != asked:
                asked = turn.asks
                desk = known.desk(asked)
                if desk == NO_DESK:
                    break
                turn = again(known.state, replace(heard, desk=desk), channel, today)
            return turn

        visit = partial(
            self._store.visit,
            channel=channel,
            message_id=message_id,
            address=address,
            ref=ref,
            now=now,
            lease_s=LEASE_S,
            pulled=pulled,
            alias=alias,
            # No platform keeps one open for longer; a wrong clock of theirs must not.
            window_until=None if window_until is None else min(window_until, now + DAY_S),
            house=self._house,
        )
        try:
            visited = await visit(decide=decide)
        except Unanswered as error:
            log.exception("no answer could be decided", extra={"tries": error.tries})
            if error.tries < TRIES:
                raise
            visited = await visit(decide=lambda known: apologize(known.state))
        if visited.turn is not None:
            self._noted(channel, visited.turn.rule, started)
        self._handed(channel, address, visited)
        return visited.turn


def _answers(catalogue: Catalogue) -> Answer:
    def answer(state: State, event: Event, channel: str, today: date) -> Turn:
        return respond(state, replace(event, channel=channel, today=today), catalogue)

    return answer


@lru_cache(maxsize=4)
def _answers_to_buttons(catalogue: Catalogue) -> Answer:
    """Buttons are pressed again and again. What women write is never remembered here."""
    return lru_cache(maxsize=4096)(_answers(catalogue))


def lima_day(now: float) -> date:
    """The day in Peru at `now` (seconds since 1970, UTC)."""
    return _day((now + LIMA_S) // DAY_S)


@lru_cache(maxsize=4)
def _day(number: float) -> date:
    return datetime.fromtimestamp(number * DAY_S, UTC).date()
