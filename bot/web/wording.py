"""What the page says before she has said anything, in each language that is offered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.dialogue import menus
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Line
from bot.dialogue.words import fold
from bot.translations import Translations

SPANISH: Final = "es"
LABELS: Final = {  # what template and script call it -> phrase
    "exit": "button.exit",
    "write": "web.write",
    "send": "web.send",
    "you": "web.you",
    "log": "web.log",
    "hint": "web.hint",
    "wait": "web.wait",
    "offline": "web.offline",
    "busy": "web.busy",
    "long": "web.long",
    "failed": "web.failed",
    "open": "web.open",
    "close": "web.close",
}
# For translators, who read Spanish: in no .po file, so that nobody has to translate them.
PREVIEW: Final = {
    "title": "Vista previa",
    "topics": "Temas",
    "texts": "Textos y dónde están escritos",
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "webchat": "Web",
    "spanish": "En castellano",
    "cut": "Se corta:",
    "broken": "El archivo tiene un error. Aquí se ve el último texto bueno, el que ella lee.",
    "fine": "Nada se corta y no hay errores.",
    "wrong": "Hay algo que corregir: está marcado abajo.",
    "saved": "Texto nuevo",
    "lost": "Sin conexión con Willaq. Reintentando…",
    "empty": "(sin texto)",
    "no_language": "Elige un idioma.",
    "attachment": "Adjunto:",
}
STATES: Final = {  # of bot/preview.py
    "reviewed": "revisado por {reviewed}",
    "draft": "borrador: nadie lo revisó todavía",
    "stale": "el castellano cambió: ella lee el castellano hasta que se corrija",
    "broken": "con errores: ella lee el castellano",
    "missing": "sin traducir: ella lee el castellano",
    "spanish": "castellano",
}
_TYPED_EXIT: Final = "typed.exit"
_LONGEST_EXIT: Final = 40


def preselected(wanted: str, translations: Translations) -> str:
    """The offered language that a tag or an Accept-Language header asks for first, or Spanish.

    Browsers know only "qu" for all of Quechua; the first that is offered stands for it.
    """
    return preselected_of([each.tag for each in translations.languages], wanted)


def preselected_of(offered: Sequence[str], wanted: str) -> str:
    tag = wanted.split(",")[0].split(";")[0].strip().lower()
    if tag in offered:
        return tag
    if tag.startswith("qu"):
        return next((each for each in offered if each.startswith("qu")), SPANISH)
    if tag.split("-")[0] in offered:
        return tag.split("-")[0]
    return SPANISH


def in_order(language: str, translations: Translations) -> list[str]:
    """All languages, hers first."""
    tags = [each.tag for each in translations.languages]
    return [language, *(tag for tag in tags if tag != language)]


def labels(translations: Translations) -> Mapping[str, Mapping[str, str]]:
    return {
        each.tag: {name: said(key, each.tag, translations) for name, key in LABELS.items()}
        for each in translations.languages
    }


def said(key: str, language: str, translations: Translations) -> str:
    return translations.say(Line(key), language)[0]


def in_each(key: str, language: str, translations: Translations) -> list[tuple[str, str]]:
    """(language, the phrase in it), hers first, each text once."""
    texts = dict[str, str]()
    for tag in in_order(language, translations):
        texts.setdefault(said(key, tag, translations), tag)
    return [(tag, text) for text, tag in texts.items()]


def emergency(
    language: str, catalogue: Catalogue, translations: Translations, today: date
) -> list[tuple[str, str]]:
    """(language, what Willaq is not and whom to call), where the page cannot run."""
    line = menus.what_it_is(catalogue, today)
    return [(tag, translations.say(line, tag)[0]) for tag in in_order(language, translations)]


def to_call(catalogue: Catalogue, today: date) -> str:
    """Whom to call in danger, as far as their numbers are confirmed: names, no language."""
    contacts = (menus.to_call(slug, catalogue, today) for slug in menus.IN_DANGER)
    return " · ".join(contact.menu for contact in contacts if contact)


def short_numbers(catalogue: Catalogue, today: date) -> list[str]:
    """Confirmed numbers of three digits, for her page to make them ones she can press."""
    contacts = [each for each in catalogue.contacts.values() if each.expires_on >= today]
    numbers = {number for each in contacts for number in each.phones}
    return sorted(number for number in numbers if number.isdecimal() and len(number) == 3)


def exits(translations: Translations) -> list[str]:
    """The words for leaving, in every language: her page acts on them before the network does."""
    spanish = next(phrase.text for phrase in PHRASES if phrase.key == _TYPED_EXIT)
    others = (texts.get(_TYPED_EXIT, "") for texts in translations.typed.values())
    words = (fold(word) for text in (spanish, *others) for word in text.splitlines())
    return sorted({word for word in words if 0 < len(word) <= _LONGEST_EXIT})


def harmless(catalogue: Catalogue, translations: Translations, today: date) -> tuple[str, str]:
    """(title, text) of a screen nobody minds. The same as on other channels that day."""
    recipes = catalogue.harmless
    if not recipes:
        return "OK", ""
    recipe = recipes[today.toordinal() % len(recipes)]
    title, text = (
        said(f"{recipe.path}#{part}", SPANISH, translations) for part in ("title", "text")
    )
    return title, text
