"""Search, on questions written by people who had not seen the topics' phrases."""

import pytest

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.search import is_a_question, is_sure, search
from bot.dialogue.words import fold, sound
from tests.catalogue import every_language as whole
from tests.catalogue import spanish
from tests.questions import Question, asked, off_topic, questions

# (language, aside) -> the least that is found first, and among the first three.
LEAST = {
    ("es", False): (0.85, 0.95),
    ("es", True): (0.82, 0.95),
    ("quy", False): (0.8, 0.95),
    ("quy", True): (0.8, 0.95),
}


def found(question: Question, catalogue: Catalogue) -> list[bool]:
    """Of what is found, best first: does it answer?"""
    return [each.slug in question.topics for each in search(question.words, catalogue)]


@pytest.mark.parametrize(("language", "aside"), LEAST)
def test_most_questions_find_their_topic_first_and_nearly_all_among_three(
    language: str, aside: bool
) -> None:
    right = [found(each, whole()) for each in asked(whole(), language, aside=aside)]
    assert len(right) >= 30
    first, third = LEAST[language, aside]
    assert sum(any(each[:1]) for each in right) / len(right) >= first
    assert sum(any(each[:3]) for each in right) / len(right) >= third


@pytest.mark.parametrize("language", ["es", "quy"])
def test_what_is_said_to_be_sure_is_seldom_wrong(language: str) -> None:
    every = [
        (each, search(each.words, whole()))
        for aside in (False, True)
        for each in asked(whole(), language, aside=aside)
    ]
    sure = [best[0].slug in each.topics for each, best in every if is_sure(best)]
    assert len(sure) >= 0.35 * len(every)
    assert sum(sure) / len(sure) >= 0.97


def test_questions_are_taken_for_questions_and_greetings_are_not() -> None:
    every = [search(each.words, whole()) for each in asked(whole(), "es", aside=False)]
    assert sum(is_a_question(each) for each in every) / len(every) >= 0.75
    for words in ("hola", "buenas tardes señorita", "gracias", "hola como estas", *off_topic()):
        assert not is_a_question(search(words, whole())), words


def test_no_question_is_one_of_the_phrases() -> None:
    phrases = {fold(each) for topic in spanish().topics.values() for each in topic.phrases}
    assert {each.words for each in questions() if fold(each.words) in phrases} == set()


@pytest.mark.parametrize("words", off_topic())
def test_what_is_about_something_else_is_never_sure(words: str) -> None:
    assert not is_sure(search(words, spanish()))


@pytest.mark.parametrize("words", ["", " ", "?", "😀", "a", "x" * 100_000, "\x00", "ñ"])
def test_strange_input_finds_nothing_surely(words: str) -> None:
    assert not is_sure(search(words, spanish()))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("¡¿Qué   HAGOOOO?!", "que hago"),
        ("Mañana en el año", "mañana en el año"),
        ("p'unchaw p’unchaw pʼunchaw", "punchaw punchaw punchaw"),
        ("xq\nno\tme_hace caso…", "xq no me hace caso"),
        ("ÀÉÎÕÜ", "aeiou"),
        ("2.", "2"),
    ],
)
def test_spelling_is_brought_to_one_form(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("kiso aserme daño", "quiso hacerme daño"),
        ("xq m pega", "porque me pega"),
        ("biolencia sicologica", "violencia sicologica"),
        ("yamar ala polisia", "llamar ala policia"),
        ("muchacha", "muchacha"),
    ],
)
def test_spellings_that_sound_alike_are_alike(typed: str, heard: str) -> None:
    assert sound(fold(typed)) == sound(fold(heard))


def test_what_sounds_different_stays_different() -> None:
    pairs = (("casa", "caza mayor"), ("chico", "cico"), ("niño", "nino"), ("pero", "perro"))
    assert all(sound(fold(one)) != sound(fold(other)) for one, other in pairs)
