"""The stories of tests/stories: told by the dialogue, and then by every channel, word for word."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.catalogue import Catalogue
from bot.dialogue.enrolment import Roll
from bot.dialogue.respond import respond
from bot.dialogue.turn import Event, State
from bot.translations import Translations, in_every_language, load
from tests.catalogue import LOCALES, TODAY, content, services
from tests.schools import after
from tests.story import ANYTHING, STORIES, Shown, Step, Story, pinned, plain, read, tell, write

ALL = sorted(STORIES.glob("*.story"))


@cache
def library(has_services: bool, editions: tuple[Path, ...]) -> tuple[Translations, Catalogue]:
    """Built once: what the dialogue works out from a catalogue is kept with it."""
    told = content(*editions)
    translations, mistakes = load(LOCALES, told.texts, drafts="show")
    assert mistakes == ()
    catalogue = replace(told.catalogue, services=services() if has_services else ())
    return translations, in_every_language(catalogue, translations)


class Dialogue:
    """The shortest way from what she does to what she reads: no channel, no database."""

    def __init__(
        self,
        app_language: str = "",
        *,
        has_services: bool = False,
        editions: tuple[Path, ...] = (),
    ) -> None:
        self.translations, self.catalogue = library(has_services, editions)
        self.state = State()
        self.roll = Roll()
        self.labels: dict[str, str] = {}
        self.app_language = app_language

    async def answer(self, step: Step) -> list[Shown]:
        event = Event("text", text=step.said, today=TODAY, language=self.app_language)
        if step.button:
            assert step.button in self.labels, f"no button {step.button} among {self.labels}"
            event = Event("choice", choice=self.labels[step.button], today=TODAY)
        if step.place:
            latitude, longitude = step.place
            event = Event("location", today=TODAY, latitude=latitude, longitude=longitude)
        turn = respond(self.state, replace(event, roll=self.roll), self.catalogue)
        self.state = turn.state
        for effect in turn.effects:
            self.roll = after(self.roll, effect, TODAY)
        shown = []
        for reply in turn.replies:
            message = self.translations.tell(reply, turn.state.language or "es")
            labels = {label: id for id, label in message.choices}
            self.labels |= labels
            text = "\n".join([message.text, *map(pinned, message.attachments)])
            shown.append(Shown(plain(text), tuple(labels)))
        return shown


async def told_anew(story: Story) -> Story:
    """What changes from day to day stays open."""
    dialogue = Dialogue(has_services=story.has_services, editions=story.editions)
    steps = []
    for step in story.steps:
        shown = await dialogue.answer(step)
        if not shown[-1].buttons and not step.button:
            shown = [Shown(ANYTHING)]
        steps.append(Step(step.said, tuple(shown)))
    return Story(story.about, tuple(steps))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
async def test_the_dialogue_tells_it(path: Path, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-stories"):
        write(path, await told_anew(read(path)))
    story = read(path)
    dialogue = Dialogue(has_services=story.has_services, editions=story.editions)
    await tell(story, dialogue.answer)


def test_there_is_a_story_in_each_language() -> None:
    told = {"", "-near", "-near-nothing", "-inscripcion", "-avisos"}
    women = {f"{who}{of}" for who in ("rosa", "killa") for of in told}
    assert {path.stem for path in ALL} == {*women, "sami"}


def test_a_story_is_read_as_it_was_written(tmp_path: Path) -> None:
    for path in ALL:
        copy = tmp_path / path.name
        write(copy, read(path))
        assert copy.read_text() == path.read_text()


async def test_a_difference_is_found() -> None:
    story = read(ALL[0])
    first = story.steps[0]
    wrong = Story("", (Step(first.said, (Shown("Otra cosa"), *first.shown[1:])),))
    with pytest.raises(AssertionError, match="expected"):
        await tell(wrong, Dialogue().answer)
    missing = Story("", (Step(first.said, (*first.shown, first.shown[0])),))
    with pytest.raises(AssertionError, match="messages"):
        await tell(missing, Dialogue().answer)
