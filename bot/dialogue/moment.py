"""What a rule sees: her event with what can be said about it before any rule is asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.dialogue import daytime
from bot.dialogue.catalogue import SPANISH, Catalogue
from bot.dialogue.danger import NONE, Danger, assess
from bot.dialogue.enrolment import SignUp
from bot.dialogue.phrases import PHRASES
from bot.dialogue.search import Found, is_sure, prepare, search
from bot.dialogue.turn import Event, State
from bot.dialogue.unfinished import Joining, Unfinished
from bot.dialogue.words import fold, sound

NO_SUCH_NUMBER = "number"  # stands for no button: what she typed counts none of her screen
_SPANISH = {phrase.key: phrase.text for phrase in PHRASES if phrase.key.startswith("typed.")}
_NUMBER = re.compile(r"(?:(?:la|el|opcion|numero|num|nro) )?(\d{1,2})(?: por favor)?")
COMMANDS = {  # phrase with what she may type -> the choice it stands for
    "typed.menu": "menu",
    "typed.more": "more",
    "typed.back": "back",
    "typed.help": "help",
    "typed.exit": "exit",
    "typed.hide": "hide",
    "typed.forget": "forget",
    "typed.know": "know",
    "typed.language": "lang",
    "typed.steps": "steps",
    "typed.law": "law",
    "typed.who": "who",
    "typed.src": "src",
    "typed.rel": "rel",
    "typed.hear": "hear",
    "typed.thanks": "thanks",
    "typed.near": "near",
    "typed.join": "join",
    "typed.mine": "mine",
    "typed.quit": "quit",
    "typed.dates": "dates",
    "typed.news": "news",
    "typed.stop": "stop",
    "typed.stop.messages": "stop",
    "typed.who-sends": "who-sends",
}
_ANSWERS = (  # words that a guided screen asks for
    "typed.yes", "typed.no", "typed.skip", "typed.hours.any", "typed.hours.morning",
    "typed.hours.afternoon", "typed.hours.evening",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """`choice` is the button she pressed, or what her number or word stands for, or "".

    `language` is the one to answer in: hers, or the best guess for a woman who is new.
    `found` is what search made of her words, best first. `asked` is what her last screen asked
    for, `signup` and `unfinished` what she was answering; her `state` holds them no more: whoever
    goes on with one says so.
    """

    state: State
    event: Event
    catalogue: Catalogue
    choice: str
    language: str
    danger: Danger
    found: tuple[Found, ...]
    asked: str = ""
    signup: SignUp | None = None
    unfinished: Unfinished | None = None

    @property
    def is_sure(self) -> bool:
        return is_sure(list(self.found))

    @property
    def is_one_of_our_words(self) -> bool:
        """Words she was asked for: what is learned takes "sí" and "no" for danger, too."""
        joining = self.unfinished if isinstance(self.unfinished, Joining) else None
        if not (self.signup or joining):
            return False
        is_asked_when = joining is not None and joining.step == "hours"
        is_time = is_asked_when and daytime.meant(self.event.text) is not None
        return is_time or any(map(self.says, _ANSWERS))

    def says(self, key: str) -> bool:
        """Did she type one of the words that stand under this phrase, in any language?"""
        if self.event.kind != "text":
            return False
        return fold(self.event.text) in typed_words(key, self.catalogue)


def typed_words(key: str, catalogue: Catalogue) -> frozenset[str]:
    """The words that stand under this phrase, in any language, folded."""
    return _all_words(catalogue)[key]


@lru_cache(maxsize=4)
def _all_words(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Of every phrase that is asked for: some are, with each message."""
    languages = (_SPANISH, *catalogue.typed.values())
    return {
        key: frozenset(fold(word) for each in languages for word in each.get(key, "").splitlines())
        for key in _SPANISH
    }


def look(state: State, event: Event, catalogue: Catalogue) -> Moment:
    """Everything that is worth knowing before the first rule is asked."""
    if event.kind == "choice":
        choice, written_in, danger, found = event.choice, "", NONE, []
    elif event.kind == "text":
        choice, written_in = _meant(event.text, state, catalogue)
        # What stands for a button says what the button says, and no more.
        danger = NONE if choice else assess(event.text, catalogue)
        # A command asks for no topic; the label of one does.
        is_command = bool(choice) and ":" not in choice
        found = [] if is_command else search(event.text, catalogue)
    else:
        choice, written_in, danger, found = "", "", NONE, []
    if not written_in and is_sure(found):
        written_in = found[0].language
    language = state.language or _guess(event, danger.language or written_in, catalogue)
    is_asked = state.asked or state.signup or state.unfinished
    open_state = replace(state, asked="", signup=None, unfinished=None) if is_asked else state
    moment = Moment(
        open_state,
        event,
        catalogue,
        choice,
        language,
        danger,
        tuple(found),
        state.asked,
        state.signup,
        state.unfinished,
    )
    if danger.tier == "maybe" and moment.is_one_of_our_words:
        return replace(moment, danger=NONE)
    return moment


