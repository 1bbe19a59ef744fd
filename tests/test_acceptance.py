"""A remark can be accepted with a reason; an acceptance without one, or of nothing, is a remark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acceptance import RULES, Remark, left

SONQO = Remark("five-vowels", "Sonqo", "«Sonqo»: se escribe con a, i, u.")
QOSA = Remark("five-vowels", "qosa", "«qosa»: se escribe con a, i, u.")
WHOLE = Remark("crowded", "", "cuatro explicaciones")


def texts(*comments: str, remarks: tuple[Remark, ...] = (SONQO,)) -> list[str]:
    return [each.text for each in left(comments, remarks)]


def test_what_nobody_accepts_is_left() -> None:
    assert list(left(["draft", "reviewed: Tania, 2026-11-01"], [SONQO])) == [SONQO]


@pytest.mark.parametrize(
    "comment",
    [
        "accepted: five-vowels: es un nombre",
        "Accepted:five-vowels : es un nombre",
        "accepted: five-vowels sonqo: es un nombre",
    ],
)
def test_what_is_accepted_with_a_reason_is_gone(comment: str) -> None:
    assert texts("draft", comment) == []


def test_one_word_accepted_leaves_the_others() -> None:
    comment = "accepted: five-vowels Sonqo: es un nombre"
    assert list(left([comment], [SONQO, QOSA, WHOLE])) == [QOSA, WHOLE]


def test_a_rule_accepted_covers_all_its_words_and_no_other_rule() -> None:
    assert list(left(["accepted: five-vowels: nombres"], [SONQO, QOSA, WHOLE])) == [WHOLE]


@pytest.mark.parametrize("comment", ["accepted: five-vowels:", "accepted: five-vowels: ..."])
def test_without_a_reason_nothing_is_accepted(comment: str) -> None:
    [fault, sonqo] = texts(comment)
    assert "no dice la razón" in fault and sonqo == SONQO.text


def test_what_is_found_no_more_is_told() -> None:
    comment = "accepted: five-vowels qosa: es un nombre"
    assert texts(comment) == [
        SONQO.text,
        "«accepted: five-vowels qosa» ya no se encuentra. Borra ese comentario.",
    ]
    assert "ya no se encuentra" in texts("accepted: crowded: hace falta", remarks=())[0]


def test_an_unknown_rule_is_told_with_those_there_are() -> None:
    [fault] = texts("accepted: vowels: es un nombre", remarks=())
    assert fault.startswith("«vowels» no es ninguna regla. Hay: five-vowels, letters")


@pytest.mark.parametrize("comment", ["aceptado: five-vowels: nombre", "accepted five-vowels"])
def test_what_looks_like_an_acceptance_is_told(comment: str) -> None:
    [fault] = texts(comment, remarks=())
    assert "no se entiende. Se escribe así: # accepted: REGLA: la razón" in fault


@given(
    rules=st.lists(st.sampled_from(sorted(RULES)), unique=True),
    found=st.lists(st.tuples(st.sampled_from(sorted(RULES)), st.sampled_from(["", "a", "ñ"]))),
)
def test_each_acceptance_is_used_or_told(rules: list[str], found: list[tuple[str, str]]) -> None:
    remarks = [Remark(rule, word, f"{rule} {word}") for rule, word in found]
    there = {rule for rule, _ in found}
    told = list(left([f"accepted: {rule}: por algo" for rule in rules], remarks))
    assert [each for each in told if each.rule] == [r for r in remarks if r.rule not in rules]
    assert len([each for each in told if not each.rule]) == len(set(rules) - there)
