# Rosa looks for help near her. The directory holds the services of services.csv: made up.

> hola
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Rimaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Runasimi (Ayacucho)] [Runasimi (Cusco)] [Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Ayuda ahora] [Salir]

> (-12.7861, -74.9732)
Cerca de ti
1. Centro Inventado de Huancavelica
Centro Emergencia Mujer, en Huancavelica: a menos de 2 km
Dirección: Jirón Inventado 1
Teléfono: 000 000 001 / 000 000 002
Horario: Lunes a viernes de 8 a 4
Lenguas: castellano y quechua
(Datos vistos el 01/11/2026)
2. Comisaría Inventada de Huancavelica
Comisaría, en Huancavelica
Teléfono: 000 000 003
(Datos vistos el 01/11/2026)
3. Comisaría Inventada de Ascensión
Comisaría, en Ascensión, Huancavelica: a menos de 2 km
Ojo: nadie ha confirmado estos datos desde el 01/03/2025. Por eso no te doy su número ni su dirección. Pregunta antes de ir.
La distancia es en línea recta: por el camino es más. Si puedes, llama antes de ir.
[Mapa: 1] [DEMUNA] [Otro lugar] [Menú] [Ayuda ahora] [Salir]

> [Mapa: 1]
En el mapa:
Centro Inventado de Huancavelica
Jirón Inventado 1
-12.78500,-74.97200
[Otro lugar] [Menú] [Ayuda ahora] [Salir]

> [Otro lugar]
¿En qué distrito estás? Escríbelo, por ejemplo: Jauja, Junín.
Recuerdo el lugar solo 30 minutos, para responderte. Después lo olvido.
[Menú] [Ayuda ahora] [Salir]

> lircai
Cerca de Lircay, Angaraes, Huancavelica
1. Centro Inventado de Huancavelica
Centro Emergencia Mujer, en Huancavelica: a unos 35 km
Dirección: Jirón Inventado 1
Teléfono: 000 000 001 / 000 000 002
Horario: Lunes a viernes de 8 a 4
Lenguas: castellano y quechua
(Datos vistos el 01/11/2026)
2. Comisaría Inventada de Huancavelica
Comisaría, en Huancavelica: a unos 35 km
Teléfono: 000 000 003
(Datos vistos el 01/11/2026)
3. DEMUNA Inventada de Lircay
DEMUNA, en Lircay, Angaraes: a menos de 2 km
Dirección: Plaza Inventada
Teléfono: 000 000 005
Lenguas: castellano y quechua
(Datos vistos el 01/11/2026)
La distancia es en línea recta: por el camino es más. Si puedes, llama antes de ir.
[Mapa: 1] [Mapa: 3] [Otro lugar] [Menú] [Ayuda ahora] [Salir]

> [DEMUNA]
Cerca de Lircay, Angaraes, Huancavelica
1. DEMUNA Inventada de Lircay
DEMUNA, en Lircay, Angaraes: a menos de 2 km
Dirección: Plaza Inventada
Teléfono: 000 000 005
Lenguas: castellano y quechua
(Datos vistos el 01/11/2026)
La distancia es en línea recta: por el camino es más. Si puedes, llama antes de ir.
[Mapa: 1] [Centro Emergencia Mujer] [Comisaría] [Otro lugar] [Menú] [Ayuda ahora] [Salir]

> comisaria en jauja
Cerca de Jauja, Junín
No tengo anotado cerca de ahí: Comisaría. Puede haber y que yo no lo conozca: pregunta por teléfono.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Centro Emergencia Mujer] [Otro lugar] [Menú] [Ayuda ahora] [Salir]

> san juan
¿Cuál de estos lugares es? Elígelo, o escríbelo con su departamento.
[San Juan de Lurigancho] [San Juan de Miraflores] [San Juan Bautista, Loreto] [San Juan Bautista, Ayacucho] [San Juan, Áncash] [San Juan, Cajamarca] [San Juan, Huancavelica] [Menú] [Ayuda ahora] [Salir]

> santa rosa
Hay más de un lugar que se llama Santa Rosa. ¿Cuál es el tuyo? Elígelo, o escribe también la provincia o el departamento.
[Lima] [Lambayeque] [Ayacucho] [Cajamarca] [San Martín] [Melgar, Puno] [El Collao, Puno] [Menú] [Ayuda ahora] [Salir]

> puno
Hay más de un lugar que se llama Santa Rosa. ¿Cuál es el tuyo? Elígelo, o escribe también la provincia o el departamento.
[Melgar, Puno] [El Collao, Puno] [Menú] [Ayuda ahora] [Salir]

> menu
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Runasimi (Ayacucho)] [Runasimi (Cusco)] [Ayuda ahora] [Salir]

> me pegan
Siento mucho lo que estás pasando. No es tu culpa y no estás sola. ¿Puedes leer esto sin riesgo? Si no, escribe salir.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
Si no puedes llamar, ve a la comisaría, al Centro Emergencia Mujer o al centro de salud más cercano. Pide ayuda a alguien de confianza.
Yo soy un programa: no puedo llamar ni avisar a nadie por ti.
[Ayuda cerca de mí] [Cómo denunciar] [Medidas de protección] [Ocultar este chat] [No estoy en peligro] [Menú] [Salir]

> [Ayuda cerca de mí]
¿En qué distrito estás? Escríbelo, por ejemplo: Jauja, Junín.
Recuerdo el lugar solo 30 minutos, para responderte. Después lo olvido.
[Menú] [Ayuda ahora] [Salir]

> ate
Cerca de Ate, Lima
1. Comisaría Inventada de Ate
Comisaría, en Ate, Lima: a menos de 2 km
Dirección: Avenida Inventada 7
Teléfono: 000 000 007
Horario: Las 24 horas
Lenguas: castellano
(Datos vistos el 01/11/2026)
La distancia es en línea recta: por el camino es más. Si puedes, llama antes de ir.
[Mapa: 1] [Otro lugar] [Menú] [Ayuda ahora] [Salir]

> iquitos
Cerca de Iquitos, Maynas, Loreto
No tengo ningún servicio anotado a menos de 60 km de ahí. Puede haber uno que no conozco: pregunta por teléfono.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Otro lugar] [Menú] [Ayuda ahora] [Salir]

> salir
…
