"""What frames an announcement, and what the bot says about announcements: part of PHRASES.

Whatever stands first is what a locked telephone shows, so it tells no stranger anything.
"""

from bot.dialogue.phrase import BUTTON, Phrase

REPORT = "To organizers, in the report of an announcement, before or after a number of messages."

ANNOUNCEMENT_PHRASES = (
    Phrase(
        "announce.head",
        "**Willaq**: un mensaje para leer con calma.",
        "First line of every announcement. A locked phone shows it: it must say nothing of what "
        "the announcement is about, nor that she asked for it.",
    ),
    Phrase(
        "announce.foot",
        "Para no recibir más avisos, escribe **no más avisos**.",
        "Last line of every announcement. The words she types must be among typed.stop in your "
        "language.",
    ),
    Phrase("button.no-more", "No más avisos", BUTTON + " At most 20. Below an announcement."),
    Phrase("button.who-sends", "¿Quién lo envía?", BUTTON + " At most 20. Below an announcement."),
    # what organizers read
    Phrase(
        "announce.wrong.no-title",
        "Falta el título. Solo lo ven ustedes.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.long-title",
        "El título es muy largo: puede tener {most} letras.",
        "To who composes an announcement: a mistake in it. {most} is a number.",
    ),
    Phrase(
        "announce.wrong.no-text",
        "Falta el texto.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.empty-text",
        "El texto en {language} está vacío: escríbelo o quítalo.",
        "To who composes an announcement: a mistake in it. {language} is its name.",
    ),
    Phrase(
        "announce.wrong.no-language",
        "No hay ningún idioma «{language}».",
        "To who composes an announcement: a mistake in it. {language} is what was typed.",
    ),
    Phrase(
        "announce.wrong.unread",
        "Quien lee {language} no recibiría nada: falta un texto que entienda. "
        "Escríbelo, o quita ese idioma de a quién va.",
        "To who composes an announcement: a mistake in it. {language} is its name.",
    ),
    Phrase(
        "announce.wrong.long-text",
        "Es muy largo: en {channel} serían {many} mensajes, y más de {most} son demasiados. "
        "Acórtalo.",
        "To who composes an announcement: a mistake in it. {channel} is Telegram or WhatsApp; "
        "{many} and {most} are numbers.",
    ),
    Phrase(
        "announce.wrong.no-channel",
        "Por «{channel}» no se puede enviar ahora. Quítalo, o que lo active quien cuida Willaq.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.no-region",
        "No hay ninguna región con el código «{code}».",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.past",
        "La hora de inicio ya pasó. Pon otra.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.expiry",
        "Di hasta cuándo sirve: de una hora a treinta días.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.night",
        "Así terminaría de madrugada, y de noche no se envía. Dale más tiempo o cambia cuándo "
        "empieza.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.attachment-kind",
        "Ese archivo no se puede enviar. Sirven: foto JPEG, PNG o WebP, voz OGG (Opus), documento "
        "PDF.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.attachment-size",
        "Ese archivo pesa demasiado: puede tener hasta {most} MB.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.attachment-pixels",
        "Esa foto es demasiado grande: puede tener hasta {most} millones de puntos. Hazla más "
        "pequeña.",
        "To who composes an announcement: a mistake in it. {most} is a number.",
    ),
    Phrase(
        "announce.wrong.attachment-broken",
        "Esa foto no se puede abrir: está incompleta o dañada. Guárdala otra vez y súbela.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase(
        "announce.wrong.attachment-gone",
        "El archivo ya no está. Súbelo otra vez.",
        "To who composes an announcement: a mistake in it.",
    ),
    Phrase("announced.waiting", "Esperan su turno", REPORT),
    Phrase(
        "announced.waiting.window",
        "Esperan a que ella escriba: WhatsApp no deja escribirle antes",
        REPORT,
    ),
    Phrase("announced.waiting.opened", "Esperan su turno", REPORT),
    Phrase("announced.sending", "Se están enviando ahora", REPORT),
    Phrase("announced.sent", "Enviados", REPORT),
    Phrase("announced.delivered", "Llegaron a su teléfono", REPORT),
    Phrase("announced.read", "Leídos", REPORT),
    Phrase("announced.failed", "No llegaron", REPORT),
    Phrase("announced.failed.blocked", "No llegaron: ella bloqueó a Willaq", REPORT),
    Phrase("announced.failed.missing", "No llegaron: esa cuenta ya no existe", REPORT),
    Phrase("announced.failed.undeliverable", "No llegaron: ese número no recibe mensajes", REPORT),
    Phrase(
        "announced.failed.rejected",
        "No llegaron: la plataforma no aceptó el mensaje. Avisa a quien cuida Willaq",
        REPORT,
    ),
    Phrase("announced.failed.media", "No llegaron: el archivo no se pudo enviar", REPORT),
    Phrase("announced.failed.damaged", "No llegaron: el dato guardado está dañado", REPORT),
    Phrase("announced.skipped", "No se enviaron", REPORT),
    Phrase("announced.skipped.opted-out", "No se enviaron: ella ya no quiere avisos", REPORT),
    Phrase("announced.skipped.unreachable", "No se enviaron: no se le puede escribir", REPORT),
    Phrase("announced.skipped.blocked", "No se enviaron: ella bloqueó a Willaq", REPORT),
    Phrase("announced.skipped.forgotten", "No se enviaron: ella pidió borrar sus datos", REPORT),
    Phrase(
        "announced.skipped.erased", "No se enviaron: ella salió del chat en ese momento", REPORT
    ),
    Phrase("announced.skipped.expired", "No se enviaron: se acabó el plazo", REPORT),
    Phrase("announced.skipped.cancelled", "No se enviaron: el aviso se canceló", REPORT),
    Phrase(
        "announced.skipped.no-text-in-her-language",
        "No se enviaron: no hay texto en su idioma",
        REPORT,
    ),
    Phrase(
        "announced.unknown",
        "No se sabe si llegaron. Puedes enviarlos otra vez; a algunas les llegaría dos veces",
        REPORT,
    ),
)
