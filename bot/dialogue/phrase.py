"""One phrase of the bot, and what its translators are told about some kinds of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """`key` is the msgctxt, `text` the msgid; `note` tells the translator where it appears."""

    key: str
    text: str
    note: str = ""


BUTTON = "Button, at most 24 characters."
TYPED = "What she may type, one a line, lower case. Add every spelling you know; order is free."
