"""Whom an announcement is for: counted before, settled when it begins, then made into messages."""

import json
from collections.abc import Mapping

from bot.dialogue.announcing import Audience, Counts, Group
from bot.store.ledger import Ledger

NO_TEXT = "no text in her language"


def count(ledger: Ledger, *, whom: Audience, speaks: Mapping[str, str], now: float) -> Counts:
    groups, refused = list[Group](), dict[str, int]()
    for channel, language, why, is_open, many in ledger.all("count_audience", *_asked(whom), now):
        if why:
            refused[why] = refused.get(why, 0) + many
            continue
        text = speaks.get(language, "")
        window = None if is_open is None else bool(is_open)
        groups.append(Group(channel, language, text, window, many))
        if not text:
            refused[NO_TEXT] = refused.get(NO_TEXT, 0) + many
    return Counts(tuple(groups), refused)


def settle(ledger: Ledger, broadcast: int, whom: Audience, speaks: Mapping[str, str]) -> int:
    """From now on these are its recipients; how many."""
    languages = json.dumps(list(speaks))
    return ledger.change("settle_audience", *_asked(whom), broadcast, languages)


def feed(ledger: Ledger, *, broadcast: int, limit: int, now: float) -> int:
    """See BroadcastStore."""
    found = ledger.one("to_feed", broadcast)
    if found is None:
        return 0
    fed_canary, fed, is_past_canary, not_after = found
    if not_after < now:
        return 0
    after = fed if is_past_canary else fed_canary
    query = "next_portion" if is_past_canary else "next_canary"
    last, many = ledger.one(query, broadcast, after, limit)
    if many:
        ledger.change("feed", broadcast, after, last, not is_past_canary, now)
        ledger.change("fed" if is_past_canary else "fed_canary", broadcast, last)
    return int(many)


def _asked(whom: Audience) -> tuple[str, str, str, str]:
    lists = (whom.channels, whom.languages, whom.regions)
    channels, languages, regions = (json.dumps(each) for each in lists)
    return channels, languages, regions, whom.edition
