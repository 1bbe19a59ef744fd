"""Talk with Willaq at a terminal, or ask it one thing. Nothing is kept."""

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from json import dumps
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.verbs import OK, NotUnderstood, speak_utf8, today, until_done

if TYPE_CHECKING:
    from bot.dialogue.turn import Message, Turn
    from bot.library import Library


def chat(asked: argparse.Namespace, settings: Settings) -> int:
    speak_utf8(sys.stdin)
    return until_done(_chat(settings, asked.language))


async def _chat(settings: Settings, language: str | None) -> None:
    """Everything real, but kept in memory under a key that is thrown away."""
    from bot import app
    from bot.channels.terminal import ADDRESS, Terminal, talk
    from bot.conversation import Conversation
    from bot.outbox import Outbox
    from bot.store.addresses import Vault
    from bot.store.sqlite import MEMORY, SqliteStore

    library = app.open_library(settings)
    first = offered(language, library)
    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    outbox = Outbox(store, {Terminal.name: Terminal()}, lambda: library.current[1])
    conversation = Conversation(store, lambda: library.current[0], handed=outbox.take)
    try:
        await talk(
            partial(conversation.receive, pulled=True),
            lambda after: outbox.pull(Terminal.name, ADDRESS, after=after),
            language=first,
        )
    finally:
        await store.close()


def ask(asked: argparse.Namespace, settings: Settings) -> int:
    """One message from a new woman; nothing is kept."""
    from bot.kept import Kept
    from bot.library import Library

    library = Library(
        settings.content_dir,
        settings.locales_dir,
        settings.drafts,
        today,
        settings.services_file,
        kept=Kept(settings.kept_dir),
    )
    language = offered(asked.language, library)
    for text in _messages(asked.text):
        turn, messages = _answer(library, text, language)
        if asked.json:
            replies = [message.text for message in messages]
            fields = {"danger": turn.danger, "topics": list(turn.topics), "replies": replies}
            print(dumps(fields, ensure_ascii=False), flush=True)
        else:
            _print_bubbles(messages)
    return OK


def _answer(library: "Library", text: str, language: str) -> "tuple[Turn, list[Message]]":
    from bot.dialogue.respond import respond
    from bot.dialogue.turn import Event, State

    catalogue, translations = library.current
    event = Event("text", text=text, channel="terminal", today=today())
    turn = respond(State(language=language), event, catalogue)
    spoken = turn.state.language or language or "es"
    return turn, [translations.tell(reply, spoken) for reply in turn.replies]


def _messages(text: str) -> Iterator[str]:
    if text == "-":
        speak_utf8(sys.stdin)
        yield from (line.rstrip("\n") for line in sys.stdin)
    else:
        yield text


def _print_bubbles(messages: "list[Message]") -> None:
    from bot.channels.fit import fit
    from bot.channels.terminal import Terminal

    for message in messages:
        for bubble in fit(message, Terminal.limits):
            print(f"{bubble.text}\n")


def offered(language: str | None, library: "Library") -> str:
    """The language asked for, or ""."""
    tags = [each.tag for each in library.current[1].languages]
    if language and language not in tags:
        raise NotUnderstood(f'--language: "{language}" is not offered. Give {" or ".join(tags)}.')
    return language or ""
