"""What WhatsApp is asked to show: inside every limit of its API, and as its libraries write it."""

from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pywa.client import WhatsApp
from pywa.types.callback import Button, Section, SectionList, SectionRow
from pywa.types.others import Contact
from pywa.types.templates import QuickReplyButton, TemplateLanguage

from bot.channels.base import Bubble
from bot.channels.fit import fit
from bot.channels.pieces import length
from bot.channels.whatsapp_messages import BUTTON, LIMITS, knock, payload
from bot.dialogue.turn import Card, File, Message, Pin
from tests.standins.whatsapp_rules import check_message
from tests.standins.whatsapp_spec import description

PHONE = "51987000001"
USER_ID = "PE.13491208655302741918"
MARK = "w1.77.1.2.b"
MENU, HELP, EXIT = ("menu", "Menú"), ("help", "Ayuda ahora"), ("exit", "Salir")
THREE = ((MENU,), (HELP,), (EXIT,))
TOPIC = ("t:alimentos-demanda", "Pensión para mis hijos")  # a row shows it, a button does not
LIST = ((TOPIC,), (MENU, HELP, EXIT))
PIN = Pin(-12.78, -74.97, "CEM Lircay", "Jr. Libertad 123")
LINE_100, POLICE = Card("Línea 100", ("100",)), Card("Comisaría", ("105", "067 123 456"))
VOICE = File("locales/quy/audio/linea-100.ogg", kind="audio")
PAPER = File("content/escuela.pdf", "Escuela.pdf")


def is_fine(body: dict[str, Any]) -> bool:
    """Raises Refused, with what WhatsApp would say."""
    check_message(orjson.loads(orjson.dumps(body)))
    described = description()
    if described is not None:
        described.check_message(body)
    return True


def content(bubble: Bubble, media_id: str = "") -> Any:
    body = payload(PHONE, bubble, MARK, media_id)
    assert is_fine(body)
    return body[body["type"]]


def attached(*attachments: Pin | Card | File) -> Bubble:
    return Bubble("", attachments=attachments)


def test_a_text_comes_without_the_preview_that_names_the_site() -> None:
    assert payload(PHONE, Bubble("https://www.gob.pe"), MARK) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "type": "text",
        "text": {"body": "https://www.gob.pe", "preview_url": False},
        "biz_opaque_callback_data": MARK,
    }


def test_who_shows_no_number_is_written_to_by_her_id() -> None:
    body = payload(USER_ID, Bubble("Hola"), "")
    assert (body["recipient"], "to" in body, "recipient_type" in body) == (USER_ID, False, False)
    assert "biz_opaque_callback_data" not in body
    assert is_fine(body)


def test_few_short_choices_are_buttons() -> None:
    assert content(Bubble("Elige", THREE, pick="Akllay")) == {
        "type": "button",
        "body": {"text": "Elige"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": id, "title": label}}
                for id, label in (MENU, HELP, EXIT)
            ]
        },
    }


def test_more_or_longer_ones_are_rows_of_a_list() -> None:
    assert content(Bubble("Elige", LIST, pick="Akllay")) == {
        "type": "list",
        "body": {"text": "Elige"},
        "action": {
            "button": "Akllay",
            "sections": [
                {"rows": [{"id": id, "title": label} for id, label in (TOPIC, MENU, HELP, EXIT)]}
            ],
        },
    }
    assert content(Bubble("Elige", ((TOPIC,),)))["type"] == "list"
    assert content(Bubble("Elige", ((("t:x", "a" * BUTTON),),)))["type"] == "button"
    assert content(Bubble("Elige", ((("t:x", "a" * (BUTTON + 1)),),)))["type"] == "list"


@pytest.mark.parametrize("pick", ["", " ", "a" * (BUTTON + 1)])
def test_a_list_can_always_be_opened(pick: str) -> None:
    assert content(Bubble("Elige", LIST, pick=pick))["action"]["button"] == "Elegir"


def test_a_place_is_a_pin_and_has_no_empty_words() -> None:
    where = {"latitude": -12.78, "longitude": -74.97}
    words = {"name": "CEM Lircay", "address": "Jr. Libertad 123"}
    assert content(attached(PIN)) == {**where, **words}
    assert content(attached(Pin(-12.78, -74.97, ""))) == where


