# Rosa writes for the first time. She looks around, asks in her own words, tells of violence,
# and leaves when somebody comes.

> hola
Hola, soy Willaq. Doy información sobre derechos, en castellano y quechua.
Rimaykullayki, sutiyqa Willaq. Derechukunamantam willakuni, castellanopi, runasimipipas.
Soy un programa, no una persona ni un servicio de emergencia. No puedo avisar a nadie por ti. Si hay peligro ahora, llama: Policía 105 · Línea 100.
No guardo lo que escribes ni tu nombre. Si alguien se acerca, escribe salir y la pantalla cambia.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Runasimi (Ayacucho)] [Runasimi (Cusco)] [Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Ayuda ahora] [Salir]

> 5
Familia, hijas e hijos: ¿qué necesitas saber?
Pensión para tus hijos: Pide la pensión sin abogado, en el juzgado o en la DEMUNA.
Papá y prueba de ADN: Pide al juez que lo declare papá. El ADN lo paga él.
No paga la pensión: Hay un registro de deudores. No pagar lo que manda el juez es delito.
Pensión en el embarazo: Puedes pedirle al papá ayuda para ti, antes y después del parto.
Tenencia y visitas: Qué dice la ley sobre tus hijas e hijos cuando te separas.
[Pensión para tus hijos] [Papá y prueba de ADN] [No paga la pensión] [Pensión en el embarazo] [Tenencia y visitas] [Ver más] [Menú] [Ayuda ahora] [Salir]

> [Pensión para tus hijos]
Pensión de alimentos para tus hijos
La mamá y el papá deben mantener a sus hijos. Si él no da, puedes pedir una pensión al juez. No necesitas la firma de un abogado. También puedes buscar un acuerdo gratis en la DEMUNA. La DEMUNA es la oficina de la niñez de tu municipalidad.
[Qué puedes hacer] [Saber más] [A quién acudir] [De dónde sale esto] [Temas parecidos] [Idioma] [Menú] [Ayuda ahora] [Salir]

> pasos
Qué puedes hacer
1. Junta tus papeles: tu DNI, la partida de nacimiento y los recibos de gastos. Apunta dónde trabaja él. Si algo te falta, pregunta igual.
2. Ve al juzgado de paz letrado. Pide el formulario gratis de alimentos.
3. Llena el formulario. Pide ayuda en la DEMUNA o en la defensa pública si no entiendes algo. Si él no sabe dónde vives, pregunta antes de poner tu dirección.
4. Pide ahí mismo la pensión adelantada. Se llama asignación anticipada.
5. Entrega todo. Quédate con una copia sellada.
6. Si prefieres un acuerdo, ve a la DEMUNA. Es gratis.
7. Si él te maltrata, no tienes que sentarte con él a hablar de los golpes. Pide al juez que ve la violencia que también vea los alimentos.
8. Si él no reconoció a tu hijo, mira el tema de la prueba de ADN.
[Saber más] [A quién acudir] [Volver al tema] [Menú] [Ayuda ahora] [Salir]

> [A quién acudir]
A quién acudir
DEMUNA, defensoría de la niñez
Ayuda con alimentos, tenencia, visitas, reconocimiento y DNI de tus hijas e hijos. Pregunta en tu municipalidad: no tenemos un número confirmado.
Costo: Gratis
(Datos vistos el 04/04/2026)
Juzgado de paz letrado
Aquí pides alimentos (el dinero para tus hijas e hijos) y que se reconozca al padre. No tenemos un número: pregunta en la DEMUNA o en la comisaría dónde queda.
(Datos vistos el 01/04/2026)
Defensa pública gratuita (SUNADEP)
Da abogada o abogado gratis a mujeres que viven violencia cuando el Centro Emergencia Mujer y Familia no puede. Según la prensa, también ve casos de familia y de trabajo de quien no puede pagar. SUNADEP es una oficina creada en 2026: no sabemos si ya funciona. No tenemos un número confirmado: pregunta en la comisaría o en la Línea 100.
Costo: Gratis
(Datos vistos el 04/04/2026)
[Qué puedes hacer] [Saber más] [Volver al tema] [Menú] [Ayuda ahora] [Salir]

