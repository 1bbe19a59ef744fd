"""Say a line in her language (locales/*.po), else in what it falls back to, else in Spanish.

Rule 1: within one line's text languages are never mixed. Missing is missing: she reads Spanish.
Rule 2: what nobody reviewed is shown with a notice, or not at all (`drafts`).
Rule 3: a mistake in one entry costs that entry, a broken file that file; the rest is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Literal

from bot import languages, po
from bot.dialogue.catalogue import Catalogue, DangerPhrase, Language
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Line, Message, Reply, Tier
from bot.fields import danger_faults
from bot.frontmatter import Mistake, Unreadable, read_folder
from bot.languages import SPANISH, Spoken
from bot.proofread import PLACEHOLDER, is_danger, is_list, is_typed, verdict
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
Said = tuple[str, bool]  # text, is it a draft?
Say = Callable[[Line, str], Said]
FOR_HER = ("bot", "content")  # .po files of a language
FOR_STAFF = ("console",)
_PHRASES = {phrase.key: phrase.text for phrase in PHRASES}
_CONSOLE = {phrase.key: phrase.text for phrase in CONSOLE}
_TIERS: Mapping[str, Tier] = {"high": "high", "maybe": "maybe"}
_PICK = Line("button.pick")
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
        self.languages = _offered(spoken, {tag for tag, each in texts.items() if each.said})
        self.console_languages = _offered(spoken, {tag for tag, t in texts.items() if t.console})
        self.typed: Mapping[str, Mapping[str, str]] = {
            tag: each.typed for tag, each in texts.items() if each.typed
        }
        self.fallbacks: Mapping[str, tuple[str, ...]] = {each.tag: each.fallback for each in spoken}
        self._spanish = {**_PHRASES, **_CONSOLE, **(spanish or {})}
        both = {tag: {**each.said, **each.console} for tag, each in texts.items()}
        self._tried = {
            each.tag: [both[tag] for tag in (each.tag, *each.fallback) if tag in both]
            for each in spoken
        }
        self._say = lru_cache(_KEPT)(self._said)
        self._tell = lru_cache(_KEPT)(self._told)

    def say(self, line: Line, language: str) -> Said:
        """(text, is it a draft?). What no file has (any more) is said as ""."""
        return self._say(line, language)

    def say_once(self, line: Line, language: str) -> str:
        """As say, and nothing of it is remembered: its values may name somebody."""
        return self._said_anew(line, language)[0]

    def tell(self, reply: Reply, language: str) -> Message:
        """The whole message, with the notice and the Spanish that a draft needs."""
        if reply.private:
            return self._told(reply, language, self._said_anew)
        return self._tell(reply, language)

    def _said_anew(self, line: Line, language: str) -> Said:
        return self._said(line, language, self._said_anew)

    def _said(self, line: Line, language: str, say: Say | None = None) -> Said:
        say = say or self.say
        language = line.language or language
        if line.key == "=":
            return str(dict(line.values).get("text", "")), False
        values = {
            name: say(value, language) if isinstance(value, Line) else (value, False)
            for name, value in line.values
        }
        draft = any(is_draft for _, is_draft in values.values())
        if line.key == "+":
            return "\n".join(text for text, _ in values.values() if text), draft
        text, is_draft = self._look_up(line.key, language)
        return _filled(text, values), draft or is_draft

    def _look_up(self, key: str, language: str) -> Said:
        for said in self._tried.get(language, ()):
            if key in said:
                return said[key]
        return self._spanish.get(key, ""), False

    def _told(self, reply: Reply, language: str, say: Say | None = None) -> Message:
        """`say` is `self.say`, unless it must not remember what it says."""
        say = say or self.say
        language = reply.language or language
        said = [say(line, language) for line in reply.lines]
        labels = [(choice.id, *self.say(choice.label, language)) for choice in reply.choices]
        texts = [text for text, _ in said if text]
        # In Spanish only the greeting holds other languages; its notice would be about Spanish.
        can_be = language != SPANISH and not reply.unmarked
        draft = can_be and any(each[-1] for each in (*said, *labels))
        if draft:
            texts.append(self.say(Line("draft.notice"), language)[0])
        below = self._spanish_below(reply, texts, language, say) if draft and reply.both else []
        cut = len("\n\n".join([*texts, ""])) if below else 0
        texts += below
        choices = tuple((id, label) for id, label, _ in labels if label)
        pick = self.say(_PICK, language)[0] if choices else ""
        return Message("\n\n".join(texts), choices, language, draft, pick, reply.attachments, cut)

    def _spanish_below(self, reply: Reply, above: list[str], language: str, say: Say) -> list[str]:
        """What is not there in Spanish already, under its heading."""
        shown = set("\n".join(above).split("\n"))
        spanish = [say(_in_spanish(line), SPANISH)[0] for line in reply.lines]
        new = [text for text in dict.fromkeys(spanish) if not shown.issuperset(text.split("\n"))]
        return [self.say(Line("both.spanish"), language)[0], *new] if new else []


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
) -> tuple[Translations, tuple[Mistake, ...], frozenset[str]]:
    """Also the files of which nothing is used. `spanish` and `drafts` as for `load`."""
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
                file = po.read(f"{root}/{path}", files[path])
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
    """Their tier and kind are in the file's name: danger/self-harm-high.md#phrases."""
    for key, text in texts.items():
        if not is_danger(key):
            continue
        path, _, name = key.partition("#")
        kind, _, ending = PurePosixPath(path).stem.rpartition("-")
        tier = _TIERS.get(ending)
        for phrase in text.splitlines():
            words = tuple(phrase.split())
            if tier and words and not any(danger_faults(phrase)):
                yield DangerPhrase(words, tier, kind, language, harmless=name == "except")


def _filled(text: str, values: Mapping[str, Said]) -> str:
    """What has no value stays as it is: nothing that is said may fail."""
    if not values:
        return text
    return PLACEHOLDER.sub(lambda name: values.get(name[1], (name[0], False))[0], text)


def _in_spanish(line: Line) -> Line:
    """The same, whatever language its parts ask for; what would then stand twice stands once."""
    values = [
        (name, _in_spanish(value) if isinstance(value, Line) else value)
        for name, value in line.values
    ]
    if line.key == "+":
        values = list({value: (name, value) for name, value in values}.values())
    return Line(line.key, tuple(values), SPANISH)
