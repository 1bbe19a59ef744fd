"""How Quechua is written: what breaks each rule, and what must not be taken for a mistake."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orthography import NORMS, Loans, remarks

SPANISH = (
    "Pide tu denuncia en la comisaría, con el DNI. La ley de las condiciones: denunciar y atender.",
    "No puedo volver a mi casa. El derecho de la jueza, a 3 km. Un mapa de Puno.",
)
LOANS = Loans(SPANISH, ["castigo", "ex", "km", "sellay", "yachay"])


def told(text: str, tag: str = "quy") -> list[tuple[str, str]]:
    return [(each.rule, each.word) for each in remarks(text, tag, LOANS)]


@pytest.mark.parametrize(
    ("text", "rule", "word"),
    [
        ("Sunquy nanan, sonqoy", "five-vowels", "sonqoy"),
        ("Noqanchik kanchik", "five-vowels", "Noqanchik"),
        ("wasiyoq warmi", "five-vowels", "wasiyoq"),
        ("yachanki jina", "letters", "jina"),
        ("ama wicccay", "letters", "wicccay"),
        ("qhari hamun", "variety", "qhari"),
        ("punchaw, p'unchaw", "variety", "p'unchaw"),
        ("llank’anki", "variety", "llank’anki"),
        ("ñuqanchis kanchik", "variety", "ñuqanchis"),
        ("hamushan", "variety", "hamushan"),
        ("yachhka", "variety", "yachhka"),
        ("kaqtin", "variety", "kaqtin"),
        ("huasi punku", "syllables", "huasi"),
        ("willaknki", "syllables", "willaknki"),
        ("qilllqay", "syllables", "qilllqay"),
    ],
)
def test_each_rule_finds_what_breaks_it(text: str, rule: str, word: str) -> None:
    assert told(text) == [(rule, word)]


@pytest.mark.parametrize(
    "text",
    [
        "Qanchis punchaw, qanchismi. Ñuqanchikpa wasinchikpi arí, mamáy. ¿Imaynallataq kachkanki?",
        "Denunciayta munani, comisaríaman riy, leymanta.",
        "Condicionkunapi derechuyki, derechoyki.",  # the plural's stem, and the old o as u
        "Castigonqa, exniyki, 3 kmchu, sellasqa.",  # loans only the glossary has
        "«No puedo volver a mi casa» niy.",  # Spanish she may say as it is
        "Paypa sutin Joselofo. DNIniyki, VIHta yachay.",  # names and initials
        "{lugar} hawanpi {nombre_de_contacto}",
    ],
)
def test_what_is_right_is_not_told(text: str) -> None:
    assert told(text) == []


def test_a_capital_at_the_start_of_a_sentence_makes_no_name() -> None:
    assert told("Allinmi. Sonqoy nanan.") == [("five-vowels", "Sonqoy")]
    assert told("1. Sonqoy nanan.\n- **Qosay** hamun.") == [
        ("five-vowels", "Sonqoy"),
        ("five-vowels", "Qosay"),
    ]


def test_a_loan_does_not_excuse_what_is_put_to_it() -> None:
    assert told("denunciayoq") == [("five-vowels", "denunciayoq")]
    assert told("mapashan") == [("variety", "mapashan")], "mapa is Spanish, -sha- is not Chanka"


def test_a_quechua_word_of_the_glossary_is_no_loan() -> None:
    assert told("yachashan") == [("variety", "yachashan")]


def test_cusco_has_letters_of_its_own_and_three_vowels_as_well() -> None:
    assert told("Qhari llank'an, p'unchawpi hamushan, chhulla.", "quz") == []
    assert told("sonqo", "quz") == [("five-vowels", "sonqo")]


def test_what_is_right_to_write_is_said() -> None:
    [remark] = remarks("sonqo", "quy", LOANS)
    assert "(sunqu)" in remark.text and "locales/glossary.csv" in remark.text


def test_a_word_is_told_once() -> None:
    assert told("sonqo, sonqo") == [("five-vowels", "sonqo")]


def test_nothing_is_said_of_a_language_without_a_norm() -> None:
    assert told("Jakañ utaxa, jilata; uka (a) (a) (b) (c) (d)", "ayr") == []


def test_four_explanations_in_a_sentence_are_too_many() -> None:
    assert told("Kay (a), chay (i), wak (u) kan. Kay (ya).") == []
    assert told("Kay (a), chay (i), wak (u), huk (ya) kan.") == [("crowded", "")]


def test_a_word_is_explained_once() -> None:
    assert told("kamachikuy (ley) kan.\nKamachikuyta (ley) yachay.") == [("crowded", "ley")]
    assert told("kamachikuy (ley) kan, **kunan** (ley).") == [], "two words, the same explanation"
    assert told("1. (ari) 2. (ari)") == [], "explains no word"


@given(st.lists(st.sampled_from(["wa", "ñu", "chi", "lla", "qa", "pas", "taq"]), min_size=1))
def test_syllables_put_together_are_words(syllables: list[str]) -> None:
    assert told("".join(syllables)) == []


@given(st.text(alphabet="abcdehiklmnopqrstuwyñ'* (.\n", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for tag in NORMS:
        for remark in remarks(text, tag, LOANS):
            assert remark.word in text


def test_half_of_the_typing_errors_are_no_syllables_any_more() -> None:
    """Without a dictionary; docs/why.md says what one would find."""
    words = "yanapasunki willakunki rimaykuyta kamachikuyta waqaychanki qillqasqayki".split()
    chance = random.Random(5)
    wrong = [_mistyped(chance.choice(words), chance) for _ in range(400)]
    wrong = [word for word in wrong if word not in words]
    found = sum(bool(told(word)) for word in wrong)
    assert found / len(wrong) > 0.5
    assert told(" ".join(words)) == []


def _mistyped(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("aiuhklmnpqrstwy")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )
    )
