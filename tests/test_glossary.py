"""The words agreed on: used where they must be, nothing else in their place; ours is in order."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import glossary
from bot.frontmatter import Mistake
from bot.glossary import Glossary, pattern
from bot.words import plain

HEADER = "es,quy,quz,use,source,forbidden,note\n"
ROWS = """\
denuncia; denunci*,denuncia,,always,J,,
medidas de protección,amachanapaq kamachikuy; medidas de protección,,always,proposed,,
participar; participa,participay,,,loan,yaykuy,
entrar; entra,yaykuy,,,J,,
pegar; pega,maqay,,,J,maqanakuy,
herida,kiri,k'iri,always,J; quz: proposed,,
"""
REAL = Path(__file__).parent.parent / "locales"


def read(rows: str, tags: tuple[str, ...] = ("quy", "quz")) -> tuple[Glossary, list[str]]:
    data = (HEADER + rows).encode()
    found, mistakes = glossary.read({"glossary.csv": data}, "locales", tags)
    return found, [str(each) for each in mistakes]


AGREED, _ = read(ROWS)


def told(spanish: str, text: str, tags: tuple[str, ...] = ("quy", "es")) -> list[tuple[str, str]]:
    return [(each.rule, each.word) for each in AGREED.remarks(spanish, text, tags)]


def test_rows_in_order_have_no_mistakes() -> None:
    found, mistakes = read(ROWS)
    assert mistakes == [] and len(found.terms) == 6


@pytest.mark.parametrize(
    ("spanish", "text"),
    [
        ("Denuncia ya.", "Kunan denunciay."),
        ("Puedes denunciar.", "Denunciawaqmi."),
        ("Pide medidas de protección.", "Amachanapaq kamachikuykunata mañakuy."),
        ("Pide medidas de protección.", "Medidas de protección nisqanta mañakuy."),
        ("Puede participar.", "Rimanman."),  # agreed on, but not wherever it stands
        (
            "Participa y entra.",
            "Participay, yaykuy.",
        ),  # what is wrong for one is right for the other
        ("Él te pega.", "Paymi maqasunki."),
        ("Un heridor.", "Huk runa."),  # no form of the term
    ],
)
def test_what_was_agreed_is_not_told(spanish: str, text: str) -> None:
    assert told(spanish, text) == []


@pytest.mark.parametrize(
    ("spanish", "text", "rule", "word"),
    [
        ("Pon una denuncia.", "Willakuyta churay.", "glossary", "denuncia"),
        ("Denunciaron.", "Willarqaku.", "glossary", "denuncia"),
        ("MEDIDAS DE PROTECCION", "Amachay", "glossary", "medidas de protección"),
        ("Puede participar.", "Yaykunmanmi.", "forbidden", "yaykuy"),
        ("Él te pega.", "Maqanakunkichik, maqan.", "forbidden", "maqanakuy"),
        ("Dos heridas.", "Iskay chuqri.", "glossary", "herida"),
    ],
)
def test_what_was_not_agreed_is_told(spanish: str, text: str, rule: str, word: str) -> None:
    assert told(spanish, text) == [(rule, word)]


def test_it_says_which_word_and_where_it_was_agreed() -> None:
    [remark] = AGREED.remarks("Denuncia.", "Willay.", ("quy",))
    assert remark.text == "para «denuncia» acordamos «denuncia» (glossary.csv:2), y no está."


def test_each_language_has_its_word_else_that_of_its_fallback() -> None:
    cusco = ("quz", "quy", "es")
    assert told("Una herida.", "K'iri.", cusco) == []
    assert told("Una herida.", "Kiri.", cusco) == [("glossary", "herida")]
    assert told("Denuncia.", "Willay.", cusco) == [("glossary", "denuncia")]
    assert told("Denuncia.", "Willay.", ("ayr", "es")) == [], "Aymara has agreed on nothing"


@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        (",denuncia,,,J,,", 2, "es: falta la palabra en castellano"),
        ("queja,,,,J,,", 2, "es: ninguna lengua tiene palabra"),
        ("queja,queja,,,,,", 2, "source: di dónde se vio la palabra, o «proposed»"),
        ("queja,queja,,siempre,J,,", 2, "use: escribe «always»"),
        ("queja,queja,,,J,queja,", 2, "forbidden: «queja» es también la palabra acordada"),
        ("queja,queja,,,J,,\nreclamo; Queja,x,,,J,,", 3, "es: «Queja» ya está en la línea 2"),
    ],
)
def test_a_row_with_a_mistake_is_told_with_its_line(row: str, line: int, said: str) -> None:
    _, [mistake] = read(row + "\n")
    assert mistake.startswith(f"locales/glossary.csv:{line}: {said}")


@pytest.mark.parametrize("data", [None, b"", b"\xff\xfe", b"es,quy\nx,y\n"])
def test_a_file_that_is_no_glossary_agrees_on_nothing(data: bytes | None) -> None:
    files: Mapping[str, bytes | None] = {"glossary.csv": data}
    found, mistakes = glossary.read(files, "locales", ["quy"])
    assert found.terms == () and all(isinstance(each, Mistake) for each in mistakes) and mistakes


def test_no_file_is_no_mistake() -> None:
    assert glossary.read({}, "locales", ["quy"]) == (Glossary(), ())


@given(
    st.sampled_from(["maqay", "amachanapaq kamachikuy", "Línea 100", "k'iri"]), st.text("aiumnk")
)
def test_an_agreed_word_is_found_whatever_endings_follow(word: str, ending: str) -> None:
    said = plain(f"Ñawpaq {word}{ending}, chaymanta.")
    assert pattern(word).search(said)
    assert not pattern(word).search(said.replace(plain(word)[:3], "ñu"))


def test_ours_has_no_mistake_and_two_hundred_words_with_a_source() -> None:
    data = (REAL / "glossary.csv").read_bytes()
    found, mistakes = glossary.read({"glossary.csv": data}, "locales", ("quy", "quz"))
    assert [str(each) for each in mistakes] == []
    assert sum("quy" in term.agreed for term in found.terms) >= 200


def test_ours_says_of_each_word_where_it_was_seen() -> None:
    """docs/translate-checks.md explains the signs."""
    signs = {"J", "M", "D", "U", "Uz", "name", "loan", "proposed"}
    with (REAL / "glossary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, _, cusco = row["source"].partition("; quz: ")
            assert {*first.partition(" (")[0].split(", ")} <= signs, row
            assert bool(cusco) == bool(row["quz"]), row
