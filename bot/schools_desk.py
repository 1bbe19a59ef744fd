"""`willaq schools`: what organizers see of sign-ups, in the terminal and as a table.

Whoever has names written out or takes somebody out leaves the line in the log that the console
leaves.
"""

import argparse
import csv
import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from json import dumps
from pathlib import Path
from typing import Any

from bot.dialogue import editions
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.enrolment import EnrolmentState
from bot.dialogue.regions import REGIONS
from bot.private_file import harmless, private_file
from bot.store.base import Enrolled
from bot.store.desk import Doer
from bot.store.watch import WatchStore

COLUMNS = (
    "number", "name", "region", "organization", "channel", "state", "consent", "language",
    "agreed_on",
)  # fmt: skip
_COMMAND = Doer(None, "command")
_STATES: tuple[EnrolmentState, ...] = ("enrolled", "waiting", "withdrawn")

log = logging.getLogger(__name__)


class Refused(Exception):
    """It was not done; the text says why and what to do."""


async def run(
    asked: argparse.Namespace, store: WatchStore, catalogue: Catalogue, today: date, now: float
) -> str:
    """What to say in the end. Raises Refused and StoreError."""
    if asked.job == "list":
        rows = [*overview(catalogue, await store.enrolment_counts(), today)]
        return dumps(rows, ensure_ascii=False) if asked.json else _table(rows)
    if asked.job == "withdraw":
        gone = await store.take_out(
            asked.edition, asked.number, doer=_COMMAND, today=today, now=now
        )
        if not gone:
            raise Refused(f"Nobody has number {asked.number} in {asked.edition}.")
        return "Done. What she had answered is deleted."
    return await _export(asked.edition, asked.out, store, catalogue, now)


async def _export(slug: str, out: Path, store: WatchStore, catalogue: Catalogue, now: float) -> str:
    if slug not in catalogue.editions and slug not in await store.enrolment_counts():
        known = ", ".join(catalogue.editions) or "none"
        raise Refused(f'There is no edition "{slug}". There are: {known}.')
    women = await store.sign_ups(slug, "download sign-ups", doer=_COMMAND, now=now)
    _write(out, table(women))
    log.info("exported", extra={"edition": slug, "rows": len(women)})
    return f"{out} has {len(women)} rows. It holds names: keep it where only organizers read it."


def table(women: Sequence[Enrolled]) -> str:
    """CSV as a spreadsheet takes it, and nothing in it that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in women:
        kept = each.kept
        version, _, language = kept.consent.partition(" ")
        region = REGIONS.get(kept.region, kept.region)
        fields = (kept.name, region, kept.organization, each.channel, kept.state, version, language)
        writer.writerow([each.number, *map(harmless, fields), kept.agreed_on.isoformat()])
    return text.getvalue()


def _write(out: Path, text: str) -> None:
    try:
        with private_file(out) as file:
            file.write(text)
    except OSError as error:
        raise Refused(f"{out}: {error.strerror}. Nothing was written.") from None


def overview(
    catalogue: Catalogue, counts: Mapping[str, Mapping[EnrolmentState, int]], today: date
) -> Iterator[dict[str, Any]]:
    """Also of editions that are no longer in the content: who signed up is still there."""
    for slug in sorted({*catalogue.editions, *counts}):
        edition = catalogue.editions.get(slug)
        yield {
            "edition": slug,
            "school": edition.school if edition else "",
            "starts_on": _day(edition.starts_on if edition else None),
            "deadline": _day(edition.deadline if edition else None),
            "open": bool(edition and editions.can_join(edition, catalogue, today)),
            "capacity": edition.capacity if edition else 0,
            **{state: counts.get(slug, {}).get(state, 0) for state in _STATES},
        }


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = ("edition", "starts_on", "deadline", "capacity", *_STATES)
    cells = [columns, *([str(row[name]) or "-" for name in columns] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
