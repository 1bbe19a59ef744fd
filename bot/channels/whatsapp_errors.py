"""What WhatsApp's error codes mean for the next try, and in words an organizer understands.

The same codes come at once, as the answer to a request (`judge`), and later, in a status
(`failed`). Meta asks to go by the code alone: its titles change.

Rule 1: what Meta says besides the code is read, never logged: it can quote numbers and texts.
Rule 2: what only we can mend, for all messages at once, makes them wait; it does not fail them.
"""

import logging
from collections.abc import Mapping
from typing import Final, TypedDict

from bot.channels.base import SendError
from bot.channels.foreign import an_object, decoded, whole

TOKEN_WAIT_S: Final = 60.0
MEND_WAIT_S: Final = 300.0
RATE_WAIT_S: Final = 2.0  # they count by the second
HOURLY_WAIT_S: Final = 60.0  # they count by the hour, and let go little by little
MAINTENANCE_WAIT_S: Final = 60.0  # "a few minutes"
LIMIT_WAIT_S: Final = 3600.0  # they count the last 24 hours
ENOUGH_WAIT_S: Final = 24 * 3600.0  # Meta: not before a day has gone by
PAIR_GROWTH: Final = 4.0  # Meta: wait 4^n seconds

log = logging.getLogger(__name__)


class Policy(TypedDict, total=False):
    """Of a SendError, what the reason leaves open."""

    permanent: bool
    unreachable: bool
    retry_after_s: float
    everyone: bool
    window: bool
    stopped: bool
    buttons: bool
    growth: float


Meaning = tuple[str, Policy]

_AGAIN: Final[Policy] = {}
_NEVER: Final[Policy] = {"permanent": True}
_UNREACHABLE: Final[Policy] = {"unreachable": True}
_UNTIL_MENDED: Final[Policy] = {"retry_after_s": MEND_WAIT_S, "everyone": True}

_RATE: Final[Meaning] = ("rate", {"retry_after_s": RATE_WAIT_S, "everyone": True})
_HOURLY: Final[Meaning] = ("rate", {"retry_after_s": HOURLY_WAIT_S, "everyone": True})
_TOKEN: Final[Meaning] = ("token", {"retry_after_s": TOKEN_WAIT_S, "everyone": True})
_PERMISSION: Final[Meaning] = ("permission", _UNTIL_MENDED)
_LOCKED: Final[Meaning] = ("locked", _UNTIL_MENDED)
_REGISTRATION: Final[Meaning] = ("registration", _UNTIL_MENDED)
_SERVER: Final[Meaning] = ("server", _AGAIN)
_REJECTED: Final[Meaning] = ("rejected", _NEVER)
_TEMPLATE: Final[Meaning] = ("template", _NEVER)
_MEDIA: Final[Meaning] = ("media", _NEVER)
_NO_SUCH_NUMBER: Final[Meaning] = ("number", _UNTIL_MENDED)

CODES: Final[Mapping[int, Meaning]] = {
    # Later.
    1: _SERVER,
    2: _SERVER,
    131000: _SERVER,
    131016: _SERVER,
    133004: _SERVER,
    135000: _SERVER,
    131057: ("maintenance", {"retry_after_s": MAINTENANCE_WAIT_S, "everyone": True}),
    4: _HOURLY,
    80007: _HOURLY,
    130429: _RATE,
    131056: ("pace", {"growth": PAIR_GROWTH}),
    131048: ("spam", {"retry_after_s": LIMIT_WAIT_S}),
    131064: ("limit", {"retry_after_s": LIMIT_WAIT_S}),
    131049: ("enough", {"retry_after_s": ENOUGH_WAIT_S}),
    # About her.
    131047: ("window", {"window": True}),
    131050: ("unwanted", {"permanent": True, "stopped": True}),
    130472: ("experiment", _NEVER),
    131021: ("ourselves", _UNREACHABLE),
    131026: ("undeliverable", {"unreachable": True, "buttons": True}),
    131030: ("testing", _UNREACHABLE),
    131062: ("no number", _UNREACHABLE),
    # Ours to mend, in this message.
    100: _REJECTED,
    131008: _REJECTED,
    131009: _REJECTED,
    131051: _REJECTED,
    131052: _MEDIA,
    131053: _MEDIA,
    131063: _TEMPLATE,
    130497: ("country", _NEVER),
    # Ours to mend, for all messages.
    0: _TOKEN,
    190: _TOKEN,
    3: _PERMISSION,
    10: _PERMISSION,
    131005: _PERMISSION,
    368: _LOCKED,
    131031: _LOCKED,
    131037: ("display name", _UNTIL_MENDED),
    # Answers within the window may still go: each message finds out for itself.
    131042: ("payment", {"retry_after_s": MEND_WAIT_S}),
    131045: _REGISTRATION,
    133010: _REGISTRATION,
    133016: _REGISTRATION,
}
_RANGES: Final[Mapping[range, Meaning]] = {
    range(200, 300): _PERMISSION,
    range(132000, 133000): _TEMPLATE,
}
_NOT_THERE: Final = 33  # subcode of 100: the number's id is wrong, or this token may not see it

