"""What is kept is never old, and nothing is lost when it is."""

import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import kept
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event, State
from bot.kept import MOST, Kept
from bot.library import Library
from tests.willaq import HOME


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Kept]:
    yield Kept(tmp_path / "cache")
    kept._code.cache_clear()


class Maker:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return "thing"


def test_it_is_made_once_of_the_same(store: Kept) -> None:
    make = Maker()
    for _ in range(3):
        assert store.made("words", [b"a", b"b"], make) == "thing"
    assert make.times == 1


@pytest.mark.parametrize("other", [[b"a"], [b"ab"], [b"a", b"c"], [b"b", b"a"], [b"", b"ab"]])
def test_it_is_made_anew_of_anything_else(store: Kept, other: list[bytes]) -> None:
    make = Maker()
    store.made("words", [b"a", b"b"], make)
    store.made("words", other, make)
    store.made("index", [b"a", b"b"], make)
    assert make.times == 3


def test_another_program_makes_its_own(
    store: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make = Maker()
    store.made("words", [b"a"], make)
    (tmp_path / "other.py").write_text("different = True")
    monkeypatch.setattr(kept, "_CODE", tmp_path)
    kept._code.cache_clear()
    store.made("words", [b"a"], make)
    assert make.times == 2


@pytest.mark.parametrize("broken", [b"", b"nothing", pickle.dumps("whole")[:-2], b"cos\nnone\n."])
def test_a_broken_one_is_made_anew(store: Kept, tmp_path: Path, broken: bytes) -> None:
    make = Maker()
    store.made("words", [b"a"], make)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(broken)
    for _ in range(2):
        assert store.made("words", [b"a"], make) == "thing"
    assert make.times == 2


def test_where_it_cannot_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    make = Maker()
    for folder in (None, tmp_path / "file", tmp_path / "no" / "such"):
        assert Kept(folder).made("words", [b"a"], make) == "thing"
    assert make.times == 3
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_old_ones_go(store: Kept, tmp_path: Path) -> None:
    for number in range(MOST + 3):
        store.made("words", [b"%d" % number], Maker())
    assert len(list((tmp_path / "cache").iterdir())) == MOST


def test_a_library_from_it_answers_the_same(store: Kept) -> None:
    day = date(2026, 11, 26)

    def library() -> Library:
        return Library(HOME / "content", HOME / "locales", "show", lambda: day, kept=store)

    made, again = library(), library()
    assert again.mistakes == made.mistakes
    for words in ("me pega mi esposo", "pensión de alimentos", "maqawan", "hola", "qillqa"):
        heard = Event("text", words, today=day)
        one, two = (respond(State("quy", True), heard, each.current[0]) for each in (made, again))
        assert one == two
        for reply in one.replies:
            assert made.current[1].tell(reply, "quy") == again.current[1].tell(reply, "quy")
