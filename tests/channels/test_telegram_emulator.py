"""Our side of Telegram against an emulator that nobody here wrote."""

from collections.abc import AsyncIterator

import orjson
import pytest

from bot.channels.base import Bubble, Incoming
from bot.channels.telegram import Telegram
from tests.channels.telegram_bot import COMMANDS, SCREEN, bot, logged
from tests.people import KILLA, ROSA
from tests.standins.emulator import Emulator, telemelya
from tests.standins.raw_http import Answer, Request, Server


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with telemelya() as emulator:
        yield emulator


class Parrot:
    """A bot of the smallest kind: what she says or presses comes back with a button."""

    def __init__(self) -> None:
        self.telegram: Telegram | None = None
        self.server = Server(self._hear)

    async def _hear(self, request: Request) -> Answer:
        assert self.telegram is not None
        hook = self.telegram.hook()
        assert hook is not None
        proof = request.headers.get(hook.header.decode(), "").encode()
        if not hook.is_genuine(proof, request.body):
            return Answer(status=403)
        assert request.path == hook.path
        for incoming in hook.parse(orjson.loads(request.body)):
            assert isinstance(incoming, Incoming) and hook.acknowledge is not None
            echo = incoming.event.text or incoming.event.choice
            buttons = ((("again", "Otra vez"),),)
            await self.telegram.send(incoming.address, Bubble(f"<b>{echo}</b>", buttons))
            hook.acknowledge(incoming.ack)
        return Answer()


async def test_a_conversation_through_an_emulator_of_others(emulator: Emulator) -> None:
    parrot = Parrot()
    await parrot.server.start()
    public = f"http://127.0.0.1:{parrot.server.port}"
    with logged() as lines:
        async with bot(
            emulator, public_url=public, webhook_secret="s3cret", commands=COMMANDS
        ) as parrot.telegram:
            await emulator.webhook_is_set()
            assert await emulator.say(ROSA.chat_id, "/start") == 200
            assert await emulator.say(KILLA.chat_id, "Yanapaway") == 200
            await emulator.until(lambda: len(emulator.calls) == 2)
            assert await emulator.press(ROSA.chat_id, "Otra vez") == 200
            await emulator.until(lambda: len(emulator.calls) == 4)
    await parrot.server.stop()
    texts = [call["text"] for call in emulator.said(ROSA.chat_id)]
    assert texts == ["<b>start</b>", "<b>again</b>"]
    assert [call["text"] for call in emulator.said(KILLA.chat_id)] == ["<b>Yanapaway</b>"]
    acknowledged = [c for c in emulator.calls if c["method"] == "answerCallbackQuery"]
    assert len(acknowledged) == 1
    # It has no setMyCommands, which is no reason to complain.
    assert lines.texts == []


async def test_what_the_emulator_is_sent_is_what_telegram_would_be_sent(
    emulator: Emulator,
) -> None:
    async with bot(emulator) as telegram:
        receipt = await telegram.send(str(ROSA.chat_id), SCREEN)
        await emulator.until(lambda: bool(emulator.calls))
    (call,) = emulator.calls
    assert receipt.ref == str(call["message_id"])
    assert call["raw"] == {
        "chat_id": ROSA.chat_id,
        "text": SCREEN.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "disable_notification": True,
        "reply_markup": {
            "inline_keyboard": [
                [{"text": label, "callback_data": id} for id, label in row]
                for row in SCREEN.buttons
            ]
        },
    }
