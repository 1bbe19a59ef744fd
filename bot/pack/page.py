"""The booklet as one HTML file, for a telephone without signal and the browser it came with.

Rule 1: it asks the network for nothing, and its policy forbids it to.
Rule 2: all of it can be read without the script; the script searches, opens and leaves.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.pack.blocks import Block, blocks, runs
from bot.pack.booklet import TITLE, Booklet

_HERE: Final = Path(__file__).parent
_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
# Indentation and whole lines of comment: what only we read.
_SPARE = re.compile(r"^[ \t]*(//.*|/\*.*\*/)?\n?", re.MULTILINE)


def html(booklet: Booklet, finder: dict[str, Any]) -> bytes:
    """`finder` is bot.pack.finder's data for the booklet's topics, in their order."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "blocks": _blocks,
        "bold": _bold,
        "callable": _callable,
        "digits": _digits,
    }
    page = environment.get_template("pack.html").render(
        title=TITLE,
        book=booklet,
        words=booklet.words,
        entries=booklet.entries,
        policy=_POLICY,
        style=Markup(_static("pack.css")),
        script=Markup(f'(function () {{\n"use strict";\n{_static("pack.js")}}}());\n'),
        data={
            **finder,
            "recipe": booklet.recipe,
            "told": {name: booklet.words[name] for name in ("found", "nothing")},
        },
    )
    return page.encode()


def _blocks(text: str) -> Markup:
    return Markup("").join(_block(block) for block in blocks(text))


def _block(block: Block) -> Markup:
    if block.kind == "p":
        return Markup("<p>{}</p>").format(_bold(block.rows[0]))
    rows = Markup("").join(Markup("<li>{}</li>").format(_bold(row)) for row in block.rows)
    return Markup("<{0}>{1}</{0}>").format(block.kind, rows)


def _bold(row: str) -> Markup:
    words = (
        Markup("<b>{}</b>").format(text) if is_bold else escape(text) for text, is_bold in runs(row)
    )
    return Markup(str(Markup("").join(words)).replace("\n", "<br>"))


def _callable(text: str, phones: Sequence[str]) -> Markup:
    """The numbers in it as ones she can press."""
    marked = str(escape(text))
    for phone in phones:
        number = rf"(?<![\w/]){re.escape(phone)}(?![\w/])"
        marked = re.sub(number, f'<a href="tel:{_digits(phone)}">{phone}</a>', marked, count=1)
    return Markup(marked)


def _digits(phone: str) -> str:
    return re.sub(r"[^\d+*#]", "", phone)


def _static(name: str) -> str:
    return _SPARE.sub("", (_HERE / "static" / name).read_text("utf-8"))
