"""The services directory (services.csv): doors she can knock at, each row checked by itself.

Rule 1: a row with a mistake is no row. What is only out of date is a row, and is shown without its
number.
Rule 2: nothing is guessed. A name that is nearly right, or a point far from its district, is a
question to whoever made the table: it is a mistake until the table says it clearly.
Rule 3: where a shelter is, is never kept.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot.dialogue.catalogue import Service
from bot.dialogue.places import DISTRICT, Gazetteer, Place, Point, km_between
from bot.dialogue.services import KINDS
from bot.dialogue.words import fold
from bot.frontmatter import Mistake, Unreadable
from bot.table import Row, read_table

NAME = "services.csv"
NEEDED = (
    "id", "kind", "name", "address", "latitude", "longitude", "phones", "hours", "languages",
    "checked_on", "expires_on", "source",
)  # fmt: skip
OPTIONAL = ("ubigeo", "department", "province", "district", "confirmed")
COLUMNS = (
    "id", "kind", "name", "address", "ubigeo", "department", "province", "district", "latitude",
    "longitude", "phones", "hours", "languages", "checked_on", "expires_on", "source", "confirmed",
)  # fmt: skip
FAR_KM = 40.0  # from the capital of its district: more is a question
LONGEST_ID = 40  # Telegram takes 64 bytes behind a button
LONGEST = {"name": 80, "address": 300, "hours": 120, "languages": 80, "source": 200}
LONGEST_DAYS = 460  # 15 months: how long anything is given without anybody having asked there
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PHONE = re.compile(r"\+?[\d ()-]{3,20}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PERU = ((-18.36, -0.03), (-81.40, -68.65))  # latitudes, longitudes
_SHELTER = (
    "refugio", "acogida", "albergue", "casa segura", "hogar temporal", "shelter", "amachana wasi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Directory:
    """`lines`: id -> line of the file. `mistakes` are of rows that are not among the services."""

    services: tuple[Service, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


def build(path: str, data: bytes | None, places: Gazetteer, today: date) -> Directory:
    """Never raises for what the file says."""
    try:
        rows, mistakes = read_table(path, data, NEEDED, OPTIONAL)
    except Unreadable as error:
        return Directory(mistakes=(error.mistake,))
    found = list(mistakes)
    if rows and not places.by_code:
        fault = "cannot be checked: content/places/districts.csv is missing. Put it back."
        return Directory(mistakes=(Mistake(path, 1, fault),))
    services: dict[str, Service] = {}
    lines: dict[str, int] = {}
    alike: dict[tuple[str, str, str], int] = {}
    for row in rows:
        taken = _Reading(row, places, today)
        service = taken.service()
        faults = [*taken.faults, *_again(row, lines, alike)]
        found += [row.fault(column, text) for column, text in faults]
        if service is not None and not faults:
            services[service.id] = service
    return Directory(tuple(services.values()), lines, tuple(sorted(found)))


def read(file: Path) -> bytes | None:
    """b"" when there is no such file; None when it cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError:
        return None


def overdue(path: str, directory: Directory, today: date) -> tuple[Mistake, ...]:
    """One mistake for all that is past its day: whole lists go out of date together."""
    late = [each for each in directory.services if each.expires_on < today]
    if not late:
        return ()
    line = min(directory.lines[each.id] for each in late)
    fault = f"expires_on: is over for {len(late)} services, this is the first. They are shown"
    again = "without number and address. Check them again and import the list."
    return (Mistake(path, line, f"{fault} {again}"),)


