"""Open a recording and write it as Ogg Opus: a process of its own, because files can be hostile.

It reads the file from standard input and writes one line of JSON, then the sound, to standard
output. What it decodes is written by strangers and read by C: so it has no settings and no secrets,
can open and write no file, and has a limit on its memory, its time and what it listens to.
"""

import io
import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.filter import Graph

MOST_BYTES: Final = 16_000_000
MOST_S: Final = 240.0  # at BITS, below the 512 KB that WhatsApp plays as a voice
LEAST_S: Final = 1.0
MEMORY_BYTES: Final = 1_500_000_000
CPU_S: Final = 60

RATE: Final = 48_000  # Opus knows no other
BITS: Final = 16_000  # a second; docs/why.md has what 12 and 24 were like
LOUDNESS: Final = -16.0  # LUFS (EBU R128): what telephones play clearly in a noisy room
LOUDEST_GAIN: Final = 30.0  # dB: more would only make the noise of the room louder
PEAK_DB: Final = -1.5  # true peak, so that no telephone's decoder clips
_CORRECTIONS: Final = 2
SILENCE: Final = -55.0  # LUFS: below, nobody spoke

# What telephones, computers and both platforms record. A playlist would name other files to open.
_FORMATS: Final = "ogg,mov,mp4,m4a,3gp,3g2,mj2,mp3,wav,flac,aac,amr,matroska,webm,caf,aiff"
# Below the voice there is wind, hands and engines; at few bits they cost what the voice needs.
_CLEAN: Final = ("highpass", "f=80")


class Fault(Exception):
    """This cannot become a recording; the word says why (convert.py has the sentences)."""


def main() -> int:
    out = sys.stdout.buffer
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    _confine()
    try:
        sound, told = made(data)
    except Fault as fault:
        out.write(json.dumps({"fault": str(fault)}).encode() + b"\n")
        return 0
    out.write(json.dumps(told).encode() + b"\n" + sound)
    return 0


def made(data: bytes) -> tuple[bytes, dict[str, float]]:
    """(Ogg Opus, its seconds and how loud it was). Raises Fault."""
    if len(data) > MOST_BYTES:
        raise Fault("large")
    frames = list(_decoded(data))
    seconds = sum(frame.samples for frame in frames) / RATE
    if seconds < LEAST_S:
        raise Fault("short")
    loudness = _loudness(frames)
    if loudness < SILENCE:
        raise Fault("silent")
    sound = _encoded(_filtered(frames, _CLEAN, *_louder(_gain(frames, loudness))))
    return sound, {"seconds": round(seconds, 1), "loudness": round(loudness, 1)}


def _gain(frames: "Iterable[AudioFrame]", loudness: float) -> float:
    """What holds the peaks down makes it softer again: that is measured, and made up for."""
    gain = LOUDNESS - loudness
    for _ in range(_CORRECTIONS):
        if gain >= LOUDEST_GAIN:
            return LOUDEST_GAIN
        gain += LOUDNESS - _loudness(frames, *_louder(gain))
    return gain


def _louder(gain: float) -> tuple[tuple[str, str], ...]:
    """Or softer, in dB. Peaks are held down gently first: a limiter that has to catch all of them
    sounds like a bad line."""
    return (
        ("volume", f"volume={gain:.2f}dB"),
        ("acompressor", f"threshold={_ratio(LOUDNESS + 8):.4f}:ratio=3:attack=5:release=80"),
        ("alimiter", f"limit={_ratio(PEAK_DB):.4f}:attack=5:release=50:level=false"),
    )


def _ratio(db: float) -> float:
    return float(10 ** (db / 20))


def _decoded(data: bytes) -> "Iterator[AudioFrame]":
    """Its sound, one channel, 48 kHz. Raises Fault."""
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    at = 0
    try:
        options = {"format_whitelist": _FORMATS, "protocol_whitelist": ""}
        with av.open(io.BytesIO(data), options=options) as file:
            if not file.streams.audio:
                raise Fault("mute")
            for raw in (*_readable(file), None):
                for frame in resampler.resample(raw):
                    frame.pts, at = at, at + frame.samples
                    if at > MOST_S * RATE:
                        raise Fault("long")
                    yield frame
    except (av.FFmpegError, ValueError, UnicodeError):
        raise Fault("unreadable") from None


def _readable(file: Any) -> "Iterator[AudioFrame]":
    """A recording that breaks off somewhere is good up to there."""
    import av

    decoded = file.decode(audio=0)
    heard = False
    while True:
        try:
            yield next(decoded)
            heard = True
        except StopIteration:
            return
        except av.FFmpegError:
            if not heard:
                raise
            return


def _loudness(frames: "Iterable[AudioFrame]", *filters: tuple[str, str]) -> float:
    """Integrated, in LUFS, as EBU R128 measures it."""
    loudness = -99.0
    for frame in _filtered(frames, _CLEAN, *filters, ("ebur128", "metadata=1")):
        loudness = float(frame.metadata.get("lavfi.r128.I", loudness))
    return loudness


def _filtered(frames: "Iterable[AudioFrame]", *filters: tuple[str, str]) -> "Iterator[AudioFrame]":
    import av

    graph = av.filter.Graph()
    source = graph.add_abuffer(format="flt", sample_rate=RATE, layout="mono")
    as_before = ("aformat", f"sample_fmts=flt:channel_layouts=mono:sample_rates={RATE}")
    chain = [source, *(graph.add(*each) for each in (*filters, as_before))]
    graph.link_nodes(*chain, graph.add("abuffersink")).configure()
    for frame in (*frames, None):
        graph.push(frame)
        yield from _pulled(graph)


def _pulled(graph: "Graph") -> "Iterator[AudioFrame]":
    import av

    while True:
        try:
            yield graph.pull()  # type: ignore[misc]  # a graph of sound gives no pictures
        except (av.BlockingIOError, av.EOFError):
            return


def _encoded(frames: "Iterable[AudioFrame]") -> bytes:
    import av

    into = io.BytesIO()
    # The same sound always becomes the same bytes: a platform keeps a file by what is in it.
    with av.open(into, "w", format="ogg", options={"fflags": "+bitexact"}) as file:
        # Longer frames than usual: nobody waits for a recording, and each saves its header.
        wanted = {"application": "voip", "frame_duration": "60", "vbr": "on"}
        stream = file.add_stream("libopus", rate=RATE, layout="mono", options=wanted)
        stream.bit_rate = BITS
        for frame in frames:
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return into.getvalue()


def _confine() -> None:
    """Give up what is not needed, once the libraries are loaded; some parts load at first use."""
    from av import AudioFrame

    frame = AudioFrame(format="flt", layout="mono", samples=RATE)
    frame.sample_rate = RATE
    list(_decoded(_encoded(_filtered([frame]))))
    os.environ.clear()
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # the three that are open
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
