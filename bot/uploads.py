"""Keep a file somebody attached to an announcement, if every platform takes it.

What it is is told by how it begins, never by its name or by what a browser says of it. It is kept
under a name made from what is in it: the same file twice is one, and a name leads nowhere else.

A picture is drawn anew, so that it does not tell where it was taken. What a document or a recording
says of who made it stays in it.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Final, Literal

from bot.dialogue.attachments import File
from bot.pictures import MOST_PIXELS, Format, TooLarge, Unreadable, drawn_anew
from bot.putting import FOR_US, put

FOLDER: Final = "announcements"
LARGEST_MB: Final = {"image": 5, "audio": 16, "document": 50}
MOST_BYTES: Final = max(LARGEST_MB.values()) * 1_000_000  # whoever reads an upload stops here
_LONGEST_NAME: Final = 60
_UNSHOWN: Final = frozenset('/\\:*?"<>|')

Kind = Literal["audio", "document", "image"]
_KINDS: Final[tuple[tuple[Kind, str, Callable[[bytes], bool]], ...]] = (
    ("image", ".jpg", lambda data: data.startswith(b"\xff\xd8\xff")),
    ("image", ".png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image", ".webp", lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP"),
    # WhatsApp plays no other sound in an OGG file.
    ("audio", ".ogg", lambda data: data.startswith(b"OggS") and b"OpusHead" in data[:128]),
    ("document", ".pdf", lambda data: data.startswith(b"%PDF-")),
)


_FORMATS: Final[Mapping[str, Format]] = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_ENDINGS: Final = {"JPEG": ".jpg", "PNG": ".png"}

Why = Literal["attachment-kind", "attachment-size", "attachment-pixels", "attachment-broken"]


class NotKept(Exception):
    """`why`: "attachment-kind", no platform shows it; "attachment-size", it is larger than `most`
    megabytes; "attachment-pixels", the picture has more than `most` million points;
    "attachment-broken", it is no whole picture. The phrase "announce.wrong.<why>" says so to an
    organizer."""

    def __init__(self, why: Why, most: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.most = most


def keep(folder: Path, data: bytes, name: str) -> File:
    """`folder` is that of the announcements in the data folder. Returns when it is on the disk.
    Takes up to a second: not for the loop. Raises NotKept, and OSError when the disk does not take
    it: then nothing is left of it."""
    kind, ending = _what(data)
    _check_size(kind, data)
    if kind == "image":
        data, ending = _without_traces(data, ending)
        _check_size(kind, data)
    kept = f"{hashlib.sha256(data).hexdigest()}{ending}"
    if not (folder / kept).exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(folder / kept, data, FOR_US)
    return File(f"{FOLDER}/{kept}", shown_name(name, ending), kind)


def file_at(path: str, name: str) -> File | None:
    """The one that was kept at this path; None where none can have been. Whether it is still there
    is another question."""
    kind, ending = next(((k, e) for k, e, _ in _KINDS if path.endswith(e)), (None, ""))
    return File(path, shown_name(name, ending), kind) if kind else None


def shown_name(name: str, ending: str) -> str:
    """What a document is called on her telephone: its own name, without folders or odd signs."""
    stem = PurePath(name.replace("\\", "/")).stem
    clean = "".join(sign for sign in stem if sign.isprintable() and sign not in _UNSHOWN)
    return f"{clean.strip('. ')[:_LONGEST_NAME] or 'aviso'}{ending}"


def _check_size(kind: Kind, data: bytes) -> None:
    if len(data) > (most := LARGEST_MB[kind]) * 1_000_000:
        raise NotKept("attachment-size", most)


def _without_traces(data: bytes, ending: str) -> tuple[bytes, str]:
    try:
        drawn, format = drawn_anew(data, _FORMATS[ending])
    except TooLarge:
        raise NotKept("attachment-pixels", MOST_PIXELS // 1_000_000) from None
    except Unreadable:
        raise NotKept("attachment-broken") from None
    return drawn, _ENDINGS[format]


def _what(data: bytes) -> tuple[Kind, str]:
    for kind, ending, is_one in _KINDS:
        if is_one(data):
            return kind, ending
    raise NotKept("attachment-kind")
