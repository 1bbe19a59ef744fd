"""`willaq pack`: two files with names that tell nothing, each whole or not there at all."""

from datetime import date
from pathlib import Path

import pytest

from bot.pack import files
from bot.pack.booklet import PackError
from tests.catalogue import TODAY
from tests.pack.made import one_topic
from tests.willaq import command

NAMES = ["apuntes-es.html", "apuntes-es.pdf"]


def make(folder: Path, short: str = "Llama al 100.", day: date = TODAY) -> list[Path]:
    return files.make(*one_topic(short), "es", day, folder)


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_content_gives_the_same_files_and_another_day_others(tmp_path: Path) -> None:
    made = make(tmp_path / "a/new/folder")
    assert [path.name for path in made] == NAMES
    first = content_of(made[0].parent)
    assert list(first) == NAMES, "nothing else is left behind"
    make(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in NAMES} == first
    make(tmp_path, day=date(2026, 11, 26))
    assert all((tmp_path / name).read_bytes() != first[name] for name in NAMES)


def test_they_can_be_read_by_whoever_gets_them(tmp_path: Path) -> None:
    for path in make(tmp_path):
        assert path.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path)
    before = content_of(tmp_path)
    with pytest.raises(PackError):
        make(tmp_path, "☎")
    assert content_of(tmp_path) == before


def test_a_file_that_cannot_be_replaced_leaves_no_half_of_another(tmp_path: Path) -> None:
    (tmp_path / NAMES[1] / "in the way").mkdir(parents=True)
    with pytest.raises(PackError, match="Cannot write into"):
        make(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES


@pytest.mark.timeout(120)
async def test_it_writes_both_and_says_where(tmp_path: Path) -> None:
    code, said, error = await command(
        tmp_path, "pack", "--out", str(tmp_path), "--made-on", "2026-11-25"
    )
    assert (code, error) == (0, "")
    assert [line.split()[0] for line in said.splitlines()] == [
        str(tmp_path / NAMES[0]),
        str(tmp_path / NAMES[1]),
    ]


async def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("hers")
    code, said, error = await command(tmp_path, "pack", "--out", str(taken))
    assert (code, said) == (1, "")
    assert error == f"Cannot write into {taken}: File exists. Give another with --out.\n"
    assert taken.read_text() == "hers"
    code, said, error = await command(tmp_path, "pack", "--language", "xx")
    assert (code, said) == (2, "")
    assert error == '--language: "xx" is not offered. Give es or quy or quz.\n'
    code, said, error = await command(tmp_path, "pack", "--made-on", "ayer")
    assert (code, said) == (2, "")
    assert error.endswith('"ayer" is no day; write 2026-11-24\n')
