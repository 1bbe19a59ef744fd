# Rosa asks for announcements, chooses what she wants of them, changes it, and ends them in the
# middle of something else.

> menú
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Rimaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Runasimi (Ayacucho)] [Runasimi (Cusco)] [Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Ayuda ahora] [Salir]

> avisos
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
[Sí, acepto] [No acepto] [Ayuda ahora] [Salir]

> sí
¿De qué región quieres recibir avisos? Elígela, o escríbela.
Así no te llega lo que queda lejos. Si prefieres no decirlo, te llegan solo los avisos para todo el país.
[Amazonas] [Áncash] [Apurímac] [Arequipa] [Más regiones] [Prefiero no decir] [Dejarlo] [Ayuda ahora] [Salir]

> ayacucho
¿A qué hora te puedo escribir? Elige, o escríbelo. Por ejemplo: de 2 a 6 de la tarde.
[A cualquier hora de día] [De 8 a 12 (mañana)] [De 12 a 6 (tarde)] [De 6 a 9 (noche)] [Dejarlo] [Ayuda ahora] [Salir]

> de 2 a 6 de la tarde
Listo. Te enviaré avisos.
Región: Ayacucho
Hora: de 2 pm a 6 pm
Si ya no los quieres, escribe no más avisos.
[Cambiar región] [Cambiar hora] [¿Quién lo envía?] [No más avisos] [Menú] [Ayuda ahora] [Salir]

> [Cambiar hora]
¿A qué hora te puedo escribir? Elige, o escríbelo. Por ejemplo: de 2 a 6 de la tarde.
[A cualquier hora de día] [De 8 a 12 (mañana)] [De 12 a 6 (tarde)] [De 6 a 9 (noche)] [Dejarlo] [Ayuda ahora] [Salir]

> de 10 de la noche a 5 de la mañana
De 9 de la noche a 8 de la mañana no envío avisos. Dime otra hora, o elige.
¿A qué hora te puedo escribir? Elige, o escríbelo. Por ejemplo: de 2 a 6 de la tarde.
[A cualquier hora de día] [De 8 a 12 (mañana)] [De 12 a 6 (tarde)] [De 6 a 9 (noche)] [Dejarlo] [Ayuda ahora] [Salir]

> [De 8 a 12 (mañana)]
Listo, guardé el cambio.
Región: Ayacucho
Hora: de 8 am a 12 m
Si ya no los quieres, escribe no más avisos.
[Cambiar región] [Cambiar hora] [¿Quién lo envía?] [No más avisos] [Menú] [Ayuda ahora] [Salir]

> [Cambiar región]
¿De qué región quieres recibir avisos? Elígela, o escríbela.
Así no te llega lo que queda lejos. Si prefieres no decirlo, te llegan solo los avisos para todo el país.
[Amazonas] [Áncash] [Apurímac] [Arequipa] [Más regiones] [Prefiero no decir] [Dejarlo] [Ayuda ahora] [Salir]

> por favor, ya no más avisos
Listo. No te enviaré más avisos. Todo lo demás sigue igual.
Solo recuerdo que dijiste que no. Si cambias de idea, escribe avisos.
[Menú] [Ayuda ahora] [Salir]

> avisos
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
[Sí, acepto] [No acepto] [Ayuda ahora] [Salir]

> [No acepto]
Está bien. No te enviaré avisos. Todo lo demás sigue igual.
[Menú] [Ayuda ahora] [Salir]

> borrar
…
