"""Of all entries in all languages: what she dials, quotes or counts on survives every step, and the
files are what gettext's tools, Poedit and Weblate take."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot import coverage, extract, po, po_edit, translations
from bot.dialogue.turn import Line
from bot.languages import read as read_languages
from bot.po_edit import Change
from bot.proofread import PLACEHOLDER, fixed, is_list, verdict
from tests import catalogue
from tests.catalogue import CONTENT, LOCALES

SOURCE = {
    key: text
    for source in coverage.sources(catalogue.content().texts).values()
    for key, text in source.items()
}
FILES = sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))
LETTERS = re.compile(r"[a-záéíóúñü]{3,}")
LINKS = re.compile(r"https?://\S+")


def name(path: Path) -> str:
    return path.relative_to(LOCALES).as_posix()


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real ones, brought up to date."""
    folder = tmp_path_factory.mktemp("home") / "locales"
    shutil.copytree(LOCALES, folder)
    extract.extract(CONTENT, folder)
    assert extract.update(folder) == ()
    return folder


def entries(path: Path) -> Iterator[po.Entry]:
    yield from po.read(path.name, path.read_bytes()).entries


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_is_said_holds_what_the_spanish_holds(path: Path) -> None:
    language = path.parent.parent.name
    spoken = catalogue.translations()
    for entry in entries(path):
        if is_list(entry.key) or verdict(entry, SOURCE.get(entry.key))[0] == "stale":
            continue
        names = PLACEHOLDER.findall(entry.spanish)
        line = Line(entry.key, tuple((each, f"<{each}>") for each in names))
        said, _ = spoken.say(line, language)
        stays = [f"<{each[1:-1]}>" if each[0] == "{" else each for each in fixed(entry.spanish)]
        assert [each for each in stays if each not in said] == [], entry.key
        assert sorted(LINKS.findall(said)) == sorted(LINKS.findall(entry.spanish)), entry.key
        assert "{" not in said


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_translation_that_loses_any_of_it_is_not_shown(path: Path) -> None:
    for entry in entries(path):
        if is_list(entry.key) or verdict(entry, SOURCE.get(entry.key))[0] == "stale":
            continue
        for each in fixed(entry.spanish):
            lost = po.Entry(entry.key, entry.spanish, entry.text.replace(each, "x"), 1)
            assert verdict(lost, entry.spanish)[0] == "broken", (entry.key, each)


def test_extracted_translated_and_said_every_text_keeps_what_it_holds(
    locales: Path, tmp_path: Path
) -> None:
    """A language made up of the Spanish, every word but the names of laws turned round."""
    text = (locales / "languages.toml").read_text()
    (tmp_path / "languages.toml").write_text(
        f'{text}\n[[language]]\ntag = "xx"\nname = "X"\nfallback = ["es"]\ncldr = "qu"\n'
    )
    (tmp_path / "xx/LC_MESSAGES").mkdir(parents=True)
    extract.extract(CONTENT, tmp_path)
    assert extract.update(tmp_path) == ()
    for path in tmp_path.glob("xx/LC_MESSAGES/*.po"):
        before = path.read_text()
        changes = {
            (each.key, each.spanish): Change(text=_turned(each.spanish))
            for each in po_edit.entries(before)
        }
        path.write_text(po_edit.edited(before, changes))
    assert extract.update(tmp_path) == ()
    spoken, mistakes = translations.load(tmp_path, catalogue.content().texts, drafts="show")
    assert [str(each) for each in mistakes if "en un botón caben" not in each.text] == []
    turned = 0
    for key, spanish in SOURCE.items():
        if is_list(key):
            continue
        names = PLACEHOLDER.findall(spanish)
        said, is_draft = spoken.say(Line(key, tuple((each, f"{{{each}}}") for each in names)), "xx")
        assert said == _turned(spanish), key
        assert [each for each in fixed(spanish) if each not in said] == [], key
        turned += is_draft
    assert turned > 700


def _turned(spanish: str) -> str:
    """What has to stay, stays."""
    kept = re.compile(
        "|".join(map(re.escape, sorted(fixed(spanish), key=len, reverse=True))) or "$^"
    )
    found, at = [], 0
    for each in kept.finditer(spanish):
        found += [LETTERS.sub(lambda word: word[0][::-1], spanish[at : each.start()]), each[0]]
        at = each.end()
    return "".join([*found, LETTERS.sub(lambda word: word[0][::-1], spanish[at:])])


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_file_is_as_gettext_wants_it(locales: Path, path: Path) -> None:
    """What `msgfmt -c` looks at, where it is not installed."""
    text = (locales / name(path)).read_text("utf-8")
    header, _ = po.split(text)
    _, fields = po.header_fields(header)
    spoken, _ = read_languages(translations.read(locales), "locales")
    [language] = [each for each in spoken if each.tag == path.parent.parent.name]
    assert fields["Language"] == language.tag
    assert fields["Content-Type"] == "text/plain; charset=UTF-8"
    assert language.cldr != "qu" or fields["Plural-Forms"].startswith("nplurals=1;")
    seen = set()
    for each in po_edit.entries(text):
        assert (each.key, each.spanish) not in seen
        seen.add((each.key, each.spanish))
        if each.text and not is_list(each.key):
            assert each.text.endswith("\n") == each.spanish.endswith("\n"), each.key
            assert each.text.startswith("\n") == each.spanish.startswith("\n"), each.key
    assert len(seen) == len(coverage.sources(catalogue.content().texts)[path.stem])
    assert read_po(text.encode().splitlines(keepends=True), abort_invalid=True).num_plurals


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's own tools are not installed")
@pytest.mark.parametrize("path", FILES, ids=name)
def test_gettext_itself_takes_the_file(locales: Path, path: Path) -> None:
    command = ["msgfmt", "--check", "--output-file=-", str(locales / name(path))]
    done = subprocess.run(command, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_brought_up_to_date_again_nothing_changes(locales: Path) -> None:
    before = {path: path.read_bytes() for path in locales.rglob("*.po*")}
    extract.extract(CONTENT, locales)
    assert extract.update(locales) == ()
    assert {path: path.read_bytes() for path in locales.rglob("*.po*")} == before
