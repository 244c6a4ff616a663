"""Bad and hostile uploads: each ends soon, in a sentence, and nothing but the file is read."""

import json
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from meetings.media import SENTENCES, Probe, Track, UnreadableMedia, probe
from meetings.media.convert import convert
from meetings.media.formats import PLAYLIST_STARTS, refusal
from tests.meetings.media_files import cut, ffmpeg, tone, video

SECONDS = 8.0  # within which every refusal comes, on a busy machine


def refused(path: Path) -> UnreadableMedia:
    """The refusal of ``path``; fails when there is none or it takes long."""
    began = time.monotonic()
    with pytest.raises(UnreadableMedia) as caught:
        probe(path)
    assert time.monotonic() - began < SECONDS
    assert caught.value.reason in SENTENCES
    assert not caught.value.retryable
    return caught.value


@contextmanager
def listening():
    """A server on the loopback; yields its port and the connections that it got."""
    met: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            try:
                while True:
                    met.append(server.accept())
            except OSError:
                return

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], met
        time.sleep(0.1)
        server.shutdown(socket.SHUT_RDWR)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    assert refused(written(tmp_path / "meeting.mp3", b"")).code == "empty_file"


def test_text_named_like_a_video_is_not_media(tmp_path):
    text = "Протокол совещания. Присутствовали все.\n".encode() * 500
    assert refused(written(tmp_path / "meeting.mp4", text)).code == "not_media"


@pytest.mark.parametrize("content", [b"\0" * 100_000, bytes(range(256)) * 400, b"\n", b"\xff"])
def test_bytes_that_mean_nothing_are_not_media(content, tmp_path):
    assert refused(written(tmp_path / "meeting.wav", content)).code == "not_media"


def test_a_zip_with_sound_inside_is_not_media(tmp_path):
    with zipfile.ZipFile(tmp_path / "meeting.m4a", "w", zipfile.ZIP_STORED) as archive:
        archive.write(tone(tmp_path / "inside.mp3"))
    assert refused(tmp_path / "meeting.m4a").code == "not_media"


def test_a_picture_is_not_media(tmp_path):
    ffmpeg("-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", tmp_path / "scan.png")
    assert refused((tmp_path / "scan.png").rename(tmp_path / "scan.mp4")).code == "not_media"


def test_a_video_without_sound_is_said_to_be_silent(tmp_path):
    silent = video(tmp_path / "screen.mp4", "-map 0:v -c:v mpeg4")
    assert refused(silent).code == "no_audio"


def test_an_mp4_that_lost_its_index_is_cut_off(tmp_path):
    assert refused(cut(video(tmp_path / "meeting.mp4"), 0.6)).reason == "truncated"


def test_an_mp4_cut_in_the_middle_tells_how_much_is_there(tmp_path):
    long = tone(tmp_path / "meeting.mp4", "-c:a aac -movflags +faststart", seconds=60)
    error = refused(cut(long, 0.5))
    assert error.reason == "truncated:readable"
    assert error.code == "truncated"
    assert error.facts["declared"] == "1:00"
    minutes, seconds = str(error.facts["readable"]).split(":")
    assert 25 <= 60 * int(minutes) + int(seconds) <= 32
    assert str(error.facts["readable"]) in error.detail


@pytest.mark.parametrize("suffix", ["wav", "mkv", "avi"])
def test_other_containers_cut_in_the_middle_are_noticed(suffix, tmp_path):
    error = refused(cut(tone(tmp_path / f"meeting.{suffix}", seconds=60), 0.5))
    assert error.reason == "truncated:readable"
    assert str(error.facts["readable"]) in {f"0:{second}" for second in range(28, 34)}


def test_a_wav_written_to_a_pipe_is_whole_though_its_header_says_nothing(tmp_path):
    whole = tone(tmp_path / "piped.wav").read_bytes()
    piped = whole[:4] + b"\xff\xff\xff\xff" + whole[8:]
    assert probe(written(tmp_path / "piped.wav", piped)).duration == pytest.approx(3, abs=0.1)


PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{target}\n#EXT-X-ENDLIST\n",
    "hls after id3": "ID3\x04\0\0\0\0\0\0#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:9,\n{target}\n",
    "ffconcat": "ffconcat version 1.0\nfile '{target}'\n",
    "concat list": "file '{target}'\nfile '{target}'\n",
    "pls": "[playlist]\nFile1={target}\nNumberOfEntries=1\n",
    "asx": '<asx version="3.0"><entry><ref href="{target}"/></entry></asx>',
    "dash": '<?xml version="1.0"?><MPD><Period><BaseURL>{target}</BaseURL></Period></MPD>',
    "smil": '<smil><body><audio src="{target}"/></body></smil>',
    "sdp": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 0\r\n",
    "address": "{target}\n",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
@pytest.mark.parametrize("name", ["evil.mp4", "evil.m3u8"])
def test_a_playlist_is_refused_and_calls_nobody(kind, name, tmp_path):
    with listening() as (port, met):
        for target in (f"http://127.0.0.1:{port}/a.ts", f"tcp://127.0.0.1:{port}"):
            script = PLAYLISTS[kind].format(target=target)
            error = refused(written(tmp_path / name, script.encode()))
            if not (kind == "address" and target.startswith("tcp:")):
                assert error.code == "playlist_refused"
    assert not met


def test_a_playlist_cannot_reach_a_local_recording(tmp_path):
    secret = tone(tmp_path / "secret.wav")
    for target in (secret, f"file://{secret}", f"file:{secret}", secret.name):
        for kind in ("hls", "ffconcat", "concat list"):
            script = PLAYLISTS[kind].format(target=target)
            assert refused(written(tmp_path / "a.mp3", script.encode())).code == "playlist_refused"


@pytest.mark.parametrize("start", PLAYLIST_STARTS)
def test_what_precedes_a_playlist_does_not_hide_it(start):
    for before in (b"", b"\xef\xbb\xbf", b"\r\n \t", b"ID3\x04\0\0\0\0\0\x05abcde"):
        assert refusal(before + start.upper() + b" rest") == "playlist_refused"


BLIND = """
import json
from meetings.media import probe_child
probe_child.refusal = lambda head: None
print(json.dumps(probe_child.examine()))
"""


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_libav_alone_is_held_by_the_allowlists(kind, tmp_path):
    """Were a script's start not known at the first look, it would still reach nothing."""
    secret = tone(tmp_path / "secret.wav")
    with listening() as (port, met):
        for target in (
            f"http://127.0.0.1:{port}/a.ts",
            str(secret),
            f"file:{secret}",
            "secret.wav",
        ):
            script = written(tmp_path / "a.mp4", PLAYLISTS[kind].format(target=target).encode())
            with script.open("rb") as given:
                said = subprocess.run(
                    [sys.executable, "-c", BLIND], stdin=given, capture_output=True, check=True
                )
            assert json.loads(said.stdout) == {"refused": "not_media"}
    assert not met


@pytest.mark.parametrize("demuxer", ["mov", "matroska", "wav", "ogg", "mp3", "avi", "asf", "flac"])
def test_the_decoder_cannot_be_led_elsewhere_either(demuxer, tmp_path):
    secret = tone(tmp_path / "secret.wav")
    track = Track(index=0, kind="audio", codec="aac", channels=1, sample_rate=44100)
    with listening() as (port, met):
        for target in (f"http://127.0.0.1:{port}/a.ts", str(secret)):
            script = written(tmp_path / "a.mp4", PLAYLISTS["hls"].format(target=target).encode())
            with pytest.raises(UnreadableMedia) as failed:
                convert(
                    script,
                    Probe(container=demuxer, duration=1, tracks=(track,)),
                    flac=tmp_path / "a.flac",
                    rendition=tmp_path / "a.m4a",
                )
            assert failed.value.code == "decode_failed"
    assert not met


@pytest.mark.parametrize("demuxer", ["hls", "concat", "dash", "lavfi", "image2", "", "sdp"])
def test_the_decoder_starts_with_no_other_demuxer(demuxer, tmp_path):
    track = Track(index=0, kind="audio", codec="aac", channels=1, sample_rate=44100)
    other = Probe(container=demuxer, duration=1, tracks=(track,))
    script = written(tmp_path / "a.mp4", b"ffconcat version 1.0\n")
    with pytest.raises(UnreadableMedia) as failed:
        convert(script, other, flac=tmp_path / "a.flac", rendition=tmp_path / "a.m4a")
    assert failed.value.code == "not_media"


