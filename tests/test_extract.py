"""Extract, update, status, check: nothing a translator wrote is lost, nothing changes by itself."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import content, extract, po, po_update, translations
from bot.dialogue.phrases import PHRASES
from bot.frontmatter import Unreadable, decode
from tests import small
from tests.catalogue import CONTENT, TODAY
from tests.catalogue import content as real_content
from tests.small import LANGUAGES, TOPIC, entry

SHORT = "rights/linea-100.md#short"
STEPS = "rights/linea-100.md#steps"
REVIEWED = "# reviewed: Tania, 2026-11-01"


class House:
    """A content/ and a locales/ with one Quechua folder, on disk."""

    def __init__(self, folder: Path) -> None:
        self.content, self.locales = folder / "content", folder / "locales"
        small.write(self.content, small.content())
        small.write(self.locales, {"languages.toml": LANGUAGES.encode()})
        self.quy = self.locales / "quy/LC_MESSAGES/content.po"
        self.quy.parent.mkdir(parents=True)
        extract.extract(self.content, self.locales)

    def translate(self, *entries: str) -> None:
        self.quy.write_text(small.po(*entries))

    def change(self, old: str, new: str) -> None:
        """The Spanish of the topic; translators' files follow."""
        text = (self.content / "rights/linea-100.md").read_text()
        assert old in text
        (self.content / "rights/linea-100.md").write_text(text.replace(old, new))
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        extract.extract(self.content, self.locales)
        assert extract.update(self.locales) == ()

    def entry(self, key: str) -> str:
        """The lines of an entry, with its comments."""
        blocks = self.quy.read_text().split("\n\n")
        return next(block for block in blocks if f'msgctxt "{key}"' in block)

    def row(self, category: str = "violence") -> extract.Row:
        rows = extract.status(self.content, self.locales)
        return next(each for each in rows if (each.language, each.category) == ("quy", category))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def pot(path: Path) -> list[tuple[str, str]]:
    """Key and Spanish of each entry."""
    entries = po.read(path.name, path.read_bytes()).entries
    return [(each.key, each.spanish) for each in entries]


def test_the_pot_files_hold_every_text_with_its_key_in_order(tmp_path: Path) -> None:
    extract.extract(CONTENT, tmp_path)
    assert pot(tmp_path / "content.pot") == [*real_content().texts.items()]
    assert pot(tmp_path / "bot.pot") == [(each.key, each.text) for each in PHRASES]


def test_each_entry_tells_where_it_appears_and_what_fits(tmp_path: Path) -> None:
    extract.extract(CONTENT, tmp_path)
    for name in ("bot", "content"):
        for block in (tmp_path / f"{name}.pot").read_text().split("\n\n")[1:]:
            if 'msgctxt "' in block:
                assert "\n#: " in f"\n{block}", block
                assert name == "bot" or block.startswith("#. "), block
    text = (tmp_path / "content.pot").read_text()
    button = "#. Botón: hasta 24 letras (Telegram 64, WhatsApp 24, la web 120)."
    assert text.count(f"{button}\n#: content/menu.toml\n") == 12
    steps = next(each for each in text.split("\n\n") if "violencia-como-denunciar.md#steps" in each)
    assert steps.split("\n")[:5] == [
        "#. Está en «Cómo denunciar la violencia».",
        '#. Sección «Qué puedes hacer». Conserva "- ", "1. " y **negritas** donde están.',
        "#. Si pasa de lo que cabe en un mensaje (Telegram 4096, WhatsApp 1024, la web 16000), "
        "llega en dos.",
        "#. No cambies: 105 · 100",
        "#. Se oye en la grabación de este tema: si lo cambias, hay que grabarla otra vez.",
    ]
    hello = (tmp_path / "bot.pot").read_text().partition('msgctxt "welcome.is"')[0]
    assert hello.rpartition("#. ")[2].startswith("No cambies: {contacts}\n")


def test_extracting_again_writes_nothing(house: House) -> None:
    before = (house.locales / "content.pot").stat()
    text = (house.locales / "content.pot").read_text()
    extract.extract(house.content, house.locales)
    after = (house.locales / "content.pot").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert "2026" not in text.partition("\n\n")[0], "a date would change by itself"
    longest = max(PHRASES, key=lambda each: "\n" not in each.text and len(each.text)).text
    assert f'msgid "{longest}"\n' in (house.locales / "bot.pot").read_text(), "no wrapping"


def test_a_spanish_line_more_above_changes_nothing_for_translators(house: House) -> None:
    before = (house.locales / "content.pot").read_bytes()
    house.change("order = 10", "order = 11\n\n\n")
    assert (house.locales / "content.pot").read_bytes() == before


