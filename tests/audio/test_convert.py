"""Whatever a telephone records becomes one kind of recording; what cannot be one is said why."""

import asyncio
import subprocess
import sys

import psutil
import pytest

from bot.audio.convert import FAULTS, MOST_BYTES, MOST_S, Unusable, Voice, converted
from bot.audio.work import CPU_S, MEMORY_BYTES, Fault, made
from tests.sounds import as_file, film, heard, silence, speech, tone

PLAYLIST = b"#EXTM3U\n#EXTINF:5,\nfile:///etc/hostname\n"
CONCAT = b"ffconcat version 1.0\nfile 'speech.wav'\n"


async def refused(data: bytes, **more: float) -> str:
    with pytest.raises(Unusable) as caught:
        await converted(data, **more)
    assert str(caught.value) == FAULTS[caught.value.word]
    return caught.value.word


@pytest.fixture(scope="module")
def quiet() -> Voice:
    return asyncio.run(converted(speech(level=0.02)))


def test_it_is_mono_opus_as_loud_as_telephones_need(quiet: Voice) -> None:
    codec, channels, rate, seconds, loudness = heard(quiet.sound)
    assert (codec, channels, rate) == ("opus", 1, 48_000)
    assert seconds == pytest.approx(quiet.seconds, abs=0.1) == pytest.approx(3.0, abs=0.1)
    assert loudness == pytest.approx(-16.0, abs=1.5)
    assert quiet.was < -30, "it had been far too soft"


async def test_who_shouts_and_who_whispers_are_equally_loud(quiet: Voice) -> None:
    loud = await converted(speech(level=0.9))
    assert loud.was > quiet.was + 20
    assert heard(loud.sound)[4] == pytest.approx(heard(quiet.sound)[4], abs=2.0)


def test_a_minute_of_it_costs_her_little(quiet: Voice) -> None:
    a_second = len(quiet.sound) / quiet.seconds
    assert a_second * 60 < 150_000
    assert a_second * MOST_S < 512_000, "longer than that WhatsApp does not show it as a voice"


async def test_the_same_voice_makes_the_same_bytes(quiet: Voice) -> None:
    assert (await converted(speech(level=0.02))).sound == quiet.sound


@pytest.mark.parametrize(
    ("form", "codec"),
    [("mp4", "aac"), ("ogg", "libopus"), ("matroska", "libopus"), ("flac", "flac")],
)
def test_every_telephone_s_kind_of_file_is_taken(form: str, codec: str) -> None:
    sound, _ = made(as_file(speech(1.5), form, codec))
    assert heard(sound)[:3] == ("opus", 1, 48_000)


def test_a_recording_that_breaks_off_is_good_up_to_there() -> None:
    whole = as_file(speech(), "ogg", "libopus")
    assert 1.5 < made(whole[: len(whole) - 2000])[1]["seconds"] < 3


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "unreadable"),
        (b"hola", "unreadable"),
        (PLAYLIST, "unreadable"),
        (CONCAT, "unreadable"),
        (speech()[:40], "unreadable"),
        (b"OggS" + bytes(range(256)) * 40, "unreadable"),
        (film(), "mute"),
        (tone(0.5), "short"),
        (silence(2.0), "silent"),
        (tone(MOST_S + 5, rate=2000), "long"),
        (bytes(MOST_BYTES + 1), "large"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_a_recording_is_said_why(data: bytes, word: str) -> None:
    with pytest.raises(Fault) as caught:
        made(data)
    assert str(caught.value) == word
    assert FAULTS[word]


@pytest.mark.parametrize(
    ("data", "word"), [(b"hola", "unreadable"), (bytes(MOST_BYTES + 1), "large")]
)
async def test_the_other_process_says_why_as_well(data: bytes, word: str) -> None:
    assert await refused(data) == word


async def test_what_takes_too_long_is_given_up_and_leaves_no_process_behind() -> None:
    assert await refused(speech(), patience_s=0.01) == "slow"
    assert psutil.Process().children() == []


def test_the_numbers_in_the_sentences_are_the_limits() -> None:
    assert f"{MOST_BYTES // 1_000_000} MB" in FAULTS["large"]
    assert f"{MOST_S / 60:.0f} minutos" in FAULTS["long"]


TRIES = {
    "open a file": "open('/etc/hostname')",
    "open a connection": "import socket; socket.socket()",
    "take much memory": f"bytearray({MEMORY_BYTES})",
}


@pytest.mark.parametrize("attempt", TRIES.values(), ids=TRIES)
def test_whoever_takes_over_the_process_that_opens_files_gets_nowhere(attempt: str) -> None:
    confined = "import socket; from bot.audio.work import _confine; _confine(); print('in')\n"
    tried = f"{confined}try:\n    {attempt}\nexcept (OSError, MemoryError):\n    print('stopped')"
    done = subprocess.run(
        [sys.executable, "-c", tried], env={}, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert done.stdout.split()[-1] == b"stopped", done.stderr[-300:]


def test_it_has_no_settings_and_no_time_for_ever() -> None:
    look = (
        "import os, resource; from bot.audio.work import _confine; _confine();"
        "print(dict(os.environ), resource.getrlimit(resource.RLIMIT_CPU))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], env={"WILLAQ_TELEGRAM_TOKEN": "1:a"}, capture_output=True
    )
    assert done.stdout.decode().strip() == f"{{}} ({CPU_S}, {CPU_S})"
