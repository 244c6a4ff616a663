"""Windows of speech: what is handed to a recognizer. Pure.

A window is a stretch of the recording of at most ``LONGEST`` seconds of one language, that begins
and ends in a pause and leaves long silences out. Windows rise and do not overlap.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from .engines.base import SAMPLE_RATE, Sound, Turn

LONGEST = 28.0
"""Seconds of speech in a window; Whisper hears 30 s at a time and wants some room."""
LONGEST_PAUSE = 2.0
"""A longer silence (s) ends a window: what is not speech is not decoded."""
MARGIN = 0.15
"""Seconds added on both sides of a window, where there is room."""
SHORTEST_FULL = 0.6
"""Share of ``LONGEST`` from which on a window may end at its longest pause."""


@dataclass(frozen=True)
class Window:
    """A stretch of the recording (s) to recognise; the language is None where it is not known."""

    index: int
    start: float
    end: float
    language: str | None


@dataclass(frozen=True)
class Loudness:
    """Level of each frame of ``hop`` seconds, dB relative to full scale."""

    levels: npt.NDArray[np.float32]
    hop: float

    def quietest(self, start: float, end: float) -> float:
        """The second between ``start`` and ``end`` around which it is quietest for 0.3 s."""
        first, last = int(start / self.hop), int(end / self.hop)
        width = max(1, round(0.3 / self.hop))
        levels = self.levels[max(0, first - width // 2) : last + width // 2 + 1]
        if len(levels) <= width:
            return (start + end) / 2
        smooth = np.convolve(levels, np.ones(width) / width, mode="valid")
        found = (max(0, first - width // 2) + int(np.argmin(smooth)) + width / 2) * self.hop
        return float(min(max(found, start), end))


def loudness(sound: Sound, hop: float = 0.05) -> Loudness:
    """Levels of ``sound`` (16 kHz), one for every ``hop`` seconds; digital silence is -120 dB.

    It is read a minute at a time.
    """
    size = round(hop * SAMPLE_RATE)
    stretch = 1200 * size
    whole = len(sound) // size * size
    levels = [np.zeros(0, np.float32)]
    for first in range(0, whole, stretch):
        frames = sound[first : min(first + stretch, whole)].reshape(-1, size)
        power = np.einsum("ij,ij->i", frames, frames) / size
        levels.append((10 * np.log10(power + 1e-12)).astype(np.float32))
    return Loudness(np.concatenate(levels), hop)


def turns_by_loudness(levels: Loudness, speaker: str = "") -> list[Turn]:
    """Turns of one unnamed voice wherever it is not quiet, for when there is no diarization.

    Loud is what rises 8 dB over the quietest tenth, and over -60 dB; shorter pauses than 0.5 s are
    bridged.
    """
    if not len(levels.levels):
        return []
    threshold = max(-60.0, float(np.percentile(levels.levels, 10)) + 8.0)
    loud = np.concatenate(([False], levels.levels > threshold, [False]))
    edges = np.flatnonzero(loud[1:] != loud[:-1]) * levels.hop
    turns: list[Turn] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if turns and start - turns[-1].end < 0.5:
            turns[-1] = replace(turns[-1], end=end)
        else:
            turns.append(Turn(start, end, speaker))
    return turns


def plan(
    turns: Sequence[Turn],
    languages: Sequence[str | None],
    levels: Loudness,
    *,
    longest: float = LONGEST,
) -> list[Window]:
    """Windows that cover every turn, each of one language, cut where it is quiet.

    Turns of an unknown language share a window only with their own speaker's.
    """
    stretches = [
        piece
        for stretch in _stretches(turns, languages)
        for piece in _cut(stretch, levels, longest)
    ]
    groups = [group for run in _runs(stretches, longest) for group in _pack(run, longest)]
    return _with_margins(groups, len(levels.levels) * levels.hop)


@dataclass(frozen=True)
class _Stretch:
    """Speech without a break between its turns, that may share a window with others of its key."""

    start: float
    end: float
    language: str | None
    key: str


def _stretches(turns: Sequence[Turn], languages: Sequence[str | None]) -> list[_Stretch]:
    """The union of the turns; where two languages overlap, the one that spoke first goes on."""
    found: list[_Stretch] = []
    order = sorted(range(len(turns)), key=lambda i: (turns[i].start, -turns[i].end))
    for i in order:
        key = languages[i] or f"speaker {turns[i].speaker}"
        stretch = _Stretch(turns[i].start, turns[i].end, languages[i], key)
        last = found[-1] if found else None
        if last and stretch.start < last.end:
            if stretch.end <= last.end:
                continue
            stretch = replace(stretch, start=last.end)
        if stretch.end > stretch.start:
            found.append(stretch)
    return found


def _cut(stretch: _Stretch, levels: Loudness, longest: float) -> list[_Stretch]:
    """Pieces of at most ``longest`` seconds, cut where it is quietest in the last third."""
    pieces = []
    while stretch.end - stretch.start > longest:
        earliest = SHORTEST_FULL * longest
        at = levels.quietest(stretch.start + earliest, stretch.start + longest)
        pieces.append(replace(stretch, end=at))
        stretch = replace(stretch, start=at)
    return [*pieces, stretch]


def _runs(stretches: Sequence[_Stretch], longest: float) -> list[list[_Stretch]]:
    """Neighbours of one key with no long pause between them."""
    runs: list[list[_Stretch]] = []
    for stretch in stretches:
        last = runs[-1][-1] if runs else None
        if last and stretch.key == last.key and stretch.start - last.end <= LONGEST_PAUSE:
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return runs


def _pack(run: Sequence[_Stretch], longest: float) -> list[list[_Stretch]]:
    """Fill windows in order; a full one ends at the longest pause of its last part."""
    groups: list[list[_Stretch]] = []
    rest = list(run)
    while rest[-1].end - rest[0].start > longest:
        fitting = [k for k in range(1, len(rest)) if rest[k - 1].end - rest[0].start <= longest]
        full = [k for k in fitting if rest[k - 1].end - rest[0].start >= SHORTEST_FULL * longest]
        best = max(full or fitting[-1:], key=lambda k: (rest[k].start - rest[k - 1].end, k))
        groups.append(rest[:best])
        rest = rest[best:]
    return [*groups, rest]


def _with_margins(groups: Sequence[Sequence[_Stretch]], duration: float) -> list[Window]:
    windows = []
    for index, group in enumerate(groups):
        before = groups[index - 1][-1].end if index else -math.inf
        after = groups[index + 1][0].start if index + 1 < len(groups) else math.inf
        start = max(0.0, group[0].start - min(MARGIN, max(0.0, group[0].start - before) / 2))
        end = group[-1].end + min(MARGIN, max(0.0, after - group[-1].end) / 2)
        windows.append(Window(index, start, max(start, min(end, duration)), group[0].language))
    return windows
