"""The values of webhooks: what a woman did, and what became of a message to her."""

import hashlib
from typing import Any

from tests.standins.platform import Json
from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_women import Message, Woman

PHONE_NUMBER_ID = "106540352242922"
WABA_ID = "102290129340398"
DISPLAY_NUMBER = "5115550783"
_SHA = "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI="


def value(**more: Any) -> Json:
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": DISPLAY_NUMBER, "phone_number_id": PHONE_NUMBER_ID},
        **more,
    }


def from_her(woman: Woman, wamid: str, at: float, content: Json) -> Json:
    message = woman.ids("from", "from_user_id") | {"id": wamid, "timestamp": f"{at:.0f}"}
    return value(contacts=[woman.as_contact()], messages=[message | content])


def in_reply_to(message: Message | None) -> Json:
    if message is None:
        return {}
    return {"context": {"from": DISPLAY_NUMBER, "id": message.id}}


# What she can send. Each is the content of one message.


def text(body: str) -> Json:
    return {"type": "text", "text": {"body": body}}


def button_reply(id: str, title: str) -> Json:
    reply = {"type": "button_reply", "button_reply": {"id": id, "title": title}}
    return {"type": "interactive", "interactive": reply}


def list_reply(id: str, title: str, description: str) -> Json:
    row = {"id": id, "title": title} | ({"description": description} if description else {})
    return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": row}}


def template_button(payload: str, title: str) -> Json:
    return {"type": "button", "button": {"payload": payload, "text": title}}


def location(latitude: float, longitude: float, name: str = "") -> Json:
    place: Json = {"latitude": latitude, "longitude": longitude}
    if name:
        place |= {"name": name, "address": f"{name}, Perú"}
    return {"type": "location", "location": place}


def media(kind: str, id: str = "1003383421387256") -> Json:
    """kind: voice, audio, image, sticker, video or document."""
    sent: Json = {"mime_type": _MIME[kind], "sha256": _SHA, "id": id}
    if kind in ("voice", "audio"):
        return {"type": "audio", "audio": sent | {"voice": kind == "voice"}}
    if kind == "document":
        sent["filename"] = "acta.pdf"
    if kind == "sticker":
        sent["animated"] = False
    return {"type": kind, kind: sent}


_MIME = {
    "voice": "audio/ogg; codecs=opus",
    "audio": "audio/mpeg",
    "image": "image/jpeg",
    "sticker": "image/webp",
    "video": "video/mp4",
    "document": "application/pdf",
}


def contact_card(name: str, phone: str) -> Json:
    card = {
        "name": {"first_name": name, "formatted_name": name},
        "phones": [{"phone": phone, "type": "CELL"}],
    }
    return {"type": "contacts", "contacts": [card]}


def order() -> Json:
    item = {"product_retailer_id": "manta-1", "quantity": 1, "item_price": 30, "currency": "PEN"}
    ordered = {"catalog_id": "194836987003835", "text": "", "product_items": [item]}
    return {"type": "order", "order": ordered}


def unsupported() -> Json:
    error = {
        "code": 131051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    }
    return {"type": "unsupported", "errors": [error], "unsupported": {"type": "poll"}}


def from_the_future() -> Json:
    """A kind that does not exist yet, with things in it nobody expects."""
    return {"type": "hologram", "hologram": {"layers": [{"depth": 1.5}, None], "seen": True}}


def reaction(message_id: str, emoji: str) -> Json:
    reacted = {"message_id": message_id} | ({"emoji": emoji} if emoji else {})
    return {"type": "reaction", "reaction": reacted}


def revoke(message_id: str) -> Json:
    return {"type": "revoke", "revoke": {"original_message_id": message_id}}


def edit(message_id: str, body: str) -> Json:
    changed = {"context": {"id": "M0"}, **text(body)}
    return {"type": "edit", "edit": {"original_message_id": message_id, "message": changed}}


def referral(body: str) -> Json:
    advert = {
        "source_url": "https://fb.me/3cr4Wqqkv",
        "source_id": "120226305854810726",
        "source_type": "ad",
        "headline": "Conoce tus derechos",
        "body": "Escríbenos",
        "media_type": "image",
        "image_url": "https://example.org/a.jpg",
        "ctwa_clid": "Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4",
    }
    return {"referral": advert, **text(body)}


def changed_number(woman: Woman, new_phone: str, wamid: str, at: float) -> Json:
    """The woman as she was before. System messages come without contacts."""
    said = {
        "body": f"User {woman.name} changed from {woman.phone} to {new_phone}",
        "wa_id": new_phone,
        "type": "user_changed_number",
    }
    return _system({"from": woman.phone}, said, wamid, at)


def changed_user_id(old: str, new: str, wamid: str, at: float) -> Json:
    said = {
        "body": f"User changed from {old} to {new}",
        "user_id": new,
        "previous_user_id": old,
        "type": "user_changed_user_id",
    }
    return _system({}, said, wamid, at)


def _system(sender: Json, said: Json, wamid: str, at: float) -> Json:
    message = {**sender, "id": wamid, "timestamp": f"{at:.0f}", "type": "system", "system": said}
    return value(messages=[message])


def preference(woman: Woman, wants: bool, at: float) -> Json:
    wish = "resume" if wants else "stop"
    told = woman.ids("wa_id", "user_id") | {
        "detail": f"User requested to {wish} marketing messages",
        "category": "marketing_messages",
        "value": wish,
        "timestamp": int(at),
    }
    return value(contacts=[woman.as_contact()], user_preferences=[told])


# What became of a message of the bot's.


def status(
    woman: Woman, message: Message, word: str, at: float, error: Refused | None = None
) -> Json:
    told = woman.ids("recipient_id", "recipient_user_id")
    if not message.by_user_id:
        told |= {"recipient_id": woman.phone}
    told |= {"id": message.id, "status": word, "timestamp": f"{at:.0f}"}
    if message.opaque:
        told["biz_opaque_callback_data"] = message.opaque
    if error is not None:
        if not message.by_user_id:
            told.pop("recipient_user_id", None)
        return value(statuses=[told | {"errors": [error.in_a_status()]}])
    told |= _price(woman, message, word, at)
    if woman.shape == "old":
        return value(statuses=[told])
    return value(contacts=[woman.as_contact()], statuses=[told])


def _price(woman: Woman, message: Message, word: str, at: float) -> Json:
    category = message.category
    free = category == "service"
    price: Json = {
        "pricing": {
            "billable": not free,
            "pricing_model": "PMP",
            "category": category,
            "type": "free_customer_service" if free else "regular",
        }
    }
    if woman.shape != "new":
        # Older webhooks still tell of conversations.
        talk: Json = {
            "id": hashlib.md5(woman.phone.encode()).hexdigest(),
            "origin": {"type": category},
        }
        if word == "sent":
            talk["expiration_timestamp"] = f"{at + 86_400:.0f}"
        price["conversation"] = talk
    return price
