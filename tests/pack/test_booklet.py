"""What goes into the pack: everything, in her language, as far as it may still be said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.catalogue import Catalogue
from bot.pack import booklet
from bot.pack.blocks import blocks, plain, runs
from bot.pack.booklet import PackError
from bot.translations import build as build_translations
from bot.translations import read as read_translations
from tests.catalogue import LOCALES, TODAY, content, every_language, translations
from tests.pack.made import LANGUAGES, book


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_in_once_in_the_order_of_the_menu(language: str) -> None:
    packed = [entry.slug for entry in book(language).entries.values()]
    assert sorted(packed) == sorted(every_language().topics)
    behind_doors = [slug for door in every_language().categories for slug in door.topics]
    assert packed[: len(behind_doors)] == behind_doors


def test_a_topic_behind_no_door_comes_last() -> None:
    first, *others = every_language().categories
    catalogue = replace(every_language(), categories=tuple(others))
    packed = booklet.compose(catalogue, translations(), "es", TODAY)
    assert packed.chapters[-1].title.text == "Otros temas"
    assert {entry.slug for entry in packed.chapters[-1].entries} >= set(first.topics)
    assert len(packed.entries) == len(every_language().topics)


def test_spanish_needs_no_spanish_below() -> None:
    entries = book("es").entries.values()
    texts = [text for each in entries for text in (each.title, *(p.text for p in each.parts))]
    assert {(text.language, text.draft, text.spanish) for text in texts} == {("es", False, "")}


def test_a_draft_has_its_spanish_below_and_what_is_not_translated_is_said_to_be_spanish() -> None:
    spanish = {entry.slug: entry for entry in book("es").entries.values()}
    drafts = 0
    for entry in book("quy").entries.values():
        for part, its_spanish in zip(entry.parts, spanish[entry.slug].parts, strict=True):
            if part.text.language == "es":
                assert part.text.text == its_spanish.text.text
            else:
                assert part.text.draft and part.text.spanish == its_spanish.text.text
                drafts += 1
    assert drafts > 100


def test_what_a_native_speaker_has_reviewed_stands_alone() -> None:
    drafts = read_translations(LOCALES)
    signed = {
        path: text and text.replace(b"\n# draft\n", b"\n# reviewed: Tania, 2026-11-01\n")
        for path, text in drafts.items()
    }
    reviewed, _, _ = build_translations(signed, content().texts, "show")
    packed = booklet.compose(every_language(), reviewed, "quy", TODAY)
    assert any(entry.title.language == "quy" for entry in packed.entries.values())
    assert not any(entry.draft for entry in packed.entries.values())
    assert "revisó" not in " ".join(text.text for text in packed.about)


def test_whom_to_call_in_danger_is_first_and_as_the_contacts_say() -> None:
    contacts = {each.name: each for each in every_language().contacts.values()}
    packed = book("es")
    assert [card.phones for card in packed.help] == [("105",), ("100",), ("106",)]
    for card in (*packed.help, *packed.cards):
        assert card.phones == contacts[card.name].phones
        day = contacts[card.name].checked_on
        assert f"{day.day:02}/{day.month:02}/{day.year}" in card.lines[-1].text


def test_past_its_day_a_contact_gives_no_number() -> None:
    contacts = every_language().contacts.values()
    after = max(each.expires_on for each in contacts) + timedelta(days=1)
    packed = booklet.compose(every_language(), translations(), "es", after)
    assert packed.help == ()
    assert not any(card.phones for card in packed.cards)
    given = " ".join(text.text for card in packed.cards for text in card.lines)
    for contact in contacts:
        for number in (*contact.phones, *contact.whatsapp):
            assert f"Teléfono: {number}" not in given and f"WhatsApp: {number}" not in given


def test_each_day_has_its_own_recipe() -> None:
    recipes = {
        booklet.compose(every_language(), translations(), "es", date(2026, 11, day)).recipe
        for day in (25, 26)
    }
    assert len(recipes) == 2


def test_nothing_to_tell_is_told() -> None:
    with pytest.raises(PackError, match="no topic to pack"):
        booklet.compose(Catalogue(), translations(), "es", TODAY)


def test_the_small_markdown_becomes_blocks() -> None:
    text = "Uno\ndos **tres**\n\n- a\n- b\nsigue\n\n1. c\n2. d\nx 2. e"
    assert [(block.kind, block.rows) for block in blocks(text)] == [
        ("p", ["Uno\ndos **tres**"]),
        ("ul", ["a", "b\nsigue"]),
        ("ol", ["c", "d\nx 2. e"]),
    ]
    assert list(runs("dos **tres**.")) == [("dos ", False), ("tres", True), (".", False)]
    assert plain("**No** te pueden") == "No te pueden"
