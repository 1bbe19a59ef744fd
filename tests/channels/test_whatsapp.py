"""The whole channel against the stand-in: what she sees, what goes up once, what errors mean."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import orjson
import pytest

from bot.channels.base import Bubble, Channel, Incoming, Mark, Receipt, SendError, Status
from bot.channels.whatsapp import WhatsApp
from bot.dialogue.turn import Card, File, Pin
from bot.store.addresses import Vault
from bot.store.sqlite import MEMORY, SqliteStore
from tests.people import KILLA, ROSA
from tests.standins.raw_http import Answer, Request, Server
from tests.standins.whatsapp import (
    APP_SECRET,
    PHONE_NUMBER_ID,
    TOKEN,
    VERIFY_TOKEN,
    Fault,
    Message,
    Standin,
)

HERS = str(KILLA.chat_id)
TAG = "w1"
DAY_S = 86_400
TEMPLATE = "mensaje_para_ti"
MENU, HELP, EXIT = ("menu", "Menú"), ("help", "Ayuda ahora"), ("exit", "Salir")
VOICE = File("quy/linea-100.ogg", kind="audio")
OTHER_VOICE = File("quy/saludo.ogg", kind="audio")
PAPER = File("escuela/demanda.pdf", "Demanda de alimentos.pdf")
OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(200)
POSTER = File("announcements/ab.jpg", kind="image")
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
FILES = {
    VOICE.path: OPUS, OTHER_VOICE.path: OPUS + b"2", PAPER.path: b"%PDF-1.7 a form",
    POSTER.path: JPEG,
}  # fmt: skip


def read(path: str) -> bytes:
    if path not in FILES:
        raise FileNotFoundError(path)
    return FILES[path]


def spoken(file: File) -> Bubble:
    return Bubble("", attachments=(file,))


@asynccontextmanager
async def channel_to(whatsapp: Standin, **settings: Any) -> AsyncIterator[WhatsApp]:
    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    settings = {"template": TEMPLATE, "media": store, **settings}
    channel = WhatsApp(
        token=TOKEN, phone_number_id=PHONE_NUMBER_ID, app_secret=APP_SECRET,
        verify_token=VERIFY_TOKEN, tag=TAG, read=read, api_url=whatsapp.url, **settings,
    )  # fmt: skip
    await channel.start()
    try:
        yield channel
    finally:
        await channel.stop()
        await store.close()


@pytest.fixture
async def whatsapp() -> AsyncIterator[Standin]:
    async with Standin() as whatsapp:
        whatsapp.say(HERS, "hola")
        yield whatsapp


@pytest.fixture
async def channel(whatsapp: Standin) -> AsyncIterator[WhatsApp]:
    async with channel_to(whatsapp) as channel:
        yield channel


class Door:
    """The channel's hook behind real HTTP. `heard` is what it makes of what comes in."""

    def __init__(self, channel: WhatsApp) -> None:
        self.hook = channel.hook()
        self.heard: list[Incoming | Status] = []
        self.server = Server(self._answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}{self.hook.path}"

    @property
    def failures(self) -> list[str]:
        statuses = [each for each in self.heard if isinstance(each, Status)]
        return [each.failure.reason for each in statuses if each.failure]

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET":
            assert self.hook.greet is not None
            said = self.hook.greet(dict(parse_qsl(request.query)))
            return Answer(status=403) if said is None else Answer(said.encode())
        proof = request.headers.get(self.hook.header.decode(), "").encode()
        if not self.hook.is_genuine(proof, request.body):
            return Answer(status=403)
        self.heard += self.hook.parse(orjson.loads(request.body))
        return Answer()


@asynccontextmanager
async def door(whatsapp: Standin, channel: WhatsApp) -> AsyncIterator[Door]:
    door = Door(channel)
    await door.server.start()
    try:
        await whatsapp.push_to(door.url)
        yield door
    finally:
        whatsapp.webhook.stop()
        await door.server.stop()


