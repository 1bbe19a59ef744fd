"""Templates: what Meta approved beforehand, and whether a request fills one as it must."""

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from tests.standins.platform import Json
from tests.standins.whatsapp_errors import Refused

_BLANK = re.compile(r"\{\{(\w+)\}\}")
_IDS = itertools.count(1_192_339_204_654_487)
_UNSENDABLE = {"PAUSED": 132015, "DISABLED": 132016}


@dataclass(slots=True)
class Template:
    """`status` as Meta says it: APPROVED, PENDING, REJECTED, PAUSED or DISABLED. `buttons` are
    quick replies."""

    name: str
    language: str = "es"
    body: str = "Tienes un mensaje nuevo"
    header: str = ""
    buttons: tuple[str, ...] = ("Ver",)
    category: str = "UTILITY"
    status: str = "APPROVED"
    id: str = field(default_factory=lambda: str(next(_IDS)))

    def as_json(self) -> Json:
        components: list[Json] = [{"type": "BODY", "text": self.body}]
        if self.header:
            components.insert(0, {"type": "HEADER", "format": "TEXT", "text": self.header})
        if self.buttons:
            shown = [{"type": "QUICK_REPLY", "text": each} for each in self.buttons]
            components.append({"type": "BUTTONS", "buttons": shown})
        return {
            "name": self.name,
            "components": components,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "parameter_format": "POSITIONAL",
            "id": self.id,
        }


@dataclass(frozen=True, slots=True)
class Filled:
    template: Template
    header: str
    text: str
    buttons: tuple[tuple[str, str], ...]  # (payload, label)


class Templates:
    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Template] = {}

    def add(self, template: Template) -> Template:
        self._all[template.name, template.language] = template
        return template

    def search(self, name: str = "", language: str = "", status: str = "") -> list[Template]:
        """`name` may be a part of one, as with Meta."""
        return [
            each
            for each in self._all.values()
            if name in each.name and language in ("", each.language) and status in ("", each.status)
        ]

    def filled(self, request: Json) -> Filled:
        """Raises Refused."""
        name, language = request["name"], request["language"]["code"]
        template = self._all.get((name, language))
        if template is not None and template.status in _UNSENDABLE:
            raise Refused(_UNSENDABLE[template.status])
        if template is None or template.status != "APPROVED":
            raise Refused(132001, f"template name ({name}) does not exist in {language}")
        given = _given(request.get("components", []))
        header = _fill("header", template.header, given["header"])
        text = _fill("body", template.body, given["body"])
        if len(text) > 1024:
            raise Refused(132005)
        return Filled(template, header, text, _buttons(template, given["button"]))


def _given(components: list[Json]) -> dict[str, list[Any]]:
    given: dict[str, list[Any]] = {"header": [], "body": [], "button": []}
    for each in components:
        kind = each["type"].lower()
        given[kind] += [each] if kind == "button" else each["parameters"]
    return given


def _fill(part: str, text: str, parameters: list[Json]) -> str:
    blanks = list(dict.fromkeys(_BLANK.findall(text)))
    if len(blanks) != len(parameters):
        raise Refused(
            132000,
            f"{part}: number of localizable_params ({len(parameters)}) does not match "
            f"the expected number of params ({len(blanks)})",
        )
    for index, parameter in enumerate(parameters):
        blank = parameter.get("parameter_name", blanks[index])
        if blank not in blanks or parameter["type"] != "text":
            raise Refused(132012, f"{part}: Format mismatch, expected a text for {blanks[index]}")
        if re.search(r"[\n\t]| {5}", parameter["text"]):
            raise Refused(
                132018,
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            )
        text = text.replace(f"{{{{{blank}}}}}", parameter["text"])
    return text


def _buttons(template: Template, given: list[Json]) -> tuple[tuple[str, str], ...]:
    payloads = list(template.buttons)
    for each in given:
        index = int(each["index"])
        if each["sub_type"].lower() != "quick_reply" or not 0 <= index < len(payloads):
            raise Refused(132000, f"button at index {index} is no quick reply of this template")
        (parameter,) = each["parameters"]
        if parameter["type"] != "payload":
            raise Refused(132012, f"button at index {index} wants a payload")
        payloads[index] = parameter["payload"]
    return tuple(zip(payloads, template.buttons, strict=True))
