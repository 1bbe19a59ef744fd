"""`willaq services`: what an organization does with the directory of services, in the terminal."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from bot import content, directory, directory_import
from bot.dialogue.places import DEPARTMENT, Gazetteer
from bot.directory import Directory
from bot.frontmatter import Mistake
from bot.settings import Settings

OK, WRONG = 0, 1
Job = Callable[[argparse.Namespace, Settings, date], int]


def check(settings: Settings, today: date) -> tuple[Mistake, ...]:
    """All that is wrong with the directory as it is; nothing is wrong with none."""
    found, name = _directory(settings, _places(settings, today), today)
    return (*found.mistakes, *directory.overdue(name, found, today))


def bring_in(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    places, file = _places(settings, today), settings.services_file
    try:
        with directory_import.held(file) if asked.apply else nullcontext():
            plan = directory_import.plan(
                file, asked.file, places, today, remove_missing=asked.remove_missing
            )
            if asked.apply and plan.changes_something:
                directory_import.save(file, plan.services, places)
    except directory_import.Refused as refused:
        for mistake in refused.mistakes:
            print(mistake, file=sys.stderr)
        print(f"{len(refused.mistakes)} mistakes. Nothing was changed.", file=sys.stderr)
        return WRONG
    except OSError as error:
        print(f"{file}: {error.strerror}. Nothing was changed.", file=sys.stderr)
        return WRONG
    for line in plan.lines(places):
        print(line)
    if not plan.changes_something:
        print("Nothing to change.")
    elif asked.apply:
        print(f"Done: {file} has {len(plan.services)} services.")
    else:
        print("Nothing was changed yet. Look it over, then add --apply.")
    return OK


def show(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    places = _places(settings, today)
    found, _ = _directory(settings, places, today)
    for kind, count in sorted(Counter(each.kind for each in found.services).items()):
        print(f"{count:6} {kind}")
    where = Counter(each.ubigeo[:DEPARTMENT] for each in found.services)
    for code, count in sorted(where.items()):
        print(f"{count:6} {places.by_code[code].name}")
    late = sum(each.expires_on < today for each in found.services)
    print(f"{len(found.services)} services, {late} past expires_on.")
    return _told(found)


def write_out(asked: argparse.Namespace, settings: Settings, today: date) -> int:
    places = _places(settings, today)
    found, _ = _directory(settings, places, today)
    if found.mistakes:
        return _told(found)
    text = directory.write(found.services, places)
    if str(asked.file) == "-":
        print(text, end="")
        return OK
    try:
        # With a BOM: without one, spreadsheets take it for another alphabet.
        asked.file.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        print(f"{asked.file}: {error.strerror}. Nothing was written.", file=sys.stderr)
        return WRONG
    print(f"{asked.file} has {len(found.services)} services.")
    return OK


def _told(found: Directory) -> int:
    for mistake in found.mistakes:
        print(mistake, file=sys.stderr)
    return WRONG if found.mistakes else OK


def _places(settings: Settings, today: date) -> Gazetteer:
    return content.load(settings.content_dir, today).catalogue.places


def _directory(settings: Settings, places: Gazetteer, today: date) -> tuple[Directory, str]:
    """Empty when there is none; and how its mistakes call it."""
    file: Path = settings.services_file
    name = f"{file.parent.name}/{file.name}"
    data = directory.read(file)
    if data == b"" and not file.exists():
        return Directory(), name
    return directory.build(name, data, places, today), name


DOES: dict[str, Job] = {"import": bring_in, "list": show, "export": write_out}
