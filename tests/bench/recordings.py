"""Recordings of any length, made of the Russian sample."""

from pathlib import Path

import numpy as np
import soundfile
import soxr

from tests.faults.house import ROOT

RATE = 16_000


def speech() -> np.ndarray:
    """The sample's sound, mono float32 at ``RATE``."""
    samples, rate = soundfile.read(ROOT / "samples" / "meeting_ru.ogg", dtype="float32")
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    return np.asarray(soxr.resample(mono, rate, RATE))


def write_long(path: Path, *, seconds: float, spoken: float = 1.0) -> Path:
    """A FLAC of ``seconds``, of which the share ``spoken`` is speech and the rest near silence."""
    talk = speech()
    hush = np.random.default_rng(0).normal(0, 1e-4, round(len(talk) * (1 / spoken - 1)))
    piece = np.concatenate([talk, hush.astype(np.float32)])
    left = round(seconds * RATE)
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_16", format="FLAC") as file:
        while left > 0:
            file.write(piece[:left])
            left -= len(piece)
    return path
