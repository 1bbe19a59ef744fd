"""The file is made, brought up to date and shared by nobody; what is not ours is left as it is."""

import asyncio
import multiprocessing
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.addresses import Vault
from bot.store.base import Store, StoreError
from bot.store.opening import MIGRATIONS, AlreadyRunning, TooNew, migrate
from bot.store.sqlite import MEMORY, SqliteStore, lock
from tests.store.contract import answers
from tests.store.processes import as_nobody, folder_for_everybody

VAULT = Vault.in_memory()


async def say_hello(store: Store) -> None:
    visit = await store.visit(
        channel="telegram", message_id="1", address="1", ref="1", now=0.0, lease_s=1.0,
        pulled=False, decide=answers("hola"),
    )  # fmt: skip
    assert visit.claimed or visit.turn is None


def use(path: Path | str) -> None:
    async def open_and_use() -> None:
        store = await SqliteStore.open(path, VAULT, busy_timeout_s=0.05)
        try:
            await say_hello(store)
        finally:
            await store.close()

    asyncio.run(open_and_use())


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as raised:
        use(path)
    return str(raised.value)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_and_its_journals_are_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "data" / "willaq.db"

    async def look() -> dict[str, int]:
        store = await SqliteStore.open(path, VAULT)
        await say_hello(store)
        modes = {each.name: mode(each) for each in path.parent.iterdir()}
        await store.close()
        return modes

    modes = asyncio.run(look())
    assert modes == {"willaq.db": 0o600, "willaq.db-wal": 0o600, "willaq.db-shm": 0o600}
    assert mode(path.parent) == 0o700


def test_it_can_live_in_memory_only() -> None:
    use(MEMORY)