def test_a_language_gets_the_files_it_lacks(house: House) -> None:
    assert extract.update(house.locales) == ()
    assert pot(house.quy) == pot(house.locales / "content.pot")
    assert (house.quy.parent / "bot.po").exists()
    assert not (house.locales / "quz").exists(), "a language starts when somebody makes its folder"
    assert not (house.locales / "es").exists()
    header = house.quy.read_text().partition("\n\n")[0]
    assert '"Language: quy\\n"' in header
    assert '"Plural-Forms: nplurals=1;' in header


def test_updating_again_writes_nothing(house: House) -> None:
    house.translate(entry(SHORT, "Llama al 105.", "105man waqyay.", REVIEWED))
    house.bring_up_to_date()
    first = house.quy.read_bytes()
    house.bring_up_to_date()
    assert house.quy.read_bytes() == first


def test_translations_and_comments_are_kept(house: House) -> None:
    note = f"# {'a long note ' * 10}".rstrip()
    house.translate(
        entry(SHORT, "Llama gratis al 100.", "100man waqyay.", REVIEWED, note),
        entry(
            STEPS, "1. Busca un sitio **seguro**.\n2. Llama.", "1. Maskay.\n2. Waqyay.", "# draft"
        ),
    )
    house.bring_up_to_date()
    block = house.entry(SHORT)
    assert block.startswith(f"{REVIEWED}\n{note}\n#. ")
    assert block.endswith('msgstr "100man waqyay."')
    assert "fuzzy" not in block
    assert house.entry(STEPS).startswith("# draft\n")
    assert '"2. Waqyay."' in house.entry(STEPS)
    assert len(pot(house.quy)) == len(pot(house.locales / "content.pot"))


