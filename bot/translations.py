"""Say a line in her language (locales/*.po), else in what it falls back to, else in Spanish.

Rule 1: within one line's text languages are never mixed. Missing is missing: she reads Spanish.
Rule 2: what nobody reviewed is shown with a notice, or not at all (`drafts`).
Rule 3: a mistake in one entry costs that entry, a broken file that file; the rest is shown.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from bot import languages, po
from bot.dialogue.catalogue import Catalogue, DangerPhrase, Language
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Line, Message, Reply, Tier
from bot.fields import danger_faults
from bot.frontmatter import Mistake, Unreadable, read_folder
from bot.languages import SPANISH, Spoken
from bot.proofread import is_danger, is_list, is_typed, verdict
from bot.saying import Said, Words
from bot.web.words import CONSOLE

__all__ = [
    "FOR_HER",
    "Mistake",
    "Translations",
    "build",
    "files_of",
    "in_every_language",
    "load",
    "po_path",
]

Drafts = Literal["show", "hide"]
ReadFile = Callable[[str, bytes | None], po.Po]
FOR_HER = ("bot", "content")  # .po files of a language
FOR_STAFF = ("console",)
_PHRASES = {phrase.key: phrase.text for phrase in PHRASES}
_CONSOLE = {phrase.key: phrase.text for phrase in CONSOLE}
_TIERS: Mapping[str, Tier] = {"high": "high", "maybe": "maybe"}
_KEPT = 4096  # lines and replies whose text is kept: there are some hundreds


@dataclass(slots=True)
class Texts:
    """What one language has: `said` can be shown, `console` to staff, `typed` is what a woman may
    type."""

    said: dict[str, Said] = field(default_factory=dict)
    console: dict[str, Said] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


class Translations:
    """Everything that can be said, in every language. Never changes.

    `languages` are those a woman can choose, Spanish first; `console_languages` those of staff.
    `typed` also holds languages that are not offered: a cry for help counts before anybody has
    reviewed a word.
    """

    def __init__(
        self,
        spoken: Iterable[Spoken] = (Spoken(SPANISH, "Español"),),
        texts: Mapping[str, Texts] | None = None,
        spanish: Mapping[str, str] | None = None,
    ) -> None:
        texts = texts or {}
        spoken = tuple(spoken)
        self._made_of = spoken, texts, spanish
        self.languages = _offered(spoken, {tag for tag, each in texts.items() if each.said})
        self.console_languages = _offered(spoken, {tag for tag, t in texts.items() if t.console})
        self.typed: Mapping[str, Mapping[str, str]] = {
            tag: each.typed for tag, each in texts.items() if each.typed
        }
        self.fallbacks: Mapping[str, tuple[str, ...]] = {each.tag: each.fallback for each in spoken}
        both = {tag: {**each.said, **each.console} for tag, each in texts.items()}
        tried = {
            each.tag: [both[tag] for tag in (each.tag, *each.fallback) if tag in both]
            for each in spoken
        }
        self._words = Words({**_PHRASES, **_CONSOLE, **(spanish or {})}, tried)
        self._say = lru_cache(_KEPT)(self._words.said)
        self._tell = lru_cache(_KEPT)(partial(self._words.told, self._say))

    def __reduce__(self) -> tuple[Any, ...]:
        """What it remembers having said is not kept with it."""
        return Translations, self._made_of

    def reads(self, written: Collection[str]) -> dict[str, str]:
        """Her language -> the one of these that she reads, where there is one."""
        found = {
            tag: next((each for each in (tag, *others) if each in written), "")
            for tag, others in self.fallbacks.items()
        }
        return {hers: text for hers, text in found.items() if text}

    def say(self, line: Line, language: str) -> Said:
        """(text, is it a draft?). What no file has (any more) is said as ""."""
        return self._say(line, language)

    def say_once(self, line: Line, language: str) -> str:
        """As say, and nothing of it is remembered: its values may name somebody."""
        return self._words.said(line, language)[0]

    def tell(self, reply: Reply, language: str) -> Message:
        """The whole message, with the notice and the Spanish that a draft needs."""
        if reply.private:
            return self._words.told(self._words.said, reply, language)
        return self._tell(reply, language)


def load(
    locales_dir: Path, spanish: Mapping[str, str], *, drafts: Drafts
) -> tuple[Translations, tuple[Mistake, ...]]:
    """`spanish` is the content's texts. Never raises for what the files say."""
    translations, mistakes, _ = build(read(locales_dir), spanish, drafts, locales_dir.name)
    return translations, mistakes


def read(locales_dir: Path) -> dict[str, bytes | None]:
    """All files that count, by their path inside locales/; None = cannot be read."""
    return read_folder(locales_dir, languages.NAME, "*/LC_MESSAGES/*.po")


