"""Help near her: what she says and shares, which doors she is told of, and what is kept of it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.catalogue import Catalogue, Service
from bot.dialogue.nearby import MOST_ASKED
from bot.dialogue.phrases import BUTTON, PHRASES
from bot.dialogue.places import km_between
from bot.dialogue.respond import respond
from bot.dialogue.services import KINDS, NEAR_KM, nearest, spot_of, spot_shared
from bot.dialogue.turn import Event, Line, Pin, Reply, State, Turn
from bot.dialogue.wish import wish_of
from tests.catalogue import TODAY, services, spanish

HOME = State(language="es", greeted=True)
EMPTY = spanish()
LOADED = replace(EMPTY, services=services())
HUANCAVELICA = (-12.7861, -74.9732)


def says(words: str, state: State = HOME, catalogue: Catalogue = LOADED) -> Turn:
    return respond(state, Event("text", text=words, channel="telegram", today=TODAY), catalogue)


def presses(choice: str, state: State = HOME, catalogue: Catalogue = LOADED) -> Turn:
    event = Event("choice", choice=choice, channel="telegram", today=TODAY)
    return respond(state, event, catalogue)


def shares(latitude: float, longitude: float, catalogue: Catalogue = LOADED) -> Turn:
    event = Event("location", today=TODAY, latitude=latitude, longitude=longitude)
    return respond(HOME, event, catalogue)


def lines(turn: Turn) -> list[Line]:
    def within(line: Line) -> list[Line]:
        return [line, *(each for _, v in line.values if isinstance(v, Line) for each in within(v))]

    return [each for reply in turn.replies for line in reply.lines for each in within(line)]


def keys(turn: Turn) -> set[str]:
    return {line.key for line in lines(turn)}


def shown(turn: Turn) -> list[str]:
    """The names of the doors, in order."""
    return [str(dict(line.values)["name"]) for line in lines(turn) if line.key == "near.row"]


def ids(turn: Turn) -> list[str]:
    return [choice.id for choice in turn.replies[-1].choices]


@pytest.mark.parametrize(
    ("words", "first", "place"),
    [
        ("comisaria en jauja", "near.none.kind", "120401"),
        ("cem en jauja", "Centro Inventado de Jauja", "120401"),
        ("centro emergencia mujer jauja", "Centro Inventado de Jauja", "120401"),
        ("¿Dónde queda el CEM de Jauja?", "Centro Inventado de Jauja", "120401"),
        ("hay policia por ate", "Comisaría Inventada de Ate", "150103"),
        ("ate", "Comisaría Inventada de Ate", "150103"),
        ("vivo en ate", "Comisaría Inventada de Ate", "150103"),
        ("demuna lircay por favor", "DEMUNA Inventada de Lircay", "090301"),
        ("jauja comisaria", "near.none.kind", "120401"),
        ("cem en huancavelika", "Centro Inventado de Huancavelica", "090101"),
        ("ayuda en wankavilka", "Centro Inventado de Huancavelica", "090101"),
    ],
)
def test_a_door_and_a_place_in_one_sentence(words: str, first: str, place: str) -> None:
    turn = says(words)
    assert turn.rule == "help_near"
    assert turn.state.place == place
    assert first in (shown(turn)[:1] or keys(turn))


@pytest.mark.parametrize(
    "words",
    [
        "el papa de mi hija no me pasa plata",
        "que es la linea 100",
        "mi jefe me toca en la oficina",
        "quiero denunciar",
        "hola",
        "me despidieron por estar embarazada en lima",
        "no quiero ir a la comisaria porque no me creen",
    ],
)
def test_what_is_about_something_else_is_left_to_the_others(words: str) -> None:
    assert says(words).rule != "help_near"


def test_no_phrase_of_any_topic_is_taken_for_a_place() -> None:
    for topic in LOADED.topics.values():
        for phrase in topic.phrases:
            wish = wish_of(phrase, LOADED)
            called = [LOADED.places.called(words) for words in wish.rest] if wish else []
            assert not any(called), phrase


def test_danger_comes_before_any_place() -> None:
    asked = presses("near").state
    turn = says("me esta pegando en jauja", asked)
    assert turn.rule == "answer_danger"
    assert ids(turn)[0] == "near:now"
    assert turn.state.asked == ""


def test_she_is_asked_where_and_the_next_words_are_the_place() -> None:
    turn = presses("near:now")
    assert keys(turn) == {"near.ask", "near.forget"}
    there = says("huancavelica", turn.state)
    assert shown(there)[0] == "Comisaría Inventada de Huancavelica", "in danger the police first"
    assert there.state.asked == ""


def test_asked_where_she_may_still_ask_something_else() -> None:
    asked = presses("near").state
    turn = says("el papa de mi hija no me pasa plata", asked)
    assert (turn.rule, turn.topics[0]) == ("find", "alimentos-demanda")
    assert turn.state.asked == ""
    assert says("menu", asked).rule == "show_menu"
    assert says("salir", asked).state == HOME


def test_a_place_nobody_knows_is_asked_again_and_a_wrong_number_changes_nothing() -> None:
    asked = presses("near:demuna").state
    again = says("asdfgh", asked)
    assert "near.unknown" in keys(again)
    number = says("77", again.state)
    assert number.rule == "no_such_number"
    assert shown(says("lircay", number.state)) == ["DEMUNA Inventada de Lircay"]


def test_a_shared_name_is_asked_and_answered_by_button_number_or_words() -> None:
    turn = says("comisaria en santa rosa")
    assert "near.which" in keys(turn)
    assert len(ids(turn)) <= MOST_ASKED + 3
    lima = says(str(ids(turn).index("at:150139:comisaria") + 1), turn.state)
    assert lima.state.place == "150139"
    assert says("santa rosa lima").state.place == "150139"
    puno = says("puno", turn.state)
    assert ids(puno)[:2] == ["at:210808:comisaria", "at:210504:comisaria"]
    assert says("melgar", turn.state).state.place == "210808"
    assert presses("at:210808:comisaria", puno.state).state.place == "210808"


def test_a_department_is_too_large_to_be_near_anything() -> None:
    turn = presses("at:12")
    assert "near.province" in keys(turn)
    assert ids(turn)[0] == "at:1201"
    assert says("jauja", turn.state).state.place == "120401"


def test_a_guess_that_is_not_sure_is_asked() -> None:
    turn = says("cem en huancas xx", presses("near").state)
    assert not shown(turn)
    assert all(choice.startswith("at:") for choice in ids(turn)[:-3] if choice != "help")


def test_where_she_is_is_rounded_and_only_in_her_state() -> None:
    turn = shares(*HUANCAVELICA)
    assert turn.state.place == "-12.79,-74.97"
    assert "12.7861" not in repr(turn)
    assert turn.effects == ()
    assert turn.state.forgotten() == HOME
    assert shown(turn) == [
        "Centro Inventado de Huancavelica",
        "Comisaría Inventada de Huancavelica",
        "Comisaría Inventada de Ascensión",
    ]


def test_another_kind_of_door_at_the_same_place_and_without_a_place_she_is_asked() -> None:
    there = shares(*HUANCAVELICA).state
    assert shown(presses("kind:demuna", there)) == ["DEMUNA Inventada de Lircay"]
    assert presses("kind:demuna").state.asked == "near:demuna:"


def test_what_she_reads_about_decides_what_comes_first() -> None:
    reading = presses("t:alimentos-demanda").state
    assert "near" in ids(presses("t:alimentos-demanda:who"))
    there = says("lircay", presses("near", reading).state)
    assert shown(there)[0] == "DEMUNA Inventada de Lircay"


def test_past_its_day_a_door_has_no_number_address_or_map() -> None:
    old = next(each for each in LOADED.services if each.id == "comisaria-vieja")
    turn = shares(*HUANCAVELICA)
    values = {str(value) for line in lines(turn) for _, value in line.values}
    assert "near.expired" in keys(turn)
    assert not values & {*old.phones, old.address}
    assert "pin:comisaria-vieja" not in ids(turn)
    assert presses("pin:comisaria-vieja").rule == "old_button"
    assert presses("pin:gone").rule == "old_button"


def test_a_door_whose_place_is_known_has_a_map() -> None:
    (reply,) = presses("pin:cem-inventado").replies
    name = "Centro Inventado de Huancavelica"
    assert reply.attachments == (Pin(-12.785, -74.972, name, "Jirón Inventado 1"),)
    assert "pin:comisaria-inventada" not in ids(shares(*HUANCAVELICA)), "only its district is known"


@pytest.mark.parametrize("there", [(-3.75, -73.25), (40.4, -3.7), (0.0, 0.0), (-89.0, 179.0)])
def test_where_nothing_is_near_she_is_told_and_whom_to_call(there: tuple[float, float]) -> None:
    turn = shares(*there)
    assert shown(turn) == []
    assert {"near.none", "danger.call", "services/linea-100.md#purpose"} <= keys(turn)


@pytest.mark.parametrize(
    "turn",
    [
        shares(*HUANCAVELICA, EMPTY),
        says("comisaria en jauja", catalogue=EMPTY),
        says("santa rosa", catalogue=EMPTY),
        presses("near", catalogue=EMPTY),
        presses("at:12", catalogue=EMPTY),
    ],
)
def test_without_a_directory_she_is_told_and_asked_nothing(turn: Turn) -> None:
    assert {"location", "danger.call", "services/linea-100.md#purpose"} <= keys(turn)
    assert turn.state.asked == ""


def test_without_a_directory_no_button_promises_one() -> None:
    screens = [presses("help", catalogue=EMPTY), says("me pegan", catalogue=EMPTY)]
    screens.append(presses("t:linea-100:who", catalogue=EMPTY))
    assert not [id for turn in screens for id in ids(turn) if id.startswith("near")]


def test_a_new_woman_who_shares_where_she_is_is_answered_first() -> None:
    event = Event("location", today=TODAY, latitude=HUANCAVELICA[0], longitude=HUANCAVELICA[1])
    answer, welcome = respond(State(), event, LOADED).replies
    assert answer.lines[0].key == "near.title.here"
    assert "welcome.privacy" in {line.key for line in welcome.lines}


def test_a_place_that_cannot_be_read_is_asked_for() -> None:
    turn = respond(HOME, Event("location", today=TODAY), LOADED)
    assert keys(turn) == {"near.ask", "near.forget"}


@pytest.mark.parametrize("key", ["", "x", "12,x", "9999", "nan", ",", "-12.79"])
def test_a_place_that_is_none_is_none(key: str) -> None:
    assert spot_of(key, LOADED) is None


def test_near_a_district_nobody_has_a_point_for_is_near_its_province_and_says_so() -> None:
    turn = says("putis")
    (title,) = [line for line in lines(turn) if line.key == "near.title"]
    assert dict(title.values)["place"] == "Huanta, Ayacucho"
    assert turn.state.place == "050413"


def test_what_she_shares_is_found_again_by_her_state() -> None:
    spot = spot_shared(-12.7861, -74.9732)
    assert spot_of(spot.key, LOADED) == spot


def a_service(id: int, kind: str, latitude: float, longitude: float) -> Service:
    return Service(
        f"s{id}", kind, f"Inventado {id}", "", "120401", (latitude, longitude), (), "", "",
        date(2026, 11, 1), date(2027, 1, 1), "",
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.floats(-18, 0), st.floats(-81, -69)), max_size=40
    ),
    st.tuples(st.floats(-18, 0), st.floats(-81, -69)),
)
def test_the_nearest_are_all_that_are_near_in_order(
    doors: list[tuple[str, float, float]], here: tuple[float, float]
) -> None:
    made = tuple(a_service(at, *door) for at, door in enumerate(doors))
    catalogue = replace(EMPTY, services=made)
    spot = spot_shared(*here)
    found = nearest(spot, catalogue)
    near = {
        each.id for each in made if each.point and km_between(spot.point, each.point) <= NEAR_KM
    }
    assert {each.service.id for each in found} == near
    assert [each.km for each in found] == sorted(each.km for each in found)
    turn = shares(*here, catalogue)
    assert len(shown(turn)) == min(3, len(near)) if made else "location" in keys(turn)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from("cem en santa rosa 1 ate xx de puno menu jauja ¿ comisaria".split()))
)
def test_whatever_follows_a_question_a_screen_holds_ten_choices(words: list[str]) -> None:
    state = presses("near").state
    for word in (" ".join(words), *words):
        turn = says(word, state)
        state = turn.state
        for reply in turn.replies:
            assert len(reply.choices) <= 10
            assert all(len(choice.id.encode()) <= 64 for choice in reply.choices)


def test_every_kind_has_a_name_and_words_to_ask_for_it() -> None:
    phrases = {phrase.key: phrase for phrase in PHRASES}
    for kind in KINDS:
        assert phrases[f"kind.{kind}"].note.startswith(BUTTON)
        for words in phrases[f"typed.kind.{kind}"].text.splitlines():
            wish = wish_of(words, EMPTY)
            assert wish is not None and wish.kind == kind, words


def test_a_reply_with_a_pin_waits_in_the_outbox_whole() -> None:
    from bot.dialogue.turn import unpack

    reply: Reply = presses("pin:cem-inventado").replies[0]
    assert unpack(reply.packed) == reply
