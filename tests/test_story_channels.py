"""The stories told by every channel, through the real `willaq` process."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Set
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.people import KILLA, ROSA, SAMI, Person
from tests.standins import whatsapp
from tests.standins.emulator import telemelya
from tests.standins.telegram import TOKEN, Standin
from tests.standins.telegram_chats import Chat, Message
from tests.standins.whatsapp_women import Shape
from tests.story import ANYTHING, STORIES, Answer, Shown, Step, Story, plain, read, tell
from tests.willaq import environment, free_port, home_with, on_whatsapp, running

TOLD = [
    ("rosa", ROSA),
    ("killa", KILLA),
    ("rosa-inscripcion", ROSA),
    ("killa-inscripcion", KILLA),
    ("rosa-avisos", ROSA),
    ("killa-avisos", KILLA),
]
NOTHING_MORE_S = 0.3
HER_NUMBER = "51900000007"
CARDS = {"Números para llamar", "Qayanapaq númerokuna"}
OPTIONS = {"Más opciones", "Astawan akllanakuna"}
HELP = {"Ayuda ahora", "Kunan yanapay"}
CALENDAR = {"Para mi calendario", "Calendarioypaq"}  # only where we can be reached for the file
Hear = Callable[[], Awaitable[str]]


class OnTelegram:
    """What Willaq sends her is read as it arrives: a quick exit deletes it again at once."""

    def __init__(self, her: Person) -> None:
        self.her = her
        self.heard: list[Message] = []
        self.telegram = Standin(rate=0, chat_rate=0, on_message=self._hear)

    def _hear(self, chat: Chat, message: Message) -> None:
        self.heard.append(message)

    async def answer(self, step: Step) -> list[Shown]:
        before = len(self.heard)
        if step.button:
            self.telegram.press(self.her.chat_id, step.button)
        else:
            self.telegram.say(self.her.chat_id, step.said, language="es")
        await self.telegram.until(lambda: len(self.heard) - before >= len(step.shown), 15)
        await asyncio.sleep(NOTHING_MORE_S)
        return [shown_on_telegram(each.html, each.labels) for each in self.heard[before:]]


@pytest.mark.parametrize(("name", "her"), [*TOLD, ("sami", SAMI)])
async def test_telegram_tells_it_by_long_polling(name: str, her: Person, tmp_path: Path) -> None:
    hers = OnTelegram(her)
    async with hers.telegram as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, home_of(name, tmp_path), **settings):
            await tell(story(name), hers.answer)


@pytest.mark.parametrize(("name", "her"), TOLD)
async def test_telegram_tells_it_by_webhook_through_an_emulator_nobody_here_wrote(
    name: str, her: Person, tmp_path: Path
) -> None:
    port = free_port()
    async with telemelya() as emulator:
        settings = {
            "WILLAQ_TELEGRAM_TOKEN": emulator.token,
            "WILLAQ_TELEGRAM_API_URL": emulator.url,
            "WILLAQ_HTTP_PORT": str(port),
            "WILLAQ_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        async with running(tmp_path, home_of(name, tmp_path), **settings):
            await emulator.webhook_is_set()
            seen = 0

            async def answer(step: Step) -> list[Shown]:
                nonlocal seen
                if step.button:
                    assert await emulator.press(her.chat_id, step.button) == 200
                else:
                    assert await emulator.say(her.chat_id, step.said) == 200
                wanted = seen + len(step.shown)
                await emulator.until(lambda: len(emulator.said(her.chat_id)) >= wanted, 15)
                new = emulator.said(her.chat_id)[seen:]
                seen += len(new)
                bubbles = (shown_on_telegram(call["text"], labels_of(call)) for call in new)
                return [without(each, CALENDAR) for each in bubbles]

            await tell(story(name), answer)


class OnWhatsApp:
    """`shape` says how Meta names her: by her number, by an id of its own, or both. What stands
    behind "Más opciones" there is told of as one screen: she opens it at once."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.heard: list[whatsapp.Message] = []
        self.meta = whatsapp.Standin(on_message=self._hear)

    def _hear(self, woman: whatsapp.Woman, message: whatsapp.Message) -> None:
        self.heard.append(message)

    async def answer(self, step: Step) -> list[Shown]:
        self.meta.woman(HER_NUMBER, shape=self.shape)
        shown = await self._hears(step, len(step.shown))
        opens = next((label for label in shown[-1].buttons if label in OPTIONS), "")
        if opens:
            (opened,) = await self._hears(Step(f"[{opens}]", ()), 1)
            # The button to the numbers that stood above: elsewhere they still do.
            behind = tuple(label for label in opened.buttons if label not in HELP)
            assert behind[-1:] == shown[-1].buttons[-1:], "the way out, on both"
            shown[-1] = replace(shown[-1], buttons=behind)
        return put_together(shown, step.shown)

    async def _hears(self, step: Step, least: int) -> list[Shown]:
        before = len(self.heard)
        if step.button:
            self.meta.press(HER_NUMBER, step.button)
        else:
            self.meta.say(HER_NUMBER, step.said)
        await self.meta.until(lambda: len(self.heard) - before >= least, 15)
        await asyncio.sleep(NOTHING_MORE_S)
        heard = self.heard[before:]
        return [Shown(plain(each.text.replace("*", "")), tuple(each.labels)) for each in heard]


