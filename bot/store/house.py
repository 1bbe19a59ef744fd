"""The rules of this house for those who write and approve announcements."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


def _as_written(texts: Collection[str]) -> Mapping[str, str]:
    return {tag: tag for tag in texts}


@dataclass(frozen=True, slots=True)
class House:
    """How announcements are decided here. `speaks`: of the languages a text is written in, her
    language -> the one she reads."""

    two_person: bool = True
    speaks: Callable[[Collection[str]], Mapping[str, str]] = _as_written


PLAIN = House()
