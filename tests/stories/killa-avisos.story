# Killa asks for announcements in Quechua, tells no region, and ends them with a word of hers.

> qallariy
Rimaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Ñuqaqa programam kani, manam runachu kani, manataqmi emergencia serviciochu. Qampa rantiykipi manam pimanpas willayta atinichu. Kunan peligro kaptinqa, qayay: Policía 105 · Línea 100.
Qillqasqaykita, sutiykitapas manam waqaychanichu. Pipas asuykamuptinqa, qillqay salir utaq lluqsiy: pantallam tikrakunqa.
¿Imatam yachayta munanki? Akllay, utaq kikiykipa rimayniykiwan qillqay.
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Español] [Runasimi (Cusco)] [Maqay, ñakarichiy] [Mayman riy, qayay] [Ayllu, wawakuna] [Qali kay (salud)] [Astawan temakuna] [Kunan yanapay] [Lluqsiy]

> avisokuna
Avisokuna: ¿chaskiyta munankichu?
Kaykunaqa pisi rimayniyuq mensajekunam: derechukunamanta, tallerkunamanta, yachay wasikunamanta. Apachimuqkunaqa: DEMUS, Flora Tristán, Manuela Ramos, ONAMIAP.
Manam akllasqa punchawchu kan: willana kaptillanmi chayamun, manataqmi tuta 9manta paqarin 8kamaqa.
Chatta mana kichaptiykipas, avisoqa pantallaykipi rikurinmanmi. Huk runa celularniykita qawaptinqa, ñawpaqta piensay.
Uyakuptiykiqa, kayta waqaychasaq: «arí» nisqaykita, ima punchaw nisqaykitapas, regionniykita, horaykikunata, mayqin avisokunata apachisqaytapas.
Chaytaqa avisokunata apachinallaypaqmi waqaychani. Organizacionkunaqa hayka kasqankutam qawanku, manam pikuna kasqankutachu.
«Manam» niwanaykikama utaq pichay nispa qillqanaykikamam waqaychasaq (castellanopi: borrar).
Avisokunaqa WhatsAppninta utaq Telegramnintam chayasunki. Chay empresakunam huk nacionpi waqaychan.
Munasqayki punchawmi saqiwaq: sapa avisowan hamuq botonta ñitiy, utaq qillqay amaña avisokuna (castellanopi: no más avisos).
Manaraq 14 watayuq kaptiykiqa, ama sapallayki uyakuychu: mamaykita, taytaykita utaq qawasuqniykita tapuy.
Mana uyakuptiykiqa, manam imapas pasanchu: llapan hukkunaqa kaqllam.
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Avisos: ¿quieres recibirlos?
Son mensajes cortos sobre derechos, talleres y escuelas. Los envían: DEMUS, Flora Tristán, Manuela Ramos, ONAMIAP.
No hay días fijos: llegan cuando hay algo que contar, y nunca de 9 de la noche a 8 de la mañana.
Un aviso puede verse en tu pantalla aunque no abras el chat. Si otra persona usa tu celular, piénsalo antes.
Si aceptas, guardo: que dijiste que sí y qué día, tu región, tus horas y qué avisos te envié.
Solo sirve para enviarte avisos. Las organizaciones ven cuántas los reciben, no quiénes.
Lo guardo hasta que digas que no, o hasta que escribas borrar.
Los avisos llegan por WhatsApp o Telegram. Esas empresas los guardan en otro país.
Puedes dejarlos cuando quieras: toca el botón que viene con cada aviso, o escribe no más avisos.
Si tienes menos de 14 años, no aceptes sola: pregunta a tu mamá, a tu papá o a quien te cuida.
Si no aceptas, no pasa nada: todo lo demás sigue igual.
[Arí, uyakunim] [Manam uyakunichu] [Kunan yanapay] [Lluqsiy]

> [Arí, uyakunim]
¿Mayqin regionmanta avisokunatam chaskiyta munanki? Akllay, utaq qillqay.
Chaynapim karupi kaqqa mana chayasunkichu. Mana niyta munaptiykiqa, llapan Perúpaq avisokunallam chayasunki.
(Kay tikrasqa manaraqmi qawasqachu.)
[Amazonas] [Áncash] [Apurímac] [Arequipa] [Huk regionkuna] [Manam niyta munanichu] [Saqiy] [Kunan yanapay] [Lluqsiy]

> [Manam niyta munanichu]
¿Ima horam qillqamuykiman? Akllay, utaq qillqay. Ahinataq: 2manta 6kama.
(Kay tikrasqa manaraqmi qawasqachu.)
[Punchawpi, ima horapas] [8manta 12kama tutamanta] [12manta 6kama (tarde)] [6manta 9kama (tuta)] [Saqiy] [Kunan yanapay] [Lluqsiy]

