"""Her own account."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.account.language", "Idioma de la consola"),
    Phrase("console.account.language.label", "Idioma"),
    Phrase("console.account.entering", "Cómo entras"),
    Phrase("console.account.password", "Cambiar mi contraseña"),
    Phrase("console.account.code", "Preparar los códigos en otro teléfono"),
    Phrase("console.account.others", "Cerrar mis otras sesiones", "Button."),
    Phrase("console.account.chat", "Trabajar desde mi chat"),
    Phrase("console.account.chat.yes", "Tu chat está unido a tu cuenta."),
    Phrase("console.account.chat.no", "Ningún chat está unido a tu cuenta."),
    Phrase("console.account.chat.do", "Unir o separar mi chat", "Link."),
    Phrase(
        "console.chat.what",
        "Con un código, tu chat de Telegram o WhatsApp con Willaq queda unido a tu cuenta. "
        "Desde ahí podrás escribir o aprobar anuncios. Une solo un teléfono que nadie más use.",
    ),
    Phrase("console.chat.make", "Crear código", "Button."),
    Phrase(
        "console.chat.send",
        "Escribe a Willaq en tu chat: /soy y este código. Vale {minutes} minutos y una sola vez.",
        "Keep /soy as it is.",
    ),
    Phrase("console.chat.leave", "Separar mi chat", "Button."),
    Phrase("console.said.password", "Tu contraseña cambió. Tus otras sesiones se cerraron."),
    Phrase("console.said.code", "Los códigos de antes ya no sirven. Usa los nuevos."),
    Phrase("console.said.unbound", "Tu chat ya no está unido a tu cuenta."),
    Phrase("console.said.closed", "Tus otras sesiones se cerraron."),
)
