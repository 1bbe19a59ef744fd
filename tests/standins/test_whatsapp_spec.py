"""Meta's own description of its API, as a second judge beside the rules written by hand."""

import json
import re

import pytest

from tests.standins.hooked import KILLA
from tests.standins.platform import Json
from tests.standins.whatsapp_bodies import LIMITS, cards, interactive, message
from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_spec import description, find_spec, judges

pytestmark = pytest.mark.skipif(
    find_spec() is None, reason="no description of the Cloud API at hand"
)

# Meta's own examples, with something in place of what stands for it.
STANDS_FOR = [
    (r"\{\{Recipient[^}]*\}\}", KILLA),
    (r"<?http\(s\)://[^\"]*", "https://example.org/a"),
    (r"<TEMPLATE_NAME>", "aviso"),
]
CANNOT = {
    "Send Multi-Product Message": "its header's type is a placeholder for one of several",
    "Send Order Details Message": "a kind the description itself does not know",
    "Send Order Status Message": "a kind the description itself does not know",
    "Send Reply to List Message": "no type, so it is taken for a text, and has none",
    "Send Sample Issue Resolution Template": "a boolean where the text of a button belongs",
}


def test_metas_own_examples_pass() -> None:
    described = description()
    assert described is not None
    refused = {}
    for name, example in described.examples.items():
        whole = json.dumps(example)
        for pattern, value in STANDS_FOR:
            whole = re.sub(pattern, value, whole)
        try:
            for judge in judges():
                judge(json.loads(whole))
        except Refused as error:
            refused[name] = str(error)
    assert len(described.examples) == 50
    assert refused.keys() == CANNOT.keys(), refused


UNKNOWN_TO_META = {
    "rows of all",
    "document caption",
    "image caption",
    "video caption",
    "file name",
    "name of a place",
    "address of a place",
    "payload of a template",
    "index of a template's button",
    "label of a link",
    "latitude",
    "longitude",
}


@pytest.mark.parametrize("name", [each for each in LIMITS if each not in UNKNOWN_TO_META])
def test_metas_description_knows_the_limit_too(name: str) -> None:
    make, most, _ = LIMITS[name]
    described = description()
    assert described is not None
    with pytest.raises(Refused):
        described.check_message(make(most + 1))


@pytest.mark.parametrize(
    "body",
    [
        message("text", {"body": "x"}, silent=True),
        message("text", {"body": "x", "parse_mode": "HTML"}),
        message("text", "x"),
        message("audio", {"id": "1", "mood": "sad"}),
        message("poll", {}),
        interactive("button", {"buttons": []}),
        cards(0),
    ],
)
def test_metas_description_refuses_what_it_does_not_know(body: Json) -> None:
    described = description()
    assert described is not None
    with pytest.raises(Refused):
        described.check_message(body)
