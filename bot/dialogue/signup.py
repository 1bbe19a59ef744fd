"""The guided sign-up: consent first, then one question a screen, then she looks it over.

Rule 1: only words that look like an answer are taken for one. A command goes where it leads; after
what may tell of danger, and is not written like a name, the question is asked again.
Rule 2: "yes" counts only for the words she has in front of her: its button names their edition.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import editions, mine, regions, schools
from bot.dialogue.catalogue import Edition
from bot.dialogue.danger import listed
from bot.dialogue.enrolment import CONSENT, Enrol, Enrolment, SignUp, Step
from bot.dialogue.menus import ALWAYS, button
from bot.dialogue.moment import NO_SUCH_NUMBER, Moment
from bot.dialogue.signup_screens import screen
from bot.dialogue.turn import Line, Reply, Turn, say, stack

LONGEST_NAME, MOST_WORDS = 40, 5
LONGEST_ORGANIZATION = 80
_SMALL = frozenset("de del la las los el y e".split())  # words of a name without a capital
EDITED: dict[str, Step] = {"name": "name", "region": "region", "organization": "organization"}


def sign_up(moment: Moment) -> Turn | None:
    """What begins a sign-up, answers its open question, or ends it."""
    verb, _, rest = moment.choice.partition(":")
    edition = moment.catalogue.editions.get(rest)
    if verb == "join" and rest:
        return _begin(moment, edition) if edition else None
    if verb == "change" and rest:
        return _correct(moment, edition) if edition else None
    if moment.signup is None:
        return _too_late(moment, rest) if verb == "sign" else None
    edition = moment.catalogue.editions.get(moment.signup.edition)
    if edition is None or not _may_go_on(moment, edition, moment.signup):
        return _closed(moment) if verb == "sign" or not moment.choice else None
    if moment.choice:
        return _pressed(moment, edition, moment.signup)
    return _answered(moment, edition, moment.signup)


def _begin(moment: Moment, edition: Edition) -> Turn:
    hers = moment.event.roll.of(edition.slug)
    if hers:
        return mine.show_one(moment, hers, say("sign.already"))
    full = not moment.event.roll.has_room(edition.slug, edition.capacity)
    cannot_wait = full and moment.event.channel in schools.NO_WAY_BACK
    if cannot_wait or not editions.can_join(edition, moment.catalogue, moment.event.today):
        return schools.show_edition(moment, edition)
    return _ask(moment, edition, SignUp(edition.slug))


def _correct(moment: Moment, edition: Edition) -> Turn:
    hers = moment.event.roll.of(edition.slug)
    if hers is None or editions.is_past(edition, moment.event.today):
        return schools.show_edition(moment, edition)
    return _ask(moment, edition, _answers_of(hers), by_roll=True)


def _answers_of(hers: Enrolment) -> SignUp:
    return SignUp(
        hers.edition,
        "review",
        hers.consent,
        hers.name,
        hers.region,
        hers.organization,
        changing=True,
    )


def _may_go_on(moment: Moment, edition: Edition, signup: SignUp) -> bool:
    if signup.changing:
        return not editions.is_past(edition, moment.event.today)
    return editions.can_join(edition, moment.catalogue, moment.event.today)


def _pressed(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    if moment.choice == NO_SUCH_NUMBER:
        return _ask(moment, edition, signup, say("number.none"))
    if moment.choice == "back" and (before := _before(signup)):
        return _ask(moment, edition, before)
    if moment.says("typed.skip") and signup.step == "organization":
        # "ninguna" is a word of the menu as well.
        return _ask(moment, edition, replace(signup, organization="").on())
    verb, _, action = moment.choice.partition(":")
    if verb != "sign":
        return None
    what, _, value = action.partition(":")
    if what == "cancel":
        return Turn(moment.state, (Reply((say("sign.dropped"),), ALWAYS),))
    if signup.step == "consent":
        return _decided(moment, edition, signup, what, value)
    return _chosen(moment, edition, signup, what, value)


def _before(signup: SignUp) -> SignUp | None:
    """As before her last answer; from one she looks at again, back to all of them."""
    whole = signup.on()
    if whole.step == "review" and signup.step != "review":
        return whole
    match signup.step:
        case "name":
            return SignUp(signup.edition)  # as if she had not said yes
        case "region":
            return replace(signup, name="").on()
        case "organization":
            return replace(signup, region="").on()
        case "review" if not signup.changing:
            return replace(signup, organization=None).on()
    return None


def _decided(
    moment: Moment, edition: Edition, signup: SignUp, what: str, value: str
) -> Turn | None:
    if what == "no":
        return Turn(moment.state, (Reply((say("sign.refused"),), ALWAYS),))
    if what == "yes" and value == edition.slug:
        agreed = replace(signup, consent=f"{CONSENT} {moment.language}")
        return _ask(moment, edition, agreed.on())
    return _ask(moment, edition, signup)  # a button of an older screen


def _chosen(moment: Moment, edition: Edition, signup: SignUp, what: str, value: str) -> Turn | None:
    if what == "region" and value in regions.REGIONS:
        return _ask(moment, edition, replace(signup, region=value).on())
    if what == "regions" and value.isdecimal():
        asked = replace(signup, step="region")
        return _ask(moment, edition, asked, page=int(value))
    if what == "skip" and signup.step == "organization":
        return _ask(moment, edition, replace(signup, organization="").on())
    if what == "ok" and value == edition.slug and signup.on().step == "review":
        return _confirm(moment, edition, signup)
    if what == "edit" and value in EDITED and signup.step == "review":
        return _ask(moment, edition, replace(signup, step=EDITED[value]))
    return _ask(moment, edition, signup)


def _answered(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    if moment.event.kind != "text":
        return _ask(moment, edition, signup, say("unreadable"))
    return _TAKES[signup.step](moment, edition, signup)


def _take_consent(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    for key, what in (("typed.yes", "yes"), ("typed.no", "no")):
        if moment.says(key):
            return _decided(moment, edition, signup, what, edition.slug)
    # A question, perhaps about just this, is answered first.
    return None if moment.found else _ask(moment, edition, signup, say("sign.consent.again"))


def _take_name(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    name = _plain(moment.event.text)
    if _may_tell_of_danger(moment, name):
        return _ask(moment, edition, signup, say("sign.not.kept"))
    is_question = moment.is_sure and len(name.split()) > 2
    if is_question:
        return None
    is_no_name = moment.says("typed.yes") or moment.says("typed.no") or len(name) < 2
    if is_no_name or not _fits(name, LONGEST_NAME) or len(name.split()) > MOST_WORDS:
        return _ask(moment, edition, signup, say("sign.name.again"))
    return _ask(moment, edition, replace(signup, name=name).on())


def _take_region(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    code = regions.meant(moment.event.text)
    if code is None:
        return _ask(moment, edition, signup, say("sign.region.again"))
    return _ask(moment, edition, replace(signup, region=code).on())


def _take_organization(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    name = _plain(moment.event.text)
    if moment.says("typed.skip") or moment.says("typed.no"):
        name = ""
    elif _may_tell_of_danger(moment, name):
        return _ask(moment, edition, signup, say("sign.not.kept"))
    elif not _fits(name, LONGEST_ORGANIZATION):
        return _ask(moment, edition, signup, say("sign.organization.again"))
    return _ask(moment, edition, replace(signup, organization=name).on())


def _take_review(moment: Moment, edition: Edition, signup: SignUp) -> Turn | None:
    if moment.says("typed.yes"):
        return _confirm(moment, edition, signup)
    return _ask(moment, edition, signup, say("sign.review.again"))


def _may_tell_of_danger(moment: Moment, name: str) -> bool:
    """What is learned takes some names for danger ("Paz", "Socorro Quispe"): those are written like
    names, one word or each with a capital, and stand on no list."""
    if moment.danger.tier == "none":
        return False
    words = [word for word in name.split() if word.lower() not in _SMALL]
    is_name = len(words) == 1 or all(word[0].isupper() or word.isdecimal() for word in words)
    return not is_name or listed(name, moment.catalogue) in ("high", "maybe")


def _plain(text: str) -> str:
    """Without the signs that would be markup on a screen of ours."""
    return " ".join(text.replace("*", " ").replace("{", " ").replace("}", " ").split())


def _fits(text: str, most: int) -> bool:
    """Short, with a letter in it, no question and no address."""
    has_letter = any(sign.isalpha() for sign in text)
    return has_letter and len(text) <= most and not set(text) & set("?¿@/\\")


def _confirm(moment: Moment, edition: Edition, signup: SignUp) -> Turn:
    roll = moment.event.roll
    hers = roll.of(edition.slug)
    if signup.changing and hers is None:
        return replace(_closed(moment), by_roll=True)
    has_room = roll.has_room(edition.slug, edition.capacity)
    if hers is None and not has_room and moment.event.channel in schools.NO_WAY_BACK:
        return schools.show_edition(moment, edition)
    enrol = Enrol(
        edition.slug,
        "enrolled" if has_room else "waiting",
        signup.name,
        signup.region,
        signup.organization or "",
        signup.consent,
        keep_until=editions.kept_until(edition),
    )
    place = str(roll.waiting.get(edition.slug, 0) + 1)
    done = say("sign.changed") if hers else say(f"sign.{enrol.state}", place=place)
    facts = stack(*editions.appointment(edition))
    choices = (button("mine"), *schools.calendar(moment, edition), *ALWAYS)
    lines = (done, facts, say("mine.word"))
    return Turn(moment.state, (Reply(lines, choices),), (enrol,), by_roll=True)


def _too_late(moment: Moment, action: str) -> Turn:
    """A button of a sign-up that is over: done, dropped, or forgotten after 30 minutes."""
    hers = moment.event.roll.of(action.rpartition(":")[2])
    if hers:
        return mine.show_one(moment, hers)
    return replace(schools.show_open(moment, say("sign.late")), by_roll=True)


def _closed(moment: Moment) -> Turn:
    return schools.show_open(moment, say("sign.closed"))


def _ask(
    moment: Moment,
    edition: Edition,
    signup: SignUp,
    *above: Line,
    page: int = 1,
    by_roll: bool = False,
) -> Turn:
    """The open question, once more or for the first time."""
    reply = screen(moment, edition, signup, page)
    reply = replace(reply, lines=(*above, *reply.lines))
    state = replace(moment.state, signup=signup, topic=edition.school)
    # Whether there is room stands above the words of consent.
    return Turn(state, (reply,), by_roll=by_roll or signup.step == "consent")


_TAKES: dict[str, Callable[[Moment, Edition, SignUp], Turn | None]] = {
    "consent": _take_consent,
    "name": _take_name,
    "region": _take_region,
    "organization": _take_organization,
    "review": _take_review,
}
