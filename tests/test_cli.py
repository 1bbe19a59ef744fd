"""The `willaq` command with wrong arguments, odd letters and nobody who reads: a word, no trace."""

import asyncio
import os
import sys
from json import loads
from pathlib import Path

import pytest

from bot.cli import command_line
from tests.willaq import command, environment


@pytest.mark.parametrize("asked", [("ask", "hola"), ("chat",)])
async def test_a_language_that_is_not_offered_is_told_and_which_are(
    tmp_path: Path, asked: tuple[str, ...]
) -> None:
    code, said, error = await command(tmp_path, *asked, "--language", "xx")
    assert (code, said) == (2, "")
    assert error == '--language: "xx" is not offered. Give es or quy or quz.\n'


async def test_a_channel_that_there_is_not_is_told(tmp_path: Path) -> None:
    code, said, error = await command(tmp_path, "forget", "--channel", "fax", "--address", "1")
    assert (code, said) == (2, "")
    assert "telegram" in error
    assert not (tmp_path / "data").exists()


async def test_letters_the_terminal_lacks_stop_nothing(tmp_path: Path) -> None:
    settings = {"PYTHONIOENCODING": "ascii"}
    code, said, error = await command(tmp_path, "ask", "ñuqa", "--json", **settings)
    assert (code, error) == (0, "")
    assert "Línea 100" in said


async def ask_lines(folder: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ask", "-", "--json",
        env=environment(folder, {"PYTHONIOENCODING": "utf-8:strict"}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip


async def test_bytes_that_are_no_text_stop_nothing(tmp_path: Path) -> None:
    process = await ask_lines(tmp_path)
    said, error = await process.communicate(b"me \xff pega\nhola\n")
    assert (process.returncode, error) == (0, b"")
    assert len(said.splitlines()) == 2


async def test_when_nobody_reads_on_it_ends_without_a_trace(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ask", "hola",
        env=environment(tmp_path, {}),
        stdout=writer,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    os.close(reader)
    os.close(writer)
    _, error = await process.communicate()
    assert (process.returncode, error) == (0, b"")


async def test_ctrl_c_ends_it_without_a_trace(tmp_path: Path) -> None:
    process = await ask_lines(tmp_path)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b"hola\n")
    await process.stdout.readline()
    process.send_signal(2)
    assert await process.wait() == 130
    assert await process.stderr.read() == b""
    process.stdin.close()


async def test_the_state_of_translations_is_told_as_json(tmp_path: Path) -> None:
    code, said, error = await command(tmp_path, "locales", "status", "--json")
    assert (code, error) == (0, "")
    rows = loads(said)
    assert {"quy"} <= {row["language"] for row in rows}
    assert {"total", "draft", "reviews", "audio", "category"} <= rows[0].keys()


async def test_a_page_the_program_names_keeps_its_name(tmp_path: Path) -> None:
    code, said, error = await command(tmp_path, "content", "rename", "policia-105", "policia")
    assert (code, said) == (1, "")
    assert error.startswith('The program itself says "policia-105" (bot/dialogue/cards.py:')
    assert error.endswith("Nothing was changed.\n")


@pytest.mark.parametrize(
    "asked",
    [("locales",), ("locales", "review", "quy", "x"), ("locales", "import", "quy"), ("content",)],
)
def test_a_job_that_lacks_something_is_not_understood(asked: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line().parse_args(asked)
    assert ended.value.code == 2
