"""What her page may send, checked, before anything else looks at it."""

import re
from dataclasses import dataclass
from typing import Final

import orjson

from bot.dialogue.turn import Event

LONGEST_TEXT: Final = 4096
LONGEST_CHOICE_BYTES: Final = 64
LARGEST_BYTES: Final = 64 * 1024  # the longest text, each letter written as \uXXXX twice

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,35}")


class Refused(Exception):
    """What she sent is not taken; the page knows what to say for each status and word."""

    def __init__(self, status: int, word: str, wait_s: float = 0.0) -> None:
        super().__init__(word)
        self.status = status
        self.word = word
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Said:
    """One message of hers, checked. `after` is the last row her page has."""

    id: str
    event: Event
    after: int


def said(body: bytes, accepts: str) -> Said:
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(400, "json") from None
    if not isinstance(message, dict):
        raise Refused(400, "json")
    id, text, choice = (message.get(each) for each in ("id", "text", "choice"))
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise Refused(400, "id")
    after = message.get("after", 0)
    if type(after) is not int or not 0 <= after < 2**63:
        raise Refused(400, "after")
    language = _language(message.get("language"), accepts)
    if (
        isinstance(choice, str)
        and 0 < len(choice.encode()) <= LONGEST_CHOICE_BYTES
        and text is None
    ):
        return Said(id, Event("choice", choice=choice, language=language), after)
    if not isinstance(text, str) or not text.strip() or choice is not None:
        raise Refused(400, "text")
    if len(text) > LONGEST_TEXT:
        raise Refused(413, "long")
    return Said(id, Event("text", text=text, language=language), after)


def _language(chosen: object, accepts: str) -> str:
    """What her page shows, else what her browser claims. It only preselects."""
    claimed = chosen if isinstance(chosen, str) else accepts.split(",")[0].split(";")[0].strip()
    return claimed if _LANGUAGE.fullmatch(claimed) else ""


def number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Refused(400, "after")
    return int(text)
