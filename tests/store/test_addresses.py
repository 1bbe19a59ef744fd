"""Without the key nothing opens; a key is made once, and never quietly another one."""

import asyncio
import logging
import os
import stat
from pathlib import Path

import pytest

from bot.store.addresses import (
    Column,
    Damaged,
    KeyLost,
    KeyMismatch,
    KeyProblem,
    KeyUnusable,
    Vault,
    as_bytes,
    as_text,
)
from bot.store.base import StoreError
from bot.store.sqlite import SqliteStore
from tests.store.processes import as_nobody, folder_for_everybody


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "data.key"


def start(folder: Path, key: Path | Vault) -> None:
    async def open_and_close() -> None:
        store = await SqliteStore.open(folder / "willaq.db", key)
        await store.close()

    asyncio.run(open_and_close())


def problem(folder: Path, key: Path | Vault) -> KeyProblem:
    with pytest.raises(KeyProblem) as raised:
        start(folder, key)
    return raised.value


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_sealed_opens_again() -> None:
    vault = Vault.in_memory()
    for plain in (b"", b"\x80", b"a", bytes(512), b"x" * 511, b"x" * 5000, as_bytes("ñ\ud800")):
        assert vault.unseal(vault.seal(plain, "body", "telegram"), "body", "telegram") == plain
    assert as_text(as_bytes("ñ\ud800")) == "ñ\ud800"


def test_the_same_sealed_twice_looks_different() -> None:
    vault = Vault.in_memory()
    assert len({vault.seal(b"5100000001", "address", "telegram") for _ in range(1000)}) == 1000


@pytest.mark.parametrize(("column", "most"), [("state", 512), ("body", 512), ("ref", 64)])
def test_the_length_of_what_is_sealed_does_not_tell_the_topic(column: Column, most: int) -> None:
    vault = Vault.in_memory()
    lengths = {len(vault.seal(b"x" * length, column, "telegram")) for length in range(most)}
    assert len(lengths) == 1


@pytest.mark.parametrize("at", [0, 5, 13, -1])
def test_what_was_changed_does_not_open(at: int) -> None:
    vault = Vault.in_memory()
    sealed = bytearray(vault.seal(b"5100000001", "address", "telegram"))
    sealed[at] ^= 1
    with pytest.raises(Damaged):
        vault.unseal(bytes(sealed), "address", "telegram")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(20)])
def test_what_was_cut_off_does_not_open(sealed: bytes) -> None:
    with pytest.raises(Damaged):
        Vault.in_memory().unseal(sealed, "address", "telegram")


def test_a_value_opens_only_where_it_belongs_and_with_its_own_key() -> None:
    vault = Vault.in_memory()
    sealed = vault.seal(b"5100000001", "address", "telegram")
    with pytest.raises(Damaged):
        vault.unseal(sealed, "address", "webchat")
    with pytest.raises(Damaged):
        vault.unseal(sealed, "body", "telegram")
    with pytest.raises(Damaged):
        Vault.in_memory().unseal(sealed, "address", "telegram")


def test_an_index_finds_one_address_of_one_channel() -> None:
    vault = Vault.in_memory()
    mine = vault.index("address", "telegram", "1")
    assert mine == vault.index("address", "telegram", "1")
    others = {
        vault.index("address", "telegram", "2"),
        vault.index("address", "webchat", "1"),
        vault.index("message", "telegram", "1"),
        Vault.in_memory().index("address", "telegram", "1"),
    }
    assert len(others - {mine}) == 4


def test_a_signature_is_of_one_thing_by_one_key() -> None:
    secret = os.urandom(32)
    vault = Vault(secret)
    assert vault.sign(b"session 1") == Vault(secret).sign(b"session 1")
    assert len(vault.sign(b"session 1")) == 32
    assert vault.sign(b"session 1") != vault.sign(b"session 2")
    assert vault.sign(b"session 1") != Vault.in_memory().sign(b"session 1")


