"""Write what translators start from (.pot), bring their files (.po) up to date, check it all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot import content, languages, notes, po, po_update, translations
from bot.content import Content
from bot.coverage import ANY_DAY, Row, status
from bot.dialogue.phrases import PHRASES
from bot.frontmatter import Mistake, Unreadable, decode
from bot.translations import files_of, po_path
from bot.web.words import CONSOLE

__all__ = ["Row", "check", "extract", "status", "update"]

_COMMENT = "# Lo que Willaq dice en castellano. Para traducirlo: docs/translate.md."


def extract(content_dir: Path, locales_dir: Path) -> None:
    """Write locales/bot.pot, locales/content.pot and locales/console.pot."""
    locales_dir.mkdir(parents=True, exist_ok=True)
    for name, text in _pots(content.load(content_dir, ANY_DAY), locales_dir).items():
        po_update.write(locales_dir / f"{name}.pot", text)


def update(locales_dir: Path, same: po_update.Same = lambda old, new: False) -> tuple[Mistake, ...]:
    """Merge the .pot files into the .po files of each language that has a folder; those it lacks
    are made. The mistakes are of files that could not be read and stay as they are. Where an old
    Spanish text says the `same` as the new one, its translation stays what it was."""
    files = translations.read(locales_dir)
    spoken, faults = languages.read(files, locales_dir.name)
    mistakes = [*faults]
    for language in spoken:
        for name in files_of(language):
            path = locales_dir / po_path(language.tag, name)
            if not path.parent.is_dir():
                continue
            try:
                po_update.update(path, _parsed(locales_dir / f"{name}.pot"), language, same)
            except Unreadable as error:
                mistakes.append(error.mistake)
    return tuple(mistakes)


def check(content_dir: Path, locales_dir: Path, today: date) -> list[Mistake]:
    """Everything wrong with content and translations, and whether the .pot files are of today."""
    loaded = content.load(content_dir, today)
    _, mistakes = translations.load(locales_dir, loaded.texts, drafts="show")
    unknown = _unknown_locales(locales_dir)
    return [*loaded.mistakes, *_old_pots(loaded, locales_dir), *unknown, *mistakes]


def _unknown_locales(locales_dir: Path) -> Iterator[Mistake]:
    spoken, _ = languages.read(translations.read(locales_dir), locales_dir.name)
    for language in spoken:
        try:
            po_update.plural_forms(language, locales_dir.name)
        except Unreadable as error:
            yield error.mistake


def _old_pots(loaded: Content, locales_dir: Path) -> Iterator[Mistake]:
    for name, text in _pots(loaded, locales_dir).items():
        path = locales_dir / f"{name}.pot"
        old = path.read_text("utf-8", "replace") if path.is_file() else ""
        if old != text:
            lines = zip(old.split("\n"), text.split("\n"), strict=False)
            line = next((at for at, (one, two) in enumerate(lines, 1) if one != two), 1)
            fault = "is not what the Spanish texts say now. Run: willaq locales extract"
            yield Mistake(f"{locales_dir.name}/{name}.pot", line, fault)


def _pots(loaded: Content, locales_dir: Path) -> dict[str, str]:
    messages = {
        "bot": [
            _message(each.key, each.text, notes.of_phrase(each), "bot/dialogue/phrases.py")
            for each in PHRASES
        ],
        "content": [
            _message(key, text, notes.of_text(key, text, loaded.texts), loaded.where[key][0])
            for key, text in loaded.texts.items()
        ],
        "console": [
            _message(
                each.key, each.text, [each.note] if each.note else [], "bot/web/words/__init__.py"
            )
            for each in CONSOLE
        ],
    }
    messages["content"] += _lost(loaded, locales_dir)
    messages["content"].sort(key=_file_order)
    return {name: po_update.written(each, [_COMMENT]) for name, each in messages.items()}


def _lost(loaded: Content, locales_dir: Path) -> Iterator[Message]:
    """Of content files that cannot be read now: what the .pot had, or translators would lose it."""
    gone = {path for path in loaded.faulty if not any(_file(key) == path for key in loaded.texts)}
    try:
        old = _parsed(locales_dir / "content.pot") if gone else Catalog()
    except Unreadable:
        return
    for message in old:
        if message.id and _file(message.context or "") in gone:
            yield message


def _file_order(message: Message) -> tuple[bool, str]:
    path = _file(message.context or "")
    return path != "menu.toml", path


def _file(key: str) -> str:
    return key.partition("#")[0]


def _message(key: str, text: str, notes: list[str], path: str) -> Message:
    return Message(text, context=key, auto_comments=notes, locations=[(path, 0)])


def _parsed(path: Path) -> Catalog:
    whole = f"{path.parent.name}/{path.name}"
    data = path.read_bytes() if path.is_file() else b""
    return po.parse(whole, decode(whole, data))
