"""Where she is in the conversation: sealed, and gone after half an hour of silence."""

import logging
from functools import lru_cache
from typing import Any, Final

import orjson

from bot.dialogue.enrolment import SignUp
from bot.dialogue.turn import State
from bot.dialogue.unfinished import unpacked
from bot.store.addresses import Damaged, Vault

STATE_S: Final = 30 * 60.0

log = logging.getLogger(__name__)


def opened(vault: Vault, channel: str, lasting: State, sealed: bytes) -> State:
    """`lasting` with what was sealed."""
    try:
        kept: list[Any] = orjson.loads(vault.unseal(sealed, "state", channel))
    except Damaged:
        # She starts from the menu again: better than not being answered at all.
        log.warning("a damaged state was left aside")
        return lasting
    choices, topic, asked, place, signup, unfinished = [*kept, "", "", None, None][:6]
    return State(
        lasting.language,
        lasting.greeted,
        tuple(choices),
        topic,
        asked,
        place,
        SignUp(**signup) if signup else None,
        unpacked(unfinished) if unfinished else None,
    )


def sealed(vault: Vault, channel: str, state: State) -> bytes | None:
    """None when there is nothing but what lasts."""
    if state == state.forgotten():
        return None
    return vault.seal(_packed(state), "state", channel)


def _packed(state: State) -> bytes:
    if state.asked or state.place or state.signup or state.unfinished:
        # Where she is, and what she answers, must not stay in memory either.
        return orjson.dumps(
            [state.choices, state.topic, state.asked, state.place, state.signup, state.unfinished]
        )
    return _packed_screen(state.choices, state.topic)


@lru_cache(maxsize=1024)
def _packed_screen(choices: tuple[str, ...], topic: str) -> bytes:
    return orjson.dumps([choices, topic])
