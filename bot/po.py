"""Read one .po file, whole or not at all.

Babel parses it, but forgives what a half-written file looks like (a quote that never closes costs
it the last letter), so each line is held against the format first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, read_po

from bot.frontmatter import Mistake, Unreadable, decode

_STRING = r'"(?:[^"\\]|\\[\\trn"])*"'
_LINE = re.compile(rf"(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?({_STRING})\s*")
_HEADING = re.compile(r'^msgctxt[ \t]+("[^\n]*"(?:\n"[^\n]*")*)', re.MULTILINE)
_BROKEN_LINE = re.compile(r'"\n"')
_WHOLE = "#"  # an entry with a comment below it: Babel takes what goes on for the next entry's
_ENDS = ("msgstr", "msgstr[", _WHOLE)
_MAY_FOLLOW = {  # what stood before -> what may come
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr", "msgstr["),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[": ("msgctxt", "msgid", "msgstr["),
    _WHOLE: ("msgctxt", "msgid"),
}
_DRAFT = re.compile(r"draft\b", re.IGNORECASE)
_REVIEWED = re.compile(r"reviewed: *(\S.*?), *(\d{4}-\d\d-\d\d)", re.IGNORECASE)
MOST_BYTES = 5_000_000  # all we have to say is a tenth of it
_UNUSED = "De este archivo no se usa nada."
_LIKE_REVIEWED = re.compile(r"re?vi?e?w|revis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One translation as the file has it. `reviewed` says by whom and when; "" = a draft."""

    key: str
    spanish: str
    text: str
    line: int
    fuzzy: bool = False
    reviewed: str = ""
    comments: tuple[str, ...] = ()  # the translator's own, without their #


@dataclass(frozen=True, slots=True)
class Po:
    """A readable file. `mistakes` spoil single entries at most, not the file."""

    path: str
    entries: tuple[Entry, ...]
    mistakes: tuple[Mistake, ...]


def read(path: str, data: bytes | None) -> Po:
    """Raises Unreadable for anything that is not a whole .po file."""
    return read_text(path, whole_text(path, data))


def read_text(path: str, text: str) -> Po:
    """The same of a file that was decoded already."""
    catalog = parse(path, text)
    messages = [message for message in catalog if message.id and message.context]
    entries = tuple(_entry(message) for message in messages)
    mistakes = [Mistake(path, line, fault) for line, fault in _twice(text)]
    for message in messages:
        if any(_is_misspelt(comment) for comment in message.user_comments):
            fault = "cuenta como borrador. Una revisión se escribe: # reviewed: NOMBRE, 2026-12-31"
            mistakes.append(Mistake(path, message.lineno or 1, fault))
    return Po(path, entries, tuple(mistakes))


def whole_text(path: str, data: bytes | None) -> str:
    """Of a file that can be one of ours. Raises Unreadable."""
    if len(data or b"") > MOST_BYTES:
        # Reading it would take longer than she waits.
        fault = f"tiene más de {MOST_BYTES // 1_000_000} MB. ¿Es el archivo correcto?"
        raise Unreadable(Mistake(path, 1, f"{fault} {_UNUSED}"))
    return decode(path, data)


def is_status(comment: str) -> bool:
    """Does a translator's comment say whether the entry is a draft?"""
    return bool(_DRAFT.match(comment)) or is_review(comment)


def is_review(comment: str) -> bool:
    return bool(_REVIEWED.fullmatch(comment))


def parse(path: str, text: str) -> Catalog:
    """As Babel has it, but for the header, which it would take apart. Raises Unreadable."""
    for line, fault in _line_faults(text):
        raise Unreadable(Mistake(path, line, f"{fault} {_UNUSED}"))
    _, body = split(text)
    try:
        return read_po(StringIO(body), abort_invalid=True)
    except PoFileError as error:
        fault = f"no se puede leer: {error}. {_UNUSED}"
        raise Unreadable(Mistake(path, error.lineno + 1, fault)) from None


