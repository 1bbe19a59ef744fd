"""What frames an announcement, and what the bot says about announcements: part of PHRASES.

Whatever stands first is what a locked telephone shows, so it tells no stranger anything.
"""

from bot.dialogue.phrase import BUTTON, Phrase

ANNOUNCEMENT_PHRASES = (
    Phrase(
        "announce.head",
        "**Willaq** te escribe, como pediste. Léelo cuando tengas un momento.",
        "First line of every announcement. A locked phone shows it: it must say nothing of what "
        "the announcement is about.",
    ),
    Phrase(
        "announce.foot",
        "Para no recibir más avisos, escribe **no más avisos**.",
        "Last line of every announcement. The words she types must be among typed.stop in your "
        "language.",
    ),
    Phrase("button.no-more", "No más avisos", BUTTON + " At most 20. Below an announcement."),
    Phrase("button.who-sends", "¿Quién lo envía?", BUTTON + " At most 20. Below an announcement."),
    # what she can say about announcements
)