def test_a_card_offers_to_call_and_nothing_else() -> None:
    assert content(attached(LINE_100, POLICE)) == [
        {
            "name": {"formatted_name": "Línea 100", "first_name": "Línea 100"},
            "phones": [{"phone": "100", "type": "WORK"}],
        },
        {
            "name": {"formatted_name": "Comisaría", "first_name": "Comisaría"},
            "phones": [
                {"phone": "105", "type": "WORK"},
                {"phone": "067 123 456", "type": "WORK"},
            ],
        },
    ]


def test_a_file_goes_by_the_id_it_was_given() -> None:
    assert content(attached(VOICE), "1001") == {"id": "1001", "voice": True}
    assert content(attached(PAPER), "1002") == {"id": "1002", "filename": "Escuela.pdf"}
    assert content(attached(File("content/a/b.pdf")), "1")["filename"] == "b.pdf"
    assert content(attached(File("announcements/a.jpg", kind="image")), "1003") == {"id": "1003"}


@pytest.mark.parametrize("file", [VOICE, PAPER])
def test_a_file_without_an_id_is_not_sent(file: File) -> None:
    with pytest.raises(ValueError, match="upload it first"):
        payload(PHONE, attached(file), MARK)


def test_a_knock_says_nothing_and_has_one_button() -> None:
    body = knock(USER_ID, "willaq_aviso", "es", "knock", MARK)
    assert is_fine(body)
    assert body["template"] == {
        "name": "willaq_aviso",
        "language": {"code": "es"},
        "components": [
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "knock"}],
            }
        ],
    }


WORDS = st.text(max_size=30) | st.sampled_from(
    ["**Ley 30364**", "👩\u200d👩\u200d👧", "p'unchaw", "\n\n"]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=6000).map(
    lambda text: text * 3
)
LABELS = st.text(max_size=40)
IDS = st.sampled_from(["menu", "help", "exit", "lang"]) | st.integers(0, 20).map("t:{}".format)
CHOICES = st.lists(st.tuples(IDS, LABELS), max_size=14).map(tuple)
NAMES = st.text(min_size=1, max_size=40).filter(str.strip)
PHONES = st.lists(
    st.sampled_from(["100", "01 428 0635", "+51 900 000 000"]), min_size=1, max_size=3
)
ATTACHMENTS = st.lists(
    st.builds(Pin, st.floats(-90, 90), st.floats(-180, 180), NAMES, st.just("") | NAMES)
    | st.builds(Card, NAMES, PHONES.map(tuple))
    | st.sampled_from([VOICE, PAPER]),
    max_size=8,
).map(tuple)


@settings(deadline=None)
@given(
    message=st.builds(Message, TEXTS, CHOICES, pick=st.text(max_size=25), attachments=ATTACHMENTS),
    shows_buttons=st.booleans(),
)
def test_whatever_is_said_whatsapp_takes_it_and_nothing_is_missing(
    message: Message, shows_buttons: bool
) -> None:
    limits = LIMITS if shows_buttons else LIMITS.without_buttons
    bubbles = fit(message, limits)
    bodies = [payload(PHONE, bubble, MARK, media_id="1001") for bubble in bubbles]
    assert all(map(is_fine, bodies))
    shown = [body for body in bodies if body["type"] in ("text", "interactive")]
    for body in shown:
        text = (
            body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"]
        )
        assert 0 < length(text) <= (4096 if body["type"] == "text" else 1024)
    assert all(body["type"] == "text" for body in shown[:-1])
    assert sent_choices(bodies) in (
        [],
        list(dict.fromkeys(sorted(id for id, _ in message.choices))),
    )
    if not sent_choices(bodies):
        last = "".join(body["text"]["body"] for body in shown)
        assert all(f"{number}. " in last for number in range(1, len(message.choices) + 1))
    others = [body for body in bodies if body not in shown]
    assert sum(
        len(body["contacts"]) if body["type"] == "contacts" else 1 for body in others
    ) == len(message.attachments)


def sent_choices(bodies: list[dict[str, Any]]) -> list[str]:
    for body in bodies:
        if body["type"] == "interactive":
            action = body["interactive"]["action"]
            buttons = [button["reply"]["id"] for button in action.get("buttons", ())]
            rows = [row["id"] for part in action.get("sections", ()) for row in part["rows"]]
            return sorted(buttons + rows)
    return []


