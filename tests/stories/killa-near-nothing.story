# Killa shares where she is before any directory is loaded.

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
Hichpaykipi kaq serviciokunamanta chiqap listay manaraqmi kanchu. Maypi kasqaykita manam waqaycharqanichu. Línea 100pi, comisaríapipas willasunkikum mayqin servicio aswan hichpaykipi kasqanta.
Kaykunatam qayawaq:
Policía 105: Kunan peligro kaptinqa, qayay. Manam yachanikuchu llapan regionkunapi 105 kaqllata contestasqanta: mana contestamuptinkuqa, aswan hichpaykipi kaq comisaríaman riy.
Línea 100: Pipas maqasuptiyki, ñakarichisuptiyki (violencia), utaq huk warmita chayna ruwasqankuta yachaptiyki, uyarisunkim, yuyaychasunkim. Qayasqaykiqa celularniykipim qipan: pipas celularniykita qawaptinqa, chayta pichay (borrar).
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Todavía no tengo una lista confirmada de lugares cerca de ti. No guardé tu ubicación. En la Línea 100 y en la comisaría te dicen qué servicio queda más cerca.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Menú] [Kunan yanapay] [Lluqsiy]

> maypim demuna huancavelicapi
Hichpaykipi kaq serviciokunamanta chiqap listay manaraqmi kanchu. Maypi kasqaykita manam waqaycharqanichu. Línea 100pi, comisaríapipas willasunkikum mayqin servicio aswan hichpaykipi kasqanta.
Kaykunatam qayawaq:
Policía 105: Kunan peligro kaptinqa, qayay. Manam yachanikuchu llapan regionkunapi 105 kaqllata contestasqanta: mana contestamuptinkuqa, aswan hichpaykipi kaq comisaríaman riy.
Línea 100: Pipas maqasuptiyki, ñakarichisuptiyki (violencia), utaq huk warmita chayna ruwasqankuta yachaptiyki, uyarisunkim, yuyaychasunkim. Qayasqaykiqa celularniykipim qipan: pipas celularniykita qawaptinqa, chayta pichay (borrar).
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Todavía no tengo una lista confirmada de lugares cerca de ti. No guardé tu ubicación. En la Línea 100 y en la comisaría te dicen qué servicio queda más cerca.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Menú] [Kunan yanapay] [Lluqsiy]
