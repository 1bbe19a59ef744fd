"""The guided sign-up: what she is asked, what counts as an answer, what is left when she stops."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.enrolment import CONSENT, KEPT_DAYS, Enrol, Enrolment, Roll, SignUp
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Event, State
from tests.catalogue import TODAY
from tests.schools import DEADLINE, ENDS, HOME, OPEN, SECOND, Her, with_editions

OK = f"sign:ok:{OPEN.slug}"
FULL = Roll(taken={OPEN.slug: 2})
# What each number of consent stands for. Other words need another number, and a line more here.
TEXTS = {"1": "6265ec4eafd31434"}


@pytest.fixture
def her() -> Her:
    return Her()


def hers(state: str = "enrolled") -> Enrolment:
    return Enrolment(OPEN.slug, state, "Rosa", "09", "", "1 es", TODAY)  # type: ignore[arg-type]


def test_the_words_of_consent_have_the_number_that_is_kept() -> None:
    words = [each for each in PHRASES if each.key.startswith("consent.")]
    words += [each for each in PHRASES if each.key in ("button.agree", "button.refuse")]
    text = "\n".join(f"{each.key}: {each.text}" for each in words)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == TEXTS[CONSENT]


def test_consent_comes_first_and_says_all_that_the_law_wants_said(her: Her) -> None:
    her.presses(f"join:{OPEN.slug}")
    wanted = {"what", "who", "why", "sensitive", "long", "abroad", "out", "young", "free"}
    assert {f"consent.{name}" for name in wanted} <= her.keys
    assert "ONAMIAP, mujeres indígenas andinas y amazónicas, Jr. Santa Rosa 327, Lima" in her.said
    assert str(KEPT_DAYS) in her.said
    assert her.ids == (f"sign:yes:{OPEN.slug}", "sign:no", "help", "exit")
    assert her.turn.effects == ()
    assert her.turn.replies[0].both, "nobody agrees to a draft alone"


def test_she_signs_up_with_three_answers(her: Her) -> None:
    her.to("review")
    assert {"answer.name", "answer.region", "answer.organization"} <= her.keys
    assert "Rosa de las Flores Huancavelica Comité de Lircay" in her.said
    assert her.turn.replies[0].private
    her.presses(OK)
    (enrol,) = her.turn.effects
    assert enrol == Enrol(
        OPEN.slug, "enrolled", "Rosa de las Flores", "09", "Comité de Lircay", "1 es",
        ENDS + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    assert her.state.signup is None
    assert {"sign.enrolled", "mine.word"} <= her.keys
    assert her.ids[:2] == ("mine", f"cal:{OPEN.slug}")


def test_the_language_she_read_the_consent_in_is_kept_with_it() -> None:
    her = Her(state=State(language="quy", greeted=True)).to("consent")
    her.writes("arí")
    assert her.state.signup == SignUp(OPEN.slug, "name", "1 quy")


@pytest.mark.parametrize("said", ["no", "No acepto.", "no, gracias", "sign:no"])
def test_refusing_leaves_nothing_and_changes_nothing(her: Her, said: str) -> None:
    her.to("consent")
    her.presses(said) if said.startswith("sign") else her.writes(said)
    assert her.keys == {"sign.refused"}
    assert (her.state.signup, her.turn.effects) == (None, ())
    assert {"menu", "help", "exit"} == set(her.ids)


@pytest.mark.parametrize("said", ["sí", "Acepto", "si acepto", "Claro que sí!"])
def test_she_may_agree_by_word(her: Her, said: str) -> None:
    her.to("consent").writes(said)
    assert her.keys == {"sign.name"}


@pytest.mark.parametrize("said", ["Rosa", "mmm", "tal vez", "ok gracias", "👍"])
def test_nothing_else_is_taken_for_a_yes(her: Her, said: str) -> None:
    her.to("consent").writes(said)
    assert her.state.signup is None or not her.state.signup.consent


def test_a_yes_to_one_edition_is_none_to_another() -> None:
    her = Her(with_editions(OPEN, SECOND))
    her.to("consent").presses(f"join:{SECOND.slug}", f"sign:yes:{OPEN.slug}")
    assert "consent.title" in her.keys
    assert her.state.signup == SignUp(SECOND.slug)
    her.presses(f"sign:yes:{SECOND.slug}", OK)
    assert her.turn.effects == ()


@pytest.mark.parametrize("button", ["sign:region:09", "sign:skip", OK, "sign:edit:name"])
def test_no_button_leads_past_the_consent(her: Her, button: str) -> None:
    her.to("consent").presses(button)
    assert her.state.signup == SignUp(OPEN.slug)
    assert "consent.title" in her.keys


@pytest.mark.parametrize("step", ["name", "region", "organization"])
def test_she_cannot_confirm_what_she_has_not_answered(her: Her, step: str) -> None:
    her.to(step).presses(OK)
    assert her.turn.effects == ()
    assert her.state.signup is not None
    assert her.state.signup.step == step


@pytest.mark.parametrize(
    "name",
    ["Rosa", "Ñusta Quispe Mamani", "María de los Ángeles Flores", "Lu", "T'ika", "La Flaca",
     "Violeta", "Paz", "Milagros Pensión", "Dra. Luz Chipana", "Rosa 2", "Angustias",
     "Nelly Condori", "Zenaida"],
)  # fmt: skip
def test_a_name_is_what_she_chooses(her: Her, name: str) -> None:
    her.to("name").writes(f"  {name} ")
    assert her.state.signup is not None
    assert (her.state.signup.name, her.state.signup.step) == (name, "region")


@pytest.mark.parametrize(
    "said",
    ["x", "12345", "¿cuánto cuesta?", "rosa@correo.pe", "no", "sí", "R" * 41, "...",
     "me llamo Rosa y vivo en Lircay"],
)  # fmt: skip
def test_what_is_no_name_is_not_kept(her: Her, said: str) -> None:
    her.to("name").writes(said)
    assert her.state.signup is None or her.state.signup.name == ""
    assert her.state.signup is None or her.state.signup.step == "name"


def test_markup_in_a_name_is_taken_out(her: Her) -> None:
    her.to("name").writes("**Rosa** {Flores}")
    assert her.state.signup is not None
    assert her.state.signup.name == "Rosa Flores"


@pytest.mark.parametrize("step", ["consent", "name", "region", "organization", "review"])
@pytest.mark.parametrize(
    "command",
    ["menú", "ayuda", "línea 100", "idioma", "qué sabes de mí", "ocultar", "borrar", "salir",
     "violencia", "mis inscripciones", "retirarme"],
)  # fmt: skip
def test_a_command_is_obeyed_and_never_kept(her: Her, step: str, command: str) -> None:
    her.to(step).writes(command)
    assert her.state.signup is None
    assert her.turn.rule != "sign_up"
    assert not [each for each in her.turn.effects if isinstance(each, Enrol)]


@pytest.mark.parametrize("step", ["consent", "name", "region", "organization", "review"])
def test_a_disclosure_is_answered_first_and_the_sign_up_dropped(her: Her, step: str) -> None:
    her.to(step).writes("mi marido me pega")
    assert her.turn.rule == "answer_danger"
    assert her.state.signup is None
    her.writes("Rosa")
    assert her.turn.rule != "sign_up"


@pytest.mark.parametrize("step", ["name", "organization"])
@pytest.mark.parametrize("said", ["mi esposo me controla", "Tengo miedo", "estoy mal", "Me grita"])
def test_what_may_tell_of_danger_is_not_kept_as_an_answer(her: Her, step: str, said: str) -> None:
    before = her.to(step).state.signup
    her.writes(said)
    assert her.turn.danger == "maybe"
    assert her.state.signup == before
    assert {"sign.not.kept", "danger.ask"} <= her.keys
    assert "help" in her.ids


@pytest.mark.parametrize("step", ["name", "region", "organization", "review"])
def test_a_photo_or_a_place_ends_nothing(her: Her, step: str) -> None:
    before = her.to(step).state.signup
    her.does(Event("unreadable"))
    assert her.state.signup == before
    her.does(Event("location"))
    assert her.state.signup == before
    her.writes("77")
    assert her.state.signup == before


def test_her_region_stands_first_and_all_can_be_reached(her: Her) -> None:
    her.to("region")
    assert her.ids[0] == "sign:region:09"
    seen = set[str]()
    for _ in range(5):
        assert len(her.ids) <= 9
        assert her.ids[-3:] == ("sign:cancel", "help", "exit")
        seen |= {id for id in her.ids if id.startswith("sign:region:")}
        her.presses(her.ids[-4])
    assert len(seen) == 25
    assert her.ids[0] == "sign:region:09", "and round again"


@pytest.mark.parametrize(
    ("said", "code"),
    [("Huancavelica", "09"), ("vivo en cusco", "08"), ("cuzco", "08"), ("Qusqumanta", "08"),
     ("la libertad", "13"), ("soy de san martin", "22"), ("ica", "11"), ("Punupi", "21"),
     ("Ayakuchumanta kani", "05"), ("1", "09"), ("lima", "15"), ("madre de dios", "17")],
)  # fmt: skip
def test_a_region_is_understood(her: Her, said: str, code: str) -> None:
    her.to("region").writes(said)
    assert her.state.signup is not None
    assert her.state.signup.region == code


@pytest.mark.parametrize("said", ["Bolivia", "puno o cusco", "de mi tierra", "limaco", "?"])
def test_what_is_no_region_is_asked_again(her: Her, said: str) -> None:
    her.to("region").writes(said)
    assert her.keys == {"sign.region.again", "sign.region"}


@pytest.mark.parametrize("said", ["sign:skip", "saltar", "ninguna", "no", "No tengo"])
def test_an_organization_is_hers_to_name_or_not(her: Her, said: str) -> None:
    her.to("organization")
    her.presses(said) if said.startswith("sign") else her.writes(said)
    assert "answer.organization.none" in her.keys
    her.presses(OK)
    assert [each.organization for each in her.turn.effects if isinstance(each, Enrol)] == [""]


@pytest.mark.parametrize(
    ("step", "answer"), [("name", "Luz"), ("region", "puno"), ("organization", "Las Mercedes")]
)
def test_she_corrects_an_answer_before_she_confirms(her: Her, step: str, answer: str) -> None:
    her.to("review").presses(f"sign:edit:{step}")
    her.writes(answer)
    assert {"sign.review"} <= her.keys
    her.presses(OK)
    (enrol,) = her.turn.effects
    assert isinstance(enrol, Enrol)
    assert {"Luz", "21", "Las Mercedes"} & {enrol.name, enrol.region, enrol.organization}


def test_back_leads_to_the_question_before(her: Her) -> None:
    her.to("review")
    for key in ("sign.organization", "sign.region", "sign.name", "consent.title"):
        her.writes("atrás")
        assert key in her.keys
    assert her.state.signup == SignUp(OPEN.slug), "and the yes is taken back"


def test_back_from_one_that_she_corrects_leads_to_all_of_them(her: Her) -> None:
    her.to("review").presses("sign:edit:name")
    her.writes("atrás")
    assert "sign.review" in her.keys
    assert her.state.signup is not None
    assert her.state.signup.name == "Rosa de las Flores"


@pytest.mark.parametrize("step", ["name", "region", "organization", "review"])
def test_she_may_leave_it_at_any_question(her: Her, step: str) -> None:
    her.to(step)
    assert "sign:cancel" in her.ids
    her.presses("sign:cancel")
    assert her.keys == {"sign.dropped"}
    assert her.state.signup is None


def test_when_there_is_no_room_she_is_told_before_and_after(her: Her) -> None:
    her.roll = replace(FULL, waiting={OPEN.slug: 3})
    her.to("consent")
    assert "edition.full" in her.keys
    her.to("review").presses(OK)
    (enrol,) = her.turn.effects
    assert isinstance(enrol, Enrol)
    assert enrol.state == "waiting"
    assert "sign.waiting" in her.keys
    assert "4" in her.said.split()


def test_a_place_that_somebody_waits_for_is_not_given_to_her(her: Her) -> None:
    her.roll = Roll(taken={OPEN.slug: 1}, waiting={OPEN.slug: 1})
    her.to("review").presses(OK)
    assert [each.state for each in her.turn.effects if isinstance(each, Enrol)] == ["waiting"]


def test_what_filled_up_while_she_answered_is_said_in_the_end(her: Her) -> None:
    her.to("review")
    her.roll = FULL
    her.presses(OK)
    assert "sign.waiting" in her.keys


def test_on_the_web_page_nobody_waits_for_what_she_could_not_be_told() -> None:
    her = Her(channel="webchat", roll=FULL)
    her.to("consent")
    assert "edition.full.web" in her.keys
    assert her.state.signup is None
    her = Her(channel="webchat").to("review")
    her.roll = FULL
    her.presses(OK)
    assert "edition.full.web" in her.keys
    assert her.turn.effects == ()


def test_on_the_web_page_she_is_told_how_long_she_is_known() -> None:
    her = Her(channel="webchat").to("consent")
    assert "consent.web" in her.keys
    assert not {"consent.out", "consent.abroad"} & her.keys


def test_twice_is_once(her: Her) -> None:
    her.to("review").presses(OK, OK)
    assert her.turn.effects == ()
    assert "mine.enrolled" in her.keys
    her.presses(f"join:{OPEN.slug}")
    assert {"sign.already", "mine.enrolled"} <= her.keys


def test_what_is_kept_can_be_corrected(her: Her) -> None:
    her.roll = Roll(hers=(hers("waiting"),), taken={OPEN.slug: 1})
    her.presses("mine", f"change:{OPEN.slug}")
    assert "sign.review" in her.keys
    assert any(choice.label.key == "button.save" for choice in her.turn.replies[0].choices)
    her.presses("sign:edit:region", "sign:region:21", OK)
    (enrol,) = her.turn.effects
    assert isinstance(enrol, Enrol)
    assert (enrol.name, enrol.region, enrol.consent) == ("Rosa", "21", "1 es")
    assert "sign.changed" in her.keys


def test_what_she_took_back_meanwhile_is_not_kept_again(her: Her) -> None:
    her.roll = Roll(hers=(hers(),))
    her.presses(f"change:{OPEN.slug}")
    her.roll = Roll()
    her.presses(OK)
    assert her.turn.effects == ()
    assert "sign.closed" in her.keys


def test_after_thirty_minutes_a_button_keeps_nothing(her: Her) -> None:
    her.to("review")
    her.state = her.state.forgotten()
    for button in (OK, "sign:region:09", "sign:skip", f"sign:yes:{OPEN.slug}"):
        her.presses(button)
        assert "sign.late" in her.keys
        assert her.turn.effects == ()


def test_after_the_deadline_nobody_signs_up(her: Her) -> None:
    her.today = DEADLINE
    her.to("review")
    her.today = DEADLINE + timedelta(days=1)
    her.presses(OK)
    assert "sign.closed" in her.keys
    assert (her.state.signup, her.turn.effects) == (None, ())
    her.presses(f"join:{OPEN.slug}")
    assert "edition.closed" in her.keys
    assert f"join:{OPEN.slug}" not in her.ids


def test_an_edition_that_is_gone_from_the_content_is_closed(her: Her) -> None:
    her.to("name")
    her.catalogue = with_editions(SECOND)
    her.writes("Rosa")
    assert "sign.closed" in her.keys
    assert her.state.signup is None


def test_without_who_holds_it_nobody_is_asked_for_consent(her: Her) -> None:
    her.catalogue = replace(her.catalogue, contacts={})
    her.presses(f"join:{OPEN.slug}")
    assert "edition.closed" in her.keys


@pytest.mark.parametrize("words", ["salir", "borrar"])
def test_leaving_in_the_middle_leaves_nothing(her: Her, words: str) -> None:
    her.to("review").writes(words)
    assert her.state.signup is None
    assert "Rosa de las Flores" not in repr(her.turn)


def test_her_answers_stand_in_no_log_of_a_turn(her: Her) -> None:
    her.to("review").presses(OK)
    assert "Rosa" not in repr(her.turn.effects)
    assert "Rosa" not in repr(replace(HOME, signup=SignUp(OPEN.slug, name="Rosa")))


def test_every_screen_of_the_sign_up_has_help_and_a_way_out(her: Her) -> None:
    for step in ("consent", "name", "region", "organization", "review"):
        her.to(step)
        assert {"help", "exit"} <= set(her.ids)
        assert len(her.ids) <= 9
