"""Learning danger from few sentences: that it learns, and always the same."""

from functools import cache
from pathlib import Path

from bot.dialogue.catalogue import Catalogue, DangerPhrase
from bot.dialogue.danger import assess
from bot.dialogue.learned import Learned
from bot.examples import Example, examples
from bot.sentences import FOLDER, Said, read
from bot.teaching import teach
from bot.training import Outcome, train
from bot.weights import PATH, written
from bot.weights import read as read_weights

HITS = ("pega", "golpea", "patea", "empuja", "jalonea", "cachetea", "agrede", "maltrata")
MEN = ("esposo", "marido", "conviviente", "enamorado", "yerno", "hermano")
SAFE = ("ayuda", "cuida", "cocina", "llama", "acompaña", "quiere", "respeta", "visita")
QUECHUA = ("maqawan", "haytawan", "saqmawan", "waqtawan")


@cache
def said() -> dict[str, Said]:
    lines = ["word\tHIT\t" + " ".join(HITS), "slot\the\t" + " | ".join(f"mi {m}" for m in MEN)]
    for man in MEN:
        lines += [f"high\tviolence\tmi {man} me {hit}" for hit in HITS]
        lines += [f"none\t\tmi {man} me {safe}" for safe in SAFE]
        lines += [f"high\tchild\tmi {man} le {hit} a mi hija" for hit in HITS]
    lines += ["high\tviolence\t{he} me agarra a golpes", "maybe\tviolence\tmi esposo me grita"]
    quechua = [f"high\tviolence\tqusay {hit}" for hit in QUECHUA for _ in range(3)]
    return {
        "es": read("es.tsv", "\n".join(lines).encode()),
        "quy": read("quy.tsv", "\n".join(quechua).encode()),
    }


PHRASES = Catalogue(danger=(DangerPhrase(("me", "mata"), "high", "threat"),))


@cache
def learned() -> tuple[Learned, list[Outcome]]:
    return train(said(), examples(said(), PHRASES), "abc")


def test_what_was_not_said_before_is_understood() -> None:
    known = Catalogue(learned=learned()[0])
    found = assess("mi suegro me golpea", known)
    assert (found.tier, found.kind, found.language) == ("high", "violence", "es")
    assert assess("mi suegro le pega a mi hija", known).kind == "child"
    assert assess("mi suegro me acompaña", known).tier == "none"
    assert assess("qusay haytawan", known).language == "quy"


def test_the_same_sentences_always_teach_the_same() -> None:
    again, _ = train(said(), examples(said(), PHRASES), "abc")
    assert written(again) == written(learned()[0])


def test_every_sentence_is_judged_once_by_what_the_others_taught() -> None:
    _, outcomes = learned()
    judged = {
        (each.language, each.tier): sum(each.judged.values())
        for each in outcomes
        if each.origin == "written"
    }
    plain = [each for file in said().values() for each in file.sentences if "{" not in each.text]
    assert sum(judged.values()) == len(plain)
    assert judged["quy", "high"] == len(QUECHUA) * 3


def test_a_sentence_is_also_said_with_slots_filled_with_other_men_and_with_slips() -> None:
    made = examples(said(), PHRASES)
    filled = {each.text for each in made if each.origin == "filled"}
    assert filled == {f"mi {man} me agarra a golpes" for man in MEN}
    varied = [each for each in made if each.origin == "varied"]
    assert varied and all(each.weight < 1 and each.family for each in varied)
    assert [each.text for each in made if each.origin == "listed"] == ["me mata"]


def test_examples_of_one_family_are_neighbours_in_the_file() -> None:
    written_down = [each for each in examples(said(), PHRASES) if each.origin == "written"]
    families: dict[str, list[Example]] = {}
    for each in written_down:
        families.setdefault(each.family, []).append(each)
    assert len(families) > 4
    assert all(len(group) <= 12 for group in families.values())


def content_with(folder: Path, sentences: str) -> Path:
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / "es.tsv").write_text(sentences, encoding="utf-8")
    return folder


def test_what_was_taught_is_written_where_content_finds_it(tmp_path: Path) -> None:
    sentences = "".join(
        f"high\tviolence\tme {hit}\nnone\t\tme {ok}\n" for hit, ok in zip(HITS, SAFE, strict=True)
    )
    outcomes, mistakes = teach(content_with(tmp_path, sentences), PHRASES)
    assert mistakes == ()
    assert {each.language for each in outcomes} == {"es"}
    assert read_weights(PATH, (tmp_path / PATH).read_bytes()).made_of
    assert [each.name for each in (tmp_path / "danger").iterdir() if each.is_file()] == [
        "weights.json"
    ]


def test_with_a_mistake_in_a_sentence_the_weights_stay_as_they_are(tmp_path: Path) -> None:
    content = content_with(tmp_path, "high\tviolence\tme pega\nhihg\tviolence\tme patea\n")
    (content / PATH).write_text("as it was")
    outcomes, mistakes = teach(content, PHRASES)
    assert (outcomes, [each.line for each in mistakes]) == ((), [2])
    assert (content / PATH).read_text() == "as it was"
