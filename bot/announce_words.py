"""What `willaq announce` says to who organizes: in Spanish, and what to do next."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any, Final

from bot.dialogue.announcing import Broadcast, BroadcastState, Counts
from bot.dialogue.hours import LIMA
from bot.store.desk import Refusal, Refused

ALLOWED: Final = "Listo: los avisos pueden salir otra vez."
NOT_PAUSED: Final = "Los avisos no estaban detenidos."
_SENDS: Final = "Sale mientras Willaq está corriendo (willaq run)."
_REFUSALS: Final[Mapping[Refusal, str]] = {
    "unknown": "No hay ningún aviso {number}. Míralos: willaq announce list",
    "state": "No se puede: el aviso {number} está en «{now}».",
    "version": "El aviso {number} cambió desde que lo leíste. Míralo otra vez: "
    "willaq announce preview {number}",
    "own": "Aquí lo aprueba una segunda persona, y la terminal no sabe quién eres. Que lo apruebe "
    "en la consola o en su chat. Si en tu organización eres la única: WILLAQ_TWO_PERSON=off.",
    "empty": "Nadie recibiría el aviso {number}. Mira por qué: willaq announce preview {number}",
    "expired": "Ya es tarde para el aviso {number}: su hora o su plazo pasó.",
    "house": "Ahora no sale ningún aviso. Mira por qué: willaq announce allow",
}
_REFUSED: Final = {
    "not opted in": "no han dicho que sí",
    "opted out": "dijeron que no",
    "unreachable": "no se les puede escribir",
    "no text in her language": "no hay texto en su idioma",
}
_REASONS: Final = {
    "canary": "fallaron demasiados de los primeros",
    "expired": "se acabó el plazo",
    "restored": "se restauró una copia de la base de datos",
    "empty": "no había nadie a quien enviarlo",
}


def refusal(refused: Refused, asked: argparse.Namespace) -> str:
    number = getattr(asked, "number", "")
    return _REFUSALS.get(refused.why, refused.why).format(number=number, now=refused.now)


def done(found: Broadcast, two_person: bool) -> str:
    """What state it is in now, and what follows."""
    return f"{headline(found)}\n{_next(found, two_person)}"


def _next(found: Broadcast, two_person: bool) -> str:
    approve = f"willaq announce approve {found.id} --version {found.version}"
    read = f"Léelo: willaq announce preview {found.id}. "
    start = f"willaq announce {'schedule' if found.what.start_at else 'start'} {found.id}"
    then: Mapping[BroadcastState, str] = {
        "draft": f"{read}Luego: {f'willaq announce submit {found.id}' if two_person else approve}",
        "waiting for approval": "Lo aprueba otra persona, en la consola o en su chat."
        if two_person else f"{read}Luego: {approve}",
        "approved": f"Falta empezarlo: {start}",
        "scheduled": f"Empieza el {when(found.what.start_at)}. {_SENDS}",
        "sending": f"{_SENDS} Cómo va: willaq announce report {found.id}",
        "paused": f"Lo que falta espera. Para seguir: willaq announce resume {found.id}",
        "cancelled": f"Lo que falta no se envía. La cuenta: willaq announce report {found.id}",
        "done": f"La cuenta: willaq announce report {found.id}",
    }  # fmt: skip
    return then[found.state]


def headline(found: Broadcast) -> str:
    why = f" ({_REASONS.get(found.reason, found.reason)})" if found.reason else ""
    return f"Aviso {found.id}, {found.state}{why}, versión {found.version}: {found.what.title}"


def resent(many: int) -> str:
    return f"{many} mensajes salen otra vez. {_SENDS}" if many else "No había ninguno en duda."


def summed(found: Broadcast) -> str:
    if found.size is None:
        return "Todavía no empezó: no hay nada que contar."
    return f"{found.size:9}  en total"


def dry_run(counts: Counts, speaks: Mapping[str, str]) -> Iterator[str]:
    yield f"Le llega a {counts.total}:"
    for each in counts.groups:
        if each.text:
            read = f", lee el texto en {each.text}" if each.text != each.language else ""
            shut = "; primero se le pregunta si quiere leerlo" if each.window is False else ""
            yield f"{each.count:9}  {each.channel} {each.language}{read}{shut}"
    if counts.refused:
        yield f"No le llega a {sum(counts.refused.values())}:"
    for reason, many in counts.refused.items():
        yield f"{many:9}  {_REFUSED.get(reason, reason)}"
    for channel, seconds in counts.finish_s.items():
        ends = when(counts.finish_at[channel])
        yield f"Por {channel} tarda {_lasts(seconds)}. De noche no sale nada: termina el {ends}."


def listed(found: Sequence[Broadcast], house: str) -> Iterator[str]:
    if house:
        yield "Ahora no sale ningún aviso. Mira por qué: willaq announce allow"
    if not found:
        yield "Todavía no hay avisos. El primero: willaq announce new --title ... --text es=..."
    for each in found:
        size = "" if each.size is None else f"  para {each.size}"
        begins = f"  {when(each.what.start_at)}" if each.what.start_at else ""
        why = f" ({_REASONS.get(each.reason, each.reason)})" if each.reason else ""
        yield f"{each.id:5}  {each.state}{why}{begins}{size}  {each.what.title}"


def before_allowing(
    house: str, told: Mapping[str, Any], alive: Sequence[Broadcast]
) -> Iterator[str]:
    """Why nothing goes out, and what would happen if it could."""
    yield f"Los avisos están detenidos: {_REASONS.get(house, house)}."
    if told:
        yield (
            f"La copia es del {when(told['copied_at'])}."
            if told["copied_at"]
            else ("No se sabe de qué día es la copia.")
        )
        if told["compared"]:
            yield (
                "Se comparó con la base de datos que había: quien dijo que no desde entonces, o "
                "pidió borrar sus datos, no recibe nada."
            )
        else:
            yield (
                "No se pudo comparar con la base de datos que había. Mujeres que recibirían "
                f"avisos: {told['subscribed']}. Entre ellas está también quien dijo que no después "
                "de la copia."
            )
            yield "Si sabes de alguna: willaq forget la saca para siempre."
    for each in alive:
        begins = f", empieza el {when(each.what.start_at)}" if each.state == "scheduled" else ""
        yield f"Sigue: aviso {each.id} ({each.state}{begins}): {each.what.title}"
    yield "Si lo entiendes y quieres que salgan otra vez: willaq announce allow --yes"


def when(at: float | None) -> str:
    """In Lima."""
    return datetime.fromtimestamp(at or 0.0, LIMA).strftime("%d/%m/%Y %H:%M")


def _lasts(seconds: float) -> str:
    if seconds < 90:
        return f"{ceil(seconds)} segundos"
    return f"{ceil(seconds / 60)} minutos" if seconds < 5400 else f"{seconds / 3600:.1f} horas"
