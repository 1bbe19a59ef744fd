"""A copy made while women write, and what becomes of it: sent twice to nobody, every no kept."""

import os
import resource
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.announcing import Subscribe
from bot.dialogue.enrolment import Enrol, Withdraw
from bot.dialogue.turn import Announcements, Effect, Forget
from bot.store import restoring
from bot.store.addresses import KeyMismatch, Vault
from bot.store.base import Settlement, StoreError
from bot.store.opening import MIGRATIONS, NotOurs, TooNew
from bot.store.restoring import Restored, restore
from bot.store.safekeeping import Taken
from bot.store.sqlite import SqliteStore
from tests.announcing import COMMAND, DAY, HOUR, NOON, Desk, staff
from tests.people import KILLA, ROSA, TANIA, Person
from tests.store.contract import answers

YES = Subscribe("05", (14, 18), "1 es")
UNTIL = date(2040, 2, 27)


class Safe:
    """A database with a desk, and a place for copies of it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.copy = folder / "copy.db"
        self._messages = 0

    async def copies(self) -> None:
        await self.desk.store.backup(self.copy, doer=COMMAND, now=self.desk.now)
        self.desk.now += HOUR

    async def restores(self) -> Restored:
        await self.desk.store.close()
        found = restore(self.copy, self.desk.path, self.desk.vault, doer=COMMAND, now=self.desk.now)
        await self.opens()
        return found

    async def opens(self) -> None:
        self.desk.store = await SqliteStore.open(
            self.desk.path, self.desk.vault, clock=lambda: self.desk.now
        )

    async def says(self, *effects: Effect, who: Person = ROSA) -> None:
        self._messages += 1
        visit = await self.desk.store.visit(
            channel="telegram", message_id=str(self._messages), address=str(who.chat_id), ref="",
            now=self.desk.now, lease_s=60, pulled=False, decide=answers("listo", effects=effects),
        )  # fmt: skip
        await self.desk.store.settle(
            [Settlement(row.id, row.person_id, "sent") for row in visit.claimed]
        )

    def people(self, columns: str) -> list[Any]:
        return self.desk.sql(f"SELECT {columns} FROM people ORDER BY id")

    def silenced(self, who: Person) -> bool:
        index = self.desk.vault.index("address", "telegram", str(who.chat_id))
        return bool(self.desk.sql("SELECT 1 FROM silenced WHERE address_index = ?", index))


@pytest.fixture
async def safe(tmp_path: Path) -> AsyncIterator[Safe]:
    safe = Safe(await Desk.open(tmp_path), tmp_path)
    yield safe
    await safe.desk.store.close()


# The copy


async def test_a_copy_is_whole_for_nobody_else_and_without_the_key(safe: Safe) -> None:
    safe.desk.women(50)
    await safe.copies()
    assert stat.S_IMODE(safe.copy.stat().st_mode) == 0o600
    assert sorted(os.listdir(safe.folder)) == [
        "copy.db", "willaq.db", "willaq.db-shm", "willaq.db-wal",
    ]  # fmt: skip
    with closing(sqlite3.connect(safe.copy)) as copy:
        assert copy.execute("SELECT count(*) FROM people").fetchone() == (50,)
    store = await SqliteStore.open(safe.copy, safe.desk.vault)
    await store.close()


async def test_nothing_is_written_over(safe: Safe) -> None:
    safe.copy.write_text("another")
    with pytest.raises(Taken, match="give another name"):
        await safe.copies()
    assert safe.copy.read_text() == "another"
    with pytest.raises(StoreError, match="cannot be written"):
        await safe.desk.store.backup(
            safe.folder / "none" / "copy.db", doer=COMMAND, now=safe.desk.now
        )


async def test_of_a_copy_that_finds_no_room_nothing_is_left(safe: Safe) -> None:
    safe.desk.women(500)
    with room(100_000), pytest.raises(StoreError, match="disk"):
        await safe.copies()
    assert not [name for name in os.listdir(safe.folder) if "copy" in name]
    await safe.copies()


# What is sent afterwards


async def test_no_message_is_sent_again_and_the_house_rests(safe: Safe) -> None:
    desk = safe.desk
    desk.women(6)
    number = await desk.begun()
    await desk.feeds(number, limit=4)
    first, second, *_ = await desk.claims(2)
    await desk.store.settle([Settlement(first.id, first.person_id, "sent")])
    await safe.says()  # a reply is settled
    await desk.store.visit(
        channel="telegram", message_id="x", address="77", ref="", now=desk.now, lease_s=60,
        pulled=False, decide=answers("hola"),
    )  # fmt: skip
    await safe.copies()
    assert second.id
    await safe.restores()
    assert await desk.store.claim(["telegram"], now=desk.now + DAY, limit=99, lease_s=60) == []
    assert await desk.account(number) == {("sent", ""): 1, ("unknown", "restored"): 5}
    found = await desk.store.broadcast(number)
    assert found and (found.state, found.reason, found.size) == ("paused", "restored", 6)
    assert await desk.store.house_is_paused() == "restored"
    assert desk.sql(
        "SELECT state, reason, body, address FROM outbox WHERE broadcast_id IS NULL"
        " AND reason <> ''"
    ) == [("skipped", "restored", None, None)]


async def test_what_is_in_doubt_goes_only_by_a_persons_word(safe: Safe) -> None:
    desk = safe.desk
    desk.women(3)
    number = await desk.begun()
    await safe.copies()
    await safe.restores()
    await desk.store.pause_house("", doer=desk.nora, now=desk.now)
    await desk.does("resume", number)
    assert await desk.feeds(number) == 0
    assert await desk.claims() == []
    assert await desk.store.resend_unknown(number, doer=desk.elena, now=desk.now) == 3
    assert len(await desk.claims()) == 3


async def test_what_went_out_after_the_copy_does_not_begin_again(safe: Safe) -> None:
    desk = safe.desk
    desk.women(2)
    went = await desk.approved()
    edited = await desk.approved()
    planned = await desk.approved(start_at=desk.now + 9 * DAY)
    await desk.does("schedule", planned)
    await safe.copies()
    await desk.does("start", went)
    await desk.does("send back", edited)
    await safe.restores()
    states = {each.id: (each.state, each.reason) for each in await desk.store.broadcasts()}
    assert states == {
        went: ("cancelled", "restored"), edited: ("draft", "restored"), planned: ("scheduled", ""),
    }  # fmt: skip


async def test_whose_hour_came_after_the_copy_waits_for_somebody(safe: Safe) -> None:
    desk = safe.desk
    late = await desk.approved(start_at=desk.now + HOUR)
    await desk.does("schedule", late)
    await safe.copies()
    desk.now += DAY
    await desk.store.close()
    desk.path.unlink()
    await safe.opens()
    found = await safe.restores()
    assert not found.compared
    kept = await desk.store.broadcast(late)
    assert kept and (kept.state, kept.approver) == ("draft", None)


# What she said


async def test_every_no_since_the_copy_stands(safe: Safe) -> None:
    for who in (ROSA, KILLA):
        await safe.says(YES, who=who)
    await safe.copies()
    await safe.says(Announcements(False))
    await safe.says(YES, who=TANIA)
    await safe.says(Announcements(False), who=TANIA)
    found = await safe.restores()
    assert safe.people("wanted, stopped, region, hours_from") == [
        (0, 1, "", None), (1, 0, "05", 14),
    ]  # fmt: skip
    assert safe.silenced(TANIA), "she came after the copy, and must not come back by a list"
    assert found == Restored(found.copied_at, True, 1, 0, found.aside)


async def test_no_yes_since_the_copy_is_taken_over(safe: Safe) -> None:
    await safe.says()
    await safe.says(YES, who=KILLA)
    await safe.says(Announcements(False), who=KILLA)
    await safe.copies()
    for who in (ROSA, KILLA):
        await safe.says(YES, who=who)
    await safe.restores()
    assert safe.people("wanted, stopped") == [(0, 0), (0, 1)]


async def test_who_was_forgotten_since_is_not_there_again(safe: Safe) -> None:
    await safe.says(YES)
    await safe.says(Enrol("lircay-2040", "enrolled", "Rosa", "09", "", "1 es", UNTIL))
    await safe.says(YES, who=KILLA)
    await safe.copies()
    await safe.says(Forget())
    found = await safe.restores()
    assert len(safe.people("id")) == 1 and found.gone == 1
    assert safe.silenced(ROSA)
    assert desk_count(safe, "enrolments") == 0


async def test_who_withdrew_since_has_withdrawn(safe: Safe) -> None:
    await safe.says(Enrol("lircay-2040", "enrolled", "Rosa", "09", "", "1 es", UNTIL))
    await safe.copies()
    await safe.says(Withdraw("lircay-2040"))
    await safe.restores()
    assert safe.desk.sql("SELECT state, answers FROM enrolments") == [("withdrawn", None)]


async def test_her_hours_and_her_new_number_are_as_she_told_last(safe: Safe) -> None:
    await safe.says(YES)
    await safe.copies()
    await safe.says(Subscribe("21", (9, 12), "1 es"))
    index = os.urandom(16)
    with closing(sqlite3.connect(safe.desk.path)) as other, other:
        other.execute("UPDATE people SET address_index = ?, reachable = 0", (index,))
    await safe.restores()
    assert safe.people("address_index, region, hours_from, reachable") == [(index, "21", 9, 0)]


# Those who work here


async def test_who_was_revoked_since_stays_out_and_all_sign_in_anew(safe: Safe) -> None:
    store, now = safe.desk.store, safe.desk.now
    tania = await staff(store, "Tania", "translator")
    link = await store.invite("Marta", ["organizer"], doer=COMMAND, now=now, lasts_s=9 * DAY)
    token = await store.open_session(1, now=now, lasts_s=9 * DAY)
    assert token
    await safe.copies()
    await store.revoke(tania.id, doer=COMMAND, now=now)
    await store.set_password(1, "newer", doer=COMMAND, now=now)
    await store.join(link.token, "marta", "hash", b"s" * 20, now=now)
    await safe.restores()
    store = safe.desk.store
    assert [each.name for each in await store.staff()] == ["Elena", "Nora"]
    assert await store.session(token, now=now) is None
    assert await store.invited(link.token, now=now) is None
    found = await store.credentials("Elena")
    assert found and found.password_hash == "newer"


async def test_the_log_goes_on_and_has_the_restore(safe: Safe) -> None:
    await safe.copies()
    await safe.desk.store.note_done("import services", "", doer=COMMAND, now=safe.desk.now)
    before = len(await safe.desk.store.audit())
    await safe.restores()
    log = await safe.desk.store.audit()
    assert [each.did for each in log[:2]] == ["restore", "import services"]
    assert len(log) == before + 1


# Numbers are not given twice


async def test_a_number_given_since_is_not_given_again(safe: Safe) -> None:
    await safe.says()
    await safe.copies()
    await safe.says(who=KILLA)
    await safe.says(Forget(), who=KILLA)
    (last,) = safe.desk.sql("SELECT max(id) FROM outbox")[0]
    await safe.restores()
    await safe.says(who=TANIA)
    assert safe.people("id") == [(1,), (3,)]
    assert safe.desk.sql("SELECT max(id) FROM outbox")[0][0] > last


async def test_where_nobody_knows_how_far_it_had_come_numbers_go_far_ahead(safe: Safe) -> None:
    await safe.says(YES)
    await safe.copies()
    await safe.desk.store.close()
    for file in safe.folder.glob("willaq.db*"):
        file.unlink()
    found = restore(safe.copy, safe.desk.path, safe.desk.vault, doer=COMMAND, now=safe.desk.now)
    await safe.opens()
    assert (found.compared, found.subscribed, found.aside) == (False, 1, None)
    assert await safe.desk.store.restored() == {
        "copied_at": NOON, "compared": False, "subscribed": 1, "gone": 0,
    }  # fmt: skip
    await safe.says(who=KILLA)
    assert safe.people("id")[1][0] > 100_000_000


# Which database was there


async def test_an_empty_new_one_takes_nobody_out(safe: Safe) -> None:
    """The disk died, and somebody started Willaq before restoring."""
    await safe.says(YES)
    await safe.says(YES, who=KILLA)
    await safe.copies()
    await safe.desk.store.close()
    for file in safe.folder.glob("willaq.db*"):
        file.unlink()
    await safe.opens()
    await safe.says(Announcements(False), who=KILLA)
    found = await safe.restores()
    assert (found.compared, found.subscribed, found.gone) == (False, 1, 0)
    assert safe.people("wanted, stopped") == [(1, 0), (0, 1)], "the no she said there counts"


async def test_an_older_one_takes_nobody_out(safe: Safe) -> None:
    """An older copy was restored by mistake; now the right one follows."""
    await safe.copies()
    older = safe.folder / "older.db"
    safe.copy.rename(older)
    await safe.says(YES)
    await safe.copies()
    newer = safe.folder / "newer.db"
    safe.copy.rename(newer)
    safe.copy = older
    assert (await safe.restores()).compared
    assert safe.people("id") == []
    safe.copy = newer
    safe.desk.now += 1
    found = await safe.restores()
    assert not found.compared and safe.people("wanted") == [(1,)]


async def test_a_damaged_one_is_kept_aside_with_its_journal(safe: Safe) -> None:
    await safe.says(YES)
    await safe.copies()
    await safe.desk.store.close()
    safe.desk.path.write_bytes(b"x" * 9000)
    (safe.folder / "willaq.db-wal").write_bytes(b"y" * 9000)
    found = restore(safe.copy, safe.desk.path, safe.desk.vault, doer=COMMAND, now=safe.desk.now)
    assert not found.compared and found.aside
    assert found.aside.read_bytes() == b"x" * 9000
    await safe.opens()
    assert safe.people("wanted") == [(1,)]


async def test_the_one_before_is_kept_and_opens(safe: Safe) -> None:
    await safe.copies()
    await safe.says(YES)
    found = await safe.restores()
    assert found.aside and stat.S_IMODE(found.aside.stat().st_mode) == 0o600
    before = await SqliteStore.open(found.aside, safe.desk.vault)
    assert len(await before.consents()) == 1
    await before.close()


# What is refused, and changes nothing


async def refused(safe: Safe, kind: type[Exception], says: str, key: Vault | None = None) -> None:
    await safe.desk.store.close()
    before = files(safe.folder)
    with pytest.raises(kind, match=says):
        restore(safe.copy, safe.desk.path, key or safe.desk.vault, doer=COMMAND, now=safe.desk.now)
    assert files(safe.folder) == before


def files(folder: Path) -> dict[str, bytes]:
    """But for what SQLite's processes tell each other by."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.suffix != ".db-shm"}


