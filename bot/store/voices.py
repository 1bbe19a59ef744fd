"""What is still to be done with recordings of translators: noted with her message, until it ends.

Of a voice that was to be fetched only what it was for is kept: without the platform's id of it,
nobody can fetch it later, and she is asked to send it again.
"""

import logging
from collections.abc import Sequence
from typing import Final

import orjson

from bot.dialogue.staff import KeepVoice, SaveVoice
from bot.store.addresses import Damaged, as_bytes
from bot.store.ledger import Ledger
from bot.store.recording import VoiceWork

_SEALED: Final = "voice"

log = logging.getLogger(__name__)


def begin(
    ledger: Ledger,
    person_id: int,
    channel: str,
    address: str,
    what: Sequence[KeepVoice | SaveVoice],
    now: float,
) -> tuple[VoiceWork, ...]:
    begun = []
    sealed_address = ledger.vault.seal(as_bytes(address), "address", channel) if what else b""
    for each in what:
        work = ledger.vault.seal(orjson.dumps(_packed(each)), _SEALED, channel)
        id = ledger.add("begin_voice", person_id, channel, sealed_address, work, now)
        begun.append(VoiceWork(id, channel, address, each))
    return tuple(begun)


def left(ledger: Ledger) -> list[VoiceWork]:
    found = []
    for id, channel, address, work in ledger.all("voices"):
        try:
            there = ledger.vault.unseal(address, "address", channel).decode()
            what = _unpacked(orjson.loads(ledger.vault.unseal(work, _SEALED, channel)))
        except Damaged:
            log.error("what was to be done with a recording is damaged; it is left aside")
            ledger.change("end_voice", id)
            continue
        found.append(VoiceWork(id, channel, there, what))
    return found


def end(ledger: Ledger, *, id: int) -> None:
    ledger.change("end_voice", id)


def _packed(what: KeepVoice | SaveVoice) -> list[str]:
    match what:
        case KeepVoice():
            return ["keep", what.topic, what.language, what.words, what.by]
        case SaveVoice():
            return ["save", what.token]


def _unpacked(packed: list[str]) -> KeepVoice | SaveVoice:
    kind, *values = packed
    if kind == "save":
        return SaveVoice(*values)
    topic, language, words, by = values
    return KeepVoice(topic, language, "", words, by)