def test_the_first_start_makes_a_key_that_only_we_can_read(tmp_path: Path, key_file: Path) -> None:
    start(tmp_path, key_file)
    assert len(key_file.read_bytes()) == 32
    assert mode(key_file) == 0o600
    assert mode(key_file.parent) == 0o700
    made = key_file.read_bytes()
    start(tmp_path, key_file)
    assert key_file.read_bytes() == made


def test_a_key_that_is_there_already_is_used(tmp_path: Path, key_file: Path) -> None:
    key_file.parent.mkdir()
    key_file.write_bytes(bytes(range(32)))
    key_file.chmod(0o400)
    start(tmp_path, key_file)
    assert key_file.read_bytes() == bytes(range(32))
    assert mode(key_file) == 0o400


def test_a_lost_key_is_never_replaced_by_another(tmp_path: Path, key_file: Path) -> None:
    start(tmp_path, key_file)
    kept = key_file.rename(tmp_path / "copy.key")
    error = problem(tmp_path, key_file)
    assert isinstance(error, KeyLost)
    assert str(key_file) in str(error)
    assert "WILLAQ_KEY_FILE" in str(error)
    assert not key_file.exists()
    kept.rename(key_file)
    start(tmp_path, key_file)


def test_another_key_is_refused(tmp_path: Path, key_file: Path) -> None:
    start(tmp_path, key_file)
    right = key_file.read_bytes()
    key_file.write_bytes(bytes(32))
    error = problem(tmp_path, key_file)
    assert isinstance(error, KeyMismatch)
    assert str(key_file) in str(error)
    assert isinstance(problem(tmp_path, Vault.in_memory()), KeyMismatch)
    key_file.write_bytes(right)
    start(tmp_path, key_file)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_what_is_no_key_is_refused(tmp_path: Path, key_file: Path, size: int) -> None:
    key_file.parent.mkdir()
    key_file.write_bytes(bytes(size))
    error = problem(tmp_path, key_file)
    assert isinstance(error, KeyUnusable)
    assert f"{size} bytes instead of 32" in str(error)
    assert "delete" in str(error)
    key_file.unlink()
    start(tmp_path, key_file)
    key_file.write_bytes(bytes(size))
    error = problem(tmp_path, key_file)
    assert "copy" in str(error)
    assert "delete" not in str(error)


def test_a_folder_in_the_place_of_the_key_is_refused(tmp_path: Path, key_file: Path) -> None:
    key_file.mkdir(parents=True)
    assert isinstance(problem(tmp_path, key_file), KeyUnusable)


def test_a_key_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = problem(tmp_path, tmp_path / "file" / "data.key")
    assert isinstance(error, KeyUnusable)


def test_a_key_open_to_everybody_is_closed_to_them(
    tmp_path: Path, key_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    start(tmp_path, key_file)
    key_file.chmod(0o644)
    with caplog.at_level(logging.WARNING, "bot"):
        start(tmp_path, key_file)
    assert mode(key_file) == 0o640
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_key_open_to_everybody_that_is_not_ours_is_refused() -> None:
    with folder_for_everybody() as folder:
        key_file = folder / "data.key"
        key_file.write_bytes(bytes(32))
        key_file.chmod(0o444)
        said = as_nobody("Vault.open(Path(sys.argv[1]), make=False)", key_file)
        assert "KeyUnusable" in said
        assert f"chmod 600 {key_file}" in said


def test_a_key_that_we_may_not_read_is_refused() -> None:
    with folder_for_everybody() as folder:
        key_file = folder / "data.key"
        key_file.write_bytes(bytes(32))
        key_file.chmod(0o600)
        said = as_nobody("Vault.open(Path(sys.argv[1]), make=True)", key_file)
        assert "KeyUnusable" in said
        assert "cannot be read" in said


def test_a_key_problem_is_a_store_error_and_shows_no_key(tmp_path: Path, key_file: Path) -> None:
    start(tmp_path, key_file)
    secret = key_file.read_bytes()
    key_file.write_bytes(secret[:31])
    error: StoreError = problem(tmp_path, key_file)
    assert secret.hex()[:8] not in str(error).lower()
