"""What those who work with Willaq hear in their own chats of what others did, at whichever door.

Rule 1: what stands first of each message says nothing: a locked telephone shows it to whoever holds
it, and how a text begins is often its title.
"""

from collections.abc import Mapping

from bot.dialogue.announcing import Broadcast, BroadcastState, Counts
from bot.dialogue.attachments import File
from bot.dialogue.desk_screens import act_on, counted, samples
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.staff import Staff
from bot.dialogue.turn import Line, Reply, Tell, same_everywhere, say

_AFTER: Mapping[str, BroadcastState] = {"approve": "approved", "back": "draft"}
_ACTS = {"approve": "approve", "send back": "back"}


def news(
    act: str, found: Broadcast, by: Staff | None, counts: Counts | None = None
) -> tuple[Tell, ...]:
    """Who hears that this was done, and what. `found` as it is now; `by` None: the command line, or
    Willaq by itself."""
    if act == "submit":
        number, what = str(found.id), found.what
        asked = to_approve(
            by, what.title, what.texts, counts, what.attachment, number, found.version
        )
        return (Tell(asked),)
    if found.author is None or (by and by.id == found.author):
        return ()
    if act in _ACTS:
        return (Tell(told_author(by, found, _ACTS[act]), found.author),)
    what_became = _became(act, found)
    return (Tell(_ended(found, what_became), found.author),) if what_became else ()


def to_approve(
    by: Staff | None,
    title: str,
    texts: Mapping[str, str],
    counts: Counts | None,
    attachment: File | None = None,
    number: str = "#",
    version: int = 1,
) -> tuple[Reply, ...]:
    """What those who approve get: the texts, for how many, and the buttons."""
    asked = say("desk.asked", name=_name(by), title=title)
    choices = (
        button(f"desk:see:{number}", "button.see"),
        button(f"desk:approve:{number}:{version}", "button.desk.approve"),
        button(f"desk:back:{number}:{version}", "button.desk.back"),
    )
    lines = (say("desk.news"), asked, *counted(counts))
    return (*samples(texts, attachment), Reply(lines, (*choices, *ALWAYS), private=True))


def told_author(by: Staff | None, found: Broadcast, what: str) -> tuple[Reply, ...]:
    lines = [say("desk.news"), say(f"desk.told.{what}", name=_name(by), title=found.what.title)]
    if what == "back" and found.state == "draft" and found.reason:
        lines.append(say("desk.reason", value=same_everywhere(found.reason)))
    see = button(f"desk:see:{found.id}", "button.see")
    start = [act_on("start", found)] if what == "approve" else []
    return (Reply(tuple(lines), (see, *start, *ALWAYS), private=True),)


def _became(act: str, found: Broadcast) -> str:
    """Of what ended, or was stopped by Willaq itself, the phrase that says so; "" of all else."""
    if act == "pause" and found.reason == "canary":
        return "canary"
    if act in ("finish", "cancel") and found.reason == "expired":
        return "expired"
    return "done" if act == "finish" else ""


def _ended(found: Broadcast, what: str) -> tuple[Reply, ...]:
    lines = (say("desk.news"), say(f"desk.told.{what}", title=found.what.title))
    see = button(f"desk:see:{found.id}", "button.see")
    return (Reply(lines, (see, *ALWAYS), private=True),)


def _name(by: Staff | None) -> str | Line:
    return by.name if by else say("desk.somebody")
