"""What a translator is told: all at once, with file and line; and that ours has nothing to mend."""

import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from bot import cli, content, locale_checks, settings
from tests import small
from tests.small import LANGUAGES, TODAY, entry, po

HOME = Path(__file__).parent.parent
TEXTS = content.build(small.content(), TODAY).texts
SHORT = "rights/linea-100.md#short"
STEPS = "rights/linea-100.md#steps"
DANGER = "danger/violence-high.md#phrases"
GLOSSARY = """\
es,quy,quz,use,source,forbidden,note
gratis,mana qullqillapaq,,always,J,,
llama; llamar,qayay,waqyay,always,J,waqay,waqay es llorar
"""
FINE = entry(SHORT, TEXTS[SHORT], "100ta qayay, mana qullqillapaqmi.")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    small.write(tmp_path / "content", small.content())
    files = {"languages.toml": LANGUAGES, "glossary.csv": GLOSSARY}
    small.write(tmp_path / "locales", {path: text.encode() for path, text in files.items()})
    return tmp_path


def check(home: Path, *entries: str, tag: str = "quy", file: str = "content") -> list[str]:
    path = f"{tag}/LC_MESSAGES/{file}.po"
    small.write(home / "locales", {path: po(*entries).encode()})
    return [str(each) for each in locale_checks.check(home / "content", home / "locales")]


def line_of(home: Path, key: str) -> int:
    lines = (home / "locales/quy/LC_MESSAGES/content.po").read_text().split("\n")
    return lines.index(f'msgctxt "{key}"') + 2  # its msgid's


def test_a_text_in_order_is_not_told(home: Path) -> None:
    assert check(home, FINE) == []


def test_everything_is_told_at_once_with_its_line(home: Path) -> None:
    found = check(
        home,
        entry(STEPS, TEXTS[STEPS], "1. Allin **kitita** maskay.\n2. Waqay."),
        entry(SHORT, TEXTS[SHORT], "Noqata qayaway."),
    )
    steps, short = line_of(home, STEPS), line_of(home, SHORT)
    assert [(each.split(":")[1], each.rpartition(" ")[2]) for each in found] == [
        (str(steps), "[glossary]"),
        (str(steps), "[forbidden]"),
        (str(short), "[glossary]"),
        (str(short), "[five-vowels]"),
    ]
    assert f'"{STEPS}": «waqay»: no lo usamos para «llama». Di «qayay»' in found[1]


def test_what_she_may_type_is_in_every_spelling(home: Path) -> None:
    key = "rights/linea-100.md#phrases"
    assert check(home, entry(key, TEXTS[key], "noqa qayayta munani\nlinea 100 waqyana")) == []


def test_what_is_stale_or_missing_is_left_for_its_day(home: Path) -> None:
    stale = entry(SHORT, "Otra cosa.", "Noqata qayay.", "# accepted: letters: nada")
    fuzzy = entry(STEPS, TEXTS[STEPS], "Noqata", "#, fuzzy")
    assert check(home, stale, fuzzy, entry("gone.md#short", "Se fue.", "Ripurqon.")) == []


def test_danger_that_nobody_has_reviewed_is_told(home: Path) -> None:
    [found] = check(home, entry(DANGER, TEXTS[DANGER], "maqawan", "# draft"))
    assert "nadie que hable esta lengua ha revisado estas frases" in found
    assert check(home, entry(DANGER, TEXTS[DANGER], "maqawan", "# reviewed: T, 2026-11-01")) == []
    reason = "# accepted: danger: mejor oír de más"
    assert check(home, entry(DANGER, TEXTS[DANGER], "maqawan", "# draft", reason)) == []


def test_a_remark_is_accepted_in_the_comment_of_its_entry(home: Path) -> None:
    text = "Noqata 100ta qayay, mana qullqillapaqmi."
    reason = "# accepted: five-vowels noqata: así la llaman"
    assert check(home, entry(SHORT, TEXTS[SHORT], text, "# draft", reason)) == []
    [found] = check(home, entry(SHORT, TEXTS[SHORT], text.replace("Noqata ", ""), reason))
    assert "ya no se encuentra" in found and f":{line_of(home, SHORT)}:" in found


