"""A small content/ and locales/ with nothing wrong in it, for tests that put something wrong in."""

from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 24)

MENU = """\
[[category]]
id = "violence"
menu = "Violencia"
title = "Vivir sin violencia"

[[category]]
id = "work"
menu = "Trabajo"
title = "Tu trabajo"
"""

TOPIC = """\
+++
title = "La Línea 100"
menu = "Línea 100"
summary = "Te escuchan gratis."
category = "violence"
order = 10
phrases = [
  "que es la linea cien",
  "kiero llamar",
]
contacts = ["linea"]
related = ["descanso"]
reviewed_on = 2026-11-01
reviewed_by = ""
expires_on = 2027-05-24

[[sources]]
norm = "Ley 30364"
article = "art. 10"
url = "https://example.org/ley"
seen = 2026-04-04
confidence = "C"
+++

## En corto
Llama gratis al 100.

## Qué puedes hacer
1. Busca un sitio **seguro**.
2. Llama.
"""

OTHER = (
    TOPIC.replace("La Línea 100", "Descanso por parto")
    .replace('menu = "Línea 100"', 'menu = "Descanso"')
    .replace('category = "violence"', 'category = "work"')
    .replace("que es la linea cien", "cuantos dias me tocan")
    .replace("kiero llamar", "voy a dar a luz")
    .replace('"descanso"', '"linea-100"')
)

CONTACT = """\
+++
name = "Línea 100"
menu = "Línea 100"
phones = ["100"]
whatsapp = []
email = []
web = []
address = ""
hours = "Las 24 horas"
languages = ""
cost = "Gratis"
checked_on = 2026-02-07
expires_on = 2027-05-01

[[sources]]
norm = "Infobae"
article = ""
url = ""
seen = 2026-02-07
confidence = "L"
+++
Te escucha y te orienta.
"""

DANGER = """\
+++
tier = "high"
kind = "violence"
phrases = [
  "me peg*",
  "una paliza",
]
except = ["se me peg*"]
+++
Golpes.
"""

HARMLESS = """\
+++
title = "Mazamorra"
+++
Hierve maíz morado.
"""

FILES = {
    "menu.toml": MENU,
    "rights/linea-100.md": TOPIC,
    "rights/descanso.md": OTHER,
    "services/linea.md": CONTACT,
    "danger/violence-high.md": DANGER,
    "harmless/mazamorra.md": HARMLESS,
}

LANGUAGES = """\
[[language]]
tag = "es"
name = "Español"
fallback = []
cldr = "es"

[[language]]
tag = "quy"
name = "Runasimi (Chanka)"
fallback = ["es"]
cldr = "qu"

[[language]]
tag = "quz"
name = "Runasimi (Qusqu)"
fallback = ["quy", "es"]
cldr = "qu"
"""

HEADER = r"""
msgid ""
msgstr ""
"Language: quy\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"X-Editor: Tania\n"
""".lstrip()


def content(**changed: str | None) -> dict[str, bytes | None]:
    """The files as bytes; a change is given by a file's stem, None takes the file away."""
    stems = {Path(path).stem.replace("-", "_"): path for path in FILES}
    texts = {**FILES, **{stems.get(name, name): text for name, text in changed.items()}}
    return {path: text.encode() for path, text in texts.items() if text is not None}


def write(folder: Path, files: dict[str, bytes | None]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data or b"")


def home(folder: Path) -> Path:
    """A whole one: Willaq starts from it at once."""
    where = folder / "home"
    write(where / "content", content())
    write(where / "locales", {"languages.toml": LANGUAGES.encode()})
    write(where / "locales", {"quy/LC_MESSAGES/bot.po": HEADER.encode()})
    return where


def entry(key: str, spanish: str, text: str, *comments: str) -> str:
    """One entry of a .po file, with its comments."""
    fields = (("msgctxt", key), ("msgid", spanish), ("msgstr", text))
    lines = [*comments, *(f"{name} {_quoted(value)}" for name, value in fields)]
    return "\n".join(lines) + "\n"


def po(*entries: str) -> str:
    return "\n".join((HEADER, *entries))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    return f'"{escaped}"'
