"""Those who work with Willaq: what each may do, and what one of them has on the desk just now."""

from dataclasses import dataclass, field
from typing import Literal

from bot.dialogue.announcing import Audience, Broadcast, Composition, Counts, Tally

Role = Literal[
    "organizer",  # writes announcements, follows them, sees sign-ups and the directory
    "approver",  # reads what an organizer wrote, and lets it go or sends it back
    "translator",  # reviews texts, records audio
    "administrator",  # invites and revokes; may do nothing of the others' by that alone
]
Deed = Literal["approve", "send back", "start", "pause", "resume", "cancel"]
Door = Literal["console", "chat", "command"]
ROLES: tuple[Role, ...] = ("organizer", "approver", "translator", "administrator")


@dataclass(frozen=True, slots=True)
class Staff:
    """One of them. `language` is the console's for her."""

    id: int
    name: str = field(repr=False)
    roles: frozenset[Role]
    language: str = "es"

    def may(self, role: Role) -> bool:
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Ask:
    """What a turn has to know of the desk to be decided: who writes, and if `audience` is given,
    the dry run for it. `broadcast`: one announcement, by its id, with its own dry run or what
    became of it. Whoever has what it asked for asks the same again."""

    audience: Audience | None = None
    languages: tuple[str, ...] = ()  # of the texts there are, for the dry run
    broadcast: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What was asked. `staff` None: a woman like any other, and nothing of this is for her.
    `open`: announcements that are not over, newest first, ten at most. `approvers`: how many others
    who approve can be told in their chats. `refused`: why her last wish was not done, as a word;
    it is decided anew, and whatever else is said here is as it is without it."""

    staff: Staff | None = None
    counts: Counts | None = None
    open: tuple[Broadcast, ...] = ()
    broadcast: Broadcast | None = None
    tallies: tuple[Tally, ...] = ()
    approvers: int = 0
    two_person: bool = True
    refused: str = ""


NO_DESK = Desk()


@dataclass(frozen=True, slots=True)
class Bind:
    """She proves by a code from the console or the command line that this chat is hers. An effect,
    as are the following; each is refused, and nothing of the turn kept, if her roles do not allow
    it at that instant."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Compose:
    """A new draft; `submit`: and at once to somebody who approves."""

    what: Composition
    submit: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """What she does with an announcement. `version` is the one she saw; if it was edited since,
    nothing happens."""

    broadcast: int
    what: Deed
    version: int


@dataclass(frozen=True, slots=True)
class KeepVoice:
    """A translator's voice note is the recording of a topic, if she says yes to how it sounds.
    `media` is the platform's id of it. `words` is the hash of what she had in front of her, `by`
    her name."""

    topic: str
    language: str
    media: str = field(repr=False)
    words: str = ""
    by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SaveVoice:
    """She said yes to it. `token` names the file that waited for that."""

    token: str
