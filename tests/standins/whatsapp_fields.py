"""A small language for what a field may be. Each word of it makes a check; a check raises Refused.

`object_of` refuses a field nobody knows: a misspelt one would otherwise be lost in silence.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from tests.standins.whatsapp_errors import Refused

Check = Callable[[Any, str], None]


def text(most: int = 0, least: int = 1, code: int = 131009) -> Check:
    """`most` 0: as long as she likes. What is only blank does not count as a text."""

    def check(value: Any, where: str) -> None:
        _typed(value, str, "a string", where)
        length = len(value) if value.strip() else 0
        if length < least:
            raise Refused(code, f"{where} is required and must not be empty.")
        if most and length > most:
            raise Refused(code, f"{where} length invalid. Min length: {least}, max length: {most}")

    return check


def matching(pattern: str, meaning: str) -> Check:
    compiled = re.compile(pattern)

    def check(value: Any, where: str) -> None:
        _typed(value, str, "a string", where)
        if not compiled.fullmatch(value):
            raise Refused(131009, f"{where} must be {meaning}.")

    return check


def number(least: float, most: float) -> Check:
    """A number, or a string that holds one: Meta takes both."""

    def check(value: Any, where: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Refused(100, f"{where} must be a number.")
        try:
            inside = least <= float(value) <= most
        except ValueError:
            raise Refused(100, f"{where} must be a number.") from None
        if not inside:
            raise Refused(131009, f"{where} must be between {least:g} and {most:g}.")

    return check


def flag(value: Any, where: str) -> None:
    _typed(value, bool, "a boolean", where)


def anything(value: Any, where: str) -> None:
    """Not ours to judge."""


def one_of(*values: str) -> Check:
    def check(value: Any, where: str) -> None:
        _typed(value, str, "a string", where)
        if value not in values:
            raise Refused(131009, f"{where} must be one of {{{', '.join(values)}}}.")

    return check


def list_of(item: Check, least: int = 1, most: int = 0) -> Check:
    def check(value: Any, where: str) -> None:
        _typed(value, list, "an array", where)
        if len(value) < least or (most and len(value) > most):
            wanted = f"Min: {least}, max: {most}" if most else f"Min: {least}"
            raise Refused(131009, f"{where}: invalid number of elements. {wanted}")
        for index, each in enumerate(value):
            item(each, f"{where}[{index}]")

    return check


def object_of(
    required: Mapping[str, Check] | None = None, optional: Mapping[str, Check] | None = None
) -> Check:
    wanted = required or {}
    known = {**wanted, **(optional or {})}

    def check(value: Any, where: str) -> None:
        _typed(value, dict, "a JSON object", where)
        for name in wanted:
            if value.get(name) is None:
                raise Refused(131008, f"The parameter {_path(where, name)} is required.")
        for name, each in value.items():
            if name not in known:
                raise Refused(100, f'Unexpected key "{name}" on param "{where or "body"}".')
            # Nothing where nothing has to be: as if it were not there.
            if each is not None:
                known[name](each, _path(where, name))

    return check


def exactly_one(*names: str) -> Check:
    def check(value: Any, where: str) -> None:
        if len([name for name in names if value.get(name) is not None]) != 1:
            raise Refused(100, f"{where} must have exactly one of {', '.join(names)}.")

    return check


def all_of(*checks: Check) -> Check:
    def check(value: Any, where: str) -> None:
        for each in checks:
            each(value, where)

    return check


def by_type(kinds: Mapping[str, Check], any_case: bool = False) -> Check:
    """An object whose `type` says what else is in it."""

    def check(value: Any, where: str) -> None:
        _typed(value, dict, "a JSON object", where)
        kind = value.get("type")
        if kind is None:
            raise Refused(131008, f"The parameter {_path(where, 'type')} is required.")
        _typed(kind, str, "a string", _path(where, "type"))
        each = kinds.get(kind.lower() if any_case else kind)
        if each is None:
            raise Refused(131009, f"{_path(where, 'type')} must be one of {{{', '.join(kinds)}}}.")
        each(value, where)

    return check


def without_doubles(values: Sequence[str], what: str) -> None:
    doubles: Collection[str] = {value for value in values if values.count(value) > 1}
    if doubles:
        raise Refused(131009, f"Duplicate {what}: {', '.join(sorted(doubles))}")


def _typed(value: Any, kind: type, meaning: str, where: str) -> None:
    if not isinstance(value, kind):
        raise Refused(100, f"Param {where} must be {meaning}.")


def _path(where: str, name: str) -> str:
    return f"{where}['{name}']" if where else name
