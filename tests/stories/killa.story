# Killa writes in Quechua. What nobody has reviewed yet is marked, and the Spanish is one tap away.

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

> 4
Mayman riy, pita qayay: ¿pitam maskanki?
Línea 100: Mana qullqillapaq, 24 horas: castellano, quechua, aimara simipi.
CEM: gratis yanapay: Psicóloga, abogada, trabajadora social: mana qullqillapaq.
Policía 105: Pay maqasuchkaptiyki, ñakarichisuchkaptiyki: policíapa ruwanan.
Abogada, mana qullqipaq: Violencia kaptinqa Estadom mana qullqipaq abogadata qusunki, simiykipi.
Amachana wasi (refugio): Huk tiempopaq mana peligroyuq sitio, wasiykiman kutiyta mana atiptiyki.
(Kay tikrasqa manaraqmi qawasqachu.)
[Línea 100] [CEM: gratis yanapay] [Policía 105] [Abogada, mana qullqipaq] [Amachana wasi (refugio)] [Astawan qaway] [Menú] [Kunan yanapay] [Lluqsiy]

> [Línea 100]
Línea 100: imaynata qayana
Línea 100 nisqanqa mana qullqillapaqmi. 24 horas, sapa punchaw atiendesunki, castellanopi, runasimipi (quechua), aimarapipas. Uyarisunkiku, yuyaychasunkiku, mayman rinaykitapas willasunkiku. Yuyariy: qayasqaykiqa celularniykipa listanpim qipan. Pipas celularniykita qawaptinqa, chayta pichay (borrar).
(Kay tikrasqa manaraqmi qawasqachu.)
[Imata ruwawaq] [Astawan yachay] [Piman rinayki] [Maymantam kay lluqsin] [Rikchakuq temakuna] [Castellanopi] [Menú] [Kunan yanapay] [Lluqsiy]

> [Castellanopi]
Línea 100: cómo llamar
La Línea 100 es gratis. Atiende las 24 horas, todos los días, en castellano, quechua y aimara. Te escuchan, te orientan y te dicen a dónde ir. Ojo: la llamada queda en la lista de tu celular. Bórrala si alguien lo revisa.
[Qué puedes hacer] [Saber más] [A quién acudir] [De dónde sale esto] [Temas parecidos] [Runasimi (Ayacucho)] [Menú] [Ayuda ahora] [Salir]

> maqawan
Anchatam llakipayki kay ñakarisqaykimanta. Manam qampa huchaykichu, manam sapallaykichu kanki. ¿Kayta hawkalla ñawinchayta atinkichu? Mana atispaykiqa, lluqsiy nispa qillqay.
Kaykunatam qayawaq:
Policía 105: Kunan peligro kaptinqa, qayay. Manam yachanikuchu llapan regionkunapi 105 kaqllata contestasqanta: mana contestamuptinkuqa, aswan hichpaykipi kaq comisaríaman riy.
Línea 100: Pipas maqasuptiyki, ñakarichisuptiyki (violencia), utaq huk warmita chayna ruwasqankuta yachaptiyki, uyarisunkim, yuyaychasunkim. Qayasqaykiqa celularniykipim qipan: pipas celularniykita qawaptinqa, chayta pichay (borrar).
Qayayta mana atispaykiqa, aswan hichpaykipi kaq comisaríaman, Centro Emergencia Mujerman utaq centro de saludman riy. Huk confiasqayki runata yanapayta mañakuy.
Ñuqaqa programam kani: qampa rantiykipi manam pitapas qayayta, pimanpas willayta atinichu.
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Siento mucho lo que estás pasando. No es tu culpa y no estás sola. ¿Puedes leer esto sin riesgo? Si no, escribe salir.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
Si no puedes llamar, ve a la comisaría, al Centro Emergencia Mujer o al centro de salud más cercano. Pide ayuda a alguien de confianza.
Yo soy un programa: no puedo llamar ni avisar a nadie por ti.
[Imaynata denunciana] [Medidas de protección] [Kay chatta pakay] [Manam peligropichu kani] [Menú] [Lluqsiy]

> lluqsiy
…

> pichay
…
