"""Tania's whole path on a copy of the real texts, and what happens when a step goes wrong.

The Spanish changes, her file follows, she translates, checks, and says who reviewed it; Killa reads
it. Whatever she saves, Killa reads something that was right.
"""

import shutil
from datetime import date
from json import loads
from pathlib import Path
from threading import Thread

import pytest

from bot import content, locales_desk, po_update, translations
from bot.cli import command_line
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event, Line, State
from bot.frontmatter import Unreadable
from bot.library import Library
from bot.putting import held
from bot.settings import read
from tests import small
from tests.catalogue import CONTENT, LOCALES, TODAY
from tests.small import LANGUAGES, entry

TOPIC = "violencia-como-denunciar"
KEY = f"rights/{TOPIC}.md#short"


class Desk:
    """A home with content/ and locales/, the commands given there, and Willaq serving it."""

    def __init__(self, home: Path, today: date = TODAY) -> None:
        self.home, self.today = home, today
        self.quy = home / "locales/quy/LC_MESSAGES/content.po"

    def open(self) -> Library:
        return Library(self.home / "content", self.home / "locales", "show", lambda: self.today)

    def willaq(self, *words: str) -> int:
        """The exit code of `willaq locales WORDS`."""
        asked = command_line().parse_args(["locales", *words])
        return locales_desk.run(asked, read({}, self.home), self.today)

    def files(self) -> dict[str, bytes]:
        paths = sorted(self.home.rglob("*"))
        return {
            str(each.relative_to(self.home)): each.read_bytes() for each in paths if each.is_file()
        }

    def block(self, key: str) -> str:
        blocks = self.quy.read_text().split("\n\n")
        return next(each for each in blocks if f'msgctxt "{key}"' in each)

    def save(self, old: str, new: str, path: Path | None = None) -> None:
        """With any text editor."""
        path = path or self.quy
        text = path.read_text()
        assert text.count(old) == 1, text.count(old)
        path.write_text(text.replace(old, new))


def reads(library: Library, topic: str = TOPIC) -> str:
    """What Killa reads when she opens the topic."""
    library.refresh()
    catalogue, speech = library.current
    asked = Event("choice", choice=f"t:{topic}", channel="whatsapp", today=TODAY)
    replies = respond(State(language="quy", greeted=True), asked, catalogue).replies
    return "\n".join(speech.tell(reply, "quy").text for reply in replies)


@pytest.mark.timeout(240)  # the whole path on all the real texts: 30 s of processor time
def test_from_a_changed_spanish_text_to_what_she_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Places and what danger is learned from are no texts, and take long to read.
    skipped = shutil.ignore_patterns("places", "said", "weights.json")
    shutil.copytree(CONTENT, tmp_path / "content", ignore=skipped)
    shutil.copytree(LOCALES, tmp_path / "locales")
    desk = Desk(tmp_path)
    assert desk.willaq("update") == 0
    before = said(desk)
    # The Spanish changes.
    page = tmp_path / "content/rights" / f"{TOPIC}.md"
    sentence = page.read_text().partition("## En corto\n")[2].partition("\n")[0]
    desk.save(f"{sentence}\n", f"{sentence} Hay 25 departamentos.\n", page)
    assert desk.willaq("check") == 1, "the files are behind it"
    assert "willaq locales extract" in capsys.readouterr().out
    assert desk.willaq("update") == 0
    block = desk.block(KEY)
    assert "#, fuzzy\n#| msgid " in block
    assert sentence in block
    spanish = said(desk)
    assert spanish.startswith(f"{sentence} Hay 25"), "until somebody has translated it"
    # Tania translates it, at first with a slip.
    comments, _, rest = block.partition("msgctxt")
    theirs = [line for line in comments.split("\n") if line.startswith(("#.", "#:"))]
    mine = f"{before.splitlines()[0]} 25 departamento kan."
    wrong = mine.replace("25", "52")
    msgid = rest.partition("msgstr ")[0]
    desk.save(block, "\n".join(["# draft", *theirs, f'msgctxt{msgid}msgstr "{wrong}"']))
    told = checked(desk, capsys)
    line = desk.quy.read_text().partition(f'msgctxt "{KEY}"')[0].count("\n") + 1
    assert all(abs(int(each.split(":")[1]) - line) <= 1 for each in told)
    assert any("52" in each for each in told)
    assert said(desk) == spanish, "a wrong number is never shown"
    assert desk.willaq("review", "quy", TOPIC, "--by", "Tania") == 1, "nor reviewed"
    desk.save(wrong, mine)
    assert checked(desk, capsys) == []
    # Here she looks at it as each channel shows it, before anybody else does: the live preview.
    # A speaker has read it.
    assert desk.willaq("review", "quy", TOPIC, "--by", "Tania Quispe") == 0
    assert f"# reviewed: Tania Quispe, {TODAY}\n" in desk.block(KEY)
    capsys.readouterr()
    assert desk.willaq("status", "--json") == 0
    rows = {(row["language"], row["category"]): row for row in loads(capsys.readouterr().out)}
    violence = rows["quy", "violence"]
    assert violence["stale"] == 0
    [review] = [each for each in violence["reviews"] if each["by"] == "Tania Quispe"]
    assert review == {"by": "Tania Quispe", "texts": violence["reviewed"], "last": str(TODAY)}
    # Killa reads it.
    assert mine in reads(desk.open())


