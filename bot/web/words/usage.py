"""What women open, week by week."""

from bot.dialogue.phrases import Phrase

PHRASES = (
    Phrase("console.nav.usage", "Uso", "Navigation: what women open."),
    Phrase(
        "console.usage.what",
        "Cuántas veces se abrió cada tema, de lunes a domingo. Se cuentan aperturas, no mujeres, "
        "y aquí no hay nada de ninguna.",
    ),
    Phrase(
        "console.usage.small",
        "Lo que se abrió menos de {least} veces no se muestra ni se suma: podría señalar a una "
        "persona. Por lo mismo, la semana en curso se ve cuando termina.",
    ),
    Phrase("console.usage.week", "Semana de los temas"),
    Phrase("console.usage.language", "Idioma del gráfico"),
    Phrase("console.usage.all", "Todos", "All languages."),
    Phrase("console.usage.show", "Ver", "Button."),
    Phrase("console.usage.plot", "Aperturas por semana", "Heading of a plot."),
    Phrase(
        "console.usage.plot.what",
        "Una barra por semana. Los mismos números están en la tabla que sigue.",
        "Read out in place of the plot.",
    ),
    Phrase("console.usage.weeks", "Por semana e idioma", "Heading of a table."),
    Phrase("console.usage.weeks.week", "Semana", "Column."),
    Phrase("console.usage.sum", "Suma de lo que se ve", "Column."),
    Phrase("console.usage.topics", "Temas del {week}"),
    Phrase("console.usage.topic", "Tema", "Column."),
    Phrase("console.usage.few", "menos de {least}", "In place of a small number."),
    Phrase(
        "console.usage.none",
        "Ningún tema se abrió {least} veces o más en un mismo idioma esa semana.",
    ),
    Phrase(
        "console.usage.rest",
        "Los demás temas se abrieron menos de {least} veces en cada idioma, o ninguna.",
    ),
)
