"""Files a platform has from us: uploaded once, used by their id until it drops them."""

from bot.store.ledger import Ledger


def find(ledger: Ledger, *, channel: str, digest: str, now: float) -> str | None:
    found = ledger.one("find_media", channel, digest, now)
    return str(found[0]) if found else None


def keep(ledger: Ledger, *, channel: str, digest: str, ref: str | None, expires_at: float) -> None:
    if ref is None:
        ledger.change("drop_media", channel, digest)
    else:
        ledger.change("keep_media", channel, digest, ref, expires_at)
