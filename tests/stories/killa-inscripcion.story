# Killa signs up in Quechua (lircay-2040.md, made up). The consent stands there in Spanish too, as
# long as nobody has reviewed the Quechua. She changes her mind with one word.

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

> onamiappa yachay wasin
ONAMIAPpa yachay wasin: Sembrando Esperanza (suyakuyta tarpuspa)
ONAMIAPqa Andespi, yunkapipas (selva) indígena warmikunatam huñun. 2020, 2021 watakunapim Huancavelicapi política yachay wasita (escuela política) ruwarqa. Sutinqa "Sembrando Esperanza para el Buen Vivir" (allin kawsaypaq suyakuyta tarpuspa). Manam yachanikuchu musuq fecha kananta. Qayaspayki tapuwaq.
Kunan qillqachikuyta atinki, 06/01/2040 punchawkama: Fechakuna, qillqachikuy nisqata ñitiy.
(Kay tikrasqa manaraqmi qawasqachu.)
[Fechakuna, qillqachikuy] [Imata ruwawaq] [Astawan yachay] [Piman rinayki] [Maymantam kay lluqsin] [Castellanopi] [Menú] [Kunan yanapay] [Lluqsiy]

> [Fechakuna, qillqachikuy]
ONAMIAPpa yachay wasin: Sembrando Esperanza (suyakuyta tarpuspa)
Hamuqkuna
Lircay 2040: 14/01/2040 punchawmanta 28/01/2040 punchawkama. Local comunal, Lircay, Angaraes, Huancavelica
Ñam pasaqkuna
Congalla 2020-2021: Congalla, Angaraes, Huancavelica
Lircay 2020-2021: Lircay, Angaraes, Huancavelica
Seclla 2020-2021: Seclla, Angaraes, Huancavelica
(Kay tikrasqa manaraqmi qawasqachu.)
[Lircay 2040] [Congalla 2020-2021] [Lircay 2020-2021] [Seclla 2020-2021] [Rikchakuq temakuna] [Temaman kutiy] [Menú] [Kunan yanapay] [Lluqsiy]

> [Lircay 2040]
ONAMIAPpa yachay wasin: Lircay 2040
Para mujeres de comunidades. No piden estudios.
Haykapi: 14/01/2040 punchawmanta 28/01/2040 punchawkama
Ima hora: sábados, de 9 a 13 horas
Maypi: Local comunal, Lircay, Angaraes, Huancavelica
Chanin: gratis
Simikuna: quechua y castellano
Sitiokuna: 20
Qillqachikuy: 06/01/2040 punchawkama
Sitioqa kachkanraqmi.
Maymantam kay lluqsin:
Una fecha inventada, para las pruebas (qawasqa: 24/11/2026; takyachinaraq)
(Kay tikrasqa manaraqmi qawasqachu.)
[Qillqachikuy] [Piman rinayki] [Fechakuna, qillqachikuy] [Menú] [Kunan yanapay] [Lluqsiy]

> [Qillqachikuy]
Uyakusqayki (permiso): ONAMIAPpa yachay wasin: Lircay 2040
Kimsa tapukuytam tapusqayki: imayna sutiwan qayanaykuta munanki, mayqin regionniyki, munaspaykiqa organizacionniykitapas.
Willaqmi clavepi waqaychan, ruwaqñataqmi chaskin: ONAMIAP, mujeres indígenas andinas y amazónicas, Jr. Santa Rosa 327, Lima.
Kay tallerta ruwanallapaqmi, fechata yuyachinaykipaqmi. Mayqin aplicacionninta qillqasqaykitapas yachanqakum, númeroykitaqa manam.
Qillqasqa kasqaykiqa, icha yuyayniykimanta utaq maymanta kasqaykimanta imallatapas willanman. Chaymi sapaqta permisoykita mañakuyki.
Tukusqanmanta 30 punchaw qipamanmi llapanta pichasaq. Manaraq confirmaptiykiqa, clavepim 30 minutolla yuyani, manam astawanchu.
Qillqasqaykiqa mensaje aplicacionniykintam pasan, paymi Perúmanta hawapi waqaychan.
Munasqayki punchawmi sutiykita hurquwaq, huk ñitiyllawan: qillqachikusqaykuna nispa utaq sutiyta hurquy nispa qillqay (castellanopi: mis inscripciones, retirarme). Chaymi churasqaykita pichasaq.
14 watayuqmanta aswan warma kaptiykiqa, mamayki utaq taytayki ruwaqkunawan qillqachisunki.
Mana uyakuptiykiqa, manam imapas pasanchu: llapan hukkunaqa kaqllam.
(Kay tikrasqa manaraqmi qawasqachu.)
Castellanopi:
Tu permiso: Escuela de ONAMIAP: Lircay 2040
Te pregunto tres cosas: cómo quieres que te llamemos, tu región y, si quieres, tu organización.
Las guarda Willaq, en clave, y las recibe quien organiza: ONAMIAP, mujeres indígenas andinas y amazónicas, Jr. Santa Rosa 327, Lima.
Solo sirven para organizar este taller y recordarte la fecha. También sabrán por qué aplicación escribes, pero no tu número.
Estar inscrita puede decir algo de tus ideas o de tu origen. Por eso te pido permiso aparte.
Todo se borra 30 días después de que termine. Hasta que confirmes, lo recuerdo en clave 30 minutos y nada más.
Lo que escribes pasa por tu aplicación de mensajes, que lo guarda fuera del Perú.
Puedes retirarte cuando quieras, con un toque: escribe mis inscripciones o retirarme. Entonces borro lo que pusiste.
Si tienes menos de 14 años, que te inscriba tu mamá o tu papá con quien organiza.
Si no aceptas, no pasa nada: todo lo demás sigue igual.
[Arí, uyakunim] [Manam uyakunichu] [Kunan yanapay] [Lluqsiy]

