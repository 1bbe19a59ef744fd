"""What one turn of the conversation is made of: her event, her state, our replies, the effects."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

from bot.dialogue.announcing import Subscribe
from bot.dialogue.attachments import Attachment, Card, File, Pin
from bot.dialogue.enrolment import NOBODY, Enrol, Roll, SignUp, Withdraw
from bot.dialogue.staff import NO_DESK, Ask, Bind, Compose, Desk, KeepVoice, Move, SaveVoice
from bot.dialogue.unfinished import Drafting, Joining

__all__ = [
    "Announcements", "Attachment", "Bind", "Card", "Choice", "Compose", "Count", "Effect", "Enrol",
    "Erase", "Event", "EventKind", "File", "Forget", "KeepVoice", "Leave", "Line", "Message",
    "Move", "Pin", "Reachable", "Reply", "SaveVoice", "State", "Subscribe", "Tell", "Tier", "Turn",
    "Withdraw", "is_private", "same_everywhere", "say", "stack", "unpack",
]  # fmt: skip

Tier = Literal["high", "maybe", "none"]
EventKind = Literal[
    "text",
    "choice",
    "location",
    "unreadable",
    "group",
    "blocked",
    "unblocked",
    "moved",  # she left this address: it may be somebody else's now
    "stopped",  # she told the platform that she wants no announcements ...
    "resumed",  # ... or wants them again
    "recorded",  # not she but Willaq itself: what became of a voice note (`choice` says)
]
_PRIVATE = b'{"p":1,'  # how a packed reply begins that says something of hers


@dataclass(frozen=True, slots=True)
class Event:
    """What she did. Her words live only as long as this object.

    `language` is what her app claims (an IETF tag); it only preselects. `today` is the day in
    Lima, so that the dialogue can tell an expired fact without a clock. `waiting`: messages were
    held until she writes, and follow by themselves. `latitude` and `longitude` (degrees, WGS 84)
    are of a place she shared; None where the platform told none. `roll` is what is kept of
    sign-ups; it is read only for a turn that asks for it (`Turn.by_roll`). So is `desk`, what
    those who work with Willaq need (`Turn.asks`). `media`: the platform's id of a voice note.
    """

    kind: EventKind
    text: str = ""
    choice: str = ""
    language: str = ""
    channel: str = ""
    today: date = date.min
    waiting: bool = False
    latitude: float | None = None
    longitude: float | None = None
    roll: Roll = field(default=NOBODY, hash=False)  # read for a few, and it holds counts
    desk: Desk = field(default=NO_DESK, hash=False, repr=False)
    media: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class State:
    """Where she is. `language` and `greeted` stay; the rest expires after 30 minutes of silence."""

    language: str = ""  # "" until she chose one
    greeted: bool = False
    choices: tuple[str, ...] = ()  # what the numbers on her last screen mean
    topic: str = ""
    asked: str = ""  # what her next words answer; "" when they may be about anything
    place: str = ""  # near which she wants help: a code of the gazetteer or rounded degrees
    signup: SignUp | None = None  # what she answered so far, and the question that is open
    unfinished: Joining | Drafting | None = None  # the same of announcements

    def forgotten(self) -> "State":
        """The same woman after 30 minutes of silence, or after the quick exit."""
        return State(language=self.language, greeted=self.greeted)


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say, by key, so that a corrected translation reaches messages still waiting.

    The key is a phrase of the bot ("menu.title"), a section of the content
    ("rights/x.md#short"), "=" for text that is the same in every language, which is then the value
    called "text", or "+" for its values below each other. `language` overrides the message's.
    """

    key: str
    values: tuple[tuple[str, "str | Line"], ...] = ()
    language: str = ""


def say(key: str, **values: "str | Line") -> Line:
    return Line(key, tuple(values.items()))


def same_everywhere(text: str) -> Line:
    """Text that no language changes: a law's name, a number, an address."""
    return Line("=", (("text", text),))


