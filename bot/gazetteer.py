"""Read content/places/: the districts of Peru and the other names people have for them.

districts.csv is written by .ci/make-places; names.csv is written by people: a popular name, an
abbreviation or a Quechua spelling, and the code of the place it means.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.dialogue.places import DEPARTMENT, DISTRICT, PROVINCE, Gazetteer, Place, Point
from bot.frontmatter import Mistake, Unreadable
from bot.table import Row, read_table

FOLDER = "places/"
DISTRICTS, NAMES = f"{FOLDER}districts.csv", f"{FOLDER}names.csv"
_DISTRICT = (
    "ubigeo", "department", "province", "district", "capital", "latitude", "longitude", "people",
)  # fmt: skip
_NAME = ("name", "ubigeo")

Built = tuple[Gazetteer, tuple[Mistake, ...], frozenset[str]]


def build(files: Mapping[str, bytes | None], root: str = "content") -> Built:
    """The places, the mistakes, and the files of which something is left out. No files, no places
    and no mistakes."""
    return _build(files.get(DISTRICTS), DISTRICTS in files, files.get(NAMES), NAMES in files, root)


# Only what people write in the topics changes from day to day.
@lru_cache(maxsize=2)
def _build(
    districts: bytes | None, there: bool, names: bytes | None, named: bool, root: str
) -> Built:
    mistakes: list[Mistake] = []
    places: dict[str, Place] = {}
    capitals: list[tuple[str, str]] = []
    if there:
        rows, found = _rows(f"{root}/{DISTRICTS}", districts, _DISTRICT)
        mistakes += found
        for row in rows:
            mistakes += _take_district(row, places, capitals)
    wrong_places = bool(mistakes)
    larger = _larger(places)
    others: list[tuple[str, str]] = []
    if named:
        rows, found = _rows(f"{root}/{NAMES}", names, _NAME)
        mistakes += found
        for row in rows:
            mistakes += _take_name(row, {**larger, **places}, others)
    faulty = {DISTRICTS} if wrong_places else set[str]()
    faulty |= {NAMES} if any(each.path == f"{root}/{NAMES}" for each in mistakes) else set()
    gazetteer = Gazetteer({**larger, **places}, tuple(others), tuple(capitals))
    gazetteer.find("")  # here, and not while the first woman waits, it makes its index
    return gazetteer, tuple(mistakes), frozenset(faulty)


def _rows(
    path: str, data: bytes | None, columns: tuple[str, ...]
) -> tuple[tuple[Row, ...], tuple[Mistake, ...]]:
    try:
        return read_table(path, data, columns)
    except Unreadable as error:
        return (), (error.mistake,)


def _take_district(
    row: Row, places: dict[str, Place], capitals: list[tuple[str, str]]
) -> Iterator[Mistake]:
    code = row.values["ubigeo"]
    if len(code) != DISTRICT or not code.isdecimal() or code in places:
        yield row.fault("ubigeo", f'"{code}" is no code of six digits, or it stands here twice.')
        return
    try:
        point = _point(row.values["latitude"], row.values["longitude"])
        people = int(row.values["people"] or 0)
    except ValueError:
        yield row.fault("latitude", "latitude, longitude and people have to be numbers, or empty.")
        return
    name, province, department = (
        row.values[each] for each in ("district", "province", "department")
    )
    places[code] = Place(code, name, province, department, point, people)
    if row.values["capital"]:
        capitals.append((row.values["capital"], code))


def _point(latitude: str, longitude: str) -> Point | None:
    return (float(latitude), float(longitude)) if latitude or longitude else None


def _larger(districts: Mapping[str, Place]) -> dict[str, Place]:
    """Provinces, at the point of their capital, and departments, which have none."""
    people: dict[str, int] = {}
    for code, place in districts.items():
        for part in (code[:PROVINCE], code[:DEPARTMENT]):
            people[part] = people.get(part, 0) + place.people
    larger = {}
    for code, place in sorted(districts.items()):
        province, department = code[:PROVINCE], code[:DEPARTMENT]
        if province not in larger:
            capital = districts.get(f"{province}01")
            larger[province] = Place(
                province, place.province, "", place.department,
                capital.point if capital else None, people[province],
            )  # fmt: skip
        if department not in larger:
            larger[department] = Place(
                department, place.department, "", "", None, people[department]
            )
    return larger


def _take_name(
    row: Row, places: Mapping[str, Place], others: list[tuple[str, str]]
) -> Iterator[Mistake]:
    name, code = row.values["name"], row.values["ubigeo"]
    if not name:
        yield row.fault("name", "is empty. Write the name, or delete the row.")
    elif code not in places:
        yield row.fault(
            "ubigeo", f'there is no place "{code}". Give two, four or six digits: 12, 1204, 120401.'
        )
    else:
        others.append((name, code))
