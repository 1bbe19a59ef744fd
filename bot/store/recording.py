"""What recording asks of a database: that no work on a translator's voice is lost in silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.staff import KeepVoice, SaveVoice


@dataclass(frozen=True, slots=True)
class VoiceWork:
    """Something to be done with a translator's recording, and where she is told how it went. Of
    work that an earlier life left, `what` has no platform's id of her voice any more."""

    id: int
    channel: str
    address: str
    what: KeepVoice | SaveVoice


class VoiceStore(Protocol):
    """Work begins with the visit that asked for it (Visit.voices), in the same transaction."""

    async def voices(self) -> Sequence[VoiceWork]:
        """All that has not ended yet; to be asked for before new work begins."""
        ...

    async def end_voice(self, id: int) -> None:
        """She was told what became of it."""
        ...
