"""Write and read a table of texts as a spreadsheet (.xlsx, .ods) or CSV, with nothing lost or run.

Rule 1: what is read is what was written, letter by letter, whichever of the three it was.
Rule 2: no cell is a formula. In CSV, where a spreadsheet takes some beginnings for one, a "'"
stands before them; reading takes it away again.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from bot.frontmatter import Mistake, Unreadable

MOST_BYTES = 5_000_000  # ours have less than two; a larger one was not made by us
_MOST_LETTERS = 32_767  # Excel's: what is longer would be left out without a word
_MOST_UNPACKED = 100_000_000
# Files of a spreadsheet cannot hold these, or do not give them back.
_UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# As far as a spreadsheet looks: who has quotes before a formula gets one more, or loses one.
_LIKE_FORMULA = re.compile(r"'*[=+\-@\n]")
# Cells beyond column ZZ or line 99999, and repetitions beyond what a sheet has.
_FAR = re.compile(rb"""\b(?:r|ref)="[A-Z0-9:]*?([A-Z]{3,}\d+|[A-Z]+\d{6,})|-repeated="(\d{8,})""")
Records = list[tuple[int, list[str]]]  # line or row of the file, its cells
Widths = Sequence[int]  # of the columns, in letters


def write(ending: str, name: str, rows: Sequence[Sequence[str]], widths: Widths) -> bytes:
    """The file. The first row names the columns. Raises ValueError for signs no sheet holds."""
    for number, row in enumerate(rows, 1):
        for cell in row:
            if len(cell) > _MOST_LETTERS:
                raise ValueError(
                    f"fila {number}: tiene {len(cell)} letras, una celda no más de 32767."
                )
            if found := _UNWRITABLE.search(cell):
                raise ValueError(f"fila {number}: tiene un signo invisible ({found[0]!r}).")
    return _WRITERS[ending](name, rows, widths)


def read(path: str, data: bytes) -> Records:
    """The first sheet, without empty rows. Raises Unreadable."""
    ending = path.rpartition(".")[2].lower()
    if ending not in _READERS:
        fault = f"no es una hoja que se pueda leer. Guárdala como {', '.join(_READERS)}."
        raise Unreadable(Mistake(path, 1, fault))
    if len(data) > MOST_BYTES:
        fault = f"tiene {len(data) // 1_000_000} MB; más de {MOST_BYTES // 1_000_000} no es una "
        raise Unreadable(Mistake(path, 1, f"{fault}hoja de traducción. ¿Es el archivo correcto?"))
    records = [
        (line, [_LINE_END.sub("\n", cell) for cell in cells])
        for line, cells in _READERS[ending](path, data)
        if any(cell.strip() for cell in cells)
    ]
    if not records:
        raise Unreadable(Mistake(path, 1, "está vacía. Expórtala otra vez."))
    return records


_LINE_END = re.compile(r"\r\n?")


def _write_csv(name: str, rows: Sequence[Sequence[str]], widths: Widths) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(
        [f"'{cell}" if _LIKE_FORMULA.match(cell) else cell for cell in row] for row in rows
    )
    # With a BOM: without one, spreadsheets take it for another alphabet.
    return text.getvalue().encode("utf-8-sig")


def _write_xlsx(name: str, rows: Sequence[Sequence[str]], widths: Widths) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        # As text, and so also when somebody edits the cell.
        plain = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}
        )
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                # write() would make formulas and links of what looks like one.
                sheet.write_string(at, column, cell, plain if at else bold)
    return out.getvalue()


def _write_ods(name: str, rows: Sequence[Sequence[str]], widths: Widths) -> bytes:
    from odfdo import Cell, Column, Document, Paragraph, Row, Style, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table(name)
    wraps = document.insert_style(
        Style("table-cell", wrap_option="wrap", vertical_align="top"), automatic=True
    )
    for at, width in enumerate(widths):
        style = Style("table-column", name=f"w{at}", width=f"{width / 5:.1f}cm")
        table.append(Column(style=document.insert_style(style, automatic=True)))
    for row in rows:
        made = Row()
        for text in row:
            cell = Cell(style=wraps)
            if text:
                cell.type = "string"
            for line in text.split("\n") if text else ():
                cell.append(Paragraph(line))
            made.append_cell(cell)
        table.append_row(made)
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _read_csv(path: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    from bot import table

    for line, cells in table.records(path, data):
        yield line, [cell[1:] if _was_quoted(cell) else cell for cell in cells]


def _was_quoted(cell: str) -> bool:
    return cell.startswith("'") and bool(_LIKE_FORMULA.match(cell))


def _read_book(path: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _is_sound_inside(path, data)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        merged, rows = sheet.merged_cell_ranges, sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Unreadable(Mistake(path, 1, f"no se puede leer: {error}. {_AGAIN}")) from None
    if merged:
        raise Unreadable(Mistake(path, merged[0][0][0] + 1, _MERGED))
    yield from ((number, [*map(_text, row)]) for number, row in enumerate(rows, 1))


_AGAIN = "Guárdala otra vez como .xlsx, .ods o .csv."
_MERGED = "tiene celdas combinadas. Sepáralas (Combinar celdas, Dividir) y guarda otra vez."


def _is_sound_inside(path: str, data: bytes) -> None:
    """The library makes room for all cells up to the last one, however far away it says it is, and
    does not tell of merged cells in .ods."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
                raise Unreadable(Mistake(path, 1, f"es enorme por dentro. {_AGAIN}"))
            for name in packed.namelist():
                _look_into(path, name, packed.read(name) if name.endswith(".xml") else b"")
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        fault = "no es una hoja de cálculo, o está cortada."
        raise Unreadable(Mistake(path, 1, f"{fault} {_AGAIN}")) from None


def _look_into(path: str, name: str, xml: bytes) -> None:
    if b"<table:covered-table-cell" in xml:
        raise Unreadable(Mistake(path, 1, _MERGED))
    far = _FAR.search(xml)
    if far and not name.startswith("docProps/"):
        raise Unreadable(
            Mistake(path, 1, f"dice algo muy lejos ({(far[1] or far[2]).decode()}). {_AGAIN}")
        )


def _text(cell: object) -> str:
    """A number somebody typed is read as it is shown."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


_WRITERS: Mapping[str, Callable[[str, Sequence[Sequence[str]], Widths], bytes]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".ods": _write_ods,
}
_READERS: Mapping[str, Callable[[str, bytes], Iterator[tuple[int, list[str]]]]] = {
    "xlsx": _read_book,
    "ods": _read_book,
    "csv": _read_csv,
}
ENDINGS = tuple(_WRITERS)
