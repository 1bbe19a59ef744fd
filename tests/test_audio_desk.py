"""`willaq audio` as a translator uses it: what she is told, and what is left as it was."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import audio_desk, settings
from bot.cli import command_line
from bot.settings import Settings
from tests import small
from tests.small import TODAY
from tests.sounds import speech

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def house(tmp_path: Path) -> Settings:
    small.write(tmp_path / "content", small.content())
    small.write(tmp_path / "locales", {"languages.toml": small.LANGUAGES.encode()})
    (tmp_path / "voz.wav").write_bytes(speech(1.5, 0.05))
    return settings.read({"WILLAQ_DATA_DIR": str(tmp_path / "data")}, tmp_path)


@pytest.fixture
def willaq(house: Settings, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        asked: argparse.Namespace = command_line().parse_args(["audio", *words])
        code = audio_desk.run(asked, house, TODAY)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def add(willaq: Run, house: Settings, *more: str, topic: str = "linea-100") -> tuple[int, str, str]:
    return willaq("add", "es", topic, str(house.home / "voz.wav"), "--by", "Tania Huamán", *more)


def everything(house: Settings) -> dict[str, bytes]:
    """But for what is kept to be quicker the next time, and worth nothing."""
    files = (each for each in house.home.rglob("*") if each.is_file())
    return {str(each): each.read_bytes() for each in files if house.kept_dir not in each.parents}


def states(willaq: Run) -> dict[str, str]:
    _, out, _ = willaq("list", "--json")
    return {row["topic"]: row["state"] for row in map(json.loads, out.splitlines())}


def test_a_file_becomes_a_recording_and_the_list_says_so(willaq: Run, house: Settings) -> None:
    code, out, _ = add(willaq, house)
    assert (code, out) == (0, "locales/es/audio/linea-100.ogg: 0:02, 3 kB.\n")
    assert states(willaq) == {"linea-100": "made", "descanso": "missing"}
    _, table, _ = willaq("list")
    first, total = table.splitlines()
    assert first.split() == [
        "es",
        "linea-100",
        "lista",
        "0:02",
        "3",
        "kB",
        "Tania",
        "Huamán,",
        str(TODAY),
    ]
    assert total == "es: 1 lista, 0 cambió el texto, 1 falta. 0:02 en total, 3 kB."
    _, all_of_them, _ = willaq("list", "--all")
    assert "descanso" in all_of_them


def test_when_the_text_changes_the_list_asks_for_it_again(willaq: Run, house: Settings) -> None:
    add(willaq, house)
    topic = house.content_dir / "rights" / "linea-100.md"
    topic.write_text(topic.read_text("utf-8").replace("Llama gratis", "Llama ya"), "utf-8")
    assert states(willaq)["linea-100"] == "stale"
    add(willaq, house)
    assert states(willaq)["linea-100"] == "made"


def test_what_is_read_aloud_is_shown_without_signs(willaq: Run) -> None:
    _, out, _ = willaq("text", "es", "linea-100")
    assert out == "La Línea 100\n\nLlama gratis al 100.\n\n1. Busca un sitio seguro.\n2. Llama.\n"


def test_removed_is_removed_from_both_places(willaq: Run, house: Settings) -> None:
    add(willaq, house)
    _, told, _ = add(willaq, house, "--data")
    assert told.startswith("recordings/es/audio/linea-100.ogg")
    assert willaq("remove", "es", "linea-100") == (0, "Borrada de recordings/ y locales/.\n", "")
    assert states(willaq)["linea-100"] == "missing"
    code, _, error = willaq("remove", "es", "linea-100")
    assert (code, error) == (1, "No hay grabación de linea-100 en es.\n")


def test_who_adds_one_that_another_hides_is_told(willaq: Run, house: Settings) -> None:
    add(willaq, house, "--data")
    _, told, _ = add(willaq, house)
    assert "se ofrece recordings/es/audio/linea-100.ogg" in told


def test_what_was_recorded_by_chat_is_brought_to_the_project_once(
    willaq: Run, house: Settings
) -> None:
    add(willaq, house, "--data")
    _, told, _ = willaq("export")
    assert told.splitlines()[0] == "locales/es/audio/linea-100.ogg"
    copied = (house.locales_dir / "es" / "audio" / "linea-100.ogg").read_bytes()
    assert copied == house.read_file("recordings/es/audio/linea-100.ogg")
    before = everything(house)
    _, told, _ = willaq("export")
    assert told.startswith("0 grabaciones")
    assert everything(house) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "xx", "linea-100", "{voz}", "--by", "Tania"), 'No se ofrece el idioma "xx"'),
        (("add", "es", "linea-10", "{voz}", "--by", "Tania"), "¿Quizás linea-100?"),
        (("add", "es", "linea-100", "{no}", "--by", "Tania"), "No se cambió nada"),
        (("add", "es", "linea-100", "{text}", "--by", "Tania"), "Guárdala como OGG, M4A"),
        (("add", "es", "linea-100", "{voz}", "--by", "  "), "--by"),
        (("add", "es", "linea-100", "{voz}", "--by", "T" * 61), "60 letras"),
        (("text", "es", "zzz"), "willaq content list"),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_says_what_to_do(
    willaq: Run, house: Settings, words: tuple[str, ...], says: str
) -> None:
    (house.home / "texto.txt").write_text("no soy una voz")
    before = everything(house)
    paths = {
        "voz": house.home / "voz.wav",
        "no": house.home / "nada.wav",
        "text": house.home / "texto.txt",
    }
    code, out, error = willaq(*(word.format(**paths) for word in words))
    assert (code, out) == (1, "")
    assert says in error
    assert everything(house) == before


def test_the_check_finds_recordings_of_nothing(willaq: Run, house: Settings) -> None:
    add(willaq, house)
    assert audio_desk.check(house, TODAY) == []
    index = house.locales_dir / "es" / "audio" / "index.toml"
    renamed = index.read_text("utf-8").replace("[linea-100]", "[linea-200]")
    index.write_text(renamed, "utf-8")
    (mistake,) = audio_desk.check(house, TODAY)
    assert (mistake.path, 'no hay tema "linea-200"' in mistake.text) == (
        "locales/es/audio/index.toml",
        True,
    )
