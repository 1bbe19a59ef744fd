"""The places of Peru as content/places/ has them, held against what is known from elsewhere."""

import csv
from pathlib import Path

import pytest

from bot import gazetteer
from bot.dialogue.places import DEPARTMENT, DISTRICT, PROVINCE, km_between
from tests.catalogue import CONTENT, spanish

PERU = spanish().places
# Another collection of the same, made by hand from several sources; not part of the project.
ELSEWHERE = CONTENT.parent.parent / "shared" / "places" / "gazetteer_districts.csv"
PREDICTED = {"120307"}  # a code nobody has given yet


def codes(digits: int) -> list[str]:
    return [code for code in PERU.by_code if len(code) == digits]


def test_there_are_all_of_them() -> None:
    assert len(codes(DEPARTMENT)) == 25
    assert len(codes(PROVINCE)) == 196
    assert len(codes(DISTRICT)) >= 1890


def test_every_point_is_near_those_of_its_province() -> None:
    """In the Amazon a province reaches 380 km from its capital; a homonym is mostly further."""
    for code in codes(DISTRICT):
        point, capital = PERU.by_code[code].point, PERU.by_code[code[:PROVINCE]].point
        assert capital is not None
        if point is not None:
            assert km_between(point, capital) < 400, PERU.by_code[code].whole_name


def test_no_two_districts_share_a_point() -> None:
    points = [PERU.by_code[code].point for code in codes(DISTRICT)]
    known = [point for point in points if point is not None]
    assert len(set(known)) == len(known)


@pytest.mark.skipif(not ELSEWHERE.exists(), reason="the other collection is not at hand")
def test_it_agrees_with_another_collection() -> None:
    with ELSEWHERE.open(encoding="utf-8", newline="") as file:
        others = {row["ubigeo_inei"]: row for row in csv.DictReader(file)}
    assert set(codes(DISTRICT)) ^ set(others) <= PREDICTED
    far = []
    for code, other in others.items():
        point = PERU.by_code[code].point if code in PERU.by_code else None
        if other["coord_source"] == "capital":
            assert point is not None
            km = km_between(point, (float(other["lat"]), float(other["lon"])))
            far += [(code, km)] if km > 0.1 else []
        else:
            assert point is None, "an average of other districts is not where it is"
    assert far == []


def test_every_other_name_means_something_and_adds_to_the_names_there_are() -> None:
    alone = gazetteer.build({gazetteer.DISTRICTS: (CONTENT / gazetteer.DISTRICTS).read_bytes()})[0]
    assert len(PERU.other_names) > 60
    for name, code in PERU.other_names:
        assert code in {each.code for each in PERU.called(name)}, name
        assert code not in {each.code for each in alone.called(name)}, f"{name}: needless"


DISTRICTS = b"""ubigeo,department,province,district,capital,latitude,longitude,people
120401,Jun\xc3\xadn,Jauja,Jauja,,-11.775,-75.4961,16000
"""
NAMES = b"name,ubigeo\nxauxa,120401\n"


@pytest.mark.parametrize(
    ("districts", "names", "mistake"),
    [
        (DISTRICTS, b"name,ubigeo\nxauxa,999999\n", 'names.csv:2: ubigeo: there is no place "999'),
        (DISTRICTS, b"name,ubigeo\n,120401\n", "names.csv:2: name: is empty"),
        (DISTRICTS, b"name\nxauxa\n", 'names.csv:1: the column "ubigeo" is missing'),
        (DISTRICTS, None, "names.csv:1: cannot be read"),
        (DISTRICTS.replace(b"120401", b"12040"), NAMES, "districts.csv:2: ubigeo: "),
        (DISTRICTS + DISTRICTS.splitlines()[1], NAMES, "districts.csv:3: ubigeo: "),
        (DISTRICTS.replace(b"-11.775", b"south"), NAMES, "districts.csv:2: latitude: "),
        (b"\xff" + DISTRICTS, NAMES, "districts.csv:1: is not UTF-8"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    districts: bytes, names: bytes | None, mistake: str
) -> None:
    files = {gazetteer.DISTRICTS: districts, gazetteer.NAMES: names}
    _, mistakes, faulty = gazetteer.build(files)
    path = Path(mistake.split(":")[0]).name
    assert str(mistakes[0]).startswith(f"content/places/{mistake}")
    assert f"places/{path}" in faulty


def test_without_the_files_there_are_no_places_and_no_mistakes() -> None:
    found, mistakes, faulty = gazetteer.build({})
    assert (len(found.by_code), mistakes, faulty) == (0, (), frozenset())
