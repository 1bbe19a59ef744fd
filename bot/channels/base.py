"""What every channel promises: how a message comes in, how one goes out, what went wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.dialogue.turn import Event


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing she did on a platform.

    `message_id` is unique within the channel: a second one with the same id is the same message.
    `address` is where to answer (the platform's opaque id). `ref` is how to delete her message
    later, or "". `ack` is a button press the platform wants acknowledged, or "".
    """

    message_id: str
    address: str
    event: Event
    ref: str = ""
    ack: str = ""


@dataclass(frozen=True, slots=True)
class Hook:
    """A door through which a platform pushes what women do.

    Whoever knocks without `secret` is not the platform. `acknowledge` takes the `ack` of an
    Incoming that was kept, and returns at once. `answer`, where there is one, gives what to answer
    the platform's request with instead (JSON): an acknowledgement that costs no call.
    """

    path: str
    secret: str = field(repr=False)
    parse: Callable[[Mapping[str, Any]], list[Incoming]]
    acknowledge: Callable[[str], None]
    answer: Callable[[str], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform took the message. `ref` is its id there, to delete it or match its status."""

    ref: str = ""


class SendError(Exception):
    """The platform did not take the message; the fields say what that means for the next try.

    `reason` is one word for the account ("blocked", "rate", "network"). `permanent`: never again.
    `unreachable`: she cannot be written to at all. `retry_after_s`: the platform told us to wait.
    `everyone`: the wait holds for the whole channel, not only for her. `unsure`: it may have
    arrived (the connection broke after the request had left).
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
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent or unreachable
        self.unreachable = unreachable
        self.retry_after_s = retry_after_s
        self.everyone = everyone
        self.unsure = unsure


@dataclass(frozen=True, slots=True)
class Limits:
    """What fits in one message of a channel, in characters of the finished text."""

    text: int = 4096
    label: int = 64
    choices: int = 100
    markup: Literal["html", "plain"] = "plain"
    per_row: int = 2  # short buttons side by side


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message exactly as a channel will show it. `text` is in the channel's markup."""

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows of (id, label)
    language: str = "es"


class Channel(Protocol):
    """A way to reach her. `pulled`: she fetches her messages herself (the web chat)."""

    name: str
    limits: Limits
    pulled: bool
    rate: float  # messages a second, all women together

    async def send(self, address: str, bubble: Bubble) -> Receipt:
        """Raises SendError."""
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
