"""How far the translations are."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.nav.translations", "Traducciones", "Navigation."),
    Phrase(
        "console.translations.what",
        "Qué falta en cada idioma. Los borradores los ve ella con un aviso; lo antiguo, lo que "
        "falta y lo que tiene error lo ve en castellano.",
    ),
    Phrase("console.translations.none", "Todavía no hay otro idioma que el castellano."),
    Phrase(
        "console.translations.sum",
        "Traducidos {translated} de {total} textos ({done} %), y de ellos revisados {reviewed}.",
    ),
    Phrase("console.translations.category", "Sección", "Column."),
    Phrase("console.translations.done", "Traducido", "Column: a share, in percent."),
    Phrase("console.translations.texts", "Textos", "Column: how many."),
    Phrase("console.translations.reviewed", "Revisados", "Column: how many."),
    Phrase("console.translations.draft", "Borradores", "Column: how many."),
    Phrase("console.translations.stale", "Antiguos", "Column: the Spanish has changed since."),
    Phrase("console.translations.missing", "Faltan", "Column: how many."),
    Phrase("console.translations.broken", "Con error", "Column: how many fail a check."),
    Phrase("console.translations.audio", "Audios al día", "Column: recordings of the topics."),
    Phrase("console.translations.audio.of", "{made} de {all}", "So many of so many."),
    Phrase("console.translations.of.bot", "Frases del bot", "A group of texts."),
    Phrase("console.translations.of.console", "Esta consola", "A group of texts."),
    Phrase("console.translations.of.content", "Contenido", "A group of texts."),
    Phrase("console.translations.open", "Lo que falta en {category}, en {language}"),
    Phrase("console.translations.all-done", "Todo está traducido y revisado."),
    Phrase("console.translations.text", "Texto", "Column: which text."),
    Phrase("console.translations.stage", "Cómo está", "Column."),
    Phrase("console.translations.is.draft", "borrador: falta revisarlo"),
    Phrase("console.translations.is.stale", "antiguo: el castellano cambió"),
    Phrase("console.translations.is.missing", "falta traducirlo"),
    Phrase("console.translations.is.broken", "tiene un error: míralo en Salud del sistema"),
    Phrase("console.translations.preview", "Ver cómo se lee", "Link to a page that shows it."),
    Phrase("console.translations.preview.of", "Ver cómo se lee: {text}", "As above, read out."),
    Phrase("console.translations.back", "Volver a las traducciones", "Link."),
)
