"""What the console says, in Spanish: the source of locales/console.pot. A module a group of pages.

For organizers, translators and administrators: plain, second person, what happens and what to do.
"""

from bot.dialogue.phrases import Phrase
from bot.web.words import account, people, shell

CONSOLE: tuple[Phrase, ...] = (*shell.PHRASES, *people.PHRASES, *account.PHRASES)
