"""Decodes a foreign file once into what the models hear and what the player plays."""

import logging
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from meetings.media import sandbox
from meetings.media.errors import UnreadableMedia, clock
from meetings.media.extent import is_short
from meetings.media.formats import DECODERS, DEMUXERS, PROTOCOL
from meetings.media.probe import LONGEST, Probe, Track, choose_tracks, plain
from meetings.media.waveform import SAMPLE_RATE, Waveform, measure

logger = logging.getLogger(__name__)

MEMORY = 4 << 30  # bytes of address space; a static ffmpeg with its threads maps about one
FLAC_BYTES = 2 * SAMPLE_RATE  # a second at most, as nothing compresses to more than raw samples
FRAME = 4096  # samples in a FLAC frame
RENDITION_RATE, RENDITION_BITS = 44_100, 64_000
UNEVEN = 0.5  # seconds and a hundredth that a result may be longer than the file
DECODING = 0.9  # of the whole work; the rest is listening to what came out

ONE_TRACK = Track(index=0, kind="audio", codec="flac", channels=1, sample_rate=RENDITION_RATE)

Progress = Callable[[float], None]
"""Called with the share done, 0..1, at least once a second; may raise to stop the work."""


def convert(
    path: Path,
    probe: Probe,
    *,
    flac: Path,
    rendition: Path,
    progress: Progress = lambda share: None,
    longest: float = LONGEST,
) -> Waveform:
    """Writes ``flac`` (16 kHz mono, for the models) and ``rendition`` (AAC in .m4a, mono, index
    first, so that every browser seeks in it) from the tracks that ``choose_tracks`` names.

    Both have the time line of the file: a gap or a late start is silence. Levels are left as
    they are. On an error neither file is left. The time allowed grows with duration and tracks.
    ``longest`` in seconds. Raises UnreadableMedia.
    """
    tracks = choose_tracks(probe)
    work = _Work(probe.duration, len(tracks), longest, progress)
    even = flac.with_name(f"{flac.stem}-even.mka")
    try:
        work.decode(path, probe.container, _outputs(tracks, flac, rendition, longest))
        heard = work.measure(flac)
        if heard.duration - probe.duration > UNEVEN + probe.duration / 100:
            work.decode(path, probe.container, _even_output(tracks, even, longest))
            work.decode(even, "matroska", _outputs((ONE_TRACK,), flac, rendition, longest))
            heard = work.measure(flac)
        _check_length(heard, probe, longest)
    except BaseException:
        flac.unlink(missing_ok=True)
        rendition.unlink(missing_ok=True)
        raise
    finally:
        even.unlink(missing_ok=True)
    progress(1.0)
    return heard


@dataclass
class _Work:
    """Decoding within what ``duration`` seconds of sound may take, and how far it is."""

    duration: float
    tracks: int
    longest: float
    progress: Progress
    share: float = 0.0

    def decode(self, path: Path, container: str, outputs: Sequence[str | Path]) -> None:
        """Run ffmpeg over the foreign file at ``path``; UnreadableMedia where that fails."""
        patience = 120 + self.duration * (0.5 + 0.05 * self.tracks)
        limits = sandbox.Limits(
            cpu=int(2 * patience),
            memory=MEMORY,
            file_size=int((self.longest + 60) * 2 * RENDITION_RATE),
        )
        ended = sandbox.run(
            [*_input(container), *outputs],
            given=path,
            limits=limits,
            timeout=patience,
            on_output=_Reader(self.duration, self.reached).read,
            on_wait=lambda: self.reached(0),
        )
        _check(ended)

    def measure(self, flac: Path) -> Waveform:
        """How the result sounds."""
        return measure(flac, progress=lambda share: self.reached(DECODING + 0.09 * share))

    def reached(self, share: float) -> None:
        """Tell the highest share so far."""
        self.share = max(self.share, share)
        self.progress(self.share)


def _check_length(heard: Waveform, probe: Probe, longest: float) -> None:
    """A recording of sound alone is as long as its header says, and no longer than it may be."""
    if heard.duration > longest:
        raise UnreadableMedia("too_long", longest=clock(longest))
    sound_alone = all(track.kind == "audio" for track in probe.tracks)
    if probe.declared and sound_alone and is_short(heard.duration, probe.duration):
        parts = {"readable": clock(heard.duration), "declared": clock(probe.duration)}
        raise UnreadableMedia("truncated:readable", **parts)


