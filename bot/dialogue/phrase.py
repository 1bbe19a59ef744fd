"""One phrase of the bot, and what its translators are told about some kinds of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """`key` is the msgctxt, `text` the msgid; `note` tells the translator where it appears."""

    key: str
    text: str
    note: str = ""


BUTTON = "Es un botón."
TYPED = (
    "Lo que ella puede escribir, una por línea, en minúsculas, en cualquier orden. "
    "No lo traduzcas: pon cómo se dice en tu idioma, con todas sus formas."
)
