"""Stories: a conversation as plain text, that every channel has to tell the same.

    > hola                 what she writes
    > [Línea 100]          the button she presses
    > (-12.79, -74.97)     the place she shares
    Hola, soy Willaq.      what she reads: the text, without markup
    [Español] [Runasimi]   the buttons below it
    ---                    between two messages
    …                      anything: what changes from day to day

`pytest --update-stories` writes them anew from the dialogue itself; the diff is read by people.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.channels.base import Limits
from bot.channels.fit import fit
from bot.dialogue.turn import Attachment, Message

STORIES = Path(__file__).parent / "stories"
SERVICES = STORIES / "services.csv"
ANYTHING = "…"


@dataclass(frozen=True)
class Shown:
    """One message as she sees it, without markup and without empty lines."""

    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    said: str
    shown: tuple[Shown, ...]

    @property
    def button(self) -> str:
        """The label she presses, or "" when she writes."""
        return self.said[1:-1] if self.said.startswith("[") else ""

    @property
    def place(self) -> tuple[float, float] | None:
        """Where she is, when she shares it."""
        found = re.fullmatch(r"\((-?[\d.]+), (-?[\d.]+)\)", self.said)
        return (float(found[1]), float(found[2])) if found else None


@dataclass(frozen=True)
class Story:
    about: str
    steps: tuple[Step, ...]

    @property
    def has_services(self) -> bool:
        """Is the directory loaded with the made-up services of SERVICES?"""
        return SERVICES.name in self.about

    @property
    def editions(self) -> tuple[Path, ...]:
        """The made-up editions it names: content/ has none that she could sign up for."""
        return tuple(STORIES / name for name in re.findall(r"[\w-]+\.md", self.about))


Answer = Callable[[Step], Awaitable[list[Shown]]]


def plain(text: str) -> str:
    """Without the markup of any channel, so that what she reads can be compared."""
    text = re.sub(r"</?(b|strong|i|em|p|br|ul|ol|li)\b[^>]*>", "", text)
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        text = text.replace(code, sign)
    text = text.replace("&amp;", "&").replace("**", "")
    lines = (re.sub(r"^\s*(?:•\s*|-\s+)", "", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def pinned(attachment: Attachment) -> str:
    """What a channel without a map shows in its place."""
    (bubble,) = fit(Message("", attachments=(attachment,)), Limits())
    return bubble.text


def read(path: Path) -> Story:
    about: list[str] = []
    steps: list[Step] = []
    for part in re.split(r"^(?=> )", path.read_text(), flags=re.MULTILINE):
        if part.startswith("> "):
            said, _, rest = part[2:].partition("\n")
            bubbles = [bubble.strip() for bubble in re.split(r"^---$", rest, flags=re.MULTILINE)]
            steps.append(Step(said.strip(), tuple(_shown(each) for each in bubbles if each)))
        else:
            about += [line for line in part.splitlines() if line.startswith("#")]
    return Story("\n".join(about), tuple(steps))


def write(path: Path, story: Story) -> None:
    parts = [story.about]
    for step in story.steps:
        bubbles = "\n---\n".join(_written(each) for each in step.shown)
        parts.append(f"> {step.said}\n{bubbles}")
    path.write_text("\n\n".join(parts) + "\n")


def differences(expected: tuple[Shown, ...], shown: list[Shown]) -> str:
    """ "" when what she sees is what the story tells."""
    for want, got in zip(expected, shown, strict=False):
        # A channel puts the ways out last, whatever the order: they are never looked for.
        same = (want.text, sorted(want.buttons)) == (got.text, sorted(got.buttons))
        if want.text != ANYTHING and not same:
            return f"expected:\n{_written(want)}\n\nshown:\n{_written(got)}"
    if len(expected) != len(shown):
        return f"expected {len(expected)} messages, shown {len(shown)}"
    return ""


async def tell(story: Story, answer: Answer) -> None:
    """Play the whole story over a channel; AssertionError at the first difference."""
    for number, step in enumerate(story.steps, 1):
        fault = differences(step.shown, await answer(step))
        assert not fault, f"step {number}, after > {step.said}\n{fault}"


def _shown(block: str) -> Shown:
    lines = [line for line in block.splitlines() if line.strip()]
    rows = [line for line in lines if re.fullmatch(r"(\[[^\]]+\] ?)+", line)]
    buttons = tuple(label for row in rows for label in re.findall(r"\[([^\]]+)\]", row))
    return Shown("\n".join(line for line in lines if line not in rows), buttons)


def _written(shown: Shown) -> str:
    buttons = " ".join(f"[{label}]" for label in shown.buttons)
    return "\n".join(part for part in (shown.text, buttons) if part)
