"""What she would not see as it is meant on some channel: labels cut short, screens without buttons.

It walks through everything the dialogue can show, in every language, and fits it as each channel
does. A long text is none of its business: it becomes two messages, and nothing is lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from bot import content, translations
from bot.channels.base import Limits
from bot.channels.fit import fit, length, shortened
from bot.channels.telegram import Telegram
from bot.channels.terminal import Terminal
from bot.channels.webchat import WebChat
from bot.channels.whatsapp_messages import LIMITS as WHATSAPP
from bot.content import Content
from bot.coverage import entries
from bot.dialogue import editions, phrases, safety
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.enrolment import SignUp, Step
from bot.dialogue.phrases import PHRASES
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event, Line, Message, Reply, State
from bot.fields import KINDS
from bot.frontmatter import Mistake
from bot.languages import SPANISH
from bot.proofread import is_label
from bot.translations import Translations, in_every_language

CHANNELS: Final[Mapping[str, Limits]] = {
    "telegram": Telegram.limits,
    "whatsapp": WHATSAPP,
    "webchat": WebChat.limits,
    "terminal": Terminal.limits,
}
PICK: Final = "button.pick"
_PHRASES_FILE: Final = "bot/dialogue/phrases.py"
_DOORS: Final = (
    "menu", "help", "hide", "know", "lang", "not-danger", "back", "see", "thanks", "join", "mine",
)  # fmt: skip
_QUESTIONS: Final[tuple[Step, ...]] = ("consent", "name", "region", "organization", "review")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a button, in one language, and where it was written."""

    key: str
    text: str
    language: str
    path: str
    line: int


def check(
    content_dir: Path,
    locales_dir: Path,
    today: date,
    told: Iterable[Mistake] = (),
    limits: Mapping[str, Limits] = CHANNELS,
) -> list[Mistake]:
    """What stands where a mistake was `told` already is left out: it is withheld, cut nowhere."""
    loaded = content.load(content_dir, today)
    files = translations.read(locales_dir)
    root = locales_dir.name
    spoken, _, _ = translations.build(files, loaded.texts, "show", root)
    labels = list(labels_of(loaded, files, root))
    found = {*label_cuts(labels, limits), *screen_cuts(loaded, spoken, limits, today)}
    places = {(each.path, each.line) for each in told}
    return sorted(each for each in found if (each.path, each.line) not in places)


def labels_of(loaded: Content, files: Mapping[str, bytes | None], root: str) -> Iterator[Label]:
    """Also those that are withheld: they are to be mended, too."""
    spanish = {**{phrase.key: phrase.text for phrase in PHRASES}, **loaded.texts}
    for key, text in spanish.items():
        if is_label(key) or key == PICK:
            yield Label(key, text, SPANISH, *_place(key, loaded))
    for tag, path, entry in entries(files, root):
        is_of_today = not entry.fuzzy and entry.spanish == spanish.get(entry.key)
        if is_of_today and (is_label(entry.key) or entry.key == PICK):
            yield Label(entry.key, entry.text, tag, path, entry.line)


def label_cuts(labels: Iterable[Label], limits: Mapping[str, Limits]) -> Iterator[Mistake]:
    for label in labels:
        for channel, fits in limits.items():
            most = fits.pick if label.key == PICK else fits.label
            if most and length(label.text) > most:
                fault = (
                    f'"{label.key}" has {length(label.text)} letters. In {label.language} on '
                    f'{channel} she reads "{shortened(label.text, most)}". '
                    f"Make it {most} or fewer."
                )
                yield Mistake(label.path, label.line, fault)


def screen_cuts(
    loaded: Content, spoken: Translations, limits: Mapping[str, Limits], today: date
) -> Iterator[Mistake]:
    """Screens that lose their buttons on a channel that has some."""
    catalogue = in_every_language(loaded.catalogue, spoken)
    for channel, fits in limits.items():
        if not fits.choices:
            continue
        for language in spoken.languages:
            for name, reply in screens(catalogue, language.tag, channel, today):
                message = spoken.tell(reply, language.tag)
                if message.choices and not _has_buttons(message, fits):
                    fault = _lost(message, fits, f"In {language.tag} on {channel}", name)
                    yield Mistake(*_place(_first_key(reply), loaded), fault)


def screens(
    catalogue: Catalogue, language: str, channel: str, today: date
) -> Iterator[tuple[str, Reply]]:
    """Everything she can be shown, by what she presses for it. A page in another language than
    hers is left out: it has the buttons it has for a woman of that language."""

    def press(id: str) -> Event:
        return Event("choice", choice=id, channel=channel, today=today)

    todo = list(_DOORS)
    for kind in KINDS:
        reply = safety.danger(kind, channel, catalogue, today)
        yield f"danger: {kind}", reply
        todo += [choice.id for choice in reply.choices]
    for reply in respond(State(language=language), press(""), catalogue).replies:
        yield "first message", reply
    home = State(language=language, greeted=True)
    seen = set[str]()
    for edition in editions.open_ones(catalogue, today):
        for step in _QUESTIONS:
            asked = SignUp(edition.slug, step, "1", "x", "15")
            for reply in respond(replace(home, signup=asked), press("sign:"), catalogue).replies:
                yield f"sign-up: {step}", reply
    while todo:
        id = todo.pop()
        if id in seen or "@" in id:
            continue
        seen.add(id)
        for reply in respond(home, press(id), catalogue).replies:
            yield id, reply
            todo += [choice.id for choice in reply.choices]


def _has_buttons(message: Message, fits: Limits) -> bool:
    # Whatever stands above them: cutting long texts is most of the work, and changes nothing here.
    return any(bubble.buttons for bubble in fit(Message("", message.choices), fits))


def _lost(message: Message, fits: Limits, where: str, name: str) -> str:
    count = len({id for id, _ in message.choices}) if fits.once else len(message.choices)
    if count > fits.choices:
        why = f"has {count} buttons, {fits.choices} can be shown. Make them fewer"
    else:
        labels = [shortened(label, fits.label) for _, label in message.choices]
        twice = next(label for label in labels if labels.count(label) > 1)
        why = f'has two buttons that say "{twice}". Give them other words'
    return f'{where} the screen "{name}" {why}: she would have to type a number.'


def _place(key: str, loaded: Content) -> tuple[str, int]:
    return loaded.where.get(key) or (_PHRASES_FILE, _phrase_lines().get(key, 1))


@cache
def _phrase_lines() -> Mapping[str, int]:
    """Key -> where it stands in the file of phrases."""
    lines = Path(phrases.__file__).read_text("utf-8").split("\n")
    keys = {f'"{phrase.key}",': phrase.key for phrase in PHRASES}
    return {
        key: number
        for number, line in reversed([*enumerate(lines, 1)])
        for quoted, key in keys.items()
        if quoted in line
    }


def _first_key(reply: Reply) -> str:
    """Of what the screen is about: its title says it, or its first words, or its first button."""
    lines = (*reply.lines, *(choice.label for choice in reply.choices))
    keys = [key for line in lines for key in _keys(line)]
    return next((key for key in keys if "#" in key), keys[0])


def _keys(line: Line) -> Iterator[str]:
    yield line.key
    for _, value in line.values:
        if isinstance(value, Line):
            yield from _keys(value)
