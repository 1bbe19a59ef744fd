# Rosa shares where she is, and writes it, before any directory is loaded.

> hola
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Rimaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Runasimi (Ayacucho)] [Runasimi (Cusco)] [Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Ayuda ahora] [Salir]

> (-12.7861, -74.9732)
Todavía no tengo una lista confirmada de lugares cerca de ti. No guardé tu ubicación. En la Línea 100 y en la comisaría te dicen qué servicio queda más cerca.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Menú] [Ayuda ahora] [Salir]

> comisaria en huancavelica
Todavía no tengo una lista confirmada de lugares cerca de ti. No guardé tu ubicación. En la Línea 100 y en la comisaría te dicen qué servicio queda más cerca.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Menú] [Ayuda ahora] [Salir]

> jauja
Todavía no tengo una lista confirmada de lugares cerca de ti. No guardé tu ubicación. En la Línea 100 y en la comisaría te dicen qué servicio queda más cerca.
Puedes llamar a:
Policía 105: Llama si hay peligro ahora mismo. No sabemos si el 105 responde igual en todas las regiones: si no contestan, ve a la comisaría más cercana.
Línea 100: Te escucha y te orienta si vives violencia o conoces un caso. La llamada queda en tu celular: bórrala si alguien lo revisa.
[Menú] [Ayuda ahora] [Salir]
