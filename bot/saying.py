"""Say a line, tell a reply, from what has been written in each language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.dialogue.turn import Line, Message, Reply
from bot.languages import SPANISH
from bot.proofread import PLACEHOLDER

Said = tuple[str, bool]  # text, is it a draft?
Say = Callable[[Line, str], Said]
_PICK: Final = Line("button.pick")


class Words:
    """What has been written, by key. Knows nothing of those who remember what it says, so that the
    old words are gone the moment nobody says them any more: they are put beyond the reach of the
    garbage collector (bot/app.py)."""

    def __init__(
        self, spanish: Mapping[str, str], tried: Mapping[str, Sequence[Mapping[str, Said]]]
    ) -> None:
        self._spanish = spanish
        self._tried = tried

    def said(self, line: Line, language: str) -> Said:
        language = line.language or language
        if line.key == "=":
            return str(dict(line.values).get("text", "")), False
        values = {
            name: self.said(value, language) if isinstance(value, Line) else (value, False)
            for name, value in line.values
        }
        draft = any(is_draft for _, is_draft in values.values())
        if line.key == "+":
            return "\n".join(text for text, _ in values.values() if text), draft
        text, is_draft = self._look_up(line.key, language)
        return _filled(text, values), draft or is_draft

    def _look_up(self, key: str, language: str) -> Said:
        for said in self._tried.get(language, ()):
            if key in said:
                return said[key]
        return self._spanish.get(key, ""), False

    def told(self, say: Say, reply: Reply, language: str) -> Message:
        """`say` is `said`, or what remembers it."""
        language = reply.language or language
        said = [say(line, language) for line in reply.lines]
        labels = [(choice.id, *say(choice.label, language)) for choice in reply.choices]
        texts = [text for text, _ in said if text]
        # In Spanish only the greeting holds other languages; its notice would be about Spanish.
        can_be = language != SPANISH and not reply.unmarked
        draft = can_be and any(each[-1] for each in (*said, *labels))
        if draft:
            texts.append(say(Line("draft.notice"), language)[0])
        below = _spanish_below(reply, texts, language, say) if draft and reply.both else []
        cut = len("\n\n".join([*texts, ""])) if below else 0
        texts += below
        choices = tuple((id, label) for id, label, _ in labels if label)
        pick = say(_PICK, language)[0] if choices else ""
        return Message("\n\n".join(texts), choices, language, draft, pick, reply.attachments, cut)


def _spanish_below(reply: Reply, above: list[str], language: str, say: Say) -> list[str]:
    """What is not there in Spanish already, under its heading."""
    shown = set("\n".join(above).split("\n"))
    spanish = [say(_in_spanish(line), SPANISH)[0] for line in reply.lines]
    new = [text for text in dict.fromkeys(spanish) if not shown.issuperset(text.split("\n"))]
    return [say(Line("both.spanish"), language)[0], *new] if new else []


def _filled(text: str, values: Mapping[str, Said]) -> str:
    """What has no value stays as it is: nothing that is said may fail."""
    if not values:
        return text
    return PLACEHOLDER.sub(lambda name: values.get(name[1], (name[0], False))[0], text)


def _in_spanish(line: Line) -> Line:
    """The same, whatever language its parts ask for; what would then stand twice stands once."""
    values = [
        (name, _in_spanish(value) if isinstance(value, Line) else value)
        for name, value in line.values
    ]
    if line.key == "+":
        values = list({value: (name, value) for name, value in values}.values())
    return Line(line.key, tuple(values), SPANISH)
