"""What she reads about the dates of a school, and what she signed up for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.days import shown_date
from bot.dialogue.enrolment import Enrolment, Roll, Withdraw
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event
from tests.catalogue import TODAY, spanish
from tests.schools import DEADLINE, ENDS, HOME, OPEN, SCHOOL, SECOND, STARTS, Her, with_editions

DATES = f"t:{SCHOOL}:dates"
PAST = "editions/sembrando-lircay-2020.md"


@pytest.fixture
def her() -> Her:
    return Her()


def enrolled(slug: str = OPEN.slug, state: str = "enrolled", ahead: int = 0) -> Enrolment:
    return Enrolment(slug, state, "Rosa", "09", "Comité", "1 es", TODAY, ahead)  # type: ignore[arg-type]


def test_the_content_has_no_edition_that_nobody_announced() -> None:
    assert set(spanish().editions) == {
        "feminista-2021", "sembrando-lircay-2020", "sembrando-seclla-2020",
        "sembrando-congalla-2020",
    }  # fmt: skip
    assert [each for each in spanish().editions.values() if each.starts_on or each.capacity] == []


@pytest.mark.parametrize("school", [SCHOOL, "escuelas-formacion-politica-feminista"])
def test_a_school_shows_its_past_editions_and_that_no_new_one_is_known(school: str) -> None:
    her = Her(spanish())
    her.presses(f"t:{school}")
    assert f"t:{school}:dates" in her.ids
    her.presses(f"t:{school}:dates")
    assert {"dates.none", "dates.past"} <= her.keys
    assert f"t:{school}" in her.ids
    her.presses(next(id for id in her.ids if id.startswith("ed:")))
    assert "edition.sources" in her.keys
    assert "cusointernational.org" in her.said or "onamiap.org" in her.said
    assert not [id for id in her.ids if id.startswith(("join:", "cal:"))]


def test_what_comes_stands_first_and_then_what_was(her: Her) -> None:
    her.catalogue = with_editions(SECOND, OPEN)
    her.presses(DATES)
    doors = [id for id in her.ids if id.startswith("ed:")]
    assert doors[:2] == [f"ed:{OPEN.slug}", f"ed:{SECOND.slug}"]
    assert f"{PAST}#menu" in her.keys
    assert "16/01/2027 30/01/2027" in her.said


def test_its_first_page_says_that_she_can_join_now(her: Her) -> None:
    her.presses(f"t:{SCHOOL}")
    assert "edition.open" in her.keys
    assert "08/01/2027" in her.said
    assert len(her.ids) <= 9
    her.today = DEADLINE + timedelta(days=1)
    her.presses(f"t:{SCHOOL}")
    assert "edition.open" not in her.keys


def test_what_is_related_stays_one_tap_further(her: Her) -> None:
    her.presses(f"t:{SCHOOL}")
    assert f"t:{SCHOOL}:rel" not in her.ids
    her.presses(DATES)
    assert f"t:{SCHOOL}:rel" in her.ids


def test_the_dates_can_be_read_in_spanish_by_a_woman_who_reads_quechua(her: Her) -> None:
    her.state = replace(HOME, language="quy")
    her.presses(f"{DATES}@es")
    assert her.turn.replies[0].language == "es"
    assert f"t:{SCHOOL}@es" in her.ids


@pytest.mark.parametrize("word", ["fechas", "¿cuándo empieza?", "ediciones"])
def test_dates_are_asked_for_by_word_too(her: Her, word: str) -> None:
    her.presses(f"t:{SCHOOL}")
    her.writes(word)
    assert "dates.coming" in her.keys
    her.presses("menu")
    her.writes(word)
    assert "open.title" in her.keys


def test_an_edition_says_all_that_is_known(her: Her) -> None:
    her.presses(f"ed:{OPEN.slug}")
    wanted = {"when", "schedule", "where", "capacity", "deadline", "sources", "room"}
    assert {f"edition.{name}" for name in wanted} <= her.keys
    assert {"contact.cost", "contact.languages", f"{OPEN.path}#audience"} <= her.keys
    assert her.ids == (f"join:{OPEN.slug}", f"cal:{OPEN.slug}", f"t:{SCHOOL}:who", DATES,
                       "menu", "help", "exit")  # fmt: skip


def test_what_nobody_confirmed_is_left_out(her: Her) -> None:
    bare = replace(OPEN, place="", district="", province="", department="", schedule="", cost="",
                   languages="", capacity=0, deadline=None)  # fmt: skip
    her.catalogue = with_editions(bare)
    her.presses(f"ed:{OPEN.slug}")
    assert "edition.elsewhere" in her.keys
    assert not {"edition.where", "edition.schedule", "contact.cost", "edition.capacity"} & her.keys
    assert f"join:{OPEN.slug}" not in her.ids


@pytest.mark.parametrize(
    ("today", "key"),
    [(DEADLINE, "edition.room"), (DEADLINE + timedelta(days=1), "edition.closed"),
     (ENDS, "edition.closed")],
)  # fmt: skip
def test_the_deadline_is_the_last_day(her: Her, today: date, key: str) -> None:
    her.today = today
    her.presses(f"ed:{OPEN.slug}")
    assert key in her.keys


def test_after_its_last_day_it_is_past(her: Her) -> None:
    her.today = ENDS + timedelta(days=1)
    her.presses(f"ed:{OPEN.slug}")
    assert not {"edition.closed", "edition.room"} & her.keys
    assert not [id for id in her.ids if id.startswith(("join:", "cal:"))]
    her.presses(DATES)
    assert {"dates.none", "dates.past", f"{OPEN.path}#menu"} <= her.keys


def test_inscribirme_shows_all_that_she_can_join(her: Her) -> None:
    her.catalogue = with_editions(OPEN, SECOND)
    her.writes("quiero inscribirme")
    assert [id for id in her.ids if id.startswith("ed:")] == [
        f"ed:{OPEN.slug}",
        f"ed:{SECOND.slug}",
    ]
    assert "cat:schools" in her.ids
    her.catalogue = spanish()
    her.writes("inscribirme")
    assert her.keys == {"open.none"}


def test_the_calendar_is_a_link_where_we_can_be_reached(her: Her) -> None:
    her.presses(f"cal:{OPEN.slug}")
    assert "https://x.example/calendar/es/lircay-2027.ics" in her.said
    her.catalogue = with_editions(calendar_at="")
    her.presses(f"ed:{OPEN.slug}")
    assert f"cal:{OPEN.slug}" not in her.ids
    her.presses(f"cal:{OPEN.slug}")
    assert "menu.gone" in her.keys


def test_mine_shows_the_one_with_what_is_kept(her: Her) -> None:
    her.roll = Roll(hers=(enrolled(),))
    her.writes("mis inscripciones")
    assert {"mine.enrolled", "answer.name", "answer.region", "answer.organization"} <= her.keys
    assert "Rosa Huancavelica Comité" in her.said
    assert her.turn.replies[0].private
    assert her.ids[0] == f"quit:{OPEN.slug}"
    assert {f"change:{OPEN.slug}", f"cal:{OPEN.slug}"} <= set(her.ids)
    assert len(her.ids) <= 9


def test_her_place_in_the_line_is_told(her: Her) -> None:
    her.roll = Roll(hers=(enrolled(state="waiting", ahead=4),))
    her.presses("mine")
    assert "mine.waiting" in her.keys
    assert "5" in her.said.split()


def test_of_several_she_chooses(her: Her) -> None:
    her.catalogue = with_editions(OPEN, SECOND)
    her.roll = Roll(hers=(enrolled(), enrolled(SECOND.slug)))
    her.presses("mine")
    assert her.ids[:2] == (f"mine:{OPEN.slug}", f"mine:{SECOND.slug}")
    her.writes("2")
    assert her.ids[0] == f"quit:{SECOND.slug}"
    her.writes("retirarme")
    assert "quit.which" in her.keys
    assert not her.turn.effects
    her.writes("1")
    assert her.turn.effects == (Withdraw(OPEN.slug),)


@pytest.mark.parametrize("word", ["retirarme", "Me retiro.", "ya no puedo ir", "quit"])
def test_one_word_takes_her_out(her: Her, word: str) -> None:
    her.roll = Roll(hers=(enrolled(),))
    her.presses(word) if word == "quit" else her.writes(word)
    assert her.turn.effects == (Withdraw(OPEN.slug),)
    assert "quit.done" in her.keys


def test_nothing_to_take_back_is_said(her: Her) -> None:
    her.writes("retirarme")
    assert "mine.none" in her.keys
    her.presses(f"quit:{OPEN.slug}")
    assert "quit.gone" in her.keys
    assert her.turn.effects == ()


def test_what_is_gone_from_the_content_can_still_be_taken_back(her: Her) -> None:
    her.catalogue = spanish()
    her.roll = Roll(hers=(enrolled(),))
    her.presses("mine")
    assert OPEN.slug in her.said
    her.presses(f"quit:{OPEN.slug}")
    assert her.turn.effects == (Withdraw(OPEN.slug),)


def test_what_do_you_know_lists_what_she_signed_up_for(her: Her) -> None:
    her.roll = Roll(hers=(enrolled(), replace(enrolled(SECOND.slug, "withdrawn"), name="")))
    her.catalogue = with_editions(OPEN, SECOND)
    her.writes("qué sabes de mí")
    assert {"know.kept", "know.enrolled", "know.withdrawn", "know.not.more"} <= her.keys
    assert "know.not" not in her.keys, "it says that no name is kept"
    assert f"{shown_date(TODAY)} Rosa Huancavelica Comité" in her.said
    assert her.turn.replies[0].private
    her.roll = Roll()
    her.writes("qué sabes de mí")
    assert "know.not" in her.keys
    assert not her.turn.replies[0].private


def test_no_screen_about_schools_has_more_than_nine_choices(her: Her) -> None:
    many = [replace(OPEN, slug=f"e-{at}", path=f"editions/e-{at}.md") for at in range(9)]
    her.catalogue = with_editions(*many)
    her.roll = Roll(hers=tuple(enrolled(each.slug) for each in many))
    for id in ("mine", "quit", "join", DATES, "ed:e-1", "mine:e-1"):
        her.presses(id)
        assert len(her.ids) <= 9, (id, her.ids)
        assert len(set(her.ids)) == len(her.ids)


def test_the_longest_ids_fit_behind_a_button(her: Her) -> None:
    long = replace(OPEN, slug="e" * 40, path=f"editions/{'e' * 40}.md")
    her.catalogue = with_editions(long)
    seen = set[str]()
    for step in ("consent", "name", "region", "organization", "review"):
        her.to(step, long.slug)
        seen |= set(her.ids)
    her.roll = Roll(hers=(enrolled(long.slug),))
    her.presses("mine")
    seen |= set(her.ids)
    assert max(len(id.encode()) for id in seen) <= 64


@pytest.mark.parametrize(
    "id", ["ed:gone", "ed:", "cal:gone", "join:gone", "change:gone", "t:gone:dates",
           "t:linea-100:dates", "dates:x", "mine:", "sign:", "sign"],
)  # fmt: skip
def test_what_leads_nowhere_brings_a_screen_all_the_same(her: Her, id: str) -> None:
    her.presses(id)
    assert {"help", "exit"} <= set(her.ids)
    assert her.turn.effects == ()


def test_nothing_depends_on_a_roll_that_was_not_asked_for() -> None:
    """Who answers her reads the roll only for turns that say so."""
    full = Roll(hers=(enrolled(),), taken={OPEN.slug: 2}, waiting={OPEN.slug: 5})
    catalogue = with_editions()
    her = Her(catalogue)
    ids = {"menu", "know", "mine", "quit", "join", DATES, f"ed:{OPEN.slug}", f"join:{OPEN.slug}",
           f"t:{SCHOOL}", f"change:{OPEN.slug}", f"sign:ok:{OPEN.slug}"}  # fmt: skip
    for state in (HOME, her.to("consent").state, her.to("name").state, her.to("review").state):
        for id in ids:
            event = Event("choice", choice=id, today=TODAY, channel="telegram")
            alone = respond(state, event, catalogue)
            if not alone.by_roll:
                assert respond(state, replace(event, roll=full), catalogue) == alone, id


def test_the_dates_of_a_school_are_the_real_ones() -> None:
    assert STARTS.weekday() == 5, "a Saturday, as its schedule says"
