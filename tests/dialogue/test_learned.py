"""What was learned about danger: how it is judged, on weights small enough to follow."""

import pytest

from bot.dialogue.catalogue import Catalogue, DangerPhrase
from bot.dialogue.danger import IN_PASSING, assess
from bot.dialogue.hints import about_of, hints
from bot.dialogue.learned import ANY, HIGH, PIECE, Learned, Weights
from tests.catalogue import every_language as whole

ABOUT = {"esposo": ("MAN",), "peg*": ("HIT",), "pegamento": ("GLUE",)}
KINDS = {"violence": Weights(0), "child": Weights(-1, {}, {"CHILD": 9})}


def learned(any_: Weights, high: Weights, languages: dict[str, Weights] | None = None) -> Learned:
    begins = {tag: {ANY: 0, HIGH: 0} for tag in ("es", *(languages or {}))}
    return Learned(ABOUT, {ANY: any_, HIGH: high}, KINDS, languages or {}, begins, "es", "")


def test_a_word_is_about_what_it_is_and_what_it_begins_with() -> None:
    assert about_of("esposo", ABOUT) == ("MAN",)
    assert about_of("pegarme", ABOUT) == ("HIT",)
    assert about_of("pegamento", ABOUT) == ("GLUE", "HIT")
    assert about_of("pe", ABOUT) == ("_",)


def test_hints_are_words_neighbours_letters_and_what_they_are_about() -> None:
    found = hints(["mi", "esposo", "me", "pego"], ABOUT)
    assert {"pego", "me pego", "esposo . pego", "-peg", "MAN~HIT", "me+HIT", "4#", "mi<"} <= found
    assert hints([], ABOUT) == set()


def test_sentences_that_share_no_word_share_what_they_are_about() -> None:
    one, other = hints(["esposo", "pego"], ABOUT), hints(["esposo", "pegarme"], ABOUT)
    assert "MAN+HIT" in one & other


def test_high_is_answered_at_once_and_any_adds_a_line() -> None:
    ear = learned(Weights(-1, {}, {"HIT": 9}), Weights(-1, {}, {"MAN~HIT": 9}))
    assert ear.judge(["esposo", "pego"], "none").tier == "high"
    assert ear.judge(["pego"], "none").tier == "maybe"
    assert ear.judge(["hola"], "none").tier == "none"


def test_what_the_lists_say_counts() -> None:
    weights = Weights(-1, {"high": 2, IN_PASSING: -2}, {"HIT": 3})
    ear = learned(weights, weights)
    assert ear.judge(["hola"], "high").tier == "high"
    assert ear.judge(["pego"], IN_PASSING).tier == "none"


def test_danger_in_one_sentence_of_a_long_story_is_heard() -> None:
    ear = learned(Weights(-1), Weights(-1, {}, {"MAN+HIT": 99}))
    for before in range(3 * PIECE):
        story = ["y"] * before + ["esposo", "pego"] + ["y"] * (3 * PIECE)
        assert ear.judge(story, "none").tier == "high", before


def test_the_language_is_the_first_one_unless_another_speaks_louder() -> None:
    ear = learned(Weights(), Weights(), {"quy": Weights(-1, {}, {"maqawan": 9})})
    assert ear.judge(["maqawan"], "none").language == "quy"
    assert ear.judge(["hola"], "none").language == "es"


def test_where_an_answer_begins_depends_on_the_language() -> None:
    tiers = {ANY: Weights(2), HIGH: Weights(1)}
    begins = {"es": {ANY: 0, HIGH: 0}, "quy": {ANY: 1, HIGH: 2}}
    quechua_only = {"quy": Weights(-1, {}, {"maqawan": 9})}
    ear = Learned(ABOUT, tiers, KINDS, quechua_only, begins, "es", "")
    assert ear.judge(["pego"], "none").tier == "high"
    assert ear.judge(["maqawan"], "none").tier == "maybe"


def test_a_phrase_of_a_list_is_maybe_at_least_whatever_was_learned() -> None:
    deaf = learned(Weights(-9), Weights(-9))
    phrases = (
        DangerPhrase(("me", "mata"), "high", "threat"),
        DangerPhrase(("me", "mata", "de", "risa"), "high", "threat", harmless=True),
    )
    known = Catalogue(danger=phrases, learned=deaf)
    assert (assess("me mata", known).tier, assess("me mata", known).kind) == ("maybe", "threat")
    assert assess("me mata de risa", known).tier == "none"
    assert assess("", known).tier == "none"


@pytest.mark.parametrize(
    ("words", "tier", "kind"),
    [
        ("mi yerno aventó a mi hija contra el ropero", "high", ("violence", "child")),
        ("ya no quiero despertar", "high", ("self-harm",)),
        ("mi padrastro entra a mi cuarto", "maybe", ("sexual", "child")),
        ("se pone malo conmigo", "maybe", ("violence",)),
        ("qusay upyaspa saqmawan", "high", ("violence",)),
        ("puñuspa manaña rikchariyta munanichu", "high", ("self-harm",)),
    ],
)
def test_what_no_list_has_is_heard_and_named(words: str, tier: str, kind: tuple[str, ...]) -> None:
    """`tier` is the least."""
    found = assess(words, whole())
    assert found.tier in (tier, "high")
    assert found.kind in kind


@pytest.mark.parametrize(
    "words",
    [
        "mi jefe me mata de trabajo",
        "me muero de risa",
        "quiero saber cómo denunciar",
        "mi hijo le pega a la pelota",
        "asdfgh",
        "mi vecina vende pan con chicharrón",
        "llamkaymi wañuchiwan",
    ],
)
def test_what_only_sounds_like_danger_is_not_high(words: str) -> None:
    assert assess(words, whole()).tier != "high"
