"""The screens of the desk: what is open, one announcement, its texts as women will see them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.dialogue import editions, regions
from bot.dialogue.announcement import STOP, WHO, announcement
from bot.dialogue.announcing import Audience, Broadcast, BroadcastState, Counts, Group, Tally
from bot.dialogue.attachments import File
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.moment import Moment
from bot.dialogue.phrases import PHRASES
from bot.dialogue.staff import Ask, Desk
from bot.dialogue.turn import Choice, Line, Reply, Turn, same_everywhere, say, stack

ABOUT = "desk:"
CHANNELS = {"telegram": "Telegram", "whatsapp": "WhatsApp"}
SHOWN = 5  # announcements that are open; with the others, nine choices
LABEL = 24  # letters of a button
_SAID = frozenset(each.key for each in PHRASES)


def home(moment: Moment, *above: Line, asks: Ask | None = None) -> Turn:
    """What is not over yet, and the way to a new one."""
    desk = moment.event.desk
    found = desk.open[:SHOWN]
    rows = [_row(each) for each in found]
    lines = (*above, say("desk.home"), stack(*rows) if rows else say("desk.home.none"))
    new = [button("desk:new", "button.desk.new")] if _writes(desk) else []
    choices = (*(_door(each) for each in found), *new, *ALWAYS)
    return Turn(moment.state, (Reply(lines, choices, private=True),), asks=asks or Ask())


def one(
    moment: Moment,
    found: Broadcast,
    *above: Line,
    shows_texts: bool = False,
    becomes: BroadcastState | None = None,
) -> Turn:
    """One announcement. `becomes`: what it is once this turn is done."""
    desk, state = moment.event.desk, becomes or found.state
    lines = (*above, _row(replace(found, state=state)), *_about(moment, found, state))
    after = replace(found, state=state)
    choices = (*what_to_do(desk, after), button("desk:open", "button.desk.open"), *ALWAYS)
    texts = samples(found.what.texts) if shows_texts else ()
    replies = (*texts, Reply(lines, choices, private=True))
    return Turn(moment.state, replies, asks=Ask(broadcast=found.id))


def sure(moment: Moment, found: Broadcast) -> Turn:
    yes = button(f"desk:cancel:{found.id}:{found.version}", "button.desk.cancel.yes")
    no = button(f"desk:see:{found.id}", "button.desk.keep")
    reply = Reply((_row(found), say("desk.sure")), (yes, no, *ALWAYS), private=True)
    return Turn(moment.state, (reply,), asks=Ask(broadcast=found.id))


def samples(texts: Mapping[str, str], attachment: File | None = None) -> tuple[Reply, ...]:
    """Each text exactly as she will see it. Its buttons do nothing here but say so: who looks at
    it must not stop her own announcements by that."""
    return tuple(
        replace(_sample(announcement(text, attachment)), language=tag)
        for tag, text in sorted(texts.items())
    )


def real(texts: Mapping[str, str]) -> tuple[Reply, ...]:
    """The same with buttons that work: a test on one's own telephone."""
    return tuple(replace(announcement(text), language=tag) for tag, text in sorted(texts.items()))


def counted(counts: Counts | None) -> Iterator[Line]:
    """The dry run in words."""
    if counts is None:
        return
    rows = [_group(each) for each in counts.groups if each.text]
    closed = sum(each.count for each in counts.groups if each.text and each.window is False)
    why = [
        say("desk.count.refused", count=str(count), why=_reason(reason))
        for reason, count in counts.refused.items()
    ]
    yield stack(say("desk.count", count=str(counts.total)), *rows)
    if closed:
        yield say("desk.count.closed", count=str(closed))
    if why:
        yield stack(say("desk.count.nothing"), *why)


def _group(each: Group) -> Line:
    channel = CHANNELS.get(each.channel, each.channel)
    speaks, reads = each.language, each.text
    return say(
        "desk.count.row", count=str(each.count), channel=channel, language=speaks, text=reads
    )


def audience(whom: Audience, catalogue: Catalogue) -> Line:
    names = {each.tag: each.name for each in catalogue.languages}
    edition = catalogue.editions.get(whom.edition)
    return stack(
        _asked("channels", [CHANNELS.get(each, each) for each in whom.channels]),
        _asked("languages", [names.get(each, each) for each in whom.languages]),
        _asked("regions", [regions.REGIONS.get(each[:2], each) for each in whom.regions]),
        say("desk.for.edition", value=editions.named(edition, catalogue))
        if edition
        else _asked("edition", [whom.edition] if whom.edition else []),
    )


def what_to_do(desk: Desk, found: Broadcast) -> Iterator[Choice]:
    staff = desk.staff
    if staff is None:
        return
    is_own = staff.id == found.author and desk.two_person
    match found.state:
        case "waiting for approval":
            if (staff.may("approver") or not desk.two_person) and not is_own:
                yield act_on("approve", found)
            yield act_on("back", found)
        case "approved" | "scheduled":
            yield act_on("start", found)
            yield act_on("back", found)
        case "sending":
            yield act_on("pause", found)
        case "paused":
            yield act_on("resume", found)
    if found.state not in ("done", "cancelled"):
        yield button(f"desk:sure:{found.id}", "button.desk.cancel")
    yield button(f"desk:see:{found.id}", "button.desk.again")


def act_on(what: str, found: Broadcast) -> Choice:
    return button(f"desk:{what}:{found.id}:{found.version}", f"button.desk.{what}")


def _about(moment: Moment, found: Broadcast, state: BroadcastState) -> Iterator[Line]:
    desk = moment.event.desk
    if found.reason and state == found.state:
        yield say("desk.reason", value=_reason(found.reason))
    yield audience(found.what.audience, moment.catalogue)
    if found.size is None:
        yield from counted(desk.counts)
    else:
        yield stack(say("desk.size", count=str(found.size)), *_report(desk.tallies))


def _report(tallies: Sequence[Tally]) -> Iterator[Line]:
    """What became of each; the counts together are its size."""
    counts: dict[tuple[str, str], int] = {}
    for each in tallies:
        key = (each.state, each.reason)
        counts[key] = counts.get(key, 0) + each.count
    for (state, reason), count in sorted(counts.items()):
        yield say("desk.tally", what=_state(state, reason), count=str(count))


def _state(state: str, reason: str) -> Line:
    said = reason.removeprefix("gave up: ").replace(" ", "-")
    keys = (f"announced.{state}.{said}", f"announced.{state}", f"desk.is.{state}")
    return say(next((key for key in keys if key in _SAID), "desk.is.other"))


def _reason(reason: str) -> Line:
    key = f"desk.why.{reason.replace(' ', '-')}"
    return say(key) if key in _SAID else same_everywhere(reason)


def _asked(field: str, values: Sequence[str]) -> Line:
    if not values:
        return say(f"desk.for.{field}.all")
    return say(f"desk.for.{field}", value=", ".join(values))


def _row(found: Broadcast) -> Line:
    state = say(f"desk.state.{found.state.replace(' ', '-')}")
    return say("desk.row", number=str(found.id), title=found.what.title, state=state)


def _door(found: Broadcast) -> Choice:
    label = f"{found.id}. {found.what.title}"
    return Choice(f"desk:see:{found.id}", same_everywhere(label[:LABEL]))


def _sample(reply: Reply) -> Reply:
    choices = (
        replace(each, id=f"desk:sample:{each.id}") if each.id in (STOP, WHO) else each
        for each in reply.choices
    )
    return replace(reply, choices=tuple(choices))


def _writes(desk: Desk) -> bool:
    return desk.staff is not None and desk.staff.may("organizer")
