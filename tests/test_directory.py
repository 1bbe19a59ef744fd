"""The services directory: rows that are right, rows that are not, and the import."""

from datetime import date
from pathlib import Path

import pytest

from bot import directory, directory_import
from bot.directory import COLUMNS, Directory
from bot.directory_import import Refused
from tests.catalogue import SERVICES, TODAY, spanish

PLACES = spanish().places
ROW = {
    "id": "cem-inventado",
    "kind": "centro-emergencia-mujer",
    "name": "Centro Inventado",
    "address": "Jirón Inventado 1, al lado",
    "ubigeo": "120401",
    "department": "Junín",
    "province": "Jauja",
    "district": "Jauja",
    "latitude": "-11.775",
    "longitude": "-75.5",
    "phones": "000 000 001 / 01 000 0002",
    "hours": "De 8 a 4",
    "languages": "castellano",
    "checked_on": "2026-11-01",
    "expires_on": "2027-06-01",
    "source": "Hecho para las pruebas",
    "confirmed": "",
}


def table(*rows: dict[str, str]) -> bytes:
    quoted = [",".join(f'"{row[column]}"' for column in COLUMNS) for row in rows]
    return "\n".join([",".join(COLUMNS), *quoted]).encode()


def build(*rows: dict[str, str]) -> Directory:
    return directory.build("list.csv", table(*rows), PLACES, TODAY)


def told(**changed: str) -> list[str]:
    """Of one row with these changes: its mistakes, without the file and the line."""
    found = build({**ROW, **changed})
    assert bool(found.services) != bool(found.mistakes)
    return [str(each).removeprefix("list.csv:2: ") for each in found.mistakes]


def test_a_whole_row_is_a_service() -> None:
    (service,) = build(ROW).services
    assert service.ubigeo == "120401"
    assert service.point == (-11.775, -75.5)
    assert service.phones == ("000 000 001", "01 000 0002")
    assert (service.checked_on, service.expires_on) == (date(2026, 11, 1), date(2027, 6, 1))
    assert build(ROW).lines == {"cem-inventado": 2}


@pytest.mark.parametrize(
    "changed",
    [
        {"latitude": "", "longitude": ""},
        {"latitude": "-11,775", "longitude": "-75,5"},
        {"phones": "", "address": "", "hours": "", "languages": ""},
        {"ubigeo": ""},
        {"ubigeo": "", "district": "JAUJA", "province": "", "department": ""},
        {"department": "", "province": "", "district": ""},
        {"ubigeo": "", "district": "Manu", "province": "Manu", "department": "Madre de Dios",
         "latitude": "", "longitude": ""},
        {"latitude": "-12.9", "confirmed": "yes"},
    ],
)  # fmt: skip
def test_what_may_be_left_out_or_written_otherwise(changed: dict[str, str]) -> None:
    assert told(**changed) == []


WRONG = [
    ({"id": "CEM Jauja"}, "id: "),
    ({"id": ""}, "id: "),
    ({"id": "x" * 41}, "id: "),
    ({"kind": "comiseria"}, 'kind: there is no kind "comiseria". Did you mean "comisaria"?'),
    ({"kind": "hogar-de-refugio"}, "kind: where a shelter is must stay secret."),
    ({"name": "Casa de Acogida Inventada"}, "kind: where a shelter is must stay secret."),
    ({"name": ""}, "name: is empty."),
    ({"name": "x" * 81}, "name: has 81 letters"),
    ({"name": "Centro **1**"}, "name: must be one line without **."),
    ({"source": ""}, "source: is empty."),
    ({"latitude": "-75.5", "longitude": "-11.775"}, "latitude: -75.5 is not in Peru"),
    ({"latitude": "40.4", "longitude": "-3.7"}, "latitude: 40.4 is not in Peru"),
    ({"latitude": "south"}, 'latitude: "south" is no number of degrees.'),
    ({"latitude": ""}, "latitude: latitude and longitude belong together: give both."),
    ({"latitude": "-12.75"}, "latitude: is 108 km from Jauja, Junín."),
    ({"ubigeo": "120499"}, 'ubigeo: there is no district "120499".'),
    ({"ubigeo": "1204"}, 'ubigeo: there is no district "1204".'),
    ({"ubigeo": "10101"}, 'ubigeo: "10101" has lost its 0 in front: write "010101".'),
    ({"ubigeo": "120402"}, 'district: "Jauja" is not 120402, Acolla, Jauja, Junín. Which is it?'),
    ({"ubigeo": "", "district": ""}, "district: is empty, and ubigeo too."),
    ({"ubigeo": "", "district": "Juaja", "province": "", "department": ""},
     'district: "Juaja" is not clearly one district. Did you mean 120401 (Jauja, Junín)'),
    ({"ubigeo": "", "district": "Santa Rosa", "province": "", "department": ""},
     'district: "Santa Rosa" is not clearly one district. Did you mean 150139'),
    ({"ubigeo": "", "district": "Xyzzy", "province": "", "department": ""},
     'district: "Xyzzy" is not clearly one district. Give its ubigeo.'),
    ({"phones": "9.99E+08"}, 'phones: "9.99E+08" is no number.'),
    ({"phones": "01 / preguntar"}, 'phones: "01" is no number.'),
    ({"checked_on": "01/11/2026"}, 'checked_on: "01/11/2026" is no day.'),
    ({"checked_on": "2026-02-30"}, 'checked_on: "2026-02-30" is no day.'),
    ({"checked_on": "2026-12-24", "expires_on": "2027-12-01"}, "checked_on: is in the future"),
    ({"expires_on": ""}, 'expires_on: "" is no day.'),
    ({"expires_on": "2026-10-01"}, "expires_on: must be after checked_on."),
    ({"expires_on": "2030-01-01"}, "expires_on: is more than 15 months after checked_on."),
    ({"confirmed": "sí"}, 'confirmed: "sí" must be "yes" or empty.'),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "mistake"), WRONG)