def test_captions_are_not_media(tmp_path):
    captions = b"WEBVTT\n\n00:00.000 --> 00:01.000\nfile\n"
    for content in (captions, b"1\n00:00:00,000 --> 00:00:01,000\nx\n\n" * 9, b"[Script Info]\n"):
        assert refused(written(tmp_path / "a.mp4", content)).code == "not_media"


def with_external_reference(path: Path, target: str) -> Path:
    """A QuickTime file whose sound lies, by its data reference, in the file ``target``."""
    tone(path, "-c:a pcm_s16be")
    alias = target.encode()
    record = bytearray(150)
    struct.pack_into(">H", record, 4, 150)
    record += struct.pack(">hH", 2, len(alias)) + alias + b"\0" * (len(alias) % 2)
    record += struct.pack(">hH", 18, len(alias)) + alias + b"\0" * (len(alias) % 2)
    record += struct.pack(">hH", -1, 0)
    entry = struct.pack(">I4sI", 12 + len(record), b"alis", 0) + bytes(record)
    data = path.read_bytes()
    place = data.index(b"dref", data.index(b"smhd")) - 4
    old = int.from_bytes(data[place : place + 4], "big")
    box = struct.pack(">I4sII", 16 + len(entry), b"dref", 0, 1) + entry
    grown = len(box) - old
    patched = bytearray(data[:place] + box + data[place + old :])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        at = data.rindex(name, 0, place) - 4
        size = int.from_bytes(patched[at : at + 4], "big")
        patched[at : at + 4] = (size + grown).to_bytes(4, "big")
    path.write_bytes(patched)
    return path


def test_a_data_reference_to_another_file_is_not_followed(tmp_path):
    secret = tone(tmp_path / "secret.raw", "-c:a pcm_s16be -f s16be", hertz=1000)
    evil = with_external_reference(tmp_path / "evil.mov", str(secret))
    flac, rendition = tmp_path / "a.flac", tmp_path / "a.m4a"
    with pytest.raises(UnreadableMedia):
        convert(evil, probe(evil), flac=flac, rendition=rendition)
    assert not flac.exists()
    assert not rendition.exists()


def test_a_playlist_hidden_in_an_avi_subtitle_is_not_opened(tmp_path):
    """The GAB2 trick: libav opens such subtitles with a demuxer of their own."""
    with listening() as (port, met):
        playlist = f"#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:{port}/a.ts\n".encode()
        gab2 = b"GAB2\0" + struct.pack("<HI", 2, 2) + b"a\0" + struct.pack("<HI", 4, len(playlist))
        data = tone(tmp_path / "evil.avi").read_bytes()
        place = data.index(b"01wb") if b"01wb" in data else data.index(b"00wb")
        chunk = b"00tx" + struct.pack("<I", len(gab2 + playlist)) + gab2 + playlist
        evil = written(tmp_path / "evil.avi", data[:place] + chunk + b"\0" + data[place:])
        probe(evil)
    assert not met


def test_hostile_tags_become_plain_text(tmp_path):
    title = "<script>alert(1)</script>\u202e\x07\x1b[31m\n'; DROP TABLE--" + "я" * 5000
    ffmpeg(
        *("-i", tone(tmp_path / "plain.mp3"), "-c", "copy", "-id3v2_version", "4"),
        *("-metadata", f"title={title}", "-metadata", "date=yesterday", tmp_path / "evil.mp3"),
    )
    found = probe(tmp_path / "evil.mp3")
    assert found.title.startswith("<script>alert(1)</script>[31m '; DROP TABLE--яяя")
    assert len(found.title) == 200
    assert found.date == ""


def test_tags_that_are_not_text_do_not_break_the_probe(tmp_path):
    broken = b"TIT2" + struct.pack(">IH", 8, 0) + b"\x03\xff\xfe\xed\xb0\x80\xc0\xaf"
    tag = b"ID3\x04\0\0\0\0\0" + bytes([len(broken)]) + broken
    mp3 = tone(tmp_path / "plain.mp3", "-c:a libmp3lame -write_id3v2 0").read_bytes()
    assert probe(written(tmp_path / "evil.mp3", tag + mp3)).duration == pytest.approx(3, abs=0.2)
