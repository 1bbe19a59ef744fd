"""What those who work with Willaq do from their own chats, as a part of the visit they wrote in.

Rule 1: everything is checked before anything is written, so that after a refusal the visit can be
decided anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.announcing import Broadcast
from bot.dialogue.staff import NO_DESK, Ask, Bind, Compose, Desk, Move, Staff
from bot.dialogue.turn import Tell
from bot.store import account, audience, broadcasts, staff, telling
from bot.store.desk import Doer, Refused
from bot.store.house import House
from bot.store.ledger import Ledger
from bot.store.wishes import Work

SHOWN: Final = 10  # announcements that are not over


@dataclass(frozen=True, slots=True)
class Chat:
    """Where it is done: `indexes` are all that this chat is known by."""

    indexes: Sequence[bytes]
    channel: str
    house: House
    now: float

    def doer(self, who: Staff) -> Doer:
        return Doer(who.id, "chat", self.house.two_person)


def desk(ledger: Ledger, chat: Chat, asked: Ask, *, refused: str = "") -> Desk:
    """NO_DESK for a woman like any other, so that nothing tells her of this."""
    who = _who(ledger, chat)
    if who is None:
        return replace(NO_DESK, refused=refused)
    found = None
    if asked.broadcast is not None:
        found = broadcasts.read(ledger, broadcast=asked.broadcast)
    whom = found.what.audience if found else asked.audience
    texts = tuple(found.what.texts) if found else asked.languages
    is_settled = found is not None and found.size is not None
    counts = None
    if whom is not None and not is_settled:
        speaks = chat.house.speaks(texts)
        counts = audience.count(ledger, whom=whom, speaks=speaks, now=chat.now)
    return Desk(
        who,
        counts,
        _open(ledger),
        found,
        tuple(account.tally(ledger, broadcast=found.id)) if found else (),
        len(ledger.all("chats_of_staff", who.id, None)),
        chat.house.two_person,
        refused,
    )


def carry_out(ledger: Ledger, chat: Chat, work: Sequence[Work]) -> int:
    """How many others were told. Raises Refused."""
    told, composed = 0, 0
    for each in work:
        match each:
            case Bind(code):
                _bind(ledger, chat, code)
            case Compose():
                composed = _compose(ledger, chat, _staff(ledger, chat), each)
            case Move():
                _move(ledger, chat, _staff(ledger, chat), each)
            case Tell():
                by = _staff(ledger, chat).id
                told += telling.tell(ledger, by, each, chat.now, composed=composed)
    return told


def _who(ledger: Ledger, chat: Chat) -> Staff | None:
    found = (staff.by_chat(ledger, each) for each in chat.indexes)
    return next((who for who in found if who), None)


def _staff(ledger: Ledger, chat: Chat) -> Staff:
    who = _who(ledger, chat)
    if who is None:
        raise Refused("revoked")
    return who


def _bind(ledger: Ledger, chat: Chat, code: str) -> None:
    index, *others = chat.indexes
    if staff.bind(ledger, code=code, address_index=index, now=chat.now) is None:
        raise Refused("code")
    for each in others:
        # By its older name this chat may be a colleague's: two cannot work from one.
        ledger.change("unbind_chat", each)


def _compose(ledger: Ledger, chat: Chat, who: Staff, what: Compose) -> int:
    doer = chat.doer(who)
    number = broadcasts.draft(ledger, what=what.what, doer=doer, now=chat.now)
    if what.submit and chat.house.two_person:
        broadcasts.act(ledger, broadcast=number, act="submit", doer=doer, now=chat.now)
    elif what.submit:
        broadcasts.act(ledger, broadcast=number, act="approve", doer=doer, now=chat.now, version=1)
    return number


def _move(ledger: Ledger, chat: Chat, who: Staff, what: Move) -> None:
    found = broadcasts.read(ledger, broadcast=what.broadcast)
    speaks = chat.house.speaks(tuple(found.what.texts)) if found else {}
    broadcasts.act(
        ledger, broadcast=what.broadcast, act=what.what, doer=chat.doer(who), now=chat.now,
        version=what.version, speaks=speaks,
    )  # fmt: skip


def _open(ledger: Ledger) -> tuple[Broadcast, ...]:
    numbers = [number for (number,) in ledger.all("open_broadcasts", SHOWN)]
    found = (broadcasts.read(ledger, broadcast=number) for number in numbers)
    return tuple(each for each in found if each)