> paqarinpi
Allinmi. Avisokunata apachimusqaykim.
Región: manam nirqankichu
Hora: 8 am - 12 m
Manaña munaspaykiqa, qillqay amaña avisokuna (castellanopi: no más avisos).
(Kay tikrasqa manaraqmi qawasqachu.)
[Regionniyta tikray] [Horata tikray] [¿Pim apachimun?] [Amaña avisokuna] [Menú] [Kunan yanapay] [Lluqsiy]

> [Regionniyta tikray]
¿Mayqin regionmanta avisokunatam chaskiyta munanki? Akllay, utaq qillqay.
Chaynapim karupi kaqqa mana chayasunkichu. Mana niyta munaptiykiqa, llapan Perúpaq avisokunallam chayasunki.
(Kay tikrasqa manaraqmi qawasqachu.)
[Amazonas] [Áncash] [Apurímac] [Arequipa] [Huk regionkuna] [Manam niyta munanichu] [Saqiy] [Kunan yanapay] [Lluqsiy]

> amaña avisokunata apachimuwaychu
Allinmi. Manañam avisokunata apachisqaykichu. Llapan hukkunaqa kaqllam.
«Manam» nisqallaykitam yuyani. Hukmanta munaptiykiqa, qillqay avisokuna (castellanopi: avisos).
(Kay tikrasqa manaraqmi qawasqachu.)
[Menú] [Kunan yanapay] [Lluqsiy]

> avisokuna
Avisokuna: ¿chaskiyta munankichu?
Kaykunaqa pisi rimayniyuq mensajekunam: derechukunamanta, tallerkunamanta, yachay wasikunamanta. Apachimuqkunaqa: DEMUS, Flora Tristán, Manuela Ramos, ONAMIAP.
Manam akllasqa punchawchu kan: willana kaptillanmi chayamun, manataqmi tuta 9manta paqarin 8kamaqa.
Chatta mana kichaptiykipas, avisoqa pantallaykipi rikurinmanmi. Huk runa celularniykita qawaptinqa, ñawpaqta piensay.
Uyakuptiykiqa, kayta waqaychasaq: «arí» nisqaykita, ima punchaw nisqaykitapas, regionniykita, horaykikunata, mayqin avisokunata apachisqaytapas.
Chaytaqa avisokunata apachinallaypaqmi waqaychani. Organizacionkunaqa hayka kasqankutam qawanku, manam pikuna kasqankutachu.
«Manam» niwanaykikama utaq pichay nispa qillqanaykikamam waqaychasaq (castellanopi: borrar).
Avisokunaqa WhatsAppninta utaq Telegramnintam chayasunki. Chay empresakunam huk nacionpi waqaychan.
Munasqayki punchawmi saqiwaq: sapa avisowan hamuq botonta ñitiy, utaq qillqay amaña avisokuna (castellanopi: no más avisos).
Manaraq 14 watayuq kaptiykiqa, ama sapallayki uyakuychu: mamaykita, taytaykita utaq qawasuqniykita tapuy.
Mana uyakuptiykiqa, manam imapas pasanchu: llapan hukkunaqa kaqllam.
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Avisos: ¿quieres recibirlos?
Son mensajes cortos sobre derechos, talleres y escuelas. Los envían: DEMUS, Flora Tristán, Manuela Ramos, ONAMIAP.
No hay días fijos: llegan cuando hay algo que contar, y nunca de 9 de la noche a 8 de la mañana.
Un aviso puede verse en tu pantalla aunque no abras el chat. Si otra persona usa tu celular, piénsalo antes.
Si aceptas, guardo: que dijiste que sí y qué día, tu región, tus horas y qué avisos te envié.
Solo sirve para enviarte avisos. Las organizaciones ven cuántas los reciben, no quiénes.
Lo guardo hasta que digas que no, o hasta que escribas borrar.
Los avisos llegan por WhatsApp o Telegram. Esas empresas los guardan en otro país.
Puedes dejarlos cuando quieras: toca el botón que viene con cada aviso, o escribe no más avisos.
Si tienes menos de 14 años, no aceptes sola: pregunta a tu mamá, a tu papá o a quien te cuida.
Si no aceptas, no pasa nada: todo lo demás sigue igual.
[Arí, uyakunim] [Manam uyakunichu] [Kunan yanapay] [Lluqsiy]

> manam
Allinmi. Manam avisokunata apachisqaykichu. Llapan hukkunaqa kaqllam.
(Kay tikrasqa manaraqmi qawasqachu.)
[Menú] [Kunan yanapay] [Lluqsiy]

> pichay
…
