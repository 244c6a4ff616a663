"""What probe tells of good files, and which tracks are chosen."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.media import Probe, Track, UnreadableMedia, choose_tracks, probe
from meetings.media.convert import convert
from meetings.media.probe import plain
from tests.meetings.media_files import FORMATS, cut, ffmpeg, tone, video

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_that_people_bring_is_read_whatever_its_name(suffix, tmp_path):
    nameless = tone(tmp_path / f"tone.{suffix}").rename(tmp_path / "upload")
    found = probe(nameless)
    (track,) = choose_tracks(found)
    assert found.duration == pytest.approx(3, abs=0.25)
    assert track.kind == "audio"
    assert track.channels == 1
    assert track.sample_rate >= 8000


def test_the_samples_tell_their_title_date_and_length():
    russian = probe(SAMPLES / "meeting_ru.ogg")
    assert russian.title == "Планёрка по запуску доставки кофейни «Северный ветер»"
    assert russian.date == "2026-03-16"
    english = probe(SAMPLES / "meeting_en.mp4")
    assert english.date == "2026-03-10"
    assert english.duration == pytest.approx(177.2, abs=0.1)
    assert [track.kind for track in english.tracks] == ["video", "audio"]


def test_a_recording_that_does_not_say_how_long_it_is_is_measured(tmp_path):
    live = tone(tmp_path / "live.webm", "-c:a libopus -live 1", seconds=7)
    assert probe(live).duration == pytest.approx(7, abs=0.1)


def as_browsers_record(folder, kind):
    """20 s, of which the last 6 s were not saved any more: no length, no index, no end."""
    if kind == "webm":
        path = tone(folder / "live.webm", "-c:a libopus -live 1", seconds=20)
        cut(path, 0.7)
        return path
    fragments = "-c:a aac -movflags empty_moov+default_base_moof -frag_duration 2000000"
    path = tone(folder / "live.mp4", fragments, seconds=20)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"moof", 0, len(data) * 7 // 10) - 4])
    return path


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_what_a_browser_recorded_is_whole_up_to_where_it_broke_off(kind, tmp_path):
    broken = as_browsers_record(tmp_path, kind)
    found = probe(broken)
    assert found.duration == pytest.approx(14, abs=2.1)
    heard = convert(broken, found, flac=tmp_path / "heard.flac", rendition=tmp_path / "heard.m4a")
    assert heard.duration == pytest.approx(found.duration, abs=0.2)


def test_a_recording_longer_than_allowed_is_refused(tmp_path):
    with pytest.raises(UnreadableMedia) as refused:
        probe(tone(tmp_path / "long.wav", seconds=5), longest=4)
    assert refused.value.code == "too_long"
    assert refused.value.detail == "The recording is longer than 0:04. Upload it in parts."


def test_too_many_tracks_are_refused(tmp_path):
    source = tone(tmp_path / "one.wav", seconds=0.2)
    ffmpeg("-i", source, *("-map", "0:a") * 70, "-c:a", "pcm_s16le", tmp_path / "many.mkv")
    with pytest.raises(UnreadableMedia) as refused:
        probe(tmp_path / "many.mkv")
    assert refused.value.code == "too_many_tracks"
    assert "70" in refused.value.detail


def test_a_cover_picture_is_no_obstacle(tmp_path):
    ffmpeg("-f", "lavfi", "-i", "color=red:size=32x32", "-frames:v", "1", tmp_path / "cover.png")
    ffmpeg(
        *("-i", tone(tmp_path / "plain.mp3"), "-i", tmp_path / "cover.png", "-map", "0", "-map"),
        *("1", "-c", "copy", "-disposition:v", "attached_pic", tmp_path / "covered.mp3"),
    )
    assert [track.codec for track in choose_tracks(probe(tmp_path / "covered.mp3"))] == ["mp3"]


def test_one_microphone_a_track_is_found_in_a_file(tmp_path):
    for hertz in (300, 700):
        tone(tmp_path / f"{hertz}.wav", hertz=hertz)
    ffmpeg(
        *("-i", tmp_path / "300.wav", "-i", tmp_path / "700.wav"),
        *("-map", "0", "-map", "1", "-c:a", "aac", tmp_path / "both.mkv"),
    )
    assert [track.index for track in choose_tracks(probe(tmp_path / "both.mkv"))] == [0, 1]


MONO = Track(index=0, kind="audio", codec="aac", channels=1, sample_rate=48000)
STEREO = replace(MONO, channels=2)
PICTURE = Track(index=9, kind="video", codec="h264", channels=0, sample_rate=0, decodable=False)


@pytest.mark.parametrize(
    ("tracks", "chosen"),
    [
        ([PICTURE, replace(MONO, index=1)], [1]),
        ([replace(MONO, index=i) for i in range(4)], [0, 1, 2, 3]),
        ([replace(MONO, index=i, language="und") for i in range(2)], [0, 1]),
        ([replace(MONO, index=0, language="rus"), replace(MONO, index=1, language="eng")], [0]),
        ([replace(STEREO, index=0), replace(STEREO, index=1)], [0]),
        ([replace(STEREO, index=0), replace(STEREO, index=1, default=True)], [1]),
        ([replace(STEREO, index=0), replace(MONO, index=1), replace(MONO, index=2)], [0]),
        ([replace(MONO, index=0, decodable=False), replace(STEREO, index=1)], [1]),
    ],
)
def test_the_tracks_used_are_the_microphones_or_the_default(tracks, chosen):
    found = choose_tracks(Probe(container="mov", duration=1, tracks=tuple(tracks)))
    assert [track.index for track in found] == chosen


def test_only_a_codec_that_is_not_allowed_is_refused_by_name():
    only = Probe(
        container="mov", duration=1, tracks=(replace(MONO, codec="apac", decodable=False),)
    )
    with pytest.raises(UnreadableMedia, match="apac") as refused:
        choose_tracks(only)
    assert refused.value.code == "unsupported_codec"


def test_a_film_in_two_languages_gives_the_default_one(tmp_path):
    source = video(tmp_path / "film.mp4")
    ffmpeg(
        *("-i", source, "-map", "0:a", "-map", "0:a", "-map", "0:v", "-c", "copy"),
        *("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=rus"),
        *("-disposition:a:0", "0", "-disposition:a:1", "default", tmp_path / "two.mkv"),
    )
    assert [track.language for track in choose_tracks(probe(tmp_path / "two.mkv"))] == ["rus"]


@given(st.text(max_size=500), st.integers(1, 80))
def test_plain_text_is_one_bounded_line_without_control_characters(text, longest):
    line = plain(text, longest)
    assert len(line) <= longest
    assert line == " ".join(line.split())
    assert all(char.isprintable() for char in line.replace("\u3000", ""))
    assert plain(line, longest) == line


def test_probing_loads_neither_libav_nor_numpy_into_the_web_process():
    code = "import sys, meetings.media; print({'av', 'numpy', 'django', 'torch'} & {*sys.modules})"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=SAMPLES.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "set()\n"
