"""What can be asked of `willaq organizers`. Apart from what does it, which takes longer to read."""

import argparse

from bot.dialogue.staff import ROLES


def arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(required=True, metavar="JOB", dest="job")
    made = jobs.add_parser(
        "invite", help="make a link by which somebody comes to the console, once"
    )
    made.add_argument("name", help="what she is called, for the others who work here")
    made.add_argument(
        "--role", choices=ROLES, action="append", required=True, metavar="ROLE",
        help=f"what she may do: {', '.join(ROLES)}; give --role again for more",
    )  # fmt: skip
    again = jobs.add_parser("reset", help="a new link for one who lost her password or telephone")
    again.add_argument("number", type=int, help="hers in the list")
    shown = jobs.add_parser("list", help="who works here, and who is invited")
    gone = jobs.add_parser("revoke", help="take somebody's access away, at once")
    gone.add_argument("number", type=int, help="hers in the list")
    for each in (made, again, shown, gone):
        each.add_argument("--json", action="store_true", help="as JSON")
