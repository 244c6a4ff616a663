"""Engines that cost nothing and always say the same, named by dotted path in the settings.

What they are asked is written to a file, so that a test can tell what was done twice. A recording
that is as loud as can be kills the process that writes it down, until there is an antidote.
"""

import os
import signal
import time
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from transcription.clustering import Voices
from transcription.engines.base import (
    SAMPLE_RATE,
    Audio,
    Diarization,
    Progress,
    Recognition,
    Sound,
    Turn,
    Word,
)

FOLDER = Path(os.environ.get("FAULTS_FOLDER", "."))
PAUSE = float(os.environ.get("FAULTS_WINDOW_SECONDS", "0.4"))
TURN, SILENCE = 1.2, 2.4
"""Seconds; the silence is long enough to end a window, so that each turn is a window."""
TURNS_OF_A_BLOCK = 3


class Listener:
    """Two people who take turns; hears a few turns at a time."""

    name, model = "listener", "two"

    def diarize(
        self, audio: Sound, *, speakers: int | None = None, progress: Progress = lambda share: None
    ) -> Diarization:
        return self.turns_of(self.hear(audio[:], progress=progress), audio)

    def blocks_of(self, samples: int) -> list[slice]:
        size = round(TURNS_OF_A_BLOCK * (TURN + SILENCE) * SAMPLE_RATE)
        return [slice(start, min(start + size, samples)) for start in range(0, samples, size)]

    def hear(self, block: Audio, *, progress: Progress = lambda share: None) -> Voices:
        turns = len(np.arange(0, len(block) / SAMPLE_RATE - TURN, TURN + SILENCE))
        for number in range(turns):
            time.sleep(PAUSE / 4)
            progress(number / turns)
        return Voices(np.ones((turns, 1, 1), np.float32), np.ones((turns, 1, 2), np.float32))

    def turns_of(
        self,
        voices: Voices,
        sound: Sound,
        *,
        speakers: int | None = None,
        progress: Progress = lambda share: None,
    ) -> Diarization:
        starts = (number * (TURN + SILENCE) for number in range(len(voices.activity)))
        turns = [Turn(s, s + TURN, f"S{number % 2 + 1}") for number, s in enumerate(starts)]
        return Diarization(tuple(turns), {"S1": (1.0, 0.0), "S2": (0.0, 1.0)})


class Scribe:
    """Hears one word in a window: what its samples add up to."""

    name, model = "scribe", "sums"

    def languages(self, clips: Sequence[Audio]) -> list[Mapping[str, float]]:
        return [{"ru": 1.0} for _ in clips]

    def recognize(
        self, audio: Audio, *, language: str | None = None, prompt: str = ""
    ) -> Recognition:
        if np.abs(audio).mean() > 0.5 and not (FOLDER / "antidote").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(PAUSE)
        word = f"w{zlib.crc32(audio.tobytes()):08x}"
        with (FOLDER / "decoded").open("a") as log:
            log.write(f"{word}\n")
        return Recognition(language or "ru", (Word(0.1, len(audio) / SAMPLE_RATE, word, 0.9),))
