"""The answers to a message of hers as rows of the outbox, born claimed where nothing is ahead."""

from collections.abc import Sequence

from bot.dialogue.turn import Turn
from bot.store.addresses import as_bytes
from bot.store.arrival import Arrival, Woman
from bot.store.base import OutboxRow, Visit
from bot.store.forgetting import REPLIES
from bot.store.ledger import Ledger
from bot.store.wishes import Answer


def put_down(
    ledger: Ledger,
    came: Arrival,
    woman: Woman,
    person_id: int,
    turn: Turn,
    answers: Sequence[Answer],
    ahead: bool,
) -> Visit:
    if not answers:
        return Visit(turn, person_id)
    claimed = not came.pulled and not ahead
    address = ledger.vault.seal(as_bytes(came.address), "address", came.channel)
    pulled_by = woman.address_index if came.pulled else None
    state, lease = ("sending", came.now + came.lease_s) if claimed else ("waiting", None)
    rows: list[OutboxRow] = []
    for answer in answers:
        body = ledger.vault.seal(answer.body, "body", came.channel) if answer.body else None
        first = rows[0].id if rows and answer.operation == "erase" else None
        row_id = ledger.add(
            "answer", person_id, came.channel, address, pulled_by, answer.language,
            answer.operation, state, body, came.now, lease, first,
        )  # fmt: skip
        rows.append(_row(row_id, person_id, came, woman, answer))
    return Visit(
        turn,
        person_id,
        claimed=tuple(rows) if claimed else (),
        left_waiting=not claimed and not came.pulled,
    )


def _row(row_id: int, person_id: int, came: Arrival, woman: Woman, answer: Answer) -> OutboxRow:
    return OutboxRow(
        id=row_id,
        person_id=person_id,
        channel=came.channel,
        address=came.address,
        language=answer.language,
        priority=REPLIES,
        operation=answer.operation,
        body=answer.body,
        parts=0,
        tries=0,
        attempt=1,
        window_until=came.window_until,
        plain=woman.plain,
    )
