"""A client nobody here wrote (pywa) against the stand-in: it understands, and is refused."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pywa import handlers
from pywa.types.callback import Button, Section, SectionList, SectionRow
from pywa.types.others import Contact
from pywa_async.client import WhatsApp
from pywa_async.errors import (
    ExpiredAccessToken,
    InvalidParameter,
    ReEngagementMessage,
    TemplateNotExists,
    WhatsAppError,
)
from pywa_async.types.templates import BodyText, QuickReplyButton, TemplateLanguage

from tests.standins.hooked import KILLA, Hooked
from tests.standins.whatsapp import APP_SECRET, PHONE_NUMBER_ID, TOKEN, VERIFY_TOKEN, Standin

HANDLERS: tuple[Any, ...] = (
    handlers.MessageHandler,
    handlers.CallbackButtonHandler,
    handlers.CallbackSelectionHandler,
    handlers.MessageStatusHandler,
    handlers.PhoneNumberChangeHandler,
    handlers.EditedMessageHandler,
    handlers.DeletedMessageHandler,
    handlers.UserMarketingPreferencesHandler,
)
SENT = "voice audio image sticker video document contact order unsupported".split()
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(60)


@pytest.fixture
async def client(whatsapp: Standin) -> AsyncIterator[WhatsApp]:
    client = WhatsApp(
        PHONE_NUMBER_ID,
        TOKEN,
        server=None,
        verify_token=VERIFY_TOKEN,
        app_secret=APP_SECRET,
    )
    # It has no option for another address.
    session = client.api._session
    session.base_url = f"{whatsapp.url}/v26.0"
    whatsapp.say(KILLA, "hola")
    yield client
    await session.aclose()


def buttons(count: int = 2, title: str = "Sí", data: str = "yes") -> list[Button]:
    return [Button(title=f"{title}{n or ''}", callback_data=f"{data}{n}") for n in range(count)]


def listed(rows: int = 2, title: str = "Fila", description: str = "Más") -> SectionList:
    shown = [
        SectionRow(title=f"{title}{n or ''}", callback_data=f"r{n}", description=description)
        for n in range(rows)
    ]
    return SectionList("Elegir", [Section("Temas", shown)])


async def test_it_says_all_that_willaq_says(whatsapp: Standin, client: WhatsApp) -> None:
    sent = await client.send_message(KILLA, "Allillanchu", tracker="row 7")
    await client.send_message(KILLA, "¿Sí?", header="Menú", footer="Willaq", buttons=buttons())
    await client.send_message(KILLA, "Temas", buttons=listed())
    await client.send_location(KILLA, -13.16, -74.22, "CEM Huamanga", "Jr. Lima 1")
    await client.send_contact(
        KILLA,
        Contact(
            name=Contact.Name(formatted_name="Línea 100", first_name="Línea"),
            phones=[Contact.Phone(phone="100")],
        ),
    )
    medium = await client.upload_media(OGG, mime_type="audio/ogg", filename="saludo.ogg")
    await client.send_voice(KILLA, medium)
    await client.send_reaction(KILLA, "x", whatsapp.chat(KILLA)[0].id)
    messages = await whatsapp.hears(KILLA, 7)
    assert messages[0].id == sent.id and messages[0].opaque == "row 7"
    assert [each.kind for each in messages] == [
        *("text", "interactive", "interactive", "location", "contacts", "audio", "reaction"),
    ]
    assert (messages[1].header, messages[1].footer) == ("Menú", "Willaq")
    assert messages[1].labels == ["Sí", "Sí1"] and messages[2].labels == ["Fila", "Fila1"]
    assert not whatsapp.refusals


async def test_it_reaches_her_by_her_id_and_marks_what_she_wrote(
    whatsapp: Standin, client: WhatsApp
) -> None:
    sent = await client.send_message(whatsapp.woman(KILLA).user_id, "hola")
    assert sent.chat.id == whatsapp.woman(KILLA).user_id
    id = whatsapp.say(KILLA, "hola")
    await client.mark_message_as_read(id)
    await client.indicate_typing(id)
    assert whatsapp.woman(KILLA).typing == 1


async def test_it_fills_a_template(whatsapp: Standin, client: WhatsApp) -> None:
    whatsapp.add_template("aviso", body="Hola {{1}}")
    params: list[Any] = [
        BodyText.params("Killa"),  # type: ignore[arg-type]  # a static method without the word
        QuickReplyButton.params(callback_data="open-7", index=0),
    ]
    spanish = TemplateLanguage.SPANISH
    await client.send_template(KILLA, "aviso", spanish, params)
    (message,) = await whatsapp.hears(KILLA)
    assert (message.text, message.buttons) == ("Hola Killa", (("open-7", "Ver"),))
    with pytest.raises(TemplateNotExists):
        await client.send_template(KILLA, "otro", spanish, params)


@pytest.mark.parametrize(
    "too_much",
    [
        {"text": "x" * 4097},
        {"text": "x" * 1025, "buttons": buttons()},
        {"text": "x", "buttons": buttons(), "header": "x" * 61},
        {"text": "x", "buttons": buttons(), "footer": "x" * 61},
        {"text": "x", "buttons": buttons(4)},
        {"text": "x", "buttons": buttons(1, title="x" * 21)},
        {"text": "x", "buttons": buttons(1, data="x" * 257)},
        {"text": "x", "buttons": listed(11)},
        {"text": "x", "buttons": listed(1, title="x" * 25)},
        {"text": "x", "buttons": listed(1, description="x" * 73)},
        {"text": "x", "tracker": "x" * 513},
    ],
    ids=lambda each: " ".join(each) if isinstance(each, dict) else None,
)
async def test_what_it_lets_through_is_refused(
    whatsapp: Standin, client: WhatsApp, too_much: dict[str, Any]
) -> None:
    with pytest.raises(WhatsAppError) as caught:
        await client.send_message(KILLA, **too_much)
    assert caught.value.code in (100, 131009)
    assert not whatsapp.said(KILLA)


async def test_it_knows_why_it_was_refused(whatsapp: Standin, client: WhatsApp) -> None:
    whatsapp.late = frozenset()
    with pytest.raises(ReEngagementMessage):
        await client.send_message("51900000009", "hola")
    with pytest.raises(InvalidParameter) as caught:
        await client.send_location(KILLA, 91, 0)
    assert caught.value.details == "location['latitude'] must be between -90 and 90."
    whatsapp.token = "another"
    with pytest.raises(ExpiredAccessToken):
        await client.send_message(KILLA, "hola")


async def test_it_accepts_what_is_signed_and_nothing_else(
    whatsapp: Standin, client: WhatsApp, hook: Hooked
) -> None:
    whatsapp.say(KILLA, "ñuqa / \N{THUMBS UP SIGN}")
    await whatsapp.until(lambda: bool(hook.bodies))
    request = hook.requests[-1]
    signature = request.headers["x-hub-signature-256"]
    assert await client.webhook_update_validator(request.body, signature) is None
    changed = request.body.replace(b"f1uqa", b"F1uqa")
    assert changed != request.body
    assert await client.webhook_update_validator(changed, signature) == ("Forbidden", 403)
    assert await client.webhook_challenge_handler(VERIFY_TOKEN, "7") == ("7", 200)


async def test_it_understands_what_she_does(
    whatsapp: Standin, client: WhatsApp, hook: Hooked
) -> None:
    understood: Counter[str] = Counter()

    async def note(_: WhatsApp, update: Any) -> None:
        understood[type(update).__name__] += 1

    client.add_handlers(*(handler(note) for handler in HANDLERS))
    await client.send_message(KILLA, "¿Sí?", buttons=buttons())
    await client.send_message(KILLA, "Temas", buttons=listed(), tracker="row 7")
    first = whatsapp.say(KILLA, "hola")
    whatsapp.press(KILLA, "Sí")
    whatsapp.press(KILLA, "Fila")
    whatsapp.share_location(KILLA, -13.16, -74.22)
    for kind in SENT:
        whatsapp.sends(KILLA, kind)
    whatsapp.react(KILLA, first)
    whatsapp.edit(KILLA, first, "no")
    whatsapp.delete(KILLA, first)
    whatsapp.refer(KILLA, "info")
    whatsapp.stop_marketing(KILLA)
    whatsapp.reads(KILLA)
    whatsapp.woman("51900000009", shape="old")
    whatsapp.change_number("51900000009", "51900000010")
    await whatsapp.until(lambda: not whatsapp.webhook.pending)
    for request in hook.requests:
        assert (await client.webhook_update_handler(request.body))[1] == 200
    assert understood == {
        # What she wrote (twice), her place, the reaction, the advertisement, and all of SENT.
        "Message": 5 + len(SENT),
        "CallbackButton": 1,
        "CallbackSelection": 1,
        "EditedMessage": 1,
        "DeletedMessage": 1,
        # Two messages, each sent, delivered and read.
        "MessageStatus": 6,
        "UserMarketingPreferences": 1,
        "PhoneNumberChange": 1,
    }
