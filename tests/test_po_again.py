"""A .po file read again: the same as if it had been read whole, and only what changed is parsed."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import po
from bot.frontmatter import Unreadable
from bot.po import Po
from bot.po_again import Reader
from tests.catalogue import LOCALES
from tests.small import HEADER, entry
from tests.small import po as made

PATH = "locales/quy/LC_MESSAGES/content.po"
REAL = (LOCALES / "quy/LC_MESSAGES/content.po").read_bytes()
WHOLE = made(
    entry("a#short", "Llama al 100.", "100man waqyay.", "# draft"),
    entry("b#short", "Gratis.", "Qullqi mana kanchu.", "# reviewed: Tania, 2026-11-01"),
    entry("c#steps", "1. Uno\n2. Dos", "1. Huk\n2. Iskay", "#, fuzzy", "#| msgid Cero"),
    '#~ msgctxt "d#short"\n#~ msgid "Antes"\n#~ msgstr "Ñawpaq"\n',
)
BLOCKS = (
    *WHOLE.split("\n\n"),
    "# a word to colleagues",
    "#~| msgid Antes",
    '"and it goes on"',
    'msgstr "again"',
    'msgid ""\nmsgstr "no msgid"',
    'msgctxt "x#short"\nmsgid ""\nmsgstr "no msgid"',
    'msgctxt "y#short"\nmsgid "Half"',
    'msgctxt "z#short"\nmsgid "Open"\nmsgstr "never closed',
    '# reviwed: Tania\nmsgctxt "w#short"\nmsgid "Misspelt"\nmsgstr "Pantasqa"',
    'msgctxt "p#short"\nmsgid "Uno"\nmsgid_plural "Unos"\nmsgstr[0] "Huk"',
    HEADER,
    "",
)


def outcome(read: Callable[[str, bytes | None], Po], data: bytes | None) -> object:
    try:
        found = read(PATH, data)
    except Unreadable as error:
        return error.mistake
    return sorted(found.entries, key=lambda each: each.line), sorted(found.mistakes)


@given(st.lists(st.lists(st.sampled_from(BLOCKS), max_size=7), min_size=2, max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_was_read_before_it_is_read_as_if_for_the_first_time(
    saved: list[list[str]],
) -> None:
    reader = Reader()
    reader.read(PATH, WHOLE.encode())
    for blocks in saved:
        data = "\n\n".join(blocks).encode()
        assert outcome(reader.read, data) == outcome(po.read, data)


@given(
    st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.sampled_from(["", '"', "\n", "x"])
)
@settings(max_examples=300, deadline=None)
def test_a_file_cut_or_changed_anywhere_is_no_exception(start: int, end: int, between: str) -> None:
    reader = Reader()
    reader.read(PATH, WHOLE.encode())
    data = (WHOLE[:start] + between + WHOLE[end:]).encode()
    assert outcome(reader.read, data) == outcome(po.read, data)
    assert outcome(reader.read, WHOLE.encode()) == outcome(po.read, WHOLE.encode())


@pytest.mark.parametrize(
    "saved",
    [
        REAL,
        REAL.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + REAL,
        REAL.replace(b"# draft\n", b"# draft  \n"),
        REAL.replace(b"\n\n", b"\n\n\n"),
        REAL.replace(b"\n\n#", b"\n#"),
        REAL[: len(REAL) // 2],
        REAL + REAL,
        REAL.decode().encode("latin-1", "replace"),
        b"",
        None,
    ],
    ids=["same", "CRLF", "BOM", "blanks", "lines", "close", "half", "twice", "latin", "no", "gone"],
)
def test_the_real_file_saved_by_other_editors_or_half(saved: bytes | None) -> None:
    reader = Reader()
    reader.read(PATH, REAL)
    assert outcome(reader.read, saved) == outcome(po.read, saved)
    assert outcome(reader.read, REAL) == outcome(po.read, REAL)


def test_a_msgctxt_broken_over_lines_is_not_there_twice() -> None:
    """As msgcat and Weblate break what is longer than a line."""
    wrapped = re.sub(r'msgctxt "(\w+/)', r'msgctxt ""\n"\1"\n"', REAL.decode()).encode()
    assert wrapped.count(b'msgctxt ""') > 100
    assert po.read(PATH, wrapped).mistakes == ()
    twice = po.read(PATH, wrapped + b"\n" + wrapped.split(b"\n\n")[1]).mistakes
    assert [each.text.split(" ")[1:4] for each in twice] == [["está", "dos", "veces"]]
    reader = Reader()
    reader.read(PATH, REAL)
    assert reader.read(PATH, wrapped) == po.read(PATH, wrapped)


def test_only_what_changed_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, parsed = Reader(), list[int]()
    reader.read(PATH, REAL)

    def counted(path: str, text: str) -> Po:
        parsed.append(text.count("\nmsgctxt"))
        return read_text(path, text)

    read_text = po.read_text
    monkeypatch.setattr(po, "read_text", counted)
    assert reader.read(PATH, REAL) is reader.read(PATH, REAL)
    assert parsed == []
    reader.read(PATH, REAL.replace(b'msgstr "', b'msgstr "Ari ', 5))
    assert 0 < sum(parsed) <= 5


def test_a_msgstr_without_its_msgid_is_told_and_given_to_no_other_entry() -> None:
    """Babel would say it for the entry below."""
    lost = WHOLE.replace("# reviewed", '#msgid "Gone"\nmsgstr "Chinkarqa"\n\n# reviewed')
    with pytest.raises(Unreadable) as caught:
        po.read(PATH, lost.encode())
    line = lost.split("\n").index('msgstr "Chinkarqa"') + 1
    assert str(caught.value).startswith(f"{PATH}:{line}: no puede estar aquí")
