"""`willaq services`: an organization brings its list in, and women read it."""

import shutil
from pathlib import Path

import pytest

from tests.catalogue import SERVICES
from tests.people import ROSA
from tests.standins.telegram import TOKEN, Standin
from tests.willaq import command, running

TABLE = SERVICES.read_text("utf-8")
HEADER, *ROWS = TABLE.splitlines()


def at(folder: Path, text: str | bytes) -> str:
    file = folder / "list.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


def kept(folder: Path) -> bytes | None:
    file = folder / "data" / "services.csv"
    return file.read_bytes() if file.exists() else None


async def test_first_it_says_what_would_change_then_it_changes_that(tmp_path: Path) -> None:
    file = at(tmp_path, TABLE)
    code, said, error = await command(tmp_path, "services", "import", file)
    assert (code, error) == (0, "")
    assert said.startswith("6 new, 0 changed, 0 unchanged, 0 removed, 0 not mentioned")
    assert "+ cem-inventado: Centro Inventado de Huancavelica" in said
    assert "1 are past expires_on: shown without number and address." in said
    assert said.endswith("Nothing was changed yet. Look it over, then add --apply.\n")
    assert not (tmp_path / "data").exists()

    code, said, _ = await command(tmp_path, "services", "import", file, "--apply")
    assert (code, said.splitlines()[-1]) == (
        0,
        f"Done: {tmp_path}/data/services.csv has 6 services.",
    )
    before = kept(tmp_path)
    code, said, _ = await command(tmp_path, "services", "import", file, "--apply")
    assert (code, said.splitlines()[-1]) == (0, "Nothing to change.")
    assert kept(tmp_path) == before

    code, said, _ = await command(tmp_path, "services", "list")
    assert (code, said.splitlines()[-1]) == (0, "6 services, 1 past expires_on.")
    assert "     3 comisaria" in said
    code, said, _ = await command(tmp_path, "ask", "cem en jauja")
    assert "000 000 006" in said
    code, said, _ = await command(tmp_path, "check")
    assert "data/services.csv:6: expires_on: is over for 1 services" in said


async def test_rows_go_only_when_told(tmp_path: Path) -> None:
    await command(tmp_path, "services", "import", at(tmp_path, TABLE), "--apply")
    file = at(tmp_path, "\n".join([HEADER, ROWS[0]]))
    _, said, _ = await command(tmp_path, "services", "import", file, "--apply")
    assert "5 not mentioned (they stay)" in said
    _, said, _ = await command(tmp_path, "services", "import", file, "--remove-missing", "--apply")
    assert "5 removed" in said
    assert kept(tmp_path) is not None and len((kept(tmp_path) or b"").splitlines()) == 2


async def test_what_is_written_out_comes_in_again_unchanged(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    code, _, _ = await command(tmp_path, "services", "export", str(empty))
    assert (code, empty.read_text("utf-8-sig").strip()) == (0, HEADER)
    await command(tmp_path, "services", "import", at(tmp_path, TABLE), "--apply")
    out = tmp_path / "out.csv"
    await command(tmp_path, "services", "export", str(out))
    code, said, _ = await command(tmp_path, "services", "import", str(out))
    assert (code, said.splitlines()[-1]) == (0, "Nothing to change.")


def without(column: str) -> str:
    at = HEADER.split(",").index(column)
    return "\n".join(",".join(line.split(",")[:at] + line.split(",")[at + 1 :]) for line in
                     (HEADER, ROWS[3], ROWS[5]))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TABLE.encode("latin-1"), 'list.csv:2: is not UTF-8 (here it may want to say "ó")'),
        (
            TABLE.replace("-12.785,-74.972", "-74.972,-12.785"),
            "list.csv:2: latitude: -74.972 is not",
        ),
        (TABLE.replace("-11.775,-75.5,", "-12.775,-75.5,"), "list.csv:6: latitude: is 111 km from"),
        (f"{TABLE}{ROWS[0]}\n", 'list.csv:8: id: "cem-inventado" stands in line 2 already.'),
        (without("phones"), 'list.csv:1: the column "phones" is missing.'),
        (TABLE.replace("090301", "090399"), 'list.csv:5: ubigeo: there is no district "090399".'),
        (TABLE.replace("demuna,", "hogar-refugio,"), "list.csv:5: kind: where a shelter is"),
        (b"PK\x03\x04", "list.csv:1: is a spreadsheet, not a CSV file."),
        (b"", "list.csv:1: is empty."),
    ],
)
async def test_a_wrong_table_is_told_and_changes_nothing(
    tmp_path: Path, text: str | bytes, told: str
) -> None:
    await command(tmp_path, "services", "import", at(tmp_path, TABLE), "--apply")
    before = kept(tmp_path)
    file = at(tmp_path, text)
    code, said, error = await command(tmp_path, "services", "import", file, "--apply")
    assert (code, said) == (1, "")
    assert told in error
    assert error.endswith("Nothing was changed.\n")
    assert kept(tmp_path) == before


async def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, _, error = await command(tmp_path, "services", "import", "nowhere.csv")
    assert code == 1
    assert error.startswith("nowhere.csv:1: there is no such file.")


async def test_she_shares_where_she_is_and_sees_it_on_the_map(tmp_path: Path) -> None:
    async with Standin(rate=0, chat_rate=0) as telegram:
        settings = {"WILLAQ_TELEGRAM_TOKEN": TOKEN, "WILLAQ_TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, **settings):
            telegram.say(ROSA.chat_id, "hola")
            await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) == 1)
            # Loaded while it runs: no restart.
            shutil.copy(SERVICES, tmp_path / "data" / "services.csv")
            place = {"location": {"latitude": -12.7861, "longitude": -74.9732}}
            for _ in range(20):
                said = len(telegram.said(ROSA.chat_id))
                telegram.does(ROSA.chat_id, place)
                await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) > said)  # noqa: B023
                if "Centro Inventado" in telegram.said(ROSA.chat_id)[-1].text:
                    break
            said = len(telegram.said(ROSA.chat_id))
            telegram.press(ROSA.chat_id, "Mapa: 1")
            await telegram.until(lambda: len(telegram.said(ROSA.chat_id)) == said + 2)
            assert telegram.said(ROSA.chat_id)[-1].text == (
                "Centro Inventado de Huancavelica\nJirón Inventado 1\n-12.785,-74.972"
            )
