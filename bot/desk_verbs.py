"""Verbs that open the database, do one thing there and say what became of it."""

import argparse
import sys
import time
from functools import cache

from bot.settings import Settings
from bot.verbs import WRONG, until_done


def announce(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import announce_desk, app, logs, platforms
    from bot.announce_form import Mistaken
    from bot.uploads import FOLDER

    # Takes seconds, and who pauses has none to lose: read only when it is needed.
    library = cache(lambda: app.open_library(settings))

    async def job() -> None:
        store = await app.open_store(settings)
        try:
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
        finally:
            await store.close()

    logs.configure(settings.log_level, settings.secrets)
    try:
        return until_done(job())
    except (announce_desk.NotDone, Mistaken) as refused:
        print(refused, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. No se guardó nada.", file=sys.stderr)
    return WRONG
