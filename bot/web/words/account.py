"""Her own account."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.account.language", "Idioma de la consola"),
    Phrase("console.account.language.label", "Idioma"),
    Phrase("console.account.entering", "Cómo entras"),
    Phrase("console.account.password", "Cambiar mi contraseña"),
    Phrase("console.account.code", "Preparar los códigos en otro teléfono"),
    Phrase("console.account.passkeys", "Llaves de acceso", "Passkeys: heading and link."),
    Phrase(
        "console.passkey.what",
        "Con una llave de acceso entras con lo que desbloquea tu teléfono o tu computadora: tu "
        "huella, tu cara o su PIN. No escribes contraseña ni código.",
    ),
    Phrase("console.passkey.add", "Crear una llave", "Heading and button."),
    Phrase("console.passkey.name", "¿Cómo la llamas?"),
    Phrase("console.passkey.name.hint", "Por ejemplo: mi teléfono"),
    Phrase("console.passkey.since", "desde el {when}", "Below a passkey's name."),
    Phrase("console.passkey.drop", "Quitar", "Button."),
    Phrase("console.passkey.drop.of", "Quitar la llave {name}"),
    Phrase("console.passkey.script", "Para crear una llave, permite JavaScript en tu navegador."),
    Phrase(
        "console.passkey.number",
        "En esta dirección los navegadores no crean llaves. En el servidor mismo, abre la consola "
        "con el nombre localhost en lugar de 127.0.0.1.",
    ),
    Phrase("console.passkey.use", "Entrar con una llave de acceso", "Button."),
    Phrase("console.said.passkey", "La llave está lista. Pruébala la próxima vez que entres."),
    Phrase("console.said.passkey.gone", "Esa llave ya no sirve."),
    Phrase(
        "console.fault.passkey",
        "No se pudo entrar con esa llave. Prueba otra vez o usa tu contraseña.",
    ),
    Phrase("console.fault.passkey.add", "No se creó la llave. Prueba otra vez."),
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
