"""Starting and stopping: what Telegram is told about us, and what is left behind (nothing)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.base import SendError
from bot.channels.telegram import Telegram
from tests.channels.telegram_bot import COMMANDS, SCREEN, bot, logged
from tests.people import ROSA
from tests.standins.telegram import TOKEN, Fault, Standin

HERS = str(ROSA.chat_id)


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


async def test_commands_are_told_in_each_language(standin: Standin) -> None:
    async with bot(standin, commands=COMMANDS):
        await standin.until(lambda: len(standin.commands) == 2)
    told = {
        language: {each["command"]: each["description"] for each in commands}
        for language, commands in standin.commands.items()
    }
    assert told == {"": COMMANDS["es"], "qu": COMMANDS["qu"]}


async def test_with_a_public_address_telegram_pushes_with_our_secret(standin: Standin) -> None:
    url = "https://willaq.example.org"
    async with bot(standin, public_url=url, webhook_secret="s3cret") as telegram:
        await standin.until(lambda: standin.updates.webhook is not None)
        (call,) = standin.called("setWebhook")
        hook = telegram.hook()
    assert hook is not None and hook.path == "/hooks/telegram"
    assert call.params["url"] == url + hook.path
    assert int(call.params["max_connections"]) == 100
    assert call.params["secret_token"] == "s3cret"
    assert hook.is_genuine(b"s3cret", b"{}") and not hook.is_genuine(b"s3cre", b"{}")
    assert "s3cret" not in repr(hook)


async def test_a_secret_nobody_chose_is_the_same_in_every_process_and_not_the_token(
    standin: Standin,
) -> None:
    secrets = []
    for _ in range(2):
        async with bot(standin, public_url="https://willaq.example.org"):
            await standin.until(lambda: standin.updates.webhook is not None)
        secrets.append(standin.called("setWebhook")[-1].params["secret_token"])
    other = Telegram(token="1:b", public_url="https://willaq.example.org").hook()
    assert secrets[0] == secrets[1] and TOKEN not in secrets[0]
    assert other is not None and not other.is_genuine(secrets[0].encode(), b"{}")


async def test_without_a_public_address_nobody_may_push() -> None:
    assert Telegram(token="1:a").hook() is None


async def test_setting_up_goes_on_until_it_works_and_starting_does_not_wait(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram._FIRST_WAIT_S", 0.01)
    standin.faults += [Fault("500", method="*", times=2), Fault("reset", method="setMyCommands")]
    async with bot(standin, commands=COMMANDS):
        assert not standin.commands
        await standin.until(lambda: len(standin.commands) == 2)


async def test_a_command_telegram_refuses_is_said_and_the_rest_still_works(
    standin: Standin,
) -> None:
    with logged() as lines:
        async with bot(standin, commands={**COMMANDS, "es": {"Menú": "Ver el menú"}}) as telegram:
            await standin.until(lambda: bool(standin.commands))
            await telegram.send(HERS, SCREEN)
    assert list(standin.commands) == ["qu"] and len(standin.said(ROSA.chat_id)) == 1
    assert lines.texts == ["Telegram refuses a request of ours: BOT_COMMAND_INVALID"]


async def test_a_mistake_of_ours_in_setting_up_is_said_and_messages_still_work(
    standin: Standin,
) -> None:
    with logged() as lines:
        async with bot(standin, commands={"es": None}) as telegram:
            await lines.until("could not be set up")
            await telegram.send(HERS, SCREEN)
    assert len(standin.said(ROSA.chat_id)) == 1


async def test_a_wrong_token_is_said_with_the_name_of_the_setting(standin: Standin) -> None:
    with logged() as lines:
        async with bot(standin, token="110201543:wrong", commands=COMMANDS):
            await lines.until("token not valid: WILLAQ_TELEGRAM_TOKEN")
    assert not any("110201543:wrong" in text for text in lines.texts)


async def test_stopping_ends_everything_that_was_going_on(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram._ACKNOWLEDGE_WITHIN_S", 0.05)
    standin.faults += [Fault("hang", method=method) for method in ("getMe", "answerCallbackQuery")]
    before = asyncio.all_tasks()
    async with bot(standin) as telegram:
        telegram.acknowledge("12345")
        await telegram.send(HERS, SCREEN)
    assert asyncio.all_tasks() == before
    with pytest.raises(SendError, match="stopped"):
        await telegram.send(HERS, SCREEN)
