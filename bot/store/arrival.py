"""A message of hers as it came in, and who wrote it.

Nothing here is frozen: it is made anew for every message, and freezing costs more than the making.
"""

from dataclasses import dataclass

from bot.store.base import Known
from bot.store.house import PLAIN, House


@dataclass(slots=True)
class Arrival:
    """A message of hers as it came in."""

    channel: str
    message_id: str
    address: str
    ref: str
    now: float
    lease_s: float
    pulled: bool
    alias: str = ""
    window_until: float | None = None
    house: House = PLAIN


@dataclass(slots=True)
class Woman:
    """Who wrote. `id` is 0 while we do not know her. `renamed`: we knew her by her alias. `held`:
    something waited for her to write, be it of an announcement that is paused."""

    id: int
    address_index: bytes
    known: Known
    anything_ahead: bool
    plain: bool = False
    renamed: bool = False
    held: bool = False
