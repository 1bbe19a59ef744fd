"""Who may import whom (docs/tour.md draws it), and that the rule itself catches what it forbids."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
BOT = HOME / "bot"

# Of the standard library, what neither reads nor waits, knows no time and no chance.
PURE_LIBRARY = {
    "__future__", "abc", "collections", "collections.abc", "dataclasses", "datetime", "enum",
    "functools", "heapq", "itertools", "json", "math", "re", "string", "typing", "unicodedata",
}  # fmt: skip
# These are pure modules with an impure door.
FORBIDDEN_CALLS = {"now", "today", "utcnow", "open", "input", "print", "exec", "eval", "__import__"}

DIALOGUE = {"bot.dialogue"}
MAY_IMPORT = {  # room -> what it may import of Willaq
    "bot.dialogue": DIALOGUE,
    "bot.pacing": {"bot.pacing"},
    # Files people write, from the line to the whole: each knows only what stands above it.
    "bot.frontmatter": set[str](),
    "bot.markup": set[str](),
    "bot.fields": {"bot.frontmatter", "bot.markup", *DIALOGUE},
    "bot.editions": {"bot.frontmatter", "bot.fields", *DIALOGUE},
    "bot.sentences": {"bot.frontmatter", "bot.fields", *DIALOGUE},
    "bot.weights": {"bot.frontmatter", *DIALOGUE},
    "bot.shelf": {
        "bot.frontmatter", "bot.markup", "bot.fields", "bot.editions", "bot.sentences",
        "bot.weights", *DIALOGUE,
    },
    # Tables people save from a spreadsheet: places, and the services near her.
    "bot.table": {"bot.frontmatter"},
    "bot.gazetteer": {"bot.frontmatter", "bot.table", *DIALOGUE},
    "bot.directory": {"bot.frontmatter", "bot.table", *DIALOGUE},
    "bot.directory_import": {"bot.frontmatter", "bot.directory", "bot.putting", *DIALOGUE},
    "bot.services_desk": {
        "bot.frontmatter", "bot.content", "bot.directory", "bot.directory_import", "bot.settings",
        *DIALOGUE,
    },
    "bot.console_import": {
        "bot.directory", "bot.directory_import", "bot.web.desk.rooms", *DIALOGUE,
    },
    "bot.console_coverage": {
        "bot.audio_desk", "bot.content", "bot.coverage", "bot.library", "bot.settings",
        "bot.translations", "bot.web.desk.rooms",
    },
    "bot.content": {
        "bot.frontmatter", "bot.shelf", "bot.gazetteer", "bot.sentences", "bot.weights", *DIALOGUE,
    },
    # Learning is done offline; who answers knows only what was learned.
    "bot.examples": {"bot.languages", "bot.sentences", *DIALOGUE},
    "bot.training": {
        "bot.examples", "bot.fields", "bot.languages", "bot.sentences", *DIALOGUE,
    },
    "bot.languages": {"bot.frontmatter", "bot.fields"},
    "bot.po": {"bot.frontmatter"},
    "bot.po_again": {"bot.frontmatter", "bot.po"},
    "bot.putting": set[str](),
    "bot.po_update": {"bot.frontmatter", "bot.languages", "bot.po", "bot.putting"},
    "bot.po_edit": {"bot.po"},
    "bot.proofread": {"bot.markup", "bot.fields", "bot.po", *DIALOGUE},
    "bot.translations": {
        "bot.frontmatter", "bot.fields", "bot.languages", "bot.po", "bot.proofread", "bot.saying",
        "bot.web.words", *DIALOGUE,
    },
    "bot.coverage": {
        "bot.frontmatter", "bot.content", "bot.languages", "bot.po", "bot.proofread",
        "bot.translations", "bot.web.words", *DIALOGUE,
    },
    "bot.notes": {"bot.fields", "bot.proofread", "bot.cuts", "bot.channels.base", *DIALOGUE},
    "bot.extract": {
        "bot.frontmatter", "bot.content", "bot.coverage", "bot.languages", "bot.notes", "bot.po",
        "bot.po_update", "bot.translations", "bot.web.words", *DIALOGUE,
    },
    # Work on translations, each job by itself; the desk knows them all.
    "bot.typos": {"bot.proofread", *DIALOGUE},
    "bot.reviewing": {
        "bot.frontmatter", "bot.content", "bot.coverage", "bot.po", "bot.po_edit", "bot.po_update",
        "bot.proofread", "bot.translations", *DIALOGUE,
    },
    "bot.sheets": {"bot.frontmatter", "bot.table"},
    "bot.exchange": {
        "bot.frontmatter", "bot.notes", "bot.po", "bot.po_edit", "bot.proofread", "bot.sheets",
        *DIALOGUE,
    },
    "bot.adding": {
        "bot.frontmatter", "bot.extract", "bot.languages", "bot.po_update", "bot.translations",
    },
    "bot.renaming": {
        "bot.frontmatter", "bot.fields", "bot.content", "bot.coverage", "bot.po", "bot.po_update",
        "bot.translations",
    },
    "bot.locales_arguments": set[str](),
    "bot.locales_desk": {
        "bot.adding", "bot.audio_desk", "bot.content", "bot.coverage", "bot.exchange",
        "bot.extract", "bot.frontmatter", "bot.languages", "bot.locale_checks", "bot.po_edit",
        "bot.po_update", "bot.putting",
        "bot.reviewing", "bot.settings", "bot.sheets", "bot.translations", "bot.typos", *DIALOGUE,
    },
    "bot.teaching": {
        "bot.frontmatter", "bot.content", "bot.examples", "bot.sentences", "bot.training",
        "bot.weights", *DIALOGUE,
    },
    "bot.syllables": set[str](),
    "bot.readability": {"bot.syllables"},
    "bot.editing": {"bot.frontmatter", "bot.content", "bot.readability"},
    "bot.listing": {
        "bot.frontmatter", "bot.content", "bot.coverage", "bot.languages", "bot.po",
        "bot.proofread", "bot.readability", "bot.translations", *DIALOGUE,
    },
    "bot.cuts": {
        "bot.frontmatter", "bot.fields", "bot.content", "bot.coverage", "bot.languages", "bot.po",
        "bot.proofread", "bot.translations", "bot.channels", *DIALOGUE,
    },
    # What only a translator reads: how a text is written, its words, and what she answers to that.
    "bot.words": set[str](),
    "bot.acceptance": {"bot.words"},
    "bot.orthography": {"bot.acceptance", "bot.proofread", "bot.words"},
    "bot.glossary": {"bot.acceptance", "bot.frontmatter", "bot.table", "bot.words"},
    "bot.keywords": {"bot.proofread", *DIALOGUE},
    "bot.locale_checks": {
        "bot.frontmatter", "bot.content", "bot.coverage", "bot.languages", "bot.po",
        "bot.proofread", "bot.translations", "bot.acceptance", "bot.glossary", "bot.keywords",
        "bot.orthography", *DIALOGUE,
    },
    "bot.library": {
        "bot.frontmatter", "bot.content", "bot.directory", "bot.giving_way", "bot.kept",
        "bot.po_again", "bot.recordings", "bot.translations", *DIALOGUE,
    },
    "bot.giving_way": set[str](),
    "bot.kept": {"bot.putting"},
    "bot.saying": {"bot.languages", "bot.proofread", *DIALOGUE},
    "bot.preview": {
        "bot.frontmatter", "bot.languages", "bot.library", "bot.po", "bot.po_again",
        "bot.proofread", "bot.translations", "bot.channels", *DIALOGUE,
    },
    # Voices: opened in a process of their own, kept beside the translations.
    "bot.audio": {"bot.audio", *DIALOGUE},
    "bot.audio_arguments": set[str](),
    "bot.audio_desk": {
        "bot.audio", "bot.frontmatter", "bot.kept", "bot.library", "bot.recordings",
        "bot.settings", "bot.translations", *DIALOGUE,
    },
    "bot.recordings": {
        "bot.frontmatter", "bot.fields", "bot.putting", "bot.translations", *DIALOGUE,
    },
    "bot.channels": {"bot.channels", *DIALOGUE},
    "bot.store": {"bot.store", *DIALOGUE},
    "bot.broadcasts": {
        "bot.store.base", "bot.store.desk", "bot.translations", "bot.pacing", "bot.composing",
        "bot.broadcast_clock", *DIALOGUE,
    },
    "bot.broadcast_clock": {"bot.store.base", "bot.store.desk", "bot.pacing", *DIALOGUE},
    "bot.pictures": set[str](),
    "bot.uploads": {"bot.pictures", "bot.putting", *DIALOGUE},
    "bot.drawing": {"bot.channels.base"},
    "bot.announce_arguments": DIALOGUE,
    "bot.announce_form": {"bot.broadcasts", "bot.uploads", *DIALOGUE},
    "bot.announce_words": {"bot.store.desk", *DIALOGUE},
    "bot.announce_desk": {
        "bot.announce_form", "bot.announce_words", "bot.broadcasts", "bot.drawing",
        "bot.store.desk", *DIALOGUE,
    },
    "bot.composing": {"bot.pacing", *DIALOGUE},
    "bot.conversation": {"bot.store.base", "bot.store.house", *DIALOGUE},
    "bot.verdict": {"bot.store.base", "bot.channels.base", "bot.pacing", *DIALOGUE},
    "bot.parcel": {"bot.store.base", "bot.channels.base", *DIALOGUE},
    "bot.road": {
        "bot.store.base", "bot.channels.base", "bot.pacing", "bot.parcel", "bot.verdict", *DIALOGUE,
    },
    "bot.forever": {"bot.store.base"},
    "bot.outbox": {
        "bot.store.base", "bot.channels.base", "bot.channels.fit", "bot.translations",
        "bot.pacing", "bot.outbox", "bot.forever", "bot.parcel", "bot.road", "bot.verdict",
        *DIALOGUE,
    },
    # What the console says; a list like the bot's own phrases, for whoever extracts and translates.
    "bot.web.words": {"bot.web.words", "bot.dialogue.phrases"},
    "bot.voices": {
        "bot.audio", "bot.channels.base", "bot.frontmatter", "bot.recordings", "bot.store.base",
        "bot.store.recording", *DIALOGUE,
    },
    "bot.web": {
        "bot.broadcasts", "bot.conversation", "bot.store.base", "bot.store.desk", "bot.store.team",
        "bot.store.watch", "bot.channels.base", "bot.translations", "bot.preview", "bot.uploads",
        "bot.web", *DIALOGUE,
    },
    "bot.pack": {"bot.markup", "bot.pack", "bot.putting", "bot.translations", *DIALOGUE},
    "bot.private_file": set[str](),
    "bot.people_arguments": set[str](),
    "bot.subscriber_list": {"bot.frontmatter", "bot.table", "bot.store.people", *DIALOGUE},
    "bot.people_desk": {
        "bot.frontmatter", "bot.private_file", "bot.subscriber_list", "bot.store.desk",
        "bot.store.people", "bot.store.team", *DIALOGUE,
    },
    "bot.reminders": {"bot.store.base", "bot.pacing", *DIALOGUE},
    "bot.organizers_arguments": {*DIALOGUE},
    "bot.organizers_desk": {"bot.store.base", "bot.store.desk", "bot.store.team", *DIALOGUE},
    "bot.schools_arguments": set[str](),
    "bot.schools_desk": {
        "bot.private_file", "bot.store.base", "bot.store.desk", "bot.store.watch", *DIALOGUE,
    },
    "bot.environment": set[str](),
    "bot.settings": {"bot.environment"},
    "bot.logs": {"bot.environment"},
    "bot.metrics": set[str](),
    "bot.finding": set[str](),
    "bot.__main__": {"bot.cli"},
    "bot.__init__": set[str](),
}  # fmt: skip
PACKAGES = (
    "bot",
    "bot.audio",
    "bot.channels",
    "bot.dialogue",
    "bot.pack",
    "bot.store",
    "bot.web",
    "bot.web.desk",
    "bot.web.words",
)
KNOW_EVERY_ROOM = (
    "bot.app", "bot.cli", "bot.console_rooms", "bot.desk_verbs", "bot.doctor", "bot.packing",
    "bot.platforms", "bot.previewing", "bot.rounds", "bot.talking", "bot.verbs",
    "bot.whatsapp_doctor",
)  # fmt: skip
PURE = ("bot.dialogue", "bot.pacing")
AT_HOME = {  # platform library -> the only files that may know it
    "telegram": ("bot.channels.telegram",),
    "aiohttp": ("bot.channels.http", "bot.channels.whatsapp_http"),
    "aiosqlite": ("bot.store.",),
    "argon2": ("bot.web.desk.proofs",),
    "pyotp": ("bot.web.desk.proofs",),
    "segno": ("bot.web.desk.proofs",),
    "webauthn": ("bot.web.desk.passkeys",),
    "sqlite3": ("bot.store.", "bot.logs"),
    "av": ("bot.audio.work",),
    "babel": ("bot.extract", "bot.po"),
    "icalendar": ("bot.web.calendar",),
    "odfdo": ("bot.sheets",),
    "python_calamine": ("bot.sheets",),
    "xlsxwriter": ("bot.sheets",),
    "markdown_it": ("bot.markup",),
    "PIL": ("bot.pictures",),
    "reportlab": ("bot.pack.paper",),
    "starlette": ("bot.web.",),
    "uvicorn": ("bot.web.server",),
    "cryptography": ("bot.store.",),
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(HOME).with_suffix("").parts)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if module in PACKAGES:
                # `from bot.channels import telegram` names a module as well.
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def is_in(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def room_of(module: str) -> str | None:
    return next((room for room in MAY_IMPORT if is_in(module, room)), None)


def faults(module: str, source: str) -> list[str]:
    """What this module does that its room may not."""
    if module in KNOW_EVERY_ROOM:
        return []
    room = room_of(module)
    if room is None:
        return [f"{module} is in no room: which one is it?"]
    tree = ast.parse(source)
    found = []
    for line, name in imports(tree):
        found += [f"{module}:{line} {fault}" for fault in _import_faults(module, room, name)]
    if any(is_in(module, pure) for pure in PURE):
        found += [f"{module}:{line} calls {name}" for line, name in impure_calls(tree)]
    return found


def _import_faults(module: str, room: str, name: str) -> Iterator[str]:
    if name.startswith("."):
        yield "imports relatively: say the whole name"
    elif is_in(name, "bot"):
        if not any(is_in(name, each) for each in MAY_IMPORT[room]):
            yield f"imports {name}"
    elif room in PURE:
        if name not in PURE_LIBRARY:
            yield f"imports {name}, which is not pure"
    else:
        for library, homes in AT_HOME.items():
            if is_in(name, library) and not module.startswith(homes):
                yield f"imports {library} outside its home"


def impure_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in FORBIDDEN_CALLS:
                yield node.lineno, name


@pytest.mark.parametrize("path", sorted(BOT.rglob("*.py")), ids=module_name)
def test_each_module_imports_only_what_its_room_may(path: Path) -> None:
    assert faults(module_name(path), path.read_text()) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.dialogue.respond", "import time"),
        ("bot.dialogue.respond", "import random"),
        ("bot.dialogue.respond", "from pathlib import Path"),
        ("bot.dialogue.respond", "import asyncio"),
        ("bot.dialogue.respond", "import logging"),
        ("bot.dialogue.respond", "import os.path"),
        ("bot.dialogue.respond", "from rapidfuzz import fuzz"),
        ("bot.dialogue.respond", "from bot.store.base import Store"),
        ("bot.dialogue.respond", "from bot.content import load"),
        ("bot.dialogue.respond", "from .turn import Event"),
        ("bot.dialogue.respond", "def f():\n    import socket"),
        ("bot.dialogue.respond", "from datetime import date\ndate.today()"),
        ("bot.dialogue.respond", "open('x')"),
        ("bot.pacing", "from time import monotonic"),
        ("bot.pacing", "from bot.dialogue.turn import Event"),
        ("bot.conversation", "from bot.channels.base import Channel"),
        ("bot.conversation", "from bot.channels.telegram import Telegram"),
        ("bot.conversation", "from bot.store.sqlite import SqliteStore"),
        ("bot.conversation", "import bot.outbox"),
        ("bot.outbox", "from bot.channels.telegram import Telegram"),
        ("bot.outbox", "from bot.conversation import Conversation"),
        ("bot.outbox", "from bot.channels import telegram"),
        ("bot.web.app", "from bot.channels.webchat import WebChat"),
        ("bot.web.app", "from bot.outbox import Outbox"),
        ("bot.web.app", "import bot.app"),
        ("bot.web.app", "from bot import app"),
        ("bot.web.app", "from bot import cli"),
        ("bot.web.app", "from bot.store.sqlite import SqliteStore"),
        ("bot.channels.webchat", "from bot.store.base import Store"),
        ("bot.channels.webchat", "import telegram"),
        ("bot.channels.fit", "from telegram import Bot"),
        ("bot.channels.whatsapp_updates", "import aiohttp"),
        ("bot.store.sqlite", "from bot.channels.base import Channel"),
        ("bot.store.sqlite", "from bot.settings import Settings"),
        ("bot.content", "from bot.translations import load"),
        ("bot.conversation", "import aiosqlite"),
        ("bot.content", "from starlette.routing import Route"),
        ("bot.settings", "from bot.app import build"),
        ("bot.pack.page", "from reportlab.platypus import Table"),
        ("bot.newroom", "x = 1"),
    ],
)
def test_each_forbidden_form_is_caught(module: str, source: str) -> None:
    assert faults(module, source), f"{module} may not: {source}"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.dialogue.respond", "from bot.dialogue.turn import Event\nimport json"),
        ("bot.dialogue.respond", "from bot.dialogue import menus"),
        ("bot.conversation", "from bot.store.base import Store\nimport time"),
        ("bot.channels.telegram", "import telegram"),
        ("bot.app", "from bot.channels.telegram import Telegram"),
    ],
)
def test_what_is_allowed_is_not_caught(module: str, source: str) -> None:
    assert faults(module, source) == []


def test_modules_stay_short() -> None:
    # One entry after the other: long, but nothing to follow.
    lists = {"bot.dialogue.phrases", "bot.dialogue.phrases_announcements"}
    lines = {module_name(path): len(path.read_text().splitlines()) for path in BOT.rglob("*.py")}
    assert {name: count for name, count in lines.items() if count > 300}.keys() <= lists
