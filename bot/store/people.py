"""What is asked of a database about many women at once: bring them, and prove that they agreed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Protocol

from bot.store.desk import Doer

IMPORTED: Final = "import"  # in place of the number of the words; as dialogue.senders has it
Kind = Literal[
    "new",
    "known",  # she wrote before, and neither agreed nor said no
    "gets them",  # she agreed before; nothing of that changes
    "said no",  # to us, to her platform, or by leaving: only she takes that back
    "unreachable",  # she blocked us, or her account is gone
    "never wrote",  # and her platform lets nobody begin
]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One row of a list. `how` she agreed and `agreed_on` when; `region` as in Audience. `line` is
    all that is ever said of her."""

    line: int
    channel: str
    address: str = field(repr=False)
    language: str = ""
    region: str = ""
    how: str = field(default="", repr=False)
    agreed_on: date = date.min


@dataclass(frozen=True, slots=True)
class Consent:
    """That one woman agreed. `woman` is the same for her each time, and opens nothing. `address`
    is "" unless it was asked for. `words` is the number of those she read, and `language` theirs;
    of an imported one `how` is the organization's proof. `still`: she gets announcements."""

    woman: str
    channel: str
    agreed_on: date
    words: str
    language: str
    how: str = field(repr=False)
    still: bool
    address: str = field(default="", repr=False)


class PeopleStore(Protocol):
    async def bring(
        self, subscribers: Sequence[Subscriber], *, doer: Doer | None, now: float
    ) -> Mapping[Kind, Sequence[int]]:
        """By kind, the lines of the list. "new" and "known" get announcements from now on, all of
        them at the same instant; without a `doer` nothing changes. Raises StoreError."""
        ...

    def consented(self, *, with_addresses: bool) -> AsyncIterator[Consent]:
        """In the order they came. Raises StoreError."""
        ...
