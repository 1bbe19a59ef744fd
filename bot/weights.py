"""Keep what was learned about danger in a file, and read it again: content/danger/weights.json."""

import json
from collections.abc import Mapping
from typing import Any

from bot.dialogue.learned import ANY, HIGH, Learned, Weights
from bot.frontmatter import Mistake, Unreadable, decode

PATH = "danger/weights.json"
_TEACH = "Teach it anew: willaq danger train."


def written(learned: Learned) -> str:
    """One hint a line, in order, so that a change can be looked through."""
    return json.dumps(
        {
            "made_of": learned.made_of,
            "first_language": learned.first_language,
            "begins": {tag: dict(each) for tag, each in learned.begins.items()},
            "tiers": _plain(learned.tiers),
            "kinds": _plain(learned.kinds),
            "languages": _plain(learned.languages),
            "about": {word: " ".join(about) for word, about in sorted(learned.about.items())},
        },
        ensure_ascii=False,
        indent=0,
    )


def read(path: str, data: bytes | None) -> Learned:
    """Raises Unreadable."""
    try:
        values = json.loads(decode(path, data))
        learned = Learned(
            about={word: tuple(about.split()) for word, about in values["about"].items()},
            tiers=_weights(values["tiers"]),
            kinds=_weights(values["kinds"]),
            languages=_weights(values["languages"]),
            begins={tag: _numbers(each) for tag, each in values["begins"].items()},
            first_language=str(values["first_language"]),
            made_of=str(values["made_of"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unreadable(Mistake(path, 1, f"is not what was written. {_TEACH}")) from None
    spoken = {learned.first_language, *learned.languages}
    named = [learned.tiers, *(learned.begins.get(tag, {}) for tag in spoken)]
    if not all({ANY, HIGH} <= each.keys() for each in named) or not learned.kinds:
        raise Unreadable(Mistake(path, 1, f"lacks tiers or kinds. {_TEACH}"))
    return learned


def _plain(all_weights: Mapping[str, Weights]) -> dict[str, Any]:
    return {
        name: {
            "bias": weights.bias,
            "listed": dict(sorted(weights.listed.items())),
            "hints": dict(sorted(weights.hints.items())),
        }
        for name, weights in sorted(all_weights.items())
    }


def _weights(values: dict[str, Any]) -> dict[str, Weights]:
    return {
        name: Weights(int(each["bias"]), _numbers(each["listed"]), _numbers(each["hints"]))
        for name, each in values.items()
    }


def _numbers(values: dict[str, Any]) -> dict[str, int]:
    return {name: int(value) for name, value in values.items()}
