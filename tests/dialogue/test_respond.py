"""What Willaq answers, on the real content."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.catalogue import Catalogue, Contact, DangerPhrase, Language
from bot.dialogue.respond import RULES, respond
from bot.dialogue.turn import (
    Announcements,
    Count,
    Erase,
    Event,
    Forget,
    Leave,
    Line,
    Reachable,
    Reply,
    State,
    Turn,
    unpack,
)
from tests.catalogue import TODAY, spanish

HOME = State(language="es", greeted=True)
QUECHUA = State(language="quy", greeted=True)
MAIN_MENU = ("cat:violence", "cat:support", "cat:family", "cat:health", "cat:work", "menu:2",
             "lang:quy", "help", "exit")  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    typed = {
        "quy": {
            "typed.menu": "qallariy\nallillanchu",
            "typed.exit": "lluqsiy",
            "typed.help": "yanapaway",
            "typed.this": "runasimi\nquechua",
            "rights/linea-100.md#phrases": "linea 100 imataq\nimayna waqyayman linea 100man",
        }
    }
    languages = (Language("es", "Español"), Language("quy", "Runasimi"))
    return replace(spanish(), typed=typed, languages=languages)


def text(words: str, **more: str) -> Event:
    return Event("text", text=words, channel=more.get("channel", "telegram"), today=TODAY,
                 language=more.get("language", ""))  # fmt: skip


def press(id: str, channel: str = "telegram") -> Event:
    return Event("choice", choice=id, channel=channel, today=TODAY)


def ids(reply: Reply) -> tuple[str, ...]:
    return tuple(choice.id for choice in reply.choices)


def keys(reply: Reply) -> set[str]:
    def within(line: Line) -> set[str]:
        return {line.key}.union(*(within(v) for _, v in line.values if isinstance(v, Line)))

    return set[str]().union(*(within(line) for line in reply.lines))


def rule_of(turn: Turn) -> str:
    return turn.rule


def test_a_new_woman_is_greeted_in_every_language_and_sees_the_menu(catalogue: Catalogue) -> None:
    turn = respond(State(), text("hola"), catalogue)
    (welcome,) = turn.replies
    assert [line.language for line in welcome.lines if line.key == "welcome.hello"] == ["es", "quy"]
    assert {"welcome.is", "welcome.privacy", "menu.title"} <= keys(welcome)
    assert ids(welcome)[0] == "lang:quy"
    assert set(ids(welcome)) == set(MAIN_MENU)
    assert turn.state == State("es", True, ids(welcome))


@pytest.fixture(scope="module")
def three(catalogue: Catalogue) -> Catalogue:
    languages = (
        Language("es", "Español"),
        Language("quy", "Runasimi (Ayacucho)", ("es",)),
        Language("quz", "Runasimi (Cusco)", ("quy", "es")),
    )
    typed = {**catalogue.typed, "quz": {"typed.menu": "imaynallan"}}
    danger = (
        *catalogue.danger,
        DangerPhrase(("maqawan",), "high", "violence", "quy"),
        DangerPhrase(("maqashawan",), "high", "violence", "quz"),
    )
    return replace(catalogue, languages=languages, typed=typed, danger=danger, learned=None)


@pytest.mark.parametrize(
    ("words", "greeted_in", "buttons"),
    [
        ("hola", ["es", "quy"], ("lang:quy", "lang:quz")),
        ("allillanchu", ["quy", "es"], ("lang:es", "lang:quz")),
        ("imaynallan", ["quz", "es"], ("lang:es", "lang:quy")),
    ],
)
def test_of_two_languages_near_each_other_one_greets_and_both_have_a_button(
    three: Catalogue, words: str, greeted_in: list[str], buttons: tuple[str, ...]
) -> None:
    (welcome,) = respond(State(), text(words), three).replies
    hello = [line.language for line in welcome.lines if line.key == "welcome.hello"]
    assert hello == greeted_in
    assert ids(welcome)[:2] == buttons
    assert len(ids(welcome)) == 9


@pytest.mark.parametrize("hers", ["quy", "quz"])
def test_spanish_stays_one_tap_away_with_more_languages(three: Catalogue, hers: str) -> None:
    more = replace(three, languages=(*three.languages, Language("ayr", "Aymara", ("es",))))
    here = State(language=hers, greeted=True)
    for catalogue, others in ((three, {"quy", "quz"} - {hers}), (more, {""})):
        menu = respond(here, text("menu"), catalogue).replies[0]
        assert {"lang:es", *(f"lang:{tag}".removesuffix(":") for tag in others)} <= {*ids(menu)}
        assert "lang:es" in ids(respond(here, press("cat:data"), catalogue).replies[0])
        assert "t:linea-100@es" in ids(respond(here, press("t:linea-100"), catalogue).replies[0])


@pytest.mark.parametrize(
    ("hers", "words", "answered_in"),
    [
        ("quz", "maqawan", ""),
        ("quy", "maqashawan", ""),
        ("es", "maqashawan", "quz"),
        ("quz", "mi marido me pega", "es"),
        ("quz", "maqashawan", ""),
    ],
)
def test_danger_is_answered_in_the_language_it_is_said_in_unless_hers_is_near(
    three: Catalogue, hers: str, words: str, answered_in: str
) -> None:
    turn = respond(State(language=hers, greeted=True), text(words), three)
    assert (turn.danger, turn.state.language) == ("high", hers)
    assert [reply.language for reply in turn.replies] == [answered_in]


def test_languages_are_not_near_because_both_fall_back_to_spanish() -> None:
    spanish_, aymara = Language("es", "Español"), Language("ayr", "Aymara", ("es",))
    chanka, cusco = Language("quy", "", ("es",)), Language("quz", "", ("quy", "es"))
    assert cusco.is_near(chanka)
    assert chanka.is_near(cusco)
    assert not aymara.is_near(chanka)
    assert not chanka.is_near(spanish_)
    assert not spanish_.is_near(chanka)


def test_whatever_the_first_message_is_she_is_greeted(catalogue: Catalogue) -> None:
    for event in (
        text("xyzzy"),
        press("nonsense"),
        Event("location", channel="telegram", today=TODAY),
        Event("unreadable", channel="telegram", today=TODAY),
    ):
        turn = respond(State(), event, catalogue)
        assert turn.state.greeted
        assert "welcome.is" in keys(turn.replies[0])


def test_a_clear_first_question_is_answered_before_the_greeting(catalogue: Catalogue) -> None:
    turn = respond(State(), text("qué es la línea 100"), catalogue)
    page, welcome = turn.replies
    assert "rights/linea-100.md#short" in keys(page)
    assert "welcome.is" in keys(welcome)
    assert turn.effects == (Count("linea-100"),)


def test_a_first_cry_for_help_is_answered_before_any_greeting(catalogue: Catalogue) -> None:
    turn = respond(State(), text("mi marido me pega"), catalogue)
    (reply,) = turn.replies
    assert {"danger.violence", "danger.call", "services/linea-100.md#purpose"} <= keys(reply)
    assert not turn.state.greeted
    assert respond(turn.state, text("hola"), catalogue).rule == "greet"


@pytest.mark.parametrize(
    ("event", "language"),
    [
        (text("hola", language="qu"), "quy"),
        (text("hola", language="qu-PE"), "quy"),
        (text("hola", language="en"), "es"),
        (text("allillanchu"), "quy"),
    ],
)
def test_her_language_is_only_guessed_until_she_chooses(
    catalogue: Catalogue, event: Event, language: str
) -> None:
    assert respond(State(), event, catalogue).state.language == language


def test_she_changes_her_language_by_button_or_word(catalogue: Catalogue) -> None:
    for event in (press("lang:quy"), text("quechua"), text("RUNASIMI"), text("Runasimi!")):
        turn = respond(HOME, event, catalogue)
        assert turn.state.language == "quy", event
        assert "cat:violence" in ids(turn.replies[-1])
        assert "lang:es" in ids(turn.replies[-1])
    assert respond(QUECHUA, text("castellano"), catalogue).state.language == "es"
    assert respond(HOME, text("idioma"), catalogue).replies[0].choices[0].id == "lang:es"


def test_a_number_means_what_stood_there_on_her_last_screen(catalogue: Catalogue) -> None:
    menu = respond(HOME, text("menu"), catalogue)
    family = respond(menu.state, text("3"), catalogue)
    assert ids(family.replies[0])[0] == "t:alimentos-demanda"
    topic = respond(family.state, text(" 1. "), catalogue)
    assert topic.state.topic == "alimentos-demanda"


@pytest.mark.parametrize("words", ["99", "0", "10"])
def test_a_number_that_stands_nowhere_leaves_her_screen_as_it_is(
    catalogue: Catalogue, words: str
) -> None:
    menu = respond(HOME, text("menu"), catalogue)
    turn = respond(menu.state, text(words), catalogue)
    assert keys(turn.replies[0]) == {"number.none"}
    assert respond(turn.state, text("2"), catalogue).rule == "open_category"


@pytest.mark.parametrize("words", ["3", "3.", "(3)", "la 3", "opción 3", "número 3", "3 por favor"])
def test_a_number_is_one_however_she_says_it(catalogue: Catalogue, words: str) -> None:
    menu = respond(HOME, text("menu"), catalogue)
    assert ids(respond(menu.state, text(words), catalogue).replies[0])[0] == "t:alimentos-demanda"


def test_her_number_is_about_the_answer_and_not_about_the_greeting(catalogue: Catalogue) -> None:
    turn = respond(State(), text("qué es la línea 100"), catalogue)
    page, welcome = turn.replies
    assert welcome.choices == ()
    assert turn.state.choices == ids(page)
    assert "rights/linea-100.md#steps" in keys(respond(turn.state, text("1"), catalogue).replies[0])


def test_an_unclear_first_question_is_asked_back_before_the_greeting(catalogue: Catalogue) -> None:
    turn = respond(State(), text("cuanto le descuentan de su sueldo para mis hijos"), catalogue)
    asked, welcome = turn.replies
    assert any(id.startswith("t:alimentos") for id in ids(asked))
    assert "welcome.is" in keys(welcome)


def test_a_greeting_in_other_words_is_no_question(catalogue: Catalogue) -> None:
    for words in ("buenas señorita", "hola que tal", "alo", "👋"):
        assert len(respond(State(), text(words), catalogue).replies) == 1, words


def test_changing_language_on_a_page_shows_that_page(catalogue: Catalogue) -> None:
    page = respond(HOME, press("t:linea-100"), catalogue)
    turn = respond(page.state, text("runasimi"), catalogue)
    assert turn.state.language == "quy"
    assert turn.state.topic == "linea-100"
    assert "rights/linea-100.md#short" in keys(turn.replies[0])


def test_the_door_to_her_language_has_it(catalogue: Catalogue) -> None:
    assert "lang:quy" in ids(respond(HOME, press("cat:data"), catalogue).replies[0])


def test_menu_labels_work_when_typed(catalogue: Catalogue) -> None:
    assert respond(HOME, text("familia e hijos"), catalogue).rule == "open_category"
    assert respond(HOME, text("LINEA 100"), catalogue).state.topic == "linea-100"


def test_a_topic_leads_to_all_its_parts_and_is_counted_once(catalogue: Catalogue) -> None:
    turn = respond(HOME, press("t:linea-100"), catalogue)
    assert turn.effects == (Count("linea-100"),)
    shown = ids(turn.replies[0])
    for part in ("steps", "law", "who", "src", "rel"):
        assert f"t:linea-100:{part}" in shown
        answer = respond(turn.state, press(f"t:linea-100:{part}"), catalogue)
        assert answer.effects == ()
        assert {"menu", "help", "exit"} <= set(ids(answer.replies[0]))


def test_parts_of_the_open_topic_can_be_typed(catalogue: Catalogue) -> None:
    state = respond(HOME, press("t:linea-100"), catalogue).state
    assert "rights/linea-100.md#law" in keys(respond(state, text("más"), catalogue).replies[0])
    assert "rights/linea-100.md#steps" in keys(respond(state, text("pasos"), catalogue).replies[0])
    who = respond(state, text("contactos"), catalogue).replies[0]
    assert "services/linea-100.md#purpose" in keys(who)
    assert "contact.phone" in keys(who)


def test_sources_say_when_they_were_seen_and_that_a_lawyer_is_missing(catalogue: Catalogue) -> None:
    page = respond(HOME, press("t:linea-100:src"), catalogue).replies[0]
    assert {"source.pending", "source.row.short.likely"} <= keys(page)


def test_the_other_language_is_one_tap_away_and_stays_while_she_reads_on(
    catalogue: Catalogue,
) -> None:
    page = respond(QUECHUA, press("t:linea-100"), catalogue).replies[0]
    assert "t:linea-100@es" in ids(page)
    spanish_page = respond(QUECHUA, press("t:linea-100@es"), catalogue)
    assert spanish_page.replies[0].language == "es"
    assert "t:linea-100:steps@es" in ids(spanish_page.replies[0])
    assert "t:linea-100" in ids(spanish_page.replies[0])
    assert spanish_page.state.language == "quy"
    assert "t:linea-100@quy" in ids(respond(HOME, press("t:linea-100"), catalogue).replies[0])


def test_unsure_asks_with_three_topics(catalogue: Catalogue) -> None:
    turn = respond(HOME, text("denunciar acoso"), catalogue)
    if turn.rule == "find" and turn.state.topic == "":
        asked = [id for id in ids(turn.replies[0]) if id.startswith("t:")]
        assert 1 <= len(asked) <= 3
    assert len(turn.topics) >= 2


@pytest.mark.parametrize("words", ["sí", "no", "a", "x", "ok"])
def test_a_word_that_says_nothing_offers_no_topic_by_chance(
    catalogue: Catalogue, words: str
) -> None:
    assert respond(HOME, text(words), catalogue).topics == ()


def test_a_polite_goodbye_deletes_nothing(catalogue: Catalogue) -> None:
    for words in ("chau", "adiós", "gracias", "hasta luego"):
        assert respond(HOME, text(words), catalogue).rule == "thank", words


def test_nothing_near_brings_the_menu_and_who_can_help(catalogue: Catalogue) -> None:
    turn = respond(HOME, text("asdfgh"), catalogue)
    assert turn.rule == "nothing_found"
    assert ids(turn.replies[0]) == MAIN_MENU


@pytest.mark.parametrize("state", [HOME, QUECHUA, State("es", True, ("exit",), "linea-100")])
@pytest.mark.parametrize(
    "words", ["me quiere matar", "ME AMENAZÓ CON UN CUCHILLO", "kiero morirme"]
)
def test_danger_comes_first_in_any_state(catalogue: Catalogue, state: State, words: str) -> None:
    turn = respond(state, text(words), catalogue)
    assert turn.danger == "high"
    assert turn.rule == "answer_danger"
    assert {"hide", "not-danger", "exit"} <= set(ids(turn.replies[0]))
    assert turn.replies[0].both
    assert turn.state.topic == ""


def test_danger_is_not_remembered(catalogue: Catalogue) -> None:
    turn = respond(HOME, text("me pega"), catalogue)
    assert turn.effects == ()


def test_she_can_say_that_it_was_a_mistake(catalogue: Catalogue) -> None:
    turn = respond(HOME, text("me pega"), catalogue)
    sorry = respond(turn.state, press("not-danger"), catalogue)
    assert "danger.not" in keys(sorry.replies[0])
    assert ids(sorry.replies[0]) == MAIN_MENU


def test_what_is_said_in_passing_is_no_danger(catalogue: Catalogue) -> None:
    for words in ("mi jefe me mata de trabajo", "casi me mata de risa"):
        assert respond(HOME, text(words), catalogue).danger == "none", words


def test_maybe_gives_the_normal_answer_and_one_question(catalogue: Catalogue) -> None:
    phrase = next(each for each in catalogue.danger if each.tier == "maybe" and not each.harmless)
    words = " ".join(word.replace("*", "a") for word in phrase.words)
    turn = respond(HOME, text(words), catalogue)
    assert turn.danger == "maybe"
    assert "danger.ask" in keys(turn.replies[-1])
    assert turn.replies[-1].choices[0].id == "help"
    assert turn.state.choices == ids(turn.replies[-1])


def test_numbers_past_their_date_are_not_given(catalogue: Catalogue) -> None:
    late = replace(text("me pega"), today=TODAY + timedelta(days=3650))
    shown = keys(respond(HOME, late, catalogue).replies[0])
    assert "services/linea-100.md#purpose" not in shown
    assert "danger.near" in shown


def test_quick_exit_shows_something_harmless_and_leaves_nothing(catalogue: Catalogue) -> None:
    for event in (press("exit"), text("salir"), text("Salir!!"), text("lluqsiy")):
        turn = respond(State("es", True, ("menu",), "linea-100"), event, catalogue)
        (screen,) = turn.replies
        assert turn.effects == (Erase(),)
        assert turn.state == HOME
        assert screen.choices == ()
        assert all(key.startswith(("harmless/", "topic.title")) for key in keys(screen))


def test_forget_takes_everything_at_once(catalogue: Catalogue) -> None:
    turn = respond(State("quy", True, ("menu",), "linea-100"), text("borrar"), catalogue)
    assert turn.effects == (Erase(), Forget())
    assert turn.state == State()
    assert turn.replies[0].language == "quy"
    assert "forget.telegram" in keys(turn.replies[0])


def test_she_is_told_what_is_known_of_her(catalogue: Catalogue) -> None:
    reply = respond(HOME, text("¿Qué sabes de mí?"), catalogue).replies[0]
    assert {"know.kept", "know.not", "know.telegram"} <= keys(reply)
    assert "forget" in ids(reply)


def test_she_is_told_what_whatsapp_keeps_whatever_we_delete(catalogue: Catalogue) -> None:
    known = respond(HOME, press("know", "whatsapp"), catalogue).replies[0]
    assert {"know.kept", "know.whatsapp"} <= keys(known)
    gone = respond(HOME, press("forget", "whatsapp"), catalogue)
    assert keys(gone.replies[0]) == {"forget.done", "forget.whatsapp"}
    left = respond(HOME, press("exit", "whatsapp"), catalogue)
    assert all(key.startswith(("harmless/", "topic.title")) for key in keys(left.replies[0]))


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "webchat", "terminal"])
def test_hiding_the_chat_tells_the_truth_of_each_channel(
    catalogue: Catalogue, channel: str
) -> None:
    assert f"hide.{channel}" in keys(respond(HOME, press("hide", channel), catalogue).replies[0])


def test_what_cannot_be_read_is_answered_kindly(catalogue: Catalogue) -> None:
    for kind, key in (("unreadable", "unreadable"), ("location", "location")):
        event = Event(kind, channel="telegram", today=TODAY)  # type: ignore[arg-type]
        assert key in keys(respond(HOME, event, catalogue).replies[0])


def test_a_group_learns_nothing_and_is_left(catalogue: Catalogue) -> None:
    turn = respond(State(), Event("group", channel="telegram", today=TODAY), catalogue)
    assert turn.effects == (Leave(), Forget())
    assert keys(turn.replies[0]) == {"group"}


def test_blocking_is_noted_without_a_word(catalogue: Catalogue) -> None:
    blocked = respond(HOME, Event("blocked", today=TODAY), catalogue)
    assert (blocked.replies, blocked.effects) == ((), (Reachable(False),))
    assert respond(HOME, Event("unblocked", today=TODAY), catalogue).effects == (Reachable(True),)


def test_of_an_address_she_left_nothing_is_kept(catalogue: Catalogue) -> None:
    turn = respond(HOME, Event("moved", channel="whatsapp", today=TODAY), catalogue)
    assert (turn.state, turn.replies) == (State(), ())
    assert turn.effects == (Reachable(False), Forget())


@pytest.mark.parametrize("state", [HOME, State()])
def test_her_wish_about_announcements_is_noted_without_a_word(
    catalogue: Catalogue, state: State
) -> None:
    stopped, resumed = (
        respond(state, Event(kind, channel="whatsapp", today=TODAY), catalogue)
        for kind in ("stopped", "resumed")
    )
    assert (stopped.state, stopped.replies) == (resumed.state, resumed.replies) == (state, ())
    assert stopped.effects == (Announcements(wanted=False),)
    assert resumed.effects == (Announcements(wanted=True),)


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
def test_every_button_of_every_screen_leads_somewhere(catalogue: Catalogue, channel: str) -> None:
    """Walks the whole house, as a woman who presses everything would."""
    seen: set[str] = set()
    todo = [*MAIN_MENU, "hide", "know", "not-danger"]
    while todo:
        id = todo.pop()
        if id in seen:
            continue
        seen.add(id)
        assert len(id.encode()) <= 64, id
        turn = respond(HOME, press(id, channel), catalogue)
        assert turn.rule != "old_button", id
        assert "menu.gone" not in keys(turn.replies[0]), id
        for reply in turn.replies:
            assert unpack(reply.packed) == reply
            todo += ids(reply)
            if id not in ("exit", "forget") and turn.rule != "send_cards":
                assert "exit" in ids(reply), id
                assert {"help", "hide"} & set(ids(reply)), id
    assert {f"t:{slug}" for slug in catalogue.topics} <= seen


def test_an_old_button_of_a_topic_that_is_gone_brings_the_menu(catalogue: Catalogue) -> None:
    gone = ("t:gone", "t:linea-100:nope", "cat:gone", "cat:gone:2", "cat:", "cat::2", "cat:x:y")
    for id in (*gone, "zzz", "", ":", "t:", "@", "t:@quz", "menu:x", "menu:2:2", "menu:٢"):
        turn = respond(HOME, press(id), catalogue)
        assert ids(turn.replies[-1]) == MAIN_MENU, id


def test_an_expired_topic_says_so(catalogue: Catalogue) -> None:
    late = replace(press("t:linea-100"), today=date(2036, 1, 1))
    assert "topic.expired" in keys(respond(HOME, late, catalogue).replies[0])


def test_nothing_falls_over_without_any_content() -> None:
    bare = Catalogue()
    for state in (State(), HOME):
        for event in (text("hola"), text("exit"), text("salir"), press("help"), text("me pega")):
            assert respond(state, event, bare).replies


def test_the_emergency_contacts_named_in_code_exist(catalogue: Catalogue) -> None:
    from bot.dialogue.cards import CALL, HELP_CONTACTS
    from bot.dialogue.safety import NEXT

    named: set[str] = {*HELP_CONTACTS, *(slug for slugs in CALL.values() for slug in slugs)}
    assert named <= catalogue.contacts.keys()
    assert set(NEXT) <= catalogue.topics.keys()
    assert all(isinstance(contact, Contact) for contact in catalogue.contacts.values())


def test_rules_have_names_that_say_what_they_do() -> None:
    assert [name for name, rule in RULES] == [rule.__name__ for name, rule in RULES]