def test_a_power_cut_loses_nothing_and_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    def settings(connection: sqlite3.Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    async def ask() -> list[object]:
        store = await SqliteStore.open(tmp_path / "willaq.db", VAULT)
        found = await store._writer.between(settings)
        await store.close()
        return found

    assert asyncio.run(ask()) == ["wal", 2, 1, 1]


def test_an_empty_file_becomes_the_database(tmp_path: Path) -> None:
    path = tmp_path / "willaq.db"
    path.touch()
    use(path)
    use(path)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "willaq.db"
    use(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    said = refusal(path)
    assert "newer Willaq" in said
    assert str(path) in said


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    before = path.read_bytes()
    assert "another program" in refusal(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Querida Rosa, " * 400)
    assert "not a database of Willaq" in refusal(path)
    assert path.read_bytes() == b"Querida Rosa, " * 400


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "WILLAQ_DATABASE_URL" in refusal(tmp_path)


OPEN = "asyncio.run(SqliteStore.open(Path(sys.argv[1]), Vault.in_memory()))"


def test_a_file_that_we_may_not_write_is_refused() -> None:
    with folder_for_everybody() as folder:
        path = folder / "willaq.db"
        use(path)
        path.chmod(0o444)
        said = as_nobody(OPEN, path)
        assert "StoreError" in said
        assert f"{path} cannot be opened for writing" in said


def test_a_folder_that_we_may_not_write_is_refused() -> None:
    with folder_for_everybody() as folder:
        said = as_nobody(OPEN, folder / "data" / "willaq.db")
        assert "StoreError" in said
        assert "cannot be opened for writing" in said


def test_a_database_held_by_another_program_is_refused_until_it_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "willaq.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "Another program holds" in refusal(path)
        other.execute("ROLLBACK")
    use(path)


def test_migrations_are_numbered_without_a_gap() -> None:
    assert sorted(MIGRATIONS) == list(range(1, len(MIGRATIONS) + 1))


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


def test_each_migration_is_done_once_and_in_order(tmp_path: Path) -> None:
    first = {1: "-- one; two\nCREATE TABLE a (x);\nINSERT INTO a VALUES (';\n');\n"}
    second = {**first, 2: "ALTER TABLE a ADD COLUMN y;\nCREATE TABLE b (x);\n-- the end"}
    with closing(connect(tmp_path / "x.db")) as connection:
        migrate(connection, "x.db", first)
        migrate(connection, "x.db", second)
        migrate(connection, "x.db", second)
        assert tables(connection) == {"a", "b"}
        assert connection.execute("SELECT x, y FROM a").fetchall() == [(";\n", None)]
        with pytest.raises(TooNew):
            migrate(connection, "x.db", first)


def test_windows_come_to_a_database_that_is_in_use(tmp_path: Path) -> None:
    """What was on its way stays so, and no number is given to a second row."""
    with closing(sqlite3.connect(tmp_path / "willaq.db", isolation_level=None)) as connection:
        migrate(connection, "x.db", {1: MIGRATIONS[1]})
        for _ in range(3):
            connection.execute(
                "INSERT INTO outbox (person_id, channel, address, language, priority, operation,"
                " state, body, due_at, created_at, changed_at)"
                " VALUES (7, 'telegram', x'01', 'quy', 0, 'message', 'waiting', x'02', 5, 6, 6)"
            )
        connection.execute("DELETE FROM outbox WHERE id > 1")
        connection.row_factory = sqlite3.Row
        (old,) = map(dict, connection.execute("SELECT * FROM outbox"))
        migrate(connection, "x.db", MIGRATIONS)
        (row,) = map(dict, connection.execute("SELECT * FROM outbox"))
        assert row == {**old, "attempt": 0, "begun": "", "undone": 0}
        connection.execute(
            "INSERT INTO outbox (person_id, channel, language, priority, operation, state, due_at,"
            " created_at, changed_at)"
            " SELECT person_id, channel, language, priority, 'knock', state, due_at, created_at,"
            " changed_at FROM outbox"
        )
        assert connection.execute("SELECT max(id) FROM outbox").fetchone()[0] == 4


def test_a_migration_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    broken = {1: "CREATE TABLE a (x);", 2: "CREATE TABLE b (x);\nCREATE TABLE a (x);"}
    with closing(connect(tmp_path / "x.db")) as connection:
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError):
                migrate(connection, "x.db", broken)
            assert tables(connection) == {"a"}
            assert not connection.in_transaction
        migrate(connection, "x.db", {**broken, 2: "CREATE TABLE b (x);"})
        assert tables(connection) == {"a", "b"}


def test_many_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    connections = [connect(tmp_path / "x.db") for _ in range(8)]
    failures: list[BaseException] = []

    def start(connection: sqlite3.Connection) -> None:
        try:
            migrate(connection, "x.db", MIGRATIONS)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=(each,)) for each in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert "people" in tables(connections[0])
    for each in connections:
        each.close()


def _hold(path: Path, held: "multiprocessing.Queue[int]") -> None:
    with lock(path):
        held.put(1)
        threading.Event().wait()


def test_only_one_process_serves_from_a_database(tmp_path: Path) -> None:
    """The second is told who the first is; a killed one holds nothing."""
    path = tmp_path / "data" / "willaq.db"
    spawn = multiprocessing.get_context("spawn")
    held: multiprocessing.Queue[int] = spawn.Queue()
    first = spawn.Process(target=_hold, args=(path, held))
    first.start()
    held.get(timeout=20)
    with pytest.raises(AlreadyRunning, match=f"process {first.pid}"), lock(path):
        pass
    first.kill()
    first.join()
    with lock(path):
        pass


def test_a_lock_let_go_can_be_taken_again(tmp_path: Path) -> None:
    path = tmp_path / "willaq.db"
    for _ in range(2):
        with lock(path):
            with pytest.raises(AlreadyRunning), lock(path):
                pass
            with lock(tmp_path / "other.db"), lock(MEMORY), lock(MEMORY):
                pass


def test_a_lock_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"), lock(tmp_path / "file" / "x.db"):
        pass
