"""What every channel promises: how a message comes in, how one goes out, what went wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, Protocol

from bot.dialogue.turn import Attachment, Event


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing she did on a platform.

    `message_id` is unique within the channel: a second one with the same id is the same message.
    `address` is where to answer (the platform's opaque id). `ref` is how to delete her message
    later, or "". `ack` is a button press the platform wants acknowledged, or "".

    `alias` is another id the platform gives for the same woman, or "": who was known by that one
    is known by `address` from now on. `window_until` is when the platform stops taking free
    messages to her (seconds since 1970, UTC); None where it never does.
    """

    message_id: str
    address: str
    event: Event
    ref: str = ""
    ack: str = ""
    alias: str = ""
    window_until: float | None = None


class Mark(NamedTuple):
    """Which message of ours this is, for a platform that later says what became of it: bubble
    number `part` (from 1) of the `of` bubbles of an outbox row, sent at this `attempt` (from 1)."""

    row_id: int
    attempt: int
    part: int
    of: int


@dataclass(frozen=True, slots=True)
class Status:
    """What the platform says later about a message it took. `failure` belongs to "failed".

    `had_buttons`: it was shown with buttons or a list, which an old telephone may not know.
    """

    mark: Mark
    state: Literal["sent", "delivered", "read", "failed"]
    failure: "SendError | None" = None
    had_buttons: bool = False


@dataclass(frozen=True, slots=True)
class Hook:
    """A door through which a platform pushes what women do.

    `is_genuine` takes the value of `header` and the raw body: whoever cannot prove to be the
    platform is not listened to. Without `signs_body` the header alone is the proof, and of a
    stranger nothing more is read. `parse` takes what the body says as JSON. `acknowledge` takes the
    `ack` of an Incoming that was kept, and returns at once. `answer`, where there is one, gives
    what to answer the platform's request with instead (JSON): an acknowledgement that costs no
    call. `greet`, where there is one, takes the query of a GET by which the platform makes sure of
    us, and gives the text it wants to read; None = it is not the platform.
    """

    path: str
    header: bytes  # in lower case
    is_genuine: Callable[[bytes, bytes], bool] = field(repr=False)
    parse: Callable[[Mapping[str, Any]], "Sequence[Incoming | Status]"]
    acknowledge: Callable[[str], None] | None = None
    answer: Callable[[str], bytes] | None = None
    greet: Callable[[Mapping[str, str]], str | None] | None = None
    largest_bytes: int = 1_000_000
    signs_body: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform took the message. `ref` is its id there, to delete it or match its status."""

    ref: str = ""


class SendError(Exception):
    """The platform did not take the message; the fields say what that means for the next try.

    `reason` is one word for the account ("blocked", "rate", "network"). `permanent`: never again.
    `unreachable`: she cannot be written to at all. `retry_after_s`: the platform told us to wait.
    `everyone`: the wait holds for the whole channel, not only for her. `unsure`: it may have
    arrived (the connection broke after the request had left). `window`: nothing may go to her
    before she writes again. `stopped`: she told the platform that she wants no announcements.
    `buttons`: perhaps she is there and only her telephone shows no buttons. `growth`: how many
    times longer each further wait has to be.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        unreachable: bool = False,
        retry_after_s: float | None = None,
        everyone: bool = False,
        unsure: bool = False,
        window: bool = False,
        stopped: bool = False,
        buttons: bool = False,
        growth: float = 2.0,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent or unreachable
        self.unreachable = unreachable
        self.retry_after_s = retry_after_s
        self.everyone = everyone
        self.unsure = unsure
        self.window = window
        self.stopped = stopped
        self.buttons = buttons
        self.growth = growth


@dataclass(frozen=True)
class Limits:
    """What fits in one message of a channel, in characters of the finished text.

    `text_above_buttons` counts where there are any. More buttons than `choices` become a numbered
    list in the text. `attaches`: the kinds of attachment that can be sent as such; of the others
    only the words are.
    """

    text: int = 4096
    label: int = 64
    choices: int = 100
    markup: Literal["html", "whatsapp", "plain"] = "plain"
    per_row: int = 2  # short buttons side by side
    text_above_buttons: int = 0  # 0 = as `text`
    attaches: frozenset[str] = frozenset()
    pick: int = 0  # letters on what opens a list of buttons, where a channel has such lists
    once: bool = False  # two buttons that do the same, or say the same, are refused

    @cached_property
    def without_buttons(self) -> "Limits":
        """For a telephone that shows none: she types the number."""
        return replace(self, choices=0)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message exactly as a channel will show it. `text` is in the channel's markup.

    `pick` is what opens a list of buttons, where a channel has such lists. A bubble with
    attachments (several only when they are all cards) has no text and no buttons.
    """

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows of (id, label)
    language: str = "es"
    pick: str = ""
    attachments: tuple[Attachment, ...] = ()


class MediaIds(Protocol):
    """The files a platform has from us, by their hash (the store keeps them)."""

    async def media(self, channel: str, digest: str, *, now: float) -> str | None: ...

    async def keep_media(
        self, channel: str, digest: str, ref: str | None, *, expires_at: float
    ) -> None: ...


class Channel(Protocol):
    """A way to reach her. `pulled`: she fetches her messages herself (the web chat).

    `confirms`: the platform says later what became of a message (Status); until then it can still
    turn out not to have arrived, so its words are kept. `knocks`: she can be asked to open her
    window. `counts_incoming`: in the platform's rate every message of hers has a place as well.
    """

    name: str
    limits: Limits
    pulled: bool
    confirms: bool
    knocks: bool
    counts_incoming: bool
    rate: float  # messages a second, all women together
    rate_per_woman: float  # messages a second to one woman ...
    burst_per_woman: float  # ... and so many at once after a silence

    async def send(self, address: str, bubble: Bubble, mark: Mark | None = None) -> Receipt:
        """Raises SendError."""
        ...

    async def knock(self, address: str, mark: Mark | None = None) -> Receipt:
        """Ask her, without saying what about, to open the window. Raises SendError."""
        ...

    async def erase(self, address: str, refs: Sequence[str]) -> None:
        """Delete messages of both sides; those already gone are not an error. Raises SendError."""
        ...

    async def leave(self, address: str) -> None:
        """Leave a group. Raises SendError."""
        ...


class Pulled(Channel, Protocol):
    """A channel whose messages she fetches herself (`pulled` is True)."""

    def ring(self, address: str) -> None:
        """Something is there for her: whoever waits for it may fetch it now."""
        ...
