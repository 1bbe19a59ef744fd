"""Decide the answer to one event. RULES is everything Willaq can do, in the order it is tried."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import (
    cards,
    desk,
    doors,
    listening,
    menus,
    mine,
    nearby,
    notices,
    recording,
    safety,
    schools,
    signup,
    subscribing,
)
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.danger import listed
from bot.dialogue.moment import NO_SUCH_NUMBER, Moment, look, offered
from bot.dialogue.search import is_a_question
from bot.dialogue.turn import (
    Erase,
    Event,
    Forget,
    Leave,
    Reply,
    State,
    Turn,
    say,
)

Rule = Callable[[Moment], Turn | None]


def respond(state: State, event: Event, catalogue: Catalogue) -> Turn:
    """The first rule that has an answer gives it. A "maybe" danger adds a line to any answer."""
    moment = look(state, event, catalogue)
    for name, rule in RULES:
        turn = rule(moment)
        if turn is not None:
            return _finished(turn, name, moment)
    raise AssertionError("the last rule answers everything")


def apologize(state: State) -> Turn:
    """When deciding failed for good: she hears that it is our fault, and her screen stays."""
    return Turn(state, (Reply((say("sorry"),), menus.ALWAYS),), rule="apologize")


def leave_group(moment: Moment) -> Turn | None:
    """A group hears nothing of what Willaq is about: somebody in it may be the aggressor."""
    if moment.event.kind != "group":
        return None
    reply = Reply((say("group"),), language=moment.language)
    return Turn(State(), (reply,), (Leave(), Forget()))


def answer_danger(moment: Moment) -> Turn | None:
    """Answered in the language she says it in; in hers, when that one is near to it: the lists of
    all languages are heard. A new woman is greeted after this, not before."""
    if moment.danger.tier != "high":
        return None
    event = moment.event
    reply = safety.danger(moment.danger.kind, event.channel, moment.catalogue, event.today)
    offers = {each.tag: each for each in moment.catalogue.languages}
    hers, said_in = offers.get(moment.language), offers.get(moment.danger.language)
    if said_in and said_in != hers and not (hers and hers.is_near(said_in)):
        reply = replace(reply, language=said_in.tag)
    return Turn(replace(moment.state, topic=""), (reply,))


def quick_exit(moment: Moment) -> Turn | None:
    if moment.choice != "exit":
        return None
    reply = safety.harmless(moment.catalogue, moment.event.today)
    return Turn(moment.state.forgotten(), (reply,), (Erase(),))


def forget_her(moment: Moment) -> Turn | None:
    """At once, without asking back: she may have one moment only."""
    if moment.choice != "forget":
        return None
    kept = moment.event.roll.subscription
    forgotten = safety.forgotten(moment.event.channel, silenced=kept.wanted or kept.stopped)
    reply = replace(forgotten, language=moment.language)
    return Turn(State(), (reply,), (Erase(), Forget()), by_roll=True)


def help_now(moment: Moment) -> Turn | None:
    if moment.choice != "help":
        return None
    reply = safety.help_now(moment.event.channel, moment.catalogue, moment.event.today)
    return Turn(moment.state, (reply,))


def hide(moment: Moment) -> Turn | None:
    if moment.choice != "hide":
        return None
    return Turn(moment.state, (safety.hide(moment.event.channel),))


def choose_language(moment: Moment) -> Turn | None:
    if moment.choice == "lang":
        return Turn(moment.state, (menus.languages(moment.catalogue),))
    kind, _, tag = moment.choice.partition(":")
    if kind != "lang" or tag not in offered(moment.catalogue):
        return None
    state = State(language=tag, greeted=True)
    if not moment.state.greeted:
        return Turn(state, (_welcome(replace(moment, language=tag)),))
    if moment.state.topic in moment.catalogue.topics:
        # What she is reading, in the language she wants: that is why she asks.
        return doors.to_topic(replace(moment, language=tag, state=state), moment.state.topic)
    return Turn(state, (menus.main_menu(moment.catalogue, tag, say("language.done")),))


def greet(moment: Moment) -> Turn | None:
    """A new woman: what she asked clearly comes first, then who Willaq is."""
    if moment.state.greeted:
        return None
    asked = doors.open_topic(moment) or doors.open_category(moment) or nearby.help_near(moment)
    if asked is None and not moment.choice and is_a_question(list(moment.found)):
        asked = find(moment)
    if asked is None:
        return Turn(State(moment.language, greeted=True), (_welcome(moment),))
    state = replace(asked.state, language=moment.language, greeted=True)
    return replace(asked, state=state, replies=(*asked.replies, _welcome(moment, True)))


def not_in_danger(moment: Moment) -> Turn | None:
    if moment.choice != "not-danger":
        return None
    return doors.to_menu(moment, "danger.not")


def no_such_number(moment: Moment) -> Turn | None:
    """Her screen stays, and with it what the other numbers mean."""
    if moment.choice != NO_SUCH_NUMBER or not moment.state.choices:
        return None
    return Turn(replace(moment.state, asked=moment.asked), (Reply((say("number.none"),)),))


def see_what_waits(moment: Moment) -> Turn | None:
    """She pressed the button of a knock: what was held for her follows by itself."""
    if moment.choice != "see":
        return None
    return Turn(moment.state) if moment.event.waiting else doors.to_menu(moment, "see.nothing")


def old_button(moment: Moment) -> Turn | None:
    return doors.to_menu(moment, "menu.gone") if moment.event.kind == "choice" else None


def cannot_read(moment: Moment) -> Turn | None:
    if moment.event.kind != "unreadable":
        return None
    return Turn(moment.state, (Reply((say("unreadable"),), menus.ALWAYS),))


def thank(moment: Moment) -> Turn | None:
    if moment.choice != "thanks":
        return None
    return Turn(moment.state, (Reply((say("thanks"),), menus.ALWAYS),))


def find(moment: Moment) -> Turn | None:
    """Sure: the topic. Unsure: three to choose from."""
    if not moment.found:
        return None
    if moment.is_sure:
        return doors.to_topic(moment, moment.found[0].slug)
    near = [menus.topic_choice(found.slug, moment.catalogue) for found in moment.found[:3]]
    none = menus.button("menu", "button.none")
    reply = Reply((say("search.unsure"),), (*near, none, menus.HELP, menus.EXIT))
    return Turn(moment.state, (reply,))


def nothing_found(moment: Moment) -> Turn:
    return doors.to_menu(moment, "search.nothing")


RULES: tuple[tuple[str, Rule], ...] = (
    ("leave_group", leave_group),
    ("note_blocked", notices.note_blocked),
    ("note_moved", notices.note_moved),
    ("note_wish", notices.note_wish),
    ("tell_nobody", recording.tell_nobody),
    ("record", recording.record),
    ("bind_chat", desk.bind_chat),
    ("at_the_desk", desk.at_the_desk),
    ("answer_danger", answer_danger),
    ("quick_exit", quick_exit),
    ("forget_her", forget_her),
    ("stop", subscribing.stop),
    ("who_sends", subscribing.who_sends),
    ("show_what_is_known", mine.show_what_is_known),
    ("help_now", help_now),
    ("send_cards", cards.send_cards),
    ("more_options", safety.more_options),
    ("hide", hide),
    ("choose_language", choose_language),
    ("greet", greet),
    ("sign_up", signup.sign_up),
    ("subscribe", subscribing.subscribe),
    ("show_mine", mine.show_mine),
    ("withdraw", mine.withdraw),
    ("about_schools", schools.about_schools),
    ("not_in_danger", not_in_danger),
    ("listen", listening.listen),
    ("open_topic", doors.open_topic),
    ("open_part", doors.open_part),
    ("open_category", doors.open_category),
    ("show_more", doors.show_more),
    ("go_back", doors.go_back),
    ("show_menu", doors.show_menu),
    ("no_such_number", no_such_number),
    ("help_near", nearby.help_near),
    ("see_what_waits", see_what_waits),
    ("old_button", old_button),
    ("ask_where_instead", nearby.ask_where_instead),
    ("cannot_read", cannot_read),
    ("thank", thank),
    ("find", find),
    ("nothing_found", nothing_found),
)
# Answers that take her words back: nothing may be added to them, and no language kept with them.
_LEAVES_NOTHING = frozenset(
    "leave_group forget_her quick_exit note_blocked note_moved note_wish tell_nobody".split()
)


def _welcome(moment: Moment, after_an_answer: bool = False) -> Reply:
    today = moment.event.today
    return menus.welcome(moment.catalogue, moment.language, today, after_an_answer=after_an_answer)


def _may_be_danger(rule: str, moment: Moment) -> bool:
    """What an organizer writes is often about danger; whether it is hers, nobody can know."""
    doubtful = ("high", "maybe") if rule == "at_the_desk" else ("maybe",)
    return moment.danger.tier in doubtful and not _is_harmless(rule, moment)


def _is_harmless(rule: str, moment: Moment) -> bool:
    """A translator names a topic. Of names of places nothing was learned: there only what is
    listed is danger."""
    if rule == "record":
        return True
    return rule == "help_near" and listed(moment.event.text, moment.catalogue) in ("none", "")


def _finished(turn: Turn, rule: str, moment: Moment) -> Turn:
    """Her language, what her next number means, and what search and danger said, for the record."""
    replies = turn.replies
    state = turn.state
    if rule not in _LEAVES_NOTHING:
        last = next((each for each in reversed(replies) if each.choices), Reply(()))
        if _may_be_danger(rule, moment):
            asking = safety.ask_if_in_danger(last)
            replies = tuple(asking if each is last else each for each in replies)
            last = asking
        choices = tuple(each.id for each in last.choices) or state.choices
        language = state.language or moment.language
        greeted = state.greeted or moment.state.greeted
        state = replace(state, language=language, greeted=greeted, choices=choices)
    found = tuple(each.slug for each in moment.found)
    tier = moment.danger.tier
    asks = turn.asks or recording.asks(moment) or desk.asks(moment)
    whole = replace(turn, state=state, replies=replies, asks=asks)
    return replace(whole, rule=rule, danger=tier, topics=found)