def write(services: Iterable[Service], places: Gazetteer) -> str:
    """As `build` reads it; the same services always give the same text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in sorted(services, key=lambda service: service.id):
        writer.writerow(as_row(each, places).values())
    return out.getvalue()


def as_row(service: Service, places: Gazetteer) -> dict[str, str]:
    """All columns, as they are written."""
    district = places.by_code[service.ubigeo]
    latitude, longitude = service.point or ("", "")
    values = (
        service.id, service.kind, service.name, service.address, service.ubigeo,
        district.department, district.province, district.name, str(latitude), str(longitude),
        " / ".join(service.phones), service.hours, service.languages,
        service.checked_on.isoformat(), service.expires_on.isoformat(), service.source,
        "yes" if service.confirmed else "",
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _again(
    row: Row, lines: dict[str, int], alike: dict[tuple[str, str, str], int]
) -> Iterator[tuple[str, str]]:
    """The same service twice: by its id, or under another one."""
    id, values = row.values["id"], row.values
    where = values["ubigeo"] or "/".join(values[each] for each in ("department", "district"))
    same = (values["kind"], fold(values["name"]), fold(where))
    if id and lines.setdefault(id, row.line) != row.line:
        yield "id", f'"{id}" stands in line {lines[id]} already. Keep one of the two rows.'
    elif all(same) and alike.setdefault(same, row.line) != row.line:
        yield "name", f'"{values["name"]}" of the same kind and place is in line {alike[same]}.'


class _Reading:
    """One row, column by column; `faults` are (column, what is wrong and what to do)."""

    def __init__(self, row: Row, places: Gazetteer, today: date) -> None:
        self._values = row.values
        self._places = places
        self._today = today
        self.faults: list[tuple[str, str]] = []

    def service(self) -> Service | None:
        values = self._values
        self._check_texts()
        district, point = self._district(), self._point()
        phones = self._phones()
        checked, expires = self._days()
        confirmed = self._confirmed()
        if point is not None and district is not None and not confirmed:
            self._check_distance(district, point)
        if self.faults or district is None or checked is None or expires is None:
            return None
        return Service(
            values["id"], values["kind"], values["name"], values["address"], district.code, point,
            phones, values["hours"], values["languages"], checked, expires, values["source"],
            confirmed,
        )  # fmt: skip

    def _fault(self, column: str, text: str) -> None:
        self.faults.append((column, text))

    def _check_texts(self) -> None:
        id, kind, name = (self._values[each] for each in ("id", "kind", "name"))
        if not _ID.fullmatch(id) or len(id) > LONGEST_ID:
            example = 'as in "cem-jauja"'
            self._fault("id", f'"{id}" must be small letters, digits and hyphens, {example}.')
        if any(word in fold(f"{kind} {name}") for word in _SHELTER):
            self._fault("kind", "where a shelter is must stay secret. Take this row out.")
        elif kind not in KINDS:
            close = get_close_matches(kind, KINDS, n=1)
            hint = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(KINDS)}."
            self._fault("kind", f'there is no kind "{kind}". {hint}')
        for column in ("name", "source"):
            if not self._values[column]:
                self._fault(column, "is empty. Write it.")
        for column, most in LONGEST.items():
            text = self._values[column]
            if len(text) > most:
                self._fault(column, f"has {len(text)} letters, at most {most} are shown.")
            if "\n" in text or "\r" in text or "**" in text:
                self._fault(column, "must be one line without **.")

    def _district(self) -> Place | None:
        """By its code, by its names, or by both when they agree."""
        code = self._values["ubigeo"]
        named = [self._values[each] for each in ("district", "province", "department")]
        if not code:
            return self._district_called(named)
        if len(code) == DISTRICT - 1 and f"0{code}" in self._places.by_code:
            self._fault("ubigeo", f'"{code}" has lost its 0 in front: write "0{code}".')
            return None
        place = self._places.by_code.get(code)
        if place is None or len(code) != DISTRICT:
            self._fault("ubigeo", f'there is no district "{code}". Give the six digits of INEI.')
            return None
        if named[0] and not _is_called(place, named[0], self._places):
            self._fault("district", f'"{named[0]}" is not {code}, {place.whole_name}. Which is it?')
        return place

    def _district_called(self, named: list[str]) -> Place | None:
        wanted, _, _ = named
        if not wanted:
            self._fault("district", "is empty, and ubigeo too. Give one of them.")
            return None
        words = ", ".join(filter(None, named))
        found = [each for each in self._places.called(words) if len(each.code) == DISTRICT]
        if len(found) == 1 and fold(found[0].name) == fold(wanted):
            return found[0]
        alike = [self._places.by_code[code] for _, code in self._places.like(wanted)]
        near = found or [each for each in alike if len(each.code) == DISTRICT]
        asked = " or ".join(f"{each.code} ({each.whole_name})" for each in near[:5])
        hint = f"Did you mean {asked}? Give its ubigeo." if asked else "Give its ubigeo."
        self._fault("district", f'"{words}" is not clearly one district. {hint}')
        return None

    def _point(self) -> Point | None:
        degrees = [self._degrees(each) for each in ("latitude", "longitude")]
        latitude, longitude = degrees
        if latitude is None or longitude is None:
            if (self._values["latitude"] == "") != (self._values["longitude"] == ""):
                self._fault("latitude", "latitude and longitude belong together: give both.")
            return None
        for column, value, (least, most) in zip(
            ("latitude", "longitude"), degrees, _PERU, strict=True
        ):
            if value is not None and not least <= value <= most:
                self._fault(
                    column, f"{value} is not in Peru ({least} to {most}). Were they swapped?"
                )
        return latitude, longitude

    def _degrees(self, column: str) -> float | None:
        text = self._values[column]
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,3}([.,]\d{1,12})?", text):
            self._fault(column, f'"{text}" is no number of degrees. Write it as in -12.0654.')
            return None
        return float(text.replace(",", "."))

    def _check_distance(self, district: Place, point: Point) -> None:
        middle = self._places.point(district.code)
        if middle is not None and (km := km_between(middle, point)) > FAR_KM:
            far = f"is {km:.0f} km from {district.whole_name}."
            todo = 'Correct it, or the district; if it is right, write "yes" under confirmed.'
            self._fault("latitude", f"{far} {todo}")

    def _confirmed(self) -> bool:
        said = self._values["confirmed"]
        if said not in ("", "yes"):
            self._fault("confirmed", f'"{said}" must be "yes" or empty.')
        return said == "yes"

    def _phones(self) -> tuple[str, ...]:
        phones = tuple(filter(None, (each.strip() for each in self._values["phones"].split("/"))))
        for phone in phones:
            if not _PHONE.fullmatch(phone):
                self._fault("phones", f'"{phone}" is no number. Write "01 428 0635 / 999 000 111".')
        return phones

    def _days(self) -> tuple[date | None, date | None]:
        checked, expires = self._day("checked_on"), self._day("expires_on")
        if checked is not None and checked > self._today:
            self._fault("checked_on", f"is in the future: {checked}. Correct the day.")
        if checked is not None and expires is not None:
            if expires <= checked:
                self._fault("expires_on", "must be after checked_on.")
            elif (expires - checked).days > LONGEST_DAYS:
                self._fault("expires_on", "is more than 15 months after checked_on. Make it less.")
        return checked, expires

    def _day(self, column: str) -> date | None:
        text = self._values[column]
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self._fault(column, f'"{text}" is no day. Write year-month-day, as in 2026-11-24.')
        return None


def _is_called(place: Place, name: str, places: Gazetteer) -> bool:
    return any(each.code == place.code for each in places.called(name)) or fold(name) == fold(
        place.name
    )
