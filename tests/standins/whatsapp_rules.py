"""What Meta would refuse about the form of a message, written down by hand from its documents.

Its own machine-readable description (whatsapp_spec.py) knows less than these documents do; where
it is at hand, a message has to pass both.
"""

from collections.abc import Mapping
from typing import Any

from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_fields import (
    Check,
    all_of,
    anything,
    by_type,
    exactly_one,
    flag,
    list_of,
    matching,
    number,
    object_of,
    one_of,
    text,
    without_doubles,
)

_MEDIA = {"id": text(), "link": matching(r"https?://\S+", "an http or https URL")}


def _media(**more: Check) -> Check:
    return all_of(object_of({}, {**_MEDIA, **more}), exactly_one("id", "link"))


# Interactive messages.

_HEADER = by_type(
    {
        "text": object_of({"type": anything, "text": text(60)}, {"sub_text": text(60)}),
        "image": object_of({"type": anything, "image": _media()}),
        "video": object_of({"type": anything, "video": _media()}),
        "document": object_of({"type": anything, "document": _media(filename=text(240))}),
    }
)
_BODY = object_of({"text": text(1024)})
_FOOTER = object_of({"text": text(60)})
_REPLY = object_of(
    {"type": one_of("reply"), "reply": object_of({"id": text(256), "title": text(20)})}
)
_ROW = object_of({"id": text(200), "title": text(24)}, {"description": text(72)})
_SECTION = object_of({"rows": list_of(_ROW, 1, 10)}, {"title": text(24)})


def _buttons_differ(action: Any, where: str) -> None:
    replies = [button["reply"] for button in action["buttons"]]
    without_doubles([reply["id"] for reply in replies], "button id")
    without_doubles([reply["title"] for reply in replies], "button title")


def _sections_fit(action: Any, where: str) -> None:
    sections = action["sections"]
    rows = [row for section in sections for row in section["rows"]]
    if len(rows) > 10:
        raise Refused(131009, f"{where}: total row count exceed max allowed count: 10")
    if len(sections) > 1 and any(section.get("title") is None for section in sections):
        raise Refused(131009, f"{where}: a section must have a title where there are several")
    without_doubles([row["id"] for row in rows], "row id")
    for section in sections:
        without_doubles([row["title"] for row in section["rows"]], "row title")


_URL_BUTTON = object_of(
    {
        "name": one_of("cta_url"),
        "parameters": object_of({"display_text": text(20), "url": _MEDIA["link"]}),
    }
)
_BUTTONS = all_of(object_of({"buttons": list_of(_REPLY, 1, 3)}), _buttons_differ)
_LIST = all_of(object_of({"button": text(20), "sections": list_of(_SECTION, 1, 10)}), _sections_fit)


def _interactive(action: Check, header: Check = _HEADER, body: bool = True) -> Check:
    """With a body, as nearly all have to; `header` is what may stand above it."""
    required = {"type": anything, "action": action, **({"body": _BODY} if body else {})}
    return object_of(required, {"header": header, "body": _BODY, "footer": _FOOTER})


def _no_media_header(value: Any, where: str) -> None:
    _HEADER(value, where)
    if value["type"] != "text":
        raise Refused(131009, f"{where}['type'] must be text for a list.")


_INTERACTIVE = by_type(
    {
        "button": _interactive(_BUTTONS),
        "list": _interactive(_LIST, _no_media_header),
        "cta_url": _interactive(_URL_BUTTON),
        "location_request_message": object_of(
            {
                "type": anything,
                "body": _BODY,
                "action": object_of({"name": one_of("send_location")}),
            }
        ),
        # Nothing Willaq sends: only what is common to all.
        **dict.fromkeys(
            ("catalog_message", "product", "product_list", "flow", "order_details", "order_status"),
            _interactive(anything, body=False),
        ),
    }
)

# Contact cards.


def _texts(*names: str) -> Mapping[str, Check]:
    return dict.fromkeys(names, text())


def _named(name: Any, where: str) -> None:
    if len([part for part in name.values() if part is not None]) < 2:
        raise Refused(131009, f"{where} needs one more part of the name beside formatted_name.")


