"""Editions of schools and who signed up."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.nav.schools", "Escuelas", "Navigation: training schools."),
    Phrase(
        "console.schools.what",
        "Cuántas mujeres se inscribieron en cada edición. Para ver sus nombres, abre una.",
    ),
    Phrase("console.schools.none", "Todavía no hay ninguna edición en el contenido."),
    Phrase("console.schools.edition", "Edición", "Column: one time that a school is held."),
    Phrase("console.schools.starts", "Empieza", "Column: a day."),
    Phrase("console.schools.deadline", "Inscripción hasta", "Column: a day."),
    Phrase("console.schools.capacity", "Cupos", "Column: how many places there are."),
    Phrase("console.schools.enrolled", "Inscritas", "Column: how many."),
    Phrase("console.schools.waiting", "En espera", "Column: how many."),
    Phrase("console.schools.withdrawn", "Se retiraron", "Column: how many."),
    Phrase("console.schools.open", "abierta", "She can still sign up."),
    Phrase("console.schools.closed", "cerrada", "Nobody can sign up any more, or not yet."),
    Phrase(
        "console.schools.care",
        "Estos datos los dieron ellas para inscribirse. Úsalos solo para la escuela. Cada vez que "
        "alguien los mira o los descarga queda en el registro.",
    ),
    Phrase("console.schools.nobody", "Nadie se ha inscrito."),
    Phrase("console.schools.download", "Descargar la lista (CSV)", "Link."),
    Phrase("console.schools.back", "Volver a las escuelas", "Link."),
    Phrase("console.schools.number", "N.º", "Column: the number a sign-up is known by."),
    Phrase("console.schools.name", "Nombre", "Column: the name she chose."),
    Phrase("console.schools.region", "Región", "Column."),
    Phrase("console.schools.organization", "Organización", "Column."),
    Phrase("console.schools.channel", "Canal", "Column: Telegram, WhatsApp, web."),
    Phrase("console.schools.state", "Estado", "Column."),
    Phrase("console.schools.agreed", "Aceptó el", "Column: the day she agreed that it is kept."),
    Phrase("console.schools.is.enrolled", "inscrita", "She has a place."),
    Phrase("console.schools.is.waiting", "en espera", "She waits for a place."),
    Phrase("console.schools.is.withdrawn", "se retiró", "She gave her place back."),
    Phrase("console.schools.take-out", "Retirar", "Button: take a woman out of the edition."),
    Phrase("console.schools.take-out.of", "Retirar a la inscrita {number}", "Heading."),
    Phrase(
        "console.schools.take-out.what",
        "Deja su lugar en {edition} y se borra lo que respondió: su nombre, su región y su "
        "organización. No recibe más recordatorios. No se puede deshacer: tendría que inscribirse "
        "otra vez.",
    ),
    Phrase("console.schools.take-out.yes", "Sí, retirar", "Button."),
    Phrase("console.said.taken-out", "Ya no está inscrita. Lo que respondió se borró."),
    Phrase("console.channel.telegram", "Telegram"),
    Phrase("console.channel.whatsapp", "WhatsApp"),
    Phrase("console.channel.webchat", "Página web", "The chat on the web page."),
    Phrase("console.channel.terminal", "Terminal"),
)
