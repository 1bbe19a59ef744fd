"""Make a message fit a channel: its markup, its lengths, its buttons. Nothing is lost."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeVar

from bot.channels.base import Bubble, Limits
from bot.channels.pieces import length, pieces, whole_letters, without_markup
from bot.dialogue.turn import Card, Message, Pin

__all__ = ["CARDS", "SHORT", "WAYS_OUT", "fit", "length", "shortened"]

Button = tuple[str, str]  # id, label
Item = TypeVar("Item")

SHORT: Final = 16  # letters that can still be read when two buttons share a row
WAYS_OUT: Final = frozenset({"menu", "help", "lang", "exit"})  # on every screen, below the rest
CARDS: Final = 5  # in one bubble; WhatsApp takes no more
_IN_A_ROW: Final = 3
_ELLIPSIS: Final = "…"


def fit(message: Message, limits: Limits) -> tuple[Bubble, ...]:
    """The message as bubbles of the channel; the buttons are below the last one with text, the
    attachments after it."""
    rows = _as_buttons(message.choices, limits)
    text = _text(message, limits, numbered=not rows)
    texts = pieces(text, limits, above_buttons=bool(rows), cut=_cut(message))
    if rows and not texts:
        texts = [_ELLIPSIS]  # no platform takes buttons without any text
    bubbles = [Bubble(each, language=message.language) for each in texts]
    if rows:
        bubbles[-1] = Bubble(texts[-1], rows, message.language, message.pick)
    return (*bubbles, *_attached(message, limits)) if message.attachments else tuple(bubbles)


def _as_buttons(choices: Sequence[Button], limits: Limits) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons; () when there are too many of them, or two would look the same."""
    buttons = _once(choices) if limits.once else choices
    if len(buttons) > limits.choices:
        return ()
    rows = _rows(buttons, limits)
    return () if limits.once and _two_look_alike(rows) else rows


def _text(message: Message, limits: Limits, numbered: bool) -> str:
    text = message.text.strip()
    parts = [text, *_described(message, limits)] if message.attachments else [text]
    if numbered and message.choices:
        # All of them, also those that do the same: she counts as the dialogue does.
        parts.append(_numbered(message.choices))
    return "\n\n".join(part for part in parts if part) if len(parts) > 1 else text


def _cut(message: Message) -> int:
    """Where the second language begins once the blanks before the first are gone."""
    blanks = len(message.text) - len(message.text.lstrip())
    return max(message.cut - blanks, 0)


def _once(choices: Iterable[Button]) -> tuple[Button, ...]:
    """Of choices that do the same, the first: it is the one this screen is about."""
    first: dict[str, Button] = {}
    for choice in choices:
        first.setdefault(choice[0], choice)
    return tuple(first.values())


def _two_look_alike(rows: Iterable[Sequence[Button]]) -> bool:
    labels = [label for row in rows for _, label in row]
    return len(set(labels)) < len(labels)


def _numbered(choices: Sequence[Button]) -> str:
    """For a channel without buttons (or with too few): she types the number."""
    return "\n".join(f"{number}. {label}" for number, (_, label) in enumerate(choices, start=1))


def _described(message: Message, limits: Limits) -> Iterator[str]:
    """What the channel cannot attach, in words. A file has none: its text is there already."""
    for attachment in message.attachments:
        match attachment:
            case Pin() if "pin" not in limits.attaches:
                place = f"{attachment.latitude:.5f},{attachment.longitude:.5f}"
                yield "\n".join(filter(None, (attachment.name, attachment.address, place)))
            case Card() if "card" not in limits.attaches:
                yield f"{attachment.name}: {' / '.join(attachment.phones)}"


def _attached(message: Message, limits: Limits) -> Iterator[Bubble]:
    """Cards that follow each other share a bubble, anything else has one of its own."""
    can_be = [each for each in message.attachments if each.kind in limits.attaches]
    for is_card, run in groupby(can_be, lambda each: each.kind == "card"):
        for together in _chunks(run, CARDS if is_card else 1):
            yield Bubble("", language=message.language, attachments=together)


def _rows(choices: Sequence[Button], limits: Limits) -> tuple[tuple[Button, ...], ...]:
    """Short ones share a row, long ones have their own, the ways out share the last."""
    buttons = [(id, shortened(label, limits.label)) for id, label in choices]
    ways_out = [button for button in buttons if button[0] in WAYS_OUT]
    others = [button for button in buttons if button[0] not in WAYS_OUT]
    a_row = _IN_A_ROW if limits.per_row > 1 else 1
    return (*_packed(others, limits.per_row), *_chunks(ways_out, a_row))


def _packed(buttons: Sequence[Button], per_row: int) -> Iterator[tuple[Button, ...]]:
    for short, run in groupby(buttons, lambda button: length(button[1]) <= SHORT):
        yield from _chunks(run, per_row if short else 1)


def _chunks(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    row: list[Item] = []
    for item in items:
        row.append(item)
        if len(row) == size:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


@lru_cache(maxsize=1024)
def shortened(label: str, most: int) -> str:
    """At the end of a word, with an ellipsis; a button shows no markup."""
    label = " ".join(without_markup(label).split())
    if length(label) <= most:
        return label or _ELLIPSIS
    room = most
    while length(label[:room]) > most - length(_ELLIPSIS):
        room -= 1
    cut = label.rfind(" ", 1, room + 1)
    end = cut if cut >= room // 2 else whole_letters(label, 0, room)
    return label[:end].rstrip(" .,;:¿¡(–-") + _ELLIPSIS
