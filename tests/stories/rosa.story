# Rosa writes for the first time. She looks around, asks in her own words, tells of violence,
# and leaves when somebody comes.

> hola

> 2

> [Demanda de alimentos]

> pasos

> [A quién acudir]

> el papa de mi hija no me pasa plata

> asdfgh

> mi marido me pega

> [No estoy en peligro]

> que sabes de mi

> gracias

> salir

> borrar
