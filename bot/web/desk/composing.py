"""An announcement as a form has it: what was typed, read; what there is, to be filled in.

All names of fields stand here and in templates/console/compose.html.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.broadcasts import Fault
from bot.dialogue.announcing import Audience, Composition, Repeat
from bot.dialogue.attachments import File
from bot.dialogue.hours import LIMA
from bot.uploads import MOST_BYTES, NotKept, file_at
from bot.web.desk.call import Call

HOUR_S: Final = 3600.0
EXPIRIES_H: Final = (3, 6, 12, 24, 48, 72, 168, 336, 720)
REPEATS: Final[Mapping[str, Repeat]] = {"": "", "weekly": "weekly", "monthly": "monthly"}
# The words and the file of one announcement, with all that a form puts around them.
MOST_SENT: Final = MOST_BYTES + 256 * 1024
_FIELD_OF: Final = {"start_at": "start", "expires_after_s": "expires", "texts": "text-es"}
_WHEN: Final = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Typed:
    """What came by the form. `faults` are of what could not even be read, by field. `version` is
    that of the announcement it was typed over, 0 = a new one."""

    what: Composition
    version: int = 0
    start: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


BLANK: Final = Typed(Composition("", {}))


def of(what: Composition, version: int) -> Typed:
    start = "" if what.start_at is None else lima(what.start_at)
    return Typed(what, version, start)


async def read(call: Call, *, with_file: bool = True) -> Typed:
    """Nothing is refused here: what is wrong is told beside its field, and the rest is kept."""
    form = await call.form()
    faults = dict[str, str]()
    attachment = _kept(form)
    if with_file:
        attachment = await _uploaded(call, attachment, faults)
    start = form.get("start", "")
    start_at = _moment(start)
    if start and start_at is None:
        faults["start"] = call.say("console.fault.start")
    languages = [each.tag for each in call.translations.languages]
    texts = {tag: form.get(f"text-{tag}", "").replace("\r\n", "\n") for tag in languages}
    what = Composition(
        " ".join(form.get("title", "").split()),
        {tag: text for tag, text in texts.items() if text},
        await _audience(call, form),
        attachment,
        start_at,
        REPEATS.get(form.get("repeat", ""), ""),
        _number(form.get("expires", ""), 72) * HOUR_S,
        "canary" in form,
    )
    return Typed(what, _number(form.get("version", ""), 0), start, faults)


def by_field(call: Call, faults: Iterable[Fault]) -> dict[str, str]:
    """The first of each field, in her language."""
    found = dict[str, str]()
    for each in faults:
        name = _FIELD_OF.get(each.field, each.field.replace("texts.", "text-"))
        found.setdefault(name, call.translations.say_once(each.line, call.language))
    return found


def lima(at: float) -> str:
    """As a field for day and hour has it."""
    return datetime.fromtimestamp(at, LIMA).strftime(_WHEN)


def hours_of(what: Composition) -> Sequence[int]:
    """What can be chosen; also what somebody chose at another door."""
    return sorted({*EXPIRIES_H, expires_h(what)})


def expires_h(what: Composition) -> int:
    return round(what.expires_after_s / HOUR_S)


async def _audience(call: Call, form: Mapping[str, str]) -> Audience:
    return Audience(
        tuple(await call.chosen("channels")),
        tuple(await call.chosen("languages")),
        tuple(await call.chosen("regions")),
        form.get("edition", ""),
    )


async def _uploaded(call: Call, kept: File | None, faults: dict[str, str]) -> File | None:
    upload = await call.upload("attachment")
    if upload is None:
        return kept
    try:
        data = await upload.read(MOST_BYTES + 1)
        return await call.office.rooms.keep(data, upload.filename or "")
    except NotKept as error:
        faults["attachment"] = call.say(f"announce.wrong.{error.why}", most=error.most)
    except OSError:
        faults["attachment"] = call.say("console.error.busy")
    return kept


def _kept(form: Mapping[str, str]) -> File | None:
    """What was kept before. It is only a claim: Broadcasts.faults looks whether it is there."""
    if "drop" in form:
        return None
    return file_at(form.get("kept", ""), form.get("kept-name", ""))


def _moment(typed: str) -> float | None:
    try:
        return datetime.strptime(typed, _WHEN).replace(tzinfo=LIMA).timestamp()
    except ValueError:
        return None


def _number(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else otherwise
