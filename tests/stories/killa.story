# Killa writes in Quechua. What nobody has reviewed yet is marked, and the Spanish is one tap away.

> allillanchu

> 1

> [Línea 100]

> [Castellanupi]

> maqawan

> lluqsiy

> pichay
