"""`willaq people`: bring in women who agreed elsewhere, and prove who agreed to what.

Rule 1: a list changes nobody's no, and nobody's yes. Who said no stays out, whoever brings her;
who gets announcements already goes on getting them as she chose.
Rule 2: no address is printed or logged, only lines of the list.
"""

import argparse
import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from bot import subscriber_list
from bot.frontmatter import Unreadable
from bot.private_file import harmless, private_file
from bot.store.desk import Doer
from bot.store.people import Consent, Kind, PeopleStore, Subscriber
from bot.store.team import StaffStore

COLUMNS: Final = (
    "woman", "channel", "agreed_on", "words", "language", "proof", "still",
)  # fmt: skip
_COMMAND: Final = Doer(None, "command")
_LISTED: Final = 20
_KINDS: Final[Mapping[Kind, str]] = {
    "new": "new",
    "known": "wrote before and had not decided",
    "gets them": "get announcements already: nothing of that changes",
    "said no": "said no: they stay out, only they themselves can take that back",
    "unreachable": "blocked Willaq or are gone: they stay out",
    "never wrote": "never wrote to the Telegram bot, and Telegram lets nobody else begin: they "
    "stay out",
}


class Refused(Exception):
    """Nothing was changed; the text says why and what to do."""


class Everything(StaffStore, PeopleStore, Protocol):
    """What this desk works at."""


async def run(
    asked: argparse.Namespace, store: Everything, languages: Collection[str], template: str | None,
    today: date, now: float,
) -> str:  # fmt: skip
    """What to say in the end. `template`: the one that asks a woman on WhatsApp to open her window.
    Raises Refused and StoreError."""
    if asked.job == "export-consents":
        return await _export(asked.file, store, now, with_addresses=asked.with_addresses)
    women = _listed(asked.file, languages, today)
    found = await store.bring(women, doer=_COMMAND if asked.apply else None, now=now)
    return "\n".join(_told(women, found, template, is_done=asked.apply))


def _listed(file: Path, languages: Collection[str], today: date) -> Sequence[Subscriber]:
    try:
        women, mistakes = subscriber_list.read(str(file), file.read_bytes(), languages, today)
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}. Nothing was changed.") from None
    except Unreadable as error:
        raise Refused(f"{error}\nNothing was changed.") from None
    if mistakes:
        told = "\n".join(map(str, mistakes))
        raise Refused(f"{told}\n{len(mistakes)} mistakes. Nothing was changed.")
    return women


def _told(
    women: Sequence[Subscriber], found: Mapping[Kind, Sequence[int]], template: str | None, *,
    is_done: bool,
) -> Iterator[str]:  # fmt: skip
    for kind, text in _KINDS.items():
        if lines := found.get(kind):
            which = "" if kind in ("new", "known", "gets them") else f" ({_lines(lines)})"
            yield f"{len(lines):9}  {text}{which}"
    if found.get("new"):
        yield from _about_the_new(template)
    many = len(found.get("new", ())) + len(found.get("known", ()))
    if is_done:
        yield f"Done: {many} more get announcements."
    elif many:
        yield f"Nothing was changed yet. Look it over; with --apply {many} get announcements."
    else:
        yield "Nothing to change." if women else "The list is empty."


def _about_the_new(template: str | None) -> Iterator[str]:
    yield "Who is new gets no announcement unasked: WhatsApp asks her first whether to show it."
    if template is None:
        yield (
            "For that it needs WILLAQ_WHATSAPP_TEMPLATE (docs/run.md); without it she gets nothing "
            "until she writes."
        )


def _lines(lines: Sequence[int]) -> str:
    some = ", ".join(map(str, lines[:_LISTED]))
    rest = f" and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    return f"line {some}{rest}"


async def _export(out: Path, store: Everything, now: float, *, with_addresses: bool) -> str:
    did = "export addresses" if with_addresses else "export consents"
    # Before the first one is read: who looked is known, whatever happens then.
    await store.note_done(did, "", doer=_COMMAND, now=now)
    many = 0
    try:
        with private_file(out) as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(("address" if with_addresses else "woman", *COLUMNS[1:]))
            async for each in store.consented(with_addresses=with_addresses):
                writer.writerow(map(harmless, _row(each)))
                many += 1
    except OSError as error:
        raise Refused(f"{out}: {error.strerror}. Nothing was written.") from None
    if with_addresses:
        return f"{out} has {many} rows, with addresses: delete it as soon as you can."
    return f"{out} has {many} rows. The mark of a woman is the same each time and opens nothing."


def _row(each: Consent) -> tuple[str, ...]:
    return (
        each.address or each.woman, each.channel, each.agreed_on.isoformat(), each.words,
        each.language, each.how, "yes" if each.still else "no",
    )  # fmt: skip
