# Rosa signs up for a school (lircay-2040.md, made up). She tells of violence in the middle: that is
# answered, and nothing of her sign-up is left. Later she signs up, looks at it and takes it back.

> hola
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Rimaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Runasimi (Ayacucho)] [Runasimi (Cusco)] [Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Ayuda ahora] [Salir]

> escuela de onamiap
Escuela de ONAMIAP: Sembrando Esperanza
ONAMIAP une a mujeres indígenas de los Andes y la selva. Hizo una escuela política en Huancavelica, en 2020 y 2021. Se llama "Sembrando Esperanza para el Buen Vivir". No sabemos si hay una nueva fecha. Puedes llamar y preguntar.
Hay inscripción abierta hasta el 06/01/2040: toca Fechas e inscripción.
[Fechas e inscripción] [Qué puedes hacer] [Saber más] [A quién acudir] [De dónde sale esto] [Idioma] [Menú] [Ayuda ahora] [Salir]

> [Fechas e inscripción]
Escuela de ONAMIAP: Sembrando Esperanza
Lo que viene
Lircay 2040: del 14/01/2040 al 28/01/2040. Local comunal, Lircay, Angaraes, Huancavelica
Lo que ya pasó
Congalla 2020-2021: Congalla, Angaraes, Huancavelica
Lircay 2020-2021: Lircay, Angaraes, Huancavelica
Seclla 2020-2021: Seclla, Angaraes, Huancavelica
[Lircay 2040] [Congalla 2020-2021] [Lircay 2020-2021] [Seclla 2020-2021] [Temas parecidos] [Volver al tema] [Menú] [Ayuda ahora] [Salir]

> [Lircay 2040]
Escuela de ONAMIAP: Lircay 2040
Para mujeres de comunidades. No piden estudios.
Cuándo: del 14/01/2040 al 28/01/2040
Horario: sábados, de 9 a 13 horas
Dónde: Local comunal, Lircay, Angaraes, Huancavelica
Costo: gratis
Lenguas: quechua y castellano
Sitios: 20
Inscripción hasta el 06/01/2040
Todavía hay sitio.
De dónde sale esto:
Una fecha inventada, para las pruebas (visto el 24/11/2026; falta confirmar)
[Inscribirme] [A quién acudir] [Fechas e inscripción] [Menú] [Ayuda ahora] [Salir]

> [Inscribirme]
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
[Sí, acepto] [No acepto] [Ayuda ahora] [Salir]

> [Sí, acepto]
¿Cómo quieres que te llamemos? Puede ser tu nombre u otro que tú elijas.
[Dejarlo] [Ayuda ahora] [Salir]

> Rosa
¿En qué región vives? Elígela, o escríbela.
[Huancavelica] [Amazonas] [Áncash] [Apurímac] [Arequipa] [Más regiones] [Dejarlo] [Ayuda ahora] [Salir]

> mi marido me pega
Siento mucho lo que estás pasando. No es tu culpa y no estás sola. ¿Puedes leer esto sin riesgo? Si no, escribe salir.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
Si no puedes llamar, ve a la comisaría, al Centro Emergencia Mujer o al centro de salud más cercano. Pide ayuda a alguien de confianza.
Yo soy un programa: no puedo llamar ni avisar a nadie por ti.
[Cómo denunciar] [Medidas de protección] [Ocultar este chat] [No estoy en peligro] [Menú] [Salir]

> [No estoy en peligro]
Gracias por decírmelo, entendí mal.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Runasimi (Ayacucho)] [Runasimi (Cusco)] [Ayuda ahora] [Salir]

> mis inscripciones
No tienes inscripciones.
Inscripciones abiertas
Escuela de ONAMIAP: Lircay 2040: del 14/01/2040 al 28/01/2040. Local comunal, Lircay, Angaraes, Huancavelica
[Lircay 2040] [Escuelas de formación] [Menú] [Ayuda ahora] [Salir]

> [Lircay 2040]
Escuela de ONAMIAP: Lircay 2040
Para mujeres de comunidades. No piden estudios.
Cuándo: del 14/01/2040 al 28/01/2040
Horario: sábados, de 9 a 13 horas
Dónde: Local comunal, Lircay, Angaraes, Huancavelica
Costo: gratis
Lenguas: quechua y castellano
Sitios: 20
Inscripción hasta el 06/01/2040
Todavía hay sitio.
De dónde sale esto:
Una fecha inventada, para las pruebas (visto el 24/11/2026; falta confirmar)
[Inscribirme] [A quién acudir] [Fechas e inscripción] [Menú] [Ayuda ahora] [Salir]

> [Inscribirme]
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
[Sí, acepto] [No acepto] [Ayuda ahora] [Salir]

> sí
¿Cómo quieres que te llamemos? Puede ser tu nombre u otro que tú elijas.
[Dejarlo] [Ayuda ahora] [Salir]

> Rosa
¿En qué región vives? Elígela, o escríbela.
[Huancavelica] [Amazonas] [Áncash] [Apurímac] [Arequipa] [Más regiones] [Dejarlo] [Ayuda ahora] [Salir]

> [Huancavelica]
¿Eres parte de una organización? Escribe su nombre. Si no, o si prefieres no decirlo, toca Saltar.
[Saltar] [Dejarlo] [Ayuda ahora] [Salir]

> ninguna
Revisa antes de confirmar: Escuela de ONAMIAP: Lircay 2040
Nombre: Rosa
Región: Huancavelica
Organización: ninguna
[Sí, inscribirme] [Cambiar nombre] [Cambiar región] [Cambiar organización] [Dejarlo] [Ayuda ahora] [Salir]

> [Cambiar nombre]
¿Cómo quieres que te llamemos? Puede ser tu nombre u otro que tú elijas.
[Dejarlo] [Ayuda ahora] [Salir]

> Rosita
Revisa antes de confirmar: Escuela de ONAMIAP: Lircay 2040
Nombre: Rosita
Región: Huancavelica
Organización: ninguna
[Sí, inscribirme] [Cambiar nombre] [Cambiar región] [Cambiar organización] [Dejarlo] [Ayuda ahora] [Salir]

> [Sí, inscribirme]
Listo, estás inscrita.
Cuándo: del 14/01/2040 al 28/01/2040
Horario: sábados, de 9 a 13 horas
Dónde: Local comunal, Lircay, Angaraes, Huancavelica
Para verla o retirarte, escribe mis inscripciones.
[Mis inscripciones] [Menú] [Ayuda ahora] [Salir]

> mis inscripciones
Escuela de ONAMIAP: Lircay 2040
Estás inscrita.
Cuándo: del 14/01/2040 al 28/01/2040
Horario: sábados, de 9 a 13 horas
Dónde: Local comunal, Lircay, Angaraes, Huancavelica
Nombre: Rosita
Región: Huancavelica
Si tocas Retirarme, borro lo que pusiste.
[Retirarme] [Cambiar mis datos] [A quién acudir] [Menú] [Ayuda ahora] [Salir]

> retirarme
Listo, te retiraste de: Escuela de ONAMIAP: Lircay 2040. Borré tu nombre, tu región y tu organización.
[Menú] [Ayuda ahora] [Salir]

> mis inscripciones
No tienes inscripciones.
Inscripciones abiertas
Escuela de ONAMIAP: Lircay 2040: del 14/01/2040 al 28/01/2040. Local comunal, Lircay, Angaraes, Huancavelica
[Lircay 2040] [Escuelas de formación] [Menú] [Ayuda ahora] [Salir]
