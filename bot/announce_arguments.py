"""What can be asked of `willaq announce`. Apart from what does it, which takes longer to read."""

import argparse
import re
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.dialogue.hours import LIMA

_UNITS_S: Final = {"h": 3600.0, "d": 24 * 3600.0}
# Of an announcement, by its number: what is done and what it means.
_ACTS: Final = {
    "submit": "lo entrega a quien aprueba",
    "schedule": "lo deja listo para que empiece solo, a la hora de --at",
    "start": "lo empieza a enviar ahora",
    "pause": "lo detiene; lo que falta espera",
    "resume": "sigue con lo que falta",
    "cancel": "lo termina; lo que falta no se envía",
    "resend": "envía otra vez los que no se sabe si llegaron: a algunas les llegará dos veces",
    "report": "cuenta qué pasó con cada mensaje",
    "preview": "muestra cada mensaje como ella lo verá, a cuántas les llega y a quiénes no",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(required=True, metavar="JOB", dest="job")
    _new(jobs.add_parser("new", help="guarda un aviso nuevo; nada se envía todavía"))
    for act, help in _ACTS.items():
        jobs.add_parser(act, help=help).add_argument("number", type=int, metavar="NUMERO")
    read = jobs.add_parser("approve", help="lo aprueba (solo con WILLAQ_TWO_PERSON=off)")
    read.add_argument("number", type=int, metavar="NUMERO")
    read.add_argument("--version", type=int, required=True, help="la que leíste: la dice `preview`")
    shown = jobs.add_parser("list", help="los avisos, los nuevos primero")
    shown.add_argument("--all", action="store_true", help="también los más antiguos")
    again = jobs.add_parser(
        "allow", help="deja que salgan avisos otra vez, después de restaurar una copia"
    )
    again.add_argument(
        "--yes", action="store_true", help="leí lo que puede pasar; sin esto, solo se explica"
    )
    for job in jobs.choices.values():
        job.add_argument("--json", action="store_true", help="en JSON")


def _new(new: argparse.ArgumentParser) -> None:
    new.add_argument("--title", required=True, metavar="TITULO", help="solo lo ven ustedes")
    new.add_argument(
        "--text", type=_text, action="append", required=True, metavar="es=TEXTO",
        help="el idioma y el texto, o el archivo que lo tiene; otra vez --text para otro idioma",
    )  # fmt: skip
    everybody = "; sin esto, todos"
    for name, help in {
        "channel": "solo por este canal: telegram o whatsapp",
        "language": "solo a quien lee este idioma, como quy",
        "region": "solo de esta región: su nombre, su código (05) o el de una provincia (0501)",
    }.items():
        new.add_argument(f"--{name}", action="append", default=[], help=help + everybody)
    new.add_argument("--edition", default="", help="solo a quien se inscribió en esta escuela")
    new.add_argument(
        "--at", type=_lima, metavar="'2026-12-01 10:00'", help="cuándo empieza, hora de Lima"
    )
    new.add_argument("--repeat", choices=("weekly", "monthly"), default="", help="cada cuánto")
    new.add_argument(
        "--expires", type=_seconds, default=3 * _UNITS_S["d"], metavar="3d",
        help="después de este tiempo ya no se envía nada de él: 12h o 3d, hasta 30d",
    )  # fmt: skip
    new.add_argument("--attach", type=Path, metavar="ARCHIVO", help="foto, voz o documento")
    new.add_argument(
        "--no-canary", action="store_true", help="sin enviarlo primero a una de cada cien"
    )


def _text(value: str) -> tuple[str, str]:
    language, equals, text = value.partition("=")
    if not equals or not re.fullmatch("[a-z]{2,3}", language):
        raise argparse.ArgumentTypeError("escribe el idioma, = y el texto, como es='Hola'")
    return language, text


def _lima(value: str) -> float:
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M").replace(tzinfo=LIMA).timestamp()
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"«{value}» no es un día y una hora. Escríbelo así: '2026-12-01 10:00'"
        ) from None


def _seconds(value: str) -> float:
    found = re.fullmatch(r"(\d{1,4})([hd])", value)
    if not found:
        raise argparse.ArgumentTypeError(f"«{value}» no es un plazo. Escribe 12h o 3d")
    return int(found[1]) * _UNITS_S[found[2]]
