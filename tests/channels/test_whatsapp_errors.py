"""What each code of WhatsApp leads to, at once or later, and that an organizer is told why."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pywa import errors as pywa

from bot.channels.base import SendError
from bot.channels.whatsapp_errors import CODES, IN_WORDS, failed, judge
from bot.pacing import HELD_S, REPLY, REPLY_TRIES, Decision, after

NOW = 1_000_000.0
HOUR, DAY = 3600, 24 * 3600
ANNOUNCEMENT = 9


def waits(reason: str, seconds: float) -> Decision:
    """However often it was tried: it was no fault of the message."""
    return Decision("waiting", reason, NOW + seconds, 3)


def again(reason: str, seconds: float = 16) -> Decision:
    return Decision("waiting", reason, NOW + seconds, 4)


def never(reason: str, *, unreachable: bool = False) -> Decision:
    return Decision("failed", reason, unreachable=unreachable)


# Of an announcement, after three tries. Whoever adds a code says here what becomes of the message.
LEADS_TO = {
    1: again("server"),
    2: again("server"),
    131000: again("server"),
    131016: again("server"),
    133004: again("server"),
    135000: again("server"),
    131057: waits("maintenance", 60),
    4: waits("rate", 60),
    80007: waits("rate", 60),
    130429: waits("rate", 2),
    131056: again("pace", 2 * 4**3),
    131048: waits("spam", HOUR),
    131064: waits("limit", HOUR),
    131049: waits("enough", DAY),
    131047: waits("window", HELD_S),
    131050: never("unwanted"),
    130472: never("experiment"),
    131021: never("ourselves", unreachable=True),
    131026: never("undeliverable", unreachable=True),
    131030: never("testing", unreachable=True),
    131062: never("no number", unreachable=True),
    100: never("rejected"),
    131008: never("rejected"),
    131009: never("rejected"),
    131051: never("rejected"),
    131052: never("media"),
    131053: never("media"),
    131063: never("template"),
    130497: never("country"),
    0: waits("token", 60),
    190: waits("token", 60),
    3: waits("permission", 300),
    10: waits("permission", 300),
    131005: waits("permission", 300),
    368: waits("locked", 300),
    131031: waits("locked", 300),
    131037: waits("display name", 300),
    131042: waits("payment", 300),
    131045: waits("registration", 300),
    133010: waits("registration", 300),
    133016: waits("registration", 300),
}
IN_RANGES = {
    200: waits("permission", 300),
    299: waits("permission", 300),
    132000: never("template"),
    132015: never("template"),
    132999: never("template"),
}
NEWER = {code: never("rejected") for code in (-1, 199, 300, 131999, 199999, 2**40)}
HOLD_EVERYBODY = {"rate", "token", "permission", "locked", "display name", "registration"} | {
    "maintenance"
}


def test_every_code_of_the_table_is_here() -> None:
    assert CODES.keys() == LEADS_TO.keys()


GOES_AGAIN = {131052, 131053}  # when it is told later: by then the file has a new id


@pytest.mark.parametrize(("code", "expected"), (LEADS_TO | IN_RANGES | NEWER).items())
def test_a_code_leads_to_the_same_at_once_and_later(code: int, expected: Decision) -> None:
    later = [] if code in GOES_AGAIN else [failed(code)]
    for error in (judge(400, refusal(code)), *later):
        found = after(error, tries=3, priority=ANNOUNCEMENT, now=NOW, jitter=0.5)
        assert found == expected
        assert error.everyone == (expected.reason in HOLD_EVERYBODY)
        assert error.stopped == (code == 131050)
        assert not error.unsure


@pytest.mark.parametrize("code", sorted(GOES_AGAIN))
def test_a_file_that_meta_lost_after_taking_the_message_goes_again_but_not_for_ever(
    code: int,
) -> None:
    def decided(tries: int) -> Decision:
        return after(failed(code), tries=tries, priority=REPLY, now=NOW, jitter=0.5)

    assert (decided(0).state, decided(0).tries) == ("waiting", 1)
    assert decided(REPLY_TRIES) == Decision("failed", "gave up: media")


@pytest.mark.parametrize(("code", "expected"), (LEADS_TO | IN_RANGES | NEWER).items())
def test_an_answer_does_the_same_but_for_what_would_keep_the_next_one_from_her(
    code: int, expected: Decision
) -> None:
    if code in GOES_AGAIN:
        return
    if code in (131048, 131064, 131049):
        expected = Decision("failed", f"gave up: {expected.reason}")
    assert after(failed(code), tries=3, priority=REPLY, now=NOW, jitter=0.5) == expected


def test_a_failure_without_a_code_is_none_of_a_wrong_token() -> None:
    assert failed(None).reason == "rejected"


def test_what_is_told_later_and_again_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    failed(131042)
    assert caplog.records == []
    judge(400, refusal(131042))
    assert len(caplog.records) == 1


def refusal(code: object, **more: object) -> bytes:
    return json.dumps({"error": {"message": "x", "code": code, **more}}).encode()


@pytest.mark.parametrize(
    ("status", "body", "reason", "fields"),
    [
        (500, refusal(999), "server", {}),
        (503, refusal(131009), "rejected", {"permanent": True}),
        (400, refusal(999, is_transient=True), "server", {}),
        (400, refusal(999, is_transient="yes"), "rejected", {"permanent": True}),
        (429, refusal(999), "rate", {"everyone": True}),
        (401, refusal(999), "token", {"everyone": True}),
        (200, refusal(999), "rejected", {"permanent": True}),
        (200, refusal(131026), "undeliverable", {"permanent": True, "unreachable": True}),
        (400, refusal(100, error_subcode=33), "number", {"everyone": True}),
        (400, refusal(100, error_subcode=2494010), "rejected", {"permanent": True}),
        (400, refusal("131026"), "server", {}),
        (400, refusal(True), "server", {}),
        (400, b'{"error":"no"}', "server", {}),
        (400, b'{"error":null}', "server", {}),
        (504, b"<html>a proxy</html>", "server", {"unsure": True}),
        (200, b"<html>a captive portal</html>", "garbled", {"unsure": True}),
    ],
)
def test_answers_that_are_seldom_seen(
    status: int, body: bytes, reason: str, fields: dict[str, Any]
) -> None:
    error = vars(judge(status, body))
    expected = {"permanent": False, "unreachable": False, "unsure": False, "everyone": False}
    assert error["reason"] == reason
    assert {name: error[name] for name in expected} == {**expected, **fields}


def reasons() -> set[str]:
    from_codes = {failed(code).reason for code in CODES}
    others = [
        judge(200, b""),
        judge(500, b""),
        judge(400, refusal(100, error_subcode=33)),
        SendError("network"),
    ]
    return from_codes | {error.reason for error in others}


def test_an_organizer_is_told_every_reason_in_a_sentence_and_no_other() -> None:
    assert IN_WORDS.keys() == reasons()
    for sentence in IN_WORDS.values():
        assert sentence[0].isupper() and sentence.endswith(".")
        assert not any(letter.isdigit() for letter in sentence.replace("24 horas", ""))


def known_elsewhere() -> Iterator[int]:
    """What another client of the platform knows of sending (and not of calls, flows, blocks)."""
    families = (
        *(pywa.AuthorizationError, pywa.ThrottlingError),
        *(pywa.IntegrityError, pywa.SendMessageError),
    )
    for _, kind in inspect.getmembers(pywa, inspect.isclass):
        if issubclass(kind, families):
            yield from kind.__error_codes__ or ()


NOT_OF_OURS = {
    131044,  # calls, which Willaq makes none of
    137000,  # a check of her security code, which Willaq never asks for
}


def test_no_code_that_a_client_of_others_knows_is_new_to_us() -> None:
    codes = set(known_elsewhere())
    assert len(codes) > 100
    new = {code for code in codes if code not in CODES and code not in IN_RANGES}
    new -= {*range(200, 300), *range(132000, 133000)}
    assert new == NOT_OF_OURS
