"""The Store in one SQLite file: enough for one machine, nothing to install or to look after."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from bot.dialogue.announcing import Consents
from bot.dialogue.enrolment import EnrolmentState
from bot.store import (
    deliveries,
    enrolments,
    forgetting,
    media,
    opening,
    receipts,
    subscriptions,
    visits,
    voices,
)
from bot.store.addresses import Vault
from bot.store.arrival import Arrival
from bot.store.base import (
    Course,
    Decide,
    Enrolled,
    OutboxRow,
    Settlement,
    Told,
    Unanswered,
    Visit,
)
from bot.store.broadcast_desk import BroadcastDesk
from bot.store.house import PLAIN, House
from bot.store.ledger import Ledger
from bot.store.opening import MEMORY, lock
from bot.store.people_desk import PeopleDesk
from bot.store.reader import Reader
from bot.store.recording import VoiceWork
from bot.store.safekeeping import Safekeeping
from bot.store.staff_desk import StaffDesk
from bot.store.trouble import Refused, explained
from bot.store.watch_desk import WatchDesk
from bot.store.writer import Writer, hop

__all__ = ["MEMORY", "SqliteStore", "lock"]

_BUSY_TIMEOUT_S: Final = 1.0
_COUNTED_AT_ONCE: Final = 5_000


class SqliteStore(StaffDesk, BroadcastDesk, WatchDesk, PeopleDesk, Safekeeping):
    """See bot.store.base.Store for what each method promises. Made by `open`."""

    def __init__(
        self, writer: Writer, reader: Reader, vault: Vault, clock: Callable[[], float]
    ) -> None:
        self.vault = vault
        self._writer = writer
        self._reader = reader
        self._clock = clock

    @classmethod
    async def open(
        cls,
        path: str | Path,
        key: Vault | Path,
        *,
        clock: Callable[[], float] = time.time,
        busy_timeout_s: float = _BUSY_TIMEOUT_S,
    ) -> "SqliteStore":
        """`path` may be ":memory:". Raises StoreError, of which KeyProblem is one kind.

        `clock` dates what `settle` notes; everything else is told the time.
        """
        name = str(path)
        try:
            connection = await opening.connect(name, busy_timeout_s)
            try:
                vault = await hop(connection, lambda: opening.prepare(connection._conn, name, key))
            except BaseException:
                await connection.close()
                raise
        except sqlite3.Error as error:
            raise explained(error, name) from error
        writer = Writer(connection, vault, name)
        return cls(writer, Reader(name, vault, writer), vault, clock)

    async def visit(
        self,
        *,
        channel: str,
        message_id: str,
        address: str,
        ref: str,
        now: float,
        lease_s: float,
        pulled: bool,
        decide: Decide,
        alias: str = "",
        window_until: float | None = None,
        house: House = PLAIN,
    ) -> Visit:
        came = Arrival(
            channel, message_id, address, ref, now, lease_s, pulled, alias, window_until, house
        )
        try:
            found = await self._writer.do(partial(visits.visit, came=came, decide=decide))
        except Refused as error:
            # The answer itself cannot be written: our mistake, and it would come back for ever.
            cause = error.__cause__ or error
            found = await self._writer.do(partial(visits.count_try, came=came, cause=cause))
        if isinstance(found, Unanswered):
            raise found
        return found

    async def claim(
        self,
        channels: Sequence[str],
        *,
        now: float,
        limit: int,
        lease_s: float,
        quiet_since: float = 0.0,
        announcements: int = 0,
    ) -> list[OutboxRow]:
        job = partial(
            deliveries.claim,
            channels=channels,
            now=now,
            limit=limit,
            lease_s=lease_s,
            quiet_since=quiet_since,
            announcements=announcements,
        )
        return await self._writer.do(job)

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        now = self._clock()
        await self._writer.do(partial(deliveries.settle, settlements=settlements, now=now))

    async def note(self, channel: str, told: Sequence[Told], *, now: float) -> None:
        await self._writer.do(partial(receipts.note, channel=channel, told=told, now=now))

    async def media(self, channel: str, digest: str, *, now: float) -> str | None:
        return await self._writer.do(partial(media.find, channel=channel, digest=digest, now=now))

    async def keep_media(
        self, channel: str, digest: str, ref: str | None, *, expires_at: float
    ) -> None:
        await self._writer.do(
            partial(media.keep, channel=channel, digest=digest, ref=ref, expires_at=expires_at)
        )

    async def pull(self, channel: str, address: str, *, after: int, now: float) -> list[OutboxRow]:
        return await self._writer.do(
            partial(deliveries.pull, channel=channel, address=address, after=after, now=now)
        )

    async def refs_before(self, row: OutboxRow, *, now: float) -> list[str]:
        return await self._writer.do(partial(deliveries.refs_before, row=row, now=now))

    async def erased(self, person_id: int) -> None:
        await self._writer.do(partial(deliveries.erased, person_id=person_id))

    async def renew(self, row_ids: Sequence[int], *, until: float) -> None:
        await self._writer.do(partial(deliveries.renew, row_ids=row_ids, until=until))

    async def recover(self, *, now: float, everything: bool) -> dict[str, int]:
        """How many rows now wait again, are skipped (forgotten meanwhile), are unknown."""
        return await self._writer.do(partial(deliveries.recover, now=now, everything=everything))

    async def purge(self, *, now: float) -> None:
        for each in forgetting.slices(now):
            while await self._writer.do(each):
                pass
        after: int | None = 0
        while after is not None:
            sweep = partial(forgetting.sweep_finished, after=after, now=now)
            after = await self._writer.do(sweep)
        # What was deleted would stay in the write-ahead log until it is written over.
        await self._writer.between(
            lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        )

    async def forget(self, channel: str, address: str, *, now: float) -> bool:
        return await self._writer.do(
            partial(forgetting.forget, channel=channel, address=address, now=now)
        )

    async def tend(self, course: Course, *, today: date, now: float) -> int:
        await self._writer.do(partial(enrolments.move_up, course=course, day=today))
        sent = 0
        for notice in course.notices:
            job = partial(enrolments.remind, edition=course.edition, notice=notice, now=now)
            while some := await self._writer.do(job):
                sent += some
        return sent

    async def enrolment_counts(self) -> Mapping[str, Mapping[EnrolmentState, int]]:
        return await self._writer.do(enrolments.count)

    async def enrolled(self, edition: str) -> Sequence[Enrolled]:
        return await self._writer.do(partial(enrolments.enrolled, edition=edition))

    async def withdraw(self, edition: str, number: int, *, today: date, now: float) -> bool:
        job = partial(enrolments.withdraw, edition=edition, number=number, day=today, now=now)
        return await self._writer.do(job)

    async def voices(self) -> Sequence[VoiceWork]:
        return await self._writer.do(voices.left)

    async def end_voice(self, id: int) -> None:
        await self._writer.do(partial(voices.end, id=id))

    async def consents(self) -> Sequence[Consents]:
        found: list[Consents] = []
        for after in range(0, await self._writer.do(subscriptions.last_person), _COUNTED_AT_ONCE):
            part = partial(subscriptions.consents, after=after, size=_COUNTED_AT_ONCE)
            found += await self._writer.do(part)
        return _together(found)

    async def outbox_counts(self) -> dict[str, int]:
        """Only states that occur. Counted in slices, so that no visit waits for a long count."""
        counts: dict[str, int] = {}
        for after in range(0, await self._writer.do(deliveries.last_row), _COUNTED_AT_ONCE):
            part = partial(deliveries.count_slice, after=after, size=_COUNTED_AT_ONCE)
            for state, count in await self._writer.do(part):
                counts[state] = counts.get(state, 0) + count
        return counts

    async def check(self) -> None:
        await self._writer.do(partial(_note_check, now=self._clock()))

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()


def _together(found: Sequence[Consents]) -> Sequence[Consents]:
    counts: dict[tuple[date, str, str], list[int]] = {}
    for each in found:
        both = counts.setdefault((each.agreed_on, each.channel, each.consent), [0, 0])
        both[0] += each.count
        both[1] += each.still
    return [
        Consents(channel, consent, day, count, still)
        for (day, channel, consent), (count, still) in sorted(counts.items())
    ]


def _note_check(ledger: Ledger, now: float) -> None:
    ledger.change("note", "checked_at", str(now))
