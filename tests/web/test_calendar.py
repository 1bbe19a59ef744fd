"""The calendar file: what another program reads in it, and what is not in it."""

import re
from dataclasses import replace
from datetime import date

import icalendar
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.dialogue.catalogue import Edition
from bot.translations import Translations, load
from bot.web.calendar import CALENDAR, Calendar, calendar_file
from tests.catalogue import LOCALES, content
from tests.schools import ENDS, OPEN, STARTS, with_editions
from tests.story import STORIES

FILE = STORIES / "lircay-2040.md"
SCHEDULE = {f"{OPEN.path}#schedule": OPEN.schedule}


@pytest.fixture(scope="module")
def translations() -> Translations:
    return load(LOCALES, {**content().texts, **SCHEDULE}, drafts="show")[0]


def made(edition: Edition, translations: Translations) -> bytes:
    assert edition.starts_on is not None
    return calendar_file(edition, edition.starts_on, "es", translations)


def event(data: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(data)
    (found,) = calendar.walk("VEVENT")
    assert isinstance(found, icalendar.Event)
    return found


def test_another_program_reads_the_dates(translations: Translations) -> None:
    data = made(OPEN, translations)
    found = event(data)
    assert found.decoded("dtstart") == STARTS
    assert (found.decoded("dtend") - ENDS).days == 1, "the end is not part of it"
    assert str(found["location"]) == "Lircay, Angaraes, Huancavelica"
    assert "sábados, de 9 a 13 horas" in str(found["description"])
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"VERSION:2.0\r\n" in data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75, "RFC 5545, 3.1"
    data.decode("utf-8")


def test_it_says_neither_which_school_nor_in_whose_house(translations: Translations) -> None:
    text = made(OPEN, translations).decode().replace("\r\n ", "")
    assert not re.search("onamiap|escuela|comunal|mujer|derecho", text, re.IGNORECASE)
    assert str(event(text.encode())["summary"]) == "Taller"


def test_the_same_content_makes_the_same_file_and_a_new_date_the_same_entry(
    translations: Translations,
) -> None:
    assert made(OPEN, translations) == made(OPEN, translations)
    moved = made(replace(OPEN, starts_on=date(2027, 1, 23)), translations)
    assert event(moved)["uid"] == event(made(OPEN, translations))["uid"] == "lircay-2027@willaq"


@pytest.mark.parametrize(
    "said", ["lunes; martes, 9\\10", "línea 1\nEND:VEVENT", "¿\u2028?", "ñ" * 99]
)
def test_what_people_write_breaks_out_of_no_line(said: str) -> None:
    spoken = load(LOCALES, {f"{OPEN.path}#schedule": said}, drafts="show")[0]
    found = event(made(replace(OPEN, district=said), spoken))
    assert found.decoded("dtstart") == STARTS
    assert said.split("\n")[0] in str(found["location"])


def door(translations: Translations) -> TestClient:
    calendar = Calendar(lambda: (with_editions(), translations))
    path = f"{CALENDAR}/{{language}}/{{edition}}.ics"
    return TestClient(Starlette(routes=[Route(path, calendar.file)]))


def test_it_is_fetched_by_a_link_that_anybody_may_have(translations: Translations) -> None:
    answer = door(translations).get(f"{CALENDAR}/es/lircay-2027.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "taller.ics" in answer.headers["content-disposition"]
    assert event(answer.content)["uid"] == "lircay-2027@willaq"


@pytest.mark.parametrize(
    "path", ["es/gone.ics", "xx/lircay-2027.ics", "es/feminista-2021.ics", "es/../lircay-2027.ics"]
)
def test_what_is_not_there_is_not_found(translations: Translations, path: str) -> None:
    assert door(translations).get(f"{CALENDAR}/{path}").status_code == 404
