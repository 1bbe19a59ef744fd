"""One entry of a .po file is changed; every other byte is what it was."""

from hypothesis import given
from hypothesis import strategies as st

from bot import po, po_edit
from bot.po_edit import Change
from tests import small
from tests.catalogue import LOCALES
from tests.small import entry

KEY = "rights/linea-100.md#short"
NAME = (KEY, "Llama gratis al 100.")
WRAPPED = """\
# a note of Tania's
#. Está en «La Línea 100».
#: content/rights/linea-100.md
#, fuzzy, python-brace-format
#| msgid "Llama al 100."
msgctxt "rights/linea-100.md#short"
msgid ""
"Llama gratis "
"al 100."
msgstr ""
"100man "
"waqyay."
"""
OTHERS = (
    entry("rights/linea-100.md#title", "La Línea 100", "Línea 100", "# draft"),
    '#~ msgctxt "rights/gone.md#short"\n#~ msgid "Nada."\n#~ msgstr "Imapas."\n',
)


def file(*entries: str) -> str:
    return small.po(OTHERS[0], *entries, OTHERS[1])


def test_what_is_asked_for_is_changed_and_nothing_else() -> None:
    change = Change("reviewed: Tania, 2026-11-25", 'Kayman "waqyay":\n100', settled=True)
    after = po_edit.edited(file(WRAPPED), {NAME: change})
    changed = """\
# reviewed: Tania, 2026-11-25
# a note of Tania's
#. Está en «La Línea 100».
#: content/rights/linea-100.md
#, python-brace-format
msgctxt "rights/linea-100.md#short"
msgid ""
"Llama gratis "
"al 100."
msgstr ""
"Kayman \\"waqyay\\":\\n"
"100"
"""
    assert after == file(changed)


def test_notes_are_replaced_and_the_status_stays() -> None:
    before = entry(*NAME, "100man waqyay.", "# draft", "# old", "#", "#. hint", "#, fuzzy")
    after = po_edit.edited(file(before), {NAME: Change(notes=["uno", "", "dos"])})
    assert f'# draft\n# uno\n#\n# dos\n#. hint\n#, fuzzy\nmsgctxt "{KEY}"' in after
    [found] = [each for each in po_edit.entries(after) if each.key == KEY]
    assert found.notes == ("uno", "dos")
    assert found.hints == ("hint",)
    assert found.fuzzy


def test_no_blank_line_between_entries_is_no_matter() -> None:
    before = entry(*NAME, "100man waqyay.", "# reviewed: Killa, 2026-01-01")
    text = small.HEADER + OTHERS[0] + before + OTHERS[0].replace("#title", "#menu")
    after = po_edit.edited(text, {NAME: Change("draft")})
    assert after == text.replace("# reviewed: Killa, 2026-01-01", "# draft")


def test_lines_that_begin_with_blanks_are_read_as_who_shows_them_reads_them() -> None:
    before = (
        f'# draft\n msgctxt "{KEY}"\n msgid "{NAME[1]}"\n msgstr ""\n  "100man "\n\t"waqyay."\n'
    )
    [found] = po_edit.entries(small.HEADER + before)
    assert found.text == "100man waqyay."
    after = po_edit.edited(file(before), {NAME: Change(text="Waqyay 100man.")})
    assert [each.text for each in po.read("x", after.encode()).entries if each.key == KEY] == [
        "Waqyay 100man."
    ]


def test_what_she_wrote_beside_the_status_stays() -> None:
    before = entry(*NAME, "100man waqyay.", "# Draft: ask Killa", "# revisar el -chu")
    after = po_edit.edited(file(before), {NAME: Change("reviewed: Tania, 2026-11-25")})
    assert "# reviewed: Tania, 2026-11-25\n# ask Killa\n# revisar el -chu\nmsgctxt" in after


def test_the_real_files_are_read_as_who_shows_them_reads_them() -> None:
    for path in LOCALES.glob("*/LC_MESSAGES/*.po"):
        text = path.read_text("utf-8")
        read = {(each.key, each.spanish, each.text) for each in po.read("x", text.encode()).entries}
        found = [*po_edit.entries(text)]
        assert {(each.key, each.spanish, each.text) for each in found} == read
        lines = text.split("\n")
        assert all(lines[each.line - 1].startswith("msgctxt") for each in found)
        again = {(each.key, each.spanish): Change(text=each.text) for each in found}
        assert po_edit.edited(text, again) == text


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1
) | st.just('a\n"b" \\n\n  c')


@given(TEXTS, TEXTS)
def test_any_text_put_in_is_read_again(before: str, after: str) -> None:
    text = po_edit.edited(file(entry(*NAME, "x", "# draft")), {NAME: Change(text=before)})
    changed = po_edit.edited(text, {NAME: Change(text=after)})
    [found] = [each for each in po_edit.entries(changed) if each.key == KEY]
    assert found.text == after
    assert po_edit.edited(changed, {NAME: Change(text=before)}) == text
