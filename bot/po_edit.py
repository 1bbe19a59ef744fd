"""Change single entries of a .po file; all other lines stay as they were."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from babel.messages.pofile import denormalize, normalize

from bot.po import is_status

_KEYWORD = re.compile(r"(msgctxt|msgid|msgstr)\s+(?=\")")
_NO_WRAP = 10**9
_DRAFT = re.compile(r"draft\b[\s:;,.-]*", re.IGNORECASE)
Name = tuple[str, str]  # msgctxt and msgid: what no two entries of a file share
Span = tuple[int, int]  # lines, from 0, without the last


@dataclass(frozen=True, slots=True)
class Written:
    """An entry with where its parts stand. `comments` are all lines above its msgctxt."""

    key: str
    spanish: str
    text: str
    comments: tuple[str, ...]
    spans: Mapping[str, Span]

    @property
    def line(self) -> int:
        return self.spans["msgctxt"][0] + 1

    @property
    def fuzzy(self) -> bool:
        return any("fuzzy" in _flags(each) for each in self.comments)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the translator wrote above it, but for whether it is a draft."""
        return tuple(each for each in map(_said, self.comments) if each and not is_status(each))

    @property
    def hints(self) -> tuple[str, ...]:
        """What the program wrote above it."""
        return tuple(each[2:].strip() for each in self.comments if each.startswith("#."))


@dataclass(frozen=True, slots=True)
class Change:
    """None leaves a part as it is. `status` is a translator's comment: "draft", "reviewed: …".
    With `settled` the entry is fuzzy no longer."""

    status: str | None = None
    text: str | None = None
    notes: Sequence[str] | None = None
    settled: bool = False


@dataclass(slots=True)
class _Open:
    """The entry whose lines are being read."""

    start: int
    spans: dict[str, Span] = field(default_factory=dict)
    part: str = ""


def entries(text: str) -> Iterator[Written]:
    """Of a file that `po.parse` takes; those without a msgctxt, and obsolete ones, are left out."""
    lines = [line.lstrip(" \t") for line in text.split("\n")]  # as bot/po.py reads them
    for each in _opened(lines):
        if {"msgctxt", "msgid", "msgstr"} <= each.spans.keys():
            key, spanish, said = (_value(lines, each.spans[name]) for name in _PARTS)
            comments = tuple(lines[each.start : each.spans["msgctxt"][0]])
            spans = {**each.spans, "comments": (each.start, each.spans["msgctxt"][0])}
            yield Written(key, spanish, said, comments, spans)


def edited(text: str, changes: Mapping[Name, Change]) -> str:
    """The file with these entries changed."""
    lines = text.split("\n")
    for each in reversed([*entries(text)]):
        change = changes.get((each.key, each.spanish))
        if change is None:
            continue
        if change.text is not None:
            start, end = each.spans["msgstr"]
            quoted = normalize(change.text, width=_NO_WRAP)
            lines[start:end] = f"msgstr {quoted}".split("\n")
        start, end = each.spans["comments"]
        lines[start:end] = _commented(each, change)
    return "\n".join(lines)


_PARTS = ("msgctxt", "msgid", "msgstr")


def _opened(lines: Sequence[str]) -> Iterator[_Open]:
    now = _Open(0)
    for at, line in enumerate(lines):
        found = _KEYWORD.match(line)
        if line.startswith("#~"):
            yield now
            now = _Open(at + 1)
        elif line.startswith("#") or (found and found[1] != "msgstr"):
            if "msgstr" in now.spans or (line.startswith("#") and now.spans):
                yield now
                now = _Open(at)
        elif not line.strip() and not now.spans:
            now.start = at + 1
        if found:
            now.part = found[1]
            now.spans[now.part] = (at, at + 1)
        elif line.startswith('"') and now.part:
            now.spans[now.part] = (now.spans[now.part][0], at + 1)
    yield now


def _value(lines: Sequence[str], span: Span) -> str:
    first, *more = lines[slice(*span)]
    return denormalize("\n".join([_KEYWORD.sub("", first), *more]))


def _commented(entry: Written, change: Change) -> list[str]:
    hers = [each for each in entry.comments if _said(each) is not None]
    others = [each for each in entry.comments if _said(each) is None]
    status = [each for each in hers if is_status(_said(each) or "")]
    notes = [each for each in hers if each not in status]
    if change.status is not None:
        notes = [*filter(None, map(_beside, status)), *notes]
        status = [f"# {change.status}"]
    if change.notes is not None:
        notes = [f"# {each}".rstrip() for each in change.notes]
    if change.settled:
        others = [*_settled(others)]
    return [*status, *notes, *others]


def _beside(status: str) -> str:
    """What else she wrote on the line that says "draft": it stays when the draft has gone."""
    found = _DRAFT.match(_said(status) or "")
    rest = (_said(status) or "")[found.end() :] if found else ""
    return f"# {rest}" if rest else ""


def _settled(comments: Sequence[str]) -> Iterator[str]:
    for each in comments:
        flags = _flags(each)
        if each.startswith("#|") or flags == ["fuzzy"]:
            continue
        left = ", ".join(flag for flag in flags if flag != "fuzzy")
        yield f"#, {left}" if flags else each


def _flags(comment: str) -> list[str]:
    return re.split(r",\s*", comment[2:].strip()) if comment.startswith("#,") else []


def _said(comment: str) -> str | None:
    """A translator's own comment; None for what programs write."""
    if not comment.startswith("#") or comment.startswith(("#.", "#:", "#,", "#|", "#~")):
        return None
    return comment[1:].removeprefix(" ")
