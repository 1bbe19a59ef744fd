"""Which message of ours a status is about, as WhatsApp carries it there and back:
"<tag>.<row>.<attempt>.<part>.<of>", and ".b" when it was shown with buttons or a list.

The tag tells one database from another: a status of another's message is none of our business.
"""

import re
from typing import Final

from bot.channels.base import Mark

# As many digits as every database can count.
_NUMBERS: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})(\.b)?")


def write_mark(tag: str, mark: Mark, *, has_buttons: bool) -> str:
    """Goes out with the message as `biz_opaque_callback_data`."""
    return ".".join((tag, *map(str, mark))) + (".b" if has_buttons else "")


def read_mark(tag: str, written: str) -> tuple[Mark, bool] | None:
    """(mark, had buttons), or None when it is not of ours."""
    numbers = _NUMBERS.fullmatch(written.removeprefix(f"{tag}."))
    if numbers is None or not written.startswith(f"{tag}."):
        return None
    *counted, had_buttons = numbers.groups()
    mark = Mark(*map(int, counted))
    return (mark, bool(had_buttons)) if 1 <= mark.part <= mark.of else None
