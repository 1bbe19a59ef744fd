"""Words she may type that ask for two things: which one she gets would depend on chance.

Commands count everywhere, whatever her language, so a word of one language can take hers away.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.dialogue.moment import COMMANDS
from bot.dialogue.words import fold
from bot.proofread import is_danger

_NAMES: Final = ("menu", "title")  # of a topic: typed, they open it
_TOPICS: Final = ("rights/", "schools/")
_COMMAND, _LABEL, _PHRASE, _DANGER, _HARMLESS = "command", "label", "phrase", "danger", "harmless"
# What a word may not be at once. A label that is also a phrase of another topic is no harm: the
# label is asked for first, and its screen leads on.
_CLASH: Final = {
    frozenset(each)
    for each in (
        (_COMMAND,), (_LABEL,), (_PHRASE,), (_COMMAND, _LABEL), (_COMMAND, _PHRASE),
        (_DANGER, _HARMLESS), (_DANGER, _COMMAND),
    )
}  # fmt: skip


class Typed(NamedTuple):
    """A line she may type, what it is, what it opens, and the entry it stands in."""

    words: str
    sort: str
    opens: str
    key: str
    language: str


def collisions(
    texts: Mapping[str, Mapping[str, str]], language: str
) -> Iterator[tuple[str, str, Typed]]:
    """(key of the entry, the line in it, what the same words are elsewhere) for one language.

    `texts` are those of all languages by tag and key, Spanish among them. Two of the same language
    clash, too; each pair of one language is told once.
    """
    known: dict[str, list[Typed]] = {}
    for tag, of_it in sorted(texts.items(), key=lambda each: each[0] == language):
        for typed in _typed(of_it, tag):
            others = known.setdefault(typed.words, [])
            if tag == language:
                found = next((one for one in others if _clash(typed, one)), None)
                if found:
                    yield typed.key, typed.words, found
            others.append(typed)


def _clash(one: Typed, other: Typed) -> bool:
    return one.opens != other.opens and frozenset((one.sort, other.sort)) in _CLASH


def _typed(texts: Mapping[str, str], tag: str) -> Iterator[Typed]:
    for key, text in texts.items():
        if meant := _meant(key, tag):
            for line in dict.fromkeys(_folded(text.splitlines())):
                yield Typed(line, *meant, key, tag)


def _folded(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        # The * of a danger phrase is no letter, and no word is the same with and without it.
        words = map(_starred, line.split()) if "*" in line else [fold(line)]
        if folded := " ".join(words).strip():
            yield folded


def _starred(word: str) -> str:
    return fold(word) + "*" * word.endswith("*")


def _meant(key: str, tag: str) -> tuple[str, str] | None:
    """(what sort of word it is, what it opens); None = nothing she types."""
    path, _, name = key.partition("#")
    if key in COMMANDS:
        return _COMMAND, COMMANDS[key]
    if key == "typed.this":
        return _COMMAND, tag
    if is_danger(key):
        return (_DANGER if name == "phrases" else _HARMLESS), path if name == "phrases" else key
    if name == "phrases":
        return _PHRASE, path
    if path == "menu.toml":
        door, _, which = name.partition(".")
        return (_LABEL, f"{path}#{door}") if which == "menu" else None
    return (_LABEL, path) if name in _NAMES and path.startswith(_TOPICS) else None
