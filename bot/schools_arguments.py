"""What can be asked of `willaq schools`. Apart from what does it, which takes longer to read."""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(required=True, metavar="JOB", dest="job")
    shown = jobs.add_parser("list", help="the editions, and how many signed up for each")
    shown.add_argument("--json", action="store_true", help="one JSON list")
    saved = jobs.add_parser("export", help="write who signed up for an edition as a CSV file")
    saved.add_argument("edition", help="the name of its file in content/editions/, without .md")
    saved.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    gone = jobs.add_parser("withdraw", help="take a woman out who asks for it elsewhere")
    gone.add_argument("edition")
    gone.add_argument("number", type=int, help="hers in the exported table")
