"""One message of hers, from the question whether we heard it to the answers that wait for her.

Runs inside a transaction. Whatever can fail for reasons of our own program (deciding, packing)
happens before the first write, so that a failure leaves nothing behind but its count.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, Final

from bot.dialogue.enrolment import Roll
from bot.dialogue.hours import DAY_S, LIMA_S
from bot.dialogue.staff import Ask, Desk
from bot.dialogue.turn import State, Turn
from bot.store import enrolments, staff_chat, states, subscriptions, two_names, voices
from bot.store.addresses import as_bytes
from bot.store.answering import put_down
from bot.store.arrival import Arrival, Woman
from bot.store.base import Decide, Known, Unanswered, Visit
from bot.store.desk import Refused
from bot.store.forgetting import REPLIES, forget, forget_her, keep_trace_of_hers
from bot.store.ledger import Ledger
from bot.store.staff_chat import Chat
from bot.store.wishes import Answer, Wish, answers_of, wish_of

_QUARTER_S: Final = 900.0


def visit(ledger: Ledger, came: Arrival, decide: Decide) -> Visit | Unanswered:
    message_index = ledger.vault.index("message", came.channel, came.message_id)
    address_index = ledger.vault.index("address", came.channel, came.address)
    tries, *found = ledger.one("arrive", message_index, address_index)
    if tries == 0:
        return Visit(turn=None)
    renamed = found[0] is None and bool(came.alias)
    if found[0] is not None and came.alias:
        if two_names.join(ledger, found[0], _alias_index(ledger, came), came.now):
            _, *found = ledger.one("arrive", message_index, address_index)
    if renamed:
        _, *found = ledger.one("arrive", message_index, _alias_index(ledger, came))
    woman = _woman(ledger, came, address_index, found)
    woman.renamed = renamed and woman.id > 0
    decided = _decided(ledger, came, woman.known, decide)
    if isinstance(decided, Unanswered):
        return decided
    told = 0
    if decided[1].work:
        chat = _chat(ledger, came, address_index)
        try:
            told = staff_chat.carry_out(ledger, chat, decided[1].work)
        except Refused as refused:
            decided = _decided_again(ledger, came, woman.known, decide, chat, refused)
            if isinstance(decided, Unanswered):
                return decided
    ledger.change("hear", message_index, came.now)
    visited = _keep(ledger, came, woman, *decided)
    return replace(visited, left_waiting=True) if told else visited


def _decided(
    ledger: Ledger, came: Arrival, known: Known, decide: Decide
) -> tuple[Turn, Wish, Sequence[Answer]] | Unanswered:
    try:
        turn = decide(known)
        wish = wish_of(turn)
        return turn, wish, answers_of(turn, wish)
    except Exception as error:
        return count_try(ledger, came, error)


def _decided_again(
    ledger: Ledger, came: Arrival, known: Known, decide: Decide, chat: Chat, refused: Refused
) -> tuple[Turn, Wish, Sequence[Answer]] | Unanswered:
    """Told why what she wished was not done."""
    known = replace(known, desk=partial(staff_chat.desk, ledger, chat, refused=refused.why))
    decided = _decided(ledger, came, known, decide)
    if not isinstance(decided, Unanswered) and decided[1].work:
        return count_try(ledger, came, refused)  # it would be refused again, for ever
    return decided


def _chat(ledger: Ledger, came: Arrival, address_index: bytes) -> Chat:
    indexes = [address_index, *([_alias_index(ledger, came)] if came.alias else [])]
    return Chat(indexes, came.channel, came.house, came.now)


def _desk(ledger: Ledger, came: Arrival, address_index: bytes, asked: Ask) -> Desk:
    return staff_chat.desk(ledger, _chat(ledger, came, address_index), asked)


def count_try(ledger: Ledger, came: Arrival, cause: BaseException) -> Unanswered:
    index = ledger.vault.index("message", came.channel, came.message_id)
    (tries,) = ledger.one("count_try", index, came.now)
    unanswered = Unanswered(tries, cause)
    unanswered.__cause__ = cause
    return unanswered


def _woman(ledger: Ledger, came: Arrival, address_index: bytes, found: Sequence[Any]) -> Woman:
    person_id, language, greeted, state, state_until, plain_until, anything_ahead = found
    desk = partial(_desk, ledger, came, address_index)
    if person_id is None:
        roll = partial(_roll, ledger, 0, address_index)
        known = Known(new=True, state=State(), roll=roll, desk=desk)
        return Woman(0, address_index, known, False)
    there = State(language=language, greeted=bool(greeted))
    if state is not None and came.now < state_until:
        there = states.opened(ledger.vault, came.channel, there, state)
    # A message that comes in a day late opens nothing.
    opens = came.window_until is not None and came.window_until > came.now
    held, goes = ledger.one("is_anything_held", person_id, came.now) if opens else (0, 0)
    roll = partial(_roll, ledger, person_id, address_index)
    known = Known(new=False, state=there, waiting=bool(goes), roll=roll, desk=desk)
    plain = plain_until is not None and came.now < plain_until
    return Woman(person_id, address_index, known, bool(anything_ahead), plain, held=bool(held))


def _roll(ledger: Ledger, person_id: int, address_index: bytes) -> Roll:
    """What a turn of hers may know. It holds until her visit is committed: nobody else writes."""
    subscription = subscriptions.read(ledger, person_id, address_index)
    return replace(enrolments.roll(ledger, person_id), subscription=subscription)


def _indexes(ledger: Ledger, came: Arrival, woman: Woman) -> list[bytes]:
    """All she is known by."""
    return [woman.address_index, *([_alias_index(ledger, came)] if came.alias else [])]


def _alias_index(ledger: Ledger, came: Arrival) -> bytes:
    return ledger.vault.index("address", came.channel, came.alias)


def _keep(
    ledger: Ledger,
    came: Arrival,
    woman: Woman,
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
    if wish.announcements is False:
        _stop_by_other_name(ledger, came, woman, told_us=bool(answers))
    if woman.id and wish.announcements is not None and not answers:
        # She told the platform and not us: it does not say that she can be reached, nor when.
        ledger.change("want_announcements", woman.id, int(wish.announcements))
        return Visit(turn, woman.id)
    person_id = _remember(ledger, came, woman, turn.state, wish.reachable is not False)
    if woman.held:
        ledger.change("release", person_id, came.now)
        ledger.change("skip_knocks", person_id, "opened", came.now)
    _keep_decision(ledger, came, woman, person_id, wish, told_us=bool(answers))
    if came.ref and (wish.erase or not wish.forget):
        keep_trace_of_hers(ledger, person_id, came.channel, came.ref, came.now)
    for each in wish.enrolments:
        enrolments.keep(ledger, person_id, came.channel, each, _lima_day(came.now)[0], came.now)
    ahead = woman.anything_ahead
    if wish.forget or wish.erase or wish.reachable is False:
        _clear(ledger, came, woman, person_id, wish)
        (ahead,) = ledger.one("is_anything_ahead", person_id)
    put = put_down(ledger, came, woman, person_id, turn, answers, bool(ahead))
    if wish.voices:
        begun = voices.begin(ledger, person_id, came.channel, came.address, wish.voices, came.now)
        return replace(put, voices=begun)
    return put


def _keep_decision(
    ledger: Ledger, came: Arrival, woman: Woman, person_id: int, wish: Wish, *, told_us: bool
) -> None:
    """Her yes or no to announcements."""
    if wish.subscribe:
        indexes = _indexes(ledger, came, woman)
        day, _ = _lima_day(came.now)
        subscriptions.subscribe(ledger, person_id, indexes, wish.subscribe, day)
    elif wish.announcements is False and told_us:
        subscriptions.stop(ledger, person_id)
        if came.alias:
            # We keep no number of hers. Somebody's list might have it.
            ledger.change("silence", _alias_index(ledger, came), _lima_day(came.now)[0])
    elif wish.announcements is not None:
        ledger.change("want_announcements", person_id, int(wish.announcements))


def _stop_by_other_name(ledger: Ledger, came: Arrival, woman: Woman, *, told_us: bool) -> None:
    """She may be known twice, from before her platform told that both are the same woman."""
    found = ledger.one("find_person", _alias_index(ledger, came)) if came.alias else None
    if found is None or found[0] == woman.id:
        return
    if told_us:
        subscriptions.stop(ledger, found[0])
    else:
        ledger.change("want_announcements", found[0], 0)


def _rename(ledger: Ledger, came: Arrival, woman: Woman) -> None:
    address = ledger.vault.seal(as_bytes(came.address), "address", came.channel)
    ledger.change("rename", woman.id, woman.address_index, address)
    ledger.change("rename_chat", _alias_index(ledger, came), woman.address_index)


def _clear(ledger: Ledger, came: Arrival, woman: Woman, person_id: int, wish: Wish) -> None:
    """Take back what came before this message."""
    if wish.forget:
        indexes = _indexes(ledger, came, woman)
        forget_her(ledger, person_id, indexes, erasing=wish.erase, now=came.now)
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


def _remember(ledger: Ledger, came: Arrival, woman: Woman, state: State, reachable: bool) -> int:
    day, _ = _lima_day(came.now)
    there = states.sealed(ledger.vault, came.channel, state)
    until = came.now + states.STATE_S if there else None
    lasting = (state.language, int(state.greeted), there, until, day, _window(came))
    if woman.id:
        ledger.change("remember", woman.id, *lasting, int(reachable))
        return woman.id
    address = ledger.vault.seal(as_bytes(came.address), "address", came.channel)
    return ledger.add("meet", came.channel, woman.address_index, address, *lasting)


def _window(came: Arrival) -> float | None:
    """Rounded down: to the minute it would say when she wrote."""
    return None if came.window_until is None else came.window_until // _QUARTER_S * _QUARTER_S


def _count(ledger: Ledger, topic: str, language: str, now: float) -> None:
    _, week = _lima_day(now)
    ledger.change("count_topic", week, topic, language)


def _lima_day(now: float) -> tuple[str, str]:
    return _day_and_week(int((now + LIMA_S) // DAY_S))


@lru_cache(maxsize=16)
def _day_and_week(day_number: int) -> tuple[str, str]:
    day = datetime.fromtimestamp(day_number * DAY_S, UTC).date()
    year, week, _ = day.isocalendar()
    return day.isoformat(), f"{year}-W{week:02}"
