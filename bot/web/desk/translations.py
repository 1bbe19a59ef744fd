"""How far the translations are, by language and category; and which texts wait for somebody."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from bot.dialogue.staff import Staff
from bot.web.desk.call import Call, getting
from bot.web.desk.rooms import Coverage, Stage, Text

_HERE: Final = "/console/translations"
_PREVIEW: Final = "/preview"
# What needs somebody soonest comes first. "reviewed" needs nobody.
STAGES: Final[tuple[Stage, ...]] = ("broken", "stale", "missing", "draft", "reviewed")
_SHOWN: Final = 200


async def shown(call: Call, staff: Staff) -> Response:
    rows = await call.office.rooms.coverage()
    languages = [
        {
            "tag": tag,
            "name": _language(call, tag),
            "rows": [_row(call, each) for each in hers],
            "sum": _sum(hers),
            "audio": any(each.audio for each in hers),
        }
        for tag, found in groupby(rows, key=lambda each: each.language)
        for hers in [[*found]]
    ]
    return call.page("translations.html", found=languages)


async def texts(call: Call, staff: Staff) -> Response:
    """Of one language in one category, text by text."""
    asked = call.request.path_params
    found = [
        each
        for each in await call.office.rooms.texts()
        if (each.language, each.category) == (asked["language"], asked["category"])
    ]
    if not found:
        return call.not_found()
    open_ones = [each for each in found if each.stage != "reviewed"]
    open_ones.sort(key=lambda each: STAGES.index(each.stage))
    start = call.request.query_params.get("from", "")
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    return call.page(
        "texts.html",
        language=_language(call, asked["language"]),
        category=_category(call, asked["category"]),
        texts=[_text(call, each) for each in open_ones[first : first + _SHOWN]],
        next=first + _SHOWN if len(open_ones) > first + _SHOWN else 0,
        more=max(0, len(open_ones) - first - _SHOWN),
    )


def _row(call: Call, row: Coverage) -> dict[str, object]:
    return {
        "category": _category(call, row.category),
        "path": f"{_HERE}/{quote(row.language)}/{quote(row.category)}",
        "row": row,
        "done": _share(row.reviewed + row.draft, row.total),
    }


def _sum(rows: Sequence[Coverage]) -> dict[str, object]:
    total = sum(each.total for each in rows)
    translated = sum(each.reviewed + each.draft for each in rows)
    return {
        "total": total,
        "translated": translated,
        "reviewed": sum(each.reviewed for each in rows),
        "done": _share(translated, total),
    }


def _share(some: int, all_of_it: int) -> int:
    """In percent, rounded down: 100 means all."""
    return 100 * some // all_of_it if all_of_it else 100


def _text(call: Call, text: Text) -> dict[str, str]:
    topics = call.office.library()[0].topics
    path, _, part = text.key.partition("#")
    topic = next((each for each in topics.values() if each.path == path), None)
    hers = any(each.tag == text.language for each in call.translations.languages)
    asked = quote(topic.slug if topic else text.key)
    return {
        "key": text.key,
        "title": f"{topic.title}: {part}" if topic else text.key,
        "stage": text.stage,
        # The preview shows what a woman reads; she reads nothing of this console.
        "preview": f"{_PREVIEW}/{quote(text.language)}/{asked}"
        if hers and text.category != "console"
        else "",
    }


def _category(call: Call, category: str) -> str:
    doors = call.office.library()[0].categories
    door = next((each for each in doors if each.id == category), None)
    if door:
        return door.title
    return call.say(f"console.translations.of.{category}") if category in FOLDERS else category


def _language(call: Call, tag: str) -> str:
    offered = (*call.translations.languages, *call.translations.console_languages)
    return next((each.name for each in offered if each.tag == tag), tag)


FOLDERS: Final = ("bot", "console", "content")  # what is no door of the menu, and has a name here
PAGES: Final = (
    getting(_HERE, shown, "translator", "organizer", link="console.nav.translations"),
    getting(f"{_HERE}/{{language}}/{{category}}", texts, "translator", "organizer"),
)