def split(text: str) -> tuple[str, str]:
    """(header, the rest on its own lines). The header is the first entry, if its msgid is ""."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith("msg")), 0)
    end = start + 1
    while end < len(lines) and lines[end].startswith(("msgstr", '"')):
        end += 1
    if lines[start].split() != ["msgid", '""'] or not lines[start + 1 :][:1][0].startswith(
        "msgstr"
    ):
        return "", _without_previous_obsolete(lines)
    return "\n".join(lines[:end]), _without_previous_obsolete([""] * end + lines[end:])


def header_fields(header: str) -> tuple[list[str], dict[str, str]]:
    """(its comments, its fields in their order)."""
    lines = header.split("\n")
    comments = [line for line in lines if line.startswith("#")]
    quoted = "\n".join(line for line in lines if line.startswith('"'))
    text = denormalize(f'""\n{quoted}') if quoted else ""
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return comments, {name.strip(): value.strip() for name, _, value in pairs}


def _without_previous_obsolete(lines: list[str]) -> str:
    # "#~| msgid" is what the msgid was before it became obsolete: Babel chokes on it.
    return "\n".join("" if line.lstrip().startswith("#~|") else line for line in lines)


def _line_faults(text: str) -> Iterator[tuple[int, str]]:
    """The first thing that a whole .po file does not have."""
    before, msgid, line, entries = "", "", 0, 0
    for line, written in enumerate(text.split("\n"), 1):
        stripped = written.strip()
        if not stripped or stripped.startswith("#"):
            before = _WHOLE if stripped and before in _ENDS else before
            continue
        found = _LINE.fullmatch(stripped)
        if not found:
            yield line, 'no se puede leer: ¿falta una ", o el archivo está a medio guardar?'
            return
        keyword = "msgstr[" if "[" in (found[1] or "") else found[1] or before
        if keyword in ("", _WHOLE) or (found[1] and keyword not in _MAY_FOLLOW[before]):
            yield line, "no puede estar aquí: ¿falta una línea más arriba?"
            return
        if keyword == "msgid":
            msgid = found[2] if found[1] else msgid + found[2]
        if keyword in _ENDS and found[1]:
            entries += 1
            if not msgid.strip('"') and entries > 1:
                yield line, "el msgid de esta entrada está vacío. Compara con el archivo .pot."
                return
        before = keyword
    if before not in _ENDS:
        yield line, "el archivo termina a mitad de una entrada, o no tiene: ¿está a medio guardar?"


def _entry(message: Message) -> Entry:
    reviews = [_REVIEWED.fullmatch(comment) for comment in message.user_comments]
    is_draft = any(_DRAFT.match(comment) for comment in message.user_comments)
    found = next((each for each in reviews if each and not is_draft), None)
    return Entry(
        key=message.context or "",
        # An entry with plural forms is none of ours: its msgid equals no Spanish text.
        spanish=message.id if isinstance(message.id, str) else "",
        text=message.string if isinstance(message.string, str) else "",
        line=message.lineno or 1,
        fuzzy=message.fuzzy,
        reviewed=f"{found[1]}, {found[2]}" if found else "",
        comments=tuple(message.user_comments),
    )


def headings(text: str) -> Iterator[tuple[int, str]]:
    """(line, msgctxt in its quotes) of each entry; gettext's tools break long ones over lines."""
    line, at = 1, 0
    for found in _HEADING.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line, _BROKEN_LINE.sub("", found[1])


def _twice(text: str) -> Iterator[tuple[int, str]]:
    """Babel makes one entry of two with the same msgctxt and msgid, as after a bad merge."""
    first: dict[str, int] = {}
    for line, key in headings(text):
        before = first.setdefault(key, line)
        if before != line:
            yield line, f"{key} está dos veces (antes en la línea {before}). Borra una."


def _is_misspelt(comment: str) -> bool:
    return bool(_LIKE_REVIEWED.match(comment)) and not _REVIEWED.fullmatch(comment)
