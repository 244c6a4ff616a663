"""Conversion: what the models and the player get, whatever came in."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

from meetings.media import UnreadableMedia, probe
from meetings.media import convert as conversion
from meetings.media.convert import convert
from meetings.media.sandbox import Finished
from meetings.media.waveform import SAMPLE_RATE, read_waveform
from tests.meetings.media_files import FORMATS, ffmpeg, tone, video


@pytest.fixture
def converted(tmp_path):
    """Converts a file; returns how it sounds, and the paths of the FLAC and the rendition."""

    def run(path, **options):
        flac, rendition = tmp_path / "models.flac", tmp_path / "player.m4a"
        heard = convert(path, probe(path), flac=flac, rendition=rendition, **options)
        return heard, flac, rendition

    return run


def pitch(samples) -> float:
    """The strongest frequency, hertz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / samples.size


def boxes(path: Path) -> list[bytes]:
    """The top-level boxes of an mp4 in order."""
    data, place, names = path.read_bytes(), 0, []
    while place < len(data):
        names.append(data[place + 4 : place + 8])
        place += int.from_bytes(data[place : place + 4], "big")
    return names


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_becomes_the_same_sound(suffix, tmp_path, converted):
    heard, flac, rendition = converted(tone(tmp_path / f"tone.{suffix}"))
    assert heard.duration == pytest.approx(3, abs=0.15)
    assert pitch(read_waveform(flac, 0.5, 2.5)) == pytest.approx(440, abs=2)
    with av.open(str(rendition)) as played:
        assert played.duration / av.time_base == pytest.approx(heard.duration, abs=0.1)


def test_the_rendition_is_aac_with_its_index_first_and_small(tmp_path, converted):
    _, _, rendition = converted(video(tmp_path / "meeting.mp4", seconds=20))
    names = boxes(rendition)
    assert names.index(b"moov") < names.index(b"mdat")
    with av.open(str(rendition)) as played:
        (stream,) = played.streams
        assert (stream.codec_context.name, stream.channels) == ("aac", 1)
        assert played.metadata["major_brand"].strip() == "M4A"
    assert rendition.stat().st_size < 20 * 9000


def test_models_and_player_share_the_time_line_of_the_file(tmp_path, converted):
    """A track that starts two seconds in, with a pause in the middle, keeps its places."""
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=9", "-itsoffset", "2"),
        *("-f", "lavfi", "-i", "sine=frequency=440:duration=7"),
        *("-af", "aselect='not(between(t,5,6))'", "-c:v", "mpeg4", "-c:a", "pcm_s16le"),
        tmp_path / "late.mkv",
    )
    heard, flac, rendition = converted(tmp_path / "late.mkv")
    assert heard.duration == pytest.approx(9, abs=0.1)
    ffmpeg("-i", rendition, "-ar", SAMPLE_RATE, "-sample_fmt", "s16", tmp_path / "played.flac")
    ffmpeg("-i", tmp_path / "played.flac", "-af", "asetnsamples=4096:p=0", tmp_path / "even.flac")
    for path in (flac, tmp_path / "even.flac"):
        quiet = np.abs(read_waveform(path)) < 0.01
        tenths = [bool(quiet[i : i + 1600].all()) for i in range(0, 9 * SAMPLE_RATE, 1600)]
        assert all(tenths[:19]) and all(tenths[51:59])
        assert not any(tenths[21:49]) and not any(tenths[61:89])


def test_microphones_are_mixed_at_full_level_without_clipping(tmp_path, converted):
    for hertz in (300, 700, 1500):
        loud = tmp_path / f"{hertz}.wav"
        ffmpeg("-i", tone(tmp_path / "t.wav", hertz=hertz), "-af", "volume=14dB", loud)
    ffmpeg(
        *("-i", tmp_path / "300.wav", "-i", tmp_path / "700.wav", "-i", tmp_path / "1500.wav"),
        *("-map", "0", "-map", "1", "-map", "2", "-c:a", "flac", tmp_path / "three.mkv"),
    )
    heard, flac, _ = converted(tmp_path / "three.mkv")
    samples = read_waveform(flac, 1, 2)
    spectrum = np.abs(np.fft.rfft(samples))
    assert {300, 700, 1500} == set(np.argsort(spectrum)[-3:].tolist())
    assert -1.5 < heard.peak < 0


