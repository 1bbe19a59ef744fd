"""Verbs that open the database, do one thing there and say what became of it."""

import argparse
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.verbs import OK, WRONG, today, until_done

if TYPE_CHECKING:
    from bot.store.restoring import Restored


def announce(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import announce_desk, app, logs, platforms
    from bot.announce_form import Mistaken
    from bot.uploads import FOLDER

    # Takes seconds, and who pauses has none to lose: read only when it is needed.
    library = cache(lambda: app.open_library(settings))

    async def job() -> None:
        async with app.open_store(settings) as store:
            desk = announce_desk.Desk(
                store,
                platforms.announcements(settings, store, lambda: library().current[1]),
                settings.file(FOLDER),
                lambda: library().current[0].editions,
                lambda line: library().current[1].say(line, "es")[0],
                time.time(),
                await store.restored(),
            )
            print(await announce_desk.run(asked, desk))

    logs.configure(settings.log_level, settings.secrets)
    try:
        return until_done(job(), announce_desk.NotDone, Mistaken)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. No se guardó nada.", file=sys.stderr)
    return WRONG


def people(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import app, languages, logs, people_desk

    async def job() -> None:
        files = {languages.NAME: (settings.locales_dir / languages.NAME).read_bytes()}
        spoken, _ = languages.read(files, settings.locales_dir.name)
        tags = [each.tag for each in spoken if not each.only]
        async with app.open_store(settings) as store:
            template = settings.whatsapp_template
            print(await people_desk.run(asked, store, tags, template, today(), time.time()))

    logs.configure(settings.log_level, settings.secrets)
    return until_done(job(), people_desk.Refused)


def backup(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import app, logs
    from bot.store.desk import Doer

    if settings.sqlite_file and not settings.sqlite_file.exists():
        print(f"There is no database yet: {settings.sqlite_file}", file=sys.stderr)
        return WRONG

    async def job() -> None:
        async with app.open_store(settings) as store:
            size = await store.backup(asked.file, doer=Doer(None, "command"), now=time.time())
        print(f"{asked.file} has the whole database ({size // 1000} kB), without the key.")

    logs.configure(settings.log_level, settings.secrets)
    return until_done(job())


def restore(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import logs
    from bot.store import restoring
    from bot.store.base import StoreError
    from bot.store.desk import Doer
    from bot.store.sqlite import MEMORY, lock

    logs.configure(settings.log_level, settings.secrets)
    file = settings.sqlite_file
    if file is None or str(file) == MEMORY:
        print("WILLAQ_DATABASE_URL: only a file can be restored.", file=sys.stderr)
        return WRONG
    command = Doer(None, "command")
    try:
        with lock(file):
            found = restoring.restore(
                asked.file, file, settings.key_file, doer=command, now=time.time()
            )
    except StoreError as error:
        print(f"{error}\nNothing was changed.", file=sys.stderr)
        return WRONG
    for line in _restored(asked.file, file, found):
        print(line)
    return OK


def _restored(copy: Path, file: Path, found: "Restored") -> Iterator[str]:
    from bot.announce_words import when

    made = f"{when(found.copied_at)} in Lima" if found.copied_at else "a time it does not say"
    yield f"{file} is again as it was in {copy}, made at {made}."
    if found.aside:
        yield f"The one before is kept: {found.aside}. Delete it once you are sure."
    yield f"{found.subscribed} women get announcements."
    if found.compared:
        yield f"Everything women said since was looked up: {found.gone} of them went."
    else:
        yield (
            "It could not be compared with the database as it was last: whoever said no, or asked "
            "to be forgotten, after the copy is among them again."
        )
    yield "No message that waited is sent. What was being announced is paused, and so is everything"
    yield "new, until somebody has read why: willaq announce allow"
