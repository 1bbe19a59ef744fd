"""Read the environment once into one frozen Settings; every mistake is reported at once.

Nothing else looks at the environment. Each field but `home` is the variable WILLAQ_<FIELD>, so
`telegram_token` is WILLAQ_TELEGRAM_TOKEN. A secret may come as a file: WILLAQ_TELEGRAM_TOKEN_FILE.
"""

import os.path
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from bot.environment import PREFIX, Environment, Secret, is_loopback, split

__all__ = [
    "SECRETS",
    "VARIABLES",
    "Drafts",
    "LogLevel",
    "Secret",
    "Settings",
    "SettingsError",
    "read",
]

Drafts = Literal["show", "hide"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class SettingsError(Exception):
    """The settings hold mistakes; each line names one and says what to do."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`home` is the project's folder; all paths are absolute, all addresses without a last /."""

    home: Path
    data_dir: Path
    # Not shown either: a PostgreSQL address carries its password.
    database_url: str = field(repr=False)
    key_file: Path
    http_host: str
    http_port: int
    public_url: str | None
    telegram_token: Secret | None
    telegram_api_url: str
    telegram_webhook_secret: Secret | None
    telegram_rate: float
    whatsapp_token: Secret | None
    whatsapp_phone_number_id: str | None
    whatsapp_app_secret: Secret | None
    whatsapp_verify_token: Secret | None
    whatsapp_api_url: str
    whatsapp_rate: float
    whatsapp_account_id: str | None
    whatsapp_template: str | None
    drafts: Drafts
    log_level: LogLevel
    two_person: bool

    @property
    def content_dir(self) -> Path:
        return self.home / "content"

    @property
    def locales_dir(self) -> Path:
        return self.home / "locales"

    @property
    def services_file(self) -> Path:
        return self.data_dir / "services.csv"

    @property
    def console_at(self) -> str:
        """What stands before /console. Over plain http it opens on this machine only."""
        return self.public_url or f"http://127.0.0.1:{self.http_port}"

    @property
    def kept_dir(self) -> Path:
        """What is made anew when it is not there."""
        return self.home / ".cache"

    @property
    def recordings_dir(self) -> Path:
        """What translators recorded by chat: the project's own files may be read-only."""
        return self.data_dir / "recordings"

    @property
    def voice_notes_dir(self) -> Path:
        """Recordings that wait for their translator's yes."""
        return self.data_dir / "voice-notes"

    def file(self, path: str) -> Path:
        """Where a file of ours is, by its path as attachments name it."""
        return (self.data_dir if path.partition("/")[0] in _IN_DATA else self.home) / path

    def read_file(self, path: str) -> bytes:
        return self.file(path).read_bytes()

    @property
    def sqlite_file(self) -> Path | None:
        """Where the database is, or None when it is PostgreSQL."""
        if not self.database_url.startswith(_SQLITE):
            return None
        return Path(self.database_url.removeprefix(_SQLITE))

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All that must never be seen, for those who hide it."""
        values = [getattr(self, each.name) for each in fields(self)]
        password = urlsplit(self.database_url).password
        return (
            *(value for value in values if isinstance(value, Secret)),
            *([Secret(password)] if password else []),
        )


VARIABLES = tuple(
    f"{PREFIX}{each.name.upper()}" for each in fields(Settings) if each.name != "home"
)
SECRETS = (
    "WILLAQ_DATABASE_URL",
    "WILLAQ_TELEGRAM_TOKEN",
    "WILLAQ_TELEGRAM_WEBHOOK_SECRET",
    "WILLAQ_WHATSAPP_TOKEN",
    "WILLAQ_WHATSAPP_APP_SECRET",
    "WILLAQ_WHATSAPP_VERIFY_TOKEN",
)
_WHATSAPP_NEEDS = (
    "WILLAQ_WHATSAPP_TOKEN",
    "WILLAQ_WHATSAPP_PHONE_NUMBER_ID",
    "WILLAQ_WHATSAPP_APP_SECRET",
    "WILLAQ_WHATSAPP_VERIFY_TOKEN",
)
_SQLITE = "sqlite:///"
_IN_DATA = ("recordings", "voice-notes", "announcements")
_TOKEN = (
    r"\d+:[A-Za-z0-9_-]+",
    "the token @BotFather gave: digits, a colon, letters, and nothing around it",
)
_WEBHOOK_SECRET = (r"[A-Za-z0-9_-]{1,256}", "1 to 256 of the characters A-Z a-z 0-9 _ -")
_PHONE_NUMBER_ID = ("phone number ID", "not the phone number, no + and no spaces")
_ACCOUNT_ID = ("WhatsApp Business Account ID", "not the app's ID")
_NO_SPACES = (r"[!-~]+", "copied whole, without spaces")


def read(environ: Mapping[str, str], home: Path) -> Settings:
    """Raise SettingsError with all mistakes. An empty value counts as not given."""
    env = Environment(environ, SECRETS)
    home = home.absolute()
    data_dir = env.folder("WILLAQ_DATA_DIR", home / "data")
    settings = Settings(
        home=home,
        data_dir=data_dir,
        database_url=_database_url(env, data_dir),
        key_file=_key_file(env, data_dir),
        http_host=env.host("WILLAQ_HTTP_HOST", "127.0.0.1"),
        http_port=env.port("WILLAQ_HTTP_PORT", 8080),
        public_url=_public_url(env),
        telegram_token=env.secret("WILLAQ_TELEGRAM_TOKEN", *_TOKEN),
        telegram_api_url=_telegram_api_url(env),
        telegram_webhook_secret=env.secret("WILLAQ_TELEGRAM_WEBHOOK_SECRET", *_WEBHOOK_SECRET),
        telegram_rate=env.rate("WILLAQ_TELEGRAM_RATE", 30.0),
        whatsapp_token=env.secret("WILLAQ_WHATSAPP_TOKEN", *_NO_SPACES),
        whatsapp_phone_number_id=_digits(env, "WILLAQ_WHATSAPP_PHONE_NUMBER_ID", *_PHONE_NUMBER_ID),
        whatsapp_app_secret=env.secret("WILLAQ_WHATSAPP_APP_SECRET", *_NO_SPACES),
        whatsapp_verify_token=env.secret("WILLAQ_WHATSAPP_VERIFY_TOKEN", *_NO_SPACES),
        whatsapp_api_url=_whatsapp_api_url(env),
        whatsapp_rate=env.rate("WILLAQ_WHATSAPP_RATE", 80.0),
        whatsapp_account_id=_digits(env, "WILLAQ_WHATSAPP_ACCOUNT_ID", *_ACCOUNT_ID),
        whatsapp_template=_template(env),
        drafts=cast(Drafts, env.one_of("WILLAQ_DRAFTS", "show", ("show", "hide"))),
        log_level=_log_level(env),
        two_person=env.yes_or_no("WILLAQ_TWO_PERSON", "on"),
    )
    _whatsapp_is_whole(env)
    _nothing_is_unknown(env)
    if env.mistakes:
        raise SettingsError(env.mistakes)
    return settings


def _database_url(env: Environment, data_dir: Path) -> str:
    name = "WILLAQ_DATABASE_URL"
    url = env.text(name) or f"{_SQLITE}willaq.db"
    if url.startswith(_SQLITE) and url.removeprefix(_SQLITE) not in ("", ":memory:"):
        return f"{_SQLITE}{data_dir / url.removeprefix(_SQLITE)}"
    parts = split(url)
    if parts and parts.scheme == "postgresql" and parts.hostname and parts.path.strip("/"):
        return url
    env.mistake(
        name,
        "this is no database address. Give sqlite:///willaq.db (a file in WILLAQ_DATA_DIR), "
        "sqlite:////folder/willaq.db, or postgresql://name:password@host/database.",
    )
    return f"{_SQLITE}{data_dir / 'willaq.db'}"


def _key_file(env: Environment, data_dir: Path) -> Path:
    """Beside the data folder unless told otherwise: a copy of the data is no copy of the key.

    The place follows from the data folder alone, so the same data finds its key again whoever
    starts Willaq, and from wherever.
    """
    name = "WILLAQ_KEY_FILE"
    path = env.file(name, data_dir.parent / f"{data_dir.name}.key")
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(data_dir)):
        env.mistake(
            name,
            f"{path} is inside the data folder, so whoever copies the data has the key. "
            "Give a file elsewhere.",
        )
    return path


def _public_url(env: Environment) -> str | None:
    name = "WILLAQ_PUBLIC_URL"
    url = env.text(name)
    if url is None:
        return None
    parts = env.web_address(name, url, "https://willaq.example.org")
    if parts and parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        env.mistake(
            name,
            "http lets others on the way read along. Give the https:// address "
            "(plain http only for this same machine: localhost, 127.0.0.1).",
        )
    return url.rstrip("/")


def _telegram_api_url(env: Environment) -> str:
    name, default = "WILLAQ_TELEGRAM_API_URL", "https://api.telegram.org"
    url = (env.text(name) or default).rstrip("/")
    parts = env.web_address(name, url, default)
    if parts and re.search(r"/bot[^/]*$", parts.path):
        env.mistake(name, "Willaq adds /bot and the token itself. Give only what stands before.")
    return url


def _whatsapp_api_url(env: Environment) -> str:
    name, default = "WILLAQ_WHATSAPP_API_URL", "https://graph.facebook.com"
    url = (env.text(name) or default).rstrip("/")
    parts = env.web_address(name, url, default)
    if parts and re.search(r"/v\d+\.\d+$", parts.path):
        env.mistake(name, "Willaq adds the version itself. Give only what stands before.")
    return url


def _digits(env: Environment, name: str, shown_as: str, is_not: str) -> str | None:
    value = env.text(name)
    if value and not re.fullmatch(r"[0-9]+", value):
        env.mistake(
            name, f"this is no id. Give the digits that Meta shows as {shown_as} ({is_not})."
        )
    return value


def _template(env: Environment) -> str | None:
    name = "WILLAQ_WHATSAPP_TEMPLATE"
    value = env.text(name)
    if value and not re.fullmatch(r"[a-z0-9_]{1,512}", value):
        env.mistake(
            name,
            "this is no template's name. Give the one Meta approved: small letters, digits and _.",
        )
    return value


def _log_level(env: Environment) -> LogLevel:
    words = ("debug", "info", "warning", "error")
    return cast(LogLevel, env.one_of("WILLAQ_LOG_LEVEL", "info", words).upper())


def _whatsapp_is_whole(env: Environment) -> None:
    missing = [name for name in _WHATSAPP_NEEDS if not env.text(name)]
    if missing and len(missing) < len(_WHATSAPP_NEEDS):
        others = ", ".join(missing[1:])
        also = f", as well as {others}" if others else ""
        env.mistake(missing[0], f"missing{also}. WhatsApp needs its four settings, or none.")


def _nothing_is_unknown(env: Environment) -> None:
    known = [*VARIABLES, *(f"{name}_FILE" for name in SECRETS)]
    for name in env.names:
        if name in known:
            continue
        # Without the prefix they share, which makes everything look close.
        close = get_close_matches(
            name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1
        )
        hint = f"Did you mean {PREFIX}{close[0]}?" if close else "docs/settings.md has them all."
        env.mistake(name, f"there is no such setting. {hint}")