async def sent(whatsapp: Standin, channel: WhatsApp, bubble: Bubble) -> Message:
    """What she sees of it."""
    before = len(whatsapp.said(HERS))
    assert await channel.send(HERS, bubble, Mark(7, 1, 1, 2)) == Receipt()
    message = whatsapp.said(HERS)[before]
    assert not whatsapp.refusals
    return message


async def refused(channel: WhatsApp, bubble: Bubble, to: str = HERS) -> SendError:
    with pytest.raises(SendError) as caught:
        await channel.send(to, bubble, Mark(7, 1, 1, 1))
    told = repr(caught.getrepr(chain=True)) + repr(vars(caught.value))
    assert TOKEN not in told and HERS not in told
    return caught.value


async def test_a_text_carries_the_mark_it_is_told_of_by(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    promised: Channel = channel
    await promised.send(HERS, Bubble("Allinllachu"))
    message = await sent(whatsapp, channel, Bubble("Tienes *derecho* a pedirlo."))
    unmarked, _ = whatsapp.said(HERS)
    assert (unmarked.text, unmarked.opaque) == ("Allinllachu", "")
    assert (message.text, message.opaque) == ("Tienes *derecho* a pedirlo.", "w1.7.1.1.2")


async def test_what_she_presses_comes_back_as_what_it_stands_for(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    async with door(whatsapp, channel) as heard:
        message = await sent(whatsapp, channel, Bubble("¿Qué necesitas?", ((MENU, HELP), (EXIT,))))
        assert (message.labels, message.opaque) == (
            ["Menú", "Ayuda ahora", "Salir"],
            "w1.7.1.1.2.b",
        )
        whatsapp.press(HERS, "Ayuda ahora")
        await whatsapp.until(lambda: "help" in pressed(heard))


def pressed(door: Door) -> list[str]:
    return [each.event.choice for each in door.heard if isinstance(each, Incoming)]


async def test_four_buttons_are_a_list_under_a_word_of_ours(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    topic = ("t:alimentos", "Pensión para mis hijos")
    async with door(whatsapp, channel) as heard:
        bubble = Bubble("¿Qué necesitas?", ((topic,), (MENU, HELP, EXIT)), pick="Ver más")
        message = await sent(whatsapp, channel, bubble)
        assert (message.opens_with, message.labels) == (
            "Ver más",
            ["Pensión para mis hijos", "Menú", "Ayuda ahora", "Salir"],
        )
        whatsapp.choose(HERS, "Pensión para mis hijos")
        await whatsapp.until(lambda: "t:alimentos" in pressed(heard))


async def test_a_place_is_a_pin_on_her_map(whatsapp: Standin, channel: WhatsApp) -> None:
    pin = Pin(-12.78, -74.97, "CEM Lircay", "Jr. Libertad 123")
    message = await sent(whatsapp, channel, Bubble("", attachments=(pin,)))
    assert (message.kind, message.opaque) == ("location", "w1.7.1.1.2")
    assert message.body["location"]["name"] == "CEM Lircay"


async def test_numbers_are_cards_she_can_call_from(whatsapp: Standin, channel: WhatsApp) -> None:
    cards = (Card("Línea 100", ("100",)), Card("Comisaría", ("105", "067 123 456")))
    message = await sent(whatsapp, channel, Bubble("", attachments=cards))
    phones = [[each["phone"] for each in card["phones"]] for card in message.body["contacts"]]
    assert (message.kind, phones) == ("contacts", [["100"], ["105", "067 123 456"]])


async def test_a_recording_is_a_voice_message_and_a_document_has_its_name(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    voice = await sent(whatsapp, channel, spoken(VOICE))
    paper = await sent(whatsapp, channel, spoken(PAPER))
    heard = whatsapp.media.all[voice.body["audio"]["id"]]
    assert (heard.mime_type, heard.content) == ("audio/ogg", OPUS)
    assert voice.body["audio"]["voice"] is True
    opened = whatsapp.media.all[paper.body["document"]["id"]]
    assert (opened.mime_type, opened.content) == ("application/pdf", FILES[PAPER.path])
    assert paper.body["document"]["filename"] == "Demanda de alimentos.pdf"


async def test_a_picture_goes_up_as_what_it_is(whatsapp: Standin, channel: WhatsApp) -> None:
    poster = await sent(whatsapp, channel, spoken(POSTER))
    shown = whatsapp.media.all[poster.body["image"]["id"]]
    assert (shown.mime_type, shown.content) == ("image/jpeg", JPEG)


async def test_a_woman_who_shows_no_number_is_written_to_by_her_id(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    woman = whatsapp.woman(HERS, shape="new")
    await channel.send(woman.user_id, Bubble("Allinllachu"))
    (message,) = whatsapp.said(HERS)
    assert message.by_user_id


# Files.


async def test_a_file_goes_up_once_however_many_ask_for_it_at_once_and_after_a_restart(
    whatsapp: Standin,
) -> None:
    women = [str(51_900_100_000 + number) for number in range(10)]
    for woman in women:
        whatsapp.say(woman, "hola")
    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    async with channel_to(whatsapp, media=store) as channel:
        await asyncio.gather(*(channel.send(woman, spoken(VOICE)) for woman in women))
    async with channel_to(whatsapp, media=store) as channel:
        await channel.send(HERS, spoken(VOICE))
    await store.close()
    assert len(whatsapp.called("media")) == len(whatsapp.media.all) == 1
    assert all(len(whatsapp.said(woman)) == 1 for woman in (*women, HERS))


async def test_before_meta_drops_a_file_it_goes_up_anew(
    whatsapp: Standin, channel: WhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.whatsapp.MEDIA_S", -1.0)
    old = await sent(whatsapp, channel, spoken(VOICE))
    monkeypatch.undo()
    new = await sent(whatsapp, channel, spoken(VOICE))
    again = await sent(whatsapp, channel, spoken(VOICE))
    ids = [each.body["audio"]["id"] for each in (old, new, again)]
    assert ids[0] != ids[1] == ids[2]


async def test_a_file_that_meta_refuses_at_once_goes_up_anew_and_she_hears_it() -> None:
    async with Standin(late=()) as whatsapp, channel_to(whatsapp) as channel:
        whatsapp.say(HERS, "hola")
        await channel.send(HERS, spoken(VOICE))
        whatsapp.media.all.clear()
        await channel.send(HERS, spoken(VOICE))
        assert [each.kind for each in whatsapp.said(HERS)] == ["audio", "audio"]
        assert len(whatsapp.called("media")) == 2


async def test_a_file_that_meta_cannot_use_either_time_fails_for_good(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    whatsapp.faults.append(Fault("429", times=2, code=131053))
    error = await refused(channel, spoken(VOICE))
    assert (error.reason, error.permanent, error.unreachable) == ("media", True, False)
    assert len(whatsapp.called("media")) == 2


async def fails_later(whatsapp: Standin, channel: WhatsApp, door: Door, to: str = HERS) -> None:
    """Meta takes the recording, and says afterwards that it has no such file."""
    known = len(door.failures)
    await channel.send(to, spoken(VOICE), Mark(8, 1, 1, 1))
    await whatsapp.until(lambda: len(door.failures) > known)
    assert door.failures[-1] == "media"


async def test_when_meta_says_later_that_a_file_is_gone_all_go_up_anew(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    async with door(whatsapp, channel) as heard:
        await sent(whatsapp, channel, spoken(VOICE))
        await sent(whatsapp, channel, spoken(OTHER_VOICE))
        whatsapp.media.all.clear()
        await fails_later(whatsapp, channel, heard)
        for file in (VOICE, OTHER_VOICE, VOICE, OTHER_VOICE):
            await sent(whatsapp, channel, spoken(file))
    assert len(whatsapp.called("media")) == 4
    assert len(whatsapp.said(HERS)) == 6


async def test_a_recording_that_never_works_does_not_send_the_others_up_each_time(
    whatsapp: Standin, channel: WhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa = str(ROSA.chat_id)
    whatsapp.woman(rosa, trouble=131053)

    async def goes_wrong() -> None:
        await fails_later(whatsapp, channel, heard, rosa)
        await sent(whatsapp, channel, spoken(OTHER_VOICE))

    async with door(whatsapp, channel) as heard:
        for _ in range(4):
            await goes_wrong()
        assert len(whatsapp.called("media")) == 3, "the first failure sent it up once more"
        monkeypatch.setattr("bot.channels.whatsapp.ANEW_S", 0.0)
        await goes_wrong()
        assert len(whatsapp.called("media")) == 4, "later on it may be another file"


async def test_every_other_failure_that_is_told_later_leaves_the_files_alone(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    async with door(whatsapp, channel) as heard:
        await sent(whatsapp, channel, spoken(VOICE))
        whatsapp.woman(HERS, trouble=131026)
        await channel.send(HERS, spoken(VOICE), Mark(8, 1, 1, 1))
        await whatsapp.until(lambda: heard.failures == ["undeliverable"])
        whatsapp.woman(HERS, trouble=0)
        await sent(whatsapp, channel, spoken(VOICE))
    assert len(whatsapp.called("media")) == 1


@pytest.mark.parametrize("path", ["quy/not-there.ogg", "quy/strange.xyz", "quy/no-ending"])
async def test_a_file_that_is_not_there_or_of_no_known_kind_fails_for_good_and_the_log_names_it(
    whatsapp: Standin, channel: WhatsApp, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    error = await refused(channel, spoken(File(path, kind="audio")))
    assert (error.reason, error.permanent) == ("media", True)
    (line,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert path in line.getMessage()
    assert whatsapp.calls == []


# Knocking.


async def test_a_knock_is_a_template_whose_button_opens_what_waits(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    whatsapp.add_template(TEMPLATE, language="es", body="Tienes un mensaje.", buttons=("Ver",))
    whatsapp.pass_time(2 * DAY_S)
    async with door(whatsapp, channel) as heard:
        assert channel.knocks
        assert await channel.knock(HERS, Mark(9, 1, 1, 1)) == Receipt()
        (message,) = whatsapp.said(HERS)
        assert (message.text, message.opaque) == ("Tienes un mensaje.", "w1.9.1.1.1")
        whatsapp.press(HERS, "Ver")
        await whatsapp.until(lambda: "see" in pressed(heard))


async def test_a_template_that_meta_does_not_have_fails_for_good(channel: WhatsApp) -> None:
    with pytest.raises(SendError) as caught:
        await channel.knock(HERS, Mark(9, 1, 1, 1))
    assert (caught.value.reason, caught.value.permanent) == ("template", True)


async def test_without_a_template_nobody_is_knocked_for(whatsapp: Standin) -> None:
    async with channel_to(whatsapp, template=None) as channel:
        assert not channel.knocks


# What goes wrong.


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("429", code=131047), {"reason": "window", "window": True}),
        (Fault("429", code=131026), {"reason": "undeliverable", "unreachable": True}),
        (Fault("429", code=131056), {"reason": "pace", "growth": 4.0}),
        (Fault("429", code=130429), {"reason": "rate", "everyone": True}),
        (Fault("429", code=190), {"reason": "token", "everyone": True}),
        (Fault("429", code=131009), {"reason": "rejected", "permanent": True}),
        (Fault("502"), {"reason": "server", "permanent": False, "unsure": True}),
        (Fault("reset"), {"reason": "network", "permanent": False}),
        (Fault("drop"), {"reason": "network", "unsure": True}),
        (Fault("garbled"), {"reason": "garbled", "unsure": True}),
    ],
    ids=lambda value: f"{value.trouble} {value.code}" if isinstance(value, Fault) else "",
)
async def test_a_refusal_says_what_it_means_for_the_next_try(
    whatsapp: Standin, channel: WhatsApp, fault: Fault, expected: Mapping[str, object]
) -> None:
    whatsapp.faults.append(fault)
    error = await refused(channel, Bubble("hola"))
    assert {name: getattr(error, name) for name in expected} == expected
    await channel.send(HERS, Bubble("hola"))


async def test_a_wrong_token_holds_everyone_up(whatsapp: Standin, channel: WhatsApp) -> None:
    whatsapp.token = "another"
    error = await refused(channel, Bubble("hola"))
    assert (error.reason, error.everyone, error.permanent) == ("token", True, False)


async def test_who_was_silent_for_a_day_is_told_of_later(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    whatsapp.pass_time(DAY_S + 1)
    async with door(whatsapp, channel) as heard:
        await channel.send(HERS, Bubble("hola", ((MENU,),)), Mark(7, 1, 1, 2))
        await whatsapp.until(lambda: heard.failures == ["window"])
    (status,) = [each for each in heard.heard if isinstance(each, Status)]
    assert (status.mark, status.had_buttons) == (Mark(7, 1, 1, 2), True)


# The hook.


async def test_her_message_and_what_became_of_ours_come_in_by_the_hook(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    async with door(whatsapp, channel) as heard:
        await channel.send(HERS, Bubble("Allinllachu"), Mark(7, 1, 1, 1))
        whatsapp.reads(HERS)
        await whatsapp.until(lambda: sorted(states(heard)) == ["delivered", "read", "sent"])
    (hers,) = [each for each in heard.heard if isinstance(each, Incoming)]
    woman = whatsapp.woman(HERS)
    assert (hers.address, hers.alias, hers.event.text) == (woman.user_id, HERS, "hola")


def states(door: Door) -> Sequence[str]:
    return [each.state for each in door.heard if isinstance(each, Status)]


async def test_a_hook_with_another_verify_token_is_not_ours(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    whatsapp.webhook.verify_token = "another"
    with pytest.raises(ConnectionRefusedError):
        async with door(whatsapp, channel):
            pass


async def test_what_is_signed_with_another_secret_is_not_heard(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    whatsapp.webhook.secret = "another"
    async with door(whatsapp, channel) as heard:
        await whatsapp.until(lambda: whatsapp.webhook.answers[403] > 0)
        assert heard.heard == []


# From start to stop.


async def test_nothing_leaves_before_the_start_or_after_the_stop(whatsapp: Standin) -> None:
    async with channel_to(whatsapp) as channel:
        await channel.start()
        await channel.send(HERS, Bubble("hola"))
        await channel.stop()
        for bubble in (Bubble("hola"), spoken(VOICE)):
            error = await refused(channel, bubble)
            assert (error.reason, error.permanent, error.unsure) == ("stopped", False, False)
        assert len(whatsapp.calls) == 1
        await channel.start()
        await channel.send(HERS, Bubble("hola"))


async def test_nothing_can_be_deleted_and_no_group_left_so_meta_is_not_asked(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    await channel.erase(HERS, ["wamid.1"])
    await channel.leave(str(ROSA.chat_id))
    assert whatsapp.calls == []


async def test_a_voice_note_comes_down_whole_and_only_so_much_of_it(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    async with door(whatsapp, channel) as heard:
        whatsapp.speak(HERS, OPUS)
        await whatsapp.until(lambda: any(isinstance(each, Incoming) for each in heard.heard))
    voice = next(each for each in heard.heard if isinstance(each, Incoming) and each.event.media)
    assert voice.event.media not in repr(voice), "it may reach a log"
    assert await channel.fetch(voice.event.media, len(OPUS)) == OPUS
    with pytest.raises(SendError) as caught:
        await channel.fetch(voice.event.media, len(OPUS) - 1)
    assert (caught.value.reason, caught.value.permanent) == ("large", True)
    assert len(whatsapp.called("download")) == 1, "Meta tells the size before"


async def test_our_token_goes_to_no_address_but_a_safe_one(
    whatsapp: Standin, channel: WhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = whatsapp.media.add(OPUS)
    about = whatsapp.media.about(medium.id, "http://elsewhere.example")
    monkeypatch.setattr(whatsapp.media, "about", lambda id, base: about)
    with pytest.raises(SendError) as caught:
        await channel.fetch(medium.id, 1000)
    assert (caught.value.reason, caught.value.permanent) == ("garbled", True)


async def test_a_voice_note_that_is_gone_is_gone_for_good(
    whatsapp: Standin, channel: WhatsApp
) -> None:
    with pytest.raises(SendError) as caught:
        await channel.fetch("1003383421387256", 1000)
    assert caught.value.permanent
