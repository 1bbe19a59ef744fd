"""Those who work here, and what they did."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.people.invite", "Invitar a alguien"),
    Phrase("console.people.name", "Su nombre"),
    Phrase("console.people.roles", "¿Qué podrá hacer?"),
    Phrase("console.people.make", "Crear enlace", "Button."),
    Phrase("console.people.link", "Enlace de invitación"),
    Phrase(
        "console.people.hand-on",
        "Entrégale este enlace a {name} en persona o por un chat seguro. Sirve una sola vez y "
        "vence en {days} días.",
    ),
    Phrase(
        "console.people.once",
        "Cópialo ahora: no se vuelve a mostrar. Quien lo abra primero crea la cuenta.",
    ),
    Phrase("console.people.back", "Volver al equipo", "Link."),
    Phrase("console.people.invited", "Invitaciones sin usar"),
    Phrase("console.people.until", "vence el {when}"),
    Phrase("console.people.withdraw", "Anular", "Button: withdraw an invitation."),
    Phrase("console.people.withdraw.of", "Anular la invitación de {name}"),
    Phrase("console.people.again", "Enlace nuevo", "Button: she lost her password or telephone."),
    Phrase("console.people.again.of", "Enlace nuevo para {name}"),
    Phrase("console.people.revoke", "Quitar acceso", "Button."),
    Phrase("console.people.revoke.of", "Quitar el acceso a {name}"),
    Phrase(
        "console.people.revoke.what",
        "Sale de la consola en este momento y su chat deja de estar unido. Lo que hizo queda en "
        "el registro.",
    ),
    Phrase("console.people.revoke.yes", "Sí, quitar acceso", "Button."),
    Phrase("console.said.withdrawn", "La invitación ya no sirve."),
    Phrase("console.said.revoked", "Esa persona ya no tiene acceso."),
    Phrase("console.fault.name", "Escribe su nombre, {most} letras como máximo."),
    Phrase("console.fault.roles", "Marca por lo menos una."),
    Phrase("console.audit.what", "Quién hizo qué y cuándo. Nada de esto se puede cambiar."),
    Phrase("console.audit.when", "Cuándo"),
    Phrase("console.audit.who", "Quién"),
    Phrase("console.audit.did", "Qué"),
    Phrase("console.audit.door", "Desde dónde"),
    Phrase("console.audit.older", "Más antiguos", "Link."),
)
