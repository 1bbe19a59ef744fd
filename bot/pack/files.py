"""Put page and paper into a folder, each whole or not at all."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.dialogue.catalogue import Catalogue
from bot.pack import booklet, finder, page, paper
from bot.pack.booklet import TITLE, PackError
from bot.translations import Translations

__all__ = ["PackError", "make"]


def make(
    catalogue: Catalogue, translations: Translations, language: str, made_on: date, folder: Path
) -> list[Path]:
    """Both files, which say nothing by their names. PackError: what is wrong; what was in the
    folder before is as it was."""
    book = booklet.compose(catalogue, translations, language, made_on)
    slugs = [entry.slug for entry in book.entries.values()]
    name = f"{TITLE.lower()}-{language}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = {
            folder / f"{name}.html": page.html(book, finder.data(catalogue, slugs)),
            folder / f"{name}.pdf": paper.pdf(book),
        }
        for path, content in files.items():
            _put(path, content)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise PackError(f"Cannot write into {folder}: {why}. Give another with --out.") from error
    return list(files)


def _put(path: Path, content: bytes) -> None:
    """An old file stays until the new one is on disk as a whole."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            # A temporary file is readable by its maker only; this one is to be handed on.
            os.chmod(draft.name, 0o644)
            os.replace(draft.name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft.name)
            raise
