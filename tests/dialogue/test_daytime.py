"""Hours as she says them, and as they are shown to her."""

import pytest

from bot.dialogue import daytime


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("de 2 a 6 de la tarde", (14, 18)),
        ("9 a 12", (9, 12)),
        ("9-12", (9, 12)),
        ("de 9am a 12m", (9, 12)),
        ("de 9 a. m. a 5 p.m.", (9, 17)),
        ("9 a 5", (9, 17)),
        ("8 a 8", (8, 20)),
        ("entre 5 y 7", (17, 19)),
        ("de 10 de la mañana a 1 de la tarde", (10, 13)),
        ("de 8 a 9 de la noche", (20, 21)),
        ("después de las 5", (17, 21)),
        ("desde las 3 pm", (15, 21)),
        ("hasta las 12", (8, 12)),
        ("a las 7", (19, 20)),
        ("14:00 - 18:30", (14, 18)),
        ("9:30 a 12", (10, 12)),
        ("9manta 12kama", (9, 12)),
        ("7manta", (19, 21)),
        ("tutamanta 8manta 12kama", (8, 12)),
        ("8manta 12kama tutamanta", (8, 12)),
        ("6manta 9kama (tuta)", (18, 21)),
        ("9 horasmanta 12 horaskama", (9, 12)),
        ("tardi 3 horamanta tuta 8 horakama", (15, 20)),
        ("9manta tardi 5kama", (9, 17)),
        ("9manta tutamanta 5kama tardi", (9, 17)),
        ("Tuta 9manta paqarin 8kama", (21, 8)),
        ("chisi 6manta 8kama", (18, 20)),
        ("ch'isi 6manta 8kama", (18, 20)),
        ("paqarin 9 horamanta", (9, 21)),
        ("p'unchaw tardipi 2manta 6kama", (14, 18)),
        ("de 8 a 12 de la mañana", (8, 12)),
        ("a las 12 de la madrugada", (0, 1)),
        ("de 22 a 6", (22, 6)),
        ("a las 12 de la noche", (24, 25)),
    ],
)
def test_hours_are_understood(said: str, meant: tuple[int, int]) -> None:
    assert daytime.meant(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "tengo 2 hijos",
        "77",
        "",
        "9 10 11",
        "tutamanta",
        "9manta wasiyman",
        "tal vez",
        "mi número 9 a 5",
    ],
)
def test_what_names_no_hours_is_none(said: str) -> None:
    assert daytime.meant(said) is None


@pytest.mark.parametrize(
    ("told", "kept"),
    [((6, 10), (8, 10)), ((8, 21), (8, 21)), ((20, 23), (20, 21)), ((21, 22), None),
     ((22, 6), None), ((24, 25), None)],
)  # fmt: skip
def test_of_the_night_nothing_is_kept(told: tuple[int, int], kept: tuple[int, int] | None) -> None:
    assert daytime.by_day(told) == kept


def test_hours_are_shown_as_they_are_said_here() -> None:
    assert [*map(daytime.shown, (8, 12, 13, 21, 24))] == ["8 am", "12 m", "1 pm", "9 pm", "12 am"]
