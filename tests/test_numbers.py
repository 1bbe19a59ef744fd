"""No number to call without a contact that says where it comes from; and what she dials, quotes or
counts on is the same in every language."""

import re
from collections.abc import Iterator

import pytest

from bot import po
from bot.dialogue.phrases import PHRASES
from bot.proofread import is_list, verdict
from tests.catalogue import LOCALES, content, spanish

FILES = sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))
FIGURE = re.compile(r"(?<![\w,.-])\+?[(]?\d(?:[\d ()-]*\d)?(?:[.,/-]\d+)*")
# What makes a figure something else than a number to call, before it and after it.
NORM = (
    r"\b(?:[Ll]ey(?:es)?(?:, la)?|DL|DS|PL|RM|NTS|D\. ?S\.|Convenio|art\.|artículos?)(?: n\S*)? $"
)
BEFORE = re.compile(rf"{NORM}|S/\.? ?$|\b(?:había|hubo|hay) $|\d en $")
AFTER = re.compile(
    r" ?%| (?:soles|días|horas|meses|semanas|años|letras|mujeres|personas|organizaciones|estaban)\b"
)
# A year, or from one year to another.
YEAR = re.compile(r"(?:(?:19|20)\d\d){1,2}")


def numbers_to_call(text: str) -> Iterator[str]:
    """Every figure of three digits or more that nothing beside it says to be something else."""
    for found in FIGURE.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        other = BEFORE.search(text[: found.start()]) or AFTER.match(text[found.end() :])
        if len(digits) >= 3 and not other and not YEAR.fullmatch(digits):
            yield digits


def known() -> set[str]:
    contacts = spanish().contacts.values()
    assert all(each.sources for each in contacts)
    return {re.sub(r"\D", "", phone) for each in contacts for phone in each.phones + each.whatsapp}


def said_in_spanish() -> dict[str, str]:
    """Everything Willaq says; what only she types may hold any number."""
    texts = {**content().texts, **{phrase.key: phrase.text for phrase in PHRASES}}
    named = {
        f"{each.path}#name": f"{each.name} {each.menu}" for each in spanish().contacts.values()
    }
    return {key: text for key, text in {**texts, **named}.items() if not is_list(key)}


def translated() -> Iterator[tuple[str, po.Entry]]:
    for path in FILES:
        where = f"{path.parent.parent.name}/{path.name}"
        for entry in po.read(where, path.read_bytes()).entries:
            if entry.text and not is_list(entry.key):
                yield where, entry


def test_every_number_to_call_is_a_contacts_and_has_a_source() -> None:
    strange = {
        (key, number)
        for key, text in said_in_spanish().items()
        for number in numbers_to_call(text)
        if number not in known()
    }
    assert strange == set()
    told = {number for text in said_in_spanish().values() for number in numbers_to_call(text)}
    assert {"100", "105", "106"} <= told, "it finds those that are there"


def test_no_translation_brings_in_a_number() -> None:
    """Of any age: also what waits to be mended must not hold a number nobody checked."""
    assert FILES
    for where, entry in translated():
        kept = set(re.findall(r"\d+", entry.spanish))
        strange = {each for each in re.findall(r"\d{3,}", entry.text) if each not in kept}
        assert strange <= known(), f"{where}:{entry.line}"


def test_what_is_shown_in_another_language_has_the_numbers_and_laws_of_the_spanish() -> None:
    texts = {**content().texts, **{phrase.key: phrase.text for phrase in PHRASES}}
    broken = [
        f"{where}:{entry.line}: {faults}"
        for where, entry in translated()
        if (faults := verdict(entry, texts.get(entry.key))[1])
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Llama al 112.", "112"),
        ("Línea 1818, gratis", "1818"),
        ("al 0800 1 2345", "080012345"),
        ("WhatsApp +51 953 532 065", "51953532065"),
        ("(01) 428-0636", "014280636"),
        ("el 911", "911"),
        ("Ley 30364: llama al 113", "113"),
    ],
)
def test_a_number_to_call_is_seen(text: str, number: str) -> None:
    assert number in [*numbers_to_call(text)]
    assert number not in known()


@pytest.mark.parametrize(
    "text",
    [
        "En 2026 es S/ 1,130, según la prensa",
        "la Ley 30364 y el DL 22175",
        "Otra ley, la 26505, tiene reglas",
        "la norma NTS 121",
        "artículo 122 del Código Penal",
        "En 2017 y 2021, de 2019 a 2024",
        "son 180 días, con 115 mujeres",
        "el 100 % de tu sueldo",
        "el 4 de octubre de 2026, a las 24 horas",
    ],
)
def test_other_figures_are_no_numbers_to_call(text: str) -> None:
    assert [*numbers_to_call(text)] == []
