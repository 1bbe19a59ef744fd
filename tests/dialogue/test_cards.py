"""On WhatsApp whom to call comes as cards too: a short number in a text cannot be pressed there."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.respond import respond
from bot.dialogue.turn import Card, Event, Reply, State, Turn, unpack
from tests.catalogue import TODAY, spanish

HOME = State(language="es", greeted=True)
POLICE = Card("Policía: central 105", ("105",))
LINE_100 = Card("Línea 100", ("100",))
AMBULANCE = Card("SAMU: ambulancias 106", ("106",))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return spanish()


def text(words: str, channel: str = "whatsapp", today: date = TODAY) -> Event:
    return Event("text", text=words, channel=channel, today=today)


def press(id: str, today: date = TODAY) -> Event:
    return Event("choice", choice=id, channel="whatsapp", today=today)


def ids(turn: Turn) -> list[str]:
    return [choice.id for reply in turn.replies for choice in reply.choices]


def cards_button(turn: Turn) -> str:
    (id,) = [id for id in ids(turn) if "cards" in id]
    return id


@pytest.mark.parametrize(
    ("says", "cards"),
    [
        ("ayuda", [POLICE, LINE_100, AMBULANCE]),
        ("mi marido me pega", [POLICE, LINE_100]),
        ("me violaron", [POLICE, LINE_100, AMBULANCE]),
        ("me quiero morir", [AMBULANCE, LINE_100]),
    ],
)
def test_one_press_sends_the_contacts_of_the_screen(
    catalogue: Catalogue, says: str, cards: list[Card]
) -> None:
    screen = respond(HOME, text(says), catalogue)
    sent = respond(screen.state, press(cards_button(screen)), catalogue)
    assert sent.replies == (Reply((), attachments=tuple(cards)),)
    assert sent.rule == "send_cards"
    # Her numbers still mean what they mean on the screen she came from.
    assert sent.state == screen.state


def test_the_button_is_the_first_on_a_screen_about_danger(catalogue: Catalogue) -> None:
    for says in ("ayuda", "mi marido me pega"):
        assert "cards" in ids(respond(HOME, text(says), catalogue))[0]


def test_the_page_of_whom_to_contact_has_the_button_and_the_others_do_not(
    catalogue: Catalogue,
) -> None:
    screen = respond(HOME, press("t:linea-100:who"), catalogue)
    sent = respond(screen.state, press(cards_button(screen)), catalogue)
    contacts = [catalogue.contacts[slug] for slug in catalogue.topics["linea-100"].contacts]
    expected = [Card(each.name, each.phones) for each in contacts if each.phones]
    assert list(sent.replies[0].attachments) == expected != []
    for id in ("t:linea-100", "t:linea-100:steps", "t:linea-100:src", "cat:violence", "menu"):
        assert not any("cards" in each for each in ids(respond(HOME, press(id), catalogue)))


def test_the_cards_of_a_page_in_another_language_are_the_same(catalogue: Catalogue) -> None:
    here = respond(HOME, press("t:linea-100:cards"), catalogue)
    there = respond(HOME, press("t:linea-100:cards@quy"), catalogue)
    assert here.replies == there.replies


def test_a_new_woman_in_danger_gets_her_cards_before_any_greeting(catalogue: Catalogue) -> None:
    screen = respond(State(), text("mi marido me pega"), catalogue)
    assert not screen.state.greeted
    assert respond(screen.state, press(cards_button(screen)), catalogue).rule == "send_cards"


def test_a_number_that_is_out_of_date_is_on_no_card(catalogue: Catalogue) -> None:
    old = replace(catalogue.contacts["policia-105"], expires_on=TODAY - timedelta(days=1))
    some = replace(catalogue, contacts={**catalogue.contacts, "policia-105": old})
    sent = respond(HOME, press("cards"), some)
    assert sent.replies[0].attachments == (LINE_100, AMBULANCE)


def test_without_anybody_to_call_there_is_no_button_and_an_old_one_brings_the_menu(
    catalogue: Catalogue,
) -> None:
    late = date(2036, 1, 1)
    screen = respond(HOME, text("ayuda", today=late), catalogue)
    assert not any("cards" in id for id in ids(screen))
    for id in ("cards", "cards:sexual", "t:linea-100:cards", "t:gone:cards"):
        assert respond(HOME, press(id, today=late), catalogue).replies[-1].choices


@pytest.mark.parametrize("channel", ["telegram", "webchat", "terminal"])
def test_elsewhere_a_number_in_a_text_can_be_pressed(catalogue: Catalogue, channel: str) -> None:
    for says in ("ayuda", "mi marido me pega"):
        assert not any("cards" in id for id in ids(respond(HOME, text(says, channel), catalogue)))


def test_cards_survive_the_outbox(catalogue: Catalogue) -> None:
    (reply,) = respond(HOME, press("cards"), catalogue).replies
    assert unpack(reply.packed) == reply


def test_asking_whether_she_is_in_danger_takes_no_card_away(catalogue: Catalogue) -> None:
    from bot.dialogue.safety import ask_if_in_danger

    assert ask_if_in_danger(Reply((), attachments=(POLICE,))).attachments == (POLICE,)
