"""The library: files change while Willaq runs, and no file becomes worse than it was."""

import gc
import os
import weakref
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.turn import Line, Reply
from bot.kept import Kept
from bot.library import Library
from tests import catalogue, small
from tests.catalogue import CONTENT, LOCALES, SERVICES
from tests.small import CONTACT, LANGUAGES, TODAY, TOPIC, entry, po
from tests.willaq import HOME

SHORT = "rights/linea-100.md#short"
WHOLE = po(entry(SHORT, "Llama gratis al 100.", "100man waqyay."))


class House:
    """The files, the day, and the library that watches them."""

    def __init__(self, folder: Path) -> None:
        self.content, self.locales = folder / "content", folder / "locales"
        self.topic = self.content / "rights/linea-100.md"
        self.quy = self.locales / "quy/LC_MESSAGES/content.po"
        self.today = TODAY
        small.write(self.content, small.content())
        small.write(self.locales, {"languages.toml": LANGUAGES.encode()})
        small.write(self.locales, {"quy/LC_MESSAGES/content.po": WHOLE.encode()})
        self.library = self.open()

    def open(self) -> Library:
        return Library(self.content, self.locales, "show", lambda: self.today)

    @property
    def catalogue(self) -> Catalogue:
        return self.library.current[0]

    def said(self, language: str) -> str:
        return self.library.current[1].say(Line(SHORT), language)[0]

    def mistakes(self) -> list[str]:
        return [f"{each.path}:{each.line}" for each in self.library.mistakes]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_it_is_full_from_the_start(house: House) -> None:
    assert [*house.catalogue.topics] == ["descanso", "linea-100"]
    assert [each.tag for each in house.catalogue.languages] == ["es", "quy"]
    assert house.said("quy") == "100man waqyay."
    assert house.library.mistakes == ()


def test_nothing_is_loaded_when_nothing_changed(house: House) -> None:
    before = house.library.current
    assert not house.library.refresh()
    assert house.library.current is before


def test_a_changed_file_is_served(house: House) -> None:
    house.topic.write_text(TOPIC.replace("Llama gratis al 100.", "Llama hoy al 100."))
    assert house.library.refresh()
    assert house.said("es") == "Llama hoy al 100."
    assert house.said("quy") == "Llama hoy al 100.", "its translation is stale"
    house.quy.write_text(po(entry(SHORT, "Llama hoy al 100.", "Kunan 100man waqyay.")))
    assert house.library.refresh()
    assert house.said("quy") == "Kunan 100man waqyay."
    assert house.library.mistakes == ()
    assert not house.library.refresh()


def test_a_saved_translation_is_read_before_all_else_and_with_the_same_catalogue(
    house: House,
) -> None:
    catalogue = house.catalogue
    house.quy.write_text(WHOLE.replace("waqyay", "waqyakuy"))
    assert house.library.reword()
    assert house.said("quy") == "100man waqyakuy."
    assert house.catalogue is catalogue, "nothing she may type has changed"
    assert not house.library.reword()
    assert house.library.refresh(), "a recording of the old words would not be offered any more"
    assert not house.library.refresh()


def test_what_she_may_type_follows(house: House) -> None:
    title = "rights/linea-100.md#title"
    house.quy.write_text(WHOLE + "\n" + entry(title, "La Línea 100", "100 Línea"))
    assert house.library.reword()
    assert "quy" not in house.catalogue.typed
    assert house.library.refresh()
    assert house.catalogue.typed["quy"][title] == "100 Línea"
    assert not house.library.refresh()


def test_translations_saved_together_with_their_spanish_wait_for_it(house: House) -> None:
    house.topic.write_text(TOPIC.replace("Llama gratis al 100.", "Llama hoy al 100."))
    house.quy.write_text(po(entry(SHORT, "Llama hoy al 100.", "Kunan 100man waqyay.")))
    assert not house.library.reword(), "she would read Spanish meanwhile"
    assert house.said("quy") == "100man waqyay."
    assert house.library.refresh()
    assert house.said("quy") == "Kunan 100man waqyay."