def test_levels_are_left_as_they_are(tmp_path, converted):
    heard, _, _ = converted(tone(tmp_path / "tone.wav"))
    assert heard.peak == pytest.approx(-18.06, abs=0.1)  # ffmpeg's sine is 1/8 high
    assert heard.loudness == pytest.approx(-21.07, abs=0.1)


def test_progress_rises_to_the_end(tmp_path, converted):
    shares: list[float] = []
    converted(tone(tmp_path / "long.wav", seconds=90), progress=shares.append)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] == 1.0
    assert len(shares) > 1


def test_whoever_stops_the_work_leaves_no_files_and_no_process(tmp_path, converted):
    class Cancelled(Exception):  # noqa: N818
        pass

    def cancel(share):
        raise Cancelled

    path = tone(tmp_path / "long.wav", seconds=90)
    with pytest.raises(Cancelled):
        converted(path, progress=cancel)
    assert not list(tmp_path.glob("models.flac")) + list(tmp_path.glob("player.m4a"))


def test_a_recording_that_turns_out_too_long_is_refused(tmp_path, converted):
    with pytest.raises(UnreadableMedia) as refused:
        converted(tone(tmp_path / "tone.wav", seconds=9), longest=5)
    assert refused.value.code == "too_long"


def test_sound_that_cannot_be_decoded_is_refused_in_words(tmp_path):
    path = tone(tmp_path / "tone.m4a", "-c:a aac -movflags +faststart")
    found = probe(path)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start:] = b"\xff" * (len(data) - start)
    path.write_bytes(data)
    with pytest.raises(UnreadableMedia) as refused:
        convert(path, found, flac=tmp_path / "a.flac", rendition=tmp_path / "a.m4a")
    assert refused.value.code == "decode_failed"
    assert not refused.value.retryable


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        (Finished(-9, b"", "", True), "decode_timeout"),
        (Finished(-signal.SIGXCPU, b"", "", False), "decode_timeout"),
        (Finished(228, b"", f"av_interleaved: {os.strerror(errno.ENOSPC)}", False), "disk_full"),
        (Finished(-9, b"", "", False), "out_of_memory"),
        (Finished(244, b"", f"Error: {os.strerror(errno.ENOMEM)}", False), "out_of_memory"),
    ],
)
def test_what_may_pass_by_itself_is_tried_again(ended, code, tmp_path, monkeypatch):
    path = tone(tmp_path / "tone.wav")
    found = probe(path)
    monkeypatch.setattr(conversion.sandbox, "run", lambda *args, **kwargs: ended)
    with pytest.raises(UnreadableMedia) as failed:
        convert(path, found, flac=tmp_path / "a.flac", rendition=tmp_path / "a.m4a")
    assert failed.value.code == code
    assert failed.value.retryable


def test_a_full_disk_is_told_as_such(tmp_path, monkeypatch):
    path = tone(tmp_path / "tone.wav")
    flac = tmp_path / "a.flac"
    outputs = conversion._outputs

    def onto_a_full_disk(*args):
        return ["file:/dev/full" if part == f"file:{flac}" else part for part in outputs(*args)]

    monkeypatch.setattr(conversion, "_outputs", onto_a_full_disk)
    with pytest.raises(UnreadableMedia) as failed:
        convert(path, probe(path), flac=flac, rendition=tmp_path / "a.m4a")
    assert failed.value.code == "disk_full"


def test_the_decoder_dies_with_its_worker(tmp_path):
    """A worker killed outright leaves no ffmpeg behind that writes on."""
    path = tone(tmp_path / "long.wav", "-c:a pcm_s16le -ar 8000", seconds=1800)
    code = (
        "import sys; from pathlib import Path; from meetings.media import probe;"
        "from meetings.media.convert import convert; a, b = map(Path, sys.argv[1:]);"
        "convert(a, probe(a), flac=b / 'a.flac', rendition=b / 'a.m4a')"
    )
    root = Path(__file__).parents[2]
    worker = subprocess.Popen([sys.executable, "-c", code, path, tmp_path], cwd=root)
    flac = tmp_path / "a.flac"
    until = time.monotonic() + 60
    while not (flac.exists() and flac.stat().st_size) and time.monotonic() < until:
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    time.sleep(0.3)
    assert worker.returncode == -signal.SIGKILL
    size = flac.stat().st_size
    time.sleep(1)
    assert flac.stat().st_size == size > 0
