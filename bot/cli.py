"""The `willaq` command: one verb per job. What a verb needs is imported when it is asked for."""

import argparse
import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bot import (
    announce_arguments,
    audio_arguments,
    desk_verbs,
    locales_arguments,
    organizers_arguments,
    packing,
    people_arguments,
    previewing,
    talking,
)
from bot.channels import CHANNELS
from bot.schools_arguments import arguments
from bot.settings import Settings, SettingsError, read
from bot.verbs import (
    NOT_UNDERSTOOD,
    OK,
    STOPPED,
    WRONG,
    NotUnderstood,
    speak_utf8,
    today,
    until_done,
)

HOME = Path(__file__).parent.parent
TIERS = ("high", "maybe", "none")
Verb = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 something is wrong (it was said what), 2 not understood."""
    asked = command_line().parse_args(arguments)
    try:
        settings = read(os.environ, HOME)
    except SettingsError as error:
        for mistake in error.mistakes:
            print(mistake, file=sys.stderr)
        return WRONG
    speak_utf8(sys.stdout, sys.stderr)
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
    return until_done(app.serve(settings, partial(print, flush=True)))


def check(asked: argparse.Namespace, settings: Settings) -> int:
    """Everything wrong with content, translations and the services directory; wrong settings were
    listed already."""
    from bot import audio_desk, content, cuts, editing, extract, locale_checks, services_desk

    folders = settings.content_dir, settings.locales_dir
    mistakes = extract.check(*folders, today())
    mistakes += cuts.check(*folders, today(), told=mistakes)
    mistakes += locale_checks.check(*folders)
    mistakes += editing.faults(content.load(settings.content_dir, today()))
    mistakes += services_desk.check(settings, today())
    mistakes += audio_desk.check(settings, today())
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

        async with app.open_store(settings):
            pass
        print(f"{settings.sqlite_file} is up to date.")

    return until_done(job())


def forget(asked: argparse.Namespace, settings: Settings) -> int:
    """Says whether she was known, and nothing else of her."""

    async def job() -> None:
        from bot import app

        async with app.open_store(settings) as store:
            known = await store.forget(asked.channel, asked.address, now=time.time())
        print("Deleted." if known else "Nobody by that address on that channel.")

    return until_done(job())


def locales(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import locales_desk

    return locales_desk.run(asked, settings, today())


def schools(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import app, logs, schools_desk

    async def job() -> None:
        catalogue, _ = app.open_library(settings).current
        async with app.open_store(settings) as store:
            print(await schools_desk.run(asked, store, catalogue, today(), time.time()))

    logs.configure(settings.log_level, settings.secrets)
    return until_done(job(), schools_desk.Refused)


def topics(asked: argparse.Namespace, settings: Settings) -> int:
    return rename(asked, settings) if asked.job == "rename" else list_content(asked, settings)


def organizers(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import app, logs, organizers_desk

    async def job() -> None:
        async with app.open_store(settings) as store:
            print(await organizers_desk.run(asked, store, settings.console_at, time.time()))

    logs.configure(settings.log_level, settings.secrets)
    return until_done(job(), organizers_desk.NotDone)


def list_content(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import listing

    rows = listing.rows(settings.content_dir, settings.locales_dir)
    for line in listing.as_json(rows) if asked.json else listing.as_table(rows):
        print(line)
    return OK


def rename(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import extract, renaming
    from bot.putting import held

    folders = settings.content_dir, settings.locales_dir
    with held(settings.locales_dir):
        try:
            found = renaming.plan(*folders, Path(__file__).parent, asked.old, asked.new)
        except renaming.Refused as refused:
            print(f"{refused} Nothing was changed.", file=sys.stderr)
            return WRONG
        renaming.carry_out(found, settings.content_dir)
        extract.extract(*folders)
    print(f"{found.old} is {found.new} now, in {len(found.written)} files.")
    return OK


def services(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import services_desk

    return services_desk.DOES[asked.job](asked, settings, today())


def audio(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import audio_desk

    return audio_desk.run(asked, settings, today())


def danger(asked: argparse.Namespace, settings: Settings) -> int:
    """Takes minutes. Says how sentences are judged by what their neighbours did not teach."""
    from bot.library import Library
    from bot.teaching import teach

    catalogue, _ = Library(settings.content_dir, settings.locales_dir, "show", today).current
    outcomes, mistakes = teach(settings.content_dir, catalogue)
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    for each in outcomes:
        judged = "  ".join(f"{name} {each.judged.get(name, 0)}" for name in TIERS)
        print(f"{each.language}, {each.origin}, in truth {each.tier}: {judged}")
    return WRONG if mistakes else OK


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
    talk = verb("chat", talking.chat, "Talk with Willaq here. Nothing is kept.")
    talk.add_argument("--language", metavar="TAG", help="such as es or quy")
    one = verb("ask", talking.ask, "Answer one message of a new woman.")
    one.add_argument("text", help="what she writes; - reads one message a line from input")
    one.add_argument("--language", metavar="TAG", help="such as es or quy")
    one.add_argument("--json", action="store_true", help="one JSON line per message")
    verb("check", check, "List every mistake in settings, content, translations and services.")
    verb("doctor", doctor, "Say what is configured, reachable and missing.")
    verb("migrate", migrate, "Bring the database to this version.")
    kept = verb("backup", desk_verbs.backup, "Copy the database, also while Willaq runs.")
    kept.add_argument("file", type=Path, help="a new file; nothing is written over")
    back = verb("restore", desk_verbs.restore, "Put a copy in the place of the database.")
    back.add_argument("file", type=Path, help="what willaq backup made")
    gone = verb("forget", forget, "Delete everything kept about one woman.")
    gone.add_argument("--channel", required=True, choices=tuple(CHANNELS))
    gone.add_argument("--address", required=True, help="her id on that channel")
    arguments(verb("schools", schools, "Say how many, and who, signed up for a school."))
    pages = verb("content", topics, "List the topics, or give a page another name.")
    does = pages.add_subparsers(required=True, metavar="JOB", dest="job")
    listed = does.add_parser("list", help="sources, days, how easy to read, how far translated")
    listed.add_argument("--json", action="store_true", help="one JSON line per topic")
    named = does.add_parser("rename", help="rename a page; translations and links follow")
    named.add_argument("old", metavar="OLD", help="its file's name without .md")
    named.add_argument("new", metavar="NEW")
    team = verb("organizers", organizers, "Say who may work with Willaq, invite and revoke.")
    organizers_arguments.arguments(team)
    announced = "Escribe, revisa y envía avisos; cuenta qué pasó con cada mensaje."
    announce_arguments.arguments(verb("announce", desk_verbs.announce, announced))
    many = "Bring in women who agreed elsewhere; write down who agreed to what."
    people_arguments.arguments(verb("people", desk_verbs.people, many))
    doors = verb("services", services, "Load, list or export the directory of services near her.")
    jobs = doors.add_subparsers(required=True, metavar="JOB", dest="job")
    load = jobs.add_parser("import", help="bring a CSV file in; without --apply only say how")
    load.add_argument("file", type=Path)
    load.add_argument("--apply", action="store_true", help="change the directory")
    load.add_argument(
        "--remove-missing", action="store_true", help="take out what the file does not mention"
    )
    jobs.add_parser("list", help="how many there are of each kind, where, and how many overdue")
    save = jobs.add_parser("export", help="write the directory as a CSV file, or an empty one")
    save.add_argument("file", type=Path)
    audio_arguments.arguments(verb("audio", audio, "Graba y cuida los temas que se escuchan."))
    teach = verb("danger", danger, "Teach Willaq what danger sounds like.")
    teach.add_argument("job", choices=("train",))
    locales_arguments.arguments(verb("locales", locales, "Work on translations."))
    shown = "Show a topic or text as Telegram, WhatsApp and the web chat do."
    previewing.arguments(verb("preview", previewing.preview, shown))
    packing.arguments(verb("pack", packing.pack, "Write all topics as a page and a PDF to carry."))
    return parser