def checked(desk: Desk, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `willaq locales check` says of her text."""
    capsys.readouterr()
    code = desk.willaq("check")
    told = [each for each in capsys.readouterr().out.splitlines() if KEY in each]
    assert code == 1 or not told
    return told


def said(desk: Desk) -> str:
    """The text as it is said in Quechua now, whatever language that is in."""
    texts = content.load(desk.home / "content", TODAY).texts
    spoken, _ = translations.load(desk.home / "locales", texts, drafts="show")
    return spoken.say(Line(KEY), "quy")[0]


# What she may save, and what is told. The texts are few here, so that each case is quick.
SHORT = "rights/linea-100.md#short"
GOOD = small.po(
    entry(SHORT, "Llama gratis al 100.", "100man waqyay.", "# reviewed: Tania, 2026-11-01"),
    entry("rights/linea-100.md#title", "La Línea 100", "Línea 100 nisqan"),
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("begun")
    small.write(home / "content", small.content())
    locales = {"languages.toml": LANGUAGES, "quy/LC_MESSAGES/content.po": GOOD}
    small.write(home / "locales", {path: text.encode() for path, text in locales.items()})
    assert Desk(home, small.TODAY).willaq("update") == 0
    return home


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Desk:
    return Desk(shutil.copytree(begun, tmp_path / "home"), small.TODAY)


def test_a_typo_mended_in_spanish_leaves_translations_and_reviews(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    page = desk.home / "content/rights/linea-100.md"
    desk.save("Llama gratis al 100.\n", "Llama gratis, al 100\n", page)
    desk.save('"La Línea 100"', '"La Línea 100 y tú"', page)
    assert desk.willaq("update", "--typo-only") == 0
    out = capsys.readouterr().out
    assert "Solo ortografía, la traducción sigue: «Llama gratis al 100.»" in out
    assert "hay que traducir: «La Línea 100» -> «La Línea 100 y tú»" in out
    assert "fuzzy" not in desk.block(SHORT)
    assert "# reviewed: Tania" in desk.block(SHORT)
    assert "#, fuzzy" in desk.block("rights/linea-100.md#title")
    assert "100man waqyay." in reads(desk.open(), "linea-100")


def test_a_typo_is_mended_also_when_the_files_were_updated_before(desk: Desk) -> None:
    page = desk.home / "content/rights/linea-100.md"
    desk.save("Llama gratis al 100.\n", "Llama gratis al 100, ya\n", page)
    assert desk.willaq("update") == 0
    desk.save("Llama gratis al 100, ya\n", "Llama gratis, al 100\n", page)
    assert desk.willaq("update") == 0
    assert '#| msgid "Llama gratis al 100."' in desk.block(SHORT)
    assert desk.willaq("update", "--typo-only") == 0
    assert "fuzzy" not in desk.block(SHORT)
    assert "#|" not in desk.block(SHORT)


def test_what_a_translator_doubts_herself_is_not_settled_by_a_typo(desk: Desk) -> None:
    block = desk.block(SHORT)
    desk.save(block, block.replace("msgctxt", "#, fuzzy\nmsgctxt"))
    page = desk.home / "content/rights/linea-100.md"
    desk.save("Llama gratis al 100.\n", "Llama gratis, al 100\n", page)
    assert desk.willaq("update", "--typo-only") == 0
    assert "#, fuzzy" in desk.block(SHORT)


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_by_spreadsheet(desk: Desk, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = str(desk.home / f"quy.{ending}")
    before = desk.quy.read_bytes()
    assert desk.willaq("export", "quy", sheet) == 0
    assert desk.willaq("import", "quy", sheet, "--apply") == 0
    assert desk.quy.read_bytes() == before
    desk.save('"100man waqyay."', '"Kunan 100man waqyay."')
    assert desk.willaq("export", "quy", sheet) == 1, "it may hold what nobody brought in yet"
    assert "ya existe" in capsys.readouterr().err
    Path(sheet).unlink()
    assert desk.willaq("export", "quy", sheet) == 0
    desk.quy.write_bytes(before)
    desk.save("# reviewed: Tania, 2026-11-01\n", "# draft\n")
    capsys.readouterr()
    assert desk.willaq("import", "quy", sheet) == 0, "an old row nobody touched says nothing"
    assert capsys.readouterr().out.startswith("0 cambiados")


def test_a_sheet_with_a_mistake_or_a_conflict_changes_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = desk.home / "quy.csv"
    assert desk.willaq("export", "quy", str(sheet)) == 0
    text = sheet.read_text("utf-8-sig")
    changed = text.replace("100man waqyay.", "Kunan 100man waqyay.")
    sheet.write_text(changed.replace("Línea 100 nisqan", "Línea 101 nisqan"), "utf-8")
    before = desk.quy.read_bytes()
    assert desk.willaq("import", "quy", str(sheet), "--apply") == 1
    error = capsys.readouterr().err
    assert "quy.csv:" in error
    assert "101" in error
    assert error.endswith("No se cambió nada.\n")
    assert desk.quy.read_bytes() == before
    sheet.write_text(changed, "utf-8")
    desk.save('"100man waqyay."', '"Waqyay 100man."')
    conflict = desk.quy.read_bytes()
    assert desk.willaq("import", "quy", str(sheet), "--apply") == 1
    assert "Waqyay 100man." in capsys.readouterr().err
    assert desk.quy.read_bytes() == conflict
    assert desk.willaq("import", "quy", str(sheet), "--apply", "--leave-conflicts") == 0
    assert desk.quy.read_bytes() == conflict
    desk.quy.write_bytes(before)
    assert desk.willaq("import", "quy", str(sheet)) == 0
    assert desk.quy.read_bytes() == before, "without --apply it only says how"
    assert desk.willaq("import", "quy", str(sheet), "--apply") == 0
    assert '"Kunan 100man waqyay."' in desk.block(SHORT)
    assert desk.block(SHORT).startswith("# draft\n"), "nobody has reviewed the new words"


HUGE = GOOD.encode() + b"#" * 10_000_000


@pytest.mark.parametrize(
    ("saved", "is_read"),
    [
        (GOOD.encode()[:-3], False),
        (GOOD.encode("utf-16"), False),
        ("\ufeff".join(GOOD.split("é")).encode("latin-1", "replace") + b"\xe9", False),
        (HUGE, False),
        (b"", False),
        (GOOD.replace("\n", "\r\n").encode(), True),
        (b"\xef\xbb\xbf" + GOOD.encode(), True),
        (GOOD.partition("\n\n")[2].encode(), True),
        (GOOD.replace("Llama gratis", "Llama").encode(), True),
        (GOOD.replace("linea-100.md#title", "gone.md#title").encode(), True),
    ],
    ids=[
        "cut short", "utf-16", "latin-1", "10 MB", "empty",
        "CRLF", "BOM", "no header", "of a Spanish text that is gone", "of a page that is gone",
    ],
)  # fmt: skip
def test_whatever_she_saves_it_is_told_kept_and_willaq_goes_on_answering(
    desk: Desk, saved: bytes, is_read: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    library = desk.open()
    assert "100man waqyay." in reads(library, "linea-100")
    desk.quy.write_bytes(saved)
    spoken = reads(library, "linea-100")
    assert "100man waqyay." in spoken or (is_read and "al 100." in spoken)
    assert desk.willaq("check") == (0 if is_read else 1)
    told = capsys.readouterr().out
    assert ("locales/quy/LC_MESSAGES/content.po:" in told) != is_read
    assert desk.willaq("update") == (0 if is_read else 1)
    assert (desk.quy.read_bytes() == saved) != is_read
    if is_read:
        assert "nisqan" in desk.quy.read_text(), "nothing she wrote is lost"
    for job in (("review", "quy", "linea-100", "--by", "Tania"), ("export", "quy", "x.xlsx")):
        if not is_read:
            capsys.readouterr()
            assert desk.willaq(*job) == 1
            assert "content.po:" in capsys.readouterr().err
            assert desk.quy.read_bytes() == saved


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("q.xlsx", b"PK\x03\x04 cortado"),
        ("q.ods", b"no soy una hoja"),
        ("q.csv", "clave;traducci\xf3n\n".encode("latin-1")),
        ("q.csv", b"clave,castellano\nx,y\n"),
        ("q.csv", b"x" * 10_000_000),
        ("q.txt", b"clave"),
        ("missing.csv", None),
    ],
    ids=["cut short", "no sheet", "latin-1", "columns missing", "10 MB", "text", "not there"],
)
def test_whatever_sheet_is_brought_in_nothing_changes(
    desk: Desk, name: str, data: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.home / name
    if data is not None:
        path.write_bytes(data)
    before = desk.quy.read_bytes()
    assert desk.willaq("import", "quy", str(path), "--apply") == 1
    error = capsys.readouterr().err
    assert name in error
    assert error.endswith("No se cambió nada.\n")
    assert desk.quy.read_bytes() == before


def test_a_sheet_waits_for_whoever_is_changing_the_translations(desk: Desk) -> None:
    sheet = desk.home / "quy.csv"
    assert desk.willaq("export", "quy", str(sheet)) == 0
    text = sheet.read_text("utf-8-sig").replace("100man waqyay.", "Kunan 100man waqyay.")
    sheet.write_text(text, "utf-8")
    bringing = Thread(target=desk.willaq, args=("import", "quy", str(sheet), "--apply"))
    with held(desk.home / "locales"):
        before = desk.quy.read_text()
        bringing.start()
        bringing.join(timeout=1)
        desk.quy.write_text(before.replace("Línea 100 nisqan", "Línea 100 kay"))
    bringing.join()
    assert "Kunan 100man waqyay." in desk.quy.read_text()
    assert "Línea 100 kay" in desk.quy.read_text()


def test_what_an_editor_saved_meanwhile_is_not_written_over(desk: Desk) -> None:
    was = desk.quy.read_bytes()
    desk.save("100man waqyay.", "Kunan 100man waqyay.")
    saved = desk.quy.read_bytes()
    with pytest.raises(Unreadable, match=r"content\.po:1: alguien lo guardó mientras tanto"):
        po_update.write(desk.quy, b"other", was)
    assert desk.quy.read_bytes() == saved


def test_a_language_nobody_began_is_told_and_which_there_are(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.willaq("export", "ayr", "x.csv") == 1
    assert 'No hay traducciones en "ayr". Hay: quy.' in capsys.readouterr().err
    assert desk.willaq("add", "ayr", "--name", "Aymar aru") == 0
    assert desk.willaq("export", "ayr", str(desk.home / "x.csv")) == 0
    assert desk.willaq("export", "ayr", str(desk.home / "nowhere/x.csv")) == 1
