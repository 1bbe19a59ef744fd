"""The sentences danger is learned from: how the files are read, and that real ones are sound."""

import pytest

from bot.content import read as read_content
from bot.frontmatter import Unreadable
from bot.sentences import FOLDER, SLOT, fingerprint, read
from tests.catalogue import CONTENT, spanish

PATH = f"content/{FOLDER}/es.tsv"


def test_three_columns_say_words_slots_and_sentences() -> None:
    said = read(
        PATH,
        b"# note\nword\tHIT\tpeg* golpe\nword\tKICK\tpeg*\nslot\the\tmi esposo | mi ex\n"
        b"high\tviolence\t{he} me pega\nnone\t\tme muero de risa\n",
    )
    assert said.mistakes == []
    assert said.about == {"peg*": ("HIT", "KICK"), "golpe": ("HIT",)}
    assert said.slots == {"he": ("mi esposo", "mi ex")}
    assert [(each.tier, each.kind, each.text, each.line) for each in said.sentences] == [
        ("high", "violence", "{he} me pega", 5),
        ("none", "", "me muero de risa", 6),
    ]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("high violence me pega", "three columns"),
        ("high\tviolence\t", "three columns"),
        ("hihg\tviolence\tme pega", "no tier and kind"),
        ("high\tviolense\tme pega", "no tier and kind"),
        ("none\tviolence\tme pega", "no tier and kind"),
        ("high\tviolence\t{him} me pega", "no slot {him}"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, part: str) -> None:
    said = read(PATH, f"none\t\thola\n{line}\n".encode())
    (mistake,) = said.mistakes
    assert (mistake.path, mistake.line) == (PATH, 2)
    assert part in mistake.text


def test_a_file_that_is_no_text_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read(PATH, b"\xff\xfe")


def test_the_fingerprint_changes_with_the_sentences_and_with_nothing_else() -> None:
    one = fingerprint({PATH.removeprefix("content/"): b"a", "rights/x.md": b"x"})
    assert one == fingerprint({PATH.removeprefix("content/"): b"a", "rights/x.md": b"y"})
    assert one != fingerprint({PATH.removeprefix("content/"): b"b", "rights/x.md": b"x"})


def test_there_is_enough_to_learn_from_and_no_sentence_is_said_twice_differently() -> None:
    files = read_content(CONTENT)
    for language, least in (("es", 1500), ("quy", 400)):
        said = read(language, files[f"{FOLDER}/{language}.tsv"])
        assert said.mistakes == []
        plain = [each for each in said.sentences if not SLOT.search(each.text)]
        assert len(plain) >= least
        meanings: dict[str, set[str]] = {}
        for each in plain:
            meanings.setdefault(each.text, set()).add(each.tier)
        assert {text for text, tiers in meanings.items() if len(tiers) > 1} == set()


def test_what_is_served_was_learned_from_these_sentences() -> None:
    learned = spanish().learned
    assert learned is not None
    assert learned.made_of == fingerprint(read_content(CONTENT))
