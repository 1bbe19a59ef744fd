# Sami writes in the Quechua of Cusco, as she speaks. She is answered in it, also when what she says
# is on the list of Ayacucho, and changes to Spanish with one tap.

> imaynallan
Napaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Ñuqaqa programam kani, manam runachu kani, manataqmi emergencia serviciochu. Qampa rantiykipi manam pimanpas willayta atinichu. Kunan peligro kaptinqa, waqyay: Policía 105 · Línea 100.
Qillqasqaykita, sutiykitapas manam waqaychanichu. Pipas achhuykamuptinqa, qillqay salir utaq lluqsiy: pantallam t'ikrakunqa.
¿Imatam yachayta munanki? Akllay, utaq kikiykipa rimayniykiwan qillqay.
(Kay t'ikrasqa manaraqmi qhawasqachu.)
Castellanopi:
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Español] [Runasimi (Ayacucho)] [Maqay, ñak'arichiy] [Mayman riy, waqyay] [Ayllu, wawakuna] [Qhali kay (salud)] [Astawan temakuna] [Kunan yanapay] [Lluqsiy]

> 4
Mayman riy, pita waqyay: ¿pitam maskhanki?
Línea 100: Mana qullqillapaq, 24 horas: castellano, quechua, aimara simipi.
CEM: gratis yanapay: Psicóloga, abogada, trabajadora social: mana qullqillapaq.
Policía 105: Pay maqasuchkaptiyki, ñak'arichisuchkaptiyki: policíapa ruwanan.
Abogada, mana qullqipaq: Violencia kaptinqa Estadom mana qullqipaq abogadata qusunki, simiykipi.
Amachana wasi (refugio): Huk tiempopaq mana peligroyuq sitio, wasiykiman kutiyta mana atiptiyki.
(Kay t'ikrasqa manaraqmi qhawasqachu.)
[Línea 100] [CEM: gratis yanapay] [Policía 105] [Abogada, mana qullqipaq] [Amachana wasi (refugio)] [Astawan qhaway] [Menú] [Kunan yanapay] [Lluqsiy]

> [Línea 100]
Línea 100: imaynata waqyana
Línea 100 nisqanqa mana qullqillapaqmi. 24 horas, sapa p'unchaw atiendesunki, castellanopi, runasimipi (quechua), aimarapipas. Uyarisunkiku, yuyaychasunkiku, mayman rinaykitapas willasunkiku. Yuyariy: waqyasqaykiqa celularniykipa listanpim qhipan. Pipas celularniykita qhawaptinqa, chayta pichay (borrar).
(Kay t'ikrasqa manaraqmi qhawasqachu.)
[Imata ruwawaq] [Astawan yachay] [Piman rinayki] [Maymantam kay lluqsin] [Rikch'akuq temakuna] [Castellanopi] [Menú] [Kunan yanapay] [Lluqsiy]

> [Castellanopi]
Línea 100: cómo llamar
La Línea 100 es gratis. Atiende las 24 horas, todos los días, en castellano, quechua y aimara. Te escuchan, te orientan y te dicen a dónde ir. Ojo: la llamada queda en la lista de tu celular. Bórrala si alguien lo revisa.
[Qué puedes hacer] [Saber más] [A quién acudir] [De dónde sale esto] [Temas parecidos] [Runasimi (Cusco)] [Menú] [Ayuda ahora] [Salir]

> [Runasimi (Cusco)]
Línea 100: imaynata waqyana
Línea 100 nisqanqa mana qullqillapaqmi. 24 horas, sapa p'unchaw atiendesunki, castellanopi, runasimipi (quechua), aimarapipas. Uyarisunkiku, yuyaychasunkiku, mayman rinaykitapas willasunkiku. Yuyariy: waqyasqaykiqa celularniykipa listanpim qhipan. Pipas celularniykita qhawaptinqa, chayta pichay (borrar).
(Kay t'ikrasqa manaraqmi qhawasqachu.)
[Imata ruwawaq] [Astawan yachay] [Piman rinayki] [Maymantam kay lluqsin] [Rikch'akuq temakuna] [Castellanopi] [Menú] [Kunan yanapay] [Lluqsiy]

> qosay maqashawan
Anchatam llakipayki kay ñak'arisqaykimanta. Manam qampa huchaykichu, manam sapallaykichu kanki. ¿Kayta hawkalla ñawinchayta atinkichu? Mana atispaykiqa, lluqsiy nispa qillqay.
Kaykunatam waqyawaq:
Policía 105: Kunan peligro kaptinqa, waqyay. Manam yachaykuchu llapan regionkunapi 105 kaqllata contestasqanta: mana contestamuptinkuqa, aswan qayllaykipi kaq comisaríaman riy.
Línea 100: Pipas maqasuptiyki, ñak'arichisuptiyki (violencia), utaq huk warmita chayna ruwasqankuta yachaptiyki, uyarisunkim, yuyaychasunkim. Waqyasqaykiqa celularniykipim qhipan: pipas celularniykita qhawaptinqa, chayta pichay (borrar).
Waqyayta mana atispaykiqa, aswan qayllaykipi kaq comisaríaman, Centro Emergencia Mujerman utaq centro de saludman riy. Huk confiasqayki runata yanapayta mañakuy.
Ñuqaqa programam kani: qampa rantiykipi manam pitapas waqyayta, pimanpas willayta atinichu.
(Kay t'ikrasqa manaraqmi qhawasqachu.)
Castellanopi:
Siento mucho lo que estás pasando. No es tu culpa y no estás sola. ¿Puedes leer esto sin riesgo? Si no, escribe salir.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
Si no puedes llamar, ve a la comisaría, al Centro Emergencia Mujer o al centro de salud más cercano. Pide ayuda a alguien de confianza.
Yo soy un programa: no puedo llamar ni avisar a nadie por ti.
[Imaynata denunciana] [Medidas de protección] [Kay chatta pakay] [Manam peligropichu kani] [Menú] [Lluqsiy]

> maqawan
Anchatam llakipayki kay ñak'arisqaykimanta. Manam qampa huchaykichu, manam sapallaykichu kanki. ¿Kayta hawkalla ñawinchayta atinkichu? Mana atispaykiqa, lluqsiy nispa qillqay.
Kaykunatam waqyawaq:
Policía 105: Kunan peligro kaptinqa, waqyay. Manam yachaykuchu llapan regionkunapi 105 kaqllata contestasqanta: mana contestamuptinkuqa, aswan qayllaykipi kaq comisaríaman riy.
Línea 100: Pipas maqasuptiyki, ñak'arichisuptiyki (violencia), utaq huk warmita chayna ruwasqankuta yachaptiyki, uyarisunkim, yuyaychasunkim. Waqyasqaykiqa celularniykipim qhipan: pipas celularniykita qhawaptinqa, chayta pichay (borrar).
Waqyayta mana atispaykiqa, aswan qayllaykipi kaq comisaríaman, Centro Emergencia Mujerman utaq centro de saludman riy. Huk confiasqayki runata yanapayta mañakuy.
Ñuqaqa programam kani: qampa rantiykipi manam pitapas waqyayta, pimanpas willayta atinichu.
(Kay t'ikrasqa manaraqmi qhawasqachu.)
Castellanopi:
Siento mucho lo que estás pasando. No es tu culpa y no estás sola. ¿Puedes leer esto sin riesgo? Si no, escribe salir.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
Si no puedes llamar, ve a la comisaría, al Centro Emergencia Mujer o al centro de salud más cercano. Pide ayuda a alguien de confianza.
Yo soy un programa: no puedo llamar ni avisar a nadie por ti.
[Imaynata denunciana] [Medidas de protección] [Kay chatta pakay] [Manam peligropichu kani] [Menú] [Lluqsiy]

> qallariy
¿Imatam yachayta munanki? Akllay, utaq kikiykipa rimayniykiwan qillqay.
(Kay t'ikrasqa manaraqmi qhawasqachu.)
[Maqay, ñak'arichiy] [Mayman riy, waqyay] [Ayllu, wawakuna] [Qhali kay (salud)] [Astawan temakuna] [Español] [Runasimi (Ayacucho)] [Kunan yanapay] [Lluqsiy]

> [Español]
Listo. Desde ahora te respondo en castellano.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Runasimi (Ayacucho)] [Runasimi (Cusco)] [Ayuda ahora] [Salir]

> idioma
Elige tu idioma.
Simiykita akllay.
[Español] [Runasimi (Ayacucho)] [Runasimi (Cusco)] [Menú] [Ayuda ahora] [Salir]

> lluqsiy
…

> pichay
…
