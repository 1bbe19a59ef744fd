"""Which place she means: names as women write them, homonyms, typing errors; and how fast."""

import random
import string
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.places import DISTRICT, PROVINCE, Gazetteer, km_between
from bot.dialogue.spelling import LEAST, likeness, spelled_out
from tests.catalogue import spanish

PERU = spanish().places
NAMED = [
    ("jauja", "Jauja, Junín"),
    ("JAUJA", "Jauja, Junín"),
    ("sjl", "San Juan de Lurigancho, Lima"),
    ("S.J.L.", "San Juan de Lurigancho, Lima"),
    ("san juan de lurigancho", "San Juan de Lurigancho, Lima"),
    ("sjm", "San Juan de Miraflores, Lima"),
    ("vmt", "Villa María Del Triunfo, Lima"),
    ("villa el salvador", "Villa El Salvador, Lima"),
    ("ate", "Ate, Lima"),
    ("vitarte", "Ate, Lima"),
    ("chosica", "Lurigancho, Lima"),
    ("brena", "Breña, Lima"),
    ("juliaca", "Juliaca, San Román, Puno"),
    ("tingo maria", "Rupa-Rupa, Leoncio Prado, Huánuco"),
    ("pucallpa", "Calleria, Coronel Portillo, Ucayali"),
    ("lima", "Lima"),
    ("huancavelica", "Huancavelica"),
    ("condorcanqui", "Condorcanqui, Amazonas"),
    ("qusqu", "Cusco"),
    ("qosqo", "Cusco"),
    ("wamanga", "Ayacucho, Huamanga"),
    ("huamanga", "Ayacucho, Huamanga"),
    ("wankavilka", "Huancavelica"),
    ("wankayu", "Huancayo, Junín"),
    ("urupampa", "Urubamba, Cusco"),
    ("jaujapi", "Jauja, Junín"),
    ("juliacapim", "Juliaca, San Román, Puno"),
    ("lircay llaqtapi", "Lircay, Angaraes, Huancavelica"),
    ("jauja junin", "Jauja, Junín"),
    ("santa rosa, melgar, puno", "Santa Rosa, Melgar, Puno"),
    ("lima santa rosa", "Santa Rosa, Lima"),
    ("sta rosa chiclayo", "Santa Rosa, Chiclayo, Lambayeque"),
    ("en la provincia de jauja", "Jauja, Junín"),
    ("ayacucho huamanga", "Ayacucho, Huamanga"),
]
SHARED = [  # a name -> the least she is asked about
    ("santa rosa", {"Lima", "Puno", "Cajamarca", "Ayacucho", "San Martín", "Lambayeque"}),
    ("independencia", {"Lima", "Áncash", "Ica", "Ayacucho"}),
    ("miraflores", {"Lima", "Arequipa", "Huánuco"}),
    ("la victoria", {"Lima", "Lambayeque"}),
    ("san miguel", {"Lima", "Puno", "Ayacucho", "Cajamarca"}),
]


@pytest.mark.parametrize(("words", "place"), NAMED)
def test_she_is_understood(words: str, place: str) -> None:
    found = PERU.find(words)
    assert [each.whole_name for each in found.places] == [place]
    assert found.likeness == 1


@pytest.mark.parametrize(("words", "departments"), SHARED)
def test_a_name_that_several_bear_is_never_answered_with_one(
    words: str, departments: set[str]
) -> None:
    found = PERU.find(words)
    assert {each.department for each in found.places} >= departments
    assert len(found.places) > 1


def test_every_name_that_districts_share_is_asked() -> None:
    bearers: dict[str, list[str]] = {}
    for code, place in PERU.by_code.items():
        if len(code) == DISTRICT:
            bearers.setdefault(spelled_out(place.name), []).append(code)
    shared = {name: codes for name, codes in bearers.items() if len(codes) > 1}
    assert len(shared) > 90
    for name, codes in shared.items():
        assert {each.code for each in PERU.called(name)} >= set(codes), name


