"""Listening to a topic: the recording follows as a voice of its own, and her screen stays.

Nothing is written above it: on WhatsApp every message may be billed, and the page she pressed on
has said already whether its text is a draft. Only a voice that is a program's is announced.
"""

from bot.dialogue import pages
from bot.dialogue.moment import Moment, offered
from bot.dialogue.turn import File, Reply, Turn, say

TYPED = pages.HEAR


def listen(moment: Moment) -> Turn | None:
    """The button below a topic ("t:linea-100:hear@es"), or "escuchar" while one is open."""
    wanted, _, shown = moment.choice.partition("@")
    if wanted == TYPED:
        slug = moment.state.topic
    elif wanted.startswith("t:") and wanted.endswith(f":{pages.HEAR}"):
        slug = wanted.removeprefix("t:").removesuffix(f":{pages.HEAR}")
    else:
        return None
    if slug not in moment.catalogue.topics:
        return None
    language = shown if shown in offered(moment.catalogue) else moment.language
    sound = moment.catalogue.sounds.get((language, slug))
    if sound is None:
        # Its text has changed since her screen was shown, or there never was one.
        return Turn(moment.state, (Reply((say("hear.none"),)),))
    lines = (say("hear.machine"),) if sound.machine else ()
    voice = File(sound.path, kind="audio")
    return Turn(moment.state, (Reply(lines, attachments=(voice,)),))
