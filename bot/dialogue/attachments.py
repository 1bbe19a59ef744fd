"""What can follow the words of a message: a place, somebody to call, a file."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map. Degrees, WGS 84."""

    latitude: float
    longitude: float
    name: str
    address: str = ""
    kind: Literal["pin"] = "pin"


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody to call: her telephone offers to, also where numbers in a text cannot be pressed."""

    name: str
    phones: tuple[str, ...]
    kind: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class File:
    """A file of ours, by its path in the project ("locales/quy/audio/linea-100.ogg"). `name` is
    what a document is called on her telephone."""

    path: str
    name: str = ""
    kind: Literal["audio", "document", "image"] = "document"


Attachment = Pin | Card | File
