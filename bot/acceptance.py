"""What is remarked of a translation, and what its translator answers: `# accepted: RULE: reason`.

Rule 1: who accepts says why. A reason is for whoever reads the entry next.
Rule 2: what nobody finds any more cannot stay accepted: it would hide the next mistake.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bot.words import plain

RULES: Final = {  # as a comment names them -> what they are about, for docs/locale-checks.md
    "five-vowels": "e u o en una palabra quechua",
    "letters": "letras que el quechua no usa",
    "variety": "señas de otra variedad",
    "syllables": "sílabas que el quechua no tiene",
    "crowded": "demasiadas explicaciones entre paréntesis",
    "glossary": "falta la palabra acordada",
    "forbidden": "una palabra que acordamos no usar",
    "danger": "frases de peligro que nadie ha revisado",
    "collision": "la misma palabra pide dos cosas",
}
_ACCEPTED = re.compile(r"accepted *: *([\w-]+)(?: +([^:]+?))? *(?:: *(.*))?", re.IGNORECASE)
_LIKE_ACCEPTED = re.compile(r"a[cs]+ept", re.IGNORECASE)
_FORM = "Se escribe así: # accepted: REGLA: la razón"


class Remark(NamedTuple):
    """`word` is what it is about, as it is written; "" = the whole text."""

    rule: str
    word: str
    text: str


class _Accepted(NamedTuple):
    rule: str
    word: str

    def covers(self, remark: Remark) -> bool:
        return self.rule == remark.rule and self.word in ("", plain(remark.word))


def left(comments: Iterable[str], remarks: Iterable[Remark]) -> Iterator[Remark]:
    """What nobody has accepted, and what is wrong with the acceptances."""
    accepted = []
    for comment in comments:
        if not _LIKE_ACCEPTED.match(comment):
            continue
        read = _read(comment)
        if isinstance(read, Remark):
            yield read
        else:
            accepted.append(read)
    remarks = list(remarks)
    yield from (each for each in remarks if not any(one.covers(each) for one in accepted))
    for one in accepted:
        if not any(one.covers(each) for each in remarks):
            yield Remark("", "", f"«{_said(one)}» ya no se encuentra. Borra ese comentario.")


def _read(comment: str) -> _Accepted | Remark:
    found = _ACCEPTED.fullmatch(comment.strip())
    if not found:
        return Remark("", "", f"«{comment}» no se entiende. {_FORM}.")
    rule, word, reason = found[1].lower(), plain(found[2] or ""), found[3] or ""
    if rule not in RULES:
        known = ", ".join(RULES)
        return Remark("", "", f"«{rule}» no es ninguna regla. Hay: {known}.")
    if not re.search(r"\w", reason):
        return Remark("", "", f"«{comment}» no dice la razón. {_FORM}.")
    return _Accepted(rule, word)


def _said(accepted: _Accepted) -> str:
    return " ".join(filter(None, ("accepted:", *accepted)))
