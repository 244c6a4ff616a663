"""Speech, silence and even noise are told apart by the signal alone."""

import numpy as np
import pytest

from tests.transcription.engines.conftest import stretch
from transcription.engines.base import SAMPLE_RATE, Audio
from transcription.engines.presence import may_hold_speech

LENGTH = 10 * SAMPLE_RATE


def coloured(slope: float) -> Audio:
    """Noise whose amplitude falls with frequency to the power of ``slope``."""
    spectrum = np.fft.rfft(np.random.default_rng(5).standard_normal(LENGTH))
    shaped = np.fft.irfft(spectrum / np.arange(1, len(spectrum) + 1) ** slope)
    return (0.2 * shaped / np.abs(shaped).max()).astype(np.float32)


def tone(frequency: float) -> Audio:
    time = np.arange(LENGTH) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


@pytest.mark.parametrize(
    "audio",
    [np.zeros(LENGTH, np.float32), coloured(0), coloured(0.5), coloured(1), tone(50), tone(1000)],
    ids=["digital silence", "white", "pink", "brown", "hum", "tone"],
)
def test_even_sound_is_no_speech(audio: Audio):
    assert not may_hold_speech(audio)


@pytest.mark.parametrize("gain", [1.0, 0.03])
@pytest.mark.parametrize("name", ["meeting_ru.ogg", "meeting_en.mp4"])
def test_every_stretch_of_a_meeting_may_be_speech(name: str, gain: float):
    assert all(may_hold_speech(gain * stretch(name, at, at + 3)) for at in range(1, 170, 7))


def test_speech_in_noise_may_be_speech():
    speech = stretch("meeting_ru.ogg", 1, 11)
    assert may_hold_speech(
        speech + 0.2 * float(np.abs(speech).max()) * coloured(0.5)[: len(speech)]
    )


@pytest.mark.parametrize("samples", [0, 1, 399, 400, 801])
def test_a_scrap_of_sound_is_no_speech(samples: int):
    assert not may_hold_speech(np.ones(samples, np.float32))
