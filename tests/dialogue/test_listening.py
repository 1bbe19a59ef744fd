"""Listening to a topic: who finds the button, what follows it, what gave way for it."""

from dataclasses import replace

import pytest

from bot.channels.fit import fit
from bot.channels.telegram import Telegram
from bot.channels.terminal import Terminal
from bot.channels.webchat import WebChat
from bot.channels.whatsapp import WhatsApp
from bot.channels.whatsapp_messages import payload
from bot.dialogue.catalogue import Catalogue, Sound
from bot.dialogue.menus import MOST
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event, File, Reply, State, Turn, say
from tests.catalogue import TODAY, every_language, translations
from tests.schools import with_editions

HOME = State(language="es", greeted=True)
SLUG = "linea-100"


def with_sounds(catalogue: Catalogue, **more: object) -> Catalogue:
    """As if every topic had been recorded in every language."""
    sounds = {
        (language.tag, slug): Sound(f"locales/{language.tag}/audio/{slug}.ogg", language.tag, 83)
        for language in catalogue.languages
        for slug in catalogue.topics
    }
    return replace(catalogue, sounds=sounds)


LOUD = with_sounds(every_language())


def one(sound: Sound, language: str = "es") -> Catalogue:
    return replace(LOUD, sounds={(language, SLUG): sound})


def presses(
    id: str, state: State = HOME, catalogue: Catalogue = LOUD, channel: str = "whatsapp"
) -> Turn:
    event = Event("choice", choice=id, channel=channel, today=TODAY)
    return respond(state, event, catalogue)


def says(words: str, state: State, catalogue: Catalogue = LOUD) -> Turn:
    return respond(state, Event("text", text=words, channel="whatsapp", today=TODAY), catalogue)


def ids(turn: Turn) -> list[str]:
    return [choice.id for choice in turn.replies[-1].choices]


def label(turn: Turn, id: str, language: str = "es") -> str:
    message = translations().tell(turn.replies[-1], language)
    return dict(message.choices)[id]


def test_the_button_comes_first_and_tells_how_long_it_takes() -> None:
    turn = presses(f"t:{SLUG}")
    assert ids(turn)[0] == f"t:{SLUG}:hear"
    assert label(turn, f"t:{SLUG}:hear") == "🔊 Escuchar (1:23)"


def test_without_a_recording_there_is_no_button_and_nothing_gives_way() -> None:
    silent = presses(f"t:{SLUG}", catalogue=every_language())
    assert not any("hear" in id for id in ids(silent))
    assert f"t:{SLUG}:rel" in ids(silent)


@pytest.mark.parametrize("language", ["es", "quy"])
def test_every_first_page_keeps_to_nine_choices_and_loses_no_way(language: str) -> None:
    """Ten rows in a list of WhatsApp, of which one is kept for "are you in danger?"."""
    silent = with_editions()
    loud = with_sounds(silent)
    state = State(language=language, greeted=True)
    for slug in loud.topics:
        first = ids(presses(f"t:{slug}", state, loud))
        steps = ids(presses(f"t:{slug}:steps", state, loud))
        assert max(len(first), len(steps)) <= MOST, slug
        gone = set(ids(presses(f"t:{slug}", state, silent))) - set(first)
        assert gone <= set(steps), f"{slug}: one press further"


def test_her_screen_stays_and_only_the_voice_follows() -> None:
    screen = presses(f"t:{SLUG}")
    heard = presses(f"t:{SLUG}:hear", screen.state)
    voice = File(f"locales/es/audio/{SLUG}.ogg", kind="audio")
    assert heard.replies == (Reply((), attachments=(voice,)),)
    assert heard.state == screen.state
    assert heard.rule == "listen"


@pytest.mark.parametrize("words", ["escuchar", "Audio", "1", "🔊 Escuchar"])
def test_whoever_writes_it_hears_it(words: str) -> None:
    screen = presses(f"t:{SLUG}")
    assert says(words, screen.state).replies[0].attachments


def test_to_listen_without_a_topic_asks_for_none() -> None:
    turn = says("escuchar", HOME)
    assert turn.rule != "listen" and turn.replies


def test_a_page_in_spanish_has_the_spanish_voice() -> None:
    killa = State(language="quy", greeted=True)
    page = presses(f"t:{SLUG}@es", killa)
    assert ids(page)[0] == f"t:{SLUG}:hear@es"
    (voice,) = presses(f"t:{SLUG}:hear@es", page.state).replies[0].attachments
    assert isinstance(voice, File) and voice.path.startswith("locales/es/")


def test_a_voice_in_another_language_says_which() -> None:
    killa = State(language="quy", greeted=True)
    catalogue = one(Sound("locales/es/audio/linea-100.ogg", "es", 83), "quy")
    page = presses(f"t:{SLUG}", killa, catalogue)
    assert label(page, f"t:{SLUG}:hear", "quy") == "🔊 Español"


def test_a_program_s_voice_is_said_to_be_one() -> None:
    catalogue = one(Sound("locales/es/audio/linea-100.ogg", "es", 83, machine=True))
    turn = presses(f"t:{SLUG}:hear", catalogue=catalogue)
    assert turn.replies[0].lines == (say("hear.machine"),)


def test_an_old_button_to_a_voice_that_is_old_by_now_is_told() -> None:
    turn = presses(f"t:{SLUG}:hear", catalogue=every_language())
    assert turn.replies[0].lines == (say("hear.none"),)
    assert presses("t:not-there:hear").rule == "open_topic", "as any button to what is gone"


def test_every_channel_can_give_her_the_voice() -> None:
    message = translations().tell(presses(f"t:{SLUG}:hear").replies[0], "es")
    for limits in (Telegram.limits, WhatsApp.limits, WebChat.limits, Terminal.limits):
        (bubble,) = fit(message, limits)
        assert bubble.attachments == message.attachments and bubble.text == ""
    (bubble,) = fit(message, WhatsApp.limits)
    assert payload("51", bubble, "", "123")["audio"] == {"id": "123", "voice": True}
