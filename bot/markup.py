"""What a text may hold: paragraphs, **bold**, "- " lists, "1. " lists, and nothing to call or open.

Every channel shows these; anything else some channel would show as signs. Numbers and addresses
belong to contacts, which carry the day they were checked.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

Fault = tuple[int, str]  # line of the text, from 0; what is wrong and what to do

ALLOWED = 'Only paragraphs, **bold**, "- " lists and "1. " lists are shown.'
BOLD = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*")

# Escapes and entities stay tokens of their own: she would read the signs.
_MARKDOWN = MarkdownIt("commonmark").disable("text_join")
_KEEPS_APART = "\u2060"  # so that **1.** does not become a list when its asterisks are taken away
_FINE = {"text", "softbreak", "inline", "paragraph_open", "list_item_open"}
_LISTS = {"bullet_list_open": ("-", '"- "'), "ordered_list_open": (".", '"1. "')}
_NAMES = {
    "link_open": "a link",
    "image": "an image",
    "html_inline": "HTML",
    "html_block": "HTML",
    "heading_open": "a heading",
    "code_inline": "code",
    "code_block": "a line that starts with blanks",
    "fence": "code",
    "em_open": "a single * or _ around words",
    "strong_open": "bold with __",
    "blockquote_open": "a quotation (>)",
    "hr": "a line across (---)",
    "hardbreak": "blanks or a \\ at the end of a line",
    "text_special": "a sign written with \\ or &",
}
_ADDRESS = re.compile(
    r"https?:|\bwww\.|\b(?:wa|t)\.me/|\bbit\.ly/|[\w.+-]+@[\w-]+\.\w"
    r"|\b[\w-]+\.(?:com|org|net|info|gob|edu|pe)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w/.,-])[+(]?\d[\d ()-]{4,}\d(?![\w/])")
_FEWEST = 7  # digits of a telephone number; laws have 5, amounts and years fewer
_YEAR = r"(?:19|20)\d\d"
_NO_PHONE = re.compile(
    rf"{_YEAR}-\d\d-\d\d|{_YEAR} *- *{_YEAR}|\d+-{_YEAR}"  # a day, from year to year, a norm
)
_MONEY = re.compile(r"S/\.? *$")


@lru_cache(maxsize=4096)
def faults(text: str) -> tuple[Fault, ...]:
    """Of a text in the small Markdown, in the order of its lines."""
    return tuple(sorted({*_markdown_faults(text), *contact_faults(text)}))


def contact_faults(text: str) -> Iterator[Fault]:
    """Telephone numbers and addresses."""
    for at, line in enumerate(text.split("\n")):
        if found := _ADDRESS.search(line):
            yield at, f'"{found[0]}" is an address. Put it into a contact, not into the text.'
        for found in _DIGITS.finditer(line):
            if _is_phone(found, line):
                fault = f'"{found[0]}" looks like a telephone number. Put it into a contact.'
                yield at, fault


def bold_is_balanced(line: str) -> bool:
    return "**" not in BOLD.sub("", line)


def _markdown_faults(text: str) -> Iterator[Fault]:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not bold_is_balanced(line):
            yield at, "** without its partner on the same line. Put ** before and after the words."
        if line.startswith("#"):
            yield at, f"a heading inside a text. {ALLOWED}"
    # The parser would count a carriage return as the end of a line; editors do not.
    bare = BOLD.sub(rf"{_KEEPS_APART}\1{_KEEPS_APART}", text.replace("\r", " "))
    for token in _MARKDOWN.parse(bare):
        at = token.map[0] if token.map else 0
        if token.nesting >= 0 and (fault := _fault(token)):
            yield at, fault
        for child in token.children or ():
            if child.nesting >= 0 and (fault := _fault(child)):
                yield at, fault
            at += child.type in ("softbreak", "hardbreak")


def _fault(token: Token) -> str:
    if token.type in _FINE:
        return ""
    if token.type not in _LISTS:
        return f"{_NAMES.get(token.type, token.type)} in a text. {ALLOWED}"
    sign, name = _LISTS[token.type]
    if token.markup != sign:
        return f"a list with other signs. Start its lines with {name}."
    return "a list inside a list. Make it one list." if token.level else ""


def _is_phone(found: re.Match[str], line: str) -> bool:
    digits = sum(sign.isdigit() for sign in found[0])
    if digits < _FEWEST or _NO_PHONE.fullmatch(found[0]):
        return False
    return not _MONEY.search(line[: found.start()])
