# Killa looks for help near her, in Quechua. The directory holds the services of services.csv.

> allillanchu
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

> (-12.7861, -74.9732)
Hichpaykipi
1. Centro Inventado de Huancavelica
Centro Emergencia Mujer. Maypi: Huancavelica. Manaraq 2 kmchu
Maypi: Jirón Inventado 1
Teléfono: 000 000 001 / 000 000 002
Ima horas: Lunes a viernes de 8 a 4
Simikuna: castellano y quechua
(Datoskuna qawasqan punchaw: 01/11/2026)
2. Comisaría Inventada de Huancavelica
Comisaría. Maypi: Huancavelica
Teléfono: 000 000 003
(Datoskuna qawasqan punchaw: 01/11/2026)
3. Comisaría Inventada de Ascensión
Comisaría. Maypi: Ascensión, Huancavelica. Manaraq 2 kmchu
Musyay: 01/03/2025 punchawmanta manam pipas kay datoskunata chiqapchanchu. Chaymi númeronta, direccionninta mana quykichu. Manaraq rispa tapukuy.
Chay karu kayqa chiqan purisqallam: ñanpiqa aswan karum. Atispaykiqa, manaraq rispa qayay.
(Kay tikrasqa manaraqmi qawasqachu.)
[Mapa: 1] [DEMUNA] [Huk lugar] [Menú] [Kunan yanapay] [Lluqsiy]

> maypim comisaria
¿Mayqin distritopim kachkanki? Qillqay, ahinataq: Jauja, Junín.
Chay lugartaqa 30 minutollam yuyani, kutichinaypaq. Chaymantaqa qunqanim.
(Kay tikrasqa manaraqmi qawasqachu.)
[Menú] [Kunan yanapay] [Lluqsiy]

> wankavilkapi
Kay lugarpa hichpanpi: Huancavelica
1. Comisaría Inventada de Huancavelica
Comisaría. Maypi: Huancavelica
Teléfono: 000 000 003
(Datoskuna qawasqan punchaw: 01/11/2026)
2. Comisaría Inventada de Ascensión
Comisaría. Maypi: Ascensión, Huancavelica. Manaraq 2 kmchu
Musyay: 01/03/2025 punchawmanta manam pipas kay datoskunata chiqapchanchu. Chaymi númeronta, direccionninta mana quykichu. Manaraq rispa tapukuy.
Chay karu kayqa chiqan purisqallam: ñanpiqa aswan karum. Atispaykiqa, manaraq rispa qayay.
(Kay tikrasqa manaraqmi qawasqachu.)
[Centro Emergencia Mujer] [DEMUNA] [Huk lugar] [Menú] [Kunan yanapay] [Lluqsiy]

> hichpaypi
¿Mayqin distritopim kachkanki? Qillqay, ahinataq: Jauja, Junín.
Chay lugartaqa 30 minutollam yuyani, kutichinaypaq. Chaymantaqa qunqanim.
(Kay tikrasqa manaraqmi qawasqachu.)
[Menú] [Kunan yanapay] [Lluqsiy]

> qusqu
Kay lugarpa hichpanpi: Cusco
60 kmmanta aswan hichpaypiqa manam ima serviciotapas qillqasqachu kapuwan. Icha kanman mana riqsisqay: telefonopi tapukuy.
Kaykunatam qayawaq:
Policía 105: Kunan peligro kaptinqa, qayay. Manam yachanikuchu llapan regionkunapi 105 kaqllata contestasqanta: mana contestamuptinkuqa, aswan hichpaykipi kaq comisaríaman riy.
Línea 100: Pipas maqasuptiyki, ñakarichisuptiyki (violencia), utaq huk warmita chayna ruwasqankuta yachaptiyki, uyarisunkim, yuyaychasunkim. Qayasqaykiqa celularniykipim qipan: pipas celularniykita qawaptinqa, chayta pichay (borrar).
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Cerca de Cusco
No tengo ningún servicio anotado a menos de 60 km de ahí. Puede haber uno que no conozco: pregunta por teléfono.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Huk lugar] [Menú] [Kunan yanapay] [Lluqsiy]

> jaujapi
Kay lugarpa hichpanpi: Jauja, Junín
1. Centro Inventado de Jauja
Centro Emergencia Mujer. Maypi: Jauja. Manaraq 2 kmchu
Maypi: Jirón Inventado 6
Teléfono: 000 000 006
Ima horas: Las 24 horas
Simikuna: castellano
(Datoskuna qawasqan punchaw: 01/11/2026)
Chay karu kayqa chiqan purisqallam: ñanpiqa aswan karum. Atispaykiqa, manaraq rispa qayay.
(Kay tikrasqa manaraqmi qawasqachu.)
[Mapa: 1] [Huk lugar] [Menú] [Kunan yanapay] [Lluqsiy]
