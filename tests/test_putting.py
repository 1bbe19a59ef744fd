"""Files are put in place whole, by one writer after the other, whatever the disk does."""

import os
import threading
from errno import EFBIG
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, setrlimit
from signal import SIG_DFL, SIG_IGN, SIGXFSZ, signal

import pytest

from bot.putting import held, put


def test_what_is_put_is_there_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "content.po"
    put(file, b"huk")
    assert file.stat().st_mode & 0o777 == 0o644
    file.chmod(0o664)
    put(file, b"iskay")
    assert file.read_bytes() == b"iskay"
    assert file.stat().st_mode & 0o777 == 0o664
    assert os.listdir(tmp_path) == ["content.po"]


def test_a_file_the_disk_has_no_room_for_is_named_and_the_old_one_stays(tmp_path: Path) -> None:
    file = tmp_path / "content.po"
    put(file, b"huk")
    signal(SIGXFSZ, SIG_IGN)
    setrlimit(RLIMIT_FSIZE, (1000, RLIM_INFINITY))
    try:
        with pytest.raises(OSError) as caught:
            put(file, b"x" * 2000)
    finally:
        setrlimit(RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))
        signal(SIGXFSZ, SIG_DFL)
    assert (caught.value.errno, caught.value.filename) == (EFBIG, str(file))
    assert file.read_bytes() == b"huk"
    assert os.listdir(tmp_path) == ["content.po"]


def test_a_folder_that_is_not_there_is_told_by_the_name_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        put(tmp_path / "nowhere/quy.csv", b"")
    assert caught.value.filename == str(tmp_path / "nowhere/quy.csv")


def test_one_after_the_other(tmp_path: Path) -> None:
    file = tmp_path / "count"
    put(file, b"0")

    def add() -> None:
        for _ in range(20):
            with held(tmp_path):
                put(file, b"%d" % (int(file.read_bytes()) + 1))

    both = [threading.Thread(target=add) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert file.read_bytes() == b"40"
