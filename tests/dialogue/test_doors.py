"""How she finds her way on the real content, in every language: few choices on each screen, few
taps to each topic, and a way back."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from bot.dialogue import menus
from bot.dialogue.catalogue import Catalogue, Category, Language
from bot.dialogue.respond import respond
from bot.dialogue.turn import Choice, Event, EventKind, State, Turn, say
from tests.catalogue import TODAY, every_language, spanish, translations

LANGUAGES = [each.tag for each in every_language().languages]
CHANNELS = ("telegram", "whatsapp")  # the one shows most, the other has a button of its own
# What does not start at a button: danger of each kind, nothing found, a place, a picture.
SAID = ("me pega", "me violaron", "quiero morirme", "le pega a mi hija", "asdfgh", "denunciar",
        "que sabes de mi", "gracias", "idioma", "ocultar", "atras", "mas temas", "mas")  # fmt: skip
DONE: tuple[EventKind, ...] = ("location", "unreadable")


def does(kind: EventKind, what: str = "", language: str = "", channel: str = "telegram") -> Event:
    text, choice = ("", what) if kind == "choice" else (what, "")
    return Event(kind, text, choice, language, channel, TODAY)


def a_day_like_this(language: str) -> State:
    return State(language=language, greeted=True)


def first_screen(language: str) -> Turn:
    return respond(State(), does("text", "hola", language), every_language())


def choices(turn: Turn) -> tuple[str, ...]:
    return turn.state.choices


def on_her_way(turn: Turn, *done: str) -> Turn:
    """She presses what is on her screen, and types what is not."""
    for what in done:
        kind: EventKind = "choice" if what in choices(turn) else "text"
        turn = respond(turn.state, does(kind, what), every_language())
    return turn


def walk(
    *starts: Turn, through: tuple[str, ...] = ("",), channel: str = "telegram"
) -> dict[str, tuple[int, Turn]]:
    """Every choice she reaches by choices that begin so: after how many taps, and its screen."""
    reached: dict[str, tuple[int, Turn]] = {}
    taps, ring = 0, list(starts)
    while ring:
        taps, last, ring = taps + 1, ring, []
        for turn in last:
            for id in choices(turn):
                if id not in reached and id.startswith(through):
                    press = does("choice", id, channel=channel)
                    screen = respond(turn.state, press, every_language())
                    reached[id] = (taps, screen)
                    ring.append(screen)
    return reached


@cache
def every_screen(language: str) -> tuple[Turn, ...]:
    screens: list[Turn] = []
    for channel in CHANNELS:
        events = [does("text", words, channel=channel) for words in SAID]
        events += [does(kind, channel=channel) for kind in DONE]
        starts = [respond(a_day_like_this(language), event, every_language()) for event in events]
        starts.append(first_screen("qu" if language != "es" else "es"))
        screens += [*starts, *(turn for _, turn in walk(*starts, channel=channel).values())]
    return tuple(screens)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_has_more_than_nine_choices(language: str) -> None:
    screens = every_screen(language)
    assert len(screens) > 5 * len(every_language().topics)
    for turn in screens:
        for reply in turn.replies:
            ids = [choice.id for choice in reply.choices]
            assert len(ids) <= 9, ids
            assert len(set(ids)) == len(ids), ids
            assert all(len(id.encode()) <= 64 for id in ids), ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_buttons_of_a_screen_never_say_the_same(language: str) -> None:
    for turn in every_screen(language):
        for reply in turn.replies:
            labels = [label for _, label in translations().tell(reply, language).choices]
            assert len(set(labels)) == len(labels), labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_whether_she_is_in_danger_adds_no_choice(language: str) -> None:
    """ "maybe" can be said on any screen: by the words of a page she opens, too."""
    from bot.dialogue.safety import ask_if_in_danger

    for turn in every_screen(language):
        for reply in turn.replies:
            asking = ask_if_in_danger(reply).choices
            assert asking[0].id == "help"
            assert len(asking) <= 9
            assert len({choice.id for choice in asking}) == len(asking)


@pytest.mark.parametrize("app", ["es", "qu"])
def test_linea_100_is_two_taps_from_the_first_screen(app: str) -> None:
    start = first_screen(app)
    taps, turn = walk(start)["t:linea-100"]
    assert taps <= 2
    assert turn.state.topic == "linea-100"
    help_now = on_her_way(start, "help")
    numbers = [message_of(reply, help_now) for reply in help_now.replies]
    assert any("Línea 100" in text for text in numbers), "one tap shows its number"


def message_of(reply: object, turn: Turn) -> str:
    return translations().tell(reply, turn.state.language).text  # type: ignore[arg-type]


@pytest.mark.parametrize("app", ["es", "qu"])
def test_every_topic_is_four_taps_from_the_first_screen(app: str) -> None:
    """By doors and their pages alone: what happens to lead there from elsewhere does not count."""
    reached = walk(first_screen(app), through=("menu:", "cat:", "t:"))
    for slug in every_language().topics:
        taps, turn = reached[f"t:{slug}"]
        assert taps <= 4, slug
        assert turn.state.topic == slug
    doors_only = walk(first_screen(app), through=("menu:", "cat:"))
    behind = {id for _, turn in doors_only.values() for id in choices(turn)}
    assert {f"t:{slug}" for slug in every_language().topics} <= behind


def test_taps_are_counted_as_she_needs_them() -> None:
    reached = walk(first_screen("es"), through=("menu:", "cat:"))
    screens = [(taps, choices(turn)) for taps, turn in reached.values()]
    for slug, away in menus.taps(spanish()).items():
        assert away == 1 + min(taps for taps, ids in screens if f"t:{slug}" in ids), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_typed_number_is_the_choice_that_stands_there(language: str) -> None:
    for turn in every_screen(language):
        for number, id in enumerate(choices(turn), start=1):
            typed = respond(turn.state, does("text", str(number)), every_language())
            pressed = respond(turn.state, does("choice", id), every_language())
            assert typed == pressed, (id, choices(turn))


def test_every_door_she_may_need_is_there() -> None:
    doors = [door.id for door in spanish().categories]
    assert set(doors) == {
        "violence", "support", "family", "health", "work", "politics", "identity", "indigenous",
        "education", "schools", "partners", "data",
    }  # fmt: skip
    assert doors[0] == "violence", "the most needed first"


@pytest.mark.parametrize("back", ["atrás", "volver", "kutiy"])
def test_back_leads_to_the_page_she_came_from(back: str) -> None:
    language = "quy" if back == "kutiy" else "es"
    menu = respond(a_day_like_this(language), does("choice", "menu"), every_language())
    way = ("cat:violence", "cat:violence:2", "t:feminicidio", "t:feminicidio:steps")
    screens = [menu]
    for id in way:
        assert id in choices(screens[-1]), id
        screens.append(on_her_way(screens[-1], id))
    turn = screens.pop()
    while screens:
        turn = on_her_way(turn, back)
        assert choices(turn) == choices(screens.pop())
    assert choices(on_her_way(turn, back)) == choices(menu), "before the menu there is nothing"


@pytest.mark.parametrize("id", ["cat:data", "cat:partners", "cat:schools", "cat:politics"])
def test_back_from_a_door_leads_to_the_page_of_the_menu_that_has_it(id: str) -> None:
    door = respond(a_day_like_this("es"), does("choice", id), every_language())
    assert id in choices(on_her_way(door, "atras"))


def test_back_leads_through_the_pages_of_the_menu() -> None:
    menu = respond(a_day_like_this("es"), does("choice", "menu"), every_language())
    second = on_her_way(menu, "menu:2")
    third = on_her_way(second, "menu:3")
    assert choices(on_her_way(third, "atras")) == choices(second)
    assert choices(on_her_way(third, "atras", "atras")) == choices(menu)


def test_back_from_a_page_in_another_language_stays_in_it() -> None:
    page = respond(a_day_like_this("quy"), does("choice", "t:feminicidio@es"), every_language())
    steps = on_her_way(page, "t:feminicidio:steps@es")
    assert on_her_way(steps, "kutiy").replies == page.replies
    assert on_her_way(steps, "kutiy", "kutiy").replies[0].language == ""


@pytest.mark.parametrize("words", ["ayuda", "ocultar", "que sabes de mi", "gracias"])
def test_back_from_what_interrupts_her_leads_to_the_topic_she_read(words: str) -> None:
    page = respond(a_day_like_this("es"), does("choice", "t:sis"), every_language())
    assert on_her_way(page, words, "atras").replies == page.replies


@pytest.mark.parametrize("words", ["mas", "más", "mas temas", "ver más", "siguiente"])
def test_more_is_the_next_page_of_what_she_sees(words: str) -> None:
    menu = respond(a_day_like_this("es"), does("choice", "menu"), every_language())
    assert choices(on_her_way(menu, words)) == choices(on_her_way(menu, "menu:2"))
    door = on_her_way(menu, "cat:violence")
    assert choices(on_her_way(door, words)) == choices(on_her_way(door, "cat:violence:2"))


def test_more_below_a_topic_is_about_the_topic() -> None:
    page = respond(a_day_like_this("es"), does("choice", "t:sis"), every_language())
    assert "t:sis:steps" in choices(on_her_way(page, "mas"))
    assert "cat:violence" in choices(on_her_way(page, "mas temas"))


def test_more_where_nothing_follows_is_the_menu() -> None:
    last = on_her_way(first_screen("es"), "menu:2", "menu:3")
    assert "cat:violence" in choices(on_her_way(last, "mas temas"))


def test_the_button_of_a_page_that_is_gone_leads_to_the_last_one() -> None:
    here = a_day_like_this("es")
    for old, last in (("cat:work:9", "cat:work:2"), ("menu:9", "menu:3"), ("menu:0", "menu")):
        gone = respond(here, does("choice", old), every_language())
        assert choices(gone) == choices(respond(here, does("choice", last), every_language()))


def test_her_data_and_her_language_stand_behind_their_door() -> None:
    door = respond(a_day_like_this("es"), does("choice", "cat:data"), every_language())
    assert {"t:tus-datos", "know", "lang:quy"} <= set(choices(door))
    assert "forget" in choices(on_her_way(door, "know"))


def test_more_related_topics_than_fit_are_left_out() -> None:
    topic = replace(spanish().topics["sis"], related=tuple(spanish().topics)[:7])
    catalogue = replace(spanish(), topics={**spanish().topics, "sis": topic})
    turn = respond(a_day_like_this("es"), does("choice", "t:sis:rel"), catalogue)
    assert choices(turn)[:5] == tuple(f"t:{slug}" for slug in topic.related[:5])
    assert len(choices(turn)) == 9


def with_languages(*tags: str) -> Catalogue:
    return replace(spanish(), languages=tuple(Language(tag, tag) for tag in tags))


@pytest.mark.parametrize("tags", [("es",), ("es", "quy"), ("es", "quy", "quz", "aym")])
def test_more_languages_make_no_screen_longer(tags: tuple[str, ...]) -> None:
    catalogue = with_languages(*tags)
    for id in ("menu", "cat:data", "t:linea-100", "lang"):
        turn = respond(a_day_like_this("es"), does("choice", id), catalogue)
        assert len(choices(turn)) <= 9, (id, choices(turn))
        assert {"help", "exit"} <= set(choices(turn))


def test_with_many_languages_a_topic_is_read_in_another_by_asking_which() -> None:
    catalogue = with_languages("es", "quy", "quz")
    page = respond(a_day_like_this("es"), does("choice", "t:sis"), catalogue)
    asked = respond(page.state, does("choice", "lang"), catalogue)
    turn = respond(asked.state, does("choice", "lang:quz"), catalogue)
    assert (turn.state.topic, turn.state.language) == ("sis", "quz")


def numbered(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"t:{number}", say("x")) for number in range(count))


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [0]), (1, [1]), (6, [6]), (7, [5, 2]), (11, [5, 6]), (12, [5, 5, 2]), (16, [5, 5, 6])],
)
def test_a_list_is_cut_into_pages_and_nothing_is_lost(count: int, pages: list[int]) -> None:
    cut = menus.paged(numbered(count))
    assert [len(page) for page in cut] == pages
    assert tuple(choice for page in cut for choice in page) == numbered(count)


def doors_of(*counts: int) -> Iterator[Category]:
    slugs = iter(spanish().topics)
    for at, count in enumerate(counts):
        yield Category(f"door-{at}", "", "", tuple(next(slugs) for _ in range(count)))


def test_the_way_to_a_topic_is_longer_behind_later_doors_and_on_later_pages() -> None:
    catalogue = Catalogue(
        {slug: spanish().topics[slug] for slug in spanish().topics},
        categories=tuple(doors_of(17, 1, 1, 1, 1, 7, 1)),
    )
    away = [menus.taps(catalogue)[slug] for door in catalogue.categories for slug in door.topics]
    first = [2] * 5 + [3] * 5 + [4] * 5 + [5] * 2
    assert away == [*first, 2, 2, 2, 3, *([3] * 5), 4, 4, 3]
