"""`willaq locales`: what translators do in the terminal."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import (
    adding,
    audio_desk,
    content,
    coverage,
    exchange,
    extract,
    languages,
    locale_checks,
    po_edit,
    po_update,
    reviewing,
    sheets,
    translations,
    typos,
)
from bot.coverage import ANY_DAY
from bot.frontmatter import Unreadable, decode
from bot.languages import SPANISH
from bot.putting import held
from bot.settings import Settings
from bot.translations import po_path

OK, WRONG = 0, 1
Job = Callable[[argparse.Namespace, Settings, date], int]
NOTHING_CHANGED = "No se cambió nada."


class Refused(Exception):
    """It was not done; the text says why and what to do."""


def run(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    """The exit code. Whatever is refused changes nothing."""
    try:
        with held(settings.locales_dir) if asked.job in CHANGES else nullcontext():
            return DOES[asked.job](asked, settings, today)
    except (Refused, adding.Refused, reviewing.Refused, Unreadable) as refused:
        print(refused, file=sys.stderr)
    except BrokenPipeError:
        raise  # nobody reads on: no fault of any file
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
    print(NOTHING_CHANGED, file=sys.stderr)
    return WRONG


def take_out(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    extract.extract(settings.content_dir, settings.locales_dir)
    return _shown(settings, today)


def bring_up_to_date(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    """Broken files are left alone and told."""
    extract.extract(settings.content_dir, settings.locales_dir)
    judge = typos.Judge()
    same = {"same": judge} if asked.typo_only else {}
    mistakes = extract.update(settings.locales_dir, **same)
    for old, new in sorted(judge.mended):
        print(f"Solo ortografía, la traducción sigue: «{old}» -> «{new}»")
    for old, new in sorted(judge.others):
        print(f"Cambió más que la ortografía, hay que traducir: «{old}» -> «{new}»")
    _shown(settings, today)
    return _told(mistakes)


def show(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    return _shown(settings, today, as_json=asked.json)


def check(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    folders = settings.content_dir, settings.locales_dir
    mistakes = [*extract.check(*folders, today), *locale_checks.check(*folders)]
    for mistake in mistakes:
        print(mistake)
    print(f"{len(mistakes)} errores." if mistakes else "Sin errores.")
    return WRONG if mistakes else OK


def review(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    folders = settings.content_dir, settings.locales_dir
    keys = reviewing.review(*folders, asked.language, asked.what, asked.by, today)
    for key in keys:
        print(key)
    print(f"Revisado en {asked.language} por {asked.by}, {today}: {len(keys)} textos.")
    return OK


def write_out(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    if asked.file.exists():
        fault = "ya existe, y puede tener traducciones que nadie ha traído. Dale otro nombre."
        raise Refused(f"{asked.file}: {fault}")
    hers = _hers(asked, settings)
    rows = exchange.as_rows(asked.language, [*hers.entries.values()])
    try:
        data = sheets.write(_ending(asked.file), asked.language, rows, exchange.WIDTHS)
    except ValueError as error:
        raise Refused(f"{error} Corrígelo en el archivo .po.") from None
    po_update.write(asked.file, data)
    print(f"{asked.file} tiene {len(hers.entries)} textos en {asked.language}.")
    return OK


def bring_in(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    _ending(asked.file)
    hers = _hers(asked, settings)
    records = sheets.read(str(asked.file), asked.file.read_bytes())
    plan = exchange.plan(str(asked.file), records, asked.language, hers.entries)
    _tell(plan)
    if plan.mistakes or (plan.conflicts and not asked.leave_conflicts):
        raise Refused(_what_now(plan))
    if not asked.apply:
        print("Todavía no se cambió nada. Míralo, y repite la orden con --apply.")
    elif plan.changes:
        text = decode(hers.file.name, hers.data)
        po_update.write(hers.file, po_edit.edited(text, plan.changes), hers.data)
        print(f"Hecho: {len(plan.changes)} textos en {asked.language}.")
    return OK


def add(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    extract.extract(settings.content_dir, settings.locales_dir)
    mistakes = adding.add(
        settings.locales_dir, asked.language, asked.name, asked.fallback, asked.cldr
    )
    print(f"locales/{asked.language}/LC_MESSAGES/ espera traducciones: docs/translate.md.")
    return _told(mistakes)


@dataclass(frozen=True, slots=True)
class _Hers:
    """A translator's file, as it was read once, and its entries."""

    file: Path
    data: bytes | None
    entries: Mapping[str, exchange.Kept]


def _hers(asked: argparse.Namespace, settings: Settings) -> _Hers:
    """The file asked for. Raises Refused and Unreadable."""
    files = translations.read(settings.locales_dir)
    spoken, _ = languages.read(files, settings.locales_dir.name)
    tags = [each.tag for each in spoken if each.tag != SPANISH]
    path = po_path(asked.language, asked.only)
    if asked.language not in tags or path not in files:
        began = ", ".join(tag for tag in tags if po_path(tag, asked.only) in files) or "ninguno"
        raise Refused(f'No hay traducciones en "{asked.language}". Hay: {began}.')
    texts = content.load(settings.content_dir, ANY_DAY).texts
    source = coverage.sources(texts)[asked.only]
    entries = exchange.kept(f"{settings.locales_dir.name}/{path}", files[path], source)
    return _Hers(settings.locales_dir / path, files[path], entries)


def _tell(plan: exchange.Plan) -> None:
    for told in (*plan.mistakes, *plan.conflicts):
        print(told, file=sys.stderr)
    print(
        f"{len(plan.changes)} cambiados, {plan.unchanged} iguales, {len(plan.conflicts)} en "
        f"conflicto, {len(plan.mistakes)} con error."
    )


def _what_now(plan: exchange.Plan) -> str:
    if plan.mistakes:
        return "Corrige las filas en la hoja y repite la orden."
    return (
        "Mira los conflictos. Con --leave-conflicts esas filas quedan como están aquí; o exporta "
        "otra vez y vuelve a escribir en ellas."
    )


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    if ending not in sheets.ENDINGS:
        raise Refused(f"{file}: el nombre debe terminar en {', '.join(sheets.ENDINGS)}.")
    return ending


def _shown(settings: Settings, today: date, *, as_json: bool = False) -> int:
    folders = settings.content_dir, settings.locales_dir
    rows = coverage.status(*folders, _recordings(settings, today))
    for line in [coverage.as_json(rows)] if as_json else coverage.as_table(rows):
        print(line)
    return OK


def _recordings(settings: Settings, today: date) -> coverage.Recordings:
    kept = audio_desk.rows(settings, audio_desk.library_of(settings, today))
    states = {(each.language, each.topic): each.state for each in kept}
    return lambda language, topic: states.get((language, topic), "missing")


def _told(mistakes: Sequence[object]) -> int:
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return WRONG if mistakes else OK


DOES: Mapping[str, Job] = {
    "extract": take_out,
    "update": bring_up_to_date,
    "status": show,
    "check": check,
    "review": review,
    "export": write_out,
    "import": bring_in,
    "add": add,
}
CHANGES = frozenset({"extract", "update", "review", "import", "add"})  # one after the other
