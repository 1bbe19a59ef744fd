"""What the console is told of the house: how fast it sends, how large it is, how old that is."""

import asyncio
from pathlib import Path

import pytest

from bot.console_rooms import Fresh, Meter, _free, _size


@pytest.mark.parametrize(
    ("looks", "per_s"),
    [
        ([(0, 0)], None),  # nobody looked before
        ([(0, 0), (0.5, 9)], None),  # too short to say
        ([(0, 100), (10, 150)], 5.0),
        ([(0, 0), (10, 1000), (50, 1000), (80, 1090)], 90 / 30),  # of the last minute alone
        ([(100, 0), (10, 50)], None),  # the clock was set back
        ([(0, 7), (3600, 9000)], None),  # nobody looked for an hour
    ],
)
def test_a_meter_tells_what_went_in_the_last_minute(
    looks: list[tuple[float, int]], per_s: float | None
) -> None:
    meter = Meter()
    for now, count in looks:
        found = meter.look({"telegram": count}, now)
    assert found("telegram") == per_s
    assert found("whatsapp") == (None if per_s is None else 0)


async def test_what_is_costly_is_found_out_once_for_all_who_ask() -> None:
    now, asked = 100.0, 0

    async def find() -> int:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        return asked

    fresh = Fresh(10, find, lambda: now)
    assert await asyncio.gather(*(fresh.get() for _ in range(5))) == [1] * 5
    now += 9.9
    assert await fresh.get() == 1
    now += 0.2
    assert await fresh.get() == 2
    now -= 1000
    assert await fresh.get() == 3, "a clock set back keeps nothing for ever"


async def test_what_could_not_be_found_out_is_tried_again() -> None:
    tries = iter([OSError("no"), None])

    async def find() -> str:
        error = next(tries)
        if error:
            raise error
        return "there"

    fresh = Fresh(10, find, lambda: 0.0)
    with pytest.raises(OSError):
        await fresh.get()
    assert await fresh.get() == "there"


def test_sizes_are_told_as_far_as_there_are_any(tmp_path: Path) -> None:
    file = tmp_path / "willaq.db"
    assert _size(None) is None and _size(file) is None
    file.write_bytes(b"x" * 10)
    Path(f"{file}-wal").write_bytes(b"x" * 5)
    assert _size(file) == 15
    assert (_free(tmp_path) or 0) > 0 and _free(tmp_path / "nothing") is None
