"""What WhatsApp's webhooks mean. The samples have the platform's shapes; their ids are made up."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.base import Incoming, Mark, SendError, Status
from bot.channels.whatsapp_marks import read_mark, write_mark
from bot.channels.whatsapp_updates import MARGIN_S, WINDOW_S, parse
from bot.dialogue.turn import Event

SAMPLES = Path(__file__).parent / "samples" / "whatsapp"
NUMBER_ID, TAG = "106000000000001", "w1"
ROSA, ROSAS_NUMBER = "PE.100200300400500", "51900100200"
KILLA = "PE.7Q2killa9madeup4"
ANA, ANAS_NUMBER = "PE.500400300200100", "51900100500"
AT = 1795550000
UNTIL = AT + 24 * 3600 - 180.0
Json = dict[str, Any]


def samples() -> Iterator[tuple[str, Json]]:
    for file in sorted(SAMPLES.glob("*.json")):
        for name, body in json.loads(file.read_text()).items():
            yield f"{file.stem}: {name}", body


ALL = dict(samples())


def hers(kind: Any, words: str = "", *, address: str = ROSA, alias: str = ROSAS_NUMBER) -> Incoming:
    """Without its id: the samples have theirs."""
    text, choice = ("", words) if kind == "choice" else (words, "")
    event = Event(kind, text=text, choice=choice, channel="whatsapp")
    return Incoming("", address, event, alias=alias, window_until=UNTIL)


def old(kind: Any, words: str = "") -> Incoming:
    return hers(kind, words, address=ROSAS_NUMBER, alias="")


def there(incoming: Incoming, latitude: float, longitude: float) -> Incoming:
    event = replace(incoming.event, latitude=latitude, longitude=longitude)
    return replace(incoming, event=event)


def killas(kind: Any, words: str = "") -> Incoming:
    return hers(kind, words, address=KILLA, alias="")


def told(kind: Any, address: str = ROSA, alias: str = ROSAS_NUMBER) -> Incoming:
    """The platform tells it of her; she wrote nothing, so no window opens."""
    return Incoming("", address, Event(kind, channel="whatsapp"), alias=alias)


ONLY_ONE = Mark(4711, 1, 1, 1)


def status(
    state: Any, reason: str = "", mark: Mark = ONLY_ONE, had_buttons: bool = False
) -> Status:
    return Status(mark, state, SendError(reason) if reason else None, had_buttons)


def second(state: Any, reason: str = "") -> Status:
    return status(state, reason, Mark(4711, 1, 2, 3), had_buttons=True)


UNREADABLE = hers("unreadable")


def spoken(incoming: Incoming) -> Incoming:
    return replace(incoming, event=replace(incoming.event, media="1000000000000009"))


MEANING: dict[str, list[Incoming | Status]] = {
    "words: text": [hers("text", "¿Qué hago si no me paga alimentos?")],
    "words: text of the older shape": [old("text", "hola")],
    "words: text from a woman without a number": [killas("text", "Yanapaway, mamay")],
    "words: text that names her only among the contacts": [hers("text", "hola")],
    "words: text that names her only in the message": [hers("text", "hola")],
    "words: text from a number whose id is among the contacts": [hers("text", "hola")],
    "words: text that answers one of ours": [hers("text", "sí")],
    "words: text forwarded": [hers("text", "mira esto")],
    "words: text from an advertisement": [hers("text", "Quiero saber más")],
    "words: text edited": [hers("text", "¿Qué hago si no paga?")],
    "words: caption edited": [hers("text", "me amenazó")],
    "words: photo with words": [hers("text", "me amenaza")],
    "words: document with words": [old("text", "¿sirve esta denuncia?")],
    "unreadable: voice": [spoken(UNREADABLE)],
    "unreadable: audio": [spoken(old("unreadable"))],
    "unreadable: photo": [UNREADABLE],
    "unreadable: video": [killas("unreadable")],
    "unreadable: document": [UNREADABLE],
    "unreadable: sticker": [UNREADABLE],
    "unreadable: contact": [UNREADABLE],
    "unreadable: contact of the newer shape": [killas("unreadable")],
    "unreadable: order": [UNREADABLE],
    "unreadable: unsupported": [old("unreadable")],
    "unreadable: unsupported of a named type": [UNREADABLE],
    "unreadable: filled form": [UNREADABLE],
    "unreadable: press that could not be told": [UNREADABLE],
    "unreadable: something newer than this program": [UNREADABLE],
    "presses: button": [hers("choice", "t:alimentos-demanda:steps")],
    "presses: button of the older shape": [old("choice", "menu")],
    "presses: row of a list": [killas("choice", "cat:violencia")],
    "presses: button of a template": [hers("choice", "menu")],
    "presses: button of a template, without what it belongs to": [killas("choice", "menu")],
    "places: place she is at": [there(hers("location"), -13.517088, -71.978536)],
    "places: place with a name": [there(old("location"), -13.51675, -71.97877)],
    "moves: number changed": [told("moved")],
    "moves: number changed, of the older shape": [told("moved", ROSAS_NUMBER, "")],
    "moves: number changed, of the oldest shape": [told("moved", ROSAS_NUMBER, "")],
    "moves: number changed, told by the new number": [told("moved", ROSA, "")],
    "moves: id changed": [told("moved", KILLA, "")],
    "moves: security code changed": [],
    "wishes: no announcements": [told("stopped")],
    "wishes: no announcements, of the older shape": [told("stopped", ROSAS_NUMBER, "")],
    "wishes: announcements again": [told("resumed", KILLA, "")],
    "wishes: signed up by a link": [],
    "wishes: a wish about something else": [],
    "statuses: sent": [second("sent")],
    "statuses: delivered": [second("delivered")],
    "statuses: read": [second("read")],
    "statuses: played": [status("read")],
    "statuses: failed: she cannot be reached": [second("failed", "undeliverable")],
    "statuses: failed: the window is closed": [status("failed", "window")],
    "statuses: failed: she wants no announcements": [status("failed", "unwanted")],
    "statuses: failed: for a reason newer than this program": [status("failed", "rejected")],
    "statuses: failed: without a reason": [status("failed", "rejected")],
    "statuses: sent, of the older shape": [status("sent")],
    "statuses: of another database": [],
    "statuses: of a message without a mark": [],
    "statuses: of a mark that is none": [],
    "statuses: of a state newer than this program": [],
    "batches: three messages of three women": [
        hers("text", "uno"),
        killas("text", "dos"),
        hers("text", "tres", address=ANA, alias=ANAS_NUMBER),
    ],
    "batches: two entries, each with two changes": [
        hers("text", "uno"),
        second("sent"),
        killas("text", "dos"),
        told("stopped"),
    ],
    "batches: one that means something beside one that means nothing": [hers("text", "gracias")],
    "batches: nobody can tell whose": [],
    "batches: from a number that is not the contact's": [
        hers("text", "hola", address=ANAS_NUMBER, alias="")
    ],
    "others: reaction": [],
    "others: reaction taken back": [],
    "others: message taken back": [],
    "others: message taken back, of the newer shape": [],
    "others: photo edited, without words": [],
    "others: talk in a group": [],
    "others: our own message": [],
    "others: echo of our own message": [],
    "others: to another number than ours": [],
    "others: call": [],
    "others: call's status": [],
    "others: what another program answers in our place": [],
    "others: template paused": [],
    "others: account restricted": [],
    "others: another product of the platform": [],
}


def comparable(found: list[Incoming | Status]) -> list[Any]:
    """Ids are looked at elsewhere; exceptions are equal only to themselves."""
    return [
        (each.address, each.event, each.ref, each.ack, each.alias, each.window_until)
        if isinstance(each, Incoming)
        else (each.mark, each.state, each.failure and each.failure.reason, each.had_buttons)
        for each in found
    ]


def read(body: Any) -> list[Incoming | Status]:
    return parse(body, TAG, NUMBER_ID)


def value_of(body: Json) -> Json:
    value: Json = body["entry"][0]["changes"][0]["value"]
    return value


def test_every_sample_has_a_meaning_here() -> None:
    assert ALL.keys() == MEANING.keys()


@pytest.mark.parametrize("name", ALL)
def test_a_webhook_means(name: str) -> None:
    assert comparable(read(ALL[name])) == comparable(MEANING[name])


def ids(body: Json) -> list[str]:
    return [each.message_id for each in read(body) if isinstance(each, Incoming)]


def test_a_message_keeps_the_platforms_id() -> None:
    for name in ("words: text", "presses: button", "moves: number changed"):
        (message,) = value_of(ALL[name])["messages"]
        assert ids(ALL[name]) == [message["id"]]


def test_each_sample_has_ids_of_its_own() -> None:
    all_of_them = [id for body in ALL.values() for id in ids(body)]
    wishes = [id for id in all_of_them if not id.startswith("wamid.")]
    assert len(set(all_of_them) - set(wishes)) == len(all_of_them) - len(wishes)


def test_the_same_wish_told_twice_has_one_id_and_another_wish_another() -> None:
    stop, once_more = ALL["wishes: no announcements"], deepcopy(ALL["wishes: no announcements"])
    assert ids(stop) == ids(once_more)
    (preference,) = value_of(once_more)["user_preferences"]
    preference["timestamp"] += 60
    assert ids(stop) != ids(once_more)
    (preference,) = value_of(once_more)["user_preferences"]
    preference.update(timestamp=AT, value="resume")
    assert ids(stop) != ids(once_more)


def test_without_a_number_of_ours_all_of_it_is_ours() -> None:
    body = ALL["others: to another number than ours"]
    assert len(parse(body, TAG)) == 1 and parse(body, TAG, NUMBER_ID) == []


@pytest.mark.parametrize(
    "timestamp",
    [
        "9" * 5000,
        None,
        "",
        "soon",
        "-1",
        "1795550000000",
        1.5,
        True,
        "９９９９９９９９９９",
        [],
        {},
        "1e9",
    ],
)
def test_a_time_that_is_none_leaves_the_window_untold(timestamp: Any) -> None:
    body = deepcopy(ALL["words: text"])
    value_of(body)["messages"][0]["timestamp"] = timestamp
    (incoming,) = read(body)
    assert isinstance(incoming, Incoming) and incoming.window_until is None


@pytest.mark.parametrize("timestamp", ["1795550000", 1795550000])
def test_the_window_closes_for_us_a_little_before_it_does(timestamp: Any) -> None:
    body = deepcopy(ALL["words: text"])
    value_of(body)["messages"][0]["timestamp"] = timestamp
    (incoming,) = read(body)
    assert isinstance(incoming, Incoming)
    assert incoming.window_until == AT + WINDOW_S - MARGIN_S == UNTIL


@pytest.mark.parametrize(
    ("number", "address"),
    [("51900100200", "51900100200"), ("+51900100200", "51900100200")]
    + [
        (rubbish, None)
        for rubbish in ("", "rosa", "0x12", "５１９００１００２００", "51 900", 51900100200)
    ],
)
def test_a_number_is_digits(number: Any, address: str | None) -> None:
    body = deepcopy(ALL["words: text of the older shape"])
    del value_of(body)["contacts"]
    value_of(body)["messages"][0]["from"] = number
    assert [each.address for each in read(body) if isinstance(each, Incoming)] == (
        [address] if address else []
    )


@pytest.mark.parametrize("user_id", ["51900100200", "PE", "PE.", "PE.a b", "P.1", "", 7, None])
def test_an_id_of_another_form_is_none_so_that_it_is_never_taken_for_a_number(
    user_id: Any,
) -> None:
    body = deepcopy(ALL["words: text"])
    value_of(body)["contacts"][0]["user_id"] = user_id
    value_of(body)["messages"][0]["from_user_id"] = user_id
    (incoming,) = read(body)
    assert isinstance(incoming, Incoming)
    assert (incoming.address, incoming.alias) == (ROSAS_NUMBER, "")


@pytest.mark.parametrize("latitude", [91, float("nan"), float("inf"), "13", None])
def test_a_place_that_is_not_on_earth_is_unreadable(latitude: Any) -> None:
    body = deepcopy(ALL["places: place she is at"])
    value_of(body)["messages"][0]["location"]["latitude"] = latitude
    assert comparable(read(body)) == comparable([UNREADABLE])


def test_half_a_letter_becomes_one_that_can_be_kept() -> None:
    body = deepcopy(ALL["words: text"])
    value_of(body)["messages"][0]["text"]["body"] = json.loads('"ayuda \\ud83d"')
    (incoming,) = read(body)
    assert isinstance(incoming, Incoming) and incoming.event.text.encode() == b"ayuda ?"


def test_an_edit_of_an_edit_of_an_edit_is_none() -> None:
    message: Json = {"type": "text", "text": {"body": "hola"}}
    for _ in range(2000):
        message = {"type": "edit", "edit": {"message": message}}
    body = deepcopy(ALL["words: text edited"])
    value_of(body)["messages"][0]["edit"]["message"] = message
    assert read(body) == []


@pytest.mark.parametrize("rubbish", [None, 1, "x", [], [1], {}, {"entry": 1}, {1: 2}])
def test_rubbish_means_nothing(rubbish: Any) -> None:
    assert read(rubbish) == []


MARKS = st.builds(
    lambda row, attempt, of, part: Mark(row, attempt, min(part, of), of),
    st.integers(0, 10**18 - 1),
    st.integers(0, 999),
    st.integers(1, 999),
    st.integers(1, 999),
)


@given(tag=st.text("abcdefghijkl0123456789.-", max_size=20), mark=MARKS, has_buttons=st.booleans())
def test_a_mark_comes_back_as_it_went_out(tag: str, mark: Mark, has_buttons: bool) -> None:
    assert read_mark(tag, write_mark(tag, mark, has_buttons=has_buttons)) == (mark, has_buttons)


@given(tag=st.text("ab.1", max_size=4), other=st.text("ab.1", max_size=4), mark=MARKS)
def test_a_mark_of_another_database_is_none_of_ours(tag: str, other: str, mark: Mark) -> None:
    written = write_mark(other, mark, has_buttons=False)
    assert (read_mark(tag, written) is not None) == (tag == other)


@pytest.mark.parametrize(
    "rubbish",
    [
        *("", "w1", "w1.", "w1.1", "w1.1.1.1", "w1.1.1.0.1", "w1.1.1.2.1", "w1.-1.1.1.1"),
        *("w1.１.1.1.1", "w1.1.1.1.1.1", "w1.1.1.1.1.c", "w1.1.1.1.1.b.b", "w1.1.1.1.1\n"),
        *("x1.1.1.1.1", f"w1.{10**18}.1.1.1"),
    ],
)
def test_what_is_no_mark_is_none(rubbish: str) -> None:
    assert read_mark(TAG, rubbish) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
# Words that mean something to the parser, so that chance finds its way into it.
NAMES = st.sampled_from(
    """object entry changes value field messages contacts statuses user_preferences metadata type
    text body interactive edit message system errors""".split()
)
SHAPED = st.recursive(
    st.sampled_from(["messages", "text", "edit", "system", "user_preferences", "PE.1", "1", 0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=30,
)


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield before
    children: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        children = enumerate(value)
    for key, child in children:
        yield from _paths(child, (*before, key))


EVERYWHERE = [(name, path) for name, body in ALL.items() for path in _paths(body) if path]
GONE = "(taken out)"


def _with(body: Json, path: tuple[Any, ...], value: Any) -> Json:
    copy = deepcopy(body)
    inner: Any = copy
    for key in path[:-1]:
        inner = inner[key]
    if value == GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copy


def hold(found: list[Incoming | Status]) -> None:
    """What holds of whatever leaves the parser."""
    for each in found:
        if isinstance(each, Incoming):
            assert each.address and each.message_id and each.address != each.alias
            assert not each.alias or each.alias.isdecimal()
            assert each.event.kind != "choice" or each.event.choice
            assert each.event.kind != "text" or each.event.text
            assert each.window_until is None or 10**9 < each.window_until < 10**10 + WINDOW_S
            json.dumps(each.message_id + each.address + each.event.text).encode()
        else:
            assert 1 <= each.mark.part <= each.mark.of
            assert (each.failure is not None) == (each.state == "failed")


@given(body=JSON | SHAPED)
@example(body={"object": "whatsapp_business_account", "entry": [{"changes": [{"field": []}]}]})
def test_nothing_that_json_can_hold_raises(body: Any) -> None:
    hold(read(body))
    hold(read({"object": "whatsapp_business_account", "entry": body}))
    change = {"field": "messages", "value": body}
    body = {"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}
    hold(parse(body, TAG))


@given(place=st.sampled_from(EVERYWHERE), value=JSON | SHAPED | st.just(GONE))
def test_rubbish_anywhere_in_a_webhook_raises_nothing(
    place: tuple[str, tuple[Any, ...]], value: Any
) -> None:
    name, path = place
    hold(read(_with(ALL[name], path, value)))


@pytest.mark.parametrize("value", [GONE, None, 0, "", [], {}, "x", True, [{}], {"x": {}}])
def test_no_node_of_any_sample_is_one_that_the_parser_cannot_be_without(value: Any) -> None:
    for name, path in EVERYWHERE:
        hold(read(_with(ALL[name], path, value)))


@given(first=st.sampled_from(sorted(ALL)), second=st.sampled_from(sorted(ALL)))
def test_what_one_entry_holds_changes_nothing_about_another(first: str, second: str) -> None:
    one, other = ALL[first], ALL[second]
    if one["object"] != other["object"]:
        return
    both = {**one, "entry": one["entry"] + other["entry"]}
    assert comparable(read(both)) == comparable([*read(one), *read(other)])


@given(sample=st.sampled_from(sorted(ALL)), tag=st.text("w12.", max_size=3))
def test_no_status_carries_the_mark_of_another_database(sample: str, tag: str) -> None:
    found = [each for each in parse(ALL[sample], tag) if isinstance(each, Status)]
    assert not found or f'"{tag}.{found[0].mark.row_id}.' in json.dumps(ALL[sample])
