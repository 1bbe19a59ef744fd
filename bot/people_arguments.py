"""What can be asked of `willaq people`. Apart from what does it, which takes longer to read."""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(required=True, metavar="JOB", dest="job")
    load = jobs.add_parser(
        "import-subscribers", help="bring in women who agreed; without --apply only say who"
    )
    load.add_argument("file", type=Path, help="CSV: channel, address, consent, consent_date ...")
    load.add_argument("--apply", action="store_true", help="they get announcements from now on")
    save = jobs.add_parser(
        "export-consents", help="write who agreed to what, when and how, as a CSV file"
    )
    save.add_argument("file", type=Path)
    save.add_argument(
        "--with-addresses",
        action="store_true",
        help="with her number or chat id in place of a mark; it is noted in the log",
    )