async def test_another_key_is_refused(safe: Safe) -> None:
    await safe.copies()
    await refused(safe, KeyMismatch, "does not belong", Vault.in_memory())


async def test_a_newer_version_is_refused(safe: Safe) -> None:
    await safe.copies()
    with closing(sqlite3.connect(safe.copy)) as copy:
        copy.execute(f"PRAGMA user_version = {max(MIGRATIONS) + 1}")
    await refused(safe, TooNew, "newer Willaq")


@pytest.mark.parametrize("left", [0, 50, 4096, 30_000])
async def test_a_truncated_file_is_refused(safe: Safe, left: int) -> None:
    safe.desk.women(200)
    await safe.copies()
    os.truncate(safe.copy, left)
    await refused(safe, StoreError, "Willaq|damaged")


async def test_what_is_no_database_of_ours_is_refused(safe: Safe) -> None:
    await refused(safe, StoreError, "no such file")
    safe.copy.write_bytes(b"Hola. " * 2000)
    await refused(safe, StoreError, "not a database of Willaq")
    safe.copy.unlink()
    with closing(sqlite3.connect(safe.copy)) as other:
        other.execute("CREATE TABLE bookmarks (id)")
    await refused(safe, NotOurs, "another program")


async def test_the_database_itself_and_one_in_use_are_no_copies(safe: Safe) -> None:
    await safe.copies()
    shutil.copy(safe.copy, safe.folder / "raw.db")
    (safe.folder / "raw.db-wal").write_bytes(b"the rest")
    safe.copy = safe.folder / "raw.db"
    await refused(safe, StoreError, "willaq backup")
    safe.copy = safe.desk.path
    await refused(safe, StoreError, "the database itself")


async def test_one_that_another_program_holds_is_not_taken_for_damaged(
    safe: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_BUSY_S", 0.05)
    await safe.copies()
    await safe.desk.store.close()
    with closing(sqlite3.connect(safe.desk.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="Another program holds"):
            restore(safe.copy, safe.desk.path, safe.desk.vault, doer=COMMAND, now=safe.desk.now)
        other.execute("ROLLBACK")


async def test_a_full_disk_changes_nothing(safe: Safe) -> None:
    await safe.copies()
    # All of the log is taken over, and there is no room for it.
    await safe.desk.store.note_done("much", "x" * 900_000, doer=COMMAND, now=NOON)
    with room(700_000):
        await refused(safe, StoreError, "disk")


@contextmanager
def room(bytes: int) -> Iterator[None]:
    """No file can become larger: as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def desk_count(safe: Safe, table: str) -> int:
    return int(safe.desk.sql(f"SELECT count(*) FROM {table}")[0][0])