def test_a_word_for_two_things_is_told_where_it_is_translated(home: Path) -> None:
    key = "rights/linea-100.md#phrases"
    [found] = check(home, entry(key, TEXTS[key], "cuantos dias me tocan"))
    assert "«cuantos dias me tocan» es también «rights/descanso.md#phrases» (es)" in found


def test_cusco_may_say_it_with_its_letters_and_falls_back_on_what_chanka_agreed(
    home: Path,
) -> None:
    right = "100ta waqyay, mana qullqillapaq p'unchaw."
    assert check(home, entry(SHORT, TEXTS[SHORT], right), tag="quz") == []
    [found] = check(home, entry(SHORT, TEXTS[SHORT], "100ta waqyay."), tag="quz")
    assert "para «gratis» acordamos «mana qullqillapaq»" in found


def test_a_broken_glossary_is_told_and_the_rest_is_checked(home: Path) -> None:
    (home / "locales/glossary.csv").write_text("es,quy\ngratis,x\n")
    found = check(home, entry(SHORT, TEXTS[SHORT], "Noqata."))
    *columns, noqata = [each.split(":")[0] for each in found]
    assert columns == ["locales/glossary.csv"] * 4, "four columns are missing"
    assert noqata == "locales/quy/LC_MESSAGES/content.po"


def test_without_a_glossary_only_the_spelling_is_checked(home: Path) -> None:
    (home / "locales/glossary.csv").unlink()
    assert check(home, entry(SHORT, TEXTS[SHORT], "Waqay.")) == []


def test_a_file_that_cannot_be_read_is_for_others_to_tell(home: Path) -> None:
    path = home / "locales/quy/LC_MESSAGES/bot.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe broken")
    assert check(home, FINE) == []


def test_check_lists_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(home, entry(SHORT, TEXTS[SHORT], "Noqata 100ta qayay, mana qullqillapaq."))
    assert cli.check(Namespace(), settings.read({}, home)) == 1
    assert f'"{SHORT}": «Noqata»: el quechua se escribe con a, i, u' in capsys.readouterr().out


def test_nothing_of_ours_is_left_to_mend() -> None:
    found = locale_checks.check(HOME / "content", HOME / "locales")
    assert [str(each) for each in found] == []


def test_each_mistake_in_ours_would_be_found(tmp_path: Path) -> None:
    """That nothing is found must not come from nothing being looked at."""
    shutil.copytree(HOME / "locales", tmp_path / "locales")
    path = tmp_path / "locales/quy/LC_MESSAGES/content.po"
    lines = path.read_text("utf-8").split("\n")
    spoilt = {
        _spoil(lines, 'msgstr "Kunan ', 'msgstr "Sonqo '): "five-vowels",
        _spoil(lines, "yanapasunki", "yanap'asunki"): "variety",
        _spoil(lines, "kamachikuy", "kamachikktuy"): "syllables",
        _spoil(lines, "Participay", "Yaykuy"): "forbidden",
        _spoil(lines, "DEMUNA", "DEMANU"): "glossary",
    }
    path.write_text("\n".join(lines), "utf-8")
    found = locale_checks.check(HOME / "content", tmp_path / "locales")
    rules = {(each.line, each.text.rpartition(" ")[2]) for each in found}
    assert {(line, f"[{rule}]") for line, rule in spoilt.items()} <= rules


def _spoil(lines: list[str], right: str, wrong: str) -> int:
    """The line of the entry's msgid."""
    at = next(at for at, line in enumerate(lines) if right in line and line.startswith("msgstr"))
    lines[at] = lines[at].replace(right, wrong)
    return next(number for number in range(at, 0, -1) if lines[number - 1].startswith("msgid"))
