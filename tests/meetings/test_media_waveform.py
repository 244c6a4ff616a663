"""Samples and peaks of the project's own FLAC."""

import json
import tempfile
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.media import waveform
from meetings.media.waveform import SAMPLE_RATE, SILENCE, _blocks, measure, read_waveform
from tests.meetings.media_files import ffmpeg, tone


def flac(path: Path, samples, rate: int = SAMPLE_RATE) -> Path:
    """A FLAC of 16-bit ``samples``."""
    with wave.open(str(path.with_suffix(".wav")), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(np.asarray(samples, "<i2").tobytes())
    ffmpeg("-i", path.with_suffix(".wav"), path)
    return path


@pytest.fixture(scope="module")
def noise(tmp_path_factory):
    """Ten seconds of noise: its FLAC and its samples."""
    samples = np.random.default_rng(1).integers(-32768, 32768, 10 * SAMPLE_RATE).astype(np.int16)
    return flac(tmp_path_factory.mktemp("noise") / "noise.flac", samples), samples


def test_samples_come_back_exactly(noise):
    path, samples = noise
    audio = read_waveform(path)
    assert audio.dtype == np.float32
    np.testing.assert_array_equal(audio * 32768, samples)


@settings(max_examples=30, deadline=None)
@given(start=st.floats(0, 11), length=st.floats(0, 11))
def test_a_stretch_is_that_part_of_the_whole(noise, start, length):
    path, samples = noise
    first, stop = round(start * SAMPLE_RATE), round((start + length) * SAMPLE_RATE)
    expected = samples[first:stop]
    np.testing.assert_array_equal(read_waveform(path, start, start + length) * 32768, expected)


def test_a_stretch_late_in_hours_of_sound_is_read_without_what_precedes_it(tmp_path):
    source = f"sine=frequency=440:sample_rate={SAMPLE_RATE}:duration=7200"
    path = tmp_path / "long.flac"
    ffmpeg("-f", "lavfi", "-i", source, "-sample_fmt", "s16", path)
    decoded = 0

    def counted(container):
        nonlocal decoded
        for position, block in _blocks(container):
            decoded += block.size
            yield position, block

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waveform, "_blocks", counted)
        assert read_waveform(path, 7000, 7030).size == 30 * SAMPLE_RATE
    assert decoded < 40 * SAMPLE_RATE


def test_a_foreign_file_is_no_waveform(tmp_path):
    with pytest.raises(ValueError, match="16 kHz"):
        read_waveform(tone(tmp_path / "tone.flac"))


@pytest.mark.parametrize(("per_second", "most"), [(20, 6000), (7, 6000), (20, 13), (20, 1)])
def test_peaks_are_the_highest_sample_of_each_stretch(noise, per_second, most):
    path, samples = noise
    heard = measure(path, points_per_second=per_second, most=most)
    stretch = max(-(-samples.size // most), SAMPLE_RATE // per_second)
    levels = np.abs(samples / 32768)
    expected = [levels[i : i + stretch].max() for i in range(0, samples.size, stretch)]
    assert heard.peaks == pytest.approx(expected, abs=0.0006)
    assert len(heard.peaks) <= most


@settings(max_examples=8, deadline=None)
@given(st.integers(16, 40_000))  # what a FLAC has at least
def test_any_length_has_its_duration_and_bounded_peaks(count):
    with tempfile.TemporaryDirectory() as folder:
        heard = measure(flac(Path(folder) / "a.flac", np.full(count, 16384)), most=5)
    assert heard.duration == count / SAMPLE_RATE
    assert set(heard.peaks) == {0.5}
    assert len(heard.peaks) <= 5
    assert heard.peak == heard.loudness == pytest.approx(-6.02)


def test_silence_has_a_finite_loudness_and_peaks_of_nothing(tmp_path):
    heard = measure(flac(tmp_path / "silence.flac", np.zeros(SAMPLE_RATE)))
    assert heard.loudness == heard.peak == SILENCE
    assert set(heard.peaks) == {0.0}


def test_peaks_are_compact_json(noise):
    heard = measure(noise[0])
    told = json.loads(json.dumps(heard.as_json(), allow_nan=False))
    assert told["duration"] == 10
    assert len(told["peaks"]) == 200
    assert all(0 <= peak <= 1 and round(peak, 3) == peak for peak in told["peaks"])
