"""One message of hers, from the question whether we heard it to the answers that wait for her.

Runs inside a transaction. Whatever can fail for reasons of our own program (deciding, packing)
happens before the first write, so that a failure leaves nothing behind but its count.

Nothing here is frozen: it is made anew for every message, and freezing costs more than the making.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, Final

import orjson

from bot.dialogue.enrolment import SignUp
from bot.dialogue.turn import State, Turn
from bot.store import enrolments, voices
from bot.store.addresses import Damaged, as_bytes
from bot.store.base import Decide, Known, OutboxRow, Unanswered, Visit
from bot.store.forgetting import REPLIES, forget, forget_her, keep_trace_of_hers
from bot.store.ledger import Ledger
from bot.store.wishes import Answer, Wish, answers_of, wish_of

STATE_S: Final = 30 * 60.0
_LIMA_S: Final = -5 * 3600
_DAY_S: Final = 24 * 3600
_QUARTER_S: Final = 900.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Arrival:
    """A message of hers as it came in."""

    channel: str
    message_id: str
    address: str
    ref: str
    now: float
    lease_s: float
    pulled: bool
    alias: str = ""
    window_until: float | None = None


@dataclass(slots=True)
class _Woman:
    """Who wrote. `id` is 0 while we do not know her. `renamed`: we knew her by her alias."""

    id: int
    address_index: bytes
    known: Known
    anything_ahead: bool
    plain: bool = False
    renamed: bool = False


def visit(ledger: Ledger, came: Arrival, decide: Decide) -> Visit | Unanswered:
    message_index = ledger.vault.index("message", came.channel, came.message_id)
    address_index = ledger.vault.index("address", came.channel, came.address)
    tries, *found = ledger.one("arrive", message_index, address_index)
    if tries == 0:
        return Visit(turn=None)
    renamed = found[0] is None and bool(came.alias)
    if renamed:
        _, *found = ledger.one("arrive", message_index, _alias_index(ledger, came))
    woman = _woman(ledger, came, address_index, found)
    woman.renamed = renamed and woman.id > 0
    try:
        turn = decide(woman.known)
        wish = wish_of(turn)
        answers = answers_of(turn, wish)
    except Exception as error:
        return count_try(ledger, came, error)
    ledger.change("hear", message_index, came.now)
    return _keep(ledger, came, woman, turn, wish, answers)


def count_try(ledger: Ledger, came: Arrival, cause: BaseException) -> Unanswered:
    index = ledger.vault.index("message", came.channel, came.message_id)
    (tries,) = ledger.one("count_try", index, came.now)
    unanswered = Unanswered(tries, cause)
    unanswered.__cause__ = cause
    return unanswered


def _woman(ledger: Ledger, came: Arrival, address_index: bytes, found: Sequence[Any]) -> _Woman:
    person_id, language, greeted, state, state_until, plain_until, anything_ahead = found
    if person_id is None:
        known = Known(new=True, state=State(), roll=partial(enrolments.roll, ledger, 0))
        return _Woman(0, address_index, known, False)
    there = State(language=language, greeted=bool(greeted))
    if state is not None and came.now < state_until:
        there = _whole_state(ledger, came.channel, there, state)
    # A message that comes in a day late opens nothing.
    opens = came.window_until is not None and came.window_until > came.now
    held = opens and ledger.one("is_anything_held", person_id, came.now)[0]
    roll = partial(enrolments.roll, ledger, person_id)
    known = Known(new=False, state=there, waiting=bool(held), roll=roll)
    plain = plain_until is not None and came.now < plain_until
    return _Woman(person_id, address_index, known, bool(anything_ahead), plain)


def _alias_index(ledger: Ledger, came: Arrival) -> bytes:
    return ledger.vault.index("address", came.channel, came.alias)


def _whole_state(ledger: Ledger, channel: str, lasting: State, sealed: bytes) -> State:
    try:
        kept: list[Any] = orjson.loads(ledger.vault.unseal(sealed, "state", channel))
    except Damaged:
        # She starts from the menu again: better than not being answered at all.
        log.warning("a damaged state was left aside")
        return lasting
    choices, topic, asked, place, signup = [*kept, "", "", None][:5]
    answers = SignUp(**signup) if signup else None
    return State(lasting.language, lasting.greeted, tuple(choices), topic, asked, place, answers)


def _keep(
    ledger: Ledger,
    came: Arrival,
    woman: _Woman,
    turn: Turn,
    wish: Wish,
    answers: Sequence[Answer],
) -> Visit:
    for topic in wish.topics:
        _count(ledger, topic, turn.state.language or "es", came.now)
    if not woman.id and not _is_worth_keeping(turn, wish, answers):
        return Visit(turn=turn)
    if woman.renamed:
        _rename(ledger, came, woman)
    if woman.id and wish.announcements is not None and not answers:
        # She told the platform and not us: it does not say that she can be reached, nor when.
        ledger.change("want_announcements", woman.id, int(wish.announcements))
        return Visit(turn, woman.id)
    person_id = _remember(ledger, came, woman, turn.state, wish.reachable is not False)
    if woman.known.waiting:
        ledger.change("release", person_id, came.now)
        ledger.change("skip_knocks", person_id, "opened", came.now)
    if wish.announcements is not None:
        ledger.change("want_announcements", person_id, int(wish.announcements))
    if came.ref and (wish.erase or not wish.forget):
        keep_trace_of_hers(ledger, person_id, came.channel, came.ref, came.now)
    for each in wish.enrolments:
        enrolments.keep(ledger, person_id, came.channel, each, _lima_day(came.now)[0], came.now)
    ahead = woman.anything_ahead
    if wish.forget or wish.erase or wish.reachable is False:
        _clear(ledger, came, woman, person_id, wish)
        (ahead,) = ledger.one("is_anything_ahead", person_id)
    put = _put_down(ledger, came, woman, person_id, turn, answers, bool(ahead))
    if wish.voices:
        begun = voices.begin(ledger, person_id, came.channel, came.address, wish.voices, came.now)
        return replace(put, voices=begun)
    return put


def _rename(ledger: Ledger, came: Arrival, woman: _Woman) -> None:
    address = ledger.vault.seal(as_bytes(came.address), "address", came.channel)
    ledger.change("rename", woman.id, woman.address_index, address)


def _clear(ledger: Ledger, came: Arrival, woman: _Woman, person_id: int, wish: Wish) -> None:
    """Take back what came before this message."""
    if wish.forget:
        forget_her(ledger, person_id, woman.address_index, erasing=wish.erase, now=came.now)
        if came.alias:
            forget(ledger, channel=came.channel, address=came.alias, now=came.now)
    elif wish.erase:
        # Nothing else may come up on her screen after the harmless one.
        ledger.change("skip_messages", person_id, "erased", came.now, REPLIES)
        ledger.change("skip_knocks", person_id, "erased", came.now)
        ledger.change("empty_sending", person_id)
        ledger.change("empty_unconfirmed", person_id, came.now)
        ledger.change("empty_pulled", woman.address_index, came.now)
    if wish.reachable is False:
        ledger.change("skip_everything", person_id, "unreachable", came.now)


def _is_worth_keeping(turn: Turn, wish: Wish, answers: Sequence[Answer]) -> bool:
    """Of somebody we never met: is there anything to answer, or to know next time?"""
    if answers or wish.announcements is False:
        return True
    return wish.reachable is None and turn.state != State()


def _remember(ledger: Ledger, came: Arrival, woman: _Woman, state: State, reachable: bool) -> int:
    day, _ = _lima_day(came.now)
    there, until = None, None
    if state.choices or state.topic or state.asked or state.place or state.signup:
        packed = _packed(state)
        there = ledger.vault.seal(packed, "state", came.channel)
        until = came.now + STATE_S
    lasting = (state.language, int(state.greeted), there, until, day, _window(came))
    if woman.id:
        ledger.change("remember", woman.id, *lasting, int(reachable))
        return woman.id
    address = ledger.vault.seal(as_bytes(came.address), "address", came.channel)
    return ledger.add("meet", came.channel, woman.address_index, address, *lasting)


def _window(came: Arrival) -> float | None:
    """Rounded down: to the minute it would say when she wrote."""
    return None if came.window_until is None else came.window_until // _QUARTER_S * _QUARTER_S


def _packed(state: State) -> bytes:
    if state.asked or state.place or state.signup:
        # Where she is, and what she answers, must not stay in memory either.
        return orjson.dumps([state.choices, state.topic, state.asked, state.place, state.signup])
    return _packed_screen(state.choices, state.topic)


@lru_cache(maxsize=1024)
def _packed_screen(choices: tuple[str, ...], topic: str) -> bytes:
    return orjson.dumps([choices, topic])


def _put_down(
    ledger: Ledger,
    came: Arrival,
    woman: _Woman,
    person_id: int,
    turn: Turn,
    answers: Sequence[Answer],
    ahead: bool,
) -> Visit:
    if not answers:
        return Visit(turn, person_id)
    claimed = not came.pulled and not ahead
    address = ledger.vault.seal(as_bytes(came.address), "address", came.channel)
    pulled_by = woman.address_index if came.pulled else None
    state, lease = ("sending", came.now + came.lease_s) if claimed else ("waiting", None)
    rows: list[OutboxRow] = []
    for answer in answers:
        body = ledger.vault.seal(answer.body, "body", came.channel) if answer.body else None
        first = rows[0].id if rows and answer.operation == "erase" else None
        row_id = ledger.add(
            "answer", person_id, came.channel, address, pulled_by, answer.language,
            answer.operation, state, body, came.now, lease, first,
        )  # fmt: skip
        rows.append(_row(row_id, person_id, came, woman, answer))
    return Visit(
        turn,
        person_id,
        claimed=tuple(rows) if claimed else (),
        left_waiting=not claimed and not came.pulled,
    )


def _row(row_id: int, person_id: int, came: Arrival, woman: _Woman, answer: Answer) -> OutboxRow:
    return OutboxRow(
        id=row_id,
        person_id=person_id,
        channel=came.channel,
        address=came.address,
        language=answer.language,
        priority=REPLIES,
        operation=answer.operation,
        body=answer.body,
        parts=0,
        tries=0,
        attempt=1,
        window_until=came.window_until,
        plain=woman.plain,
    )


def _count(ledger: Ledger, topic: str, language: str, now: float) -> None:
    _, week = _lima_day(now)
    ledger.change("count_topic", week, topic, language)


def _lima_day(now: float) -> tuple[str, str]:
    return _day_and_week(int((now + _LIMA_S) // _DAY_S))


@lru_cache(maxsize=16)
def _day_and_week(day_number: int) -> tuple[str, str]:
    day = datetime.fromtimestamp(day_number * _DAY_S, UTC).date()
    year, week, _ = day.isocalendar()
    return day.isoformat(), f"{year}-W{week:02}"
