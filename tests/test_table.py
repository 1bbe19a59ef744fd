"""Tables people save from a spreadsheet: what is taken as it is, and what is told and refused."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontmatter import Unreadable
from bot.table import read_table

PATH = "list.csv"
GOOD = "id,name\na,Ñaña\nb,Jauja\n"


def read(text: str | bytes) -> list[dict[str, str]]:
    data = text.encode() if isinstance(text, str) else text
    rows, mistakes = read_table(PATH, data, ("id", "name"), ("note",))
    assert mistakes == ()
    return [dict(row.values) for row in rows]


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD.encode("utf-8-sig"),
        GOOD.replace(",", ";"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("id,name", " ID , Name "),
        GOOD + ",\n\n",
        'id,name\n"a","Ñaña"\nb, Jauja \n',
        GOOD.removesuffix("\n"),
    ],
)
def test_what_spreadsheets_write_is_taken(data: str | bytes) -> None:
    assert read(data) == [
        {"id": "a", "name": "Ñaña", "note": ""},
        {"id": "b", "name": "Jauja", "note": ""},
    ]


def test_a_row_knows_its_line_even_behind_a_text_of_several() -> None:
    rows, _ = read_table(PATH, b'id,name\na,"x\ny"\n\nb,z\n', ("id", "name"))
    assert [row.line for row in rows] == [2, 5]
    assert str(rows[1].fault("name", "is wrong.")) == "list.csv:5: name: is wrong."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "list.csv:1: cannot be read."),
        (b"", "list.csv:1: is empty."),
        (GOOD.encode("latin-1"), "list.csv:2: is not UTF-8 (here it may want to say"),
        (GOOD.encode("cp1252"), 'In Excel, Save As, "CSV UTF-8"'.replace("In", "in")),
        (GOOD.encode("utf-16"), "list.csv:1: is UTF-16, not UTF-8."),
        (b"PK\x03\x04", "list.csv:1: is a spreadsheet, not a CSV file."),
        (b"id,name\na,x\0y\n", "list.csv:2: holds signs no text has."),
        (b'id,name\na,"open\n', "list.csv:2: cannot be read from here on:"),
    ],
)
def test_what_is_no_table_is_refused_and_told(data: bytes | None, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(PATH, data, ("id", "name"))
    assert told in str(refused.value.mistake)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("id", ['1: the column "name" is missing. Add it; where nothing is known leave it empty.']),
        ("id,nmae", ['1: there is no column "nmae". Did you mean "name"?']),
        ("id,name,colour", ['1: there is no column "colour". There are: id, name, note.']),
        ("id,name,id", ['1: the column "id" stands here twice. Keep one.']),
        ("x", ['1: there is no column "x". There are: id, name, note.',
               '1: the column "id" is missing. Add it; where nothing is known leave it empty.',
               '1: the column "name" is missing. Add it; where nothing is known leave it empty.']),
    ],
)  # fmt: skip
def test_wrong_columns_are_told_all_at_once(header: str, told: list[str]) -> None:
    rows, mistakes = read_table(PATH, f"{header}\n1,2,3\n".encode(), ("id", "name"), ("note",))
    assert rows == ()
    assert [str(each).removeprefix(f"{PATH}:") for each in mistakes] == told


def test_a_row_of_another_length_is_told_and_left_out() -> None:
    rows, mistakes = read_table(PATH, b"id,name\na,x,y\nb,z\n", ("id", "name"))
    assert [row.values["id"] for row in rows] == ["b"]
    assert str(mistakes[0]).startswith("list.csv:2: has 3 columns, the first line has 2.")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2
        )
    )
)
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name"], *rows])
    found, mistakes = read_table(PATH, out.getvalue().encode(), ("id", "name"))
    assert mistakes == ()
    wanted = [[each.strip() for each in row] for row in rows]
    assert [list(row.values.values()) for row in found] == [row for row in wanted if any(row)]


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_is_told_or_taken(data: bytes) -> None:
    try:
        read_table(PATH, data, ("id", "name"))
    except Unreadable as refused:
        assert refused.mistake.path == PATH
