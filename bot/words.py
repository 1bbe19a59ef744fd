"""Words as they are compared: without accents, in lower case. ñ stays ñ."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# An apostrophe within or behind a letter is one: Cusco's "p'unchaw", "llank'ay".
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]*)*")
_ACCENTS = re.compile("[\u0300-\u0302\u0304-\u036f]")  # all but the tilde of ñ


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """ "Comisaría" -> "comisaria"; "año" stays "año"."""
    apart = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def words(text: str) -> Iterator[str]:
    """All of a text, plain."""
    yield from WORD.findall(plain(text))
