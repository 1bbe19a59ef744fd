"""Read a list of women who agreed elsewhere to get announcements: all mistakes at once.

Rule 1: what stands in a cell is never repeated. A mistake names the line and the column: a shifted
column would else bring a number into a terminal and from there into a log.
Rule 2: a number is taken only if it can be no other. Whether it exists, only WhatsApp knows.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from bot.dialogue.regions import REGIONS, meant
from bot.frontmatter import Mistake
from bot.store.people import Subscriber
from bot.table import each_record

NEEDED: Final = ("channel", "address", "consent", "consent_date")
OPTIONAL: Final = ("language", "region")
_LONGEST_HOW: Final = 500
_SEEN: Final = 20  # mistakes of the first line that are told
_BETWEEN: Final = re.compile(r"[\s().\-\u00a0\u2010-\u2015]")
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")
_OLDEST: Final = date(2000, 1, 1)


def read(
    path: str, data: bytes | None, languages: Collection[str], today: date
) -> tuple[list[Subscriber], list[Mistake]]:
    """Those without a mistake, and all mistakes. Raises Unreadable when it is no table at all."""
    records = each_record(path, data)
    first, header = next(records, (1, []))
    columns = [name.strip().lower() for name in header]
    if mistakes := [Mistake(path, first, text) for text in _columns(columns)]:
        return [], mistakes
    found: list[Subscriber] = []
    at: dict[tuple[str, str], int] = {}
    for line, fields in records:
        values = [each.strip() for each in fields]
        if not any(values):
            continue  # spreadsheets leave empty rows at the end
        if len(values) != len(columns):
            text = f"has {len(values)} columns, the first line has {len(columns)}."
            mistakes.append(Mistake(path, line, text))
            continue
        row = dict(zip(columns, values, strict=True))
        faults: list[str] = []
        woman = _subscriber(line, row, languages, today, faults)
        before = at.setdefault((woman.channel, woman.address), line)
        if before != line and woman.address:
            faults.append(f"address: the same as in line {before}. Keep one.")
        mistakes += [Mistake(path, line, fault) for fault in faults]
        if not faults:
            found.append(woman)
    return found, mistakes


def _columns(columns: Sequence[str]) -> Iterator[str]:
    """A list without a first line has addresses there, so nothing of it is repeated."""
    known = (*NEEDED, *OPTIONAL)
    for number, name in enumerate(columns[:_SEEN], 1):
        if name not in known:
            yield f"column {number} has a name that is not known. There are: {', '.join(known)}."
        elif columns.index(name) < number - 1:
            yield f'the column "{name}" stands here twice. Keep one.'
    for name in NEEDED:
        if name not in columns:
            yield f'the column "{name}" is missing. The first line names the columns.'


def _subscriber(
    line: int, row: dict[str, str], languages: Collection[str], today: date, faults: list[str]
) -> Subscriber:
    """Of use only if it adds no fault."""
    channel = row["channel"].lower()
    if channel not in _ADDRESSES:
        faults.append("channel: write telegram or whatsapp. Elsewhere nobody can be written to.")
    return Subscriber(
        line,
        channel,
        _address(channel, row["address"], faults),
        _language(row.get("language", ""), languages, faults),
        _region(row.get("region", ""), faults),
        _how(row["consent"], faults),
        _day(row["consent_date"], today, faults),
    )


def _address(channel: str, value: str, faults: list[str]) -> str:
    read, hint = _ADDRESSES.get(channel, (str, ""))
    found = read(unwrapped(value)) if value else ""
    if not found:
        faults.append(f"address: {hint if value else 'is empty.'}")
    return found


def unwrapped(value: str) -> str:
    """Without what spreadsheets put around a number so that it stays one."""
    return value.removeprefix("=").strip('"').removeprefix("'")


def number(value: str) -> str:
    """As WhatsApp knows it: the country's code and the number, digits only. "" = that is not
    certain. Nine digits that begin with 9 are a mobile number in Peru; of others the country has to
    stand there."""
    found = re.fullmatch(r"(\+|00)?([1-9]\d{7,14})", _BETWEEN.sub("", value))
    if not found:
        return ""
    has_country, digits = bool(found[1]), found[2]
    if re.fullmatch(r"519\d{8}", digits):
        return digits
    if has_country:
        return "" if digits.startswith("51") else digits
    return f"51{digits}" if re.fullmatch(r"9\d{8}", digits) else ""


def _chat(value: str) -> str:
    """Of a woman: groups have a minus. "" = it is none."""
    return value if re.fullmatch(r"[1-9]\d{0,15}", value) else ""


_ADDRESSES: Final = {
    "whatsapp": (
        number, "is no mobile number that can be only one. Write it with + and the country's code, "
        "or the nine digits of one in Peru, and keep the column as text.",
    ),
    "telegram": (_chat, "is no chat id. That is a number without a sign; a name does not do."),
}  # fmt: skip


def _language(value: str, languages: Collection[str], faults: list[str]) -> str:
    if value and value not in languages:
        faults.append(f"language: there are {', '.join(languages)}; empty if it is not known.")
    return value


def _region(value: str, faults: list[str]) -> str:
    code = value if re.fullmatch(r"\d{2}|\d{4}", value) else meant(value) or ""
    if value and code[:2] not in REGIONS:
        faults.append(
            "region: write its name or its code (05), or a province's (0501), or nothing."
        )
    return code


def _how(value: str, faults: list[str]) -> str:
    if not value:
        faults.append("consent: is empty. Write how she agreed, such as: signed at the workshop.")
    elif len(value) > _LONGEST_HOW:
        faults.append(f"consent: is longer than {_LONGEST_HOW} letters.")
    return value


def _day(value: str, today: date, faults: list[str]) -> date:
    for form in _DAYS:
        with suppress(ValueError):
            found = datetime.strptime(value, form).date()  # noqa: DTZ007
            if _OLDEST <= found <= today:
                return found
    faults.append("consent_date: write the day she agreed as 2026-05-03 or 03/05/2026.")
    return today
