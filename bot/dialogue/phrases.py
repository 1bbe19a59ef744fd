"""The bot's own phrases in Spanish: the source of locales/bot.pot. What is about rights is content.

Written for her: short, second person, no jargon, no blame. A screen may be read over her shoulder,
so nothing here says more than she asked for. Numbers to call are never written here: they come
from the contacts, which carry the day they were checked.
"""

from bot.dialogue.phrase import BUTTON, TYPED, Phrase
from bot.dialogue.phrases_announcements import ANNOUNCEMENT_PHRASES
from bot.dialogue.phrases_desk import DESK_PHRASES
from bot.dialogue.phrases_subscribing import SUBSCRIBING_PHRASES

__all__ = ["BUTTON", "PHRASES", "TYPED", "Phrase"]

_FAULT = "For translators who record: why a recording cannot be used, and what to do."

PHRASES = (
    Phrase(
        "welcome.hello",
        "Hola, soy **Willaq**. Doy información sobre derechos, en castellano y quechua.",
        "First line a new woman reads, in each language, one below the other.",
    ),
    Phrase(
        "welcome.is",
        "Soy un programa, no una persona ni un servicio de emergencia. "
        "No puedo avisar a nadie por ti. Si hay peligro ahora, llama: {contacts}.",
        "{contacts} is a list such as 'Policía 105 · Línea 100'; no suffix may touch it.",
    ),
    Phrase(
        "welcome.is.no_contacts",
        "Soy un programa, no una persona ni un servicio de emergencia. "
        "No puedo avisar a nadie por ti. Si hay peligro ahora, ve a la comisaría más cercana.",
        "The same, when no number to call is confirmed.",
    ),
    Phrase(
        "welcome.privacy",
        "No guardo lo que escribes ni tu nombre. "
        "Si alguien se acerca, escribe **salir** y la pantalla cambia.",
        "The word salir stays; add the word she can type in your language.",
    ),
    Phrase("language.ask", "Elige tu idioma.", "Above one button per language."),
    Phrase(
        "language.done",
        "Listo. Desde ahora te respondo en castellano.",
        "Say it about your own language: 'From now on I answer in Quechua'.",
    ),
    Phrase("menu.title", "¿Qué quieres saber? Elige, o escríbelo con tus palabras."),
    Phrase(
        "menu.gone",
        "Eso ya no está disponible. Mira lo que hay ahora.",
        "She pressed a button of an old message.",
    ),
    Phrase(
        "number.none",
        "Ese número no está en la lista. Elige otro.",
        "She typed a number that none of the choices has.",
    ),
    Phrase("button.menu", "Menú", BUTTON),
    Phrase("button.help", "Ayuda ahora", BUTTON),
    Phrase("button.exit", "Salir", BUTTON + " Quick exit: the screen changes at once."),
    Phrase("button.language", "Idioma", BUTTON),
    Phrase("button.steps", "Qué puedes hacer", BUTTON),
    Phrase("button.law", "Saber más", BUTTON),
    Phrase("button.who", "A quién acudir", BUTTON),
    Phrase("button.src", "De dónde sale esto", BUTTON),
    Phrase("button.rel", "Temas parecidos", BUTTON),
    Phrase("button.topic", "Volver al tema", BUTTON),
    Phrase("button.topics", "Más temas", BUTTON + " In the main menu: the doors that follow."),
    Phrase("button.more", "Ver más", BUTTON + " Below a list of topics: those that follow."),
    Phrase("button.know", "Qué sabes de mí", BUTTON + " Shows what is kept about her."),
    Phrase("button.hide", "Ocultar este chat", BUTTON),
    Phrase("button.not-danger", "No estoy en peligro", BUTTON),
    Phrase("button.danger", "Sí, necesito ayuda", BUTTON),
    Phrase("button.none", "Ninguna de estas", BUTTON),
    Phrase("button.forget", "Borrar todo", BUTTON),
    Phrase("button.near", "Ayuda cerca de mí", BUTTON),
    Phrase("button.elsewhere", "Otro lugar", BUTTON + " Help near another place."),
    Phrase("button.map", "Mapa: {number}", BUTTON + " {number} is the number of a service above."),
    Phrase(
        "button.cards",
        "Números para llamar",
        BUTTON + " WhatsApp: sends the contacts above as cards that can be pressed to call. "
        "At most 20 there, or the buttons of the danger screen hide behind a list.",
    ),
    Phrase(
        "button.options",
        "Más opciones",
        BUTTON
        + " WhatsApp, after she tells of danger: what else she can choose. At most 20 there, "
        "or all three buttons hide behind a list.",
    ),
    Phrase(
        "button.pick",
        "Elegir",
        "Button, at most 20 characters. WhatsApp: opens the list of choices.",
    ),
    Phrase("heading.law", "**Saber más**", "Heading above a section: a law, or what is known."),
    Phrase("heading.steps", "**Qué puedes hacer**", "Heading above a section."),
    Phrase("heading.limits", "**No te pueden exigir**", "Heading above a section."),
    Phrase("heading.who", "**A quién acudir**", "Heading above contacts."),
    Phrase("heading.src", "**De dónde sale esto**", "Heading above the sources."),
    Phrase("heading.rel", "**Temas parecidos**", "Heading above other topics."),
    Phrase("topic.title", "**{title}**", "The title of a topic or service."),
    Phrase("topic.row", "**{title}**: {summary}", "One topic in a list."),
    Phrase(
        "topic.expired",
        "Ojo: esto debía revisarse antes del {date} y no se ha hecho. Confírmalo antes de usarlo.",
        "{date} as 31/12/2026.",
    ),
    Phrase("source.row", "• {norm}. {article} (visto el {date})", "One source. {date} 31/12/2026."),
    Phrase(
        "source.row.likely",
        "• {norm}. {article} (visto el {date}; falta confirmar)",
        "One source that is not the text of a law itself.",
    ),
    Phrase("source.row.short", "• {norm} (visto el {date})", "One source without articles."),
    Phrase("source.row.short.likely", "• {norm} (visto el {date}; falta confirmar)"),
    Phrase("source.reviewed", "Revisado el {date} por {name}."),
    Phrase(
        "source.pending",
        "Escrito el {date}. Falta que lo revise una abogada: pregunta antes de decidir.",
    ),
    Phrase("contact.phone", "Teléfono: {value}"),
    Phrase("contact.whatsapp", "WhatsApp: {value}"),
    Phrase("contact.email", "Correo: {value}"),
    Phrase("contact.web", "Página: {value}"),
    Phrase("contact.address", "Dirección: {value}"),
    Phrase("contact.hours", "Horario: {value}"),
    Phrase("contact.languages", "Lenguas: {value}"),
    Phrase("contact.cost", "Costo: {value}"),
    Phrase("contact.checked", "(Datos vistos el {date})", "Below a contact. {date} 31/12/2026."),
    Phrase(
        "contact.checked.between",
        "(Datos vistos del {first} al {last})",
        "Below several contacts. {first} and {last} as 31/12/2026; no suffix may touch them.",
    ),
    Phrase(
        "contact.none", "No tenemos un contacto confirmado para esto. No damos datos inventados."
    ),
    Phrase("related.none", "No hay otros temas parecidos."),
    Phrase(
        "search.unsure",
        "No estoy segura de haber entendido. ¿Es algo de esto?",
        "Above three buttons with topics.",
    ),
    Phrase(
        "search.nothing",
        "No encontré eso. Prueba con otras palabras o elige un tema. Si quieres hablar con una "
        "persona, escribe **ayuda**.",
        "For ayuda, the word she can type in your language.",
    ),
    Phrase("thanks", "Gracias a ti. Aquí estaré cuando me necesites."),
    Phrase(
        "see.nothing",
        "Ahora no hay mensajes pendientes para ti.",
        "She pressed «Ver» below «Tienes un mensaje nuevo», and it had become too old.",
    ),
    Phrase(
        "unreadable",
        "No puedo ver fotos, oír audios ni abrir archivos. Escríbeme con tus palabras, "
        "aunque sean pocas, o elige abajo.",
    ),
    Phrase(
        "location",
        "Todavía no tengo una lista confirmada de lugares cerca de ti. No guardé tu ubicación. "
        "En la Línea 100 y en la comisaría te dicen qué servicio queda más cerca.",
    ),
    Phrase(
        "near.ask",
        "¿En qué distrito estás? Escríbelo, por ejemplo: Jauja, Junín.",
        "She wants help near her. A district is enough; do not ask for more.",
    ),
    Phrase(
        "near.forget",
        "Recuerdo el lugar solo 30 minutos, para responderte. Después lo olvido.",
        "Below the question where she is.",
    ),
    Phrase(
        "near.unknown",
        "No encontré ese lugar. Escribe el distrito y el departamento, por ejemplo: Jauja, Junín.",
    ),
    Phrase(
        "near.which",
        "Hay más de un lugar que se llama {name}. ¿Cuál es el tuyo? Elígelo, o escribe también "
        "la provincia o el departamento.",
        "Above buttons with departments or provinces.",
    ),
    Phrase(
        "near.which.names",
        "¿Cuál de estos lugares es? Elígelo, o escríbelo con su departamento.",
        "Above buttons with the names of places.",
    ),
    Phrase(
        "near.province",
        "{name} es grande. ¿En qué provincia o distrito estás? Elígelo o escríbelo.",
        "{name} is a department; above buttons with its provinces.",
    ),
    Phrase("near.department", "Región {name}", BUTTON + " A whole department."),
    Phrase("near.map", "En el mapa:", "Above a place on the map."),
    Phrase("near.title", "**Cerca de {place}**", "Heading above services. 'Jauja, Junín'."),
    Phrase("near.title.here", "**Cerca de ti**", "Heading above services, when she shared where."),
    Phrase("near.row", "**{number}. {name}**", "One service: its number in the list, its name."),
    Phrase("near.where", "{kind}, en {place}: a unos {km} km", "Below a service's name."),
    Phrase("near.where.close", "{kind}, en {place}: a menos de {km} km", "Below a service's name."),
    Phrase(
        "near.where.town",
        "{kind}, en {place}",
        "Below a service's name, when only its district is known, and it is hers.",
    ),
    Phrase(
        "near.expired",
        "Ojo: nadie ha confirmado estos datos desde el {date}. Por eso no te doy su número ni su "
        "dirección. Pregunta antes de ir.",
        "Below a service whose date is over. {date} as 31/12/2026.",
    ),
    Phrase(
        "near.straight",
        "La distancia es en línea recta: por el camino es más. Si puedes, llama antes de ir.",
        "Below a list of services.",
    ),
    Phrase(
        "near.none",
        "No tengo ningún servicio anotado a menos de 60 km de ahí. Puede haber uno que no conozco: "
        "pregunta por teléfono.",
        "Numbers to call follow.",
    ),
    Phrase(
        "near.none.kind",
        "No tengo anotado cerca de ahí: {kind}. Puede haber y que yo no lo conozca: "
        "pregunta por teléfono.",
        "{kind} is such as 'Comisaría'. Numbers to call follow.",
    ),
    *(
        Phrase(f"kind.{kind}", name, BUTTON + " A kind of service.")
        for kind, name in (
            ("centro-emergencia-mujer", "Centro Emergencia Mujer"),
            ("comisaria", "Comisaría"),
            ("salud", "Centro de salud"),
            ("demuna", "DEMUNA"),
            ("defensa-publica", "Defensa pública"),
            ("fiscalia", "Fiscalía"),
            ("juzgado", "Juzgado"),
            ("defensoria-del-pueblo", "Defensoría del Pueblo"),
            ("atencion-rural", "Atención rural (SAR)"),
            ("atencion-urgente", "Atención urgente (SAU)"),
            ("trabajo", "Oficina de trabajo"),
            ("organizacion", "Organización"),
        )
    ),
    Phrase(
        "group",
        "Converso solo de a dos, nunca en grupos. Escríbeme por privado.",
        "Said in a group chat before leaving it. Must not say what Willaq is about.",
    ),
    Phrase(
        "sorry",
        "Disculpa, algo falló de mi lado. Escribe **menú** para seguir.",
        "When our own program fails.",
    ),
    Phrase(
        "danger.violence",
        "Siento mucho lo que estás pasando. No es tu culpa y no estás sola. "
        "¿Puedes leer esto sin riesgo? Si no, escribe **salir**.",
        "First words after she tells of violence, a threat or being locked in. "
        "For salir, the word she can type in your language.",
    ),
    Phrase(
        "danger.sexual",
        "Siento mucho lo que te pasó. No es tu culpa. "
        "¿Puedes leer esto sin riesgo? Si no, escribe **salir**. "
        "Busca atención de salud lo antes posible, aunque no quieras denunciar.",
        "First words after she tells of sexual violence.",
    ),
    Phrase(
        "danger.self-harm",
        "Gracias por decirlo. Lo que sientes importa y no tienes que pasarlo sola. "
        "Busca ahora a una persona de confianza y quédate con ella. "
        "Si ya te hiciste daño, pide una ambulancia.",
        "First words after she says she wants to die or hurt herself.",
    ),
    Phrase(
        "danger.child",
        "Gracias por decirlo. Una niña o un niño en peligro es lo primero. "
        "¿Puedes leer esto sin riesgo? Si no, escribe **salir**.",
        "First words after she tells that a child is at risk.",
    ),
    Phrase("danger.call", "Puedes llamar a:", "Above the numbers."),
    Phrase(
        "danger.near",
        "Si no puedes llamar, ve a la comisaría, al Centro Emergencia Mujer o al centro de salud "
        "más cercano. Pide ayuda a alguien de confianza.",
    ),
    Phrase("danger.me", "Yo soy un programa: no puedo llamar ni avisar a nadie por ti."),
    Phrase(
        "danger.not",
        "Gracias por decírmelo, entendí mal.",
        "She said that she is not in danger.",
    ),
    Phrase(
        "danger.ask",
        "¿Estás en peligro ahora? Escribe **ayuda**.",
        "A line below a normal answer. For ayuda, the word she can type in your language.",
    ),
    Phrase(
        "danger.options",
        "¿Qué quieres hacer? Si alguien se acerca, escribe **salir**.",
        "WhatsApp: above what else she can choose. For salir, the word she can type.",
    ),
    Phrase("help.title", "**Ayuda ahora**", "Heading of the help screen."),
    Phrase(
        "help.near",
        "Si no puedes llamar, ve a la comisaría o al centro de salud más cercano. "
        "Pide ayuda a alguien de confianza.",
        "Help screen, below the contacts. It is one WhatsApp message of 1024: keep it short.",
    ),
    Phrase("hide.title", "**Ocultar este chat**"),
    Phrase(
        "hide.words",
        "Escribe **salir**: la pantalla cambia a algo sin importancia. "
        "Escribe **borrar**: borro lo que guardo de ti.",
        "salir and borrar stay; add the words she can type in your language.",
    ),
    Phrase(
        "hide.telegram",
        "En Telegram, **salir** y **borrar** quitan los mensajes de las últimas 48 horas, tuyos "
        "y míos. Para quitar todo: en la lista de chats deja el dedo sobre este chat, toca "
        "el tacho y elige borrar también para el bot. Para que no suene: silencia este chat.",
    ),
    Phrase(
        "hide.whatsapp",
        "En WhatsApp no puedo quitar nada de tu celular: al **salir**, lo de arriba sigue ahí. "
        "Los mensajes temporales no funcionan en este chat.\n"
        "- Para borrar: en la lista de chats deja el dedo sobre este chat, toca el tacho y "
        "**Eliminar chat**. Puede quedar en una copia de seguridad.\n"
        "- Para esconder: deja el dedo sobre este chat, toca los tres puntos y "
        "**Restringir chat**. El aviso ya no dirá de quién es. "
        "Quien sabe la clave de tu celular puede abrirlo.\n"
        "- Mira en los tres puntos **Dispositivos vinculados**. Si hay uno que no es tuyo, otra "
        "persona puede leer tus chats. Si lo cierras, se dará cuenta.",
        "The words in bold are what WhatsApp's own menus say in Spanish; those stay in Spanish.",
    ),
    Phrase(
        "hide.webchat",
        "Aquí no hay cuenta. Al salir, la página se cambia por otra. El historial del navegador "
        "puede guardar la dirección: bórrala de ahí, o abre la página en modo incógnito.",
    ),
    Phrase("hide.terminal", "Cierra esta ventana y limpia la pantalla."),
    Phrase(
        "hide.spy",
        "Si crees que tu celular está vigilado, usa el de otra persona: "
        "nada de esto frena un programa espía.",
    ),
    Phrase(
        "forget.done",
        "Listo. Borré lo que sabía de ti. Por 8 días quedan unas marcas que no dicen de quién son.",
    ),
    Phrase(
        "forget.telegram",
        "Telegram solo deja borrar los mensajes de las últimas 48 horas. "
        "Los más antiguos bórralos tú: deja el dedo sobre este chat y toca el tacho.",
    ),
    Phrase(
        "forget.whatsapp",
        "Los mensajes de tu celular no los puedo borrar. Bórralos tú: en la lista de chats deja el "
        "dedo sobre este chat, toca el tacho y **Eliminar chat**.",
    ),
    Phrase("know.title", "**Lo que sé de ti**"),
    Phrase(
        "know.kept",
        "Guardo: tu idioma ({language}), la dirección de este chat en clave, el día de tu última "
        "visita y si bloqueaste este chat. Recuerdo en qué pantalla vas y cerca de qué lugar "
        "buscas ayuda, en clave, por 30 minutos.",
        "{language} is the language's own name.",
    ),
    Phrase(
        "know.short",
        "Guardo 8 días una marca de cada mensaje tuyo y de cada respuesta, con la hora y sin lo "
        "que dice, para no responder dos veces. Mis respuestas se guardan en clave solo hasta "
        "que te llegan.",
    ),
    Phrase(
        "know.telegram", "Guardo 48 horas, en clave, el número de cada mensaje para poder borrarlo."
    ),
    Phrase(
        "know.whatsapp",
        "Guardo hasta qué hora WhatsApp me deja responderte, si tu celular muestra botones y si "
        "pediste no recibir anuncios. WhatsApp sabe que conversas conmigo: eso no lo puedo borrar.",
    ),
    Phrase(
        "know.not",
        "No guardo lo que escribes, tu nombre ni dónde estás. Cuento cuántas veces se abre cada "
        "tema por semana, sin saber quién.",
    ),
    Phrase(
        "draft.notice",
        "(Traducción sin revisar.)",
        "Below every text whose translation nobody has reviewed.",
    ),
    Phrase("both.spanish", "En castellano:", "Above the Spanish of an unreviewed safety text."),
    Phrase("language.in", "En castellano", BUTTON + " Opens the Spanish text of the page."),
    Phrase(
        "typed.menu",
        "menu\ninicio\nempezar\nstart\nhola\nbuenas\nbuenos dias\nbuenas tardes\n"
        "buenas noches\nprincipio\nopciones\ntemas\nninguna\nninguna de estas\n"
        "no estoy en peligro\nestoy bien\nvolver al menu\nmenu principal",
        TYPED + " Shows the menu.",
    ),
    Phrase(
        "typed.more",
        "mas temas\nver mas\nver mas temas\nmas opciones\nsiguiente\notra pagina",
        TYPED + " The next page of a list.",
    ),
    Phrase("typed.back", "atras\nvolver\nregresar\nanterior", TYPED + " One step back."),
    Phrase(
        "typed.help",
        "ayuda\nayudame\nayudenme\nauxilio\nsocorro\nemergencia\nsos\nhelp\nurgente\n"
        "necesito ayuda\nayuda ahora\nquiero hablar con una persona\nhablar con alguien\n"
        "hablar con una persona\nsi necesito ayuda\nayuda por favor\nayuda x favor\nalluda",
        TYPED + " Shows whom to call now.",
    ),
    Phrase(
        "typed.exit",
        "salir\nsalida\nexit\nsal\nquitar\ncerrar\nsalirme\n"
        "salir ya\nsalir rapido\nslir\nsalr\nslair\nquiero salir\nkiero salir\n"
        "quiero salir de aqui\nsalir de aqui\nsalir del chat\nsalir de este chat\n"
        "salir por favor\nsalir x favor\n"
        "cierra\ncierra esto\ncierra el chat\ncerrar chat\ncerrar el chat",
        TYPED + " Quick exit.",
    ),
    Phrase(
        "typed.hide",
        "ocultar\nesconder\nocultar chat\nocultar este chat\ncomo oculto este chat\nhide",
        TYPED + " How to hide this chat.",
    ),
    Phrase(
        "typed.forget",
        "borrar\nborrame\nborra todo\nborrar todo\nborrar mis datos\nolvidame\n"
        "elimina mis datos\neliminar\nforget\n"
        "borra\nborra mis datos\nborra el chat\nborrar chat\nborrar conversacion\n"
        "borra todo por favor\nborrar por favor\nborralo\nborralo todo",
        TYPED + " Deletes everything about her.",
    ),
    Phrase(
        "typed.know",
        "que sabes de mi\nq sabes de mi\nque guardas de mi\nmis datos\n"
        "que datos tienes de mi\ndatos\nque sabes d mi\nq sabes d mi\nque sabe de mi",
        TYPED + " Shows what is kept about her.",
    ),
    Phrase(
        "typed.language",
        "idioma\nlengua\nlenguaje\ncambiar idioma\notro idioma\nlanguage",
        TYPED + " Choice of language.",
    ),
    Phrase(
        "typed.this",
        "castellano\nespañol\nespanol\nen castellano\nen español\nspanish\n"
        "hablame en español\nhablame en castellano\nen español por favor\nen castellano por favor\n"
        "quiero español\nquiero castellano",
        TYPED + " Names of your own language: choosing it.",
    ),
    Phrase(
        "typed.steps",
        "pasos\nque hago\nque puedo hacer\nq hago\ncomo hago\nque puedes hacer",
        TYPED + " In a topic: what she can do.",
    ),
    Phrase(
        "typed.law",
        "mas\nsaber mas\nley\nmas informacion\nsigue\nque dice la ley",
        TYPED + " In a topic: more.",
    ),
    Phrase(
        "typed.who",
        "contactos\ncontacto\ntelefono\ntelefonos\nnumero\na quien acudir\ndonde voy\ndonde llamo",
        TYPED + " In a topic: whom to contact.",
    ),
    Phrase(
        "typed.src",
        "fuente\nfuentes\nde donde sale\nde donde sale esto\nquien lo dice",
        TYPED + " In a topic: sources.",
    ),
    Phrase(
        "typed.rel",
        "parecidos\ntemas parecidos\notros temas\nrelacionados",
        TYPED + " In a topic: related topics.",
    ),
    Phrase(
        "typed.hear",
        "escuchar\nquiero escuchar\noir\naudio\nvoz",
        TYPED + " In a topic: listen to it.",
    ),
    Phrase(
        "typed.record",
        "grabar",
        "What a translator types before the name of a topic, one word a line, lower case.",
    ),
    Phrase(
        "button.hear",
        "🔊 Escuchar ({length})",
        BUTTON + " Below a topic: plays the recording. {length} is minutes and seconds, 1:23.",
    ),
    Phrase(
        "button.hear.in",
        "🔊 {language}",
        BUTTON + " The same, when the only recording is in another language than she reads.",
    ),
    Phrase(
        "hear.machine",
        "Esta voz es de un programa, no de una persona.",
        "Above a recording that a program speaks.",
    ),
    Phrase(
        "hear.none",
        "Este tema no se puede escuchar por ahora. Puedes leerlo aquí.",
        "She asks to listen, and there is no recording of today's text.",
    ),
    Phrase(
        "voice.which",
        "¿Qué tema vas a grabar? Escribe /grabar y el nombre del tema.",
        "For translators who record. /grabar stays as it is.",
    ),
    Phrase("voice.choose", "¿Cuál de estos temas vas a grabar?", "For translators who record."),
    Phrase(
        "voice.read",
        "Lee en voz alta todo lo que sigue, de una vez y en un lugar sin ruido. "
        "Envíalo aquí como nota de voz.",
        "For translators who record. The text to read follows.",
    ),
    Phrase(
        "voice.wait",
        "Recibí tu voz. En un momento la oyes como va a quedar.",
        "For translators who record.",
    ),
    Phrase(
        "voice.ready",
        "Así queda **{title}**. Escúchala. ¿La guardo? Si no te gusta, envía otra nota de voz.",
        "For translators who record. The recording follows.",
    ),
    Phrase("button.voice.keep", "Guardar", BUTTON + " At most 20 on WhatsApp."),
    Phrase("button.voice.drop", "No guardar", BUTTON + " At most 20 on WhatsApp."),
    Phrase(
        "voice.kept",
        "Guardada. **{title}** se puede escuchar en {language}. Gracias.",
        "For translators who record.",
    ),
    Phrase("voice.dropped", "No la guardé.", "For translators who record."),
    Phrase(
        "voice.lost",
        "Tu grabación se perdió mientras la preparaba. Escribe /grabar {topic} y envíala otra vez.",
        "For translators who record. {topic} is the name of a file; no suffix may touch it.",
    ),
    Phrase(
        "voice.gone",
        "Esa grabación ya no está aquí. Escribe /grabar y el tema, y envíala otra vez.",
        "For translators who record: she says yes too late. /grabar stays as it is.",
    ),
    Phrase(
        "voice.unkept",
        "No pude guardar la grabación de {topic}. Avisa a quien cuida de Willaq.",
        "For translators who record: the disk is full or may not be written.",
    ),
    Phrase(
        "voice.fault.large",
        "El archivo pesa más de 16 MB. Envía solo la voz, sin video.",
        _FAULT,
    ),
    Phrase(
        "voice.fault.long",
        "La grabación dura más de 4 minutos. Lee solo el texto, sin pausas.",
        _FAULT,
    ),
    Phrase(
        "voice.fault.short",
        "La grabación es demasiado corta. Graba el texto entero.",
        _FAULT,
    ),
    Phrase(
        "voice.fault.silent",
        "No se oye ninguna voz. Acerca el micrófono y graba otra vez.",
        _FAULT,
    ),
    Phrase("voice.fault.mute", "El archivo no tiene sonido. Elige otro.", _FAULT),
    Phrase(
        "voice.fault.unreadable",
        "No es una grabación que se pueda abrir. Guárdala como OGG, M4A, MP3 o WAV.",
        _FAULT,
    ),
    Phrase(
        "voice.fault.slow",
        "Preparar la grabación toma demasiado tiempo. Graba otra vez, o más tarde.",
        _FAULT,
    ),
    Phrase(
        "voice.fault.away",
        "No pude traer tu nota de voz. Envíala otra vez.",
        _FAULT,
    ),
    Phrase(
        "typed.thanks",
        "chau\nadios\nhasta luego\ngracias\nmuchas gracias\nmil gracias\ngracias willaq\n"
        "ok gracias",
        TYPED + " She thanks.",
    ),
    Phrase("button.dates", "Fechas e inscripción", BUTTON + " Of a school: when it is held."),
    Phrase("button.join", "Inscribirme", BUTTON),
    Phrase("button.mine", "Mis inscripciones", BUTTON + " The schools she signed up for."),
    Phrase("button.quit", "Retirarme", BUTTON + " Takes her out of a school at once."),
    Phrase("button.cannot", "Ya no puedo ir", BUTTON + " Below a reminder: takes her out."),
    Phrase("button.see", "Ver", BUTTON + " Below a reminder: shows what it is about."),
    Phrase("button.change", "Cambiar mis datos", BUTTON),
    Phrase("button.calendar", "Para mi calendario", BUTTON + " A file with the dates."),
    Phrase("button.agree", "Sí, acepto", BUTTON + " She agrees to what stands above."),
    Phrase("button.refuse", "No acepto", BUTTON),
    Phrase("button.skip", "Saltar", BUTTON + " She does not answer this question."),
    Phrase("button.confirm", "Sí, inscribirme", BUTTON + " The last step of the sign-up."),
    Phrase("button.save", "Guardar cambios", BUTTON),
    Phrase("button.cancel", "Dejarlo", BUTTON + " Ends the sign-up; nothing is kept."),
    Phrase("button.regions", "Más regiones", BUTTON),
    Phrase("button.edit.name", "Cambiar nombre", BUTTON),
    Phrase("button.edit.region", "Cambiar región", BUTTON),
    Phrase("button.edit.organization", "Cambiar organización", BUTTON),
    Phrase("dates.coming", "**Lo que viene**", "Heading above the next dates of a school."),
    Phrase("dates.past", "**Lo que ya pasó**", "Heading above past dates of a school."),
    Phrase("dates.none", "Todavía no hay una fecha nueva confirmada. No damos fechas inventadas."),
    Phrase("edition.name", "{school}: {edition}", "'Escuela de ONAMIAP: Lircay 2027'."),
    Phrase("edition.row", "**{name}**: {when}. {where}", "One edition of a school in a list."),
    Phrase("edition.dates", "del {start} al {end}", "{start} and {end} as 31/12/2026."),
    Phrase("edition.place", "{place}, {area}", "A house or hall, then district and region."),
    Phrase("edition.when", "Cuándo: {value}"),
    Phrase("edition.schedule", "Horario: {value}"),
    Phrase("edition.where", "Dónde: {value}"),
    Phrase("edition.capacity", "Sitios: {number}"),
    Phrase("edition.deadline", "Inscripción hasta el {date}"),
    Phrase(
        "edition.open", "Hay inscripción abierta hasta el {date}: toca **Fechas e inscripción**."
    ),
    Phrase("edition.room", "Todavía hay sitio."),
    Phrase(
        "edition.full",
        "Ya no hay sitio. Puedes quedar en lista de espera: si alguien se retira, te aviso.",
    ),
    Phrase(
        "edition.full.web",
        "Ya no hay sitio, y por esta página no podría avisarte. Pregunta a quien la organiza.",
    ),
    Phrase("edition.closed", "La inscripción ya cerró."),
    Phrase("edition.elsewhere", "La inscripción no es por aquí: pregunta a quien la organiza."),
    Phrase("edition.enrolled", "Ya estás inscrita."),
    Phrase("edition.waiting", "Ya estás en la lista de espera."),
    Phrase("edition.sources", "De dónde sale esto:\n{sources}"),
    Phrase("open.title", "**Inscripciones abiertas**", "Heading above what she can join now."),
    Phrase("open.none", "Ahora no hay inscripciones abiertas."),
    Phrase(
        "calendar.here",
        "Abre este enlace para guardar las fechas en tu celular. El aviso del calendario no dice "
        "qué escuela es.",
    ),
    Phrase("calendar.link", "{url}"),
    Phrase(
        "calendar.summary",
        "Taller",
        "Name of the event in her calendar. Must not say what it is about: others may see it.",
    ),
    Phrase("consent.title", "**Tu permiso**: {edition}", "Before the first question of a sign-up."),
    Phrase(
        "consent.what",
        "- Te pregunto tres cosas: cómo quieres que te llamemos, tu región y, si quieres, "
        "tu organización.",
    ),
    Phrase(
        "consent.who",
        "- Las guarda Willaq, en clave, y las recibe quien organiza: {organization}.",
        "{organization} may have its address with it.",
    ),
    Phrase(
        "consent.why",
        "- Solo sirven para organizar este taller y recordarte la fecha. También sabrán por qué "
        "aplicación escribes, pero no tu número.",
    ),
    Phrase(
        "consent.sensitive",
        "- Estar inscrita puede decir algo de tus ideas o de tu origen. Por eso te pido permiso "
        "aparte.",
    ),
    Phrase(
        "consent.long",
        "Todo se borra {days} días después de que termine. Hasta que confirmes, lo recuerdo "
        "en clave 30 minutos y nada más.",
    ),
    Phrase(
        "consent.abroad",
        "Lo que escribes pasa por tu aplicación de mensajes, que lo guarda fuera del Perú.",
    ),
    Phrase(
        "consent.out",
        "Puedes retirarte cuando quieras, con un toque: escribe **mis inscripciones** o "
        "**retirarme**. Entonces borro lo que pusiste.",
        "Add the words she can type in your language.",
    ),
    Phrase(
        "consent.web",
        "En esta página solo te reconozco un día y no puedo avisarte. Hasta entonces escribe "
        "**retirarme** para salir; después, habla con {organization}.",
    ),
    Phrase(
        "consent.young",
        "Si tienes menos de 14 años, que te inscriba tu mamá o tu papá con quien organiza.",
    ),
    Phrase("consent.free", "Si no aceptas, no pasa nada: todo lo demás sigue igual."),
    Phrase("sign.consent.again", "Toca **Sí, acepto** o **No acepto**."),
    Phrase("sign.refused", "Está bien. No guardé nada. Todo lo demás sigue igual."),
    Phrase(
        "sign.name",
        "¿Cómo quieres que te llamemos? Puede ser tu nombre u otro que tú elijas.",
    ),
    Phrase("sign.name.again", "No guardé eso. Escribe solo un nombre, corto."),
    Phrase("sign.region", "¿En qué región vives? Elígela, o escríbela."),
    Phrase(
        "sign.region.again",
        "No encontré esa región. Escribe una sola, por ejemplo Ayacucho, o elígela.",
    ),
    Phrase(
        "sign.organization",
        "¿Eres parte de una organización? Escribe su nombre. Si no, o si prefieres no decirlo, "
        "toca **Saltar**.",
    ),
    Phrase("sign.organization.again", "No guardé eso. Escribe solo el nombre, o toca **Saltar**."),
    Phrase(
        "sign.not.kept",
        "No guardé lo que escribiste. Si es un nombre, empieza cada palabra con mayúscula.",
        "She wrote something that may tell of danger in place of an answer.",
    ),
    Phrase("sign.review", "**Revisa antes de confirmar**: {edition}"),
    Phrase("sign.review.again", "Toca un botón para confirmar o cambiar algo."),
    Phrase("answer.name", "Nombre: {value}"),
    Phrase("answer.region", "Región: {value}"),
    Phrase("answer.organization", "Organización: {value}"),
    Phrase("answer.organization.none", "Organización: ninguna"),
    Phrase("sign.enrolled", "Listo, estás inscrita."),
    Phrase(
        "sign.waiting",
        "Ya no hay sitio. Estás en la lista de espera, en el puesto {place}. Todavía no tienes "
        "un sitio: si se abre uno, es tuyo y te aviso.",
    ),
    Phrase("sign.changed", "Listo, guardé los cambios."),
    Phrase("sign.already", "Ya te inscribiste aquí."),
    Phrase("sign.dropped", "Lo dejamos aquí. No guardé nada de lo que escribiste ahora."),
    Phrase(
        "sign.late",
        "Esa inscripción quedó a medias y no guardé nada. Puedes empezar de nuevo.",
        "She pressed a button of a sign-up that is over.",
    ),
    Phrase("sign.closed", "Esa inscripción ya cerró. No guardé nada."),
    Phrase(
        "mine.word",
        "Para verla o retirarte, escribe **mis inscripciones**.",
        "Add the words she can type in your language.",
    ),
    Phrase("mine.title", "**Mis inscripciones**"),
    Phrase("mine.none", "No tienes inscripciones."),
    Phrase("mine.enrolled", "Estás inscrita."),
    Phrase("mine.waiting", "Estás en la lista de espera, en el puesto {place}."),
    Phrase("mine.out", "Si tocas **Retirarme**, borro lo que pusiste."),
    Phrase("quit.which", "¿De cuál te retiras?"),
    Phrase(
        "quit.done",
        "Listo, te retiraste de: {edition}. Borré tu nombre, tu región y tu organización.",
    ),
    Phrase("quit.gone", "Ahí ya no estás inscrita."),
    Phrase(
        "know.enrolled",
        "Te inscribiste y diste permiso el {date}: {edition}. Quien organiza puede ver:",
    ),
    Phrase(
        "know.withdrawn",
        "Te retiraste de: {edition}. Solo guardo que diste permiso el {date} y que te retiraste.",
    ),
    Phrase(
        "know.not.more",
        "Fuera de eso no guardo lo que escribes ni dónde estás. Cuento cuántas veces se abre "
        "cada tema por semana, sin saber quién.",
        "In place of know.not, for a woman who signed up for a school.",
    ),
    Phrase(
        "remind.week",
        "Hola. Te recuerdo una fecha: {when}.",
        "A week before. Shows on a locked screen: must not say what it is about.",
    ),
    Phrase(
        "remind.day",
        "Hola. Te recuerdo que ya es pronto: {when}.",
        "The day before. Shows on a locked screen: must not say what it is about.",
    ),
    Phrase(
        "remind.place",
        "Hola. Se abrió un sitio y es tuyo: {when}.",
        "She was waiting. Shows on a locked screen: must not say what it is about.",
    ),
    Phrase(
        "remind.more",
        "Escribe **mis inscripciones** para ver más, o **retirarme** si ya no puedes.",
        "Below a reminder. Add the words she can type in your language.",
    ),
    Phrase(
        "typed.join",
        "inscribirme\nme inscribo\nquiero inscribirme\nkiero inscribirme\ninscripcion\n"
        "inscripciones\ninscripciones abiertas\ncomo me inscribo",
        TYPED + " Shows which schools she can join now.",
    ),
    Phrase(
        "typed.mine",
        "mis inscripciones\nmi inscripcion\nmis escuelas\nmis talleres\nver mi inscripcion",
        TYPED + " Shows what she signed up for.",
    ),
    Phrase(
        "typed.quit",
        "retirarme\nme retiro\nquiero retirarme\nkiero retirarme\nretirar\nretirarme ya\n"
        "anular inscripcion\nanular mi inscripcion\ncancelar inscripcion\n"
        "cancelar mi inscripcion\nborrar mi inscripcion\nya no puedo ir\nno podre ir\n"
        "ya no voy\nno puedo ir",
        TYPED + " Takes her out of the school she signed up for.",
    ),
    Phrase(
        "typed.dates",
        "fechas\nfecha\nediciones\ncuando es\ncuando empieza\nfechas e inscripcion",
        TYPED + " In a school's page: its dates.",
    ),
    Phrase(
        "typed.yes",
        "si\nacepto\nsi acepto\nsi quiero\nclaro\nclaro que si\nde acuerdo\nconfirmo\n"
        "si confirmo\nsi por favor\nsi inscribirme",
        TYPED + " She agrees or confirms. Nothing that could mean anything else.",
    ),
    Phrase(
        "typed.no",
        "no\nno acepto\nno quiero\nno gracias\nmejor no",
        TYPED + " She refuses.",
    ),
    Phrase(
        "typed.skip",
        "saltar\nninguna\nninguno\nno tengo\nno pertenezco\nsin organizacion\nsola\npasar\n"
        "prefiero no decirlo\nno tengo organizacion",
        TYPED + " She leaves out the question about her organization.",
    ),
    Phrase(
        "typed.near",
        "cerca\ncerca de mi\nayuda cerca\nayuda cerca de mi\nservicios cerca\n"
        "servicios cerca de mi\nque hay cerca\nque hay cerca de mi\nayuda cercana\n"
        "donde hay ayuda cerca\ndonde puedo ir\nadonde puedo ir\na donde puedo ir\n"
        "donde queda cerca\nmas cercano\nel mas cercano\notro lugar\nubicacion\nmapa",
        TYPED + " Help near her: she is asked where.",
    ),
    Phrase(
        "typed.near.words",
        "en\na\nal\nde\ndel\nel\nla\nlos\nlas\nun\nuna\npor\npara\nmi\nse\nesta\nestan\n"
        "hay\nahi\naqui\naca\nqueda\nquedan\ndonde\ndnd\nadonde\ncual\nes\nque\n"
        "cerca\ncerca de\ncerca a\ncerca de mi\ncercano\ncercana\ncercanos\ncercanas\n"
        "mas cercano\nmas cercana\nmas cerca\nvivo en\nestoy en\nestoy por\nsoy de\nhola\n"
        "busco\nbuscar\nnecesito\nquiero\nquiero ir\nir\nllegar\ncomo llego\ncomo llegar\n"
        "quisiera\ndireccion\nla direccion\nubicacion\nayuda\nservicio\nservicios\n"
        "distrito\nprovincia\ndepartamento\nregion\nciudad\nzona\nlado\npor favor\nxfa\n"
        "porfa\nporfavor\ngracias\ndime\nsabes",
        TYPED + " Words around a place or a service ('where is the police of ...'). "
        "Endings of Quechua such as -pi are understood without it.",
    ),
    *(
        Phrase(f"typed.kind.{kind}", words, TYPED + " Names of a kind of service.")
        for kind, words in (
            (
                "centro-emergencia-mujer",
                "cem\ncems\ncentro emergencia mujer\ncentro de emergencia mujer\n"
                "centro emergencia de la mujer\ncentro de emergencia de la mujer\n"
                "centro de la mujer\ncemf\ncentro emergencia mujer y familia",
            ),
            (
                "comisaria",
                "comisaria\ncomisarias\ncomiseria\npolicia\npolicias\npnp\ncpnp\n"
                "comisaria de familia\ncomisaria de mujeres\ncomisaria de la mujer\n"
                "puesto policial\nestacion de policia\nserenazgo",
            ),
            (
                "salud",
                "centro de salud\nposta\nposta medica\npuesto de salud\nhospital\nhospitales\n"
                "clinica\nmedico\nessalud\nminsa",
            ),
            (
                "demuna",
                "demuna\ndemunas\ndefensoria del niño\ndefensoria de la niña\ndefensoria municipal",
            ),
            (
                "defensa-publica",
                "defensa publica\nabogado gratis\nabogada gratis\nabogado gratuito\n"
                "defensor publico\ndefensora publica\nsunadep\nalegra",
            ),
            ("fiscalia", "fiscalia\nfiscalias\nministerio publico\nfiscal"),
            (
                "juzgado",
                "juzgado\njuzgados\njuzgado de paz\njuzgado de familia\njuez\n"
                "juzgado de paz letrado\npoder judicial\ncorte",
            ),
            ("defensoria-del-pueblo", "defensoria del pueblo\ndefensoria"),
            ("atencion-rural", "sar\nservicio de atencion rural\natencion rural"),
            ("atencion-urgente", "sau\nservicio de atencion urgente\natencion urgente"),
            (
                "trabajo",
                "sunafil\noficina de trabajo\nministerio de trabajo\n"
                "direccion de trabajo\ninspeccion de trabajo",
            ),
            (
                "organizacion",
                "organizacion\norganizaciones\norganizacion de mujeres\n"
                "colectiva\ncolectivo\nasociacion de mujeres",
            ),
        )
    ),
    Phrase("web.write", "Escribe aquí", "The web page: name of the box she writes in."),
    Phrase("web.send", "Enviar", "The web page: button beside that box."),
    Phrase("web.you", "Tú", "The web page: who wrote it, above her own words, for screen readers."),
    Phrase("web.log", "Conversación", "The web page: name of the list of messages."),
    Phrase(
        "web.hint",
        "Para salir al instante: el botón de arriba, o la tecla Esc dos veces.",
        "The web page, below the box.",
    ),
    Phrase("web.wait", "Un momento…", "The web page, while the answer is on its way."),
    Phrase(
        "web.offline",
        "Sin conexión. Reintentando…",
        "The web page: her message could not leave; it is tried again by itself.",
    ),
    Phrase(
        "web.busy",
        "Hay mucha gente ahora. Tu mensaje saldrá en un momento.",
        "The web page: too much at once; it is tried again by itself.",
    ),
    Phrase(
        "web.long",
        "Es demasiado largo. Escribe menos de 4000 letras.",
        "The web page: she wrote or pasted too much.",
    ),
    Phrase(
        "web.failed",
        "No se pudo enviar. Escríbelo otra vez.",
        "The web page: her message was not taken, trying again would change nothing.",
    ),
    Phrase(
        "web.open", "Abrir el chat", "Button on a partner's page. Must not say what it is about."
    ),
    Phrase("web.close", "Cerrar el chat", "The same button while the chat is open."),
    Phrase(
        "pack.what",
        "Información sobre tus derechos, para leer sin internet. No es un servicio de emergencia.",
        "Top of the page and the paper that women carry where there is no signal.",
    ),
    Phrase(
        "pack.made",
        "Hecho el {date}. Los números y las leyes cambian: mira la fecha de cada dato.",
        "The same place. {date} as 31/12/2026.",
    ),
    Phrase(
        "pack.exit",
        "Si alguien se acerca, toca **Salir**: verás una receta de cocina.",
        "The page to carry; the word must be the same as button.exit.",
    ),
    Phrase(
        "pack.keep",
        "Si alguien revisa tus cosas, déjalo con una persona de confianza o bórralo después "
        "de leer.",
        "The page and the paper to carry: about this page or paper itself.",
    ),
    Phrase(
        "pack.draft",
        "Nadie revisó todavía esta traducción. Debajo de cada texto está el castellano.",
        "The page and the paper to carry: say it about your own language.",
    ),
    Phrase("pack.search", "Busca con tus palabras", "The page to carry: name of the search box."),
    Phrase("pack.found", "Temas que encontré:", "The page to carry: above a list of topics."),
    Phrase(
        "pack.nothing",
        "No encontré eso. Prueba con otras palabras, o mira la lista de temas.",
        "The page to carry: below the search box.",
    ),
    Phrase("pack.topics", "Todos los temas", "Heading above the list of all topics."),
    Phrase("pack.others", "Otros temas", "Heading above topics that belong nowhere else."),
    Phrase(
        "pack.until",
        "Después del {date}, confírmalo antes de usarlo.",
        "The page and the paper to carry: below a topic or a contact. {date} as 31/12/2026.",
    ),
    *ANNOUNCEMENT_PHRASES,
    *DESK_PHRASES,
    *SUBSCRIBING_PHRASES,
)
