"""What a turn asks of the store: the effects together, and the answers in the order they go out."""

from dataclasses import dataclass, field

from bot.dialogue.announcing import Subscribe
from bot.dialogue.enrolment import Enrol, Withdraw
from bot.dialogue.staff import Bind, Compose, Move
from bot.dialogue.turn import (
    Announcements,
    Count,
    Erase,
    Forget,
    KeepVoice,
    Leave,
    Reachable,
    SaveVoice,
    Tell,
    Turn,
)
from bot.store.base import Operation

Work = Bind | Compose | Move | Tell


@dataclass(slots=True)
class Answer:
    """One row of the outbox to be."""

    operation: Operation
    language: str
    body: bytes


@dataclass(slots=True)
class Wish:
    """The effects of a turn, together."""

    topics: list[str] = field(default_factory=list)
    forget: bool = False
    erase: bool = False
    leave: bool = False
    reachable: bool | None = None
    announcements: bool | None = None
    subscribe: Subscribe | None = None
    work: list[Work] = field(default_factory=list)  # of those who work with Willaq
    enrolments: list[Enrol | Withdraw] = field(default_factory=list)
    voices: list[KeepVoice | SaveVoice] = field(default_factory=list)


def wish_of(turn: Turn) -> Wish:
    wish = Wish()
    for effect in turn.effects:
        match effect:
            case Count(topic):
                wish.topics.append(topic)
            case Forget():
                wish.forget = True
            case Erase():
                wish.erase = True
            case Leave():
                wish.leave = True
            case Reachable(now):
                wish.reachable = now
            case Announcements(wanted):
                wish.announcements = wanted
            case Subscribe():
                wish.subscribe = effect
            case Bind() | Compose() | Move() | Tell():
                wish.work.append(effect)
            case Enrol() | Withdraw():
                wish.enrolments.append(effect)
            case KeepVoice() | SaveVoice():
                wish.voices.append(effect)
    return wish


def answers_of(turn: Turn, wish: Wish) -> list[Answer]:
    """What will go out, in order: her screen first, then what may take a moment."""
    hers = turn.state.language or "es"
    answers = [Answer("message", each.language or hers, each.packed) for each in turn.replies]
    if wish.erase:
        answers.append(Answer("erase", hers, b""))
    if wish.leave:
        answers.append(Answer("leave", hers, b""))
    return answers
