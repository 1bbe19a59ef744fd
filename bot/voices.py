"""What a translator's voice note goes through once her message is kept: fetched, made fit to be
heard, played back to her; and after her yes, kept where women are offered it.

Rule 1: nothing is lost in silence. The work is noted in the database with her message, and ends
with the message that tells her how it went. What a stop interrupts is told, or done, at the start.
Rule 2: only what `KeepVoice` names is ever fetched: a translator was asked for it.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Final

from bot import recordings
from bot.audio.convert import MOST_BYTES, Unusable, Voice, converted
from bot.channels.base import SendError
from bot.dialogue.recording import TOKEN
from bot.dialogue.staff import KeepVoice, SaveVoice
from bot.dialogue.turn import Event
from bot.frontmatter import Unreadable
from bot.recordings import Recording
from bot.store.base import StoreError, Unanswered, Visit
from bot.store.recording import VoiceStore, VoiceWork

WAITS_S: Final = 24 * 3600.0  # for her yes
TRIES: Final = 3
PAUSE_S: Final = 1.0

Fetch = Callable[[str, int], Awaitable[bytes]]
"""Takes the platform's id and how many bytes at most. Raises SendError."""
Receive = Callable[..., Awaitable[object]]
"""Conversation.receive. Raises StoreError and Unanswered."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Note:
    """A recording that waits for her yes, beside its sound."""

    topic: str
    language: str
    words: str
    by: str
    seconds: int


class Voices:
    """`fetch` is by channel. `notes` is where recordings wait, `folder` where they are kept."""

    def __init__(
        self,
        store: VoiceStore,
        fetch: Mapping[str, Fetch],
        receive: Receive,
        *,
        notes: Path,
        folder: Path,
        today: Callable[[], date],
        pause_s: float = PAUSE_S,
    ) -> None:
        self._store = store
        self._fetch = fetch
        self._receive = receive
        self._notes = notes
        self._folder = folder
        self._today = today
        self._pause_s = pause_s
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, visit: Visit) -> None:
        """What a visit left to do, right after its commit."""
        for work in visit.voices:
            self._begin(work, self._how_it_goes(work))

    async def left(self) -> Sequence[VoiceWork]:
        """By an earlier life; to be asked for before anything is taken. Raises StoreError."""
        return await self._store.voices()

    def resume(self, left: Sequence[VoiceWork]) -> None:
        for work in left:
            if isinstance(work.what, KeepVoice):
                # The platform's id of her voice was in memory only.
                self._begin(work, _at_once(_about("lost", work.what)))
            else:
                self._begin(work, self._how_it_goes(work))

    async def stop(self, within_s: float) -> None:
        """What is not done by then, the next start looks after."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def tidy(self, now: float) -> None:
        """Whom nobody said yes to for a day is not kept for ever."""
        for file in self._notes.glob("*") if self._notes.is_dir() else ():
            if file.stat().st_mtime < now - WAITS_S:
                file.unlink(missing_ok=True)

    def _begin(self, work: VoiceWork, how: Awaitable[str]) -> None:
        task = asyncio.create_task(self._done(work, how))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: VoiceWork, how: Awaitable[str]) -> None:
        try:
            await self._tell(work, await how)
            await self._store.end_voice(work.id)
        except Exception:
            log.exception("work on a recording is left for the next start")

    async def _tell(self, work: VoiceWork, what: str) -> None:
        """As if she had written: in her order, and the same work once however often it is told."""
        for tries in range(1, TRIES + 1):
            try:
                await self._receive(
                    channel=work.channel,
                    message_id=f"voice {work.id}",
                    address=work.address,
                    event=Event("recorded", choice=what),
                )
                return
            except (StoreError, Unanswered):
                if tries == TRIES:
                    raise
                await asyncio.sleep(self._pause_s * tries)

    async def _how_it_goes(self, work: VoiceWork) -> str:
        """What she is to be told (bot/dialogue/recording.py reads it)."""
        match work.what:
            case KeepVoice() as wanted:
                return await self._prepared(work.channel, wanted)
            case SaveVoice(token):
                return await asyncio.to_thread(self._kept, token)

    async def _prepared(self, channel: str, wanted: KeepVoice) -> str:
        try:
            voice = await converted(await self._fetched(channel, wanted.media))
            token = await asyncio.to_thread(self._noted, wanted, voice)
        except Unusable as unusable:
            return _about("fault", wanted, unusable.word)
        except SendError as error:
            return _about("fault", wanted, "large" if error.reason == "large" else "away")
        except OSError:
            log.exception("a recording cannot be written to the data folder")
            return _about("unkept", wanted)
        return _about("ready", wanted, token)

    async def _fetched(self, channel: str, media: str) -> bytes:
        for tries in range(1, TRIES + 1):
            try:
                return await self._fetch[channel](media, MOST_BYTES)
            except SendError as error:
                if error.permanent or tries == TRIES:
                    raise
                await asyncio.sleep(self._pause_s * tries)
        raise AssertionError("the last try returns or raises")

    def _noted(self, wanted: KeepVoice, voice: Voice) -> str:
        self._notes.mkdir(parents=True, exist_ok=True)
        token = secrets.token_hex(8)
        note = _Note(wanted.topic, wanted.language, wanted.words, wanted.by, ceil(voice.seconds))
        (self._notes / f"{token}.ogg").write_bytes(voice.sound)
        (self._notes / f"{token}.json").write_text(json.dumps(asdict(note)), "utf-8")
        return token

    def _kept(self, token: str) -> str:
        """The note stays for a day: a stop before she was told makes us do this again."""
        if not TOKEN.fullmatch(token):
            return "gone"
        try:
            note = _Note(**json.loads((self._notes / f"{token}.json").read_text("utf-8")))
            sound = (self._notes / f"{token}.ogg").read_bytes()
        except FileNotFoundError:
            return "gone"
        about = f"{note.topic}@{note.language}"
        new = Recording(
            note.language, note.topic, "", note.words, note.seconds, len(sound), note.by,
            self._today(),
        )  # fmt: skip
        try:
            recordings.keep(self._folder, new, sound)
        except (OSError, Unreadable):
            log.exception("a recording cannot be kept in the data folder")
            return f"unkept:{about}"
        return f"kept:{about}"


def _about(what: str, wanted: KeepVoice, more: str = "") -> str:
    return f"{what}:{wanted.topic}@{wanted.language}:{more}"


async def _at_once(what: str) -> str:
    return what
