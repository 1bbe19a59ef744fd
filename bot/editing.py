"""What an editor would send back: a topic that is hard to read, or that few words lead to.

It is shown all the same: a hard text is better than none. So this is for who edits, and only
`willaq check` asks for it.
"""

from collections.abc import Iterator

from bot.content import Content
from bot.frontmatter import Mistake
from bot.readability import measure

EASY = 65  # on both indexes
PLAIN = {"short": "En corto", "steps": "Qué puedes hacer"}  # what she reads in a hurry
FEWEST_PHRASES = 12  # of how women ask: with fewer, search misses most of them


def faults(loaded: Content) -> Iterator[Mistake]:
    """In the order of the texts."""
    for key, text in loaded.texts.items():
        path, _, name = key.partition("#")
        if f"{path}#short" not in loaded.texts:
            continue  # no topic
        if name in PLAIN:
            found = [f'"{PLAIN[name]}" {fault}' for fault in _hard(text)]
        elif name == "phrases":
            found = [*_few(len(text.splitlines()))]
        else:
            found = []
        yield from (Mistake(*loaded.where[key], fault) for fault in found)


def _hard(text: str) -> Iterator[str]:
    found = measure(text)
    if found and found.worst < EASY:
        yield (
            f"is hard to read: Szigriszt-Pazos {found.szigriszt:.0f}, Fernández-Huerta "
            f"{found.huerta:.0f}, {EASY} is easy enough. Shorter sentences and words; begin with: "
            f"«{_hardest(text)}»"
        )


def _hardest(text: str) -> str:
    """The start of its hardest line, long enough to be found."""
    lines = [(found.worst, line) for line in text.splitlines() if (found := measure(line))]
    _, line = min(lines)
    return line if len(line) <= 60 else f"{line[:60].rpartition(' ')[0]}…"


def _few(count: int) -> Iterator[str]:
    if count < FEWEST_PHRASES:
        yield (
            f'"phrases" has {count}; {FEWEST_PHRASES} or more are needed to be found. '
            "Add how women say it, in their own words and spelling."
        )
