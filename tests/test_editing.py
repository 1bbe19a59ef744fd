"""What an editor sends back, with file and line; and that nothing of ours would be sent back."""

from argparse import Namespace
from pathlib import Path

import pytest

from bot import cli, content, editing, settings
from bot.frontmatter import Mistake
from tests import small
from tests.catalogue import content as real_content
from tests.small import TODAY, TOPIC

TWELVE = "phrases = [\n" + "".join(f'  "pregunta {number}",\n' for number in range(12)) + "]"
PHRASES = 'phrases = [\n  "que es la linea cien",\n  "kiero llamar",\n]'
FINE = TOPIC.replace(PHRASES, TWELVE)
HARD = (
    "Solicita inmediatamente el otorgamiento de las medidas correspondientes ante la "
    "institución jurisdiccional especializada."
)


def sent_back(text: str) -> list[Mistake]:
    loaded = content.build(small.content(linea_100=text, descanso=None), TODAY)
    assert "linea-100" in loaded.catalogue.topics, "a hard text is better than none"
    return [*editing.faults(loaded)]


def line_of(text: str, part: str) -> int:
    return next(at for at, line in enumerate(text.split("\n"), 1) if part in line)


def test_nothing_in_the_repository_is_sent_back() -> None:
    assert [str(each) for each in editing.faults(real_content())] == []
    assert real_content().catalogue.topics


def test_an_easy_topic_with_twelve_phrases_is_fine() -> None:
    assert sent_back(FINE) == []


@pytest.mark.parametrize("heading", ["En corto", "Qué puedes hacer"])
def test_a_hard_section_is_sent_back_with_its_line_and_its_hardest_words(heading: str) -> None:
    easy = {"En corto": "Llama gratis al 100.", "Qué puedes hacer": "2. Llama."}[heading]
    text = FINE.replace(easy, f"{easy}\n{HARD}" if heading == "En corto" else f"2. {HARD}")
    [mistake] = sent_back(text)
    assert (mistake.path, mistake.line) == ("content/rights/linea-100.md", line_of(text, heading))
    assert mistake.text.startswith(f'"{heading}" is hard to read: Szigriszt-Pazos ')
    assert "Solicita inmediatamente el otorgamiento" in mistake.text


def test_what_she_reads_at_leisure_may_be_harder() -> None:
    assert (
        sent_back(FINE.replace("## Qué puedes", f"## Qué dice la ley\n{HARD}\n\n## Qué puedes"))
        == []
    )


def test_fewer_phrases_are_sent_back() -> None:
    text = FINE.replace('  "pregunta 11",\n', "")
    [mistake] = sent_back(text)
    assert (mistake.path, mistake.line) == ("content/rights/linea-100.md", line_of(text, "phrases"))
    assert mistake.text.startswith('"phrases" has 11; 12 or more')


def test_check_lists_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hard = FINE.replace("2. Llama.", f"2. {HARD}")
    small.write(tmp_path / "content", small.content(linea_100=hard))
    assert cli.check(Namespace(), settings.read({}, tmp_path)) == 1
    said = capsys.readouterr().out
    line = line_of(hard, "Qué puedes hacer")
    assert f'content/rights/linea-100.md:{line}: "Qué puedes hacer" is hard to read' in said
