"""Which changes of the Spanish leave a translation what it was."""

import pytest

from bot.typos import Judge, is_typo


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Puedes denuncair en la comisaría.", "Puedes denunciar en la comisaría."),
        ("Llama gratis al 100", "Llama gratis al 100."),
        ("Vé a la comisaria.", "Ve a la comisaría."),
        ("llama , es gratis", "Llama, es gratis"),
        ("A parte de eso, llama.", "Aparte de eso, llama."),
        ("Pide **Medidas de proteccion**.", "Pide **medidas de protección**."),
        ("1. Busca un sitio segúro.\n2. Llama.", "1. Busca un sitio seguro.\n2. Llama."),
    ],
)
def test_mended_spelling_is_a_typo(old: str, new: str) -> None:
    assert is_typo(old, new)
    assert is_typo(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("No puedes perder tu trabajo.", "Puedes perder tu trabajo."),
        ("Ya puedes ir.", "No puedes ir."),
        ("Llama al 100.", "Llama al 105."),
        ("Tienes 24 horas.", "Tienes 24 días."),
        ("Hola, {name}.", "Hola, {nombre}."),
        ("Lo dice la Ley 30364.", "Lo dice la Ley 30346."),
        ("Tu hijo puede ir.", "Tu hija puede ir."),
        ("Puede ir sola.", "Pueden ir solas."),
        ("Llama **ya**.", "Llama ya."),
        ("Puedes ir.", "¿Puedes ir?"),
        ("1. Busca.\n2. Llama.", "1. Busca. Llama."),
        ("Llama gratis.", "Llama gratis hoy."),
        ("Puede ser aceptado.", "Puede ser rechazado."),
        ("Es obligatorio.", "Es voluntario."),
        ("No, puedes denunciar.", "No puedes denunciar."),
        ("Si denuncias, te protegen.", "Sí, denuncias, te protegen."),
        ("Si te obligan, es delito.", "Sí te obligan, es delito."),
    ],
)
def test_what_may_mean_something_else_is_none(old: str, new: str) -> None:
    assert not is_typo(old, new)


def test_a_judge_remembers_what_was_mended_and_what_was_not() -> None:
    judge = Judge()
    assert judge("denuncair", "denunciar")
    assert not judge("100", "105")
    assert (judge.mended, judge.others) == ({("denuncair", "denunciar")}, {("100", "105")})
