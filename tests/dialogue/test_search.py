"""Search, on questions written by somebody who had not seen the topics' phrases."""

from pathlib import Path

import pytest

from bot.dialogue.search import is_sure, search
from bot.dialogue.words import fold, sound
from tests.catalogue import spanish

LINES = Path(__file__).with_name("questions.tsv").read_text().splitlines()
ASKED = [tuple(line.split("\t")) for line in LINES]
QUESTIONS = [(slug, words) for slug, words in ASKED if slug != "-"]
OFF_TOPIC = [words for slug, words in ASKED if slug == "-"]


def test_most_questions_find_their_topic_first_and_nearly_all_among_three() -> None:
    found = [(slug, [each.slug for each in search(words, spanish())]) for slug, words in QUESTIONS]
    first = sum(slugs[:1] == [slug] for slug, slugs in found) / len(QUESTIONS)
    third = sum(slug in slugs[:3] for slug, slugs in found) / len(QUESTIONS)
    assert first >= 0.85
    assert third >= 0.93


def test_what_is_said_to_be_sure_is_seldom_wrong() -> None:
    answers = [(slug, search(words, spanish())) for slug, words in QUESTIONS]
    sure = [slug == found[0].slug for slug, found in answers if is_sure(found)]
    assert len(sure) >= 0.6 * len(QUESTIONS)
    assert sum(sure) / len(sure) >= 0.95


@pytest.mark.parametrize("words", OFF_TOPIC)
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
