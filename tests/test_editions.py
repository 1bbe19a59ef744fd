"""A file of content/editions/: what is wrong with it is told with its line, and it is not shown."""

import re
from pathlib import Path

import pytest

from bot import content
from bot.content import Content
from tests import small
from tests.small import TODAY
from tests.story import STORIES

EDITION = (
    (STORIES / "lircay-2040.md")
    .read_text()
    .replace('school = "escuela-onamiap"', 'school = "linea-100"')
    .replace('contact = "onamiap"', 'contact = "linea"')
)
PATH = "content/editions/lircay-2040.md"
PAST = re.sub(
    r"(?m)^(starts_on|ends_on|schedule|cost|languages|capacity|deadline) .*\n", "", EDITION
)


def built(text: str, name: str = "lircay-2040") -> Content:
    files = {**small.content(), f"editions/{name}.md": text.encode()}
    return content.build(files, TODAY)


def line_of(text: str, words: str) -> int:
    return next(at for at, line in enumerate(text.split("\n"), 1) if words in line)


def test_a_good_one_is_shown_and_translated() -> None:
    found = built(EDITION)
    assert found.mistakes == ()
    edition = found.catalogue.editions["lircay-2040"]
    assert (edition.capacity, edition.school, edition.department) == (
        20,
        "linea-100",
        "Huancavelica",
    )
    names = [key.partition("#")[2] for key in found.texts if key.startswith("editions/")]
    assert names == ["menu", "place", "schedule", "cost", "languages", "audience"]


def test_of_a_past_one_its_years_are_enough() -> None:
    found = built(PAST.replace('menu = "Lircay 2040"', 'menu = "Lircay 2021"\nperiod = "2021"'))
    assert found.mistakes == ()
    assert found.catalogue.editions["lircay-2040"].period == "2021"


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("capacity = 20", "capacity = 0", "capacity", '"capacity" is how many women fit'),
        ("capacity = 20", 'capacity = "20"', "capacity", "must be a whole number"),
        ("capacity = 20\n", "", "deadline", "both needed"),
        ("deadline = 2040-01-06\n", "", "capacity", "both needed"),
        ("deadline = 2040-01-06", "deadline = 2040-01-15", "deadline", "after it starts"),
        ("ends_on = 2040-01-28", "ends_on = 2040-01-13", "ends_on", "before it starts"),
        ("ends_on = 2040-01-28\n", "", "+++", '"ends_on" is missing'),
        ('cost = "gratis"', 'cost = ""', "+++", '"cost" is missing'),
        ("starts_on = 2040-01-14\n", "", "+++", 'there is no "starts_on"'),
        ("starts_on", 'period = "2040"\nstarts_on', "period", 'Take the "period" away'),
        ('"Huancavelica"', '"Huanca"', "department", "It can be"),
        ('"linea-100"', '"linea-10"', "school", 'there is no topic "linea-10". Did you mean'),
        ('contact = "linea"', 'contact = "lineas"', "contact", 'there is no contact "lineas"'),
        ("Lircay 2040", "Lircay, edición del año 2040", "menu", "has 28 letters, 24 are shown"),
        ("capacity", "capacidad", "capacidad", 'no field "capacidad". Did you mean "capacity"?'),
        ("No piden estudios.", "Llama al 01 428 0635.", "428", "01 428 0635"),
        ('"sábados, de 9 a 13 horas"', '"llama al 953 532 064"', "schedule", "953 532 064"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_nothing_of_it_is_shown(
    old: str, new: str, line: str, fault: str
) -> None:
    text = EDITION.replace(old, new, 1)
    assert text != EDITION
    found = built(text)
    told = [each for each in found.mistakes if fault in each.text]
    assert told, [str(each) for each in found.mistakes]
    assert (told[0].path, told[0].line) == (PATH, line_of(text, line))
    assert "lircay-2040" not in found.catalogue.editions


def test_a_name_that_fits_behind_no_button_is_told() -> None:
    found = built(EDITION, "lircay-de-angaraes-huancavelica-enero-2040")
    assert any("longer than 40 signs" in each.text for each in found.mistakes)
    assert found.catalogue.editions == {}


def test_without_a_place_it_is_told(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^(place|district|province|department) .*\n", "", EDITION)
    (mistake,) = built(text).mistakes
    assert "nothing says where it is" in mistake.text


def test_a_source_from_the_future_is_told_and_the_edition_stays() -> None:
    found = built(EDITION.replace("seen = 2026-11-24", "seen = 2039-11-24"))
    assert [each.text.split(":")[0] for each in found.mistakes] == ['"seen" is in the future']
    assert "lircay-2040" in found.catalogue.editions


def test_an_edition_and_a_topic_may_have_the_same_name() -> None:
    files = {**small.content(), "editions/linea-100.md": EDITION.encode()}
    assert content.build(files, TODAY).mistakes == ()