def build(
    files: Mapping[str, bytes | None],
    spanish: Mapping[str, str],
    drafts: Drafts,
    root: str = "locales",
    read_file: ReadFile = po.read,
) -> tuple[Translations, tuple[Mistake, ...], frozenset[str]]:
    """Also the files of which nothing is used. `spanish` and `drafts` as for `load`; `read_file`
    is `po.read`, or what is quicker about files it has read before."""
    spoken, faults = languages.read(files, root)
    unused = {languages.NAME} if faults else set()
    mistakes = [*faults, *_unknown_files(files, spoken, root)]
    texts: dict[str, Texts] = {}
    for each in spoken:
        for name in files_of(each):
            path = po_path(each.tag, name)
            if path not in files:
                continue
            try:
                file = read_file(f"{root}/{path}", files[path])
            except Unreadable as error:
                mistakes.append(error.mistake)
                unused.add(path)
                continue
            taken = texts.setdefault(each.tag, Texts())
            mistakes += file.mistakes
            if name == "console":
                mistakes += _take_for_staff(taken, file)
            else:
                source = _PHRASES if name == "bot" else spanish
                mistakes += _take(taken, file, source, drafts)
    found = Translations(spoken, texts, spanish)
    return found, tuple(sorted(set(mistakes))), frozenset(unused)


def in_every_language(catalogue: Catalogue, translations: Translations) -> Catalogue:
    """The catalogue with what a woman may say in the other languages."""
    offered = {each.tag for each in translations.languages}
    danger = chain.from_iterable(
        _danger_phrases(texts, tag if tag in offered else SPANISH)
        for tag, texts in translations.typed.items()
    )
    return replace(
        catalogue,
        languages=translations.languages,
        typed={tag: texts for tag, texts in translations.typed.items() if tag in offered},
        danger=(*catalogue.danger, *danger),
    )


def files_of(language: Spoken) -> tuple[str, ...]:
    """The .po files it may have. Spanish is the source and has none."""
    if language.tag == SPANISH:
        return ()
    return FOR_STAFF if language.only == "console" else (*FOR_HER, *FOR_STAFF)


def po_path(tag: str, name: str) -> str:
    return f"{tag}/LC_MESSAGES/{name}.po"


def _take(
    texts: Texts, file: po.Po, source: Mapping[str, str], drafts: Drafts
) -> Iterator[Mistake]:
    """Put each entry where it may be used; yield what is wrong with it."""
    for entry in file.entries:
        spanish = source.get(entry.key)
        found, faults = verdict(entry, spanish)
        yield from (Mistake(file.path, entry.line, f'"{entry.key}": {fault}') for fault in faults)
        good = found in ("reviewed", "draft")
        if is_typed(entry.key):
            # An old list still tells how women ask or cry for help. An old list of exceptions, or
            # of commands, could do harm.
            old = found == "stale" and spanish is not None and entry.key.endswith("#phrases")
            if (good or old) and entry.text:
                texts.typed.setdefault(entry.key, entry.text)
        if good and not is_list(entry.key) and (found == "reviewed" or drafts == "show"):
            texts.said.setdefault(entry.key, (entry.text, found == "draft"))


def _offered(spoken: Iterable[Spoken], there: Set[str]) -> tuple[Language, ...]:
    has = (each for each in spoken if each.tag == SPANISH or each.tag in there)
    return tuple(Language(each.tag, each.name, each.fallback) for each in has)


def _take_for_staff(texts: Texts, file: po.Po) -> Iterator[Mistake]:
    """Drafts too, whatever women are shown: staff can ask a colleague."""
    for entry in file.entries:
        found, faults = verdict(entry, _CONSOLE.get(entry.key))
        yield from (Mistake(file.path, entry.line, f'"{entry.key}": {fault}') for fault in faults)
        if found in ("reviewed", "draft"):
            texts.console.setdefault(entry.key, (entry.text, found == "draft"))


def _unknown_files(
    files: Mapping[str, bytes | None], spoken: Iterable[Spoken], root: str
) -> Iterator[Mistake]:
    known = {po_path(each.tag, name) for each in spoken for name in files_of(each)}
    for path in files:
        if path != languages.NAME and path not in known:
            fault = f"is not used. A language is listed in {languages.NAME} and has bot.po,"
            yield Mistake(f"{root}/{path}", 1, f"{fault} content.po and console.po.")


def _danger_phrases(texts: Mapping[str, str], language: str) -> Iterator[DangerPhrase]:
    for key, text in texts.items():
        if is_danger(key):
            yield from _dangers(key, text, language)


@lru_cache(_KEPT)
def _dangers(key: str, text: str, language: str) -> tuple[DangerPhrase, ...]:
    """Their tier and kind are in the file's name: danger/self-harm-high.md#phrases."""
    path, _, name = key.partition("#")
    kind, _, ending = PurePosixPath(path).stem.rpartition("-")
    tier = _TIERS.get(ending)
    found = [tuple(each.split()) for each in text.splitlines() if not any(danger_faults(each))]
    return tuple(
        DangerPhrase(words, tier, kind, language, harmless=name == "except")
        for words in found
        if tier and words
    )
