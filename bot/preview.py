"""What she will read of one topic or phrase, as each channel shows it, and what is written where.

For translators, so it says what is wrong in Spanish, the language they translate from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final

from bot.channels.base import Bubble, Limits
from bot.channels.fit import fit, length, shortened
from bot.channels.pieces import without_markup
from bot.channels.telegram_messages import LIMITS as TELEGRAM
from bot.channels.webchat import WebChat
from bot.channels.whatsapp_messages import LIMITS as WHATSAPP
from bot.dialogue.catalogue import Catalogue, Topic
from bot.dialogue.phrases import PHRASES
from bot.dialogue.respond import respond
from bot.dialogue.turn import Choice, Event, Line, Message, Reply, State, say
from bot.frontmatter import Mistake, Unreadable
from bot.languages import SPANISH
from bot.library import Library, Written
from bot.po import Entry
from bot.po_again import Reader
from bot.proofread import is_label, is_list, verdict
from bot.translations import FOR_HER, Translations, po_path

CHANNELS: Final[Mapping[str, Limits]] = {
    "telegram": TELEGRAM,
    "whatsapp": WHATSAPP,
    "webchat": WebChat.limits,
}
_PHRASES: Final = {phrase.key: phrase.text for phrase in PHRASES}
_PHRASES_FILE: Final = "bot/dialogue/phrases.py"
_MANY: Final = 3  # near names that are offered for one that does not exist


class Unknown(Exception):
    """There is no such topic, phrase or language; the text says what there is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One screen on one channel. `cuts`: what she would not see as it is meant there."""

    bubbles: tuple[Bubble, ...]
    cuts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """`name` is what she presses for it, in Spanish. `columns` are by channel; `spanish` is the
    same screen as a woman reads it who chose Spanish, in the web chat."""

    name: str
    columns: Mapping[str, Column]
    spanish: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One text: where it is written, how far it is, what is wrong with it. `text` is what the file
    has, shown or not. `state` is a verdict of bot/proofread.py, or "missing"; of Spanish itself it
    is "spanish"."""

    key: str
    spanish: str
    text: str
    state: str
    place: str
    reviewed: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """`broken`: files that cannot be used as they are now; their last good form is shown."""

    asked: str
    language: str
    screens: tuple[Screen, ...]
    rows: tuple[Row, ...]
    broken: tuple[Mistake, ...] = field(default=())

    @property
    def is_fine(self) -> bool:
        """Would she read all of it, as it is meant?"""
        cuts = (column.cuts for screen in self.screens for column in screen.columns.values())
        return not (self.broken or any(row.faults for row in self.rows) or any(cuts))


