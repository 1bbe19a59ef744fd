"""The pages of a topic: the short answer first, then steps, law, contacts, sources, related.

A page read in another language than hers keeps it: its buttons carry "@es" along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialogue import cards, editions
from bot.dialogue.catalogue import SPANISH, Catalogue, Contact, Sound, Source, Topic
from bot.dialogue.days import shown_date as shown_date
from bot.dialogue.menus import ALWAYS, MOST, PAGE, button, near_button, topic_choice, topic_row
from bot.dialogue.turn import Choice, Line, Reply, same_everywhere, say, stack

PARTS = ("steps", "law", "who", "src", "rel")
HEAR = "hear"  # the button to a recording; bot/dialogue/listening.py sends it
CAN_WAIT = ("rel", "law")  # on the page of steps, when the first page is full: the first goes first
DATES = "dates"  # of a school; bot/dialogue/schools.py shows them


@dataclass(frozen=True, slots=True)
class Page:
    """`hers` is her language, `shown` the one of this page ("" = hers)."""

    topic: Topic
    catalogue: Catalogue
    today: date
    channel: str
    hers: str
    shown: str = ""

    def choice(self, part: str = "") -> Choice:
        """The button to a part of this topic, or to its first page."""
        suffix = f"@{self.shown}" if self.shown else ""
        return Choice(
            f"t:{self.topic.slug}{part and ':'}{part}{suffix}", say(f"button.{part or 'topic'}")
        )

    @property
    def sound(self) -> Sound | None:
        """The recording of what this page says."""
        return self.catalogue.sounds.get((self.shown or self.hers, self.topic.slug))

    def listen(self) -> tuple[Choice, ...]:
        """The button to the recording, where there is one."""
        return (self._listen(self.sound),) if self.sound else ()

    def _listen(self, sound: Sound) -> Choice:
        id = self.choice(HEAR).id
        if sound.language != (self.shown or self.hers):
            names = {each.tag: each.name for each in self.catalogue.languages}
            return Choice(id, say("button.hear.in", language=names.get(sound.language, "")))
        minutes, seconds = divmod(sound.seconds, 60)
        return Choice(id, say("button.hear", length=f"{minutes}:{seconds:02}"))

    def reply(self, lines: Sequence[Line], choices: Sequence[Choice]) -> Reply:
        return Reply((*lines, *self._overdue()), (*choices, *ALWAYS), language=self.shown)

    def section(self, name: str) -> Line:
        return say(f"{self.topic.path}#{name}")

    def other_language(self) -> tuple[Choice, ...]:
        """Spanish for a woman who reads Quechua and the other way round: always one tap away."""
        slug = self.topic.slug
        tags = {each.tag: each.name for each in self.catalogue.languages}
        if self.shown:
            return (Choice(f"t:{slug}", same_everywhere(tags.get(self.hers, self.hers))),)
        if self.hers != SPANISH:
            return (Choice(f"t:{slug}@{SPANISH}", say("language.in")),)
        others = [(tag, name) for tag, name in tags.items() if tag != SPANISH]
        if len(others) > 1:
            return (button("lang", "button.language"),)  # what she reads stays open meanwhile
        return tuple(Choice(f"t:{slug}@{tag}", same_everywhere(name)) for tag, name in others)

    def _overdue(self) -> tuple[Line, ...]:
        if self.topic.expires_on >= self.today:
            return ()
        return (say("topic.expired", date=shown_date(self.topic.expires_on)),)


def first(page: Page) -> Reply:
    title = say("topic.title", title=page.section("title"))
    choices = [page.choice(part) for part in _parts(page)]
    news = editions.news(page.topic.slug, page.catalogue, page.today)
    lines = (title, page.section("short"), *news)
    return page.reply(lines, (*page.listen(), *choices, *page.other_language()))


def _parts(page: Page) -> list[str]:
    """Those that have a button on the first page. Whoever cannot read needs the one to listen: for
    it another makes room."""
    parts = [part for part in PARTS if part in ("who", "src") or _has(page, part)]
    if editions.of_school(page.topic.slug, page.catalogue):
        # Its place is needed: what is related stands below the dates instead.
        parts = [DATES, *(part for part in parts if part != "rel")]
    room = MOST - len((*page.listen(), *page.other_language(), *ALWAYS))
    for part in CAN_WAIT:
        if len(parts) > room and part in parts:
            parts.remove(part)
    return parts


def is_first(slug: str, choices: Sequence[str]) -> bool:
    """Are these the choices of a topic's first page? Only that one leads to the sources."""
    return any(id.partition("@")[0] == f"t:{slug}:src" for id in choices)