def made_ready(catalogue: Catalogue, rest: Callable[[], None] = lambda: None) -> Catalogue:
    """The same, with its indexes built: else the first woman would wait for them, and all others
    with her. `rest` is as for `search.prepare`."""
    prepare(catalogue, rest)
    look(State(), Event("text", text="comisaria en jauja"), catalogue)
    return catalogue


def offered(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(language.tag for language in catalogue.languages)


def _meant(text: str, state: State, catalogue: Catalogue) -> tuple[str, str]:
    """(choice, language it is written in) of a number or of words that stand for a button."""
    words = fold(text)
    number = _NUMBER.fullmatch(words)
    if number:
        at = int(number[1]) - 1
        return (state.choices[at] if 0 <= at < len(state.choices) else NO_SUCH_NUMBER), ""
    return _typed(catalogue).get(words) or _stopping(words, catalogue)


def _stopping(words: str, catalogue: Catalogue) -> tuple[str, str]:
    """Her no to announcements, also with words around it that say nothing more ("hola, por favor
    ya no más avisos"). Never as a part of a sentence: "no puedo parar de llorar" is none."""
    around, stops = _stops(catalogue)
    tag = stops.get(sound(_without(around, words)), "")
    return ("stop" if tag else ""), tag


@lru_cache(maxsize=4)
def _stops(catalogue: Catalogue) -> tuple[frozenset[str], dict[str, str]]:
    """(words that say nothing, how it sounds that means no -> its language)."""
    spoken = {**catalogue.typed, SPANISH: _SPANISH}
    texts = [texts.get("typed.around", "") for texts in spoken.values()]
    around = frozenset(fold(word) for text in texts for word in text.splitlines())
    stops = {
        sound(_without(around, fold(words))): tag
        for tag, texts in spoken.items()
        for key in ("typed.stop", "typed.stop.messages")
        for words in texts.get(key, "").splitlines()
    }
    stops.pop("", None)
    return around, stops


def _without(around: frozenset[str], words: str) -> str:
    rest = words.split()
    while rest and rest[0] in around:
        del rest[0]
    while rest and rest[-1] in around:
        del rest[-1]
    return " ".join(rest)


@lru_cache(maxsize=4)
def _typed(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Folded words -> (choice, language). What comes first wins: the bot's own commands, then the
    names of languages, then menu labels; Spanish before the others."""
    languages = {
        SPANISH: _SPANISH,
        **{tag: catalogue.typed.get(tag, {}) for tag in _others(catalogue)},
    }
    pairs = [
        (word, choice, tag)
        for tag, texts in languages.items()
        for key, choice in {**COMMANDS, "typed.this": f"lang:{tag}"}.items()
        for word in texts.get(key, "").splitlines()
    ]
    pairs += [(each.name, f"lang:{each.tag}", each.tag) for each in catalogue.languages]
    pairs += [(label, choice, tag) for label, choice, tag in _labels(catalogue)]
    typed: dict[str, tuple[str, str]] = {}
    for word, choice, tag in pairs:
        typed.setdefault(fold(word), (choice, tag))
    typed.pop("", None)
    return typed


def _labels(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    labels = []
    for category in catalogue.categories:
        choice = f"cat:{category.id}"
        labels.append((category.menu, choice, SPANISH))
        for tag in _others(catalogue):
            label = catalogue.typed.get(tag, {}).get(f"menu.toml#{category.id}.menu", "")
            labels.append((label, choice, tag))
    for slug, topic in catalogue.topics.items():
        labels += [(text, f"t:{slug}", SPANISH) for text in (topic.menu, topic.title)]
        for tag in _others(catalogue):
            texts = catalogue.typed.get(tag, {})
            names = (texts.get(f"{topic.path}#{name}", "") for name in ("menu", "title"))
            labels += [(text, f"t:{slug}", tag) for text in names]
    return labels


def _others(catalogue: Catalogue) -> list[str]:
    return [tag for tag in offered(catalogue) if tag != SPANISH]


def _guess(event: Event, written_in: str, catalogue: Catalogue) -> str:
    """Of a new woman: the language she writes in, else what her app says, else Spanish.

    Apps know only "qu" for all of Quechua; the first one we offer is preselected.
    """
    if written_in and written_in != SPANISH:
        return written_in
    if event.language.lower().startswith("qu"):
        return next((tag for tag in _others(catalogue) if tag.startswith("qu")), SPANISH)
    return SPANISH
