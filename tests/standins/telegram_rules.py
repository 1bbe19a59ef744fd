"""What Telegram would refuse, judged by descriptions of its API that nobody here wrote.

Always by the signatures of python-telegram-bot. Also by the machine-readable description of the
Bot API (PaulSonOfLars/telegram-bot-api-spec) where one is at hand: TELEGRAM_API_SPEC names the
file, or it lies in specs/ of a folder called shared beside the project.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import orjson

# Conveniences of the library that are no parameters of the API.
_NOT_OF_THE_API = frozenset(
    "self read_timeout write_timeout connect_timeout pool_timeout api_kwargs filename contact "
    "location venue disable_web_page_preview reply_to_message_id "
    "allow_sending_without_reply".split()
)
_SPEC = Path("specs", "tg-api.min.json")
_LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)(?! after entities)")


class Refusal(Exception):
    """What Telegram would write into `description`, after "Bad Request: "."""


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])[A-Z]", lambda letter: f"_{letter[0]}", name).lower()


@dataclass(frozen=True, slots=True)
class Parameter:
    types: tuple[str, ...]
    required: bool
    shortest: int = 0
    longest: int = 0
    unit: str = ""


class Rules:
    """`spec` is the parsed description, or None to go by the library alone."""

    def __init__(self, spec: Mapping[str, Any] | None) -> None:
        self.has_spec = spec is not None
        methods, types = (spec["methods"], spec["types"]) if spec else ({}, {})
        self._methods = {name: _fields(each) for name, each in methods.items()}
        self._types = {name: _fields(each) for name, each in types.items()}
        self._kinds = {name: each["subtypes"] for name, each in types.items() if "subtypes" in each}

    def check(self, method: str, params: Mapping[str, Any]) -> None:
        """Raises Refusal."""
        self._by_the_library(method, params)
        if self.has_spec:
            self._fields_fit(self._methods[method], params, method)
        for row in _keyboard(params):
            _row_fits(row)

    def _by_the_library(self, method: str, params: Mapping[str, Any]) -> None:
        known, required = _signature(method)
        for name in params:
            if name not in known:
                raise Refusal(f"{method} has no parameter {name}")
        for name in required:
            if name not in params:
                raise Refusal(f"parameter {name} is required")
        if not self.has_spec:
            _objects_fit(params)

    def _fields_fit(
        self, fields: Mapping[str, Parameter], values: Mapping[str, Any], where: str
    ) -> None:
        for name, value in values.items():
            field = fields.get(name)
            if field is None:
                raise Refusal(f"{where} has no field {name}")
            if not any(self._fits(value, kind, name) for kind in field.types):
                raise Refusal(f"field {name} of {where} must be of type {' or '.join(field.types)}")
            _length_fits(name, field, value)
        for name, field in fields.items():
            if field.required and name not in values:
                raise Refusal(f"field {name} of {where} is required")

    def _fits(self, value: Any, kind: str, where: str) -> bool:
        simple = _SIMPLE.get(kind)
        if simple is not None:
            return simple(value)
        if isinstance(value, str):
            value = _parsed(value)
        if kind.startswith("Array of "):
            inner = kind.removeprefix("Array of ")
            return isinstance(value, list) and all(self._fits(v, inner, where) for v in value)
        if not isinstance(value, dict):
            return False
        if kind in self._kinds:
            return any(self._fits(value, each, where) for each in self._kinds[kind])
        fields = self._types[kind]
        if not set(value) <= set(fields):
            return False
        self._fields_fit(fields, value, kind)
        return True


_SIMPLE: Mapping[str, Callable[[Any], bool]] = {
    "Integer": lambda v: (
        (type(v) is int) or (isinstance(v, str) and bool(re.fullmatch(r"-?\d+", v)))
    ),
    "Float": lambda v: type(v) in (int, float),
    "String": lambda v: isinstance(v, str),
    "Boolean": lambda v: v in (True, False, "true", "false") and type(v) is not int,
}


def _parsed(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _fields(described: Mapping[str, Any]) -> dict[str, Parameter]:
    return {each["name"]: _parameter(each) for each in described.get("fields", ())}


def _parameter(field: Mapping[str, Any]) -> Parameter:
    types, required = tuple(field["types"]), bool(field["required"])
    length = _LENGTH.search(field["description"])
    if length is None or types != ("String",):
        return Parameter(types, required)
    return Parameter(types, required, int(length[1]), int(length[2]), length[3])


def _length_fits(name: str, field: Parameter, value: Any) -> None:
    if not field.longest:
        return
    length = len(value.encode()) if field.unit == "bytes" else len(value)
    if not field.shortest <= length <= field.longest:
        wanted = f"{field.shortest}-{field.longest} {field.unit}"
        raise Refusal("BUTTON_DATA_INVALID" if name == "callback_data" else f"{name}: {wanted}")


def _keyboard(params: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    markup = params.get("reply_markup")
    if isinstance(markup, str):
        markup = _parsed(markup)
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    if sum(map(len, rows)) > 100:
        raise Refusal("too many buttons in the inline keyboard")
    return list(rows)


def _row_fits(row: list[dict[str, Any]]) -> None:
    """Not in the description: seen with clients, and constants of the library."""
    if not 1 <= len(row) <= 8:
        raise Refusal("a row of the inline keyboard has 1 to 8 buttons")
    for button in row:
        if not button["text"].strip():
            raise Refusal("inline keyboard button text must be non-empty")
        actions = set(button) - {"text", "icon_custom_emoji_id", "style"}
        if len(actions) != 1:
            raise Refusal("inline keyboard button must have exactly one action")
        if not 1 <= len(str(button.get("callback_data", "x")).encode()) <= 64:
            raise Refusal("BUTTON_DATA_INVALID")


@lru_cache
def _signature(method: str) -> tuple[frozenset[str], frozenset[str]]:
    """(known, required) parameters, as the library has them."""
    from telegram import Bot

    parameters = inspect.signature(getattr(Bot, snake(method))).parameters
    ours = {name: each for name, each in parameters.items() if name not in _NOT_OF_THE_API}
    required = (name for name, each in ours.items() if each.default is inspect.Parameter.empty)
    return frozenset(ours), frozenset(required)


def _objects_fit(params: Mapping[str, Any]) -> None:
    from telegram import InlineKeyboardMarkup, LinkPreviewOptions

    for name, kind in (
        ("reply_markup", InlineKeyboardMarkup),
        ("link_preview_options", LinkPreviewOptions),
    ):
        value = params.get(name)
        value = _parsed(value) if isinstance(value, str) else value
        if value is None:
            continue
        try:
            understood = kind.de_json(value, None).to_dict()
        except (TypeError, KeyError, ValueError, AttributeError):
            raise Refusal(f"{name} cannot be parsed") from None
        if understood != value:
            raise Refusal(f"{name} has fields that nobody knows")


# Texts.

_TAGS = frozenset(
    "a b strong i em u ins s strike del code pre blockquote span tg-spoiler tg-emoji".split()
)
_TOKEN = re.compile(r"<(/?)([^<>\s/]*)([^<>]*)>|<")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


def visible(text: str, parse_mode: str | None) -> str:
    """The text as she reads it. Raises Refusal."""
    plain = "".join(_pieces(text)) if parse_mode == "HTML" else text
    if parse_mode not in (None, "", "HTML"):
        raise Refusal("unsupported parse_mode")
    plain = plain.strip()
    if not plain:
        raise Refusal("message text is empty")
    if len(plain) > 4096:
        raise Refusal("message is too long")
    return plain


def _pieces(text: str) -> Iterator[str]:
    stack: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        yield _unescaped(text[at : token.start()])
        at = token.end()
        offset = len(text[: token.start()].encode())
        closing, tag, rest = token[1], (token[2] or "").lower(), token[3] or ""
        if token[0] == "<":
            raise _unparsable(f"Unclosed start tag at byte offset {offset}")
        if closing:
            _close(stack, tag, offset)
        else:
            _open(stack, tag, rest, offset)
    yield _unescaped(text[at:])
    if stack:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1]}"')


def _open(stack: list[str], tag: str, rest: str, offset: int) -> None:
    if tag not in _TAGS:
        raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {offset}')
    if tag == "span" and "tg-spoiler" not in rest:
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    stack.append(tag)


def _close(stack: list[str], tag: str, offset: int) -> None:
    if not stack:
        raise _unparsable(f"Unexpected end tag at byte offset {offset}")
    if (expected := stack.pop()) != tag:
        raise _unparsable(
            f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{tag}>"'
        )


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def _unparsable(why: str) -> Refusal:
    return Refusal(f"can't parse entities: {why}")


def find_spec() -> Path | None:
    named = os.environ.get("TELEGRAM_API_SPEC")
    if named:
        return Path(named)
    project = Path(__file__).resolve().parents[2]
    places = (project / "shared" / _SPEC, project.parent / "shared" / _SPEC)
    return next((place for place in places if place.is_file()), None)


@lru_cache
def rules() -> Rules:
    path = find_spec()
    return Rules(orjson.loads(path.read_bytes()) if path else None)
