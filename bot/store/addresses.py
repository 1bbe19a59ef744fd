"""Make what could point at a woman unreadable without the key, and keep that key safe.

Rule 1: the key lives in one file, outside the database and its copies. Whoever has only one of the
two has nothing; whoever loses the key has lost every address.
Rule 2: a new key is made only for a database that holds nothing yet. Anything else would quietly
cut Willaq off from every woman it knows.
"""

import hmac
import logging
import os
import stat
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.store.base import StoreError

Column = Literal["address", "state", "body", "ref", "answers", "totp", "voice", "proof"]

KEY_BYTES: Final = 32
_FORMAT: Final = b"\x01"
_NONCE_BYTES: Final = 12
_INDEX_BYTES: Final = 16
# The length of a state or a waiting answer would give away which topic it is about.
_BLOCK_BYTES: Final[Mapping[Column, int]] = {
    "address": 32,
    "state": 512,
    "body": 512,
    "ref": 64,
    "answers": 256,
    "totp": 64,
    "voice": 128,
    "proof": 128,
}

log = logging.getLogger(__name__)


class KeyProblem(StoreError):
    """The key file cannot be used; Willaq does not start, and nothing was changed."""


class KeyLost(KeyProblem):
    """The database was written with a key, and its file is not there."""


class KeyMismatch(KeyProblem):
    """This is a key, but not the one the database was written with."""


class KeyUnusable(KeyProblem):
    """The key file cannot be read, is no key, or is open to everybody."""


class Damaged(StoreError):
    """A value does not open with the key: the file is damaged, or somebody changed it."""


class Vault:
    """Seals and opens single values with keys derived from one secret of 32 bytes.

    A sealed value opens only as the column and channel it was sealed for. One secret is good for
    some 4,000 million values (random nonces of 96 bits).
    """

    def __init__(self, secret: bytes) -> None:
        self._sealer = AESGCM(_derive(secret, "seal"))
        self._index_key = _derive(secret, "index")
        self._sign_key = _derive(secret, "sign")
        self.check = _derive(secret, "check").hex()

    @classmethod
    def open(cls, key_file: Path, *, make: bool) -> "Vault":
        """`make`: make a missing file, the database holds nothing yet. Raises KeyProblem."""
        try:
            return cls(_read(key_file, make))
        except FileNotFoundError:
            if make:
                return cls(_make(key_file))
            raise KeyLost(
                f"The key file {key_file} is missing, and without it nobody can read the addresses "
                "in the database. Put its copy back there, or point WILLAQ_KEY_FILE to it."
            ) from None

    @classmethod
    def in_memory(cls) -> "Vault":
        """A key that is gone with this process."""
        return cls(os.urandom(KEY_BYTES))

    def seal(self, plain: bytes, column: Column, channel: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        bound = _bound(_FORMAT, column, channel)
        return _FORMAT + nonce + self._sealer.encrypt(nonce, _pad(plain, column), bound)

    def unseal(self, sealed: bytes, column: Column, channel: str) -> bytes:
        """Raises Damaged."""
        nonce = sealed[1 : 1 + _NONCE_BYTES]
        bound = _bound(sealed[:1], column, channel)
        try:
            padded = self._sealer.decrypt(nonce, sealed[1 + _NONCE_BYTES :], bound)
        except (InvalidTag, ValueError):
            raise Damaged(
                f"A value in the database ({column}) does not open with the key. The file is "
                "damaged, or another program changed it. Restore the last backup."
            ) from None
        return padded[: padded.rindex(b"\x80")]

    def index(
        self, kind: Literal["address", "message", "token"], channel: str, value: str
    ) -> bytes:
        """The same for the same value, and of no use to find the value without the key."""
        what = _joined(kind, channel, value)
        return hmac.digest(self._index_key, what, "sha256")[:_INDEX_BYTES]

    def sign(self, what: bytes) -> bytes:
        """32 bytes that only this key gives for `what`."""
        return hmac.digest(self._sign_key, what, "sha256")


def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"willaq 1 {purpose}".encode()).derive(secret)


def _joined(*parts: str) -> bytes:
    return as_bytes("\0".join(parts))


def as_bytes(text: str) -> bytes:
    """Platforms promise nothing about their ids: half a surrogate pair must not stop us."""
    return text.encode("utf-8", "surrogatepass")


def as_text(plain: bytes) -> str:
    return plain.decode("utf-8", "surrogatepass")


@lru_cache(maxsize=256)
def _bound(form: bytes, column: Column, channel: str) -> bytes:
    return form + _joined(column, channel)


def _pad(plain: bytes, column: Column) -> bytes:
    ended = plain + b"\x80"
    return ended + bytes(-len(ended) % _BLOCK_BYTES[column])


def _read(key_file: Path, make: bool) -> bytes:
    try:
        secret = key_file.read_bytes()
        mode = stat.S_IMODE(key_file.stat().st_mode)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyUnusable(
            f"The key file {key_file} cannot be read ({error.strerror}). "
            "Let the one who runs Willaq, and nobody else, read it."
        ) from error
    if len(secret) != KEY_BYTES:
        todo = (
            "The database holds nothing yet, so you may delete the file: a new key is made."
            if make
            else "Put the copy of the right one back."
        )
        raise KeyUnusable(
            f"{key_file} is no key of Willaq: it has {len(secret)} bytes instead of {KEY_BYTES}. "
            f"{todo}"
        )
    if mode & stat.S_IRWXO:
        _close_to_others(key_file, mode)
    return secret


def _close_to_others(key_file: Path, mode: int) -> None:
    try:
        key_file.chmod(mode & ~stat.S_IRWXO)
    except OSError as error:
        raise KeyUnusable(
            f"Everybody on this machine can read the key file {key_file}, and that could not be "
            f"changed ({error.strerror}). Run: chmod 600 {key_file}"
        ) from error
    log.warning("the key file was open to everybody on this machine; it no longer is")


def _make(key_file: Path) -> bytes:
    """Written to the disk before anything is sealed with it, and never over another one."""
    secret = os.urandom(KEY_BYTES)
    try:
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        _write(handle, key_file, secret)
    except FileExistsError:
        # Another Willaq made it this instant.
        return _read(key_file, make=True)
    except OSError as error:
        raise KeyUnusable(
            f"The key file {key_file} cannot be made ({error.strerror}). Let the one who runs "
            "Willaq write in that folder, or point WILLAQ_KEY_FILE elsewhere."
        ) from error
    log.info("a new key was made: keep a copy of it, apart from the copies of the database")
    return secret


def _write(handle: int, key_file: Path, secret: bytes) -> None:
    try:
        with open(handle, "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(handle)
        folder = os.open(key_file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError:
        # Half a key would look like a damaged one at the next start.
        key_file.unlink(missing_ok=True)
        raise
