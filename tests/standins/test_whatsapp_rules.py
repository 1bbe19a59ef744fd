"""Every limit on the form of a message: what just fits is taken, one more is refused."""

from typing import Any

import pytest

from tests.standins.hooked import KILLA
from tests.standins.platform import Json
from tests.standins.whatsapp_bodies import (
    LIMITS,
    buttons,
    cards,
    interactive,
    link,
    listed,
    message,
    one_row,
    place,
    read,
    rows,
    template,
    two_buttons,
)
from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_rules import check_message
from tests.standins.whatsapp_spec import judges

GOOD: dict[str, Json] = {
    "text with a link": message("text", {"body": "https://example.org", "preview_url": True}),
    "text in answer": message("text", {"body": "x"}, context={"message_id": "wamid.x"}),
    "without a type": {"messaging_product": "whatsapp", "to": KILLA, "text": {"body": "x"}},
    "number as people write it": {**message("text", {"body": "x"}), "to": "+51 900-000-002"},
    "to her id": {
        **{k: v for k, v in message("text", {"body": "x"}).items() if k != "to"},
        "recipient": "PE.13491208655302741918",
    },
    "image above buttons": buttons(header={"type": "image", "image": {"id": "1"}}),
    "one section without title": listed(),
    "coordinates as strings": place("-13.16", "-74.22", name="CEM", address="Jr. Lima 1"),
    "voice": message("audio", {"id": "1", "voice": True}),
    "audio by link": message("audio", {"link": "https://example.org/a.ogg"}),
    "document": message("document", {"id": "1", "filename": "guia.pdf"}),
    "sticker": message("sticker", {"id": "1"}),
    "reaction": message("reaction", {"message_id": "wamid.x", "emoji": "\N{THUMBS UP SIGN}"}),
    "ask for her place": interactive("location_request_message", {"name": "send_location"}),
    "button with a link": link(),
    "a contact with nothing in its lists": message(
        "contacts",
        [
            {
                "name": {"formatted_name": "CEM Lima", "first_name": "CEM", "last_name": None},
                **{name: [] for name in ("phones", "emails", "urls", "addresses")},
            }
        ],
    ),
    "template without anything to fill": template(components=[]),
    "template": template(
        components=[
            {"type": "body", "parameters": [{"type": "text", "text": "x"}]},
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "open"}],
            },
        ]
    ),
    "nothing where nothing has to be": message("document", {"id": "1", "caption": None}),
    "read": read(),
    "read and writing": read(typing_indicator={"type": "text"}),
}

