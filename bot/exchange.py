"""Translations as rows of a spreadsheet and back: what was changed, and what must not be taken.

Rule 1: a row takes with it a mark of what was exported. Who did not touch a row says nothing about
it, and a translation that changed meanwhile is a conflict: shown, never written over.
Rule 2: one mistake anywhere and nothing is changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from bot import po, po_edit
from bot.dialogue.words import fold
from bot.frontmatter import Mistake, Unreadable, decode
from bot.notes import most_letters
from bot.po_edit import Change, Name, Written
from bot.proofread import verdict
from bot.sheets import Records

COLUMNS: Final = (
    "clave", "castellano", "traducción", "estado", "notas", "límite", "indicaciones", "control",
)  # fmt: skip
WIDTHS: Final = (20, 50, 50, 18, 24, 8, 40, 10)
NEEDED: Final = ("clave", "castellano", "traducción", "estado", "notas", "control")
DRAFT, REVIEWED = "borrador", "revisado: "
_FOUND = {"missing": "falta", "stale": "antiguo", "broken": "con error", "draft": DRAFT}
_HOW_TO_REVIEW = f'Puede ser "{DRAFT}" o "{REVIEWED}NOMBRE, 2026-12-31".'


@dataclass(frozen=True, slots=True)
class Cells:
    """What a translator may change of an entry, as the sheet says it."""

    text: str
    status: str
    notes: str

    def mark(self, language: str, name: Name) -> str:
        """Tells whether an entry is what it was when it was exported."""
        fields = (language, *name, self.text, self.status, self.notes)
        whole = "".join(f"{len(each)}:{each}" for each in fields)
        return f"{language}-{sha256(whole.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as the file has it. `sheet`: as a sheet shows it."""

    name: Name
    sheet: Cells
    hints: tuple[str, ...]
    entry: po.Entry


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed it: the file since the export, and the sheet."""

    path: str
    line: int
    key: str
    now: str
    given: str

    def __str__(self) -> str:
        return (
            f'{self.path}:{self.line}: "{self.key}" cambió también en el archivo .po después de '
            f"exportar la hoja.\n  Ahora dice: {self.now}\n  La hoja dice: {self.given}"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """`changes` are those of rows without a conflict; with a mistake they are not to be made."""

    changes: Mapping[Name, Change]
    unchanged: int
    conflicts: tuple[Conflict, ...]
    mistakes: tuple[Mistake, ...]


def kept(path: str, data: bytes | None, source: Mapping[str, str]) -> dict[str, Kept]:
    """The entries of a .po file, by key, in the order of the source. Raises Unreadable, also when
    the file is not of today's Spanish."""
    found = {(each.key, each.spanish): each for each in po.read(path, data).entries}
    written = {(each.key, each.spanish): each for each in po_edit.entries(decode(path, data))}
    lacking = next((name for name in source.items() if name not in written), None)
    if lacking:
        fault = f'no tiene el castellano de hoy ("{lacking[0]}"). Primero: willaq locales update.'
        raise Unreadable(Mistake(path, 1, fault))
    return {
        key: Kept((key, text), _cells(written[key, text], found[key, text], text),
                  written[key, text].hints, found[key, text])
        for key, text in source.items()
    }  # fmt: skip


def as_rows(language: str, entries: Sequence[Kept]) -> list[list[str]]:
    """The names of the columns, then one row an entry."""
    rows = [[*COLUMNS]]
    for each in entries:
        key, spanish = each.name
        limit = most_letters(key)
        rows.append([
            key, spanish, each.sheet.text, each.sheet.status, each.sheet.notes,
            str(limit) if limit else "", "\n".join(each.hints),
            each.sheet.mark(language, each.name),
        ])  # fmt: skip
    return rows


def plan(path: str, records: Records, language: str, entries: Mapping[str, Kept]) -> Plan:
    """What bringing the sheet in would do."""
    (first, header), *rows = records
    names = [fold(name) for name in header]
    faults = [Mistake(path, first, fault) for fault in _column_faults(names)]
    if faults:
        return Plan({}, 0, (), tuple(faults))
    at = {name: names.index(fold(name)) for name in NEEDED}
    desk = _Desk(path, language, entries)
    for line, cells in rows:
        padded = [*cells, *[""] * (len(header) - len(cells))]
        desk.take(line, {name: padded[column] for name, column in at.items()})
    return Plan(desk.changes, desk.unchanged, tuple(desk.conflicts), tuple(desk.mistakes))


