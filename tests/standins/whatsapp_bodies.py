"""Messages to try the rules with: right ones, and the largest of each kind."""

import itertools
from collections.abc import Callable
from typing import Any

from tests.standins.hooked import KILLA
from tests.standins.platform import Json


def message(kind: str, content: Any, **more: Any) -> Json:
    return {"messaging_product": "whatsapp", "to": KILLA, "type": kind, kind: content, **more}


def buttons(count: int = 1, title: str = "Sí", id: str = "yes", **more: Any) -> Json:
    replies = [
        {"type": "reply", "reply": {"id": f"{id}{n or ''}", "title": f"{title}{n or ''}"}}
        for n in range(count)
    ]
    return interactive("button", {"buttons": replies}, **more)


def two_buttons(*replies: tuple[str, str]) -> Json:
    shown = [{"type": "reply", "reply": {"id": id, "title": title}} for id, title in replies]
    return interactive("button", {"buttons": shown})


def rows(count: int, **more: Any) -> list[Json]:
    return [{"id": f"row-{n}", "title": f"Fila {n}", **more} for n in range(count)]


def listed(sections: list[Json] | None = None, button: str = "Elegir", **more: Any) -> Json:
    shown = sections if sections is not None else [{"rows": rows(2)}]
    return interactive("list", {"button": button, "sections": shown}, **more)


def interactive(kind: str, action: Json, **more: Any) -> Json:
    content = {"type": kind, "body": {"text": "¿Sí?"}, "action": action, **more}
    return message("interactive", {k: v for k, v in content.items() if v is not None})


def one_row(**row: Any) -> Json:
    return listed([{"rows": [{"id": "a", "title": "A", **row}]}])


def sections(*sizes: int, title: str = "Parte") -> Json:
    numbers = itertools.count()
    return listed(
        [
            {
                "title": title,
                "rows": [
                    {"id": f"r{n}", "title": f"T{n}"} for n in itertools.islice(numbers, size)
                ],
            }
            for size in sizes
        ]
    )


def cards(count: int) -> Json:
    card = {
        "name": {"formatted_name": "Línea 100", "first_name": "Línea"},
        "phones": [{"phone": "+51100", "type": "WORK"}],
    }
    return message("contacts", [card] * count)


def place(latitude: Any = -13.16, longitude: Any = -74.22, **more: Any) -> Json:
    return message("location", {"latitude": latitude, "longitude": longitude, **more})


def file(kind: str, **more: Any) -> Json:
    return message(kind, {"id": "1", **more})


def link(label: str = "Abrir", url: str = "https://example.org") -> Json:
    parameters = {"display_text": label, "url": url}
    return interactive("cta_url", {"name": "cta_url", "parameters": parameters})


def template_button(payload: str = "open", index: int = 0) -> Json:
    parameters = [{"type": "payload", "payload": payload}]
    button = {"type": "button", "sub_type": "quick_reply", "index": index}
    return template(components=[{**button, "parameters": parameters}])


def template(**more: Any) -> Json:
    return message("template", {"name": "aviso", "language": {"code": "es"}, **more})


def read(**more: Any) -> Json:
    return {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x", **more}


# A limit: what makes a message of that size, the largest that fits, the code of one more.
LIMITS: dict[str, tuple[Callable[[int], Json], int, int]] = {
    "text": (lambda n: message("text", {"body": "ñ" * n}), 4096, 100),
    "body": (lambda n: buttons(body={"text": "x" * n}), 1024, 131009),
    "header": (lambda n: buttons(header={"type": "text", "text": "x" * n}), 60, 131009),
    "footer": (lambda n: buttons(footer={"text": "x" * n}), 60, 131009),
    "buttons": (lambda n: buttons(n), 3, 131009),
    "button title": (lambda n: buttons(title="x" * n), 20, 131009),
    "button id": (lambda n: buttons(id="x" * n), 256, 131009),
    "list button": (lambda n: listed(button="x" * n), 20, 131009),
    "rows of a section": (lambda n: listed([{"rows": rows(n)}]), 10, 131009),
    "rows of all": (lambda n: sections(5, n - 5), 10, 131009),
    "sections": (lambda n: sections(*[1] * n), 10, 131009),
    "section title": (lambda n: sections(1, 1, title="x" * n), 24, 131009),
    "row title": (lambda n: one_row(title="x" * n), 24, 131009),
    "row description": (lambda n: one_row(description="x" * n), 72, 131009),
    "row id": (lambda n: one_row(id="x" * n), 200, 131009),
    "contacts": (lambda n: cards(n), 5, 131009),
    "document caption": (lambda n: file("document", caption="x" * n), 1024, 131009),
    "image caption": (lambda n: file("image", caption="x" * n), 1024, 131009),
    "video caption": (lambda n: file("video", caption="x" * n), 1024, 131009),
    "file name": (lambda n: file("document", filename="x" * n), 240, 131009),
    "name of a place": (lambda n: place(name="x" * n), 1000, 131009),
    "address of a place": (lambda n: place(address="x" * n), 1000, 131009),
    "payload of a template": (lambda n: template_button(payload="x" * n), 128, 131009),
    "index of a template's button": (lambda n: template_button(index=n), 9, 131009),
    "label of a link": (lambda n: link(label="x" * n), 20, 131009),
    "opaque data": (
        lambda n: message("text", {"body": "x"}, biz_opaque_callback_data="x" * n),
        512,
        131009,
    ),
    "latitude": (lambda n: place(latitude=n), 90, 131009),
    "longitude": (lambda n: place(longitude=n), 180, 131009),
}
