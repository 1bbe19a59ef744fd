"""Translations go out as a sheet and come back: what was changed, nothing else, over nobody."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import content, exchange, po, po_edit, sheets
from bot.exchange import COLUMNS, Plan
from bot.frontmatter import Unreadable
from tests import small
from tests.catalogue import LOCALES
from tests.small import TODAY, entry

SOURCE = content.build(small.content(), TODAY).texts
LINEA = "rights/linea-100.md"
SHORT, TITLE, STEPS = (f"{LINEA}#{name}" for name in ("short", "title", "steps"))
PHRASES = f"{LINEA}#phrases"
REVIEWED = "# reviewed: Tania, 2026-11-01"
Row = dict[str, str]


def file(**more: str) -> str:
    """Of all texts; some are translated, the others wait."""
    said = {
        SHORT: ("100man waqyay.", REVIEWED, "# una nota", "#. Una pista."),
        TITLE: ("Linea pachak 100", "# draft"),
        STEPS: ("1. Maskay.\n2. Waqyay.", "#, fuzzy", '#| msgid "1. Otro."'),
        PHRASES: ("- imataq\n=linea 100",),
        f"{LINEA}#menu": ("100 " + "x" * 30,),
    }
    return small.po(*(entry(key, text, *said.get(key, ("",))) for key, text in SOURCE.items()))


def kept(text: str) -> dict[str, exchange.Kept]:
    return exchange.kept("quy/content.po", text.encode(), SOURCE)


class Sheet:
    """What a translator has before her."""

    def __init__(self, text: str) -> None:
        names, *rows = exchange.as_rows("quy", [*kept(text).values()])
        self.names = names
        self.rows = {row[0]: dict(zip(names, row, strict=True)) for row in rows}

    def __getitem__(self, key: str) -> Row:
        return self.rows[key]

    def back(self, text: str, names: list[str] | None = None, language: str = "quy") -> Plan:
        names = names or self.names
        rows = [names, *([row.get(name, "") for name in names] for row in self.rows.values())]
        return exchange.plan("q.xlsx", [*enumerate(rows, 1)], language, kept(text))


def after(text: str, plan: Plan) -> dict[str, po.Entry]:
    assert (plan.mistakes, plan.conflicts) == ((), ())
    changed = po_edit.edited(text, plan.changes)
    return {each.key: each for each in po.read("x.po", changed.encode()).entries}


def test_a_row_says_all_a_translator_needs() -> None:
    sheet = Sheet(file())
    assert sheet.names == [*COLUMNS]
    assert sheet[SHORT] | {"control": ""} == {
        "clave": SHORT, "castellano": "Llama gratis al 100.", "traducción": "100man waqyay.",
        "estado": "revisado: Tania, 2026-11-01", "notas": "una nota", "límite": "",
        "indicaciones": "Una pista.", "control": "",
    }  # fmt: skip
    states = {key: sheet[key]["estado"] for key in (TITLE, STEPS, f"{LINEA}#menu")}
    assert [*states.values()] == ["borrador", "antiguo", "con error"]
    assert sheet[f"{LINEA}#summary"]["estado"] == "falta"
    assert sheet[f"{LINEA}#menu"]["límite"] == "24"


def test_what_nobody_touched_changes_nothing() -> None:
    plan = Sheet(file()).back(file())
    assert plan == Plan({}, len(SOURCE), (), ())


def test_a_new_translation_is_a_draft() -> None:
    sheet = Sheet(file())
    sheet[f"{LINEA}#summary"]["traducción"] = "Uyarisunki."
    sheet[SHORT]["traducción"] = "Kunan 100man waqyay."
    found = after(file(), sheet.back(file()))
    assert (found[SHORT].text, found[SHORT].reviewed) == ("Kunan 100man waqyay.", "")
    assert found[f"{LINEA}#summary"].text == "Uyarisunki."


def test_one_that_says_who_reviewed_it_is_reviewed() -> None:
    before = file()
    steps = "1. **Maskay**.\n2. Waqyay."
    before = before.replace('"1. Maskay.\\n2. Waqyay."', '"1. **Maskay**.\\n2. Waqyay."')
    sheet = Sheet(before)
    sheet[SHORT].update(traducción="Waqyay 100man.", estado="revisado: Killa, 2026-11-25")
    sheet[STEPS]["estado"] = "revisado: Killa, 2026-11-25"
    sheet[TITLE]["notas"] = "Así dicen\nen Ayacucho."
    found = after(before, sheet.back(before))
    assert found[SHORT].reviewed == found[STEPS].reviewed == "Killa, 2026-11-25"
    assert (found[STEPS].text, found[STEPS].fuzzy) == (steps, False)
    assert found[TITLE].reviewed == ""
    changed = po_edit.edited(before, sheet.back(before).changes)
    [title] = [each for each in po_edit.entries(changed) if each.key == TITLE]
    assert title.comments == ("# draft", "# Así dicen", "# en Ayacucho.")


def test_columns_may_stand_in_any_order_and_others_beside_them() -> None:
    sheet = Sheet(file())
    sheet[TITLE]["traducción"] = "Línea 100 nisqan"
    plan = sheet.back(file(), ["mis dudas", *reversed(COLUMNS)])
    assert after(file(), plan)[TITLE].text == "Línea 100 nisqan"


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([each for each in COLUMNS if each != "control"], '"control" falta'),
        ([each for each in COLUMNS if each != "traducción"], '"traducción" falta'),
        ([*COLUMNS, "estado"], '"estado" está dos veces'),
    ],
)
def test_columns_that_are_missing_or_twice(names: list[str], says: str) -> None:
    plan = Sheet(file()).back(file(), names)
    assert plan.changes == {}
    [mistake] = plan.mistakes
    assert (mistake.line, says in mistake.text) == (1, True)


def test_what_changed_on_both_sides_is_shown_and_not_written_over() -> None:
    sheet = Sheet(file())
    sheet[TITLE]["traducción"] = "Pachak 100 linea"
    sheet[SHORT]["notas"] = "otra"
    meanwhile = file().replace('"Linea pachak 100"', '"100 linea"')
    plan = sheet.back(meanwhile)
    [conflict] = plan.conflicts
    assert "100 linea" in conflict.now
    assert "Pachak 100 linea" in conflict.given
    assert f'"{TITLE}"' in str(conflict)
    assert [key for key, _ in plan.changes] == [SHORT], "the others are not held up"


def test_a_row_nobody_touched_does_not_undo_what_changed_meanwhile() -> None:
    sheet = Sheet(file())
    meanwhile = file().replace('"100man waqyay."', '"Waqyay 100man."')
    assert sheet.back(meanwhile) == Plan({}, len(SOURCE), (), ())


def test_the_same_change_on_both_sides_is_none() -> None:
    sheet = Sheet(file())
    sheet[SHORT]["traducción"] = "Waqyay 100man."
    meanwhile = file().replace('"100man waqyay."', '"Waqyay 100man."')
    assert sheet.back(meanwhile).conflicts == ()


def test_a_changed_spanish_text_is_a_conflict() -> None:
    sheet = Sheet(file())
    sheet[SHORT]["traducción"] = "Waqyay 100man."
    source = {**SOURCE, SHORT: "Llama hoy al 100."}
    meanwhile = file().replace(
        '"Llama gratis al 100."\nmsgstr "100man', '"Llama hoy al 100."\nmsgstr "100man'
    )
    entries = exchange.kept("x", meanwhile.encode(), source)
    rows = [sheet.names, [*sheet[SHORT].values()]]
    [conflict] = exchange.plan("q.xlsx", [*enumerate(rows, 1)], "quy", entries).conflicts
    assert "Llama hoy al 100." in conflict.now


Spoil = Callable[[Row], object]


@pytest.mark.parametrize(
    ("key", "spoil", "says"),
    [
        (SHORT, lambda row: row.update({"traducción": "101man waqyay."}), "101"),
        (SHORT, lambda row: row.update({"traducción": "100man {x}"}), "{x}"),
        (SHORT, lambda row: row.update({"traducción": ""}), "vacía"),
        (SHORT, lambda row: row.update({"estado": "listo"}), '"listo" no es un estado'),
        (SHORT, lambda row: row.update({"estado": "revisado: Tania"}), "no es un estado"),
        (SHORT, lambda row: row.update({"notas": "draft x"}), "se leería como un estado"),
        (SHORT, lambda row: row.update({"castellano": "Llama."}), "no se cambia aquí"),
        (SHORT, lambda row: row.update({"control": ""}), "falta el"),
        (SHORT, lambda row: row.update({"clave": ""}), "no tiene clave"),
        (SHORT, lambda row: row.update({"clave": TITLE}), "dos veces"),
        (SHORT, lambda row: row.update({"clave": "rights/gone.md#short"}), "ya no existe"),
        (f"{LINEA}#summary", lambda row: row.update({"estado": "borrador"}), "no hay traducción"),
        (f"{LINEA}#menu", lambda row: row.update({"traducción": "100" + "y" * 30}), "24"),
    ],
)
def test_a_row_with_a_mistake_is_told_with_its_line(key: str, spoil: Spoil, says: str) -> None:
    sheet = Sheet(file())
    line = [*sheet.rows].index(key) + 2
    spoil(sheet[key])
    plan = sheet.back(file())
    assert [each for each in plan.mistakes if says in each.text], plan
    lines = {each.line for each in plan.mistakes}
    assert line in lines or says == "dos veces"
    assert all(each.path == "q.xlsx" for each in plan.mistakes)


def test_a_sheet_of_another_language_is_refused() -> None:
    plan = Sheet(file()).back(file(), language="quz")
    assert plan.changes == {}
    assert {'la hoja es de "quy", no de "quz".'} == {each.text for each in plan.mistakes}


def test_a_file_behind_its_spanish_is_brought_up_to_date_first() -> None:
    with pytest.raises(Unreadable, match="willaq locales update"):
        exchange.kept("x", file().replace("gratis al", "al").encode(), SOURCE)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n"),
    min_size=1,
)


@pytest.mark.parametrize("ending", sheets.ENDINGS)
@settings(deadline=None, max_examples=12)
@given(texts=st.lists(TEXT, min_size=3, max_size=3), notes=st.lists(TEXT, max_size=2))
def test_out_and_in_again_is_the_identity_whatever_the_texts(
    ending: str, texts: list[str], notes: list[str]
) -> None:
    lines = [line for note in notes for line in note.split("\n")]
    comments = [f"# {line}" for line in lines if not po.is_status(line)]
    before = small.po(
        *(entry(key, text, said, *comments)
          for (key, text), said in zip(SOURCE.items(), texts * len(SOURCE), strict=False))
    )  # fmt: skip
    entries = kept(before)
    rows = exchange.as_rows("quy", [*entries.values()])
    sheet = sheets.read(f"q{ending}", sheets.write(ending, "quy", rows, exchange.WIDTHS))
    assert exchange.plan("q", sheet, "quy", entries) == Plan({}, len(SOURCE), (), ())


@pytest.mark.parametrize(
    ("ending", "name"), [(".csv", "bot"), (".xlsx", "content"), (".ods", "content")]
)
def test_all_real_texts_go_out_and_come_back(ending: str, name: str) -> None:
    data = (LOCALES / f"quy/LC_MESSAGES/{name}.po").read_bytes()
    source = {each.key: each.spanish for each in po.read("x", data).entries}
    entries = exchange.kept("x", data, source)
    rows = exchange.as_rows("quy", [*entries.values()])
    records = sheets.read(f"q{ending}", sheets.write(ending, "quy", rows, exchange.WIDTHS))
    assert exchange.plan("q", records, "quy", entries) == Plan({}, len(source), (), ())
