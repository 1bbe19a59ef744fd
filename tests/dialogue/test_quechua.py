"""Southern Quechua, on the real content and translations: what must be heard and found, and that
the texts name what there is to press and to type. No native speaker has seen these sentences."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.danger import assess
from bot.dialogue.turn import Line
from bot.dialogue.words import fold
from tests.catalogue import every_language as whole
from tests.catalogue import spanish, translations

README = Path(__file__).parent.parent.parent / "README.md"


def said(key: str) -> str:
    return translations().say(Line(key), "quy")[0]


def typed(key: str) -> set[str]:
    words = translations().typed["quy"][key].splitlines()
    return {fold(each) for each in words}


DISCLOSURES = {
    "violence": (
        "qusaymi sapa kuti machaspan maqawan",
        "mi esposo maqawan",
        "qusay pegawan wawaykunapa qayllanpi",
        "qosay maqashawan yanapawaychis",
        "chukchaymanta aysaspa qusay haytawan",
        "laqyaruwan uyaypi yawarchawan",
        "me maqa mi marido",
        "maqasaq niwan denunciaptiy",
        "maqasqam kachkani uyay punkisqa",
        "maccahuan ccosay",
        "mi conviviente sapa tuta golpeachkawan",
        "taytay mamayta maqan machasqa",
    ),
    "threat": (
        "wañuchisaq niwan",
        "wañuchisaykim nispa niwan exniy",
        "convivienteyqa wañuchiyta munawan",
        "cuchilluwan manchachiwan qusay",
        "esposoyta manchakuni wasiyman kutiyta",
        "exniymi qatikachawachkan llamkanaymanta",
        "ex parejay matasaq niwan",
    ),
    "locked": (
        "mana lluqsiykachiwanchu",
        "qusaymi wasipi wichqaruwan",
        "wasiymanta mana lluqsiyta saqiwanchu",
        "llavewan wisqaykuwan llamkaq rinankama",
    ),
    "sexual": (
        "tioy violaruwan",
        "mana munachkaptiymi puñuykuwan",
        "padrastroymi ñuñuyta llapchan",
        "jefeymi a la fuerza hapiykuwan",
    ),
    "self-harm": (
        "wañuyllatam munani",
        "manañam kawsayta munanichu",
        "venenota upyarusaq",
    ),
    "child": (
        "wawayta taytan sinchita maqan",
        "profesor ususiyta hapipayan",
        "wawaymi chinkarun mana tarinichu",
    ),
}
HARMLESS = (
    "rimaykullayki",
    "imaynatam denunciata churani",
    "linea 100 runasimipi rimanchu",
    "wawaypa taytan qullqita mana quwanchu",
    "medidas de proteccion imataq",
    "violencia psicologica imataq",
    "huk warmi mana maqasqa kawsananpaq ley kanchu",
    "qusaywan rakinakuyta munani",
    "qusay allinmi, mana haykaqpas maqawanchu",
    "qusayman willasaqchu wiksayuq kasqayta",
    "manam wañuyta munanichu allin kawsayta munani",
    "mana peligropichu kani",
    "llamkaymi wañuchiwan",
    "yarqaymi wañuchiwan",
    "chirimi wañuchiwan puna llaqtapi",
    "rupaymi kañaruwan chakrapi",
    "wawaymi wiksaypi haytawan",
    "wawaymi celularniyta chinkachirun",
    "wawaymi unqusqa, postaman apasaq",
    "allquyta manchakuni tutapi",
    "allqum kaniruwan, maymantaq risaq",
    "uwiham chinkarun",
    "kallpawan llamkasun warmikuna",
    "wata tukukuptin kutimusaq",
    "mayqin comisariaman riyman",
    "maqanakuy imataq castellanopi",
)


@pytest.mark.parametrize(
    ("words", "kind"), [(each, kind) for kind, group in DISCLOSURES.items() for each in group]
)
def test_disclosures_in_quechua_and_in_both_languages_mixed_are_heard(
    words: str, kind: str
) -> None:
    found = assess(words, whole())
    assert (found.tier, found.kind) == ("high", kind)


@pytest.mark.parametrize("words", HARMLESS)
def test_plain_sentences_do_not_raise_the_alarm(words: str) -> None:
    assert assess(words, whole()).tier != "high"


def test_the_name_of_her_speech_is_not_the_name_of_a_place() -> None:
    """Asked where she is, "qosqo" is where she is."""
    named = {word for each in whole().typed.values() for word in each["typed.this"].splitlines()}
    named |= {fold(each.name) for each in whole().languages}
    assert "runasimi cusco" in named
    assert {word for word in named if spanish().places.called(word)} == set()


def test_no_phrase_of_danger_is_made_harmless_by_another() -> None:
    lists_only = replace(whole(), learned=None)
    for phrase in whole().danger:
        words = " ".join(word.rstrip("*") for word in phrase.words)
        if phrase.harmless:
            assert assess(words, lists_only).tier != "high", words
        elif phrase.tier == "high":
            assert assess(words, lists_only).tier == "high", words


def test_what_a_list_has_is_always_heard() -> None:
    for phrase in whole().danger:
        if not phrase.harmless:
            words = " ".join(word.rstrip("*") for word in phrase.words)
            assert assess(words, whole()).tier in ("high", "maybe"), words


def test_what_is_harmless_in_spanish_stays_so_beside_whole() -> None:
    for topic in spanish().topics.values():
        for words in topic.phrases:
            assert assess(words, whole()).tier == assess(words, spanish()).tier, words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("welcome.privacy", {"typed.exit"}),
        ("hide.words", {"typed.exit", "typed.forget"}),
        ("rights/tus-datos.md#short", {"typed.know", "typed.forget"}),
        ("rights/tus-datos.md#steps", {"typed.know", "typed.forget", "typed.exit"}),
    ],
)
def test_the_words_a_text_tells_her_to_type_are_known(text: str, words: set[str]) -> None:
    quoted = re.findall(r'\*\*.+?\*\*|".+?"', said(text))
    named = {fold(each) for each in quoted}
    for key in words:
        assert named & typed(key), (key, named)


def test_the_words_in_the_readme_are_known() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", README.read_text(), re.MULTILINE)
    known = {
        "menú": "menu",
        "atrás": "back",
        "ayuda": "help",
        "idioma": "language",
        "salir": "exit",
        "borrar": "forget",
        "avisos": "news",
        "no más avisos": "stop",
        "qué sabes de mí": "know",
    }
    assert [castellano for castellano, _ in rows] == list(known)
    for castellano, runasimi in rows:
        assert fold(runasimi) in typed(f"typed.{known[castellano]}"), runasimi
