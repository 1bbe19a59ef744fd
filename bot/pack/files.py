"""Put page and paper into a folder, each whole or not at all."""

from datetime import date
from pathlib import Path

from bot.dialogue.catalogue import Catalogue
from bot.pack import booklet, finder, page, paper
from bot.pack.booklet import TITLE, PackError
from bot.putting import FOR_ALL, put
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
            put(path, content, FOR_ALL)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise PackError(f"Cannot write into {folder}: {why}. Give another with --out.") from error
    return list(files)