def test_a_translation_deleted_and_brought_back(house: House) -> None:
    house.quy.unlink()
    assert house.library.reword()
    assert house.said("quy") == "Llama gratis al 100."
    house.library.refresh()
    assert [each.tag for each in house.catalogue.languages] == ["es"]
    house.quy.write_bytes(WHOLE.replace("\n", "\r\n").encode())
    assert house.library.reword()
    assert house.said("quy") == "100man waqyay."
    house.library.refresh()
    assert [each.tag for each in house.catalogue.languages] == ["es", "quy"]


def test_words_nobody_says_any_more_leave_memory_by_themselves(house: House) -> None:
    """They were put out of the garbage collector's reach, so nobody would come for them."""
    _, speech = house.library.current
    speech.tell(Reply((Line(SHORT),)), "quy")
    old = weakref.ref(speech)
    gc.disable()
    try:
        del speech
        house.quy.write_text(WHOLE.replace("waqyay", "waqyakuy"))
        house.library.refresh()
        assert old() is None
    finally:
        gc.enable()


def test_a_new_and_a_deleted_file_count_at_once(house: House) -> None:
    new = house.content / "rights/nuevo.md"
    new.write_text(TOPIC.replace('"kiero llamar"', '"otra cosa"').replace("linea cien", "nueva"))
    assert house.library.refresh()
    assert "nuevo" in house.catalogue.topics
    new.unlink()
    house.quy.unlink()
    assert house.library.refresh()
    assert "nuevo" not in house.catalogue.topics
    assert [each.tag for each in house.catalogue.languages] == ["es"]
    assert house.said("quy") == "Llama gratis al 100."


def test_a_half_written_translation_leaves_the_last_good_one(house: House) -> None:
    house.quy.write_text(WHOLE[:-9])
    assert house.library.refresh()
    assert house.said("quy") == "100man waqyay."
    line = WHOLE.rstrip().count("\n") + 1
    assert house.mistakes() == [f"locales/quy/LC_MESSAGES/content.po:{line}"]
    assert not house.library.refresh()

    house.quy.write_text(WHOLE.replace("waqyay", "waqyakuy"))
    assert house.library.refresh()
    assert house.said("quy") == "100man waqyakuy."
    assert house.library.mistakes == ()


def test_an_emptied_file_is_a_half_written_one(house: House) -> None:
    for path in (house.quy, house.topic, house.content / "menu.toml"):
        path.write_text("")
    house.library.refresh()
    assert house.said("quy") == "100man waqyay."
    assert len(house.catalogue.categories) == 2
    assert len(house.mistakes()) == 3


@pytest.mark.parametrize(
    "broken",
    [
        lambda text: text[: text.index("summary")],
        lambda text: text.replace('confidence = "C"', 'confidence = "U"'),
        lambda text: text.replace("## En corto", "## Corto"),
        lambda text: text.replace('summary = "Te', 'summary = "' + "x" * 80),
    ],
)
def test_a_faulty_topic_leaves_the_last_good_one(
    house: House, broken: Callable[[str], str]
) -> None:
    house.topic.write_text(broken(TOPIC))
    house.library.refresh()
    assert house.catalogue.topics["linea-100"].summary == "Te escuchan gratis."
    assert house.said("quy") == "100man waqyay."
    assert {each.rpartition(":")[0] for each in house.mistakes()} == {"content/rights/linea-100.md"}
    house.topic.write_text(TOPIC.replace("Te escuchan", "Te atienden"))
    house.library.refresh()
    assert house.catalogue.topics["linea-100"].summary == "Te atienden gratis."
    assert house.library.mistakes == ()


def test_while_one_file_is_broken_the_others_go_on_changing(house: House) -> None:
    house.quy.write_text("<<<<<<< HEAD\n" + WHOLE)
    house.topic.write_text(TOPIC.replace("Te escuchan", "Te atienden"))
    house.library.refresh()
    assert house.catalogue.topics["linea-100"].summary == "Te atienden gratis."
    assert house.said("quy") == "100man waqyay."


def test_what_was_never_good_is_withheld(house: House) -> None:
    house.topic.write_text("+++\n")
    house.quy.write_text("x")
    new = house.open()
    assert [*new.current[0].topics] == ["descanso"]
    assert len(new.mistakes) == 2


