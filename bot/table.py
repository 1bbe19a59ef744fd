"""Read a table (CSV) that people save from a spreadsheet: its rows, and the line each stands on.

Rule 1: what cannot be read whole is not read in part: one wrong sign may shift every column.
Rule 2: commas or semicolons, with or without BOM, any line end: what spreadsheets write is fine.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.frontmatter import Mistake, Unreadable

_AS_UTF_8 = (
    "Save it again: in LibreOffice, Save As, Text CSV, character set UTF-8; "
    'in Excel, Save As, "CSV UTF-8".'
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is the one it begins on. All columns are in `values`; "" where nothing is written."""

    path: str
    line: int
    values: Mapping[str, str]

    def fault(self, column: str, text: str) -> Mistake:
        return Mistake(self.path, self.line, f"{column}: {text}")


def read_table(
    path: str, data: bytes | None, needed: Sequence[str], optional: Sequence[str] = ()
) -> tuple[tuple[Row, ...], tuple[Mistake, ...]]:
    """The rows, and what is wrong with them: those are not among the rows. When the columns are
    wrong there are no rows. Raises Unreadable when it is no table at all."""
    lines = records(path, data)
    if not lines:
        raise Unreadable(Mistake(path, 1, "is empty. Its first line has to name the columns."))
    first, header = lines[0]
    columns = [name.strip().lower() for name in header]
    faults = tuple(Mistake(path, first, fault) for fault in _columns(columns, needed, optional))
    if faults:
        return (), faults
    rows, mistakes = [], []
    for line, fields in lines[1:]:
        values = [each.strip() for each in fields]
        if not any(values):
            continue  # spreadsheets leave empty rows at the end
        if len(values) != len(columns):
            fault = f"has {len(values)} columns, the first line has {len(columns)}. Put text that"
            mistakes.append(Mistake(path, line, f"{fault} has a comma in it between quotes."))
            continue
        given = dict(zip(columns, values, strict=True))
        rows.append(Row(path, line, {**dict.fromkeys(optional, ""), **given}))
    return tuple(rows), tuple(mistakes)


def records(path: str, data: bytes | None) -> list[tuple[int, list[str]]]:
    """(the line it begins on, its fields as they are written). Raises Unreadable."""
    return list(each_record(path, data))


def each_record(path: str, data: bytes | None) -> Iterator[tuple[int, list[str]]]:
    """The same one by one, for tables of which only a part is kept. Raises Unreadable as it
    comes to what cannot be read."""
    return _records(path, _decode(path, data))


def _decode(path: str, data: bytes | None) -> str:
    if data is None:
        raise Unreadable(Mistake(path, 1, "cannot be read. Check who may read the file."))
    if data.startswith(_UTF_16):
        raise Unreadable(Mistake(path, 1, f"is UTF-16, not UTF-8. {_AS_UTF_8}"))
    if data.startswith(b"PK"):
        raise Unreadable(Mistake(path, 1, f"is a spreadsheet, not a CSV file. {_AS_UTF_8}"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sign = data[error.start : error.start + 1].decode("latin-1")
        fault = f'is not UTF-8 (here it may want to say "{sign}"). {_AS_UTF_8}'
        raise Unreadable(Mistake(path, line, fault)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(Mistake(path, line, f"holds signs no text has. {_AS_UTF_8}"))
    return text


def _records(path: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """(the line it begins on, its fields)"""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for fields in reader:
            yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        fault = f"cannot be read from here on: {error}. Look for a quote that is not closed."
        raise Unreadable(Mistake(path, line, fault)) from None


def _columns(
    columns: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> Iterator[str]:
    """What is wrong with the first line; a misspelt column is not called missing as well."""
    known = (*needed, *optional)
    meant = set()
    for name in columns:
        if name not in known:
            close = get_close_matches(name, [each for each in known if each not in columns], n=1)
            meant.update(close)
            hint = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(known)}."
            yield f'there is no column "{name}". {hint}'
    for name in dict.fromkeys(each for each in columns if columns.count(each) > 1):
        yield f'the column "{name}" stands here twice. Keep one.'
    for name in needed:
        if name not in columns and name not in meant:
            yield f'the column "{name}" is missing. Add it; where nothing is known leave it empty.'
