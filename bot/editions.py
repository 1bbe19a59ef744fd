"""What has to fit together in a file of content/editions/, beyond each field by itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot import fields as forms
from bot.dialogue.catalogue import Edition, Source
from bot.frontmatter import Page, Where

Fault = tuple[Where, str]
_WHEN_IT_COMES = ("ends_on", "schedule", "cost", "languages")  # what she has to know beforehand
_WHERE = ("place", "district", "province", "department")


def faults(slug: str, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Of fields that are each right by themselves."""
    if len(slug) > forms.LONGEST_EDITION:
        yield (), f"the file's name is longer than {forms.LONGEST_EDITION} signs. Shorten it."
    if "starts_on" in values:
        yield from _dates(values)
        yield from _announced(values)
    elif "period" not in values:
        yield (), 'there is no "starts_on". Of a past edition, "period" with its years is enough.'
    if ("capacity" in values) != ("deadline" in values):
        given = "capacity" if "capacity" in values else "deadline"
        yield (given,), 'to sign up here, "capacity" and "deadline" are both needed. Add the other.'
    elif "capacity" in values and "starts_on" not in values:
        yield ("capacity",), 'nobody can sign up without a "starts_on". Add it, or take this away.'
    if values.get("capacity", 1) < 1:
        yield ("capacity",), '"capacity" is how many women fit: 1 or more.'


def edition(slug: str, path: str, page: Page) -> Edition:
    values = {**page.fields.values}
    sources = tuple(Source(**source) for source in values.pop("sources"))
    return Edition(slug=slug, path=path, audience=page.text.strip(), sources=sources, **values)


def _dates(values: Mapping[str, Any]) -> Iterator[Fault]:
    starts: date = values["starts_on"]
    if "period" in values:
        yield ("period",), '"starts_on" says when it is. Take the "period" away.'
    if "ends_on" in values and values["ends_on"] < starts:
        yield ("ends_on",), f'"ends_on" is before it starts ({starts}). Correct one of them.'
    if "deadline" in values and values["deadline"] > starts:
        yield ("deadline",), f'"deadline" is after it starts ({starts}). Correct one of them.'


def _announced(values: Mapping[str, Any]) -> Iterator[Fault]:
    for name in _WHEN_IT_COMES:
        if not values.get(name):
            yield (), f'"{name}" is missing: with a "starts_on" she has to know it. Add it.'
    if not any(values.get(name) for name in _WHERE):
        yield (), f"nothing says where it is. Fill in one of {', '.join(_WHERE)}."
