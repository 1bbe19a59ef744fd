"""How easy a text is to read: its syllables, its sentences, the two indexes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readability import measure
from bot.syllables import syllables

WORDS = """
    sol 1, pan 1, y 1, ley 1, leyes 2, rey 1, muy 1, hoy 1, yo 1, ya 1, buey 1, Uruguay 3, fue 1,
    día 2, país 2, río 2, tía 2, dúo 2, oír 2, oído 3, caía 3, leíamos 4, vivía 3, tenía 3, guía 2,
    leer 2, caer 2, poeta 3, teatro 3, idea 3, área 3, línea 3, héroe 3, aéreo 4, océano 4,
    ahora 3, ahorita 4, alcohol 3, almohada 4, vehículo 4, búho 2, ahí 2, prohíbe 3, prohibir 2,
    rehúsa 3, ahijado 3, noche 2, muchacha 3,
    viuda 2, ciudad 2, cuida 2, cuídate 3, ruido 2, huida 2, jesuita 3, construir 2, gratuito 3,
    niña 2, agüero 3, vergüenza 3, pingüino 3, guerra 2, quien 1, queja 2, siguiente 3, agua 2,
    lengua 2, antiguo 3, cuatro 2, actúa 3, continúa 4, continuo 3, averiguáis 4, dio 1, guion 1,
    denuncia 3, violencia 3, policía 4, comisaría 5, fiscalía 4, juez 1, jueza 2, juzgado 3,
    abogada 4, examen 3, exige 3, excepción 3, psicóloga 4, transporte 3, instrucción 3,
    Ayacucho 4, Ucayali 4, Huancavelica 5, Apurímac 4, Cusco 2, quechua 2, aimara 3,
    chat 1, web 1, WhatsApp 2, DNI 4, ADN 4, JNE 5, PNP 4, RENIEC 2, SIS 1, DEMUNA 3, SUNAFIL 3
"""
COUNTED = [tuple(each.split()) for each in WORDS.replace("\n", " ").split(",")]


def test_there_are_words_of_every_kind() -> None:
    assert len({word for word, _ in COUNTED}) == len(COUNTED) >= 100


@pytest.mark.parametrize(("word", "count"), COUNTED)
def test_syllables_are_counted_as_she_would_clap_them(word: str, count: str) -> None:
    assert syllables(word) == int(count)
    if not word.isupper():
        assert syllables(word.capitalize()) == int(count), "also at the start of a sentence"


@given(st.text())
def test_anything_has_a_syllable(word: str) -> None:
    assert 1 <= syllables(word) <= max(1, 4 * len(word.upper()))


def test_the_indexes_are_those_of_their_papers() -> None:
    # 8 words, 16 syllables, 2 sentences.
    found = measure("Ve a la comisaría. Pide una copia gratis.")
    assert found is not None
    assert found.szigriszt == pytest.approx(206.835 - 62.3 * 16 / 8 - 4, abs=0.05)
    assert found.huerta == pytest.approx(206.84 - 60 * 16 / 8 - 1.02 * 4, abs=0.05)
    assert found.worst == min(found.szigriszt, found.huerta)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("1. Ve a la posta.\n2. Pide ayuda.", "Ve a la posta. Pide ayuda."),
        ("- Ve a la posta\n- Pide ayuda", "Ve a la posta. Pide ayuda."),
        ("**Ve** a la posta.", "Ve a la posta."),
        ("Atiende las 24 horas.", "Atiende las horas."),
        ("En 2026 es S/ 1,130, cada mes.", "En es, cada mes."),
        ("Lo dice la Ley 30364. Pide ayuda.", "Lo dice la Ley. Pide ayuda."),
        ("Según el art. 5, puedes pedir ayuda.", "Según el art, puedes pedir ayuda."),
        ("Es gratis (dato de 2022): pide ayuda.", "Es gratis dato de. Pide ayuda."),
        ("«Por la Ley 29735». Dilo así.", "Por la Ley. Dilo así."),
        ("¿Qué haces? ¡Pide ayuda!", "Qué haces. Pide ayuda."),
        ("El 24/11/2026, con el DS 004-2020-MIMP, ve.", "El, con el DS, ve."),
    ],
)
def test_figures_signs_and_abbreviations_are_no_words_and_end_no_sentence(
    text: str, same_as: str
) -> None:
    assert measure(text) == measure(same_as)


def test_a_longer_sentence_and_longer_words_are_harder() -> None:
    easy, longer = measure("Pide ayuda. Es gratis."), measure("Pide ayuda porque es gratis.")
    harder = measure("Solicita asesoramiento. Resulta gratuito.")
    assert easy and longer and harder
    assert easy.worst > longer.worst > harder.worst


@pytest.mark.parametrize("text", ["", "100", "- ", "**\n", "¿?"])
def test_a_text_without_words_has_no_index(text: str) -> None:
    assert measure(text) is None


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    found = measure(text)
    assert found is None or found.worst <= 207
