"""What Meta would refuse, judged by its own machine-readable description (facebook/openapi, MIT).

META_API_SPEC names the file, or it lies in specs/ of a folder called shared beside the project.
As published it refuses every example of its own: each message is "all of" two closed objects, and
each of the two closes out the other's fields. `repaired` closes their union instead, and adds what
is newer than the description or missing from it.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from tests.standins.platform import Json
from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_rules import check_message

_SPEC = Path("specs", "meta-business-messaging-v23.0.json")
_TEXT = {"type": "string"}
_COORDINATE = {"type": ["string", "number"]}


def find_spec() -> Path | None:
    named = os.environ.get("META_API_SPEC")
    if named:
        return Path(named)
    project = Path(__file__).resolve().parents[2]
    places = (project / "shared" / _SPEC, project.parent / "shared" / _SPEC)
    return next((place for place in places if place.is_file()), None)


class Description:
    """`spec` is the parsed description as Meta published it."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        schemas = repaired(spec["components"]["schemas"])
        kinds: Mapping[str, str] = schemas["Message"]["discriminator"]["mapping"]
        self._of = {
            kind: Draft202012Validator({"$ref": ref, "components": {"schemas": schemas}})
            for kind, ref in kinds.items()
        }
        posted = spec["paths"]["/{Version}/{Phone-Number-ID}/messages"]["post"]
        content = posted["requestBody"]["content"]["application/json"]
        self.examples: Json = {name: each["value"] for name, each in content["examples"].items()}

    def check_message(self, body: Json) -> None:
        """Raises Refused. Has nothing to say about a message being marked as read."""
        if "status" in body:
            return
        validator = self._of.get(body.get("type", "text"))
        if validator is None:
            raise Refused(100, "type: not in Meta's description")
        errors = list(validator.iter_errors(_without_nulls(body)))
        # A field that failed for a reason of its own counts as one nobody evaluated, too.
        own = [error for error in errors if error.validator != "unevaluatedProperties"]
        worst = best_match(own or errors)
        if worst is not None:
            raise Refused(131009, f"{worst.json_path}: {worst.message} (Meta's description)")


def _without_nulls(value: Any) -> Any:
    """Meta takes a null for a field that is not there; its description does not say so."""
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def repaired(schemas: Json) -> Json:
    found: Json = {name: _open_parts(schema) for name, schema in schemas.items()}
    base = found["BaseMessageProperties"]
    base["required"] = ["messaging_product"]
    base["anyOf"] = [{"required": ["to"]}, {"required": ["recipient"]}]
    base["properties"] |= {
        "recipient": _TEXT,
        "biz_opaque_callback_data": {"type": "string", "maxLength": 512},
    }
    _repair_contents(found)
    _repair_templates(found)
    return found


def _open_parts(schema: Json) -> Json:
    parts = schema.get("allOf", ())
    if not any("additionalProperties" in part for part in parts):
        return schema
    opened = [{k: v for k, v in part.items() if k != "additionalProperties"} for part in parts]
    return {**schema, "allOf": opened, "unevaluatedProperties": False}


def _repair_contents(found: Json) -> None:
    text = found["TextMessage"]["allOf"][1]["properties"]["text"]
    text["properties"]["body"] = {"type": "string", "minLength": 1, "maxLength": 4096}
    place = found["LocationMessage"]["allOf"][1]["properties"]["location"]
    place["properties"] |= {"latitude": _COORDINATE, "longitude": _COORDINATE}
    found["MediaObject"] |= {
        "properties": {"caption": _TEXT, "filename": _TEXT, "voice": {"type": "boolean"}},
        "unevaluatedProperties": False,
    }
    interactive = found["InteractiveObject"]
    interactive["properties"]["type"]["enum"] += ["cta_url", "location_request_message"]
    interactive["additionalProperties"] = False
    action = found["ActionObject"]
    action["oneOf"] += [
        {"required": ["name"], "properties": {"name": {"enum": [name]}}}
        for name in ("cta_url", "send_location")
    ]
    action["oneOf"][0]["properties"]["button"]["minLength"] = 1
    # The description limits the rows of a section only; the limit is on all of them together.
    for name in ("BodyObject", "FooterObject", "SectionObject"):
        found[name]["additionalProperties"] = False


def _repair_templates(found: Json) -> None:
    found["TemplateMessage"]["unevaluatedProperties"] = False
    found["LanguageObject"]["required"] = ["code"]
    component = found["TemplateComponent"]["properties"]
    component["index"] = {"type": ["string", "integer"]}
    # Written in capitals by some of the examples.
    component["type"] = component["sub_type"] = _TEXT


@lru_cache
def description() -> Description | None:
    path = find_spec()
    return Description(orjson.loads(path.read_bytes())) if path else None


def judges() -> Iterator[Callable[[Json], None]]:
    """The rules written by hand and, where it is at hand, Meta's own description."""
    yield check_message
    described = description()
    if described is not None:
        yield described.check_message
