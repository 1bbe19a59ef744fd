"""A translator records a topic by chat; for everybody else her words mean what they always did."""

from dataclasses import replace

import pytest

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.respond import respond
from bot.dialogue.staff import Ask, Desk, KeepVoice, Role, SaveVoice, Staff
from bot.dialogue.turn import Event, File, State, Turn, say
from tests.catalogue import TODAY, every_language, translations

SLUG = "violencia-como-denunciar"
WORDS = "0123456789abcdef"
TOKEN = "00ff00ff00ff00ff"
CATALOGUE = replace(every_language(), spoken={("quy", SLUG): WORDS, ("es", SLUG): WORDS})
TANIA_HERSELF = Staff(1, "Tania Huamán", frozenset[Role](("translator",)))
ELENA_HERSELF = Staff(2, "Elena", frozenset[Role](("organizer", "approver", "administrator")))
TANIA, ELENA = Desk(TANIA_HERSELF), Desk(ELENA_HERSELF)
NOBODY = Desk()
HOME = State(language="quy", greeted=True)
ASKED = replace(HOME, asked=f"voice:{SLUG}@quy:{WORDS}")


def says(words: str, desk: Desk = TANIA, state: State = HOME) -> Turn:
    event = Event("text", text=words, channel="telegram", today=TODAY, desk=desk)
    return respond(state, event, CATALOGUE)


def presses(choice: str, desk: Desk = TANIA, state: State = HOME) -> Turn:
    event = Event("choice", choice=choice, channel="telegram", today=TODAY, desk=desk)
    return respond(state, event, CATALOGUE)


def speaks(state: State, desk: Desk = TANIA) -> Turn:
    event = Event("unreadable", channel="telegram", today=TODAY, media="file-7", desk=desk)
    return respond(state, event, CATALOGUE)


def hears(what: str, state: State = ASKED, catalogue: Catalogue = CATALOGUE) -> Turn:
    event = Event("recorded", choice=what, channel="telegram", today=TODAY)
    return respond(state, event, catalogue)


def keys(turn: Turn) -> list[str]:
    return [line.key for reply in turn.replies for line in reply.lines]


def ids(turn: Turn) -> list[str]:
    return [choice.id for choice in turn.replies[-1].choices]


@pytest.mark.parametrize(
    "words", [f"/grabar {SLUG}", f"grabar {SLUG}", "Grabar violencia como denunciar"]
)
def test_she_gets_the_text_to_read_in_the_language_she_reads(words: str) -> None:
    turn = says(words)
    path = CATALOGUE.topics[SLUG].path
    assert keys(turn) == ["voice.read", *(f"{path}#{each}" for each in ("title", "short", "steps"))]
    assert turn.state.asked == ASKED.asked
    assert ids(turn) == ["exit"], "the way out is on every screen"


def test_below_an_open_topic_the_command_alone_is_enough() -> None:
    assert says("/grabar", state=replace(HOME, topic=SLUG)).state.asked == ASKED.asked


def test_without_a_topic_she_is_asked_which() -> None:
    assert keys(says("/grabar")) == ["voice.which"]
    assert keys(says("/grabar zzzz qqqq")) == ["voice.which"]


def test_of_several_she_chooses() -> None:
    turn = says("grabar violencia", state=replace(HOME, language="es"))
    assert keys(turn) == ["voice.choose"]
    chosen = next(id for id in ids(turn) if id.startswith("voice:"))
    assert keys(presses(chosen))[0] == "voice.read"


@pytest.mark.parametrize("words", [f"/grabar {SLUG}", "/grabar", "grabar mi voz"])
@pytest.mark.parametrize("desk", [NOBODY, ELENA], ids=["a woman", "an organizer"])
def test_for_everybody_else_the_words_mean_what_they_always_did(words: str, desk: Desk) -> None:
    turn = says(words, desk)
    assert turn.asks == Ask(), "who writes has to be looked up"
    assert turn.state.asked == ""
    assert not any(key.startswith("voice.") for key in keys(turn))
    assert turn.replies == says(words, NOBODY).replies


def test_nobody_is_looked_up_for_any_other_words() -> None:
    for words in ("hola", "menu", "me pegan", "1", "violencia", "no me grabar"):
        assert says(words, NOBODY).asks is None
    assert presses("menu", NOBODY).asks is None
    assert speaks(HOME, NOBODY).asks is None