class _Desk:
    """Looks at one row after the other."""

    def __init__(self, path: str, language: str, entries: Mapping[str, Kept]) -> None:
        self._path = path
        self._language = language
        self._entries = entries
        self._seen: dict[str, int] = {}
        self.changes: dict[Name, Change] = {}
        self.unchanged = 0
        self.conflicts: list[Conflict] = []
        self.mistakes: list[Mistake] = []

    def take(self, line: int, row: Mapping[str, str]) -> None:
        key, mark = row["clave"].strip(), row["control"].strip()
        given = Cells(row["traducción"], row["estado"].strip(), row["notas"])
        if fault := self._misplaced(line, key, mark):
            self.mistakes.append(Mistake(self._path, line, fault))
        elif mark == given.mark(self._language, (key, row["castellano"])):
            self.unchanged += 1
        elif key not in self._entries:
            fault = f'"{key}" ya no existe en castellano, y su fila cambió. Quita la fila.'
            self.mistakes.append(Mistake(self._path, line, fault))
        else:
            self._compare(line, row["castellano"], mark, given, self._entries[key])

    def _misplaced(self, line: int, key: str, mark: str) -> str:
        if not key:
            return "la fila no tiene clave. ¿Se combinaron celdas, o se pegó texto debajo?"
        first = self._seen.setdefault(key, line)
        if first != line:
            return f'"{key}" está dos veces (antes en la fila {first}). Quita una.'
        language = mark.partition("-")[0]
        if not mark or "-" not in mark:
            return 'falta el "control" de la fila. Esa columna no se cambia: exporta otra vez.'
        if language != self._language:
            return f'la hoja es de "{language}", no de "{self._language}".'
        return ""

    def _compare(self, line: int, spanish: str, mark: str, given: Cells, now: Kept) -> None:
        key, today = now.name
        if given == now.sheet and spanish == today:
            self.unchanged += 1
        elif mark != now.sheet.mark(self._language, now.name):
            self.conflicts.append(
                Conflict(self._path, line, key, _shown(now.sheet, today), _shown(given, spanish))
            )
        elif spanish != today:
            fault = f'"{key}": la columna "castellano" no se cambia aquí. Exporta otra vez.'
            self.mistakes.append(Mistake(self._path, line, fault))
        else:
            self._change(line, given, now)

    def _change(self, line: int, given: Cells, now: Kept) -> None:
        faults = [*_faults(given, now)]
        self.mistakes += [
            Mistake(self._path, line, f'"{now.name[0]}": {fault}') for fault in faults
        ]
        if not faults:
            self.changes[now.name] = _change(given, now.sheet)


def _cells(written: Written, entry: po.Entry, spanish: str) -> Cells:
    found, _ = verdict(entry, spanish)
    # An empty one is called stale by who shows it, missing by who has to write it.
    name = "missing" if not entry.text else found
    status = f"{REVIEWED}{entry.reviewed}" if found == "reviewed" else _FOUND[name]
    return Cells(written.text, status, "\n".join(written.notes))


def _column_faults(names: Sequence[str]) -> Iterator[str]:
    for column in NEEDED:
        count = names.count(fold(column))
        if count != 1:
            how = "falta" if not count else "está dos veces"
            yield f'la columna "{column}" {how}. Deja los nombres de la primera fila como estaban.'


def _faults(given: Cells, now: Kept) -> Iterator[str]:
    if not given.text.strip():
        if now.sheet.text:
            yield "la traducción quedó vacía. Si sobra, quítala en el archivo .po."
        elif given.status != now.sheet.status:
            yield "no hay traducción, así que no tiene otro estado. Escríbela."
    else:
        changed = replace(now.entry, text=given.text, fuzzy=False)
        yield from verdict(changed, now.name[1])[1]
    if given.status != now.sheet.status and not _status(given.status):
        yield f'"{given.status}" no es un estado. {_HOW_TO_REVIEW}'
    for note in given.notes.split("\n"):
        if po.is_status(note):
            yield f'la nota "{note}" se leería como un estado. Escríbelo en "estado".'


def _change(given: Cells, before: Cells) -> Change:
    """A changed translation is a draft again, unless the sheet says who reviewed this one."""
    touched = given.text != before.text or given.status != before.status
    status = None
    if touched and given.text:
        status = _status(given.status) if given.status != before.status else "draft"
    notes = given.notes.split("\n") if given.notes else []
    return Change(
        status,
        given.text if given.text != before.text else None,
        notes if given.notes != before.notes else None,
        settled=touched,
    )


def _status(status: str) -> str:
    """As the .po file says it; "" for none that a translator may give."""
    if status == DRAFT:
        return "draft"
    said = f"reviewed: {status.removeprefix(REVIEWED)}"
    return said if status.startswith(REVIEWED) and po.is_review(said) else ""


def _shown(cells: Cells, spanish: str) -> str:
    return f"«{cells.text}» ({cells.status}), de «{spanish}»"