def test_broken_languages_leave_the_last_good_ones(house: House) -> None:
    (house.locales / "languages.toml").write_text("[[language]\n")
    house.library.refresh()
    assert [each.tag for each in house.catalogue.languages] == ["es", "quy"]
    assert house.said("quy") == "100man waqyay."
    assert house.mistakes()[0] == "locales/languages.toml:1"


def test_a_folder_that_disappears_silences_nobody(house: House) -> None:
    house.content.rename(house.content.with_name("elsewhere"))
    house.library.refresh()
    assert len(house.catalogue.topics) == 2
    house.content.with_name("elsewhere").rename(house.content)
    house.library.refresh()
    assert house.library.mistakes == ()


def test_translations_that_disappear_all_together_are_a_disk_that_is_not_there(
    house: House,
) -> None:
    house.locales.rename(house.locales.with_name("away"))
    assert house.library.refresh()
    assert house.said("quy") == "100man waqyay."
    assert [each.tag for each in house.catalogue.languages] == ["es", "quy"]


def test_a_day_passes_and_an_expired_number_is_no_longer_given(house: House) -> None:
    house.today = date(2027, 5, 1)
    assert house.library.refresh()
    assert "linea" in house.catalogue.contacts
    house.today += timedelta(days=1)
    assert house.library.refresh()
    assert "linea" not in house.catalogue.contacts
    assert house.mistakes() == [f"content/services/linea.md:{_line('expires_on')}"]


def test_a_file_that_is_broken_for_days_expires_as_well(house: House) -> None:
    (house.content / "services/linea.md").write_text("+++\n")
    house.library.refresh()
    assert "linea" in house.catalogue.contacts
    house.today = date(2027, 5, 2)
    house.library.refresh()
    assert "linea" not in house.catalogue.contacts


def test_a_file_saved_with_the_same_length_is_seen(house: House) -> None:
    house.topic.write_text(TOPIC.replace("gratis.", "grotis."))
    os.utime(house.topic, (1_700_000_000, 1_700_000_000))
    assert house.library.refresh()
    house.topic.write_text(TOPIC)
    assert house.library.refresh()


def _line(part: str) -> int:
    return next(at for at, line in enumerate(CONTACT.split("\n"), 1) if line.startswith(part))


class Doors:
    """The real places, a services file, and the library that watches both."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "data" / "services.csv"
        self.file.parent.mkdir()
        self.library = Library(
            CONTENT, LOCALES, "show", lambda: catalogue.TODAY, self.file, kept=Kept(HOME / ".cache")
        )

    def ids(self) -> list[str]:
        return [each.id for each in self.library.current[0].services]

    def save(self, text: str) -> None:
        self.file.write_text(text)
        self.library.refresh()


@pytest.fixture
def doors(tmp_path: Path) -> Doors:
    return Doors(tmp_path)


def test_a_directory_is_served_as_soon_as_it_is_there_and_gone_when_it_is_deleted(
    doors: Doors,
) -> None:
    assert doors.ids() == []
    doors.save(SERVICES.read_text())
    assert len(doors.ids()) == 6
    doors.file.unlink()
    assert doors.library.refresh()
    assert doors.ids() == []


def test_a_faulty_directory_leaves_the_last_good_one(doors: Doors) -> None:
    good = SERVICES.read_text()
    doors.save(good)
    doors.save(good.replace("cem-inventado,", "CEM,").replace("000 000 003", "000 000 033"))
    assert len(doors.ids()) == 6
    assert "cem-inventado" in doors.ids()
    told = [str(each) for each in doors.library.mistakes if "services" in each.path]
    assert told[0].startswith('data/services.csv:2: id: "CEM" must be')
    doors.save(good.replace("cem-inventado,", "cem-otro,"))
    assert "cem-otro" in doors.ids()


def test_of_a_directory_that_was_never_good_the_good_rows_are_served(doors: Doors) -> None:
    doors.save(SERVICES.read_text().replace("cem-inventado,", "CEM,"))
    assert len(doors.ids()) == 5
