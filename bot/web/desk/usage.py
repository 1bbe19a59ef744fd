"""What women open: by week, topic and language, and only what was opened often enough.

Rule 1: a number under LEAST does not leave the database. Every sum and every bar here is made of
the numbers that are shown, so nothing small can be found by subtracting.
Rule 2: only weeks that are over. Of a number that grows while somebody looks, each step is one
woman.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from starlette.responses import Response

from bot.conversation import lima_day
from bot.dialogue.staff import Staff
from bot.store.watch import Used
from bot.web.desk.call import Call, getting

LEAST: Final = 5
WEEKS: Final = 12
_WIDE, _HIGH, _FOOT, _HEAD = 336, 160, 18, 18  # of the plot, in its own units
_BAR: Final = _WIDE / WEEKS


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    count: int


async def shown(call: Call, staff: Staff) -> Response:
    weeks = weeks_before(lima_day(call.now))
    used = await call.office.store.usage(
        since=weeks[0], before=week_of(lima_day(call.now)), least=LEAST
    )
    languages = {each.tag: each.name for each in call.translations.languages}
    languages |= {each.language: each.language for each in used if each.language not in languages}
    week = _chosen(call, "week", weeks) or weeks[-1]
    language = _chosen(call, "language", [*languages])
    return call.page(
        "usage.html",
        weeks=[(each, _said(each)) for each in weeks],
        week=week,
        columns=languages,
        language=language,
        bars=bars(_sums(used, weeks, language)),
        by_week=_by_week(used, weeks, [*languages]),
        by_topic=_by_topic(call, used, week, [*languages]),
        least=LEAST,
        plot=(_WIDE, _HIGH + _FOOT + _HEAD),
    )


def weeks_before(today: date) -> list[str]:
    """The last weeks that are over, oldest first."""
    return [week_of(today - timedelta(weeks=back)) for back in range(WEEKS, 0, -1)]


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def bars(sums: Sequence[tuple[str, int]]) -> list[Bar]:
    most = max((count for _, count in sums), default=0) or 1
    return [
        Bar(
            x=round(at * _BAR + 3, 1),
            y=round(_HEAD + _HIGH - _HIGH * count / most, 1),
            width=round(_BAR - 6, 1),
            height=round(_HIGH * count / most, 1),
            middle=round((at + 0.5) * _BAR, 1),
            label=_monday(week).strftime("%d/%m"),
            count=count,
        )
        for at, (week, count) in enumerate(sums)
    ]


def _sums(used: Sequence[Used], weeks: Sequence[str], language: str) -> list[tuple[str, int]]:
    return [
        (
            week,
            sum(
                each.count for each in used if each.week == week and language in ("", each.language)
            ),
        )
        for week in weeks
    ]


def _by_week(
    used: Sequence[Used], weeks: Sequence[str], languages: Sequence[str]
) -> list[tuple[str, list[int], int]]:
    """(week, the sum in each language, their sum)."""
    rows = []
    for week in weeks:
        counts = [
            sum(each.count for each in used if (each.week, each.language) == (week, language))
            for language in languages
        ]
        rows.append((_said(week), counts, sum(counts)))
    return rows


def _by_topic(
    call: Call, used: Sequence[Used], week: str, languages: Sequence[str]
) -> list[tuple[str, list[int | None], int]]:
    """(topic, its number in each language or None, the sum of those); the most opened first."""
    counts = {(each.topic, each.language): each.count for each in used if each.week == week}
    rows = []
    for topic in {topic for topic, _ in counts}:
        cells = [counts.get((topic, language)) for language in languages]
        rows.append((_title(call, topic), cells, sum(filter(None, cells))))
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _title(call: Call, slug: str) -> str:
    topic = call.office.library()[0].topics.get(slug)
    return call.say(f"{topic.path}#title") if topic else slug


def _chosen(call: Call, name: str, known: Sequence[str]) -> str:
    asked = call.request.query_params.get(name, "")
    return asked if asked in known else ""


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)


def _said(week: str) -> str:
    """Monday to Sunday, as days."""
    monday = _monday(week)
    return f"{monday:%d/%m} – {monday + timedelta(days=6):%d/%m/%Y}"


PAGES: Final = (getting("/console/usage", shown, "organizer", link="console.nav.usage"),)