IN_WORDS: Final[Mapping[str, str]] = {
    "network": "No hay conexión con WhatsApp. Se intenta otra vez.",
    "server": "WhatsApp tiene un problema. Se intenta otra vez.",
    "garbled": "WhatsApp respondió algo que no se entiende. Se intenta otra vez.",
    "maintenance": "WhatsApp está actualizando nuestra cuenta. Se espera unos minutos.",
    "rate": "Enviamos más rápido de lo que WhatsApp permite. Se espera un poco.",
    "pace": "Enviamos a esta persona muchos mensajes seguidos. Se espera un poco.",
    "spam": (
        "WhatsApp limitó nuestro número porque varias personas lo bloquearon o lo reportaron. "
        "Escriban menos avisos y solo a quien los pidió."
    ),
    "limit": (
        "Hoy llegamos al número de personas a las que WhatsApp nos deja escribir primero. "
        "Los demás mensajes salen cuando lo permita."
    ),
    "enough": (
        "WhatsApp no lo entregó porque ella ya recibió muchos avisos. Se intenta al día siguiente."
    ),
    "window": "Pasaron 24 horas desde su último mensaje. Se espera a que ella escriba.",
    "unwanted": "Ella pidió a WhatsApp no recibir más avisos nuestros.",
    "experiment": "WhatsApp no entrega avisos a esta persona por una prueba suya.",
    "ourselves": "El número al que se escribe es el nuestro.",
    "undeliverable": (
        "No se le puede escribir: no tiene WhatsApp, nos bloqueó o usa una versión antigua."
    ),
    "testing": (
        "Nuestro número es de prueba y el de ella no está en la lista permitida de Meta. "
        "Agréguenlo en Meta o usen un número definitivo."
    ),
    "no number": "WhatsApp no deja enviarle este mensaje sin saber su número.",
    "rejected": "WhatsApp no acepta este mensaje. Es un error de Willaq: avisen a quien lo cuida.",
    "media": "WhatsApp no pudo usar el archivo. Revisen que no sea muy grande ni esté dañado.",
    "template": (
        "WhatsApp no acepta la plantilla: falta, está en pausa o cambió. Revísenla en Meta."
    ),
    "country": "WhatsApp no deja a nuestra cuenta escribir al país de esta persona.",
    "token": "La clave de WhatsApp no vale o venció. Cambien WILLAQ_WHATSAPP_TOKEN.",
    "permission": (
        "La clave de WhatsApp no tiene permiso para enviar mensajes. Denle el permiso en Meta."
    ),
    "locked": "Meta bloqueó nuestra cuenta de WhatsApp. Revisen qué pide en Meta.",
    "display name": "Meta todavía no aprobó el nombre que muestra nuestro número.",
    "payment": "Hay un problema con el pago a Meta. Revisen la forma de pago.",
    "registration": "Nuestro número no está bien registrado en WhatsApp. Regístrenlo otra vez.",
    "number": "Meta no conoce nuestro número. Revisen WILLAQ_WHATSAPP_PHONE_NUMBER_ID.",
}
_OURS_TO_MEND: Final = frozenset(
    """rejected media template country token permission locked payment registration number
    spam""".split()
) | {"display name"}


def judge(status: int, body: bytes) -> SendError:
    """What an answer other than yes means. What somebody has to mend, the log says."""
    error = an_object(decoded(body).get("error"))
    code = whole(error.get("code"))
    if code is None:
        # Not Meta but something on the way to it: what it says about her is worth nothing.
        return SendError("garbled" if status < 300 else "server", unsure=not 300 <= status < 500)
    is_passing = status >= 500 or error.get("is_transient") is True
    reason, policy = _meaning(code) or _by_status(status, is_passing)
    if code == 100 and error.get("error_subcode") == _NOT_THERE:
        reason, policy = _NO_SUCH_NUMBER
    if reason in _OURS_TO_MEND:
        log.error("WhatsApp refuses what we send: %s", reason, extra={"code": code})
    return SendError(reason, **policy)


def failed(code: int | None) -> SendError:
    """What a failure means that a status tells later. Pure: the same status is told many times."""
    reason, policy = (None if code is None else _meaning(code)) or _REJECTED
    # Meta took the message by the id of a file that it no longer has: with a new id it goes.
    return SendError(reason) if reason == _MEDIA[0] else SendError(reason, **policy)


def _meaning(code: int) -> Meaning | None:
    if code in CODES:
        return CODES[code]
    return next((meaning for codes, meaning in _RANGES.items() if code in codes), None)


def _by_status(status: int, is_passing: bool) -> Meaning:
    """Of a code that is newer than this program."""
    if status == 429:
        return _HOURLY
    if status == 401:
        return _TOKEN
    return _SERVER if is_passing else _REJECTED