_NAME = object_of(
    _texts("formatted_name"), _texts("first_name", "last_name", "middle_name", "prefix", "suffix")
)
_WHERE = _texts("street", "city", "state", "zip", "country", "country_code", "type")
_CONTACT = object_of(
    {"name": all_of(_NAME, _named)},
    {
        "addresses": list_of(object_of({}, _WHERE), 0),
        "birthday": matching(r"\d{4}-\d{2}-\d{2}", "a date as YYYY-MM-DD"),
        "emails": list_of(object_of(_texts("email"), _texts("type")), 0),
        "org": object_of({}, _texts("company", "department", "title")),
        "phones": list_of(object_of(_texts("phone"), _texts("type", "wa_id")), 0),
        "urls": list_of(object_of({"url": _MEDIA["link"]}, _texts("type")), 0),
    },
)

# Templates: the form only; whether the numbers fit its text is for whatsapp_templates.py.

_PARAMETER = by_type(
    {
        "text": object_of({"type": anything, "text": text()}, {"parameter_name": text()}),
        "currency": object_of({"type": anything, "currency": anything}),
        "date_time": object_of({"type": anything, "date_time": anything}),
        "image": object_of({"type": anything, "image": _media()}),
        "video": object_of({"type": anything, "video": _media()}),
        "document": object_of({"type": anything, "document": _media(filename=text(240))}),
        "payload": object_of({"type": anything, "payload": text(128)}),
        "action": object_of({"type": anything, "action": anything}),
    }
)
_COMPONENT = by_type(
    {
        **dict.fromkeys(
            ("header", "body"), object_of({"type": anything, "parameters": list_of(_PARAMETER)})
        ),
        "button": object_of(
            {
                "type": anything,
                "sub_type": text(),
                "index": number(0, 9),
                "parameters": list_of(_PARAMETER),
            }
        ),
    },
    any_case=True,
)
_TEMPLATE = object_of(
    {
        "name": matching("[a-z0-9_-]{1,512}", "lowercase letters, digits and underscores"),
        "language": object_of(
            {"code": matching("[A-Za-z_-]{2,30}", "a language code")},
            {"policy": one_of("deterministic")},
        ),
    },
    {"components": list_of(_COMPONENT, 0)},
)

# A whole message.

KINDS: Mapping[str, Check] = {
    "text": object_of({"body": text(4096, code=100)}, {"preview_url": flag}),
    "interactive": _INTERACTIVE,
    "location": object_of(
        {"latitude": number(-90, 90), "longitude": number(-180, 180)},
        {"name": text(1000), "address": text(1000)},
    ),
    "audio": _media(voice=flag),
    "image": _media(caption=text(1024)),
    "video": _media(caption=text(1024)),
    "document": _media(caption=text(1024), filename=text(240)),
    "sticker": _media(),
    "contacts": list_of(_CONTACT, 1, 5),
    "template": _TEMPLATE,
    "reaction": object_of({"message_id": text(), "emoji": text(least=0)}),
}
_PHONE = matching(r"\+?[0-9 ()-]{7,25}", "a phone number")
_USER_ID = matching(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}", "a business-scoped user id")
_ENVELOPE: Mapping[str, Check] = {
    "messaging_product": one_of("whatsapp"),
    "recipient_type": one_of("individual"),
    "to": _PHONE,
    "recipient": _USER_ID,
    "type": one_of(*KINDS),
    "context": object_of({"message_id": text()}),
    "biz_opaque_callback_data": text(512),
}
_READ = object_of(
    {"messaging_product": one_of("whatsapp"), "status": one_of("read"), "message_id": text()},
    {"typing_indicator": object_of({"type": one_of("text")})},
)


def check_message(body: Any) -> None:
    """Raises Refused."""
    if not isinstance(body, dict):
        raise Refused(100, "The body must be a JSON object.")
    if "status" in body:
        _READ(body, "")
        return
    # Meta's own default, and what some of its examples rely on.
    kind = body.get("type", "text")
    content = KINDS.get(kind) if isinstance(kind, str) else None
    if content is None:
        raise Refused(100, f"Param type must be one of {{{', '.join(KINDS).upper()}}}")
    object_of({"messaging_product": _ENVELOPE["messaging_product"], kind: content}, _ENVELOPE)(
        body, ""
    )
    if "to" not in body and "recipient" not in body:
        raise Refused(131008, "The parameter to is required.")
