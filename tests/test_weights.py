"""The file that holds what was learned about danger."""

import pytest

from bot.content import build
from bot.dialogue.learned import ANY, HIGH, Learned, Weights
from bot.frontmatter import Unreadable
from bot.sentences import FOLDER
from bot.weights import PATH, read, written
from tests.catalogue import TODAY

LEARNED = Learned(
    {"peg*": ("HIT", "GLUE")},
    {ANY: Weights(-1, {"high": 2}, {"pego ñ": 3}), HIGH: Weights(-2)},
    {"child": Weights()},
    {"quy": Weights(1)},
    {"es": {ANY: 0, HIGH: 1}, "quy": {ANY: -2, HIGH: 3}},
    "es",
    "abc",
)


def test_what_is_written_is_read_again() -> None:
    again = read(PATH, written(LEARNED).encode())
    assert written(again) == written(LEARNED)
    assert again.tiers == LEARNED.tiers
    assert again.begins == LEARNED.begins
    assert again.about == LEARNED.about


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{",
        b"[]",
        b"{}",
        written(LEARNED).replace("any", "all").encode(),
        written(LEARNED).replace('"begins": {\n"es"', '"begins": {\n"en"').encode(),
    ],
)
def test_a_file_that_is_something_else_is_unreadable(data: bytes | None) -> None:
    with pytest.raises(Unreadable):
        read(PATH, data)


def test_broken_weights_are_told_and_the_lists_decide_alone() -> None:
    made = build({PATH: b"{"}, TODAY)
    assert made.catalogue.learned is None
    assert PATH in made.faulty
    assert any(mistake.path == f"content/{PATH}" for mistake in made.mistakes)


def test_weights_of_other_sentences_are_served_and_told() -> None:
    files = {PATH: written(LEARNED).encode(), f"{FOLDER}/es.tsv": b"none\t\thola\n"}
    made = build(files, TODAY)
    assert made.catalogue.learned is not None
    told = [mistake.text for mistake in made.mistakes if mistake.path == f"content/{PATH}"]
    assert len(told) == 1 and "willaq danger train" in told[0]
