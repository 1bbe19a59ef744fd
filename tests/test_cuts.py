"""What would be cut on a channel is told before it ships, with the file and line to mend."""

import time
from pathlib import Path

import pytest

from bot import content, cuts, extract
from bot.channels import CHANNELS
from bot.channels.base import Limits
from bot.dialogue.phrases import PHRASES
from bot.proofread import is_label
from tests import small
from tests.catalogue import CONTENT, LOCALES, TODAY, translations
from tests.small import CONTACT, LANGUAGES, MENU, TOPIC, entry
from tests.story import STORIES

LONG = "Pensión para mis hijos ya"
MENU_KEY = "rights/linea-100.md#menu"


class House:
    """A small content/ and locales/ on disk, to put something too long into."""

    def __init__(self, folder: Path) -> None:
        self.content, self.locales = folder / "content", folder / "locales"
        small.write(self.content, small.content())
        small.write(self.locales, {"languages.toml": LANGUAGES.encode()})

    def write(self, path: str, text: str) -> None:
        small.write(self.content, {path: text.encode()})

    def translate(self, file: str, *entries: str) -> None:
        small.write(self.locales, {f"quy/LC_MESSAGES/{file}.po": small.po(*entries).encode()})

    def cuts(self, limits: dict[str, Limits] | None = None) -> list[str]:
        limits = limits or dict(cuts.CHANNELS)
        found = cuts.check(self.content, self.locales, small.TODAY, limits=limits)
        return [str(each) for each in found]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def line_of(path: Path, text: str) -> int:
    return next(at for at, line in enumerate(path.read_text().split("\n"), 1) if text in line)


def test_every_channel_is_looked_at() -> None:
    assert cuts.CHANNELS.keys() == CHANNELS.keys()


def test_a_small_house_has_nothing_cut(house: House) -> None:
    assert house.cuts() == []


def test_a_label_that_a_row_of_whatsapp_would_cut_is_told_with_its_line(house: House) -> None:
    assert len(LONG) == 25
    house.write("rights/linea-100.md", TOPIC.replace('menu = "Línea 100"', f'menu = "{LONG}"'))
    line = line_of(house.content / "rights/linea-100.md", LONG)
    assert house.cuts() == [
        f'content/rights/linea-100.md:{line}: "{MENU_KEY}" has 25 letters. In es on whatsapp she '
        f'reads "Pensión para mis hijos…". Make it 24 or fewer.'
    ]


def test_so_is_a_translation_in_its_own_file(house: House) -> None:
    house.translate("content", entry(MENU_KEY, "Línea 100", LONG))
    line = line_of(house.locales / "quy/LC_MESSAGES/content.po", 'msgid "Línea')
    [told] = house.cuts()
    assert told.startswith("locales/quy/LC_MESSAGES/content.po:")
    assert f':{line}: "{MENU_KEY}" has 25 letters. In quy on whatsapp' in told


def test_what_check_has_told_already_is_not_told_twice(house: House) -> None:
    house.write("rights/linea-100.md", TOPIC.replace('menu = "Línea 100"', f'menu = "{LONG}"'))
    house.translate("content", entry("rights/descanso.md#menu", "Descanso", LONG))
    told = extract.check(house.content, house.locales, small.TODAY)
    assert len(house.cuts()) == 2
    assert cuts.check(house.content, house.locales, small.TODAY, told=told) == []


def test_each_channel_has_its_own_measure(house: House) -> None:
    house.write("rights/linea-100.md", TOPIC.replace('menu = "Línea 100"', f'menu = "{LONG}"'))
    assert house.cuts({"wide": Limits(label=25)}) == []
    found = house.cuts({"narrow": Limits(label=24), "narrower": Limits(label=20)})
    told = [each for each in found if "linea-100.md" in each]
    assert ["narrower" if "on narrower she" in each else "narrow" for each in told] == [
        "narrow",
        "narrower",
    ]


def test_letters_are_counted_as_the_platforms_count(house: House) -> None:
    label = "Pensión para mis hijo 🌽🌽"
    assert len(label) == 24
    house.write("rights/linea-100.md", TOPIC.replace('menu = "Línea 100"', f'menu = "{label}"'))
    [told] = house.cuts()
    assert "has 26 letters" in told


