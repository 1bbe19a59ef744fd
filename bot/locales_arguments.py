"""What can be asked of `willaq locales`. Apart from what does it, which takes longer to read."""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(required=True, metavar="JOB", dest="job")
    jobs.add_parser("extract", help="write the Spanish texts that translators start from")
    merged = jobs.add_parser("update", help="bring new and changed Spanish texts into the files")
    merged.add_argument(
        "--typo-only",
        action="store_true",
        help="mended spelling in Spanish makes no translation old; what changed more does",
    )
    told = jobs.add_parser("status", help="how far each language is, door by door")
    told.add_argument("--json", action="store_true", help="one JSON list")
    jobs.add_parser("check", help="list every mistake in the translations")
    read = jobs.add_parser("review", help="write who has read translations and found them right")
    read.add_argument("language", metavar="LANG")
    read.add_argument("what", metavar="SLUG|KEY", help="a whole page, or one text by its msgctxt")
    read.add_argument("--by", required=True, metavar="NAME", help="a name of her choice")
    saved = jobs.add_parser("export", help="write translations as a spreadsheet")
    _sheet(saved)
    taken = jobs.add_parser("import", help="bring a sheet in; without --apply only say how")
    _sheet(taken)
    taken.add_argument("--apply", action="store_true", help="change the translations")
    taken.add_argument(
        "--leave-conflicts",
        action="store_true",
        help="bring in the other rows, leaving those that also changed here as they are here",
    )
    begun = jobs.add_parser("add", help="begin a language")
    begun.add_argument("language", metavar="TAG", help="such as ayr")
    begun.add_argument("--name", required=True, help="as its speakers call it")
    begun.add_argument(
        "--fallback", nargs="+", default=["es"], metavar="TAG",
        help="what she reads where a translation is missing, best first",
    )  # fmt: skip
    begun.add_argument("--cldr", default="", metavar="TAG", help="how libraries know it")


def _sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", metavar="LANG")
    parser.add_argument("file", type=Path, help="its name ends in .xlsx, .ods or .csv")
    parser.add_argument(
        "--only", choices=("content", "bot", "console"), default="content",
        help="the topics (content.po); what Willaq itself says to women (bot.po), to staff",
    )  # fmt: skip
