"""A text in the small Markdown as paragraphs, lists and bold runs, for what is laid out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from bot.markup import BOLD

Run = tuple[str, bool]  # words, are they bold?
Kind = Literal["p", "ul", "ol"]

_ROW = re.compile(r"(?:(-)|\d+\.) +(.*)")


@dataclass(slots=True)
class Block:
    """A paragraph has one row; a row keeps its line breaks."""

    kind: Kind
    rows: list[str] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """As every channel shows it: what is no list is a paragraph, line for line."""
    found: list[Block] = []
    for is_blank, lines in groupby(text.split("\n"), key=lambda line: not line.strip()):
        if not is_blank:
            found += _chunk(list(lines))
    return found


def runs(row: str) -> Iterator[Run]:
    # With one group in the pattern, what is bold is at every odd place.
    for at, words in enumerate(BOLD.split(row)):
        if words:
            yield words, at % 2 == 1


def plain(text: str) -> str:
    """Without its bold."""
    return "".join(words for words, _ in runs(text))


def _chunk(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        row = _ROW.match(line)
        kind: Kind = "p" if not row else "ul" if row[1] else "ol"
        if row and (not found or found[-1].kind != kind):
            found.append(Block(kind))
        if row:
            found[-1].rows.append(row[2])
        elif found:
            found[-1].rows[-1] += f"\n{line.strip()}"
        else:
            found.append(Block("p", [line]))
    return found
