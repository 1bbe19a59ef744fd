"""What the bot says to women about announcements: yes, no, who sends them, what is kept."""

from bot.dialogue.phrase import BUTTON, TYPED, Phrase

SUBSCRIBING_PHRASES = (
    Phrase("button.news", "Avisos", BUTTON + " What announcements are; saying yes to them."),
    Phrase("button.unsaid", "Prefiero no decir", BUTTON + " She tells no region."),
    Phrase("button.edit.hours", "Cambiar hora", BUTTON),
    Phrase("button.hours.any", "A cualquier hora de día", BUTTON),
    Phrase("button.hours.morning", "De 8 a 12 (mañana)", BUTTON),
    Phrase("button.hours.afternoon", "De 12 a 6 (tarde)", BUTTON),
    Phrase("button.hours.evening", "De 6 a 9 (noche)", BUTTON),
    Phrase("agree.title", "**Avisos**: ¿quieres recibirlos?"),
    Phrase(
        "agree.what",
        "- Son mensajes cortos sobre derechos, talleres y escuelas. Los envían: {organizations}.",
        "Before she says yes. {organizations}: names; no suffix may touch it.",
    ),
    Phrase(
        "agree.often",
        "- No hay días fijos: llegan cuando hay algo que contar, y nunca de 9 de la noche a 8 de "
        "la mañana.",
    ),
    Phrase(
        "agree.screen",
        "Un aviso puede verse en tu pantalla aunque no abras el chat. Si otra persona usa tu "
        "celular, piénsalo antes.",
    ),
    Phrase(
        "agree.kept",
        "- Si aceptas, guardo: que dijiste que sí y qué día, tu región, tus horas y qué avisos te "
        "envié.",
    ),
    Phrase(
        "agree.used",
        "- Solo sirve para enviarte avisos. Las organizaciones ven cuántas los reciben, no "
        "quiénes.",
    ),
    Phrase("agree.long", "- Lo guardo hasta que digas que no, o hasta que escribas **borrar**."),
    Phrase(
        "agree.abroad",
        "Los avisos llegan por WhatsApp o Telegram. Esas empresas los guardan en otro país.",
    ),
    Phrase(
        "agree.out",
        "Puedes dejarlos cuando quieras: toca el botón que viene con cada aviso, o escribe "
        "**no más avisos**.",
        "Add the words she can type in your language.",
    ),
    Phrase(
        "agree.young",
        "Si tienes menos de 14 años, no aceptes sola: pregunta a tu mamá, a tu papá o a quien te "
        "cuida.",
    ),
    Phrase("agree.free", "Si no aceptas, no pasa nada: todo lo demás sigue igual."),
    Phrase(
        "news.web",
        "Por esta página no puedo enviarte avisos: aquí solo respondo. Escríbeme por WhatsApp o "
        "Telegram y pon **avisos**.",
        "The web chat. Add the word she can type in your language.",
    ),
    Phrase("news.refused", "Está bien. No te enviaré avisos. Todo lo demás sigue igual."),
    Phrase("news.region", "¿De qué región quieres recibir avisos? Elígela, o escríbela."),
    Phrase(
        "news.region.why",
        "Así no te llega lo que queda lejos. Si prefieres no decirlo, te llegan solo los avisos "
        "para todo el país.",
    ),
    Phrase(
        "news.hours",
        "¿A qué hora te puedo escribir? Elige, o escríbelo. Por ejemplo: **de 2 a 6 de la tarde**.",
    ),
    Phrase("news.hours.again", "No entendí la hora. Escríbela así: **de 9 a 12**. O elige."),
    Phrase(
        "news.hours.night",
        "De 9 de la noche a 8 de la mañana no envío avisos. Dime otra hora, o elige.",
    ),
    Phrase("news.done", "Listo. Te enviaré avisos."),
    Phrase("news.changed", "Listo, guardé el cambio."),
    Phrase("news.yours", "**Tus avisos**"),
    Phrase("news.since", "Dijiste que sí el {date}.", "{date} as 31/12/2026."),
    Phrase("news.region.none", "Región: no la dijiste"),
    Phrase("news.hours.any", "Hora: a cualquier hora de día"),
    Phrase(
        "news.hours.between",
        "Hora: de {start} a {end}",
        "{start} and {end} as '8 am', '12 m' (noon), '6 pm'.",
    ),
    Phrase(
        "news.out",
        "Si ya no los quieres, escribe **no más avisos**.",
        "Add the words she can type in your language.",
    ),
    Phrase("news.stopped", "Listo. No te enviaré más avisos. Todo lo demás sigue igual."),
    Phrase(
        "news.stopped.kept",
        "Solo recuerdo que dijiste que no. Si cambias de idea, escribe **avisos**.",
        "Add the word she can type in your language.",
    ),
    Phrase("sender.title", "**¿Quién envía los avisos?**"),
    Phrase(
        "sender.organizations",
        "Los escriben: {organizations}. Yo soy Willaq, el programa que los envía.",
        "{organizations}: names; no suffix may touch it.",
    ),
    Phrase("sender.agreed", "Te llegan porque dijiste que sí en este chat."),
    Phrase(
        "sender.imported",
        "Te llegan porque diste permiso a una de estas organizaciones. Esa organización me dio "
        "este contacto.",
    ),
    Phrase("sender.not", "Ahora no te envío avisos."),
    Phrase("sender.cannot", "Yo no les muestro tu número ni lo que me escribes."),
    Phrase(
        "forget.silenced",
        "Nadie te escribirá si tú no lo pides.",
        "After she wrote 'borrar', if she got announcements or had said no to them. Whoever holds "
        "her telephone reads it too: no word of announcements.",
    ),
    Phrase("know.news", "Recibes avisos."),
    Phrase("know.news.sent", "Guardo también qué avisos te envié y si llegaron."),
    Phrase(
        "know.news.stopped",
        "Dijiste que no quieres avisos. Guardo una señal secreta que no dice quién eres. Así nadie "
        "te los envía.",
    ),
    Phrase(
        "typed.news",
        "avisos\naviso\nanuncios\nanuncio\nrecibir avisos\nquiero avisos\nquiero recibir avisos\n"
        "kiero avisos\nkiero recibir avisos\nmis avisos\nactivar avisos\nsuscribirme\n"
        "quiero suscribirme\nnoticias\nnovedades\ncambiar avisos",
        TYPED + " Announcements: yes to them, or what she chose.",
    ),
    Phrase(
        "typed.stop",
        "no mas avisos\nno quiero avisos\nno kiero avisos\nno quiero mas avisos\n"
        "no kiero mas avisos\nno quiero recibir avisos\nno quiero recibir mas avisos\n"
        "no deseo avisos\nno deseo recibir avisos\nno deseo recibir mas avisos\n"
        "no me mandes avisos\nno me mandes mas avisos\nno me manden avisos\n"
        "no me manden mas avisos\nno me envies avisos\nno me envies mas avisos\n"
        "no me envien avisos\nno me envien mas avisos\nno manden avisos\nno manden mas avisos\n"
        "no envien avisos\nno envien mas avisos\nno envies mas avisos\nsin avisos\n"
        "no mas anuncios\nno quiero anuncios\nno quiero mas anuncios\n"
        "no quiero recibir anuncios\nno me manden anuncios\nno me manden mas anuncios\n"
        "no mas mensajes\nno mas publicidad\nno quiero publicidad\n"
        "dejar avisos\ndejar los avisos\ndejar de recibir avisos\nquiero dejar los avisos\n"
        "quiero dejar de recibir avisos\nquiero dejar avisos\n"
        "parar\npara los avisos\nparar avisos\nparar los avisos\nparen los avisos\n"
        "detener avisos\ndetener los avisos\ncancelar avisos\ncancelar los avisos\n"
        "cancela los avisos\ncancelar suscripcion\ncancelar mi suscripcion\nquitar avisos\n"
        "quitar los avisos\nquita los avisos\nquitame de los avisos\nquitenme de los avisos\n"
        "quitame de la lista\nquitenme de la lista\nsacame de la lista\nsaquenme de la lista\n"
        "baja\ndar de baja\ndarme de baja\ndame de baja\ndenme de baja\nquiero darme de baja\n"
        "quiero baja\nbaja avisos\nbaja de avisos\ndesuscribir\ndesuscribirme\n"
        "desuscribirse\nanular avisos\nanular suscripcion\ndesactivar avisos\napagar avisos\n"
        "silenciar avisos\nstop\nstop avisos\nunsubscribe",
        TYPED + " Ends the announcements at once. Only what can mean nothing else.",
    ),
    Phrase(
        "typed.stop.messages",
        "no quiero mensajes\nno quiero mas mensajes\nno quiero estos mensajes\n"
        "no quiero sus mensajes\nno quiero recibir mensajes\nno quiero recibir mas mensajes\n"
        "no quiero recibir estos mensajes\nno quiero recibir sus mensajes\n"
        "no deseo mensajes\nno deseo mas mensajes\nno deseo recibir mensajes\n"
        "no deseo recibir mas mensajes\nno me manden mensajes\nno me manden mas mensajes\n"
        "no me envien mensajes\nno me envien mas mensajes\nno manden mas mensajes\n"
        "no envien mas mensajes\nno me mandes mensajes\nno me mandes mas mensajes\n"
        "no me envies mensajes\nno me envies mas mensajes\nno me escriban\n"
        "no me escriban mas\nno me escribas\nno me escribas mas\nno quiero que me escriban\n"
        "no quiero que me escriban mas\nno quiero que me manden mensajes\n"
        "no quiero que me manden mas mensajes\nno quiero que me envien mensajes\n"
        "no quiero que me envien mas mensajes\ndejen de escribirme\n"
        "dejen de mandarme mensajes\ndejen de enviarme mensajes\ndejen de mandar mensajes\n"
        "dejen de enviar mensajes\ndeja de escribirme\ndeja de mandarme mensajes\n"
        "deja de enviarme mensajes\nno me molesten\nno me molesten mas\ndejen de molestar\n"
        "dejen de molestarme\nno quiero estos avisos\nno quiero sus avisos\n"
        "no quiero recibir estos avisos\nno quiero recibir sus avisos\nno a los avisos\n"
        "avisos no\ndesactiva los avisos\ndesactivar los avisos\napaga los avisos\n"
        "apagar los avisos\nelimina los avisos\neliminar los avisos\nsalir de los avisos\n"
        "quiero salir de los avisos\nborrame de la lista\nborrenme de la lista\n"
        "eliminame de la lista\neliminenme de la lista\nsalir de la lista\n"
        "quiero salir de la lista\nstop all\nopt out\nno more messages",
        TYPED
        + " Ends the announcements as well: said to us, of our messages. Not what she may say "
        "of somebody who harasses her.",
    ),
    Phrase(
        "typed.around",
        "por\nfavor\nporfa\nporfavor\nxfa\nxfavor\nplis\nhola\nbuenas\nbuenos\ndias\ntardes\n"
        "noches\ngracias\nya\nahora\nwillaq\nsenorita\nseñorita\nsenora\nseñora\namiga\namigas\n"
        "ustedes\nok\npues",
        TYPED + " Single words around 'no more announcements' that change nothing.",
    ),
    Phrase(
        "typed.who-sends",
        "quien me envia esto\nquien envia esto\nquien manda esto\nquien me manda esto\n"
        "quien me escribe\nquien envia los avisos\nquien manda los avisos\n"
        "quienes envian los avisos\nquien me manda avisos\nquien me envia avisos\n"
        "kien me manda esto\nkien me envia esto\nde quien es este mensaje\n"
        "por que me escriben\nporque me escriben\npor que me llega esto\nporque me llega esto",
        TYPED + " Who sends announcements, and why to her.",
    ),
    Phrase(
        "typed.hours.any",
        "cualquier hora\na cualquier hora\na cualquier hora de dia\na cualquier hora del dia\n"
        "cualquier hora del dia\ntodo el dia\nde dia\na toda hora\ncuando sea\nme da igual\n"
        "no importa\nsi\nok\nesta bien",
        TYPED + " She may be written to all day.",
    ),
    Phrase(
        "typed.hours.morning",
        "mañana\nmañanas\nen la mañana\npor la mañana\nen las mañanas\npor las mañanas\n"
        "de mañana\nmanana\nen la manana\npor la manana\ntemprano\nantes de almuerzo",
        TYPED + " From 8 to 12.",
    ),
    Phrase(
        "typed.hours.afternoon",
        "tarde\ntardes\nen la tarde\npor la tarde\nen las tardes\npor las tardes\nde tarde\n"
        "a la tarde\ndespues de almuerzo\ndespues del almuerzo",
        TYPED + " From 12 to 18.",
    ),
    Phrase(
        "typed.hours.evening",
        "noche\nnoches\nen la noche\npor la noche\nen las noches\npor las noches\nde noche\n"
        "a la noche\nde nochecita",
        TYPED + " From 18 to 21; nothing is sent later.",
    ),
)
