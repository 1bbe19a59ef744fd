"""Build the platforms that are configured; each is imported only then."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bot.broadcasts import Broadcasts
from bot.conversation import lima_day
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from bot.translations import Translations
from bot.voices import Receive, Voices

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram
    from bot.channels.whatsapp import WhatsApp

COMMANDS: Final = {  # what Telegram lists behind "/"; the words work without it too
    "es": {
        "menu": "Ver el menú",
        "ayuda": "A quién llamar ahora",
        "idioma": "Cambiar de idioma",
        "avisos": "Recibir avisos o dejarlos",
        "salir": "Salir de aquí",
        "borrar": "Borrar lo que hay de mí",
    },
    "qu": {
        "menu": "Menuta qaway",
        "yanapaway": "Piman qayanaypaq",
        "simi": "Simita tikray",
        "willakuykuna": "Willakuykunata chaskiy utaq saqiy",
        "lluqsiy": "Kaymanta lluqsiy",
        "pichay": "Ñuqamanta kaqta pichay",
    },
}


def telegram(settings: Settings, store: SqliteStore) -> "Telegram | None":
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import Telegram

    secret = settings.telegram_webhook_secret
    return Telegram(
        token=settings.telegram_token.reveal(),
        api_url=settings.telegram_api_url,
        rate=settings.telegram_rate,
        public_url=settings.public_url,
        webhook_secret=secret.reveal() if secret else None,
        commands=COMMANDS,
        media=store,
        read=settings.read_file,
    )


def whatsapp(settings: Settings, store: SqliteStore) -> "WhatsApp | None":
    token, number = settings.whatsapp_token, settings.whatsapp_phone_number_id
    secret, verify = settings.whatsapp_app_secret, settings.whatsapp_verify_token
    if token is None or number is None or secret is None or verify is None:
        return None
    from bot.channels.whatsapp import WhatsApp

    return WhatsApp(
        token=token.reveal(),
        phone_number_id=number,
        app_secret=secret.reveal(),
        verify_token=verify.reveal(),
        # The same in every process of this database, and in no other's.
        tag=store.vault.sign(b"whatsapp mark")[:6].hex(),
        media=store,
        read=settings.read_file,
        api_url=settings.whatsapp_api_url,
        rate=settings.whatsapp_rate,
        template=settings.whatsapp_template,
    )


def announcements(
    settings: Settings, store: SqliteStore, translations: Callable[[], Translations]
) -> Broadcasts:
    """For a process that decides about announcements and sends none."""
    from bot.channels.fit import fit
    from bot.preview import CHANNELS

    rates = {
        "telegram": settings.telegram_rate if settings.telegram_token else 0.0,
        "whatsapp": settings.whatsapp_rate if settings.whatsapp_token else 0.0,
    }
    return Broadcasts(
        store,
        translations,
        {name: rate for name, rate in rates.items() if rate},
        lambda name, message: fit(message, CHANNELS[name]),
        two_person=settings.two_person,
        has_file=lambda path: settings.file(path).is_file(),
    )


def voices(
    settings: Settings,
    store: SqliteStore,
    receive: Receive,
    *channels: "Telegram | WhatsApp | None",
) -> Voices:
    """What is done with the voice notes of translators, on the platforms that bring any."""
    return Voices(
        store,
        {each.name: each.fetch for each in channels if each is not None},
        receive,
        notes=settings.voice_notes_dir,
        folder=settings.recordings_dir,
        today=lambda: lima_day(time.time()),
    )
