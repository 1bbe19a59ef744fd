"""A strict stand-in for Meta's WhatsApp Cloud API: real HTTP, its rules, its limits, its bad days.

In a test: `async with Standin() as whatsapp: await whatsapp.push_to(url); whatsapp.say(1, "hola")`.
As a process of its own: `python -m tests.standins.whatsapp --port 0`, steered through
POST /control/<verb>.
"""

from collections.abc import Awaitable
from typing import Any

from tests.standins import whatsapp_shapes as shapes
from tests.standins.platform import Call, Json
from tests.standins.raw_http import Answer
from tests.standins.whatsapp_api import APP_SECRET, LATE, TOKEN, VERIFY_TOKEN, Api
from tests.standins.whatsapp_api import WhatsAppFault as Fault
from tests.standins.whatsapp_errors import Refused
from tests.standins.whatsapp_shapes import DISPLAY_NUMBER, PHONE_NUMBER_ID, WABA_ID
from tests.standins.whatsapp_templates import Template
from tests.standins.whatsapp_women import Message, Who, Woman, new_wamid

__all__ = [
    "APP_SECRET",
    "DISPLAY_NUMBER",
    "LATE",
    "PHONE_NUMBER_ID",
    "TOKEN",
    "VERIFY_TOKEN",
    "WABA_ID",
    "Fault",
    "Message",
    "Standin",
    "Template",
    "Woman",
]
_WINDOW_S = 86_400.0


