"""Keep content, translations and services as fresh as the files, and no file worse than it was.

Whoever edits a file saves it half done sooner or later. Then its last good form goes on being
served, the other files go on changing, and the mistake is told with its file and line.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Final

from bot import content, directory, recordings, translations
from bot.content import Content
from bot.dialogue.catalogue import Catalogue, Service
from bot.dialogue.moment import made_ready
from bot.dialogue.places import Gazetteer
from bot.dialogue.search import adopt, prepare
from bot.frontmatter import Mistake
from bot.giving_way import Rests, giving_way, without_rest
from bot.kept import Kept, Thing
from bot.po_again import Reader
from bot.translations import Drafts, Translations, in_every_language

Files = Mapping[str, bytes | None]
Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The files behind what is served. `texts`: key -> Spanish, `where`: key -> its file and line;
    `files` of `root` (locales/) as they are used; of `faulty` ones that is their last good form, if
    they had one."""

    texts: Mapping[str, str]
    where: Mapping[str, tuple[str, int]]
    files: Files
    root: str
    faulty: frozenset[str]


Understood = tuple[Any, ...]
NO_CONTENT: Final = Content(Catalogue(), {}, (), {})


class Library:
    """What the dialogue talks about and in which words. `current` is replaced whole, never changed.
    `calendar_at` is where others find the calendar files, or "". Of recordings those in
    `recordings_dir` go before those in `locales_dir`.

    `edition` is another number whenever `current` or `mistakes` may be others. `refresh` is for
    one thread at a time; everything else for any.
    """

    def __init__(
        self,
        content_dir: Path,
        locales_dir: Path,
        drafts: Drafts,
        today: Callable[[], date],
        services_file: Path | None = None,
        *,
        calendar_at: str = "",
        recordings_dir: Path | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._content_dir = content_dir
        self._locales_dir = locales_dir
        self._drafts = drafts
        self._today = today
        self._services_file = services_file
        self._calendar_at = calendar_at
        self._recordings_dirs = (*filter(None, (recordings_dir,)), locales_dir)
        self._kept = kept or Kept()
        self._loading = Lock()
        self._read = Reader().read
        self._good_content: Files = {}
        self._good_locales: Files = {}
        self._unused: frozenset[str] = frozenset()
        self.edition = 0
        self._good_services: bytes | None = None
        self._seen: tuple[Stamp, date] | None = None  # of content and services
        self._seen_locales: Stamp = ()
        self._content = NO_CONTENT
        self._loaded: tuple[Files, date, tuple[Mistake, ...]] | None = None
        self._understood: Understood = ()
        self._followed: Translations | None = None  # what `_understood` was worked out from
        self._current = (Catalogue(), Translations())
        self._mistakes: tuple[Mistake, ...] = ()
        self._misspelt: tuple[Mistake, ...] = ()
        self._unheard: tuple[Mistake, ...] = ()
        self.refresh()

    @property
    def current(self) -> tuple[Catalogue, Translations]:
        return self._current

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Of the files as they are, whatever is served."""
        return (*self._mistakes, *self._misspelt, *self._unheard)

    @property
    def written(self) -> Written:
        content, root = self._content, self._locales_dir.name
        return Written(content.texts, content.where, self._good_locales, root, self._unused)

    def refresh(self) -> bool:
        """Load anew if a file or the day changed. True: `current` or `mistakes` may be others.

        The day counts, since a contact's number is given only so long after it was checked.
        """
        seen = self._stamps(), self._today()
        if seen == self._seen:
            reworded = self.reword()
            return self._understand() or reworded
        with self._loading, giving_way():
            self._load_all(*seen)
        return True

    def reword(self) -> bool:
        """If only translations were saved, serve what she reads of them: a tenth of a second. What
        she may type takes longer to be understood, and follows with `refresh`, as does what she can
        listen to.

        May be called while another thread is in `refresh`."""
        with self._loading:
            locales = tuple(_stamp(self._locales_dir))
            if locales == self._seen_locales or (self._stamps(), self._today()) != self._seen:
                return False
            with giving_way():
                speech, self._misspelt = self._load_translations()
            self._current = (self._current[0], speech)
            self._seen_locales = locales
            self.edition += 1
        return True

    def _load_all(self, stamps: Stamp, day: date) -> None:
        locales = tuple(_stamp(self._locales_dir))
        self._content, mistakes = self._load_content(day)
        speech, self._misspelt = self._load_translations()
        services, wrong = self._load_services(self._content.catalogue.places, day)
        self._spanish = replace(
            self._content.catalogue, services=services, calendar_at=self._calendar_at
        )
        catalogue = self._with_sounds(speech)
        made_from = {**self._good_content, **self._good_locales}
        index = self._made("index", made_from, lambda: prepare(catalogue, self._rest()), day)
        adopt(catalogue, index)
        self._current = (made_ready(catalogue, self._rest()), speech)
        self._understood, self._followed = _understood(catalogue), speech
        self._mistakes = (*mistakes, *wrong)
        self._seen, self._seen_locales = (stamps, day), locales
        self.edition += 1

    def _understand(self) -> bool:
        """Serve what she may type, and what she can listen to, as the translations have it now.
        False: it is the same."""
        speech = self._current[1]
        if speech is self._followed:
            return False
        catalogue = self._with_sounds(speech)
        self._followed = speech
        if _understood(catalogue) == self._understood:
            return False
        with giving_way():
            made_ready(catalogue, self._rest())
        with self._loading:  # others have been reworded meanwhile, perhaps
            self._current = (catalogue, self._current[1])
            self._understood = _understood(catalogue)
            self.edition += 1
        return True

    def _rest(self) -> Callable[[], None]:
        return Rests() if self._seen else without_rest

    def _stamps(self) -> Stamp:
        there = [entry for folder in self._recordings_dirs[:-1] for entry in _stamp(folder)]
        return (*_stamp(self._content_dir), *there, *_file_stamp(self._services_file))

    def _load_content(self, day: date) -> tuple[Content, tuple[Mistake, ...]]:
        root = self._content_dir.name
        # An empty folder is a disk that is not there, not a decision to be silent.
        files = content.read(self._content_dir) or self._good_content
        if self._loaded and self._loaded[:2] == (files, day):
            return self._content, self._loaded[2]
        found = self._made("content", files, lambda: content.build(files, day, root), day)
        self._good_content = mended = _mended(files, self._good_content, found.faulty)
        served = found if mended == files else content.build(mended, day, root)
        self._loaded = files, day, found.mistakes
        return served, found.mistakes

    def _load_translations(self) -> tuple[Translations, tuple[Mistake, ...]]:
        about = self._content.texts, self._drafts, self._locales_dir.name, self._read
        files = translations.read(self._locales_dir) or self._good_locales
        made_from = {**self._good_content, **files}
        found, mistakes, self._unused = self._made(
            "words", made_from, lambda: translations.build(files, *about)
        )
        self._good_locales = mended = _mended(files, self._good_locales, self._unused)
        if mended != files:
            found, _, _ = translations.build(mended, *about)
        return found, mistakes

    def _made(self, kind: str, files: Files, make: Callable[[], Thing], *others: object) -> Thing:
        """Only at the start: later the little that changed is made anew, and others have to be
        given way."""
        return make() if self._seen else self._kept.made(kind, self._of(files, *others), make)

    def _of(self, files: Files, *others: object) -> Iterator[bytes]:
        """All that a thing is made from."""
        yield repr((self._drafts, self._content_dir.name, self._locales_dir.name, others)).encode()
        for path, data in sorted(files.items()):
            yield path.encode()
            yield repr(data).encode() if data is None else data

    def _with_sounds(self, speech: Translations) -> Catalogue:
        """Text and recording are compared each time either changes: an old one is not offered."""
        catalogue = in_every_language(self._spanish, speech)
        read = [recordings.read(folder) for folder in self._recordings_dirs]
        words = recordings.spoken(catalogue, speech)
        sounds = recordings.offered([kept for kept, _ in read], words, speech)
        self._unheard = tuple(fault for _, faults in read for fault in faults)
        return replace(catalogue, spoken=words, sounds=sounds)

    def _load_services(
        self, places: Gazetteer, day: date
    ) -> tuple[tuple[Service, ...], tuple[Mistake, ...]]:
        """A file with a mistake is not served while a good one was: rows belong together. At the
        start there was none, and the rows that are right are better than nothing."""
        file = self._services_file
        data = directory.read(file) if file else None
        if file is None or data == b"":
            return (), ()
        path = f"{file.parent.name}/{file.name}"
        found = directory.build(path, data, places, day)
        mistakes = (*found.mistakes, *directory.overdue(path, found, day))
        if not found.mistakes:
            self._good_services = data
        elif self._good_services is not None:
            found = directory.build(path, self._good_services, places, day)
        return found.services, mistakes


def _understood(catalogue: Catalogue) -> Understood:
    """What of a catalogue depends on the translations."""
    return catalogue.languages, catalogue.typed, catalogue.spoken, catalogue.sounds


def _mended(files: Files, good: Files, faulty: Set[str]) -> Files:
    """The files, the faulty ones as they were when they were good."""
    return {**files, **{path: good[path] for path in faulty if path in good}}


def _file_stamp(file: Path | None) -> Iterator[tuple[str, int, int, int]]:
    try:
        stat = file.stat() if file else None
    except OSError:
        return
    if stat is not None:
        yield str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino


def _stamp(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """What is sure to change when a file does; reads none."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamp(Path(entry.path))
            else:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size, stat.st_ino
        except OSError:
            continue  # deleted between the two looks
