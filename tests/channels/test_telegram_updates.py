"""What Telegram's updates mean. The samples have the platform's shapes; their ids are made up."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.base import Incoming
from bot.channels.telegram import parse
from bot.dialogue.turn import Event

SAMPLES = Path(__file__).parent / "samples" / "telegram"
ROSA, KILLA, ANA = "700100200", "700100300", "700100500"
GROUP, CHANNEL = "-1001700100400", "-1001700100999"
QUERY = "4382001300000001"
Json = dict[str, Any]


def there(incoming: Incoming, latitude: float, longitude: float) -> Incoming:
    event = replace(incoming.event, latitude=latitude, longitude=longitude)
    return replace(incoming, event=event)


def samples() -> Iterator[tuple[str, Json]]:
    for file in sorted(SAMPLES.glob("*.json")):
        for name, update in json.loads(file.read_text()).items():
            yield f"{file.stem}: {name}", update


ALL = dict(samples())


def hers(
    kind: Any, words: str = "", address: str = ROSA, language: str = "es", ref: str = "1365"
) -> Incoming:
    text, choice = ("", words) if kind == "choice" else (words, "")
    event = Event(kind, text=text, choice=choice, language=language, channel="telegram")
    return Incoming("", address, event, ref=ref)


def pressed(kind: Any, choice: str = "", address: str = ROSA) -> Incoming:
    event = Event(kind, choice=choice, language="es", channel="telegram")
    return Incoming("", address, event, ack=QUERY)


def membership(kind: Any, address: str = ROSA) -> Incoming:
    return hers(kind, address=address, ref="")


UNREADABLE = hers("unreadable")
VOICE = replace(UNREADABLE, event=replace(UNREADABLE.event, media="AwACAgEAAxkBmadeup3"))
TAKEN_INTO_GROUP = membership("group", GROUP)
MEANING: dict[str, Incoming | None] = {
    "private: text": hers("text", "¿Qué hago si no me paga alimentos?"),
    "private: text in Quechua": hers("text", "Yanapaway, mamay", KILLA, "qu"),
    "private: without language": hers("text", "hola", ANA, ""),
    "private: start": hers("text", "start"),
    "private: start from a link": hers("text", "start"),
    "private: command with bot name": hers("text", "menu"),
    "private: command with words": hers("text", "buscar pensión de alimentos"),
    "private: reply": hers("text", "sí"),
    "private: forwarded": hers("text", "mira esto"),
    "private: forwarded from a channel": hers("text", "aviso"),
    "private: entities": hers("text", "negrita y cursiva"),
    "private: photo": UNREADABLE,
    "private: photo with words": hers("text", "me amenaza"),
    "private: voice": VOICE,
    "private: audio": VOICE,
    "private: document": UNREADABLE,
    "private: sticker": UNREADABLE,
    "private: video": UNREADABLE,
    "private: video note": UNREADABLE,
    "private: animation": UNREADABLE,
    "private: contact": UNREADABLE,
    "private: poll": UNREADABLE,
    "private: dice": UNREADABLE,
    "private: location": there(hers("location"), -13.163, -74.223),
    "private: venue": there(hers("location"), -13.163, -74.223),
    "private: something newer than this program": UNREADABLE,
    "private: auto-delete set": None,
    "private: pinned": None,
    "private: edited": hers("text", "¿Qué hago si no paga?"),
    "private: location moved": None,
    "presses: pressed": pressed("choice", "t:alimentos-demanda:steps"),
    "presses: pressed below a message too old to see": pressed(
        "choice", "t:alimentos-demanda:steps"
    ),
    "presses: pressed in a group": pressed("group", address=GROUP),
    "presses: pressed in a game": None,
    "presses: pressed below somebody's inline message": None,
    "membership: blocked": membership("blocked"),
    "membership: unblocked": membership("unblocked"),
    "membership: taken into a group": TAKEN_INTO_GROUP,
    "membership: made administrator of a channel": membership("group", CHANNEL),
    "membership: removed from a group": None,
    "groups: talk among others": None,
    "groups: command": TAKEN_INTO_GROUP,
    "groups: mention": TAKEN_INTO_GROUP,
    "groups: answer to the bot": TAKEN_INTO_GROUP,
    "groups: answer to a woman": None,
    "groups: somebody came": None,
    "others: channel post": None,
    "others: inline query": None,
    "others: chosen inline result": None,
    "others: poll state": None,
    "others: another bot": None,
}


def test_every_sample_has_a_meaning_here() -> None:
    assert ALL.keys() == MEANING.keys()


@pytest.mark.parametrize("name", ALL)
def test_an_update_means(name: str) -> None:
    update, expected = ALL[name], MEANING[name]
    found = parse(update)
    if expected is None:
        assert found == []
        return
    (incoming,) = found
    assert incoming.message_id == str(update["update_id"])
    assert incoming == Incoming(
        incoming.message_id, expected.address, expected.event, expected.ref, expected.ack
    )


@pytest.mark.parametrize("name", [name for name, meaning in MEANING.items() if meaning])
def test_the_library_reads_the_same_in_it(name: str) -> None:
    (incoming,) = parse(ALL[name])
    update = Update.de_json(ALL[name], None)
    assert not update.api_kwargs, "the sample has a field that the library does not know"
    chat, event = update.effective_chat, incoming.event
    assert chat is not None and incoming.address == str(chat.id)
    assert (chat.type == "private") == (event.kind != "group")
    assert incoming.message_id == str(update.update_id)
    assert update.effective_user is not None
    assert event.language == (update.effective_user.language_code or "")
    assert KINDS[event.kind](update, incoming)


def _same_words(update: Update, incoming: Incoming) -> bool:
    message = update.effective_message
    assert message is not None
    words = message.text or message.caption or ""
    if words.startswith("/"):
        # The library's own idea of where the command ends.
        (command,) = message.parse_entities(["bot_command"]).values()
        rest = words.removeprefix(command) if not command.startswith("/start") else ""
        words = command.lstrip("/").split("@")[0] + rest
    return words == incoming.event.text and incoming.ref == str(message.message_id)


def _same_press(update: Update, incoming: Incoming) -> bool:
    query = update.callback_query
    return query is not None and (query.data, query.id) == (incoming.event.choice, incoming.ack)


def _a_message_without_words(update: Update, incoming: Incoming) -> bool:
    message = update.message
    return message is not None and not message.text and not message.caption


def _membership_is(status: str) -> Any:
    def check(update: Update, incoming: Incoming) -> bool:
        change = update.my_chat_member
        return change is not None and change.new_chat_member.status == status

    return check


KINDS: dict[str, Any] = {
    "text": _same_words,
    "choice": _same_press,
    "unreadable": lambda update, it: (
        _a_message_without_words(update, it) and not update.message.location
    ),
    "location": lambda update, it: (
        _a_message_without_words(update, it) and bool(update.message.location)
    ),
    "blocked": _membership_is("kicked"),
    "unblocked": _membership_is("member"),
    "group": lambda update, it: update.effective_chat.type in ("supergroup", "channel"),
}


def test_the_shape_of_telegrams_own_published_examples_is_read() -> None:
    """Older than `is_bot` and `chat_instance`; the library itself refuses them."""
    sender = {"last_name": "Q", "id": 1111111, "first_name": "Rosa", "username": "rosa"}
    chat = {**sender, "type": "private"}
    message = {"date": 1441645532, "chat": chat, "message_id": 1365, "from": sender}
    (text,) = parse({"update_id": 10000, "message": {**message, "text": "/start"}})
    assert (text.address, text.event.text, text.message_id) == ("1111111", "start", "10000")
    (voice,) = parse({"update_id": 10001, "message": {**message, "voice": {"duration": 5}}})
    assert voice.event.kind == "unreadable"
    query = {"id": "7", "from": sender, "data": "menu", "inline_message_id": "1234csdbsk4839"}
    assert parse({"update_id": 10002, "callback_query": query}) == []
    (press,) = parse({"update_id": 10003, "callback_query": {**query, "message": message}})
    assert (press.event.choice, press.ack, press.ref) == ("menu", "7", "")


def test_half_a_letter_becomes_one_that_can_be_kept() -> None:
    broken = json.loads('"ayuda \\ud83d"')
    (incoming,) = parse(_with(ALL["private: text"], ["message", "text"], broken))
    assert incoming.event.text.encode() == b"ayuda ?"


@pytest.mark.parametrize("rubbish", [None, 1, "x", [], [1], {}, {"update_id": "1"}, {1: 2}])
def test_rubbish_means_nothing(rubbish: Any) -> None:
    assert parse(rubbish) == []


@pytest.mark.parametrize("path", [["update_id"], ["message", "chat", "id"]])
@pytest.mark.parametrize("rubbish", [True, None, "700100200", 1.5, [1], {}])
def test_an_id_that_is_no_whole_number_is_none(path: list[str], rubbish: Any) -> None:
    assert parse(_with(ALL["private: text"], path, rubbish)) == []


@pytest.mark.parametrize("latitude", [91, float("nan"), float("inf"), "13", None])
def test_a_place_that_is_not_on_earth_is_unreadable(latitude: Any) -> None:
    update = _with(ALL["private: location"], ["message", "location", "latitude"], latitude)
    (incoming,) = parse(update)
    assert incoming.event.kind == "unreadable"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield before
    children = value.items() if isinstance(value, dict) else ()
    for key, child in children:
        yield from _paths(child, (*before, key))


EVERYWHERE = [(name, path) for name, update in ALL.items() for path in _paths(update) if path]


@given(place=st.sampled_from(EVERYWHERE), rubbish=JSON)
def test_rubbish_anywhere_in_an_update_raises_nothing(
    place: tuple[str, tuple[Any, ...]], rubbish: Any
) -> None:
    name, path = place
    for incoming in parse(_with(ALL[name], list(path), rubbish)):
        assert incoming.address.lstrip("-").isdecimal()
        assert incoming.event.kind != "choice" or incoming.event.choice


def _with(update: Json, path: list[Any], value: Any) -> Json:
    copy = deepcopy(update)
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copy