def part(page: Page, name: str) -> Reply:
    """One of PARTS; the others stay one tap away."""
    lines = _PARTS[name](page)
    if name == "rel":
        suffix = f"@{page.shown}" if page.shown else ""
        topics = [topic_choice(slug, page.catalogue, suffix) for slug in _related(page)]
        return page.reply(lines, (*topics, page.choice()))
    calls = _calls(page) if name == "who" else ()
    others = [page.choice(each) for each in ("steps", "law", "who") if each != name]
    near = near_button(page.catalogue) if name == "who" else ()
    if name == "steps" and _has(page, "rel") and "rel" not in _parts(page) and page.sound:
        others.append(page.choice("rel"))
    return page.reply(lines, (*calls, *near, *others, page.choice()))


def contact_card(contact: Contact, today: date) -> Line:
    """Everything confirmed about a contact; past its date, without numbers and addresses."""
    fresh = contact.expires_on >= today
    lines = [say("topic.title", title=same_everywhere(contact.name)), _said(contact, "purpose")]
    for field in ("phone", "whatsapp", "email", "web"):
        values = contact.phones if field == "phone" else getattr(contact, field)
        if values and fresh:
            lines.append(say(f"contact.{field}", value=" / ".join(values)))
    if contact.address and fresh:
        lines.append(say("contact.address", value=contact.address))
    for field in ("hours", "languages", "cost"):
        if getattr(contact, field):
            lines.append(say(f"contact.{field}", value=_said(contact, field)))
    return stack(*lines, say("contact.checked", date=shown_date(contact.checked_on)))


def _has(page: Page, name: str) -> bool:
    return bool(_related(page)) if name == "rel" else name in page.topic.sections


def _related(page: Page) -> list[str]:
    known = [slug for slug in page.topic.related if slug in page.catalogue.topics]
    return known[:PAGE]


def _steps(page: Page) -> list[Line]:
    return [say("heading.steps"), page.section("steps")]


def _law(page: Page) -> list[Line]:
    names = [name for name in ("law", "limits") if name in page.topic.sections]
    return [line for name in names for line in (say(f"heading.{name}"), page.section(name))]


def _who(page: Page) -> list[Line]:
    known = [page.catalogue.contacts.get(slug) for slug in page.topic.contacts]
    shown = [contact_card(contact, page.today) for contact in known if contact]
    return [say("heading.who"), *(shown or [say("contact.none")])]


def _calls(page: Page) -> tuple[Choice, ...]:
    id = page.choice("cards").id
    return cards.choice(id, page.topic.contacts, page.channel, page.catalogue, page.today)


def _src(page: Page) -> list[Line]:
    topic = page.topic
    written = shown_date(topic.reviewed_on)
    reviewed = (
        say("source.reviewed", date=written, name=topic.reviewed_by)
        if topic.reviewed_by
        else say("source.pending", date=written)
    )
    return [say("heading.src"), sources(topic.sources), reviewed]


def sources(of: Sequence[Source]) -> Line:
    return stack(*(row for source in of for row in _source(source)))


def _source(source: Source) -> list[Line]:
    key = "source.row" if source.article else "source.row.short"
    likely = ".likely" if source.confidence == "L" else ""
    values = {"norm": source.norm, "article": source.article, "date": shown_date(source.seen)}
    if not source.article:
        del values["article"]
    return [say(f"{key}{likely}", **values), *([same_everywhere(source.url)] if source.url else [])]


def _rel(page: Page) -> list[Line]:
    slugs = _related(page)
    rows = [topic_row(slug, page.catalogue) for slug in slugs]
    return [say("heading.rel"), stack(*rows) if rows else say("related.none")]


def _said(contact: Contact, field: str) -> Line:
    return say(f"{contact.path}#{field}")


_PARTS = {"steps": _steps, "law": _law, "who": _who, "src": _src, "rel": _rel}
