"""Teach Willaq what danger sounds like: read the sentences, learn, write the weights."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from bot import content, sentences, weights
from bot.dialogue.catalogue import Catalogue
from bot.examples import examples
from bot.frontmatter import Mistake, Unreadable
from bot.training import Outcome, train


def teach(content_dir: Path, catalogue: Catalogue) -> tuple[Sequence[Outcome], Sequence[Mistake]]:
    """How what was not learned from is judged. With a mistake in a sentence nothing is written."""
    files = content.read(content_dir)
    said: dict[str, sentences.Said] = {}
    mistakes = []
    for path in sorted(files):
        if path.startswith(f"{sentences.FOLDER}/"):
            try:
                said[PurePosixPath(path).stem] = sentences.read(path, files[path])
            except Unreadable as error:
                mistakes.append(error.mistake)
    mistakes += [mistake for file in said.values() for mistake in file.mistakes]
    if mistakes or not said:
        return (), mistakes or [Mistake(sentences.FOLDER, 1, "has no sentences. Write some.")]
    known = examples(said, catalogue)
    learned, outcomes = train(said, known, sentences.fingerprint(files))
    # Under another name first: who answers meanwhile must not read half of it.
    half = content_dir / f"{weights.PATH}~"
    half.write_text(weights.written(learned), encoding="utf-8")
    half.replace(content_dir / weights.PATH)
    return outcomes, ()
