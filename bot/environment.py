"""Take single values out of the environment, checked; collect the mistakes instead of stopping."""

import hmac
import ipaddress
import math
import os.path
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

PREFIX = "WILLAQ_"
_YES = ("on", "yes", "true", "1")
_NO = ("off", "no", "false", "0")


class Secret:
    """A value that is never shown: printing or formatting it gives ****. `reveal` opens it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "****"

    def __format__(self, how: str) -> str:
        return format(repr(self), how)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._value)


class Environment:
    """What was given, and the mistakes found so far. Whoever asks gets a usable value anyway.

    An empty value counts as not given. No mistake repeats a secret: most of it may be right.
    """

    def __init__(self, environ: Mapping[str, str], secrets: Sequence[str]) -> None:
        self.names = [name for name in environ if name.startswith(PREFIX)]
        self.mistakes: list[str] = []
        self._values = {name: environ[name].strip() for name in self.names}
        for name in secrets:
            self._take_from_file(name)

    def mistake(self, name: str, what: str) -> None:
        self.mistakes.append(f"{name}: {what}")

    def text(self, name: str) -> str | None:
        return self._values.get(name) or None

    def secret(self, name: str, pattern: str, shape: str) -> Secret | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(pattern, value):
            self.mistake(name, f"this does not look like one. It has to be {shape}.")
        return Secret(value)

    def folder(self, name: str, default: Path) -> Path:
        path = self._path(name, default)
        if os.path.isfile(path):
            self.mistake(name, f"{path} is a file. Give a folder; it is made when missing.")
        if path == Path(path.anchor):
            self.mistake(name, f"{path} is the whole disk. Give a folder of Willaq's own.")
            return default
        return path

    def file(self, name: str, default: Path) -> Path:
        path = self._path(name, default)
        if os.path.isdir(path):
            self.mistake(name, f"{path} is a folder. Give a file; it is made when missing.")
        return path

    def one_of(self, name: str, default: str, words: Sequence[str]) -> str:
        value = (self.text(name) or default).lower()
        if value in words:
            return value
        choice = f"{', '.join(words[:-1])} or {words[-1]}"
        self.mistake(name, f'"{value}" is not one of its words. Give {choice}.')
        return default

    def yes_or_no(self, name: str, default: str) -> bool:
        return self.one_of(name, default, (*_YES, *_NO)) in _YES

    def host(self, name: str, default: str) -> str:
        host = self.text(name) or default
        if is_address(host) or re.fullmatch(r"(?!-)[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*", host):
            return host
        self.mistake(
            name,
            f'"{host}" is no address of a machine. Give 127.0.0.1 (only this machine), '
            "0.0.0.0 (all networks) or a name, without http:// or port.",
        )
        return default

    def port(self, name: str, default: int) -> int:
        port = self.text(name) or str(default)
        if re.fullmatch(r"[0-9]{1,5}", port) and int(port) <= 65535:
            return int(port)
        self.mistake(name, f'"{port}" is no port. Give a number up to 65535; 0 takes any free one.')
        return default

    def rate(self, name: str, default: float) -> float:
        value = self.text(name) or str(default)
        try:
            rate = float(value)
        except ValueError:
            rate = math.nan
        if math.isfinite(rate) and rate > 0:
            return rate
        self.mistake(name, f'"{value}" is no rate. Give messages per second, as in {default:g}.')
        return default

    def web_address(self, name: str, value: str, example: str) -> SplitResult | None:
        parts = split(value)
        if parts and parts.scheme in ("http", "https") and parts.hostname:
            extra = parts.username or parts.query or parts.fragment or re.search(r"\s", value)
            if not extra:
                return parts
        self.mistake(name, f"this is no web address. Give one as in {example}.")
        return None

    def _path(self, name: str, default: Path) -> Path:
        value = self.text(name)
        if value is None:
            return default
        try:
            return Path(value).expanduser().absolute()
        except RuntimeError:
            self.mistake(name, f"nobody knows which folder ~ is in {value}. Write it out.")
            return default

    def _take_from_file(self, name: str) -> None:
        file = self.text(f"{name}_FILE")
        if file is None:
            return
        if self.text(name):
            self.mistake(name, f"given twice, also by {name}_FILE. Keep one of the two.")
            return
        try:
            self._values[name] = Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not text"
            self.mistake(
                f"{name}_FILE", f"{file} cannot be read ({why}). Give a text file Willaq may read."
            )
            return
        if not self._values[name]:
            self.mistake(f"{name}_FILE", f"{file} is empty. Put the value into it.")


def split(url: str) -> SplitResult | None:
    """None where there is no sense in it; a port that is none shows only when asked for."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def is_loopback(host: str) -> bool:
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
