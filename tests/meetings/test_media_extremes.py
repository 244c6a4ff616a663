"""Files that claim or hold far more than they should: bounded time, memory and disk."""

import random
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from meetings.media import UnreadableMedia, probe
from meetings.media.convert import convert
from meetings.media.waveform import SAMPLE_RATE, read_waveform
from tests.meetings.media_files import cut, ffmpeg, tone

TEN_HOURS = 36_000
MEMORY = 400 << 10  # KiB of the worker and of any child
DISK = 40 << 20  # bytes


@pytest.fixture
def outcome(tmp_path):
    """What becomes of a file: how it sounds and its samples, or the refusal."""

    def run(path, seconds, **limits):
        folder = tmp_path / "made"
        folder.mkdir()
        flac, rendition = folder / "models.flac", folder / "player.m4a"
        began = time.monotonic()
        try:
            heard = convert(path, probe(path, **limits), flac=flac, rendition=rendition, **limits)
        except UnreadableMedia as refusal:
            assert list(folder.iterdir()) == []
            return refusal
        finally:
            assert time.monotonic() - began < seconds
        assert sum(file.stat().st_size for file in folder.iterdir()) < DISK
        assert {file.name for file in folder.iterdir()} == {"models.flac", "player.m4a"}
        return heard, flac

    return run


def pitch_at(flac, second):
    samples = read_waveform(flac, second, second + 1)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / samples.size if samples.any() else 0.0


def silence(path, hours, rate):
    """Digital silence in hardly any bytes."""
    source = f"anullsrc=r={rate}:cl=mono:d={3600 * hours}"
    options = ("-sample_fmt", "s16", "-c:a", "flac", "-frame_size", "65535")
    ffmpeg("-f", "lavfi", "-i", source, *options, path)
    assert path.stat().st_size < 1 << 20
    return path


@pytest.mark.slow
def test_a_day_of_silence_in_a_small_file_is_refused_at_once(tmp_path, outcome):
    refusal = outcome(silence(tmp_path / "day.flac", 24, 1000), 8)
    assert refusal.code == "too_long"
    assert "12:00:00" in refusal.detail


@pytest.mark.slow
def test_an_hour_of_silence_is_converted_in_little_time_and_room(tmp_path, outcome):
    path = silence(tmp_path / "hour.flac", 1, 8000)
    heard, _ = outcome(path, 60)
    assert heard.duration == 3600
    assert len(heard.peaks) <= 6000
    assert memory_of_converting(path, tmp_path) < MEMORY


def memory_of_converting(path, folder):
    """KiB that a fresh process and its children take at most.

    The process starts another for the work: what the kernel counts of a process's children includes
    the memory of the parent that each was forked from, here that of all the tests.
    """
    work = (
        "import resource, sys; from pathlib import Path; from meetings.media import probe;"
        "from meetings.media.convert import convert; a, b = map(Path, sys.argv[1:]);"
        "convert(a, probe(a), flac=b / 'a.flac', rendition=b / 'a.m4a');"
        "own = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0];"
        "print(max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    code = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}, *sys.argv[1:]],"
        "check=True)"
    )
    command = [sys.executable, "-c", code, path, folder]
    said = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    return int(said.stdout)


def with_total(path, samples):
    """The FLAC at ``path`` whose STREAMINFO claims so many samples (RFC 9639 8.2)."""
    data = bytearray(path.read_bytes())
    fields = int.from_bytes(data[18:26], "big") >> 36 << 36 | samples
    data[18:26] = fields.to_bytes(8, "big")
    path.write_bytes(data)
    return path


def test_a_flac_that_claims_ten_hours_and_has_a_second_is_cut_off(tmp_path, outcome):
    path = tone(tmp_path / "a.flac", "-ar 16000 -c:a flac", seconds=1)
    refusal = outcome(with_total(path, TEN_HOURS * SAMPLE_RATE), 8)
    assert refusal.reason == "truncated:readable"
    assert refusal.facts == {"readable": "0:01", "declared": "10:00:00"}


def test_a_flac_cut_in_the_middle_tells_how_much_is_there(tmp_path, outcome):
    refusal = outcome(cut(tone(tmp_path / "a.flac", seconds=60), 0.5), 8)
    assert refusal.reason == "truncated:readable"
    assert refusal.facts["declared"] == "1:00"


