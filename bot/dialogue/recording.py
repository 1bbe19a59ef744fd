"""A translator records a topic: the text to read, her voice note, what it sounds like, kept or not.

Rule 1: a voice note is looked at only where the text to read was shown to a translator just before.
Nobody else's is ever fetched.
Rule 2: what she is told was kept, is kept: the work is done outside, and comes back as an event.
"""

import re
from dataclasses import replace

from bot.dialogue.catalogue import Catalogue, Topic
from bot.dialogue.menus import EXIT, button
from bot.dialogue.moment import Moment, typed_words
from bot.dialogue.search import is_sure, search
from bot.dialogue.staff import Ask, KeepVoice, SaveVoice
from bot.dialogue.turn import Choice, File, Reply, State, Turn, say
from bot.dialogue.words import fold

VOICE = "voice"
NOTES = "voice-notes"  # folder of what waits for her yes
ALOUD = ("title", "short", "steps")  # what is read of a topic, in this order
TOKEN = re.compile(r"[0-9a-f]{16}")
_MOST = 3  # topics to choose from
_ASKED = re.compile(rf"{VOICE}:(?P<slug>[a-z0-9-]+)@(?P<language>[\w-]+):(?P<words>[0-9a-f]*)")


def asks(moment: Moment) -> Ask | None:
    """Has it to be known who writes?"""
    if moment.choice.startswith(f"{VOICE}:") or _wanted(moment) is not None:
        return Ask()
    return Ask() if moment.event.media and _ASKED.fullmatch(moment.asked) else None


def tell_nobody(moment: Moment) -> Turn | None:
    """She had everything about her deleted while her voice was on its way."""
    if moment.event.kind != "recorded" or moment.state.greeted:
        return None
    return Turn(State())


def record(moment: Moment) -> Turn | None:
    if moment.event.kind == "recorded":
        return _told(moment)
    staff = moment.event.desk.staff
    if staff is None or not staff.may("translator"):
        return None
    if moment.event.media:
        return _heard(moment, staff.name)
    verb, _, rest = moment.choice.removeprefix(f"{VOICE}:").partition(":")
    if moment.choice.startswith(f"{VOICE}:"):
        return _pressed(moment, verb, rest)
    wanted = _wanted(moment)
    return None if wanted is None else _asked_for(moment, wanted)


def _wanted(moment: Moment) -> str | None:
    """What follows "grabar", or None."""
    if moment.event.kind != "text":
        return None
    command, _, rest = fold(moment.event.text).partition(" ")
    return rest if command in typed_words("typed.record", moment.catalogue) else None


def _asked_for(moment: Moment, wanted: str) -> Turn:
    topics = moment.catalogue.topics
    slug = wanted.replace(" ", "-") or moment.state.topic
    if slug in topics:
        return _show(moment, topics[slug])
    found = search(wanted, moment.catalogue) if wanted else []
    if is_sure(found) and found[0].slug in topics:
        return _show(moment, topics[found[0].slug])
    slugs = [each.slug for each in found if each.slug in topics][:_MOST]
    if not slugs:
        return Turn(moment.state, (Reply((say("voice.which"),), (EXIT,)),))
    choices = [_read(slug, moment.catalogue) for slug in slugs]
    return Turn(moment.state, (Reply((say("voice.choose"),), (*choices, EXIT)),))


def _read(slug: str, catalogue: Catalogue) -> Choice:
    return Choice(f"{VOICE}:{slug}", say(f"{catalogue.topics[slug].path}#menu"))


def _show(moment: Moment, topic: Topic) -> Turn:
    """The hash is of these very words: should they change before she has read them, her recording
    is old from the first."""
    language = moment.language
    words = moment.catalogue.spoken.get((language, topic.slug), "")
    lines = (say("voice.read"), *(say(f"{topic.path}#{name}") for name in ALOUD))
    asked = f"{VOICE}:{topic.slug}@{language}:{words}"
    return Turn(replace(moment.state, asked=asked), (Reply(lines, (EXIT,)),))


def _heard(moment: Moment, by: str) -> Turn | None:
    wanted = _ASKED.fullmatch(moment.asked)
    if wanted is None:
        return None
    work = KeepVoice(wanted["slug"], wanted["language"], moment.event.media, wanted["words"], by)
    return Turn(_still_asked(moment), (Reply((say("voice.wait"),)),), (work,))


def _pressed(moment: Moment, verb: str, token: str) -> Turn | None:
    if verb in moment.catalogue.topics:
        return _show(moment, moment.catalogue.topics[verb])
    if verb == "keep" and TOKEN.fullmatch(token):
        return Turn(moment.state, (), (SaveVoice(token),))
    if verb == "drop":
        return Turn(moment.state, (Reply((say("voice.dropped"),), (EXIT,)),))
    return None


def _told(moment: Moment) -> Turn:
    """What became of her voice note, or of her yes to it."""
    what, _, rest = moment.event.choice.partition(":")
    about, _, token = rest.partition(":")
    slug, _, language = about.partition("@")
    topic = moment.catalogue.topics.get(slug)
    if topic is None:
        return Turn(moment.state, (Reply((say("voice.gone"),), (EXIT,)),))
    title = say(f"{topic.path}#title")
    if what == "ready":
        sound = File(f"{NOTES}/{token}.ogg", kind="audio")
        choices = (
            button(f"{VOICE}:keep:{token}", "button.voice.keep"),
            button(f"{VOICE}:drop:{token}", "button.voice.drop"),
            EXIT,
        )
        reply = Reply((say("voice.ready", title=title),), choices, attachments=(sound,))
        return Turn(_still_asked(moment), (reply,))
    if what == "kept":
        names = {each.tag: each.name for each in moment.catalogue.languages}
        done = say("voice.kept", title=title, language=names.get(language, language))
        return Turn(moment.state, (Reply((done,), (EXIT,)),))
    key = f"voice.fault.{token}" if what == "fault" else f"voice.{what}"
    return Turn(_still_asked(moment), (Reply((say(key, topic=slug),), (EXIT,)),))


def _still_asked(moment: Moment) -> State:
    """Another voice note takes the place of this one."""
    return replace(moment.state, asked=moment.asked)