def test_danger_in_a_command_like_hers_is_danger() -> None:
    turn = says("grabar me pega mi esposo ahora", NOBODY, replace(HOME, language="es"))
    assert turn.rule == "answer_danger"


def test_a_topic_about_violence_is_no_cry_for_help_of_hers() -> None:
    turn = says(f"/grabar {SLUG}")
    assert turn.rule == "record"
    assert "danger" not in "".join(keys(turn)) and "danger" not in ids(turn)


def test_her_voice_is_work_for_later_and_she_is_told_so() -> None:
    turn = speaks(ASKED)
    assert turn.effects == (KeepVoice(SLUG, "quy", "file-7", WORDS, "Tania Huamán"),)
    assert keys(turn) == ["voice.wait"]
    assert turn.state.asked == ASKED.asked, "another one may follow"
    assert "file-7" not in repr(turn)


@pytest.mark.parametrize(
    ("state", "desk"),
    [(HOME, TANIA), (HOME, NOBODY), (ASKED, NOBODY), (ASKED, ELENA)],
    ids=["not asked", "a woman", "a woman whose state says so", "no translator any more"],
)
def test_nobody_else_s_voice_is_fetched(state: State, desk: Desk) -> None:
    turn = speaks(state, desk)
    assert turn.effects == ()
    assert turn.rule == "cannot_read"


def test_anything_else_she_says_ends_the_recording() -> None:
    turn = says("menu", state=ASKED)
    assert turn.rule == "show_menu"
    assert turn.state.asked == ""


def test_she_hears_what_it_sounds_like_before_it_is_kept() -> None:
    turn = hears(f"ready:{SLUG}@quy:{TOKEN}")
    (reply,) = turn.replies
    assert reply.attachments == (File(f"voice-notes/{TOKEN}.ogg", kind="audio"),)
    assert ids(turn) == [f"voice:keep:{TOKEN}", f"voice:drop:{TOKEN}", "exit"]
    assert turn.state.asked == ASKED.asked, "she may send another instead"
    assert all(len(id.encode()) <= 64 for id in ids(turn))


def test_her_yes_is_work_too_and_what_was_done_is_told_when_it_was() -> None:
    turn = presses(f"voice:keep:{TOKEN}")
    assert (turn.effects, turn.replies) == ((SaveVoice(TOKEN),), ())
    told = hears(f"kept:{SLUG}@quy")
    text = translations().tell(told.replies[0], "es").text
    assert "Cómo denunciar la violencia" in text and "Runasimi" in text
    assert told.state.asked == ""


def test_her_no_keeps_nothing() -> None:
    turn = presses(f"voice:drop:{TOKEN}")
    assert (keys(turn), turn.effects) == (["voice.dropped"], ())


@pytest.mark.parametrize("desk", [NOBODY, ELENA])
@pytest.mark.parametrize("choice", [f"voice:keep:{TOKEN}", f"voice:drop:{TOKEN}", f"voice:{SLUG}"])
def test_her_buttons_do_nothing_for_others(choice: str, desk: Desk) -> None:
    turn = presses(choice, desk)
    assert (turn.rule, turn.effects) == ("old_button", ())


@pytest.mark.parametrize("token", ["", "../../willaq.key", "00FF00FF00FF00FF", TOKEN + "0"])
def test_no_other_file_is_named_by_a_button(token: str) -> None:
    assert presses(f"voice:keep:{token}").effects == ()


@pytest.mark.parametrize(
    "what",
    [
        *(f"fault:{SLUG}@quy:{word}" for word in
          ("large", "long", "short", "silent", "mute", "unreadable", "slow", "away")),
        f"lost:{SLUG}@quy:", f"unkept:{SLUG}@quy", "gone", "gone:no-such-topic@quy",
    ],
)  # fmt: skip
def test_what_went_wrong_is_said_in_words(what: str) -> None:
    turn = hears(what)
    message = translations().tell(turn.replies[0], "es")
    assert len(message.text) > 30 and "{" not in message.text and "voice." not in message.text


def test_who_deleted_everything_meanwhile_is_nobody_and_stays_nobody() -> None:
    turn = hears(f"ready:{SLUG}@quy:{TOKEN}", State())
    assert (turn.replies, turn.effects, turn.state) == ((), (), State())


def test_every_line_of_it_is_a_phrase() -> None:
    assert say("voice.read").key == "voice.read"
    spoken = translations().tell(says(f"/grabar {SLUG}").replies[0], "es").text
    assert spoken.startswith("Lee en voz alta")
