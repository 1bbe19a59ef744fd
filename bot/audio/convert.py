"""A file with a voice in, a recording out: mono Ogg Opus, small and as loud as the others.

The file is opened by a process of its own (`work.py`), which is given up when it takes too long.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Any, Final

from bot.audio.work import LEAST_S, MOST_BYTES, MOST_S
from bot.dialogue.phrases import PHRASES

__all__ = ["FAULTS", "LEAST_S", "MOST_BYTES", "MOST_S", "Unusable", "Voice", "converted"]

PATIENCE_S: Final = 90.0
AT_ONCE: Final = 1  # each takes a core for some seconds, and replies to women come first
MOST_OUT: Final = 1_000_000
_KEY: Final = "voice.fault."
FAULTS: Final = {  # word -> what an organizer or translator reads
    phrase.key.removeprefix(_KEY): phrase.text for phrase in PHRASES if phrase.key.startswith(_KEY)
}


class Unusable(Exception):
    """This file cannot become a recording. `word` is one of FAULTS."""

    def __init__(self, word: str) -> None:
        super().__init__(FAULTS[word])
        self.word = word


@dataclass(frozen=True, slots=True)
class Voice:
    """Ready to be kept. `sound` is Ogg Opus; `was` is how loud it had been recorded (LUFS)."""

    sound: bytes
    seconds: float
    was: float


_places: Final = asyncio.Semaphore(AT_ONCE)


async def converted(data: bytes, *, patience_s: float = PATIENCE_S) -> Voice:
    """Raises Unusable."""
    if len(data) > MOST_BYTES:
        raise Unusable("large")
    async with _places:
        told, sound = await _worked(data, patience_s)
    fault = told.get("fault", "")
    if fault or not sound:
        raise Unusable(fault if fault in FAULTS else "unreadable")
    return Voice(sound, float(told["seconds"]), float(told["loudness"]))


async def _worked(data: bytes, patience_s: float) -> tuple[dict[str, Any], bytes]:
    """What the other process says; {} when it has come to grief over this file."""
    process = await asyncio.create_subprocess_exec(
        # Nothing of ours goes along: no settings, no secrets, no folder to load code from.
        sys.executable, "-I", "-m", "bot.audio.work",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )  # fmt: skip
    try:
        async with asyncio.timeout(patience_s):
            said, _ = await process.communicate(data)
    except TimeoutError:
        raise Unusable("slow") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    line, _, sound = said.partition(b"\n")
    if process.returncode or len(sound) > MOST_OUT:
        return {}, b""
    told: dict[str, Any] = json.loads(line)
    return told, sound
