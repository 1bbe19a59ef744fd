"""An organizer writes an announcement in her chat: its texts, whom it is for, a look, and on.

Rule 1: what she writes lives in her State alone until she sends it on: sealed, for half an hour.
Rule 2: a long text is taken for what she was asked for, whatever it is about; a short cry for help
never is.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.dialogue import editions, regions
from bot.dialogue.announcing import Composition
from bot.dialogue.desk_notices import to_approve
from bot.dialogue.desk_screens import CHANNELS, audience, counted, real, samples
from bot.dialogue.menus import ALWAYS, EXIT, HELP, button
from bot.dialogue.moment import NO_SUCH_NUMBER, Moment, offered
from bot.dialogue.staff import Ask, Compose
from bot.dialogue.turn import Choice, Effect, Line, Reply, Tell, Turn, same_everywhere, say
from bot.dialogue.unfinished import Drafting

LONGEST, SHORTEST = 3000, 10  # letters; more would be too many messages on WhatsApp
MANY_ON_WHATSAPP = 800  # from here on it is more than one
TITLE = 60
CRY = 12  # words; with fewer, what sounds like danger is hers and no announcement
PAGE = 4  # regions or editions on a screen
FIELDS = ("channels", "languages", "regions", "edition")
LEAVE = button("desk:leave", "button.cancel")


def pressed(moment: Moment, wanted: str) -> Turn | None:
    if not _is_organizer(moment):
        return None
    what, _, rest = wanted.partition(":")
    if what == "new":
        return ask(moment, Drafting(offered(moment.catalogue)[0]))
    draft = moment.unfinished
    if not isinstance(draft, Drafting):
        return None
    if what == "leave":
        return Turn(moment.state, (Reply((say("desk.left"),), ALWAYS),))
    act = _ACTS.get(what)
    return act(moment, draft, rest) if act else ask(moment, draft)


def stepped(moment: Moment) -> Turn | None:
    """A number that counts none of her screen, or a step back."""
    draft = moment.unfinished
    if not isinstance(draft, Drafting):
        return None
    if moment.choice == NO_SUCH_NUMBER:
        return ask(moment, draft, say("number.none"))
    order = [*offered(moment.catalogue), "audience", ""]
    if draft.asks in FIELDS:
        return ask(moment, replace(draft, asks="audience"))
    at = order.index(draft.asks) if draft.asks in order else 0
    return ask(moment, replace(draft, asks=order[at - 1])) if at else None


def written(moment: Moment) -> Turn | None:
    draft = moment.unfinished
    if not isinstance(draft, Drafting) or not _is_organizer(moment):
        return None
    if moment.event.kind != "text":
        return ask(moment, draft, say("unreadable"))
    is_text = draft.asks in offered(moment.catalogue)
    if moment.danger.tier == "high" and not (is_text and len(moment.event.text.split()) >= CRY):
        return None
    if is_text:
        return _take_text(moment, draft)
    if draft.asks == "regions" and (code := regions.meant(moment.event.text)):
        return _set(moment, draft, f"regions:{code}")
    return ask(moment, draft, say("desk.choose"))


def ask(moment: Moment, draft: Drafting, *above: Line, page: int = 1) -> Turn:
    """The open question, once more or for the first time."""
    state = replace(moment.state, unfinished=draft)
    if draft.asks == "":
        return _look(moment, replace(draft, looked=True), *above)
    if draft.asks == "audience":
        reply = _whom(moment, draft)
    elif draft.asks in FIELDS:
        reply = _which(moment, draft, page)
    else:
        reply = _text(moment, draft)
    reply = replace(reply, lines=(*above, *reply.lines), private=True)
    return Turn(state, (reply,), asks=Ask())


def _take_text(moment: Moment, draft: Drafting) -> Turn:
    text = moment.event.text.strip()
    if moment.says("typed.without") and draft.texts:
        return _without(moment, draft, draft.asks)
    if not SHORTEST <= len(text) <= LONGEST:
        key = "desk.text.short" if len(text) < SHORTEST else "desk.text.long"
        return ask(moment, draft, say(key, most=str(LONGEST)))
    kept = replace(draft, texts={**draft.texts, draft.asks: text})
    warning = [say("desk.text.many")] if len(text) > MANY_ON_WHATSAPP else []
    return ask(moment, replace(kept, asks=_next(moment, kept)), *warning)


def _without(moment: Moment, draft: Drafting, tag: str) -> Turn:
    texts = {each: text for each, text in draft.texts.items() if each != tag}
    kept = replace(draft, texts=texts) if texts else draft
    return ask(moment, replace(kept, asks=_next(moment, replace(kept, asks=tag))))


def _next(moment: Moment, draft: Drafting) -> str:
    order = [*offered(moment.catalogue), "audience"]
    return "" if draft.looked else order[order.index(draft.asks) + 1]


def _edit(moment: Moment, draft: Drafting, tag: str) -> Turn:
    is_one = tag in offered(moment.catalogue) or tag == "audience"
    return ask(moment, replace(draft, asks=tag) if is_one else draft)


def _open_field(moment: Moment, draft: Drafting, rest: str) -> Turn:
    field, _, page = rest.partition(":")
    at = int(page) if page.isdecimal() else 1
    return ask(moment, replace(draft, asks=field) if field in FIELDS else draft, page=at)


def _set(moment: Moment, draft: Drafting, rest: str) -> Turn:
    field, _, value = rest.partition(":")
    if field not in FIELDS or (value and value not in dict(_values(moment, field))):
        return ask(moment, draft)
    whom = draft.audience
    match field:
        case "edition":
            whom = replace(whom, edition=value)
        case "channels":
            whom = replace(whom, channels=(value,) if value else ())
        case "languages":
            whom = replace(whom, languages=(value,) if value else ())
        case _:
            whom = replace(whom, regions=(value,) if value else ())
    return ask(moment, replace(draft, audience=whom, asks="audience"))


def _look(moment: Moment, draft: Drafting, *above: Line) -> Turn:
    """The texts as she will see them, for how many, and what to do with it."""
    state = replace(moment.state, unfinished=replace(draft, asks=""))
    send = "button.desk.send" if moment.event.desk.two_person else "button.desk.finish"
    texts = (
        Choice(f"desk:text:{each.tag}", say("button.desk.text", language=each.name))
        for each in moment.catalogue.languages
    )
    choices = (
        button("desk:send", send), button("desk:try", "button.desk.try"), *texts,
        button("desk:text:audience", "button.desk.for"), LEAVE, HELP, EXIT,
    )  # fmt: skip
    lines = (say("desk.look"), audience(draft.audience, moment.catalogue))
    counts = counted(moment.event.desk.counts)
    reply = Reply((*above, *lines, *counts), choices, private=True)
    return Turn(state, (*samples(draft.texts), reply), asks=_dry_run(draft))


def _preview(moment: Moment, draft: Drafting, rest: str) -> Turn:
    if not draft.texts:
        return ask(moment, draft)
    return ask(moment, replace(draft, asks=""))


def _try(moment: Moment, draft: Drafting, rest: str) -> Turn:
    """A test on her own telephone: the same messages, with buttons that work."""
    looked = _preview(moment, draft, rest)
    test = (Reply((say("desk.try"),)), *real(draft.texts))
    return replace(looked, replies=(*test, looked.replies[-1]))


def _send(moment: Moment, draft: Drafting, rest: str) -> Turn:
    desk = moment.event.desk
    asks = _dry_run(draft)
    if desk.refused or not draft.texts or desk.counts is None or not desk.counts.total:
        why = desk.refused or ("empty" if desk.counts else "")
        told = [say(f"desk.refused.{why}")] if why else []
        return _look(moment, draft, *told)
    title = _title(draft)
    effects: list[Effect] = [Compose(Composition(title, draft.texts, draft.audience))]
    line = say("desk.finished")
    if desk.two_person:
        effects.append(Tell(to_approve(desk.staff, title, draft.texts, desk.counts)))
        line = say("desk.sent" if desk.approvers else "desk.sent.console")
    reply = Reply((line,), (button("desk:open", "button.desk.open"), *ALWAYS))
    return Turn(moment.state, (reply,), tuple(effects), asks=asks)


def _dry_run(draft: Drafting) -> Ask:
    return Ask(audience=draft.audience, languages=tuple(sorted(draft.texts)))


def _title(draft: Drafting) -> str:
    """For organizers alone: how its first text begins."""
    first = " ".join(next(iter(draft.texts.values())).replace("*", "").split())
    return first if len(first) <= TITLE else f"{first[: TITLE - 1].rstrip()}…"


def _text(moment: Moment, draft: Drafting) -> Reply:
    names = {each.tag: each.name for each in moment.catalogue.languages}
    first = draft.asks == offered(moment.catalogue)[0]
    lines = [say("desk.text", language=names.get(draft.asks, draft.asks))]
    lines += [say("desk.text.kept")] if first else []
    without = [] if first else [button(f"desk:without:{draft.asks}", "button.desk.without")]
    return Reply(tuple(lines), (*without, LEAVE, HELP, EXIT))


def _whom(moment: Moment, draft: Drafting) -> Reply:
    lines = (say("desk.for"), audience(draft.audience, moment.catalogue))
    fields = (button(f"desk:ask:{field}", f"button.desk.{field}") for field in FIELDS)
    look = button("desk:look", "button.desk.look")
    return Reply(lines, (look, *fields, LEAVE, HELP, EXIT))


def _which(moment: Moment, draft: Drafting, page: int) -> Reply:
    values = list(_values(moment, draft.asks))
    start = (page - 1) * PAGE if 0 < (page - 1) * PAGE < len(values) else 0
    shown = [
        Choice(f"desk:set:{draft.asks}:{id}", label) for id, label in values[start : start + PAGE]
    ]
    following = start // PAGE + 2 if start + PAGE < len(values) else 1
    more = [button(f"desk:ask:{draft.asks}:{following}", "button.more")]
    every = button(f"desk:set:{draft.asks}:", "button.desk.all")
    choices = (*shown, *(more if len(values) > PAGE else []), every, LEAVE, HELP, EXIT)
    return Reply((say(f"desk.which.{draft.asks}"),), choices)


def _values(moment: Moment, field: str) -> Iterator[tuple[str, Line]]:
    catalogue = moment.catalogue
    match field:
        case "channels":
            yield from ((id, same_everywhere(name)) for id, name in CHANNELS.items())
        case "languages":
            yield from ((each.tag, same_everywhere(each.name)) for each in catalogue.languages)
        case "regions":
            names = sorted(regions.REGIONS.items())
            yield from ((code, same_everywhere(name)) for code, name in names)
        case _:
            here = [each for each in catalogue.editions.values() if each.capacity]
            coming = [each for each in here if not editions.is_past(each, moment.event.today)]
            yield from ((each.slug, editions.said(each, "menu")) for each in coming)


def _is_organizer(moment: Moment) -> bool:
    staff = moment.event.desk.staff
    return staff is not None and staff.may("organizer")


_ACTS: dict[str, Callable[[Moment, Drafting, str], Turn]] = {
    "without": _without,
    "text": _edit,
    "ask": _open_field,
    "set": _set,
    "look": _preview,
    "try": _try,
    "send": _send,
}
