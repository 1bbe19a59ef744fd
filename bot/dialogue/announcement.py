"""An announcement as she reads it: who it is from, the organizer's text, and how to get no more.

Rule: a locked telephone shows how it begins, to whoever holds it. So it begins with a whole line of
ours that is the same for every announcement and says nothing of what it is about.
"""

from bot.dialogue.attachments import File
from bot.dialogue.menus import EXIT, button
from bot.dialogue.turn import Reply, same_everywhere, say

STOP, WHO = "stop", "who-sends"


def announcement(text: str, attachment: File | None = None) -> Reply:
    """`text` is in the language it is sent in, and in Willaq's small Markdown. What an organizer
    wrote is no draft, even if the lines around it are: so no notice calls it one."""
    lines = (say("announce.head"), same_everywhere(text.strip()), say("announce.foot"))
    choices = (button(STOP, "button.no-more"), button(WHO), EXIT)
    attachments = (attachment,) if attachment else ()
    return Reply(lines, choices, attachments=attachments, unmarked=True)
