"""What Meta answers when it refuses: its codes, their titles, the HTTP status that goes with each.

Sources differ on the status of what is too fast (400 or 429). It is 400 here, the less telling of
the two: a client has to go by the code, as Meta says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from tests.standins.platform import Json
from tests.standins.raw_http import Answer

_HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
_TRACE = "AXsgnV2Cm3ZMGF3dF_cfYIn"


@dataclass(frozen=True, slots=True)
class Reason:
    title: str
    status: int = 400
    kind: str = "OAuthException"


REASONS: Mapping[int, Reason] = {
    2: Reason("An unexpected error occurred. Please retry your request", 500),
    4: Reason("Application request limit reached", 429),
    10: Reason("Application does not have permission for this action", 403),
    100: Reason("Invalid parameter"),
    104: Reason("An access token is required to request this resource", 401),
    190: Reason("Invalid OAuth access token - Cannot parse access token", 401),
    200: Reason("You do not have permission to access this resource", 403),
    368: Reason("Temporarily blocked for policies violations", 403),
    2500: Reason("Unknown path components", 400),
    80007: Reason("Rate limit issues", 429),
    130429: Reason("Rate limit hit"),
    130472: Reason("User's number is part of an experiment"),
    130497: Reason("Business account is restricted from messaging users in this country", 403),
    131000: Reason("Something went wrong", 500),
    131005: Reason("Access denied", 403),
    131008: Reason("Required parameter is missing"),
    131009: Reason("Parameter value is not valid"),
    131016: Reason("Service unavailable", 500),
    131021: Reason("Recipient cannot be sender"),
    131026: Reason("Message undeliverable"),
    131030: Reason("Recipient phone number not in allowed list"),
    131031: Reason("Account has been locked", 403),
    131037: Reason(
        "WhatsApp provided number needs display name approval before message can be sent"
    ),
    131042: Reason("Business eligibility payment issue"),
    131045: Reason("Incorrect certificate", 500),
    131047: Reason("Re-engagement message"),
    131048: Reason("Spam rate limit hit"),
    131049: Reason("This message was not delivered to maintain healthy ecosystem engagement."),
    131050: Reason("Unable to deliver the message. This recipient has chosen to stop receiving"),
    131051: Reason("Unsupported message type"),
    131052: Reason("Media download error"),
    131053: Reason("Media upload error"),
    131056: Reason("(Business Account, Consumer Account) pair rate limit hit"),
    131057: Reason("Account in maintenance mode", 500),
    131062: Reason("Business-scoped User ID (BSUID) recipients are not supported for this message"),
    131064: Reason("Messaging limit reached"),
    132000: Reason("Number of parameters does not match the expected number of params"),
    132001: Reason("Template name does not exist in the translation", 404),
    132005: Reason("Translated text too long"),
    132007: Reason("Template format character policy violated"),
    132012: Reason("Parameter format does not match format in the created template"),
    132015: Reason("Template is paused"),
    132016: Reason("Template is disabled"),
    132018: Reason("There's an issue with the parameters in your template"),
    133016: Reason("Account register deregister rate limit exceeded"),
    135000: Reason("Generic user error"),
}


class Refused(Exception):
    """Meta says no. `code` says why in its own numbers, `details` what to mend."""

    def __init__(self, code: int, details: str = "") -> None:
        super().__init__(f"{code}: {details or REASONS[code].title}")
        self.code = code
        self.details = details or REASONS[code].title

    def answer(self) -> Answer:
        reason = REASONS[self.code]
        error: Json = {
            "message": f"(#{self.code}) {reason.title}",
            "type": reason.kind,
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": _TRACE,
        }
        if self.code == 190:
            error = {**error, "message": reason.title, "error_subcode": 463}
        return Answer(orjson.dumps({"error": error}), reason.status)

    def in_a_status(self) -> Json:
        title = REASONS[self.code].title
        return {
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": {"details": self.details},
            "href": _HREF,
        }


def no_such_object(id: str, verb: str) -> Answer:
    """For an id that is nobody's, and for a verb that one does not know."""
    error = {
        "message": f"Unsupported {verb.lower()} request. Object with ID '{id}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this operation.",
        "type": "GraphMethodException",
        "code": 100,
        "error_subcode": 33,
        "fbtrace_id": _TRACE,
    }
    return Answer(orjson.dumps({"error": error}), 400)
