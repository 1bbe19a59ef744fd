"""Content: each mistake with its file and line, what it costs, and that the rest is served."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import content, markup
from bot.content import Content, Mistake
from bot.dialogue.catalogue import DangerPhrase
from tests import small
from tests.catalogue import CONTENT
from tests.catalogue import content as real_content
from tests.small import CONTACT, DANGER, HARMLESS, OTHER, TODAY, TOPIC


def build(today: date = TODAY, **changed: str | None) -> Content:
    return content.build(small.content(**changed), today)


def the_mistake(today: date = TODAY, **changed: str | None) -> Mistake:
    [mistake] = build(today, **changed).mistakes
    return mistake


def line_of(text: str, part: str) -> int:
    """Of the first line with this part, from 1."""
    return next(at for at, line in enumerate(text.split("\n"), 1) if part in line)


def test_the_real_content_has_no_mistake() -> None:
    assert [str(mistake) for mistake in real_content().mistakes] == []


def test_the_real_content_is_all_there() -> None:
    catalogue = real_content().catalogue
    files = [path.relative_to(CONTENT) for path in CONTENT.glob("*/*.md")]
    folders = [path.parts[0] for path in files]
    assert len(catalogue.topics) == folders.count("rights") + folders.count("schools")
    assert len(catalogue.contacts) == folders.count("services") + folders.count("partners")
    assert len(catalogue.harmless) == folders.count("harmless")
    assert sorted(slug for door in catalogue.categories for slug in door.topics) == sorted(
        catalogue.topics
    )
    assert {phrase.kind for phrase in catalogue.danger} == {
        "violence", "threat", "locked", "sexual", "child", "self-harm",
    }  # fmt: skip


def test_each_text_is_where_it_is_said_to_be() -> None:
    real = real_content()
    assert real.where.keys() == real.texts.keys()
    for key, (path, line) in real.where.items():
        assert Path(path).is_relative_to("content")
        text = (CONTENT.parent / path).read_text("utf-8").split("\n")
        first = real.texts[key].split("\n")[0]
        assert any(first in each for each in text[line - 1 : line + 3]), (key, path, line)


def test_what_is_read_is_what_the_file_says() -> None:
    found = build().catalogue
    topic = found.topics["linea-100"]
    assert (topic.title, topic.category, topic.order) == ("La Línea 100", "violence", 10)
    assert topic.path == "rights/linea-100.md"
    assert topic.sections == {
        "short": "Llama gratis al 100.",
        "steps": "1. Busca un sitio **seguro**.\n2. Llama.",
    }
    assert topic.phrases == ("que es la linea cien", "kiero llamar")
    assert (topic.sources[0].norm, topic.sources[0].confidence) == ("Ley 30364", "C")
    assert found.contacts["linea"].phones == ("100",)
    assert found.contacts["linea"].purpose == "Te escucha y te orienta."
    assert found.harmless[0].text == "Hierve maíz morado."
    assert [(door.id, door.topics) for door in found.categories] == [
        ("violence", ("linea-100",)),
        ("work", ("descanso",)),
    ]


def test_danger_phrases_are_split_into_words_and_exceptions_are_harmless() -> None:
    assert build().catalogue.danger == (
        DangerPhrase(("me", "peg*"), "high", "violence"),
        DangerPhrase(("una", "paliza"), "high", "violence"),
        DangerPhrase(("se", "me", "peg*"), "high", "violence", harmless=True),
    )


def test_texts_are_keyed_by_file_and_part_in_the_order_of_the_files() -> None:
    texts = build().texts
    assert [*texts][:5] == [
        "menu.toml#violence.menu",
        "menu.toml#violence.title",
        "menu.toml#work.menu",
        "menu.toml#work.title",
        "danger/violence-high.md#phrases",
    ]
    assert [key.partition("#")[2] for key in texts if key.startswith("rights/linea-100.md#")] == [
        "title", "menu", "summary", "short", "steps", "phrases",
    ]  # fmt: skip
    assert texts["danger/violence-high.md#phrases"] == "me peg*\nuna paliza"
    assert "services/linea.md#languages" not in texts, "an empty text is nothing to translate"


WRONG = [  # file, what is there, what is put instead, what the mistake says, "" or its own line
    ("linea_100", 'title = "La Línea 100"', 'titel = "x"', 'Did you mean "title"?', ""),
    ("linea_100", "order = 10", 'order = "10"', '"order" must be a whole number', ""),
    ("linea_100", "order = 10", "order = true", '"order" must be a whole number', ""),
    ("linea_100", "order = 10", "order = 10\ncolour = 1", 'no field "colour". There', "colour"),
    ("linea_100", "reviewed_on = 2026-11-01", 'reviewed_on = "x"', "must be a day", ""),
    ("linea_100", "2026-11-01", "2026-11-01T10:00:00", "must be a day", ""),
    ("linea_100", '["descanso"]', '"descanso"', '"related" must be a list', ""),
    ("linea_100", '["descanso"]', '["Descanso "]', "number 1, must be one line", ""),
    ("linea_100", '["descanso"]', '["Descanso"]', 'must look like "linea-100"', ""),
    ("linea_100", '"kiero llamar"', '""', '"phrases", number 2, is empty', ""),
    ("linea_100", '"kiero llamar"', "3", "must be text between quotes", " 3,"),
    ("linea_100", 'menu = "Línea 100"', f'menu = "{"x" * 25}"', "25 letters, 24 are shown", ""),
    ("linea_100", "Te escuchan gratis.", "x" * 73, "73 letters, 72 are shown", ""),
    ("linea_100", "Te escuchan gratis.", "Mira www.gob.pe", "is an address", ""),
    ("linea_100", "Te escuchan gratis.", "**Gratis**", "plain text", ""),
    ("linea_100", 'norm = "Ley 30364"\n', "", '"norm" is missing. Add it.', "[[sources]]"),
    ("linea_100", "seen = 2026-04-04\n", "", '"seen" is missing. Add it.', "[[sources]]"),
    ("linea_100", 'confidence = "C"', 'confidence = "U"', 'It can be "C" or "L".', ""),
    ("linea_100", "https://example.org/ley", "example.org", 'must look like "https://…"', ""),
    ("linea_100", "## En corto", "## En Corto", 'Did you mean "En corto"?', ""),
    ("linea_100", "## En corto", "## Zzz", 'no section "Zzz". There are: En corto', ""),
    ("linea_100", "Llama gratis al 100.", "x" * 351, "has 351 letters, 350 fit", "## En corto"),
    ("linea_100", "Llama gratis al 100.", "", '"En corto" is empty', "## En corto"),
    ("linea_100", "\n\n## En corto", "\nHola\n\n## En corto", "above the first heading", "Hola"),
    ("linea_100", "2. Llama.", "2. Llama al 953 532 064.", "looks like a telephone number", ""),
    ("linea_100", "2. Llama.", "2. Mira https://x.pe", "is an address", ""),
    ("linea_100", "2. Llama.", "2. Llama.\n### Más", 'no section "# Más"', "### Más"),
    ("linea_100", "2. Llama.", "2. [Llama](x)", "a link in a text. Only paragraphs", ""),
    ("linea_100", "**seguro**", "**seguro", "** without its partner", ""),
    ("linea", 'phones = ["100"]', 'phones = ["cien"]', "must look like", ""),
    ("linea", 'name = "Línea 100"', 'name = ""', '"name" is empty', ""),
    ("linea", 'hours = "Las 24 horas"', 'hours = "953 532 064"', "telephone number", ""),
    ("linea", "Te escucha y te orienta.\n", "", "no text below the fields", "+++!"),
    ("violence_high", 'tier = "high"', 'tier = "low"', 'It can be "high" or "maybe".', ""),
    ("violence_high", 'kind = "violence"', 'kind = "war"', "\"kind\" is 'war'", ""),
    ("violence_high", "una paliza", "una pa*liza", "stands only at the end of a word", ""),
    ("violence_high", "una paliza", "una *", "stands only at the end of a word", ""),
    ("violence_high", "una paliza", "una m*", "after two letters", ""),
    ("violence_high", "una paliza", "ex-marido", "Write it as separate words", ""),
    ("mazamorra", "morado.", "`morado`.", "code in a text", ""),
    ("menu", 'menu = "Trabajo"', f'menu = "{"x" * 25}"', "25 letters", ""),
    ("menu", 'id = "work"', 'id = "violence"', '"violence" exists already', "two"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "says", "at"), WRONG)
def test_a_mistake_is_told_with_its_line_and_what_to_do(
    file: str, right: str, wrong: str, says: str, at: str
) -> None:
    path = next(path for path in small.FILES if Path(path).stem.replace("-", "_") == file)
    assert right in small.FILES[path]
    text = small.FILES[path].replace(right, wrong, 1)
    mistakes = build(TODAY, **{file: text}).mistakes
    mine = [each for each in mistakes if each.path == f"content/{path}" and says in each.text]
    assert len(mine) == 1, [str(each) for each in mistakes]
    if at == "+++!":
        line = text.rstrip().count("\n") + 1
    elif at == "two":
        line = text.split("\n").index('id = "violence"', 2) + 1
    else:
        line = line_of(text, at or wrong.split("\n")[-1])
    assert mine[0].line == line
    assert str(mine[0]).startswith(f"content/{path}:{line}: ")


def test_a_faulty_file_is_withheld_and_everything_else_is_served() -> None:
    found = build(linea_100=TOPIC.replace('confidence = "C"', 'confidence = "U"'))
    assert [*found.catalogue.topics] == ["descanso"]
    assert [door.id for door in found.catalogue.categories] == ["work"]
    assert found.faulty == {"rights/linea-100.md"}
    assert found.texts == build().texts, "what translators work on outlives a mistake"
    assert [mistake.path for mistake in found.mistakes] == ["content/rights/linea-100.md"], (
        "a link to what is withheld is not wrong"
    )


def test_all_mistakes_are_told_at_once() -> None:
    text = TOPIC.replace('norm = "Ley 30364"\n', "").replace("order = 10", 'order = "x"')
    text = text.replace("## Qué puedes hacer", "## Qué hacer")
    found = build(linea_100=text, linea=CONTACT.replace("phones", "fones"), menu="[[category]]\n")
    lines = [(Path(each.path).name, each.line) for each in found.mistakes]
    assert lines == sorted(lines, key=lambda each: (each[0] != "menu.toml", each))
    assert {name for name, _ in lines} == {"menu.toml", "linea-100.md", "linea.md"}
    assert len(lines) >= 8


def test_broken_toml_is_told_with_its_line() -> None:
    mistake = the_mistake(linea_100=TOPIC.replace('menu = "Línea 100"', "menu = Línea"))
    assert mistake.line == line_of(TOPIC, "menu =")
    assert "the fields cannot be read from here on: " in mistake.text
    for message in ("line", "column", "(at"):
        assert message not in mistake.text.partition("on: ")[2]


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "is empty"),
        (b" \n\n", 1, "is empty"),
        (b"+++\ntitle = 1\n\xff\xfe\n", 3, "is not UTF-8"),
        (b"title = 1\n", 1, "the first line must be +++"),
        (b"+++\ntitle = 1\n", 1, "the fields do not end"),
        (None, 1, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_costs_only_itself(
    data: bytes | None, line: int, says: str
) -> None:
    files = {**small.content(), "rights/linea-100.md": data}
    found = content.build(files, TODAY)
    [mistake] = found.mistakes
    assert (mistake.path, mistake.line) == ("content/rights/linea-100.md", line)
    assert says in mistake.text
    assert [*found.catalogue.topics] == ["descanso"]
    assert found.faulty == {"rights/linea-100.md"}


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " \n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.rstrip(),
    ],
)
def test_any_editor_may_save_a_file(saved: Callable[[str], str]) -> None:
    changed = {name: saved(text) for name, text in _by_stem().items()}
    found, expected = build(TODAY, **changed), build()
    assert found.mistakes == ()
    assert found.texts == expected.texts
    assert found.catalogue.topics == expected.catalogue.topics


def _by_stem() -> dict[str, str]:
    return {Path(path).stem.replace("-", "_"): text for path, text in small.FILES.items()}


def test_a_topic_without_a_source_is_withheld() -> None:
    text = re.sub(r"\[\[sources\]\].*?\+\+\+", "sources = []\n+++", TOPIC, flags=re.DOTALL)
    mistake = the_mistake(linea_100=text)
    assert "there is no source" in mistake.text
    assert mistake.line == line_of(text, "sources")
    assert "there is no source" in the_mistake(linea_100=text.replace("sources = []", "")).text


@pytest.mark.parametrize("heading", ["En corto", "Qué puedes hacer"])
def test_the_obligatory_sections_have_to_be_there(heading: str) -> None:
    text = re.sub(rf"## {heading}\n[^#]*", "", TOPIC)
    mistake = the_mistake(linea_100=text)
    assert mistake.text == f'there is no "## {heading}". Write this section.'


def test_a_section_stands_only_once() -> None:
    mistake = the_mistake(linea_100=TOPIC + "\n## En corto\nOtra vez.\n")
    assert '"En corto" stands here twice' in mistake.text
    assert mistake.line == TOPIC.count("\n") + 2


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('["linea"]', '["lineas"]', 'there is no contact "lineas". Did you mean "linea"?'),
        ('["linea"]', '["zzz"]', 'there is no contact "zzz". It is left out.'),
        ('["descanso"]', '["descansos"]', 'no topic "descansos". Did you mean "descanso"?'),
        ('"violence"', '"violenc"', 'no category "violenc". Did you mean "violence"?'),
        ("reviewed_on = 2026-11-01", "reviewed_on = 2026-11-25", '"reviewed_on" is in the future'),
        ("seen = 2026-04-04", "seen = 2062-04-04", '"seen" is in the future: 2062-04-04'),
    ],
)
def test_what_only_points_nowhere_is_told_and_the_page_stays(
    right: str, wrong: str, says: str
) -> None:
    text = TOPIC.replace(right, wrong)
    found = build(linea_100=text)
    [mistake] = found.mistakes
    assert says in mistake.text
    assert mistake.line == line_of(text, wrong)
    assert "linea-100" in found.catalogue.topics


def test_a_menu_that_cannot_be_read_is_the_only_mistake() -> None:
    assert "cannot be read" in the_mistake(menu="[[category\n").text
    assert the_mistake(menu=None).text.startswith("is missing")
    assert build(menu=None).catalogue.topics, "topics are still found by her words"


def test_two_topics_may_not_share_a_phrase_nor_a_name() -> None:
    mistake = the_mistake(descanso=OTHER.replace("voy a dar a luz", "¡Kiero  LLAMAR!"))
    # In the order of the paths: "descanso" comes first, so it is the other that has it twice.
    assert mistake.path == "content/rights/linea-100.md"
    assert mistake.line == line_of(TOPIC, "kiero llamar")
    assert "is a phrase of rights/descanso.md" in mistake.text

    files = {**small.content(), "schools/descanso.md": OTHER.encode()}
    found = content.build(files, TODAY)
    [mistake] = found.mistakes
    assert mistake.path == "content/schools/descanso.md"
    assert "exists already: rights/descanso.md" in mistake.text
    assert found.catalogue.topics["descanso"].path == "rights/descanso.md"


def test_a_topic_and_a_contact_may_have_the_same_name() -> None:
    files = {**small.content(), "partners/linea-100.md": CONTACT.encode()}
    assert content.build(files, TODAY).mistakes == ()


def at_work(count: int) -> dict[str, bytes]:
    return {
        f"rights/t{number:02}.md": OTHER.replace("cuantos dias me tocan", f"pregunta {number}")
        .replace("voy a dar a luz", f"duda {number}")
        .encode()
        for number in range(count)
    }


def test_a_door_may_have_as_many_topics_as_four_taps_lead_to() -> None:
    fine = {**small.content(descanso=None), **at_work(16)}
    fine["rights/linea-100.md"] = TOPIC.replace('["descanso"]', "[]").encode()
    assert content.build(fine, TODAY).mistakes == ()
    found = content.build({**fine, **at_work(18)}, TODAY)
    [mistake] = found.mistakes
    assert mistake.text.startswith('"work": 4 taps do not lead to t15, t16, t17. Move a topic')
    assert mistake.line == line_of(small.MENU, '"work"') - 1
    assert len(found.catalogue.categories[1].topics) == 18, "none is lost to her"


def test_more_related_topics_than_are_shown_are_told() -> None:
    slugs = ", ".join(f'"t{number:02}"' for number in range(6))
    text = TOPIC.replace('["descanso"]', f"[{slugs}]")
    found = content.build({**small.content(linea_100=text), **at_work(6)}, TODAY)
    [mistake] = found.mistakes
    assert (mistake.path, mistake.line) == ("content/rights/linea-100.md", line_of(text, "related"))
    assert mistake.text.startswith('"related" has 6 topics, 5 are shown')
    assert "linea-100" in found.catalogue.topics


def test_topics_stand_behind_their_door_in_their_order() -> None:
    other = OTHER.replace('"work"', '"violence"').replace("order = 10", "order = 5")
    assert build(descanso=other).catalogue.categories[0].topics == ("descanso", "linea-100")


def test_an_expired_topic_is_withheld_the_day_after() -> None:
    last = date(2027, 5, 24)
    contact = CONTACT.replace("2026-02-07", "2027-02-07").replace("2027-05-01", "2028-05-01")
    assert build(last, linea=contact).mistakes == ()
    found = build(last + timedelta(days=1), linea=contact)
    assert found.catalogue.topics == {}
    assert [each.line for each in found.mistakes] == [line_of(TOPIC, "expires_on")] * 2
    assert found.faulty == frozenset()
    assert found.texts == build().texts


def test_an_expired_number_is_withheld_with_its_contact() -> None:
    day = date(2027, 5, 2)
    found = build(day)
    assert found.catalogue.contacts == {}
    [mistake] = found.mistakes
    assert mistake.line == line_of(CONTACT, "expires_on")
    assert "linea-100" in found.catalogue.topics
    assert build(day - timedelta(days=1)).catalogue.contacts


def test_a_number_is_given_for_fifteen_months_after_it_was_checked() -> None:
    contact = CONTACT.replace("2026-02-07", "2025-08-24")
    assert build(linea=contact).mistakes == ()
    found = build(TODAY + timedelta(days=1), linea=contact)
    assert found.catalogue.contacts == {}
    [mistake] = found.mistakes
    assert "more than 15 months ago" in mistake.text
    assert mistake.line == line_of(contact, "checked_on")


def test_a_contact_without_numbers_may_be_older() -> None:
    contact = CONTACT.replace("2026-02-07", "2022-01-01").replace('["100"]', "[]")
    assert build(linea=contact).mistakes == ()
    over = build(linea=contact.replace("2027-05-01", "2026-01-01"))
    assert len(over.mistakes) == 1
    assert "linea" in over.catalogue.contacts, "the dialogue hides what may be wrong of it"


def test_a_danger_file_is_called_after_its_kind_and_tier() -> None:
    files = {**small.content(violence_high=None), "danger/golpes.md": DANGER.encode()}
    [mistake] = content.build(files, TODAY).mistakes
    assert mistake.text.startswith("this file must be called violence-high.md")


def test_a_file_nobody_reads_is_told() -> None:
    strange = ("rights/x.txt", "right/x.md", "rights/deep/x.md", "x.md", "linea.toml")
    for path in strange:
        [mistake] = content.build({**small.content(), path: b"x"}, TODAY).mistakes
        assert mistake.path == f"content/{path}"
    assert content.build({**small.content(), "rights/README.md": b"x"}, TODAY).mistakes == ()


@pytest.mark.parametrize("name", ["Linea", "línea", "a b", "x" * 49, "a_b"])
def test_a_name_a_button_cannot_carry_is_told(name: str) -> None:
    files = {**small.content(mazamorra=None), f"harmless/{name}.md": HARMLESS.encode()}
    [mistake] = content.build(files, TODAY).mistakes
    assert "name the file with few small letters" in mistake.text


def test_files_of_editors_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    small.write(folder, small.content())
    for path in ("rights/.x.md.swp", "rights/x.md~", ".git/x.md", "rights/.hidden/x.md"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("x")
    loaded = content.load(folder, TODAY)
    assert loaded == replace(build(), catalogue=loaded.catalogue)


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    [mistake] = content.load(tmp_path / "content", TODAY).mistakes
    assert str(mistake).startswith("content/menu.toml:1: is missing.")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    small.write(folder, small.content())
    (folder / "rights/linea-100.md").unlink()
    (folder / "rights/linea-100.md").symlink_to("/proc/self/mem")  # opens, and fails when read
    [mistake] = content.load(folder, TODAY).mistakes
    assert mistake.text == "cannot be read. Check who may read the file."


@pytest.mark.parametrize(
    "text",
    [
        "Llama al 100, al 105 o al 106.",
        "Ley 30364, DS 004-2020-MIMP, arts. 2, 3, 4 y 8",
        "El 24/11/2026, o 2026-11-24, de 2019-2024 y de 2019 a 2024.",
        "S/ 1 025 000, S/ 1,025.50 y 1,130 soles.",
        "En 24, 48 o 72 horas (24 horas).",
        "Párrafo con **negrita** y **DEMUS,** más.\n\n- uno\n- **dos**\n\n1. uno\n2. dos",
        "a\n- b\n- c",
        "**salir**ta qillqay, **«salir»**ta.",
        "**1.** no es una lista",
        "3 * 4 y 5*6",
        "snake_case, S/. 20, 50 %, ¿sí? ¡no!",
        "Hola.Me duele. art. 10.b y e.g. así",
    ],
)
def test_an_honest_text_is_no_mistake(text: str) -> None:
    assert markup.faults(text) == ()


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("# Título", 0, "a heading"),
        ("a\n---", 0, "a heading"),
        ("a\n\n***\n", 2, "a line across"),
        ("uno\n\n    dos", 2, "starts with blanks"),
        ("```\nx\n```", 0, "code"),
        ("uno `dos`", 0, "code"),
        ("uno\ndos <b>tres</b>", 1, "HTML"),
        ("<div>x</div>", 0, "HTML"),
        ("[a](b)", 0, "a link"),
        ("![a](b)", 0, "an image"),
        ("> uno", 0, "a quotation"),
        ("*uno*", 0, "a single * or _"),
        ("_uno_", 0, "a single * or _"),
        ("__uno__", 0, "bold with __"),
        ("uno  \ndos", 0, "at the end of a line"),
        ("uno\\\ndos", 0, "at the end of a line"),
        ("a \\* b", 0, "written with"),
        ("a &amp; b", 0, "written with"),
        ("* uno", 0, 'Start its lines with "- "'),
        ("1) uno", 0, 'Start its lines with "1. "'),
        ("- uno\n  - dos", 1, "a list inside a list"),
        ("uno\n**dos\ntres**", 1, "without its partner"),
        ("** uno**", 0, "without its partner"),
        ("uno\nwa.me/51900000000", 1, "is an address"),
        ("info@example.pe", 0, "is an address"),
        ("953532064", 0, "telephone number"),
        ("+51 953 532 064", 0, "telephone number"),
        ("(01) 428-0635", 0, "telephone number"),
        ("0800 1 2345", 0, "telephone number"),
    ],
)
def test_what_a_channel_would_show_as_signs_or_she_would_dial_is_told(
    text: str, at: int, says: str
) -> None:
    assert any(line == at and says in fault for line, fault in markup.faults(text))


@settings(deadline=None)
@given(st.text())
@example("\r\\0")
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(0 <= line <= text.count("\n") for line, _ in markup.faults(text))


@settings(deadline=None)
@given(st.sampled_from([*small.FILES]), st.binary(max_size=200))
def test_no_bytes_whatever_make_it_fail(path: str, data: bytes) -> None:
    found = content.build({**small.content(), path: data}, TODAY)
    assert found.faulty == {path}
    assert any(mistake.path == f"content/{path}" for mistake in found.mistakes)


@settings(deadline=None)
@given(st.sampled_from([*small.FILES]), st.data())
def test_a_file_cut_anywhere_never_shows_half_a_field(path: str, data: st.DataObject) -> None:
    whole = small.FILES[path].encode()
    end = data.draw(st.integers(0, len(whole)))
    found = content.build({**small.content(), path: whole[:end]}, TODAY)
    for topic in found.catalogue.topics.values():
        assert topic.title in ("La Línea 100", "Descanso por parto")
        assert len(topic.phrases) == 2


@settings(deadline=None)
@given(
    st.sampled_from([*small.FILES]),
    st.dictionaries(
        st.sampled_from(["title", "phrases", "sources", "category", "order", "x", "checked_on"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
    ),
)
def test_fields_of_any_type_make_no_failure(path: str, fields: dict[str, object]) -> None:
    toml = "".join(f"{name} = {_toml(value)}\n" for name, value in fields.items())
    text = toml if path == "menu.toml" else f"+++\n{toml}+++\nx\n"
    found = content.build({**small.content(), path: text.encode()}, TODAY)
    assert path in found.faulty or "harmless" in path


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(each) for each in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | None):
        return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value or "") + '"'
    return str(value)
