"""Write what happens as key=value lines to standard error, without anything that is hers.

Rule 1: no exception's text is written, because it can hold her words: only its type and where.
Rule 2: other libraries build their lines from values we cannot judge, so of theirs only the fixed
part is written, and only from WARNING up.
Rule 3: a second belt, for our own mistakes: tokens, known secrets and anything as long as a
telephone number or a chat id become **** in whatever is written.
"""

import logging
import re
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from errno import errorcode
from json import dumps
from pathlib import Path
from traceback import walk_tb
from typing import TextIO

from bot.environment import Secret

OURS = "bot"
HIDDEN = "****"
_TALKATIVE = ("httpx", "httpcore", "aiohttp.access", "telegram", "uvicorn.access", "aiosqlite")
_HERE = f"{Path(__file__).parent.parent}/"
_TOKEN = re.compile(r"(?:bot)?\d+:[A-Za-z0-9_-]{8,}")
# Digits with what people write between them: 987654321, +51 987-654-321, (01) 428.9022.
_LONG_NUMBER = re.compile(r"\d(?:[ .()/_-]{0,2}\d){6,}")
_NEEDS_QUOTES = re.compile(r'[\s="]')
_DATE = re.compile(r"20\d\d-\d\d-\d\d")
_FIELDS_OF_EVERY_RECORD = frozenset(
    (*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName", "color_message")
)


def configure(level: str, secrets: Iterable[Secret] = (), out: TextIO | None = None) -> None:
    """From here on: one line a record, ours from `level` up, everybody else's from WARNING up."""
    handler = _Lines(out or sys.stderr)
    handler.setFormatter(Formatter(secrets))
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def catch_the_uncaught() -> None:
    """What would end in a printed traceback, her words in it, ends in a line instead."""
    log = logging.getLogger(f"{OURS}.uncaught")

    def tell(kind: type[BaseException], error: BaseException | None, tb: object) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("an error that nobody expected", exc_info=error)

    sys.excepthook = tell
    sys.unraisablehook = lambda what: tell(what.exc_type, what.exc_value, None)
    threading.excepthook = lambda what: tell(what.exc_type, what.exc_value, None)


class Formatter(logging.Formatter):
    """time=... level=... logger=... event=... and, when given: extra fields, error=... at=..."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__()
        # Longest first: one may begin with another.
        values = sorted((each.reveal() for each in secrets), key=len, reverse=True)
        self._secrets = [value for value in values if value]

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = f"time={time} level={record.levelname} logger={record.name}"
        rest = " ".join(f"{key}={self._shown(value)}" for key, value in _fields(record))
        return f"{head} {rest}"

    def _shown(self, value: object) -> str:
        if isinstance(value, float):
            return f"{value:.6g}"
        text = kinds(value) if isinstance(value, BaseException) else str(value)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _quoted(scrub(text))


def scrub(text: str) -> str:
    """Without Telegram tokens and without any number of seven digits or more, but for a date."""
    return _LONG_NUMBER.sub(_hidden_unless_a_date, _TOKEN.sub(HIDDEN, text))


class _Lines(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:
        """Python's own would print the message and its arguments."""
        try:
            where = f"{Path(record.pathname).name}:{record.lineno}"
            self.stream.write(f'level=ERROR logger={__name__} event="line lost" at={where}\n')
        except (OSError, ValueError):
            # Nowhere left to say it: standard error is closed or its disk is full.
            return


def _worth_a_line(record: logging.LogRecord) -> bool:
    return _is_ours(record) or record.levelno >= logging.WARNING


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name == OURS or record.name.startswith(f"{OURS}.")


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    if _is_ours(record):
        yield "event", _event(record)
        for key, value in record.__dict__.items():
            if key not in _FIELDS_OF_EVERY_RECORD:
                yield key, value
    else:
        yield "event", _fixed_part(record)
        yield "from", f"{_short(record.pathname)}:{record.lineno}"
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        yield "error", kinds(error)
        yield "at", " | ".join(filter(None, map(_frames, _chain(error)))) or "nowhere"


def _event(record: logging.LogRecord) -> object:
    """Our sentence with its values; an exception among them shows its kind, not its text."""
    if isinstance(record.args, tuple) and record.args:
        values = (kinds(each) if isinstance(each, BaseException) else each for each in record.args)
        return str(record.msg) % tuple(values)
    return record.msg if isinstance(record.msg, BaseException) else record.getMessage()


def _fixed_part(record: logging.LogRecord) -> object:
    """The sentence before its values are put in. One without values may be built already, as
    asyncio's are, with the text of an exception in it: `from` then says where to look it up."""
    if isinstance(record.msg, BaseException) or (record.args and isinstance(record.msg, str)):
        return record.msg
    return "(not shown)"


def kinds(error: BaseException) -> str:
    """What went wrong, as far as it can be said without the text: `KeyError from OSError:EIO`."""
    return " from ".join(_kind(each) for each in _chain(error))


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, BaseExceptionGroup):
        return f"{name}[{', '.join(kinds(each) for each in error.exceptions)}]"
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorname", None):
        return f"{name}:{error.sqlite_errorname}"
    if isinstance(error, OSError) and error.errno is not None and error.errno in errorcode:
        return f"{name}:{errorcode[error.errno]}"
    return name


def _chain(error: BaseException) -> list[BaseException]:
    """The error, what it came from, what that came from ..., at most five."""
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in chain and len(chain) < 5:
        chain.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return chain


def _frames(error: BaseException) -> str:
    """Where it happened, innermost last. A runaway recursion has thousands: ten are enough."""
    frames = deque(walk_tb(error.__traceback__), maxlen=10)
    return " ".join(f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in frames)


def _short(path: str) -> str:
    """Without the folders before it, which name the machine and its people."""
    _, installed, tail = path.rpartition("site-packages/")
    if installed:
        return tail
    return path.removeprefix(_HERE) if path.startswith(_HERE) else "/".join(path.split("/")[-2:])


def _hidden_unless_a_date(found: re.Match[str]) -> str:
    return found[0] if _DATE.fullmatch(found[0]) else HIDDEN


def _quoted(text: str) -> str:
    """One line whatever is in it: a break in a value must not look like a line of its own."""
    if text and text.isprintable() and not _NEEDS_QUOTES.search(text):
        return text
    return dumps(text, ensure_ascii=not text.isprintable())
