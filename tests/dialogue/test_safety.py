"""The screens that keep her safe, as they are in front of her on each channel."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.channels.base import Bubble
from bot.channels.fit import fit, length
from bot.channels.whatsapp_messages import LIMITS, payload
from bot.dialogue import safety
from bot.dialogue.cards import HELP_CONTACTS
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event, Message, Reply, State, Turn, say, unpack
from bot.fields import KINDS
from tests.catalogue import TODAY, every_language, services, translations

LANGUAGES = [each.tag for each in every_language().languages]
VIOLENCE = "mi marido me pega"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return replace(every_language(), services=services())


def home(language: str = "es") -> State:
    return State(language=language, greeted=True)


def says(
    words: str, catalogue: Catalogue, state: State | None = None, channel: str = "whatsapp"
) -> Turn:
    event = Event("text", words, channel=channel, today=TODAY)
    return respond(state or home(), event, catalogue)


def ids(turn: Turn) -> list[str]:
    return [choice.id for choice in turn.replies[-1].choices]


def told(reply: Reply, language: str) -> Message:
    return translations().tell(reply, language)


def on_whatsapp(reply: Reply, language: str) -> tuple[Bubble, ...]:
    return fit(told(reply, language), LIMITS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_on_whatsapp_the_way_out_of_danger_is_in_sight(
    catalogue: Catalogue, kind: str, language: str
) -> None:
    reply = safety.danger(kind, "whatsapp", catalogue, TODAY)
    assert [each.id for each in reply.choices] == [f"cards:{kind}", f"options:{kind}", "exit"]
    shown = payload("51900000007", on_whatsapp(reply, language)[-1], "")["interactive"]
    assert shown["type"] == "button", "a list she would have to open first"


def test_without_a_number_to_call_two_buttons_remain(catalogue: Catalogue) -> None:
    reply = safety.danger("threat", "whatsapp", catalogue, date(2036, 1, 1))
    assert [each.id for each in reply.choices] == ["options:threat", "exit"]


@pytest.mark.parametrize("channel", ["telegram", "webchat", "terminal"])
def test_elsewhere_every_choice_is_on_the_danger_screen_itself(
    catalogue: Catalogue, channel: str
) -> None:
    topics = [f"t:{slug}" for slug in safety.NEXT]
    for words, next_ids in ((VIOLENCE, topics), ("me quiero morir", [])):
        screen = says(words, catalogue, channel=channel)
        assert ids(screen) == ["near:now", *next_ids, "hide", "not-danger", "menu", "exit"]


@pytest.mark.parametrize("words", [VIOLENCE, "me quiero morir"])
def test_more_options_are_what_the_screen_has_elsewhere(catalogue: Catalogue, words: str) -> None:
    elsewhere = ids(says(words, catalogue, channel="telegram"))
    screen = says(words, catalogue)
    opened = says("2", catalogue, screen.state)
    assert opened.rule == "more_options"
    assert ids(opened) == [*elsewhere[:-1], "help", "exit"]
    assert len(on_whatsapp(opened.replies[0], "es")) == 1


@pytest.mark.parametrize(
    ("number", "rule"),
    [("1", "send_cards"), ("2", "more_options"), ("3", "quick_exit"), ("4", "no_such_number")],
)
def test_the_numbers_of_a_danger_screen_are_its_buttons(
    catalogue: Catalogue, number: str, rule: str
) -> None:
    screen = says(VIOLENCE, catalogue)
    assert says(number, catalogue, screen.state).rule == rule
    opened = says("2", catalogue, says("1", catalogue, screen.state).state)
    assert says(str(1 + ids(opened).index("hide")), catalogue, opened.state).rule == "hide"


@pytest.mark.parametrize("words", ["más opciones", "ver más", "mas"])
def test_more_options_can_be_written(catalogue: Catalogue, words: str) -> None:
    screen = says(VIOLENCE, catalogue)
    assert says(words, catalogue, screen.state).rule == "more_options"
    assert says(words, catalogue).rule != "more_options"


def test_a_new_woman_sees_more_options_before_any_greeting(catalogue: Catalogue) -> None:
    screen = says(VIOLENCE, catalogue, State())
    opened = says("2", catalogue, screen.state)
    assert (opened.rule, opened.state.greeted) == ("more_options", False)


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        *((f"danger.{each}", "quick_exit") for each in ("violence", "sexual", "child", "options")),
        ("danger.ask", "help_now"),
        ("search.nothing", "help_now"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_text_tells_her_to_write_does_it(
    catalogue: Catalogue, key: str, rule: str, language: str
) -> None:
    (word,) = re.findall(r"\*\*(.+?)\*\*", translations().say(say(key), language)[0])
    state = says(VIOLENCE, catalogue, home(language)).state
    assert says(word, catalogue, state).rule == rule


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "webchat", "terminal"])
def test_help_is_one_message_with_every_number(catalogue: Catalogue, channel: str) -> None:
    reply = safety.help_now(channel, catalogue, TODAY)
    (bubble,) = on_whatsapp(reply, "es")
    assert length(bubble.text) <= 1024
    contacts = [catalogue.contacts[slug] for slug in HELP_CONTACTS]
    for contact in contacts:
        assert contact.purpose in bubble.text
        assert all(phone in bubble.text for phone in contact.phones)
    days = sorted(contact.checked_on for contact in contacts)
    first, last = (f"{day:%d/%m/%Y}" for day in (days[0], days[-1]))
    assert f"(Datos vistos del {first} al {last})" in bubble.text
    assert "Yo soy un programa: no puedo llamar ni avisar a nadie por ti." in bubble.text


def test_help_in_quechua_has_one_message_a_language(catalogue: Catalogue) -> None:
    message = told(safety.help_now("whatsapp", catalogue, TODAY), "quy")
    heading = translations().say(say("both.spanish"), "quy")[0]
    assert [each.text.startswith(heading) for each in fit(message, LIMITS)] == [False, True]


def test_a_number_that_the_name_does_not_say_stands_below_it(catalogue: Catalogue) -> None:
    police = replace(catalogue.contacts["policia-105"], phones=("105", "01 428 0635"))
    some = replace(catalogue, contacts={**catalogue.contacts, "policia-105": police})
    text = told(safety.help_now("telegram", some, TODAY), "es").text
    assert "Teléfono: 01 428 0635\n" in text
    assert text.count("105**") == 1


def test_help_names_nobody_whose_date_is_over_and_one_day_only_once(catalogue: Catalogue) -> None:
    old = TODAY - timedelta(days=1)
    contacts = {
        slug: replace(each, checked_on=old, expires_on=old if slug == "samu-106" else TODAY)
        for slug, each in catalogue.contacts.items()
    }
    some = replace(catalogue, contacts=contacts)
    text = told(safety.help_now("telegram", some, TODAY), "es").text
    assert "106" not in text
    assert text.count("Línea 100**") == 1
    assert text.count(f"(Datos vistos el {old:%d/%m/%Y})") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_the_harmless_screen_says_what_it_is(
    catalogue: Catalogue, language: str
) -> None:
    for day in range(len(catalogue.harmless)):
        event = Event("text", "salir", channel="whatsapp", today=TODAY + timedelta(days=day))
        (reply,) = respond(home(language), event, catalogue).replies
        title, text = (translations().say(line, language)[0] for line in reply.lines)
        assert told(unpack(reply.packed), language) == Message(f"{title}\n\n{text}", (), language)