# What pywa, a library many use, sends for the same. Its bodies carry more than ours: fields that
# are null or empty, a title for the only section of a list, "individual" for an id as well, and
# of a template's button the kind in capitals and the index as a number.

Say = Callable[[WhatsApp], object]


def pywa_says(say: Say) -> Any:
    sent: list[Any] = []

    def take(request: httpx.Request) -> httpx.Response:
        sent.append(orjson.loads(request.content))
        contact = {"input": PHONE, "wa_id": PHONE, "user_id": USER_ID}
        answer = {"messaging_product": "whatsapp", "contacts": [contact]}
        return httpx.Response(200, json={**answer, "messages": [{"id": "wamid.1"}]})

    with httpx.Client(transport=httpx.MockTransport(take)) as session:
        say(WhatsApp(phone_id="1", token="x", session=session))
    (body,) = sent
    return without_extras(body)


def without_extras(body: Any) -> Any:
    if isinstance(body, list):
        return [without_extras(each) for each in body]
    if not isinstance(body, dict):
        return body
    if "sub_type" in body:
        body = {**body, "sub_type": body["sub_type"].lower(), "index": str(body["index"])}
    if "rows" in body or "recipient" in body:
        body = {name: body[name] for name in body if name not in ("title", "recipient_type")}
    return {name: without_extras(body[name]) for name in body if body[name] not in (None, [])}


def a_button(choice: tuple[str, str]) -> Button:
    return Button(title=choice[1], callback_data=choice[0])


def a_contact(card: Card) -> Contact:
    phones = [Contact.Phone(phone=phone, type="WORK") for phone in card.phones]
    return Contact(Contact.Name(formatted_name=card.name, first_name=card.name), phones=phones)


ROWS = [SectionRow(title=label, callback_data=id) for row in LIST for id, label in row]


@pytest.mark.parametrize(
    ("bubble", "media_id", "say"),
    [
        (Bubble("Hola"), "", lambda wa: wa.send_message(PHONE, "Hola", tracker=MARK)),
        (
            Bubble("Elige", THREE),
            "",
            lambda wa: wa.send_message(
                PHONE,
                "Elige",
                buttons=[a_button(choice) for row in THREE for choice in row],
                tracker=MARK,
            ),
        ),
        (
            Bubble("Elige", LIST, pick="Akllay"),
            "",
            lambda wa: wa.send_message(
                PHONE,
                "Elige",
                buttons=SectionList("Akllay", [Section("Temas", ROWS)]),
                tracker=MARK,
            ),
        ),
        (
            attached(PIN),
            "",
            lambda wa: wa.send_location(
                PHONE, PIN.latitude, PIN.longitude, PIN.name, PIN.address, tracker=MARK
            ),
        ),
        (
            attached(LINE_100, POLICE),
            "",
            lambda wa: wa.send_contact(
                PHONE, [a_contact(LINE_100), a_contact(POLICE)], tracker=MARK
            ),
        ),
        (
            attached(VOICE),
            "1001",
            lambda wa: wa.send_audio(PHONE, "1001", is_voice=True, tracker=MARK),
        ),
        (
            attached(PAPER),
            "1001",
            lambda wa: wa.send_document(PHONE, "1001", filename="Escuela.pdf", tracker=MARK),
        ),
    ],
)  # fmt: skip
def test_a_library_many_use_sends_the_same(bubble: Bubble, media_id: str, say: Say) -> None:
    assert payload(PHONE, bubble, MARK, media_id) == pywa_says(say)


def test_it_writes_to_an_id_in_the_same_way() -> None:
    assert payload(USER_ID, Bubble("Hola"), MARK) == pywa_says(
        lambda wa: wa.send_message(USER_ID, "Hola", tracker=MARK)
    )


def test_it_knocks_in_the_same_way() -> None:
    button = QuickReplyButton.params(callback_data="knock", index=0)
    assert knock(PHONE, "willaq_aviso", "es", "knock", MARK) == pywa_says(
        lambda wa: wa.send_template(
            PHONE, "willaq_aviso", TemplateLanguage.SPANISH, [button], tracker=MARK
        )
    )