def test_every_district_is_found_with_its_province_and_department() -> None:
    for code, place in PERU.by_code.items():
        if len(code) == DISTRICT:
            found = PERU.called(f"{place.name}, {place.province}, {place.department}")
            assert place in found, place


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("san juan", ["San Juan de Lurigancho", "San Juan de Miraflores"]),
        ("villa", ["Villa María Del Triunfo", "Villa El Salvador"]),
        ("surco", ["Santiago de Surco", "Surco"]),
        ("lurigancho", ["San Juan de Lurigancho", "Lurigancho"]),
    ],
)
def test_half_a_name_asks_for_the_most_peopled_first(words: str, first: list[str]) -> None:
    assert [each.name for each in PERU.find(words).places][: len(first)] == first


def test_a_department_and_its_capital_are_one_where_they_are_called_the_same() -> None:
    assert [each.code for each in PERU.called("ayacucho")] == ["050101"]
    # Its capital is Huancayo, so the department and the town of Junín are two things.
    assert {each.code for each in PERU.called("junin")} == {"12", "120501"}


@pytest.mark.parametrize("words", ["", "¿?", "xyzzy", "mi marido", "q", "no me pasa plata", "12"])
def test_what_is_no_place_is_none(words: str) -> None:
    assert PERU.find(words).places == ()


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60) | st.lists(st.sampled_from("san juan de la 1 x Á ñ ,".split())).map(str)
)
def test_whatever_she_writes_is_taken(words: str) -> None:
    found = PERU.find(words)
    assert 0 <= found.likeness <= 1
    assert len(set(found.places)) == len(found.places)


@given(st.text("abcñ", min_size=1, max_size=9), st.text("abcñ", min_size=1, max_size=9))
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert found == 0 or LEAST <= found <= 1
    assert (found == 1) == (one == other)


def mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    match chance.choice(("left out", "another", "twice", "swapped")):
        case "left out":
            return word[:at] + word[at + 1 :]
        case "another":
            return word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]
        case "twice":
            return word[:at] + word[at] + word[at:]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def test_one_typing_error_in_a_name_is_forgiven_and_fast() -> None:
    chance = random.Random(7)
    names = sorted({spelled_out(each.name) for each in PERU.by_code.values() if len(each.name) > 4})
    right = 0
    took_s = []
    for name in (sample := chance.sample(names, 600)):
        typed = mistyped(name, chance)
        start = time.process_time()
        found = PERU.find(typed)
        took_s.append(time.process_time() - start)
        right += bool(found.places) and spelled_out(found.places[0].name) == name
    assert right / len(sample) >= 0.93, "of names shown first, most peopled first"
    assert sorted(took_s)[int(len(took_s) * 0.9)] < 0.01


def test_the_nearest_name_is_the_right_one_nineteen_times_of_twenty() -> None:
    """As `find` would have it if she were shown one name only."""
    chance = random.Random(8)
    names = sorted({spelled_out(each.name) for each in PERU.by_code.values() if len(each.name) > 4})
    sample = chance.sample(names, 600)
    first = third = 0
    for name in sample:
        near = [PERU.by_code[code].name for _, code in PERU.like(mistyped(name, chance))]
        order = list(dict.fromkeys(map(spelled_out, near)))
        first += order[:1] == [name]
        third += name in order[:3]
    assert first / len(sample) >= 0.95
    assert third / len(sample) >= 0.99


def test_distances_are_known_ones() -> None:
    points = {name: PERU.called(name)[0].point for name in ("cusco", "puno", "arequipa")}
    km = {
        (one, other): km_between(a, b)
        for (one, a), (other, b) in combinations(points.items(), 2)
        if a is not None and b is not None
    }
    assert km["cusco", "puno"] == pytest.approx(324, abs=10)
    assert km["cusco", "arequipa"] == pytest.approx(324, abs=10)
    assert km_between((-12.0, -77.0), (-12.0, -77.0)) == 0


def test_without_places_nothing_is_found() -> None:
    empty = Gazetteer()
    assert empty.find("jauja").places == ()
    assert empty.point("120401") is None


def test_a_district_nobody_has_a_point_for_is_near_its_province_s_capital() -> None:
    unknown = [each for each in PERU.by_code.values() if each.point is None and len(each.code) > 4]
    assert 0 < len(unknown) < 30
    for place in unknown:
        assert PERU.point(place.code) == PERU.by_code[place.code[:PROVINCE]].point
