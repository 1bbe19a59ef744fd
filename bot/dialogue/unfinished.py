"""What somebody has answered of a guided screen so far: a woman who asks for announcements, or an
organizer who writes one.

Rule 1: nothing unfinished outlives the State. Whatever else she does drops it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.dialogue.announcing import Audience

Step = Literal["agree", "region", "hours"]


@dataclass(frozen=True, slots=True)
class Joining:
    """She is being asked about announcements. `region` None: not asked yet; "" = she told none.

    `consent` is what she agreed to, "" = nothing yet. `changing`: she corrects what is kept.
    """

    step: Step = "agree"
    consent: str = ""
    region: str | None = None
    hours: tuple[int, int] | None = None
    changing: bool = False


@dataclass(frozen=True, slots=True)
class Drafting:
    """An organizer writes an announcement. `asks` is the language whose text is asked for, or a
    field of the audience, or "audience" itself, or "" = she looks it over. `texts`: language ->
    text. `looked`: she has seen the whole, and comes back to it from whatever she corrects."""

    asks: str
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    audience: Audience = field(default_factory=Audience)
    looked: bool = False


Unfinished = Joining | Drafting


def unpacked(kept: Mapping[str, Any]) -> Unfinished:
    if "texts" in kept:
        whom = kept["audience"]
        lists = {name: tuple(whom[name]) for name in ("channels", "languages", "regions")}
        audience = Audience(**lists, edition=whom["edition"])
        return Drafting(kept["asks"], kept["texts"], audience, kept["looked"])
    hours = kept["hours"]
    return Joining(**{**kept, "hours": (hours[0], hours[1]) if hours else None})
