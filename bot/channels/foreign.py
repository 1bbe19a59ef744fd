"""Look into JSON that somebody else wrote: every look gives the type asked for, or nothing."""

from typing import Any

import orjson


def decoded(body: bytes) -> dict[str, Any]:
    """The JSON object it is, or an empty one."""
    try:
        return an_object(orjson.loads(body))
    except orjson.JSONDecodeError:
        return {}


def an_object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, Any]]:
    return [item for item in items(value) if isinstance(item, dict)]


def whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def string(value: object) -> str:
    if not isinstance(value, str):
        return ""
    # Half a pair of UTF-16, which JSON can carry and no database takes.
    return value if value.isascii() else value.encode("utf-8", "replace").decode()