def ffmpeg_executable() -> str:
    """The ffmpeg (6.0 or newer) of the environment's FFMPEG, else the one of the wheel."""
    return os.environ.get("FFMPEG") or imageio_ffmpeg.get_ffmpeg_exe()


def _input(container: str) -> list[str | Path]:
    demuxer = container.split(",")[0]
    if demuxer not in DEMUXERS:
        raise UnreadableMedia("not_media")
    return [
        ffmpeg_executable(),
        *("-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y"),
        *("-progress", "pipe:1", "-abort_on", "empty_output"),
        *("-filter_threads", "1", "-filter_complex_threads", "1"),
        *("-protocol_whitelist", PROTOCOL, "-format_whitelist", ",".join(DEMUXERS)),
        *("-codec_whitelist", DECODERS, "-threads", "1", "-vn", "-sn", "-dn"),
        *("-f", demuxer, "-fd", "0", "-i", f"{PROTOCOL}:"),
    ]


def _until(longest: float) -> list[str]:
    return ["-t", str(longest + 1), "-map_metadata", "-1", "-map_chapters", "-1"]


def _outputs(
    tracks: Sequence[Track], flac: Path, rendition: Path, longest: float
) -> list[str | Path]:
    return [
        *("-filter_complex", _graph(tracks)),
        *("-map", "[models]", *_until(longest), "-ar", str(SAMPLE_RATE)),
        *("-c:a", "flac", "-sample_fmt", "s16", "-f", "flac", f"file:{flac.resolve()}"),
        *("-map", "[player]", *_until(longest), "-ar", str(RENDITION_RATE), "-c:a", "aac"),
        *("-b:a", str(RENDITION_BITS), "-movflags", "+faststart", "-f", "ipod"),
        f"file:{rendition.resolve()}",
    ]


def _even_output(tracks: Sequence[Track], even: Path, longest: float) -> list[str | Path]:
    """The first track at one rate throughout, with the times that its packets have.

    Where the sample rate or the channels change midway, ffmpeg builds the graph anew, and each new
    graph would fill the time before it with silence once more.
    """
    form = f"aresample={RENDITION_RATE},aformat=sample_fmts=s16:channel_layouts=mono"
    return [
        *("-map", f"0:{tracks[0].index}", "-af", form, *_until(longest)),
        *("-c:a", "flac", "-f", "matroska", f"file:{even.resolve()}"),
    ]


def _graph(tracks: Sequence[Track]) -> str:
    """Every track on the file's time line; several added up, their rare joint peaks limited.

    The models' branch is cut into even frames: flac writes the frames that it is given, and a
    resampler's are a few samples long.
    """
    on_time = "aresample=async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=mono"
    split = f"asplit=2[wide][player];[wide]aresample={SAMPLE_RATE},asetnsamples={FRAME}:p=0[models]"
    if len(tracks) == 1:
        return f"[0:{tracks[0].index}]{on_time},{split}"
    inputs = "".join(f"[0:{track.index}]{on_time}[t{track.index}];" for track in tracks)
    labels = "".join(f"[t{track.index}]" for track in tracks)
    mix = f"amix=inputs={len(tracks)}:normalize=0,alimiter=limit=0.97:level=0:latency=1"
    return f"{inputs}{labels}{mix},{split}"


class _Reader:
    """Turns ffmpeg's ``-progress`` lines, which come in chunks, into shares of the duration."""

    def __init__(self, duration: float, progress: Progress) -> None:
        self.duration = max(duration, 0.1)
        self.progress = progress
        self.rest = b""

    def read(self, chunk: bytes) -> None:
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        for line in lines:
            name, _, value = line.partition(b"=")
            if name == b"out_time_us" and value.isdigit():
                self.progress(DECODING * min(int(value) / 1e6 / self.duration, 1.0))


def _check(ended: sandbox.Finished) -> None:
    """Raises what went wrong, if anything did, as the person needs to know it."""
    if ended.timed_out or ended.returncode == -signal.SIGXCPU:
        raise UnreadableMedia("decode_timeout")
    if not ended.returncode:
        return
    if "No space left on device" in ended.stderr:
        raise UnreadableMedia("disk_full")
    if ended.returncode == -signal.SIGKILL or "Cannot allocate memory" in ended.stderr:
        raise UnreadableMedia("out_of_memory")
    logger.warning("ffmpeg ended with %s: %s", ended.returncode, plain(ended.stderr, 4000))
    raise UnreadableMedia("decode_failed")
