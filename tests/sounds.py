"""Sounds for the tests, made here: voice-like noise, silence, a tone; in the formats of phones."""

import io
import math
import random
import struct
import wave
from functools import cache

import av
from av import AudioFrame, AudioStream, VideoFrame

RATE = 16_000


@cache
def speech(seconds: float = 3.0, level: float = 0.1, seed: int = 7) -> bytes:
    """Noise in syllables, four a second, as loud as `level` (1 = as loud as can be): WAV."""
    dice, before = random.Random(seed), 0.0
    samples = []
    for at in range(int(seconds * RATE)):
        # A voice has more of the low notes: each sample keeps some of the one before.
        before = 0.7 * before + dice.uniform(-1, 1)
        syllable = max(0.0, math.sin(2 * math.pi * 4 * at / RATE))
        samples.append(before * syllable * level)
    return wav(samples)


@cache
def tone(seconds: float, level: float = 0.1, rate: int = RATE) -> bytes:
    return wav(
        [level * math.sin(at * 2 * math.pi * 220 / rate) for at in range(int(seconds * rate))], rate
    )


@cache
def silence(seconds: float, rate: int = RATE) -> bytes:
    return wav([0.0] * int(seconds * rate), rate)


def wav(samples: list[float], rate: int = RATE) -> bytes:
    into = io.BytesIO()
    with wave.open(into, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        clipped = (max(-1.0, min(1.0, each)) for each in samples)
        file.writeframes(b"".join(struct.pack("<h", int(each * 32767)) for each in clipped))
    return into.getvalue()


def as_file(sound: bytes, form: str, codec: str) -> bytes:
    """The same sound as another kind of telephone would save it."""
    into = io.BytesIO()
    with av.open(io.BytesIO(sound), "r") as source, av.open(into, "w", format=form) as file:
        stream = file.add_stream(codec, rate=48_000, layout="stereo")
        assert isinstance(stream, AudioStream)
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="stereo", rate=48_000
        )
        for frame in (*source.decode(audio=0), None):
            for each in resampler.resample(frame):
                file.mux(stream.encode(each))
        file.mux(stream.encode(None))
    return into.getvalue()


def film() -> bytes:
    """Pictures without a sound."""
    into = io.BytesIO()
    with av.open(into, "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 16
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            file.mux(stream.encode(VideoFrame(16, 16, "yuv420p")))
        file.mux(stream.encode(None))
    return into.getvalue()


def heard(sound: bytes) -> tuple[str, int, int, float, float]:
    """(codec, channels, rate, seconds, how loud in LUFS): what another program makes of it."""
    graph = av.filter.Graph()
    with av.open(io.BytesIO(sound), "r") as file:
        (stream,) = file.streams.audio
        codec, channels, rate = stream.codec.canonical_name, stream.layout.nb_channels, stream.rate
        source = graph.add_abuffer(template=stream)
        graph.link_nodes(
            source, graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
        ).configure()
        samples, loudness = 0, -99.0
        for frame in (*file.decode(audio=0), None):
            samples += frame.samples if frame else 0
            graph.push(frame)
            while (out := _pulled(graph)) is not None:
                loudness = float(out.metadata.get("lavfi.r128.I", loudness))
    return codec, channels, rate, samples / rate, loudness


def _pulled(graph: av.filter.Graph) -> AudioFrame | None:
    try:
        out = graph.pull()
    except (av.BlockingIOError, av.EOFError):
        return None
    assert isinstance(out, AudioFrame)
    return out
