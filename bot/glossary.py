"""The words translators agreed on (locales/glossary.csv), and whether a translation uses them.

One row a term: how Spanish says it, the word agreed on in each language, where that word was seen
or "proposed", and what not to say in its place. `*` ends any word, as in the danger phrases.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.acceptance import Remark
from bot.frontmatter import Mistake, Unreadable
from bot.table import Row, read_table
from bot.words import plain

NAME = "glossary.csv"
PROPOSED = "proposed"
ALWAYS = "always"
_NEEDED = ("es", "source", "use", "forbidden", "note")
_SEVERAL = ";"
_SHORTEST = 4  # letters of a verb whose -y may give way to other endings: "riy" would be "ri"


@dataclass(frozen=True, slots=True)
class Term:
    """`always`: where the Spanish has the term, the translation has to have an agreed word."""

    line: int
    es: tuple[str, ...]
    agreed: Mapping[str, tuple[str, ...]]  # language -> words, the best first
    forbidden: tuple[str, ...]
    always: bool
    spanish: re.Pattern[str]
    begins: tuple[str, ...]  # of the Spanish: without any of these no text has the term

    @property
    def name(self) -> str:
        return self.es[0].rstrip("*")

    def stands_in(self, said: str) -> bool:
        """`said` is plain Spanish."""
        # Looking for the letters first is ten times faster than for the words at once.
        return any(each in said for each in self.begins) and bool(self.spanish.search(said))


@dataclass(frozen=True, slots=True)
class Glossary:
    terms: tuple[Term, ...] = ()

    def loans(self) -> Iterator[str]:
        """Everything agreed on: some of it is Spanish that our own Spanish texts do not use."""
        for term in self.terms:
            for words in term.agreed.values():
                yield from words

    def remarks(self, spanish: str, text: str, tags: Collection[str]) -> Iterator[Remark]:
        """`tags`: the language of the text, then what it falls back to."""
        said, translated = plain(spanish), plain(text)
        terms = [term for term in self.terms if term.stands_in(said)]
        fine = {word for term in terms for word in _first(term, tags)}
        for term in terms:
            agreed = _first(term, tags)
            if not agreed:
                continue
            named = "», «".join(agreed)
            for word in term.forbidden:
                if word not in fine and pattern(word).search(translated):
                    what = f"no lo usamos para «{term.name}». Di «{named}» ({NAME}:{term.line})."
                    yield Remark("forbidden", word, f"«{word}»: {what}")
            if term.always and not any(pattern(word).search(translated) for word in agreed):
                what = f"para «{term.name}» acordamos «{named}» ({NAME}:{term.line}), y no está."
                yield Remark("glossary", term.name, what)


def read(
    files: Mapping[str, bytes | None], root: str, tags: Iterable[str]
) -> tuple[Glossary, tuple[Mistake, ...]]:
    """A glossary is no must: without one nothing is agreed. `tags` are the languages' columns."""
    if NAME not in files:
        return Glossary(), ()
    tags = tuple(tags)
    try:
        rows, mistakes = read_table(f"{root}/{NAME}", files[NAME], _NEEDED, tags)
    except Unreadable as error:
        return Glossary(), (error.mistake,)
    faults = [*mistakes, *(fault for row in rows for fault in _faults(row, tags)), *_twice(rows)]
    return Glossary(tuple(_term(row, tags) for row in rows)), tuple(faults)


@lru_cache(maxsize=1024)
def pattern(word: str) -> re.Pattern[str]:
    """How a word agreed on is found, whatever endings follow it. Of "maqay" the y may go."""
    parts = (part.rstrip("*") for part in plain(word).split())
    stems = [re.escape(_stem(part)) + r"[\w']*" for part in parts]
    return re.compile(r"\b" + r"\W+".join(stems))


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("y") and len(word) >= _SHORTEST else word


def _spanish(es: Iterable[str]) -> re.Pattern[str]:
    """Whole words, in the plural too."""
    ways = []
    for way in es:
        parts = plain(way).split()
        found = (
            re.escape(p[:-1]) + r"\w*" if p.endswith("*") else re.escape(p) + "(?:e?s)?"
            for p in parts
        )
        ways.append(r"\W+".join(found))
    return re.compile(rf"\b(?:{'|'.join(ways) or '(?!)'})(?!\w)")


def _term(row: Row, tags: Iterable[str]) -> Term:
    es = _several(row.values["es"])
    return Term(
        line=row.line,
        es=es or ("",),
        agreed={tag: _several(row.values[tag]) for tag in tags if row.values[tag]},
        forbidden=_several(row.values["forbidden"]),
        always=row.values["use"] == ALWAYS,
        spanish=_spanish(es),
        begins=tuple(plain(way).split()[0].rstrip("*") for way in es),
    )


def _first(term: Term, tags: Iterable[str]) -> tuple[str, ...]:
    return next((term.agreed[tag] for tag in tags if tag in term.agreed), ())


def _several(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split(_SEVERAL) if each.strip())


def _faults(row: Row, tags: Iterable[str]) -> Iterator[Mistake]:
    if not row.values["es"]:
        yield row.fault("es", "falta la palabra en castellano.")
    agreed = {word for tag in tags for word in _several(row.values[tag])}
    if not agreed:
        yield row.fault("es", "ninguna lengua tiene palabra. Escribe una o borra la fila.")
    if not row.values["source"]:
        yield row.fault("source", f"di dónde se vio la palabra, o «{PROPOSED}» si nadie la vio.")
    if row.values["use"] not in ("", ALWAYS):
        yield row.fault("use", f"escribe «{ALWAYS}» (siempre hay que usarla) o nada.")
    for word in sorted(agreed.intersection(_several(row.values["forbidden"]))):
        yield row.fault("forbidden", f"«{word}» es también la palabra acordada.")


def _twice(rows: Iterable[Row]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for row in rows:
        for es in _several(row.values["es"]):
            before = first.setdefault(plain(es), row.line)
            if before != row.line:
                yield row.fault("es", f"«{es}» ya está en la línea {before}. Deja una sola.")
