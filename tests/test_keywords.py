"""Words she may type that ask for two things, across languages and within one."""

import pytest

from bot.keywords import collisions

SPANISH = {
    "typed.exit": "salir\nadios",
    "typed.help": "ayuda",
    "typed.this": "castellano",
    "typed.yes": "si",
    "menu.toml#work.menu": "Trabajo",
    "menu.toml#work.title": "Tu trabajo",
    "rights/dni.md#menu": "DNI gratis",
    "rights/dni.md#title": "Tu DNI",
    "rights/dni.md#phrases": "sacar dni\nno tengo dni",
    "rights/voto.md#menu": "Votar",
    "rights/voto.md#phrases": "donde voto",
    "danger/violence-high.md#phrases": "me peg*",
    "danger/violence-high.md#except": "se me peg*",
    "services/linea.md#menu": "Salir",
}


def found(**quy: str) -> list[tuple[str, str, str, str]]:
    texts = {"es": SPANISH, "quy": {key.replace("__", "#"): text for key, text in quy.items()}}
    return [
        (key, words, other.key, other.language) for key, words, other in collisions(texts, "quy")
    ]


def of(key: str, text: str) -> list[tuple[str, str, str, str]]:
    return found(**{key: text})


@pytest.mark.parametrize(
    ("key", "text", "words", "other"),
    [
        ("typed.help", "yanapay\n¡Adiós!", "adios", "typed.exit"),  # another command of Spanish
        ("typed.help", "donde   VOTO", "donde voto", "rights/voto.md#phrases"),
        ("typed.exit", "trabajo", "trabajo", "menu.toml#work.menu"),
        ("rights/voto.md#phrases", "no tengo dni", "no tengo dni", "rights/dni.md#phrases"),
        ("rights/voto.md#menu", "tu dni", "tu dni", "rights/dni.md#title"),
        ("rights/voto.md#menu", "Ayuda", "ayuda", "typed.help"),
        ("typed.this", "castellano", "castellano", "typed.this"),  # which language?
        ("danger/threat-high.md#except", "me peg*", "me peg*", "danger/violence-high.md#phrases"),
        ("danger/threat-high.md#phrases", "salir", "salir", "typed.exit"),
    ],
)
def test_the_same_words_for_two_things_are_told(
    key: str, text: str, words: str, other: str
) -> None:
    assert of(key, text) == [(key, words, other, "es")]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("typed.exit", "salir\nlluqsiy"),  # the same thing
        ("rights/dni.md#phrases", "sacar dni\ntu dni"),
        ("rights/dni.md#title", "DNI gratis"),
        ("menu.toml#work.title", "Votar"),  # a heading, never typed
        ("rights/voto.md#phrases", "trabajo"),  # the door opens, and leads on
        ("typed.yes", "ayuda"),  # counts only where she was asked
        ("services/linea.md#menu", "Ayuda"),  # stands on a button, is not listened for
        ("danger/threat-high.md#except", "me pega"),  # less than the phrase
        ("typed.exit", "\n  \n*"),
    ],
)
def test_what_is_no_harm_is_not_told(key: str, text: str) -> None:
    assert of(key, text) == []


def test_within_one_language_it_is_told_once() -> None:
    texts = {"typed.exit": "ripuy", "typed.help": "yanapay\nripuy"}
    assert found(**texts) == [("typed.help", "ripuy", "typed.exit", "quy")]


def test_two_other_languages_are_held_against_each_other() -> None:
    texts = {"es": {}, "quy": {"typed.exit": "ripuy"}, "quz": {"typed.help": "ripuy"}}
    assert [other.language for *_, other in collisions(texts, "quz")] == ["quy"]
    assert [other.language for *_, other in collisions(texts, "quy")] == ["quz"]
