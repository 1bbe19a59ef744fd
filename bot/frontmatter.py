"""Read one file that people write: its TOML fields, its text, and the line each of them stands on.

Rule 1: nothing here raises for a file's sake. What cannot be read is a Mistake with its line.
Rule 2: a file saved by any editor is fine: BOM, CRLF and blanks at the end of a line do not matter.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any

Where = tuple[str | int, ...]  # ("sources", 1, "seen"): the second source's field

_FENCE = "+++"
_TABLES = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_FIELD = re.compile(r'\s*(?:([\w-]+)|"([\w-]+)")\s*=')
_TOML_LINE = re.compile(r"line (\d+), column \d+")
_LINE_END = re.compile(r"\r\n?")
_HEADING = re.compile(r"^## *(.*?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something a person has to put right: what is wrong, what to do, and where."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class Unreadable(Exception):
    """A file that says nothing usable; holds its one Mistake."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


@dataclass(frozen=True, slots=True)
class Fields:
    """The TOML of a file. `first_line` is the file's line that its line 1 stands on."""

    path: str
    values: Mapping[str, Any]
    lines: Mapping[Where, int]
    source: tuple[str, ...]
    first_line: int = 1

    def line(self, where: Where) -> int:
        """Of a field, a table or an item of a list; of what holds it, when it has no line."""
        if where in self.lines:
            return self.lines[where]
        if not where:
            return 1
        holder = self.line(where[:-1])
        if isinstance(where[-1], int):
            return self._item_line(where, holder)
        return holder

    def _item_line(self, where: Where, start: int) -> int:
        value: Any = self.values
        for step in where:
            value = value[step]
        written = (dumps(value, ensure_ascii=False, default=str), f"'{value}'")
        for at, line in enumerate(self.source[start - self.first_line :]):
            if any(each in line for each in written):
                return start + at
        return start


@dataclass(frozen=True, slots=True)
class Section:
    """`line` is the heading's, `text_line` that of the first line of `text`."""

    heading: str
    text: str
    line: int
    text_line: int


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file with front matter. `text_line` is the line `text` starts on."""

    path: str
    fields: Fields
    text: str
    text_line: int

    def sections(self) -> Iterator[Section]:
        """What stands above the first heading comes first, under the heading ""."""
        headings = list(_HEADING.finditer(self.text))
        ends = [*(each.start() for each in headings), len(self.text)]
        yield self._section("", self.text_line, 0, ends[0])
        for heading, end in zip(headings, ends[1:], strict=True):
            line = self.text_line + self.text.count("\n", 0, heading.start())
            yield self._section(heading[1], line, heading.end(), end)

    def _section(self, heading: str, line: int, start: int, end: int) -> Section:
        raw = self.text[start:end]
        blank = len(raw) - len(raw.lstrip())
        text_line = self.text_line + self.text.count("\n", 0, start + blank)
        return Section(heading, raw.strip(), line, text_line)


def decode(path: str, data: bytes | None) -> str:
    """The text of a file, its lines ending in "\\n" only. Raises Unreadable."""
    if data is None:
        raise Unreadable(Mistake(path, 1, "cannot be read. Check who may read the file."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(Mistake(path, line, "is not UTF-8. Save the file as UTF-8.")) from None
    if not text.strip():
        raise Unreadable(Mistake(path, 1, "is empty. Write it, or delete the file."))
    text = _LINE_END.sub("\n", text)
    if " \n" not in text and "\t\n" not in text and text[-1] not in " \t":
        return text  # as nearly every file; a long one takes twenty times as long to go through
    return "\n".join(line.rstrip(" \t") for line in text.split("\n"))


def read_page(path: str, data: bytes | None) -> Page:
    """Raises Unreadable."""
    lines = decode(path, data).split("\n")
    if lines[0].rstrip() != _FENCE:
        fault = f"the first line must be {_FENCE}, then the fields, then {_FENCE} again."
        raise Unreadable(Mistake(path, 1, fault))
    ends = (at for at, line in enumerate(lines) if at and line.rstrip() == _FENCE)
    end = next(ends, None)
    if end is None:
        fault = f"the fields do not end. Put a line {_FENCE} after the last one."
        raise Unreadable(Mistake(path, 1, fault))
    fields = _fields(path, lines[1:end], first_line=2)
    return Page(path, fields, "\n".join(lines[end + 1 :]), end + 2)


def read_fields(path: str, data: bytes | None) -> Fields:
    """Of a file that is TOML only. Raises Unreadable."""
    return _fields(path, decode(path, data).split("\n"), first_line=1)


def read_folder(folder: Path, *patterns: str) -> dict[str, bytes | None]:
    """The files matching a pattern, by their path from the folder on; None = cannot be read."""
    paths = {path for pattern in patterns for path in folder.glob(pattern)}
    files: dict[str, bytes | None] = {}
    for path in sorted(paths):
        inside = path.relative_to(folder)
        # Editors and git keep their own things beside ours.
        if path.is_dir() or path.name.endswith("~") or any(p.startswith(".") for p in inside.parts):
            continue
        try:
            files[inside.as_posix()] = path.read_bytes()
        except FileNotFoundError:
            continue  # deleted between the two looks
        except OSError:
            files[inside.as_posix()] = None
    return files


def _fields(path: str, source: list[str], first_line: int) -> Fields:
    try:
        values = tomllib.loads("\n".join(source))
    except (ValueError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        line = first_line + (int(found[1]) if found else len(source)) - 1
        reason = _TOML_LINE.sub("", str(error)).replace("(at )", "").strip().rstrip(".")
        fault = f"the fields cannot be read from here on: {reason}. Compare with a file like it."
        raise Unreadable(Mistake(path, line, fault)) from None
    return Fields(path, values, dict(_lines(source, first_line)), tuple(source), first_line)


def _lines(source: list[str], first_line: int) -> Iterator[tuple[Where, int]]:
    table: Where = ()
    seen: dict[str, int] = {}
    for line, text in enumerate(source, first_line):
        if found := _TABLES.match(text):
            seen[found[1]] = seen.get(found[1], -1) + 1
            table = (found[1], seen[found[1]])
            yield table, line
        elif found := _TABLE.match(text):
            table = (found[1],)
            yield table, line
        elif found := _FIELD.match(text):
            yield (*table, found[1] or found[2]), line
