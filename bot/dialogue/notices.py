"""What a platform tells about her, which is nothing she said: she gets no answer to it."""

from bot.dialogue.moment import Moment
from bot.dialogue.turn import Announcements, Forget, Reachable, State, Turn


def note_blocked(moment: Moment) -> Turn | None:
    if moment.event.kind not in ("blocked", "unblocked"):
        return None
    return Turn(moment.state, (), (Reachable(moment.event.kind == "unblocked"),))


def note_moved(moment: Moment) -> Turn | None:
    """Her number may be somebody else's tomorrow: nothing is kept of her there, and where she is
    now she is asked as anybody new."""
    if moment.event.kind != "moved":
        return None
    return Turn(State(), (), (Reachable(False), Forget()))


def note_wish(moment: Moment) -> Turn | None:
    if moment.event.kind not in ("stopped", "resumed"):
        return None
    return Turn(moment.state, (), (Announcements(moment.event.kind == "resumed"),))
