"""What stands above an entry for the translator: where she reads it, what fits, what stays.

In Spanish, since translators read it. Whatever is said here of a text depends on that text and on
the title of its page alone: nothing may change in a translator's file that is not about it.
"""

from collections.abc import Callable, Iterator, Mapping

from bot.channels.base import Limits
from bot.cuts import CHANNELS, PICK
from bot.dialogue.catalogue import SECTIONS
from bot.dialogue.phrases import Phrase
from bot.fields import SUMMARY
from bot.proofread import fixed, is_danger, is_label, is_list

SPOKEN = ("title", "short", "steps")  # parts of a topic that its recording reads aloud
_CHANNELS = {"telegram": "Telegram", "whatsapp": "WhatsApp", "webchat": "la web"}
_PARTS = {
    "title": "El título, una línea.",
    "summary": f"Una frase debajo del título en las listas: unas {SUMMARY} letras.",
    "short": "Lo primero que lee de este tema: unas 400 letras, una pantalla pequeña.",
    "purpose": "Para qué sirve este contacto.",
    "hours": "Cuándo atiende este contacto.",
    "languages": "Idiomas que habla el contacto, o en que se da la escuela.",
    "cost": "Cuánto cuesta.",
    "audience": "Para quién es la escuela y qué pide, o cómo fue una pasada.",
    "place": "Dónde es la escuela. Los nombres se quedan.",
    "schedule": "Qué días y a qué hora.",
    "text": "La salida rápida muestra esta receta: nadie debe sospechar que esconde algo.",
    "phrases": "Cómo lo preguntan ellas, una por línea, en minúsculas. No lo traduzcas: escribe "
    "cómo se pregunta en tu idioma, con todas las formas de escribirlo que conozcas.",
    "except": "Se dice de paso y no es peligro, una por línea. Un * termina cualquier palabra. No "
    "lo traduzcas: escribe lo que se dice en tu idioma y contiene una de las frases de peligro.",
}
_DANGER = (
    "Lo que dice una mujer en peligro, una por línea, en minúsculas. Un * termina cualquier "
    "palabra. No lo traduzcas: escribe cómo se dice en tu idioma, con todas sus formas."
)
_SECTION = 'Sección «{}». Conserva "- ", "1. " y **negritas** donde están.'
_LONG = (*SECTIONS.values(), "text", "purpose", "audience")


def of_text(key: str, text: str, texts: Mapping[str, str]) -> list[str]:
    """For a text of content/; `texts` has them all."""
    path, _, name = key.partition("#")
    title = texts.get(f"{path}#title", "")
    notes = [f"Está en «{title}»."] if title and name != "title" else []
    notes += [_part(key, name.rpartition(".")[2]), *_fits(key), *_stays(key, text)]
    if f"{path}#short" in texts and name in SPOKEN:
        notes.append(
            "Se oye en la grabación de este tema: si lo cambias, hay que grabarla otra vez."
        )
    return [note for note in notes if note]


def of_phrase(phrase: Phrase) -> list[str]:
    notes = [phrase.note, *_fits(phrase.key), *_stays(phrase.key, phrase.text)]
    return [note for note in notes if note]


def most_letters(key: str) -> int:
    """On the channel that shows fewest; 0 = as many as it takes."""
    if key == PICK:
        return min(fits.pick for fits in CHANNELS.values() if fits.pick)
    if is_label(key):
        return min(fits.label for fits in CHANNELS.values())
    return SUMMARY if key.endswith("#summary") else 0


def _part(key: str, name: str) -> str:
    if is_label(key):
        return ""
    if is_danger(key) and name == "phrases":
        return _DANGER
    heading = next((heading for heading, each in SECTIONS.items() if each == name), "")
    return _PARTS.get(name) or _SECTION.format(heading)


def _fits(key: str) -> Iterator[str]:
    if key == PICK:
        yield f"Hasta {most_letters(key)} letras: WhatsApp no muestra más."
    elif is_label(key):
        yield f"Botón: hasta {most_letters(key)} letras ({_shown(lambda fits: fits.label)})."
    elif key.rpartition("#")[2] in _LONG and not is_list(key):
        shown = _shown(lambda fits: fits.text_above_buttons or fits.text)
        yield f"Si pasa de lo que cabe en un mensaje ({shown}), llega en dos."


def _shown(letters: Callable[[Limits], int]) -> str:
    return ", ".join(f"{name} {letters(CHANNELS[id])}" for id, name in _CHANNELS.items())


def _stays(key: str, text: str) -> Iterator[str]:
    stays = () if is_list(key) else fixed(text)
    if stays:
        yield f"No cambies: {' · '.join(stays)}"