def stack(*lines: Line) -> Line:
    """Lines that stay together, without a blank line between them."""
    return Line("+", tuple((str(at), line) for at, line in enumerate(lines)))


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `id` is at most 64 bytes (Telegram's callback data)."""

    id: str
    label: Line


@dataclass(frozen=True)
class Reply:
    """One message to her.

    `language` overrides hers for this message ("the Spanish is one tap away"). `both` adds the
    Spanish below when the translation is not reviewed: nobody in danger reads a draft alone.
    `unmarked`: no notice says that it is a translation; whoever looks at it sees nothing odd.
    `attachments` follow below the text. `private`: it says something of hers, so nothing made of
    it is remembered.
    """

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    language: str = ""
    both: bool = False
    attachments: tuple[Attachment, ...] = ()
    unmarked: bool = False
    private: bool = False

    @cached_property
    def packed(self) -> bytes:
        """As it waits in the outbox; `unpack` reads it."""
        fields: dict[str, Any] = {
            "l": [_pack_line(line) for line in self.lines],
            "c": [[choice.id, _pack_line(choice.label)] for choice in self.choices],
            "t": self.language,
            "b": self.both,
        }
        if self.attachments:
            fields["a"] = [asdict(each) for each in self.attachments]
        if self.unmarked:
            fields["u"] = True
        if self.private:
            fields = {"p": 1, **fields}
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Count:
    """One more woman opened this topic this week. Holds nothing of her."""

    topic: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything kept about her, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete the messages of both sides where the platform can (Telegram: the last 48 hours)."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave this group: Willaq only talks to one woman at a time."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """She blocked (False) or unblocked (True) the bot."""

    now: bool


@dataclass(frozen=True, slots=True)
class Announcements:
    """She wants no announcements any more (False), or takes that back (True)."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Tell:
    """Others who work with Willaq hear of it in their own chats: one of them, or None = all who
    approve, but not who does it. "#" in the id of a choice stands for the announcement that this
    turn composes. An effect of staff."""

    replies: tuple[Reply, ...]
    staff_id: int | None = None


Effect = (
    Count | Forget | Erase | Leave | Reachable | Announcements | Subscribe | Enrol | Withdraw
    | Bind | Compose | Move | Tell | KeepVoice | SaveVoice
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """The whole answer to one event. `rule` names the row of RULES that gave it, for the counts.

    `by_roll`: it depends on the event's roll. Who has not read that yet reads it and asks again.
    `asks`: the same of the event's desk.
    """

    state: State
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    rule: str = ""
    danger: Tier = "none"
    topics: tuple[str, ...] = ()  # what search found, best first
    by_roll: bool = False
    asks: Ask | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A reply in one language, before a channel's limits. Text is Willaq's small Markdown.

    `draft` = she is told in the text that some of it is an unreviewed translation. `pick` is what
    the button says that opens a list of choices, where a channel hides them behind one. `cut`:
    where in the text a second language begins, and with it the next message if it takes two.
    """

    text: str
    choices: tuple[tuple[str, str], ...] = ()  # (id, label)
    language: str = "es"
    draft: bool = False
    pick: str = ""
    attachments: tuple[Attachment, ...] = ()
    cut: int = 0


def _pack_line(line: Line) -> list[Any]:
    values = ([n, _pack_line(v) if isinstance(v, Line) else v] for n, v in line.values)
    return [line.key, line.language, *values]


def _unpack_line(packed: list[Any]) -> Line:
    key, language, *values = packed
    filled = tuple((n, _unpack_line(v) if isinstance(v, list) else v) for n, v in values)
    return Line(key, filled, language)


def is_private(packed: bytes) -> bool:
    return packed.startswith(_PRIVATE)


def unpack(packed: bytes) -> Reply:
    return _unpacked(packed) if is_private(packed) else _unpacked_before(packed)


def _unpacked(packed: bytes) -> Reply:
    fields: Mapping[str, Any] = json.loads(packed)
    return Reply(
        lines=tuple(_unpack_line(line) for line in fields["l"]),
        choices=tuple(Choice(id, _unpack_line(label)) for id, label in fields["c"]),
        language=fields["t"],
        both=fields["b"],
        attachments=tuple(_unpack_attachment(each) for each in fields.get("a", ())),
        unmarked=fields.get("u", False),
        private=is_private(packed),
    )


_unpacked_before = lru_cache(maxsize=4096)(_unpacked)


def _unpack_attachment(packed: dict[str, Any]) -> Attachment:
    kinds: dict[str, type[Pin] | type[Card]] = {"pin": Pin, "card": Card}
    if packed["kind"] == "card":
        packed = {**packed, "phones": tuple(packed["phones"])}
    return kinds.get(packed["kind"], File)(**packed)