class Standin(Api):
    """The API with the women around it: what they do, and what their screens show.

    `who` is her number or her business-scoped id. What she does returns the id of the message.
    """

    def woman(self, who: Who, **traits: Any) -> Woman:
        """She, from now on with these traits: name, username, shape, unreachable, old_phone."""
        woman = self.women.known(who)
        for name, value in traits.items():
            if not hasattr(woman, name):
                raise TypeError(f"a woman has no {name}")
            setattr(woman, name, value)
        return woman

    async def push_to(self, url: str) -> None:
        """From now on `url` hears what happens, and what happened before. Raises
        ConnectionRefusedError if the server there does not know the verify token."""
        await self.webhook.push_to(url)

    # What women do.

    def say(self, who: Who, text: str, *, reply_to: str = "") -> str:
        return self.does(who, shapes.text(text), shown=text, reply_to=reply_to)

    def speak(self, who: Who, voice: bytes) -> str:
        """A voice note."""
        return self.does(who, shapes.media("voice", self.media.add(voice).id))

    def does(self, who: Who, content: Json, *, shown: str = "", reply_to: str = "") -> str:
        """Any message of hers, by its content (whatsapp_shapes.py makes them)."""
        woman = self.women.known(who)
        answered = woman.messages.get(reply_to)
        message = Message(new_wamid(self.now), shown, from_bot=False, kind=content["type"])
        woman.keep(message)
        woman.window_until = self.now() + _WINDOW_S
        self.wrote[message.id] = woman
        # What comes in counts as well.
        self.number.take()
        told = shapes.in_reply_to(answered) | content
        self.webhook.add("messages", shapes.from_her(woman, message.id, self.now(), told))
        return message.id

    def press(self, who: Who, button: str) -> str:
        """The newest button or row with this title, or with this id."""
        woman = self.women.known(who)
        try:
            message, (id, title) = woman.button(button)
        except LookupError:
            return self.choose(who, button)
        is_template = message.kind == "template"
        content = (shapes.template_button if is_template else shapes.button_reply)(id, title)
        return self.does(who, content, shown=title, reply_to=message.id)

    def choose(self, who: Who, row: str) -> str:
        message, (id, title, description) = self.women.known(who).row(row)
        content = shapes.list_reply(id, title, description)
        return self.does(who, content, shown=title, reply_to=message.id)

    def share_location(self, who: Who, latitude: float, longitude: float, name: str = "") -> str:
        return self.does(who, shapes.location(latitude, longitude, name))

    def sends(self, who: Who, kind: str) -> str:
        """kind: voice, audio, image, sticker, video, document, contact, order, unsupported, future
        (a kind that does not exist yet)."""
        return self.does(who, _SENDS[kind]() if kind in _SENDS else shapes.media(kind))

    def react(self, who: Who, message_id: str, emoji: str = "\N{THUMBS UP SIGN}") -> str:
        """An empty emoji takes the reaction back."""
        return self.does(who, shapes.reaction(message_id, emoji), shown=emoji)

    def delete(self, who: Who, message_id: str) -> str:
        self.women.known(who).messages.pop(message_id)
        return self.does(who, shapes.revoke(message_id))

    def edit(self, who: Who, message_id: str, text: str) -> str:
        self.women.known(who).messages[message_id].text = text
        return self.does(who, shapes.edit(message_id, text))

    def refer(self, who: Who, text: str) -> str:
        """She comes from an advertisement."""
        return self.does(who, shapes.referral(text), shown=text)

    def change_number(self, who: Who, new_phone: str) -> Woman:
        woman = self.women.known(who)
        old_id, shape = woman.user_id, woman.shape
        if shape != "new":
            told = shapes.changed_number(woman, new_phone, new_wamid(self.now), self.now())
            self.webhook.add("messages", told)
        self.women.moved(woman, new_phone)
        if shape != "old":
            wamid = new_wamid(self.now)
            told = shapes.changed_user_id(old_id, woman.user_id, wamid, self.now())
            self.webhook.add("messages", told)
        return woman

    def stop_marketing(self, who: Who) -> None:
        self._prefer(who, False)

    def resume_marketing(self, who: Who) -> None:
        self._prefer(who, True)

    def _prefer(self, who: Who, wants: bool) -> None:
        woman = self.woman(who, wants_marketing=wants)
        told = shapes.preference(woman, wants, self.now())
        self.webhook.add("user_preferences", told)

    def block(self, who: Who) -> None:
        """Nobody is told; what is sent to her from now on fails."""
        self.woman(who, blocked=True)

    def unblock(self, who: Who) -> None:
        self.woman(who, blocked=False)

    def reads(self, who: Who) -> int:
        """She opens the chat: how many messages of the bot were new to her."""
        woman = self.women.known(who)
        new = [each for each in self.said(who) if "read" not in each.statuses]
        for message in new:
            self.add_status(woman, message, "read")
        return len(new)

    def status(self, message_id: str, word: str, code: int = 0) -> None:
        """Any status of any message, in any order; `code` for "failed"."""
        for woman in self.women:
            if message_id in woman.messages:
                error = Refused(code) if code else None
                self.add_status(woman, woman.messages[message_id], word, error)
                return
        raise LookupError(f"no message {message_id}")

    def add_template(self, name: str, **traits: Any) -> Template:
        """language, body, header, buttons, category, status: see Template."""
        return self.templates.add(Template(name, **traits))

    def steer(self, verb: str, body: bytes) -> Answer | Awaitable[Answer]:
        from tests.standins.whatsapp_control import control

        return control(self, verb, body)

    # What their screens show, and waiting for it.

    def chat(self, who: Who) -> list[Message]:
        return list(self.women.known(who).messages.values())

    def said(self, who: Who) -> list[Message]:
        """The bot's messages that reached her."""
        return [message for message in self.chat(who) if message.from_bot]

    async def hears(self, who: Who, messages: int = 1, timeout_s: float = 10.0) -> list[Message]:
        """The bot's messages to her, once there are that many."""
        await self.until(lambda: len(self.said(who)) >= messages, timeout_s)
        return self.said(who)

    @property
    def refusals(self) -> list[Call]:
        return [call for call in self.calls if call.code]


_SENDS = {
    "contact": lambda: shapes.contact_card("Rosa", "+51 900 000 001"),
    "order": shapes.order,
    "unsupported": shapes.unsupported,
    "future": shapes.from_the_future,
}

if __name__ == "__main__":
    from tests.standins.whatsapp_control import main

    main()