def test_a_matroska_that_claims_ten_hours_and_has_a_second_is_cut_off(tmp_path, outcome):
    path = tone(tmp_path / "a.mkv", "-c:a libopus", seconds=1)
    data = bytearray(path.read_bytes())
    place = data.index(b"\x44\x89\x88") + 3  # Duration, a float of 8 bytes (RFC 9559 5.1.2.10)
    data[place : place + 8] = struct.pack(">d", 1000.0 * TEN_HOURS)
    path.write_bytes(data)
    assert outcome(path, 15).reason == "truncated:readable"


def test_a_wav_that_claims_ten_hours_and_has_a_second_lasts_a_second(tmp_path, outcome):
    path = tone(tmp_path / "a.wav", seconds=1)
    data = bytearray(path.read_bytes())
    place = data.index(b"data") + 4
    size = TEN_HOURS * 96_000 & 0xFFFFFFFF
    data[place : place + 4] = struct.pack("<I", size)
    data[4:8] = struct.pack("<I", size + place & 0xFFFFFFFF)
    path.write_bytes(data)
    end = outcome(path, 15)
    if isinstance(end, UnreadableMedia):
        assert end.code == "truncated"
    else:
        assert end[0].duration == pytest.approx(1, abs=0.1)


def test_six_channels_at_96_khz_become_one_at_full_level(tmp_path, outcome):
    path = tmp_path / "six.wav"
    ffmpeg(
        *("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=96000:duration=10"),
        *("-af", "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0", "-c:a", "pcm_s24le", path),
    )
    heard, flac = outcome(path, 15)
    assert heard.duration == pytest.approx(10, abs=0.05)
    assert pitch_at(flac, 5) == 440
    assert -20 < heard.peak <= 0


def test_an_mp3_whose_sample_rate_changes_midway_keeps_its_time_line(tmp_path, outcome):
    parts = ((440, "-ar 44100"), (880, "-ar 24000"), (660, "-ar 48000 -ac 2"))
    path = tmp_path / "spliced.mp3"
    with path.open("wb") as whole:
        for hertz, options in parts:
            coded = f"-c:a libmp3lame -write_xing 0 -id3v2_version 0 {options}"
            whole.write(tone(tmp_path / "part.mp3", coded, seconds=10, hertz=hertz).read_bytes())
    heard, flac = outcome(path, 20)
    assert heard.duration == pytest.approx(30.1, abs=0.3)
    assert [pitch_at(flac, second) for second in (5, 15, 25)] == [440, 880, 660]


@pytest.mark.parametrize("suffix", ["mp3", "ogg", "m4a", "flac"])
def test_a_corrupt_middle_costs_the_middle_and_no_more(suffix, tmp_path, outcome):
    options = {"m4a": "-c:a aac -movflags +faststart"}.get(suffix, "")
    path = tone(tmp_path / f"a.{suffix}", options, seconds=60)
    data = bytearray(path.read_bytes())
    first, last = int(len(data) * 0.45), int(len(data) * 0.55)
    data[first:last] = random.Random(1).randbytes(last - first)
    path.write_bytes(data)
    heard, flac = outcome(path, 20)
    assert 50 < heard.duration < 61
    assert pitch_at(flac, 5) == 440
    assert pitch_at(flac, heard.duration - 5) == 440


def test_too_many_tracks_are_refused_by_the_limit_that_is_set(tmp_path):
    paths = [tone(tmp_path / f"{n}.wav", seconds=1) for n in range(3)]
    inputs = [part for path in paths for part in ("-i", path)]
    maps = [part for n in range(3) for part in ("-map", str(n))]
    ffmpeg(*inputs, *maps, "-c:a", "flac", tmp_path / "three.mkv")
    assert len(probe(tmp_path / "three.mkv", most_tracks=3).tracks) == 3
    with pytest.raises(UnreadableMedia) as refused:
        probe(tmp_path / "three.mkv", most_tracks=2)
    assert (refused.value.code, refused.value.facts) == (
        "too_many_tracks",
        {"tracks": 3, "most": 2},
    )
