"""An announcement for people's eyes: its bubbles, whom it is for, what the dry run says, what
changed, what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from re import findall
from typing import Any, Final

from bot.broadcasts import Report, why
from bot.dialogue.announcing import Composition, Counts
from bot.dialogue.desk_screens import CHANNELS
from bot.dialogue.hours import opens_at
from bot.web.bubbles import first_line, markup_of
from bot.web.desk.call import Call

OPEN: Final = ("waiting", "sending")  # states of messages of which more will be known


@dataclass(frozen=True, slots=True)
class OnChannel:
    """`channel` as people call it."""

    channel: str
    markup: str
    bubbles: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Screens:
    """One language: the bubbles of each channel, and the line that a locked telephone shows.
    `reads`: where it has no text of its own, the name of the language of the one she gets."""

    tag: str
    name: str
    channels: Sequence[OnChannel]
    locked: str
    reads: str = ""


@dataclass(frozen=True, slots=True)
class DryRun:
    """`rows`: (channel, her language, what she reads, may she be written to now, how many).
    `messages`: by channel, all that is sent there. `ends_at` at the allowed rates; `is_late`: some
    would get nothing any more."""

    counts: Counts
    rows: Sequence[tuple[str, str, str, bool | None, int]]
    messages: Mapping[str, int]
    ends_at: float
    is_late: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """So many, and what became of them in plain words; of which channel and language they are."""

    words: str
    count: int
    parts: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """What is another one now. `pieces`: ("same" | "gone" | "new", words)."""

    label: str
    pieces: Sequence[tuple[str, str]]


def names(call: Call) -> dict[str, str]:
    """What a language is called by those who speak it."""
    return {each.tag: each.name for each in call.translations.languages}


def screens(call: Call, what: Composition) -> list[Screens]:
    shown = call.office.broadcasts.preview(what)
    speaks = call.office.broadcasts.speaks(tuple(what.texts))
    called = names(call)
    found = []
    for tag in what.audience.languages or called:
        text = speaks.get(tag, "")
        of_text = [each for each in shown if each.language == text == tag]
        channels = [
            OnChannel(
                CHANNELS.get(each.channel, each.channel), markup_of(each.channel), each.bubbles
            )
            for each in of_text
        ]
        locked = first_line(of_text[0].bubbles[0].text, of_text[0].channel) if of_text else ""
        reads = called.get(text, "") if text != tag else ""
        found.append(Screens(tag, called.get(tag, tag), channels, locked, reads))
    return found


async def dry_run(call: Call, what: Composition) -> DryRun:
    counts = await call.office.broadcasts.dry_run(what)
    called = names(call)
    each_takes = {
        (one.channel, one.language): len(one.bubbles)
        for one in call.office.broadcasts.preview(what)
    }
    messages = dict[str, int]()
    rows = []
    for group in sorted(counts.groups, key=lambda group: (group.channel, group.language)):
        if not group.text:
            continue
        channel = CHANNELS.get(group.channel, group.channel)
        many = each_takes.get((group.channel, group.text), 1) + (group.window is False)
        messages[channel] = messages.get(channel, 0) + group.count * many
        hers, text = called.get(group.language, group.language), called.get(group.text, group.text)
        rows.append((channel, hers, text, group.window, group.count))
    begins = max(what.start_at or 0.0, call.now)
    ends = max(counts.finish_at.values(), default=begins)
    return DryRun(counts, rows, messages, ends, ends > begins + what.expires_after_s)


def repeating(call: Call, repeat: str) -> str:
    return call.say(f"console.announce.repeat.{repeat or 'no'}")


def lasting(call: Call, hours: int) -> str:
    if hours % 24 or hours == 24:
        return call.say("console.announce.hours", count=hours)
    return call.say("console.announce.days", count=hours // 24)


def facts(call: Call, what: Composition) -> list[tuple[str, str]]:
    """(label, value) of all that is no text."""
    say, whom, called = call.say, what.audience, names(call)
    catalogue = call.office.library()[0]
    everybody = say("console.announce.all")
    edition = catalogue.editions.get(whom.edition)
    file = what.attachment
    return [
        (say("console.announce.title"), what.title),
        (say("console.announce.channels"), _named(whom.channels, CHANNELS) or everybody),
        (say("console.announce.languages"), _named(whom.languages, called) or everybody),
        (say("console.announce.regions"), _regions(call, whom.regions) or everybody),
        (say("console.announce.edition"), edition.menu if edition else whom.edition or everybody),
        (
            say("console.announce.start"),
            call.day_and_time(what.start_at) if what.start_at else say("console.announce.by-hand"),
        ),
        (say("console.announce.repeat"), repeating(call, what.repeat)),
        (say("console.announce.expires"), lasting(call, round(what.expires_after_s / 3600))),
        (say("console.announce.canary"), say(f"console.{'yes' if what.canary else 'no'}")),
        (say("console.announce.attachment"), file.name if file else say("console.no")),
    ]


def changes(call: Call, old: Composition, new: Composition) -> list[Change]:
    """What the second person has not read yet."""
    found = [
        Change(label, [("gone", before), ("new", after)])
        for (label, before), (_, after) in zip(facts(call, old), facts(call, new), strict=True)
        if before != after
    ]
    if old.attachment != new.attachment and not any(
        each.label == call.say("console.announce.attachment") for each in found
    ):
        # Another file of the same name.
        found.append(Change(call.say("console.announce.attachment.other"), []))
    called = names(call)
    for tag in {**old.texts, **new.texts}:
        before, after = old.texts.get(tag, ""), new.texts.get(tag, "")
        if before != after:
            found.append(Change(called.get(tag, tag), list(_pieces(before, after))))
    return found


def report(call: Call, found: Report) -> list[Ending]:
    """By what became of them; together they are its size."""
    called = names(call)
    parts = dict[str, dict[tuple[str, str], int]]()
    for tally in found.tallies:
        words = call.translations.say_once(why(tally), call.language)
        channel = CHANNELS.get(tally.channel, tally.channel)
        where = (channel, called.get(tally.language, tally.language))
        of_these = parts.setdefault(words, {})
        of_these[where] = of_these.get(where, 0) + tally.count
    endings = [
        Ending(words, sum(each.values()), [(*where, many) for where, many in sorted(each.items())])
        for words, each in parts.items()
    ]
    return sorted(endings, key=lambda each: -each.count)


def under_way(call: Call, found: Report) -> dict[str, Any]:
    """What the part of its page shows that goes on by itself."""
    return {
        "found": found.broadcast,
        "report": found,
        "endings": report(call, found),
        "settled": settled(found),
        "rests": opens_at(call.now) > call.now,
    }


def settled(found: Report) -> int:
    """Of how many it is known what became of them."""
    return sum(each.count for each in found.tallies if each.state not in OPEN)


def _named(chosen: Sequence[str], called: Mapping[str, str]) -> str:
    return ", ".join(called.get(each, each) for each in chosen)


def _regions(call: Call, codes: Sequence[str]) -> str:
    places = call.office.library()[0].places.by_code
    return ", ".join(places[code].whole_name if code in places else code for code in codes)


def _pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Word by word, each with the blanks after it."""
    old, new = (findall(r"\S+\s*|\s+", text) for text in (before, after))
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", "".join(old[a:b])
            continue
        if b > a:
            yield "gone", "".join(old[a:b])
        if d > c:
            yield "new", "".join(new[c:d])
