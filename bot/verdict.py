"""What a failure, a status or a turn of hers means for messages that are on their way."""

from random import random

from bot.channels.base import Channel, SendError, Status
from bot.dialogue.hours import opens_at
from bot.dialogue.turn import Announcements, Erase, Forget, Reachable
from bot.pacing import ANNOUNCEMENT, REPLY, after
from bot.store.base import Settlement, Told, Visit


def judged(
    channel: Channel,
    error: SendError,
    person_id: int,
    priority: int,
    tries: int,
    now: float,
    *,
    had_buttons: bool,
) -> Settlement:
    """What becomes of a message that did not go; of which row is for the caller to say."""
    if error.buttons and had_buttons:
        # An old telephone refuses buttons with the same word as one that is not there.
        return Settlement(
            0, person_id, "waiting", error.reason, due_at=now, tries=tries + 1, plainly=True
        )
    what = after(error, tries=tries, priority=priority, now=now, jitter=random())
    # When an announcement may go again is for her own hours to say, once it is claimed.
    is_notice = REPLY < priority < ANNOUNCEMENT
    return Settlement(
        0,
        person_id,
        what.state,
        what.reason,
        due_at=opens_at(what.due_at) if is_notice and not error.window else what.due_at,
        tries=what.tries,
        unreachable=what.unreachable,
        held=error.window,
        knock_at=opens_at(now) if error.window and channel.knocks else None,
        stopped=error.stopped,
    )


def told(channel: Channel, status: Status, now: float) -> Told:
    """What the platform says of a message, in the store's words."""

    def judge(person_id: int, priority: int, tries: int) -> Settlement:
        error = status.failure or SendError("error", permanent=True)
        had_buttons = status.had_buttons
        return judged(channel, error, person_id, priority, tries, now, had_buttons=had_buttons)

    return Told(*status.mark, status.state, judge)


def why_silent(visit: Visit) -> tuple[str, int]:
    """Why nothing older may reach her any more after this visit, or "", and from which priority
    on."""
    for effect in visit.turn.effects if visit.turn else ():
        match effect:
            case Erase():
                return "erased", REPLY
            case Forget():
                return "forgotten", REPLY
            case Reachable(now=False):
                return "unreachable", REPLY
            case Announcements(wanted=False):
                return "opted out", ANNOUNCEMENT
    return "", REPLY