def test_a_wrong_column_is_told_by_its_name(changed: dict[str, str], mistake: str) -> None:
    assert [each for each in told(**changed) if each.startswith(mistake)], told(**changed)


def test_all_mistakes_of_all_rows_are_told_at_once() -> None:
    found = build(ROW, {**ROW, "id": "b", "kind": "x", "phones": "?"}, {**ROW, "id": "c c"})
    assert [(each.line, each.text.split(":")[0]) for each in found.mistakes] == [
        (3, "kind"), (3, "phones"), (4, "id"), (4, "name"),
    ]  # fmt: skip
    assert [each.id for each in found.services] == ["cem-inventado"]


def test_a_service_that_is_there_twice_is_told() -> None:
    found = build(ROW, ROW)
    assert str(found.mistakes[0]).startswith('list.csv:3: id: "cem-inventado" stands in line 2')
    other_id = build(ROW, {**ROW, "id": "otro"})
    assert str(other_id.mistakes[0]).startswith('list.csv:3: name: "Centro Inventado" of the same')


def test_what_is_past_its_day_is_a_service_and_told_once() -> None:
    old = {"checked_on": "2025-01-01", "expires_on": "2026-01-01"}
    found = build(
        {**ROW, **old}, {**ROW, **old, "id": "b", "name": "Otro"}, {**ROW, "id": "c", "name": "C"}
    )
    assert len(found.services) == 3
    (mistake,) = directory.overdue("list.csv", found, TODAY)
    assert str(mistake).startswith("list.csv:2: expires_on: is over for 2 services")


def test_what_is_written_is_read_back_the_same() -> None:
    found = directory.build("x", SERVICES.read_bytes(), PLACES, TODAY)
    text = directory.write(found.services, PLACES)
    again = directory.build("x", text.encode(), PLACES, TODAY)
    assert again.mistakes == ()
    assert set(again.services) == set(found.services)
    assert directory.write(reversed(again.services), PLACES) == text


class Desk:
    """A directory in a folder, and tables brought into it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "data" / "services.csv"
        self.table = folder / "list.csv"

    def bring(self, data: bytes, *, remove_missing: bool = False) -> directory_import.Plan:
        self.table.write_bytes(data)
        with directory_import.held(self.file):
            plan = directory_import.plan(
                self.file, self.table, PLACES, TODAY, remove_missing=remove_missing
            )
            directory_import.save(self.file, plan.services, PLACES)
        return plan

    def ids(self) -> list[str]:
        return [line.split(",")[0] for line in self.file.read_text().splitlines()[1:]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


A, B = {**ROW, "id": "a", "name": "A"}, {**ROW, "id": "b", "name": "B"}


def test_what_is_not_mentioned_stays(desk: Desk) -> None:
    desk.bring(table(A, B))
    plan = desk.bring(table({**B, "phones": "000 000 009"}, {**ROW, "id": "c", "name": "C"}))
    assert desk.ids() == ["a", "b", "c"]
    assert (len(plan.added), len(plan.changed), plan.unchanged, plan.kept) == (1, 1, 0, 1)
    assert '~ b: phones "000 000 001 / 01 000 0002" -> "000 000 009"' in plan.lines(PLACES)


def test_what_is_not_mentioned_goes_only_when_told(desk: Desk) -> None:
    desk.bring(table(A, B))
    plan = desk.bring(table(B), remove_missing=True)
    assert desk.ids() == ["b"]
    assert [each.id for each in plan.removed] == ["a"]


def test_a_second_time_changes_nothing(desk: Desk) -> None:
    desk.bring(table(A, B))
    before = desk.file.read_bytes()
    plan = desk.bring(table(B, A))
    assert not plan.changes_something
    assert desk.file.read_bytes() == before


@pytest.mark.parametrize(("changed", "mistake"), WRONG)
def test_one_mistake_and_nothing_is_changed(
    desk: Desk, changed: dict[str, str], mistake: str
) -> None:
    desk.bring(table(A))
    before = desk.file.read_bytes()
    with pytest.raises(Refused) as refused:
        desk.bring(table({**A, "phones": ""}, {**ROW, **changed}))
    assert all(each.path == str(desk.table) for each in refused.value.mistakes)
    assert desk.file.read_bytes() == before


def test_a_directory_somebody_broke_is_not_made_worse(desk: Desk) -> None:
    desk.bring(table(A))
    desk.file.write_text(desk.file.read_text().replace("120401", "1204"))
    before = desk.file.read_bytes()
    with pytest.raises(Refused) as refused:
        desk.bring(table(B))
    assert str(refused.value.mistakes[0]).startswith("data/services.csv:2: ubigeo: ")
    assert desk.file.read_bytes() == before


def test_nothing_is_left_behind_when_it_cannot_be_written(desk: Desk) -> None:
    desk.bring(table(A))
    desk.file.unlink()
    desk.file.mkdir()
    services = build(A).services
    with pytest.raises(OSError):
        directory_import.save(desk.file, services, PLACES)
    assert sorted(path.name for path in desk.file.parent.iterdir()) == [
        "services.csv",
        "services.lock",
    ]
