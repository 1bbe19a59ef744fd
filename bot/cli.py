"""The `willaq` command: one verb per job. What a verb needs is imported when it is asked for."""

import argparse
import asyncio
import io
import logging
import os
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import date
from functools import partial
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.channels import CHANNELS
from bot.schools_arguments import arguments
from bot.settings import Settings, SettingsError, read

if TYPE_CHECKING:
    from bot.dialogue.turn import Message, Turn
    from bot.library import Library

HOME = Path(__file__).parent.parent
OK, WRONG, NOT_UNDERSTOOD, STOPPED = 0, 1, 2, 130
Verb = Callable[[argparse.Namespace, Settings], int]


class NotUnderstood(Exception):
    """What was asked for does not exist; the text says what does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 something is wrong (it was said what), 2 not understood."""
    asked = command_line().parse_args(arguments)
    try:
        settings = read(os.environ, HOME)
    except SettingsError as error:
        for mistake in error.mistakes:
            print(mistake, file=sys.stderr)
        return WRONG
    _speak_utf8(sys.stdout, sys.stderr)
    try:
        verb: Verb = asked.verb
        code = verb(asked, settings)
        sys.stdout.flush()
        return code
    except NotUnderstood as error:
        print(error, file=sys.stderr)
        return NOT_UNDERSTOOD
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; Python would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def run(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import app, logs

    logs.configure(settings.log_level, settings.secrets)
    logs.catch_the_uncaught()
    return _until_done(app.serve(settings, partial(print, flush=True)))


def chat(asked: argparse.Namespace, settings: Settings) -> int:
    _speak_utf8(sys.stdin)
    return _until_done(_chat(settings, asked.language))


async def _chat(settings: Settings, language: str | None) -> None:
    """Everything real, but kept in memory under a key that is thrown away."""
    from bot import app
    from bot.channels.terminal import ADDRESS, Terminal, talk
    from bot.conversation import Conversation
    from bot.outbox import Outbox
    from bot.store.addresses import Vault
    from bot.store.sqlite import MEMORY, SqliteStore

    library = app.open_library(settings)
    first = _offered(language, library)
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
    from bot.library import Library

    library = Library(settings.content_dir, settings.locales_dir, settings.drafts, _today)
    language = _offered(asked.language, library)
    for text in _messages(asked.text):
        turn, messages = _answer(library, text, language)
        if asked.json:
            replies = [message.text for message in messages]
            fields = {"danger": turn.danger, "topics": list(turn.topics), "replies": replies}
            print(dumps(fields, ensure_ascii=False), flush=True)
        else:
            _print_bubbles(messages)
    return OK


def check(asked: argparse.Namespace, settings: Settings) -> int:
    """Everything wrong with content and translations; wrong settings were listed already."""
    from bot import cuts, extract

    folders = settings.content_dir, settings.locales_dir
    mistakes = extract.check(*folders, _today())
    mistakes += cuts.check(*folders, _today(), told=mistakes)
    for mistake in mistakes:
        print(mistake)
    print(f"{len(mistakes)} mistakes" if mistakes else "No mistakes.")
    return WRONG if mistakes else OK


def doctor(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.doctor import examine

    # What the channels would log is among the findings.
    logging.getLogger("bot").addHandler(logging.NullHandler())
    findings = asyncio.run(examine(settings))
    for finding in findings:
        print(finding)
    return OK if all(finding.fine for finding in findings) else WRONG


def migrate(asked: argparse.Namespace, settings: Settings) -> int:
    async def job() -> None:
        from bot import app

        store = await app.open_store(settings)
        await store.close()
        print(f"{settings.sqlite_file} is up to date.")

    return _until_done(job())


def forget(asked: argparse.Namespace, settings: Settings) -> int:
    """Says whether she was known, and nothing else of her."""

    async def job() -> None:
        from bot import app

        store = await app.open_store(settings)
        try:
            known = await store.forget(asked.channel, asked.address, now=time.time())
        finally:
            await store.close()
        print("Deleted." if known else "Nobody by that address on that channel.")

    return _until_done(job())


def locales(asked: argparse.Namespace, settings: Settings) -> int:
    """Broken files are left alone and told."""
    from bot import extract

    mistakes: Sequence[object] = ()
    if asked.job in ("extract", "update"):
        extract.extract(settings.content_dir, settings.locales_dir)
    if asked.job == "update":
        mistakes = extract.update(settings.locales_dir)
    for row in extract.status(settings.content_dir, settings.locales_dir):
        print(row)
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return WRONG if mistakes else OK


def schools(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import app, logs, schools_desk

    async def job() -> None:
        catalogue, _ = app.open_library(settings).current
        store = await app.open_store(settings)
        try:
            print(await schools_desk.run(asked, store, catalogue, _today(), time.time()))
        finally:
            await store.close()

    logs.configure(settings.log_level, settings.secrets)
    try:
        return _until_done(job())
    except schools_desk.Refused as refused:
        print(refused, file=sys.stderr)
        return WRONG


def command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="willaq", description="A chatbot that tells women in Peru their rights."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, does: Verb, help: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=help, description=help)
        added.set_defaults(verb=does)
        return added

    verb("run", run, "Run everything that is configured, until Ctrl+C.")
    talk = verb("chat", chat, "Talk with Willaq here. Nothing is kept.")
    talk.add_argument("--language", metavar="TAG", help="such as es or quy")
    one = verb("ask", ask, "Answer one message of a new woman.")
    one.add_argument("text", help="what she writes; - reads one message a line from input")
    one.add_argument("--language", metavar="TAG", help="such as es or quy")
    one.add_argument("--json", action="store_true", help="one JSON line per message")
    verb("check", check, "List every mistake in settings, content and translations.")
    verb("doctor", doctor, "Say what is configured, reachable and missing.")
    verb("migrate", migrate, "Bring the database to this version.")
    gone = verb("forget", forget, "Delete everything kept about one woman.")
    gone.add_argument("--channel", required=True, choices=tuple(CHANNELS))
    gone.add_argument("--address", required=True, help="her id on that channel")
    arguments(verb("schools", schools, "Say how many, and who, signed up for a school."))
    texts = verb("locales", locales, "Work on translations.")
    texts.add_argument("job", choices=("extract", "update", "status"))
    return parser


def _answer(library: "Library", text: str, language: str) -> "tuple[Turn, list[Message]]":
    from bot.dialogue.respond import respond
    from bot.dialogue.turn import Event, State

    catalogue, translations = library.current
    event = Event("text", text=text, channel="terminal", today=_today())
    turn = respond(State(language=language), event, catalogue)
    spoken = turn.state.language or language or "es"
    return turn, [translations.tell(reply, spoken) for reply in turn.replies]


def _messages(text: str) -> Iterator[str]:
    if text == "-":
        _speak_utf8(sys.stdin)
        yield from (line.rstrip("\n") for line in sys.stdin)
    else:
        yield text


def _print_bubbles(messages: "list[Message]") -> None:
    from bot.channels.fit import fit
    from bot.channels.terminal import Terminal

    for message in messages:
        for bubble in fit(message, Terminal.limits):
            print(f"{bubble.text}\n")


def _today() -> date:
    from bot.conversation import lima_day

    return lima_day(time.time())


def _until_done(job: Coroutine[Any, Any, None]) -> int:
    import uvloop

    from bot.app import CannotStart
    from bot.store.base import StoreError
    from bot.web.server import CannotListen

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(job)
    except (CannotListen, CannotStart, StoreError) as error:
        print(error, file=sys.stderr)
        return WRONG
    return OK


def _speak_utf8(*streams: object) -> None:
    """Quechua has letters that some terminals' settings lack, and what she types may be anything:
    neither may stop us."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _offered(language: str | None, library: "Library") -> str:
    """The language asked for, or ""."""
    tags = [each.tag for each in library.current[1].languages]
    if language and language not in tags:
        raise NotUnderstood(f'--language: "{language}" is not offered. Give {" or ".join(tags)}.')
    return language or ""