# What is wrong, the message, the code.
BAD: list[tuple[str, Any, int]] = [
    ("no object", [], 100),
    ("no product", {"to": KILLA, "type": "text", "text": {"body": "x"}}, 131008),
    ("wrong product", message("text", {"body": "x"}, messaging_product="sms"), 131009),
    ("nobody to send to", {"messaging_product": "whatsapp", "text": {"body": "x"}}, 131008),
    ("a name for a number", {**message("text", {"body": "x"}), "to": "Killa"}, 131009),
    ("a number that is one", {**message("text", {"body": "x"}), "to": 51900000002}, 100),
    ("no id of hers", {**message("text", {"body": "x"}), "recipient": "13491"}, 131009),
    ("to a group", message("text", {"body": "x"}, recipient_type="group"), 131009),
    ("unknown kind", message("poll", {"x": 1}), 100),
    ("kind of no type", message("text", {"body": "x"}, type=["text"]), 100),
    (
        "kind without content",
        {"messaging_product": "whatsapp", "to": KILLA, "type": "text"},
        131008,
    ),
    ("two contents", message("text", {"body": "x"}, location={}), 100),
    ("unknown field", message("text", {"body": "x"}, silent=True), 100),
    ("unknown field inside", message("text", {"body": "x", "parse_mode": "HTML"}), 100),
    ("text as a string", message("text", "x"), 100),
    ("text as a number", message("text", {"body": 5}), 100),
    ("no text", message("text", {}), 131008),
    ("empty text", message("text", {"body": ""}), 100),
    ("blank text", message("text", {"body": " \n"}), 100),
    ("preview as a word", message("text", {"body": "x", "preview_url": "yes"}), 100),
    ("no body", interactive("button", {"buttons": []}, body=None), 131008),
    ("no buttons", interactive("button", {"buttons": []}, body={"text": "x"}), 131009),
    ("button without title", buttons(title=""), 131009),
    ("button without id", buttons(id=""), 131009),
    ("same button ids", two_buttons(("a", "Sí"), ("a", "No")), 131009),
    ("same button titles", two_buttons(("a", "Sí"), ("b", "Sí")), 131009),
    ("no action", interactive("button", {}), 131008),
    ("unknown interactive", interactive("poll", {"buttons": []}), 131009),
    ("buttons in a list", interactive("list", {"buttons": []}), 131008),
    ("no sections", listed([]), 131009),
    ("section without rows", listed([{"title": "a", "rows": []}]), 131009),
    ("same row ids", listed([{"rows": [*rows(1), {"id": "row-0", "title": "b"}]}]), 131009),
    ("same row titles", listed([{"rows": [*rows(1), {"id": "b", "title": "Fila 0"}]}]), 131009),
    (
        "same row ids in two sections",
        listed([{"title": "a", "rows": rows(1)}, {"title": "b", "rows": rows(1)}]),
        131009,
    ),
    (
        "two sections, one title",
        listed([{"rows": rows(1)}, {"title": "b", "rows": [{"id": "b", "title": "B"}]}]),
        131009,
    ),
    ("image above a list", listed(header={"type": "image", "image": {"id": "1"}}), 131009),
    ("header without type", buttons(header={"text": "x"}), 131008),
    ("footer as a string", buttons(footer="x"), 100),
    ("row with a link", one_row(url="https://example.org"), 100),
    ("media of no kind", message("audio", {}), 100),
    ("media twice", message("audio", {"id": "1", "link": "https://example.org/a.ogg"}), 100),
    ("media by path", message("audio", {"link": "file:///a.ogg"}), 131009),
    ("caption for audio", message("audio", {"id": "1", "caption": "x"}), 100),
    ("voice as a word", message("audio", {"id": "1", "voice": "yes"}), 100),
    ("half a place", message("location", {"latitude": -13}), 131008),
    ("place in words", place("norte"), 100),
    ("no contacts", cards(0), 131009),
    ("nameless contact", message("contacts", [{"phones": [{"phone": "100"}]}]), 131008),
    ("half a name", message("contacts", [{"name": {"formatted_name": "x"}}]), 131009),
    ("template without language", message("template", {"name": "aviso"}), 131008),
    ("template in capitals", template(name="Aviso"), 131009),
    ("parameter of no type", template(components=[{"type": "body", "parameters": [{}]}]), 131008),
    ("reaction to nothing", message("reaction", {"emoji": "x"}), 131008),
    ("read what", {"messaging_product": "whatsapp", "status": "read"}, 131008),
    ("delivered", read(status="delivered"), 131009),
    ("typing what", read(typing_indicator={"type": "audio"}), 131009),
]


@pytest.mark.parametrize("name", LIMITS)
def test_what_just_fits_is_taken_and_one_more_is_refused(name: str) -> None:
    make, most, code = LIMITS[name]
    for judge in judges():
        judge(make(most))
    with pytest.raises(Refused) as caught:
        check_message(make(most + 1))
    assert caught.value.code == code


@pytest.mark.parametrize("name", GOOD)
def test_what_meta_takes_is_taken(name: str) -> None:
    for judge in judges():
        judge(GOOD[name])


@pytest.mark.parametrize(("what", "body", "code"), BAD, ids=[each[0] for each in BAD])
def test_what_meta_refuses_is_refused_with_its_code(what: str, body: Any, code: int) -> None:
    with pytest.raises(Refused) as caught:
        check_message(body)
    assert caught.value.code == code, str(caught.value)