def test_an_old_translation_is_not_shown_and_so_not_told(house: House) -> None:
    house.translate("content", entry(MENU_KEY, "Línea cien", LONG))
    assert house.cuts() == []


@pytest.mark.parametrize("key", ["button.help", "button.pick"])
def test_the_bots_own_buttons_are_looked_at_in_every_language(house: House, key: str) -> None:
    spanish = next(phrase.text for phrase in PHRASES if phrase.key == key)
    house.translate("bot", entry(key, spanish, "Aswan unayniyuq simikunam kay"))
    [told] = house.cuts()
    assert f'"{key}" has 29 letters. In quy on whatsapp' in told
    assert "Make it 20" in told if key == "button.pick" else "Make it 24" in told


def test_more_buttons_than_a_channel_shows_are_told_with_the_screen(house: House) -> None:
    for at in range(8):
        topic = TOPIC.replace('menu = "Línea 100"', f'menu = "Tema {at}"')
        topic = topic.replace("La Línea 100", f"El tema {at}")
        topic = topic.replace("que es la linea cien", f"tema numero {at}")
        house.write(f"rights/tema-{at}.md", topic.replace("kiero llamar", f"kiero el {at}"))
    line = line_of(house.content / "menu.toml", 'title = "Vivir sin violencia"')
    told = house.cuts({"short": Limits(label=24, choices=8)})
    assert (
        f'content/menu.toml:{line}: In es on short the screen "cat:violence" has 9 buttons, '
        "8 can be shown. Make them fewer: she would have to type a number."
    ) in told
    assert house.cuts() == [], "with ten rows a long list of topics is shown in pages"


def test_two_topics_that_would_look_alike_are_told(house: House) -> None:
    house.write("menu.toml", MENU.replace('menu = "Trabajo"', 'menu = "Violencia"'))
    told = house.cuts()
    assert told
    assert all('two buttons that say "Violencia"' in each for each in told)
    assert any('In es on whatsapp the screen "menu"' in each for each in told)


def test_a_channel_without_buttons_loses_none(house: House) -> None:
    assert house.cuts({"terminal": Limits(choices=0)}) == []
    assert house.cuts({"tiny": Limits(choices=1)}) != []


def test_a_phrase_is_found_in_its_file(house: House) -> None:
    line = line_of(Path(cuts.__file__).parent / "dialogue/phrases.py", '"button.exit"')
    told = house.cuts({"tiny": Limits(label=4)})
    exit_told = [each for each in told if '"button.exit"' in each]
    assert exit_told[0].startswith(f"bot/dialogue/phrases.py:{line}: ")


def test_every_label_of_the_bot_is_looked_at() -> None:
    loaded = content.build(small.content(), small.TODAY)
    looked_at = {label.key for label in cuts.labels_of(loaded, {}, "locales")}
    assert {phrase.key for phrase in PHRASES if is_label(phrase.key)} <= looked_at
    assert cuts.PICK in looked_at


def test_every_screen_is_walked_through() -> None:
    loaded = content.load(CONTENT, TODAY)
    names = [name for name, _ in cuts.screens(loaded.catalogue, "es", "whatsapp", TODAY)]
    assert {"first message", "danger: sexual", "menu", "help", "hide", "know", "lang"} <= {*names}
    assert {f"cat:{each.id}" for each in loaded.catalogue.categories} <= {*names}
    pages = {f"t:{slug}{part}" for slug in loaded.catalogue.topics for part in ("", ":who", ":src")}
    assert pages <= {*names}


def test_nothing_of_the_real_content_is_cut_and_it_is_quick() -> None:
    start = time.process_time()
    assert [str(each) for each in cuts.check(CONTENT, LOCALES, TODAY)] == []
    assert time.process_time() - start < 1.5 * len(translations().languages)


def test_the_questions_of_a_sign_up_are_looked_at(house: House) -> None:
    edition = (STORIES / "lircay-2040.md").read_text().replace("escuela-onamiap", "linea-100")
    house.write("services/onamiap.md", CONTACT)
    house.write("editions/lircay-2040.md", edition)
    assert house.cuts() == []
    few = {"phone": Limits(choices=8)}
    told = [each for each in house.cuts(few) if "sign-up" in each]
    assert [each for each in told if '"sign-up: region" has 9 buttons, 8 can be shown' in each]