> arí
¿Imayna sutiwanmi qayanaykuta munanki? Sutiyki kanman, utaq akllasqayki huk suti.
(Kay tikrasqa manaraqmi qawasqachu.)
[Saqiy] [Kunan yanapay] [Lluqsiy]

> Killa
¿Mayqin regionpim tiyanki? Akllay, utaq qillqay.
(Kay tikrasqa manaraqmi qawasqachu.)
[Huancavelica] [Amazonas] [Áncash] [Apurímac] [Arequipa] [Huk regionkuna] [Saqiy] [Kunan yanapay] [Lluqsiy]

> Huancavelicamanta
¿Mayqin organizacionpipas kankichu? Sutinta qillqay. Mana kaptinqa, utaq mana willakuyta munaspaykiqa, Saltay nisqata ñitiy.
(Kay tikrasqa manaraqmi qawasqachu.)
[Saltay] [Saqiy] [Kunan yanapay] [Lluqsiy]

> [Saltay]
Manaraq confirmaspayki qaway: ONAMIAPpa yachay wasin: Lircay 2040
Suti: Killa
Región: Huancavelica
Organización: manam mayqinpas
(Kay tikrasqa manaraqmi qawasqachu.)
[Arí, qillqachikusaq] [Sutiyta tikray] [Regionniyta tikray] [Organizacionta tikray] [Saqiy] [Kunan yanapay] [Lluqsiy]

> [Arí, qillqachikusaq]
Allinmi, qillqasqañam kanki.
Haykapi: 14/01/2040 punchawmanta 28/01/2040 punchawkama
Ima hora: sábados, de 9 a 13 horas
Maypi: Local comunal, Lircay, Angaraes, Huancavelica
Qawanaykipaq utaq sutiykita hurqunaykipaqqa, qillqay qillqachikusqaykuna (castellanopi: mis inscripciones).
(Kay tikrasqa manaraqmi qawasqachu.)
[Qillqachikusqaykuna] [Menú] [Kunan yanapay] [Lluqsiy]

> qillqachikusqaykuna
ONAMIAPpa yachay wasin: Lircay 2040
Qillqasqam kanki.
Haykapi: 14/01/2040 punchawmanta 28/01/2040 punchawkama
Ima hora: sábados, de 9 a 13 horas
Maypi: Local comunal, Lircay, Angaraes, Huancavelica
Suti: Killa
Región: Huancavelica
Sutiyta hurquy nisqata ñitiptiykiqa, churasqaykita pichasaq.
(Kay tikrasqa manaraqmi qawasqachu.)
[Sutiyta hurquy] [Datosniyta tikray] [Piman rinayki] [Menú] [Kunan yanapay] [Lluqsiy]

> sutiyta hurquy
Allinmi, sutiykita hurqurunki kaymanta: ONAMIAPpa yachay wasin: Lircay 2040. Sutiykita, regionniykita, organizacionniykitapas picharunim.
(Kay tikrasqa manaraqmi qawasqachu.)
[Menú] [Kunan yanapay] [Lluqsiy]

> pichay
…