def put_together(shown: list[Shown], told: tuple[Shown, ...]) -> list[Shown]:
    """A long answer is a text and, below it, what holds the buttons: together as one. The button
    that only WhatsApp has (to press a number) is looked at elsewhere."""
    whole = [without(each, CARDS | CALENDAR) for each in shown]
    while len(whole) > len(told):
        at = next(at for at, each in enumerate(whole) if not each.buttons and each != told[at])
        text = "\n".join(each.text for each in whole[at : at + 2])
        whole[at : at + 2] = [Shown(text, whole[at + 1].buttons)]
    return whole


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("rosa", "old"),
        ("rosa", "both"),
        ("killa", "new"),
        ("killa", "both"),
        ("rosa-inscripcion", "old"),
        ("killa-inscripcion", "new"),
        ("rosa-avisos", "both"),
        ("killa-avisos", "new"),
    ],
)
async def test_whatsapp_tells_it(name: str, shape: Shape, tmp_path: Path) -> None:
    port = free_port()
    hers = OnWhatsApp(shape)
    home = home_of(name, tmp_path)
    async with hers.meta as meta, running(tmp_path, home, **on_whatsapp(meta, port)) as willaq:
        await meta.push_to(f"{willaq.url}/hooks/whatsapp")
        await tell(story(name), hers.answer)
        assert meta.refusals == []


@pytest.mark.parametrize(("name", "her"), TOLD[:2])
async def test_the_web_chat_tells_it(name: str, her: Person, tmp_path: Path) -> None:
    async with running(tmp_path) as willaq, aiohttp.ClientSession(willaq.url) as web:
        await tell(story(name), await on_the_web(web))


async def on_the_web(web: aiohttp.ClientSession) -> Answer:
    async with web.post("/chat/session") as given:
        headers = {"X-Willaq-Token": (await given.json())["token"]}
    buttons: dict[str, str] = {}
    said, after = 0, 0

    async def answer(step: Step) -> list[Shown]:
        nonlocal said, after
        said += 1
        what = {"choice": buttons[step.button]} if step.button else {"text": step.said}
        body = {"id": f"m{said}", "after": after, "language": "es", **what}
        while True:
            async with web.post("/chat/say", json=body, headers=headers) as given:
                if given.status != 429:
                    assert given.status == 200
                    rows = (await given.json())["messages"]
                    break
            # Nobody types this fast: her page waits and says it again, with the same id.
            await asyncio.sleep(float(given.headers["Retry-After"]))
        after = max([after, *(row["id"] for row in rows)])
        shown = []
        for bubble in (bubble for row in rows for bubble in row["bubbles"]):
            labels = {label: id for row in bubble["buttons"] for id, label in row}
            buttons.update(labels)
            shown.append(Shown(plain(bubble["text"]), tuple(labels)))
        return shown

    return answer


@pytest.mark.parametrize("name", ["rosa", "killa"])
async def test_the_terminal_tells_it(name: str, tmp_path: Path) -> None:
    async with talking(tmp_path) as (process, hear):
        await hear()
        last: tuple[str, ...] = ()
        for number, step in enumerate(story(name).steps, 1):
            typed = str(last.index(step.button) + 1) if step.button in last else step.said
            assert process.stdin is not None
            process.stdin.write(f"{typed}\n".encode())
            heard = plain(await hear())
            expected = "\n".join(as_in_a_terminal(each) for each in step.shown)
            if expected != ANYTHING:
                assert heard == expected, f"step {number}, after > {step.said}"
            last = step.shown[-1].buttons


@asynccontextmanager
async def talking(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, Hear]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "chat",
        env=environment(folder, {}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    stdout, stdin = process.stdout, process.stdin
    assert stdout is not None and stdin is not None

    async def hear() -> str:
        """All it says until it is her turn."""
        said = await asyncio.wait_for(stdout.readuntil(b"\n> "), 20)
        return said.decode().removesuffix("\n> ")

    try:
        yield process, hear
        stdin.close()
        assert await asyncio.wait_for(process.wait(), 10) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def story(name: str) -> Story:
    return read(STORIES / f"{name}.story")


def without(shown: Shown, buttons: Set[str]) -> Shown:
    return replace(shown, buttons=tuple(each for each in shown.buttons if each not in buttons))


def home_of(name: str, folder: Path) -> Path | None:
    """With the editions the story needs."""
    editions = story(name).editions
    return home_with(folder, *editions) if editions else None


def shown_on_telegram(html: str, labels: list[str]) -> Shown:
    return Shown(plain(html), tuple(labels))


def labels_of(call: dict[str, Any]) -> list[str]:
    rows = (call.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def as_in_a_terminal(shown: Shown) -> str:
    numbered = (f"{number}. {label}" for number, label in enumerate(shown.buttons, 1))
    return "\n".join([shown.text, *numbered])


def test_the_drivers_read_markup_away() -> None:
    assert plain("<b>Línea 100</b>\n\n• Marca &lt;100&gt;\n") == "Línea 100\nMarca <100>"
    assert re.fullmatch(r"1\. Sí", as_in_a_terminal(Shown("", ("Sí",))).strip())