> el papa de mi hija no me pasa plata
Pensión de alimentos para tus hijos
La mamá y el papá deben mantener a sus hijos. Si él no da, puedes pedir una pensión al juez. No necesitas la firma de un abogado. También puedes buscar un acuerdo gratis en la DEMUNA. La DEMUNA es la oficina de la niñez de tu municipalidad.
¿Estás en peligro ahora? Escribe ayuda.
[Sí, necesito ayuda] [Qué puedes hacer] [Saber más] [A quién acudir] [De dónde sale esto] [Temas parecidos] [Idioma] [Menú] [Salir]

> asdfgh
No encontré eso. Prueba con otras palabras o elige un tema. Si quieres hablar con una persona, escribe ayuda.
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Violencia] [A dónde ir o llamar] [Familia e hijos] [Salud] [Más temas] [Runasimi (Ayacucho)] [Runasimi (Cusco)] [Ayuda ahora] [Salir]

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

> más temas
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Trabajo] [Participación política] [Lengua, DNI y programas] [Mujeres indígenas] [Colegio y estudios] [Más temas] [Menú] [Ayuda ahora] [Salir]

> [Participación política]
Participar y decidir: ¿qué necesitas saber?
Paridad en las listas: Una mujer, un hombre, una mujer: así deben ir las listas.
Acoso político: La ley protege a candidatas, autoridades y mujeres de la comunidad.
Tu voto: Tu voto es libre y secreto. Nadie puede impedirte votar.
Partidos y candidatura: Tú decides si te afilias. Nadie te pone en una lista sin tu permiso.
Directiva comunal: 30 %: La directiva debe tener al menos 30 % de mujeres o de varones.
[Paridad en las listas] [Acoso político] [Tu voto] [Partidos y candidatura] [Directiva comunal: 30 %] [Ver más] [Menú] [Ayuda ahora] [Salir]

> ver más
Participar y decidir: ¿qué necesitas saber?
Mujeres en las rondas: La ronda es de ronderos y ronderas. Debe promover tu participación.
Ley de igualdad: Desde diciembre de 2025 hay una nueva ley de igualdad: la Ley 32535.
[Mujeres en las rondas] [Ley de igualdad] [Menú] [Ayuda ahora] [Salir]

> atrás
Participar y decidir: ¿qué necesitas saber?
Paridad en las listas: Una mujer, un hombre, una mujer: así deben ir las listas.
Acoso político: La ley protege a candidatas, autoridades y mujeres de la comunidad.
Tu voto: Tu voto es libre y secreto. Nadie puede impedirte votar.
Partidos y candidatura: Tú decides si te afilias. Nadie te pone en una lista sin tu permiso.
Directiva comunal: 30 %: La directiva debe tener al menos 30 % de mujeres o de varones.
[Paridad en las listas] [Acoso político] [Tu voto] [Partidos y candidatura] [Directiva comunal: 30 %] [Ver más] [Menú] [Ayuda ahora] [Salir]

> atrás
¿Qué quieres saber? Elige, o escríbelo con tus palabras.
[Trabajo] [Participación política] [Lengua, DNI y programas] [Mujeres indígenas] [Colegio y estudios] [Más temas] [Menú] [Ayuda ahora] [Salir]

> idioma
Elige tu idioma.
Simiykita akllay.
[Español] [Runasimi (Ayacucho)] [Runasimi (Cusco)] [Menú] [Ayuda ahora] [Salir]

> gracias
Gracias a ti. Aquí estaré cuando me necesites.
[Menú] [Ayuda ahora] [Salir]

> salir
…

> borrar
…