class Previewer:
    """Makes previews of what a library serves at the moment. For one thread at a time."""

    def __init__(self, library: Library, limits: Mapping[str, Limits] = CHANNELS) -> None:
        self._library = library
        self._limits = limits
        self._read = Reader().read

    def topics(self, language: str) -> list[tuple[str, str]]:
        """(slug, title) of all that can be asked for by a slug. Raises Unknown."""
        catalogue, speech = self._library.current
        _offered(language, speech)
        return [
            (slug, without_markup(speech.say(say(f"{topic.path}#title"), language)[0]))
            for slug, topic in sorted(catalogue.topics.items())
        ]

    def languages(self) -> list[tuple[str, str]]:
        return [(each.tag, each.name) for each in self._library.current[1].languages]

    def of(self, asked: str, language: str, today: date) -> Preview:
        """Of a topic by its slug, or of one text by its key (msgctxt). Raises Unknown."""
        (catalogue, speech), written = self._library.current, self._library.written
        _offered(language, speech)
        topic = catalogue.topics.get(asked)
        spanish = {**_PHRASES, **written.texts}
        if topic is None and asked not in spanish:
            near = get_close_matches(asked, [*catalogue.topics, *spanish], n=_MANY)
            hint = f" ¿Querías decir {' o '.join(near)}?" if near else ""
            raise Unknown(f'No hay ningún tema ni texto "{asked}".{hint}')
        if topic is not None:
            shown = [*self._screens(topic, catalogue, speech, language, today)]
            keys = [key for key in spanish if key.startswith(f"{topic.path}#")]
        else:
            # What she may type is on no screen.
            alone = dict.fromkeys(self._limits, _alone(asked))
            shown, keys = ([] if is_list(asked) else [(asked, alone)]), [asked]
        screens = tuple(self._screen(name, replies, speech, language) for name, replies in shown)
        rows = tuple(self._rows(keys, spanish, language, written))
        return Preview(asked, language, screens, rows, self._broken(language, written))

    def _screens(
        self,
        topic: Topic,
        catalogue: Catalogue,
        speech: Translations,
        language: str,
        today: date,
    ) -> Iterator[tuple[str, dict[str, Reply]]]:
        """(name, reply by channel) of the topic's pages, the first one first."""
        home = State(language=language, greeted=True)

        def pressed(id: str) -> dict[str, Reply]:
            events = {
                channel: Event("choice", choice=id, channel=channel, today=today)
                for channel in self._limits
            }
            return {
                channel: respond(home, event, catalogue).replies[0]
                for channel, event in events.items()
            }

        first = pressed(f"t:{topic.slug}")
        yield speech.say(say(f"{topic.path}#title"), SPANISH)[0], first
        for choice in next(iter(first.values())).choices:
            if choice.id.startswith(f"t:{topic.slug}:"):
                yield speech.say(choice.label, SPANISH)[0], pressed(choice.id)

    def _screen(
        self, name: str, replies: Mapping[str, Reply], speech: Translations, language: str
    ) -> Screen:
        columns = {
            channel: _column(speech.tell(reply, language), self._limits[channel])
            for channel, reply in replies.items()
        }
        spanish = speech.tell(next(iter(replies.values())), SPANISH)
        return Screen(without_markup(name), columns, fit(spanish, WebChat.limits))

    def _rows(
        self, keys: Sequence[str], spanish: Mapping[str, str], language: str, written: Written
    ) -> Iterator[Row]:
        entries = {} if language == SPANISH else self._entries(language, spanish, written)
        for key in keys:
            text = spanish[key]
            if language == SPANISH:
                path, line = written.where.get(key, (_PHRASES_FILE, 0))
                yield Row(key, text, text, "spanish", f"{path}:{line}" if line else path)
            elif key in entries:
                path, entry = entries[key]
                state, faults = verdict(entry, text)
                state_or_none = state if entry.text else "missing"
                told = (*faults, *_label_cuts(key, entry.text, self._limits))
                place = f"{path}:{entry.line}"
                yield Row(key, text, entry.text, state_or_none, place, entry.reviewed, told)
            else:
                name = "bot" if key in _PHRASES else "content"
                yield Row(key, text, "", "missing", f"{written.root}/{po_path(language, name)}")

    def _entries(
        self, language: str, spanish: Mapping[str, str], written: Written
    ) -> dict[str, tuple[str, Entry]]:
        """By key; of several, the one of today's Spanish."""
        found: dict[str, tuple[str, Entry]] = {}
        for name in FOR_HER:
            path = po_path(language, name)
            whole = f"{written.root}/{path}"
            for entry in self._read_or_none(whole, written.files.get(path)):
                if entry.key not in found or entry.spanish == spanish.get(entry.key):
                    found[entry.key] = whole, entry
        return found

    def _read_or_none(self, path: str, data: bytes | None) -> Sequence[Entry]:
        """A file that was never good is among the broken ones already."""
        try:
            return self._read(path, data).entries
        except Unreadable:
            return ()

    def _broken(self, language: str, written: Written) -> tuple[Mistake, ...]:
        paths = {f"{written.root}/{each}" for each in written.faulty}
        return tuple(each for each in self._library.mistakes if each.path in paths)


def _offered(language: str, speech: Translations) -> None:
    tags = [each.tag for each in speech.languages]
    if language not in tags:
        raise Unknown(f'Todavía no hay textos en "{language}". Hay en {", ".join(tags)}.')


def _alone(key: str) -> Reply:
    """A text by itself: on a button if that is where it stands."""
    line = Line(key)
    if is_label(key):
        return Reply((), (Choice("menu", line),), unmarked=True)
    return Reply((line,), unmarked=True)


def _column(message: Message, limits: Limits) -> Column:
    bubbles = fit(message, limits)
    return Column(bubbles, tuple(_cuts(message, bubbles, limits)))


def _cuts(message: Message, bubbles: Sequence[Bubble], limits: Limits) -> Iterator[str]:
    if message.choices and not any(bubble.buttons for bubble in bubbles):
        yield "los botones no caben: tendría que escribir un número."
        return
    for _, label in message.choices:
        whole = " ".join(without_markup(label).split())
        if shortened(label, limits.label) != whole:
            yield _cut(label, limits.label)
    if limits.pick and length(message.pick) > limits.pick:
        yield _cut(message.pick, limits.pick)


def _cut(label: str, most: int) -> str:
    return (
        f'el botón "{label}" tiene {length(label)} letras y caben {most}: '
        f'ella leería "{shortened(label, most)}".'
    )


def _label_cuts(key: str, text: str, limits: Mapping[str, Limits]) -> Iterator[str]:
    """Of a label that is withheld for its length, what she would read of it."""
    if is_label(key):
        for channel, each in limits.items():
            if length(text) > each.label:
                yield f"{channel}: {_cut(text, each.label)}"
