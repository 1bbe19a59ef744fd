"""What is wrong with an announcement before anybody reads it: everything at once, by its field.

What it says of each mistake is a line for whoever composes, at whichever door.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.dialogue.announcing import Composition
from bot.dialogue.hours import DAY_S, opens_at
from bot.dialogue.regions import REGIONS
from bot.dialogue.turn import Line, Message, say

LONGEST_TITLE: Final = 80
MOST_BUBBLES: Final = 3  # each costs her data, and on WhatsApp the organization money
SHORTEST_S: Final = 3600.0
LONGEST_S: Final = 30 * DAY_S
_KEPT: Final = re.compile(r"announcements/[0-9a-f]{64}\.(jpg|png|ogg|pdf)")

Show = Callable[[str, Message], Sequence[Any]]
"""The bubbles a channel, by its name, shows a message as."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is one of Composition or Audience; of a text it names the language: "texts.quy"."""

    field: str
    line: Line


def faults(
    what: Composition,
    *,
    now: float,
    languages: Mapping[str, str],
    reads: Mapping[str, str],
    bubbles: Mapping[tuple[str, str], int],
    channels: Sequence[str],
    has_file: Callable[[str], bool],
) -> tuple[Fault, ...]:
    """`languages`: tag -> name, of those a woman can choose. `reads`: her language -> that of the
    text she gets. `bubbles`: of (channel, language) -> how many messages a text is there.
    `has_file`: is the file of this path there?"""
    return (
        *_title(what),
        *_texts(what, languages, reads),
        *_lengths(bubbles),
        *_audience(what, languages, channels),
        *_times(what, now),
        *_attachment(what, has_file),
    )


def _fault(field: str, kind: str, **values: object) -> Fault:
    return Fault(field, say(f"announce.wrong.{kind}", **{k: str(v) for k, v in values.items()}))


def _title(what: Composition) -> Iterator[Fault]:
    if not what.title.strip():
        yield _fault("title", "no-title")
    elif len(what.title) > LONGEST_TITLE:
        yield _fault("title", "long-title", most=LONGEST_TITLE)


def _texts(
    what: Composition, languages: Mapping[str, str], reads: Mapping[str, str]
) -> Iterator[Fault]:
    if not what.texts:
        yield _fault("texts", "no-text")
        return
    for tag, text in what.texts.items():
        if tag not in languages:
            yield _fault(f"texts.{tag}", "no-language", language=tag)
        elif not text.strip():
            yield _fault(f"texts.{tag}", "empty-text", language=languages[tag])
    for tag in what.audience.languages or languages:
        if tag in languages and tag not in reads:
            yield _fault(f"texts.{tag}", "unread", language=languages[tag])


def _lengths(bubbles: Mapping[tuple[str, str], int]) -> Iterator[Fault]:
    for (channel, language), many in bubbles.items():
        if many > MOST_BUBBLES:
            yield _fault(
                f"texts.{language}", "long-text", channel=channel, many=many, most=MOST_BUBBLES
            )


def _audience(
    what: Composition, languages: Mapping[str, str], channels: Sequence[str]
) -> Iterator[Fault]:
    for channel in what.audience.channels:
        if channel not in channels:
            yield _fault("channels", "no-channel", channel=channel)
    for tag in what.audience.languages:
        if tag not in languages:
            yield _fault("languages", "no-language", language=tag)
    for code in what.audience.regions:
        if code[:2] not in REGIONS or len(code) not in (2, 4) or not code.isdecimal():
            yield _fault("regions", "no-region", code=code)


def _times(what: Composition, now: float) -> Iterator[Fault]:
    if what.start_at is not None and what.start_at <= now:
        yield _fault("start_at", "past")
    if not SHORTEST_S <= what.expires_after_s <= LONGEST_S:
        yield _fault("expires_after_s", "expiry")
        return
    begins = what.start_at or now
    if opens_at(begins) > begins + what.expires_after_s:
        yield _fault("expires_after_s", "night")


def _attachment(what: Composition, has_file: Callable[[str], bool]) -> Iterator[Fault]:
    """What was kept has a name made from what is in it. A path that came by another way could be
    of anything on this machine."""
    file = what.attachment
    if file and not (_KEPT.fullmatch(file.path) and has_file(file.path)):
        yield _fault("attachment", "attachment-gone")
