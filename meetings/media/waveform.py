"""Samples of the project's own FLAC files: arrays for the models, peaks for the player."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
FULL_SCALE = 32_768  # of 16-bit samples
SILENCE = -120.0  # dBFS that stands for digital silence

Audio = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Waveform:
    """How a recording sounds as a whole: seconds; dBFS of the mean power and of the highest
    sample; the highest sample, 0..1, of each of equally long stretches.
    """

    duration: float
    loudness: float
    peak: float
    peaks: tuple[float, ...]

    def as_json(self) -> dict[str, object]:
        """What the player draws: wavesurfer takes ``duration`` and ``[peaks]`` as they are."""
        return {"version": 1, "duration": round(self.duration, 3), "peaks": list(self.peaks)}


def read_waveform(flac: Path, start: float = 0.0, end: float | None = None) -> Audio:
    """Samples of ``flac`` (16 kHz mono) from ``start`` to ``end`` seconds, float32 in [-1, 1).

    Takes four bytes a sample of that stretch and no more, so an hour is 230 MB; a stretch that
    reaches past the end is cut there.
    """
    with av.open(str(flac)) as container:
        first = round(start * SAMPLE_RATE)
        stop = _length(container) if end is None else round(end * SAMPLE_RATE)
        stop = min(stop, _length(container))
        audio = np.zeros(max(0, stop - first), np.float32)
        if not audio.size:
            return audio
        if first:
            container.seek(first, stream=container.streams.audio[0], backward=True)
        for position, block in _blocks(container):
            if position >= stop:
                break
            low, high = max(position, first), min(position + block.size, stop)
            if low < high:
                audio[low - first : high - first] = block[low - position : high - position]
    return audio


class Samples:
    """The samples of ``flac`` as an array that is read as it is sliced; its length is known."""

    def __init__(self, flac: Path) -> None:
        self.flac = flac
        with av.open(str(flac)) as container:
            self._length = _length(container)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, stretch: slice) -> Audio:
        """The samples of a stretch without a step; what lies outside is left out."""
        first, stop, _step = stretch.indices(self._length)
        return read_waveform(self.flac, first / SAMPLE_RATE, max(first, stop) / SAMPLE_RATE)


def measure(
    flac: Path,
    *,
    points_per_second: float = 20,
    most: int = 6000,
    progress: Callable[[float], None] = lambda share: None,
) -> Waveform:
    """Duration, loudness and peaks of ``flac`` in one pass over it, in constant memory.

    ``points_per_second`` is lowered where the recording would have more than ``most`` points.
    ``progress`` gets the share done, for every minute of sound, and may raise to stop the work.
    """
    with av.open(str(flac)) as container:
        samples = _length(container)
        stretch = max(math.ceil(samples / most), int(SAMPLE_RATE / points_per_second), 1)
        peaks = np.zeros(math.ceil(samples / stretch), np.float32)
        power = 0.0
        for position, block in _blocks(container):
            if position + block.size > samples:
                block = block[: max(0, samples - position)]
            if not block.size:
                continue
            if position % (60 * SAMPLE_RATE) < block.size:
                progress(position / samples)
            power += float(np.dot(block, block))
            _raise_peaks(peaks, np.abs(block), position, stretch)
    return Waveform(
        duration=samples / SAMPLE_RATE,
        loudness=_decibels(math.sqrt(power / samples)) if samples else SILENCE,
        peak=_decibels(float(peaks.max(initial=0.0))),
        peaks=tuple(round(float(peak), 3) for peak in peaks),
    )


def _raise_peaks(peaks: Audio, levels: Audio, position: int, stretch: int) -> None:
    """Lifts ``peaks`` to the ``levels`` of a block that starts at sample ``position``."""
    first = position // stretch
    last = (position + levels.size - 1) // stretch
    starts = np.maximum(np.arange(first, last + 1) * stretch - position, 0)
    highest = np.maximum.reduceat(levels, starts)
    np.maximum(peaks[first : last + 1], highest, out=peaks[first : last + 1])


def _blocks(container: av.container.InputContainer) -> Iterator[tuple[int, Audio]]:
    """Decoded blocks with the place of their first sample."""
    for frame in container.decode(audio=0):
        samples = frame.to_ndarray().reshape(-1)
        yield frame.pts or 0, samples.astype(np.float32) / np.float32(FULL_SCALE)


def _length(container: av.container.InputContainer) -> int:
    """Samples that the header declares; ours is written by an encoder that could seek back."""
    stream = container.streams.audio[0]
    form = (stream.rate, stream.channels, stream.format.name)
    if form != (SAMPLE_RATE, 1, "s16") or stream.time_base is None:
        raise ValueError("not a 16 kHz mono 16-bit FLAC of this project")
    return round((stream.duration or 0) * stream.time_base * SAMPLE_RATE)


def _decibels(level: float) -> float:
    return round(max(20 * math.log10(level), SILENCE), 2) if level > 0 else SILENCE
