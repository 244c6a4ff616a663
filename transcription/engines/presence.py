"""Whether there can be speech in a stretch of sound at all, told from the signal alone."""

import numpy as np
import numpy.typing as npt

from .base import SAMPLE_RATE, Audio

QUIETEST_SPEECH = -70.0
"""Level (dB of full scale) of the loudest frames below which nothing can be understood."""
LEAST_VARIATION = 5.0
"""Speech rises and falls by tens of dB with every syllable; hiss and hum keep their level (dB)."""
FRAME = 0.025  # seconds


def may_hold_speech(audio: Audio) -> bool:
    """False for what is too quiet or too even to be speech: digital silence, hiss, hum, a tone.

    A recognizer given such sound invents words. The range between the 10th and the 95th percentile
    of the frames' levels is 1 to 2 dB for white, pink and brown noise and above 6 dB in any three
    seconds of meetings with far microphones. The signal is differenced first, against rumble.
    """
    if len(audio) < 2 * SAMPLE_RATE * FRAME:
        return False
    low, high = np.percentile(_levels(np.diff(audio)), [10, 95])
    return bool(
        np.percentile(_levels(audio), 95) > QUIETEST_SPEECH and high - low > LEAST_VARIATION
    )


def _levels(audio: Audio) -> npt.NDArray[np.float32]:
    size = int(FRAME * SAMPLE_RATE)
    frames = audio[: len(audio) // size * size].reshape(-1, size)
    return (10 * np.log10(np.einsum("ij,ij->i", frames, frames) / size + 1e-12)).astype(np.float32)
