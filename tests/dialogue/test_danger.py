"""Danger: the mechanics, and the phrases that must never be missed."""

import pytest

from bot.dialogue.catalogue import Catalogue, DangerPhrase
from bot.dialogue.danger import assess
from tests.catalogue import spanish


def catalogue(*phrases: DangerPhrase) -> Catalogue:
    return Catalogue(danger=phrases)


def phrase(words: str, tier: str = "high", *, harmless: bool = False) -> DangerPhrase:
    return DangerPhrase(tuple(words.split()), tier, "violence", harmless=harmless)  # type: ignore[arg-type]


def test_a_star_ends_any_word_and_words_stand_next_to_each_other() -> None:
    known = catalogue(phrase("me peg* fuerte*"))
    assert assess("ayer ME PEGÓ fuertemente", known).tier == "high"
    assert assess("me pegaron muy fuerte", known).tier == "none"
    assert assess("me peg", known).tier == "none"


def test_what_is_said_in_passing_is_blanked_out_but_not_the_rest() -> None:
    known = catalogue(phrase("me mata"), phrase("me mata de risa", harmless=True))
    assert assess("eso me mata de risa", known).tier == "none"
    assert assess("me mata de risa pero hoy casi me mata", known).tier == "high"


def test_high_is_stronger_than_maybe_wherever_it_stands() -> None:
    known = catalogue(phrase("me grita", "maybe"), phrase("me pega"))
    assert assess("me grita y me pega", known).tier == "high"
    assert assess("me pega y me grita", known).tier == "high"
    assert assess("me grita", known).tier == "maybe"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("mi esposo me pega", "violence"),
        ("me pegó delante de mis hijos", "violence"),
        ("me va a matar", "threat"),
        ("me amenaza con cuchillo", "threat"),
        ("me violó mi primo", "sexual"),
        ("me quiero morir", "self-harm"),
        ("pega a mi hijito", "child"),
        ("no me deja salir de la casa", "locked"),
    ],
)
def test_plain_disclosures_are_heard(words: str, kind: str) -> None:
    found = assess(words, spanish())
    assert (found.tier, found.kind) == ("high", kind)


@pytest.mark.parametrize(
    "words",
    ["hola", "cómo pido alimentos", "qué es la paridad", "mi jefe me mata de trabajo", "gracias"],
)
def test_plain_questions_are_no_danger(words: str) -> None:
    assert assess(words, spanish()).tier == "none"


def test_danger_is_heard_at_the_end_of_the_longest_message() -> None:
    disclosure = " mi esposo me pega"
    story = ("le cuento cómo llegamos a este pueblo hace años. " * 100)[: 4096 - len(disclosure)]
    assert assess(story + disclosure, spanish()).tier == "high"


def test_of_phrases_that_begin_alike_the_first_written_down_names_the_danger() -> None:
    child = DangerPhrase(("me", "peg*", "delante"), "high", "child")
    known = catalogue(child, phrase("me pega"), phrase("me peg*"))
    assert assess("me pega delante de todos", known).kind == "child"
    assert assess("me pega", known).kind == "violence"
    assert assess("me pegaron", known).kind == "violence"


@pytest.mark.parametrize(
    "words",
    [
        "mi esposo me kiso aorcar anoche",
        "m pego mi marido x q no le cocine",
        "me kiere matar cn un kuchillo",
        "kiero morirme ya no aguanto",
        "me biolo mi padrastro",
        "me amenasa con kitarme a mis ijos",
        "toka a mi ija mi tio",
    ],
)
def test_danger_is_heard_however_it_is_spelt(words: str) -> None:
    assert assess(words, spanish()).tier == "high"
