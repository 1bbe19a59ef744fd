"""A school with an open edition, made up, and short words for a woman who signs up for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from bot.dialogue.announcing import Subscribe, Subscription
from bot.dialogue.catalogue import Catalogue, Edition, Language
from bot.dialogue.enrolment import Enrol, Enrolment, Roll, Withdraw
from bot.dialogue.respond import respond
from bot.dialogue.turn import (
    Announcements,
    Effect,
    Event,
    Forget,
    Line,
    Reply,
    State,
    Turn,
)
from tests.catalogue import TODAY, spanish

STARTS, ENDS, DEADLINE = date(2027, 1, 16), date(2027, 1, 30), date(2027, 1, 8)
SCHOOL = "escuela-onamiap"
OPEN = Edition(
    slug="lircay-2027",
    path="editions/lircay-2027.md",
    school=SCHOOL,
    menu="Lircay 2027",
    audience="Para mujeres de comunidades. No piden estudios.",
    contact="onamiap",
    sources=spanish().topics[SCHOOL].sources,
    place="Local comunal",
    district="Lircay",
    province="Angaraes",
    department="Huancavelica",
    starts_on=STARTS,
    ends_on=ENDS,
    schedule="sábados, de 9 a 13 horas",
    cost="gratis",
    languages="quechua y castellano",
    capacity=2,
    deadline=DEADLINE,
)
SECOND = replace(
    OPEN, slug="puno-2027", path="editions/puno-2027.md", menu="Puno 2027", place="",
    district="", province="", department="Puno",
)  # fmt: skip
HOME = State(language="es", greeted=True)


def with_editions(*editions: Edition, calendar_at: str = "https://x.example/calendar") -> Catalogue:
    """The real content, and these besides."""
    catalogue = spanish()
    added = {each.slug: each for each in editions or (OPEN,)}
    languages = (Language("es", "Español"), Language("quy", "Runasimi"))
    typed = {"quy": {"typed.yes": "arí", "typed.mine": "inscripcionniykuna"}}
    return replace(
        catalogue,
        editions={**catalogue.editions, **added},
        calendar_at=calendar_at,
        languages=languages,
        typed=typed,
    )


@dataclass
class Her:
    """A woman in front of the dialogue alone. `roll` is kept as the store keeps it."""

    catalogue: Catalogue = field(default_factory=with_editions)
    state: State = HOME
    roll: Roll = field(default_factory=Roll)
    channel: str = "telegram"
    today: date = TODAY
    turn: Turn = field(default_factory=lambda: Turn(HOME))

    def writes(self, *texts: str) -> Turn:
        for text in texts:
            self.does(Event("text", text=text))
        return self.turn

    def presses(self, *ids: str) -> Turn:
        for id in ids:
            self.does(Event("choice", choice=id))
        return self.turn

    def does(self, event: Event) -> Turn:
        event = replace(event, channel=self.channel, today=self.today)
        turn = respond(self.state, event, self.catalogue)
        if turn.by_roll:
            turn = respond(self.state, replace(event, roll=self.roll), self.catalogue)
        self.turn, self.state = turn, turn.state
        for effect in turn.effects:
            self.roll = after(self.roll, effect, self.today)
        return turn

    def to(self, step: str, edition: str = OPEN.slug) -> "Her":
        """Up to the question of that step, with answers of the usual kind."""
        self.presses(f"join:{edition}")
        ways = {"consent": "", "name": f"sign:yes:{edition}", "region": "Rosa de las Flores",
                "organization": "huancavelica", "review": "Comité de Lircay"}  # fmt: skip
        for name, said in ways.items():
            if name != "consent":
                self.presses(said) if said.startswith("sign:") else self.writes(said)
            if name == step:
                break
        return self

    @property
    def keys(self) -> set[str]:
        return {key for reply in self.turn.replies for key in keys_of(reply)}

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(choice.id for reply in self.turn.replies for choice in reply.choices)

    @property
    def said(self) -> str:
        """Everything in the answer that is no phrase: names, numbers, dates."""
        return " ".join(text for reply in self.turn.replies for text in _texts(reply.lines))


def after(roll: Roll, effect: Effect, today: date) -> Roll:
    """As the store would keep it."""
    match effect:
        case Enrol() | Withdraw():
            return _enrolled(roll, effect, today)
        case Subscribe(region, hours, consent):
            kept = Subscription(True, False, region, hours, today, consent)
            return replace(roll, subscription=kept)
        case Announcements(False):
            return replace(roll, subscription=Subscription(stopped=True))
        case Forget():
            return Roll()
    return roll


def _enrolled(roll: Roll, effect: Enrol | Withdraw, today: date) -> Roll:
    others = tuple(each for each in roll.hers if each.edition != effect.edition)
    if isinstance(effect, Withdraw):
        (gone,) = (each for each in roll.hers if each.edition == effect.edition)
        left = replace(gone, state="withdrawn", name="", region="", organization="")
        return replace(roll, hers=(*others, left))
    hers = Enrolment(
        effect.edition, effect.state, effect.name, effect.region, effect.organization,
        effect.consent, today,
    )  # fmt: skip
    return replace(roll, hers=(*others, hers))


def keys_of(reply: Reply) -> Iterator[str]:
    for line in reply.lines:
        yield from _keys(line)


def _keys(line: Line) -> Iterator[str]:
    yield line.key
    for _, value in line.values:
        if isinstance(value, Line):
            yield from _keys(value)


def _texts(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        for _, value in line.values:
            if isinstance(value, str):
                yield value
            else:
                yield from _texts((value,))
