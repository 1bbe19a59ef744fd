"""How far the translations are, for the console: read once for all who look, until a file changes.

Reading it all takes a second, so it is done in a thread.
"""

import asyncio
from collections.abc import Sequence

from bot import audio_desk, content, coverage, translations
from bot.library import Library
from bot.settings import Settings
from bot.web.desk.rooms import Coverage, Text

Found = tuple[Sequence[Coverage], Sequence[Text]]


class Far:
    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings = settings
        self._library = library
        self._found: tuple[object, Found] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def rows(self) -> Sequence[Coverage]:
        return (await self._look())[0]

    async def texts(self) -> Sequence[Text]:
        return (await self._look())[1]

    async def _look(self) -> Found:
        async with self._one_at_a_time:
            served = self._library.current  # another one when a file or the day has changed
            if self._found is None or self._found[0] is not served:
                self._found = served, await asyncio.to_thread(self._read)
            return self._found[1]

    def _read(self) -> Found:
        loaded = content.load(self._settings.content_dir, coverage.ANY_DAY)
        files = translations.read(self._settings.locales_dir)
        rows = [
            Coverage(
                each.language, each.category, each.total, each.reviewed, each.draft, each.stale,
                each.missing, each.broken, each.audio,
            )
            for each in coverage.rows(loaded, files, self._recorded())
        ]  # fmt: skip
        texts = [
            Text(each.language, each.category, each.key, each.stage, each.reviewed)
            for each in coverage.states(loaded, files)
        ]
        return rows, texts

    def _recorded(self) -> coverage.Recordings:
        kept = audio_desk.rows(self._settings, self._library)
        states = {(each.language, each.topic): each.state for each in kept}
        return lambda language, topic: states.get((language, topic), "missing")
