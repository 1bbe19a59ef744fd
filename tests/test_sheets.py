"""A table comes back from .xlsx, .ods and .csv as it was written; anything else is told."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import sheets
from bot.frontmatter import Unreadable

WIDTHS = (20, 50)
HEAD = ["clave", "castellano"]
CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n"),
    max_size=30,
) | st.sampled_from([
    "=1+1", "'=1", "''-x", "- uno\n- dos", "@x", "+51", "_x0041_", "1.0", "TRUE", "2026-01-01",
    "  a  b ", "\n\na\n", 'a "b", c;', "http://x.pe", "{=A1}",
])  # fmt: skip
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=2).filter(lambda row: any(map(str.strip, row))))


@pytest.mark.parametrize("ending", sheets.ENDINGS)
@settings(deadline=None, max_examples=30)
@given(rows=ROWS)
def test_what_is_read_is_what_was_written(ending: str, rows: list[list[str]]) -> None:
    written = sheets.write(ending, "quy", [HEAD, *rows], WIDTHS)
    assert [row for _, row in sheets.read(f"x{ending}", written)] == [HEAD, *rows]


@pytest.mark.parametrize("ending", sheets.ENDINGS)
def test_the_same_rows_are_the_same_sheet_and_rows_are_numbered(ending: str) -> None:
    written = sheets.write(ending, "quy", [HEAD, ["a", "b"], ["", ""], ["c", "d"]], WIDTHS)
    assert [number for number, _ in sheets.read(f"x{ending.upper()}", written)] == [1, 2, 4]


def test_no_cell_is_run_as_a_formula() -> None:
    rows = [HEAD, ["=HYPERLINK(1)", "@SUM(1)"], ["+1", "-1"], ["- uno\n- dos", "\n=1"]]
    text = sheets.write(".csv", "quy", rows, WIDTHS).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert all(cell[0] not in "=+-@\t\r\n" for cell in row)
    with zipfile.ZipFile(io.BytesIO(sheets.write(".xlsx", "quy", rows, WIDTHS))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")
    with zipfile.ZipFile(io.BytesIO(sheets.write(".ods", "quy", rows, WIDTHS))) as book:
        assert b"table:formula" not in book.read("content.xml")


@pytest.mark.parametrize("sign", ["\t", "\0", "\x1f", "\r", "\ufffe"])
def test_signs_that_a_sheet_would_lose_are_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="fila 2"):
        sheets.write(".ods", "quy", [HEAD, ["a", f"b{sign}c"]], WIDTHS)


def test_a_text_no_cell_takes_is_refused() -> None:
    with pytest.raises(ValueError, match="fila 2: tiene 32768 letras"):
        sheets.write(".xlsx", "quy", [HEAD, ["a", "b" * 32_768]], WIDTHS)


def merged_xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.merge_range(2, 0, 3, 1, "a")
    return out.getvalue()


def merged_ods() -> bytes:
    written = sheets.write(".ods", "quy", [HEAD, ["a", "b"]], WIDTHS)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "content.xml":
                data = data.replace(b"</table:table-row>", b"<table:covered-table-cell/>"
                                    b"</table:table-row>", 1)  # fmt: skip
            new.writestr(name, data)
    return out.getvalue()


def swollen() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 110_000_000)
    return out.getvalue()


def far() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(1_048_575, 16_383, "un dedo resbaló")
    return out.getvalue()


GOOD = sheets.write(".xlsx", "quy", [HEAD, ["a", "b"]], WIDTHS)


@pytest.mark.parametrize(
    ("name", "data", "line", "says"),
    [
        ("x.xlsx", merged_xlsx(), 3, "combinadas"),
        ("x.ods", merged_ods(), 1, "combinadas"),
        ("x.xlsx", GOOD[: len(GOOD) // 2], 1, "cortada"),
        ("x.xlsx", b"clave,castellano\n", 1, "no es una hoja de cálculo"),
        ("x.xlsx", swollen(), 1, "enorme"),
        ("x.xlsx", far(), 1, "XFD1048576"),
        ("x.csv", b"a" * 10_000_000, 1, "10 MB"),
        ("x.xlsx", b"PK" * 5_000_000, 1, "10 MB"),
        ("x.csv", "clave,ma\xf1ana\n".encode("latin-1"), 1, "UTF-8"),
        ("x.csv", "clave\n".encode("utf-16"), 1, "UTF-16"),
        ("x.csv", GOOD, 1, "spreadsheet"),
        ("x.csv", b'clave,"sin cerrar\n', 1, "quote"),
        ("x.csv", b"\n\n", 1, "vac"),
        ("x.csv", b"", 1, "vac"),
        ("x.pdf", b"%PDF", 1, "csv"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_of_ours_is_told(name: str, data: bytes, line: int, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as told:
        sheets.read(name, data)
    assert (told.value.mistake.path, told.value.mistake.line) == (name, line)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_spoilt_file_is_read_or_told_and_never_more(at: int, noise: bytes) -> None:
    spoilt = GOOD[:at] + noise + GOOD[at + len(noise) :]
    try:
        sheets.read("x.xlsx", spoilt)
    except Unreadable as told:
        assert told.mistake.path == "x.xlsx"


def test_line_ends_and_separators_of_other_programs_are_no_matter(tmp_path: Path) -> None:
    data = 'clave;castellano\r\na;"uno\r\ndos"\r\n'.encode("utf-8-sig")
    assert sheets.read("x.csv", data) == [(1, HEAD), (2, ["a", "uno\ndos"])]


def test_numbers_somebody_typed_are_read_as_they_are_shown() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, [105, 1.5])
    assert sheets.read("x.xlsx", out.getvalue()) == [(1, ["105", "1.5"])]
