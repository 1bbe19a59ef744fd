"""Why a message waits, failed or was not sent: the outbox's words, for organizers."""

from bot.dialogue.phrases import Phrase

REASONS = {
    # The way to the platform.
    "network": "No hubo conexión con la plataforma.",
    "server": "La plataforma tuvo un problema.",
    "garbled": "La plataforma respondió algo que no se entiende.",
    "maintenance": "La plataforma está actualizando nuestra cuenta.",
    "stopped": "Willaq se detuvo mientras lo enviaba.",
    # How much we may send.
    "rate": "Se envió más rápido de lo permitido. Se espera un poco.",
    "pace": "Fueron muchos mensajes seguidos a la misma persona. Se espera un poco.",
    "spam": "WhatsApp limitó nuestro número porque varias personas lo bloquearon o reportaron.",
    "limit": "Hoy se llegó al número de personas a las que WhatsApp deja escribir primero.",
    "enough": "Ella ya recibió muchos avisos de otros. Se intenta al día siguiente.",
    "window": "Pasaron 24 horas desde que ella escribió. Se espera a que escriba.",
    "no window": "Esa plataforma no deja escribir primero.",
    # About her.
    "blocked": "Ella bloqueó a Willaq o borró su cuenta.",
    "missing": "Su cuenta ya no existe.",
    "moved": "Su grupo cambió de dirección.",
    "undeliverable": "No tiene WhatsApp, nos bloqueó o usa una versión antigua.",
    "no number": "WhatsApp no deja enviarlo sin saber su número.",
    "unreachable": "No se le puede escribir.",
    "unwanted": "Ella pidió a WhatsApp no recibir más avisos.",
    "opted out": "Ella ya no quiere avisos.",
    "forgotten": "Ella pidió que se borre todo lo suyo.",
    "erased": "Ella salió y pidió borrar los mensajes.",
    "knocked": "Ya se le avisó ese día que tiene un mensaje.",
    "withdrawn": "Ella se retiró de la escuela.",
    "experiment": "WhatsApp no entrega avisos a esa persona por una prueba suya.",
    "ourselves": "El número es el nuestro.",
    # The message.
    "expired": "Ya era tarde para enviarlo.",
    "cancelled": "El anuncio se canceló.",
    "rejected": "La plataforma no acepta el mensaje. Avisa a quien cuida Willaq.",
    "unsupported": "La plataforma no sabe hacer lo que se le pide. Avisa a quien cuida Willaq.",
    "media": "La plataforma no pudo usar el archivo. Revisa que no sea grande ni esté dañado.",
    "empty": "El mensaje no tiene texto en ningún idioma. Avisa a quien cuida Willaq.",
    "unreadable": "El mensaje guardado no se puede leer. Avisa a quien cuida Willaq.",
    "damaged": "El mensaje guardado está dañado. Avisa a quien cuida Willaq.",
    "pulled": "En ese canal ella misma recoge sus mensajes.",
    # Our account there.
    "token": "La clave de la plataforma no vale o venció. Hay que cambiarla.",
    "conflict": "Otro programa usa la misma clave. Hay que detenerlo.",
    "permission": "La clave no tiene permiso para enviar. Hay que dárselo en Meta.",
    "locked": "Meta bloqueó nuestra cuenta de WhatsApp. Hay que ver en Meta qué pide.",
    "display name": "Meta todavía no aprobó el nombre de nuestro número.",
    "payment": "Hay un problema con el pago a Meta.",
    "registration": "Nuestro número no está bien registrado en WhatsApp.",
    "number": "Meta no conoce nuestro número.",
    "template": "WhatsApp no acepta la plantilla: falta, está en pausa o cambió.",
    "country": "WhatsApp no deja a nuestra cuenta escribir a ese país.",
    "testing": "Nuestro número es de prueba y el de ella no está en la lista permitida de Meta.",
}

PHRASES = (
    *(
        Phrase(f"console.reason.{word}", text, "Why a message waits, failed or was not sent.")
        for word, text in REASONS.items()
    ),
    Phrase(
        "console.reason.gave-up",
        "Se intentó muchas veces. Lo último: {why}",
        "{why} is one of the reasons above.",
    ),
    Phrase("console.reason.other", "Otra razón: {why}", "{why} is a word of the program."),
)
