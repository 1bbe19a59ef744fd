"""A recording is kept with the hash of what it says, and offered only while the text says that."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import recordings
from bot.dialogue.catalogue import Catalogue, Sound
from bot.frontmatter import Unreadable
from bot.languages import Spoken
from bot.library import Library
from bot.recordings import Recording, keep, offered, read, remove, text_hash
from bot.translations import Texts, Translations
from tests import small
from tests.small import TODAY

SOUND = b"OggS a voice"
TANIA = Recording("quy", "linea-100", "", "0" * 16, 83, len(SOUND), "Tania Huamán", TODAY)
KEY = ("quy", "linea-100")
PATH = "locales/quy/audio/linea-100.ogg"
INDEX = "quy/audio/index.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "locales"


def index_of(folder: Path) -> Path:
    return folder / INDEX


def test_what_is_kept_is_found_again(folder: Path) -> None:
    kept = keep(folder, TANIA, SOUND)
    assert kept == replace(TANIA, path=PATH)
    assert read(folder) == ({KEY: kept}, ())
    assert (folder.parent / PATH).read_bytes() == SOUND


def test_the_index_says_it_in_words_and_is_the_same_every_time(folder: Path) -> None:
    keep(folder, replace(TANIA, slug="zapato"), SOUND)
    keep(folder, TANIA, SOUND)
    first = index_of(folder).read_bytes()
    assert b'[linea-100]\nfile = "linea-100.ogg"\ntext_hash = "0000000000000000"\n' in first
    assert b'by = "Tania Huam\xc3\xa1n"\nmade_on = 2026-11-24\nmachine = false\n' in first
    assert first.index(b"[linea-100]") < first.index(b"[zapato]")
    keep(folder, TANIA, SOUND)
    assert index_of(folder).read_bytes() == first


def test_two_who_record_at_once_lose_nothing(folder: Path) -> None:
    slugs = [f"tema-{number}" for number in range(12)]
    jobs = [
        threading.Thread(target=keep, args=(folder, replace(TANIA, slug=slug), SOUND))
        for slug in slugs
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    found, mistakes = read(folder)
    assert sorted(slug for _, slug in found) == sorted(slugs) and mistakes == ()
    assert [each.name for each in (folder / "quy" / "audio").glob(".*")] == []


def test_what_is_removed_is_gone_and_the_others_stay(folder: Path) -> None:
    keep(folder, TANIA, SOUND)
    keep(folder, replace(TANIA, slug="zapato"), SOUND)
    assert remove(folder, *KEY)
    assert not remove(folder, *KEY)
    assert list(read(folder)[0]) == [("quy", "zapato")]
    assert not (folder.parent / PATH).exists()
    assert remove(folder, "quy", "zapato")
    assert read(folder) == ({}, ())


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("seconds = 83", 'seconds = "83"', 6, "whole number"),
        ("machine = false", 'machine = "no"', 10, "true o false"),
        ('by = "Tania Huamán"\n', "", 3, "by"),
        ('"linea-100.ogg"', '"../../secret.ogg"', 4, "must look like"),
        ('"0000000000000000"', '"abc"', 5, "must look like"),
        ("bytes = 12", "bytes = 13", 3, "no es el que se grabó (12 bytes)"),
        ('"linea-100.ogg"', '"otra.ogg"', 3, "no está"),
        ("[linea-100]", "linea = 3\n[x]\ny = ", 5, "cannot be read"),
    ],
)
def test_a_row_with_a_mistake_is_no_recording_and_the_mistake_has_its_line(
    folder: Path, old: str, new: str, line: int, says: str
) -> None:
    keep(folder, TANIA, SOUND)
    text = index_of(folder).read_text("utf-8")
    assert old in text
    index_of(folder).write_text(text.replace(old, new), "utf-8")
    found, mistakes = read(folder)
    assert found == {}
    told = next(each for each in mistakes if each.path == f"locales/{INDEX}")
    assert (told.line, says in told.text) == (line, True), told


def test_an_index_with_a_mistake_is_not_written_over(folder: Path) -> None:
    keep(folder, TANIA, SOUND)
    index_of(folder).write_text('[linea-100]\nby = "Tania"\n[nueva', "utf-8")
    before = index_of(folder).read_bytes()
    for change in (lambda: keep(folder, TANIA, SOUND), lambda: remove(folder, *KEY)):
        with pytest.raises(Unreadable):
            change()
    assert index_of(folder).read_bytes() == before


def test_a_sound_that_nobody_wrote_down_is_told(folder: Path) -> None:
    keep(folder, TANIA, SOUND)
    (folder / "quy" / "audio" / "suelta.ogg").write_bytes(SOUND)
    found, (mistake,) = read(folder)
    assert list(found) == [KEY]
    assert (mistake.path, "willaq audio add quy" in mistake.text) == (
        "locales/quy/audio/suelta.ogg",
        True,
    )


def test_what_is_not_heard_makes_no_recording_old() -> None:
    assert text_hash(["**Llama**  gratis.\n1. Al 100"]) == text_hash(["Llama gratis. 1. Al 100"])
    assert text_hash(["n\u0303a"]) == text_hash(["ña"]), "one letter, written in two ways"
    assert text_hash(["Llama gratis."]) != text_hash(["Llama, gratis."])
    assert text_hash(["a", "b"]) != text_hash(["a b"])


# Which recording is hers.

CHAIN = (
    Spoken("es", "Español"),
    Spoken("quy", "Chanka", ("es",)),
    Spoken("quz", "Qusqu", ("quy", "es")),
)
QUZ = ("quz", "linea-100")


def words(quz: str = "quy", quy: str = "quy") -> dict[tuple[str, str], str]:
    """The hash of what each language says today; quz says what quy says, unless told."""
    return {("es", "linea-100"): "es", KEY: quy, QUZ: quz}


def made(language: str, words: str, folder: str = "locales") -> dict[tuple[str, str], Recording]:
    path = f"{folder}/{language}/audio/linea-100.ogg"
    return {(language, "linea-100"): replace(TANIA, language=language, text_hash=words, path=path)}


def hers(
    kept: list[dict[tuple[str, str], Recording]], today: dict[tuple[str, str], str]
) -> Sound | None:
    return offered(kept, today, Translations(CHAIN)).get(QUZ)


def test_the_words_she_reads_are_hers_whichever_language_they_come_from() -> None:
    sound = hers([made("quy", "quy")], words())
    assert sound == Sound("locales/quy/audio/linea-100.ogg", "quz", 83)


def test_another_language_she_may_understand_is_offered_by_its_name() -> None:
    assert hers([made("quy", "quy")], words(quz="quz")) == Sound(PATH, "quy", 83)
    assert hers([made("es", "es")], words()) == Sound("locales/es/audio/linea-100.ogg", "es", 83)
    both = [made("es", "es") | made("quy", "quy")]
    assert hers(both, words(quz="quz")) == Sound(PATH, "quy", 83), "the nearer one first"


def test_no_recording_of_other_words_is_offered() -> None:
    assert hers([made("quy", "older")], words()) is None
    assert hers([made("quz", "older") | made("quy", "quy")], words(quz="new")) == Sound(
        PATH, "quy", 83
    )


def test_what_was_recorded_by_chat_goes_first_unless_it_is_old() -> None:
    in_git = made("quy", "quy")
    assert hers([made("quy", "quy", "recordings"), in_git], words()) == Sound(
        "recordings/quy/audio/linea-100.ogg", "quz", 83
    )
    assert hers([made("quy", "older", "recordings"), in_git], words()) == Sound(PATH, "quz", 83)


def test_a_text_nobody_translated_is_the_spanish_one() -> None:
    """So its recording in Quechua, of words that are not shown any more, is not offered."""
    spanish = {"rights/linea-100.md#title": "Línea", "rights/linea-100.md#short": "Llama."}
    one = Translations(
        CHAIN, {"quy": Texts({"rights/linea-100.md#short": ("Qayay.", True)})}, spanish
    )
    aloud = recordings.aloud("rights/linea-100.md", "quy", one)
    assert aloud == ["Línea", "Qayay.", ""]


# The library.


@pytest.fixture
def home(tmp_path: Path) -> Path:
    small.write(tmp_path / "content", small.content())
    languages = small.LANGUAGES.encode()
    small.write(tmp_path / "locales", {"languages.toml": languages})
    return tmp_path


def library(home: Path, day: date = TODAY) -> Library:
    return Library(
        home / "content", home / "locales", "show", lambda: day,
        recordings_dir=home / "data" / "recordings",
    )  # fmt: skip


def spoken_in(catalogue: Catalogue) -> str:
    return catalogue.spoken["es", "linea-100"]


def test_a_running_library_takes_a_new_recording_and_drops_it_when_the_text_changes(
    home: Path,
) -> None:
    living = library(home)
    today = spoken_in(living.current[0])
    assert living.current[0].sounds == {}
    new = replace(TANIA, language="es", text_hash=today)
    keep(home / "data" / "recordings", new, SOUND)
    assert living.refresh()
    path = "recordings/es/audio/linea-100.ogg"
    assert living.current[0].sounds == {("es", "linea-100"): Sound(path, "es", 83)}
    topic = home / "content" / "rights" / "linea-100.md"
    before = topic.read_text("utf-8")
    topic.write_text(before.replace("Llama gratis al 100.", "Llama gratis al 105."), "utf-8")
    assert living.refresh()
    assert living.current[0].sounds == {}
    topic.write_text(before, "utf-8")
    assert living.refresh()
    assert living.current[0].sounds != {}, "the text says again what the recording says"


def test_what_she_does_not_hear_may_change(home: Path) -> None:
    first = spoken_in(library(home).current[0])
    topic = home / "content" / "rights" / "linea-100.md"
    text = topic.read_text("utf-8").replace("Te escuchan gratis.", "Te escuchan.")
    topic.write_text(text.replace("**seguro**", "seguro"), "utf-8")
    assert spoken_in(library(home).current[0]) == first


def test_the_mistakes_of_an_index_are_among_the_library_s(home: Path) -> None:
    small.write(home / "locales", {"quy/audio/index.toml": b"[linea-100]\n"})
    assert any("index.toml" in each.path for each in library(home).mistakes)
