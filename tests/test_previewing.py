"""`willaq preview` in a terminal: what it draws, what it answers with, and that it draws again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.base import Limits
from bot.library import Library
from bot.preview import CHANNELS, Previewer, Unknown
from bot.previewing import drawn
from tests import small
from tests.small import CONTACT, LANGUAGES, TODAY, entry, po
from tests.willaq import HOME, command, environment, willaq

TITLE = entry("rights/linea-100.md#title", "La Línea 100", "100 Línea")
SHORT = entry("rights/linea-100.md#short", "Llama gratis al 100.", "**100**man waqyay.")
REVIEWED = entry("button.menu", "Menú", "Menú", "# reviewed: Tania, 2026-11-01")
PATH = "locales/quy/LC_MESSAGES/content.po"


class Desk:
    def __init__(self, folder: Path) -> None:
        self.content, locales = folder / "content", folder / "locales"
        small.write(self.content, small.content())
        small.write(locales, {"languages.toml": LANGUAGES.encode()})
        self.po = locales / "quy/LC_MESSAGES/content.po"
        self.bot = locales / "quy/LC_MESSAGES/bot.po"
        self.po.parent.mkdir(parents=True)
        self.po.write_text(po(TITLE, SHORT))
        self.bot.write_text(po(REVIEWED))
        self.library = Library(self.content, locales, "show", lambda: TODAY)

    def drawn(self, asked: str, limits: dict[str, Limits] | None = None) -> str:
        self.library.refresh()
        previewer = Previewer(self.library, limits or CHANNELS)
        return "\n".join(drawn(previewer.of(asked, "quy", TODAY)))

    def is_fine(self, asked: str, limits: dict[str, Limits] | None = None) -> bool:
        self.library.refresh()
        return Previewer(self.library, limits or CHANNELS).of(asked, "quy", TODAY).is_fine


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_topic_is_drawn_screen_by_screen_with_the_spanish_and_where_it_is_written(
    desk: Desk,
) -> None:
    told = desk.drawn("linea-100")
    assert "== La Línea 100 ==" in told and "== Qué puedes hacer ==" in told
    for channel in ("Telegram", "WhatsApp", "Web", "En castellano"):
        assert f"-- {channel}\n" in told
    assert "  *100*man waqyay." in told, "Telegram shows the bold inside a word"
    assert "  100man waqyay." in told, "WhatsApp does not"
    assert "  Llama gratis al 100." in told
    line = desk.po.read_text().split("\n").index('msgid "Llama gratis al 100."') + 1
    assert f"{PATH}:{line}: rights/linea-100.md#short: borrador" in told
    assert f"{PATH}: rights/linea-100.md#steps: sin traducir" in told
    assert told.endswith("Nada se corta y no hay errores.")
    assert desk.is_fine("linea-100")


def test_a_text_by_itself_and_who_reviewed_it(desk: Desk) -> None:
    told = desk.drawn("button.menu")
    assert "[Menú]" in told
    assert "button.menu: revisado por Tania, 2026-11-01" in told


def test_what_she_may_type_is_on_no_screen(desk: Desk) -> None:
    assert "== typed.menu" not in desk.drawn("typed.menu")
    assert "typed.menu: sin traducir" in desk.drawn("typed.menu")


def test_a_mistake_is_told_with_what_is_written(desk: Desk) -> None:
    desk.po.write_text(po(SHORT.replace("**100**man", "**999**man")))
    told = desk.drawn("linea-100")
    assert "con errores: ella lee el castellano" in told
    assert "  ! el número 999 no está en el castellano." in told
    assert told.endswith("Hay algo que corregir: está marcado abajo.")
    assert not desk.is_fine("linea-100")


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(label=6), '! Se corta: el botón "Qué puedes hacer" tiene 16 letras y caben 6'),
        (Limits(choices=2), "! Se corta: los botones no caben"),
        (Limits(pick=3), '! Se corta: el botón "Elegir" tiene 6 letras y caben 3'),
    ],
)
def test_what_a_channel_would_cut_is_told(desk: Desk, limits: Limits, told: str) -> None:
    assert told in desk.drawn("linea-100", {"telegram": limits})
    assert not desk.is_fine("linea-100", {"telegram": limits})


def test_a_long_text_is_several_messages_and_nothing_is_cut(desk: Desk) -> None:
    small_screen = {"telegram": Limits(text=60)}
    assert "-- Telegram 2/" in desk.drawn("linea-100", small_screen)
    assert desk.is_fine("linea-100", small_screen)


def test_a_broken_save_keeps_the_text_and_tells_the_line(desk: Desk) -> None:
    desk.po.write_text(po(TITLE, SHORT)[:-5])
    told = desk.drawn("linea-100")
    assert "100man waqyay." in told
    line = desk.po.read_text().count("\n") + 1
    assert f"  {PATH}:{line}: no se puede leer" in told
    assert not desk.is_fine("linea-100")


def test_a_file_that_was_never_good_is_told_as_well(desk: Desk) -> None:
    desk.po.write_text("half")
    broken = Desk.__new__(Desk)
    broken.library = Library(desk.content, desk.po.parents[2], "show", lambda: TODAY)
    told = broken.drawn("linea-100")
    assert f"  {PATH}:1: no se puede leer" in told and "Llama gratis al 100." in told


def test_a_contact_is_shown_by_its_texts(desk: Desk) -> None:
    assert "Te escucha y te orienta." in CONTACT
    assert "  Te escucha y te orienta." in desk.drawn("services/linea.md#purpose")


@pytest.mark.parametrize(
    ("asked", "language", "told"),
    [
        ("linea100", "quy", "¿Querías decir linea-100"),
        ("button.menü", "quy", "button.menu"),
        ("linea-100", "quz", 'Todavía no hay textos en "quz". Hay en es, quy.'),
        ("", "quy", "No hay ningún tema"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    desk: Desk, asked: str, language: str, told: str
) -> None:
    with pytest.raises(Unknown) as caught:
        Previewer(desk.library).of(asked, language, TODAY)
    assert told in str(caught.value)


async def test_the_exit_code_says_whether_it_is_fine(desk: Desk, tmp_path: Path) -> None:
    async def asks(*arguments: str) -> tuple[int, str]:
        code, out, _ = await command(tmp_path, "preview", "quy", *arguments, home=str(tmp_path))
        return code, out

    fine, nothing = await asyncio.gather(
        asks("linea-100", "--channel", "whatsapp"), asks("nada", "--channel", "web")
    )
    assert fine[0] == 0 and "-- WhatsApp" in fine[1] and "-- Telegram" not in fine[1]
    assert nothing[0] == 1 and "No hay ningún tema" in nothing[1]


@pytest.fixture
async def watching(desk: Desk, tmp_path: Path) -> AsyncIterator[asyncio.StreamReader]:
    process = await asyncio.create_subprocess_exec(
        *willaq(tmp_path),
        *("preview", "quy", "linea-100", "--watch", "--channel", "web"),
        env=environment(tmp_path, {}),
        stdout=asyncio.subprocess.PIPE,
        cwd=HOME,
    )  # fmt: skip
    assert process.stdout
    yield process.stdout
    process.terminate()
    await process.wait()


async def test_it_draws_again_whenever_a_file_is_saved(
    desk: Desk, watching: asyncio.StreamReader
) -> None:
    async def reads(text: str) -> None:
        async with asyncio.timeout(20):
            while text not in (await watching.readline()).decode():
                pass

    await reads("*100*man waqyay.")
    await reads("Nada se corta")
    desk.po.write_bytes(po(TITLE, SHORT.replace("waqyay", "rimay")).replace("\n", "\r\n").encode())
    await reads("*100*man rimay.")
    await reads("Nada se corta")
    whole = desk.po.read_bytes()
    desk.po.write_bytes(whole[:-9])
    await reads("no se puede leer")
    await reads("*100*man rimay.")
    await reads("Hay algo que corregir")
    desk.po.unlink()
    await reads("sin traducir")
    await reads("Nada se corta")
    desk.po.write_bytes(whole)
    await reads("*100*man rimay.")
