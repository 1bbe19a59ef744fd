"""What she answers is nowhere in memory once it is kept: caches hold what is everybody's."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Limits
from bot.conversation import Conversation
from bot.dialogue.turn import Event
from tests.outgoing import Phones, Way
from tests.schools import OPEN, with_editions

KRAM = "lalagirdobaM"  # her name, backwards, so that looking for it does not find itself
ROSA = "51000000001"


def name() -> str:
    return KRAM[::-1].capitalize()


def holders() -> list[str]:
    """What still holds her name."""
    gc.collect()
    return [repr(type(each)) for each in gc.get_objects() if any(map(has_name, held_by(each)))]


def held_by(thing: Any) -> Iterator[Any]:
    for each in gc.get_referents(thing):
        yield each
        if type(each) is tuple and not gc.is_tracked(each):
            yield from held_by(each)


def has_name(thing: Any) -> bool:
    if isinstance(thing, bytes):
        return KRAM.lower().encode() in thing[::-1].lower()
    return isinstance(thing, str) and KRAM.lower() in thing[::-1].lower()


@pytest.fixture
def phones() -> Phones:
    return Phones(limits=Limits(choices=10))


async def test_nothing_remembers_the_name_she_chose(tmp_path: Path, phones: Phones) -> None:
    catalogue = with_editions()
    async with Way(tmp_path, phones) as way:
        conversation = Conversation(
            way.store, lambda: catalogue, handed=way.outbox.take, now=way.now
        )

        async def does(kind: str, said: str) -> None:
            count = len(phones.shown)
            event = Event("text", text=said) if kind == "text" else Event("choice", choice=said)
            await conversation.receive(
                channel="telegram", message_id=f"{count}", address=ROSA, event=event
            )
            await way.until(lambda: len(phones.shown) > count)

        await does("text", "menú")
        await does("choice", f"join:{OPEN.slug}")
        await does("choice", f"sign:yes:{OPEN.slug}")
        await does("text", name())
        await does("choice", "sign:region:09")
        await does("text", f"Comité {name()}")
        assert any(map(has_name, (text for _, text in phones.shown))), "she reads it"
        await does("choice", f"sign:ok:{OPEN.slug}")
        for said in ("mis inscripciones", "qué sabes de mí"):
            await does("text", said)
        await does("choice", f"change:{OPEN.slug}")
        await does("choice", "menu")
        for seen in (phones.shown, phones.asked):
            seen.clear()
        assert holders() == []


def test_what_is_remembered_would_be_found() -> None:
    kept = (("name", name()),)
    assert holders() != []
    del kept
    assert holders() == []
