"""A page gets another name: links, translations and recordings follow, or nothing happens."""

from pathlib import Path

import pytest

from bot import content, coverage, extract, po, renaming
from tests import small
from tests.small import LANGUAGES, entry

OLD, NEW = "rights/linea-100.md", "rights/llamar.md"
INDEX = """\
# Grabado en Huamanga.
["linea-100"]
file = "linea-100.ogg"
by = "Killa"

[descanso]
file = "descanso.ogg"
"""


class House:
    def __init__(self, folder: Path) -> None:
        self.content, self.locales = folder / "content", folder / "locales"
        files = small.content()
        small.write(self.content, files)
        for tag in ("quy", "quz"):
            text = small.po(
                entry(f"{OLD}#short", "Llama gratis al 100.", "100man waqyay.",
                      "# reviewed: Tania, 2026-11-01", "#: content/rights/linea-100.md"),
                entry("rights/descanso.md#title", "Descanso por parto", "Samay"),
                "".join(f"#~ {line}\n" for line in
                        entry(f"{OLD}#law", "Lo dice la ley.", "Kamachi").splitlines()),
            )  # fmt: skip
            small.write(self.locales, {f"{tag}/LC_MESSAGES/content.po": text.encode()})
        small.write(self.locales, {
            "languages.toml": LANGUAGES.encode(),
            "quy/audio/index.toml": INDEX.encode(),
            "quy/audio/linea-100.ogg": b"OggS",
        })  # fmt: skip
        extract.extract(self.content, self.locales)

    def plan(
        self, old: str = "linea-100", new: str = "llamar", program: str = ""
    ) -> renaming.Renaming:
        code = self.content.parent / "program"
        code.mkdir(exist_ok=True)
        (code / "menus.py").write_text(program)
        return renaming.plan(self.content, self.locales, code, old, new)

    def files(self) -> dict[str, bytes]:
        root = self.content.parent
        paths = [*self.content.rglob("*"), *self.locales.rglob("*")]
        return {str(each.relative_to(root)): each.read_bytes() for each in paths if each.is_file()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_everything_that_knows_the_page_follows(house: House) -> None:
    before = content.load(house.content, coverage.ANY_DAY)
    rows = coverage.status(house.content, house.locales)
    renaming.carry_out(house.plan(), house.content)
    extract.extract(house.content, house.locales)
    after = content.load(house.content, coverage.ANY_DAY)
    assert len(after.mistakes) == len(before.mistakes)
    assert after.catalogue.topics.keys() == {"llamar", "descanso"}
    assert after.catalogue.topics["descanso"].related == ("llamar",)
    assert not (house.content / OLD).exists()
    assert coverage.status(house.content, house.locales) == rows, "no translation is lost"
    for tag in ("quy", "quz"):
        text = (house.locales / tag / "LC_MESSAGES/content.po").read_text()
        assert OLD not in text
        [short, _] = po.read("x", text.encode()).entries
        assert (short.key, short.reviewed) == (f"{NEW}#short", "Tania, 2026-11-01")
        assert f'#~ msgctxt "{NEW}#law"' in text
    assert extract.check(house.content, house.locales, small.TODAY) == []


def test_recordings_follow(house: House) -> None:
    renaming.carry_out(house.plan(), house.content)
    audio = house.locales / "quy/audio"
    assert {each.name for each in audio.iterdir()} == {"index.toml", "llamar.ogg"}
    expected = INDEX.replace('"linea-100"', '"llamar"').replace("linea-100.ogg", "llamar.ogg")
    assert (audio / "index.toml").read_text() == expected


def test_a_contact_is_renamed_where_topics_name_it(house: House) -> None:
    renaming.carry_out(house.plan("services/linea", "cien"), house.content)
    topics = content.load(house.content, coverage.ANY_DAY).catalogue.topics
    assert {topic.contacts for topic in topics.values()} == {("cien",)}
    assert topics["descanso"].related == ("linea-100",)


def test_comments_and_lists_over_several_lines_stay_as_they_are(house: House) -> None:
    path = house.content / "rights/descanso.md"
    text = path.read_text().replace(
        'related = ["linea-100"]', "related = [\n  'linea-100', # sí\n]"
    )
    path.write_text(text.replace("\n", "\r\n"), newline="")
    renaming.carry_out(house.plan(), house.content)
    assert (
        path.read_bytes() == text.replace("'linea-100'", "'llamar'").replace("\n", "\r\n").encode()
    )


def test_what_only_looks_like_its_name_stays(house: House) -> None:
    path = house.content / "rights/descanso.md"
    path.write_text(path.read_text().replace('"voy a dar a luz"', '"linea-100"'))
    renaming.carry_out(house.plan(), house.content)
    assert '"linea-100",\n' in path.read_text(), "a phrase women say"


@pytest.mark.parametrize(
    ("old", "new", "program", "says"),
    [
        ("linea-101", "llamar", "", "no page"),
        ("linea-100", "Llamar", "", "small letters"),
        ("linea-100", "a" * 49, "", "small letters"),
        ("linea-100", "../x", "", "small letters"),
        ("linea-100", "descanso", "", "exists already"),
        ("linea-100", "linea-100", "", "exists already"),
        ("violence-high", "x", "", "named after"),
        ("linea-100", "llamar", 'FIRST = ("linea-100",)\n', "program/menus.py:1"),
    ],
)
def test_what_cannot_be_changes_nothing(
    house: House, old: str, new: str, program: str, says: str
) -> None:
    before = house.files()
    with pytest.raises(renaming.Refused, match=says):
        house.plan(old, new, program)
    assert house.files() == before


def test_two_pages_of_one_name_are_told_apart(house: House) -> None:
    small.write(house.content, {"services/linea-100.md": small.CONTACT.encode()})
    with pytest.raises(renaming.Refused, match=r"rights/linea-100\.md or services/linea-100\.md"):
        house.plan()
    renaming.carry_out(house.plan("rights/linea-100"), house.content)
    assert (house.content / "services/linea-100.md").exists()


def test_a_translation_that_cannot_be_read_stops_it(house: House) -> None:
    (house.locales / "quz/LC_MESSAGES/content.po").write_bytes(b'msgid "')
    before = house.files()
    with pytest.raises(renaming.Refused, match=r"quz/LC_MESSAGES/content\.po"):
        house.plan()
    assert house.files() == before


def test_a_recording_that_has_the_name_already_is_not_written_over(house: House) -> None:
    (house.locales / "quy/audio/llamar.ogg").write_bytes(b"x")
    with pytest.raises(renaming.Refused, match=r"llamar\.ogg exists"):
        house.plan()


def test_who_is_stopped_midway_gives_the_same_command_again(house: House) -> None:
    whole = house.plan()
    (house.content / NEW).write_bytes(whole.written[house.content / NEW])
    renaming.carry_out(house.plan(), house.content)
    assert content.load(house.content, coverage.ANY_DAY).catalogue.topics.keys() == {
        "llamar", "descanso",
    }  # fmt: skip
