"""The services directory and its import."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.nav.services", "Servicios", "Navigation: doors a woman can knock at."),
    Phrase("console.services.total", "Servicios en el directorio: {count}"),
    Phrase(
        "console.services.late",
        "Con la fecha vencida: {count}. Ellas los ven sin teléfono ni dirección hasta que alguien "
        "los revise.",
    ),
    Phrase("console.services.late.show", "Ver los vencidos", "Link."),
    Phrase("console.services.soon", "Vencen en los próximos {days} días: {count}"),
    Phrase(
        "console.services.empty",
        "El directorio está vacío. Carga la lista de servicios de tu organización.",
    ),
    Phrase("console.services.import", "Cargar una lista", "Link: bring in a table of services."),
    Phrase("console.services.search", "Buscar por lugar"),
    Phrase("console.services.place", "Distrito, provincia o departamento"),
    Phrase("console.services.find", "Buscar", "Button."),
    Phrase("console.services.found", "Servicios en {place}"),
    Phrase("console.services.found.late", "Servicios vencidos"),
    Phrase("console.services.no-place", "No hay ningún lugar que se llame así."),
    Phrase("console.services.nothing", "No hay ninguno."),
    Phrase("console.services.more", "y {count} más"),
    Phrase("console.services.checked", "Revisado el {day}. Vale hasta el {until}."),
    Phrase("console.services.over", "Venció el {until}. Se revisó el {day}."),
    Phrase("console.services.kinds", "Por tipo"),
    Phrase("console.services.kind", "Tipo", "Column."),
    Phrase("console.services.departments", "Por departamento"),
    Phrase("console.services.department", "Departamento", "Column."),
    Phrase("console.services.count", "Cuántos", "Column."),
    Phrase("console.services.count.late", "Vencidos", "Column."),
    Phrase("console.import.title", "Cargar una lista de servicios"),
    Phrase(
        "console.import.what",
        "Elige una tabla CSV con las mismas columnas que el directorio. Primero verás qué "
        "cambiaría. Nada cambia hasta que lo confirmes.",
    ),
    Phrase("console.import.table", "Tabla (CSV)"),
    Phrase(
        "console.import.remove",
        "Quitar del directorio lo que no está en esta tabla",
        "Box to tick.",
    ),
    Phrase("console.import.options", "¿La tabla es la lista completa?"),
    Phrase("console.import.look", "Ver qué cambiaría", "Button."),
    Phrase("console.import.fault.none", "Elige un archivo."),
    Phrase(
        "console.import.fault.gone",
        "Pasó demasiado tiempo y la tabla ya no está aquí. No se cambió nada. Elígela otra vez.",
    ),
    Phrase(
        "console.import.faults",
        "La tabla tiene {count} errores y no se cambió nada. Corrígelos en la tabla y cárgala "
        "otra vez.",
    ),
    Phrase("console.import.line", "Línea", "Column: where in the table."),
    Phrase("console.import.fault", "Columna y error"),
    Phrase("console.import.first", "Estos son los primeros {count}."),
    Phrase("console.import.would", "Qué cambiaría"),
    Phrase("console.import.nothing", "La tabla no cambia nada: todo está ya así."),
    Phrase("console.import.new", "Nuevos: {count}"),
    Phrase("console.import.changed", "Cambian: {count}"),
    Phrase("console.import.removed", "Se quitan: {count}"),
    Phrase("console.import.unchanged", "Quedan igual: {count}"),
    Phrase("console.import.kept", "No están en la tabla y se quedan: {count}"),
    Phrase(
        "console.import.overdue",
        "De la tabla, con la fecha vencida: {count}. Se mostrarán sin teléfono ni dirección.",
    ),
    Phrase("console.import.in-the-end", "Servicios al final: {count}"),
    Phrase("console.import.is.new", "nuevo", "One service of a list of changes."),
    Phrase("console.import.is.changed", "cambia", "One service of a list of changes."),
    Phrase("console.import.is.removed", "se quita", "One service of a list of changes."),
    Phrase("console.import.before", "Antes"),
    Phrase("console.import.after", "Después"),
    Phrase("console.import.column", "Columna"),
    Phrase("console.import.empty", "(vacío)", "A cell with nothing in it."),
    Phrase("console.import.apply", "Hacer estos cambios", "Button."),
    Phrase(
        "console.import.otherwise",
        "No se hizo nada: el directorio cambió desde que miraste. Esto es lo que cambiaría ahora.",
    ),
    Phrase(
        "console.said.imported",
        "El directorio cambió. Willaq lo usa en unos segundos.",
    ),
)
