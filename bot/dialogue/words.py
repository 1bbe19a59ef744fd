"""Bring what she types to one form, so that accents, capitals and signs do not matter."""

import re
import unicodedata

_TILDE = 0x303  # of ñ, where it makes another letter; elsewhere it goes too
_MARKS = {code: None for code in range(0x300, 0x370) if code != _TILDE}
_NOT_N = {_TILDE: None} | str.maketrans("ãõẽĩũ", "aoeiu")
_APOSTROPHES = re.compile("[’‘ʼ´`']")
_OTHER = re.compile(r"[^\wñ]+|_")
_STRETCHED = re.compile(r"(\w)\1{2,}")
# Characters looked at: the longest message of Telegram and of the page. Who tells a long story may
# say only at its end that she is in danger.
LONGEST = 4096
# How people type on a telephone, as the words it stands for.
SHORT = {
    "k": "ke", "q": "ke", "xq": "porke", "pq": "porke", "xk": "porke", "x": "por", "m": "me",
    "t": "te", "d": "de", "sta": "esta", "stoy": "estoy", "toy": "estoy", "pa": "para",
    "ntonces": "entonces", "tmb": "tambien", "dnd": "donde",
}  # fmt: skip
ALIKE = (
    ("qu", "k"),
    ("ch", "\x00"),  # kept apart from c and h
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("v", "b"),
    ("h", ""),
    ("ll", "y"),
    ("w", "u"),
    ("\x00", "ch"),
)


def fold(text: str) -> str:
    """Lower case words with single spaces: "¡¿Qué   HAGOOOO?" -> "que hago". ñ stays ñ.

    Quechua's apostrophes go without a space, so that "p'unchaw" stays one word. Never cached:
    her words are not kept, not even in memory.
    """
    plain = unicodedata.normalize("NFD", text[:LONGEST].lower()).translate(_MARKS)
    whole = unicodedata.normalize("NFC", plain).translate(_NOT_N)
    words = _OTHER.sub(" ", _APOSTROPHES.sub("", whole))
    return _STRETCHED.sub(r"\1", words).strip()


def sound(words: str) -> str:
    """Folded words by how they are heard, so that "kiso aserme daño" is "quiso hacerme daño"."""
    plain = " ".join(SHORT.get(word, word) for word in words.split())
    for written, heard in ALIKE:
        plain = plain.replace(written, heard)
    return plain
