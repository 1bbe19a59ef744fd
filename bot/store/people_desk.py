"""PeopleStore, kept in SQLite."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final

from bot.store import audit, subscriptions
from bot.store.addresses import Vault, as_bytes, as_text
from bot.store.desk import Doer
from bot.store.ledger import QUERIES, Ledger
from bot.store.people import IMPORTED, Consent, Kind, Subscriber
from bot.store.writer import Writer

_SLICE: Final = 5_000


class PeopleDesk:
    """A part of SqliteStore."""

    vault: Vault
    _writer: Writer

    async def bring(
        self, subscribers: Sequence[Subscriber], *, doer: Doer | None, now: float
    ) -> Mapping[Kind, Sequence[int]]:
        # Sealing takes seconds for many, and nobody else may have to wait for it.
        await self._writer.between(partial(_stage, vault=self.vault, subscribers=subscribers))
        try:
            return await self._writer.do(partial(_bring, doer=doer, now=now))
        finally:
            await self._writer.between(_clear)

    async def consented(self, *, with_addresses: bool) -> AsyncIterator[Consent]:
        last = await self._writer.do(subscriptions.last_person)
        for after in range(0, last, _SLICE):
            some = partial(_consented, after=after, with_addresses=with_addresses)
            for each in await self._writer.do(some):
                yield each


def _stage(connection: sqlite3.Connection, vault: Vault, subscribers: Sequence[Subscriber]) -> None:
    connection.execute(QUERIES["clear_arriving"])
    connection.execute(QUERIES["make_arriving"])
    connection.execute("BEGIN")
    connection.executemany(QUERIES["add_arriving"], _sealed(vault, subscribers))
    connection.execute("COMMIT")


def _sealed(vault: Vault, subscribers: Sequence[Subscriber]) -> Iterator[tuple[object, ...]]:
    for each in subscribers:
        yield (
            each.line, each.channel, vault.index("address", each.channel, each.address),
            vault.seal(as_bytes(each.address), "address", each.channel), each.language,
            each.region, vault.seal(as_bytes(each.how), "proof", each.channel),
            each.agreed_on.isoformat(),
        )  # fmt: skip


def _clear(connection: sqlite3.Connection) -> None:
    connection.execute(QUERIES["clear_arriving"])


def _bring(ledger: Ledger, doer: Doer | None, now: float) -> dict[Kind, list[int]]:
    found: dict[Kind, list[int]] = {}
    for kind, line in ledger.all("sort_arriving"):
        found.setdefault(kind, []).append(line)
    if doer is not None:
        many = ledger.change("welcome_known", IMPORTED)
        today = datetime.fromtimestamp(now, UTC).date().isoformat()
        many += ledger.change("welcome_new", IMPORTED, today)
        audit.note(ledger, doer, "import subscribers", str(many), now)
    return found


def _consented(ledger: Ledger, after: int, with_addresses: bool) -> list[Consent]:
    rows = ledger.all("consented", after, _SLICE)
    return [_consent(ledger.vault, row, with_addresses) for row in rows]


def _consent(vault: Vault, row: Sequence[Any], with_address: bool) -> Consent:
    _, channel, index, address, consent, agreed_on, proof, still = row
    words, _, language = consent.partition(" ")
    return Consent(
        vault.sign(b"consent " + index)[:8].hex(),
        channel,
        date.fromisoformat(agreed_on),
        words,
        language,
        as_text(vault.unseal(proof, "proof", channel)) if proof else "",
        bool(still),
        as_text(vault.unseal(address, "address", channel)) if with_address else "",
    )