def test_headers_are_kept_also_those_babel_forgets(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay."))
    house.quy.write_text("# Runasimi, Tania\n#\n" + house.quy.read_text())
    house.bring_up_to_date()
    lines = house.quy.read_text().split("\n")
    assert lines[:7] == [
        "# Runasimi, Tania",
        "#",
        'msgid ""',
        'msgstr ""',
        '"Language: quy\\n"',
        '"Plural-Forms: nplurals=1; plural=0;\\n"',
        '"X-Editor: Tania\\n"',
    ]


def test_a_wrong_number_of_plurals_is_put_right(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay."))
    text = house.quy.read_text().replace("nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);")
    house.quy.write_text(text)
    house.bring_up_to_date()
    header = house.quy.read_text().partition("\n\n")[0]
    assert '\n"Plural-Forms: nplurals=1;' in header
    assert "nplurals=2" not in header


def test_a_changed_source_keeps_its_translation_as_fuzzy(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay.", REVIEWED))
    house.change("Llama gratis al 100.", "Llama al 100, es gratis.")
    assert house.entry(SHORT).split("\n") == [
        REVIEWED,
        "#. Está en «La Línea 100».",
        "#. Lo primero que lee de este tema: unas 400 letras, una pantalla pequeña.",
        "#. Si pasa de lo que cabe en un mensaje (Telegram 4096, WhatsApp 1024, la web 16000), "
        "llega en dos.",
        "#. No cambies: 100",
        "#. Se oye en la grabación de este tema: si lo cambias, hay que grabarla otra vez.",
        "#: content/rights/linea-100.md",
        "#, fuzzy",
        '#| msgid "Llama gratis al 100."',
        f'msgctxt "{SHORT}"',
        'msgid "Llama al 100, es gratis."',
        'msgstr "100man waqyay."',
    ]
    house.change("Llama al 100, es gratis.", "Llama hoy al 100.")
    block = house.entry(SHORT)
    assert '#| msgid "Llama gratis al 100."\n' in block, "what the translation is of"
    assert 'msgid "Llama hoy al 100."\n' in block
    house.bring_up_to_date()
    assert house.entry(SHORT) == block


def test_a_similar_text_elsewhere_does_not_lend_its_translation(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay.", REVIEWED))
    house.bring_up_to_date()
    assert house.entry("rights/descanso.md#short").endswith('msgstr ""')


def test_several_lines_of_old_text_are_kept_too(house: House) -> None:
    old = "1. Busca un sitio **seguro**.\n2. Llama."
    house.translate(entry(STEPS, old, "1. Maskay.\n2. Waqyay."))
    house.change("2. Llama.", "2. Llama ya.")
    block = house.entry(STEPS)
    house.change("2. Llama ya.", "2. Llama hoy.")
    assert house.entry(STEPS) == block.replace("Llama ya", "Llama hoy")
    assert '#| msgid "" "1. Busca un sitio **seguro**.\\n" "2. Llama."\n' in block


def test_what_is_gone_comes_back_with_its_text(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay.", REVIEWED))
    path = house.content / "rights/linea-100.md"
    path.unlink()
    house.bring_up_to_date()
    assert '#~ msgstr "100man waqyay."' in house.quy.read_text()
    assert SHORT not in dict(pot(house.quy))
    path.write_text(TOPIC)
    house.bring_up_to_date()
    block = house.entry(SHORT)
    assert block.startswith(REVIEWED)
    assert block.endswith('msgstr "100man waqyay."')
    assert "#~" not in house.quy.read_text()


def test_a_content_file_that_is_broken_for_now_costs_translators_nothing(house: House) -> None:
    before = (house.locales / "content.pot").read_bytes()
    (house.content / "rights/linea-100.md").write_text("+++\ntitle = \n")
    house.bring_up_to_date()
    assert (house.locales / "content.pot").read_bytes() == before
    mistakes = extract.check(house.content, house.locales, small.TODAY)
    assert [each.path for each in mistakes] == ["content/rights/linea-100.md"]


def test_a_broken_file_is_left_alone_and_told(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay."))
    broken = house.quy.read_text()[:-2]
    house.quy.write_text(broken)
    [mistake] = extract.update(house.locales)
    assert mistake.path == "locales/quy/LC_MESSAGES/content.po"
    assert house.quy.read_text() == broken
    assert (house.quy.parent / "bot.po").exists(), "the others are brought up to date"
    total = house.row().total
    assert house.row() == extract.Row("quy", "violence", total, broken=total)


def test_no_half_file_is_left(house: House) -> None:
    house.bring_up_to_date()
    names = {path.name for path in house.locales.rglob("*") if path.is_file()}
    files = {f"{name}.{end}" for name in ("bot", "content", "console") for end in ("pot", "po")}
    assert names == {"languages.toml", *files}


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's own tools are not installed")
def test_gettext_takes_what_is_written(house: House) -> None:
    house.translate(
        entry(SHORT, "Llama al 105.", "105man waqyay.", REVIEWED),
        entry(STEPS, "1. Otra.\n2. Cosa.", "1. Huk.\n2. Iskay."),
        entry("rights/gone.md#short", "Nada.", "Imapas."),
    )
    house.bring_up_to_date()
    for path in (house.quy, house.quy.parent / "bot.po", house.locales / "content.pot"):
        command = ["msgfmt", "--check-format", "--check-domain", "-o", "/dev/null", str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_everything_right_is_no_mistake(house: House) -> None:
    assert extract.check(house.content, house.locales, small.TODAY) == []


def test_old_pot_files_are_a_mistake_with_what_to_do(house: House) -> None:
    path = house.content / "rights/linea-100.md"
    path.write_text(path.read_text().replace("Llama gratis", "Llama sin pagar"))
    [mistake] = extract.check(house.content, house.locales, small.TODAY)
    assert mistake.path == "locales/content.pot"
    line = (house.locales / "content.pot").read_text().split("\n")[mistake.line - 1]
    assert line == 'msgid "Llama gratis al 100."'
    assert mistake.text.endswith("Run: willaq locales extract")
    (house.locales / "bot.pot").unlink()
    assert len(extract.check(house.content, house.locales, small.TODAY)) == 2


def test_check_tells_mistakes_of_content_translations_and_languages(house: House) -> None:
    house.change("Llama gratis al 100.", "Llama gratis al [100](x).")
    house.translate(entry("rights/linea-100.md#title", "La Línea 100", "Línea"))
    (house.locales / "languages.toml").write_text(LANGUAGES.replace('cldr = "qu"', 'cldr = "qq"'))
    paths = [each.path for each in extract.check(house.content, house.locales, small.TODAY)]
    assert paths == [
        "content/rights/linea-100.md",
        "locales/languages.toml",
        "locales/languages.toml",
        "locales/quy/LC_MESSAGES/content.po",
    ]


def test_what_is_in_the_repository_has_no_mistake() -> None:
    locales = CONTENT.parent / "locales"
    assert [str(each) for each in extract.check(CONTENT, locales, TODAY)] == []


@settings(deadline=None)
@given(st.text(min_size=1), st.lists(st.text(alphabet='abc ,:#|"\\ñ', max_size=20), max_size=3))
def test_any_text_and_comment_survives_being_written_again(text: str, notes: list[str]) -> None:
    key, spanish = "rights/x.md#short", "Hola."
    old = small.po(entry(key, spanish, text, REVIEWED, *(f"# {note}" for note in notes)))
    try:
        catalog = po.parse("x.po", decode("x.po", old.encode("utf-8", "replace")))
    except Unreadable:
        return
    written = po_update.written([each for each in catalog if each.id], [])
    [before] = po.read("x.po", old.encode("utf-8", "replace")).entries
    [after] = po.read("x.po", written.encode()).entries
    assert (after.key, after.spanish, after.text) == (key, spanish, before.text)
    assert after.reviewed == before.reviewed == "Tania, 2026-11-01"


def test_the_content_and_the_translations_meet_in_the_same_keys(house: House) -> None:
    house.translate(entry(SHORT, "Llama gratis al 100.", "100man waqyay."))
    texts = content.load(house.content, small.TODAY).texts
    made, mistakes = translations.load(house.locales, texts, drafts="show")
    assert mistakes == ()
    assert [each.tag for each in made.languages] == ["es", "quy"]
