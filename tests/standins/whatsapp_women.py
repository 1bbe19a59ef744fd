"""The women around the stand-in, and what each of them sees on her screen."""

import hashlib
import itertools
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.standins.platform import Bucket, Json

# What a webhook says of who she is: her number alone (until spring 2026), her number beside the
# business-scoped id, or the id alone (she goes by a username).
Shape = Literal["old", "both", "new"]
Who = str | int
_IDS = itertools.count(1)


@dataclass(slots=True)
class Message:
    """One message on her screen. `text` is what she reads first, `buttons` what she may press."""

    id: str
    text: str
    from_bot: bool
    kind: str = "text"
    body: Json = field(default_factory=dict)
    header: str = ""
    footer: str = ""
    buttons: tuple[tuple[str, str], ...] = ()  # (id, title)
    rows: tuple[tuple[str, str, str], ...] = ()  # (id, title, description)
    opens_with: str = ""  # the label that unfolds the rows
    opaque: str = ""
    category: str = "service"  # what it is billed as
    statuses: list[str] = field(default_factory=list)
    by_user_id: bool = False  # whom the bot named: her id, or her number

    @property
    def labels(self) -> list[str]:
        return [title for _, title in self.buttons] or [title for _, title, _ in self.rows]

    @property
    def data(self) -> list[str]:
        return [id for id, _ in self.buttons] or [id for id, _, _ in self.rows]


@dataclass(slots=True)
class Woman:
    """`old_phone` cannot show buttons and lists. `unreachable`: no WhatsApp, or long switched off.
    `trouble`: the code with which whatever is sent to her fails. `window_until` is the end of the
    24 hours in which the bot may say what it likes."""

    phone: str
    user_id: str
    name: str = "Killa"
    username: str = ""
    shape: Shape = "both"
    messages: dict[str, Message] = field(default_factory=dict)
    window_until: float = 0.0
    unreachable: bool = False
    old_phone: bool = False
    blocked: bool = False
    wants_marketing: bool = True
    trouble: int = 0
    typing: int = 0  # how often the bot showed her that it writes
    pace: Bucket | None = None

    def keep(self, message: Message) -> Message:
        self.messages[message.id] = message
        return message

    def button(self, wanted: str) -> tuple[Message, tuple[str, str]]:
        for message in self._newest_first():
            for id, title in message.buttons:
                if wanted in (id, title):
                    return message, (id, title)
        raise LookupError(f"no button {wanted!r} in this chat; there are: {self._all_labels()}")

    def row(self, wanted: str) -> tuple[Message, tuple[str, str, str]]:
        for message in self._newest_first():
            for row in message.rows:
                if wanted in row[:2]:
                    return message, row
        raise LookupError(f"no row {wanted!r} in this chat; there are: {self._all_labels()}")

    def _newest_first(self) -> Iterator[Message]:
        return reversed(self.messages.values())

    def _all_labels(self) -> list[str]:
        return [label for message in self.messages.values() for label in message.labels]

    # How a webhook names her.

    def as_contact(self) -> Json:
        contact: Json = {"profile": {"name": self.name}}
        if self.username:
            contact["profile"]["username"] = self.username
        return contact | self.ids("wa_id", "user_id")

    def ids(self, phone: str, user_id: str) -> Json:
        """What this webhook gives away of her, under these names."""
        known: Json = {}
        if self.shape != "new":
            known[phone] = self.phone
        if self.shape != "old":
            known[user_id] = self.user_id
        return known


class Women:
    """Found by her number or by her id; whoever is asked for exists from then on."""

    def __init__(self, country: str = "PE") -> None:
        self._country = country
        self._all: dict[str, Woman] = {}

    def __iter__(self) -> Iterator[Woman]:
        return iter({id(woman): woman for woman in self._all.values()}.values())

    def known(self, who: Who) -> Woman:
        name = plain(who)
        woman = self._all.get(name)
        if woman is None:
            if "." in name:
                raise LookupError(f"nobody has the id {name}")
            woman = Woman(name, self._user_id(name))
            self._all[name] = self._all[woman.user_id] = woman
        return woman

    def find(self, who: Who) -> Woman | None:
        return self._all.get(plain(who))

    def moved(self, woman: Woman, phone: str) -> None:
        """A new number makes a new business-scoped id; the old ones lead nowhere."""
        self._all.pop(woman.phone, None)
        self._all.pop(woman.user_id, None)
        woman.phone, woman.user_id = plain(phone), self._user_id(plain(phone))
        self._all[woman.phone] = self._all[woman.user_id] = woman

    def _user_id(self, phone: str) -> str:
        digits = int(hashlib.sha256(phone.encode()).hexdigest(), 16) % 10**17
        return f"{self._country}.{digits:017d}"


def plain(who: Who) -> str:
    """A number without what people write into it; an id as it is."""
    name = str(who)
    return name if "." in name else "".join(each for each in name if each.isdigit())


def new_wamid(clock: Callable[[], float]) -> str:
    """In the form of Meta's, which is to be taken as opaque."""
    seed = f"{next(_IDS):010d}{clock():.0f}"
    return "wamid." + b64encode(b"\x1c\x18\x0b51900000000\x15\x02\x00" + seed.encode()).decode()
