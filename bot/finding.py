"""One thing the doctor found, and how long it waits for an answer."""

from dataclasses import dataclass
from typing import Final

PATIENCE_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    fine: bool
    about: str
    text: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.fine else 'BAD '} {self.about}: {self.text}"
