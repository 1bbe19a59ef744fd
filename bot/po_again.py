"""Read a .po file again after somebody saved it: only what has changed is parsed.

A file of a thousand entries takes a seventh of a second to parse, and a translator saves it every
minute, while women wait. What does not say the same as before is read together with the header,
exactly as bot/po.py reads a whole file; whenever that is in doubt, the whole file is.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot import po
from bot.frontmatter import Mistake, Unreadable
from bot.po import Entry, Po

_BETWEEN = "\n\n"
# A blank line with an entry below it, and comments at most between the two.
_CUT = re.compile(r"\n\n(?=(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:msgctxt|msgid)\b)")
_WORDS = re.compile(r"^[ \t]*[^#\s]", re.MULTILINE)  # a line that is no comment


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between blank lines of the file, from `line` on: whole entries."""

    line: int
    entries: tuple[Entry, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def at(self, line: int) -> "_Piece":
        if line == self.line:
            return self
        further = line - self.line
        return _Piece(
            line,
            tuple(replace(each, line=each.line + further) for each in self.entries),
            tuple(replace(each, line=each.line + further) for each in self.mistakes),
        )


@dataclass(slots=True)
class _Known:
    """A file as it was when it could last be read. `pieces`: by their text, but for the first."""

    data: bytes
    po: Po
    pieces: dict[str, _Piece] = field(default_factory=dict)


class Reader:
    """`read` gives what `po.read` gives. For one thread at a time."""

    def __init__(self) -> None:
        self._files: dict[str, _Known] = {}

    def read(self, path: str, data: bytes | None) -> Po:
        """Raises Unreadable; what was known of the file stays known."""
        last = self._files.get(path)
        if data is None or (last and last.data == data):
            return last.po if last and data is not None else po.read(path, data)
        known = _read(path, data, last.pieces if last else {})
        self._files[path] = known
        return known.po


def _read(path: str, data: bytes, before: dict[str, _Piece]) -> _Known:
    text = po.whole_text(path, data)
    keys = [key for _, key in po.headings(text)]
    if len(set(keys)) < len(keys):
        return _Known(data, po.read(path, data))  # what is there twice is told with both lines
    first, *others = _pieces(text)
    new = [first, *(piece for piece in others if piece[1] not in before)]
    try:
        fresh = _parsed(path, new)
    except Unreadable:
        return _Known(data, po.read(path, data))  # so that its line is the file's
    pieces = {
        piece: fresh[line] if line in fresh else before[piece].at(line) for line, piece in others
    }
    parts = (fresh[first[0]], *pieces.values())
    entries = tuple(entry for part in parts for entry in part.entries)
    mistakes = tuple(mistake for part in parts for mistake in part.mistakes)
    return _Known(data, Po(path, entries, mistakes), pieces)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of the parts that can be read by themselves: comments stay with the entry
    below them, and what goes on after a blank line with what is above it."""
    line, held = 1, list[str]()
    for block in _CUT.split(text):
        held.append(block)
        if _WORDS.search(block):
            piece = _BETWEEN.join(held)
            yield line, piece
            line += piece.count("\n") + len(_BETWEEN)
            held = []
    if held:
        yield line, _BETWEEN.join(held)


def _parsed(path: str, pieces: list[tuple[int, str]]) -> dict[int, _Piece]:
    """Read as if nothing else were in the file; by their lines in the file. Raises Unreadable."""
    starts, line = [], 1
    for _, piece in pieces:
        starts.append(line)
        line += piece.count("\n") + len(_BETWEEN)
    found = po.read_text(path, _BETWEEN.join(piece for _, piece in pieces))
    entries: dict[int, list[Entry]] = {line: [] for line, _ in pieces}
    mistakes: dict[int, list[Mistake]] = {line: [] for line, _ in pieces}

    def place(line_read: int) -> tuple[int, int]:
        """(line of the piece in the file, of what was read there)."""
        at = bisect_right(starts, line_read) - 1
        return pieces[at][0], line_read - starts[at] + pieces[at][0]

    for entry in found.entries:
        piece_line, line = place(entry.line)
        entries[piece_line].append(replace(entry, line=line))
    for mistake in found.mistakes:
        piece_line, line = place(mistake.line)
        mistakes[piece_line].append(replace(mistake, line=line))
    return {line: _Piece(line, tuple(entries[line]), tuple(mistakes[line])) for line, _ in pieces}
