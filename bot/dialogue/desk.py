"""What those who work with Willaq can do from their own chats: announcements, by guided screens.

Rule 1: for everybody else these are words like any other. A turn that may be staff's is marked
(`asks`), and only when the desk says who writes is it decided as such.
Rule 2: salir, borrar, ayuda and every other word work as always, and drop what was being written.
"""

import re
from dataclasses import replace

from bot.dialogue import drafting
from bot.dialogue.announcing import Broadcast, BroadcastState
from bot.dialogue.desk_notices import told_author
from bot.dialogue.desk_screens import ABOUT, home, one, sure
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.moment import NO_SUCH_NUMBER, Moment
from bot.dialogue.schools import NO_WAY_BACK
from bot.dialogue.staff import Ask, Bind, Deed, Desk, Move, Role
from bot.dialogue.turn import Effect, Reply, Tell, Turn, say
from bot.dialogue.unfinished import Drafting

_CODE = re.compile(r"\s*/?soy\s+([2-9a-z]{10})\s*", re.IGNORECASE)
_WORDS: dict[str, Role] = {"typed.announce": "organizer", "typed.approve": "approver"}
_ENDS: dict[str, BroadcastState] = {  # what is done by a button -> what it then is
    "approve": "approved",
    "back": "draft",
    "start": "sending",
    "pause": "paused",
    "resume": "sending",
    "cancel": "cancelled",
}
_HEARD = frozenset({"approve", "back"})  # its author is told
_FORM = re.compile(r"([a-z]+):([0-9]{1,9})(?::([0-9]{1,9}))?")


def asks(moment: Moment) -> Ask | None:
    """Has it to be known who writes?"""
    return Ask() if _may_be_staff_s(moment) else None


def bind_chat(moment: Moment) -> Turn | None:
    """The code is tried as it stands there; if it is none, this was a sentence of hers."""
    event = moment.event
    found = _CODE.fullmatch(event.text) if event.kind == "text" else None
    if found is None or event.desk.refused == "code" or event.channel in NO_WAY_BACK:
        return None
    lines = (say("desk.bound"), say("desk.bound.words"), say("desk.bound.shared"))
    reply = Reply(lines, (button("desk:open", "button.desk.open"), *ALWAYS))
    return Turn(moment.state, (reply,), (Bind(found[1].lower()),), asks=Ask())


def at_the_desk(moment: Moment) -> Turn | None:
    """Stands above danger, since an announcement may be about it: see `drafting.written`."""
    desk = moment.event.desk
    if desk.staff is None or not _may_be_staff_s(moment):
        return None
    if not (desk.staff.may("organizer") or desk.staff.may("approver")):
        return None
    for word, role in _WORDS.items():
        if moment.says(word):
            return home(moment) if desk.staff.may(role) else None
    if moment.choice.startswith(ABOUT):
        return _pressed(moment, desk, moment.choice.removeprefix(ABOUT))
    if moment.choice in (NO_SUCH_NUMBER, "back"):
        return drafting.stepped(moment)
    # Any other button or word leads where it always leads, and the draft is dropped.
    return None if moment.choice else drafting.written(moment)


def _may_be_staff_s(moment: Moment) -> bool:
    return (
        isinstance(moment.unfinished, Drafting)
        or moment.choice.startswith(ABOUT)
        or any(map(moment.says, _WORDS))
    )


def _pressed(moment: Moment, desk: Desk, wanted: str) -> Turn:
    if wanted.startswith("sample"):
        return home(moment, say("desk.sample"))
    found = _FORM.fullmatch(wanted)
    if found and (found[1] in ("see", "sure") or found[1] in _ENDS):
        return _about_one(moment, desk, found[1], int(found[2]), int(found[3] or 0))
    return drafting.pressed(moment, wanted) or home(moment)


def _about_one(moment: Moment, desk: Desk, what: str, number: int, version: int) -> Turn:
    found = desk.broadcast
    if found is None or found.id != number:
        # Not read yet; or there is no such announcement.
        return home(moment, say("desk.refused.unknown"), asks=Ask(broadcast=number))
    if desk.refused:
        return one(moment, found, say(f"desk.refused.{desk.refused}"))
    if what == "see":
        return one(moment, found, shows_texts=True)
    return sure(moment, found) if what == "sure" else _moved(moment, desk, found, what, version)


def _moved(moment: Moment, desk: Desk, found: Broadcast, what: str, version: int) -> Turn:
    done = one(moment, found, say(f"desk.done.{what}"), becomes=_ENDS[what])
    effects: list[Effect] = [Move(found.id, _ACTS[what], version)]
    is_others = desk.staff is not None and found.author not in (None, desk.staff.id)
    if what in _HEARD and is_others:
        after = replace(found, state=_ENDS[what], reason="")
        effects.append(Tell(told_author(desk.staff, after, what), found.author))
    return Turn(done.state, done.replies, tuple(effects), asks=done.asks)


_ACTS: dict[str, Deed] = {  # as the button's id says it, as the store does
    "approve": "approve", "back": "send back", "start": "start", "pause": "pause",
    "resume": "resume", "cancel": "cancel",
}  # fmt: skip
