"""What can be asked of `willaq audio`. Apart from what does it, which takes longer to read."""

import argparse
from pathlib import Path

JOBS = ("add", "list", "text", "remove", "export")


def arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(required=True, metavar="JOB", dest="job")
    new = jobs.add_parser("add", help="guarda una grabación: la convierte y anota qué texto dice")
    _topic(new)
    new.add_argument("file", type=Path, help="el archivo con la voz: OGG, M4A, MP3, WAV u otro")
    new.add_argument("--by", required=True, metavar="NOMBRE", help="quién habla")
    new.add_argument("--machine", action="store_true", help="habla un programa; a ella se le dice")
    new.add_argument("--data", action="store_true", help="en la carpeta de datos, no en locales/")
    shown = jobs.add_parser("list", help="qué temas se pueden escuchar, y cuáles cambiaron")
    shown.add_argument("--language", metavar="TAG", help="solo este idioma")
    shown.add_argument("--all", action="store_true", help="también los temas sin grabación")
    shown.add_argument("--json", action="store_true", help="una línea JSON por tema, todos")
    _topic(jobs.add_parser("text", help="muestra el texto que se lee en voz alta"))
    _topic(jobs.add_parser("remove", help="borra una grabación"))
    moved = jobs.add_parser("export", help="copia a locales/ lo que se grabó por chat")
    moved.add_argument("--to", type=Path, metavar="FOLDER", help="en vez de locales/")


def _topic(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", help="como quy o es")
    parser.add_argument("topic", help="el nombre del archivo del tema, sin .md")
