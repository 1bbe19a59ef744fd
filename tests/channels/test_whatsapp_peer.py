"""A client of WhatsApp that nobody here wrote reads the same in our samples, where it can."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from pywa import handlers
from pywa.client import WhatsApp

from bot.channels.base import Incoming, Status
from tests.channels.test_whatsapp_updates import ALL, MEANING, NUMBER_ID, read

LISTENED_TO = (
    *(handlers.MessageHandler, handlers.EditedMessageHandler, handlers.DeletedMessageHandler),
    *(handlers.CallbackButtonHandler, handlers.CallbackSelectionHandler),
    *(handlers.MessageStatusHandler, handlers.UserMarketingPreferencesHandler),
    *(handlers.PhoneNumberChangeHandler, handlers.FlowCompletionHandler),
)


def peer(body: dict[str, Any]) -> list[Any]:
    """What it hands to a program that wants to hear everything."""
    heard: list[Any] = []
    client = WhatsApp(NUMBER_ID, "token", validate_updates=False)
    client.add_handlers(*(kind(lambda _, update: heard.append(update)) for kind in LISTENED_TO))
    assert client.webhook_update_handler(json.dumps(body).encode()) == ("ok", 200)
    return heard


# It needs the newest shape, with all that can be there: without `contacts`, `user_id` or `from` it
# loses the update and says 200.
TOO_OLD_OR_TOO_NEW = {
    "moves: id changed",
    "places: place with a name",
    "presses: button of the older shape",
    "statuses: sent, of the older shape",
    "unreadable: audio",
    "unreadable: unsupported",
    "wishes: no announcements, of the older shape",
    "words: document with words",
    "words: text of the older shape",
    "words: text that names her only in the message",
}
READ_BY_BOTH = [
    name
    for name, meaning in MEANING.items()
    if len(meaning) == 1
    and name not in TOO_OLD_OR_TOO_NEW
    and not name.startswith(("batches:", "unreadable: something newer"))
]


@pytest.mark.parametrize("name", READ_BY_BOTH)
def test_the_peer_reads_the_same(name: str) -> None:
    (ours,), (theirs,) = read(ALL[name]), peer(ALL[name])
    if isinstance(ours, Status):
        assert {"played": "read"}.get(theirs.status.value, theirs.status.value) == ours.state
        assert theirs.tracker.startswith(".".join(("w1", *map(str, ours.mark))))
    else:
        assert SAME[ours.event.kind](ours, theirs)


def _same_sender(ours: Incoming, theirs: Any) -> bool:
    woman = theirs.from_user
    return (woman.bsuid or woman.wa_id, woman.wa_id or "") == (ours.address, ours.alias)


def _same_message(ours: Incoming, theirs: Any) -> bool:
    sent_at = theirs.timestamp.timestamp()
    opened = ours.window_until is not None and sent_at == ours.window_until - 24 * 3600 + 180
    return _same_sender(ours, theirs) and theirs.id == ours.message_id and opened


def _same_words(ours: Incoming, theirs: Any) -> bool:
    message = getattr(theirs, "message", theirs)  # of an edit, what it is now
    words = message.text or message.caption
    return _same_message(ours, theirs) and words == ours.event.text


def _same_place(ours: Incoming, theirs: Any) -> bool:
    place = theirs.location
    return _same_message(ours, theirs) and -90 <= place.latitude <= 90 and place.longitude < 0


def _without_words(ours: Incoming, theirs: Any) -> bool:
    said = [getattr(theirs, name, None) for name in ("text", "caption", "location", "data")]
    return _same_message(ours, theirs) and not any(said)


def _same_move(ours: Incoming, theirs: Any) -> bool:
    left = theirs.old_wa_id if theirs.old_wa_id != theirs.new_wa_id else ""
    number = ours.address if ours.address.isdecimal() else ours.alias
    return theirs.id == ours.message_id and number == left


def _same_wish(value: str) -> Callable[[Incoming, Any], bool]:
    return lambda ours, theirs: _same_sender(ours, theirs) and theirs.value.value == value


SAME: dict[str, Callable[[Incoming, Any], bool]] = {
    "text": _same_words,
    "choice": lambda ours, theirs: _same_message(ours, theirs) and theirs.data == ours.event.choice,
    "location": _same_place,
    "unreadable": _without_words,
    "moved": _same_move,
    "stopped": _same_wish("stop"),
    "resumed": _same_wish("resume"),
}


@pytest.mark.parametrize("name", sorted(TOO_OLD_OR_TOO_NEW))
def test_what_the_peer_cannot_read_is_still_so(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """The day it can, the sample moves above; docs/why.md says it cannot."""
    caplog.set_level(logging.CRITICAL, "pywa")
    assert peer(ALL[name]) == []
    assert len(read(ALL[name])) == 1


@pytest.mark.parametrize(
    ("name", "lost"),
    [("three messages of three women", 2), ("two entries, each with two changes", 3)],
)
def test_of_a_batch_the_peer_reads_only_the_first(name: str, lost: int) -> None:
    """Why it is no part of Willaq (docs/why.md)."""
    ours, (first,) = read(ALL[f"batches: {name}"]), peer(ALL[f"batches: {name}"])
    assert isinstance(ours[0], Incoming) and _same_words(ours[0], first)
    assert len(ours) == 1 + lost


def test_whose_words_they_are_the_peer_guesses_and_we_do_not() -> None:
    body = ALL["batches: from a number that is not the contact's"]
    (ours,), (theirs,) = read(body), peer(body)
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    assert isinstance(ours, Incoming) and ours.address == message["from"]
    assert theirs.from_user.wa_id != message["from"]
