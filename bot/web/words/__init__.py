"""What the console says, in Spanish: the source of locales/console.pot. A module a group of pages.

For organizers, translators and administrators: plain, second person, what happens and what to do.
"""

from bot.dialogue.phrases import Phrase
from bot.web.words import (
    account,
    announcements,
    health,
    people,
    reasons,
    schools,
    services,
    shell,
    translations,
    usage,
)

CONSOLE: tuple[Phrase, ...] = (
    *shell.PHRASES,
    *announcements.PHRASES,
    *schools.PHRASES,
    *services.PHRASES,
    *translations.PHRASES,
    *usage.PHRASES,
    *health.PHRASES,
    *reasons.PHRASES,
    *people.PHRASES,
    *account.PHRASES,
)
