"""Announcements as she meets them: her yes, what she chooses, who sends them, and her no."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.dialogue.announcing import CONSENT, NOTHING_AGREED, Subscribe, Subscription
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.days import shown_date
from bot.dialogue.enrolment import Roll, SignUp
from bot.dialogue.menus import MOST
from bot.dialogue.phrases import PHRASES
from bot.dialogue.respond import respond
from bot.dialogue.turn import Announcements, Erase, Event, Forget, Line, State
from bot.dialogue.unfinished import Joining
from tests.catalogue import TODAY, every_language, translations
from tests.schools import HOME, OPEN, Her, with_editions

# What each number of consent stands for. Other words need another number, and a line more here.
TEXTS = {"1": "cf4dcdd1119a4627"}
AGREED = date(2026, 11, 20)
KEPT = Subscription(True, False, "05", (14, 18), AGREED, "1 es")
STOPPED = replace(KEPT, wanted=False, stopped=True, region="", hours=None)
# Wherever she may be when she says no: what the state then holds.
ANYWHERE = {
    "new": State(),
    "home": HOME,
    "quechua": State(language="quy", greeted=True),
    "topic": replace(HOME, topic="linea-100", choices=("t:linea-100:steps", "menu")),
    "asked where": replace(HOME, asked="near"),
    "near": replace(HOME, place="120601"),
    "agreeing": replace(HOME, unfinished=Joining()),
    "region": replace(HOME, unfinished=Joining("region", "1 es")),
    "hours": replace(HOME, unfinished=Joining("hours", "1 es", "05")),
    "changing": replace(HOME, unfinished=Joining("hours", "1 es", "05", changing=True)),
    **{
        f"sign-up, {step}": replace(HOME, signup=SignUp(OPEN.slug, step, "1 es"))
        for step in ("consent", "name", "region", "organization", "review")
    },
}
NO = (
    "no más avisos", "NO MAS AVISOS!!", "Baja", "stop", "STOP.", "parar", "cancelar avisos",
    "ya no quiero más avisos por favor", "hola, no me manden más avisos", "darme de baja",
    "por favor quítenme de la lista", "Ya no más avisos, gracias", "dejar de recibir avisos",
    "no mas abisos", "ya no quiero recibir mensajes", "No me escriban más, por favor",
    "ya no me manden mensajes", "No quiero más mensajes!", "dejen de escribirme ya",
    "no kiero ke me escrivan", "bórrenme de la lista", "no me molesten",
    "amaña avisota", "por favor amaña avisota",
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    """One for all: what is worked out from it is kept with it."""
    plain = with_editions()
    return replace(plain, typed={"quy": {**plain.typed["quy"], "typed.stop": "amaña avisota"}})


@pytest.fixture
def her() -> Her:
    return Her(catalogue())


def to(her: Her, step: str) -> Her:
    her.presses("news")
    for name, said in (("region", "news:yes"), ("hours", "news:in:05"), ("done", "news:at:14-18")):
        if step == "agree":
            break
        her.presses(said)
        if name == step:
            break
    return her


def test_the_words_of_consent_have_the_number_that_is_kept() -> None:
    words = [each for each in PHRASES if each.key.startswith("agree.")]
    words += [each for each in PHRASES if each.key in ("button.agree", "button.refuse")]
    text = "\n".join(f"{each.key}: {each.text}" for each in words)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == TEXTS[CONSENT]


def test_she_reads_what_it_is_who_sends_it_and_how_to_stop_before_she_says_yes(her: Her) -> None:
    her.writes("avisos")
    wanted = {"what", "often", "screen", "kept", "used", "long", "abroad", "out", "young", "free"}
    assert {f"agree.{name}" for name in wanted} <= her.keys
    for name in ("ONAMIAP", "Manuela Ramos", "DEMUS", "Flora Tristán"):
        assert name in her.said
    assert her.ids == ("news:yes", "news:no", "help", "exit")
    assert her.turn.replies[0].both, "nobody agrees to a draft alone"
    assert her.turn.effects == ()


def test_two_answers_and_she_gets_announcements(her: Her) -> None:
    to(her, "done")
    assert her.turn.effects == (Subscribe("05", (14, 18), "1 es"),)
    assert her.state.unfinished is None
    assert {"news.done", "answer.region", "news.hours.between", "news.out"} <= her.keys
    assert "Ayacucho" in her.said and "2 pm" in her.said and "6 pm" in her.said
    assert {"stop", "who-sends", "news:region", "news:hours", "exit"} <= set(her.ids)
    assert her.turn.replies[0].private


def test_all_of_it_can_be_typed(her: Her) -> None:
    her.writes("quiero recibir avisos", "sí", "vivo en cusco", "por la tarde")
    assert her.turn.effects == (Subscribe("08", (12, 18), "1 es"),)
    her.writes("baja", "avisos", "acepto", "prefiero no decirlo", "a cualquier hora")
    assert her.turn.effects == (Subscribe("", None, "1 es"),)
    her.writes("baja", "avisos", "si", "ninguna", "despues de las 5")
    assert her.turn.effects == (Subscribe("", (17, 21), "1 es"),)


def test_the_language_she_read_the_consent_in_is_kept_with_it(her: Her) -> None:
    her.state = State(language="quy", greeted=True)
    her.presses("news")
    her.writes("arí")
    assert her.state.unfinished == Joining("region", "1 quy")


@pytest.mark.parametrize("said", ["no", "no acepto", "news:no"])
def test_refusing_keeps_nothing(her: Her, said: str) -> None:
    to(her, "agree")
    her.presses(said) if ":" in said else her.writes(said)
    assert her.keys == {"news.refused"}
    assert (her.turn.effects, her.state.unfinished) == ((), None)


@pytest.mark.parametrize("button", ["news:in:05", "news:at:8-21", "news:regions:2"])
def test_no_button_leads_past_her_yes(her: Her, button: str) -> None:
    to(her, "agree").presses(button)
    assert her.turn.effects == ()
    assert isinstance(her.state.unfinished, Joining)
    assert not her.state.unfinished.consent


@pytest.mark.parametrize("said", ["de 10 de la noche a 5 de la mañana", "de 21 a 23"])
def test_of_the_night_she_is_told_that_nothing_comes(her: Her, said: str) -> None:
    to(her, "hours").writes(said)
    assert {"news.hours.night", "news.hours"} == her.keys
    her.writes("9 a 12")
    assert her.turn.effects == (Subscribe("05", (9, 12), "1 es"),)


def test_what_is_no_answer_is_asked_again(her: Her) -> None:
    to(her, "region").writes("mi casa")
    assert {"sign.region.again", "news.region"} <= her.keys
    to(her, "hours").writes("cuando llueve")
    assert {"news.hours.again", "news.hours"} <= her.keys
    her.writes("77")
    assert {"number.none", "news.hours"} <= her.keys
    her.does(Event("unreadable"))
    assert {"unreadable", "news.hours"} <= her.keys


def test_back_leads_to_the_question_before(her: Her) -> None:
    to(her, "hours").writes("atrás")
    assert "news.region" in her.keys
    her.writes("atrás")
    assert "agree.title" in her.keys
    assert her.state.unfinished == Joining(), "and the yes is taken back"


def test_all_regions_can_be_reached_and_no_screen_has_more_than_nine_choices(her: Her) -> None:
    to(her, "region")
    seen = set[str]()
    for _ in range(7):
        assert len(her.ids) <= MOST
        assert {"news:in:", "help", "exit"} <= set(her.ids)
        seen |= {id for id in her.ids if id.startswith("news:in:")}
        her.presses(next(id for id in her.ids if id.startswith("news:regions:")))
    assert len(seen) == 26
    for step in ("agree", "hours", "done"):
        assert len(to(her, step).ids) <= MOST


@pytest.mark.parametrize("step", ["agree", "region", "hours"])
@pytest.mark.parametrize("said", ["menú", "ayuda", "línea 100", "salir", "borrar", "retirarme"])
def test_a_command_is_obeyed_and_ends_it(her: Her, step: str, said: str) -> None:
    to(her, step).writes(said)
    assert her.turn.rule != "subscribe"
    assert her.state.unfinished is None
    assert not [each for each in her.turn.effects if isinstance(each, Subscribe)]


@pytest.mark.parametrize("step", ["agree", "region", "hours"])
def test_danger_is_answered_first(her: Her, step: str) -> None:
    to(her, step).writes("mi marido me pega")
    assert her.turn.rule == "answer_danger"
    assert her.state.unfinished is None


def test_who_gets_them_sees_what_is_kept_and_changes_it(her: Her) -> None:
    her.roll = Roll(subscription=KEPT)
    her.writes("avisos")
    assert {"news.yours", "news.since", "answer.region", "news.hours.between"} <= her.keys
    her.presses("news:region", "news:in:21")
    assert her.turn.effects == (Subscribe("21", (14, 18), "1 es"),)
    assert "news.changed" in her.keys
    her.presses("news:hours")
    her.writes("a cualquier hora")
    assert her.turn.effects == (Subscribe("21", None, "1 es"),)


def test_a_no_that_her_platform_told_meanwhile_is_not_undone_by_a_change(her: Her) -> None:
    her.roll = Roll(subscription=KEPT)
    her.presses("news:region")
    her.roll = Roll(subscription=replace(KEPT, stopped=True))
    her.presses("news:in:21")
    assert her.turn.effects == ()
    assert "agree.title" in her.keys


def test_buttons_of_a_screen_long_over_change_nothing(her: Her) -> None:
    for button in ("news:yes", "news:in:05", "news:at:8-12", "news:hours"):
        her.presses(button)
        assert her.turn.effects == ()
        assert "agree.title" in her.keys


def test_on_the_web_page_she_is_told_that_nothing_reaches_her(her: Her) -> None:
    her.channel = "webchat"
    her.writes("avisos")
    assert her.keys == {"news.web"}
    assert her.state.unfinished is None


@pytest.mark.parametrize("where", ANYWHERE)
@pytest.mark.parametrize("said", [*NO, "a button"])
def test_her_no_is_taken_wherever_she_is(her: Her, where: str, said: str) -> None:
    her.state = ANYWHERE[where]
    her.presses("stop") if said == "a button" else her.writes(said)
    assert her.turn.effects == (Announcements(False),)
    assert "news.stopped" in her.keys
    assert (her.state.signup, her.state.unfinished, her.state.asked) == (None, None, "")


@pytest.mark.parametrize(
    "said",
    ["no puedo parar de llorar", "mi ex no para de mandarme mensajes",
     "no quiero que me mande mensajes mi ex", "me dieron de baja en mi trabajo",
     "baja por maternidad", "quiero que pare de gritarme", "dile que pare", "basta",
     "ya no quiero más", "no quiero", "hola buenas", "por favor", "gracias",
     "no quiero que me escriba", "mi ex no me deja de escribir", "no me molestes más papá",
     "no me llegan mensajes", "no quiero mensajes de mi ex", "nomás avisos",
     "no me llegan avisos", "cómo hago para parar a mi marido", "stop al acoso",
     "quiero cancelar mi matrimonio", "me quitaron de la lista de juntos"],
)  # fmt: skip
def test_what_only_sounds_like_a_no_to_announcements_is_none(her: Her, said: str) -> None:
    her.writes(said)
    assert Announcements(False) not in her.turn.effects


@pytest.mark.parametrize("key", ["announce.foot", "agree.out", "news.out"])
@pytest.mark.parametrize("language", ["es", "quy"])
def test_the_words_she_is_told_to_write_end_them(key: str, language: str) -> None:
    said, _ = translations().say(Line(key), language)
    words = re.findall(r"\*\*(.+?)\*\*", said)
    assert words
    for each in words:
        turn = respond(HOME, Event("text", text=each, today=TODAY), every_language())
        assert turn.effects == (Announcements(False),), each


def test_a_woman_who_never_wrote_can_say_no_and_is_greeted_when_she_next_writes(her: Her) -> None:
    her.state = State()
    her.presses("stop")
    assert not her.state.greeted
    her.presses("who-sends")
    assert "sender.title" in her.keys
    assert not her.state.greeted
    her.writes("hola")
    assert "welcome.is" in her.keys


@pytest.mark.parametrize(
    ("kept", "why", "buttons"),
    [
        (KEPT, "sender.agreed", {"stop", "news"}),
        (replace(KEPT, consent="import"), "sender.imported", {"stop", "news"}),
        (STOPPED, "sender.not", {"news"}),
        (NOTHING_AGREED, "sender.not", {"news"}),
    ],
)
def test_she_is_told_who_sends_it_and_where_her_address_came_from(
    her: Her, kept: Subscription, why: str, buttons: set[str]
) -> None:
    her.roll = Roll(subscription=kept)
    for ask in (her.presses, her.writes):
        ask("who-sends" if ask == her.presses else "¿quién me envía esto?")
        assert {"sender.organizations", why, "sender.cannot"} <= her.keys
        assert "ONAMIAP" in her.said
        assert shown_date(AGREED) not in her.said, "the day she said yes is two taps away"
        assert buttons | {"cat:partners", "menu", "help", "exit"} == set(her.ids)


@pytest.mark.parametrize(("kept", "key"), [(KEPT, "know.news"), (STOPPED, "know.news.stopped")])
def test_what_is_known_of_her_says_it(her: Her, kept: Subscription, key: str) -> None:
    her.writes("qué sabes de mí")
    assert key not in her.keys
    her.roll = Roll(subscription=kept)
    her.writes("qué sabes de mí")
    assert {key, "know.not.more"} <= her.keys
    assert "know.not" not in her.keys
    assert "news" in her.ids


@pytest.mark.parametrize(("kept", "told"), [(KEPT, True), (STOPPED, True), (NOTHING_AGREED, False)])
def test_borrar_says_that_nobody_will_write_and_not_what_she_had(
    her: Her, kept: Subscription, told: bool
) -> None:
    her.roll = Roll(subscription=kept)
    her.writes("borrar")
    assert her.turn.effects == (Erase(), Forget())
    assert ("forget.silenced" in her.keys) == told
    assert not any("aviso" in each.text for each in PHRASES if each.key in her.keys)


def test_announcements_have_their_place_among_the_doors(her: Her) -> None:
    her.presses("menu:3")
    assert "news" in her.ids
    assert len(her.ids) <= MOST
    her.presses("cat:data")
    assert "news" in her.ids
